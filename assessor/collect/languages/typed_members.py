"""Fields and methods that a type declares or inherits."""

from assessor.collect.languages.typed_table import Member, Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased


def field_of(table: Table, owner: Type, name: str) -> Member | None:
    """A field that a type declares or inherits."""
    members = owner.members
    if name in members:
        return members[name]
    found = None
    for ancestor in lineage(table, owner) if owner.supers_written else (owner,):
        written = ancestor.fields.get(name)
        if written is not None:
            found = _member(table, ancestor, [[written]])
            break
    members[name] = found
    return found


def method_of(table: Table, owner: Type, key: str) -> Member | None:
    """A method (`name(2`) that a type declares or inherits.

    Where no one declares it with that number of parameters: one with any number, then an accessor
    that a tool generates for a field. Of overloads only what they agree on is known.
    """
    members = owner.members
    if key in members:
        return members[key]
    name, _, arity = key.partition("(")
    line = lineage(table, owner) if owner.supers_written and name != "new" else (owner,)
    found = _first(table, line, key) or _first(table, line, name + "(*")
    if found is None and arity == "0":
        found = _accessor(table, owner, name)
    members[key] = found
    return found


def _first(table: Table, line: tuple[Type, ...], key: str) -> Member | None:
    for ancestor in line:
        signatures = ancestor.methods.get(key)
        if signatures is not None:
            return _member(table, ancestor, signatures)
    return None


def _accessor(table: Table, owner: Type, name: str) -> Member | None:
    for prefix in ("get", "is"):
        bare = name.removeprefix(prefix)
        if bare and bare != name:
            found = field_of(table, owner, bare[0].lower() + bare[1:])
            if found is not None:
                return found
    return None


def _member(table: Table, declarer: Type, signatures: list[list[str]]) -> Member:
    agreed = signatures[0]
    for other in signatures[1:]:
        agreed = [a if a == b else "" for a, b in zip(agreed, other, strict=False)]
    types = [named(table, declarer, erased(written)) if written else None for written in agreed]
    found = tuple(type_ for type_ in types if type_ is not None)
    return Member(declarer, found, agreed[0], types[0])


def is_method(table: Table, owner: Type, name: str) -> bool:
    """Whether the name is that of a method: `x.Run`, handed on without being called."""
    start = f"{name}("
    return any(key.startswith(start) for each in lineage(table, owner) for key in each.methods)
