"""One page on each proposed service: how firm it is, its neighbours, where it lives, its ties."""

from collections import Counter
from collections.abc import Iterable

from assessor.model import assessment as doc
from assessor.model.partition import homes
from assessor.model.view import Block, Cell, Section, Sentence, Table
from assessor.report import judgement
from assessor.report.coupled import graded
from assessor.report.figures import anchor, hottest
from assessor.report.wording import Wording, listed, named, place, say, share, short

UNITS, NEIGHBOURS, FOLDERS, TIES, HOT = 14, 8, 6, 6, 5


def sections(assessment: doc.Assessment, wording: Wording) -> tuple[Section, ...]:
    """A section for each service, in the order of the cut; none where nothing is cut."""
    cut = assessment.partition
    if cut is None or len(cut.services) < 2:  # noqa: PLR2004 - one service is no proposal
        return ()
    return tuple(
        _page(service, assessment, wording=wording, at=at)
        for at, service in enumerate(cut.services)
    )


def _page(
    service: doc.Service, assessment: doc.Assessment, *, wording: Wording, at: int
) -> Section:
    said, tone = judgement.service(service, assessment.coupling.services, wording=wording)
    quality = service.quality
    size = say(wording, "service.size", units=quality.size, lines=f"{quality.code_lines:,}")
    tables = (
        _neighbours(service, assessment, wording=wording),
        _folders(service, wording),
        _units(service, assessment, wording=wording),
        _ties(service, assessment, wording=wording),
        _hot(service, assessment, wording=wording),
    )
    blocks: list[Block] = [Sentence(size), Sentence(said, tone)]
    for head, table in tables:
        if table.rows:
            title = say(wording, head, most=len(assessment.coupling.strongest))
            blocks += [Sentence(title, "strong"), table]
    return Section(anchor(at), service.name, tuple(blocks), page=True)


def _table(
    wording: Wording,
    heads: Iterable[str],
    *,
    rows: Iterable[tuple[Cell, ...]],
    numeric: tuple[int, ...] = (),
    note: str = "",
    wide: tuple[int, ...] = (),
) -> Table:
    columns = tuple(say(wording, head) for head in heads)
    return Table(columns, tuple(rows), numeric=numeric, note=note, wide=wide)


def _neighbours(
    service: doc.Service, assessment: doc.Assessment, *, wording: Wording
) -> tuple[str, Table]:
    """References to and from each other service, most first, with the first place of each."""
    uses = {t.target: t for t in assessment.coupling.services if t.source == service.name}
    used = {t.source: t for t in assessment.coupling.services if t.target == service.name}
    counts = {
        name: sum(found[name].references for found in (uses, used) if name in found)
        for name in {*uses, *used}
    }
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    rows = [
        (
            Cell(name, "strong"),
            _count(uses.get(name)),
            _count(used.get(name)),
            Cell(_first(uses.get(name) or used.get(name)), "quiet"),
        )
        for name in ranked[:NEIGHBOURS]
    ]
    heads = ("service.neighbour", "service.uses", "service.used", "ties.first")
    note = _more(wording, len(ranked), shown=NEIGHBOURS)
    return "service.neighbours", _table(
        wording, heads, rows=rows, numeric=(1, 2), note=note, wide=(3,)
    )


def _count(tie: doc.ServiceTie | None) -> Cell:
    return Cell(str(tie.references)) if tie else Cell("–", "quiet")


def _first(tie: doc.ServiceTie | None) -> str:
    return place(tie.path, line=tie.line) if tie else "–"


def _more(wording: Wording, total: int, *, shown: int) -> str:
    return say(wording, "service.more", shown=shown, total=total) if total > shown else ""


def _folders(service: doc.Service, wording: Wording) -> tuple[str, Table]:
    """The folders that its units come from, most units first."""
    counts = Counter(unit.rpartition("/")[0] or "." for unit in service.units)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        (
            Cell(folder),
            Cell(str(n)),
            Cell(share(n / len(service.units)), bar=n / len(service.units)),
        )
        for folder, n in ranked[:FOLDERS]
    ]
    heads = ("service.folder", "services.units", "service.share")
    note = _more(wording, len(ranked), shown=FOLDERS)
    return "service.folders", _table(wording, heads, rows=rows, numeric=(1,), note=note, wide=(0,))


def _units(
    service: doc.Service, assessment: doc.Assessment, *, wording: Wording
) -> tuple[str, Table]:
    """Its units, least certain first: those are the ones to look at."""
    sure = assessment.partition.confidence if assessment.partition else {}
    ranked = sorted(service.units, key=lambda unit: (sure.get(unit, 1.0), unit))
    rows = [
        (
            Cell(unit),
            Cell(share(sure.get(unit)), graded(sure.get(unit)), bar=sure.get(unit)),
        )
        for unit in ranked[:UNITS]
    ]
    note = _more(wording, len(ranked), shown=UNITS)
    heads = ("shared.unit", "services.confidence")
    return "service.units", _table(wording, heads, rows=rows, note=note, wide=(0,))


def _ties(
    service: doc.Service, assessment: doc.Assessment, *, wording: Wording
) -> tuple[str, Table]:
    """The strongest pairs of units that the border of the service would part."""
    mine = set(service.units)
    home = homes(assessment.partition)
    cut = [
        tie
        for tie in assessment.coupling.strongest
        if (tie.a in mine) != (tie.b in mine) and tie.a in home and tie.b in home
    ]
    rows = []
    for tie in cut[:TIES]:
        inner, outer = (tie.a, tie.b) if tie.a in mine else (tie.b, tie.a)
        views = sorted(tie.shares.items(), key=lambda item: (-item[1], item[0]))
        told = listed(wording, (f"{named(wording, 'view', v)} {share(part)}" for v, part in views))
        rows.append(
            (
                Cell(short(inner)),
                Cell(short(outer)),
                Cell(home[outer], "strong"),
                Cell(told, "quiet"),
            )
        )
    heads = ("service.inner", "service.outer", "services.name", "service.by")
    return "service.ties", _table(wording, heads, rows=rows, wide=(3,))


def _hot(
    service: doc.Service, assessment: doc.Assessment, *, wording: Wording
) -> tuple[str, Table]:
    mine = set(service.units)
    hot = [each for each in hottest(assessment) if each.path in mine][:HOT]
    rows = [(Cell(short(h.path)), Cell(str(h.revisions)), Cell(str(h.complexity))) for h in hot]
    heads = ("hotspots.unit", "hotspots.revisions", "hotspots.complexity")
    return "service.hot", _table(wording, heads, rows=rows, numeric=(1, 2), wide=(0,))
