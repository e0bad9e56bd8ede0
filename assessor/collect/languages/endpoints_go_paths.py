"""Endpoints of Go: routes of all files, with the paths that lead to their routers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.endpoints import Endpoint, artefacts, joined
from assessor.collect.languages.endpoints_routers import Routers
from assessor.collect.languages.go_table import (
    Function,
    Package,
    Project,
    Source,
    Type,
    imports_of,
    lookup,
    seen,
)
from assessor.model.records import Artefact

Row = list[str]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is known of routers. gives: function -> the router that it gives back."""

    project: Project
    gives: dict[Key, Key]
    routers: Routers = field(default_factory=Routers)


def endpoints(project: Project) -> list[Artefact]:
    """The endpoints of all files."""
    rows = [(one, cast("list[Row]", one.facts.get("routes", []))) for one in project.sources]
    known = _Known(project, _gives(rows))
    for source, said in rows:
        for row in said:
            if row[0] == "mount":
                below, above = _key(known, source, row[3]), _key(known, source, row[1])
                known.routers.hang(below, above, row[2])
            elif row[0] == "pass":
                _pass(known, source, row)
    return [one for source, said in rows for one in _answered(known, source, said)]


def _gives(rows: Sequence[tuple[Source, list[Row]]]) -> dict[Key, Key]:
    """Function -> the router that it gives back."""
    return {
        (source.package.folder, row[1]): _own(source, row[2])
        for source, said in rows
        for row in said
        if row[0] == "gives"
    }


def _own(source: Source, key: str) -> Key:
    """A router that the file or its package knows."""
    shared = key.startswith(("param:", "name:"))
    return (source.package.folder if shared else source.file.path), key


def _key(known: _Known, source: Source, key: str) -> Key:
    if key.startswith("call:"):
        for function, name in _functions(known.project, source, key[5:]):
            given = known.gives.get((function.source.package.folder, name))
            if given is not None:
                return given
    return _own(source, key)


def _pass(known: _Known, source: Source, row: Row) -> None:
    """A function is given a router: its parameter is that one."""
    for function, name in _functions(known.project, source, row[3]):
        if not source.test or function.source.test:
            below = (function.source.package.folder, f"param:{name}:{row[4]}")
            known.routers.hang(below, _key(known, source, row[1]), row[2])


def _functions(project: Project, source: Source, written: str) -> list[tuple[Function, str]]:
    """The function that is called so, and its name (`f`, `T.m`); none if that is not known."""
    before, dot, last = written.rpartition(".")
    if not dot:
        found = seen(source, last)
        return [(found, last)] if isinstance(found, Function) else []
    package = source.imports.get(before)
    if package is not None:
        found = lookup(package, last, test=False)
        return [(found, last)] if isinstance(found, Function) else []
    if before in _foreign(source):
        return []
    type_ = seen(source, before)
    near = [type_] if isinstance(type_, Type) else _types(source.package)
    found_methods = _methods(near, last) or _methods(project.types, last)
    return found_methods if len(found_methods) == 1 else []


def _foreign(source: Source) -> set[str]:
    """Names of packages that are not of the project."""
    given = zip(imports_of(source), source.foreign, strict=True)
    return {alias or path.rpartition("/")[2] for (path, alias, _), foreign in given if foreign}


def _types(package: Package) -> list[Type]:
    return [type_ for source in package.sources for type_ in source.types]


def _methods(types: Sequence[Type], name: str) -> list[tuple[Function, str]]:
    return [(one.methods[name][0], f"{one.name}.{name}") for one in types if name in one.methods]


def _answered(known: _Known, source: Source, rows: Sequence[Row]) -> list[Artefact]:
    found: list[Endpoint] = []
    for row in rows:
        if row[0] == "on":
            _, key, prefix, method, path, handler, line, framework = row
            unit = _unit(known.project, source, handler)
            for before in known.routers.paths(_key(known, source, key)):
                whole = _whole(joined(before, prefix, path), path, framework)
                place = cast("int", line)
                found.append(Endpoint(place, method, whole, handler, framework, unit))
    return artefacts(source.file, found)


def _whole(path: str, last: str, framework: str) -> str:
    """Chi answers the root of what is mounted with and without the slash at the end."""
    chi = framework == "chi" and last == "/" and len(path) > 1
    return path.rstrip("/") if chi else path


def _unit(project: Project, source: Source, handler: str) -> str:
    """The file that declares the handler, if it is known."""
    functions = _functions(project, source, handler) if not handler.endswith("()") else []
    paths = {function.source.file.path for function, _ in functions}
    return paths.pop() if len(paths) == 1 else ""
