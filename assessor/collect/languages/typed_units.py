"""Units and `code.*` artefacts of languages with declared types."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import cast

from assessor.collect.languages.typed_edges import imported_type, main_type
from assessor.collect.languages.typed_table import Source, Table
from assessor.model.basis import Location, Node
from assessor.model.records import Artefact, ClassMetrics, Function, Unit

Row = tuple[str, str, int]


def units(table: Table) -> Iterator[Unit]:
    """One unit a file, in order of path."""
    return (_unit(source) for source in table.sources)


def _unit(source: Source) -> Unit:
    facts = source.facts
    functions = _functions(facts["functions"], facts.get("shapes", ()))
    main = main_type(source)
    tops = [declared.qualified for declared in source.types if declared.top is declared]
    if main is not None:
        tops.remove(main.qualified)
        tops.insert(0, main.qualified)
    words = facts["words"]
    return Unit(
        path=source.file.path,
        language=source.file.language,
        name=main.qualified if main is not None else _nameless(source),
        kind=source.file.kind,
        code_lines=facts["code_lines"],
        cyclomatic=sum(function.cyclomatic for function in functions),
        cognitive=sum(function.cognitive for function in functions),
        types=tuple(dict.fromkeys(tops)),
        words=tuple(zip(words[::2], words[1::2], strict=True)),  # type: ignore[arg-type] # flat: name, number, …
        functions=functions,
        comment_lines=facts["comment_lines"],
        classes=tuple(ClassMetrics(*row) for row in facts.get("classes", ())),
    )


def _nameless(source: Source) -> str:
    """The name of a file without types: `a.b.package-info`."""
    stem = source.file.path.rpartition("/")[2].rpartition(".")[0]
    return f"{source.package}.{stem}" if source.package else stem


def _functions(flat: Sequence[str | int], shapes: Sequence[int]) -> tuple[Function, ...]:
    rows = zip(flat[::5], flat[1::5], flat[2::5], flat[3::5], flat[4::5], strict=True)
    return tuple(
        Function(*row, *shape)
        for row, shape in zip_longest(
            rows, zip(shapes[::2], shapes[1::2], strict=True), fillvalue=()
        )
    )


def _rows(flat: Sequence[str | int]) -> list[Row]:
    return cast("list[Row]", list(zip(flat[::3], flat[1::3], flat[2::3], strict=True)))


def artefacts(table: Table) -> list[Artefact]:
    """All `code.*` artefacts, sorted by kind and place."""
    found = _imports(table)
    for source in table.sources:
        found += _annotations(source)
        found += _literals(source)
        found += _statics(source)
    return sorted(found, key=lambda artefact: (artefact.kind, artefact.location))


def _artefact(
    kind: str, location: Location, values: dict[str, str | int], *, language: str
) -> Artefact:
    line = location.line
    root = {name: Node(line, value) for name, value in {"language": language, **values}.items()}
    return Artefact(kind, location, Node(line, root))


def _kind(source: Source) -> str:
    return source.file.kind.value


def _imports(table: Table) -> list[Artefact]:
    """One artefact for each foreign name and kind of unit, at the first place that imports it."""
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Location] = {}
    for source in table.sources:
        for name, line in zip(source.facts["imports"], source.facts["import_lines"], strict=True):
            foreign = _foreign(table, source, name)
            if foreign:
                key = (foreign, _kind(source), source.file.language)
                counts[key] += 1
                first.setdefault(key, Location(source.file.path, line))
    return [
        _artefact(
            "code.import",
            first[name, kind, language],
            {"name": name, "count": n, "unit_kind": kind},
            language=language,
        )
        for (name, kind, language), n in sorted(counts.items())
    ]


def _foreign(table: Table, source: Source, name: str) -> str:
    """The imported name, `static`, alias and member left out, if it is not of the project."""
    name = name.partition(" as ")[0]
    if name.startswith("static "):
        owner = name[7:].rpartition(".")[0]
        return "" if imported_type(table, source, name) else owner
    if name.endswith(".*"):
        package = name[:-2]
        return "" if package in table.packages or package in table.tops else name
    return "" if name in table.packages or imported_type(table, source, name) else name


def _annotations(source: Source) -> list[Artefact]:
    """One artefact for each annotation's simple name in a file, with its first argument there."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for name, arguments, line in _rows(source.facts["annotations"]):
        counts[name] += 1
        if name not in first or (arguments and not first[name][0]):
            first[name] = (arguments, line)
    return [
        _artefact(
            "code.annotation",
            Location(source.file.path, first[name][1]),
            {"name": name, "count": n, "arguments": first[name][0], "unit_kind": _kind(source)},
            language=source.file.language,
        )
        for name, n in counts.items()
    ]


def _literals(source: Source) -> list[Artefact]:
    return [
        _artefact(
            "code.literal",
            Location(source.file.path, line),
            {"category": category, "text": text, "unit_kind": _kind(source)},
            language=source.file.language,
        )
        for category, text, line in _rows(source.facts["literals"])
    ]


def _statics(source: Source) -> list[Artefact]:
    return [
        _artefact(
            "code.static",
            Location(source.file.path, line),
            {"name": name, "type": written, "unit_kind": _kind(source)},
            language=source.file.language,
        )
        for name, written, line in _rows(source.facts["statics"])
    ]
