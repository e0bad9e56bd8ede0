"""The tables of figures behind an assessment, for other tools: units, functions, packages."""

from collections.abc import Iterable

from assessor.model.metrics import Measured
from assessor.model.records import FileKind, Unit
from assessor.model.table import Table
from assessor.report.measured import functions


def units(measured: Measured) -> Table:
    """Every source unit with its figures: `path,language,package,code_lines,…`."""
    columns = (
        *("path", "language", "package", "code_lines", "comment_lines", "functions"),
        *("cyclomatic", "cognitive", "nesting", "fan_in", "fan_out", "classes", "lcom4"),
        "maintainability",
    )
    rows = tuple(tuple(getattr(each, name) for name in columns) for each in measured.units)
    return Table(columns=columns, rows=rows)


def every_function(found: Iterable[Unit]) -> Table:
    """Every function of a source unit: `path,line,function,cyclomatic,…`."""
    source = sorted((u for u in found if u.kind is FileKind.SOURCE), key=lambda unit: unit.path)
    rows = tuple(
        (
            *(one.path, one.line, one.name, one.cyclomatic, one.cognitive),
            *(one.nesting, one.parameters, one.lines),
        )
        for one in functions(source)
    )
    columns = (
        *("path", "line", "function", "cyclomatic", "cognitive"),
        *("nesting", "parameters", "lines"),
    )
    return Table(columns=columns, rows=rows)


def packages(measured: Measured) -> Table:
    """Every package of source units: `package,language,path,units,…`."""
    rows = tuple(
        (
            *(each.name, each.language, each.path, each.units, each.code_lines),
            *(each.classes, each.abstract, each.afferent, each.efferent),
            *(each.instability, each.abstractness, each.distance, each.zone, each.cycle),
        )
        for each in measured.packages
    )
    columns = (
        *("package", "language", "path", "units", "code_lines", "classes", "abstract"),
        *("afferent", "efferent", "instability", "abstractness", "distance", "zone", "cycle"),
    )
    return Table(columns=columns, rows=rows)
