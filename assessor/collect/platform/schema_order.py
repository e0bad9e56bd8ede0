"""In which order files change the schema: which of them follow each other, and how."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath

from assessor.collect.platform.schema_steps import INCLUDE, Changes, Step

Placed = tuple[Changes, Step]

_FOLDER = re.compile(
    r"(?:db|database|data|sql)?[._-]?(?:migrations?|migrate|changelogs?|evolutions|db_?scripts"
    r"|versions|deploy)",
    re.IGNORECASE,
)
_VENDORS = frozenset(
    [
        "clickhouse", "cockroach", "cockroachdb", "db2", "derby", "h2", "hsql", "hsqldb",
        "mariadb", "mssql", "mysql", "oracle", "pg", "pgsql", "postgres", "postgresql", "sqlite",
        "sqlite3", "sqlserver",
    ]
)  # fmt: skip
_FLYWAY = re.compile(r"([VBR])([\d._]*)__")
_ONE_PER_PROJECT = frozenset({"liquibase", "django"})


def sequences(every: Iterable[Changes]) -> list[list[Placed]]:
    """The steps of files that follow each other; a file that nobody orders stands alone.

    Files of a folder that are written once for each database follow those that are for all.
    """
    groups: defaultdict[tuple[str, str], list[Changes]] = defaultdict(list)
    alone: list[list[Placed]] = []
    for each in sorted(every, key=lambda one: one.path):
        if each.plain:
            alone.append([(each, step) for step in each.steps])
        elif each.tool in _ONE_PER_PROJECT:
            groups[each.tool, ""].append(each)
        else:
            groups[each.tool, _root(each.path)].append(each)
    ordered = [part for _, files in sorted(groups.items()) for part in _by_vendor(files)]
    return [*(list(_steps(files)) for files in ordered), *alone]


def _root(path: str) -> str:
    """The folder that all files of a sequence lie below."""
    parts = path.split("/")[:-1]
    at = next((at for at, part in enumerate(parts) if _FOLDER.fullmatch(part)), len(parts) - 1)
    return "/".join(parts[: at + 1])


def _by_vendor(files: Sequence[Changes]) -> list[list[Changes]]:
    vendors = {each.path: _vendor(each.path) for each in files}
    named = sorted({vendor for vendor in vendors.values() if vendor})
    return [
        [each for each in files if vendors[each.path] in {"", vendor}] for vendor in named or [""]
    ]


def _vendor(path: str) -> str:
    below = path.removeprefix(_root(path)).lower().split("/")[:-1]
    return next((part for part in below if part in _VENDORS), "")


def _steps(files: Sequence[Changes]) -> Iterator[Placed]:
    if files[0].tool == "liquibase":
        yield from _included(files)
        return
    for each in _after_each_other(sorted(files, key=_position)):
        yield from ((each, step) for step in each.steps)


def _position(file: Changes) -> tuple[object, ...]:
    """By version in Flyway, with what is repeated at the end; else by the path's numbers."""
    found = _FLYWAY.match(file.path.rpartition("/")[2]) if file.tool == "flyway" else None
    if found:
        numbers = [int(part[:18]) for part in re.findall(r"\d+", found[2])]
        while numbers and numbers[-1] == 0:
            numbers.pop()
        return (found[1] == "R", numbers, found[1] == "B", _natural(file.path))
    return (False, [], False, _natural(file.path))


def _natural(path: str) -> list[tuple[int, str]]:
    """The path with numbers compared as numbers."""
    parts = re.findall(r"(\d+)|(\D+)", path)
    return [(int(number[:18]), "") if number else (-1, text) for number, text in parts]


def _after_each_other(files: Sequence[Changes]) -> list[Changes]:
    """The files in their order, but none before one that it says it comes after."""
    if not any(each.name for each in files):
        return list(files)
    named = {each.name: each for each in files if each.name}
    done: dict[str, Changes] = {}
    for each in files:
        stack = [each]
        asked: set[str] = set()
        while stack:
            top = stack[-1]
            missing = [
                named[name]
                for name in reversed(top.before)
                if name in named and named[name].path not in done and named[name].path not in asked
            ]
            asked.add(top.path)
            if missing:
                stack += missing
            else:
                done.setdefault(stack.pop().path, top)
    return list(done.values())


def _included(files: Sequence[Changes]) -> Iterator[Placed]:
    """The steps of changelogs, each where it is first included; roots in order of their paths.

    One that nobody includes beside one that somebody does is left over from earlier.
    """
    by_path = {each.path: each for each in sorted(files, key=_position)}
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for path in by_path:
        by_name[path.rpartition("/")[2]].append(path)
    leads = {path: _leads(by_path[path], by_path, by_name) for path in by_path}
    inside = {path for ways in leads.values() for each in ways.values() for path in each}
    beside = {dirname(path) for path in inside}
    leading = {path for path, ways in leads.items() if any(ways.values())}
    roots = [p for p in by_path if p in leading - inside or dirname(p) not in beside]
    seen: set[str] = set()
    for start in [*(p for p in roots if p not in inside), *(p for p in by_path if p in inside)]:
        stack: list[Iterator[str | Placed]] = [iter([start])]
        while stack:
            part = next(stack[-1], None)
            if part is None:
                stack.pop()
            elif not isinstance(part, str):
                yield part
            elif part not in seen:
                seen.add(part)
                stack.append(_parts(by_path[part], leads[part]))


def _parts(file: Changes, ways: Mapping[str, Sequence[str]]) -> Iterator[str | Placed]:
    """The steps of a file, and the paths of what it includes between them."""
    for step in file.steps:
        if step.op == INCLUDE:
            yield from ways.get(step.to, ())
        else:
            yield file, step


def _leads(
    file: Changes, every: Mapping[str, Changes], by_name: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """What each include of a changelog leads to: relative to it, or by the end of the path."""
    found: dict[str, list[str]] = {}
    for step in file.steps:
        if step.op != INCLUDE or step.to in found:
            continue
        wanted = normpath(step.to.partition("classpath:")[2] or step.to).lstrip("/")
        beside = normpath(join(dirname(file.path), wanted))
        if step.to.endswith("/"):
            found[step.to] = [
                path
                for path in every
                if path.startswith(f"{beside}/") or f"/{wanted}/" in f"/{path}"
            ]
        elif beside in every:
            found[step.to] = [beside]
        else:
            named = by_name.get(wanted.rpartition("/")[2], ())
            found[step.to] = [path for path in named if f"/{path}".endswith(f"/{wanted}")]
        found[step.to] = [path for path in found[step.to] if path != file.path]
    return found
