"""Units that belong to no service: what most use and none owns, and what puts all together."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Advice, SharedUnit
from assessor.partition.strays import folder, prefixes

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Uses:
    """Of every unit the service, the units it refers to, and those that refer to it, roots apart.

    owned: the units that own data.
    """

    services: Sequence[int]
    targets: list[list[int]]
    users: list[list[int]]
    owned: frozenset[int]


def libraries(
    coupling: Coupling, *, services: Sequence[int], roots: Collection[int] = ()
) -> frozenset[int]:
    """The units that can be shipped as a library of all services.

    Used from more than half of the services other than its own, no single service holding more
    than half of the users; not an owner of data; referring to nothing but other such units, or to
    units that no service holds either (the base of a base class), which then join.
    services: of every unit. roots: units whose references do not count as use.
    """
    uses = _uses(coupling, services=services, roots=frozenset(roots))
    others = len(set(services)) - 1
    chosen = {
        unit
        for unit in range(len(services))
        if unit not in uses.owned and unit not in roots and _general(uses, unit, others=others)
    }
    while True:
        joined = _with_bases(uses, chosen=chosen, roots=roots)
        alone = _standing_alone(uses, units=joined)
        if chosen <= alone:
            return frozenset(alone)
        chosen &= alone


def assembly(
    coupling: Coupling, *, services: Mapping[int, int], roots: Collection[int]
) -> frozenset[int]:
    """The units that put the application together: above most services, so that none claims them.

    Roots; and units tied to nothing in a folder that holds no unit of a service. Such a unit is
    above what lies below its folder, or where nothing does, below the nearest one above it.
    services: of the units in services; more than half of all services must be below.
    """
    below: dict[tuple[str, ...], set[int]] = {}
    for unit, service in services.items():
        for prefix in prefixes(coupling.units[unit]):
            below.setdefault(prefix, set()).add(service)
    settled = {folder(coupling.units[unit]) for unit in services}
    tied = np.diff(coupling.fused.tocsr().indptr) > 0
    apart = {
        unit
        for unit, name in enumerate(coupling.units)
        if unit in roots
        or (unit not in services and not tied[unit] and folder(name) not in settled)
    }
    many = max(1.0, _HALF * len(set(services.values())))
    return frozenset(
        unit
        for unit in apart
        if len(next((below[at] for at in prefixes(coupling.units[unit]) if at in below), ()))
        > many
    )


def shared_units(
    coupling: Coupling,
    *,
    services: Sequence[int],
    libraries: Collection[int],
    assembly: Collection[int],
) -> tuple[SharedUnit, ...]:
    """The units apart from the services, sorted, with the number of services that use each.

    A library that only one service uses, directly or through other libraries, is none.
    """
    uses = _uses(coupling, services=services, roots=frozenset(assembly))
    kept = {unit for unit in libraries if len(_served(uses, unit, inside=libraries)) > 1}
    advice: dict[int, Advice] = dict.fromkeys(kept, "library")
    advice |= dict.fromkeys(assembly, "assembly")
    return tuple(
        SharedUnit(
            unit=coupling.units[unit],
            used_by=len(_served(uses, unit, inside=kept)),
            advice=advice[unit],
        )
        for unit in sorted(advice)
    )


def _uses(coupling: Coupling, *, services: Sequence[int], roots: frozenset[int]) -> _Uses:
    return _Uses(
        services=services,
        targets=_rows(coupling.directed),
        users=[
            [user for user in users if user not in roots]
            for users in _rows(csr_array(coupling.directed.T))
        ],
        owned=frozenset(row for row, unit in enumerate(coupling.units) if unit in coupling.owners),
    )


def _rows(matrix: csr_array) -> list[list[int]]:
    rows = matrix.tocsr()
    bounds, columns = rows.indptr.tolist(), rows.indices.tolist()
    return [sorted(columns[a:b]) for a, b in pairwise(bounds)]


def _general(uses: _Uses, unit: int, *, others: int) -> bool:
    """Most other services use the unit, and no service holds most of its users."""
    users = uses.users[unit]
    held = Counter(uses.services[user] for user in users)
    away = len(held.keys() - {uses.services[unit]})
    return away > _HALF * others and max(held.values()) <= _HALF * len(users)


def _with_bases(uses: _Uses, *, chosen: set[int], roots: Collection[int]) -> set[int]:
    """The units with what they refer to, again and again, as far as no service holds it."""
    joined, waiting = set(chosen), sorted(chosen)
    while waiting:
        targets = {target for unit in waiting for target in uses.targets[unit]}
        waiting = sorted(
            target
            for target in targets - joined - uses.owned
            if target not in roots and not _held(uses, target, inside=joined)
        )
        joined.update(waiting)
    return joined


def _held(uses: _Uses, unit: int, *, inside: set[int]) -> bool:
    """One service has more than half of the unit's users, those inside counted to none."""
    users = uses.users[unit]
    held = Counter(uses.services[user] for user in users if user not in inside)
    return bool(held) and max(held.values()) > _HALF * len(users)


def _standing_alone(uses: _Uses, *, units: set[int]) -> set[int]:
    """The units that refer to nothing but units that do so as well."""
    alone = set(units)
    while True:
        leaning = {unit for unit in alone if not alone.issuperset(uses.targets[unit])}
        if not leaning:
            return alone
        alone -= leaning


def _served(uses: _Uses, unit: int, *, inside: Collection[int]) -> set[int]:
    """The services that use the unit, directly or through units inside."""
    reached, waiting, found = {unit}, [unit], set()
    while waiting:
        for user in uses.users[waiting.pop()]:
            if user not in inside:
                found.add(uses.services[user])
            elif user not in reached:
                reached.add(user)
                waiting.append(user)
    return found
