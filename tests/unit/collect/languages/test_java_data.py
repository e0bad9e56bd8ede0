# ruff: noqa: S608 - SQL in programs that are only read
"""Data access of whole repositories: a small one of our own, and two that were read by hand.

The lists of the two are names only. They were made by reading every statement of the seven mapper
files of jpetstore-6 (mybatis), and in spring-petclinic the three repositories and every call of
them in `src/main` (`owners.save` five times, `owners.findById` and `findByLastNameStartingWith`,
`vets.findAll` with and without pages, `types.findPetTypes`, which has a query of its own).
"""

import os
from pathlib import Path

import pytest
from unit.collect.languages.jvm_data import JPA, MYBATIS, SPRING, accesses, artefacts, rows, tree

CLONES = os.environ.get("ASSESSOR_REPOSITORIES", "")
HAND_CHECKED = {
    "jpetstore-6": """
        AccountMapper account read, AccountMapper profile read, AccountMapper signon read
        AccountMapper bannerdata read
        AccountMapper account update, AccountMapper account create
        AccountMapper profile update, AccountMapper profile create
        AccountMapper signon update, AccountMapper signon create
        CategoryMapper category read
        ItemMapper item read, ItemMapper product read
        ItemMapper inventory read, ItemMapper inventory update
        LineItemMapper lineitem read, LineItemMapper lineitem create
        OrderMapper orders read, OrderMapper orderstatus read
        OrderMapper orders create, OrderMapper orderstatus create
        ProductMapper product read
        SequenceMapper sequence read, SequenceMapper sequence update
    """,
    "spring-petclinic": """
        OwnerRepository owners read, OwnerRepository owners create, OwnerRepository owners update
        PetTypeRepository types read
        VetRepository vets read
    """,
}


def _listed(text: str) -> list[str]:
    return sorted(
        row.strip() for line in text.splitlines() for row in line.split(",") if row.strip()
    )


@pytest.mark.parametrize("name", sorted(HAND_CHECKED))
def test_accesses__of_a_repository_read_by_hand__are_those_and_no_others(name: str) -> None:
    root = Path(CLONES, name)
    if not CLONES or not root.is_dir():
        pytest.skip(f"ASSESSOR_REPOSITORIES names no folder with a clone of {name}")
    found = [each.split()[:3] for each in accesses(dict(tree(root)))]
    told = sorted(f"{Path(unit).stem} {table} {verb}" for unit, table, verb in found)
    assert told == _listed(HAND_CHECKED[name])


SHOP = {
    "Customer.java": f'{JPA}@Entity @Table(name = "customers") class Customer {{ }}',
    "Order.java": f"""{JPA}
@Entity @Table(name = "orders") class Order {{
  @ManyToOne Customer customer;
}}""",
    "Orders.java": f"{SPRING}interface Orders extends JpaRepository<Order, Long> {{ }}",
    "Stock.java": f"""{MYBATIS}
interface Stock {{
  @Update("update stock set left_over = left_over - 1 where item = #{{item}}") void take(int item);
  int left(int item);
}}""",
    "Stock.xml": """<mapper namespace="shop.Stock"><select id="left">
  select left_over from stock where item = #{item}</select></mapper>""",
    "Audit.java": """package shop;
class Audit {
  private static final String TABLE = "audit_log";
  void write(Jdbc jdbc, String table) {
    jdbc.update("insert into " + TABLE + " (text) values (?)", "Delete from cart");
    jdbc.update("delete from " + table + " where text = ?");
  }
}""",
    "Checkout.java": f"""{JPA}
class Checkout {{
  final Orders orders; EntityManager em;
  void buy(Customer customer, Order order) {{ orders.save(order); em.merge(customer); }}
}}""",
}  # fmt: skip


def test_accesses__of_a_small_shop__each_one_at_the_unit_that_does_it() -> None:
    assert accesses(dict(SHOP)) == [
        "Audit.java audit_log create sql",
        "Checkout.java customers update orm",
        "Orders.java orders create repository",
        "Orders.java orders update repository",
        "Stock.java stock update mapper",
        "Stock.java stock read mapper",
    ]


def test_other_rows__of_a_small_shop__entities_relations_and_what_is_unread() -> None:
    found = artefacts(dict(SHOP))
    entities = [(r["entity"], r["table"]) for r in rows(found, "data.entity")]
    assert entities == [("Customer", "customers"), ("Order", "orders")]
    relations = [(r["source"], r["field"], r["target"]) for r in rows(found, "data.relation")]
    assert relations == [("Order", "customer", "Customer")]
    unread = [(r["at"], r["text"]) for r in rows(found, "data.unread")]
    assert unread == [("Audit.java:6", "delete from {} where text = ?")]


def test_all_rows__of_a_small_shop__stand_at_a_line_that_exists() -> None:
    for artefact in artefacts(dict(SHOP)):
        lines = SHOP[artefact.location.path].count("\n") + 1
        assert 1 <= artefact.location.line <= lines, artefact
