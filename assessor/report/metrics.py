"""The section about the figures of code: functions, classes and packages that stand out."""

from assessor.model import assessment as doc
from assessor.model.metrics import (
    COGNITIVE,
    CYCLOMATIC,
    FAR,
    NESTING,
    Counts,
    PackageMetrics,
)
from assessor.model.view import Block, Cell, Section, Sentence, Table
from assessor.report.wording import NOTHING, Wording, joined, listed, place, say, share

MOST = 8
_LIMITS = {"cyclomatic": CYCLOMATIC, "cognitive": COGNITIVE, "nesting": NESTING}


def metrics(assessment: doc.Assessment, wording: Wording, *, most: int = MOST) -> Section:
    """What the figures come to in one paragraph, and the places that stand out."""
    counts = assessment.metrics.counts
    blocks: list[Block] = []
    if counts.functions or counts.classes or counts.packages:
        off = counts.complex or counts.split or counts.far or counts.cyclic
        blocks.append(Sentence(_told(counts, wording), "plain" if off else "good"))
    tables = (
        _functions(assessment, wording, most=most),
        _classes(assessment, wording, most=most),
        _packages(assessment, wording, most=most),
    )
    blocks += [table for table in tables if table.rows]
    return Section("metrics", say(wording, "metrics.title"), tuple(blocks))


def _told(counts: Counts, wording: Wording) -> str:
    parts = []
    if counts.functions:
        parts.append(
            say(
                wording,
                "metrics.functions" if counts.complex else "metrics.functions.none",
                over=f"{counts.complex:,}",
                share=share(counts.complex / counts.functions),
                total=f"{counts.functions:,}",
                **_LIMITS,
            )
        )
    if counts.classes:
        key = "metrics.classes" if counts.split else "metrics.classes.none"
        parts.append(say(wording, key, split=f"{counts.split:,}", total=f"{counts.classes:,}"))
    if counts.measured:
        key = "metrics.packages" if counts.far else "metrics.packages.none"
        figures = {"far": counts.far, "pain": counts.pain, "useless": counts.uselessness}
        parts.append(say(wording, key, total=counts.measured, **figures))
    if counts.packages > 1:
        key = "metrics.cycles" if counts.cyclic else "metrics.cycles.none"
        parts.append(say(wording, key, cyclic=counts.cyclic, total=counts.packages))
    return joined(wording, parts)


def _functions(assessment: doc.Assessment, wording: Wording, *, most: int) -> Table:
    """Functions beyond a limit; the figure that is beyond it stands out."""
    found = assessment.metrics
    rows = tuple(
        (
            Cell(each.name, "strong"),
            *(
                Cell(str(figure), "poor" if figure > limit else "plain")
                for figure, limit in (
                    (each.cyclomatic, CYCLOMATIC),
                    (each.cognitive, COGNITIVE),
                    (each.nesting, NESTING),
                )
            ),
            Cell(str(each.parameters)),
            Cell(str(each.lines)),
            Cell(place(each.path, line=each.line), "quiet"),
        )
        for each in found.functions[:most]
    )
    heads = ("function", "cyclomatic", "cognitive", "nesting", "parameters", "lines", "place")
    note = say(wording, "metrics.note", shown=len(rows), total=found.counts.complex)
    return _table(wording, heads, rows, numeric=(1, 2, 3, 4, 5), note=note)


def _classes(assessment: doc.Assessment, wording: Wording, *, most: int) -> Table:
    """Classes of several parts."""
    found = assessment.metrics
    rows = tuple(
        (
            Cell(each.name, "strong"),
            Cell(str(each.lcom4)),
            Cell(str(each.methods)),
            Cell(str(each.fields)),
            Cell(place(each.path, line=each.line), "quiet"),
        )
        for each in found.classes[:most]
    )
    heads = ("class", "lcom4", "methods", "fields", "place")
    note = say(wording, "metrics.classes.note", shown=len(rows), total=found.counts.split)
    return _table(wording, heads, rows, numeric=(1, 2, 3), note=note)


def _packages(assessment: doc.Assessment, wording: Wording, *, most: int) -> Table:
    """Packages far from the main sequence, then those in a cycle; the most tied ones first."""
    off = sorted(
        (each for each in assessment.metrics.packages if each.zone or each.cycle),
        key=lambda each: (not each.zone, -each.afferent - each.efferent, each.name),
    )
    rows = tuple(_package(each, wording) for each in off[:most])
    heads = ("package", "units", "ca", "ce", "instability", "abstractness", "distance", "remark")
    note = say(wording, "metrics.packages.note", shown=len(rows), total=len(off), far=FAR)
    return _table(wording, heads, rows, numeric=(1, 2, 3, 4, 5, 6), note=note, wide=(0, 7))


def _package(each: PackageMetrics, wording: Wording) -> tuple[Cell, ...]:
    remarks = [say(wording, f"metrics.zone.{each.zone}")] if each.zone else []
    if each.cycle:
        remarks.append(say(wording, "metrics.zone.cycle"))
    return (
        Cell(each.name or say(wording, "metrics.root"), "strong"),
        Cell(str(each.units)),
        Cell(str(each.afferent)),
        Cell(str(each.efferent)),
        Cell(_decimals(each.instability)),
        Cell(_decimals(each.abstractness)),
        Cell(_decimals(each.distance), "poor" if each.zone else "plain"),
        Cell(listed(wording, remarks)),
    )


def _decimals(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _table(
    wording: Wording,
    heads: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    numeric: tuple[int, ...],
    note: str,
    wide: tuple[int, ...] = (),
) -> Table:
    columns = tuple(say(wording, f"metrics.{head}") for head in heads)
    return Table(columns, rows, numeric=numeric, note=note, wide=wide)
