"""What a walk over one Java file has gathered so far. Mutable: it lives for one walk."""

from dataclasses import dataclass, field

from tree_sitter import TreeCursor

from assessor.collect.languages.typed_data_facts import holds_session
from assessor.collect.languages.typed_facts import FunctionNote, Mark, Scope


@dataclass(slots=True)
class Method:
    """The method being walked: its signature so far, and what to put back at its end."""

    name: str
    start: int
    end: int
    result: str
    parameters: list[str]
    outside: tuple[dict[str, str], dict[str, str], "Method | None", int]
    cyclomatic: int = 1
    cognitive: int = 0
    deepest: int = 0
    many: bool = False


@dataclass(slots=True)
class Walk:
    """Position and findings. `names`: local variables in reach -> first links of chains.

    heads, starts: of the expressions being walked, the key so far and the place.
    value: the chain just completed, for a parent that goes on with it; last: for any parent.
    written: the type just passed; declared: the one of the variables being declared.
    marked: annotations of the declaration being walked. index: of the current scope.
    has_session: whether the file may have calls of an entity manager.
    awaiting: annotations of storage whose member follows. folded: where a text began that is
    put together of several.
    """

    text: str
    cursor: TreeCursor
    secretive: bool
    scopes: list[Scope]
    scope: Scope
    log: list[str | int]
    open_scopes: list[tuple[int, dict[str, str], dict[str, str]]]
    index: int = 0
    parents: list[int] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    undo: list[tuple[str, str | None]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    value: str = ""
    last: str = ""
    called: str = ""
    written: str = ""
    declared: str = ""
    primitive: str = ""
    modifiers: str = ""
    marked: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    method: Method | None = None
    nesting: int = 0
    nestings: list[int] = field(default_factory=list)
    after_else: bool = False
    package: str = ""
    imports: list[str] = field(default_factory=list)
    import_starts: list[int] = field(default_factory=list)
    functions: list[FunctionNote] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    literals: list[tuple[str, str, int]] = field(default_factory=list)
    statics: list[tuple[str, str, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    too_deep: bool = False
    has_session: bool = False
    marks_of_data: list[Mark] = field(default_factory=list)
    awaiting: list[Mark] = field(default_factory=list)
    statements: list[tuple[str, str, int, int]] = field(default_factory=list)
    managed_calls: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    folded: set[int] = field(default_factory=set)


def begin(text: str, cursor: TreeCursor, *, secretive: bool) -> Walk:
    """A walk at the root of a file, in the scope of the file itself."""
    scope = Scope("", -1, shape="file")
    walk = Walk(text, cursor, secretive, [scope], scope, scope.log, [])
    walk.has_session = holds_session(text)
    return walk


def note(walk: Walk, key: str, start: int) -> None:
    """A use of names in the current scope."""
    log = walk.log
    log += (key, start)


def declare(walk: Walk, name: str, link: str) -> None:
    """A local variable comes into reach; "" = nothing is known of its type."""
    names = walk.names
    walk.undo.append((name, names.get(name)))
    names[name] = link


def open_block(walk: Walk) -> None:
    """From here on, local variables end with the block."""
    walk.marks.append(len(walk.undo))


def close_block(walk: Walk) -> None:
    """Put back the local variables as they were before the block."""
    mark = walk.marks.pop()
    undo, names = walk.undo, walk.names
    while len(undo) > mark:
        name, link = undo.pop()
        if link is None:
            names.pop(name, None)
        else:
            names[name] = link


def forget(walk: Walk, name: str) -> None:
    """A field of an inner class hides the local variable of its name, up to the block's end."""
    if name in walk.names:
        walk.undo.append((name, walk.names.pop(name)))


def open_scope(walk: Walk, scope: Scope) -> None:
    """Go into a class body whose `outer` is the current scope's index."""
    walk.open_scopes.append((scope.outer, walk.variables, walk.types))
    walk.index = len(walk.scopes)
    walk.scopes.append(scope)
    walk.scope, walk.log = scope, scope.log
    open_block(walk)


def close_scope(walk: Walk) -> None:
    """Come back out of a class body."""
    close_block(walk)
    outer, walk.variables, walk.types = walk.open_scopes.pop()
    walk.index, scope = outer, walk.scopes[outer]
    walk.scope, walk.log = scope, scope.log
