"""The section about data: tables and who uses them, what leads across services, endpoints."""

from collections import Counter
from collections.abc import Iterable, Mapping

from assessor.model import assessment as doc
from assessor.model.data import EntityRelation, TableUse
from assessor.model.partition import homes
from assessor.model.view import Block, Cell, Section, Sentence, Table, Tone
from assessor.report.crud import crud
from assessor.report.defined import joined_blocks, schema_blocks
from assessor.report.wording import NOTHING, Wording, joined, place, say, short, shown_of

MOST = 12
_FEW = 3


def stored(assessment: doc.Assessment, wording: Wording, *, most: int = MOST) -> Section:
    """What several services write, what leads across them, where requests come in."""
    found, home = assessment.data, homes(assessment.partition)
    if not found.tables and not found.endpoints:
        return Section("data", say(wording, "data.title"), ())
    used = [table for table in found.tables if table.used]
    several = [table for table in used if len(writers(table, home)) > 1]
    crossing = [each for each in found.relations if _crosses(each, home)]
    blocks: list[Block] = []
    if used:
        told = (
            say(wording, "data.told", tables=len(used), several=len(several)),
            say(wording, "data.crossing", crossing=len(crossing)) if crossing else "",
            say(wording, "data.unread", unread=found.unread) if found.unread else "",
        )
        tone: Tone = "fair" if several or found.unread else "plain"
        blocks.append(Sentence(joined(wording, told), tone))
    blocks += [
        block
        for block in (
            _several(several, home, wording, most=most),
            crud(used, home, wording, most=most),
            _relations(crossing, home, wording, most=most),
        )
        if block.rows
    ]
    blocks += joined_blocks(found, home, wording, most=most)
    blocks += schema_blocks(found, home, wording, most=most)
    ends = _endpoints(assessment, home, wording)
    blocks += [ends] if ends.rows else []
    return Section("data", say(wording, "data.title"), tuple(blocks))


def writers(table: TableUse, home: Mapping[str, str]) -> dict[str, list[str]]:
    """Service -> units of it that write the table; units of no service are left out."""
    found: dict[str, list[str]] = {}
    for access in table.accesses:
        if access.writes and access.unit in home:
            found.setdefault(home[access.unit], []).append(access.unit)
    return found


def _crosses(relation: EntityRelation, home: Mapping[str, str]) -> bool:
    a, b = home.get(relation.source_unit), home.get(relation.target_unit)
    return a is not None and b is not None and a != b


def _several(
    tables: Iterable[TableUse], home: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    """Tables that more than one service writes, those with most writers first."""
    ordered = sorted(tables, key=lambda table: (-len(writers(table, home)), table.table))
    rows = tuple(
        (
            Cell(table.table, "strong"),
            Cell(_units(writers(table, home), wording)),
            Cell(_readers(table, home)),
            Cell(place(table.accesses[0].path, line=table.accesses[0].line), "quiet"),
        )
        for table in ordered[:most]
    )
    heads = ("table", "written", "read", "place")
    note = shown_of(wording, len(rows), len(ordered))
    return Table(tuple(say(wording, f"data.{h}") for h in heads), rows, note=note, wide=(1,))


def _units(services: Mapping[str, list[str]], wording: Wording) -> str:
    parts = (
        f"{name} ({', '.join(short(unit) for unit in units[:_FEW])}{_more(units, wording)})"
        for name, units in sorted(services.items())
    )
    return "; ".join(parts)


def _more(units: list[str], wording: Wording) -> str:
    return say(wording, "data.more", count=len(units) - _FEW) if len(units) > _FEW else ""


def _readers(table: TableUse, home: Mapping[str, str]) -> str:
    names = {home[each.unit] for each in table.accesses if each.unit in home}
    others = sorted(names - writers(table, home).keys())
    return ", ".join(others) or NOTHING


def _relations(
    found: Iterable[EntityRelation], home: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    every = list(found)
    rows = tuple(
        (
            Cell(f"{each.source} ({home[each.source_unit]})"),
            Cell(f"{each.target} ({home[each.target_unit]})"),
            Cell(each.field),
            Cell(say(wording, f"data.{each.cardinality}")),
            Cell(place(each.source_unit, line=each.line), "quiet"),
        )
        for each in every[:most]
    )
    heads = ("from", "to", "field", "cardinality", "place")
    note = shown_of(wording, len(rows), len(every))
    return Table(tuple(say(wording, f"data.{h}") for h in heads), rows, note=note)


def _endpoints(assessment: doc.Assessment, home: Mapping[str, str], wording: Wording) -> Table:
    """How many endpoints each service answers, with some of them."""
    found = assessment.data.endpoints
    counts = Counter(home.get(each.unit, "") for each in found)
    rows = tuple(
        (
            Cell(name or say(wording, "data.nobody"), "strong"),
            Cell(str(count)),
            Cell(_examples(assessment, home, name), "quiet"),
        )
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
    heads = ("service", "endpoints", "examples")
    columns = tuple(say(wording, f"data.{head}") for head in heads)
    return Table(columns, rows, numeric=(1,), wide=(2,))


def _examples(assessment: doc.Assessment, home: Mapping[str, str], name: str) -> str:
    own = (each for each in assessment.data.endpoints if home.get(each.unit, "") == name)
    named = dict.fromkeys(f"{each.method} {each.path}" for each in own)
    return ", ".join(list(named)[:_FEW])
