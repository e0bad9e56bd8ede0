"""Fields that lead from an entity to another one, and what an entity can be asked for by name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.collect.languages.python_meaning import Class, Meaning, Row, Sort, meaning
from assessor.collect.languages.python_models import (
    DJANGO,
    Entity,
    Models,
    bare,
    by_label,
    called,
    entity_of,
    fields,
    outside,
    simple,
    text,
    user,
)

_CARDINALITY = {
    "ForeignKey": "many-to-one",
    "ParentalKey": "many-to-one",
    "TreeForeignKey": "many-to-one",
    "OneToOneField": "one-to-one",
    "ManyToManyField": "many-to-many",
    "ParentalManyToManyField": "many-to-many",
}
_LINKS = {"relationship", "relation", "Relationship"}
# What an annotation says around the class that it leads to.
_AROUND = re.compile(
    r"\b(?:\w+\.)*(?:Mapped|WriteOnlyMapped|DynamicMapped|Optional|Union|None|list|List|set|Set"
    r"|Sequence|Iterable|Collection|tuple|Tuple|Annotated|ClassVar|Any|Query)\b"
)
_MANY = re.compile(
    r"\b(?:WriteOnlyMapped|DynamicMapped|list|List|set|Set|Sequence|Iterable|Collection)\b"
)
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_COLUMNS = {"Column", "mapped_column", "Field"}


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """source, target: entities; named: the target as written where it is not in the project.

    back: name of the way back, "" = there is none. foreign_key: the column is on this side.
    """

    path: str
    line: int
    field: str
    source: Entity
    target: Entity | None
    named: str
    cardinality: str
    foreign_key: bool
    back: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """forward, back: entity -> name -> (entity it leads to, whether to many of it)."""

    forward: Mapping[Entity, Mapping[str, tuple[Entity, bool]]]
    back: Mapping[Entity, Mapping[str, tuple[Entity, bool]]]


def relations(known: Models) -> list[Relation]:
    """All relations, sorted."""
    found: set[Relation] = set()
    for entity in known.entities:
        one = known.names.classes.get((entity.path, entity.name))
        if one is not None:
            read = _django if entity.framework == DJANGO else _sqlalchemy
            for owner, name, row in fields(known.names, one):
                found.update(read(known, entity, owner, name=name, row=row))
        elif entity.framework != DJANGO:
            found.update(_of_table(known, entity))
    return sorted(found, key=lambda each: (each.path, each.line, each.field, each.source))


def ways(known: Models, every: list[Relation]) -> Ways:
    """Which entity each name of an entity leads to; where two disagree, none."""
    forward: defaultdict[Entity, dict[str, tuple[Entity, bool]]] = defaultdict(dict)
    back: defaultdict[Entity, dict[str, tuple[Entity, bool]]] = defaultdict(dict)
    for each in sorted(every, key=lambda one: one.source.test, reverse=True):
        if each.target is None:
            continue
        many = each.cardinality.endswith("many")
        forward[each.source][each.field] = (each.target, many)
        if each.back:
            for target in _same(known, each.target):
                back[target][each.back] = (each.source, each.cardinality != "one-to-one")
    return Ways(forward, back)


def _same(known: Models, target: Entity) -> list[Entity]:
    """The target and what else has its label and name: an app may stand in twice."""
    return [*known.labelled.get(f"{target.label}.{target.name}".lower(), ()), target]


def _django(
    known: Models, entity: Entity, owner: Class, *, name: str, row: Row
) -> Iterator[Relation]:
    call = _call(row)
    cardinality = _CARDINALITY.get(str(call[0])) if call else None
    if not call or cardinality is None or not _is_field(known, owner, row):
        return
    wanted = _positional(call) or keyword(call, "to")
    target, named = target_of(known, owner, entity, wanted=wanted)
    if not named:
        return
    yield Relation(
        owner.path,
        row.line,
        name,
        entity,
        target,
        named,
        cardinality,
        not cardinality.startswith("many-to-many"),
        _back(call, entity, cardinality),
    )


def _is_field(known: Models, owner: Class, row: Row) -> bool:
    """Whether the field's class lies outside the project, in a library of fields."""
    made = called(known.names, owner.path, row.steps)
    return made is not None and not made.startswith(("sqlalchemy.", "django.forms."))


def _call(row: Row) -> list[object] | None:
    """The first call of a chain."""
    if not isinstance(row.steps, list):
        return None
    return next((step for step in row.steps if isinstance(step, list)), None)


def _positional(call: list[object]) -> object:
    first = call[1] if len(call) > 1 else None
    return None if isinstance(first, list) and first[:1] == ["="] else first


def keyword(call: list[object], name: str) -> object:
    """The value of a keyword argument, None where it is not given."""
    for each in call[1:]:
        if isinstance(each, list) and each[:2] == ["=", name]:
            return each[2]
    return None


def _back(call: list[object], entity: Entity, cardinality: str) -> str:
    said = text(keyword(call, "related_name"))
    lower = simple(entity.name).lower()
    if said:
        said = said.replace("%(class)s", lower).replace("%(app_label)s", entity.label)
        return "" if said.endswith("+") else said
    return lower if cardinality == "one-to-one" else f"{lower}_set"


def target_of(
    known: Models, owner: Class, entity: Entity, *, wanted: object
) -> tuple[Entity | None, str]:
    """The entity that a field leads to, and its name; no name where the field does not say."""
    said = text(wanted)
    if said == "self":
        return entity, simple(entity.name)
    if said:
        label = said if "." in said else f"{entity.label}.{said}"
        found = by_label(known, label)
        return found, simple(found.name) if found else simple(said)
    if isinstance(wanted, list):
        found = fetched(known, wanted)
        return found, simple(found.name) if found else ""
    return _of_name(known, owner.path, wanted) if isinstance(wanted, str) else (None, "")


def _of_name(known: Models, path: str, wanted: str) -> tuple[Entity | None, str]:
    if simple(wanted) == "AUTH_USER_MODEL":
        found = user(known)
        return found, simple(found.name) if found else simple(known.user)
    found = entity_by_name(known, path, wanted)
    if found:
        return found, simple(found.name)
    meant = meaning(known.names, path, wanted)
    outer = meant is not None and meant.sort is Sort.OUTSIDE
    return None, simple(wanted) if outer else ""


def fetched(known: Models, steps: object) -> Entity | None:
    """The entity that `get_model("app", "X")` or `get_user_model()` fetches."""
    call = steps[-1] if isinstance(steps, list) and steps else None
    if not isinstance(call, list):
        return None
    if call[0] == "get_user_model":
        return user(known)
    if call[0] != "get_model":
        return None
    said = [text(each) for each in call[1:3]]
    return by_label(known, ".".join(said)) if said and all(said) else None


def entity_by_name(known: Models, path: str, dotted: str) -> Entity | None:
    """The entity that a dotted name means at module level of a file."""
    found = meaning(known.names, path, dotted)
    return of_meaning(known, found) if found else None


def of_meaning(known: Models, found: Meaning) -> Entity | None:
    """The entity that is meant."""
    if found.sort is Sort.OUTSIDE:
        return outside(found.name)
    if found.sort is Sort.CLASS and not found.rest:
        return entity_of(known, found.path, found.name)
    if found.sort is Sort.VALUE and not found.rest:
        rows = known.names.values[found.path]["", found.name]
        fetching = next((one for row in rows if (one := fetched(known, row.steps))), None)
        return fetching or _table_entity(known, found)
    return None


def _table_entity(known: Models, found: Meaning) -> Entity | None:
    return next(
        (one for one in known.entities if (one.path, one.name) == (found.path, found.name)), None
    )


def _sqlalchemy(
    known: Models, entity: Entity, owner: Class, *, name: str, row: Row
) -> Iterator[Relation]:
    call = _call(row)
    made = called(known.names, owner.path, row.steps) if call else None
    if not call or not made or not made.startswith(("sqlalchemy.", "sqlmodel.")):
        return
    if str(call[0]) in _COLUMNS:
        yield from _columns(known, entity, owner.path, name=name, line=row.line, call=call)
    elif str(call[0]) in _LINKS:
        yield from _link(known, entity, owner, name=name, row=row, call=call)


def _columns(
    known: Models, entity: Entity, path: str, *, name: str, line: int, call: list[object]
) -> Iterator[Relation]:
    """`Column(ForeignKey("t.c"))`, the type before it or not; `Field(foreign_key="t.c")`."""
    said = [
        inner[1]
        for each in call[1:]
        if isinstance(each, list) and each[:1] not in (["="], ["["])
        if isinstance(inner := each[-1], list) and inner[0] == "ForeignKey" and len(inner) > 1
    ]
    for column in (*said, keyword(call, "foreign_key")):
        target, named = _of_column(known, path, column)
        if named:
            yield Relation(path, line, name, entity, target, named, "many-to-one", True)


def _of_column(known: Models, path: str, column: object) -> tuple[Entity | None, str]:
    """The entity that has a column, `"t.c"` or `X.c`, and its name."""
    table = bare(text(column).rpartition(".")[0])
    if table:
        target = known.tabled.get(table)
        return target, simple(target.name) if target else table
    if not isinstance(column, str) or "." not in column or column.startswith("'"):
        return None, ""
    target = entity_by_name(known, path, column.rpartition(".")[0].removesuffix(".c"))
    return target, simple(target.name) if target else ""


def _link(
    known: Models, entity: Entity, owner: Class, *, name: str, row: Row, call: list[object]
) -> Iterator[Relation]:
    wanted = _positional(call)
    annotation = text(keyword(call, ":"))
    inside = _NAME.search(_AROUND.sub(" ", annotation))
    said = simple(text(wanted)) or (wanted if isinstance(wanted, str) else "")
    said = said or (inside[0] if inside else "")
    if not said:
        return
    target = entity_by_name(known, owner.path, said) or _named(known, said)
    named = simple(target.name) if target else simple(said)
    own = target is not None and _points(known, entity, target)
    linked = keyword(call, "secondary") or keyword(call, "link_model")
    many = "many-to-many" if linked else "many-to-one" if own else "one-to-many"
    if many == "many-to-one" and _MANY.search(annotation):
        many = "one-to-many"
    single = "apped[" in annotation and not _MANY.search(annotation)
    if (keyword(call, "uselist") == "False" or single) and many == "one-to-many":
        many = "one-to-one"
    yield Relation(owner.path, row.line, name, entity, target, named, many, False)


def _named(known: Models, name: str) -> Entity | None:
    found = [
        one
        for one in known.entities
        if one.framework != DJANGO and simple(one.name) == name and not one.test
    ]
    return found[0] if len(found) == 1 else None


def _points(known: Models, entity: Entity, target: Entity) -> bool:
    """Whether a column of the entity leads to the target."""
    one = known.names.classes.get((entity.path, entity.name))
    if one is None:
        return False
    return any(
        found.target == target
        for owner, name, row in fields(known.names, one)
        if (call := _call(row)) and str(call[0]) in _COLUMNS
        for found in _columns(known, entity, owner.path, name=name, line=row.line, call=call)
    )


def _of_table(known: Models, entity: Entity) -> Iterator[Relation]:
    """The columns of `Table("t", metadata, Column("c", ForeignKey("u.c")))`."""
    rows = known.names.values[entity.path].get(("", entity.name), ())
    for row in rows:
        for each in (_call(row) or [])[1:]:
            inner = each[-1] if isinstance(each, list) and each[:1] not in (["="], ["["]) else None
            if isinstance(inner, list) and inner[0] == "Column" and len(inner) > 1:
                name = text(inner[1])
                yield from _columns(
                    known, entity, entity.path, name=name, line=row.line, call=inner
                )
