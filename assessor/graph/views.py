"""The views of coupling, each a symmetric matrix between the sorted units."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array

from assessor.model.coupling import CoChange

NEIGHBOURS = 8
"""How many most similar units a unit is linked with in a similarity view."""

_BLOCK = 512
_TIE = 1e-9


def matrix(cells: Mapping[tuple[int, int], float], *, shape: tuple[int, int]) -> csr_array:
    """The sparse matrix with these cells, (row, column) -> value; rows and columns sorted."""
    ordered = sorted(cells.items())
    rows = np.array([cell[0] for cell, _ in ordered], dtype=np.int64)
    columns = np.array([cell[1] for cell, _ in ordered], dtype=np.int64)
    values = np.array([value for _, value in ordered], dtype=np.float64)
    return csr_array(coo_array((values, (rows, columns)), shape=shape))


def normalised(view: csr_array) -> csr_array:
    """The view without its diagonal, scaled to a total weight of n (all zero stays all zero)."""
    bare = csr_array(view - diags_array(view.diagonal()))
    bare.eliminate_zeros()
    bare.sort_indices()
    total = float(bare.sum())
    return csr_array(bare * (bare.shape[0] / total)) if total else bare


def structure(strength: csr_array) -> csr_array:
    """References made symmetric, each divided by the square root of its target's in-degree.

    strength: (n, n), source in rows, 1 + ln(uses), doubled for inheritance. The division keeps
    a base class or a helper used by everyone from tying everyone together.
    """
    users = np.asarray((strength > 0).sum(axis=0), dtype=np.float64).ravel()
    damping = diags_array(1.0 / np.sqrt(np.maximum(users, 1.0)))
    damped = csr_array(strength @ damping)
    return normalised(csr_array(damped + damped.T))


def vocabulary(counts: csr_array, *, part: NDArray[np.bool_] | None = None) -> csr_array:
    """Cosine of the units' TF-IDF vectors, to the nearest neighbours only.

    counts: (n, terms), weighted counts of each term in each unit. part: the units that take part
    in it, None = all.
    """
    if part is None:
        return similarity(inverse_frequency(counts, rows=counts.shape[0]))
    taking = csr_array(diags_array(part.astype(np.float64)) @ counts)
    return similarity(inverse_frequency(taking, rows=int(part.sum())))


def shared_use(directed: csr_array) -> csr_array:
    """Cosine of what the units use, to the nearest neighbours only.

    A target weighs the more, the fewer use it. directed: (n, n) reference counts, source in rows.
    """
    used = directed.copy()
    used.data = 1.0 + np.log(np.maximum(used.data, 1.0))
    return similarity(inverse_frequency(used, rows=int(linked(directed).sum())))


def linked(directed: csr_array) -> NDArray[np.bool_]:
    """For every unit whether it refers to another or is referred to."""
    uses = np.diff(directed.tocsr().indptr) > 0
    used = np.diff(directed.tocsc().indptr) > 0
    return np.asarray(uses | used, dtype=np.bool_)


def data(uses: csr_array) -> csr_array:
    """Cosine of the tables that the units use, to the nearest neighbours only.

    A table weighs the more, the fewer use it. uses: (n, tables), what each does to each table.
    The total weight is the number of units that use any: a few pairs do not outweigh all else.
    """
    using = int((np.diff(uses.indptr) > 0).sum())
    found = similarity(inverse_frequency(uses, rows=uses.shape[0]))
    return csr_array(found * (using / max(uses.shape[0], 1)))


def co_change(pairs: Sequence[CoChange], *, index: Mapping[str, int]) -> csr_array:
    """The degree of co-change of the pairs of which both files are units. index: unit -> row."""
    cells: dict[tuple[int, int], float] = {}
    for pair in pairs:
        if pair.a in index and pair.b in index and pair.a != pair.b:
            a, b = index[pair.a], index[pair.b]
            cells[a, b] = cells[b, a] = max(cells.get((a, b), 0.0), pair.degree)
    return normalised(matrix(cells, shape=(len(index), len(index))))


def inverse_frequency(counts: csr_array, *, rows: int) -> csr_array:
    """Counts times ln(rows / rows with the column), rows scaled to length one (TF-IDF).

    rows: how many there are to be among; others are empty.
    """
    having = np.asarray((counts > 0).sum(axis=0), dtype=np.float64).ravel()
    weight = np.log(max(rows, 1) / np.maximum(having, 1.0))
    weighted = csr_array(counts @ diags_array(weight))
    weighted.eliminate_zeros()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return csr_array(diags_array(1.0 / np.where(length > 0, length, 1.0)) @ weighted)


def similarity(vectors: csr_array, *, neighbours: int = NEIGHBOURS) -> csr_array:
    """Cosine between unit-length rows, kept where one is among the other's nearest neighbours.

    Of equally similar neighbours those nearest in the sorted order come first, so that ties do
    not depend on the order of a sort.
    """
    size = vectors.shape[0]
    others = csr_array(vectors.T)
    cells: dict[tuple[int, int], float] = {}
    for start in range(0, size, _BLOCK):
        block = csr_array(vectors[start : start + _BLOCK] @ others).toarray()
        for row, column, value in _nearest(block, start=start, neighbours=neighbours):
            cells[row, column] = value
            cells[column, row] = value
    return normalised(matrix(cells, shape=(size, size)))


def _nearest(
    block: NDArray[np.float64], *, start: int, neighbours: int
) -> list[tuple[int, int, float]]:
    """(row, column, value) of the `neighbours` highest values of every row, zeros left out."""
    rows, size = block.shape
    values = np.round(block, 9)
    own = np.arange(start, start + rows)
    values[np.arange(rows), own] = 0.0
    keep = min(neighbours, size - 1)
    if keep < 1:
        return []
    distance = np.abs(np.arange(size)[np.newaxis, :] - own[:, np.newaxis])
    rank = values - _TIE * distance / size
    best = np.argpartition(-rank, keep - 1, axis=1)[:, :keep]
    return [
        (int(own[row]), int(column), float(values[row, column]))
        for row in range(rows)
        for column in sorted(best[row].tolist())
        if values[row, column] > 0
    ]
