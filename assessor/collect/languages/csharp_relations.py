"""Fields that lead from one stored class of Entity Framework to another one."""

from collections.abc import Iterator, Mapping

from assessor.collect.languages.csharp_entities import Link, Model, Told, links, meant, whole
from assessor.collect.languages.typed_entities import Relation, Stored
from assessor.collect.languages.typed_table import Type, lineage

Found = dict[tuple[Type, str], Relation]
_CARDINALITY: Mapping[tuple[bool, bool], str] = {
    (False, True): "many-to-one",
    (False, False): "one-to-one",
    (True, False): "one-to-many",
    (True, True): "many-to-many",
}


def relations(model: Model, stored: Mapping[Type, Stored]) -> list[Relation]:
    """All of them: as the builders say, else as the properties of both sides say."""
    found: Found = {}
    for told in model.relations:
        _tell(model, stored, told, found=found)
    for type_ in stored:
        for link in links(model, type_):
            key = link.owner, link.field
            above = any(each in stored for each in lineage(model.table, type_)[1:])
            if key in found or (type_, link.field) in found or (above and link.owner is not type_):
                continue
            if _is_hidden(model, type_, link) or link.target not in stored:
                continue
            cardinality, holds = _usual(model, type_, link)
            found[type_, link.field] = Relation(
                stored[type_], stored[link.target], link.field, cardinality, holds,
                link.owner, link.line,
            )  # fmt: skip
    return list(found.values())


def _is_hidden(model: Model, type_: Type, link: Link) -> bool:
    owners = {type_, link.owner, whole(model.table, link.owner)}
    hidden = model.ignored | model.owns
    return link.target in model.owned or any((each, link.field) in hidden for each in owners)


def _usual(model: Model, type_: Type, link: Link) -> tuple[str, bool]:
    """By convention: what the other side leads back with decides; and who holds the key."""
    back = [
        each
        for each in links(model, link.target)
        if each.target is type_ and (link.target is not type_ or each.field != link.field)
    ]
    if link.many:
        many = bool(back) and all(each.many for each in back) and link.target is not type_
    else:
        many = not back or any(each.many for each in back)
    cardinality = _CARDINALITY[link.many, many]
    key = cardinality == "many-to-one" or (
        cardinality == "one-to-one" and _holds_key(model, type_, link)
    )
    return cardinality, key


def _holds_key(model: Model, type_: Type, link: Link) -> bool:
    """Whether the class has a field with the other one's key."""
    names = {name for each in lineage(model.table, type_) for name in each.fields}
    marked = model.keys.get((link.owner, link.field))
    return not names.isdisjoint({f"{link.field}Id", f"{link.target.name}Id", marked})


def _tell(model: Model, stored: Mapping[Type, Stored], told: Told, *, found: Found) -> None:
    """What `HasOne(…).WithMany(…)` says of both sides."""
    type_, at = told.type, (told.scope, told.line)
    has, field, written, other, back, key, holder = told.said
    link = _link(model, type_, field)
    target = link.target if link is not None else meant(model.table, at[0], written)
    if target is None or target not in stored or type_ not in stored:
        return
    inverse = _link(model, target, back)
    many = other == "many" or (not other and (inverse is None or inverse.many) and has == "one")
    cardinality = _CARDINALITY[has == "many", many]
    in_owner = meant(model.table, at[0], holder)
    first = cardinality == "many-to-one" or (
        cardinality == "one-to-one"
        and (in_owner is type_ if in_owner is not None else _keyed(model, type_, link))
    )
    owner, line = (link.owner, link.line) if link is not None else at
    if name := field or key:
        found[type_, name] = Relation(
            stored[type_], stored[target], name, cardinality, first, owner, line
        )
    if inverse is not None:
        turned = _CARDINALITY[many, has == "many"]
        holds = turned == "many-to-one" or (turned == "one-to-one" and not first)
        found[target, back] = Relation(
            stored[target], stored[type_], back, turned, holds, inverse.owner, inverse.line
        )


def _keyed(model: Model, type_: Type, link: Link | None) -> bool:
    return link is not None and _holds_key(model, type_, link)


def _link(model: Model, type_: Type, field: str) -> Link | None:
    found: Iterator[Link] = (each for each in links(model, type_) if each.field == field)
    return next(found, None) if field else None
