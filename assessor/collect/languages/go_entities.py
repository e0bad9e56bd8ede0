"""Structs that are stored by GORM, xorm or bun, and their tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from assessor.collect.languages.go_libraries import library
from assessor.collect.languages.go_meaning import levels, named
from assessor.collect.languages.go_naming import plural, snake
from assessor.collect.languages.go_owners import Call, Calls, settled, struct_of
from assessor.collect.languages.go_table import Project, Source, Type, imports_of

# A struct is stored where it is the first argument of one of these, of a handle of the library.
_STORING: Mapping[str, frozenset[str]] = {
    "gorm": frozenset(
        {
            "AutoMigrate", "Create", "CreateInBatches", "Delete", "Find", "First",
            "FirstOrCreate", "FirstOrInit", "Last", "Model", "Save", "Take",
        }
    ),
    "xorm": frozenset({"Insert", "InsertOne", "Sync", "Sync2", "Update", "Delete"}),
}  # fmt: skip
_ABOVE = {"gorm.Model": "gorm", "bun.BaseModel": "bun", "ent.Schema": "ent"}  # what is embedded
_SEVERAL = frozenset({"AutoMigrate", "Sync", "Sync2"})  # that take more than one
_READING = frozenset({"Find", "First", "Last", "Take", "FirstOrInit"})
_KEYS = frozenset({"ID", "Id"})
_PRIMARY = re.compile(r"primary_?key|\bpk\b", re.IGNORECASE)
_ELSEWHERE = ("|.Model|", "|.Table|", "|.Raw|", "|.Joins|", "|.Select|")
Tags = Mapping[str, tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A struct that is stored. table: "" = only the running program knows it."""

    type: Type
    table: str
    framework: str
    line: int


@dataclass(frozen=True, slots=True)
class Entities:
    """All stored structs by the number of their type. tags: the same for fields of all structs,
    name -> line and tag. tables: all names of tables.
    """

    stored: Mapping[int, Stored]
    tags: Mapping[int, Tags]
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Naming:
    """How tables are named that nobody names. known: the project says so, or does as usual."""

    prefix: str = ""
    plural: bool = True
    known: bool = True


def entities(calls: Calls) -> Entities:
    """The stored structs of the project."""
    project = calls.project
    tags = dict(_tags(project))
    used = _used(calls, tags)
    bases = _bases(project, tags, used)
    naming, names = _naming(calls), _table_names(project)
    found: dict[int, Stored] = {}
    for type_ in project.types:
        framework = _framework(project, type_, tags.get(type_.number, {}), used=used, bases=bases)
        if framework:
            table = _table(project, type_, framework, naming=naming, names=names)
            found[type_.number] = Stored(type_, table, framework, line_of(type_))
    tables = frozenset(each.table for each in found.values() if each.table)
    return Entities(found, tags, tables)


def line_of(type_: Type) -> int:
    """The line of a type."""
    return cast("int", type_.source.facts["types"][type_.source.types.index(type_)][6])


def lines_of(type_: Type) -> dict[str, int]:
    """The line of each field with a name whose type is none of Go's own."""
    flat = type_.source.facts["fields"]
    rows = [
        (text, cast("int", line))
        for text, line in zip(flat[::2], flat[1::2], strict=True)
        if cast("int", line) >= line_of(type_)
    ]
    found: dict[str, int] = {}
    for field, text in type_.fields.items():
        at = next((place for place, row in enumerate(rows) if row[0] == text), None)
        if at is not None and text not in type_.embeds:
            found[field] = rows[at][1]
            rows = rows[at + 1 :]
    return found


def _tags(project: Project) -> Iterator[tuple[int, Tags]]:
    for source in project.sources:
        rows: dict[int, dict[str, tuple[int, dict[str, str]]]] = {}
        for number, field, line, tag in source.facts.get("tags", []):
            if cast("int", number) < len(source.types):
                one = rows.setdefault(cast("int", number), {})
                one[cast("str", field)] = (cast("int", line), cast("dict[str, str]", tag))
        for number, fields in rows.items():
            yield source.types[number].number, fields


def _used(calls: Calls, tags: Mapping[int, Tags]) -> dict[int, str]:
    """Number of a struct that is given to a library to be stored -> the library; and what its
    fields lead to, where tags say that this is stored as well.
    """
    found: dict[int, str] = {}
    for call in calls.every:
        short = call.owner.partition(".")[0]
        if call.name in _STORING.get(short, ()) and not _is_elsewhere(call):
            for argument in call.given if call.name in _SEVERAL else call.given[:1]:
                type_ = struct_of(calls.project, call.source, argument)
                if type_ is not None and type_.shape == "struct" and type_.name:
                    found.setdefault(type_.number, short)
    waiting = list(found)
    while waiting:
        type_ = calls.project.types[waiting.pop()]
        for inner in _fields(calls.project, type_, tags):
            if inner.number not in found:
                found[inner.number] = found[type_.number]
                waiting.append(inner.number)
    return found


def _fields(project: Project, type_: Type, tags: Mapping[int, Tags]) -> Iterator[Type]:
    """The tagged structs with a key that fields of a stored struct hold."""
    said = tags.get(type_.number, {})
    for field, text in type_.fields.items():
        inner = named(project, type_.source, text.removeprefix("[]"))
        marked = said.get(field, (0, {}))[1].get("gorm", "").lower()
        if inner is None or text in type_.embeds or "embedded" in marked or marked[:1] == "-":
            continue
        own = tags.get(inner.number, {})
        if any("gorm" in tag for _, tag in own.values()) and _has_key(project, inner, own):
            yield inner


def _is_elsewhere(call: Call) -> bool:
    """The call reads into something that need not be stored itself."""
    chain = f"{call.before}|"
    return call.name in _READING and any(step in chain for step in _ELSEWHERE)


def _bases(project: Project, tags: Mapping[int, Tags], used: Mapping[int, str]) -> set[int]:
    """Structs that only others take in, for the columns that all have."""
    found: set[int] = set()
    for type_ in project.types:
        for text in type_.embeds:
            inner = named(project, type_.source, text)
            if inner is not None and inner.number not in used:
                found.add(inner.number)
        for field, (_, tag) in tags.get(type_.number, {}).items():
            if "embedded" in tag.get("gorm", "").lower() and field in type_.fields:
                inner = named(project, type_.source, type_.fields[field])
                if inner is not None and inner.number not in used:
                    found.add(inner.number)
    return {number for number in found if "TableName" not in project.types[number].methods}


def _framework(
    project: Project, type_: Type, tags: Tags, *, used: Mapping[int, str], bases: set[int]
) -> str:
    """The library that stores a struct, "" for one that is not stored."""
    if type_.shape != "struct" or not type_.name or type_.number in bases:
        return ""
    if "bun" in tags.get("", (0, {}))[1]:
        return "bun"
    if type_.number in used:
        return used[type_.number]
    above = {_embedded(type_.source, text) for text in type_.embeds}
    stored_by = next((_ABOVE[name] for name in sorted(above & _ABOVE.keys())), "")
    if stored_by:
        return stored_by
    tagged = {key for _, tag in tags.values() for key in tag} & {"gorm", "xorm"}
    model = _is_model(project, type_, bases)
    stored = model or (not used and _has_key(project, type_, tags))
    return min(tagged) if tagged and stored else ""


def _embedded(source: Source, text: str) -> str:
    first, dot, last = text.partition(".")
    return f"{source.libraries.get(first, '')}.{last}" if dot else ""


def _is_model(project: Project, type_: Type, bases: set[int]) -> bool:
    """Whether the struct names its table, or takes in the columns that all tables have."""
    inner = [named(project, type_.source, text) for text in type_.embeds]
    return "TableName" in type_.methods or any(
        one is not None and one.number in bases for one in inner
    )


def _has_key(project: Project, type_: Type, tags: Tags) -> bool:
    """Whether the struct has a key, itself or by what it takes in."""
    inner = [named(project, type_.source, text) for text in type_.embeds]
    return any(_KEYS & one.fields.keys() for one in (type_, *inner) if one is not None) or any(
        _PRIMARY.search(text) for _, tag in tags.values() for text in tag.values()
    )


def _table_names(project: Project) -> dict[tuple[Source, str], str | None]:
    """File and receiver of a method `TableName` -> what it returns, None if that is no text."""
    return {
        (source, cast("str", receiver)): None
        if text is None
        else settled(project, source, cast("str", text))
        for source in project.sources
        for receiver, text, _ in source.facts.get("tables", [])
    }


def _table(
    project: Project,
    type_: Type,
    framework: str,
    *,
    naming: _Naming,
    names: Mapping[tuple[Source, str], str | None],
) -> str:
    """Lower case; "" where only the running program knows."""
    if framework == "bun":
        return _of_bun(type_)
    for level in levels(project, type_):
        for one, with_methods in level:
            if with_methods and "TableName" in one.methods:
                said = names.get((one.methods["TableName"][0].source, one.name)) or ""
                return "" if "{" in said else bare(said)
    if framework == "ent":  # an annotation may name it otherwise
        return "" if "Annotations" in type_.methods else plural(snake(type_.name))
    if framework == "xorm":
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type_.name).lower()
    if not naming.known:
        return ""
    name = snake(type_.name)
    return naming.prefix + (plural(name) if naming.plural else name)


def _of_bun(type_: Type) -> str:
    rows = type_.source.facts.get("tags", [])
    number = type_.source.types.index(type_)
    said = next((cast("dict[str, str]", row[3]) for row in rows if row[:2] == [number, ""]), {})
    match = re.search(r"table:([^,]+)", said.get("bun", ""))
    return bare(match[1]) if match else plural(snake(type_.name))


def bare(table: str) -> str:
    """The table in lower case, without quotes."""
    return re.sub(r"[\"`\[\]]", "", table).strip().lower()


def _naming(calls: Calls) -> _Naming:
    """What the project tells GORM of names; nothing is known where it tells by its settings."""
    found: set[_Naming] = set()
    for source in calls.project.sources:
        if source.test or "gorm" not in _imported(source):
            continue
        for _, _, type_, fields in source.facts.get("made", []):
            if str(type_).endswith("NamingStrategy"):
                found.add(_strategy(calls.project, source, cast("dict[str, str]", fields)))
    for call in calls.every:
        if call.name == "SingularTable" and call.owner == "gorm.DB" and not call.source.test:
            said = call.given[0].partition("\t")[2] if call.given else ""
            found.add(_Naming(plural=said != "true", known=said in {"true", "false"}))
    return found.pop() if len(found) == 1 else _Naming(known=not found)


def _strategy(project: Project, source: Source, fields: Mapping[str, str]) -> _Naming:
    prefix, singular = fields.get("TablePrefix", "'"), fields.get("SingularTable", "\tfalse")
    said = singular.partition("\t")[2]
    text = settled(project, source, prefix[1:]) if prefix[:1] == "'" else "{"
    known = "{" not in text and said in {"true", "false"}
    return _Naming(text if known else "", said != "true", known)


def _imported(source: Source) -> set[str]:
    """The libraries that a file imports, `gorm` for its parts as well."""
    paths: Iterable[str] = (path for path, _, _ in imports_of(source))
    return {"gorm" if path.startswith("gorm.io/gorm/") else library(path) for path in paths}
