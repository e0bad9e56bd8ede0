"""Data and endpoints as they are told: what several services write, what leads across them."""

from dataclasses import replace

from unit.report.assessments import FOUND, cut, service, tables, told

from assessor.model.data import (
    Data,
    Endpoint,
    EntityRelation,
    ForeignKey,
    TableAccess,
    TableSchema,
    TableUse,
)
from assessor.report.stored import stored
from assessor.report.tables import data, endpoints, foreign_keys
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
SHOP, CLINIC = service("shop", "shop/Order.java"), service("clinic", "clinic/Visit.java")
ORDERS = TableUse(
    "orders",
    ("Order",),
    ("shop/Order.java",),
    (
        TableAccess("clinic/Visit.java", "U", 1, "clinic/Visit.java", 7),
        TableAccess("shop/Order.java", "CR", 2, "shop/Order.java", 3),
    ),
)
RELATION = EntityRelation(
    "Order", "Visit", "visit", "many-to-one", True, "shop/Order.java", "clinic/Visit.java", 9
)
ENDPOINT = Endpoint("/orders", "GET", "Order", "spring", "shop/Order.java", 4)


def _found(*, services=(SHOP, CLINIC), **more):
    return replace(FOUND, partition=cut(*services), data=Data(**more))


def _rows(found, words=EN):
    return [[cell.text for cell in row] for table in tables(found) for row in table.rows]


def test_stored__nothing_known__says_nothing():
    assert stored(FOUND, EN).blocks == ()


def test_stored__a_table_that_two_services_write__is_named_with_its_writers():
    found = stored(_found(tables=(ORDERS,)), EN)
    assert [text.split(";")[0] for text in told(found)] == ["Tables known to the code: 1"]
    assert _rows(found) == [
        ["orders", "clinic (Visit); shop (Order)", "–", "clinic/Visit.java:7"],
        ["orders", "U", "CR"],
    ]
    assert tables(found)[0].note == ""


def test_stored__a_table_that_the_other_only_reads__is_no_trouble():
    read = replace(
        ORDERS, accesses=(replace(ORDERS.accesses[0], operations="R"), ORDERS.accesses[1])
    )
    found = stored(_found(tables=(read,)), EN)
    assert _rows(found) == [["orders", "R", "CR"]]
    assert next(iter(told(found).values())) == "plain"


def test_stored__a_relation_between_services__is_told_in_both_languages():
    found = _found(tables=(ORDERS,), relations=(RELATION,))
    assert _rows(stored(found, EN))[2] == [
        "Order (shop)", "Visit (clinic)", "visit", "many to one", "shop/Order.java:9"
    ]  # fmt: skip
    assert _rows(stored(found, ZH))[2][3] == "多对一"


def test_stored__endpoints__are_counted_by_service():
    away = replace(ENDPOINT, path="/x", unit="elsewhere.java")
    rows = _rows(stored(_found(endpoints=(ENDPOINT, away)), EN))
    assert rows == [["in no service", "1", "GET /x"], ["shop", "1", "GET /orders"]]


def test_data_table__a_unit_that_maps_and_one_that_writes__have_a_row_each():
    found = Data(tables=(replace(ORDERS, mapped=("shop/Line.java", "shop/Order.java")),))
    table = data(found)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [(r["unit"], r["create"], r["update"], r["maps"], r["line"]) for r in rows] == [
        ("clinic/Visit.java", 0, 1, 0, 7),
        ("shop/Line.java", 0, 0, 1, 0),
        ("shop/Order.java", 1, 0, 1, 3),
    ]


def test_stored__endpoints_of_the_same_name__are_one_example():
    found = stored(
        _found(endpoints=(ENDPOINT, replace(ENDPOINT, handler="Other.orders", line=9))), EN
    )
    assert _rows(found) == [["shop", "2", "GET /orders"]]


def test_endpoints_table__each__has_a_row():
    assert endpoints(Data(endpoints=(ENDPOINT,))).rows == (
        ("GET", "/orders", "Order", "spring", "shop/Order.java", 4),
    )


def test_data_table__what_the_schema_says__has_columns_of_its_own_and_rows_without_units():
    known = TableUse("unused", definition=TableSchema("db/a.sql", 3, "sql", ("id", "note")))
    table = data(Data(tables=(ORDERS, known)))
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [(r["table"], r["unit"], r["columns"], r["schema"], r["path"]) for r in rows] == [
        ("orders", "clinic/Visit.java", None, "", "clinic/Visit.java"),
        ("orders", "shop/Order.java", None, "", "shop/Order.java"),
        ("unused", "", 2, "sql", "db/a.sql"),
    ]


def test_foreign_keys_table__each__has_a_row():
    found = Data(foreign_keys=(ForeignKey("a", "b", ("x", "y"), "flyway", "V1__a.sql", 2),))
    assert foreign_keys(found).rows == (("a", "b", "x y", "flyway", "V1__a.sql", 2),)
