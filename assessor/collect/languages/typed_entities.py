"""Classes that are stored, their tables, and the fields that lead from one to another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_exposed import HOME, TABLES, default_name
from assessor.collect.languages.typed_marks import (
    JPA,
    MYBATIS_PLUS,
    Noted,
    class_named,
    imported_from,
    literal,
)
from assessor.collect.languages.typed_table import Table, Type, lineage, named, nearest, qualified
from assessor.collect.languages.typed_text import erased, last_argument

_CARDINALITY: Mapping[str, str] = {
    "OneToOne": "one-to-one",
    "OneToMany": "one-to-many",
    "ManyToOne": "many-to-one",
    "ManyToMany": "many-to-many",
}
_STORES = frozenset({"Entity", "Document", "Table", "TableName", *TABLES})
_MORE = frozenset({"SecondaryTable", "JoinTable", "CollectionTable"})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ACCESSOR = re.compile(r"(?:get|is)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Stored:
    """A class that is stored: its name in queries, its table ("" = not known), the place."""

    type: Type
    name: str
    table: str
    framework: str
    line: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A field that leads from a stored class to another one."""

    source: Stored | Type
    target: Stored
    field: str
    cardinality: str
    foreign_key: bool
    owner: Type
    line: int


@dataclass(frozen=True, slots=True)
class Entities:
    """All stored classes: by class, and by lower name in queries.

    more: a row for each further table of a class. tables: all their names. behind: interface or
    class without a table -> the only stored class that is one; implied: the same by full name.
    """

    stored: Mapping[Type, Stored]
    names: Mapping[str, tuple[Stored, ...]]
    more: tuple[Stored, ...]
    tables: frozenset[str]
    behind: Mapping[Type, Stored]
    implied: Mapping[str, Stored]


def entities(table: Table, noted: Sequence[Noted], settings: Sequence[Extracted]) -> Entities:
    """The stored classes of the project. noted: all annotations of storage."""
    at_class: dict[Type, dict[str, Noted]] = {}
    for mark in noted:
        if not mark.member:
            at_class.setdefault(mark.owner, {}).setdefault(mark.kind, mark)
    stored = _mapped(table, settings)
    for type_, marks in at_class.items():
        if type_ not in stored and not marks.keys().isdisjoint(_STORES):
            stored[type_] = _stored(table, type_, marks, all_marks=at_class)
    for type_ in kept_by_mappers(table):
        stored.setdefault(type_, by_mapper(type_, _line(type_)))
    names: dict[str, list[Stored]] = {}
    for each in stored.values():
        names.setdefault(each.name.lower(), []).append(each)
    more = tuple(_further(noted, stored))
    tables = frozenset(each.table for each in (*stored.values(), *more) if each.table)
    by_name = {name: tuple(found) for name, found in names.items()}
    behind = _behind(table, stored)
    implied = {type_.qualified.lower(): each for type_, each in behind.items()}
    return Entities(stored, by_name, more, tables, behind, implied)


def _behind(table: Table, stored: Mapping[Type, Stored]) -> dict[Type, Stored]:
    """What an interface stands for, where one stored class implements it, or one has its table."""
    below: dict[Type, set[Stored]] = {}
    for each in stored.values():
        for above in lineage(table, each.type)[1:]:
            if above in stored:
                break
            below.setdefault(above, set()).add(each)
    return {above: next(iter(found)) for above, found in below.items() if len(found) == 1}


def _mapped(table: Table, settings: Iterable[Extracted]) -> dict[Type, Stored]:
    """Classes that XML maps to tables."""
    found: dict[Type, Stored] = {}
    for each in sorted(settings, key=lambda item: item.file.path):
        rows = cast("dict[str, list[str]]", each.facts).get("classes", [])
        for name, written in zip(rows[::3], rows[1::3], strict=True):
            owner = table.tops.get(name)
            type_ = qualified(table, name, owner[0].source) if owner else None
            if type_ is not None:
                line = _line(type_)
                stored = Stored(
                    type_, type_.name, written or type_.name.lower(), "hibernate", line
                )
                found.setdefault(type_, stored)
    return found


def _line(type_: Type) -> int:
    return type_.source.facts["scopes"][type_.source.types.index(type_)]["line"]


def _stored(
    table: Table,
    type_: Type,
    marks: Mapping[str, Noted],
    *,
    all_marks: Mapping[Type, Mapping[str, Noted]],
) -> Stored:
    entity, mark = marks.get("Entity"), marks.get("Table")
    if entity is None and "Document" in marks:
        document = marks["Document"]
        given = document.arguments.get("collection") or document.arguments.get("value")
        name = literal(given) if given else type_.name[:1].lower() + type_.name[1:]
        return Stored(type_, type_.name, (name or "").lower(), "mongodb", document.line)
    for each in marks.values():
        if each.package.startswith(HOME):
            given = literal(each.arguments.get("name") or each.arguments.get("value", ""))
            name = (given or default_name(type_.name)).lower()
            return Stored(type_, type_.name, name, "exposed", each.line)
    if entity is None and "TableName" in marks:
        return by_mapper(type_, marks["TableName"].line, given=marks["TableName"].arguments)
    if entity is None and mark is not None and mark.package not in JPA:
        given = mark.arguments.get("name") or mark.arguments.get("value")
        name = literal(given) if given else _HUMP.sub("_", type_.name)
        return Stored(type_, type_.name, (name or "").lower(), "spring-data", mark.line)
    first = entity or marks["Table"]
    called = literal(first.arguments["name"]) if entity and "name" in first.arguments else None
    name = called or type_.name
    above = _parent_table(table, type_, all_marks) if mark is None else None
    return Stored(
        type_, name, above if above is not None else _table(mark, name), "jpa", first.line
    )


def by_mapper(type_: Type, line: int, *, given: Mapping[str, str] | None = None) -> Stored:
    """A class of MyBatis-Plus: `line_item` for LineItem where nothing else is given."""
    given = given or {}
    name = given.get("value")
    table = literal(name) if name else _HUMP.sub("_", type_.name)
    schema = literal(given["schema"]) if "schema" in given else ""
    full = f"{schema}.{table}" if schema and table else table or ""
    return Stored(type_, type_.name, full.lower().replace("`", ""), "mybatis-plus", line)


def kept_by_mappers(table: Table) -> Iterator[Type]:
    """The classes that mappers of MyBatis-Plus store, whether they say so themselves or not."""
    for source in table.sources:
        for mapper in source.types:
            for written in mapper.supers_written:
                if written.startswith("BaseMapper<") and mapper.outer is not None:
                    packages = imported_from(source, "BaseMapper")
                    type_ = named(table, mapper, erased(last_argument(written)))
                    known = any(each.startswith(MYBATIS_PLUS) for each in packages)
                    if known and type_ is not None:
                        yield type_


def _parent_table(
    table: Table, type_: Type, all_marks: Mapping[Type, Mapping[str, Noted]]
) -> str | None:
    """The table of the topmost entity above, if all classes below share it."""
    above = [each for each in lineage(table, type_)[1:] if "Entity" in all_marks.get(each, {})]
    if not above:
        return None
    marks = all_marks[above[-1]]
    strategy = marks["Inheritance"].arguments if "Inheritance" in marks else {}
    if any("JOINED" in text or "PER_CLASS" in text for text in strategy.values()):
        return None
    return _stored(table, above[-1], marks, all_marks={}).table


def _table(mark: Noted | None, name: str) -> str:
    """Lower case, with its schema; "" where only the running program knows."""
    given = mark.arguments if mark is not None else {}
    table = literal(given["name"]) if "name" in given else name
    schema = literal(given["schema"]) if "schema" in given else ""
    if not table or "${" in table:
        return ""
    full = f"{schema}.{table}" if schema else table
    return full.lower().translate({ord(letter): None for letter in '`"[]\\'})


def _further(noted: Iterable[Noted], stored: Mapping[Type, Stored]) -> Iterator[Stored]:
    """Tables that a class has besides its own: secondary ones, those of joins and collections."""
    for mark in noted:
        owner = stored.get(mark.owner)
        name = _table(mark, "") if mark.kind in _MORE else ""
        if owner is not None and name and name != owner.table:
            yield Stored(owner.type, owner.name, name, owner.framework, mark.line)


def entity_of(table: Table, found: Entities, type_: Type | None) -> Stored | None:
    """The stored class that an object of a type is: its own, the nearest above, the only one."""
    line = lineage(table, type_) if type_ is not None else ()
    own = next((found.stored[each] for each in line if each in found.stored), None)
    return own or (found.behind.get(type_) if type_ is not None else None)


def entity_named(found: Entities, name: str, scope: Type) -> Stored | None:
    """The stored class that a query calls by a name, in lower case, perhaps with its package."""
    held = found.names.get(name) or found.names.get(name.rpartition(".")[2])
    if not held:
        return found.implied.get(name)
    if len(held) == 1:
        return held[0]
    near = nearest([each.type for each in held], scope.source)
    return next(each for each in held if each.type is near)


def relations(table: Table, noted: Iterable[Noted], found: Entities) -> Iterator[Relation]:
    """All fields that lead to a stored class; the source may be a class that others extend."""
    for mark in noted:
        cardinality = _CARDINALITY.get(mark.kind, "")
        target = _target(table, mark, found) if cardinality and mark.member else None
        if target is not None:
            holds = "mappedBy" not in mark.arguments and cardinality.endswith("to-one")
            source = found.stored.get(mark.owner, mark.owner)
            yield Relation(
                source, target, _field(mark.member), cardinality, holds, mark.owner, mark.line
            )


def _target(table: Table, mark: Noted, found: Entities) -> Stored | None:
    given = class_named(mark.arguments.get("targetEntity", ""))
    written = given or (last_argument(mark.type) or mark.type).rstrip("?")
    return (
        found.stored.get(type_) if (type_ := named(table, mark.owner, erased(written))) else None
    )


def _field(member: str) -> str:
    """The field of an accessor: `getOwner` is `owner`."""
    bare = _ACCESSOR.sub("", member, count=1)
    return member if bare == member else bare[:1].lower() + bare[1:]
