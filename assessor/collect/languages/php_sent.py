"""Messages and settings of PHP that only all files together tell: jobs, events, listeners."""

import re
from collections.abc import Iterator
from typing import cast

from assessor.collect.languages import behaviour
from assessor.collect.languages.php_messages import IN_PROCESS
from assessor.collect.languages.php_models import rows
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_table import Source, Table, Type, lineage, named
from assessor.model.records import Artefact, File

_JOBS = frozenset(
    {".Illuminate.Foundation.Bus.Dispatchable", ".Illuminate.Foundation.Queue.Queueable"}
)
_QUEUED = frozenset(
    {
        ".Illuminate.Contracts.Queue.ShouldQueue",
        ".Illuminate.Contracts.Queue.ShouldQueueAfterCommit",
    }
)
_EVENTS = frozenset({".Illuminate.Foundation.Events.Dispatchable"})
_OF_LIBRARIES = re.compile(r"\.(?:Illuminate|Laravel)\.(?:\w+\.)*Events\.\w+").fullmatch
_SENDERS = frozenset({".Illuminate.Foundation.Bus.DispatchesJobs"})
_HANDLERS = frozenset({".Symfony.Component.Messenger.Handler.MessageHandlerInterface"})
_AT_ONCE = frozenset({"dispatchNow", "dispatchSync", "dispatch_sync"})
_LARAVEL, _SYMFONY = "laravel", "symfony"

Told = tuple[File, behaviour.Row]


def told(table: Table) -> tuple[Artefact, ...]:
    """The artefacts of what is sent and received, and of settings that helpers ask for."""
    found: dict[File, list[behaviour.Row]] = {}
    laravel = _has_laravel(table)
    heard: set[Type] = set()
    for source in table.sources:
        if source.file.language == "php":
            for file, row in (
                *_received(table, source, heard=heard),
                *(_sent(table, source, laravel=laravel)),
            ):
                found.setdefault(file, []).append(row)
    events = _events(table) if laravel else set()
    for file, row in _by_type(table, heard, events=events):
        found.setdefault(file, []).append(row)
    said = [
        Extracted(source.file, {behaviour.CONSTANTS: facts[behaviour.CONSTANTS]})
        for source in table.sources
        if behaviour.CONSTANTS in (facts := cast("dict[str, object]", source.facts))
    ]
    said += [Extracted(file, {behaviour.FACTS: each}) for file, each in found.items()]
    return behaviour.artefacts(said)


def _has_laravel(table: Table) -> bool:
    return any(
        name.startswith("Illuminate.")
        for source in table.sources
        if source.file.language == "php"
        for name in source.facts["imports"]
    )


def _above(table: Table, type_: Type | None) -> set[str]:
    """All that a class extends, implements and uses, those of libraries by their full names."""
    line = lineage(table, type_) if type_ is not None else ()
    return {written for each in line for written in each.supers_written}


def _sent(table: Table, source: Source, *, laravel: bool) -> Iterator[Told]:
    for plain in rows(source, "behaviour"):
        yield source.file, cast("behaviour.Row", plain)
    for name, *row in rows(source, "helpers"):
        if laravel and str(name) not in table.loose:
            yield source.file, cast("behaviour.Row", row)
    for way, held, method, at, line in rows(source, "sent"):
        scope = source.types[cast("int", at)]
        text = str(held)
        type_ = named(table, scope, text) if text[:1] == "." else None
        above = _above(table, type_)
        asked = str(way), str(method)
        if way == "static" and type_ is None and _OF_LIBRARIES(text) is not None:
            above = set(_EVENTS)
        broker = _broker(table, scope, asked, above=above, laravel=laravel)
        if broker is not None:
            channel = text.rpartition(".")[2] if text[:1] == "." else text
            yield (
                source.file,
                behaviour.message(
                    cast("int", line),
                    direction="send",
                    channel=channel or None,
                    broker=broker,
                    framework=_LARAVEL,
                ),
            )


def _broker(
    table: Table, scope: Type, asked: tuple[str, str], *, above: set[str], laravel: bool
) -> str | None:
    """None for what is not sent at all. asked: way and method. above: what the class extends."""
    way, method = asked
    if way == "static":
        if above & _EVENTS:
            return IN_PROCESS
        return _of_job(above, method) if above & _JOBS else None
    if way == "this":
        return _of_job(above, method) if _SENDERS & _above(table, scope) else None
    if not laravel or way.removesuffix("()") in table.loose:
        return None
    if way in {"event()", "broadcast()"}:
        return IN_PROCESS
    return _of_job(above, method)


def _of_job(above: set[str], method: str) -> str:
    """A job that nobody queues is done at once."""
    queued = bool(above & _QUEUED) or not above
    return "" if queued and method not in _AT_ONCE else IN_PROCESS


def _received(table: Table, source: Source, *, heard: set[Type]) -> Iterator[Told]:
    for broker, event, listener, framework, method, at, line in rows(source, "received"):
        scope = source.types[cast("int", at)]
        owner = named(table, scope, str(listener)) if listener else scope
        file, place = source.file, cast("int", line)
        if listener and owner is not None:
            file, place = owner.source.file, _line(owner)
            heard.add(owner)
        elif listener:
            continue
        text = str(event)
        if not text and owner is not None:
            text = _asked(owner, str(method))
        channel = text.rpartition(".")[2] if text[:1] == "." else text
        yield file, _receive(place, channel or None, broker=str(broker), framework=str(framework))


def _receive(line: int, channel: str | None, *, broker: str, framework: str) -> behaviour.Row:
    return behaviour.message(
        line, direction="receive", channel=channel, broker=broker, framework=framework
    )


def _line(type_: Type) -> int:
    return type_.source.facts["scopes"][type_.source.types.index(type_)]["line"]


def _asked(type_: Type, method: str) -> str:
    """The type of the first parameter of a method, with a leading dot."""
    for signature in type_.methods.get(f"{method}(*", ()):
        return signature[1] if len(signature) > 1 else ""
    return ""


def _events(table: Table) -> set[Type]:
    """The classes of the project whose objects are sent as events."""
    found: set[Type] = set()
    for source in table.sources:
        for way, held, _method, at, _at_line in rows(source, "sent"):
            scope = source.types[cast("int", at)]
            type_ = named(table, scope, str(held)) if way == "event()" else None
            if type_ is not None:
                found.add(type_)
    return found


def _by_type(table: Table, heard: set[Type], *, events: set[Type]) -> Iterator[Told]:
    """Jobs are what they receive; listeners and handlers are known by what they handle."""
    for source in table.sources:
        for type_ in source.types if source.file.language == "php" else ():
            if type_.shape != "class" or type_.abstract or type_.outer is None or type_ in heard:
                continue
            above = _above(table, type_)
            if above & _JOBS and above & _QUEUED:
                yield (
                    source.file,
                    _receive(_line(type_), type_.name, broker="", framework=_LARAVEL),
                )
            elif above & _HANDLERS:
                channel = _asked(type_, "__invoke").rpartition(".")[2]
                yield (
                    source.file,
                    _receive(_line(type_), channel or None, broker="", framework=_SYMFONY),
                )
            else:
                event = named(table, type_, _asked(type_, "handle") or "?")
                if event is not None and (event in events or _EVENTS & _above(table, event)):
                    yield (
                        source.file,
                        _receive(_line(type_), event.name, broker=IN_PROCESS, framework=_LARAVEL),
                    )
