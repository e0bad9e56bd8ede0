"""A cut that respects what people decided: pinned units, pairs together, pairs apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assessor.model.coupling import Coupling
from assessor.model.decisions import Broken, Constraints, Pin
from assessor.model.partition import Partition, homes
from assessor.partition.moving import APART, moved, renamed

_HALF = 0.5


@dataclass(slots=True)
class _Plan:
    """Unit -> its service by now, `APART` = none; pinned units; unit -> its block, see `_join`."""

    inside: dict[str, str]
    pinned: frozenset[str]
    block: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def members(self, unit: str) -> tuple[str, ...]:
        """The unit with all that it has to stay together with."""
        return self.block.get(unit, (unit,))


def constrained(coupling: Coupling, cut: Partition, constraints: Constraints) -> Partition:
    """The cut changed as little as it takes.

    Pins come first; a block of pairs to keep together follows its pinned unit, else goes where it
    is most tied; of a pair to keep apart, the unit less tied to the service leaves for the most
    tied one that keeps the others apart, or for a service of its own. What contradicts itself
    stays broken, see `broken`; so does all of it where no unit would be left in any service.
    """
    cut = _named(cut, constraints)
    before = dict.fromkeys(coupling.units, APART) | homes(cut)
    targets = _targets(before, constraints)
    plan = _Plan(before | targets, frozenset(targets))
    _join(coupling, plan, pairs=_present(constraints.together, before))
    _part(coupling, plan, pairs=_present(constraints.apart, before))
    moves = {unit: name for unit, name in plan.inside.items() if before[unit] != name}
    return moved(coupling, cut, moves=moves) if moves and any(plan.inside.values()) else cut


def broken(cut: Partition, constraints: Constraints) -> tuple[Broken, ...]:
    """The constraints that the cut does not respect, sorted; those on units that are gone not."""
    inside = dict.fromkeys(cut.home, APART) | homes(cut)
    voters = inside.keys() - _bound(constraints)
    found = [
        Broken("pinned", pin.unit, pin.service)
        for pin in constraints.pinned
        if pin.unit in inside and inside[pin.unit] != _target(inside, pin, voters=voters)
    ]
    found += [
        Broken("together", a, b)
        for a, b in _present(constraints.together, inside)
        if inside[a] != inside[b]
    ]
    found += [
        Broken("apart", a, b)
        for a, b in _present(constraints.apart, inside)
        if inside[a] == inside[b] != APART
    ]
    return tuple(sorted(found))


def _present(pairs: Iterable[tuple[str, str]], here: Collection[str]) -> list[tuple[str, str]]:
    return sorted(pair for pair in pairs if pair[0] in here and pair[1] in here)


def _targets(inside: Mapping[str, str], constraints: Constraints) -> dict[str, str]:
    """Pinned unit that is there -> the service that it belongs to."""
    voters = inside.keys() - _bound(constraints)
    return {
        pin.unit: _target(inside, pin, voters=voters)
        for pin in constraints.pinned
        if pin.unit in inside
    }


def _bound(constraints: Constraints) -> set[str]:
    """The units that some constraint is on; where they are says nothing of where they were."""
    pairs = (*constraints.together, *constraints.apart)
    return {unit for pair in pairs for unit in pair} | {pin.unit for pin in constraints.pinned}


def _target(inside: Mapping[str, str], pin: Pin, *, voters: Collection[str]) -> str:
    """The service that holds most of the anchor, of voters only; by its name where none votes."""
    if pin.service == APART:
        return APART
    held = Counter(inside[unit] for unit in pin.anchor if unit in voters)
    del held[APART]
    most = max(held.values(), default=0)
    best = sorted(name for name, count in held.items() if count == most)
    return pin.service if pin.service in best else next(iter(best), pin.service)


def _named(cut: Partition, constraints: Constraints) -> Partition:
    """The cut with people's names for the services that are mostly made of an anchor."""
    bound = _bound(constraints)
    anchors = {(pin.service, pin.anchor): pin for pin in sorted(constraints.pinned)}
    for pin in anchors.values():
        inside = homes(cut)
        free = {unit for unit in pin.anchor if unit in inside} - bound
        target = _target(inside, pin, voters=free or inside.keys())
        units = {unit for unit, name in inside.items() if name == target}
        mostly = len(units & set(pin.anchor)) > _HALF * len(units)
        if pin.service != APART and pin.service not in inside.values() and mostly:
            cut = renamed(cut, old=target, new=pin.service)
    return cut


def _join(coupling: Coupling, plan: _Plan, *, pairs: Sequence[tuple[str, str]]) -> None:
    """Puts every block into one service; a pinned unit stays, and the others go to such a one."""
    for block in _blocks(pairs):
        plan.block |= dict.fromkeys(block, block)
        free = tuple(unit for unit in block if unit not in plan.pinned)
        names = {plan.inside[unit] for unit in set(block) & plan.pinned or block}
        if free and names:
            target = _strongest(coupling, plan, block=free, names=names)
            plan.inside |= dict.fromkeys(free, target)


def _blocks(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Units that pairs tie together, each block sorted."""
    of: dict[str, set[str]] = {}
    for a, b in pairs:
        joint = of.get(a, {a}) | of.get(b, {b})
        of |= dict.fromkeys(joint, joint)
    return sorted({tuple(sorted(block)) for block in of.values()})


def _part(coupling: Coupling, plan: _Plan, *, pairs: Sequence[tuple[str, str]]) -> None:
    """Takes pairs apart, block by block; a pinned block stays where it is."""
    opponents: dict[str, set[str]] = {}
    for a, b in pairs:
        opponents.setdefault(a, set()).add(b)
        opponents.setdefault(b, set()).add(a)
    for a, b in pairs:
        name = plan.inside[a]
        if name == APART or name != plan.inside[b] or b in plan.members(a):
            continue
        free = [unit for unit in (a, b) if not plan.pinned.intersection(plan.members(unit))]
        if free:
            ties = {each: _ties(coupling, plan, block=plan.members(each)) for each in free}
            leaving = min(free, key=lambda each: (ties[each].get(name, 0.0), each))
            block = plan.members(leaving)
            against = {plan.inside[u] for unit in block for u in opponents.get(unit, ())}
            target = _elsewhere(coupling, plan, block=block, against=against)
            plan.inside |= dict.fromkeys(block, target)


def _elsewhere(
    coupling: Coupling, plan: _Plan, *, block: tuple[str, ...], against: set[str]
) -> str:
    """The service most tied to the block that none of its opponents is in, else a new one."""
    known = set(plan.inside.values()) - {APART}
    names = known - against
    if names:
        return _strongest(coupling, plan, block=block, names=names)
    return next(name for at in range(1, len(known) + 2) if (name := f"apart-{at}") not in known)


def _strongest(
    coupling: Coupling, plan: _Plan, *, block: tuple[str, ...], names: Collection[str]
) -> str:
    """Of these services the one that the block is most tied to; of equals the first by name."""
    ties = _ties(coupling, plan, block=block)
    known = set(names) - {APART} or {APART}
    return min(known, key=lambda name: (-ties.get(name, 0.0), name))


def _ties(coupling: Coupling, plan: _Plan, *, block: tuple[str, ...]) -> dict[str, float]:
    """Service -> mean fused weight between the block and each other unit of it, where any."""
    within = set(block)
    rows = [at for at, unit in enumerate(coupling.units) if unit in within]
    weights = coupling.fused.tocsr()[np.asarray(rows, dtype=np.int64)].sum(axis=0)
    weight = np.asarray(weights, dtype=np.float64).ravel()
    total: Counter[str] = Counter()
    sizes = Counter(name for unit, name in plan.inside.items() if unit not in within)
    for at in np.flatnonzero(weight).tolist():
        if coupling.units[at] not in within:
            total[plan.inside[coupling.units[at]]] += weight[at]
    return {name: round(tie / sizes[name], 12) for name, tie in total.items()}
