from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.report.layout import STEP_X, STEP_Y, Box, inside, layout

NAMES = [f"s{number}" for number in range(40)]
SERVICES = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 300), max_size=40).map(
    lambda found: sorted(found.items())
)
TIES = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), st.floats(0, 9), max_size=60
)


def _gap(a, b):
    """How far two boxes are apart in the direction in which they are; below 0 = they overlap."""
    return max(
        abs(a.x - b.x) - (a.width + b.width) / 2, abs(a.y - b.y) - (a.height + b.height) / 2
    )


@settings(max_examples=100, deadline=None)
@given(SERVICES, TIES)
def test_layout__any_services__no_two_boxes_overlap(services, ties):
    boxes = layout(services, ties=ties)
    assert all(_gap(a, b) > 59 for a, b in combinations(boxes.values(), 2))


@settings(max_examples=50, deadline=None)
@given(SERVICES, TIES)
def test_layout__any_services__each_has_a_box_in_their_order(services, ties):
    assert list(layout(services, ties=ties)) == [name for name, _ in services]


@settings(max_examples=50, deadline=None)
@given(SERVICES, TIES)
def test_layout__services_and_ties_in_another_order__same_boxes(services, ties):
    other = layout(services[::-1], ties=dict(reversed(ties.items())))
    assert other == layout(services, ties=ties)


def test_layout__no_service__no_box():
    assert layout([], ties={}) == {}


def test_layout__one_service__is_in_the_middle():
    assert layout([("order", 4)], ties={}) == {"order": Box(0.0, 0.0, 320.0, 192.0)}


def test_layout__more_units__larger_box():
    boxes = layout([("large", 100), ("small", 4)], ties={})
    large, small = boxes["large"], boxes["small"]
    assert (large.width > small.width, large.height > small.height) == (True, True)


def test_layout__tied_services__stand_side_by_side():
    services = [(name, 9) for name in "abcdefghij"]
    tied, loose = layout(services, ties={("a", "j"): 9.0}), layout(services, ties={})
    assert (_gap(tied["a"], tied["j"]), _gap(loose["a"], loose["j"]) > 60) == (60.0, True)


def test_layout__most_tied_service__is_in_the_middle():
    ties = {("hub", name): 1.0 for name in "abcd"}
    box = layout([(name, 4) for name in ("a", "b", "hub", "c", "d")], ties=ties)["hub"]
    assert (box.x, box.y) == (0.0, 0.0)


def test_layout__tie_to_itself_or_to_nothing__changes_nothing():
    services = [("a", 4), ("b", 4)]
    assert layout(services, ties={("a", "a"): 9.0, ("b", "gone"): 9.0}) == layout(
        services, ties={}
    )


@pytest.mark.parametrize("number", [1, 2, 7, 60, 1000])
def test_inside__so_many_units__each_has_room_in_the_box(number):
    box = layout([("order", number)], ties={})["order"]
    spots = inside(box, [f"u{at}" for at in range(number)])
    assert len(set(spots.values())) == number
    assert all(abs(x - box.x) <= (box.width - STEP_X) / 2 for x, _ in spots.values())
    assert all(abs(y - box.y) <= (box.height - STEP_Y) / 2 for _, y in spots.values())


def test_inside__a_thousand_units__none_touches_another():
    units = [f"u{at}" for at in range(1000)]
    spots = inside(layout([("order", 1000)], ties={})["order"], units)
    near = [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(spots.items(), 2)
        if abs(ax - bx) < STEP_X and abs(ay - by) < STEP_Y
    ]
    assert near == []


def test_inside__box_elsewhere__moves_the_units_with_it():
    here = inside(Box(0.0, 0.0, 300.0, 200.0), ["a", "b"])
    there = inside(Box(50.0, -20.0, 300.0, 200.0), ["a", "b"])
    assert {unit: (x + 50, y - 20) for unit, (x, y) in here.items()} == there


def test_inside__no_unit__no_place():
    assert inside(Box(0.0, 0.0, 300.0, 200.0), []) == {}
