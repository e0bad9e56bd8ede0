"""From artefacts to what is stored: tables with who does what to them, relations, endpoints."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from assessor.graph.production import Production, Values
from assessor.model.data import Data, Endpoint, EntityRelation, TableAccess, TableUse
from assessor.model.records import Artefact

_LETTERS: Mapping[str, str] = {"create": "C", "read": "R", "update": "U", "delete": "D"}
_ORDER = "CRUD"


def data(found: Production) -> Data:
    """Tables, relations between entities and endpoints of production code."""
    entities = found["data.entity"]
    return Data(
        tables=tuple(sorted(_tables(entities, found["data.access"]))),
        relations=tuple(sorted(_relations(entities, found["data.relation"]))),
        endpoints=tuple(sorted({_endpoint(*each) for each in found["code.endpoint"]})),
        unread=len(found["data.unread"]),
    )


def _tables(
    entities: Sequence[tuple[Artefact, Values]], accesses: Sequence[tuple[Artefact, Values]]
) -> Iterator[TableUse]:
    mapped: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, values in entities:
        if "table" not in values:  # only the running program knows it
            continue
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


def _endpoint(artefact: Artefact, values: Values) -> Endpoint:
    return Endpoint(
        path=str(values["path"]),
        method=str(values["method"]),
        handler=str(values["handler"]),
        framework=str(values["framework"]),
        unit=str(values["unit"]),
        line=artefact.location.line,
    )
