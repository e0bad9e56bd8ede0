"""What code does at run time beyond itself, as all languages tell it: calls over the network,
messages, jobs, transactions, settings.

A front-end gives rows under `behaviour` in the facts of a file, made by the functions here. Where
a text is a constant of another class, the row says `${Owner.NAME}`; the files of a family tell the
texts of such constants under `constants`. What nobody tells, or two differently, stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, cast

from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.resolution import Extracted
from assessor.model.basis import Location, Node
from assessor.model.records import Artefact, File

Value: TypeAlias = str | int | None  # bool is an int
Row: TypeAlias = list[Value]  # line, kind, values in the order of `_KEYS`
Direction: TypeAlias = Literal["send", "receive"]

FACTS = "behaviour"
CONSTANTS = "constants"
_KEYS: Mapping[str, tuple[str, ...]] = {
    "code.job": ("schedule", "handler", "framework"),
    "code.message": ("direction", "channel", "broker", "framework"),
    "code.remote": ("protocol", "method", "target", "framework"),
    "code.setting": ("key", "source", "default"),
    "code.transaction": ("handler", "framework", "read_only"),
}
KINDS = tuple(_KEYS)
_LONGEST = 200
_CONSTANT = re.compile(r"\$\{([A-Za-z_$][\w$]*\.[A-Za-z_$][\w$]*)\}")


def remote(
    line: int, *, protocol: str, framework: str, target: str | None, method: str = "ANY"
) -> Row:
    """A call over the network. protocol: `http`, `grpc`, `dubbo`, `soap`, `graphql`, `rmi`, …

    target: address, or name of a service, as written, `{}` for what is filled in; None where the
    file does not say. method: `GET`, … for HTTP, the operation's name elsewhere, `ANY` = not said.
    """
    return [line, "code.remote", protocol, method, _hidden(target), framework]


def message(
    line: int, *, direction: Direction, channel: str | None, broker: str, framework: str
) -> Row:
    """A message sent or received. channel: topic, queue, exchange, task or class of the event.

    broker: `kafka`, `rabbitmq`, `rocketmq`, `jms`, `celery`, …; `in-process` for events that do
    not leave the process; "" where the code does not say.
    """
    return [line, "code.message", direction, _hidden(channel), broker, framework]


def job(line: int, *, schedule: str | None, handler: str, framework: str) -> Row:
    """Work that a clock starts. schedule: cron text or interval as written, None = not said."""
    return [line, "code.job", _hidden(schedule), handler, framework]


def transaction(line: int, *, handler: str, framework: str, read_only: bool = False) -> Row:
    """A transaction. handler: the function or class that it spans, as `Class.method`."""
    return [line, "code.transaction", handler, framework, read_only]


def setting(
    line: int, *, key: str, source: Literal["environment", "properties"], default: bool
) -> Row:
    """A setting that the code asks for by its name. default: the code has a value of its own.

    Values are never kept.
    """
    return [line, "code.setting", key, source, default]


def harmless(constants: Mapping[str, str]) -> dict[str, str]:
    """Constants as facts may hold them: without credentials."""
    return {name: masked(text) for name, text in constants.items()}


def _hidden(text: str | None) -> str | None:
    """The text without credentials: rows are kept from run to run."""
    return None if text is None else masked(text)


def artefacts(files: Sequence[Extracted]) -> tuple[Artefact, ...]:
    """The artefacts of all files of a family, in order of kind and place."""
    known = _constants(files)
    found = (
        artefact
        for each in files
        if isinstance(each.facts, dict) and FACTS in each.facts
        for artefact in _of_file(each.file, cast("list[Row]", each.facts[FACTS]), known=known)
    )
    return tuple(sorted(found, key=lambda each: (each.kind, each.location, repr(each.root))))


def _constants(files: Iterable[Extracted]) -> dict[str, str]:
    """`Owner.NAME` -> its text, where all files that tell it agree."""
    told: dict[str, set[str]] = {}
    for each in files:
        if isinstance(each.facts, dict):
            for name, text in cast("dict[str, str]", each.facts.get(CONSTANTS, {})).items():
                told.setdefault(name, set()).add(text)
    return {name: texts.pop() for name, texts in told.items() if len(texts) == 1}


def _of_file(file: File, rows: Sequence[Row], *, known: Mapping[str, str]) -> Iterator[Artefact]:
    """One for all rows that say the same, at the first of their lines."""
    said = [tuple(_settled(value, known) for value in row[1:]) for row in rows]
    lines = [cast("int", row[0]) for row in rows]
    first = {key: line for line, key in sorted(zip(lines, said, strict=True), key=_last_first)}
    counts = Counter(said)
    for key, line in first.items():
        kind = cast("str", key[0])
        values: dict[str, Value] = {
            "language": file.language,
            **dict(zip(_KEYS[kind], key[1:], strict=True)),
            "count": counts[key],
            "unit": file.path,
            "unit_kind": str(file.kind),
        }
        root = {name: Node(line, value) for name, value in values.items()}
        yield Artefact(kind, Location(file.path, line), Node(line, root))


def _last_first(placed: tuple[int, object]) -> int:
    return -placed[0]


def _settled(value: Value, known: Mapping[str, str]) -> Value:
    """The value with constants put in and credentials hidden."""
    if not isinstance(value, str):
        return value
    text = _CONSTANT.sub(lambda found: known.get(found[1], found[0]), value)
    return masked(text)[:_LONGEST]
