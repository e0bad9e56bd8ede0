"""From uses of names to counted references between top-level classes."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from assessor.collect.languages.php_injection import Bindings, bindings, injected
from assessor.collect.languages.typed_chains import hits
from assessor.collect.languages.typed_injection import (
    NO_BEANS,
    Beans,
    Implementers,
    implementers,
    injectable,
)
from assessor.collect.languages.typed_table import Source, Table, Type, nearest, qualified
from assessor.collect.languages.typed_ways import ways
from assessor.model.records import Reference, ReferenceKind

Edges = dict[tuple[Type, Type, str], list[int]]  # count, first line

_IMPORT, _INJECT = ReferenceKind.IMPORT.value, ReferenceKind.INJECT.value
# Paths and names of source and target as in `Reference`, kind, count, line.
Row = tuple[str, str, str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Container:
    """What tells which objects a container puts in: concrete classes, bindings of PHP, XML."""

    makers: Implementers
    bound: Bindings | None
    beans: Beans


def references(table: Table, *, beans: Beans = NO_BEANS) -> tuple[Reference, ...]:
    """All references between the project's top-level classes, sorted.

    beans: those that XML declares.
    """
    container = Container(implementers(table), bindings(table), beans)
    paths = {source.file.path: source for source in table.sources}
    found = chain.from_iterable(
        _of_file(table, source, container=container, paths=paths) for source in table.sources
    )
    return tuple(Reference(*row[:4], ReferenceKind(row[4]), *row[5:]) for row in sorted(found))


def main_type(source: Source) -> Type | None:
    """The file's main type: the one named like the file, else the first; None in an empty file."""
    stem = source.file.path.rpartition("/")[2].rpartition(".")[0]
    tops = [declared for declared in source.types if declared.top is declared]
    tops.sort(key=lambda top: (top.name != stem, top.shape == "facade"))
    return tops[0] if tops else None


def _of_file(
    table: Table,
    source: Source,
    *,
    container: Container,
    paths: Mapping[str, Source],
) -> Iterator[Row]:
    edges: Edges = {}
    main = main_type(source)
    if main is None:
        return iter(())
    for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
        origin = scope.top or main
        for key, count, line in zip(facts["keys"], facts["counts"], facts["lines"], strict=True):
            for target, kind in hits(table, scope, key):
                if target.top is not origin:
                    _add(edges, (origin, target, kind), count=count, line=line)
    for scope, target, line in _put_in(table, source, container):
        origin = scope.top or main
        if target.top is not origin:
            _add(edges, (origin, target, _INJECT), count=1, line=line)
    _add_imports(table, source, edges)
    for target, line in _included(source, paths):
        _add(edges, (main, target, _IMPORT), count=1, line=line)
    return _as_references(edges)


def _put_in(
    table: Table, source: Source, container: Container
) -> Iterator[tuple[Type, Type, int]]:
    """What a container puts into the classes of a file: where, what, and the line."""
    makers, beans = container.makers, container.beans
    if source.file.language == "php":
        yield from injected(table, source, makers=makers, held=container.bound)
        return
    for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
        for written in facts["injected"]:
            for target in injectable(table, scope, written=written, makers=makers, beans=beans):
                yield scope, target, facts["line"]


def _add(edges: Edges, key: tuple[Type, Type, str], *, count: int, line: int) -> None:
    source, target, kind = key
    top = target.top
    if top is None:
        return
    known = edges.get((source, top, kind))
    if known is None:
        edges[source, top, kind] = [count, line]
    else:
        known[0] += count
        known[1] = min(known[1], line)


def _add_imports(table: Table, source: Source, edges: Edges) -> None:
    """Imports of types that nothing else in the file refers to, as references of the main type."""
    main = main_type(source)
    used = {target for _, target, _ in edges}
    for name, line in zip(source.facts["imports"], source.facts["import_lines"], strict=True):
        target = imported_type(table, source, name)
        top = target.top if target is not None else None
        if top is not None and main is not None and top.source is not source and top not in used:
            _add(edges, (main, top, _IMPORT), count=1, line=line)


def _included(source: Source, paths: Mapping[str, Source]) -> Iterator[tuple[Type, int]]:
    """The main types of the files that this one runs, and the lines."""
    flat = source.facts.get("includes", ())
    folder = posixpath.dirname(source.file.path)
    for name, line in zip(flat[::2], flat[1::2], strict=True):
        written = str(name)
        tried = [posixpath.join(folder, written)] if written[:1] != "/" else []
        tried += [written.lstrip("/")] if written[:1] != "." else []
        found = [paths[path] for path in map(posixpath.normpath, tried) if path in paths]
        target = main_type(found[0]) if found and found[0] is not source else None
        if target is not None:
            yield target, int(line)


def imported_type(table: Table, source: Source, name: str) -> Type | None:
    """The project's type that an import names, or the one whose members it names."""
    name = name.partition(" as ")[0]
    if name.startswith("static "):
        return qualified(table, name[7:].rpartition(".")[0], source)
    if name.endswith(".*"):
        return None
    found = qualified(table, name, source)
    if found is not None or ways(source.file.language).checked_imports:
        return found
    held = table.loose.get(name)
    return nearest(held, source) if held else qualified(table, name.rpartition(".")[0], source)


def _as_references(edges: Edges) -> Iterator[Row]:
    return (
        (
            source.source.file.path, source.qualified,
            target.source.file.path, target.qualified,
            kind, count, line,
        )
        for (source, target, kind), (count, line) in edges.items()
    )  # fmt: skip
