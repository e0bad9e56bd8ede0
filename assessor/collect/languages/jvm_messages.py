"""Messages and events in Java and Kotlin that calls send: templates, producers, publishers."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Direction, Row, message
from assessor.collect.languages.jvm_names import simple, type_of
from assessor.collect.languages.jvm_texts import value, values
from assessor.collect.languages.jvm_tree import (
    Call,
    Client,
    Code,
    OfCall,
    chain_below,
)
from assessor.collect.languages.typed_text import last_argument

# Declared types of an event that say nothing of which one it is.
_ANY_EVENT = frozenset({"Object", "Any", "ApplicationEvent", "EventObject", "Event", "String"})
_CLASS = re.compile(r"[A-Z]\w+")
_DIRECTIONS: Mapping[str, Direction] = {"send": "send", "receive": "receive"}


def _argument(call: Call, at: int = 0) -> Node | None:
    return call.given[at] if len(call.given) > at else None


def _row(
    call: Call, channel: str | None, *, broker: str, framework: str, direction: Direction = "send"
) -> Row:
    return message(
        call.line, direction=direction, channel=channel, broker=broker, framework=framework
    )


def sent(
    broker: str,
    framework: str,
    *,
    direction: Direction = "send",
    least: int = 1,
    unless: frozenset[str] = frozenset(),
) -> OfCall:
    """A call whose first argument is the channel, if there are at least so many.

    unless: types of the first argument that say the channel where they are made.
    """

    def found(code: Code, call: Call) -> Iterator[Row]:
        first = _argument(call)
        if simple(type_of(code, first)) in unless:
            return
        channel = value(code, first) if len(call.given) >= least else None
        yield _row(call, channel, broker=broker, framework=framework, direction=direction)

    return found


def routed(code: Code, call: Call) -> Iterator[Row]:
    """RabbitMQ: exchange, routing key, message; the key where the exchange is the default one."""
    channel = None
    if len(call.given) > 1:
        first = call.given[0]
        empty = first.text in {b'""', b"null"}
        channel = value(code, call.given[1] if empty else first)
    framework = "rabbitmq-client" if call.name.startswith("basic") else "spring-amqp"
    yield _row(call, channel, broker="rabbitmq", framework=framework)


def subscribed(broker: str, framework: str, direction: Direction = "receive") -> OfCall:
    """A call with a channel, or a list of them; nothing is not known by its own name."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        channels: list[str | None] = [*values(code, _argument(call))]
        for channel in channels or [None]:
            yield _row(call, channel, broker=broker, framework=framework, direction=direction)

    return found


def topic_of_chain(broker: str, framework: str) -> OfCall:
    """`client.newProducer().topic("x")`, `newConsumer().topic("x")`."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        below = {each.name for each in chain_below(call)}
        direction: Direction = "send" if "newProducer" in below else "receive"
        if below & {"newProducer", "newConsumer", "newReader"}:
            channel = value(code, _argument(call))
            yield _row(call, channel, broker=broker, framework=framework, direction=direction)

    return found


def event_of(code: Code, node: Node | None) -> str | None:
    """The class of an event that is handed over; None where only a general one is known."""
    name = simple(type_of(code, node))
    known = _CLASS.fullmatch(name) is not None and name not in _ANY_EVENT
    return name if known else None


def published(framework: str, broker: str = "in-process") -> OfCall:
    """An event given to a publisher."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        first = _argument(call)
        if first is not None:
            yield _row(call, event_of(code, first), broker=broker, framework=framework)

    return found


def _fired(code: Code, call: Call) -> Iterator[Row]:
    """`Event<Placed>.fire(…)`: the type of the field says what."""
    name = simple(last_argument(type_of(code, call.receiver)))
    channel = name if name and name not in _ANY_EVENT else event_of(code, _argument(call))
    yield _row(call, channel, broker="in-process", framework="cdi")


def _jms_sent(code: Code, call: Call) -> Iterator[Row]:
    """`context.createProducer().send(queue, …)`."""
    made = next((each for each in chain_below(call) if each.name == "createProducer"), None)
    if made is None or not made.given:
        channel = value(code, _argument(call)) if len(call.given) > 1 else None
        yield _row(call, channel, broker="jms", framework="jms")


def _jms_made(direction: Direction) -> OfCall:
    """`session.createProducer(queue)`, `createConsumer(queue)`."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        if call.given:
            channel = value(code, call.given[0])
            yield _row(call, channel, broker="jms", framework="jms", direction=direction)

    return found


def _incoming_stream(code: Code, call: Call) -> Iterator[Row]:
    for channel in values(code, _argument(call)):
        yield _row(call, channel, broker="kafka", framework="kafka-streams", direction="receive")


def _outgoing_stream(code: Code, call: Call) -> Iterator[Row]:
    channel = value(code, _argument(call))
    if channel is not None:
        yield _row(call, channel, broker="kafka", framework="kafka-streams")


def _applied(code: Code, call: Call) -> Iterator[Row]:
    """`AggregateLifecycle.apply(new Placed(…))` of Axon."""
    channel = event_of(code, _argument(call))
    if channel is not None:
        yield _row(call, channel, broker="axon", framework="axon")


def _record(code: Code, call: Call) -> Iterator[Row]:
    if len(call.given) > 1:
        channel = value(code, call.given[0])
        yield _row(call, channel, broker="kafka", framework="kafka-clients")


def _rocket(code: Code, call: Call) -> Iterator[Row]:
    if len(call.given) > 1:
        channel = value(code, call.given[0])
        yield _row(call, channel, broker="rocketmq", framework="rocketmq-client")


_RECORDS = frozenset({"ProducerRecord", "Message"})
_ROCKET_TEMPLATE = {
    name: sent("rocketmq", "rocketmq-spring", least=2)
    for name in (
        "convertAndSend", "send", "syncSend", "asyncSend", "sendOneWay", "sendOneWayOrderly",
        "syncSendOrderly", "asyncSendOrderly", "sendMessageInTransaction", "sendAndReceive",
        "syncSendDelayTimeSeconds", "syncSendDelayTimeMills", "syncSendDeliverTimeMills",
    )
}  # fmt: skip
_JMS_TEMPLATE = {
    **dict.fromkeys(
        ("convertAndSend", "send", "sendAndReceive"), sent("jms", "spring-jms", least=2)
    ),
    **dict.fromkeys(
        ("receive", "receiveAndConvert", "receiveSelected"),
        sent("jms", "spring-jms", direction="receive"),
    ),
}  # fmt: skip
_JMS_SESSION = Client(
    {
        **dict.fromkeys(("createProducer", "createSender", "createPublisher"), _jms_made("send")),
        **dict.fromkeys(
            (
                "createConsumer", "createReceiver", "createSubscriber", "createDurableSubscriber",
            ),
            _jms_made("receive"),
        ),
    }
)  # fmt: skip
_RABBIT = dict.fromkeys(
    ("convertAndSend", "convertSendAndReceive", "send", "sendAndReceive"), routed
)
_SPRING_EVENTS = Client({"publishEvent": published("spring")})
_AXON_SENDS = published("axon", broker="axon")
CLIENTS: Mapping[str, Client] = {
    "org.springframework.kafka.core.KafkaTemplate": Client(
        {
            "send": sent("kafka", "spring-kafka", least=2, unless=_RECORDS),
            "sendDefault": sent("kafka", "spring-kafka", least=99),
        }
    ),
    **dict.fromkeys(
        (
            "org.apache.kafka.clients.consumer.KafkaConsumer",
            "org.apache.kafka.clients.consumer.Consumer",
        ),
        Client({"subscribe": subscribed("kafka", "kafka-clients")}),
    ),
    "org.apache.kafka.streams.StreamsBuilder": Client(
        dict.fromkeys(("stream", "table", "globalTable"), _incoming_stream)
        | {"to": _outgoing_stream},
        fluent=True,
    ),
    **dict.fromkeys(
        ("org.apache.kafka.streams.kstream.KStream", "org.apache.kafka.streams.kstream.KTable"),
        Client({"to": _outgoing_stream}, fluent=True),
    ),
    "org.springframework.amqp.rabbit.core.RabbitTemplate": Client(_RABBIT),
    "org.springframework.amqp.core.AmqpTemplate": Client(_RABBIT),
    "org.springframework.amqp.rabbit.core.RabbitOperations": Client(_RABBIT),
    "com.rabbitmq.client.Channel": Client(
        {
            "basicPublish": routed,
            "basicConsume": sent("rabbitmq", "rabbitmq-client", direction="receive"),
        }
    ),
    "org.apache.rocketmq.spring.core.RocketMQTemplate": Client(_ROCKET_TEMPLATE),
    **dict.fromkeys(
        (
            "org.apache.rocketmq.client.consumer.DefaultMQPushConsumer",
            "org.apache.rocketmq.client.consumer.DefaultLitePullConsumer",
        ),
        Client({"subscribe": sent("rocketmq", "rocketmq-client", direction="receive")}),
    ),
    "org.springframework.jms.config.SimpleJmsListenerEndpoint": Client(
        {"setDestination": sent("jms", "spring-jms", direction="receive")}
    ),
    "org.springframework.jms.core.JmsTemplate": Client(_JMS_TEMPLATE),
    "org.springframework.jms.core.JmsOperations": Client(_JMS_TEMPLATE),
    "org.springframework.jms.core.JmsMessagingTemplate": Client(_JMS_TEMPLATE),
    **{
        f"{root}.jms.{name}": client
        for root in ("javax", "jakarta")
        for name, client in {
            "JMSContext": Client(
                {"send": _jms_sent, "createConsumer": _jms_made("receive")}, fluent=True
            ),
            "JMSProducer": Client({"send": _jms_sent}),
            **dict.fromkeys(("Session", "QueueSession", "TopicSession"), _JMS_SESSION),
        }.items()
    },
    "org.springframework.cloud.stream.function.StreamBridge": Client(
        {"send": sent("", "spring-cloud-stream")}
    ),
    "org.apache.pulsar.client.api.PulsarClient": Client(
        dict.fromkeys(("topic", "topics"), topic_of_chain("pulsar", "pulsar-client")), fluent=True
    ),
    "org.springframework.pulsar.core.PulsarTemplate": Client(
        dict.fromkeys(("send", "sendAsync"), sent("pulsar", "spring-pulsar", least=2))
    ),
    "io.awspring.cloud.sqs.operations.SqsTemplate": Client(
        dict.fromkeys(("send", "sendAsync"), sent("sqs", "spring-cloud-aws", least=2))
    ),
    **dict.fromkeys(
        (
            "org.springframework.cloud.aws.messaging.core.QueueMessagingTemplate",
            "io.awspring.cloud.messaging.core.QueueMessagingTemplate",
        ),
        Client(
            dict.fromkeys(("convertAndSend", "send"), sent("sqs", "spring-cloud-aws", least=2))
        ),
    ),
    **dict.fromkeys(
        (
            "org.springframework.data.redis.core.RedisTemplate",
            "org.springframework.data.redis.core.StringRedisTemplate",
        ),
        Client({"convertAndSend": sent("redis", "spring-data-redis", least=2)}),
    ),
    **dict.fromkeys(
        (
            "org.springframework.context.ApplicationEventPublisher",
            "org.springframework.context.ApplicationContext",
            "org.springframework.context.ConfigurableApplicationContext",
        ),
        _SPRING_EVENTS,
    ),
    **dict.fromkeys(
        ("javax.enterprise.event.Event", "jakarta.enterprise.event.Event"),
        Client(dict.fromkeys(("fire", "fireAsync"), _fired), fluent=True),
    ),
    "com.google.common.eventbus.EventBus": Client({"post": published("guava")}),
    "com.google.common.eventbus.AsyncEventBus": Client({"post": published("guava")}),
    "org.greenrobot.eventbus.EventBus": Client({"post": published("greenrobot")}, fluent=True),
    "org.axonframework.commandhandling.gateway.CommandGateway": Client(
        dict.fromkeys(("send", "sendAndWait"), _AXON_SENDS)
    ),
    "org.axonframework.eventhandling.gateway.EventGateway": Client({"publish": _AXON_SENDS}),
    "org.axonframework.queryhandling.QueryGateway": Client(
        dict.fromkeys(("query", "streamingQuery", "subscriptionQuery"), _AXON_SENDS)
    ),
    **dict.fromkeys(
        (
            "org.axonframework.modelling.command.AggregateLifecycle",
            "org.axonframework.commandhandling.model.AggregateLifecycle",
        ),
        Client({"apply": _applied}),
    ),
}
MADE: Mapping[str, OfCall] = {
    "org.apache.kafka.clients.producer.ProducerRecord": _record,
    "org.apache.rocketmq.common.message.Message": _rocket,
    "com.alibaba.rocketmq.common.message.Message": _rocket,
}
