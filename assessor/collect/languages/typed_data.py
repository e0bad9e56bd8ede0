"""`data.*` artefacts of languages with declared types."""

from collections.abc import Iterable, Iterator, Sequence

from assessor.collect.languages import joins
from assessor.collect.languages.csharp_data import modelled
from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.php_accesses import accesses
from assessor.collect.languages.php_models import models, with_models
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_accesses import Access, Unread
from assessor.collect.languages.typed_entities import (
    Entities,
    Relation,
    Stored,
    entities,
    relations,
)
from assessor.collect.languages.typed_exposed import ROWS, of_exposed
from assessor.collect.languages.typed_marks import Noted, marks
from assessor.collect.languages.typed_repositories import calls, repositories
from assessor.collect.languages.typed_sessions import managed
from assessor.collect.languages.typed_statements import called_by_id, mappers, statements
from assessor.collect.languages.typed_table import Source, Table, Type, named
from assessor.model.basis import Location, Node, Scalar
from assessor.model.records import Artefact, File, FileKind

_LONGEST = 200


def data_artefacts(table: Table, settings: Sequence[Extracted]) -> list[Artefact]:
    """All `data.*` artefacts; a row is there once, whatever the order of the files."""
    noted = list(marks(table))
    model, php = modelled(table), models(table)
    found = model.entities
    if not found.stored:
        found = with_models(entities(table, noted, settings), php)
    served = repositories(table, noted, found)
    done: list[Access | Unread] = [
        *statements(table, noted, found, served=served, settings=settings),
        *mappers(table, settings),
        *called_by_id(table, settings),
        *calls(table, noted, served),
        *managed(table, found),
        *model.accesses,
        *accesses(table, php),
        *_queried(table),
        *of_exposed(table, *_of_exposed(table, noted, found)),
    ]
    led = (*relations(table, noted, found), *model.relations, *php.relations)
    made = [*_entities(found), *(_relation(each) for each in led)]
    made += _accesses(each for each in done if isinstance(each, Access))
    made += _joins(each for each in done if isinstance(each, Access))
    unread = {_unread(each) for each in done if isinstance(each, Unread)}
    return [*made, *(_of_unread(*row) for row in sorted(unread, key=lambda row: row[:3]))]


def _queried(table: Table) -> Iterator[Access]:
    for source in table.sources:
        for name, operation, line in source.facts.get("queries", ()):
            yield Access(source, name, operation, "sql", source.file, line)


def _of_exposed(
    table: Table, noted: Sequence[Noted], found: Entities
) -> tuple[dict[Type, str], dict[Type, str]]:
    """Objects that are tables of Exposed, and classes of their rows, each with its table."""
    tables = {
        type_: each.table for type_, each in found.stored.items() if each.framework == "exposed"
    }
    rows: dict[Type, str] = {}
    for mark in noted if tables else ():
        given = named(table, mark.owner, mark.arguments.get("value", ""))
        if mark.kind in ROWS and given in tables:
            rows[mark.owner] = tables[given]
    return tables, rows


def _artefact(
    kind: str, unit: Source, values: dict[str, Scalar], *, file: File, line: int
) -> Artefact:
    test = FileKind.TEST in {unit.file.kind, file.kind}
    root: dict[str, Scalar] = {
        "language": unit.file.language,
        **values,
        "unit": unit.file.path,
        "unit_kind": FileKind.TEST.value if test else unit.file.kind.value,
    }
    nodes = {name: Node(line, value) for name, value in root.items()}
    return Artefact(kind, Location(file.path, line), Node(line, nodes))


def _entities(found: Entities) -> Iterator[Artefact]:
    for each in (*found.stored.values(), *found.more):
        yield _entity(each)


def _entity(stored: Stored) -> Artefact:
    source = stored.type.source
    values: dict[str, Scalar] = {
        "entity": stored.name,
        "table": stored.table or None,
        "framework": stored.framework,
    }
    return _artefact("data.entity", source, values, file=source.file, line=stored.line)


def _relation(relation: Relation) -> Artefact:
    unit = relation.owner.source
    values: dict[str, Scalar] = {
        "source": relation.source.name,
        "target": relation.target.name,
        "field": relation.field,
        "cardinality": relation.cardinality,
        "foreign_key": relation.foreign_key,
        "framework": relation.target.framework,
    }
    return _artefact("data.relation", unit, values, file=unit.file, line=relation.line)


def _accesses(done: Iterable[Access]) -> list[Artefact]:
    """One for each unit, table and operation, at the first place."""
    grouped: dict[tuple[str, str, str], list[Access]] = {}
    for each in done:
        grouped.setdefault((each.unit.file.path, each.table, each.operation), []).append(each)
    return [_access(grouped[key]) for key in sorted(grouped)]


def _access(done: Sequence[Access]) -> Artefact:
    first = min(done, key=lambda each: (each.file.path, each.line, each.via))
    values: dict[str, Scalar] = {
        "table": first.table,
        "operation": first.operation,
        "via": first.via,
        "count": sum(each.count for each in done),
    }
    return _artefact("data.access", first.unit, values, file=first.file, line=first.line)


def _joins(done: Iterable[Access]) -> Iterator[Artefact]:
    """One for each unit and pair of tables that a statement of it names."""
    statements: dict[tuple[str, str, int, str], list[Access]] = {}
    for each in done:
        if each.statement:
            key = (each.unit.file.path, each.file.path, each.line, each.statement)
            statements.setdefault(key, []).append(each)
    units = {each[0].unit.file.path: each[0].unit for each in statements.values()}
    files = {each[0].file.path: each[0].file for each in statements.values()}
    named = (
        (unit, (path, line), [each.table for each in together])
        for (unit, path, line, _), together in statements.items()
    )
    for (unit, a, b), (count, (path, line)) in joins.joined(named).items():
        values: dict[str, Scalar] = {"source": a, "target": b, "count": count}
        yield _artefact(joins.KIND, units[unit], values, file=files[path], line=line)


def _unread(each: Unread) -> tuple[str, int, str, Unread]:
    return each.file.path, each.line, each.text, each


def _of_unread(_path: str, _line: int, _text: str, each: Unread) -> Artefact:
    text = masked(" ".join(each.text.split()))[:_LONGEST]
    values: dict[str, Scalar] = {"reason": each.reason, "text": text}
    return _artefact("data.unread", each.unit, values, file=each.file, line=each.line)
