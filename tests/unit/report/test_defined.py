"""The schema beside the code: what only one of them knows, and keys that cross services."""

from dataclasses import replace

from unit.report.assessments import FOUND, cut, service, tables, told

from assessor.model.data import (
    Data,
    EntityRelation,
    ForeignKey,
    Join,
    TableAccess,
    TableSchema,
    TableUse,
)
from assessor.report.defined import owner, undeclared, untouched
from assessor.report.stored import stored
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
SHOP, CLINIC = service("shop", "shop/Order.java"), service("clinic", "clinic/Visit.java")
HOME = {"shop/Order.java": "shop", "clinic/Visit.java": "clinic"}


def _defined(*columns, line=1, **more):
    return TableSchema("db/V1__a.sql", line, "flyway", columns, **more)


def _access(unit, operations):
    return TableAccess(unit, operations, 1, unit, 5)


ORDERS = TableUse("orders", (), (), (_access("shop/Order.java", "CR"),), _defined("id"))
VISITS = TableUse("visits", ("Visit",), ("clinic/Visit.java",), (), _defined("id", "order_id"))
UNUSED = TableUse("unused", definition=_defined("id", "a", line=9))
FREE = TableUse("free", ("Free",), ("shop/Order.java",))
KEY = ForeignKey("visits", "orders", ("order_id",), "flyway", "db/V1__a.sql", 4)


def _found(**more):
    return replace(FOUND, partition=cut(SHOP, CLINIC), data=Data(**more))


def _rows(section):
    return {t.columns[0]: [[c.text for c in row] for row in t.rows] for t in tables(section)}


def test_schema__is_told_with_what_only_one_side_knows():
    found = stored(
        _found(tables=(FREE, ORDERS, UNUSED, VISITS), foreign_keys=(KEY,)), EN
    )  # fmt: skip
    [said] = [text for text in told(found) if "schema" in text]
    assert said == (
        "Tables and views that the schema defines, after all migrations (flyway): 3. Tables of "
        "them that no code touches, as far as it was read: 1. Tables that code touches and the "
        "schema does not have: 1. Foreign keys: 1; from a table of one service to a table of "
        "another: 1."
    )
    [*_, undefined] = tables(found)
    assert undefined.columns[-1] == "First seen at"
    assert _rows(found) == {
        "Foreign key from": [
            ["visits (clinic)", "orders (shop)", "order_id", "db/V1__a.sql:4"]
        ],
        "Table that no code touches": [["unused", "2", "flyway", "db/V1__a.sql:9"]],
        "Table that no schema defines": [["free", "Free", "shop/Order.java"]],
    }  # fmt: skip


def test_schema__in_chinese__has_the_same_tables():
    found = stored(_found(tables=(ORDERS, UNUSED, VISITS), foreign_keys=(KEY,)), ZH)
    assert list(_rows(found)) == ["外键来自", "没有代码使用的数据表"]


def test_schema__none_found__says_nothing_of_it():
    found = stored(_found(tables=(FREE,)), EN)
    assert [text for text in told(found) if "schema" in text] == []
    assert undeclared(Data(tables=(FREE,))) == []


def test_schema__that_begins_in_the_middle__calls_no_table_undefined():
    partial = replace(ORDERS, definition=_defined("id", partial=True))
    found = _found(tables=(FREE, partial, UNUSED))
    [said] = [text for text in told(stored(found, EN)) if "schema" in text]
    assert said.startswith(
        "Tables and views known of the schema, from migrations that do not begin"
    )
    assert "Foreign keys" not in said
    assert undeclared(found.data) == []
    assert list(_rows(stored(found, ZH))) == ["没有代码使用的数据表"]


def test_undeclared__tables_of_the_database_itself__are_no_gap():
    own = replace(FREE, table="information_schema.tables")
    assert undeclared(Data(tables=(FREE, own, ORDERS))) == [FREE]


def test_schema__without_any_code_that_touches_tables__calls_none_unused():
    assert untouched(Data(tables=(UNUSED,))) == []


def test_untouched__what_a_used_view_reads_or_two_entities_share__is_touched():
    view = TableUse(
        "v", (), (), (_access("shop/Order.java", "R"),), _defined(view=True, reads=("base",))
    )
    base = TableUse("base", definition=_defined("id"))
    between = TableUse("order_visit", definition=_defined("a", "b"))
    order = replace(ORDERS, entities=("Order",))
    many = EntityRelation(
        "Order", "Visit", "visits", "many-to-many", False, "shop/Order.java", "", 1
    )
    keys = (
        replace(KEY, source="order_visit", target="orders"),
        replace(KEY, source="order_visit", target="visits"),
    )
    found = Data((base, between, order, UNUSED, view, VISITS), (many,), foreign_keys=keys)
    assert [each.table for each in untouched(found)] == ["unused"]
    without = replace(found, relations=())
    assert [each.table for each in untouched(without)] == ["order_visit", "unused"]


def test_owner__is_who_alone_writes_else_who_maps__else_nobody():
    assert owner(ORDERS, HOME) == "shop"
    assert owner(VISITS, HOME) == "clinic"
    both = replace(ORDERS, accesses=(*ORDERS.accesses, _access("clinic/Visit.java", "U")))
    assert owner(both, HOME) == ""
    assert owner(replace(both, mapped=("shop/Order.java",)), HOME) == "shop"
    assert owner(UNUSED, HOME) == ""


def test_key_within_a_service__does_not_cross():
    inside = replace(KEY, target="visits")
    found = stored(_found(tables=(ORDERS, VISITS), foreign_keys=(inside,)), EN)
    assert "Foreign key from" not in _rows(found)


def test_joins__of_tables_of_two_services__are_told_with_the_first_place():
    every = (
        Join("orders", "visits", "shop/Order.java", 2, "shop/Order.xml", 9),
        Join("orders", "visits", "clinic/Visit.java", 1, "clinic/Visit.java", 3),
        Join("orders", "unused", "shop/Order.java", 5, "shop/Order.java", 1),
    )
    found = stored(_found(tables=(ORDERS, UNUSED, VISITS), joins=every), EN)
    assert _rows(found)["Table of one service"] == [
        ["orders (shop)", "visits (clinic)", "3", "clinic/Visit.java:3"]
    ]
