"""How good a cut is, by the measures that the literature on decomposition uses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Quality

_FEWEST, _MOST = 5.0, 20.0
_LOW, _HIGH = 0.5, 1.5


def quality(coupling: Coupling, *, services: Sequence[int]) -> Quality:
    """The figures of an assignment, a service for every unit in order; None for nothing to say."""
    sizes = Counter(services)
    count, units = len(sizes), len(services)
    linked = _linked(coupling.directed, services=services)
    mean = units / count if count else 0.0
    return Quality(
        services=count,
        sm=_structural_modularity(linked, sizes=sizes),
        icp=_inter_call_share(coupling.directed, services=services),
        ifn=sum(n for (a, b), n in linked.items() if a != b) / count if count else None,
        ned=_non_extreme(sizes, low=_FEWEST, high=_MOST),
        ned_relative=_non_extreme(sizes, low=_LOW * mean, high=_HIGH * mean),
        largest=max(sizes.values()) / units if units else None,
        singletons=sum(size == 1 for size in sizes.values()),
        modularity=modularity(coupling.fused, groups=services),
    )


def modularity(weights: csr_array, *, groups: Sequence[int]) -> float | None:
    """Newman's modularity of a symmetric matrix; None without any weight.

    Source: M. E. J. Newman, Analysis of weighted networks, 2004.
    """
    total = float(weights.sum())
    if not total:
        return None
    cells = weights.tocoo()
    group = np.unique(np.asarray(groups), return_inverse=True)[1]
    inside = float(cells.data[group[cells.row] == group[cells.col]].sum()) / total
    strength = np.asarray(weights.sum(axis=1)).ravel() / total
    return inside - float((np.bincount(group, weights=strength) ** 2).sum())


def _linked(directed: csr_array, *, services: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """Linked pairs of units, direction and volume ignored, by the sorted pair of services."""
    pairs = {(min(a, b), max(a, b)) for a, b, _ in _cells(directed) if a != b}
    ends = ((services[a], services[b]) for a, b in pairs)
    return Counter((min(pair), max(pair)) for pair in ends)


def _structural_modularity(
    linked: Mapping[tuple[int, int], int], *, sizes: Mapping[int, int]
) -> float | None:
    """Mean density inside services minus mean density between them.

    Source: U. Desai, S. Bandyopadhyay, S. Tamilselvam, CO-GCN, AAAI 2021, after FoSCI's SMQ.
    """
    count = len(sizes)
    if not count:
        return None
    inside = sum(linked.get((s, s), 0) / size**2 for s, size in sorted(sizes.items())) / count
    if count == 1:
        return inside
    between = sum(n / (sizes[a] * sizes[b]) for (a, b), n in sorted(linked.items()) if a != b)
    return inside - between / (count * (count - 1) / 2)


def _inter_call_share(directed: csr_array, *, services: Sequence[int]) -> float | None:
    """Share of the call volume, ln(calls) + 1 a pair, that crosses services.

    Source: A. K. Kalia et al., Mono2Micro, ESEC/FSE 2021, and its replication code.
    """
    total = cross = 0.0
    for a, b, calls in _cells(directed):
        volume = log(calls) + 1 if calls > 0 else 0.0
        total += volume
        cross += volume * (services[a] != services[b])
    return cross / total if total else None


def _non_extreme(sizes: Mapping[int, int], *, low: float, high: float) -> float | None:
    """1 - share of the units in services of low to high units."""
    units = sum(sizes.values())
    return 1 - sum(n for n in sizes.values() if low <= n <= high) / units if units else None


def _cells(matrix: csr_array) -> list[tuple[int, int, float]]:
    cells = matrix.tocoo()
    return list(zip(cells.row.tolist(), cells.col.tolist(), cells.data.tolist(), strict=True))
