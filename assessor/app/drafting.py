"""The draft of a visitor: its steps in the session, what comes of them in the cache."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import streamlit as st

from assessor.app import data
from assessor.app.context import Context
from assessor.app.draft import State, Step, opened, stepped
from assessor.model.coupling import Coupling
from assessor.model.decisions import Constraints
from assessor.model.stored import SavedPartition
from assessor.store import runs

_STEPS = "draft-steps"  # session: id of the draft -> (steps taken, steps undone)
_REFUSED = "draft-refused"  # session: a step could not be taken
_STRIDE = 16
_NONE: tuple[tuple[Step, ...], tuple[Step, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Draft:
    """A cut that is being changed. id: of the run and the cut that it started from.

    start, before, now: before any step, before the last one, and after it.
    """

    id: str
    coupling: Coupling
    start: State
    before: State
    now: State
    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


def draft(context: Context, shown: data.Shown, saved: SavedPartition | None) -> Draft | None:
    """The visitor's draft from the run's cut or a saved one; None where there is no code."""
    seen = shown.kept.seen
    if seen.coupling is None or seen.partition is None or context.run is None:
        return None
    id_ = f"{context.run.digest} {saved.id if saved else ''}"
    start = _start(context, shown, saved, key=id_)
    steps, undone = st.session_state.setdefault(_STEPS, {}).get(id_, _NONE)
    return Draft(
        id=id_,
        coupling=seen.coupling,
        start=start,
        before=_after(seen.coupling, start, steps[:-1], id_=id_),
        now=_after(seen.coupling, start, steps, id_=id_),
        steps=steps,
        undone=undone,
    )


def take(found: Draft, step: Step) -> None:
    """Adds a step; one that cannot be taken is told by `refused`."""
    steps = (*found.steps, step)
    try:
        _after(found.coupling, found.start, steps, id_=found.id)
    except ValueError:
        st.session_state[_REFUSED] = True
    else:
        st.session_state[_STEPS][found.id] = (steps, ())


def refused() -> bool:
    """Whether the last step could not be taken; said once."""
    return bool(st.session_state.pop(_REFUSED, False))


def undo(found: Draft) -> None:
    """Takes the last step back."""
    st.session_state[_STEPS][found.id] = (found.steps[:-1], (*found.undone, found.steps[-1]))


def redo(found: Draft) -> None:
    """Takes the step again that was undone last."""
    st.session_state[_STEPS][found.id] = ((*found.steps, found.undone[-1]), found.undone[:-1])


def restart(found: Draft) -> None:
    """Takes all steps back; they can be taken again one by one."""
    undone = (*found.undone, *reversed(found.steps))
    st.session_state[_STEPS][found.id] = ((), undone)


def start_of(context: Context, shown: data.Shown, saved: SavedPartition | None) -> State | None:
    """The run's cut or a saved one, without any step; None where there is no code."""
    if shown.kept.seen.partition is None or context.run is None:
        return None
    return _start(context, shown, saved, key=f"{context.run.digest} {saved.id if saved else ''}")


def _start(
    context: Context, shown: data.Shown, saved: SavedPartition | None, *, key: str
) -> State:
    if saved is None:
        return _own(shown)
    return _opened(context, shown, saved, key=key)


def _own(shown: data.Shown) -> State:
    """The cut of the run with the constraints that it was made under."""
    assert shown.kept.seen.partition is not None  # noqa: S101 - `draft` asked
    cut = shown.stored.partition
    return State(shown.kept.seen.partition, cut.constraints if cut else Constraints())


@st.cache_resource(show_spinner=False, ttl=3600, max_entries=16)
def _opened(_context: Context, _shown: data.Shown, _saved: SavedPartition, *, key: str) -> State:
    del key
    seen = _shown.kept.seen
    assert seen.coupling is not None  # noqa: S101 - `draft` asked
    known = frozenset(seen.coupling.units)
    if _context.run is not None and _saved.base != _context.run.id:
        base = data.shown_run(_context, runs.run(_context.store, _context.who, _saved.base))
        known = frozenset(base.kept.seen.coupling.units if base.kept.seen.coupling else ())
    return opened(seen.coupling, _own(_shown).cut, _saved, known=known)


def _after(coupling: Coupling, start: State, steps: Sequence[Step], *, id_: str) -> State:
    """What comes of the steps: from the cache, where no more than the last one is new.

    It is asked for in strides, as what is not there is built from what was one step before.
    """
    state = start
    for count in chain(range(_STRIDE, len(steps), _STRIDE), (len(steps),)):
        state = _cached(coupling, start, tuple(steps[:count]), key=_key(id_, steps[:count]))
    return state


@st.cache_resource(show_spinner=False, ttl=3600, max_entries=64)
def _cached(_coupling: Coupling, _start: State, _steps: tuple[Step, ...], *, key: str) -> State:
    id_ = key.rpartition(" ")[0]
    if not _steps:
        return _start
    before = _cached(_coupling, _start, _steps[:-1], key=_key(id_, _steps[:-1]))
    return stepped(_coupling, before, _steps[-1])


def _key(id_: str, steps: Sequence[Step]) -> str:
    return f"{id_} {hashlib.sha256(repr(tuple(steps)).encode()).hexdigest()}"
