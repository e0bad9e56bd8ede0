"""Python projects across files: one project a folder, constraints, what starts them."""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, join, normpath

from assessor.collect.platform.nodes import Plain, child, fields, node, text
from assessor.collect.platform.python_dependency import BY, project
from assessor.collect.platform.python_project import claims
from assessor.collect.platform.python_requirements import CONSTRAINT, INCLUDE
from assessor.model.basis import Location, Node, Skip
from assessor.model.records import Artefact

_ORDER = {"pyproject.toml": 0, "setup.cfg": 1, "setup.py": 2}
_STARTS = ("manage.py", "wsgi.py", "asgi.py", "app.py", "main.py", "__main__.py", "Procfile")


def link(artefacts: Iterable[Artefact], paths: frozenset[str]) -> tuple[Artefact, ...]:
    """The artefacts with one Python project a folder and constraints applied; inner ones gone."""
    given = tuple(artefacts)
    fixed = _constraints(given)
    chosen = _chosen(given)
    kept = [
        _constrained(found, fixed)
        for found in given
        if found.kind not in {INCLUDE, CONSTRAINT} and not _is_project(found)
    ]
    projects = [_started(found, paths) for found in chosen.values()]
    return (*kept, *projects, *_bare(given, chosen, paths))


def dangling(artefacts: Iterable[Artefact], paths: frozenset[str]) -> Iterator[Skip]:
    """A skip for every `-r` or `-c` whose file is not there or was not read as requirements."""
    reason = "A requirements file that this one includes was not found or not read."
    given = tuple(artefacts)
    read = {found.location.path for found in given}
    for found in given:
        if found.kind == INCLUDE:
            wanted = _target(found)
            if wanted not in read and (wanted not in paths or not claims(wanted)):
                place = found.location
                kinds = ("build.dependency",)
                yield Skip(place.path, place.line, "missing-include", BY, reason, kinds)


def _target(found: Artefact) -> str:
    return normpath(join(dirname(found.location.path), text(child(found.root, "file")) or ""))


def _is_project(found: Artefact) -> bool:
    return found.kind == "build.project" and text(child(found.root, "tool")) == "pip"


def _chosen(given: Iterable[Artefact]) -> dict[str, Artefact]:
    """Folder -> the project that its first telling file describes."""
    found = [each for each in given if _is_project(each)]
    found.sort(key=lambda each: _ORDER.get(basename(each.location.path), 9), reverse=True)
    return {dirname(each.location.path): each for each in found}


def _started(found: Artefact, paths: frozenset[str]) -> Artefact:
    """The project, runnable also where a file to start stands in its folder."""
    if child(found.root, "runnable") and fields(found.root)["runnable"].value is True:
        return found
    folder = dirname(found.location.path)
    if not any(join(folder, name) in paths for name in _STARTS):
        return found
    entries: dict[str, Plain] = {**fields(found.root), "runnable": True}
    return Artefact(found.kind, found.location, node(entries, line=found.root.line))


def _bare(
    given: Iterable[Artefact], chosen: Mapping[str, Artefact], paths: frozenset[str]
) -> Iterator[Artefact]:
    """A project for a folder that has requirements and something to start but says no more."""
    folders: dict[str, str] = {}
    for found in given:
        place = found.location.path
        if found.kind == "build.dependency" and basename(place) == "requirements.txt":
            folders.setdefault(dirname(place), place)
    for folder, place in sorted(folders.items()):
        if folder not in chosen and any(join(folder, name) in paths for name in _STARTS):
            root = project(1, name=basename(folder) or None, runnable=True)
            yield Artefact("build.project", Location(place, 1), root)


def _constraints(given: tuple[Artefact, ...]) -> dict[str, dict[str, Node]]:
    """Requirements file -> name -> the entry of a `-c` file that fixes its version."""
    by_file: dict[str, dict[str, Node]] = {}
    for found in given:
        if found.kind in {CONSTRAINT, "build.dependency"}:
            name = text(child(found.root, "name")) or ""
            by_file.setdefault(found.location.path, {})[name] = found.root
    applied: dict[str, dict[str, Node]] = {}
    for found in given:
        if found.kind == INCLUDE and text(child(found.root, "option")) == "c":
            entries = by_file.get(_target(found), {})
            applied.setdefault(found.location.path, {}).update(entries)
    return applied


def _constrained(found: Artefact, fixed: Mapping[str, Mapping[str, Node]]) -> Artefact:
    name = text(child(found.root, "name")) or ""
    entry = fixed.get(found.location.path, {}).get(name)
    if found.kind != "build.dependency" or entry is None:
        return found
    pinned = fields(found.root)["pinned"]
    if pinned.value is True or fields(entry)["pinned"].value is not True:
        return found
    changed: dict[str, Plain] = {
        **fields(found.root),
        "version": Node(pinned.line, fields(entry)["version"].value),
        "pinned": Node(pinned.line, value=True),
        "managed": Node(pinned.line, value=True),
    }
    return Artefact(found.kind, found.location, node(changed, line=found.root.line))
