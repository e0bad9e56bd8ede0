"""A trend as a section: what rose and fell, levels, the cut, and how today's services fit."""

from collections.abc import Iterable, Iterator, Sequence

from assessor.model import table as plain
from assessor.model.gate import SEVERITIES
from assessor.model.stored import Figures, PackFigures, Point
from assessor.model.trend import Trend, Unread
from assessor.model.view import Bar, Bars, Block, Cell, Figure, Section, Sentence, Table, View
from assessor.report.levels import tone
from assessor.report.wording import (
    NOTHING,
    Wording,
    indicative,
    joined,
    listed,
    number,
    say,
    share,
)

# A figure: its name, its value, and how it is shown.
_Shown = tuple[str, float | None, str]


def trend_view(trend: Trend, wording: Wording) -> View:
    """The trend as a report of its own."""
    section = trend_section(trend.points, wording, unread=trend.unread)
    newest = trend.points[-1]
    return View(
        title=section.title,
        subtitle=say(
            wording,
            "trend.subtitle",
            count=len(trend.points),
            first=trend.points[0].revision_time[:10],
            last=newest.revision_time[:10],
        ),
        lang=wording.lang,
        sections=(
            Section("moves", say(wording, "trend.moves"), section.blocks),
            *section.sections,
        ),
        dated=newest.revision_time,
    )


def trend_section(
    points: Sequence[Point], wording: Wording, *, unread: Iterable[Unread] = ()
) -> Section:
    """What rose and fell from the first point to the last, and the figures of all, oldest first.

    unread: revisions that could not be assessed; each is named.
    """
    missing = (
        say(wording, "trend.unread", label=each.label, reason=each.reason) for each in unread
    )
    blocks: tuple[Block, ...] = (
        Sentence(moves(points, wording), "strong"),
        *(Sentence(each, "unknown") for each in missing),
    )
    return Section(
        "trend",
        say(wording, "trend.title"),
        blocks,
        sections=(
            Section("levels", say(wording, "trend.levels"), (_levels(points, wording),)),
            Section("cut", say(wording, "trend.cut"), (_cut(points, wording),)),
            Section("fit", say(wording, "trend.fit"), _fit(points, wording)),
        ),
    )


def moves(points: Sequence[Point], wording: Wording) -> str:
    """Which figures rose and which fell between the first and the last point, in words."""
    if not points or points[0].revision == points[-1].revision:
        return say(wording, "trend.single")
    first, last = points[0], points[-1]
    told: dict[str, list[str]] = {"rose": [], "fell": []}
    pairs = zip(_compared(first, last, wording), _compared(last, last, wording), strict=True)
    for (name, before, old), (_, after, new) in pairs:
        if before is not None and after is not None and old != new:
            move = say(wording, "trend.move", name=name, before=old, after=new)
            told["rose" if after > before else "fell"].append(move)
    sentences = (
        say(wording, f"trend.{way}", moves=listed(wording, found))
        for way, found in told.items()
        if found
    )
    since = say(wording, "trend.since", label=first.label, date=first.revision_time[:10])
    said = joined(wording, sentences) or say(wording, "trend.same")
    return joined(wording, (since, said))


def trend_table(points: Sequence[Point]) -> plain.Table:
    """A row for each point with all of its figures, for other tools."""
    packs = packs_of(points)
    heads = ("label", "revision", "revision_time", "coverage", "units", "services")
    cut = ("modularity", "across", "cycles", "fit", "changes")
    levels = ("claimable", "indicative", "coverage")
    return plain.Table(
        columns=(
            *heads,
            *cut,
            *(f"findings_{each}" for each in SEVERITIES),
            *(f"{pack}_{level}" for pack in packs for level in levels),
        ),
        rows=tuple(_row(point, packs) for point in points),
    )


def _row(point: Point, packs: Sequence[str]) -> tuple[plain.Value, ...]:
    of = point.figures
    scored = [pack_of(of, each) for each in packs]
    return (
        *(point.label, point.revision, point.revision_time),
        *(of.coverage, of.units, of.services, of.modularity, of.across, of.cycles),
        *(point.fit, point.changes),
        *(of.findings.get(each, 0) for each in SEVERITIES),
        *(value for each in scored for value in (each.claimable, each.indicative, each.coverage)),
    )


def _compared(point: Point, last: Point, wording: Wording) -> Iterator[_Shown]:
    """The figures that a trend is told by; those of the standards that the last point has."""
    of = point.figures
    for pack in packs_of((last,)):
        scored = pack_of(of, pack)
        name = say(wording, "trend.level", pack=pack)
        yield name, scored.indicative, indicative(scored.indicative)
    for name, portion in (("fit", point.fit), ("changes", point.changes)):
        yield say(wording, f"trend.{name}.name"), portion, share(portion)
    for name, value in (
        ("across", of.across),
        ("coverage", of.coverage),
    ):
        yield say(wording, f"trend.{name}"), value, share(value)
    for name, value in (
        ("modularity", of.modularity),
        ("units", of.units),
        ("services", of.services),
        ("cycles", of.cycles),
        ("findings", sum(of.findings.values())),
    ):
        yield say(wording, f"trend.{name}"), value, number(value)


def _levels(points: Sequence[Point], wording: Wording) -> Table:
    """Indicative and claimable level of each standard."""
    packs = packs_of(points)
    return Table(
        columns=(*_heads(wording), *packs, say(wording, "trend.coverage")),
        rows=tuple(
            (
                *_named(point),
                *(_level(pack_of(point.figures, pack)) for pack in packs),
                Cell(share(point.figures.coverage), "quiet"),
            )
            for point in points
        ),
        numeric=tuple(range(2, len(packs) + 3)),
        note=say(wording, "trend.levels.note"),
    )


def _level(scored: PackFigures) -> Cell:
    claimable = NOTHING if scored.claimable is None else str(scored.claimable)
    return Cell(f"{indicative(scored.indicative)} / {claimable}", tone(scored.indicative))


def _cut(points: Sequence[Point], wording: Wording) -> Table:
    """Size and coupling, each measured on the services of its own time."""
    heads = ("units", "services", "across", "modularity", "cycles", "findings")
    return Table(
        columns=(*_heads(wording), *(say(wording, f"trend.{head}") for head in heads)),
        rows=tuple((*_named(point), *_figures(point.figures)) for point in points),
        numeric=tuple(range(2, len(heads) + 2)),
        note=say(wording, "trend.cut.note"),
    )


def _figures(of: Figures) -> Iterator[Cell]:
    yield Cell(number(of.units))
    yield Cell(number(of.services))
    yield Cell(share(of.across))
    yield Cell(number(of.modularity))
    yield Cell(number(of.cycles))
    yield Cell(number(sum(of.findings.values())))


def _fit(points: Sequence[Point], wording: Wording) -> tuple[Block, ...]:
    """How much of each time stays inside of the services of the last point, drawn and told."""
    title = say(wording, "trend.fit.title")
    names = (say(wording, "trend.fit.name"), say(wording, "trend.changes.name"))
    table = Table(
        columns=(*_heads(wording), *names),
        rows=tuple(
            (*_named(point), *(Cell(share(each), bar=each) for each in (point.fit, point.changes)))
            for point in points
        ),
        numeric=(2, 3),
        note=say(wording, "trend.fit.note"),
    )
    told = listed(wording, (f"{p.label}: {share(p.fit)}, {share(p.changes)}" for p in points))
    drawing = Bars(
        tuple(Bar(point.label, point.fit, point.changes, decimals=2) for point in points),
        most=1,
        value_name=names[0],
        mark_name=names[1],
    )
    alt = say(wording, "figure.alt", title=title, figures=told)
    return (Figure(title, alt, drawing, table),)


def _heads(wording: Wording) -> tuple[str, str]:
    return say(wording, "trend.revision"), say(wording, "trend.date")


def _named(point: Point) -> tuple[Cell, Cell]:
    return Cell(point.label, "strong"), Cell(point.revision_time[:10])


def packs_of(points: Sequence[Point]) -> list[str]:
    """Ids of all standards, in the order of the newest point that has them."""
    every = (pack.id for point in reversed(points) for pack in point.figures.packs)
    return list(dict.fromkeys(every))


def pack_of(of: Figures, pack: str) -> PackFigures:
    """The standard in the figures; one without levels where it is not among them."""
    nothing = PackFigures(pack, None, None, None)
    return next((each for each in of.packs if each.id == pack), nothing)
