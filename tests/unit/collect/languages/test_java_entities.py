# ruff: noqa: E501, Q003 - programs and what is expected of them stand on one line each
"""JPA, Spring Data and Hibernate mappings: stored classes, their tables, relations."""

import pytest
from unit.collect.languages.jvm_data import JPA, ORDER, artefacts, rows

HIBERNATE = '<?xml version="1.0"?>\n<!DOCTYPE hibernate-mapping PUBLIC "x" "http://x/x.dtd">\n'


def _entities(sources: dict[str, str]) -> list[str]:
    return [
        f"{r['entity']} {r['table']} {r['framework']}"
        for r in rows(artefacts(sources), "data.entity")
    ]


def _java(text: str) -> dict[str, str]:
    return {"A.java": JPA + text}


ENTITIES = [
    ("named table", '@Entity @Table(name = "Orders") class A { }', ["A orders jpa"]),
    ("by its class", "@Entity class LineItem { }", ["LineItem lineitem jpa"]),
    ("by its name in queries", '@Entity(name = "Item") class LineItem { }', ["Item item jpa"]),
    ("with its schema", '@Entity @Table(schema = "Shop", name = "items") class A { }', ["A shop.items jpa"]),
    ("quoted", '@Entity @Table(name = "`Order`") class A { }', ["A order jpa"]),
    ("by a constant", '@Entity @Table(name = A.TABLE) class A { static final String TABLE = "orders"; }', ["A orders jpa"]),
    ("by a constant, in part", '@Entity @Table(name = A.PRE + "orders") class A { static final String PRE = "t_"; }', ["A t_orders jpa"]),
    ("by what another file says", "@Entity @Table(name = Names.ORDERS) class A { }", ["A None jpa"]),
    ("by the configuration", '@Entity @Table(name = "${x}_orders") class A { }', ["A None jpa"]),
    ("annotation after another one", '@Deprecated @Entity(name = "B") @Table(name = "b", uniqueConstraints = @UniqueConstraint(columnNames = {"x", "y"})) class A { }', ["B b jpa"]),
    ("fully qualified", "@javax.persistence.Entity class A { }", ["A a jpa"]),
    ("second table", '@Entity @Table(name = "a") @SecondaryTable(name = "a_more") class A { }', ["A a jpa", "A a_more jpa"]),
    ("table of a join", '@Entity class A { @ManyToMany @JoinTable(name = "a_b") java.util.Set<A> b; }', ["A a jpa", "A a_b jpa"]),
    ("table of a collection", '@Entity class A { @ElementCollection @CollectionTable(name = "a_tags") java.util.Set<String> tags; }', ["A a jpa", "A a_tags jpa"]),
    ("one table for all below", "@Entity class A { }\n@Entity class B extends A { }", ["A a jpa", "B a jpa"]),
    ("a table each, joined", "@Entity @Inheritance(strategy = InheritanceType.JOINED) class A { }\n@Entity class B extends A { }", ["A a jpa", "B b jpa"]),
    ("nested", "class A { @Entity static class B { } }", ["B b jpa"]),
    ("what others extend is no entity", "@MappedSuperclass class A { }\n@Embeddable class B { }", []),
    ("in a comment", "/* @Entity class A { } */ // @Entity\nclass B { }", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in ENTITIES], ids=[case[0] for case in ENTITIES]
)
def test_entities__of_jpa__have_their_table(text: str, expected: list[str]) -> None:
    assert sorted(_entities(_java(text))) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "package shop;\nimport com.other.Entity;\n@Entity class A { }",
        "package shop;\nimport com.other.*;\n@Entity class A { }",
        "package shop;\n@Entity class A { }",
        "package shop;\nimport jakarta.persistence.*;\n@Entity class A { }\n@interface Entity { }",
    ],
    ids=["imported", "by a star", "not imported", "of the project"],
)
def test_entities__a_foreign_annotation_of_that_name__is_none(text: str) -> None:
    assert _entities({"A.java": text}) == []


def test_entities__of_spring_data__have_collection_or_table() -> None:
    package = "package shop;\nimport org.springframework.data."
    sources = {
        "A.java": f'{package}mongodb.core.mapping.Document;\n@Document(collection = "things") class A {{ }}',
        "B.java": f"{package}mongodb.core.mapping.Document;\n@Document class BigThing {{ }}",
        "C.java": f'{package}relational.core.mapping.Table;\n@Table("CUSTOMER") class C {{ }}',
        "D.java": "package shop;\nimport org.example.Document;\n@Document class D { }",
    }
    assert _entities(sources) == [
        "A things mongodb",
        "BigThing bigthing mongodb",
        "C customer spring-data",
    ]


def test_entities__of_hibernate_and_orm_xml__have_the_table_that_it_names() -> None:
    sources = {
        "Order.java": "package shop;\nclass Order { }",
        "Item.java": "package shop;\nclass Item { }",
        "Note.java": "package shop;\nclass Note { }",
        "m.hbm.xml": f'{HIBERNATE}<hibernate-mapping package="shop"><class name="Order" table="ORDERS"/></hibernate-mapping>',
        "n.hbm.xml": '<hibernate-mapping><class name="shop.Item"/><class name="gone.Away" table="x"/></hibernate-mapping>',
        "orm.xml": '<entity-mappings xmlns="x"><package>shop</package><entity class="Note"><table name="notes" schema="s"/></entity></entity-mappings>',
    }
    assert _entities(sources) == [
        "Item item hibernate",
        "Note s.notes hibernate",
        "Order orders hibernate",
    ]


def test_entity__every_key__is_given() -> None:
    found = rows(
        artefacts({"src/test/T.java": f"{JPA}\n@Entity class T {{ }}"}, tests=["src/test/T.java"]),
        "data.entity",
    )
    assert found == [
        {"at": "src/test/T.java:4", "language": "java", "entity": "T", "table": "t", "framework": "jpa",
         "unit": "src/test/T.java", "unit_kind": "test"},
    ]  # fmt: skip


RELATIONS = [
    ("@ManyToOne Order order;", "A Order order many-to-one True"),
    ("@OneToOne private Order order;", "A Order order one-to-one True"),
    ('@OneToOne(mappedBy = "a") Order order;', "A Order order one-to-one False"),
    ('@OneToMany(mappedBy = "a") java.util.List<Order> orders;', "A Order orders one-to-many False"),
    ('@OneToMany @JoinColumn(name = "a_id") java.util.Set<Order> orders = new java.util.HashSet<>();', "A Order orders one-to-many False"),
    ("@ManyToMany java.util.Set<Order> orders;", "A Order orders many-to-many False"),
    ("@OneToMany java.util.Map<String, Order> byName;", "A Order byName one-to-many False"),
    ("@ManyToOne(targetEntity = Order.class) Object order;", "A Order order many-to-one True"),
    ("@ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = \"o\") public Order getOrder() { return null; }", "A Order order many-to-one True"),
    ("@OneToMany public java.util.List<Order> getOrders() { return null; }", "A Order orders one-to-many False"),
]  # fmt: skip


@pytest.mark.parametrize(("member", "expected"), RELATIONS)
def test_relations__of_jpa__have_target_cardinality_and_the_side_of_the_column(
    member: str, expected: str
) -> None:
    found = rows(artefacts({**ORDER, **_java(f"@Entity class A {{ {member} }}")}), "data.relation")
    assert [
        f"{r['source']} {r['target']} {r['field']} {r['cardinality']} {r['foreign_key']}"
        for r in found
    ] == [expected]


@pytest.mark.parametrize(
    "member",
    ["Order order;", "@Transient Order order;", "@ManyToOne Unknown order;", "@com.other.ManyToOne Order order;",
     "// @ManyToOne\n Order order;", '@Column(name = "@ManyToOne") Order order;'],
)  # fmt: skip
def test_relations__what_is_none__gives_none(member: str) -> None:
    assert (
        rows(artefacts({**ORDER, **_java(f"@Entity class A {{ {member} }}")}), "data.relation")
        == []
    )


def test_relations__of_a_class_that_others_extend__are_its_own() -> None:
    found = rows(
        artefacts({**ORDER, **_java("@MappedSuperclass class Base { @ManyToOne Order order; }")}),
        "data.relation",
    )
    assert [(r["source"], r["target"], r["at"]) for r in found] == [("Base", "Order", "A.java:3")]
