# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Data access of Kotlin: the same rows as of Java, from Kotlin's way to write them."""

import pytest
from unit.collect.languages.jvm_data import JPA, MYBATIS, SPRING, accesses, artefacts, rows

ORDER = {"Order.kt": f'{JPA}@Entity @Table(name = "orders") class Order(@Id val id: Long)'}
REPOSITORY = {"Orders.kt": f"{SPRING}interface Orders : JpaRepository<Order, Long>"}

ENTITIES = [
    ('@Entity @Table(name = "items") class Item', ["Item items jpa"]),
    ("@Entity class Item(val id: Long)", ["Item item jpa"]),
    ('@Entity @Table(name = TABLE) class Item(val id: Long) {\n companion object {\n const val TABLE = "things"\n }\n}', ["Item things jpa"]),
    ('@Entity class Item { @ManyToMany @JoinTable(name = "item_tags") var tags: Set<Item>? = null }', ["Item item jpa", "Item item_tags jpa"]),
    ("@MappedSuperclass open class Item", []),
    ("// @Entity\nclass Item", []),
    ("@com.other.Entity class Item", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENTITIES)
def test_entities__of_kotlin__have_their_table(text: str, expected: list[str]) -> None:
    found = rows(artefacts({"Item.kt": JPA + text}), "data.entity")
    assert [f"{r['entity']} {r['table']} {r['framework']}" for r in found] == expected
    assert {r["language"] for r in found} <= {"kotlin"}


RELATIONS = [
    ("class Item(@ManyToOne val order: Order)", "Item Order order many-to-one True"),
    ("class Item { @ManyToOne lateinit var order: Order }", "Item Order order many-to-one True"),
    ("class Item { @ManyToOne var order: Order? = null }", "Item Order order many-to-one True"),
    ('class Item { @OneToMany(mappedBy = "item") val orders: MutableSet<Order> = HashSet() }', "Item Order orders one-to-many False"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations__of_kotlin__have_target_and_cardinality(text: str, expected: str) -> None:
    found = rows(artefacts({**ORDER, "Item.kt": f"{JPA}@Entity {text}"}), "data.relation")
    assert [
        f"{r['source']} {r['target']} {r['field']} {r['cardinality']} {r['foreign_key']}"
        for r in found
    ] == [expected]


CALLS = [
    ("orders.findById(1)", ["read"]), ("orders.findAll().forEach { println(it) }", ["read"]),
    ("orders.save(order)", ["create", "update"]), ("orders.deleteById(1)", ["delete"]),
    ("orders.flush()", []), ("// orders.save(order)", []), ("other.findById(1)", []),
]  # fmt: skip


@pytest.mark.parametrize(("call", "operations"), CALLS)
def test_repository__of_kotlin__does_what_is_called(call: str, operations: list[str]) -> None:
    service = f"package shop\nclass S(private val orders: Orders, val other: Other) {{ fun m(order: Order) {{ {call} }} }}"
    found = accesses({**ORDER, **REPOSITORY, "S.kt": service})
    assert found == [f"Orders.kt orders {operation} repository" for operation in operations]


TEXTS = [
    ('jdbc.update("delete from orders where id = ?", id)', ["orders delete sql"]),
    ('jdbc.query("select * " + "from items where x = " + x)', ["items read sql"]),
    ('val s = "select * from items where x = $x and y = ${a.b(1)}"', ["items read sql"]),
    ('val s = "select * from $TABLE where x = 1"', ["things read sql"]),
    ('val s = """\n  select *\n  from items\n  where x = ?\n""".trimIndent()', ["items read sql"]),
    ('em.createQuery("from Order", Order::class.java)', ["orders read jpql"]),
    ("em.find(Order::class.java, 1)", ["orders read orm"]),
    ("em.persist(order)", ["orders create orm"]),
    ("em.merge(Order(1))", ["orders update orm"]),
    ("em.remove(unknown)", []),
    ("other.persist(order)", []),
    ('label("Select a product"); label("Delete from cart")', []),
    ('// "delete from orders where id = 1"', []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), TEXTS)
def test_statements__of_kotlin__are_what_the_class_does(code: str, expected: list[str]) -> None:
    text = f'{JPA}const val TABLE = "things"\nclass Dao(private val em: EntityManager, val other: Other) {{ fun m(order: Order) {{ {code} }} }}'
    assert accesses({**ORDER, "Dao.kt": text}) == [f"Dao.kt {each}" for each in expected]


def test_statement__with_a_table_that_is_put_in__is_unread() -> None:
    found = rows(
        artefacts({"Dao.kt": 'val s = "select * from $table where x = 1"'}), "data.unread"
    )
    assert [(r["at"], r["reason"], r["text"]) for r in found] == [
        ("Dao.kt:1", "dynamic", "select * from {} where x = 1")
    ]


def test_queries__of_annotations__are_what_the_interface_does() -> None:
    spring = '{}interface Orders : JpaRepository<Order, Long> {{\n @Query("select o from Order o where o.id = ?1")\n fun findIt(id: Long): Order\n}}'
    mybatis = '{}interface Stock {{\n @Select("select * from stock where id = #{{id}}") fun left(id: Int): Int\n}}'
    sources = {**ORDER, "Orders.kt": spring.format(SPRING), "Stock.kt": mybatis.format(MYBATIS)}
    assert accesses(sources) == ["Orders.kt orders read jpql", "Stock.kt stock read mapper"]


def test_repository__of_kotlin_called_from_java__is_one_family() -> None:
    java = {"S.java": "package shop;\nclass S { Orders orders; void m() { orders.deleteAll(); } }"}
    assert accesses({**ORDER, **REPOSITORY, **java}) == ["Orders.kt orders delete repository"]


EXPOSED = {
    "Tables.kt": "package shop\nimport org.jetbrains.exposed.sql.Table\nimport org.jetbrains.exposed.dao.id.IntIdTable\n"
    'object Users : Table("t_users") {\n val id = integer("id")\n}\n'
    'object CitiesTable : IntIdTable() {\n val name = varchar("name", 50)\n}\n',
    "City.kt": "package shop\nimport org.jetbrains.exposed.dao.*\nimport org.jetbrains.exposed.dao.id.EntityID\n"
    "class City(id: EntityID<Int>) : IntEntity(id) {\n companion object : IntEntityClass<City>(CitiesTable)\n}\n",
}


def test_exposed__objects_that_are_tables__are_stored() -> None:
    decoy = {"Decoy.kt": 'package shop\nimport my.Table\nobject Decoy : Table("decoy")\n'}
    found = rows(artefacts({**EXPOSED, **decoy}), "data.entity")
    assert [(r["entity"], r["table"], r["framework"]) for r in found] == [
        ("Users", "t_users", "exposed"),
        ("CitiesTable", "cities", "exposed"),
    ]


def test_exposed__calls_on_tables_and_rows__are_done_by_the_caller() -> None:
    code = (
        "package shop\nclass S { fun all(other: Other) {\n"
        "Users.selectAll().where { Users.id eq 1 }\nUsers.insert { it[id] = 1 }\n"
        "Users.update({ Users.id eq 1 }) { it[id] = 2 }\nUsers.deleteWhere { Users.id eq 1 }\n"
        "City.findById(1)\nCity.new { }\nother.selectAll()\nUsers.toString()\n} }\n"
    )
    assert sorted(accesses({**EXPOSED, "S.kt": code})) == [
        "S.kt cities create orm",
        "S.kt cities read orm",
        "S.kt t_users create orm",
        "S.kt t_users delete orm",
        "S.kt t_users read orm",
        "S.kt t_users update orm",
    ]
