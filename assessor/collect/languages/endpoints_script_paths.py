"""Endpoints of scripts: routes of all files, with the paths that lead to their routers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.endpoints import ANY, Endpoint, artefacts, joined
from assessor.collect.languages.endpoints_routers import Routers
from assessor.collect.languages.javascript_facts import HERE, ScriptFacts
from assessor.model.records import Artefact, File, FileKind

Key = tuple[str, str]
Row = list[str]
_DEEPEST = 10  # files that only pass on what others export

_PAGE = re.compile(r"(?:.*/)?(?:pages)/(api(?:/.*)?)\.[jt]sx?")
_ROUTE = re.compile(r"(?:.*/)?app/((?:.*/)?)route\.[jt]sx?")
_GROUP = re.compile(r"\([^)/]*\)/|@[^/]*/")
_INDEX = re.compile(r"(?:^|/)index\Z")
_VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Scripts:
    """All files. targets: path -> for each import the path it leads to. foreign: packages."""

    files: Mapping[str, File]
    facts: Mapping[str, ScriptFacts]
    targets: Mapping[str, Sequence[str | None]]
    foreign: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What files export and functions give back, and which router is below which."""

    scripts: Scripts
    gives: dict[Key, str]
    returns: dict[Key, str]
    routers: Routers = field(default_factory=Routers)


def endpoints(scripts: Scripts) -> list[Artefact]:
    """The endpoints of all files, in order of path."""
    rows = {path: _rows(facts) for path, facts in scripts.facts.items()}
    known = _Known(scripts, _said(rows, "gives"), _said(rows, "returns"))
    for path, said in rows.items():
        for row in said:
            if row[0] in {"mount", "pass"}:
                _hang(known, path, row)
    before = {path: row[1] for path, said in rows.items() for row in said if row[0] == "global"}
    next_ = any("next" in names for names in scripts.foreign.values())
    found: list[Artefact] = []
    for path, said in rows.items():
        ends = [*_answered(known, path, said), *_nest(path, said, before)]
        ends += _pages(path, scripts.facts[path]) if next_ else ()
        found += artefacts(scripts.files[path], ends)
    return found


def _rows(facts: ScriptFacts) -> list[Row]:
    return cast("list[Row]", facts.get("routes", []))


def _said(rows: Mapping[str, list[Row]], what: str) -> dict[Key, str]:
    """(file, exported name or function) -> what it is; the last of several."""
    return {
        (path, row[1]): row[2] for path, said in rows.items() for row in said if row[0] == what
    }


def _hang(known: _Known, path: str, row: Row) -> None:
    above = _meant(known, path, row[1]) or (path, row[1])
    below = _meant(known, path, row[3])
    files = known.scripts.files
    if below is None or (
        files[path].kind is FileKind.TEST and files[below[0]].kind is not FileKind.TEST
    ):
        return
    if below[1].startswith("function:"):
        place = row[4] if row[0] == "pass" else 0
        below = below[0], f"param:{below[1].partition(':')[2]}:{place}"
    known.routers.hang(below, above, row[2])


def _meant(known: _Known, path: str, key: str, *, depth: int = 0) -> Key | None:
    """The file and the router or function that a key of a file means in the end."""
    kind, _, rest = key.partition(":")
    if depth > _DEEPEST or not key:
        return None
    if kind == "call":
        called = _meant(known, path, rest, depth=depth + 1)
        given = known.returns.get(called) if called is not None else None
        return _meant(known, called[0], given, depth=depth + 1) if called and given else None
    if kind == "import":
        first, _, member = rest.partition(".")
        binding = known.scripts.facts[path]["bindings"].get(first)
        if binding is None or binding[0] == HERE:
            return None
        target = known.scripts.targets[path][binding[0]]
        return _export(known, target, _wanted(binding[1], member), depth=depth + 1)
    if kind == "require":
        return _required(known, path, rest, depth=depth + 1)
    return path, key


def _required(known: _Known, path: str, written: str, *, depth: int) -> Key | None:
    """`require('./x')`, with the name of a member after it."""
    facts = known.scripts.facts[path]
    for (specifier, _, _), target in zip(
        facts["imports"], known.scripts.targets[path], strict=True
    ):
        if written == specifier:
            return _export(known, target, "default", depth=depth)
        if written.startswith(f"{specifier}."):
            return _export(known, target, written[len(specifier) + 1 :], depth=depth)
    return None


def _wanted(name: str, member: str) -> str:
    """The exported name that is meant by an import and the member of it that is used."""
    return member if name in {"", "default"} and member else name or "default"


def _export(known: _Known, target: str | None, name: str, *, depth: int) -> Key | None:
    """What a file exports under a name, followed through files that pass it on."""
    if target is None or depth > _DEEPEST:
        return None
    given = known.gives.get((target, name))
    if given is None and name == "default":
        given = _only(known, target)
    if given is not None:
        return _meant(known, target, given, depth=depth + 1)
    passed = known.scripts.facts[target]["exports"].get(name)
    if passed is None or passed[0] == HERE:
        return None
    further = known.scripts.targets[target][passed[0]]
    return _export(known, further, passed[1] or "default", depth=depth + 1)


def _only(known: _Known, target: str) -> str | None:
    """The one thing that a file exports."""
    given = {value for (path, _), value in known.gives.items() if path == target}
    return given.pop() if len(given) == 1 else None


def _answered(known: _Known, path: str, rows: Sequence[Row]) -> Iterator[Endpoint]:
    for row in rows:
        if row[0] != "on":
            continue
        _, key, prefix, likely, method, written, handler, line, framework = row
        meant = _meant(known, path, key)
        if meant is None and not (likely and _is_own(known, path, key)):
            continue
        for before in known.routers.paths(meant or (path, key)):
            whole = joined(before, prefix, written)
            if "^" not in written and "\\" not in written:  # a pattern stays as it is
                whole = whole.rstrip("/") or "/"
            place = cast("int", line)
            unit = _unit(known, path, handler)
            yield Endpoint(place, method, whole, handler, framework, unit)


def _is_own(known: _Known, path: str, key: str) -> bool:
    """The key means nothing foreign: an unknown name, or a file that tells nothing of it."""
    name = key.rpartition(":")[2].partition(".")[0]
    if key.startswith("require:"):
        return False
    binding = known.scripts.facts[path]["bindings"].get(name)
    if binding is None or binding[0] == HERE:
        return not key.startswith("import:") or binding is not None or name in {"app", "router"}
    return known.scripts.targets[path][binding[0]] is not None


def _unit(known: _Known, path: str, handler: str) -> str:
    """The file that an imported handler comes from."""
    binding = known.scripts.facts[path]["bindings"].get(handler.partition(".")[0])
    if binding is None or binding[0] == HERE:
        return ""
    return known.scripts.targets[path][binding[0]] or ""


def _nest(path: str, rows: Sequence[Row], before: Mapping[str, str]) -> Iterator[Endpoint]:
    prefix = _nearest(path, before)
    for row in rows:
        if row[0] == "nest":
            _, method, written, handler, line, framework = row
            whole = joined(prefix, written) if framework == "nest" else joined(written)
            yield Endpoint(cast("int", line), method, whole.rstrip("/") or "/", handler, framework)


def _nearest(path: str, before: Mapping[str, str]) -> str:
    """The prefix of the application whose file is nearest."""

    def shared(other: str) -> tuple[int, str]:
        pairs = zip(path.split("/"), other.split("/"), strict=False)
        count = next((at for at, (a, b) in enumerate(pairs) if a != b), 0)
        return -count, other

    return before[min(before, key=shared)] if before else ""


def _pages(path: str, facts: ScriptFacts) -> Iterator[Endpoint]:
    """Routes that Next.js takes from the names of files."""
    page, route = _PAGE.fullmatch(path), _ROUTE.fullmatch(path)
    lines = {name: line for name, line, *_ in facts["functions"]}
    if page and not page[1].rpartition("/")[2].startswith("_"):
        yield Endpoint(1, ANY, joined(_INDEX.sub("", page[1])), "", "next")
    if route:
        for verb in sorted(_VERBS & lines.keys()):
            yield Endpoint(
                lines[verb],
                verb,
                joined(_GROUP.sub("", route[1])).rstrip("/") or "/",
                verb,
                "next",
            )
