"""One cursor walk over a syntax tree, for languages whose visits are a table by kind of node.

No `.parent`, no look-up by field name: both grow with the depth of hostile trees.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from tree_sitter import Node, Tree

DEEPEST = 1_000  # nodes below each other; what lies deeper is left out
ERROR = 65_535  # number of the kind of an error node


@dataclass(slots=True)
class FunctionCount:
    """Complexity of one function while it is counted; `lines` spans its first to its last line.

    start, end: its bytes. deepest: the most structures inside each other. holder: number of the
    class whose method it is, or -1; bound: it is one of an object, no constructor. receives: it
    has an object of its own. accessor: of a property.
    """

    name: str
    line: int
    lines: int
    start: int
    end: int
    cyclomatic: int = 1
    cognitive: int = 0
    deepest: int = 0
    parameters: int = 0
    holder: int = -1
    bound: bool = False
    receives: bool = True
    accessor: bool = False


@dataclass(slots=True)
class ClassCount:
    """A class while it is walked. start, end: its bytes, depth: that of its node.

    fields: names that an object has. apart: names of static members.
    """

    name: str
    line: int
    start: int
    end: int
    depth: int
    abstract: bool
    methods: int = 0
    fields: set[bytes] = field(default_factory=set)
    apart: set[bytes] = field(default_factory=set)


class Walked(Protocol):
    """What a walk gathers in. opened: (depth, what to do on leaving), innermost last."""

    source: bytes
    depth: int
    opened: Any  # list[tuple[int, Callable[[Self], None]]]
    deep: bool


W = TypeVar("W", bound=Walked)


def leaf(_walk: object, _node: Node) -> bool:
    """Stands for nodes without children of interest; the walk does not even call it."""
    return False


def text(walk: Walked, node: Node) -> bytes:
    """The node's source text."""
    return walk.source[node.start_byte : node.end_byte]


def line(node: Node) -> int:
    """1-based line of the node's start."""
    return int(node.start_point[0]) + 1


def traverse(walk: W, tree: Tree, *, visits: Sequence[Callable[[W, Node], bool] | None]) -> W:
    """The walk, after all nodes in the order of the text were visited.

    visits: by number of the node kind; None = go into the children, `leaf` = do not.
    """
    cursor = tree.walk()
    down, along, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
    opened = walk.opened
    depth = 0
    while True:
        node = cursor.node
        visit = visits[node.kind_id]  # type: ignore[union-attr]  # a cursor on a tree has a node
        if visit is not leaf:
            walk.depth = depth
            if visit is None or visit(walk, node):  # type: ignore[arg-type]  # as above
                if depth == DEEPEST:
                    walk.deep = True
                elif down():
                    depth += 1
                    continue
        while not along():
            if not up():
                _close(walk, depth=-1)
                return walk
            depth -= 1
            if opened and depth <= opened[-1][0]:
                _close(walk, depth=depth)


def _close(walk: Walked, *, depth: int) -> None:
    opened = walk.opened
    while opened and opened[-1][0] >= depth:
        opened.pop()[1](walk)
