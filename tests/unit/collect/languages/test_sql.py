# ruff: noqa: E501 - a statement and what is expected of it stand on one line each
"""Statements and sentences: which tables are read and changed, and what is no SQL at all."""

import pytest

from assessor.collect.languages.sql import MAX_LENGTH, looks_like_sql, statement

READ = [
    ("select * from orders where id = ?", "orders:read"),
    ("SELECT o.*, c.name FROM orders o, customer c WHERE o.cid = c.id", "customer:read orders:read"),
    ("SELECT name FROM users", "users:read"),
    ("select id, name from users", "users:read"),
    ("select u.* from users u left join roles r on r.id = u.role", "roles:read users:read"),
    ("select * from orders left join (select i.x from items i) q on q.x = orders.x", "items:read orders:read"),
    ("select x from users for update", "users:read"),
    ("select u.* from users u limit ?, ?", "users:read"),
    ("select count(*) from Sales.Invoice", "sales.invoice:read"),
    ("select * from orders; select * from items", "items:read orders:read"),
    ("  /* all */ -- of them\n select * from orders", "orders:read"),
    ("select * from [dbo].[Order] with (nolock)", "dbo.order:read"),
    ("select * from `Order` where x = ?", "order:read"),
    ('select * from "Order" where x = ?', "order:read"),
    ("select x from bills, costs where bills.i = costs.i(+)", "bills:read costs:read"),
    ("select * from orders where d > {d '2001-01-01'}", "orders:read"),
    ("select * from orders where x = 'abc", "orders:read"),
    ("select * from orders where id in (select", "orders:read"),
    ("select count(*) from dual", ""),
    ("select * from unnest(?)", ""),
    ("select current_date", ""),
    ("insert into orders (x) select y from bills", "bills:read orders:create"),
    ("insert into orders values (1) on duplicate key update x = 1", "orders:create orders:update"),
    ("insert into orders(x) values(%s) on conflict (x) do update set x = excluded.x", "orders:create orders:update"),
    ("replace into orders(x) values (?)", "orders:create orders:update"),
    ("insert into orders (x, y) values (", "orders:create"),
    ("update orders set x = (select max(y) from log) where id = :id", "log:read orders:update"),
    ("update orders join items on orders.i = items.i set orders.x = 1", "items:read orders:update"),
    ("update o set o.x = 1 from orders o join items c on c.i = o.i", "items:read orders:update"),
    ("delete from orders where id in (select id from old)", "old:read orders:delete"),
    ("delete o from orders o join items c on c.i = o.i", "items:read orders:delete"),
    ("DELETE FROM users", "users:delete"),
    ("truncate table users", "users:delete"),
    ("MERGE INTO t USING s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET t.x = s.x WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)", "s:read t:create t:update"),
    ("with x as (select * from orders) select * from x join bills on x.i = bills.i", "bills:read orders:read"),
    ("with orders as (select * from orders) select * from orders", "orders:read"),
    ("with recursive t as (select 1 union all select n from t) select * from t, u", "u:read"),
]  # fmt: skip

QUERIES = [
    ("select o from Order o join fetch o.items i where o.x = :x", "order:read"),
    ("select new com.x.Dto(o.id, o.n) from Order o", "order:read"),
    ("select p from Pet p", "pet:read"),
    ("from Order o where o.id = ?1", "order:read"),
    ("SELECT u FROM org.shop.admin.domain.User u WHERE u.login = :l", "org.shop.admin.domain.user:read"),
    (" from order_items i ", "order_items:read"),
    ("delete Order o where o.id = 1", "order:delete"),
    ("update Order o set o.s = :s where o.id = :i", "order:update"),
    ("select e from Emp e where e.dept in (select d from Dept d where d.boss = e)", "dept:read emp:read"),
    ("select x from Thing x where x member of x.items", "thing:read"),
]  # fmt: skip

PLACEHOLDERS = [
    ("insert into t (x, y) values (#{x,jdbcType=VARCHAR}, #{y})", "t:create", ""),
    ("select * from orders where id = %(id)s and x = %s", "orders:read", ""),
    ("select * from orders where id = $1", "orders:read", ""),
    ("select * from orders where id = {} {}", "orders:read", ""),
    ("select * from orders order by ${column}", "orders:read", ""),
    ("select * from ${schema}.orders where 1 = 1 ${tail}", "orders:read", ""),
    ("select * from {} where id = 1", "", "dynamic"),
    ("select * from ", "", "dynamic"),
    ("insert into", "", ""),
    ("select * from part_{} where x = ?", "", "dynamic"),
    ("select * from orders, ${other} where x = ?", "orders:read", "dynamic"),
    ("select * from #{#entityName} e where e.id = :id", "", "dynamic"),
]

SENTENCES = [
    "Select a product", "Select a size, then choose from colors", "select item(s) from the list",
    "Select one from our catalog where prices are low", "Delete from cart", "Delete from cart (2)",
    "Delete the entry", "Delete policy %s prevents delete from server", "Delete policy for account {} is {}", "delete policy for %s = %s", "delete from users", "select name from users", "Update your profile",
    "Update failed", "Insert into basket", "Insert into the slot", "with the best from the shop",
    "With regards", " from workArea {} to {}", " from DefaultValue [ {} ]", "from 1.6 or below, read x.y",
    "Delete query: {}", "from orders in {}",
    "from the shop", "from: Ann", "From a to b", "merge into master", "Merge with main",
    "create table x (id int)", "drop table x", "alter table x add y int", "call foo(?)", "{call foo(?)}",
    "", "selection", "selected * from orders", "updates", "Please select * from orders",
]  # fmt: skip


def _told(text: str, **given: object) -> str:
    return " ".join(
        f"{table}:{operation}" for table, operation in statement(text, **given).accesses
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), [*READ, *QUERIES])
def test_statement__sql_and_jpql__tables_and_operations(text: str, expected: str) -> None:
    assert (_told(text), statement(text).unread) == (expected, "")


@pytest.mark.parametrize(("text", "expected", "unread"), PLACEHOLDERS)
def test_statement__placeholders__a_table_that_is_one_is_dynamic(
    text: str, expected: str, unread: str
) -> None:
    assert (_told(text), statement(text).unread) == (expected, unread)


@pytest.mark.parametrize("text", SENTENCES)
def test_statement__english_and_what_is_no_access__gives_nothing(text: str) -> None:
    assert (_told(text), statement(text).unread) == ("", "")


def test_statement__one_clause__is_believed_of_a_known_table_but_in_no_sentence() -> None:
    known = frozenset({"cart", "order"})
    assert _told("from Order o", known=known) == "order:read"
    assert _told(" from order {}", known=known) == ""
    assert _told("delete from cart", known=known) == "cart:delete"
    assert _told("Delete from cart", known=known) == ""
    assert _told("delete from carts", known=known) == ""


def test_statement__where_nothing_else_can_stand__needs_no_second_sign() -> None:
    assert _told("delete from users", sure=True) == "users:delete"
    assert _told("from Order", sure=True) == "order:read"


def test_statement__too_long__is_left_alone() -> None:
    text = f"select * from orders where x = '{'y' * MAX_LENGTH}'"  # noqa: S608 - never run
    assert statement(text).accesses == ()


def test_statement__nested_very_deep__is_read_by_pattern() -> None:
    text = f"select * from orders where x = {'(' * 2_000}1{')' * 2_000}"  # noqa: S608 - never run
    assert _told(text) == "orders:read"


def test_looks_like_sql__the_first_words_decide() -> None:
    assert looks_like_sql("select x")
    assert looks_like_sql("(SELECT 1)")
    assert not looks_like_sql("x select y")


def test_statement__postgresql_with_casts_and_functions__has_tables_only() -> None:
    insert = "INSERT INTO stock (k) SELECT x, $2::TEXT::JSONB FROM UNNEST($1::TEXT[]) v(x) ON CONFLICT (k)"
    assert statement(f"{insert} DO NOTHING").accesses == (("stock", "create"),)
    assert statement(f"{insert} DO UPDATE SET k = 1").accesses == (
        ("stock", "create"),
        ("stock", "update"),
    )
    broken = "insert into stock (k) values (?) oops oops from unnest(x)"
    assert statement(broken).accesses == (("stock", "create"),)
