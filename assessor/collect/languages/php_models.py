"""Classes of PHP that are stored, by Eloquent or Doctrine: their tables and relations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from assessor.collect.languages.php_inflector import (
    eloquent_table,
    joining_table,
    pivot_table,
    plural,
    underscored,
)
from assessor.collect.languages.php_watched import RELATIONS
from assessor.collect.languages.typed_entities import Entities, Relation, Stored
from assessor.collect.languages.typed_table import Source, Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument
from assessor.model.records import FileKind

ELOQUENT, DOCTRINE = "eloquent", "doctrine"
_PIVOTS = frozenset(
    {
        ".Illuminate.Database.Eloquent.Relations.MorphPivot",
        ".Illuminate.Database.Eloquent.Relations.Pivot",
    }
)
# Classes of libraries that models extend -> their table, "" = it is named by the model.
_ROOTS: Mapping[str, str] = {
    **dict.fromkeys(_PIVOTS, ""),
    ".Illuminate.Database.Eloquent.Model": "",
    ".Illuminate.Foundation.Auth.User": "",
    ".Illuminate.Notifications.DatabaseNotification": "notifications",
    ".Laravel.Sanctum.PersonalAccessToken": "personal_access_tokens",
}
_CARDINALITY: Mapping[str, str] = {
    "ManyToMany": "many-to-many",
    "ManyToOne": "many-to-one",
    "OneToMany": "one-to-many",
    "OneToOne": "one-to-one",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A relation as it is followed: to whom, and the table between, "" = there is none.

    many: to more than one. kind: Eloquent's method or Doctrine's mark.
    """

    target: Stored
    pivot: str
    many: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Models:
    """All that is stored. ways: class that declares a relation, its name -> the relation.

    served: repository of Doctrine -> whom it serves. user: the model of those who log in.
    returns: class and method -> chains of what it gives.
    """

    stored: Mapping[Type, Stored]
    ways: Mapping[tuple[Type, str], Way]
    served: Mapping[Type, Stored]
    relations: tuple[Relation, ...]
    more: tuple[Stored, ...]
    user: Stored | None = None
    returns: Mapping[tuple[Type, str], tuple[str, ...]] = field(default_factory=dict)


def rows(source: Source, kind: str) -> list[list[object]]:
    """What a file says of this kind; see `php_data`."""
    held = cast("dict[str, dict[str, list[list[object]]]]", source.facts).get("php")
    return held.get(kind, []) if held is not None else []


def models(table: Table) -> Models:
    """The stored classes of a project."""
    stored = {**_eloquent(table), **_doctrine(table)}
    found = [*_eloquent_ways(table, stored), *_doctrine_ways(table, stored)]
    ways = {(relation.owner, relation.field): way for relation, way in found}
    more = {
        (way.pivot, relation.owner): Stored(
            relation.owner,
            (stored.get(relation.owner) or way.target).name,
            way.pivot,
            way.target.framework,
            relation.line,
        )
        for relation, way in found
        if way.pivot
    }
    own = {each.table for each in stored.values()}
    return Models(
        stored,
        ways,
        _served(table, stored),
        tuple(relation for relation, _ in found),
        tuple(_first_of_table(each for key, each in more.items() if key[0] not in own)),
        _user(table, stored),
        _returns(table),
    )


def _returns(table: Table) -> dict[tuple[Type, str], tuple[str, ...]]:
    """The chains that methods give back."""
    found: dict[tuple[Type, str], tuple[str, ...]] = {}
    for source in table.sources:
        for scope, name, chain in rows(source, "returns"):
            key = source.types[cast("int", scope)], str(name)
            found[key] = (*found.get(key, ()), str(chain))
    return found


def _user(table: Table, stored: Mapping[Type, Stored]) -> Stored | None:
    """The model of those who log in, where the settings name one."""
    said = {
        found
        for source in table.sources
        for (name,) in rows(source, "user")
        if (found := named(table, source.types[0], str(name))) in stored
    }
    return stored[said.pop()] if len(said) == 1 else None  # type: ignore[index]


def _first_of_table(found: Iterator[Stored]) -> Iterator[Stored]:
    """One row for a table between two classes, though both sides name it."""
    seen: set[str] = set()
    for each in sorted(found, key=lambda one: (one.table, one.type.source.file.path, one.line)):
        if each.table not in seen:
            seen.add(each.table)
            yield each


def with_models(found: Entities, made: Models) -> Entities:
    """The stored classes of all languages of the family with those of PHP."""
    if not made.stored:
        return found
    names = {name: list(held) for name, held in found.names.items()}
    for each in made.stored.values():
        names.setdefault(each.name.lower(), []).append(each)
    more = (*found.more, *made.more)
    return replace(
        found,
        stored={**found.stored, **made.stored},
        names={name: tuple(held) for name, held in names.items()},
        more=more,
        tables=found.tables
        | {each.table for each in (*made.stored.values(), *more) if each.table},
    )


def _eloquent(table: Table) -> dict[Type, Stored]:
    said: dict[Type, str] = {}
    for source in table.sources:
        for scope, name in rows(source, "tables"):
            said[source.types[cast("int", scope)]] = str(name)
    above = _above(table)
    found: dict[Type, Stored] = {}
    for source in table.sources:
        if source.file.language == "php":
            for number, type_ in enumerate(source.types):
                if type_.shape == "class" and not type_.abstract and type_.name:
                    roots = _roots(table, type_)
                    if roots and not _is_base(type_, said, above=above):
                        name = _table(table, type_, said, roots=roots)
                        line = source.facts["scopes"][number]["line"]
                        found[type_] = Stored(type_, type_.name, name, ELOQUENT, line)
    return found


def _above(table: Table) -> Counter[Type]:
    """How many classes extend a class directly, those of tests left out."""
    found: Counter[Type] = Counter()
    for source in table.sources:
        if source.file.language == "php" and source.file.kind is not FileKind.TEST:
            for type_ in source.types:
                if type_.shape == "class" and type_.outer is not None:
                    parents = (named(table, type_.outer, w) for w in type_.supers_written)
                    found.update(each for each in parents if each is not None)
    return found


def _is_base(type_: Type, said: Mapping[Type, str], *, above: Counter[Type]) -> bool:
    """A class that several models extend, and that names no table of its own, is none itself."""
    return above[type_] > 1 and type_ not in said


def _roots(table: Table, type_: Type) -> list[str]:
    """The classes of the library that a class extends, perhaps through others."""
    if not type_.supers_written:
        return []
    line = lineage(table, type_)
    return [w for each in line for w in each.supers_written if w in _ROOTS]


def _table(table: Table, type_: Type, said: Mapping[Type, str], *, roots: Sequence[str]) -> str:
    for each in lineage(table, type_):
        if each in said:
            return said[each]
    given = next((_ROOTS[root] for root in roots if _ROOTS[root]), "")
    if given:
        return given
    return (pivot_table if _PIVOTS & set(roots) else eloquent_table)(type_.name)


def _eloquent_ways(table: Table, stored: Mapping[Type, Stored]) -> Iterator[tuple[Relation, Way]]:
    for source in table.sources:
        for row in rows(source, "relations"):
            scope, member, kind, written, pivot, morph, line = row
            owner = source.types[cast("int", scope)]
            type_ = named(table, owner, str(written))
            target = stored.get(type_) if type_ is not None else None
            if target is None or target.framework != ELOQUENT:
                continue
            cardinality, here = RELATIONS[str(kind)]
            between = ""
            if cardinality == "many-to-many":
                between = _pivot(
                    table, owner, stored, target=target, told=(str(pivot), str(morph))
                )
            one = stored.get(owner, owner)
            yield (
                Relation(one, target, str(member), cardinality, here, owner, cast("int", line)),
                Way(target, between, cardinality.endswith("many"), str(kind)),
            )


def _pivot(
    table: Table,
    owner: Type,
    stored: Mapping[Type, Stored],
    *,
    target: Stored,
    told: tuple[str, str],
) -> str:
    """The table between; "" where it is that of whoever uses a trait.

    told: the name or class (`=.X`) of the table, and the name of a relation to many classes.
    """
    said, morph = told
    if said.startswith("=."):
        type_ = named(table, owner, said[1:])
        return stored[type_].table if type_ in stored else ""  # type: ignore[index]
    if said:
        return said.lower()
    if morph:
        *before, last = morph.split("_")
        return "_".join([*before, plural(last)]).lower()
    return joining_table(owner.name, target.name) if owner in stored else ""


def _marks(table: Table) -> Iterator[tuple[Source, Type, list[object]]]:
    for source in table.sources:
        for row in rows(source, "marks"):
            yield source, source.types[cast("int", row[2])], row


def _doctrine(table: Table) -> dict[Type, Stored]:
    """Without a name of its own a table is called like the class, in Symfony with underscores."""
    underscores = any(
        name.startswith("Symfony.") for source in table.sources for name in source.facts["imports"]
    )
    said: dict[Type, str] = {}
    found: dict[Type, Stored] = {}
    for _, type_, (kind, given, _scope, member, _type, line) in _marks(table):
        arguments = cast("dict[str, str]", given)
        if kind == "Table" and not member:
            name = arguments.get("name") or arguments.get("0", "")
            schema = arguments.get("schema", "")
            said[type_] = (f"{schema}.{name}" if schema and name else name).strip('`"').lower()
        elif kind == "Entity" and not member:
            found[type_] = Stored(type_, type_.name, "", DOCTRINE, cast("int", line))
    for type_, each in found.items():
        plain = underscored(type_.name) if underscores else type_.name.lower()
        found[type_] = replace(each, table=said.get(type_) or plain)
    return found


def _doctrine_ways(table: Table, stored: Mapping[Type, Stored]) -> Iterator[tuple[Relation, Way]]:
    joined = {
        (type_, str(row[3])): cast("dict[str, str]", row[1])
        for _, type_, row in _marks(table)
        if row[0] == "JoinTable"
    }
    for _, owner, (kind, given, _scope, member, type_, line) in _marks(table):
        cardinality = _CARDINALITY.get(str(kind), "")
        arguments = cast("dict[str, str]", given)
        written = arguments.get("targetEntity") or arguments.get("0", "")
        written = written.removeprefix("=") or _element(str(type_))
        meant = named(table, owner, written) if cardinality and member and written else None
        target = stored.get(meant) if meant is not None else None
        if target is None:
            continue
        owning = "mappedBy" not in arguments
        between = ""
        if cardinality == "many-to-many" and owning:
            table_said = joined.get((owner, str(member)), {})
            between = (table_said.get("name") or table_said.get("0", "")).lower()
            if not between and owner in stored:
                between = f"{stored[owner].table}_{target.table}"
        here = owning and cardinality.endswith("to-one")
        yield (
            Relation(stored.get(owner, owner), target, str(member), cardinality, here, owner,
                     cast("int", line)),
            Way(target, between, cardinality.endswith("many"), str(kind)),
        )  # fmt: skip


def _element(written: str) -> str:
    return erased(last_argument(written) or written)


def _served(table: Table, stored: Mapping[Type, Stored]) -> dict[Type, Stored]:
    """Repositories of Doctrine, by what they say and by what entities say."""
    found: dict[Type, Stored] = {}
    for source in table.sources:
        for scope, written in rows(source, "repositories"):
            owner = source.types[cast("int", scope)]
            target = named(table, owner, str(written))
            if target in stored:
                found.setdefault(owner, stored[target])  # type: ignore[index]
    for _, type_, row in _marks(table):
        written = cast("dict[str, str]", row[1]).get("repositoryClass", "").removeprefix("=")
        repository = named(table, type_, written) if row[0] == "Entity" and written else None
        if repository is not None and type_ in stored:
            found.setdefault(repository, stored[type_])
    return {type_: each for type_, each in found.items() if each.framework == DOCTRINE}
