"""SQL in literals of Python: tables and operations, and what cannot be read."""

import json

import pytest
from python_data import accesses, extracted, rows


def done(source):
    return accesses({"a.py": source}, "a.py")


def unread(source):
    return rows({"a.py": source}, "data.unread", "reason", "text")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('c.execute("SELECT * FROM orders")', {("orders", "read")}),
        ('c.execute("select a from Shop.Orders where x = %s", (1,))', {("shop.orders", "read")}),
        ('c.execute("INSERT INTO orders (a) VALUES (%s)")', {("orders", "create")}),
        ('c.execute("UPDATE orders SET a = 1 WHERE b = 2")', {("orders", "update")}),
        ('c.execute("DELETE FROM orders")', {("orders", "delete")}),
        ('c.executemany("insert into orders values (?)", x)', {("orders", "create")}),
        ('c.execute("""\n  SELECT a\n  FROM orders\n""")', {("orders", "read")}),
        ('c.execute("SELECT a "\n  "FROM orders")', {("orders", "read")}),
        ('c.execute("SELECT a " + "FROM orders")', {("orders", "read")}),
        ('c.execute("SELECT a FROM orders WHERE b = " + value)', {("orders", "read")}),
        ('c.execute(f"SELECT a FROM orders WHERE b = {b}")', {("orders", "read")}),
        ('q = "SELECT a FROM orders WHERE b = 1"\nc.execute(q)', {("orders", "read")}),
        ('text("SELECT a FROM orders")', {("orders", "read")}),
        ('s.execute(text("SELECT a FROM orders"))', {("orders", "read")}),
        ('X.objects.raw("SELECT a FROM orders")', {("orders", "read")}),
        ('c.execute("SELECT a FROM x JOIN y ON x.i = y.i")', {("x", "read"), ("y", "read")}),
        (
            'c.execute("INSERT INTO kept SELECT b FROM orders")',
            {("kept", "create"), ("orders", "read")},
        ),
    ],
)
def test_accesses__sql__table_and_operation(source, expected):
    assert done(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        'x = "Select a product"',
        'x = "Delete from cart"',
        'x = "Update your profile"',
        'x = _("Delete %s")',
        'x = _("Select %s from the list")',
        'def f():\n  """SELECT a FROM orders WHERE b = 1"""',
        '# c.execute("SELECT a FROM orders")',
        'x = "selected from orders"',
        'x = "with love"',
    ],
)
def test_accesses__sentence_or_comment__neither_access_nor_unread(source):
    assert (done(source), unread(source)) == (set(), [])


@pytest.mark.parametrize(
    "source",
    [
        'c.execute(f"SELECT a FROM {table}")',
        'c.execute("SELECT a FROM " + table)',
        'c.execute("SELECT a FROM {} WHERE b = 1".format(t))',
        'c.execute("SELECT a FROM %s" % t)',
        "def f(cursor, q):\n  cursor.execute(q)",
    ],
)
def test_unread__table_of_the_running_program__dynamic(source):
    assert [reason for reason, _ in unread(source)] == ["dynamic"]
    assert done(source) == set()


@pytest.mark.parametrize(
    "source",
    ["def f(executor, task):\n  executor.execute(task)", "cursor.execute()", "self.execute(x)"],
)
def test_unread__no_cursor__none(source):
    assert unread(source) == []


def test_accesses__sql__via_and_place():
    files = {"tests/a.py": '\nc.execute("SELECT a FROM orders")'}
    found = rows(files, "data.access", "via", "count", "unit", "unit_kind")
    assert found == [("sql", 1, "tests/a.py", "test")]


def test_extract__secret_in_sql__not_kept():
    source = "c.execute(\"UPDATE users SET password = 'hunter2!' WHERE id = 1\")"
    assert "hunter2" not in json.dumps(extracted("a.py", source).facts)
    assert done(source) == {("users", "update")}


def test_joins__tables_that_one_literal_names__and_no_others():
    source = (
        'c.execute("SELECT a FROM orders o JOIN items i ON i.o = o.id")\n'
        'c.execute("SELECT a FROM users"); c.execute("SELECT a FROM orders")\n'
    )
    found = rows({"a.py": source}, "data.join", "source", "target", "count", "unit")
    assert found == [("items", "orders", 1, "a.py")]
