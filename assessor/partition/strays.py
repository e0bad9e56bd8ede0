"""Units that nothing ties to the rest, placed by where they stand."""

import re
from collections import Counter
from collections.abc import Sequence

_BETWEEN = re.compile(r"[/\\.:#$]+")


def adopt(names: Sequence[str], *, groups: Sequence[int], loose: Sequence[bool]) -> list[int]:
    """The groups with every loose unit moved to the group it shares the longest path with.

    Of the units that are not loose, those with the longest common path decide, by majority (the
    group first in order wins a tie). Where all are loose, all go into one group.
    """
    settled: dict[tuple[str, ...], Counter[int]] = {}
    for name, group, stray in zip(names, groups, loose, strict=True):
        if not stray:
            for prefix in _prefixes(name):
                settled.setdefault(prefix, Counter())[group] += 1
    return [
        _majority(settled, name=name) if stray else group
        for name, group, stray in zip(names, groups, loose, strict=True)
    ]


def _prefixes(name: str) -> list[tuple[str, ...]]:
    """All paths above a unit, the longest first, the empty one last."""
    parts = tuple(part for part in _BETWEEN.split(name) if part)[:-1]
    return [parts[:length] for length in range(len(parts), -1, -1)]


def _majority(settled: dict[tuple[str, ...], Counter[int]], *, name: str) -> int:
    here = next((settled[prefix] for prefix in _prefixes(name) if prefix in settled), None)
    if here is None:
        return 0
    most = max(here.values())
    return min(group for group, count in here.items() if count == most)
