from assessor.graph.fuse import couple_edges
from assessor.model.partition import SharedUnit
from assessor.partition.shared_units import shared_units


def found(pairs: list[tuple[str, str]], service: dict[str, int]) -> tuple[SharedUnit, ...]:
    coupling = couple_edges([(a, b, 1.0) for a, b in pairs])
    return shared_units(coupling, services=[service[unit] for unit in coupling.units])


SERVICE = {"A": 0, "A2": 0, "B": 1, "C": 2, "Clock": 0, "Facade": 1}


def test_shared_units__leaf_used_by_all_services__library():
    pairs = [("A", "Clock"), ("B", "Clock"), ("C", "Clock")]
    assert found(pairs, SERVICE) == (SharedUnit("Clock", used_by=3, advice="library"),)


def test_shared_units__uses_units_of_services__replicate():
    pairs = [("A", "Facade"), ("B", "Facade"), ("C", "Facade"), ("Facade", "A2")]
    assert found(pairs, SERVICE) == (SharedUnit("Facade", used_by=3, advice="replicate"),)


def test_shared_units__uses_only_shared_ones__library():
    pairs = [(user, to) for user in "ABC" for to in ("Clock", "Facade")]
    assert {unit.advice for unit in found([*pairs, ("Facade", "Clock")], SERVICE)} == {"library"}


def test_shared_units__one_service_holds_most_users__not_shared():
    more = {f"A{n}": 0 for n in range(4)}
    pairs = [(unit, "Clock") for unit in ("A", "B", "C", *more)]
    assert found(pairs, SERVICE | more) == ()


def test_shared_units__used_by_two_services__not_shared():
    assert found([("A", "Clock"), ("B", "Clock")], SERVICE) == ()
