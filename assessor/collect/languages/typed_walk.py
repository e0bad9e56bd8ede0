"""A walk over a tree for languages whose grammar is given as a table of what to do at each node.

An act is given the walk and a node, and gives the chain of an expression (see `typed_facts`), ""
for anything else. What has no act is gone through: the chains of its parts are noted as uses.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tree_sitter import Node

from assessor.collect.languages.java_literals import (
    category,
    is_secret,
    masked,
    names_secret,
)
from assessor.collect.languages.typed_data_facts import attach, holds_session
from assessor.collect.languages.typed_facts import NOTED, FunctionNote, Mark, Scope
from assessor.collect.languages.typed_text import top_level_parts

_DEEPEST = 400  # nodes below each other; what lies deeper is left out, and the file has an error
_CALLS = 12  # of our own for a level of the tree, at most
_LONGEST = 200

Act = Callable[["Walk", Node], str]
# Name, chain that it is called on, the call, scope, chain of its first argument.
Told = tuple[str, str, Node, int, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Kind of node -> what is done there, and what it adds to complexity.

    branches: paths that the node adds; it counts once and by its depth, and what is inside lies
    one deeper. paths: those it adds without being deeper (a case). deeper: only adds depth (a
    lambda). operators: those of binary expressions that add a path.
    """

    acts: Mapping[str, Act]
    branches: Mapping[str, int]
    paths: frozenset[str] = frozenset()
    deeper: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset({"&&", "||"})
    binary: frozenset[str] = frozenset({"binary_expression"})


@dataclass(slots=True)
class Function:
    """A function being walked."""

    name: str
    cyclomatic: int = 1
    cognitive: int = 0
    deepest: int = 0
    parameters: int = 0


@dataclass(slots=True)
class Walk:
    """Position and findings; mutable: it lives for one walk. See `typed_facts.Findings`.

    names: local variables in reach -> first links of their chains, "" = of no known type.
    variables: type variables in reach -> their bounds. opened: numbers of the scopes around.
    operator: of the binary expression right above. known: what names mean in this file, for a
    language whose names are made full while walking. includes: other files that are run here.
    told: calls that are looked at after the walk.
    """

    text: str
    grammar: Grammar
    scopes: list[Scope]
    scope: Scope
    secretive: bool = False
    opened: list[int] = field(default_factory=lambda: [0])
    names: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    method: Function | None = None
    nesting: int = 0
    depth: int = 0
    operator: str = ""
    package: str = ""
    imports: list[str] = field(default_factory=list)
    import_starts: list[int] = field(default_factory=list)
    functions: list[FunctionNote] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    literals: list[tuple[str, str, int]] = field(default_factory=list)
    statics: list[tuple[str, str, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    marks_of_data: list[Mark] = field(default_factory=list)
    awaiting: list[Mark] = field(default_factory=list)
    statements: list[tuple[str, str, int, int]] = field(default_factory=list)
    managed_calls: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    folded: set[int] = field(default_factory=set)
    has_session: bool = False
    too_deep: bool = False
    known: dict[str, str] = field(default_factory=dict)
    includes: list[tuple[str, int]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def begin(text: str, grammar: Grammar, *, secretive: bool) -> Walk:
    """A walk at the root of a file. text: one letter for each byte."""
    scope = Scope("", -1, shape="file")
    walk = Walk(text, grammar, [scope], scope, secretive)
    walk.has_session = holds_session(text)
    return walk


def text_of(walk: Walk, node: Node) -> str:
    """The source of the node."""
    return walk.text[node.start_byte : node.end_byte]


def visit(walk: Walk, node: Node) -> str:
    """Walks the node; the chain of an expression, "" for anything else."""
    if walk.depth >= _DEEPEST:
        walk.too_deep = True
        return ""
    kind, grammar = node.type, walk.grammar
    walk.depth += 1
    before = walk.nesting, walk.operator
    if kind in grammar.binary:
        _operate(walk, node)
    else:
        walk.operator = ""
        _count(walk, kind)
    act = grammar.acts.get(kind)
    found = act(walk, node) if act is not None else inside(walk, node)
    walk.nesting, walk.operator = before
    walk.depth -= 1
    return found


def use(walk: Walk, node: Node | None) -> None:
    """Walks the node and notes the chain that it is."""
    if node is not None:
        mention(walk, visit(walk, node), node.start_byte)


def mention(walk: Walk, key: str, start: int) -> None:
    """The chain that an expression is, if it says more than the type of a local variable."""
    if key and key[-1] != NOTED and (key[0] != "=" or ":" in key):
        note(walk, key, start)


def inside(walk: Walk, node: Node) -> str:
    """Walks all parts of the node, each for its own sake."""
    for child in node.named_children:
        use(walk, child)
    return ""


def each(walk: Walk, nodes: Iterable[Node]) -> None:
    """Walks the nodes, each for its own sake."""
    for node in nodes:
        use(walk, node)


def _count(walk: Walk, kind: str) -> None:
    """What the kind of node adds to the complexity of the function around it."""
    grammar, method = walk.grammar, walk.method
    paths = grammar.branches.get(kind)
    if paths is not None:
        branch(walk, paths=paths)
    elif kind in grammar.deeper:
        walk.nesting += 1
    elif method is not None and kind in grammar.paths:
        method.cyclomatic += 1


def branch(walk: Walk, *, paths: int) -> None:
    """A structure that adds so many paths, counts by its depth, and holds what is deeper."""
    method = walk.method
    if method is not None:
        method.cyclomatic += paths
        method.cognitive += 1 + walk.nesting
        method.deepest = max(method.deepest, walk.nesting + 1)
    walk.nesting += 1


def otherwise(walk: Walk, *, paths: int = 0) -> None:
    """An `else`, or one with a condition (paths = 1): it counts once, whatever its depth."""
    if walk.method is not None:
        walk.method.cyclomatic += paths
        walk.method.cognitive += 1


def _operate(walk: Walk, node: Node) -> None:
    """`&&` and `||`: each one is a path; a run of the same one is one thought."""
    found = next((c.type for c in node.children if c.type in walk.grammar.operators), "")
    if found and walk.method is not None:
        walk.method.cyclomatic += 1
        walk.method.cognitive += found != walk.operator
    walk.operator = found


def note(walk: Walk, key: str, start: int) -> None:
    """A use of names in the current scope."""
    log = walk.scope.log
    log += (key, start)


def written(walk: Walk, type_: str, start: int) -> str:
    """A type that is written somewhere; it is noted, and given back."""
    if type_:
        note(walk, "=" + type_, start)
    return type_


def declare(walk: Walk, name: str, type_: str = "", *, chain: str = "") -> None:
    """A local variable of a type, or with the type that a chain leads to."""
    walk.names[name] = f"={type_}" if type_ else chain


def reached(walk: Walk, name: str) -> str:
    """The chain that begins with a name: a local variable's own, or the name itself."""
    return walk.names.get(name, name)


def then(chain: str, link: str) -> str:
    """The chain one link further; nothing leads on from what is not known."""
    return f"{chain}:{link}" if chain else ""


def opened(walk: Walk, name: str, start: int, *, shape: str) -> Scope:
    """The scope of a type that is declared here; what follows belongs to it up to `closed`."""
    scope = Scope(name, walk.opened[-1], line=start, shape=shape)
    walk.opened.append(len(walk.scopes))
    walk.scopes.append(scope)
    walk.scope = scope
    for mark in walk.awaiting if name else ():
        mark.scope = walk.opened[-1]
    walk.awaiting.clear()
    if name:
        walk.words.append(name)
    return scope


def closed(walk: Walk) -> None:
    """The end of a type."""
    walk.opened.pop()
    walk.scope = walk.scopes[walk.opened[-1]]


def supertype(walk: Walk, type_: str, start: int) -> None:
    """What the current type extends or implements."""
    walk.scope.supers.append(type_)
    note(walk, "^" + type_, start)


def member(walk: Walk, name: str, type_: str) -> None:
    """A field or property of the current type."""
    walk.scope.fields[name] = type_
    attach(walk.awaiting, name, type_)
    walk.words.append(name)


def signed(
    walk: Walk, name: str, parameters: list[str], *, result: str, many: bool = False
) -> str:
    """The key of a method of the current type, now known; `new` = a constructor."""
    key = f"{name}({'*' if many else len(parameters)}"
    walk.scope.methods.setdefault(key, []).append([result, *parameters])
    attach(walk.awaiting, name, result)
    if name == "new":
        walk.scope.constructors.append(parameters)
    return key


def function(walk: Walk, name: str, node: Node, *, body: Callable[[], None]) -> None:
    """Walks the body of a function: its complexity is its own, its variables end with it."""
    outside = walk.method, walk.nesting, dict(walk.names), walk.variables
    owner = walk.scope.name if walk.scope.shape not in {"file", "facade"} else ""
    walk.method, walk.nesting = Function(f"{owner}.{name}" if owner else name), 0
    walk.words.append(name)
    body()
    done = walk.method
    counts = done.cyclomatic, done.cognitive, done.deepest, done.parameters
    walk.functions.append((done.name, node.start_byte, node.end_byte, *counts, walk.opened[-1]))
    walk.method, walk.nesting, walk.names, walk.variables = outside


def takes(walk: Walk, parameters: int) -> None:
    """The function being walked has so many parameters."""
    if walk.method is not None:
        walk.method.parameters = parameters


def block(walk: Walk, node: Node) -> str:
    """A block: local variables end with it."""
    names = dict(walk.names)
    inside(walk, node)
    walk.names = names
    return ""


def annotation(walk: Walk, name: str, start: int, *, arguments: str = "") -> str:
    """An annotation: noted as a use, listed with the text of its first argument."""
    simple = name.rpartition(".")[2]
    note(walk, "@" + name, start)
    parts = top_level_parts(arguments) if arguments else []
    walk.notes.append((simple, masked(parts[0])[:_LONGEST] if parts else "", start))
    return simple


def literal(walk: Walk, value: str, start: int) -> str:
    """A string literal is looked at once, for addresses, paths and secrets."""
    kind = category(value)
    if walk.secretive and kind != "secret" and names_secret(walk.text, start) and is_secret(value):
        kind = "secret"
    if kind:
        shown = "***" if kind == "secret" else masked(value)[:_LONGEST]
        walk.literals.append((kind, shown, start))
    return ""


def comment(walk: Walk, node: Node) -> str:
    """A comment counts as lines only."""
    walk.comments.append((node.start_byte, node.end_byte))
    return ""


def nothing(_walk: Walk, _node: Node) -> str:
    """Nothing below is of use."""
    return ""


@contextmanager
def deep() -> Iterator[None]:
    """Room for the calls that a deep tree takes."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _CALLS * _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
