"""The section about people: who knows each service, and what else ties units in people's work."""

from collections.abc import Mapping

from assessor.model import assessment as doc
from assessor.model.history import ServicePast
from assessor.model.partition import homes
from assessor.model.view import Block, Cell, Section, Sentence, Table
from assessor.report.wording import NOTHING, Wording, joined, say, share, short

MOST = 12
YEAR = 365  # days


def people(assessment: doc.Assessment, wording: Wording, *, most: int = MOST) -> Section:
    """Who knows the services, how old the code is, what issues and sittings tie."""
    past, title = assessment.history, say(wording, "people.title")
    if past.age is None or past.stale is None:
        return Section("people", title, ())
    told = _told(past.age, past.stale, wording, pairs=past.logical_total)
    tables = (_services(past.people, wording), _logical(assessment, wording, most=most))
    blocks: list[Block] = [Sentence(told)]
    return Section("people", title, (*blocks, *(table for table in tables if table.rows)))


def _told(age: float, stale: float, wording: Wording, *, pairs: int) -> str:
    """Pairs only where there are some; an age of a year and more in years too."""
    key = "people.told.years" if age >= YEAR else "people.told"
    figures = {"age": f"{round(age):,}", "years": f"{age / YEAR:.1f}", "stale": share(stale)}
    tied = say(wording, "people.told.pairs", pairs=pairs) if pairs else ""
    return joined(wording, (say(wording, key, **figures), tied))


def _services(found: tuple[ServicePast, ...], wording: Wording) -> Table:
    """The services, those first that rest on the fewest people."""
    rows = tuple(
        (
            Cell(each.service, "strong"),
            Cell(str(each.authors)),
            Cell(str(each.needed)),
            Cell(share(each.alone)),
            Cell(share(each.orphaned)),
            Cell(_closest(each.shared)),
        )
        for each in sorted(found, key=lambda each: (each.needed, each.service))
    )
    heads = ("service", "authors", "needed", "alone", "orphaned", "closest")
    columns = tuple(say(wording, f"people.{head}") for head in heads)
    note = say(wording, "people.note")
    return Table(columns, rows, numeric=(1, 2, 3, 4), note=note)


def _closest(shared: Mapping[str, float]) -> str:
    """The service that most of the same people work on, and how alike the two are."""
    if not shared:
        return NOTHING
    name = min(shared, key=lambda other: (-shared[other], other))
    return f"{name} ({share(shared[name])})"


def _logical(assessment: doc.Assessment, wording: Wording, *, most: int) -> Table:
    """The strongest pairs; in which services they stand is seen at the cut as it is shown."""
    home = homes(assessment.partition)
    found = assessment.history.logical
    rows = tuple(
        (
            Cell(short(pair.a)),
            Cell(short(pair.b)),
            Cell(say(wording, f"people.{pair.group}")),
            Cell(str(pair.shared)),
            Cell(share(pair.degree)),
            Cell(_homes(pair.a, pair.b, home)),
        )
        for pair in found[:most]
    )
    heads = ("a", "b", "by", "shared", "degree", "services")
    columns = tuple(say(wording, f"people.{head}") for head in heads)
    total = assessment.history.logical_total
    note = say(wording, "people.pairs.note", shown=len(rows), total=total)
    return Table(columns, rows, numeric=(3, 4), note=note if len(rows) < total else "")


def _homes(a: str, b: str, home: Mapping[str, str]) -> str:
    names = [home.get(a, NOTHING), home.get(b, NOTHING)]
    return names[0] if names[0] == names[1] else " – ".join(names)
