"""What the schema says beside the code: tables only one of them knows, keys across services."""

from collections.abc import Iterable, Mapping, Sequence

from assessor.model.data import Data, ForeignKey, Join, TableUse
from assessor.model.view import Block, Cell, Sentence, Table
from assessor.report.wording import NOTHING, Wording, joined, place, say, shown_of

_FEW = 3
# What databases tell of themselves; no migration makes it.
_OF_DATABASES = ("information_schema.", "pg_", "sys.", "mysql.", "sqlite_", "performance_schema.")


def schema_blocks(
    found: Data, home: Mapping[str, str], wording: Wording, *, most: int
) -> tuple[Block, ...]:
    """Nothing where no schema was found."""
    known = [table for table in found.tables if table.definition is not None]
    if not known:
        return ()
    owners = {table.table: owner(table, home) for table in found.tables}
    crossing = [each for each in found.foreign_keys if _crosses(each, owners)]
    unused, undefined = untouched(found), undeclared(found)
    tools = ", ".join(sorted({table.definition.tool for table in known if table.definition}))
    keys = len(found.foreign_keys)
    figures = (
        ("partly" if _is_partial(found) else "told", {"tables": len(known), "tools": tools}),
        ("untouched", {"unused": len(unused)} if unused else {}),
        ("undeclared", {"undefined": len(undefined)} if undefined else {}),
        ("keys", {"keys": keys, "crossing": len(crossing)} if keys else {}),
    )
    told = joined(wording, (say(wording, f"data.schema.{k}", **v) for k, v in figures if v))
    tables = (
        _keys(crossing, owners, wording, most=most),
        _untouched(unused, wording, most=most),
        _undeclared(undefined, wording, most=most),
    )
    return (Sentence(told), *(table for table in tables if table.rows))


def joined_blocks(
    found: Data, home: Mapping[str, str], wording: Wording, *, most: int
) -> tuple[Block, ...]:
    """Tables of two services that one statement names; nothing where there are none."""
    owners = {table.table: owner(table, home) for table in found.tables}
    pairs: dict[tuple[str, str], list[Join]] = {}
    for each in found.joins:
        a, b = owners.get(each.source, ""), owners.get(each.target, "")
        if a and b and a != b:
            pairs.setdefault((each.source, each.target), []).append(each)
    ordered = sorted(pairs, key=lambda pair: (-sum(j.count for j in pairs[pair]), pair))
    rows = tuple(
        (
            Cell(f"{a} ({owners[a]})"),
            Cell(f"{b} ({owners[b]})"),
            Cell(str(sum(each.count for each in pairs[a, b]))),
            Cell(place(first.path, line=first.line), "quiet"),
        )
        for a, b in ordered[:most]
        if (first := min(pairs[a, b], key=lambda each: (each.path, each.line)))
    )
    note = shown_of(wording, len(rows), len(ordered))
    heads = tuple(say(wording, f"data.join.{h}") for h in ("one", "other", "count", "place"))
    return (Table(heads, rows, note=note, numeric=(2,)),) if rows else ()


def _is_partial(found: Data) -> bool:
    """Whether the migrations begin with tables that they do not make."""
    return any(t.definition is not None and t.definition.partial for t in found.tables)


def owner(table: TableUse, home: Mapping[str, str]) -> str:
    """The service that writes the table, else the one that maps it; "" = none, or not only one."""
    writing = {home[each.unit] for each in table.accesses if each.writes and each.unit in home}
    mapping = {home[unit] for unit in table.mapped if unit in home}
    found = writing if len(writing) == 1 else mapping
    return next(iter(found)) if len(found) == 1 else ""


def untouched(found: Data) -> list[TableUse]:
    """Tables of the schema that no code touches, neither by itself nor by a view or a relation.

    Nothing where the code was not seen to touch any table.
    """
    if not any(table.used for table in found.tables):
        return []
    seen = {
        name
        for table in found.tables
        if table.definition is not None and table.used
        for name in table.definition.reads
    }
    between = _between(found)
    return [
        table
        for table in found.tables
        if table.definition is not None
        and not table.definition.view
        and not table.used
        and table.table not in seen | between
    ]


def _between(found: Data) -> set[str]:
    """Tables that stand between two entities of which one leads to many of the other."""
    stored = {name: table.table for table in found.tables for name in table.entities}
    pairs = {
        frozenset((stored.get(each.source, ""), stored.get(each.target, "")))
        for each in found.relations
        if each.cardinality == "many-to-many"
    }
    leads: dict[str, set[str]] = {}
    for key in found.foreign_keys:
        leads.setdefault(key.source, set()).add(key.target)
    return {name for name, targets in leads.items() if frozenset(targets) in pairs}


def undeclared(found: Data) -> list[TableUse]:
    """Tables that code touches and that the schema does not have; nothing without a whole one.

    Without those of the database itself.
    """
    if _is_partial(found) or not any(table.definition is not None for table in found.tables):
        return []
    return [
        table
        for table in found.tables
        if table.used and table.definition is None and not table.table.startswith(_OF_DATABASES)
    ]


def _crosses(key: ForeignKey, owners: Mapping[str, str]) -> bool:
    a, b = owners.get(key.source, ""), owners.get(key.target, "")
    return bool(a and b) and a != b


def _keys(
    found: Sequence[ForeignKey], owners: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    rows = tuple(
        (
            Cell(f"{each.source} ({owners[each.source]})"),
            Cell(f"{each.target} ({owners[each.target]})"),
            Cell(", ".join(each.columns) or NOTHING),
            Cell(place(each.path, line=each.line), "quiet"),
        )
        for each in found[:most]
    )
    note = shown_of(wording, len(rows), len(found))
    return Table(_heads(wording, "key", "leads", "columns", "place"), rows, note=note)


def _untouched(found: Sequence[TableUse], wording: Wording, *, most: int) -> Table:
    rows = tuple(
        (
            Cell(table.table, "strong"),
            Cell(str(len(said.columns)) if said.columns and not said.partial else NOTHING),
            Cell(said.tool),
            Cell(place(said.path, line=said.line), "quiet"),
        )
        for table in found[:most]
        if (said := table.definition) is not None
    )
    note = shown_of(wording, len(rows), len(found))
    heads = _heads(wording, "unused", "columns", "tool", "place")
    return Table(heads, rows, note=note, numeric=(1,))


def _undeclared(found: Sequence[TableUse], wording: Wording, *, most: int) -> Table:
    rows = tuple(
        (
            Cell(table.table, "strong"),
            Cell(", ".join(table.entities[:_FEW]) or NOTHING),
            Cell(_seen(table), "quiet"),
        )
        for table in found[:most]
    )
    note = shown_of(wording, len(rows), len(found))
    heads = (*_heads(wording, "undefined", "entity"), say(wording, "data.place"))
    return Table(heads, rows, note=note)


def _seen(table: TableUse) -> str:
    if table.accesses:
        return place(table.accesses[0].path, line=table.accesses[0].line)
    return table.mapped[0] if table.mapped else NOTHING


def _heads(wording: Wording, *names: str) -> tuple[str, ...]:
    keys: Iterable[str] = (f"data.schema.{name}" for name in names)
    return tuple(say(wording, key) for key in keys)
