"""Drawings of an assessment, each with its figures in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assessor.model import assessment as doc
from assessor.model.coupling import Hotspot
from assessor.model.view import (
    Bar,
    Bars,
    Cell,
    Edge,
    Figure,
    Graph,
    Matrix,
    Node,
    Radar,
    Series,
    Table,
    Tile,
    Treemap,
)
from assessor.report.wording import Wording, listed, pick, say, short

TOP = 5
AXES = 3
# So many tiles and services are drawn at the most: beyond that nobody can read them.
TILES, DRAWN = 40, 40


def standards(assessment: doc.Assessment, wording: Wording) -> Figure:
    """The indicative level of every standard as a bar, the claimable one as a mark."""
    title = say(wording, "figure.standards")
    return _levels(_standards(assessment, wording), wording, title=title)


def _standards(assessment: doc.Assessment, wording: Wording) -> tuple[Bar, ...]:
    """A bar for each standard that applies."""
    return tuple(
        Bar(f"{pack.id} {pick(wording, pack.title)}", pack.indicative, pack.claimable, decimals=1)
        for pack in assessment.packs
        if pack.coverage is not None
    )


def profile(assessment: doc.Assessment, wording: Wording) -> Figure | None:
    """The standards as axes of a radar, where there are three or more."""
    bars = _standards(assessment, wording)
    if len(bars) < AXES:
        return None
    title = say(wording, "figure.profile")
    drawn = _levels(bars, wording, title=title)
    drawing = Radar(
        axes=tuple(bar.label for bar in bars),
        series=(
            Series(say(wording, "packs.indicative"), tuple(bar.value for bar in bars), decimals=1),
            Series(say(wording, "packs.claimable"), tuple(bar.mark for bar in bars)),
        ),
        most=TOP,
    )
    return Figure(title, drawn.alt, drawing)


def domains(pack: doc.Pack, wording: Wording) -> Figure:
    """A standard's domains as bars."""
    bars = tuple(
        Bar(pick(wording, each.title), each.indicative, each.claimable)
        for each in pack.domains
        if each.coverage is not None
    )
    return _levels(bars, wording, title=say(wording, "figure.domains", pack=pack.id))


def _levels(bars: tuple[Bar, ...], wording: Wording, *, title: str) -> Figure:
    told = listed(
        wording,
        (
            say(
                wording,
                "figure.level",
                name=bar.label,
                indicative=_level(bar.value, decimals=bar.decimals),
                claimable=_level(bar.mark),
            )
            for bar in bars
        ),
    )
    drawing = Bars(
        bars=bars,
        most=TOP,
        value_name=say(wording, "packs.indicative"),
        mark_name=say(wording, "packs.claimable"),
    )
    return Figure(title, say(wording, "figure.alt", title=title, figures=told), drawing)


def _level(value: float | None, *, decimals: int = 0) -> str:
    return "?" if value is None else f"{value:.{decimals}f}"


def services(assessment: doc.Assessment, wording: Wording) -> Figure | None:
    """The proposed services as a graph: area by units, arrows by references."""
    cut = assessment.partition
    if cut is None or len(cut.services) < 2:  # noqa: PLR2004 - one service is no graph
        return None
    drawn = cut.services[:DRAWN]
    place = {service.name: at for at, service in enumerate(drawn)}
    ties = [t for t in assessment.coupling.services if t.source in place and t.target in place]
    drawing = Graph(
        nodes=tuple(
            Node(service.name, service.quality.size, link=anchor(at))
            for at, service in enumerate(drawn)
        ),
        edges=tuple(Edge(place[t.source], place[t.target], t.references) for t in ties),
        size_name=say(wording, "services.units"),
        weight_name=say(wording, "ties.references"),
    )
    nodes = (
        say(wording, "figure.node", name=each.name, units=each.quality.size) for each in drawn
    )
    edges = [
        say(wording, "figure.edge", source=t.source, target=t.target, references=t.references)
        for t in ties
    ]
    told = listed(wording, (*nodes, *(edges or [say(wording, "figure.no-edge")])))
    title = _titled(cut, wording, "figure.services")
    return Figure(title, say(wording, "figure.alt", title=title, figures=told), drawing)


def _titled(cut: doc.Partition, wording: Wording, key: str) -> str:
    """The title of a drawing of the services, which tells how many of them are not in it."""
    total, title = len(cut.services), say(wording, key)
    if total <= DRAWN:
        return title
    return say(wording, "figure.largest", title=title, shown=DRAWN, total=total)


def anchor(at: int) -> str:
    """The id of the section about the service at that position."""
    return f"service-{at + 1}"


def matrix(assessment: doc.Assessment, wording: Wording) -> Figure | None:
    """The dependency structure matrix of the services: rows refer to columns."""
    cut = assessment.partition
    if cut is None or len(cut.services) < 2:  # noqa: PLR2004 - one service is no matrix
        return None
    drawn = cut.services[:DRAWN]
    names = tuple(service.name for service in drawn)
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for tie in assessment.coupling.services:
        counts[tie.source, tie.target] += tie.references
    for service in drawn:
        counts[service.name, service.name] = service.quality.references
    values = tuple(tuple(float(counts[row, col]) for col in names) for row in names)
    title = _titled(cut, wording, "figure.matrix")
    return Figure(
        title,
        say(wording, "figure.alt", title=title, figures=_told(names, values, wording=wording)),
        Matrix(names, values, say(wording, "ties.from"), say(wording, "ties.to")),
        _matrix_table(names, values, wording=wording),
    )


def _told(
    names: Sequence[str], values: Sequence[Sequence[float | None]], *, wording: Wording
) -> str:
    told = []
    for at, (name, row) in enumerate(zip(names, values, strict=True)):
        others = (
            say(wording, "figure.to", target=names[to], references=f"{value:,.0f}")
            for to, value in enumerate(row)
            if value and to != at
        )
        inside = say(wording, "figure.inside", references=f"{row[at] or 0:,.0f}")
        joint = "，" if wording.lang == "zh" else ", "
        told.append(say(wording, "figure.row", name=name, figures=joint.join((inside, *others))))
    return listed(wording, told)


def _matrix_table(
    names: Sequence[str], values: Sequence[Sequence[float | None]], *, wording: Wording
) -> Table:
    rows = tuple(
        (Cell(name, "strong"), *(Cell(f"{value or 0:,.0f}") for value in row))
        for name, row in zip(names, values, strict=True)
    )
    head = say(wording, "figure.from-to")
    return Table((head, *names), rows, numeric=tuple(range(1, len(names) + 1)))


def hottest(assessment: doc.Assessment) -> list[Hotspot]:
    """Units that were changed more than once and have a decision in them, hottest first."""
    return [hot for hot in assessment.history.hotspots if hot.revisions > 1 and hot.complexity > 0]


def hotspots(assessment: doc.Assessment, wording: Wording) -> Figure | None:
    """The hottest units: area by complexity, shade by changes."""
    hot = hottest(assessment)[:TILES]
    if not hot:
        return None
    most = max(each.revisions for each in hot) or 1
    ranked = sorted(hot, key=lambda each: (-each.complexity, each.path))
    tiles = tuple(
        Tile(
            short(each.path),
            each.complexity,
            each.revisions / most,
            say(
                wording,
                "figure.hot",
                complexity=each.complexity,
                revisions=each.revisions,
            ),
        )
        for each in ranked
    )
    title = say(wording, "figure.hotspots")
    told = listed(wording, (f"{tile.label} {tile.detail}" for tile in tiles))
    return Figure(
        title,
        say(wording, "figure.alt", title=title, figures=told),
        Treemap(tiles, say(wording, "hotspots.complexity"), say(wording, "hotspots.revisions")),
        _hot_table(ranked, wording),
    )


def _hot_table(hot: Iterable[Hotspot], wording: Wording) -> Table:
    heads = ("unit", "revisions", "complexity")
    return Table(
        columns=tuple(say(wording, f"hotspots.{head}") for head in heads),
        rows=tuple(
            (Cell(each.path), Cell(str(each.revisions)), Cell(str(each.complexity)))
            for each in hot
        ),
        numeric=(1, 2),
    )
