from collections.abc import Mapping
from dataclasses import replace

from assessor.graph.fuse import couple_edges
from assessor.model.coupling import Coupling
from assessor.model.partition import SharedUnit
from assessor.partition.shared_units import assembly, libraries, shared_units


def coupled(pairs: list[tuple[str, str]], *, owners: frozenset[str] = frozenset()) -> Coupling:
    return replace(couple_edges([(a, b, 1.0) for a, b in pairs]), owners=owners)


def found(
    pairs: list[tuple[str, str]],
    service: Mapping[str, int],
    *,
    owners: frozenset[str] = frozenset(),
    roots: frozenset[str] = frozenset(),
) -> set[str]:
    coupling = coupled(pairs, owners=owners)
    rows = libraries(
        coupling,
        services=[service[unit] for unit in coupling.units],
        roots={coupling.units.index(root) for root in roots},
    )
    return {coupling.units[row] for row in rows}


SERVICE = {"A": 0, "A2": 0, "B": 1, "C": 2, "Clock": 0, "Facade": 1, "Base": 1}
ALL_USE_CLOCK = [("A", "Clock"), ("B", "Clock"), ("C", "Clock")]


def test_libraries__leaf_used_by_all_services__one():
    assert found(ALL_USE_CLOCK, SERVICE) == {"Clock"}


def test_libraries__owner_of_data_used_by_all_services__none():
    assert found(ALL_USE_CLOCK, SERVICE, owners=frozenset({"Clock"})) == set()


def test_libraries__refers_to_a_unit_of_a_service__none():
    pairs = [("A", "Facade"), ("B", "Facade"), ("C", "Facade"), ("Facade", "A2")]
    pairs += [("A", "A2"), ("Clock", "A2")]
    assert found(pairs, SERVICE) == set()


def test_libraries__refers_to_an_owner__none():
    pairs = [*ALL_USE_CLOCK, ("Clock", "A2")]
    assert found(pairs, SERVICE, owners=frozenset({"A2"})) == set()


def test_libraries__base_of_a_base_class__comes_along():
    assert found([*ALL_USE_CLOCK, ("Clock", "Base")], SERVICE) == {"Base", "Clock"}


def test_libraries__base_mostly_used_by_one_service__holds_its_heir_back():
    pairs = [*ALL_USE_CLOCK, ("Clock", "Base"), ("B", "Base"), ("Facade", "Base")]
    assert found(pairs, SERVICE) == set()


def test_libraries__two_that_refer_to_each_other__both():
    pairs = [(user, to) for user in "ABC" for to in ("Clock", "Base")]
    assert found([*pairs, ("Clock", "Base"), ("Base", "Clock")], SERVICE) == {"Base", "Clock"}


def test_libraries__one_service_holds_most_users__none():
    more = {f"A{n}": 0 for n in range(4)}
    pairs = [(unit, "Clock") for unit in ("A", "B", "C", *more)]
    assert found(pairs, SERVICE | more) == set()


def test_libraries__used_by_one_of_two_other_services__none():
    assert found([("A", "Clock"), ("B", "Clock"), ("C", "A")], SERVICE) == set()


def test_libraries__use_by_a_root__does_not_count():
    pairs = [("A", "Clock"), ("B", "Clock"), ("C", "Clock")]
    assert found(pairs, SERVICE, roots=frozenset({"C"})) == set()


def test_libraries__one_service__none():
    assert found(ALL_USE_CLOCK, dict.fromkeys(SERVICE, 0)) == set()


FOLDERS = {
    "shop/Main.java": None,
    "shop/order/Order.java": 0,
    "shop/order/OrderApi.java": 0,
    "shop/item/Item.java": 1,
    "shop/item/ItemApi.java": 1,
    "shop/order/Lone.java": None,
    "shop/web/Lone.java": None,
    "shop/order/job/Lone.java": None,
}
LINKS = [
    ("shop/order/OrderApi.java", "shop/order/Order.java", 1.0),
    ("shop/item/ItemApi.java", "shop/item/Item.java", 1.0),
]


def assembled(root: str) -> set[str]:
    coupling = couple_edges([*LINKS, *((name, name, 0.0) for name in FOLDERS)])
    rows = {coupling.units.index(name): s for name, s in FOLDERS.items() if s is not None}
    chosen = assembly(coupling, services=rows, roots={coupling.units.index(root)})
    return {coupling.units[row] for row in chosen}


def test_assembly__root_above_all_services__one():
    assert "shop/Main.java" in assembled("shop/Main.java")


def test_assembly__root_inside_one_service__none():
    assert "shop/order/Lone.java" not in assembled("shop/order/Lone.java")


def test_assembly__untied_unit_in_a_folder_of_its_own_above_all__one():
    assert "shop/web/Lone.java" in assembled("shop/Main.java")


def test_assembly__untied_unit_beside_or_below_one_service__none():
    kept = {"shop/order/Lone.java", "shop/order/job/Lone.java"}
    assert not kept & assembled("shop/Main.java")


def test_shared_units__library_and_assembly__advice_and_number_of_users():
    coupling = coupled([*ALL_USE_CLOCK, ("Clock", "Base"), ("Main", "A"), ("Main", "Clock")])
    at = {unit: row for row, unit in enumerate(coupling.units)}
    service = {**SERVICE, "Main": 0}
    assert shared_units(
        coupling,
        services=[service[unit] for unit in coupling.units],
        libraries={at["Clock"], at["Base"]},
        assembly={at["Main"]},
    ) == (
        SharedUnit("Base", used_by=3, advice="library"),
        SharedUnit("Clock", used_by=3, advice="library"),
        SharedUnit("Main", used_by=0, advice="assembly"),
    )


def test_shared_units__one_service_left__no_library():
    coupling = coupled(ALL_USE_CLOCK)
    row = coupling.units.index("Clock")
    assert shared_units(coupling, services=[0] * 4, libraries={row}, assembly=()) == ()
