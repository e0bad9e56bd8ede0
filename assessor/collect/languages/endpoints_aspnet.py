"""Endpoints of ASP.NET: actions of controllers, and routes that are mapped by calls."""

from collections.abc import Iterator, Sequence

from assessor.collect.languages.endpoints import ANY, Endpoint, joined
from assessor.collect.languages.endpoints_rows import (
    Holder,
    Known,
    Mark,
    answering,
    first,
    is_open,
    values,
)
from assessor.collect.languages.typed_table import Type, lineage, named
from assessor.collect.languages.typed_text import erased

_ROUTE, _PREFIX, _AREA = "aspnet:Route", "aspnet:RoutePrefix", "aspnet:Area"
_BASES = frozenset({"Controller", "ControllerBase", "ApiController", "ODataController"})


def aspnet(known: Known, holder: Holder) -> Iterator[Endpoint]:
    """What a controller's methods answer to; and the routes that a class maps by calls."""
    for mark in holder.heads:
        if mark.says == "aspnet:map":
            method, path = mark.arguments["method"][0], mark.arguments["path"][0]
            yield Endpoint(mark.line, method, path, mark.arguments["handler"][0], "aspnet")
    for type_, heads in answering(known, holder) if _actions(holder) else ():
        if _is_controller(known, type_, heads):
            for marks in _actions(holder):
                yield from _answered(known, type_, marks)


def _actions(holder: Holder) -> list[list[Mark]]:
    """The marks of each method that has some that speak of requests."""
    found: dict[int, list[Mark]] = {}
    for mark in holder.members:
        if mark.framework == "aspnet":
            found.setdefault(mark.at, []).append(mark)
    return [marks for marks in found.values() if not first(marks, "aspnet:NonAction")]


def _is_controller(known: Known, type_: Type, heads: Sequence[Mark]) -> bool:
    if is_open(type_) or named(known.table, type_, "HttpGetAttribute") is not None:
        return False
    written = (name for one in lineage(known.table, type_) for name in one.supers_written)
    bases = {erased(name).rpartition(".")[2] for name in written}
    return bool(
        bases & _BASES or type_.name.endswith("Controller") or first(heads, "aspnet:ApiController")
    )


def _heads(known: Known, type_: Type, *says: str) -> list[str]:
    """What the class says, else the nearest one above that does."""
    for one in lineage(known.table, type_):
        holder = known.by_type.get(id(one))
        said = [mark for mark in holder.heads if mark.says in says] if holder is not None else []
        if said:
            return [path for mark in said for path in values(mark, "value")[:1]]
    return []


def _answered(known: Known, type_: Type, marks: Sequence[Mark]) -> Iterator[Endpoint]:
    verbs = [mark for mark in marks if mark.meaning.startswith("Http")]
    routes = [path for mark in marks if mark.says == _ROUTE for path in values(mark, "value")[:1]]
    accepted = values(first(marks, "aspnet:AcceptVerbs"), "value")
    for mark in verbs or marks[:1]:
        own = values(mark, "value")[:1] if mark in verbs else []
        methods = [mark.meaning[4:].upper()] if mark in verbs else accepted or [ANY]
        for path in _paths(known, type_, own or routes, member=mark.member):
            for method in methods:
                handler, unit = f"{type_.name}.{mark.member}", type_.source.file.path
                yield Endpoint(mark.line, method.upper(), path, handler, "aspnet", unit)


def _paths(known: Known, type_: Type, own: Sequence[str], *, member: str) -> list[str]:
    """The paths of an action with those of its class; `/Orders/Create` where none names any."""
    before = _heads(known, type_, _ROUTE, _PREFIX)
    if not before and not own:
        area = _heads(known, type_, _AREA)
        return [_filled(known, joined(*area, "[controller]/[action]"), type_, member=member)]
    every = [_under(prefix, path) for prefix in before or [""] for path in own or [""]]
    return [_filled(known, path, type_, member=member) for path in every]


def _under(prefix: str, path: str) -> str:
    return joined(path.lstrip("~")) if path.startswith(("/", "~/")) else joined(prefix, path)


def _filled(known: Known, path: str, type_: Type, *, member: str) -> str:
    """The path with names for what stands in brackets."""
    area = "".join(_heads(known, type_, _AREA)[:1])
    return (
        path.replace("[controller]", type_.name.removesuffix("Controller"))
        .replace("[action]", member.removesuffix("Async"))
        .replace("[area]", area)
    )
