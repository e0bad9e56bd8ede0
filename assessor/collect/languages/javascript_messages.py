"""Messages that scripts send and receive: brokers, queues, events inside the process."""

from collections.abc import Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages.behaviour import Direction, Row, job, message
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_calls import (
    Call,
    Maker,
    argument,
    mark,
    option,
    receiver,
    source,
    text,
    valued,
)
from assessor.collect.languages.javascript_scene import given_to, parts

_MOST = 20  # channels that one call names


def _row(call: Call, channel: str | None, *, direction: Direction, broker: str) -> Row:
    return message(
        call.line, direction=direction, channel=channel, broker=broker, framework=call.framework
    )


def by_place(direction: Direction, broker: str, place: int = 0) -> Maker:
    """The channel is an argument, or a list of them."""

    def rows(call: Call) -> Sequence[Row]:
        node = argument(call, place)
        listed = parts(node)[:_MOST] if node is not None and node.type == "array" else [node]
        return [_row(call, text(call, one), direction=direction, broker=broker) for one in listed]

    return rows


def by_option(direction: Direction, broker: str, *names: str) -> Maker:
    """The channel stands under a key of the object that is given, or a list of them does."""

    def rows(call: Call) -> Sequence[Row]:
        node = option(call, names, place=0)
        node = valued(call, node) if node is not None else None
        listed = parts(node)[:_MOST] if node is not None and node.type == "array" else [node]
        return [_row(call, text(call, one), direction=direction, broker=broker) for one in listed]

    return rows


def batch(call: Call) -> Sequence[Row]:
    """`producer.sendBatch({topicMessages: [{topic}, …]})`."""
    node = option(call, ("topicMessages",), place=0)
    listed = parts(node)[:_MOST] if node is not None and node.type == "array" else []
    found = [_under(call, one, "topic") for one in listed if one.type == "object"]
    return [_row(call, channel, direction="send", broker="kafka") for channel in found or [None]]


def _under(call: Call, node: Node, name: str) -> str | None:
    for pair in parts(node):
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None and text_of(key) == name:
            return text(call, value)
    return None


def published(call: Call) -> Sequence[Row]:
    """`channel.publish(exchange, key)`: the key where the exchange is the default one."""
    first = argument(call, 0)
    exchange = text(call, first)
    default = first is not None and text_of(first) in {"''", '""'}
    channel = text(call, argument(call, 1)) if default else exchange
    return [_row(call, channel, direction="send", broker="rabbitmq")]


def pattern(direction: Direction, broker: str) -> Maker:
    """A pattern of NestJS: a text, or an object, as the framework writes it."""

    def rows(call: Call) -> Sequence[Row]:
        node = argument(call, 0)
        if node is not None and node.type == "object":
            channel: str | None = _written(call, node)
        else:
            channel = text(call, node)
        return [_row(call, channel, direction=direction, broker=broker)]

    return rows


def _written(call: Call, node: Node) -> str:
    pairs = []
    for pair in parts(node):
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None:
            name = text_of(key).strip("'\"")
            pairs.append(f'"{name}":"{text(call, value) or "{}"}"')
    return f"{{{','.join(sorted(pairs))}}}"


def of_class(direction: Direction, *, given: bool = False) -> Maker:
    """The channel is a class: of the object that is given, or (given) the argument itself."""

    def rows(call: Call) -> Sequence[Row]:
        found = []
        for node in given_to(call.node)[: _MOST if given else 1]:
            class_ = node.child_by_field_name("constructor") if not given else node
            plain = class_ is not None and class_.type in {"identifier", "member_expression"}
            found.append(text_of(class_) if class_ is not None and plain else None)
        return [_row(call, one, direction=direction, broker="in-process") for one in found]

    return rows


def queued(call: Call) -> Sequence[Row]:
    """`queue.add(name, data, {repeat})` of Bull: work on a queue, or work that a clock starts."""
    channel = _queue(call)
    repeat = option(call, ("repeat",))
    rows = [_row(call, channel, direction="send", broker="redis")]
    if repeat is not None and repeat.type == "object":
        schedule = next(
            (_under(call, repeat, name) for name in ("pattern", "cron", "every")
             if _under(call, repeat, name)), None
        )  # fmt: skip
        name = text(call, argument(call, 0)) or call.around
        rows.append(job(call.line, schedule=schedule, handler=name, framework=call.framework))
    return rows


def processed(call: Call) -> Sequence[Row]:
    """`queue.process(…)` of Bull."""
    return [_row(call, _queue(call), direction="receive", broker="redis")]


def _queue(call: Call) -> str | None:
    """The name that the queue was made with, or is injected by."""
    injected = mark(call, "InjectQueue")
    if injected is not None:
        return text(injected, argument(injected, 0))
    made = source(call, receiver(call))
    return text(made, argument(made, 0)) if made is not None else None


def processor(call: Call) -> Sequence[Row]:
    """`@Processor('mail')`, `@Processor({name: 'mail'})`."""
    node = option(call, ("name",), place=0) or argument(call, 0)
    return [_row(call, text(call, node), direction="receive", broker="redis")]


_NEST: Mapping[str, Maker] = {"send": pattern("send", ""), "emit": pattern("send", "")}
_AMQP: Mapping[str, Maker] = {
    "sendToQueue": by_place("send", "rabbitmq"),
    "publish": published,
    "consume": by_place("receive", "rabbitmq"),
}
_BULL: Mapping[str, Maker] = {"add": queued, "addBulk": queued, "process": processed}
_EMITTER: Mapping[str, Maker] = {
    "emit": by_place("send", "in-process"),
    "emitAsync": by_place("send", "in-process"),
    "on": by_place("receive", "in-process"),
    "once": by_place("receive", "in-process"),
    "addListener": by_place("receive", "in-process"),
}


def _pubsub(broker: str) -> Mapping[str, Maker]:
    return {
        "publish": by_place("send", broker),
        "subscribe": by_place("receive", broker),
        "pSubscribe": by_place("receive", broker),
        "psubscribe": by_place("receive", broker),
    }


_SQS: Mapping[str, Maker] = {
    "sendMessage": by_option("send", "sqs", "QueueUrl"),
    "sendMessageBatch": by_option("send", "sqs", "QueueUrl"),
    "receiveMessage": by_option("receive", "sqs", "QueueUrl"),
}
_NATS: Mapping[str, Maker] = {**_pubsub("nats"), "request": by_place("send", "nats")}

MESSAGES: Mapping[str, tuple[str, Mapping[str, Maker]]] = {
    "@aws-sdk/client-sns:": ("aws-sdk", {"PublishCommand": by_option("send", "sns", "TopicArn",
                                                                     "TargetArn")}),
    "@aws-sdk/client-sqs:": ("aws-sdk", {
        "SendMessageCommand": by_option("send", "sqs", "QueueUrl"),
        "SendMessageBatchCommand": by_option("send", "sqs", "QueueUrl"),
        "ReceiveMessageCommand": by_option("receive", "sqs", "QueueUrl"),
    }),
    "@aws-sdk/client-sqs:SQS()": ("aws-sdk", _SQS),
    "@nestjs/bull:": ("bull", {"@Processor": processor}),
    "@nestjs/bullmq:": ("bullmq", {"@Processor": processor}),
    "@nestjs/cqrs:": ("nest-cqrs", {
        "@CommandHandler": of_class("receive", given=True),
        "@EventsHandler": of_class("receive", given=True),
        "@QueryHandler": of_class("receive", given=True),
    }),
    "@nestjs/cqrs:CommandBus()": ("nest-cqrs", {"execute": of_class("send")}),
    "@nestjs/cqrs:EventBus()": ("nest-cqrs", {"publish": of_class("send")}),
    "@nestjs/cqrs:QueryBus()": ("nest-cqrs", {"execute": of_class("send")}),
    "@nestjs/event-emitter:": ("eventemitter2", {"@OnEvent": by_place("receive", "in-process")}),
    "@nestjs/event-emitter:EventEmitter2()": ("eventemitter2", _EMITTER),
    "@nestjs/microservices:": ("nest", {
        "@MessagePattern": pattern("receive", ""), "@EventPattern": pattern("receive", ""),
    }),
    "@nestjs/microservices:ClientKafka()": ("nest", {"send": pattern("send", "kafka"),
                                                     "emit": pattern("send", "kafka")}),
    "@nestjs/microservices:ClientKafkaProxy()": ("nest", {"send": pattern("send", "kafka"),
                                                          "emit": pattern("send", "kafka")}),
    "@nestjs/microservices:ClientNats()": ("nest", {"send": pattern("send", "nats"),
                                                    "emit": pattern("send", "nats")}),
    "@nestjs/microservices:ClientProxy()": ("nest", _NEST),
    "@nestjs/microservices:ClientRMQ()": ("nest", {"send": pattern("send", "rabbitmq"),
                                                   "emit": pattern("send", "rabbitmq")}),
    "@nestjs/microservices:ClientRedis()": ("nest", {"send": pattern("send", "redis"),
                                                     "emit": pattern("send", "redis")}),
    "@nestjs/microservices:ClientTCP()": ("nest", _NEST),
    "amqplib:Channel()": ("amqplib", _AMQP),
    "amqplib:ConfirmChannel()": ("amqplib", _AMQP),
    "amqplib:connect().createChannel()": ("amqplib", _AMQP),
    "amqplib:connect().createConfirmChannel()": ("amqplib", _AMQP),
    "amqp-connection-manager:connect().createChannel()": ("amqplib", _AMQP),
    "amqp-connection-manager:ChannelWrapper()": ("amqplib", _AMQP),
    "aws-sdk:SNS()": ("aws-sdk", {"publish": by_option("send", "sns", "TopicArn", "TargetArn")}),
    "aws-sdk:SQS()": ("aws-sdk", _SQS),
    "bull:()": ("bull", _BULL),
    "bull:Queue()": ("bull", _BULL),
    "bullmq:": ("bullmq", {"Worker": by_place("receive", "redis")}),
    "bullmq:Queue()": ("bullmq", _BULL),
    "eventemitter2:()": ("eventemitter2", _EMITTER),
    "eventemitter2:EventEmitter2()": ("eventemitter2", _EMITTER),
    "ioredis:()": ("ioredis", _pubsub("redis")),
    "ioredis:Cluster()": ("ioredis", _pubsub("redis")),
    "ioredis:Redis()": ("ioredis", _pubsub("redis")),
    "ioredis:().duplicate()": ("ioredis", _pubsub("redis")),
    "kafkajs:Consumer()": ("kafkajs", {"subscribe": by_option("receive", "kafka", "topic",
                                                              "topics")}),
    "kafkajs:Kafka().consumer()": ("kafkajs", {"subscribe": by_option("receive", "kafka",
                                                                      "topic", "topics")}),
    "kafkajs:Kafka().producer()": ("kafkajs", {"send": by_option("send", "kafka", "topic"),
                                               "sendBatch": batch}),
    "kafkajs:Producer()": ("kafkajs", {"send": by_option("send", "kafka", "topic"),
                                       "sendBatch": batch}),
    "mqtt:MqttClient()": ("mqtt", _pubsub("mqtt")),
    "mqtt:connect()": ("mqtt", _pubsub("mqtt")),
    "mqtt:connectAsync()": ("mqtt", _pubsub("mqtt")),
    "nats:NatsConnection()": ("nats", _NATS),
    "nats:connect()": ("nats", _NATS),
    "node-rdkafka:KafkaConsumer()": ("node-rdkafka", {"subscribe": by_place("receive", "kafka")}),
    "node-rdkafka:Producer()": ("node-rdkafka", {"produce": by_place("send", "kafka")}),
    "redis:RedisClientType()": ("redis", _pubsub("redis")),
    "redis:createClient()": ("redis", _pubsub("redis")),
    "redis:createClient().duplicate()": ("redis", _pubsub("redis")),
    "sqs-consumer:Consumer": ("sqs-consumer", {"create": by_option("receive", "sqs",
                                                                   "queueUrl")}),
}  # fmt: skip
