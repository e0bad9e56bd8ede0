"""Messages that a Python file sends and receives: brokers, queues of tasks, signals."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages.behaviour import Direction, message
from assessor.collect.languages.python_deeds import MADE, SENT, SIGNAL, deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import (
    DECORATOR,
    Look,
    argument,
    importing,
    keywords,
    line_of,
    positional,
    shown,
)
from assessor.collect.languages.python_origins import Origin, imported, origin
from assessor.collect.languages.python_said import exact, said


@dataclass(frozen=True, slots=True)
class Channel:
    """How a call says its channel. place: of the argument, -1 = only by one of `names`.

    made: the call on the way that says it instead (`Queue("x").enqueue`); every: all places are
    channels. known: what it is called where nothing is said.
    """

    direction: Direction
    broker: str
    framework: str
    place: int = 0
    names: tuple[str, ...] = ()
    made: str = ""
    every: bool = False
    known: str | None = None


_SEND: Direction = "send"
_RECEIVE: Direction = "receive"
_TOPIC, _TOPICS = ("topic",), ("topics",)
_KAFKA = "kafka-python"
# Root of the library and method -> how it says its channel.
_CALLS: Mapping[tuple[str, str], Channel] = {
    ("kafka", "send"): Channel(_SEND, "kafka", _KAFKA, 0, _TOPIC),
    ("kafka", "KafkaConsumer"): Channel(_RECEIVE, "kafka", _KAFKA, every=True),
    ("kafka", "subscribe"): Channel(_RECEIVE, "kafka", _KAFKA, 0, _TOPICS),
    ("confluent_kafka", "produce"): Channel(_SEND, "kafka", "confluent-kafka", 0, _TOPIC),
    ("confluent_kafka", "subscribe"): Channel(_RECEIVE, "kafka", "confluent-kafka", 0, _TOPICS),
    ("aiokafka", "send"): Channel(_SEND, "kafka", "aiokafka", 0, _TOPIC),
    ("aiokafka", "send_and_wait"): Channel(_SEND, "kafka", "aiokafka", 0, _TOPIC),
    ("aiokafka", "AIOKafkaConsumer"): Channel(_RECEIVE, "kafka", "aiokafka", every=True),
    ("aiokafka", "subscribe"): Channel(_RECEIVE, "kafka", "aiokafka", 0, _TOPICS),
    ("faust", "send"): Channel(_SEND, "kafka", "faust", made="topic"),
    ("pika", "basic_publish"): Channel(_SEND, "rabbitmq", "pika", -1, ("exchange",)),
    ("pika", "basic_consume"): Channel(_RECEIVE, "rabbitmq", "pika", 0, ("queue",)),
    ("pika", "consume"): Channel(_RECEIVE, "rabbitmq", "pika", 0, ("queue",)),
    ("aio_pika", "publish"): Channel(_SEND, "rabbitmq", "aio-pika", 1, ("routing_key",)),
    ("aio_pika", "consume"): Channel(_RECEIVE, "rabbitmq", "aio-pika", made="declare_queue"),
    ("aio_pika", "iterator"): Channel(_RECEIVE, "rabbitmq", "aio-pika", made="declare_queue"),
    ("kombu", "publish"): Channel(_SEND, "", "kombu", -1, ("routing_key", "exchange")),
    ("kombu", "put"): Channel(_SEND, "", "kombu", made="SimpleQueue"),
    ("kombu", "get"): Channel(_RECEIVE, "", "kombu", made="SimpleQueue"),
    ("redis", "publish"): Channel(_SEND, "redis", "redis", 0, ("channel",)),
    ("redis", "xadd"): Channel(_SEND, "redis", "redis", 0, ("name",)),
    ("redis", "subscribe"): Channel(_RECEIVE, "redis", "redis", every=True),
    ("redis", "psubscribe"): Channel(_RECEIVE, "redis", "redis", every=True),
    ("aioredis", "publish"): Channel(_SEND, "redis", "aioredis", 0, ("channel",)),
    ("aioredis", "subscribe"): Channel(_RECEIVE, "redis", "aioredis", every=True),
    ("rq", "enqueue"): Channel(_SEND, "redis", "rq", made="Queue", known="default"),
    ("rq", "enqueue_call"): Channel(_SEND, "redis", "rq", made="Queue", known="default"),
    ("rq", "enqueue_in"): Channel(_SEND, "redis", "rq", made="Queue", known="default"),
    ("rq", "enqueue_at"): Channel(_SEND, "redis", "rq", made="Queue", known="default"),
    ("django_rq", "enqueue"): Channel(_SEND, "redis", "rq", made="get_queue", known="default"),
    ("paho", "publish"): Channel(_SEND, "mqtt", "paho-mqtt", 0, _TOPIC),
    ("paho", "subscribe"): Channel(_RECEIVE, "mqtt", "paho-mqtt", 0, _TOPIC),
    ("nats", "publish"): Channel(_SEND, "nats", "nats", 0, ("subject",)),
    ("nats", "subscribe"): Channel(_RECEIVE, "nats", "nats", 0, ("subject",)),
    ("stomp", "send"): Channel(_SEND, "stomp", "stomp", 0, ("destination",)),
    ("stomp", "subscribe"): Channel(_RECEIVE, "stomp", "stomp", 0, ("destination",)),
    ("channels", "group_send"): Channel(_SEND, "", "channels", 0, ("group",)),
    ("channels", "group_add"): Channel(_RECEIVE, "", "channels", 0, ("group",)),
    ("faststream", "publish"): Channel(
        _SEND, "", "faststream", 1, ("topic", "queue", "subject", "channel")
    ),
}  # fmt: skip
# Methods that no other library has: an import of theirs in the file proves them.
_DISTINCT: Mapping[str, str] = {
    "basic_publish": "pika",
    "basic_consume": "pika",
    "send_and_wait": "aiokafka",
}
ROOTS = frozenset(root for root, _ in _CALLS)
CALLS = re.compile(
    rb"\b(" + b"|".join(sorted({name.encode() for _, name in _CALLS}, reverse=True)) + rb")\s*\("
)
TASK_CALLS = re.compile(rb"\.\s*(delay|apply_async|send_task|send_with_options)\s*\(")
SIGNAL_CALLS = re.compile(rb"\.\s*(a?send|a?send_robust|connect)\s*\(")
_SIGNAL = re.compile(
    r"(django)\.(?:db\.models\.signals|core\.signals|dispatch|test\.signals|contrib\.auth\.signals"
    r"|db\.backends\.signals)\.[\w.]+\.(?:a?send|a?send_robust|connect)"
    r"|(blinker)\.[\w.]+\.(?:send|send_async|connect)"
    r"|(flask)\.(?:signals\.)?[a-z]+_[a-z_]+\.(?:send|connect)"
).fullmatch
_MADE_HERE = re.compile(r"\.(?:Signal|ModelSignal|NamedSignal)\.\w+$").search
_BROKERS = {"Kafka": "kafka", "Rabbit": "rabbitmq", "Nats": "nats", "Redis": "redis"}


def broker_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """A call that sends to a broker or receives from it."""
    found = origin(look, call.child(0))
    root = found.full.partition(".")[0]
    number = found.number
    if found.full.rpartition(".")[2] != name:
        if name not in _DISTINCT or root:
            return
        root, number = _DISTINCT[name], importing(look, (_DISTINCT[name],))[1]
        if number < 0:
            return
    channel = _CALLS.get((root, name))
    if channel is None or not _is_meant(root, name, found):
        return
    broker = channel.broker or _broker_of(found.full)
    for each in _channels(look, call, found, channel=channel):
        row = message(
            line_of(call),
            direction=channel.direction,
            channel=each,
            broker=broker,
            framework=channel.framework,
        )
        yield deed(row, number=number)


def _is_meant(root: str, name: str, found: Origin) -> bool:
    """Methods with common names need the class that has them."""
    if name in {"get", "put"} or root == "faust":
        return bool(re.search(r"\.SimpleQueue\.|\.topic\.", found.full))
    return root != "redis" or name in {"publish", "xadd"} or ".pubsub." in found.full


def _broker_of(full: str) -> str:
    return next((broker for name, broker in _BROKERS.items() if f".{name}Broker" in full), "")


def _channels(look: Look, call: Node, found: Origin, *, channel: Channel) -> list[str | None]:
    if channel.made:
        return [_of_maker(look, found, channel)]
    if channel.every:
        return _named(look, positional(call)) or [None]
    if channel.names == ("exchange",):
        exchange = said(look, argument(look, call, 0, "exchange"))
        return [exchange or said(look, argument(look, call, 1, "routing_key"))]
    given = argument(look, call, channel.place, *channel.names)
    if given is not None and given.type in {"list", "tuple", "set"}:
        return _named(look, given.named_children) or [None]
    return [said(look, given)]


def _named(look: Look, nodes: list[Node]) -> list[str | None]:
    """Texts of arguments or of items; those that say nothing are one unknown channel."""
    texts = [said(look, each) for each in nodes if each.type != "comment"]
    known: list[str | None] = [each for each in texts if each is not None]
    return known if len(known) == len(texts) else [*known, None]


def _of_maker(look: Look, found: Origin, channel: Channel) -> str | None:
    """What the call says that made the queue; it has a name of its own where it says nothing."""
    for made in reversed(found.calls):
        function = made.child(0)
        last = shown(look, function).rpartition(".")[2] if function is not None else ""
        full = origin(look, function).full.rpartition(".")[2]
        if channel.made in (last, full):
            first = argument(look, made, 0, "name")
            return channel.known if first is None else said(look, first)
    return channel.known if found.full == "django_rq.enqueue" else None


def task_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """`task.delay(…)` and what else sends a task, proved by all files together."""
    found = origin(look, call.child(0))
    if name == "send_task":
        yield from _of_name(look, call, found)
        return
    owner, _, last = found.written.rpartition(".")
    if not owner or last != name:
        return
    by = "dramatiq" if name == "send_with_options" else "celery rq"
    yield _sent(call, found, owner, by=by)


def _sent(call: Node, found: Origin, owner: str, *, by: str) -> Deed:
    """by: the brokers whose tasks have the method that is called."""
    row = message(line_of(call), direction="send", channel=None, broker="", framework="")
    return deed(row, number=found.number, proof=SENT, owner=owner, function=by)


def _of_name(look: Look, call: Node, found: Origin) -> Iterator[Deed]:
    """`app.send_task("module.task")`."""
    channel = said(look, argument(look, call, 0, "name"))
    row = message(
        line_of(call), direction="send", channel=channel, broker="celery", framework="celery"
    )
    if found.full.startswith("celery."):
        yield deed(row, number=found.number)
    elif found.number >= 0:
        owner = found.written.rpartition(".")[0]
        yield deed(row, number=found.number, proof=MADE, owner=owner, function="celery")


def signal_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """`signal.send(…)`, `signal.connect(…)`: of a library, or of the project if that is proved."""
    around = call.parent
    if around is not None and around.kind_id in DECORATOR:
        return
    yield from _signalled(look, name, call, found=origin(look, call.child(0)))


def _signalled(look: Look, name: str, call: Node, *, found: Origin) -> Iterator[Deed]:
    """What a method of a signal does. name: of the method."""
    direction: Direction = "receive" if name.startswith("connect") else "send"
    known = _SIGNAL(found.full)
    written = found.written.rpartition(".")[0]
    if known:
        framework = next(group for group in known.groups() if group)
        channel = signal_name(look, call, found)
        row = message(
            line_of(call),
            direction=direction,
            channel=channel,
            broker="in-process",
            framework=framework,
        )
        yield deed(row, number=found.number)
    elif written and (direction == "receive" or _says_sender(look, call)):
        yield from _perhaps(call, found, written, direction=direction)


def _perhaps(call: Node, found: Origin, written: str, *, direction: Direction) -> Iterator[Deed]:
    """A name of the project that may be a signal, or an actor that gets a message."""
    row = message(
        line_of(call),
        direction=direction,
        channel=None,
        broker="in-process",
        framework="django",
    )
    yield deed(row, number=found.number, proof=SIGNAL, owner=written)
    if direction == "send":
        yield _sent(call, found, written, by="dramatiq")


def _says_sender(look: Look, call: Node) -> bool:
    return "sender" in keywords(look, call) or bool(positional(call))


def signal_name(look: Look, call: Node, found: Origin) -> str | None:
    """The name of a signal: what blinker's signal is called, else the name that it has."""
    if found.full.startswith("blinker.") and found.calls:
        return exact(look, argument(look, found.calls[-1], 0))
    if _MADE_HERE(found.full):
        function = call.child(0)
        owner = function.child(0) if function is not None else None
        return shown(look, owner).rpartition(".")[2] if owner is not None else None
    return found.full.rpartition(".")[0].rpartition(".")[2]


def receivers(look: Look, given: Node | None) -> list[str | None]:
    """The signals that `@receiver(…)` lists."""
    if given is None:
        return [None]
    nodes = given.named_children if given.type in {"list", "tuple"} else [given]
    return [_signal(look, each) for each in nodes if each.type != "comment"]


def _signal(look: Look, node: Node) -> str | None:
    written = shown(look, node)
    if not re.fullmatch(r"[\w.]+", written):
        return None
    full, _ = imported(look, written)
    return (full or written).rpartition(".")[2]
