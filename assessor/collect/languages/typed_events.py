"""Events that go to something of unknown type, and prove by their own class what it is."""

from collections.abc import Iterator

from assessor.collect.languages import behaviour
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_marks import imported_from
from assessor.collect.languages.typed_table import Source, Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased
from assessor.model.records import Artefact

_HOME = "org.springframework.context"
_EVENTS = frozenset({"ApplicationEvent", "ApplicationContextEvent", "PayloadApplicationEvent"})


def published(table: Table) -> tuple[Artefact, ...]:
    """What is sent by `….publishEvent(x)` where the class of x extends Spring's event."""
    told = ((source, list(_rows(table, source))) for source in table.sources)
    return behaviour.artefacts(
        [Extracted(source.file, {behaviour.FACTS: rows}) for source, rows in told if rows]
    )


def _rows(table: Table, source: Source) -> Iterator[behaviour.Row]:
    for line, name in source.facts.get("events", ()):
        type_ = named(table, source.types[0], str(name))
        if type_ is not None and _is_event(table, type_):
            yield behaviour.message(
                int(line),
                direction="send",
                channel=str(name),
                broker="in-process",
                framework="spring",
            )


def _is_event(table: Table, type_: Type) -> bool:
    return any(
        erased(written) in _EVENTS
        and any(each.startswith(_HOME) for each in imported_from(above.source, erased(written)))
        for above in lineage(table, type_)
        for written in above.supers_written
    )
