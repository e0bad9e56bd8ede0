"""The steps of a draft, and what is saved of it so that the next audit brings it back."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.partition.cuts import COUPLING, CUT, PARTS, unit

from assessor.app.draft import (
    LONGEST,
    Drop,
    Merge,
    Move,
    Recut,
    Rename,
    Respect,
    State,
    Want,
    agreed,
    named,
    opened,
    stepped,
)
from assessor.model.decisions import Broken, Constraints
from assessor.model.partition import homes
from assessor.model.stored import SavedPartition
from assessor.partition.constraining import broken, constrained
from assessor.partition.moving import APART

START = State(CUT, Constraints())
ORDER3 = unit("order3")


def _after(*steps, start=START):
    for step in steps:
        start = stepped(COUPLING, start, step)
    return start


def _agreed(state):
    return agreed(START, state, coupling=COUPLING, proposed=CUT)


def _sizes(state):
    return {service.name: len(service.units) for service in state.cut.services}


def _saved(services, *, constraints=START.constraints):
    return SavedPartition(
        id="c1",
        project="shop",
        base="r1",
        name="ours",
        version=1,
        services=services,
        constraints=constraints,
        made_at="2026-11-01T10:00:00Z",
        made_by="ann",
    )


@pytest.mark.parametrize(
    ("step", "sizes"),
    [
        (Move((ORDER3,), "stock"), {"stock": 5, "user": 4, "order": 3}),
        (Move((ORDER3, unit("order0")), "sales"), {"stock": 4, "user": 4, "order": 2, "sales": 2}),
        (Move((ORDER3,), APART), {"stock": 4, "user": 4, "order": 3}),
        (Rename("order", "sales"), {"sales": 4, "stock": 4, "user": 4}),
        (Merge("user", "stock"), {"stock": 8, "order": 4}),
        (Recut(1), {"": 12}),
        (Want("together", ORDER3, unit("user0")), {"order": 4, "stock": 4, "user": 4}),
    ],
    ids=lambda each: type(each).__name__.lower(),
)
def test_stepped__a_step__changes_the_services_as_it_says(step, sizes):
    found = _sizes(_after(step))
    if isinstance(step, Recut):  # names its services anew
        found = dict.fromkeys(("",), *found.values())
    assert found == sizes


@pytest.mark.parametrize(
    "step",
    [
        Move(("nowhere.py",), "stock"),
        Rename("nowhere", "sales"),
        Rename("order", "stock"),
        Merge("order", "order"),
        Recut(99),
        Want("apart", ORDER3, ORDER3),
        Want("together", ORDER3, "nowhere.py"),
        Want("pinned", "nowhere.py", "order"),
    ],
    ids=repr,
)
def test_stepped__a_step_that_cannot_be_taken__is_refused(step):
    with pytest.raises(ValueError, match=r"."):
        _after(step)


def test_stepped__a_pin__is_broken_by_a_move_and_kept_by_respecting_it():
    away = _after(Want("pinned", ORDER3, "order"), Move((ORDER3,), "stock"))
    assert broken(away.cut, away.constraints) == (Broken("pinned", ORDER3, "order"),)
    assert homes(_after(Respect(), start=away).cut)[ORDER3] == "order"


def test_stepped__a_pin_to_a_renamed_service__follows_its_name():
    state = _after(Want("pinned", ORDER3, "order"), Rename("order", "sales"))
    assert [pin.service for pin in state.constraints.pinned] == ["sales"]
    assert broken(state.cut, state.constraints) == ()


def test_stepped__a_pair__is_kept_in_order_once():
    pair = Want("together", unit("user0"), ORDER3)
    state = _after(pair, Want("together", ORDER3, unit("user0")))
    assert state.constraints.together == ((ORDER3, unit("user0")),)


@pytest.mark.parametrize("kind", ["together", "apart"])
def test_stepped__a_dropped_pair__is_gone(kind):
    pair = (ORDER3, unit("user0"))
    assert _after(Want(kind, *pair), Drop(kind, *pair)) == START


def test_stepped__a_dropped_pin__is_gone():
    assert _after(Want("pinned", ORDER3, "order"), Drop("pinned", ORDER3, "order")) == START


def test_opened__a_saved_cut__is_as_it_was_saved():
    state = _after(Move((ORDER3,), APART), Merge("user", "stock"))
    saved = _saved({each.name: each.units for each in state.cut.services})
    again = opened(COUPLING, CUT, saved, known=COUPLING.units)
    assert homes(again.cut) == homes(state.cut)


def test_opened__a_unit_that_came_later__goes_with_those_it_is_with():
    services = {"sales": CUT.services[0].units[:3], "stock": CUT.services[1].units}
    known = {each for units in services.values() for each in units}
    again = opened(COUPLING, CUT, _saved(services), known=known)
    assert homes(again.cut)[CUT.services[0].units[3]] == "sales"


def test_opened__units_that_are_gone__are_passed_over():
    saved = _saved({"old": ("gone.py",), "order": (ORDER3,)})
    again = opened(COUPLING, CUT, saved, known=(*COUPLING.units, "gone.py"))
    assert homes(again.cut) == {ORDER3: "order"}


def test_opened__nothing_left_of_it__is_the_runs_own_cut():
    again = opened(COUPLING, CUT, _saved({"old": ("gone.py",)}), known=("gone.py",))
    assert homes(again.cut) == homes(CUT)


def test_agreed__an_untouched_cut__wants_nothing():
    assert _agreed(START) == Constraints()


def test_agreed__a_moved_unit__is_pinned_to_where_it_is():
    pins = _agreed(_after(Move((ORDER3,), "stock"))).pinned
    assert [(pin.unit, pin.service) for pin in pins] == [(ORDER3, "stock")]
    assert unit("stock0") in pins[0].anchor


def test_agreed__a_pin_that_a_move_broke__is_replaced():
    state = _after(Want("pinned", ORDER3, "order"), Move((ORDER3,), "stock"))
    assert [pin.service for pin in _agreed(state).pinned] == ["stock"]


def test_agreed__a_renamed_service__keeps_its_name_by_a_pin():
    wanted = _agreed(_after(Rename("order", "sales")))
    assert "sales" in {each.name for each in constrained(COUPLING, CUT, wanted).services}


_NAMES = st.sampled_from((*PARTS, "fresh", "sales"))
_STEPS = st.one_of(
    st.builds(
        lambda one, to: Move((one,), to),
        st.sampled_from(COUPLING.units),
        st.one_of(_NAMES, st.just(APART)),
    ),
    st.builds(Merge, _NAMES, _NAMES),
    st.builds(Rename, _NAMES, _NAMES),
)


@given(st.lists(_STEPS, max_size=6))
def test_agreed__a_draft__comes_back_from_the_next_audit(steps):
    state = START
    for step in steps:
        with suppress(ValueError):  # a step that cannot be taken is not
            state = stepped(COUPLING, state, step)
    assert homes(constrained(COUPLING, CUT, _agreed(state))) == homes(state.cut)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("order", "order"),
        ("  two   words ", "two words"),
        ("订单", "订单"),
        ("", ""),
        ("   ", ""),
        ("=cmd()", ""),
        ("-order", ""),
        ("or\u202eder", ""),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), ""),
    ],
)
def test_named__what_was_typed__is_a_plain_name_or_none(typed, name):
    assert named(typed) == name


def test_opened__its_constraints__are_those_of_the_saved_cut():
    wanted = replace(START.constraints, apart=((ORDER3, unit("user0")),))
    services = {each.name: each.units for each in CUT.services}
    saved = _saved(services, constraints=wanted)
    assert opened(COUPLING, CUT, saved, known=COUPLING.units) == State(CUT, wanted)
