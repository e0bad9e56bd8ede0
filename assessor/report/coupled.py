"""The sections about code: proposed services, what ties them together, cycles, hotspots."""

from collections.abc import Iterable
from dataclasses import replace

from assessor.model import assessment as doc
from assessor.model.view import Cell, Section, Sentence, Table, Tone
from assessor.report import constraints
from assessor.report.figures import anchor, hottest
from assessor.report.judgement import FIRM, LOOSE
from assessor.report.wording import NOTHING, Wording, number, place, say, share, short

CORE = 4
TIES = 12
PAIRS = 12
HOT = 10
CYCLES = 5
SHARED = 12
METHODS = 10


def sections(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    """All of them, in the order of reading."""
    return [
        services(assessment, wording),
        shared(assessment, wording),
        ties(assessment, wording),
        cycles(assessment, wording),
        cochange(assessment, wording),
        hotspots(assessment, wording),
        methods(assessment, wording),
    ]


def _table(
    wording: Wording,
    prefix: str,
    *,
    heads: Iterable[str],
    rows: Iterable[tuple[Cell, ...]],
    numeric: tuple[int, ...] = (),
    note: str = "",
    wide: tuple[int, ...] = (),
) -> Table:
    columns = tuple(say(wording, f"{prefix}.{head}") for head in heads)
    return Table(columns=columns, rows=tuple(rows), numeric=numeric, note=note, wide=wide)


def _section(wording: Wording, name: str, *blocks: Sentence | Table) -> Section:
    kept = tuple(b for b in blocks if isinstance(b, Sentence) or b.rows)
    return Section(name, say(wording, f"{name}.title"), kept)


def services(assessment: doc.Assessment, wording: Wording) -> Section:
    """Each proposed service in a row, the figures of the cut and its constraints below."""
    cut = assessment.partition
    if cut is None or len(cut.services) < 2:  # noqa: PLR2004 - one service is no cut
        return _section(wording, "services")
    table = _table(
        wording,
        "services",
        heads=("name", "units", "lines", "cohesion", "confidence", "fan", "core"),
        rows=(_service(service, cut, at=at) for at, service in enumerate(cut.services)),
        numeric=(1, 2),
        note=say(wording, "services.note"),
        wide=(6,),
    )
    chosen = number_of_services(assessment, wording)
    told = (Sentence(chosen, "quiet"), Sentence(_quality(cut, wording)))
    return _section(wording, "services", table, *told, *constraints.blocks(cut, wording))


def number_of_services(assessment: doc.Assessment, wording: Wording) -> str:
    """Who chose the number of services, and what came of a number that was asked for."""
    wanted = assessment.options.services
    made = len(assessment.partition.services) if assessment.partition else 0
    if wanted is None:
        return say(wording, "services.chosen")
    key = "services.given" if wanted == made else "services.made"
    return say(wording, key, services=wanted, made=made)


def _service(service: doc.Service, cut: doc.Partition, *, at: int) -> tuple[Cell, ...]:
    quality = service.quality
    core = sorted(service.units, key=lambda unit: (-cut.confidence.get(unit, 0.0), unit))[:CORE]
    return (
        Cell(service.name, "strong", link=anchor(at)),
        Cell(str(quality.size)),
        Cell(f"{quality.code_lines:,}"),
        Cell(share(quality.cohesion), graded(quality.cohesion), bar=quality.cohesion),
        Cell(share(quality.confidence), graded(quality.confidence), bar=quality.confidence),
        Cell(f"{quality.fan_out} / {quality.fan_in}"),
        Cell(", ".join(short(unit) for unit in core), "quiet"),
    )


def graded(value: float | None) -> Tone:
    """How a share should strike the reader: good from 0.7, fair from 0.4; quiet without one."""
    if value is None:
        return "quiet"
    if value >= FIRM:
        return "good"
    return "fair" if value >= LOOSE else "poor"


def _quality(cut: doc.Partition, wording: Wording) -> str:
    q = cut.quality
    return say(
        wording,
        "services.quality",
        sm=number(q.sm),
        icp=share(q.icp),
        ifn=number(q.ifn),
        ned_relative=share(q.ned_relative),
        largest=share(q.largest),
        singletons=q.singletons,
        modularity=number(q.modularity),
    )


def shared(assessment: doc.Assessment, wording: Wording) -> Section:
    """Units that most services use."""
    found = assessment.partition.shared if assessment.partition else ()
    rows = (
        (
            Cell(unit.unit),
            Cell(str(unit.used_by)),
            Cell(say(wording, f"advice.{unit.advice}")),
        )
        for unit in found[:SHARED]
    )
    heads = ("unit", "used", "advice")
    return _section(
        wording, "shared", _table(wording, "shared", heads=heads, rows=rows, numeric=(1,))
    )


def ties(assessment: doc.Assessment, wording: Wording) -> Section:
    """References across services, most first."""
    every = assessment.coupling.services
    rows = (
        (
            Cell(tie.source),
            Cell(tie.target),
            Cell(str(tie.references)),
            Cell(place(tie.path, line=tie.line), "quiet"),
        )
        for tie in every[:TIES]
    )
    note = say(wording, "ties.note", shown=min(TIES, len(every)), total=len(every))
    heads = ("from", "to", "references", "first")
    return _section(
        wording, "ties", _table(wording, "ties", heads=heads, rows=rows, numeric=(2,), note=note)
    )


def cycles(assessment: doc.Assessment, wording: Wording) -> Section:
    """Circles of units, largest first; a sentence where there are none."""
    found = assessment.coupling.cycles
    if not assessment.coupling.units:
        return _section(wording, "cycles")
    if not found:
        return _section(wording, "cycles", Sentence(say(wording, "cycles.none"), "good"))
    rows = (
        (Cell(str(len(c.units))), Cell(" → ".join(short(u) for u in (*c.example, c.example[0]))))
        for c in found[:CYCLES]
    )
    heads = ("size", "example")
    return _section(
        wording, "cycles", _table(wording, "cycles", heads=heads, rows=rows, numeric=(0,))
    )


def cochange(assessment: doc.Assessment, wording: Wording) -> Section:
    """Units that change together, those across services first."""
    past = assessment.history
    ranked = sorted(past.cochange, key=lambda pair: not pair.across)[:PAIRS]
    note = say(wording, "cochange.note", shown=len(ranked), total=past.cochange_total)
    return _section(wording, "cochange", replace(cochange_table(ranked, wording), note=note))


def cochange_table(pairs: Iterable[doc.CoChangedPair], wording: Wording) -> Table:
    """Pairs that change together, how often, and their newest joint commit."""
    rows = (
        (
            Cell(short(pair.a)),
            Cell(short(pair.b)),
            Cell(str(pair.shared)),
            Cell(share(pair.degree), bar=pair.degree),
            Cell(
                say(wording, "value.yes" if pair.across else "value.no"),
                "poor" if pair.across else "plain",
            ),
            Cell(place("", commit=pair.commit), "quiet"),
        )
        for pair in pairs
    )
    heads = ("a", "b", "shared", "degree", "across", "commit")
    return _table(wording, "cochange", heads=heads, rows=rows, numeric=(2,))


def hotspots(assessment: doc.Assessment, wording: Wording) -> Section:
    """Units both often changed and complex; a sentence where the history has none."""
    hot = hottest(assessment)[:HOT]
    changed = any(each.revisions > 1 for each in assessment.history.hotspots)
    if not hot and not changed and assessment.history.commits and assessment.coupling.units:
        return _section(wording, "hotspots", Sentence(say(wording, "hotspots.none"), "good"))
    lines = {
        each.path: f"+{each.added} −{each.deleted}"
        for each in assessment.history.units
        if each.added is not None
    }
    rows = (
        (
            Cell(each.path),
            Cell(str(each.revisions)),
            Cell(lines.get(each.path, NOTHING)),
            Cell(str(each.complexity)),
            Cell(place("", commit=each.commit), "quiet"),
        )
        for each in hot
    )
    heads = ("unit", "revisions", "lines", "complexity", "commit")
    note = say(wording, "hotspots.note")
    return _section(
        wording,
        "hotspots",
        _table(wording, "hotspots", heads=heads, rows=rows, numeric=(1, 2, 3), note=note),
    )


def methods(assessment: doc.Assessment, wording: Wording) -> Section:
    """What the X-ray of the hottest units found."""
    rows = (
        (Cell(pair.path, "quiet"), Cell(pair.a), Cell(pair.b), Cell(str(pair.shared)))
        for pair in assessment.history.xray[:METHODS]
    )
    heads = ("unit", "a", "b", "shared")
    return _section(
        wording, "methods", _table(wording, "methods", heads=heads, rows=rows, numeric=(3,))
    )
