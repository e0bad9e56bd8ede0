"""What is stored and where requests come in, from artefacts of production code."""

from assessor.graph import stored
from assessor.graph.production import production
from assessor.model.basis import Location, Node
from assessor.model.data import (
    Endpoint,
    EntityRelation,
    ForeignKey,
    Join,
    TableAccess,
    TableSchema,
    TableUse,
)
from assessor.model.records import Artefact


def data(artefacts):
    """What is stored, by these artefacts."""
    return stored.data(production(artefacts))


def artefact(kind, file, line, **values):
    """An artefact as a front-end gives it; of production code unless it says otherwise."""
    keys = {"language": "java", "unit_kind": "source", **values}
    root = Node(line, {name: Node(line, value) for name, value in keys.items()})
    return Artefact(kind, Location(file, line), root)


def access(unit, operation, *, table="orders", line=1, path=None, **more):
    return artefact(
        "data.access", path or unit, line,
        table=table, operation=operation, via="sql", count=1, unit=unit, **more,
    )  # fmt: skip


def entity(name, table, unit):
    return artefact("data.entity", unit, 3, entity=name, table=table, framework="jpa", unit=unit)


def test_data__accesses_of_a_unit__are_one_with_the_first_place():
    found = data([access("a.java", "update", line=9), access("a.java", "create", line=4)])
    [table] = found.tables
    assert table == TableUse("orders", (), (), (TableAccess("a.java", "CU", 2, "a.java", 4),))


def test_data__a_mapper_file__is_the_place_but_not_the_unit():
    [table] = data([access("Dao.java", "read", path="Dao.xml", line=7)]).tables
    assert table.accesses == (TableAccess("Dao.java", "R", 1, "Dao.xml", 7),)
    assert not table.accesses[0].writes


def test_data__an_entity__maps_its_table_though_nothing_uses_it():
    [table] = data([entity("Order", "orders", "Order.java")]).tables
    assert (table.entities, table.mapped, table.accesses) == (("Order",), ("Order.java",), ())


def test_data__an_entity_whose_table_only_runs_tell__is_no_table():
    known = [entity("Base", None, "Base.java"), entity("Order", "orders", "Order.java")]
    assert [each.table for each in data(known).tables] == ["orders"]


def test_data__a_relation__leads_to_the_unit_of_its_target():
    relation = artefact(
        "data.relation", "Order.java", 8,
        source="Order", target="Customer", field="customer", cardinality="many-to-one",
        foreign_key=True, framework="jpa", unit="Order.java",
    )  # fmt: skip
    known = [entity("Customer", "customer", "Customer.java"), relation]
    [found] = data(known).relations
    assert found == EntityRelation(
        "Order", "Customer", "customer", "many-to-one", True, "Order.java", "Customer.java", 8
    )
    twice = [*known, entity("Customer", "client", "crm/Customer.java")]
    assert data(twice).relations[0].target_unit == ""


def test_data__tests__are_left_out():
    found = data([access("ATest.java", "create", unit_kind="test")])
    assert (found.tables, found.unread) == ((), 0)


def test_data__endpoints_and_what_could_not_be_read__are_told():
    endpoint = artefact(
        "code.endpoint", "Web.java", 5,
        method="GET", path="/orders/{id}", handler="Web", framework="spring", unit="Web.java",
    )  # fmt: skip
    unread = artefact("data.unread", "a.java", 2, reason="dynamic", text="select", unit="a.java")
    found = data([endpoint, endpoint, unread])
    assert found.endpoints == (Endpoint("/orders/{id}", "GET", "Web", "spring", "Web.java", 5),)
    assert found.unread == 1


def test_data__another_order__is_the_same():
    known = [
        access("b.java", "read"),
        access("a.java", "delete", line=3),
        access("a.java", "read", table="lines"),
        entity("Order", "orders", "Order.java"),
    ]
    assert data(known) == data(known[::-1])


def table(name, columns, *, line=1, **more):
    root = Node(line, tuple(Node(line, column) for column in columns))
    made = artefact(
        "data.table",
        "db/schema.sql",
        line,
        table=name,
        tool="sql",
        view=False,
        partial=False,
        **more,
    )
    made.root.value["columns"] = root
    made.root.value["primary_key"] = Node(line, (Node(line, columns[0]),) if columns else ())
    made.root.value["reads"] = Node(line, ())
    return made


def key(source, target, column, *, line=1):
    made = artefact(
        "data.foreign_key", "db/schema.sql", line, source=source, target=target, tool="sql"
    )
    made.root.value["columns"] = Node(line, (Node(line, column),))
    return made


def test_data__the_schema__is_said_of_the_tables_that_code_uses_and_of_others():
    found = data(
        [access("a.java", "read"), table("orders", ["id", "note"], line=4), table("b", [])]
    )
    other, orders = found.tables
    assert orders.definition == TableSchema(
        "db/schema.sql", 4, "sql", columns=("id", "note"), primary_key=("id",)
    )
    assert (orders.used, other.table, other.used, other.accesses) == (True, "b", False, ())


def test_data__names_that_differ_by_schema_or_underscore__are_the_same_table():
    known = [
        access("a.java", "read", table="orders"),
        access("a.java", "read", table="orderline"),
        table("sales.orders", ["id"]),
        table("order_line", ["id"]),
        key("order_line", "sales.orders", "order_id", line=7),
    ]
    found = data(known)
    assert [(each.table, each.definition is not None) for each in found.tables] == [
        ("orderline", True),
        ("orders", True),
    ]
    assert found.foreign_keys == (
        ForeignKey("orderline", "orders", ("order_id",), "sql", "db/schema.sql", 7),
    )


def test_data__names_that_might_mean_two_tables__mean_neither():
    known = [access("a.java", "read"), table("x.orders", ["id"]), table("y.orders", ["id"])]
    found = data(known)
    assert [(each.table, each.used) for each in found.tables] == [
        ("orders", True),
        ("x.orders", False),
        ("y.orders", False),
    ]


def test_data__a_schema_of_tests__is_left_out():
    assert data([table("orders", ["id"], unit_kind="test")]).tables == ()


def test_data__joins__keep_unit_and_place():
    join = artefact(
        "data.join", "Dao.xml", 6, source="a", target="b", count=2, unit="Dao.java"
    )  # fmt: skip
    assert data([join, join]).joins == (Join("a", "b", "Dao.java", 2, "Dao.xml", 6),)


def test_data__what_a_migration_does_to_rows__is_no_use_of_the_table():
    known = [
        access("shop/migrations/0002_move.py", "update"),
        access("database/migrations/2024_x.php", "create"),
        access("shop/migrating.py", "read"),
    ]
    [orders] = data(known).tables
    assert [each.unit for each in orders.accesses] == ["shop/migrating.py"]
