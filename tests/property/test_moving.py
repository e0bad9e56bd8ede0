"""Laws of a cut that people change."""

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.partition.cuts import system

from assessor.model.decisions import Constraints, Pin
from assessor.partition.constraining import broken, constrained
from assessor.partition.moving import moved
from assessor.report.layout import Box, inside, layout

COUPLING, CUT = system()
UNITS = st.sampled_from(COUPLING.units)
NAMES = st.sampled_from(["order", "item", "user", "new"])


@given(st.dictionaries(UNITS, NAMES, max_size=8))
def test_moved__any_moves__every_unit_is_in_one_place(moves):
    found = moved(COUPLING, CUT, moves=moves)
    placed = [unit for service in found.services for unit in service.units]
    placed += [unit.unit for unit in found.shared]
    assert sorted(placed) == list(COUPLING.units) == sorted(found.home)
    assert all(found.home[unit] == name for unit, name in moves.items())


@given(st.lists(st.tuples(UNITS, NAMES), max_size=6))
def test_moved__one_by_one_or_at_once__is_the_same(steps):
    one_by_one = CUT
    for unit, name in steps:
        one_by_one = moved(COUPLING, one_by_one, moves={unit: name})
    at_once = moved(COUPLING, CUT, moves=dict(steps))
    assert one_by_one.services == at_once.services


@settings(max_examples=200)
@given(
    st.dictionaries(UNITS, st.integers(0, 3), min_size=2, max_size=8),
    st.randoms(use_true_random=False),
)
def test_constrained__constraints_that_some_cut_respects__are_all_respected(wish, chance):
    """wish: the group of some units in a cut that somebody has in mind; pairs follow from it."""
    units = sorted(wish)
    pairs = [(a, b) for at, a in enumerate(units) for b in units[at + 1 :]]
    chosen = [pair for pair in pairs if chance.random() < 0.4]
    wanted = Constraints(
        together=tuple(pair for pair in chosen if wish[pair[0]] == wish[pair[1]]),
        apart=tuple(pair for pair in chosen if wish[pair[0]] != wish[pair[1]]),
    )
    assert broken(constrained(COUPLING, CUT, wanted), wanted) == ()


@given(st.dictionaries(UNITS, st.sampled_from(["order", "item", "user"]), max_size=3))
def test_constrained__pins_alone__are_all_respected(wish):
    anchors = {service.name: service.units for service in CUT.services}
    wanted = Constraints(pinned=tuple(Pin(u, n, anchors[n]) for u, n in sorted(wish.items())))
    assert broken(constrained(COUPLING, CUT, wanted), wanted) == ()


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=25),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24), st.floats(0, 9)), max_size=40),
)
def test_layout__any_services__no_two_boxes_touch(sizes, ties):
    services = [(f"s{at}", size) for at, size in enumerate(sizes)]
    tied = {(f"s{a}", f"s{b}"): weight for a, b, weight in ties}
    boxes = list(layout(services, ties=tied).values())
    assert len(boxes) == len(sizes)
    assert [
        (one, other)
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if abs(one.x - other.x) < (one.width + other.width) / 2
        and abs(one.y - other.y) < (one.height + other.height) / 2
    ] == []


@given(st.integers(1, 400))
def test_inside__any_number_of_units__each_has_a_place_in_the_box(count):
    [box] = layout([("s", count)], ties={}).values()
    places = inside(box, [f"u{at}" for at in range(count)])
    assert len(set(places.values())) == count
    assert all(_within(box, place) for place in places.values())


def _within(box: Box, place):
    return abs(place[0] - box.x) < box.width / 2 and abs(place[1] - box.y) < box.height / 2
