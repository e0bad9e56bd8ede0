"""Units that took no part in a cut, placed by what they are tied to or by where they stand."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

_BETWEEN = re.compile(r"[/\\.:#$]+")


def place(names: Sequence[str], *, fused: csr_array, placed: dict[int, int]) -> list[int]:
    """The group of every unit: as placed; else the one most tied to it, by mean tie to a unit;
    without any tie the one that most units of the nearest folder are in (see `adopt`).
    """
    groups = [placed.get(row, -1) for row in range(len(names))]
    rest = [row for row in range(len(names)) if row not in placed]
    if rest and placed:
        ties = _mean_ties(fused, groups=groups, rows=rest)
        for row, tie in zip(rest, np.round(ties, 12), strict=True):
            groups[row] = int(np.argmax(tie)) if tie.any() else -1
    return adopt(names, groups=groups, loose=[group < 0 for group in groups])


def _mean_ties(
    fused: csr_array, *, groups: Sequence[int], rows: Sequence[int]
) -> NDArray[np.float64]:
    """(rows, groups) fused weight of each row to each group by the units placed in it."""
    inside = [(row, group) for row, group in enumerate(groups) if group >= 0]
    count = max(groups) + 1
    at, number = np.array(inside, dtype=np.int64).T
    member = coo_array((np.ones(len(inside)), (at, number)), shape=(len(groups), count)).tocsr()
    sizes = np.bincount(number, minlength=count)
    ties = fused.tocsr()[np.asarray(rows, dtype=np.int64)] @ member
    return np.asarray(ties.toarray(), dtype=np.float64) / sizes


def adopt(names: Sequence[str], *, groups: Sequence[int], loose: Sequence[bool]) -> list[int]:
    """The groups with every loose unit moved to the group it shares the longest path with.

    Of the units that are not loose, those with the longest common path decide, by majority (the
    group first in order wins a tie). Where all are loose, all go into one group.
    """
    settled: dict[tuple[str, ...], Counter[int]] = {}
    for name, group, stray in zip(names, groups, loose, strict=True):
        if not stray:
            for prefix in prefixes(name):
                settled.setdefault(prefix, Counter())[group] += 1
    return [
        _majority(settled, name=name) if stray else group
        for name, group, stray in zip(names, groups, loose, strict=True)
    ]


def folder(name: str) -> str:
    """The folder of a path, or what stands before the last part of a dotted name."""
    for separator in ("/", "\\", "::", "."):
        if separator in name:
            return name.rpartition(separator)[0]
    return ""


def prefixes(name: str) -> list[tuple[str, ...]]:
    """All paths above a unit, the longest first, the empty one last."""
    parts = tuple(part for part in _BETWEEN.split(name) if part)[:-1]
    return [parts[:length] for length in range(len(parts), -1, -1)]


def _majority(settled: dict[tuple[str, ...], Counter[int]], *, name: str) -> int:
    here = next((settled[prefix] for prefix in prefixes(name) if prefix in settled), None)
    if here is None:
        return 0
    most = max(here.values())
    return min(group for group, count in here.items() if count == most)
