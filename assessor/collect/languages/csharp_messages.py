"""Messages in C#: brokers' own clients, buses over them, mediators, the project's own bus."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Direction, Row
from assessor.collect.languages.csharp_calls import (
    FUNCTIONS,
    argument,
    around,
    called,
    is_variable,
    line_at,
    receiver,
    type_arguments,
)
from assessor.collect.languages.csharp_values import Look, declared, said, type_of
from assessor.collect.languages.endpoints_texts import text_of

_SEND: Literal["send"] = "send"
_RECEIVE: Literal["receive"] = "receive"
# Type of the receiver -> framework, namespace that the file must use ("" = the name says enough),
# broker. The channel is the class of what is sent.
_BUSES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "IPublishEndpoint": (("masstransit", "", ""),),
    "ISendEndpoint": (("masstransit", "", ""),),
    "IBusControl": (("masstransit", "", ""),),
    "ConsumeContext": (("masstransit", "", ""),),
    "ITopicProducer": (("masstransit", "", "kafka"),),
    "IBus": (
        ("masstransit", "MassTransit", ""),
        ("rebus", "Rebus", ""),
        ("easynetq", "EasyNetQ", "rabbitmq"),
    ),
    "IMessageSession": (("nservicebus", "", ""),),
    "IEndpointInstance": (("nservicebus", "", ""),),
    "IMessageHandlerContext": (("nservicebus", "", ""),),
    "IMediator": (("mediatr", "", "in-process"),),
    "IPublisher": (("mediatr", "", "in-process"),),
    "Mediator": (("mediatr", "MediatR", "in-process"),),
    "IEventBus": (("IEventBus", "", ""),),
}
PUBLISHES = frozenset({"Publish", "PublishAsync", "Send", "SendAsync", "SendLocal", "Produce"})
_ONLY_EVENTS = frozenset({"mediatr", "IEventBus"})  # `Send` is a call there, not a message
# Interface of a handler -> framework, sign that the file must have, broker.
_HANDLERS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "IConsumer": (("masstransit", r"ConsumeContext<|using MassTransit\b", ""),),
    "IHandleMessages": (
        ("nservicebus", r"IMessageHandlerContext|using NServiceBus\b", ""),
        ("rebus", r"using Rebus\b", ""),
    ),
    "INotificationHandler": (("mediatr", "", "in-process"),),
    "IIntegrationEventHandler": (("IIntegrationEventHandler", "", ""),),
}
HANDLERS = frozenset(_HANDLERS)
# Attribute -> broker, framework; the channel is the first argument.
_MARKS: Mapping[str, tuple[str, str]] = {
    "CapSubscribe": ("", "cap"),
    "EventHubTrigger": ("eventhubs", "azure-functions"),
    "KafkaTrigger": ("kafka", "azure-functions"),
    "QueueTrigger": ("azure-queue", "azure-functions"),
    "RabbitMQTrigger": ("rabbitmq", "azure-functions"),
    "ServiceBusTrigger": ("servicebus", "azure-functions"),
}
MARKS = frozenset(_MARKS)
# What a broker's client says: namespace, direction, name of the argument for the channel,
# broker, framework.
_RABBIT = ("RabbitMQ.Client", _RECEIVE, "queue", "rabbitmq", "rabbitmq-client")
_KAFKA_SENDS = ("Confluent.Kafka", _SEND, "topic", "kafka", "confluent-kafka")
_KAFKA_RECEIVES = ("Confluent.Kafka", _RECEIVE, "topic", "kafka", "confluent-kafka")
_AZURE = "Azure.Messaging.ServiceBus"
_AZURE_SENDS = (_AZURE, _SEND, "queueOrTopicName", "servicebus", "azure-servicebus")
_AZURE_RECEIVES = (_AZURE, _RECEIVE, "queueName", "servicebus", "azure-servicebus")
_CLIENTS: Mapping[str, tuple[str, Direction, str, str, str]] = {
    **dict.fromkeys(("BasicConsume", "BasicConsumeAsync", "BasicGet", "BasicGetAsync"), _RABBIT),
    **dict.fromkeys(("Produce", "ProduceAsync"), _KAFKA_SENDS),
    "Subscribe": _KAFKA_RECEIVES,
    "CreateSender": _AZURE_SENDS,
    "CreateProcessor": _AZURE_RECEIVES,
    "CreateReceiver": _AZURE_RECEIVES,
    "CreateSessionProcessor": _AZURE_RECEIVES,
}
_CHANNELS = frozenset({"IChannel", "IModel"})
_OWN: Mapping[str, AbstractSet[str]] = {
    "kafka": {"ConsumerBuilder", "IConsumer", "IProducer", "ProducerBuilder"},
    "rabbitmq": _CHANNELS,
    "servicebus": {"ServiceBusClient"},
}
CALLS = PUBLISHES | _CLIENTS.keys() | {
    "BasicPublish", "BasicPublishAsync", "ReceiveMessageAsync", "ReceiveMessagesAsync",
    "SendMessage", "SendMessageAsync",
}  # fmt: skip


def sent(look: Look, call: Node) -> Iterator[Row]:
    """What one call sends or receives, by the type of what it is called on."""
    name = called(call)
    if name.startswith("BasicPublish"):
        yield from _basic(look, call)
    elif name in _CLIENTS:
        yield from _of_client(look, call, name)
    elif "Message" in name:
        yield from _queue(look, call, name)
    if name in PUBLISHES:
        yield from _published(look, call, name)


def _basic(look: Look, call: Node) -> Iterator[Row]:
    """RabbitMQ: the exchange, or the routing key where it is the default one."""
    if not (look.imported("RabbitMQ.Client") or type_of(look, receiver(call)) & _CHANNELS):
        return
    first = argument(call, 0, "exchange")
    exchange = said(look, first)
    is_default = first is not None and text_of(first) in {'""', "string.Empty", "String.Empty"}
    key = said(look, argument(call, 1, "routingKey"))
    yield behaviour.message(
        line_at(call), direction=_SEND, channel=key if is_default else exchange,
        broker="rabbitmq", framework="rabbitmq-client",
    )  # fmt: skip


def _of_client(look: Look, call: Node, name: str) -> Iterator[Row]:
    namespace, direction, at, broker, framework = _CLIENTS[name]
    own = type_of(look, receiver(call)) & _OWN[broker]
    if own or (look.imported(namespace) and broker != "kafka"):
        channel = argument(call, 0, at, "topicName", "topics")
        yield behaviour.message(
            line_at(call), direction=direction, channel=said(look, channel),
            broker=broker, framework=framework,
        )  # fmt: skip


def _queue(look: Look, call: Node, name: str) -> Iterator[Row]:
    """A queue of Azure Storage or of Amazon."""
    on = type_of(look, receiver(call))
    direction: Direction = _SEND if name.startswith("Send") else _RECEIVE
    if "QueueClient" in on and look.imported("Azure.Storage.Queues"):
        channel = _queue_name(look, call)
        yield behaviour.message(
            line_at(call), direction=direction, channel=channel,
            broker="azure-queue", framework="azure-storage-queues",
        )  # fmt: skip
    elif on & {"IAmazonSQS", "AmazonSQSClient"}:
        yield behaviour.message(
            line_at(call), direction=direction, channel=None, broker="sqs", framework="aws-sdk"
        )


def _queue_name(look: Look, call: Node) -> str | None:
    """`new QueueClient(connection, "name")` in the same file, if it makes but one."""
    found = {
        said(look, argument(made, 1, "queueName"))
        for match in re.finditer(rb"\bnew\s+(QueueClient)\s*\(", look.source)
        if (node := look.root.descendant_for_byte_range(match.start(1), match.start(1)))
        and (made := node.parent) is not None
    }
    del call
    return found.pop() if len(found) == 1 else None


def _published(look: Look, call: Node, name: str) -> Iterator[Row]:
    types = type_of(look, receiver(call))
    if "ICapPublisher" in types and name.startswith("Publish"):
        yield behaviour.message(
            line_at(call), direction=_SEND, channel=said(look, argument(call, 0, "name")),
            broker="", framework="cap",
        )  # fmt: skip
        return
    for type_ in sorted(types & _BUSES.keys()):
        for framework, namespace, broker in _BUSES[type_]:
            if namespace and not look.imported(namespace):
                continue
            if framework in _ONLY_EVENTS and not name.startswith("Publish"):
                continue
            for channel in _classes(look, call):
                yield behaviour.message(
                    line_at(call), direction=_SEND, channel=channel,
                    broker=broker, framework=framework,
                )  # fmt: skip
            return


def _classes(look: Look, call: Node) -> list[str | None]:
    """The class of what is sent: `Publish<T>(…)`, `Publish(new T())`, a variable of a type.

    Several, where the function gives the variable one or the other.
    """
    given = [each.partition("<")[0].rpartition(".")[2] for each in type_arguments(call)[:1]]
    if given:
        return [None if is_variable(call, given[0]) else given[0]]
    first = argument(call, 0, "message", "notification")
    if first is None or first.type != "identifier":
        return [next(iter(sorted(type_of(look, first))), None)]
    types = sorted(declared(look, text_of(first).lstrip("@")))
    if made := _made(first):
        return [*made]
    return [types[0] if len(types) == 1 and not is_variable(call, types[0]) else None]


def _made(name: Node) -> list[str]:
    """The classes of which the function around makes an object for a variable."""
    outer = [each for each in around(name) if each.type in FUNCTIONS]
    pattern = rf"(?<![\w.]){re.escape(text_of(name))}\s*=\s*new\s+(?:\w+\.)*(\w+)\s*[({{]"
    return sorted(set(re.findall(pattern, text_of(outer[-1])))) if outer else []


def handled(look: Look, base: Node, name: str) -> Iterator[Row]:
    """`class A : IConsumer<OrderPlaced>`."""
    found = re.search(rf"\b{name}<\s*(?:[\w.:]*[.:])?(\w+)\s*>", text_of(base))
    for framework, sign, broker in _HANDLERS[name] if found is not None else ():
        if found is not None and (not sign or re.search(sign.encode(), look.source)):
            yield behaviour.message(
                line_at(base), direction=_RECEIVE, channel=found[1],
                broker=broker, framework=framework,
            )  # fmt: skip
            return


def marked(look: Look, mark: Node, name: str) -> Iterator[Row]:
    """`[CapSubscribe("orders")]`, `[ServiceBusTrigger("orders")]`."""
    broker, framework = _MARKS[name]
    given = mark.named_children[-1]
    first = given.named_children[0] if given.named_children else None
    value = first.named_children[-1] if first is not None and first.named_children else None
    yield behaviour.message(
        line_at(mark), direction=_RECEIVE, channel=said(look, value),
        broker=broker, framework=framework,
    )  # fmt: skip
