"""What a walk over one Go file has gathered so far. Mutable: it lives for one walk.

An expression is reduced to a *chain*, what is known of it without other files: a head and steps
between bars. Heads: `name` (of the file or package), `=T` (a value of type T), `:T` (the type T).
Steps: `.name`, `()` and `()1` (first and second result), `[]` (element;
with type arguments in between if it is a generic function or type), `#` and `@` (what `range`
gives first and second), `~` (received from a channel), `^3` (call 3 of those noted). "" is an
expression of which nothing is known.

A type is reduced to short text too: `T`, `pkg.T`, `T<A,B>`; pointers are left out; `[]T`, `[K]V` a
map, `~T` a channel, `f(A,B)` a function by its results, `%3` the third type without a name of its
own or declared in a function, `$0` a type parameter of the receiver, `?` anything else.

A use is the letter of its kind and the chain or type: see `go_facts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tree_sitter import Node

from assessor.collect.languages.go_complexity import Decision, FunctionCount

DEEPEST = 150  # levels that are entered; what lies deeper is left out, and the file is flagged
DEEP = 2  # levels that a type counts for which takes more calls than others to get through
_LONGEST = 240  # letters of a chain

# What to do at a node of one kind; gives the chain of an expression, the text of a type.
Act = Callable[["Walk", Node], str]


@dataclass(slots=True)
class TypeNote:
    """A declared type. shape: struct, interface, alias or named (anything else).

    under: of an alias or a named type, what it is made from. embeds: types taken in. methods: of
    an interface, name -> types of its parameters, function type. tags: of fields, with their byte.
    """

    name: str
    shape: str = "named"
    under: str = "?"
    embeds: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    tags: dict[str, tuple[str, int]] = field(default_factory=dict)
    methods: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    start: int = 0


@dataclass(slots=True)
class FunctionNote:
    """A function, or a method if `receiver` names its type. takes: types of its parameters.

    itself: the name of the object in a method. end: the byte after it.
    """

    receiver: str
    name: str
    takes: list[str]
    result: str
    start: int
    itself: str = ""
    end: int = 0


@dataclass(slots=True)
class CallNote:
    """A call of a telling name: its chain without the brackets, the chains of what it is given."""

    node: Node
    chain: str
    given: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """Position and findings.

    names: what local names mean, as chains. undo, marks: to put them back at the end of a block.
    literal: the type of the elements of the composite literal being walked, "" in a struct.
    switched: the name that a type switch declares in each of its cases.
    function: whose decisions are counted. itself: the name of the object of the method ahead.
    variable: the package's variable being declared.
    uses: key -> count, first byte. fields: (type of a struct's field, its byte). calls: those of
    telling names, see `go_telling`.
    """

    text: str
    acts: list[Act | None]
    depth: int = 0
    deep: bool = False
    names: dict[str, str] = field(default_factory=dict)
    undo: list[tuple[str, str | None]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    literal: str = ""
    switched: str = ""
    function: FunctionCount | None = None
    itself: str = ""
    nesting: int = 0
    variable: str = ""
    package: str = ""
    imports: list[tuple[str, str, int]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    uses: dict[str, list[int]] = field(default_factory=dict)
    types: list[TypeNote] = field(default_factory=list)
    functions: list[FunctionNote] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    counts: list[FunctionCount] = field(default_factory=list)
    statics: list[tuple[str, str, int]] = field(default_factory=list)
    fields: list[tuple[str, int]] = field(default_factory=list)
    calls: list[CallNote] = field(default_factory=list)


def visit(walk: Walk, node: Node) -> str:
    """Do what is to be done at the node; beyond the greatest depth nothing is."""
    act = walk.acts[node.kind_id]
    if act is None:
        return ""
    if walk.depth >= DEEPEST:
        walk.deep = True
        return ""
    walk.depth += 1
    found = act(walk, node)
    walk.depth -= 1
    return found


def inside(walk: Walk, node: Node) -> str:
    """Visit all children; nothing is known of the whole."""
    acts = walk.acts
    if walk.depth >= DEEPEST:
        walk.deep = True
        return ""
    walk.depth += 1
    for child in node.named_children:
        act = acts[child.kind_id]
        if act is not None:
            act(walk, child)
    walk.depth -= 1
    return ""


def deciding(act: Act, decision: Decision) -> Act:
    """The same act, which counts what the node adds to the measures of complexity."""

    def decided(walk: Walk, node: Node) -> str:
        function = walk.function
        if function is None:
            return act(walk, node)
        count(walk, paths=decision.paths, breaks=1 + walk.nesting if decision.breaks else 0)
        if decision.breaks and walk.nesting >= function.deepest:
            function.deepest = walk.nesting + 1
        walk.nesting += decision.nests
        found = act(walk, node)
        walk.nesting -= decision.nests
        return found

    return decided


def count(walk: Walk, *, paths: int, breaks: int) -> None:
    """Add to the measures of the function around, if there is one."""
    function = walk.function
    if function is not None:
        function.cyclomatic += paths
        function.cognitive += breaks


def written(walk: Walk, node: Node) -> str:
    """The node's source text."""
    return walk.text[node.start_byte : node.end_byte]


def note(walk: Walk, key: str, start: int) -> None:
    """A use; the first one tells the place."""
    known = walk.uses.get(key)
    if known is None:
        walk.uses[key] = [1, start]
    else:
        known[0] += 1


def onward(chain: str, step: str) -> str:
    """The chain with one more step; "" for one that is unknown or grows beyond all use."""
    return f"{chain}|{step}" if chain and len(chain) < _LONGEST else ""


def declare(walk: Walk, name: str, chain: str) -> None:
    """A local name comes into reach."""
    if name != "_":
        walk.undo.append((name, walk.names.get(name)))
        walk.names[name] = chain


def open_block(walk: Walk) -> None:
    """From here on, local names end with the block."""
    walk.marks.append(len(walk.undo))


def close_block(walk: Walk) -> None:
    """Put back the local names as they were before the block."""
    mark = walk.marks.pop()
    while len(walk.undo) > mark:
        name, chain = walk.undo.pop()
        if chain is None:
            walk.names.pop(name, None)
        else:
            walk.names[name] = chain


def block(walk: Walk, node: Node) -> str:
    """A block of its own for local names."""
    walk.marks.append(len(walk.undo))
    inside(walk, node)
    if len(walk.undo) > walk.marks[-1]:
        close_block(walk)
    else:
        walk.marks.pop()
    return ""
