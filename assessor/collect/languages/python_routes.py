"""Places where requests come in: routes of Django, Flask, FastAPI, Starlette and aiohttp."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.collect.languages.python_apps import application_routes
from assessor.collect.languages.python_handlers import handler_of, method_names
from assessor.collect.languages.python_meaning import (
    Class,
    Names,
    Row,
    Sort,
    bases,
    body,
    class_of,
    meaning,
)
from assessor.collect.languages.python_models import call_name, text
from assessor.collect.languages.python_modules import absolute
from assessor.collect.languages.python_relations import keyword
from assessor.model.records import FileKind

_ROUTE = re.compile(
    r"django\.urls\.(?:conf\.)?(?:path|re_path|url)|django\.conf\.urls\.(?:url|re_path|path)"
    r"|starlette\.routing\.(?:Route|Mount|WebSocketRoute)"
)
_DEEPEST = 8  # includes that are followed before giving up


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """path, line: where it is written. unit: the file that answers."""

    path: str
    line: int
    method: str
    route: str
    handler: str
    framework: str
    unit: str


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """A list of routes: `urlpatterns` of a file, a list with a name, the routes of a class."""

    path: str
    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class _Route:
    row: Row
    call: list[object]
    framework: str
    outer: str


Held = Mapping[Holder, Sequence[_Route]]


def endpoints(names: Names) -> list[Endpoint]:
    """All places where requests come in, sorted."""
    held = _held(names)
    prefixes = _prefixes(names, held)
    found = {
        each
        for holder, routes in held.items()
        for route in routes
        for prefix in prefixes[holder]
        for each in _endpoints(names, holder, route, prefix=prefix)
    }
    found |= {
        Endpoint(*each) for each in (*_registered(names, prefixes), *application_routes(names))
    }
    return sorted(found)


def _held(names: Names) -> dict[Holder, list[_Route]]:
    found: defaultdict[Holder, list[_Route]] = defaultdict(list)
    for path, rows in sorted(names.rows.items()):
        open_: list[tuple[int, str]] = []
        for row in sorted(rows, key=lambda each: (each.start, -each.end)):
            route = _route(names, path, row)
            if route is None:
                continue
            call, framework = route
            open_ = [each for each in open_ if each[0] > row.start]
            outer = open_[-1][1] if open_ else ""
            found[_holder(names, path, row)].append(_Route(row, call, framework, outer))
            open_.append((row.end, _joined(outer, _written(call))))
    return dict(found)


def _route(names: Names, path: str, row: Row) -> tuple[list[object], str] | None:
    """The call and the framework, if the row is a call of a function that makes routes."""
    written = call_name(row.steps)
    if not written or row.target == "@":
        return None
    meant = meaning(names, path, written)
    if meant is None or meant.sort is not Sort.OUTSIDE or not _ROUTE.fullmatch(meant.name):
        return None
    call = next(step for step in row.steps if isinstance(step, list))  # type: ignore[attr-defined]
    if not isinstance(call, list) or not _is_text(call[1:2]):
        return None
    return call, meant.name.partition(".")[0]


def _holder(names: Names, path: str, row: Row) -> Holder:
    around = class_of(names, path, row.scope) if row.scope else None
    if around:
        return Holder(path, around.name, "")
    return Holder(path, row.scope, row.target.removesuffix("[]") if row.target else "urlpatterns")


def _written(call: list[object]) -> str:
    said = text(call[1])
    plain = call[0] not in {"re_path", "url"}
    return said if plain else re.sub(r"\\?[$]$|\\Z$", "", said.removeprefix("^"))


def _joined(first: str, second: str) -> str:
    return f"{first.rstrip('/')}/{second.lstrip('/')}" if first.endswith("/") else first + second


def _prefixes(names: Names, held: Held) -> dict[Holder, list[str]]:
    """Holder -> what stands before its routes; once "" where nothing includes it."""
    known = set(held) | {Holder(path, "", name) for path, name in _routers(names)}
    around: defaultdict[Holder, list[tuple[Holder, str]]] = defaultdict(list)
    for holder, routes in held.items():
        for route in routes:
            for inner in _included(names, holder, route, known=known):
                if inner != holder:
                    around[inner].append((holder, _joined(route.outer, _written(route.call))))
    around = defaultdict(
        list, {one: _without_tests(names, one, each) for one, each in around.items()}
    )
    return {holder: _before(holder, around, deep=0) for holder in sorted(known)}


def _without_tests(
    names: Names, inner: Holder, around: list[tuple[Holder, str]]
) -> list[tuple[Holder, str]]:
    """What includes a holder; tests say nothing of where a real one is."""
    if names.files[inner.path].kind is FileKind.TEST:
        return around
    return [each for each in around if names.files[each[0].path].kind is not FileKind.TEST]


def _before(
    holder: Holder, around: Mapping[Holder, list[tuple[Holder, str]]], *, deep: int
) -> list[str]:
    if not around.get(holder) or deep > _DEEPEST:
        return [""]
    return sorted(
        {
            _joined(before, prefix)
            for outer, prefix in around[holder]
            for before in _before(outer, around, deep=deep + 1)
        }
    )


def _included(names: Names, holder: Holder, route: _Route, *, known: set[Holder]) -> list[Holder]:
    """The holders that a route leads on to; none for a route to a view."""
    second = _second(route.call)
    if isinstance(second, list) and second and second[0] not in ("[", "="):
        call = second[-1] if isinstance(second[-1], list) else None
        if call and call[0] == "include" and len(call) > 1:
            return _of_include(names, holder, call[1], known=known)
        return _of_app(names, holder, second, known=known)
    if isinstance(second, str) and second.endswith(".urls"):
        return _of_urls(names, holder, second, known=known)
    return []


def _of_urls(names: Names, holder: Holder, said: str, *, known: set[Holder]) -> list[Holder]:
    """The routes of a router, or of an app's configuration."""
    router = _named(names, holder.path, said.removesuffix(".urls"))
    return [router] if router in known else _of_app(names, holder, said.split("."), known=known)


def _second(call: list[object]) -> object:
    plain = [each for each in call[1:] if not (isinstance(each, list) and each[:1] == ["="])]
    said = keyword(call, "view") or keyword(call, "endpoint") or keyword(call, "routes")
    return plain[1] if len(plain) > 1 else said


def _of_include(names: Names, holder: Holder, said: object, *, known: set[Holder]) -> list[Holder]:
    if isinstance(said, list):
        if said[:1] != ["["]:
            return _of_app(names, holder, said, known=known)
        inner = said[1] if len(said) > 1 else None
        return _of_include(names, holder, inner, known=known) if isinstance(inner, str) else []
    if not isinstance(said, str):
        return []
    return _of_text(names, holder, said, known=known)


def _of_text(names: Names, holder: Holder, said: str, *, known: set[Holder]) -> list[Holder]:
    """What `include` gets by name: a module in quotes, a list, a router or a module."""
    if module := text(said):
        path = absolute(names.known, module, importer=holder.path)
        return [Holder(path, "", "urlpatterns")] if path else []
    listed = Holder(holder.path, holder.owner, said)
    if listed in known:
        return [listed]
    if said.endswith(".urls"):
        return _of_urls(names, holder, said, known=known)
    found = _named(names, holder.path, said)
    return [found] if found else []


def _named(names: Names, path: str, name: str) -> Holder | None:
    """The module, list or router that a name means."""
    meant = meaning(names, path, name)
    if meant is None or meant.sort is Sort.OUTSIDE:
        return None
    return Holder(meant.path, "", meant.name or "urlpatterns")


def _of_app(
    names: Names, holder: Holder, steps: Sequence[object], *, known: set[Holder]
) -> list[Holder]:
    """The routes of an app's configuration: `apps.get_app_config("x").urls`, also by `self.x`."""
    for step in steps:
        if isinstance(step, list) and step[0] == "get_app_config" and len(step) > 1:
            return _configured(names, text(step[1]), known)
    if steps[:1] != ["self"] or len(steps) < 2:  # noqa: PLR2004 - `self.x`
        return []
    target = f"self.{steps[1]}"
    for (scope, name), rows in sorted(names.values.get(holder.path, {}).items()):
        if name == target and scope.startswith(f"{holder.owner}."):
            said = rows[-1].steps
            return _of_app(names, holder, said, known=known) if isinstance(said, list) else []
    return []


def _configured(names: Names, label: str, known: set[Holder]) -> list[Holder]:
    """The configuration with a label: the first that has routes, and not that of a test."""
    found = [
        (names.files[path].kind is FileKind.TEST, -len(bases(names, one)), path, one)
        for (path, _), one in names.classes.items()
        if path.endswith(("apps.py", "config.py"))
        if label and label == _label(names, one)
    ]
    for _, _, _, one in sorted(found, key=lambda each: each[:3]):
        chain = (one, *(base for base in bases(names, one) if isinstance(base, Class)))
        held = [Holder(each.path, each.name, "") for each in chain]
        if kept := [each for each in held if each in known]:
            return kept
    return []


def _label(names: Names, one: Class) -> str:
    """The label that a configuration has, of its own or of the nearest above it."""
    for each in (one, *(base for base in bases(names, one) if isinstance(base, Class))):
        said = body(names, each)
        for key in ("label", "name"):
            if key in said and text(said[key].steps):
                return text(said[key].steps).rpartition(".")[2]
    return ""


def _endpoints(names: Names, holder: Holder, route: _Route, *, prefix: str) -> Iterator[Endpoint]:
    second = _second(route.call)
    if second is None or _leads_on(second):
        return
    whole = _rooted(_joined(prefix, _joined(route.outer, _written(route.call))))
    handler, unit = handler_of(names, holder.path, route.row.scope, said=second)
    methods = method_names(keyword(route.call, "methods")) or ["ANY"]
    for method in methods:
        yield Endpoint(holder.path, route.row.line, method, whole, handler, route.framework, unit)


def _leads_on(second: object) -> bool:
    """Whether a route leads to other routes, known or not."""
    if isinstance(second, str):
        return second.endswith((".urls", "_urls")) or second.startswith("'")
    if not isinstance(second, list):
        return False
    written = repr(second)
    return second[:1] == ["["] or "['include'" in written or "'urls'" in written


def _rooted(route: str) -> str:
    return route if route.startswith("/") else f"/{route}"


def _routers(names: Names) -> Iterator[tuple[str, str]]:
    """(path, name) of every router of Django REST framework."""
    for path, values in sorted(names.values.items()):
        for (scope, name), rows in values.items():
            written = call_name(rows[-1].steps)
            if scope or not written.endswith("Router"):
                continue
            meant = meaning(names, path, written)
            if meant and meant.name.startswith("rest_framework"):
                yield path, name


def _registered(
    names: Names, prefixes: Mapping[Holder, list[str]]
) -> Iterator[tuple[str, int, str, str, str, str, str]]:
    """`router.register("x", XViewSet)`."""
    routers = set(_routers(names))
    if not routers:
        return
    for path, rows in sorted(names.rows.items()):
        for row in rows:
            call = row.steps[-1] if isinstance(row.steps, list) and len(row.steps) > 1 else None
            if not isinstance(call, list) or call[0] != "register" or len(call) < 3:  # noqa: PLR2004
                continue
            meant = meaning(names, path, ".".join(map(str, row.steps[:-1])))  # type: ignore[index]
            if meant is None or (meant.path, meant.name) not in routers or not _is_text(call[1:2]):
                continue
            handler, unit = handler_of(names, path, row.scope, said=call[2])
            for prefix in prefixes.get(Holder(meant.path, "", meant.name), [""]):
                whole = _rooted(_joined(prefix, f"{text(call[1])}/"))
                yield path, row.line, "ANY", whole, handler, "django", unit


def _is_text(said: list[object]) -> bool:
    return bool(said) and isinstance(said[0], str) and said[0].startswith("'")
