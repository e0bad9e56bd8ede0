"""From artefacts to what is stored: tables with who does what to them, relations, endpoints.

What migrations define comes beside what the code does; they are no accesses of the code.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from assessor.graph.production import Production, Values
from assessor.graph.schema import defined
from assessor.model.data import Data, Endpoint, EntityRelation, Join, TableAccess, TableUse
from assessor.model.records import Artefact

_LETTERS: Mapping[str, str] = {"create": "C", "read": "R", "update": "U", "delete": "D"}
_ORDER = "CRUD"
_MIGRATION = re.compile(
    r"(?:.*/)?(?:\w*migrations?|alembic/versions)/[^/]+\.(?:py|php|cs|[cm]?[jt]s)", re.IGNORECASE
)


def data(found: Production) -> Data:
    """Tables, relations between entities and endpoints of production code."""
    entities = found["data.entity"]
    accesses = [each for each in found["data.access"] if not _is_migration(each[1])]
    tables, foreign_keys = defined(
        _tables(entities, accesses),
        [artefact for artefact, _ in found["data.table"]],
        [artefact for artefact, _ in found["data.foreign_key"]],
    )
    return Data(
        tables=tables,
        relations=tuple(sorted(_relations(entities, found["data.relation"]))),
        endpoints=tuple(sorted({_endpoint(*each) for each in found["code.endpoint"]})),
        unread=len(found["data.unread"]),
        foreign_keys=foreign_keys,
        joins=tuple(sorted({_join(*each) for each in found["data.join"]})),
    )


def _is_migration(values: Values) -> bool:
    """Whether a migration does it: it moves data once, and is no code that uses the table."""
    return _MIGRATION.fullmatch(str(values["unit"])) is not None


def _tables(
    entities: Sequence[tuple[Artefact, Values]], accesses: Sequence[tuple[Artefact, Values]]
) -> Iterator[TableUse]:
    mapped: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, values in entities:
        if not values.get("table"):
            continue  # only the running program knows it
        mapped[str(values["table"])].add((str(values["entity"]), str(values["unit"])))
    done: defaultdict[str, list[tuple[Artefact, Values]]] = defaultdict(list)
    for artefact, values in accesses:
        done[str(values["table"])].append((artefact, values))
    for table in mapped.keys() | done.keys():
        yield TableUse(
            table,
            entities=tuple(sorted({name for name, _ in mapped[table]})),
            mapped=tuple(sorted({unit for _, unit in mapped[table]})),
            accesses=tuple(sorted(_accesses(done[table]))),
        )


def _accesses(found: Sequence[tuple[Artefact, Values]]) -> Iterator[TableAccess]:
    """One for each unit, at the first place of all."""
    units: defaultdict[str, list[tuple[Artefact, Values]]] = defaultdict(list)
    for artefact, values in found:
        units[str(values["unit"])].append((artefact, values))
    for unit, every in units.items():
        letters = {_LETTERS[str(values["operation"])] for _, values in every}
        first = min(artefact.location for artefact, _ in every)
        yield TableAccess(
            unit=unit,
            operations="".join(sorted(letters, key=_ORDER.index)),
            count=sum(int(values["count"] or 0) for _, values in every),
            path=first.path,
            line=first.line,
        )


def _relations(
    entities: Sequence[tuple[Artefact, Values]], relations: Sequence[tuple[Artefact, Values]]
) -> Iterator[EntityRelation]:
    declared: defaultdict[str, set[str]] = defaultdict(set)
    for _, values in entities:
        declared[str(values["entity"])].add(str(values["unit"]))
    for artefact, values in relations:
        target = str(values["target"])
        units = declared.get(target, set())
        yield EntityRelation(
            source=str(values["source"]),
            target=target,
            field=str(values["field"]),
            cardinality=str(values["cardinality"]),
            foreign_key=bool(values["foreign_key"]),
            source_unit=str(values["unit"]),
            target_unit=next(iter(units)) if len(units) == 1 else "",
            line=artefact.location.line,
        )


def _join(artefact: Artefact, values: Values) -> Join:
    return Join(
        source=str(values["source"]),
        target=str(values["target"]),
        unit=str(values["unit"]),
        count=int(values["count"] or 0),
        path=artefact.location.path,
        line=artefact.location.line,
    )


def _endpoint(artefact: Artefact, values: Values) -> Endpoint:
    return Endpoint(
        path=str(values["path"]),
        method=str(values["method"]),
        handler=str(values["handler"]),
        framework=str(values["framework"]),
        unit=str(values["unit"]),
        line=artefact.location.line,
    )
