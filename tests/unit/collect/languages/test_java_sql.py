# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""SQL in Java: literals, chains, text blocks, constants, and what only looks like SQL."""

import pytest
from unit.collect.languages.jvm_data import JPA, ORDER, accesses, artefacts, rows

TEXTS = [
    ('jdbc.query("select * from orders where id = ?", mapper, id);', ["orders read"]),
    ('jdbc.update("insert into orders (id) values (?)", id);', ["orders create"]),
    ('jdbc.update("UPDATE orders SET x = :x WHERE id = :id", p);', ["orders update"]),
    ('jdbc.queryForObject("select name from users", String.class);', ["users read"]),
    ('jdbc.batchUpdate("delete from users");', ["users delete"]),
    ('c.prepareStatement("delete from users");', ["users delete"]),
    ('c.prepareStatement("select o.id " + "from orders o, items i " + "where i.o = o.id");', ["items read", "orders read"]),
    ('String s = "select * from orders" + " where id = " + id;', ["orders read"]),
    ('String s = ("select * from orders" + (" where x = " + x)) + " order by y";', ["orders read"]),
    ('String s = "select * from orders where x = \'" + x + "\' and y = 1";', ["orders read"]),
    ('String s = "select * from orders where x in (" + "select x from items)";', ["items read", "orders read"]),
    ('String s = """\n  select *\n  from orders\n  where id = ?\n  """;', ["orders read"]),
    ('String s = "select * from " + TABLE + " where id = ?";', ["orders read"]),
    ('String s = "select * from " + Dao.TABLE + " where id = ?";', ["orders read"]),
    ('String s = "insert into orders (x)\\nselect y from \\"Items\\" where z = 1";', ["items read", "orders create"]),
    ('log.info("Deleting: " + "delete from orders where id = 1");', ["orders delete"]),
    ('StringBuilder b = new StringBuilder("select * from orders where x = 1"); b.append(" and y = 2");', ["orders read"]),
    ('b.append("select * from orders o ").append("join items i on i.o = o.id");', ["orders read"]),
    ('new SimpleJdbcInsert(ds).withTableName("orders").usingGeneratedKeyColumns("id");', ["orders create"]),
    ('f("select * from orders where id = ?"); f("select * from orders where x = ?");', ["orders read"]),
    ('String s = flag ? "select * from orders where x = 1" : "select * from items where x = 1";', ["items read", "orders read"]),
    ('// jdbc.update("delete from orders where id = 1");', []),
    ('/* "select * from orders where id = 1" */', []),
    ('label("Select a product"); label("Delete from cart"); label("Update your profile");', []),
    ('log.info("Select one from the list where you like it");', []),
    ('log.info("update of " + x + " failed"); log.info("from a to b");', []),
    ('throw new X("insert into the slot");', []),
    ('c.prepareCall("{call close_orders(?)}");', []),
    ('c.createStatement().execute("create table orders (id int)");', []),
    ('String s = "selected * from orders where id = 1";', []),
]  # fmt: skip
BODY = 'import org.springframework.jdbc.core.simple.SimpleJdbcInsert;\nclass Dao {{ private static final String TABLE = "orders"; void m() {{ {} }} }}'


@pytest.mark.parametrize(("code", "expected"), TEXTS)
def test_sql__in_the_code__is_what_the_class_does(code: str, expected: list[str]) -> None:
    found = accesses({"Dao.java": BODY.format(code)})
    assert found == [f"Dao.java {each} sql" for each in expected]


UNREAD = [
    ('String s = "select * from " + table + " where id = ?";', "dynamic", "select * from {} where id = ?"),
    ('String s = "select * from " + Other.TABLE + " where id = ?";', "dynamic", "select * from {} where id = ?"),
    ('String s = "delete from part_" + n + " where id = ?";', "dynamic", "delete from part_{} where id = ?"),
    ('String s = String.format("select * from %s where id = ?", t);', "dynamic", "select * from %s where id = ?"),
    ('b.append("select * from ").append(table);', "dynamic", "select * from"),
    ('String s = "update " + t + " set password = \'hunter22\' where x = 1";', "dynamic", "update {} set password = *** where x = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "reason", "text"), UNREAD)
def test_sql__with_a_table_that_only_the_running_program_knows__is_unread(
    code: str, reason: str, text: str
) -> None:
    found = rows(artefacts({"Dao.java": BODY.format(code)}), "data.unread")
    assert [(r["reason"], r["text"]) for r in found] == [(reason, text)]


def test_sql__a_value_in_it__is_nowhere() -> None:
    code = "f(\"insert into users (name, password) values ('ann', 'hunter22')\");"
    found = artefacts({"Dao.java": BODY.format(code)})
    assert [a.kind for a in found] == ["data.access"]
    assert "hunter22" not in str(found)


def test_sql__a_constant_that_is_a_secret__is_not_put_in() -> None:
    text = 'class Dao { static final String DB_PASSWORD = "hunter22"; String s = "select * from " + t + " where x = " + DB_PASSWORD; }'
    found = [a for a in artefacts({"Dao.java": text}) if a.kind == "data.unread"]
    assert [r["text"] for r in rows(found, "data.unread")] == ["select * from {} where x = {}"]


def test_sql__every_key_of_an_access_at_the_first_place__is_given() -> None:
    text = 'class Dao {\n String a = "select * from orders where x = 1";\n String b = "select * from orders where x = 2";\n}'
    found = rows(artefacts({"Dao.java": text}, tests=["Dao.java"]), "data.access")
    assert found == [
        {"at": "Dao.java:2", "language": "java", "table": "orders", "operation": "read", "via": "sql", "count": 2,
         "unit": "Dao.java", "unit_kind": "test"},
    ]  # fmt: skip


def test_sql__a_name_of_a_stored_class__stands_for_its_table() -> None:
    code = {"Dao.java": 'class Dao { String s = "select o from Order o where o.x = 1"; }'}
    assert accesses({**ORDER, **code}) == ["Dao.java orders read jpql"]
    assert accesses(code) == ["Dao.java order read sql"]


def test_sql__a_table_that_is_called_like_another_class__is_the_table() -> None:
    other = {"B.java": f'{JPA}@Entity @Table(name = "order") class B {{ }}'}
    code = {"Dao.java": 'class Dao { String s = "select * from Order where x = 1"; }'}
    assert accesses({**ORDER, **other, **code}) == ["Dao.java order read sql"]


def test_sql__one_clause__is_believed_of_a_known_table_only() -> None:
    code = {
        "Dao.java": 'class Dao { String s = "delete from orders"; String t = "delete from things"; String u = "Delete from orders"; }'
    }
    assert accesses({**ORDER, **code}) == ["Dao.java orders delete sql"]


def test_all_rows__in_whatever_order_files_come__are_the_same() -> None:
    sources: dict[str, str | bytes] = {
        **ORDER,
        "A.java": 'class A { String s = "select * from x where y = 1"; }',
        "B.java": 'class B { String s = "select * from {} where y = 1"; String t = "delete from x where y = 1"; }',
    }
    assert artefacts(sources) == artefacts(sources, reverse=True)


def test_sql__tables_that_one_statement_names__are_a_join_of_its_class():
    code = (
        'jdbc.query("select * from orders o join items i on i.o = o.id"); '
        'f("select * from users where id = ?"); f("select * from orders where id = ?");'
    )
    found = rows(artefacts({"Dao.java": BODY.format(code)}), "data.join")
    assert [(r["source"], r["target"], r["count"], r["unit"], r["at"]) for r in found] == [
        ("items", "orders", 1, "Dao.java", "Dao.java:2")
    ]


JOOQ = """package shop;
import static shop.db.Tables.ORDERS;
import static org.jooq.impl.DSL.table;
import org.jooq.DSLContext;
import shop.db.tables.Items;
class S {
  static final String LINES = "lines";
  void m(DSLContext dsl, Other other) {
    dsl.selectFrom(ORDERS).fetch();
    dsl.select().from(ORDERS.as("o")).join(Items.ITEMS).on(x);
    dsl.insertInto(table("t_log")).values(1);
    dsl.update(ORDERS).set(x, y);
    dsl.deleteFrom(table(LINES)).execute();
    other.update(OTHER); list.from(ITEMS); other.delete(table(name()));
  }
}
"""


def test_jooq__tables_that_are_generated_or_named__are_what_calls_are_done_to() -> None:
    assert sorted(accesses({"S.java": JOOQ})) == [
        "S.java items read sql",
        "S.java lines delete sql",
        "S.java orders read sql",
        "S.java orders update sql",
        "S.java t_log create sql",
    ]


def test_jooq__without_its_import__is_not_believed() -> None:
    assert (
        accesses(
            {
                "S.java": JOOQ.replace("import org.jooq.DSLContext;", "").replace(
                    "org.jooq.impl", "my"
                )
            }
        )
        == []
    )
