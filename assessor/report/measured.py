"""What of the figures of code goes into the document: counts, all packages, what is telling."""

from collections.abc import Iterable, Iterator

from assessor.model.metrics import (
    COGNITIVE,
    CYCLOMATIC,
    NESTING,
    PARTS,
    ClassFigures,
    Counts,
    FunctionFigures,
    Measured,
    Metrics,
)
from assessor.model.records import FileKind, Function, Unit

UNITS, FUNCTIONS, CLASSES = 50, 50, 50


def metrics(units: Iterable[Unit], measured: Measured) -> Metrics:
    """The figures of the source units; `measured`: those of units and packages."""
    wanted = [unit for unit in units if unit.kind is FileKind.SOURCE]
    over = sorted(
        (each for each in functions(wanted) if is_complex(each)),
        key=lambda each: (-each.cognitive, -each.cyclomatic, -each.nesting, each),
    )
    split = sorted(
        (each for each in classes(wanted) if each.lcom4 > PARTS),
        key=lambda each: (-each.lcom4, -each.methods, each),
    )
    hardest = sorted(
        measured.units, key=lambda each: (-each.cognitive, -each.cyclomatic, each.path)
    )
    return Metrics(
        counts=_counts(wanted, measured, over=over, split=len(split)),
        packages=measured.packages,
        cycles=measured.cycles,
        units=tuple(hardest[:UNITS]),
        functions=tuple(over[:FUNCTIONS]),
        classes=tuple(split[:CLASSES]),
    )


def functions(units: Iterable[Unit]) -> Iterator[FunctionFigures]:
    """All functions of the units, in their order."""
    return (_function(unit.path, one) for unit in units for one in unit.functions)


def _function(path: str, one: Function) -> FunctionFigures:
    return FunctionFigures(
        path=path,
        line=one.line,
        name=one.name,
        cyclomatic=one.cyclomatic,
        cognitive=one.cognitive,
        nesting=one.nesting,
        parameters=one.parameters,
        lines=one.lines,
    )


def classes(units: Iterable[Unit]) -> Iterator[ClassFigures]:
    """All classes of the units, in their order."""
    return (
        ClassFigures(unit.path, one.line, one.name, one.methods, one.fields, one.lcom4)
        for unit in units
        for one in unit.classes
    )


def is_complex(one: FunctionFigures) -> bool:
    """Whether some figure of the function is beyond its limit."""
    return one.cyclomatic > CYCLOMATIC or one.cognitive > COGNITIVE or one.nesting > NESTING


def _counts(
    units: list[Unit], measured: Measured, *, over: list[FunctionFigures], split: int
) -> Counts:
    packages = measured.packages
    return Counts(
        units=len(units),
        functions=sum(len(unit.functions) for unit in units),
        over_cyclomatic=sum(each.cyclomatic > CYCLOMATIC for each in over),
        over_cognitive=sum(each.cognitive > COGNITIVE for each in over),
        over_nesting=sum(each.nesting > NESTING for each in over),
        complex=len(over),
        classes=sum(len(unit.classes) for unit in units),
        split=split,
        packages=len(packages),
        measured=sum(each.distance is not None for each in packages),
        far=sum(bool(each.zone) for each in packages),
        pain=sum(each.zone == "pain" for each in packages),
        uselessness=sum(each.zone == "uselessness" for each in packages),
        cyclic=sum(each.cycle for each in packages),
    )
