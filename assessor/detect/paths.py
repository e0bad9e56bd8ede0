"""The path language of declared facts: `containers[*].image`, `a.*`, `labels["x.y/z"]`, `[0]`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from assessor.model.basis import Node, Scalar, Unread


class Every(Enum):
    """The step that goes to all items of a sequence or all values of a mapping."""

    ITEM = "*"


Step = str | int | Every
_Value = Scalar | Unread | tuple[Node, ...] | Mapping[str, Node]

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
    if Every.ITEM in steps:
        return _spread(root, steps)
    node, unsettled = root, False
    for step in steps:
        unsettled = unsettled or node.value is Unread.TEMPLATED
        child = _child(node.value, step)
        if child is None:
            return Found(nodes=(), unsettled=unsettled)
        node = child
    return Found(nodes=(node,), unsettled=unsettled)


def _spread(root: Node, steps: tuple[Step, ...]) -> Found:
    nodes = [root]
    unsettled = False
    for step in steps:
        unsettled = unsettled or any(node.value is Unread.TEMPLATED for node in nodes)
        nodes = [child for node in nodes for child in _children(node, step)]
    return Found(nodes=tuple(nodes), unsettled=unsettled)


def _children(node: Node, step: Step) -> Iterator[Node]:
    value = node.value
    if step is Every.ITEM:
        if isinstance(value, (dict, Mapping)):
            yield from value.values()
        elif isinstance(value, tuple):
            yield from value
    elif (child := _child(value, step)) is not None:
        yield child


def _child(value: _Value, step: Step) -> Node | None:
    """What one step leads to, None where it leads nowhere."""
    if isinstance(value, (dict, Mapping)):
        return value.get(step) if isinstance(step, str) else None
    if isinstance(value, tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def has_wildcard(steps: tuple[Step, ...]) -> bool:
    """Whether the steps can lead to more than one node."""
    return Every.ITEM in steps
