"""`data.*` artefacts of a Go project."""

from collections.abc import Iterable, Iterator, Sequence

from assessor.collect.languages.go_ent import ent_accesses
from assessor.collect.languages.go_entities import Entities, entities
from assessor.collect.languages.go_orm import Access, Unread, accesses
from assessor.collect.languages.go_owners import Calls
from assessor.collect.languages.go_relations import Relation, relations
from assessor.collect.languages.go_sql import asked
from assessor.collect.languages.go_table import Source
from assessor.collect.languages.python_literals import masked
from assessor.model.basis import Location, Node, Scalar
from assessor.model.records import Artefact

LANGUAGE = "go"
_SHOWN = 200  # letters of a statement that is shown


def data_artefacts(calls: Calls) -> list[Artefact]:
    """All `data.*` artefacts, each once."""
    found = entities(calls)
    every = relations(calls.project, found)
    mapped = [*accesses(calls, found, every), *ent_accesses(calls.project, found)]
    read = list(asked(calls, found.tables))
    made = [*_entities(found), *(_relation(each, found) for each in every)]
    made += _accesses((each for each in mapped if isinstance(each, Access)), via="orm")
    made += _accesses((each for each in read if isinstance(each, Access)), via="sql")
    return made + _unread(each for each in (*mapped, *read) if isinstance(each, Unread))


def _artefact(
    kind: str, source: Source, line: int, *, values: dict[str, Scalar], place: Source | None = None
) -> Artefact:
    root: dict[str, Scalar] = {
        "language": LANGUAGE,
        **values,
        "unit": source.file.path,
        "unit_kind": source.file.kind.value,
    }
    nodes = {name: Node(line, value) for name, value in root.items()}
    return Artefact(kind, Location((place or source).file.path, line), Node(line, nodes))


def _entities(found: Entities) -> Iterator[Artefact]:
    for each in found.stored.values():
        values: dict[str, Scalar] = {
            "entity": each.type.name,
            "table": each.table or None,
            "framework": each.framework,
        }
        yield _artefact("data.entity", each.type.source, each.line, values=values)


def _relation(each: Relation, found: Entities) -> Artefact:
    stored = found.stored.get(each.owner.number, each.target)
    values: dict[str, Scalar] = {
        "source": each.owner.name,
        "target": each.target.type.name,
        "field": each.field,
        "cardinality": each.cardinality,
        "foreign_key": each.foreign_key,
        "framework": stored.framework,
    }
    return _artefact("data.relation", each.owner.source, each.line, values=values)


def _accesses(done: Iterable[Access], *, via: str) -> list[Artefact]:
    """One for each unit, table and operation, at the first place."""
    grouped: dict[tuple[str, str, str], list[Access]] = {}
    for each in done:
        key = (each.source.file.path, each.table, each.operation)
        grouped.setdefault(key, []).append(each)
    return [_access(grouped[key], via=via) for key in sorted(grouped)]


def _access(done: Sequence[Access], *, via: str) -> Artefact:
    first = min(done, key=_where)
    values: dict[str, Scalar] = {
        "table": first.table,
        "operation": first.operation,
        "via": via,
        "count": len(done),
    }
    return _artefact(
        "data.access", first.source, first.line, values=values, place=first.place or first.source
    )


def _where(each: Access) -> tuple[str, int]:
    return (each.place or each.source).file.path, each.line


def _unread(found: Iterable[Unread]) -> list[Artefact]:
    rows = {(each.source.file.path, each.line, each.reason, each.text): each for each in found}
    return [
        _artefact(
            "data.unread",
            rows[key].source,
            rows[key].line,
            values={"reason": key[2], "text": masked(" ".join(key[3].split()))[:_SHOWN]},
        )
        for key in sorted(rows)
    ]
