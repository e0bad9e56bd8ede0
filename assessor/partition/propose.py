"""From coupling to proposed services."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, Quality, Service
from assessor.partition.consensus import confidence
from assessor.partition.flow import Flow, flow, renumbered
from assessor.partition.map_equation import description_length, infomap
from assessor.partition.merging import (
    NOTABLE,
    Tree,
    cut,
    cut_for,
    natural_cut,
    smallest_size,
    tree,
)
from assessor.partition.naming import names
from assessor.partition.quality import quality
from assessor.partition.shared_units import shared_units
from assessor.partition.strays import adopt

ALGORITHM = "map-equation"
TIMES = (0.8, 1.25)
"""Markov times of the runs that only tell how sure a placement is: finer, coarser."""

_SEEDS = 3
_LARGE = 4_000
_HALVINGS = 4
_MOST_GROUPS = 2_000
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Cut:
    """services: number of every unit's service. runs: groupings of other runs to compare with."""

    services: list[int]
    dendrogram: Tree
    runs: list[list[int]]


def propose(
    coupling: Coupling, *, services: int | None = None, seed: int = 0, notable: float = NOTABLE
) -> Partition:
    """The proposed services of a system; the same for the same coupling, options and seed.

    services: how many, at most one a unit; None = chosen from the data.
    notable: without a number, pairs of groups this many times more tied than groups are on
    average become one service.
    """
    if services is not None and services < 1:
        raise ValueError(f"services must be at least 1, not {services}")
    made = _cut(coupling, services=services, seed=seed, notable=notable)
    found = quality(coupling, services=made.services)
    reason = _unsound(found)
    titles = names(coupling, services=made.services)
    shared = shared_units(coupling, services=made.services)
    sure = confidence(made.services, runs=made.runs)
    return Partition(
        services=_services(
            coupling,
            numbers=made.services,
            titles=titles,
            apart=frozenset(unit.unit for unit in shared),
        ),
        shared=shared,
        quality=found,
        confidence=dict(zip(coupling.units, sure, strict=True)),
        dendrogram=made.dendrogram.merges,
        algorithm=ALGORITHM,
        options={"services": services, "notable": notable},
        seed=seed,
        sound=not reason,
        reason=reason,
        home={
            unit: titles[number]
            for unit, number in zip(coupling.units, made.services, strict=True)
        },
    )


def _cut(coupling: Coupling, *, services: int | None, seed: int, notable: float) -> _Cut:
    walk = flow(coupling.fused)
    seeds = range(seed, seed + (1 if len(coupling.units) > _LARGE else _SEEDS))
    candidates = [_finest(coupling, walk=walk, seed=each, time=1.0) for each in seeds]
    best = min(candidates, key=lambda g: round(description_length(walk, groups=g), 9))
    others = [groups for groups in candidates if groups is not best]
    others += [_finest(coupling, walk=walk, seed=seed, time=time) for time in TIMES]
    if services is not None and max(best, default=-1) + 1 < services:
        best = _finer(coupling, walk=walk, seed=seed, services=services)
    whole = tree(walk, groups=best)
    merges = (
        natural_cut(whole, notable=notable)
        if services is None
        else cut_for(whole, services=services)
    )
    chosen = cut(whole, merges=merges)
    count = max(chosen, default=0) + 1
    return _Cut(
        services=chosen,
        dendrogram=whole,
        runs=[_as_many(walk, groups=groups, services=count) for groups in others],
    )


def _finest(coupling: Coupling, *, walk: Flow, seed: int, time: float) -> list[int]:
    """Groups by the map equation; those too small and tied to nothing dissolved by where their
    units stand, and a longer Markov time where they are too many for a dendrogram.
    """
    groups = infomap(walk, seed=seed, time=time)
    sizes, crossing = Counter(groups), _crossing(coupling.fused, groups=groups)
    limit = smallest_size(len(groups))
    loose = [sizes[group] < limit and group not in crossing for group in groups]
    found = renumbered(adopt(coupling.units, groups=groups, loose=loose))
    if max(found, default=0) < _MOST_GROUPS:
        return found
    return _finest(coupling, walk=walk, seed=seed, time=2 * time)


def _finer(coupling: Coupling, *, walk: Flow, seed: int, services: int) -> list[int]:
    """Groups at the first of ever shorter Markov times that are enough, else all units alone."""
    for halvings in range(1, _HALVINGS + 1):
        groups = _finest(coupling, walk=walk, seed=seed, time=0.5**halvings)
        if max(groups, default=-1) + 1 >= services:
            return groups
    return list(range(len(coupling.units)))


def _as_many(walk: Flow, *, groups: Sequence[int], services: int) -> list[int]:
    whole = tree(walk, groups=groups)
    return cut(whole, merges=cut_for(whole, services=services))


def _crossing(fused: csr_array, *, groups: Sequence[int]) -> set[int]:
    """The groups with a link to another group."""
    cells = fused.tocoo()
    group = np.asarray(groups, dtype=np.int64)
    return set(group[cells.row[group[cells.row] != group[cells.col]]].tolist())


def _services(
    coupling: Coupling,
    *,
    numbers: Sequence[int],
    titles: Sequence[str],
    apart: frozenset[str],
) -> tuple[Service, ...]:
    """Services with their units, shared ones left out; largest first, then by name."""
    cohesion = _cohesion(coupling.fused, numbers=numbers)
    members: dict[int, list[str]] = {number: [] for number in numbers}
    for unit, number in zip(coupling.units, numbers, strict=True):
        if unit not in apart:
            members[number].append(unit)
    found = [
        Service(name=titles[number], units=tuple(units), cohesion=cohesion[number])
        for number, units in members.items()
    ]
    return tuple(sorted(found, key=lambda service: (-len(service.units), service.name)))


def _cohesion(fused: csr_array, *, numbers: Sequence[int]) -> list[float]:
    """For every service the share of the weight at its units that stays inside; 0 without any."""
    count = max(numbers, default=-1) + 1
    cells = fused.tocoo()
    number = np.asarray(numbers, dtype=np.int64)
    at, other = number[cells.row], number[cells.col]
    every = np.bincount(at, weights=cells.data, minlength=count)
    inside = np.bincount(at[at == other], weights=cells.data[at == other], minlength=count)
    return [float(i / e) if e > 0 else 0.0 for i, e in zip(inside, every, strict=True)]


def _unsound(found: Quality) -> str:
    """Why no cut can be called good, "" where one can."""
    if found.largest is None:
        return "empty"
    return "lopsided" if found.largest > _HALF else ""
