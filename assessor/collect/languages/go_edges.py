"""From uses of names to counted references between files."""

from collections.abc import Iterator
from itertools import chain

from assessor.collect.languages.go_facts import CALL, GENERIC, INHERIT, NEW, TYPE, VALUE
from assessor.collect.languages.go_injection import Implementers, implementers, injected
from assessor.collect.languages.go_meaning import FUNCTION, meaning, named
from assessor.collect.languages.go_meaning import TYPE as A_TYPE
from assessor.collect.languages.go_table import Project, Source, imports_of, main_file
from assessor.collect.languages.go_units import unit_name
from assessor.collect.languages.go_wiring import Wiring
from assessor.model.records import Reference, ReferenceKind

Edges = dict[tuple[Source, ReferenceKind], list[int]]  # count, first line
_TYPES = {
    TYPE: ReferenceKind.TYPE,
    NEW: ReferenceKind.NEW,
    INHERIT: ReferenceKind.INHERIT,
}


def references(project: Project, wiring: Wiring) -> tuple[Reference, ...]:
    """All references between files, sorted."""
    makers = implementers(project, wiring)
    found = chain.from_iterable(
        _of_file(project, source, makers=makers) for source in project.sources
    )
    return tuple(sorted(found))


def _of_file(project: Project, source: Source, *, makers: Implementers) -> Iterator[Reference]:
    edges: Edges = {}
    uses = source.facts["uses"]
    for key, count, line in zip(uses[::3], uses[1::3], uses[2::3], strict=True):
        found = _meant(project, source, str(key))
        if found is not None:
            _add(edges, source, found, count=int(count), line=int(line))
    for target, line in injected(project, source, makers=makers):
        _add(edges, source, (target, ReferenceKind.INJECT), count=1, line=line)
    _imports(source, edges)
    for (target, kind), (count, line) in edges.items():
        path, other = source.file.path, target.file.path
        yield Reference(path, unit_name(path), other, unit_name(other), kind, count, line)


def _meant(project: Project, source: Source, key: str) -> tuple[Source, ReferenceKind] | None:
    """The file that declares what is used, and the kind of the use."""
    letter, text = key[0], key[1:]
    if letter in _TYPES:
        type_ = named(project, source, text)
        if type_ is not None:
            return type_.source, _TYPES[letter]
        # `new(a.b)`, `c[a.b]()`: what stands where the grammar expects a type may be a value.
        letter, text = VALUE, text.replace(".", "|.")
    found = meaning(project, source, text)
    if found is None or found.target is None:
        return None
    return found.target, _kind(letter, found.kind)


def _kind(letter: str, kind: str) -> ReferenceKind:
    if kind == A_TYPE:
        return ReferenceKind.TYPE
    if letter == CALL or (letter == GENERIC and kind == FUNCTION):
        return ReferenceKind.CALL
    assert letter in (VALUE, GENERIC)  # noqa: S101 - the other letters are those of types
    return ReferenceKind.STATIC


def _add(
    edges: Edges, source: Source, found: tuple[Source, ReferenceKind], *, count: int, line: int
) -> None:
    if found[0] is source:
        return
    known = edges.setdefault(found, [0, line])
    known[0] += count
    known[1] = min(known[1], line)


def _imports(source: Source, edges: Edges) -> None:
    """Imports of packages that nothing else in the file refers to, as references of their main
    files.
    """
    used = {target.package for target, _ in edges}
    for (_, _, line), target in zip(imports_of(source), source.targets, strict=True):
        if target is not None and target not in used and target is not source.package:
            _add(edges, source, (main_file(target), ReferenceKind.IMPORT), count=1, line=line)
