"""Channels on which Go code sends and receives: Kafka, RabbitMQ, NATS, Redis, SQS, Pub/Sub, …"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Direction, Row
from assessor.collect.languages.go_folding import PREFIX, UNKNOWN
from assessor.collect.languages.go_owners import Call, Calls, maker, parts_of, text_of
from assessor.collect.languages.go_table import Project, Source

Told = tuple[Source, Row]


@dataclass(frozen=True, slots=True)
class _Way:
    """How a call or a literal says its channel. places: of arguments, the first text counts.

    made: the noted calls one of which was given the channel, before.
    """

    direction: Direction
    broker: str
    framework: str
    places: tuple[int, ...] = (0,)
    made: frozenset[str] = frozenset()


def _ways(way: _Way, names: str) -> dict[str, _Way]:
    """The same for several names."""
    return dict.fromkeys(names.split(), way)


_NATS_IN = (
    "ChanQueueSubscribe ChanSubscribe PullSubscribe QueueSubscribe QueueSubscribeSync Subscribe "
    "SubscribeSync"
)
_NATS = {
    **_ways(
        _Way("send", "nats", "nats.go", (0, 1)), "Publish PublishAsync PublishRequest Request"
    ),
    **_ways(_Way("send", "nats", "nats.go", (1,)), "RequestWithContext"),
    **_ways(_Way("receive", "nats", "nats.go"), _NATS_IN),
}
_DEFERRED = "PublishWithDeferredConfirm"
_AMQP = {
    **_ways(_Way("send", "rabbitmq", "amqp", (0, 1)), f"Publish {_DEFERRED}"),
    **_ways(
        _Way("send", "rabbitmq", "amqp", (1, 2)), f"PublishWithContext {_DEFERRED}WithContext"
    ),
    **_ways(_Way("receive", "rabbitmq", "amqp"), "Consume Get"),
    **_ways(_Way("receive", "rabbitmq", "amqp", (1,)), "ConsumeWithContext"),
}
_REDIS = {
    **_ways(_Way("send", "redis", "go-redis", (1, 0)), "Publish"),
    **_ways(_Way("receive", "redis", "go-redis", (1, 2, 3, 4, 5, 0)), "Subscribe PSubscribe"),
}
_TOPICS = frozenset({"Topic", "Publisher"})
_SUBSCRIPTIONS = frozenset({"Subscription", "Subscriber"})
_GOOGLE_OUT = _Way("send", "pubsub", "google-pubsub", (), _TOPICS)
_GOOGLE_IN = _Way("receive", "pubsub", "google-pubsub", (), _SUBSCRIPTIONS)
_WATERMILL = {
    "Publish": _Way("send", "", "watermill"),
    "Subscribe": _Way("receive", "", "watermill", (1,)),
}
_CALLS: Mapping[str, Mapping[str, _Way]] = {
    "amqp.Channel": _AMQP,
    "asynq": {"NewTask": _Way("send", "redis", "asynq")},
    "asynq.ServeMux": _ways(_Way("receive", "redis", "asynq"), "Handle HandleFunc"),
    "confluent.Consumer": _ways(
        _Way("receive", "kafka", "confluent-kafka"), "Subscribe SubscribeTopics"
    ),
    "nats": {"NewMsg": _Way("send", "nats", "nats.go")},
    "nats.Conn": _NATS,
    "nats.EncodedConn": _NATS,
    "nats.JetStream": _NATS,
    "nats.JetStreamContext": _NATS,
    "pubsub.Publisher": {"Publish": _GOOGLE_OUT},
    "pubsub.Subscriber": {"Receive": _GOOGLE_IN},
    "pubsub.Subscription": {"Receive": _GOOGLE_IN},
    "pubsub.Topic": {"Publish": _GOOGLE_OUT},
    "redigo.PubSubConn": _ways(_Way("receive", "redis", "redigo"), "Subscribe PSubscribe"),
    "redis.Client": _REDIS,
    "redis.ClusterClient": _REDIS,
    "redis.Cmdable": _REDIS,
    "redis.UniversalClient": _REDIS,
    "sarama.Consumer": {"ConsumePartition": _Way("receive", "kafka", "sarama")},
    "sarama.ConsumerGroup": {"Consume": _Way("receive", "kafka", "sarama", (1,))},
    "watermill.Publisher": _WATERMILL,
    "watermill.Router": {
        "AddConsumerHandler": _Way("receive", "", "watermill", (1,)),
        "AddNoPublisherHandler": _Way("receive", "", "watermill", (1,)),
    },
    "watermill.Subscriber": _WATERMILL,
}
# Type of a literal -> its fields that name the channel.
_LITERALS: Mapping[str, tuple[_Way, tuple[str, ...]]] = {
    "confluent.TopicPartition": (_Way("send", "kafka", "confluent-kafka"), ("Topic",)),
    "kafka-go.Message": (_Way("send", "kafka", "kafka-go"), ("Topic",)),
    "kafka-go.ReaderConfig": (_Way("receive", "kafka", "kafka-go"), ("Topic", "GroupTopics")),
    "kafka-go.Writer": (_Way("send", "kafka", "kafka-go"), ("Topic",)),
    "kafka-go.WriterConfig": (_Way("send", "kafka", "kafka-go"), ("Topic",)),
    "nats.Msg": (_Way("send", "nats", "nats.go"), ("Subject",)),
    "redis.XAddArgs": (_Way("send", "redis", "go-redis"), ("Stream",)),
    "redis.XReadArgs": (_Way("receive", "redis", "go-redis"), ("Streams",)),
    "redis.XReadGroupArgs": (_Way("receive", "redis", "go-redis"), ("Streams",)),
    "sarama.ProducerMessage": (_Way("send", "kafka", "sarama"), ("Topic",)),
    "sns.PublishInput": (_Way("send", "sns", "aws-sdk"), ("TopicArn",)),
    "sqs.ReceiveMessageInput": (_Way("receive", "sqs", "aws-sdk"), ("QueueUrl",)),
    "sqs.SendMessageBatchInput": (_Way("send", "sqs", "aws-sdk"), ("QueueUrl",)),
    "sqs.SendMessageInput": (_Way("send", "sqs", "aws-sdk"), ("QueueUrl",)),
}


def messages(calls: Calls) -> Iterator[Told]:
    """The rows of all files."""
    for call in calls.every:
        way = _CALLS.get(call.owner, {}).get(call.name)
        if way is not None:
            for channel in _channels(calls, call, way):
                yield call.source, _row(call.line, way, channel)
        yield from _more(calls, call)
    for source in calls.project.sources:
        for line, _, written, fields in source.facts.get("made", []):
            given = cast("dict[str, str]", fields)
            found = _literal(calls.project, source, cast("str", written), fields=given)
            yield from ((source, _row(cast("int", line), way, name)) for way, name in found)


def _row(line: int, way: _Way, channel: str | None) -> Row:
    return behaviour.message(
        line, direction=way.direction, channel=channel, broker=way.broker,
        framework=way.framework,
    )  # fmt: skip


def _known(text: str | None) -> str | None:
    """A channel, None where nothing of its name is known."""
    text = text.replace(PREFIX, UNKNOWN) if text else text
    return text if text and text.replace(UNKNOWN, "").strip(" .-_:/") else None


def _channels(calls: Calls, call: Call, way: _Way) -> list[str | None]:
    if way.made:
        made = maker(calls, call, way.made)
        return [_known(text_of(calls.project, made.source, made.given[0])) if made else None]
    for place in way.places:
        if place < len(call.given):
            names = [
                name
                for part in parts_of(_text(calls, call, call.given[place]))
                if (name := _known(part))
            ]
            if names:
                more = _others(calls, call, way, place=place)
                return [*names, *more]
    return [None]


def _others(calls: Calls, call: Call, way: _Way, *, place: int) -> list[str]:
    """More channels of a call that takes several: `Subscribe(ctx, "a", "b")` of Redis."""
    if way.framework not in {"go-redis", "redigo"} or way.direction == "send":
        return []
    texts = (_known(_text(calls, call, one)) for one in call.given[place + 1 :])
    return [text for text in texts if text]


def _text(calls: Calls, call: Call, argument: str) -> str | None:
    """The text of an argument; of `queue.Name`, the one that the queue was declared by."""
    text = text_of(calls.project, call.source, argument)
    if text is None and argument.partition("\t")[0].endswith("|.Name"):
        chain = argument.partition("\t")[0]
        number = chain.partition("|.QueueDeclare|^")[2].partition("|")[0]
        one = calls.by_number[call.source].get(int(number)) if number.isdigit() else None
        if one is not None and one.given:
            text = text_of(calls.project, call.source, one.given[0])
    return text


def _more(calls: Calls, call: Call) -> Iterator[Told]:
    """Calls that send and receive, or that say by a text which of them."""
    if call.owner == "watermill.Router" and call.name == "AddHandler" and len(call.given) > 3:  # noqa: PLR2004 - name, topic, subscriber, topic
        for direction, place in (("receive", 1), ("send", 3)):
            way = _Way(cast("Direction", direction), "", "watermill")
            channel = _known(text_of(calls.project, call.source, call.given[place]))
            yield call.source, _row(call.line, way, channel)
    if call.owner == "redigo.Conn" and call.name == "Do" and len(call.given) > 1:
        channel = _known(text_of(calls.project, call.source, call.given[1]))
        if call.given[0].upper() == "'PUBLISH":
            yield call.source, _row(call.line, _Way("send", "redis", "redigo"), channel)


def _literal(
    project: Project, source: Source, written: str, *, fields: Mapping[str, str]
) -> Iterator[tuple[_Way, str | None]]:
    first, _, last = written.lstrip("&*").partition(".")
    found = _LITERALS.get(f"{source.libraries.get(first, '')}.{last}")
    if found is None:
        return
    way, keys = found
    for key in keys:
        if key in fields:
            names = parts_of(text_of(project, source, fields[key])) or [""]
            yield from ((way, _known(name)) for name in dict.fromkeys(names) if name != ">")
