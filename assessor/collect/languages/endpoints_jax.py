"""Endpoints of JAX-RS: resources, those that others lead to, and the path of the application."""

from collections.abc import Iterator, Sequence

from assessor.collect.languages.endpoints import Endpoint, joined
from assessor.collect.languages.endpoints_rows import (
    Holder,
    Known,
    Mark,
    answering,
    first,
    is_open,
    values,
)
from assessor.collect.languages.typed_table import Type, named, nearest
from assessor.collect.languages.typed_text import erased

_DEEPEST = 4  # resources that lead to resources
_PATH, _APPLICATION, _CLIENT = "jax-rs:path", "jax-rs:application", "client"


def jax_rs(known: Known, holder: Holder) -> Iterator[Endpoint]:
    """What a class with `@GET` and its like answers to; nothing if nobody leads to the class."""
    groups = _groups(holder)
    if not groups or first(holder.heads, _CLIENT):
        return
    for type_, heads in answering(known, holder):
        for before in _prefixes(known, type_, heads=(*heads, *holder.heads), depth=0):
            for marks in groups:
                yield from _endpoints(marks, type_, before=before)


def _endpoints(marks: Sequence[Mark], type_: Type, *, before: str) -> Iterator[Endpoint]:
    path = joined(before, *values(first(marks, _PATH), "value"))
    for mark in marks:
        if mark.says != _PATH:
            handler = f"{type_.name}.{mark.member}"
            yield Endpoint(
                mark.line, mark.meaning, path, handler, "jax-rs", type_.source.file.path
            )


def _groups(holder: Holder) -> list[list[Mark]]:
    """The marks of each method that answers."""
    found: dict[int, list[Mark]] = {}
    for mark in holder.members:
        if mark.framework == "jax-rs":
            found.setdefault(mark.at, []).append(mark)
    return [marks for marks in found.values() if any(mark.says != _PATH for mark in marks)]


def _prefixes(known: Known, type_: Type, *, heads: Sequence[Mark], depth: int) -> list[str]:
    """The paths that lead to a resource."""
    path = first(heads, _PATH)
    if path is not None:
        return [joined(_application(known, type_), *values(path, "value"))]
    if depth >= _DEEPEST:
        return []
    return sorted(set(_led(known, type_, depth=depth)))


def _led(known: Known, type_: Type, *, depth: int) -> Iterator[str]:
    """The paths of the methods with a path but no verb that give the resource."""
    for holder in known.holders:
        for mark in holder.members:
            if mark.says == _PATH and not _answers(holder, mark):
                given = _given(known, holder, mark.member)
                if given is type_ or (
                    given is not None and type_ in known.below.get(id(given), ())
                ):
                    for before in _prefixes(
                        known, holder.type, heads=holder.heads, depth=depth + 1
                    ):
                        yield joined(before, *values(mark, "value"))


def _answers(holder: Holder, mark: Mark) -> bool:
    return any(one.at == mark.at and one.says != _PATH for one in holder.members)


def _given(known: Known, holder: Holder, member: str) -> Type | None:
    """The type that a method gives back."""
    for key, signatures in holder.type.methods.items():
        if key.partition("(")[0] == member:
            written = signatures[0][0].removeprefix("Class<").removesuffix(">")
            return named(known.table, holder.type, erased(written))
    return None


def _application(known: Known, type_: Type) -> str:
    """The path of the application nearest to the resource, "" where none is given."""
    paths = {
        id(one.type): values(mark, "value")
        for one in known.holders
        if (mark := first(one.heads, _APPLICATION)) is not None and not is_open(one.type)
    }
    types = [one.type for one in known.holders if id(one.type) in paths]
    return "".join(paths[id(nearest(types, type_.source))][:1]) if types else ""
