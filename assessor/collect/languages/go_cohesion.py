"""Methods of Go's types, and what they use of their object, in one file.

What a method uses of its object stands as `s.x`, where `s` is the name of its receiver.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from assessor.collect.languages.go_state import FunctionNote, Walk

MethodRow = list[object]  # name of the type, of the method, what it uses of the object
_NO_NAME = frozenset({"", "_"})


def methods(walk: Walk, hidden: Sequence[tuple[int, int]]) -> list[MethodRow]:
    """The methods of the file. hidden: bytes of comments."""
    return [
        [one.receiver, one.name, _used(walk, one, hidden)]
        for one in walk.functions
        if one.receiver
    ]


def _used(walk: Walk, one: FunctionNote, hidden: Sequence[tuple[int, int]]) -> list[str]:
    if one.itself in _NO_NAME:
        return []
    found = set()
    for use in _member_of(one.itself).finditer(walk.text, one.start, one.end):
        at = bisect_right(hidden, (use.start(), len(walk.text))) - 1
        if at < 0 or use.start() >= hidden[at][1]:
            found.add(use[1])
    return sorted(found)


@lru_cache(maxsize=1_000)
def _member_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(name)}\s*+\.\s*+([^\W\d]\w*+)")
