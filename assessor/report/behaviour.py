"""The section about what runs: calls over the network, messages, jobs, settings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assessor.model import assessment as doc
from assessor.model.behaviour import Behaviour, Message, Setting
from assessor.model.partition import homes
from assessor.model.view import Block, Cell, Section, Sentence, Table
from assessor.report.wording import NOTHING, Wording, joined, place, say

MOST = 12
IN_PROCESS = "in-process"
_SHARED = 2  # services that ask for a setting make it a shared one


def behaviour(assessment: doc.Assessment, wording: Wording, *, most: int = MOST) -> Section:
    """Where the code calls, on which channels services talk, what a clock starts, what is set."""
    found, home = assessment.behaviour, homes(assessment.partition)
    title = say(wording, "behaviour.title")
    if found == Behaviour():
        return Section("behaviour", title, ())
    tables = (
        _calls(found, home, wording, most=most),
        _channels(found.messages, home, wording, most=most),
        _jobs(found, home, wording, most=most),
        _settings(found.settings, home, wording, most=most),
    )
    blocks: list[Block] = [Sentence(_told(found, home, wording))]
    return Section("behaviour", title, (*blocks, *(table for table in tables if table.rows)))


def _told(found: Behaviour, home: Mapping[str, str], wording: Wording) -> str:
    """A sentence for each kind that there is."""
    channels = _by_channel(found.messages)
    across = sum(len(_ends(each, home)) > 1 for each in channels.values())
    shared = len(_shared(found.settings, home))
    counts = {
        "calls": sum(call.count for call in found.remote_calls),
        "channels": len(channels),
        "unnamed": sum(each.count for each in found.messages if not each.channel),
        "jobs": len(found.jobs),
        "transactions": len(found.transactions),
        "settings": len({each.key for each in found.settings}),
    }
    more = {"across": across, "shared": shared}
    told = (
        say(wording, f"behaviour.told.{kind}", **{kind: n}, **more)
        for kind, n in counts.items()
        if n
    )
    return joined(wording, told)


def _calls(found: Behaviour, home: Mapping[str, str], wording: Wording, *, most: int) -> Table:
    """Where each service calls; the places that are called most often first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], str] = {}
    for call in found.remote_calls:
        key = (_service(call.unit, home, wording), call.target, call.protocol)
        counts[key] += call.count
        first.setdefault(key, place(call.unit, line=call.line))
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    rows = tuple(
        (
            Cell(service, "strong"),
            Cell(target or say(wording, "behaviour.unsaid")),
            Cell(protocol),
            Cell(str(counts[service, target, protocol])),
            Cell(first[service, target, protocol], "quiet"),
        )
        for service, target, protocol in ordered[:most]
    )
    heads = ("service", "target", "protocol", "calls", "place")
    return _table(heads, rows, wording, total=len(ordered), numeric=(3,), wide=(1,))


def _by_channel(messages: Iterable[Message]) -> dict[tuple[str, str], list[Message]]:
    """(channel, broker) -> who sends and receives there; what has no name leads nowhere."""
    found: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in messages:
        if message.channel:
            found[message.channel, message.broker].append(message)
    return found


def _ends(messages: Iterable[Message], home: Mapping[str, str]) -> set[str]:
    """The services that send or receive there."""
    return {home[each.unit] for each in messages if each.unit in home}


def _channels(
    messages: Iterable[Message], home: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    """Who sends and who receives on each channel, those across services first."""
    channels = _by_channel(messages)
    ordered = sorted(channels, key=lambda key: (-len(_ends(channels[key], home)), key))
    rows = tuple(
        (
            Cell(channel, "strong"),
            Cell(_broker(broker, wording)),
            Cell(_services(_units(channels[channel, broker], "send"), home, wording)),
            Cell(_services(_units(channels[channel, broker], "receive"), home, wording)),
            Cell(_place(channels[channel, broker]), "quiet"),
        )
        for channel, broker in ordered[:most]
    )
    heads = ("channel", "broker", "senders", "receivers", "place")
    return _table(heads, rows, wording, total=len(ordered), wide=(0,))


def _broker(broker: str, wording: Wording) -> str:
    return say(wording, "behaviour.in-process") if broker == IN_PROCESS else broker or NOTHING


def _units(messages: Iterable[Message], direction: str) -> list[str]:
    return [each.unit for each in messages if each.direction == direction]


def _services(units: Iterable[str], home: Mapping[str, str], wording: Wording) -> str:
    names = {_service(unit, home, wording) for unit in units}
    return ", ".join(sorted(names)) or NOTHING


def _place(messages: Sequence[Message]) -> str:
    first = min(messages, key=lambda each: (each.direction != "send", each.unit, each.line))
    return place(first.unit, line=first.line)


def _jobs(found: Behaviour, home: Mapping[str, str], wording: Wording, *, most: int) -> Table:
    rows = tuple(
        (
            Cell(_service(job.unit, home, wording), "strong"),
            Cell(job.handler),
            Cell(job.schedule or say(wording, "behaviour.unsaid")),
            Cell(place(job.unit, line=job.line), "quiet"),
        )
        for job in found.jobs[:most]
    )
    heads = ("service", "job", "schedule", "place")
    return _table(heads, rows, wording, total=len(found.jobs))


def _shared(settings: Iterable[Setting], home: Mapping[str, str]) -> dict[str, list[Setting]]:
    """Key -> where it is asked for, of the settings that more than one service asks for."""
    found: defaultdict[str, list[Setting]] = defaultdict(list)
    for setting in settings:
        if setting.unit in home:
            found[setting.key].append(setting)
    return {
        key: places
        for key, places in sorted(found.items())
        if len({home[each.unit] for each in places}) >= _SHARED
    }


def _settings(
    settings: Iterable[Setting], home: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    """The settings that several services ask for, those of most services first."""
    shared = _shared(settings, home)
    services = {key: sorted({home[each.unit] for each in found}) for key, found in shared.items()}
    ordered = sorted(shared, key=lambda key: (-len(services[key]), key))
    rows = tuple(
        (
            Cell(key, "strong"),
            Cell(", ".join(services[key])),
            Cell(place(shared[key][0].unit, line=shared[key][0].line), "quiet"),
        )
        for key in ordered[:most]
    )
    heads = ("setting", "asked", "place")
    return _table(heads, rows, wording, total=len(ordered), wide=(1,))


def _service(unit: str, home: Mapping[str, str], wording: Wording) -> str:
    return home.get(unit) or say(wording, "data.nobody")


def _table(
    heads: Sequence[str],
    rows: tuple[tuple[Cell, ...], ...],
    wording: Wording,
    *,
    total: int,
    numeric: tuple[int, ...] = (),
    wide: tuple[int, ...] = (),
) -> Table:
    """A table whose note says when rows are left out."""
    left = len(rows) < total
    note = say(wording, "behaviour.note", shown=len(rows), total=total) if left else ""
    columns = tuple(say(wording, f"behaviour.{head}") for head in heads)
    return Table(columns, rows, note=note, numeric=numeric, wide=wide)
