"""SQL in texts of Go: where statements stand, what they do, which cannot be read."""
# ruff: noqa: E501 - sources of a few lines read best as one

import pytest
from unit.collect.languages.go_sources import told

HEAD = """package store

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"example.com/shop/names"
)

const orders = "orders"
const insert = `-- name: CreateUser :one
INSERT INTO users (name) VALUES ($1) RETURNING id`

type Store struct {
	db     *sql.DB
	x      *sqlx.DB
	pool   *pgxpool.Pool
	prefix string
}

func (s *Store) Do(given string) {
"""
NAMES = 'package names\nconst Table = "order_lines"\nconst Drop = "DELETE FROM old_ones"\n'
STATEMENTS = {
    "literal": ('s.db.Query("SELECT a, b FROM users WHERE id = ?", 1)', ["read users"]),
    "raw literal": ("s.db.Exec(`\n\tDELETE FROM users\n\tWHERE id = ?`)", ["delete users"]),
    "variable": ('q := "UPDATE users SET a = 1"\ns.db.Exec(q)', ["update users"]),
    "sum": ('s.db.Query("SELECT a FROM users " + "JOIN roles r ON r.id = a")', ["read roles", "read users"]),
    "sum with an unknown end": ('s.db.Query("SELECT a FROM users WHERE " + given)', ["read users"]),
    "columns glued on": (
        's.db.Query("SELECT " + strings.Join(c, ", ") + "FROM users WHERE a = 1")', ["read users"],
    ),
    "format": ('s.db.Query(fmt.Sprintf("SELECT * FROM users LIMIT %d", 3))', ["read users"]),
    "constant of the file": ('s.db.Query("SELECT * FROM " + orders + " WHERE a = 1")', ["read orders"]),
    "format with a constant": ('s.db.Exec(fmt.Sprintf("DELETE FROM %s WHERE a = 1", orders))', ["delete orders"]),
    "constant of another package": (
        's.db.Query("SELECT * FROM " + names.Table + " WHERE a = 1")', ["read order_lines"],
    ),
    "prefix of an installation": ('s.db.Query("SELECT * FROM " + s.prefix + "boards b")', ["read boards"]),
    "sqlx": ('s.x.Get(&u, "SELECT * FROM users WHERE id=$1", 1)', ["read users"]),
    "named": ('s.x.NamedExec("INSERT INTO users (a) VALUES (:a)", u)', ["create users"]),
    "pgx": ('s.pool.QueryRow(ctx, "SELECT a FROM users WHERE b = $1", 1)', ["read users"]),
    "upsert": (
        's.db.Exec("INSERT INTO users (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2")',
        ["create users", "update users"],
    ),
    "within a condition": (
        'w = append(w, "id IN (SELECT user_id FROM roles WHERE name = ?)")', ["read roles"],
    ),
    "returned": ('return "SELECT * FROM users WHERE a = 1"', ["read users"]),
    "comment": ('// s.db.Query("SELECT a FROM hidden WHERE id = 1")', []),
    "sentence": ('log("select one from the list")\nlog("Delete user failed")', []),
    "middle of a sum": ('log("we " + "select a from b")', []),
}  # fmt: skip
UNREAD = {
    "unknown table": (
        's.db.Query("SELECT * FROM " + given + " WHERE a = 1")',
        ["dynamic SELECT * FROM {} WHERE a = 1"],
    ),
    "unknown statement": ("s.db.Query(given)", ["dynamic Query(given)"]),
    "unknown statement of sqlx": ("s.x.Select(&u, given)", ["dynamic Select(given)"]),
    "unknown statement of pgx": ("s.pool.Exec(ctx, given)", ["dynamic Exec(given)"]),
    "builder": (
        "var sb strings.Builder\ns.db.QueryContext(ctx, sb.String())",
        ["dynamic QueryContext(sb.String())"],
    ),
    "known by a variable": ('q := "UPDATE users SET a = 1"\nq += given\ns.db.Exec(q)', []),
    "known by a constant": ("s.db.Exec(insert)\ns.db.Exec(names.Drop)", []),
    "known by a function": ("s.db.Exec(statement())", []),
    "no table at all": ('s.db.Exec("PRAGMA foreign_keys = ON")', []),
    "not of a database": ("other.Query(given)\nhttp.Exec(given)", []),
}


def files(body: str) -> dict[str, str]:
    tail = '\n}\nfunc statement() string { return "DELETE FROM users WHERE a = 1" }\n'
    return {"store/store.go": HEAD + body + tail, "names/names.go": NAMES}


def of_body(rows: list[str]) -> list[str]:
    """The rows of `Do`, without their places."""
    return sorted(row.split(" ", 1)[1] for row in rows if row.startswith("store/"))


@pytest.mark.parametrize(("body", "expected"), STATEMENTS.values(), ids=STATEMENTS)
def test_accesses__of_sql__tables_and_operations(body: str, expected: list[str]) -> None:
    found = of_body(told(files(body), "data.access", "operation", "table", "via"))
    others = {"create users sql", "delete users sql"}  # of the constant and of the function
    assert set(found) == {f"{row} sql" for row in expected} | others


@pytest.mark.parametrize(("body", "expected"), UNREAD.values(), ids=UNREAD)
def test_unread__statement_that_nothing_tells__is_listed(body: str, expected: list[str]) -> None:
    assert of_body(told(files(body), "data.unread", "reason", "text")) == expected


def test_accesses__of_a_constant__are_those_of_the_files_that_use_it() -> None:
    used = {
        **files("return"),
        "store/use.go": "package store\nfunc use(q Q) { q.db.QueryRow(ctx, insert) }\n",
        "app/drop.go": (
            'package app\nimport "example.com/shop/names"\nfunc d(q Q) { q.Run(names.Drop) }\n'
        ),
        "app/other.go": "package app\nfunc f(q Q) { q.Run(insert) }\n",
    }
    found = told(used, "data.access", "table", "operation", "unit", "count")
    assert [row for row in found if "store/store.go store" not in row] == [
        "names/names.go:3 old_ones delete app/drop.go 1",
        "store/store.go:14 users create store/use.go 1",
        "store/store.go:27 users delete store/store.go 1",
    ]


def test_accesses__of_a_constant_that_nothing_uses__are_those_of_its_file() -> None:
    found = told(files("return"), "data.access", "table", "operation", "unit", "count")
    assert "store/store.go:14 users create store/store.go 1" in found


def test_unread__values_in_a_statement__are_left_out() -> None:
    body = 's.db.Exec("UPDATE " + given + " SET password = \'geheim\'")'
    assert of_body(told(files(body), "data.unread", "text")) == ["UPDATE {} SET password = ***"]


BUILT = {
    "select": ('sq.Select("a").From("users AS u").Where(x)', ["read users"]),
    "join": (
        'sq.Select("a").From("users u").LeftJoin(s.prefix + "roles r ON r.id = u.id")',
        ["read roles", "read users"],
    ),
    "list": ('s.builder().Select("a").From("users, roles r")', ["read roles", "read users"]),
    "insert": ('s.builder().Insert(s.prefix + "users").Columns("a")', ["create users"]),
    "insert into": ('q := sq.Insert("")\nq = q.Into("users")', ["create users"]),
    "upsert": (
        ('q := s.builder().Insert("users").Values(1)\n'
        'q = q.Suffix("ON CONFLICT (id) DO UPDATE SET a = EXCLUDED.a")'),
        ["create users", "update users"],
    ),
    "nothing on conflict": ('sq.Insert("users").Suffix("ON CONFLICT DO NOTHING")', ["create users"]),
    "update": ('sq.Update("users").Set("a", 1)', ["update users"]),
    "delete": ('sq.Delete("").From("users")', ["delete users"]),
    "statement within": ('sq.Select("a").From("(SELECT b FROM roles WHERE c = 1) AS r")', ["read roles"]),
    "decoys": ('list.From("users")\nstrings.Join(a, "roles")\n// sq.Delete("users")', []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BUILT.values(), ids=BUILT)
def test_accesses__of_squirrel__by_its_builders(body: str, expected: list[str]) -> None:
    text = (
        'package a\nimport sq "github.com/Masterminds/squirrel"\ntype S struct { prefix string }\n'
        "func (s *S) builder() sq.StatementBuilderType { return sq.StatementBuilder }\n"
        f"func (s *S) do() {{\n{body}\n}}\n"
    )
    found = told({"a.go": text}, "data.access", "operation", "table")
    assert sorted(row.split(" ", 1)[1] for row in found) == expected


def test_unread__table_of_squirrel_that_only_runs_know__is_listed() -> None:
    text = (
        'package a\nimport sq "github.com/Masterminds/squirrel"\n'
        'func do(t string) {\nsq.Delete(t)\nsq.Select("a").From(prefix + t)\n}\n'
    )
    assert told({"a.go": text}, "data.unread", "reason", "text") == [
        "a.go:4 dynamic Delete(t)",
        "a.go:5 dynamic From(prefix + t)",
    ]


HOSTILE = {
    "a sum without an end": 's.db.Query("SELECT a FROM b WHERE c = 1 " ' + '+ "x"' * 3000 + ")",
    "formats in formats": "s.db.Query("
    + 'fmt.Sprintf("SELECT a FROM %s", ' * 300
    + "x"
    + ")" * 301,
    "brackets without an end": "q := `(select a from b " + "(" * 5000 + "`",
    "a name that is made from itself": 'a := b + "x"\nb := a + "y"\ns.db.Query("SELECT a FROM " + a)',
    "lone surrogate and NUL": 's.db.Query("SELECT \0 FROM users WHERE a = \udc80")',
    "broken": 's.db.Query("SELECT a FROM users WHERE',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_accesses__hostile_text__no_table_and_no_end(body: str) -> None:
    found = of_body(told(files(body), "data.access", "table"))
    assert set(found) <= {"users"}  # of the constant, the function and the broken statement
