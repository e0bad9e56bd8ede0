# ruff: noqa: E501, Q003, S608 - programs and what is expected of them stand on one line each
"""Spring Data repositories, entity managers and sessions, queries over entities."""

import pytest
from unit.collect.languages.jvm_data import (
    JPA,
    ORDER,
    REPOSITORY,
    SPRING,
    accesses,
    artefacts,
    rows,
)

IMPORTS = (
    "package shop;\nimport jakarta.persistence.*;\nimport org.hibernate.*;\nimport java.util.*;\n"
)


def _service(body: str) -> dict[str, str]:
    return {
        **ORDER,
        **REPOSITORY,
        "S.java": f"package shop;\nclass S {{ private final Orders orders; {body} }}",
    }


CALLS = [
    ("orders.findById(1L);", ["read"]), ("orders.findAll();", ["read"]), ("orders.getReferenceById(1L);", ["read"]),
    ("orders.findByName(\"x\").orElseThrow();", ["read"]), ("orders.countByName(\"x\");", ["read"]),
    ("orders.existsById(1L);", ["read"]), ("orders.streamAllBy();", ["read"]),
    ("orders.save(o);", ["create", "update"]), ("this.orders.saveAll(list);", ["create", "update"]),
    ("orders.saveAndFlush(o);", ["create", "update"]), ("orders.deleteById(1L);", ["delete"]),
    ("orders.deleteAll();", ["delete"]), ("orders.removeByName(\"x\");", ["delete"]),
    ("list.forEach(orders::save);", ["create", "update"]), ("orders.findAll().forEach(orders::delete);", ["delete", "read"]),
    ("return flag ? orders.findAll() : null;", ["read"]),
    ("orders.flush();", []), ("orders.toString(); orders.getClass(); orders.findings(); orders.saved();", []),
    ("other.findById(1L);", []), ("// orders.deleteAll();", []), ("String s = \"orders.deleteAll()\";", []),
]  # fmt: skip


@pytest.mark.parametrize(("call", "operations"), CALLS)
def test_repository__methods_that_are_called__are_what_it_does(
    call: str, operations: list[str]
) -> None:
    found = accesses(_service(f"Object m(Other other, Order o, List<Order> list) {{ {call} }}"))
    assert found == [f"Orders.java orders {operation} repository" for operation in operations]


def test_repository__that_nobody_calls__does_nothing() -> None:
    assert accesses({**ORDER, **REPOSITORY}) == []


def test_repository__place_and_count__of_the_method_that_it_declares() -> None:
    sources = _service(
        "void m() { orders.findByName(1); orders.findByName(2); orders.save(null); }"
    )
    sources["Orders.java"] = (
        f"{SPRING}interface Orders\n extends CrudRepository<Order, Long> {{\n Order findByName(int n);\n}}"
    )
    found = rows(artefacts(sources), "data.access")
    assert [(r["at"], r["operation"], r["count"], r["unit_kind"]) for r in found] == [
        ("Orders.java:4", "create", 1, "source"), ("Orders.java:4", "update", 1, "source"), ("Orders.java:6", "read", 2, "source"),
    ]  # fmt: skip


BASES = [
    "interface Orders extends CrudRepository<Order, Long> { }",
    "interface Orders extends Repository<Order, Long> { java.util.List<Order> findAll(); }",
    "interface Orders extends JpaRepository<Order, Long>, JpaSpecificationExecutor<Order> { }",
    "interface Orders extends Base<Order> { }\n@NoRepositoryBean interface Base<T> extends JpaRepository<T, Long> { }",
    "interface Orders extends Base<String, Order> { }\ninterface Base<K, T> extends Deeper<T> { }\ninterface Deeper<T> extends JpaRepository<T, Long> { }",
    "interface Orders extends Fixed { }\ninterface Fixed extends JpaRepository<Order, Long> { }",
    "@RepositoryDefinition(domainClass = Order.class, idClass = Long.class) interface Orders { java.util.List<Order> findAll(); }",
    "interface Orders extends org.springframework.data.repository.CrudRepository<Order, Long> { }",
]


@pytest.mark.parametrize("text", BASES)
def test_repository__of_any_base__serves_the_class_that_it_names(text: str) -> None:
    sources = {**_service("void m() { orders.findAll(); }"), "Orders.java": SPRING + text}
    assert accesses(sources) == ["Orders.java orders read repository"]


@pytest.mark.parametrize(
    "text",
    [
        "package shop;\nimport com.other.JpaRepository;\ninterface Orders extends JpaRepository<Order, Long> { }",
        "package shop;\ninterface JpaRepository<T, I> { }\ninterface Orders extends JpaRepository<Order, Long> { }",
        "package shop;\ninterface Orders { java.util.List<Order> findAll(); }",
        f"{SPRING}interface Orders extends JpaRepository<Unknown, Long> {{ }}",
    ],
    ids=["foreign", "of the project", "none", "of no stored class"],
)
def test_repository__what_looks_like_one__does_nothing(text: str) -> None:
    assert accesses({**_service("void m() { orders.findAll(); }"), "Orders.java": text}) == []


def test_repository__called_by_tests_only__counts_where_it_is_a_test_itself() -> None:
    sources = _service("void m() { orders.deleteAll(); }")
    assert accesses(sources, tests=["S.java"]) == []
    assert accesses(sources, tests=["S.java", "Orders.java"]) == [
        "Orders.java orders delete repository"
    ]


def test_repository__behind_an_interface_of_the_project__is_reached_through_it() -> None:
    sources = _service("void m() { orders.findAll(); }")
    sources["Orders.java"] = "package shop;\ninterface Orders { java.util.List<Order> findAll(); }"
    sources["Data.java"] = f"{SPRING}interface Data extends Orders, Repository<Order, Long> {{ }}"
    assert accesses(sources) == ["Data.java orders read repository"]


def test_repository__a_method_written_by_hand__is_no_access_of_the_repository() -> None:
    sources = _service("void m() { orders.findComplex(); }")
    sources["Orders.java"] = (
        f"{SPRING}interface Orders extends JpaRepository<Order, Long>, Special {{ }}"
    )
    sources["Special.java"] = "package shop;\ninterface Special { Order findComplex(); }"
    sources["OrdersImpl.java"] = (
        "package shop;\nclass OrdersImpl implements Special { public Order findComplex() { return null; } }"
    )
    assert accesses(sources) == []


QUERIES = [
    ('@Query("select o from Order o where o.x = ?1")', ["orders read jpql"]),
    ('@Query("select o " + "from Order o")', ["orders read jpql"]),
    ('@Query("from Order")', ["orders read jpql"]),
    ('@Modifying @Query("update Order o set o.x = :x")', ["orders update jpql"]),
    ('@Query(value = "delete from Order o where o.x = 1")', ["orders delete jpql"]),
    ('@Query("select o from #{#entityName} o")', ["orders read jpql"]),
    ('@Query("select o from Order o join o.items i join fetch i.parts")', ["orders read jpql"]),
    ('@Query(nativeQuery = true, value = "select * from old_orders where x = 1")', ["old_orders read sql"]),
    ('@Query(value = """\n select *\n from old_orders\n """, nativeQuery = true)', ["old_orders read sql"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_repository__a_query_of_its_own__is_read_and_its_calls_add_nothing(
    query: str, expected: list[str]
) -> None:
    sources = _service("void m() { orders.findThem(); }")
    sources["Orders.java"] = (
        f"{SPRING}interface Orders extends JpaRepository<Order, Long> {{\n {query}\n java.util.List<Order> findThem();\n}}"
    )
    assert accesses(sources) == [f"Orders.java {each}" for each in expected]


MANAGED = [
    ("em.find(Order.class, 1);", ["read"]), ("em.getReference(Order.class, 1);", ["read"]),
    ("em.persist(o);", ["create"]), ("em.merge(o);", ["update"]), ("em.remove(o);", ["delete"]),
    ("em.persist(new Order());", ["create"]), ("em.persist(made());", ["create"]), ("this.em.persist(this.field);", ["create"]),
    ("Order x = em.find(Order.class, 1); em.remove(x);", ["delete", "read"]),
    ("var x = new Order(); em.persist(x);", ["create"]),
    ("em.persist(new Special());", ["create"]),
    ("session.save(o);", ["create"]), ("session.saveOrUpdate(o);", ["create", "update"]), ("session.get(Order.class, 1);", ["read"]),
    ("session.delete(o);", ["delete"]), ("factory.getCurrentSession().merge(o);", ["update"]),
    ("factory.getCurrentSession().createCriteria(Order.class).list();", ["read"]),
    ("query.from(Order.class);", ["read"]), ("em.createQuery(\"select o from Order o where o.x = 1\").getResultList();", ["read"]),
    ("em.createQuery(\"from Order\", Order.class);", ["read"]), ("em.createNativeQuery(\"delete from orders\");", ["delete"]),
    ("em.persist(text);", []), ("em.persist(unknown);", []), ("other.persist(o);", []), ("map.get(Order.class);", []),
    ("map.remove(o);", []), ("em.flush(); em.clear();", []), ("// em.remove(o);", []), ("em.find(String.class, 1);", []),
    ("mail.find(Order.class, 1);", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "operations"), MANAGED)
def test_session__the_argument__says_which_table(code: str, operations: list[str]) -> None:
    text = (
        f"{IMPORTS}import javax.mail.Store;\nclass Dao {{ @PersistenceContext EntityManager em; Session session; SessionFactory factory; "
        "CriteriaQuery<Order> query; Map<Object, Object> map; Other other; Store mail; String text; Order field;\n"
        f" Order made() {{ return null; }}\n void m(Order o) {{ {code} }} }}\nclass Special extends Order {{ }}\n"
    ).replace("import java.util.*;", "import java.util.*;\nimport jakarta.persistence.criteria.*;")
    assert [each.split()[:3] for each in accesses({**ORDER, "Dao.java": text})] == [
        ["Dao.java", "orders", operation] for operation in operations
    ]


def test_named_query__whoever_asks_for_it__runs_it() -> None:
    entity = f'{JPA}@Entity @Table(name = "orders") @NamedQueries({{ @NamedQuery(name = "all", query = "select o from Order o"), @NamedQuery(name = "none", query = "delete from Order o") }}) class Order {{ }}'
    dao = f'{IMPORTS}class Dao {{ EntityManager em; void m() {{ em.createNamedQuery("all"); }} }}'
    assert accesses({"Order.java": entity, "Dao.java": dao}) == [
        "Dao.java orders read jpql",
        "Order.java orders delete jpql",
    ]


def test_query__over_a_class_that_the_project_does_not_have__is_unread() -> None:
    dao = f'{IMPORTS}class Dao {{ EntityManager em; void m() {{ em.createQuery("select x from Foreign x"); }} }}'
    found = rows(artefacts({"Dao.java": dao}), "data.unread")
    assert [(r["at"], r["reason"], r["text"]) for r in found] == [
        ("Dao.java:5", "dynamic", "select x from Foreign x")
    ]


def test_query__of_two_classes_of_one_name__means_the_nearer_one() -> None:
    dao = 'import jakarta.persistence.*;\nclass Dao { EntityManager em; void m() { em.createQuery("select o from Order o"); } }'
    sources = {
        f"{name}/Order.java": f'package {name};\nimport jakarta.persistence.*;\n@Entity @Table(name = "{name}_orders") class Order {{ }}'
        for name in ("a", "b")
    }
    found = accesses({**sources, "b/Dao.java": f"package b;\n{dao}"})
    assert found == ["b/Dao.java b_orders read jpql"]


def test_session__an_interface__stands_for_the_only_stored_class_behind_it() -> None:
    sources = {
        "Order.java": "package shop;\ninterface Order extends Named { }\ninterface Named { }",
        "OrderImpl.java": f'{JPA}@Entity @Table(name = "orders") class OrderImpl implements Order {{ }}',
        "ItemImpl.java": f'{JPA}@Entity @Table(name = "items") class ItemImpl implements Named {{ }}',
        "Dao.java": f"{IMPORTS}class Dao {{ EntityManager em; void m(Order o, Named n) {{ em.persist(o); em.remove(n); }} }}",
    }
    assert accesses(sources) == ["Dao.java orders create orm"]


def test_named_query__of_xml__is_run_by_whoever_asks_for_it() -> None:
    xml = '<entity-mappings><named-query name="all"><query>select o from shop.Order o</query></named-query><named-native-query name="old"><query>delete from old_orders</query></named-native-query></entity-mappings>'
    dao = f'{IMPORTS}class Dao {{ EntityManager em; void m() {{ em.createNamedQuery("all"); em.createNamedQuery("old", Order.class); em.createNamedQuery("gone"); }} }}'
    found = accesses({**ORDER, "Dao.java": dao, "orm.xml": xml})
    assert found == ["Dao.java old_orders delete sql", "Dao.java orders read jpql"]


PLUS = {
    "LineItem.java": "package shop;\npublic class LineItem { }",
    "Bill.java": 'package shop;\nimport com.baomidou.mybatisplus.annotation.TableName;\n@TableName("t_bill") public class Bill { }',
    "LineItemMapper.java": "package shop;\nimport com.baomidou.mybatisplus.core.mapper.BaseMapper;\npublic interface LineItemMapper extends BaseMapper<LineItem> { }",
    "BillService.java": "package shop;\nimport com.baomidou.mybatisplus.extension.service.IService;\npublic interface BillService extends IService<Bill> { }",
}


def test_mybatis_plus__classes_of_mappers_and_annotations__are_stored() -> None:
    decoys = {
        "Other.java": "package shop;\npublic class Other { }",
        "OtherMapper.java": "package shop;\nimport my.own.BaseMapper;\ninterface OtherMapper extends BaseMapper<Other> { }",
    }
    found = rows(artefacts({**PLUS, **decoys}), "data.entity")
    assert [(r["entity"], r["table"], r["framework"]) for r in found] == [
        ("Bill", "t_bill", "mybatis-plus"),
        ("LineItem", "line_item", "mybatis-plus"),
    ]


def test_mybatis_plus__methods_that_are_called__are_what_mapper_and_service_do() -> None:
    body = "items.selectById(1); items.insert(null); bills.lambdaQuery().list(); bills.removeById(1); bills.getBaseMapper();"
    service = f"package shop;\nclass S {{ LineItemMapper items; BillService bills; void m() {{ {body} }} }}"
    assert accesses({**PLUS, "S.java": service}) == [
        "BillService.java t_bill delete repository",
        "BillService.java t_bill read repository",
        "LineItemMapper.java line_item create repository",
        "LineItemMapper.java line_item read repository",
    ]


def test_mybatis_plus__service_that_calls_its_own_methods__does_it_itself() -> None:
    service = "package shop;\nimport com.baomidou.mybatisplus.extension.service.impl.ServiceImpl;\npublic class Items extends ServiceImpl<LineItemMapper, LineItem> { void m() { save(null); this.updateById(null); other(); } }"
    assert accesses({**PLUS, "Items.java": service}) == [
        "Items.java line_item create repository",
        "Items.java line_item update repository",
    ]


def test_panache__entity__is_its_own_repository() -> None:
    bill = "package shop;\nimport jakarta.persistence.Entity;\nimport io.quarkus.hibernate.orm.panache.PanacheEntity;\n@Entity public class Bill extends PanacheEntity { String name; }"
    body = "Bill.findById(1L); bill.persist(); bill.getName(); Bill.deleteAll(); order.persist();"
    code = f"package shop;\nclass S {{ void m(Bill bill, Order order) {{ {body} }} }}"
    assert accesses({**ORDER, "Bill.java": bill, "S.java": code}) == [
        "Bill.java bill create repository",
        "Bill.java bill delete repository",
        "Bill.java bill read repository",
        "Bill.java bill update repository",
    ]
