"""What a use of names refers to: keys of `java_state` followed through the symbol table."""

from collections.abc import Callable
from dataclasses import dataclass

from assessor.collect.languages.java_table import (
    Table,
    Type,
    field_of,
    lineage,
    method_of,
    named,
    qualified,
)
from assessor.collect.languages.java_text import erased, last_argument, names_in
from assessor.model.records import ReferenceKind

INHERIT, CALL, NEW, TYPE, STATIC, ANNOTATE = (
    ReferenceKind.INHERIT,
    ReferenceKind.CALL,
    ReferenceKind.NEW,
    ReferenceKind.TYPE,
    ReferenceKind.STATIC,
    ReferenceKind.ANNOTATE,
)
Hit = tuple[Type, ReferenceKind]
_ELEMENT_OF = frozenset(
    {"get", "next", "[]", "remove", "poll", "peek", "pop", "first", "last", "orElse", "orElseThrow",
     "orElseGet", "join", "getFirst", "getLast", "getOrDefault", "take", "getValue"}
)  # fmt: skip


@dataclass(slots=True)
class At:
    """Where a chain has got to: the type there (None = not of the project), as written, and where."""

    type: Type | None
    written: str
    scope: Type


def hits(table: Table, scope: Type, key: str) -> list[Hit]:
    """All types of the project that one key refers to, with the kind of reference."""
    mark = key[0]
    if mark == "=" and ":" not in key:
        return _uses(table, scope, key[1:], TYPE)
    if mark == "+":
        return _made(table, scope, key)
    if mark == "^":
        around = scope.outer or scope
        return _uses(table, around, key[1:], INHERIT)
    if mark == "@":
        return _uses(table, scope, key[1:], ANNOTATE)
    return _chain(table, scope, key)


def _uses(table: Table, scope: Type, written: str, kind: ReferenceKind) -> list[Hit]:
    found: list[Hit] = []
    for name in names_in(written):
        target = named(table, scope, name)
        if target is not None:
            found.append((target, kind))
        kind = TYPE if kind is not ANNOTATE else kind
    return found


def _made(table: Table, scope: Type, key: str) -> list[Hit]:
    written, _, arity = key[1:].rpartition("(")
    found = _uses(table, scope, written, NEW)
    target = named(table, scope, erased(written))
    if target is not None:
        _signature(table, target, f"new({arity}", found)
    return found


def _signature(
    table: Table, owner: Type, member: str, found: list[Hit]
) -> tuple[Type, str] | None:
    """Note the types in a called method's signature; give the result's type and its scope."""
    method = method_of(table, owner, member)
    if method is None:
        return None
    declarer, signatures = method
    for written in _common(signatures):
        if written:
            target = named(table, declarer, erased(written))
            if target is not None:
                found.append((target, TYPE))
    results = {signature[0] for signature in signatures}
    return (declarer, results.pop()) if len(results) == 1 else (declarer, "")


def _common(signatures: list[list[str]]) -> list[str]:
    """What all overloads agree on, position by position."""
    if len(signatures) == 1:
        return signatures[0]
    return [written[0] for written in zip(*signatures, strict=False) if len(set(written)) == 1]


def _chain(table: Table, scope: Type, key: str) -> list[Hit]:
    links = key.split(":")
    found: list[Hit] = []
    at, done = _begin(table, scope, links, found)
    for link in links[done:]:
        if at is None:
            break
        at = _go_on(table, at, link, found)
    return found


def _begin(table: Table, scope: Type, links: list[str], found: list[Hit]) -> tuple[At | None, int]:
    """The start of a chain, and the number of links it took."""
    first = links[0]
    if first == "":
        return _own_call(table, scope, links[1], found), 2
    if first[0] == "=":
        written = first[1:]
        return At(named(table, scope, erased(written)), written, scope), 1
    if first == "this":
        return At(scope, "", scope), 1
    if first == "super":
        line = lineage(table, scope)
        return (At(line[1], "", scope), 1) if len(line) > 1 else (None, 1)
    return _begin_name(table, scope, links, found)


def _begin_name(
    table: Table, scope: Type, links: list[str], found: list[Hit]
) -> tuple[At | None, int]:
    first = links[0]
    variable = _variable(table, scope, first, found)
    if variable is not None:
        return variable, 1
    target, used = named(table, scope, first), 1
    name = first
    while target is None and used < len(links) and "(" not in links[used]:
        name = f"{name}.{links[used]}"
        used += 1
        if links[used - 1][:1].isupper():
            target = qualified(table, name, scope.source)
    if target is None or (used == len(links) == 1):
        return None, used
    return _begin_type(table, At(target, "", scope), links, used, found)


def _begin_type(
    table: Table, at: At, links: list[str], used: int, found: list[Hit]
) -> tuple[At | None, int]:
    """After a class's name: nested classes, `this`, then a static member."""
    target = at.type
    while target is not None and used < len(links):
        link = links[used]
        if link in {"this", "super"}:
            return At(target, "", at.scope), used + 1
        inner = None if "(" in link else _inner(table, target, link)
        if inner is None:
            break
        target, used = inner, used + 1
    if target is None:
        return None, used
    found.append((target, CALL if used < len(links) and "(" in links[used] else STATIC))
    return At(target, "", at.scope), used


def _inner(table: Table, target: Type, name: str) -> Type | None:
    if field_of(table, target, name) is not None:
        return None
    return named_in(table, target, name)


def named_in(table: Table, target: Type, name: str) -> Type | None:
    """A nested type of a type, its own or inherited."""
    for ancestor in lineage(table, target):
        inner = ancestor.nested.get(name)
        if inner is not None:
            return inner
    return None


def _variable(table: Table, scope: Type, name: str, found: list[Hit]) -> At | None:
    """A field of the scope or of one around it, inherited ones included, or one imported."""
    inner: Type | None = scope
    while inner is not None and inner.outer is not None:
        field = field_of(table, inner, name)
        if field is not None:
            return _typed(table, field, found)
        inner = inner.outer
    owners = scope.source.statics.get(name)
    for owner in [owners] if owners else scope.source.static_owners:
        target = qualified(table, owner, scope.source)
        field = field_of(table, target, name) if target is not None else None
        if target is not None and field is not None:
            found.append((target, STATIC))
            return _typed(table, field, found)
    return None


def _typed(table: Table, field: tuple[Type, str], found: list[Hit]) -> At:
    declarer, written = field
    target = named(table, declarer, erased(written)) if written else None
    if target is not None:
        found.append((target, TYPE))
    return At(target, written, declarer)


def _own_call(table: Table, scope: Type, link: str, found: list[Hit]) -> At | None:
    """A call without receiver: of this class, of one around it, or imported."""
    inner: Type | None = scope
    while inner is not None and inner.outer is not None:
        if method_of(table, inner, link) is not None:
            return _result(table, inner, link, found)
        inner = inner.outer
    name = link.partition("(")[0]
    owners = scope.source.statics.get(name)
    for owner in [owners] if owners else scope.source.static_owners:
        target = qualified(table, owner, scope.source)
        if target is not None and (owners or method_of(table, target, link) is not None):
            found.append((target, CALL))
            return _result(table, target, link, found)
    return None


def _result(table: Table, owner: Type, link: str, found: list[Hit]) -> At | None:
    result = _signature(table, owner, link, found)
    if result is None or not result[1]:
        return None
    declarer, written = result
    return At(named(table, declarer, erased(written)), written, declarer)


def _go_on(table: Table, at: At, link: str, found: list[Hit]) -> At | None:
    """One link further: a method or field of what the chain has got to."""
    if at.type is None or at.written.endswith("[]"):
        name = link.partition("(")[0]
        element = last_argument(at.written) if name in _ELEMENT_OF else ""
        return At(named(table, at.scope, erased(element)), element, at.scope) if element else None
    if link == "this":
        return at
    if "(" in link:
        found.append((at.type, CALL))
        return _result(table, at.type, link, found)
    field = field_of(table, at.type, link)
    if field is None:
        return None
    found.append((at.type, STATIC))
    return _typed(table, field, found)


Follow = Callable[[Table, Type, str], list[Hit]]
