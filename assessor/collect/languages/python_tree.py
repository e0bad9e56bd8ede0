"""One cursor walk over a Python syntax tree, and what it gathers on its way.

The record is filled in place by the visits: a copy for every node would cost more than parsing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

from assessor.collect.languages.cursor_walk import ERROR, ClassCount, FunctionCount, leaf, traverse
from assessor.collect.languages.python_scopes import MODULE, Bindings, Body, Scope

LANGUAGE = Language(tree_sitter_python.language())
_PARSER = Parser(LANGUAGE)
_LEAVES = (
    *("identifier", "dotted_name", "integer", "float", "true", "false", "none"),
    *("string_start", "string_end"),
)


@cache
def kinds(*names: str) -> frozenset[int]:
    """Numbers of the named node kinds with these names; the grammar has several for some."""
    return frozenset(
        number
        for number in range(LANGUAGE.node_kind_count)
        if LANGUAGE.node_kind_for_id(number) in names
    )


@dataclass(slots=True)
class Walk:
    """Everything one walk gathers.

    opened: (depth, what to do on leaving) of the nodes that must be closed, innermost last.
    function: the function whose decisions are counted, None where nobody counts them. around: the
      functions around it with their nesting.
    mute_until: decisions before this byte are not counted (decorators, signatures, asserts).
    definitions: first and last byte, qualified name, whether a class, of all in order.
    named: name -> numbers of the imports that bind it in any scope.
    chains: source text -> the dotted name it is, or nothing.
    typing_until, types_until, called: bytes that `python_names` notes for itself.
    nesting, sequence: of the cognitive complexity; see `python_complexity`.
    counted: all classes; holders: numbers of those around.
    stored, chained, assigned: of `python_chains`. asked, asking: of `python_asked`.
    hidden: byte ranges of strings and comments, in order. documents: those of docstrings and
      comments. comments: number of their lines.
    """

    source: bytes
    scope: Scope
    depth: int = 0
    opened: list[tuple[int, Callable[["Walk"], None]]] = field(default_factory=list)
    bindings: Bindings = field(default_factory=Bindings)
    imports: list[tuple[str, int, str, int, bool]] = field(default_factory=list)
    named: dict[str, list[int]] = field(default_factory=dict)
    chains: dict[bytes, bytes] = field(default_factory=dict)
    typing_until: int = 0
    types_until: int = 0
    called: int = -1
    around: list[tuple[FunctionCount | None, int]] = field(default_factory=list)
    function: FunctionCount | None = None
    functions: list[FunctionCount] = field(default_factory=list)
    mute_until: int = 0
    nesting: int = 0
    sequence: tuple[int, int] = (-1, 0)
    guards: set[int] = field(default_factory=set)
    classes: list[tuple[str, list[str]]] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)
    definitions: list[tuple[int, int, str, bool]] = field(default_factory=list)
    decorators: dict[str, list[object]] = field(default_factory=dict)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    documents: list[tuple[int, int]] = field(default_factory=list)
    comments: int = 0
    literals: list[tuple[str, str, int]] = field(default_factory=list)
    deep: bool = False
    stored: list[tuple[str, list[str], int, int]] = field(default_factory=list)
    chained: list[tuple[str, int, str, object, int, int]] = field(default_factory=list)
    assigned: tuple[int, bytes] = (-1, b"")
    asked: list[list[object]] = field(default_factory=list)
    asking: int = -1
    counted: list[ClassCount] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)


# What to do at a node of one kind; the answer tells whether to go into its children.
Visit = Callable[[Walk, Node], bool]


def parse(source: bytes) -> Tree:
    """The syntax tree of UTF-8 source."""
    return _PARSER.parse(source)


def table(visits: Mapping[str, Visit]) -> list[Visit | None]:
    """The visits by number of the node kind."""
    leaves = kinds(*_LEAVES)
    found: list[Visit | None] = [
        leaf if number in leaves or not LANGUAGE.node_kind_is_named(number) else None
        for number in range(LANGUAGE.node_kind_count)
    ]
    found.extend([None] * (ERROR + 1 - len(found)))
    for name, visit in visits.items():
        for number in kinds(name):
            if LANGUAGE.node_kind_is_named(number):
                found[number] = visit
    return found


def walked(tree: Tree, source: bytes, *, visits: Sequence[Visit | None]) -> Walk:
    """What one walk in the order of the text gathers, down to a depth of 1 000 nodes."""
    return traverse(Walk(source, Scope(MODULE, "", body=Body())), tree, visits=visits)
