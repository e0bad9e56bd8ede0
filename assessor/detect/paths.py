"""The path language of declared facts: `containers[*].image`, `a.*`, `labels["x.y/z"]`, `[0]`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from assessor.model.basis import Node, Unread


class Every(Enum):
    """The step that goes to all items of a sequence or all values of a mapping."""

    ITEM = "*"


Step = str | int | Every

_STEP = re.compile(
    r"""(?P<dot>\.)?(?:
        \[(?P<index>\d{1,9})\]
      | \[(?P<every>\*)\]
      | \["(?P<double>[^"]*)"\]
      | \['(?P<single>[^']*)'\]
      | (?P<key>[^.\[\]"']+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The nodes a path leads to. unsettled: the way was cut short by a templated value."""

    nodes: tuple[Node, ...]
    unsettled: bool


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Step, ...]:
    """The steps of a path; "" has none. Raises ValueError that quotes what is wrong."""
    steps: list[Step] = []
    position = 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or not _joined(match, first=position == 0):
            raise ValueError(f"path `{text}` is wrong at `{text[position:]}`")
        steps.append(_step(match))
        position = match.end()
    return tuple(steps)


def _joined(match: re.Match[str], *, first: bool) -> bool:
    """A dot stands before every key but the first, and never before a bracket."""
    is_key = match["key"] is not None
    return bool(match["dot"]) == (is_key and not first)


def _step(match: re.Match[str]) -> Step:
    if match["index"] is not None:
        return int(match["index"])
    if match["every"] or match["key"] == "*":
        return Every.ITEM
    return next(match[name] for name in ("double", "single", "key") if match[name] is not None)


def find(root: Node, steps: tuple[Step, ...]) -> Found:
    """All nodes that the steps lead to from `root`, in the order of the file."""
    nodes = [root]
    unsettled = False
    for step in steps:
        unsettled = unsettled or any(node.value is Unread.TEMPLATED for node in nodes)
        nodes = [child for node in nodes for child in _children(node, step)]
    return Found(nodes=tuple(nodes), unsettled=unsettled)


def _children(node: Node, step: Step) -> Iterator[Node]:
    value = node.value
    if isinstance(value, Mapping):
        if step is Every.ITEM:
            yield from value.values()
        elif isinstance(step, str) and step in value:
            yield value[step]
    elif isinstance(value, tuple):
        if step is Every.ITEM:
            yield from value
        elif isinstance(step, int) and step < len(value):
            yield value[step]


def has_wildcard(steps: tuple[Step, ...]) -> bool:
    """Whether the steps can lead to more than one node."""
    return Every.ITEM in steps
