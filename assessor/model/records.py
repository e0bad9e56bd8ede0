"""What was read from one revision of a repository, unjudged."""

from dataclasses import dataclass
from enum import StrEnum

from assessor.model.basis import Location, Node, Skip


class FileKind(StrEnum):
    """What a file of the revision is, as far as assessing it goes."""

    SOURCE = "source"
    TEST = "test"
    GENERATED = "generated"
    VENDORED = "vendored"
    CONFIGURATION = "configuration"
    DOCUMENTATION = "documentation"
    BINARY = "binary"
    OVERSIZED = "oversized"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class File:
    """One file of the revision. `rule` names what decided its kind, e.g. `path:node_modules`.

    language: a key of `collect.languages.LANGUAGES`, or "" where none reads it.
    size: bytes. blob: git blob id, or the same id computed from the bytes of a work tree.
    """

    path: str
    kind: FileKind
    language: str
    size: int
    blob: str
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Function:
    """One function or method with its complexity, as radon (Python) or the same rules (Java)
    count.

    nesting: the most control structures inside each other, counted as the cognitive complexity
    does. parameters: `self` and `cls` are none.
    """

    name: str
    line: int
    cyclomatic: int
    cognitive: int
    lines: int
    nesting: int = 0
    parameters: int = 0


@dataclass(frozen=True, slots=True, order=True)
class ClassMetrics:
    """One class, interface or other type with members.

    methods: declared here, without constructors. fields: of an object, not of the class.
    lcom4: parts that share neither field nor call (see `docs/algorithms/metrics.md`); 0 = no
    method with a body, or the type is declared in several files that are read one by one.
    """

    name: str
    line: int
    methods: int
    fields: int
    lcom4: int
    abstract: bool


@dataclass(frozen=True, slots=True, order=True)
class Halstead:
    """Halstead's measures of one file, as radon counts operators and operands.

    volume: bits. difficulty: no unit. effort: volume times difficulty.
    """

    volume: float
    difficulty: float
    effort: float


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A source file as a node of the graph.

    name: fully qualified top-level class in Java, dotted module in Python.
    types: names of all top-level types declared in it, the main one first.
    words: (term, count), lower case, split at case and underscores, sorted; from identifiers.
    code_lines: lines with code. cyclomatic, cognitive: sums over the functions.
    maintainability: radon's index, 0 to 100, or None where it is not computed; halstead likewise.
    comment_lines, functions, classes: as their names say.
    """

    path: str
    language: str
    name: str
    kind: FileKind
    code_lines: int
    cyclomatic: int
    cognitive: int
    types: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    functions: tuple[Function, ...] = ()
    comment_lines: int = 0
    maintainability: float | None = None
    classes: tuple[ClassMetrics, ...] = ()
    halstead: Halstead | None = None


class ReferenceKind(StrEnum):
    """How one unit refers to another.

    SIGNATURE: by a type that the source does not name: it stands in the signature of a method
    that is called, or of a field that is used.
    """

    IMPORT = "import"
    INHERIT = "inherit"
    CALL = "call"
    NEW = "new"
    TYPE = "type"
    STATIC = "static"
    ANNOTATE = "annotate"
    INJECT = "inject"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A static link between two units; one record for each kind, counted.

    source, target: paths of units. *_name: the unit's (in Java: the top-level class's) name; two
    top-level classes of one file give a reference with the same path at both ends.
    line: line of the first such reference in the source.
    """

    source: str
    source_name: str
    target: str
    target_name: str
    kind: ReferenceKind
    count: int
    line: int


@dataclass(frozen=True, slots=True)
class Artefact:
    """One thing read from a file that is selectable in a declared fact, with a line for every
    value.

    kind: dotted, from the table in `docs/artefacts.md`, e.g. `dockerfile.stage`.
    """

    kind: str
    location: Location
    root: Node


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one revision; every tuple is sorted by path and line."""

    files: tuple[File, ...]
    units: tuple[Unit, ...]
    references: tuple[Reference, ...]
    artefacts: tuple[Artefact, ...]
    skips: tuple[Skip, ...]
