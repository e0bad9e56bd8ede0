"""A weighted graph as plain lists for tight loops, and its aggregation by groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array


@dataclass(frozen=True, slots=True)
class Flow:
    """A random walk on an undirected graph, in shares of all its steps.

    neighbours, shares: for every node the other ends of its links and the share of the steps
    that pass each link in one direction. visits: share of steps at the node. leaves: share that
    leave it. weights: the symmetric matrix behind it, total one; the diagonal holds what stays.
    """

    neighbours: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]
    visits: tuple[float, ...]
    leaves: tuple[float, ...]
    weights: csr_array


def flow(weights: csr_array) -> Flow:
    """The flow on a symmetric non-negative matrix; an empty graph has none."""
    total = float(weights.sum())
    shares = csr_array(weights * (1.0 / total if total else 0.0))
    visits: NDArray[np.float64] = np.asarray(shares.sum(axis=1), dtype=np.float64).ravel()
    shares.sort_indices()
    inside = shares.diagonal()
    return _lists(shares, visits=visits.tolist(), leaves=(visits - inside).tolist())


def aggregate(finer: Flow, *, groups: Sequence[int]) -> Flow:
    """The flow between groups of nodes; groups are numbered from 0 without gaps."""
    count = max(groups, default=-1) + 1
    member = coo_array(
        (np.ones(len(groups)), (np.asarray(groups), np.arange(len(groups)))),
        shape=(count, len(groups)),
    ).tocsr()
    return flow(csr_array(member @ finer.weights @ member.T))


def renumbered(groups: Sequence[int]) -> list[int]:
    """The same grouping, numbered from 0 in the order of first appearance."""
    number: dict[int, int] = {}
    return [number.setdefault(group, len(number)) for group in groups]


def _lists(shares: csr_array, *, visits: list[float], leaves: list[float]) -> Flow:
    bounds, columns, values = (
        shares.indptr.tolist(),
        shares.indices.tolist(),
        shares.data.tolist(),
    )
    neighbours, links = [], []
    for row in range(len(visits)):
        cells = [
            (columns[at], values[at])
            for at in range(bounds[row], bounds[row + 1])
            if columns[at] != row and values[at] > 0
        ]
        neighbours.append(tuple(column for column, _ in cells))
        links.append(tuple(value for _, value in cells))
    return Flow(tuple(neighbours), tuple(links), tuple(visits), tuple(leaves), shares)
