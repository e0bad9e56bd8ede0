"""Fields of stored structs that lead to other ones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.collect.languages.go_entities import Entities, Stored, bare, line_of, lines_of
from assessor.collect.languages.go_meaning import levels, named
from assessor.collect.languages.go_table import Project, Type

_SETTING = re.compile(r"\s*([\w-]+)\s*(?::\s*([^;]*))?")
_BUN: Mapping[str, tuple[str, bool]] = {
    "belongs-to": ("many-to-one", True),
    "has-one": ("one-to-one", False),
    "has-many": ("one-to-many", False),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A field that leads to a stored struct. through: the table between, of many to many."""

    owner: Type
    target: Stored
    field: str
    cardinality: str
    foreign_key: bool
    through: str
    line: int


def relations(project: Project, found: Entities) -> tuple[Relation, ...]:
    """The relations of all stored structs, and of those that they take in."""
    return tuple(
        relation
        for type_ in _owners(project, found)
        for relation in _of_type(project, type_, found)
    )


def _owners(project: Project, found: Entities) -> list[Type]:
    """Stored structs and what they take in, each once, in order of files."""
    inner = {
        one.number: one
        for stored in found.stored.values()
        for level in levels(project, stored.type)
        for one, _ in level
        if one.shape == "struct"
    }
    return [inner[number] for number in sorted(inner)]


def _of_type(project: Project, type_: Type, found: Entities) -> Iterator[Relation]:
    stored = found.stored.get(type_.number)
    tags = found.tags.get(type_.number, {})
    lines = lines_of(type_)
    for field, text in type_.fields.items():
        many, target = _target(project, type_, text, found=found)
        if target is None or text in type_.embeds:
            continue
        line, tag = tags.get(field, (lines.get(field, line_of(type_)), {}))
        said = settings(tag.get("gorm", ""))
        if "-" in said or "embedded" in said or (stored and stored.framework == "xorm"):
            continue
        shape = (
            _of_bun(tag["bun"])
            if "bun" in tag
            else _shape(type_, target, field=field, said=said, many=many)
        )
        if shape is not None:
            yield Relation(type_, target, field, *shape, line)


def settings(tag: str) -> dict[str, str]:
    """What a tag of GORM says: setting in lower case -> value."""
    found = (_SETTING.match(part) for part in tag.split(";"))
    return {match[1].lower(): (match[2] or "").strip() for match in found if match}


def _target(
    project: Project, type_: Type, text: str, *, found: Entities
) -> tuple[bool, Stored | None]:
    """Whether the field holds several, and the stored struct that it leads to."""
    many = text.startswith("[]")
    inner = named(project, type_.source, text.removeprefix("[]"))
    return many, found.stored.get(inner.number) if inner is not None else None


def _shape(
    type_: Type, target: Stored, *, field: str, said: Mapping[str, str], many: bool
) -> tuple[str, bool, str] | None:
    if said.get("many2many"):
        return "many-to-many", False, bare(said["many2many"])
    if many:
        return "one-to-many", False, ""
    key = (said.get("foreignkey") or f"{field}ID").split(",")[0].strip()
    if _has(type_, key):
        return "many-to-one", True, ""
    told = said.keys() & {"foreignkey", "polymorphic"} or _has(target.type, f"{type_.name}ID")
    return ("one-to-one", False, "") if told else None


def _has(type_: Type, key: str) -> bool:
    """Whether a struct has the field; names of columns do as well."""
    wanted = key.replace("_", "").lower()
    return any(field.lower() == wanted for field in type_.fields)


def _of_bun(tag: str) -> tuple[str, bool, str] | None:
    through = re.search(r"\bm2m:([^,]+)", tag)
    if through:
        return "many-to-many", False, bare(through[1])
    said = re.search(r"\brel:([\w-]+)", tag)
    shape = _BUN.get(said[1]) if said else None
    return (*shape, "") if shape else None
