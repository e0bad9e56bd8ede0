"""Artefacts of stored classes, of what units do to tables, and of endpoints."""

from collections.abc import Iterator

from assessor.collect.languages import joins
from assessor.collect.languages.python_access import accesses, session
from assessor.collect.languages.python_meaning import Names
from assessor.collect.languages.python_models import Models, models, simple
from assessor.collect.languages.python_relations import Relation, relations, ways
from assessor.collect.languages.python_routes import Endpoint, endpoints
from assessor.collect.languages.python_sql import sql_accesses
from assessor.collect.languages.python_world import world
from assessor.model.basis import Scalar

Values = dict[str, Scalar]
# Kind, path, line, values.
Row = tuple[str, str, int, Values]


def stored(names: Names) -> list[Row]:
    """Rows for all artefacts of data and endpoints, each once."""
    if not names.rows and not names.classes:
        return []
    entities = models(names)
    every = relations(entities)
    whole = world(entities, ways(entities, every), session=session)
    found = [
        *_entities(entities),
        *(row for each in every for row in _relation(names, each)),
        *(
            (
                "data.access",
                path,
                line,
                _access(names, path, table, operation=operation, count=count, via="orm"),
            )
            for (path, table, operation), (count, line) in accesses(whole).items()
        ),
    ]
    tables = {each.table for each in entities.entities}
    asked, unread, together = sql_accesses(names, tables)
    found += [
        (
            "data.access",
            path,
            line,
            _access(names, path, table, operation=operation, count=count, via="sql"),
        )
        for (path, table, operation), (count, line) in asked.items()
    ]
    found += [
        (joins.KIND, path, line, _join(names, pair, count=count))
        for pair, (count, (path, line)) in together.items()
    ]
    found += [
        ("data.unread", path, line, _unread(names, path, reason, text=text))
        for path, line, reason, text in unread
    ]
    found += [
        ("code.endpoint", each.path, each.line, _endpoint(names, each))
        for each in endpoints(names)
    ]
    return list({repr(row): row for row in found}.values())


def _kind(names: Names, path: str) -> str:
    return str(names.files[path].kind)


def _entities(known: Models) -> Iterator[Row]:
    for each in known.entities:
        values: Values = {
            "entity": simple(each.name),
            "table": each.table,
            "framework": each.framework,
            "unit": each.path,
            "unit_kind": _kind(known.names, each.path),
        }
        yield "data.entity", each.path, each.line, values


def _relation(names: Names, each: Relation) -> Iterator[Row]:
    values: Values = {
        "source": simple(each.source.name),
        "target": each.named,
        "field": each.field,
        "cardinality": each.cardinality,
        "foreign_key": each.foreign_key,
        "framework": each.source.framework,
        "unit": each.path,
        "unit_kind": _kind(names, each.path),
    }
    yield "data.relation", each.path, each.line, values


def _access(
    names: Names, path: str, table: str, *, operation: str, count: int, via: str
) -> Values:
    return {
        "table": table,
        "operation": operation,
        "via": via,
        "count": count,
        "unit": path,
        "unit_kind": _kind(names, path),
    }


def _join(names: Names, pair: joins.Key, *, count: int) -> Values:
    unit, a, b = pair
    return {
        "source": a,
        "target": b,
        "count": count,
        "unit": unit,
        "unit_kind": _kind(names, unit),
    }


def _unread(names: Names, path: str, reason: str, *, text: str) -> Values:
    return {"reason": reason, "text": text, "unit": path, "unit_kind": _kind(names, path)}


def _endpoint(names: Names, each: Endpoint) -> Values:
    return {
        "method": each.method,
        "path": each.route,
        "handler": each.handler,
        "framework": each.framework,
        "unit": each.unit,
        "unit_kind": _kind(names, each.unit),
    }
