import pytest

from assessor.graph.cycles import package, package_cycles, unit_cycles
from assessor.graph.fuse import couple_edges
from assessor.model.coupling import Coupling, Cycle


def edges(*pairs: tuple[str, str]) -> Coupling:
    return couple_edges([(a, b, 1.0) for a, b in pairs])


def test_unit_cycles__chain__none():
    assert unit_cycles(edges(("a.A", "a.B"), ("a.B", "a.C"))) == ()


def test_unit_cycles__ring_with_a_short_cut__shortest_example():
    ring = edges(("p.A", "p.B"), ("p.B", "p.C"), ("p.C", "p.D"), ("p.D", "p.A"), ("p.C", "p.B"))
    assert unit_cycles(ring) == (
        Cycle(units=("p.A", "p.B", "p.C", "p.D"), example=("p.B", "p.C")),
    )


def test_unit_cycles__two_groups__larger_first():
    found = unit_cycles(
        edges(("a.A", "a.B"), ("a.B", "a.A"), ("z.A", "z.B"), ("z.B", "z.C"), ("z.C", "z.A"))
    )
    assert [len(cycle.units) for cycle in found] == [3, 2]
    assert found[0].example == ("z.A", "z.B", "z.C")


def test_unit_cycles__reference_to_itself__no_cycle():
    assert unit_cycles(edges(("a.A", "a.A"))) == ()


def test_package_cycles__packages_use_each_other__found_without_a_unit_cycle():
    found = edges(("a.A", "b.B"), ("b.C", "a.D"))
    assert unit_cycles(found) == ()
    assert package_cycles(found) == (Cycle(units=("a", "b"), example=("a", "b")),)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("src/a/b.py", "src/a"), ("com.x.Y", "com.x"), (r"App\X", "App"), ("a::B", "a"), ("x", "")],
)
def test_package__name__what_it_stands_in(unit, expected):
    assert package(unit) == expected
