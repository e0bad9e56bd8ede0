"""One cut of a graph: finest groups by the map equation, merged to a number of services."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

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
from assessor.partition.strays import adopt

TIMES = (0.8, 1.25)
"""Markov times of the runs that only tell how sure a placement is: finer, coarser."""

_SEEDS = 3
_LARGE = 4_000
_HALVINGS = 4
_MOST_GROUPS = 2_000


@dataclass(frozen=True, slots=True)
class Graph:
    """Names of the units and their fused weights, (n, n) symmetric."""

    units: tuple[str, ...]
    fused: csr_array


@dataclass(frozen=True, slots=True)
class Cut:
    """services: number of every unit's service, from 0 without gaps. dendrogram: what was cut.

    runs: groupings of other runs, merged to as many, to compare with.
    """

    services: list[int]
    dendrogram: Tree
    runs: list[list[int]]


def part(graph: Graph, *, rows: Sequence[int]) -> Graph:
    """The graph between the units of these rows alone."""
    chosen = np.asarray(rows, dtype=np.int64)
    fused = csr_array(graph.fused.tocsr()[chosen][:, chosen])
    fused.sort_indices()
    return Graph(tuple(graph.units[row] for row in rows), fused)


def cut_graph(
    graph: Graph, *, services: int | None, seed: int, notable: float = NOTABLE, sure: bool = True
) -> Cut:
    """The cut into so many services, None = as many as the dendrogram says.

    sure: with the runs that tell how sure each placement is.
    """
    walk = flow(graph.fused)
    seeds = range(seed, seed + (1 if len(graph.units) > _LARGE else _SEEDS))
    candidates = [_finest(graph, walk=walk, seed=each, time=1.0) for each in seeds]
    best = min(candidates, key=lambda g: round(description_length(walk, groups=g), 9))
    others = [groups for groups in candidates if groups is not best] if sure else []
    others += [_finest(graph, walk=walk, seed=seed, time=time) for time in TIMES if sure]
    if services is not None and max(best, default=-1) + 1 < services:
        best = _finer(graph, walk=walk, seed=seed, services=services)
    whole = tree(walk, groups=best)
    merges = (
        natural_cut(whole, notable=notable)
        if services is None
        else cut_for(whole, services=services)
    )
    chosen = cut(whole, merges=merges)
    count = max(chosen, default=0) + 1
    return Cut(
        services=chosen,
        dendrogram=whole,
        runs=[_as_many(walk, groups=groups, services=count) for groups in others],
    )


def _finest(graph: Graph, *, walk: Flow, seed: int, time: float) -> list[int]:
    """Groups by the map equation; those too small and tied to nothing dissolved by where their
    units stand, and a longer Markov time where they are too many for a dendrogram.
    """
    groups = infomap(walk, seed=seed, time=time)
    sizes, crossing = Counter(groups), _crossing(graph.fused, groups=groups)
    limit = smallest_size(len(groups))
    loose = [sizes[group] < limit and group not in crossing for group in groups]
    found = renumbered(adopt(graph.units, groups=groups, loose=loose))
    if max(found, default=0) < _MOST_GROUPS:
        return found
    return _finest(graph, walk=walk, seed=seed, time=2 * time)


def _finer(graph: Graph, *, walk: Flow, seed: int, services: int) -> list[int]:
    """Groups at the first of ever shorter Markov times that are enough, else all units alone."""
    for halvings in range(1, _HALVINGS + 1):
        groups = _finest(graph, walk=walk, seed=seed, time=0.5**halvings)
        if max(groups, default=-1) + 1 >= services:
            return groups
    return list(range(len(graph.units)))


def _as_many(walk: Flow, *, groups: Sequence[int], services: int) -> list[int]:
    whole = tree(walk, groups=groups)
    return cut(whole, merges=cut_for(whole, services=services))


def _crossing(fused: csr_array, *, groups: Sequence[int]) -> set[int]:
    """The groups with a link to another group."""
    cells = fused.tocoo()
    group = np.asarray(groups, dtype=np.int64)
    return set(group[cells.row[group[cells.row] != group[cells.col]]].tolist())
