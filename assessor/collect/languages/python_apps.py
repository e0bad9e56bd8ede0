"""Routes of Flask, FastAPI and aiohttp: functions that an application or a part of it knows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from assessor.collect.languages.python_handlers import handler_of, method_names
from assessor.collect.languages.python_meaning import Meaning, Names, Row, Sort, meaning
from assessor.collect.languages.python_models import call_name, text
from assessor.collect.languages.python_relations import keyword

_APPLICATION = re.compile(
    r"(flask|quart)\.(?:[\w.]+\.)?(?:Flask|Quart|Blueprint)|(fastapi)\.(?:[\w.]+\.)?(?:FastAPI|APIRouter)"
    r"|(aiohttp)\.web\.(?:\w+\.)?(?:RouteTableDef|Application)|(starlette)\.\w+\.(?:Starlette|Router)"
)
_VERBS = {"get", "post", "put", "patch", "delete", "options", "head"}
_INCLUDES = {"register_blueprint": "url_prefix", "include_router": "prefix"}
_ADDS = {f"add_{verb}": verb.upper() for verb in _VERBS}
_WEB = re.compile(r"aiohttp\.web\.(get|post|put|patch|delete|options|head|view)")
_DEEPEST = 8  # parts in parts that are followed before giving up

# (path, scope, name) of a variable that holds an application or a part of one.
Owner = tuple[str, str, str]
Line = tuple[str, int, str, str, str, str, str]


def application_routes(names: Names) -> Iterator[Line]:
    """(path, line, method, route, handler, framework, unit) of each."""
    owners = _owners(names)
    prefixes = _prefixes(names, owners)
    for path, rows in sorted(names.rows.items()):
        for row in rows:
            if isinstance(row.steps, list):
                yield from _of_row(names, path, row, owners=owners, prefixes=prefixes)


def _owners(names: Names) -> dict[Owner, tuple[str, Row]]:
    """Every application and part -> framework and the row that makes it."""
    found: dict[Owner, tuple[str, Row]] = {}
    for path, values in sorted(names.values.items()):
        for (scope, name), rows in sorted(values.items()):
            row = rows[-1]
            meant = meaning(names, path, call_name(row.steps))
            made = _APPLICATION.fullmatch(meant.name) if meant else None
            if made and isinstance(row.steps, list) and len(row.steps) <= 3:  # noqa: PLR2004 - `a.b.C()`
                framework = next(group for group in made.groups() if group)
                found[path, scope, name] = (framework, row)
    return found


def _owner(
    names: Names,
    owners: Mapping[Owner, tuple[str, Row]],
    path: str,
    *,
    row: Row,
    steps: list[object],
) -> Owner | None:
    """The application that plain names before a call mean."""
    if not steps or not all(isinstance(step, str) for step in steps):
        return None
    parts = [str(step) for step in steps]
    scope = row.scope
    while scope:
        if (path, scope, parts[0]) in owners:
            return path, scope, parts[0]
        scope = scope.rpartition(".")[0]
    meant = meaning(names, path, ".".join(parts))
    found = _of_meaning(meant)
    return found if found in owners else None


def _of_meaning(meant: Meaning | None) -> Owner | None:
    return (meant.path, "", meant.name) if meant and meant.sort is Sort.VALUE else None


def _prefixes(names: Names, owners: Mapping[Owner, tuple[str, Row]]) -> dict[Owner, list[str]]:
    around: defaultdict[Owner, list[tuple[Owner | None, str | None]]] = defaultdict(list)
    for path, rows in sorted(names.rows.items()):
        for row in rows:
            steps = row.steps
            call = steps[-1] if isinstance(steps, list) and len(steps) > 1 else None
            if not isinstance(call, list) or call[0] not in _INCLUDES or len(call) < 2:  # noqa: PLR2004
                continue
            said = call[1].split(".") if isinstance(call[1], str) else []
            inner = _owner(names, owners, path, row=row, steps=list(said))
            if inner:
                prefix = keyword(call, _INCLUDES[str(call[0])])
                outer = _owner(names, owners, path, row=row, steps=steps[:-1])  # type: ignore[index]
                around[inner].append((outer, None if prefix is None else text(prefix)))
    return {owner: _whole(owner, owners, around, deep=0) for owner in sorted(owners)}


def _whole(
    owner: Owner,
    owners: Mapping[Owner, tuple[str, Row]],
    around: Mapping[Owner, list[tuple[Owner | None, str | None]]],
    *,
    deep: int,
) -> list[str]:
    """Prefixes of a part; a blueprint's own gives way to that of its registration."""
    framework, row = owners[owner]
    call = next((step for step in row.steps if isinstance(step, list)), [])  # type: ignore[attr-defined]
    own = text(keyword(call, "url_prefix")) or text(keyword(call, "prefix"))
    if not around.get(owner) or deep > _DEEPEST:
        return [own]
    found: set[str] = set()
    for outer, given in around[owner]:
        before = _whole(outer, owners, around, deep=deep + 1) if outer and outer != owner else [""]
        if framework in {"flask", "quart"}:
            middle = own if given is None else given
        else:
            middle = (given or "") + own
        found.update(one.rstrip("/") + middle for one in before)
    return sorted(found)


def _of_row(
    names: Names,
    path: str,
    row: Row,
    *,
    owners: Mapping[Owner, tuple[str, Row]],
    prefixes: Mapping[Owner, list[str]],
) -> Iterator[Line]:
    steps = row.steps if isinstance(row.steps, list) else []
    call = steps[-1] if steps else None
    if not isinstance(call, list) or len(call) < 2 or not _is_text(call):  # noqa: PLR2004 - its path
        return
    web = _WEB.fullmatch(_full(names, path, steps))
    if web:
        yield from _lines(
            names,
            path,
            row,
            prefixes=[""],
            framework="aiohttp",
            call=call,
            methods=[web[1].upper()],
        )
        return
    before = steps[:-2] if steps[-2:-1] == ["router"] and call[0] in _ADDS else steps[:-1]
    owner = _owner(names, owners, path, row=row, steps=before)
    if owner is None:
        if call[0] in _ADDS and steps[-2:-1] == ["router"]:
            yield from _lines(
                names,
                path,
                row,
                prefixes=[""],
                framework="aiohttp",
                call=call,
                methods=[_ADDS[str(call[0])]],
            )
        return
    methods = _methods(call, owners[owner][0], decorates=row.target == "@")
    yield from _lines(
        names,
        path,
        row,
        prefixes=prefixes[owner],
        framework=owners[owner][0],
        call=call,
        methods=methods,
    )


def _full(names: Names, path: str, steps: list[object]) -> str:
    meant = meaning(names, path, call_name(steps))
    return meant.name if meant and meant.sort is Sort.OUTSIDE else ""


def _is_text(call: list[object]) -> bool:
    said = call[1]
    return isinstance(said, str) and said.startswith("'")


def _methods(call: list[object], framework: str, *, decorates: bool) -> list[str]:
    """The methods of a route; nothing for a call that makes none."""
    name = str(call[0])
    if name in _VERBS and decorates:
        return [name.upper()]
    if name in _ADDS and not decorates:
        return [_ADDS[name]]
    if name in {"websocket", "view"} and decorates:
        return ["ANY"]
    makes = {"route", "api_route"} if decorates else {"add_url_rule", "add_api_route", "add_route"}
    if name not in makes:
        return []
    listed = method_names(keyword(call, "methods"))
    return listed or (["GET"] if framework in {"flask", "quart", "fastapi"} else ["ANY"])


def _lines(
    names: Names,
    path: str,
    row: Row,
    *,
    prefixes: list[str],
    framework: str,
    call: list[object],
    methods: list[str],
) -> Iterator[Line]:
    said = keyword(call, "view_func") or keyword(call, "endpoint") or _last(call)
    if row.target == "@":
        handler, unit = _decorated(names, path, row), path
    else:
        handler, unit = handler_of(names, path, row.scope, said=said)
    for prefix in prefixes:
        written = text(call[1])
        joined = f"{prefix.rstrip('/')}/{written.lstrip('/')}" if written else prefix
        for method in methods:
            route = joined if joined.startswith("/") else f"/{joined}"
            yield path, row.line, method, route, handler, framework, unit


def _last(call: list[object]) -> object:
    plain = [each for each in call[2:] if not (isinstance(each, list) and each[:1] == ["="])]
    kept = [each for each in plain if not (isinstance(each, str) and each.startswith("'"))]
    return kept[-1] if kept else None


def _decorated(names: Names, path: str, row: Row) -> str:
    """The function or class below a decorator."""
    found = [(line, name) for name, line, *_ in names.facts[path]["functions"] if line > row.line]
    found += [
        (one.first, one.name)
        for (there, _), one in names.classes.items()
        if there == path and one.first > row.line
    ]
    return min(found)[1].rpartition(".")[2] if found else ""
