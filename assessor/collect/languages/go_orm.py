"""What calls of GORM, xorm, bun, squirrel and MongoDB's driver do to tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.collect.languages.go_entities import Entities, bare
from assessor.collect.languages.go_folding import PREFIX
from assessor.collect.languages.go_meaning import named
from assessor.collect.languages.go_owners import Call, Calls, maker, struct_of, text_of
from assessor.collect.languages.go_relations import Relation
from assessor.collect.languages.go_table import Source, Type

_READ, _CREATE, _UPDATE, _DELETE = ("read",), ("create",), ("update",), ("delete",)
_GORM: Mapping[str, tuple[str, ...]] = {
    "Count": _READ, "Create": _CREATE, "CreateInBatches": _CREATE, "Delete": _DELETE,
    "Find": _READ, "FindInBatches": _READ, "First": _READ, "FirstOrCreate": ("create", "read"),
    "FirstOrInit": _READ, "Last": _READ, "Pluck": _READ, "Related": _READ, "Row": _READ,
    "Rows": _READ, "Save": ("create", "update"), "Scan": _READ, "Take": _READ,
    "Update": _UPDATE, "UpdateColumn": _UPDATE, "UpdateColumns": _UPDATE, "Updates": _UPDATE,
}  # fmt: skip
_XORM: Mapping[str, tuple[str, ...]] = {
    "Count": _READ, "Delete": _DELETE, "Exist": _READ, "Find": _READ, "FindAndCount": _READ,
    "Get": _READ, "Insert": _CREATE, "InsertOne": _CREATE, "Iterate": _READ, "Rows": _READ,
    "Update": _UPDATE,
}  # fmt: skip
_BUN: Mapping[str, tuple[str, ...]] = {
    "NewDelete": _DELETE, "NewInsert": _CREATE, "NewSelect": _READ, "NewUpdate": _UPDATE,
}  # fmt: skip
_MONGO: Mapping[str, tuple[str, ...]] = {
    "Aggregate": _READ, "CountDocuments": _READ, "DeleteMany": _DELETE, "DeleteOne": _DELETE,
    "Distinct": _READ, "EstimatedDocumentCount": _READ, "Find": _READ, "FindOne": _READ,
    "FindOneAndDelete": _DELETE, "FindOneAndReplace": _UPDATE, "FindOneAndUpdate": _UPDATE,
    "InsertMany": _CREATE, "InsertOne": _CREATE, "ReplaceOne": _UPDATE, "UpdateMany": _UPDATE,
    "UpdateOne": _UPDATE,
}  # fmt: skip
_SQUIRREL: Mapping[str, tuple[str, ...]] = {
    "CrossJoin": _READ, "Delete": _DELETE, "From": _READ, "InnerJoin": _READ, "Insert": _CREATE,
    "Into": _CREATE, "Join": _READ, "LeftJoin": _READ, "Replace": ("create", "update"),
    "RightJoin": _READ, "Table": _UPDATE, "Update": _UPDATE,
}  # fmt: skip
# Of GORM, those whose first argument is what is read into or stored, if nothing else says it.
_HOLDING = frozenset(_GORM) - {"Count", "Pluck", "Row", "Rows", "Scan", "Update", "UpdateColumn"}
_PIECE = re.compile(
    r"\s*([\w$.\"`\[\]]+)\s*(?:\s+(?:as\s+)?\w+\s*)?(?:\s+on\b.*)?", re.IGNORECASE | re.DOTALL
)
_GROUP = re.compile(r"\([^()]*\)")
_DEEPEST = 12  # brackets within brackets
_AGAIN = re.compile(
    r"\bon\s+(?:conflict\b.*\bdo\s+update|duplicate\s+key\s+update)", re.IGNORECASE | re.DOTALL
)
_LINKS: Mapping[str, tuple[str, ...]] = {
    "Append": _CREATE, "Clear": _DELETE, "Count": _READ, "Delete": _DELETE, "Find": _READ,
    "Replace": ("create", "delete"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """A unit does something to a table. place: the file of the line, if that is another one."""

    source: Source
    line: int
    table: str
    operation: str
    place: Source | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A table that the file does not tell; reason and text as in `data.unread`."""

    source: Source
    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class _World:
    """What all calls are looked at with. links: (struct, field) -> the relation."""

    calls: Calls
    found: Entities
    links: Mapping[tuple[int, str], Relation]


def accesses(
    calls: Calls, found: Entities, every: Sequence[Relation]
) -> Iterator[Access | Unread]:
    """What is done to tables by calls of builders and mappers."""
    links = {(each.owner.number, each.field): each for each in every}
    world = _World(calls, found, links)
    for call in calls.every:
        short = call.owner.partition(".")[0]
        if short == "squirrel":
            yield from _of_builder(world, call)
        else:
            for table, operation in _of_call(world, call, short):
                yield Access(call.source, call.line, table, operation)


def _of_call(world: _World, call: Call, short: str) -> Iterator[tuple[str, str]]:
    if call.owner == "gorm.DB":
        yield from _of_gorm(world, call)
    elif call.owner == "gorm.Association":
        yield from _of_link(world, call)
    elif short == "xorm":
        yield from _with(_XORM.get(call.name, ()), _table(world, call, holding=True))
    elif short == "bun" and call.name == "Model":
        verbs = [one.name for one in _made_by(world, call) if one.name in _BUN]
        yield from _with(_BUN[verbs[-1]] if verbs else (), _of_struct(world, call))
    elif call.owner == "mongo.Collection" and call.name in _MONGO:
        made = maker(world.calls, call, frozenset({"Collection"}))
        text = text_of(world.calls.project, made.source, made.given[0]) if made else None
        yield from _with(_MONGO[call.name], bare(text) if text and "{" not in text else "")


def _with(operations: Sequence[str], table: str) -> Iterator[tuple[str, str]]:
    return ((table, operation) for operation in operations if table)


def _made_by(world: _World, call: Call) -> list[Call]:
    """The noted calls that the receiver was made by, the first one first."""
    known = world.calls.by_number[call.source]
    return [known[number] for number in call.marked if number in known]


def _of_gorm(world: _World, call: Call) -> Iterator[tuple[str, str]]:
    if call.name in {"Preload", "Joins"}:
        yield from _with(_READ, _named_field(world, call))
    elif call.name in _GORM and "|.Raw|" not in call.before:  # else the statement says it
        table = _table(world, call, holding=call.name in _HOLDING)
        yield from _with(_GORM[call.name], table)


def _table(world: _World, call: Call, *, holding: bool) -> str:
    """The table that a call is about: by `Table`, by `Model`, by what it is given.

    holding: the first argument is of the stored type, unless something else was said.
    """
    made = _made_by(world, call)
    named_by = [one for one in made if one.name == "Table" and one.given]
    if named_by:
        text = text_of(world.calls.project, call.source, named_by[-1].given[0]) or "{"
        match = _PIECE.fullmatch(" ".join(text.replace(PREFIX, "").split()))
        return bare(match[1]) if match and "{" not in text.replace(PREFIX, "") else ""
    models = [one for one in made if one.name == "Model" and one.given]
    if models and not (call.name == "Related" and call.given):
        return _of_struct(world, models[-1])
    return _of_struct(world, call) if holding else ""


def _of_struct(world: _World, call: Call) -> str:
    """The table of the struct that a call is given first."""
    given = call.given[0] if call.given else ""
    type_ = struct_of(world.calls.project, call.source, given)
    return _stored(world, type_)


def _stored(world: _World, type_: Type | None) -> str:
    """The table of a struct; one that takes in a stored struct has its table."""
    if type_ is None:
        return ""
    stored = world.found.stored.get(type_.number)
    if stored is not None:
        return stored.table
    inner = (named(world.calls.project, type_.source, text) for text in type_.embeds)
    found = (world.found.stored.get(one.number) for one in inner if one is not None)
    tables = {one.table for one in found if one is not None}
    return tables.pop() if len(tables) == 1 else ""


def _holder(world: _World, call: Call) -> Type | None:
    """The struct that a chain of calls is about."""
    models = [one for one in _made_by(world, call) if one.name == "Model" and one.given]
    return struct_of(world.calls.project, call.source, models[-1].given[0]) if models else None


def _named_field(world: _World, call: Call) -> str:
    """The table that `Preload("Field")` reads, where only one stored struct has such a relation,
    or the one that the chain is about.
    """
    text = text_of(world.calls.project, call.source, call.given[0]) if call.given else None
    last = (text or "").rpartition(".")[2]
    if not last.isidentifier():
        return ""
    holder = _holder(world, call)
    own = world.links.get((holder.number, last)) if holder is not None else None
    if own is not None:
        return own.target.table
    tables = {each.target.table for (_, field), each in world.links.items() if field == last}
    return tables.pop() if len(tables) == 1 else ""


def _of_link(world: _World, call: Call) -> Iterator[tuple[str, str]]:
    """`db.Model(&user).Association("Roles").Append(…)`: the table between, or the other one."""
    made = [one for one in _made_by(world, call) if one.name == "Association" and one.given]
    holder = _holder(world, call)
    text = text_of(world.calls.project, call.source, made[-1].given[0]) if made else None
    link = world.links.get((holder.number, text)) if holder is not None and text else None
    if link is None or call.name not in _LINKS:
        return
    if _LINKS[call.name] == _READ:
        yield from _with(_READ, link.target.table)
    elif link.through:
        yield from _with(_LINKS[call.name], link.through)
    else:
        owner = _stored(world, link.owner)
        yield from _with(_UPDATE, owner if link.foreign_key else link.target.table)


def _of_builder(world: _World, call: Call) -> Iterator[Access | Unread]:
    """A part of a statement that squirrel puts together."""
    if call.name == "Suffix":
        yield from _again(world, call)
        return
    operations = _SQUIRREL.get(call.name, ())
    if not operations or not call.given or (call.name == "From" and "|.Delete|" in call.before):
        operations = _DELETE if operations and call.given else ()
    text = text_of(world.calls.project, call.source, call.given[0]) if call.given else None
    if not operations or text == "" or (text is None and _is_statement(call)):
        return
    tables = _tables(text or "{")
    if tables is None:
        shown = f"{call.name}({call.given[0].partition(chr(9))[2] or text or ''})"
        yield Unread(call.source, call.line, "dynamic", shown)
    for table in tables or ():
        yield from (Access(call.source, call.line, table, one) for one in operations)


def _is_statement(call: Call) -> bool:
    """The argument is no name of a table: a statement within, a condition."""
    return call.given[0].partition("\t")[2] in {"nil", ""}


def _tables(text: str) -> list[str] | None:
    """The tables of `a`, `a AS b`, `a AS b ON …`; None where they are not known."""
    whole = " ".join(text.replace(PREFIX, "").split())
    for _ in range(_DEEPEST):
        whole = _GROUP.sub("\0", whole)  # what statements within read is told by their own text
    head = re.split(r"\bon\b|\busing\b", whole, maxsplit=1, flags=re.IGNORECASE)[0]
    parts = [_PIECE.fullmatch(part) for part in head.split(",") if "\0" not in part]
    names = [bare(part[1]) for part in parts if part]
    return names if len(names) == len(parts) and "{" not in head else None


def _again(world: _World, call: Call) -> Iterator[Access]:
    """`Insert("a").Suffix("ON CONFLICT … DO UPDATE …")`"""
    text = text_of(world.calls.project, call.source, call.given[0]) if call.given else None
    made = [one for one in _made_by(world, call) if one.name == "Insert" and one.given]
    if text and made and _AGAIN.search(text):
        into = text_of(world.calls.project, call.source, made[-1].given[0])
        for table in _tables(into or "{") or ():
            yield Access(call.source, call.line, table, "update")
