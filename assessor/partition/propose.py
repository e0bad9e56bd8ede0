"""From coupling to proposed services."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from assessor.model.coupling import Coupling
from assessor.model.partition import Merge, Partition, SharedUnit
from assessor.partition.assembling import Origin, assembled
from assessor.partition.consensus import confidence
from assessor.partition.cutting import Graph, cut_graph, part
from assessor.partition.merging import NOTABLE, smallest_size
from assessor.partition.naming import names
from assessor.partition.shared_units import assembly, libraries, shared_units
from assessor.partition.strays import place

ALGORITHM = "map-equation"


@dataclass(frozen=True, slots=True)
class _Placed:
    """Number of every unit's service, the units that were cut, not placed afterwards; units apart
    from services, and groupings to compare with. groups: finest group of each unit that was cut.
    """

    services: list[int]
    rows: list[int]
    shared: tuple[SharedUnit, ...]
    dendrogram: tuple[Merge, ...]
    runs: list[list[int]]
    groups: dict[str, int]


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
    sure = confidence(made.services, runs=made.runs)
    return assembled(
        coupling,
        numbers=made.services,
        titles=names(coupling, services=made.services, rows=made.rows),
        shared=made.shared,
        of=Origin(
            confidence=dict(zip(coupling.units, sure, strict=True)),
            dendrogram=made.dendrogram,
            groups=made.groups,
            algorithm=ALGORITHM,
            options={"services": services, "notable": notable},
            seed=seed,
        ),
    )


def _placed(coupling: Coupling, *, services: int | None, seed: int, notable: float) -> _Placed:
    """Cut twice: the first cut tells what belongs to no service, the second one is without it."""
    graph = Graph(coupling.units, coupling.fused)
    rows = _cuttable(coupling)
    first = cut_graph(
        part(graph, rows=rows), services=None, seed=seed, notable=notable, sure=False
    )
    spread = _everywhere(graph, rows=rows, groups=first.services)
    roots = frozenset(row for row, unit in enumerate(coupling.units) if unit in coupling.roots)
    general = libraries(coupling, services=spread, roots=roots)
    left = [row for row in rows if row not in general]
    number = services or _number(spread, rows=left)
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
        groups={
            graph.units[row]: group
            for row, group in zip(left, made.dendrogram.finest, strict=True)
        },
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
