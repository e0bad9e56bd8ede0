"""From coupling to proposed services."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Merge, Partition, Quality, Service, SharedUnit, Unsound
from assessor.partition.consensus import confidence
from assessor.partition.cutting import Graph, cut_graph, part
from assessor.partition.merging import NOTABLE, smallest_size
from assessor.partition.naming import names
from assessor.partition.quality import quality
from assessor.partition.shared_units import assembly, libraries, shared_units
from assessor.partition.strays import place

ALGORITHM = "map-equation"

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Placed:
    """Number of every unit's service, the units that were cut, not placed afterwards; units apart
    from services, and groupings to compare with.
    """

    services: list[int]
    rows: list[int]
    shared: tuple[SharedUnit, ...]
    dendrogram: tuple[Merge, ...]
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
    made = _placed(coupling, services=services, seed=seed, notable=notable)
    found = quality(coupling, services=made.services)
    reason = _unsound(found)
    titles = names(coupling, services=made.services, rows=made.rows)
    sure = confidence(made.services, runs=made.runs)
    return Partition(
        services=_services(
            coupling,
            numbers=made.services,
            titles=titles,
            apart=frozenset(unit.unit for unit in made.shared),
        ),
        shared=made.shared,
        quality=found,
        confidence=dict(zip(coupling.units, sure, strict=True)),
        dendrogram=made.dendrogram,
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


def _placed(coupling: Coupling, *, services: int | None, seed: int, notable: float) -> _Placed:
    """Cut twice: the first cut tells what belongs to no service, the second one is without it."""
    graph = Graph(coupling.units, coupling.fused)
    rows = _cuttable(coupling)
    first = cut_graph(
        part(graph, rows=rows), services=None, seed=seed, notable=notable, sure=False
    )
    everywhere = _everywhere(graph, rows=rows, groups=first.services)
    roots = frozenset(row for row, unit in enumerate(coupling.units) if unit in coupling.roots)
    general = libraries(coupling, services=everywhere, roots=roots)
    left = [row for row in rows if row not in general]
    number = services or _number(everywhere, rows=left)
    if number > len(left):
        left, general, roots = list(range(len(graph.units))), frozenset(), frozenset()
    made = cut_graph(part(graph, rows=left), services=number, seed=seed)
    settled = _everywhere(graph, rows=left, groups=made.services)
    inside = dict(zip(left, made.services, strict=True))
    return _Placed(
        services=settled,
        rows=left,
        shared=shared_units(
            coupling,
            services=settled,
            libraries=general,
            assembly=assembly(coupling, services=inside, roots=roots),
        ),
        dendrogram=made.dendrogram.merges,
        runs=[_everywhere(graph, rows=left, groups=run) for run in made.runs],
    )


def _cuttable(coupling: Coupling) -> list[int]:
    """The units to cut between: those tied to others, without roots; where none is, all."""
    strength = np.asarray(coupling.fused.sum(axis=1)).ravel()
    tied = [
        row
        for row, unit in enumerate(coupling.units)
        if strength[row] > 0 and unit not in coupling.roots
    ]
    return tied or list(range(len(coupling.units)))


def _everywhere(graph: Graph, *, rows: Sequence[int], groups: Sequence[int]) -> list[int]:
    """The service of every unit: of these rows the given one, the others placed."""
    placed = dict(zip(rows, groups, strict=True))
    return place(graph.units, fused=graph.fused, placed=placed)


def _number(services: Sequence[int], *, rows: Collection[int]) -> int:
    """How many services are still large enough when only these units are left; one at least."""
    sizes = Counter(services[row] for row in rows)
    return max(1, sum(size >= smallest_size(len(rows)) for size in sizes.values()))


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


def _unsound(found: Quality) -> Unsound:
    """Why no cut can be called good, "" where one can."""
    if found.largest is None:
        return "empty"
    return "lopsided" if found.largest > _HALF else ""
