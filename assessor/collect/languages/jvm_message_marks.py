"""Messages and events in Java and Kotlin that annotations and supertypes ask for."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Direction, Row, message
from assessor.collect.languages.jvm_names import simple, type_written
from assessor.collect.languages.jvm_texts import value, without_default
from assessor.collect.languages.jvm_tree import (
    CONSTRUCTORS,
    METHODS,
    PARAMETERS,
    Code,
    Mark,
    OfMark,
    given_to,
    text_of,
)

_NO_EVENTS = frozenset({"Object", "Any", "ApplicationEvent", ""})


def _row(
    mark: Mark, channel: str | None, *, broker: str, framework: str, direction: Direction
) -> Row:
    said = without_default(channel) if channel is not None else None
    return message(
        mark.line, direction=direction, channel=said, broker=broker, framework=framework
    )


def listened(
    broker: str,
    framework: str,
    *,
    names: tuple[str, ...],
    direction: Direction = "receive",
    inner: tuple[str, ...] = (),
) -> OfMark:
    """An annotation whose arguments are channels. inner: those with annotations that name them."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        channels = [value(code, node) for name in names for node in mark.given.get(name, ())] + [
            value(code, node)
            for name in inner
            for each in mark.given.get(name, ())
            for node in _inside(each)
        ]
        for channel in channels or [None]:
            yield _row(mark, channel, broker=broker, framework=framework, direction=direction)

    return found


def _inside(node: Node) -> Iterator[Node]:
    """The names that an inner annotation says: `@Queue("q")`, `@QueueBinding(value = @Queue…)`."""
    if "annotation" not in node.type and node.type != "call_expression":
        return
    given = given_to(node)
    for name in ("value", "name", "topic"):
        for each in given.get(name, ()):
            if "annotation" in each.type or each.type == "call_expression":
                yield from _inside(each)
            else:
                yield each
            return


def _first_parameter(method: Node) -> str:
    """The simple type of the first parameter of a method."""
    for child in method.named_children:
        if child.type in {"formal_parameters", "function_value_parameters"}:
            first = next((c for c in child.named_children if c.type in PARAMETERS), None)
            return simple(type_written(first))
    return ""


def handled(framework: str, broker: str = "in-process", *, classes: bool = False) -> OfMark:
    """A method that takes an event: its first parameter. classes: or what the annotation names."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        del code
        if mark.declared.type not in METHODS | CONSTRUCTORS:
            return
        given = (*mark.given.get("value", ()), *mark.given.get("classes", ())) if classes else ()
        names = [text_of(node).partition(".class")[0].partition("::")[0] for node in given]
        names = [simple(name) for name in names] or [_first_parameter(mark.declared)]
        for name in names:
            channel = None if name in _NO_EVENTS else name
            yield _row(mark, channel, broker=broker, framework=framework, direction="receive")

    return found


def _observes(code: Code, mark: Mark) -> Iterator[Row]:
    """`void on(@Observes Placed event)` of CDI."""
    del code
    name = simple(type_written(mark.declared))
    if mark.declared.type in PARAMETERS and name not in _NO_EVENTS:
        yield _row(mark, name, broker="in-process", framework="cdi", direction="receive")


def _channel(code: Code, mark: Mark) -> Iterator[Row]:
    """`@Channel("x") Emitter<Placed>` of MicroProfile sends, any other such field receives."""
    sends = "Emitter" in simple(type_written(mark.declared))
    channel = value(code, mark.given["value"][0]) if mark.given.get("value") else None
    direction: Direction = "send" if sends else "receive"
    yield _row(mark, channel, broker="", framework="microprofile-messaging", direction=direction)


def _driven(code: Code, mark: Mark) -> Iterator[Row]:
    """A message-driven bean: the destination among its properties."""
    channel = None
    for each in mark.given.get("activationConfig", ()):
        given = given_to(each)
        names = given.get("propertyName", ())
        said = value(code, names[0]) if names else ""
        if said in {"destinationLookup", "destination"} and given.get("propertyValue"):
            channel = channel or value(code, given["propertyValue"][0])
    if channel is None and mark.given.get("mappedName"):
        channel = value(code, mark.given["mappedName"][0])
    yield _row(mark, channel, broker="jms", framework="ejb", direction="receive")


_TOPICS = ("topics", "topicPattern")
MARKS: Mapping[str, OfMark] = {
    "org.springframework.kafka.annotation.KafkaListener": listened(
        "kafka", "spring-kafka", names=_TOPICS, inner=("topicPartitions",)
    ),
    "org.springframework.amqp.rabbit.annotation.RabbitListener": listened(
        "rabbitmq", "spring-amqp", names=("queues",), inner=("queuesToDeclare", "bindings")
    ),
    "org.apache.rocketmq.spring.annotation.RocketMQMessageListener": listened(
        "rocketmq", "rocketmq-spring", names=("topic",)
    ),
    "org.springframework.jms.annotation.JmsListener": listened(
        "jms", "spring-jms", names=("destination",)
    ),
    "org.springframework.pulsar.annotation.PulsarListener": listened(
        "pulsar", "spring-pulsar", names=_TOPICS
    ),
    **dict.fromkeys(
        (
            "io.awspring.cloud.sqs.annotation.SqsListener",
            "io.awspring.cloud.messaging.listener.annotation.SqsListener",
            "org.springframework.cloud.aws.messaging.listener.annotation.SqsListener",
        ),
        listened("sqs", "spring-cloud-aws", names=("value", "queueNames")),
    ),
    "org.springframework.cloud.stream.annotation.StreamListener": listened(
        "", "spring-cloud-stream", names=("value", "target")
    ),
    "org.springframework.cloud.stream.annotation.Output": listened(
        "", "spring-cloud-stream", names=("value",), direction="send"
    ),
    "org.eclipse.microprofile.reactive.messaging.Incoming": listened(
        "", "microprofile-messaging", names=("value",)
    ),
    "org.eclipse.microprofile.reactive.messaging.Outgoing": listened(
        "", "microprofile-messaging", names=("value",), direction="send"
    ),
    "org.eclipse.microprofile.reactive.messaging.Channel": _channel,
    **{f"{root}.ejb.MessageDriven": _driven for root in ("javax", "jakarta")},
    "org.springframework.context.event.EventListener": handled("spring", classes=True),
    "org.springframework.transaction.event.TransactionalEventListener": handled(
        "spring", classes=True
    ),
    "org.springframework.modulith.events.ApplicationModuleListener": handled("spring"),
    **{
        f"{root}.enterprise.event.{name}": _observes
        for root in ("javax", "jakarta")
        for name in ("Observes", "ObservesAsync")
    },
    "com.google.common.eventbus.Subscribe": handled("guava"),
    "org.greenrobot.eventbus.Subscribe": handled("greenrobot"),
    **dict.fromkeys(
        (
            "org.axonframework.eventhandling.EventHandler",
            "org.axonframework.commandhandling.CommandHandler",
            "org.axonframework.queryhandling.QueryHandler",
            "org.axonframework.eventsourcing.EventSourcingHandler",
            "org.axonframework.modelling.saga.SagaEventHandler",
            "org.axonframework.eventhandling.saga.SagaEventHandler",
        ),
        handled("axon", broker="axon"),
    ),
}
# Supertype whose argument is the class of an event -> framework.
LISTENERS: Mapping[str, str] = {"org.springframework.context.ApplicationListener": "spring"}
