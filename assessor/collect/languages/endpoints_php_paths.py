"""Endpoints of PHP: routes that calls declare, and controllers of Symfony."""

import re
from collections.abc import Iterator

from assessor.collect.languages.endpoints import ANY, Endpoint, crossed, joined
from assessor.collect.languages.endpoints_rows import Holder, Known, first, is_open, values
from assessor.collect.languages.typed_table import Type, named

_API = re.compile(r"(?:.*/)?routes/api\.php")


def php(known: Known, holder: Holder) -> Iterator[Endpoint]:
    """What a file of routes, or a controller, answers to."""
    yield from _laravel(known, holder)
    yield from _symfony(holder)


def _laravel(known: Known, holder: Holder) -> Iterator[Endpoint]:
    file = holder.type.source.file
    before = "api" if _API.fullmatch(file.path) else ""
    for mark in holder.heads:
        if mark.says == "laravel:route":
            path = joined(before, *(part.strip("/") for part in mark.arguments["path"]))
            class_, at, method = mark.arguments["handler"][0].partition("@")
            type_ = _controller(known, holder, class_)
            unit = type_.source.file.path if type_ is not None else ""
            handler = f"{class_}.{method}" if at else class_
            yield Endpoint(mark.line, mark.arguments["method"][0], path, handler, "laravel", unit)


def _controller(known: Known, holder: Holder, name: str) -> Type | None:
    """The class as the file means it, else the only one of the name."""
    if not name:
        return None
    found = named(known.table, holder.type, name)
    if found is not None:
        return found
    types = [t for q, ts in known.table.tops.items() if q.rpartition(".")[2] == name for t in ts]
    return types[0] if len(types) == 1 else None


def _symfony(holder: Holder) -> Iterator[Endpoint]:
    if is_open(holder.type):
        return
    head = first(holder.heads, "symfony:Route")
    marks = [mark for mark in holder.members if mark.says == "symfony:Route"]
    invoked = any(key.startswith("__invoke(") for key in holder.type.methods)
    for mark in marks or ([head] if head is not None and invoked else []):
        outer = head if mark is not head else None
        methods = values(mark, "methods") or values(outer, "methods") or [ANY]
        for path in crossed(values(outer, "path"), values(mark, "path")):
            for method in methods:
                handler = f"{holder.type.name}.{mark.member or '__invoke'}"
                yield Endpoint(mark.line, method, path, handler, "symfony")
