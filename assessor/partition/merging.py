"""Groups merged pair by pair into fewer: the dendrogram, and where it is best cut."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from assessor.model.partition import Merge
from assessor.partition.flow import Flow, aggregate, renumbered

NOTABLE = 2.0
"""Two services this many times more tied than services are on average belong together."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Merges from the finest groups up. finest: group of every node, numbered from 0 without gaps.

    merges: in order; new groups are numbered on from the finest. absorbed: how many of them,
    from the first, only took up groups that are too small. notable: for every merge how many
    times more the two were tied than groups were on average then, both by tie a pair of nodes
    (infinite while small groups are absorbed).
    """

    finest: tuple[int, ...]
    merges: tuple[Merge, ...]
    absorbed: int
    notable: tuple[float, ...]


@dataclass(slots=True)
class _Ties:
    """Ties of the groups alive: (m, m) weights without diagonal, nodes in each, id of each."""

    weights: NDArray[np.float64]
    sizes: NDArray[np.float64]
    ids: list[int]
    alive: NDArray[np.bool_]


def smallest_size(nodes: int) -> float:
    """Below how many nodes a group is too small to be a service: max(3, 0.3 x sqrt(nodes))."""
    return max(3.0, 0.3 * sqrt(nodes))


def tree(flow: Flow, *, groups: Sequence[int]) -> Tree:
    """The dendrogram over these groups by average linkage, the mean tie between their nodes.

    Small groups are absorbed first, the smallest first, by the neighbour most tied to them; then
    the most tied pair becomes one, and where no tie is left, the two smallest.
    """
    finest = renumbered(groups)
    ties = _ties(flow, groups=finest)
    absorbed = _absorb(ties, limit=smallest_size(len(finest)))
    joined = _join(ties)
    return Tree(
        finest=tuple(finest),
        merges=(*absorbed, *(merge for merge, _ in joined)),
        absorbed=len(absorbed),
        notable=(*(inf for _ in absorbed), *(times for _, times in joined)),
    )


def cut(dendrogram: Tree, *, merges: int) -> list[int]:
    """The group of every node after the first so many merges; numbered by first appearance."""
    parent: dict[int, int] = {}
    for merge in dendrogram.merges[:merges]:
        parent[merge.a] = parent[merge.b] = merge.into
    tops: dict[int, int] = {}
    for group in sorted(set(dendrogram.finest)):
        top = group
        while top in parent:
            top = parent[top]
        tops[group] = top
    return renumbered([tops[group] for group in dendrogram.finest])


def natural_cut(dendrogram: Tree, *, notable: float = NOTABLE) -> int:
    """How many merges to make without a given number: all until one is no longer notable, or
    would put more than half of the nodes, and of two groups neither, into one.
    """
    sizes = Counter(dendrogram.finest)
    half = len(dendrogram.finest) / 2
    for number, (merge, times) in enumerate(
        zip(dendrogram.merges, dendrogram.notable, strict=True)
    ):
        sizes[merge.into] = sizes[merge.a] + sizes[merge.b]
        if times < notable or (sizes[merge.into] > half >= max(sizes[merge.a], sizes[merge.b])):
            return number
    return len(dendrogram.merges)


def cut_for(dendrogram: Tree, *, services: int) -> int:
    """How many merges leave so many services; none where there are not more groups than that."""
    count = len(set(dendrogram.finest))
    return min(max(count - services, 0), len(dendrogram.merges))


def _ties(flow: Flow, *, groups: Sequence[int]) -> _Ties:
    weights = aggregate(flow, groups=groups).weights.toarray()
    np.fill_diagonal(weights, 0.0)
    count = len(weights)
    sizes = np.bincount(np.asarray(groups, dtype=np.int64), minlength=count).astype(np.float64)
    return _Ties(weights, sizes, list(range(count)), np.ones(count, dtype=np.bool_))


def _absorb(ties: _Ties, *, limit: float) -> list[Merge]:
    """Merges of every group under the limit that has a tie, smallest group first."""
    merges: list[Merge] = []
    skipped = np.zeros(len(ties.sizes), dtype=np.bool_)
    while True:
        small = np.flatnonzero(ties.alive & ~skipped & (ties.sizes < limit))
        if not len(small):
            return merges
        group = int(small[np.argmin(ties.sizes[small])])
        pull = ties.weights[group] / (ties.sizes * ties.sizes[group])
        other = int(np.argmax(pull))
        if pull[other] <= 0:
            skipped[group] = True
            continue
        merges.append(_merge(ties, pair=(other, group), gain=float(pull[other])))
        skipped[other] = False


def _join(ties: _Ties) -> list[tuple[Merge, float]]:
    """Merges of the most tied pair, with how notable each was."""
    merges: list[tuple[Merge, float]] = []
    if not ties.ids:
        return merges
    density = ties.weights / np.outer(ties.sizes, ties.sizes)
    best = np.argmax(density, axis=1)
    peak = density[np.arange(len(best)), best]
    while ties.alive.sum() > 1:
        one = int(np.argmax(peak))
        gain = float(peak[one])
        one, other = (one, int(best[one])) if gain > 0 else _smallest(ties)
        kept, gone = min(one, other), max(one, other)
        times = gain / _mean_density(ties) if gain > 0 else 0.0
        merges.append((_merge(ties, pair=(kept, gone), gain=gain), times))
        row = np.where(ties.alive, ties.weights[kept] / (ties.sizes * ties.sizes[kept]), 0.0)
        density[kept], density[:, kept] = row, row
        density[gone], density[:, gone] = 0.0, 0.0
        peak[gone] = 0.0
        stale = np.flatnonzero(ties.alive & ((best == kept) | (best == gone) | (row > peak)))
        for index in {kept, *stale.tolist()}:
            best[index] = int(np.argmax(density[index]))
            peak[index] = density[index, best[index]]
    return merges


def _smallest(ties: _Ties) -> tuple[int, int]:
    """The two groups with the fewest nodes, the first ones of equals."""
    alive = np.flatnonzero(ties.alive)
    first, second = alive[np.argsort(ties.sizes[alive], kind="stable")[:2]].tolist()
    return first, second


def _mean_density(ties: _Ties) -> float:
    """Tie a pair of nodes over all pairs of nodes in different groups."""
    sizes = ties.sizes[ties.alive]
    pairs = float(sizes.sum() ** 2 - (sizes**2).sum())
    return float(ties.weights.sum()) / pairs


def _merge(ties: _Ties, *, pair: tuple[int, int], gain: float) -> Merge:
    """The second of the pair taken into the first, in place."""
    kept, gone = pair
    into = max(ties.ids) + 1
    merge = Merge(a=ties.ids[kept], b=ties.ids[gone], into=into, gain=gain)
    row = ties.weights[kept] + ties.weights[gone]
    row[kept] = row[gone] = 0.0
    ties.weights[kept], ties.weights[:, kept] = row, row
    ties.weights[gone], ties.weights[:, gone] = 0.0, 0.0
    ties.sizes[kept] += ties.sizes[gone]
    ties.ids[kept], ties.alive[gone] = into, False
    return merge
