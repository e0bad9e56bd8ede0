"""A what-if on the cut: the steps that people take from a cut, and what comes of them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from assessor.model.coupling import Coupling
from assessor.model.decisions import ConstraintKind, Constraints, Pin
from assessor.model.partition import Partition, homes
from assessor.model.stored import SavedPartition
from assessor.partition.constraining import constrained
from assessor.partition.moving import APART, merged, moved, renamed
from assessor.partition.recutting import recut
from assessor.render.clean import visible
from assessor.report.compared import shifts

LONGEST = 60  # characters of a service's name


@dataclass(frozen=True, slots=True)
class Move:
    """Units put into a service; a name that there is not yet makes one, "" takes them out."""

    units: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A service called otherwise."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Merge:
    """All units of a service put into another."""

    service: str
    into: str


@dataclass(frozen=True, slots=True)
class Recut:
    """So many services, as the dendrogram has them."""

    services: int


@dataclass(frozen=True, slots=True)
class Want:
    """A constraint more. a: a unit. b: the other unit, or the service that it is pinned to."""

    kind: ConstraintKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A constraint less; see `Want`."""

    kind: ConstraintKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Respect:
    """The cut changed so that it respects its constraints."""


Step = Move | Rename | Merge | Recut | Want | Drop | Respect


@dataclass(frozen=True, slots=True)
class State:
    """A cut and what people want of it."""

    cut: Partition
    constraints: Constraints


def stepped(coupling: Coupling, state: State, step: Step) -> State:
    """The state after a step. Raises ValueError where it cannot be taken."""
    if isinstance(step, Want):
        return replace(state, constraints=_with(state.cut, state.constraints, step))
    if isinstance(step, Drop):
        return replace(state, constraints=_without(state.constraints, step))
    made = replace(state, cut=_changed(coupling, state, step))
    return _renamed(made, step) if isinstance(step, Rename) else made


def _changed(
    coupling: Coupling, state: State, step: Move | Rename | Merge | Recut | Respect
) -> Partition:
    match step:
        case Move(units, to):
            return moved(coupling, state.cut, moves=dict.fromkeys(units, to))
        case Rename(old, new):
            return renamed(state.cut, old=old, new=new)
        case Merge(service, into):
            return merged(coupling, state.cut, service=service, into=into)
        case Recut(services):
            return recut(coupling, state.cut, services=services)
        case Respect():
            return constrained(coupling, state.cut, state.constraints)


def _renamed(state: State, step: Rename) -> State:
    """The state with its pins to the service under the new name."""
    pins = (
        replace(pin, service=step.new) if pin.service == step.old else pin
        for pin in state.constraints.pinned
    )
    return replace(state, constraints=replace(state.constraints, pinned=tuple(sorted(pins))))


def _with(cut: Partition, wanted: Constraints, step: Want) -> Constraints:
    if step.a not in cut.home or step.a == step.b:
        raise ValueError(f"nothing can be wanted of {step.a!r} and {step.b!r}")
    if step.kind == "pinned":
        others = (pin for pin in wanted.pinned if pin.unit != step.a)
        return replace(wanted, pinned=tuple(sorted((*others, _pin(cut, step.a, step.b)))))
    if step.b not in cut.home:
        raise ValueError(f"there is no unit {step.b!r}")
    pair = (min(step.a, step.b), max(step.a, step.b))
    if step.kind == "together":
        return replace(wanted, together=tuple(sorted({*wanted.together, pair})))
    return replace(wanted, apart=tuple(sorted({*wanted.apart, pair})))


def _pin(cut: Partition, unit: str, name: str) -> Pin:
    anchor = next((service.units for service in cut.services if service.name == name), ())
    return Pin(unit, name, anchor)


def _without(wanted: Constraints, step: Drop) -> Constraints:
    pair = (step.a, step.b)
    return Constraints(
        pinned=tuple(
            pin
            for pin in wanted.pinned
            if step.kind != "pinned" or (pin.unit, pin.service) != pair
        ),
        together=tuple(p for p in wanted.together if step.kind != "together" or p != pair),
        apart=tuple(p for p in wanted.apart if step.kind != "apart" or p != pair),
    )


def opened(
    coupling: Coupling, cut: Partition, saved: SavedPartition, *, known: Collection[str]
) -> State:
    """A saved cut on the units of a run; `cut` is the run's own.

    known: the units of the run that it was saved on. One that came later goes where most units of
    its service are; one that is gone is passed over.
    """
    was = homes(cut)
    saved_home = {unit: name for name, units in saved.services.items() for unit in units}
    where = _mostly(was, saved_home)
    moves: dict[str, str] = {}
    for unit in coupling.units:
        if unit in saved_home:
            moves[unit] = saved_home[unit]
        elif unit in known:
            moves[unit] = APART
        elif unit in was:
            moves[unit] = where.get(was[unit], was[unit])
    if not any(name != APART for name in moves.values()):
        return State(cut, saved.constraints)
    changed = {unit: name for unit, name in moves.items() if was.get(unit, APART) != name}
    made = moved(coupling, cut, moves=changed) if changed else cut
    return State(made, saved.constraints)


def _mostly(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Service -> the service that most of its units are in now, of equals the first by name."""
    common = Counter((was[unit], now[unit]) for unit in was.keys() & now.keys())
    found: dict[str, str] = {}
    for (old, new), _ in sorted(common.items(), key=lambda each: (-each[1], each[0])):
        found.setdefault(old, new)
    return found


def agreed(start: State, now: State, *, coupling: Coupling, proposed: Partition) -> Constraints:
    """The constraints that make the draft of what an audit proposes.

    Those that people gave; a pin for each unit that is elsewhere than at the start; and where
    that is not enough, as for a service that is called otherwise, pins for all of its units.
    """
    inside = homes(now.cut)
    elsewhere = {shift.unit for shift in shifts(start.cut, now.cut)}
    pins = {pin.unit: pin for pin in now.constraints.pinned if pin.unit not in elsewhere}
    while True:
        pins |= {unit: _pin(now.cut, unit, inside.get(unit, APART)) for unit in elsewhere}
        wanted = replace(now.constraints, pinned=tuple(sorted(pins.values())))
        made = homes(constrained(coupling, proposed, wanted))
        astray = {
            unit for unit in inside.keys() | made.keys() if made.get(unit) != inside.get(unit)
        }
        touched = {name for unit in astray for name in (inside.get(unit), made.get(unit))}
        elsewhere = {
            unit for unit in inside.keys() | astray if inside.get(unit) in touched
        } - pins.keys()
        if not elsewhere:
            return wanted


def named(text: str) -> str:
    """What was typed as the name of a service; "" where it cannot be one.

    It begins with a letter or digit, so that no spreadsheet takes it for a formula.
    """
    name = " ".join(text.split())
    plain = name == visible(name) and len(name) <= LONGEST
    return name if name[:1].isalnum() and plain else ""
