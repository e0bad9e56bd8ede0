"""What one file of a language with declared types says: JSON that all are resolved from."""

from dataclasses import dataclass, field
from typing import NotRequired, Protocol, TypedDict

from assessor.collect.languages.cohesion import Row

# A scope is a class body (named, local, anonymous) or the file itself. A key is a use of names
# reduced to one string, so that a name used a hundred times is resolved once:
#   =T     a type written as such           ^T     a supertype         @T   an annotation
#   +T(2   an object of T made, 2 arguments      a:b:m(1  a chain: name a, its b, b's method m
# The first link of a chain is a name, `=T` for something known to be a T, `this`, `super`, or
# nothing for a call without receiver; `[]` is an element of an array. What leads up to a link `!`
# was counted elsewhere, where the variable was declared that stands for it.

# A name with a leading dot is fully qualified; as a first link, or called without receiver, it is
# that of a variable or function outside of any class.

# This link in a chain = all before it has been noted where it stands: the value of a variable.
NOTED = "!"
# As the type of a result: that of the receiver, whatever class declares the method.
OF_RECEIVER = "static"


class ScopeFacts(TypedDict):
    """One class body, or the file itself (the first; outer -1).

    shape: class, interface, enum, record, annotation, anonymous, file, or `facade`: what holds
    the functions and variables that a file declares outside of any class. injected: types that a
    container puts in, `?T` = only where T is abstract, `T#x` = the bean x if one is called so,
    `T#~x` = the same where several would do. bean: what it is called itself. extensions: keys of
    methods that are called as if they were members of another type. package: where a type at the
    top is in another one than the file. partial: all such types of one name are one type.
    properties: names and lines of the public ones that may lead to another class.
    """

    name: str
    outer: int
    shape: str
    abstract: bool
    line: int
    supers: list[str]
    fields: dict[str, str]
    methods: dict[str, list[list[str]]]
    keys: list[str]
    counts: list[int]
    lines: list[int]
    injected: list[str]
    properties: NotRequired[list[str | int]]
    extensions: NotRequired[list[str]]
    package: NotRequired[str]
    partial: NotRequired[bool]
    bean: NotRequired[str]


class DataFacts(TypedDict):
    """Flat lists. marks: name, arguments, scope, member, its type, line; statements: text, what
    it is given to, scope, line; managed: method, receiver, first argument, scope, line.
    """

    marks: list[str | int]
    statements: list[str | int]
    managed: list[str | int]


class FileFacts(TypedDict):
    """What one file says. Lists of records are flat: name, line, … one after the other.

    imports: `a.B`, `a.*`, `static a.B.c`, `a.B as C`. around: packages whose names are seen
    without an import, nearest first, besides the file's own. everywhere: imports that count for
    all files in the folder and below. includes: paths of files that are run, and lines; `./x` from
    the file's own folder, `/x` from the root, `x` from either. dynamic: members need not be
    declared, and what nobody declares is one of the receiver's type all the same.
    endpoints: see `endpoints_marks.Row`. model: see `csharp_model`. shapes: nesting and number of
    parameters of each of the functions. classes: see `cohesion.Row`. events: line and class of
    what is published by something whose type the file does not tell. queries: table, operation,
    line of what is built by calls.
    """

    package: str
    imports: list[str]
    import_lines: list[int]
    scopes: list[ScopeFacts]
    functions: list[str | int]
    words: list[str | int]
    annotations: list[str | int]
    literals: list[str | int]
    statics: list[str | int]
    code_lines: int
    comment_lines: int
    has_errors: bool
    around: NotRequired[list[str]]
    everywhere: NotRequired[list[str]]
    includes: NotRequired[list[str | int]]
    dynamic: NotRequired[bool]
    data: NotRequired[DataFacts]
    endpoints: NotRequired[list[list[object]]]
    model: NotRequired[list[list[str | int]]]
    shapes: NotRequired[list[int]]
    classes: NotRequired[list[Row]]
    events: NotRequired[list[tuple[int, str]]]
    queries: NotRequired[list[tuple[str, str, int]]]


@dataclass(slots=True)
class Scope:
    """One class body, or the file itself (outer = -1).

    apart: names of members that are no part of an object: static ones, constants.
    """

    name: str
    outer: int
    line: int = 0
    shape: str = "class"
    modifiers: str = ""
    supers: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    methods: dict[str, list[list[str]]] = field(default_factory=dict)
    log: list[str | int] = field(default_factory=list)  # key, place, key, place, …
    annotations: list[str] = field(default_factory=list)
    injected: list[str] = field(default_factory=list)
    finals: list[str] = field(default_factory=list)
    constructors: list[list[str]] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    package: str = ""
    partial: bool = False
    properties: list[tuple[str, int]] = field(default_factory=list)
    apart: set[str] = field(default_factory=set)
    bean: str = ""


@dataclass(slots=True)
class Mark:
    """An annotation with its arguments; member and its type come after it in the file."""

    name: str
    arguments: str
    scope: int
    start: int
    member: str = ""
    type: str = ""


# Name, first byte, the one after the last, cyclomatic, cognitive, nesting, number of parameters,
# number of the scope.
FunctionNote = tuple[str, int, int, int, int, int, int, int]


class Findings(Protocol):
    """What a walk over a file has gathered; places are offsets in `text`, one letter a byte."""

    text: str
    package: str
    imports: list[str]
    import_starts: list[int]
    scopes: list[Scope]
    functions: list[FunctionNote]
    words: list[str]
    notes: list[tuple[str, str, int]]
    literals: list[tuple[str, str, int]]
    statics: list[tuple[str, str, int]]
    comments: list[tuple[int, int]]
    marks_of_data: list[Mark]
    statements: list[tuple[str, str, int, int]]
    managed_calls: list[tuple[str, str, str, int, int]]
    constants: dict[str, str]
    too_deep: bool
