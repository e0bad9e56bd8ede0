"""Figures of code: of its units and packages, and the most telling functions and classes."""

from dataclasses import dataclass
from typing import Literal

from assessor.model.coupling import Cycle

CYCLOMATIC, COGNITIVE, NESTING, PARTS = 10, 15, 4, 1
"""What a function or class may have at most before it is worth a look."""
FAR = 0.7
"""From this distance on a package is far from the main sequence."""

Zone = Literal["", "pain", "uselessness"]


@dataclass(frozen=True, slots=True, order=True)
class UnitMetrics:
    """A source unit in figures. nesting, lcom4: the worst of its functions and classes.

    fan_in: units that refer to it. fan_out: units that it refers to.
    """

    path: str
    language: str
    package: str
    code_lines: int
    comment_lines: int
    functions: int
    cyclomatic: int
    cognitive: int
    nesting: int
    classes: int
    lcom4: int
    maintainability: float | None
    fan_in: int
    fan_out: int


@dataclass(frozen=True, slots=True)
class PackageMetrics:
    """A package with the coupling of its source units to those of other packages.

    path: of its first unit. classes: types declared in it; abstract: those that are abstract.
    afferent: units elsewhere that refer to it. efferent: units elsewhere that it refers to.
    instability: efferent / (efferent + afferent), abstractness: abstract / classes, distance:
    |abstractness + instability - 1|, all in [0, 1]; None where there is nothing to divide by,
    where a language has no abstract types, and where most units declare no type. cycle: it
    reaches itself through others.
    """

    name: str
    language: str
    path: str
    units: int
    code_lines: int
    classes: int
    abstract: int
    afferent: int
    efferent: int
    instability: float | None
    abstractness: float | None
    distance: float | None
    zone: Zone
    cycle: bool


@dataclass(frozen=True, slots=True, order=True)
class FunctionFigures:
    """A function of a source unit, and where it is."""

    path: str
    line: int
    name: str
    cyclomatic: int
    cognitive: int
    nesting: int
    parameters: int
    lines: int


@dataclass(frozen=True, slots=True, order=True)
class ClassFigures:
    """A class of a source unit, and where it is."""

    path: str
    line: int
    name: str
    methods: int
    fields: int
    lcom4: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All units and packages with code, sorted; groups of packages that reach each other."""

    units: tuple[UnitMetrics, ...] = ()
    packages: tuple[PackageMetrics, ...] = ()
    cycles: tuple[Cycle, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are in source units, and how many are beyond a limit.

    complex: functions beyond any limit. split: classes of more than one part. cyclic: packages in
    a cycle. measured: packages with a distance; far: those far from the main sequence, pain and
    uselessness: in which corner of it.
    """

    units: int = 0
    functions: int = 0
    over_cyclomatic: int = 0
    over_cognitive: int = 0
    over_nesting: int = 0
    complex: int = 0
    classes: int = 0
    split: int = 0
    packages: int = 0
    measured: int = 0
    far: int = 0
    pain: int = 0
    uselessness: int = 0
    cyclic: int = 0


@dataclass(frozen=True, slots=True)
class Metrics:
    """Figures of the code: all packages and cycles of them; of the rest the most telling.

    units: most complex first. functions: beyond a limit. classes: of more than one part.
    """

    counts: Counts = Counts()
    packages: tuple[PackageMetrics, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    units: tuple[UnitMetrics, ...] = ()
    functions: tuple[FunctionFigures, ...] = ()
    classes: tuple[ClassFigures, ...] = ()


NO_METRICS = Metrics()
NOT_MEASURED = Measured()
