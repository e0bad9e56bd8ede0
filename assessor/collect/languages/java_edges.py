"""From uses of names to counted references between top-level classes."""

from collections.abc import Iterator
from itertools import chain

from assessor.collect.languages.java_chains import hits
from assessor.collect.languages.java_table import Source, Table, Type, lineage, named, qualified
from assessor.collect.languages.java_text import erased, last_argument
from assessor.model.records import FileKind, Reference, ReferenceKind

Edges = dict[tuple[Type, Type, ReferenceKind], list[int]]  # count, first line


def references(table: Table) -> tuple[Reference, ...]:
    """All references between the project's top-level classes, sorted."""
    implementers = _implementers(table)
    found = chain.from_iterable(_of_file(table, source, implementers) for source in table.sources)
    return tuple(sorted(found))


def main_type(source: Source) -> Type | None:
    """The file's main type: the one named like the file, else the first; None in an empty file."""
    stem = source.file.path.rpartition("/")[2].rpartition(".")[0]
    tops = [declared for declared in source.types if declared.top is declared]
    return next((top for top in tops if top.name == stem), tops[0] if tops else None)


def _of_file(
    table: Table, source: Source, implementers: dict[int, list[Type]]
) -> Iterator[Reference]:
    edges: Edges = {}
    main = main_type(source)
    if main is None:
        return iter(())
    for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
        origin = scope.top or main
        for key, count, line in zip(facts["keys"], facts["counts"], facts["lines"], strict=True):
            for target, kind in hits(table, scope, key):
                if target.top is not origin:
                    _add(edges, (origin, target, kind), count, line)
        for written in facts["injected"]:
            for target in _injectable(table, scope, written, implementers):
                if target.top is not origin:
                    _add(edges, (origin, target, ReferenceKind.INJECT), 1, facts["line"])
    _add_imports(table, source, main, edges)
    return _as_references(edges)


def _add(edges: Edges, key: tuple[Type, Type, ReferenceKind], count: int, line: int) -> None:
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


def _add_imports(table: Table, source: Source, main: Type, edges: Edges) -> None:
    used = {target for _, target, _ in edges}
    for name, line in zip(source.facts["imports"], source.facts["import_lines"], strict=True):
        target = imported_type(table, source, name)
        if target is not None and target.top is not None and target.top.source is not source:
            if target.top not in used:
                _add(edges, (main, target, ReferenceKind.IMPORT), 1, line)


def imported_type(table: Table, source: Source, name: str) -> Type | None:
    """The project's type that an import names, or the one whose members it names."""
    if name.startswith("static "):
        return qualified(table, name[7:].rpartition(".")[0], source)
    return None if name.endswith(".*") else qualified(table, name, source)


def _as_references(edges: Edges) -> Iterator[Reference]:
    return (
        Reference(
            source.source.file.path, source.qualified,
            target.source.file.path, target.qualified,
            kind, count, line,
        )
        for (source, target, kind), (count, line) in edges.items()
    )  # fmt: skip


def _implementers(table: Table) -> dict[int, list[Type]]:
    """Concrete classes by the id of each of their supertypes, in order of path."""
    found: dict[int, list[Type]] = {}
    for source in table.sources:
        for declared in source.types:
            if declared.outer is not None and declared.shape == "class" and not declared.abstract:
                for ancestor in lineage(table, declared)[1:]:
                    found.setdefault(id(ancestor), []).append(declared)
    return found


def _injectable(
    table: Table, scope: Type, written: str, implementers: dict[int, list[Type]]
) -> list[Type]:
    """What a container can put in: the class itself, or all concrete classes of an abstract one.

    An abstract type without any (a mapper or repository made by a framework) stands for itself.
    A collection, provider or optional of something asks for its element.
    """
    declared = named(table, scope, erased(written))
    while declared is None and (written := last_argument(written)):
        declared = named(table, scope, erased(written))
    if declared is None:
        return []
    if not declared.abstract:
        return [declared]
    found = [
        candidate
        for candidate in implementers.get(id(declared), [])
        if scope.source.file.kind is FileKind.TEST
        or candidate.source.file.kind is not FileKind.TEST
    ]
    return found or [declared]
