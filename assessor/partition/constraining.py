"""A cut that respects what people decided: pinned units, pairs together, pairs apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assessor.model.coupling import Coupling
from assessor.model.decisions import Broken, Constraints, Pin
from assessor.model.partition import Partition
from assessor.partition.moving import moved, renamed

_HALF = 0.5


@dataclass(slots=True)
class _Plan:
    """Unit -> its service by now, "" = shared; units that are pinned; blocks to keep together."""

    inside: dict[str, str]
    pinned: set[str] = field(default_factory=set)
    block: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def members(self, unit: str) -> tuple[str, ...]:
        """The unit with all that it has to stay together with."""
        return self.block.get(unit, (unit,))


def constrained(coupling: Coupling, cut: Partition, constraints: Constraints) -> Partition:
    """The cut changed as little as it takes.

    Pins come first; a block of pairs to keep together follows its pinned unit, else goes where it
    is most tied; of a pair to keep apart, the unit less tied to the service leaves for the most
    tied one that keeps the others apart, or for a service of its own. What contradicts itself
    stays broken, see `broken`.
    """
    here = set(coupling.units)
    cut = _named(cut, constraints.pinned)
    plan = _Plan(dict.fromkeys(coupling.units, "") | _inside(cut))
    for pin in constraints.pinned:
        if pin.unit in here:
            plan.inside[pin.unit] = _target(_inside(cut), pin) or pin.service
            plan.pinned.add(pin.unit)
    _join(coupling, plan, pairs=_present(constraints.together, here))
    _part(coupling, plan, pairs=_present(constraints.apart, here))
    before = dict.fromkeys(coupling.units, "") | _inside(cut)
    moves = {unit: name for unit, name in plan.inside.items() if before[unit] != name}
    return moved(coupling, cut, moves=moves) if moves else cut


def broken(cut: Partition, constraints: Constraints) -> tuple[Broken, ...]:
    """The constraints that the cut does not respect, sorted; those on units that are gone not."""
    inside, here = _inside(cut), set(cut.home)
    found = [
        Broken("pinned", pin.unit, pin.service)
        for pin in constraints.pinned
        if pin.unit in here and inside.get(pin.unit) != (_target(inside, pin) or pin.service)
    ]
    found += [
        Broken("together", a, b)
        for a, b in _present(constraints.together, here)
        if inside.get(a) != inside.get(b)
    ]
    found += [
        Broken("apart", a, b)
        for a, b in _present(constraints.apart, here)
        if inside.get(a) is not None and inside.get(a) == inside.get(b)
    ]
    return tuple(sorted(found))


def _inside(cut: Partition) -> dict[str, str]:
    return {unit: service.name for service in cut.services for unit in service.units}


def _present(pairs: Iterable[tuple[str, str]], here: set[str]) -> list[tuple[str, str]]:
    return sorted(pair for pair in pairs if pair[0] in here and pair[1] in here)


def _target(inside: Mapping[str, str], pin: Pin) -> str:
    """The service that holds most of the anchor, without the unit; "" where none holds any."""
    held = Counter(
        name for unit in pin.anchor if unit != pin.unit and (name := inside.get(unit)) is not None
    )
    most = max(held.values(), default=0)
    best = sorted(name for name, count in held.items() if count == most)
    return pin.service if pin.service in best else next(iter(best), "")


def _named(cut: Partition, pins: Sequence[Pin]) -> Partition:
    """The cut with people's names for the services that are mostly made of an anchor."""
    for pin in sorted(pins):
        inside = _inside(cut)
        target = _target(inside, pin)
        units = {unit for unit, name in inside.items() if name == target}
        known = set(inside.values())
        mostly = len(units & set(pin.anchor)) > _HALF * len(units)
        if target and target != pin.service and pin.service not in known and mostly:
            cut = renamed(cut, old=target, new=pin.service)
    return cut


def _join(coupling: Coupling, plan: _Plan, *, pairs: Sequence[tuple[str, str]]) -> None:
    """Puts every block into one service."""
    for block in _blocks(pairs):
        plan.block |= dict.fromkeys(block, block)
        held = sorted(unit for unit in block if unit in plan.pinned)
        names = [plan.inside[unit] for unit in held or block]
        if len(set(names)) > 1 and held:
            continue  # pinned to different services: the pins stand, the pair stays broken
        target = (
            names[0]
            if len(set(names)) == 1
            else _strongest(coupling, plan, block=block, names=names)
        )
        for unit in block:
            plan.inside[unit] = target


def _blocks(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Units that pairs tie together, each block sorted."""
    of: dict[str, set[str]] = {}
    for a, b in pairs:
        joint = of.get(a, {a}) | of.get(b, {b})
        of |= dict.fromkeys(joint, joint)
    return sorted({tuple(sorted(block)) for block in of.values()})


def _part(coupling: Coupling, plan: _Plan, *, pairs: Sequence[tuple[str, str]]) -> None:
    """Takes pairs apart, block by block; a pinned block stays where it is."""
    apart: dict[str, set[str]] = {}
    for a, b in pairs:
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    for a, b in pairs:
        name = plan.inside[a]
        if not name or name != plan.inside[b] or b in plan.members(a):
            continue
        free = [unit for unit in (a, b) if not plan.pinned & set(plan.members(unit))]
        if not free:
            continue
        ties = {unit: _tie(coupling, plan, block=plan.members(unit), name=name) for unit in free}
        leaving = min(free, key=lambda unit: (round(ties[unit], 12), unit))
        block = plan.members(leaving)
        target = _elsewhere(coupling, plan, block, apart=apart, leaving=name)
        for unit in block:
            plan.inside[unit] = target


def _elsewhere(
    coupling: Coupling,
    plan: _Plan,
    block: tuple[str, ...],
    *,
    apart: Mapping[str, set[str]],
    leaving: str,
) -> str:
    """The service most tied to the block that none of its opponents is in, else a new one."""
    against = {plan.inside[other] for unit in block for other in apart.get(unit, ())}
    known = sorted({name for name in plan.inside.values() if name})
    names = [name for name in known if name not in against and name != leaving]
    if names:
        return _strongest(coupling, plan, block=block, names=names)
    return next(name for at in range(1, len(known) + 2) if (name := f"apart-{at}") not in known)


def _strongest(
    coupling: Coupling, plan: _Plan, *, block: tuple[str, ...], names: Sequence[str]
) -> str:
    """Of these services the one that the block is most tied to; of equals the first by name."""
    known = sorted({name for name in names if name}) or [""]
    return min(
        known, key=lambda name: (-round(_tie(coupling, plan, block=block, name=name), 12), name)
    )


def _tie(coupling: Coupling, plan: _Plan, *, block: tuple[str, ...], name: str) -> float:
    """Fused weight between the block and the other units of a service, by unit of the service."""
    row = {unit: at for at, unit in enumerate(coupling.units)}
    others = [row[u] for u, at in plan.inside.items() if at == name and u not in block]
    if not others:
        return 0.0
    ties = coupling.fused.tocsr()[np.asarray([row[unit] for unit in block], dtype=np.int64)]
    return float(ties[:, np.asarray(others, dtype=np.int64)].sum()) / len(others)
