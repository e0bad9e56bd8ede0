"""Units and `code.*` artefacts of a Go project."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import cast

from assessor.collect.languages.go_classes import classes
from assessor.collect.languages.go_table import Project, Source, imports_of
from assessor.model.basis import Location, Node
from assessor.model.records import Artefact, ClassMetrics, Function, Unit

LANGUAGE = "go"


def unit_name(path: str) -> str:
    """Folders and file with dots between: `store/orders.go` is `store.orders`."""
    return path.removesuffix(".go").replace("/", ".")


def units(project: Project) -> Iterator[Unit]:
    """One unit a file, in order of path."""
    measured = classes(project)
    return (_unit(source, measured) for source in project.sources)


def _unit(source: Source, measured: Mapping[str, tuple[ClassMetrics, ...]]) -> Unit:
    facts, path = source.facts, source.file.path
    functions = _functions(facts["measures"], facts.get("shapes", ()))
    words = facts["words"]
    types = [str(one[0]) for one in facts["types"] if one[0]]
    return Unit(
        path=path,
        language=LANGUAGE,
        name=unit_name(path),
        kind=source.file.kind,
        code_lines=facts["code"],
        cyclomatic=sum(one.cyclomatic for one in functions),
        cognitive=sum(one.cognitive for one in functions),
        types=tuple(dict.fromkeys(types)),
        words=tuple(zip(words[::2], words[1::2], strict=True)),  # type: ignore[arg-type]  # flat: term, count, …
        functions=functions,
        comment_lines=facts["comments"],
        classes=measured.get(path, ()),
    )


def _functions(flat: Sequence[str | int], shapes: Sequence[int]) -> tuple[Function, ...]:
    rows = zip(flat[::5], flat[1::5], flat[2::5], flat[3::5], flat[4::5], strict=True)
    return tuple(
        Function(*row, *shape)
        for row, shape in zip_longest(
            rows, zip(shapes[::2], shapes[1::2], strict=True), fillvalue=()
        )
    )


def artefacts(project: Project) -> list[Artefact]:
    """All `code.*` artefacts, sorted by place."""
    found = _imports(project)
    for source in project.sources:
        for category, text, line in _rows(source.facts["literals"]):
            found.append(_artefact(source, "code.literal", line, category=category, text=text))
        for name, type_, line in _rows(source.facts["statics"]):
            found.append(_artefact(source, "code.static", line, name=name, type=type_))
    return sorted(found, key=lambda one: (one.location, one.kind, repr(one.root.value)))


def _rows(flat: Sequence[str | int]) -> list[tuple[str, str, int]]:
    rows = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    return cast("list[tuple[str, str, int]]", list(rows))


def _imports(project: Project) -> list[Artefact]:
    """One for each path from outside and kind of unit, where it is first imported."""
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], tuple[Source, int]] = {}
    for source in project.sources:
        for (path, _, line), foreign in zip(imports_of(source), source.foreign, strict=True):
            key = (path, str(source.file.kind))
            if foreign:
                counts[key] = counts.get(key, 0) + 1
                first.setdefault(key, (source, line))
    return [
        _artefact(source, "code.import", line, name=key[0], count=counts[key])
        for key, (source, line) in first.items()
    ]


def _artefact(source: Source, kind: str, line: int, **values: str | int) -> Artefact:
    keys = {"language": LANGUAGE, **values, "unit_kind": str(source.file.kind)}
    root = Node(line, {name: Node(line, value) for name, value in keys.items()})
    return Artefact(kind, Location(source.file.path, line), root)
