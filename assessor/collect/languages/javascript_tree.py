"""One cursor walk over the syntax tree of a script, and what it gathers on its way.

The record is filled in place by the visits: a copy for every node would cost more than parsing.
Three grammars share the visits, which therefore know the kinds of nodes by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node, Parser, Tree

from assessor.collect.languages.cursor_walk import ERROR, ClassCount, FunctionCount, leaf, traverse
from assessor.collect.languages.javascript_facts import Binding
from assessor.collect.languages.javascript_scopes import MODULE, Bindings, Scope, Value

GRAMMARS: Mapping[str, Language] = {
    "javascript": Language(tree_sitter_javascript.language()),
    "typescript": Language(tree_sitter_typescript.language_typescript()),
    "tsx": Language(tree_sitter_typescript.language_tsx()),
}
_PARSERS = {name: Parser(grammar) for name, grammar in GRAMMARS.items()}
_LEAVES = frozenset(
    (
        *("property_identifier", "private_property_identifier", "statement_identifier", "number"),
        *("true", "false", "null", "undefined", "this", "super", "predefined_type", "import"),
        *("accessibility_modifier", "string_fragment", "escape_sequence", "optional_chain"),
        *("empty_statement", "override_modifier", "this_type", "jsx_closing_element"),
        "existential_type",
    )
)

WORD = rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+"
CHAIN = WORD + rb"(?:\??\." + WORD + rb")*+"


@dataclass(slots=True)
class Walk:
    """Everything one walk gathers.

    opened: (depth, what to do on leaving) of the nodes that must be closed, innermost last.
    marks: byte where a name starts -> the code of its use, known before the name is met.
    bodies: bytes where a block starts that has no scope of its own, as its function has one.
    parameters: bytes where parameters of a function with a body start.
    naming: byte where a function starts -> its name. owners: names of the classes and functions
      around. within: number of functions around.
    binding: byte of a `require` or `import(…)` -> names that it binds with what they mean, and
      the scope.
    types_until: what starts before this byte stands in a type.
    function: the function whose decisions are counted, None where nobody counts them. around: the
      functions around it with their nesting. nesting, sequence, chained: see
      `javascript_complexity`.
    counted: all classes; holders: numbers of those around.
    hidden: byte ranges of strings and comments, in order. documents: those of comments. commented:
      (number of lines with a comment, last of them).
    """

    source: bytes
    scope: Scope
    depth: int = 0
    opened: list[tuple[int, Callable[["Walk"], None]]] = field(default_factory=list)
    marks: dict[int, int] = field(default_factory=dict)
    bodies: set[int] = field(default_factory=set)
    parameters: set[int] = field(default_factory=set)
    naming: dict[int, str] = field(default_factory=dict)
    owners: list[str] = field(default_factory=list)
    within: int = 0
    binding: dict[int, tuple[list[tuple[bytes, str]], Scope]] = field(default_factory=dict)
    types_until: int = 0
    decorated: set[int] = field(default_factory=set)
    bindings: Bindings = field(default_factory=Bindings)
    imports: list[tuple[str, int, int]] = field(default_factory=list)
    exports: dict[str, Binding] = field(default_factory=dict)
    stars: list[int] = field(default_factory=list)
    types: list[tuple[str, bool, list[str]]] = field(default_factory=list)
    state: dict[bytes, Value] = field(default_factory=dict)
    fields: dict[bytes, Value] = field(default_factory=dict)
    rebound: set[bytes] = field(default_factory=set)
    around: list[tuple[FunctionCount | None, int]] = field(default_factory=list)
    function: FunctionCount | None = None
    functions: list[FunctionCount] = field(default_factory=list)
    nesting: int = 0
    sequence: tuple[int, str] = (-1, "")
    chained: set[int] = field(default_factory=set)
    decorators: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    documents: list[tuple[int, int]] = field(default_factory=list)
    commented: tuple[int, int] = (0, -1)
    literals: list[tuple[str, str, int]] = field(default_factory=list)
    deep: bool = False
    counted: list[ClassCount] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)


# What to do at a node of one kind; the answer tells whether to go into its children.
Visit = Callable[[Walk, Node], bool]


def parse(source: bytes, grammar: str) -> Tree:
    """The syntax tree of UTF-8 source."""
    return _PARSERS[grammar].parse(source)


def tables(visits: Mapping[str, Visit]) -> dict[str, list[Visit | None]]:
    """For each grammar the visits by number of the node kind."""
    return {name: _table(grammar, visits) for name, grammar in GRAMMARS.items()}


def _table(grammar: Language, visits: Mapping[str, Visit]) -> list[Visit | None]:
    found: list[Visit | None] = [leaf] * grammar.node_kind_count
    for number in range(grammar.node_kind_count):
        kind = grammar.node_kind_for_id(number) or ""
        if grammar.node_kind_is_named(number) and kind not in _LEAVES:
            found[number] = visits.get(kind)
    found.extend([None] * (ERROR + 1 - len(found)))
    return found


def decoded(name: bytes) -> str:
    """The name as text."""
    return name.decode("utf-8", "replace")


def walked(tree: Tree, source: bytes, *, visits: Sequence[Visit | None]) -> Walk:
    """What one walk in the order of the text gathers, down to a depth of 1 000 nodes."""
    return traverse(Walk(source, Scope(MODULE)), tree, visits=visits)
