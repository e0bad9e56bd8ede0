"""Messages in PHP: what one file says of them; whose they are, all files say (`php_sent`)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.php_calls import Call, argument, elements, first, last, line, parts
from assessor.collect.languages.php_data import MOST, dotted, full_name, scope_at
from assessor.collect.languages.php_folding import class_of, known, literal
from assessor.collect.languages.php_names import class_name
from assessor.collect.languages.typed_walk import Walk, text_of

Row = list[object]

IN_PROCESS = "in-process"
# Class of a bus -> broker, framework.
_BUSES: Mapping[str, tuple[str, str]] = {
    "Illuminate.Contracts.Bus.Dispatcher": ("", "laravel"),
    "Illuminate.Contracts.Queue.Queue": ("", "laravel"),
    "Illuminate.Support.Facades.Bus": ("", "laravel"),
    "Illuminate.Support.Facades.Queue": ("", "laravel"),
    "Illuminate.Contracts.Events.Dispatcher": (IN_PROCESS, "laravel"),
    "Illuminate.Events.Dispatcher": (IN_PROCESS, "laravel"),
    "Illuminate.Support.Facades.Event": (IN_PROCESS, "laravel"),
    "Symfony.Component.Messenger.MessageBus": ("", "symfony"),
    "Symfony.Component.Messenger.MessageBusInterface": ("", "symfony"),
    "Symfony.Component.EventDispatcher.EventDispatcher": (IN_PROCESS, "symfony"),
    "Symfony.Component.EventDispatcher.EventDispatcherInterface": (IN_PROCESS, "symfony"),
    "Symfony.Contracts.EventDispatcher.EventDispatcherInterface": (IN_PROCESS, "symfony"),
    "Psr.EventDispatcher.EventDispatcherInterface": (IN_PROCESS, "psr-14"),
}
_SENDS = frozenset(
    {
        "batch", "chain", "dispatch", "dispatchAfterResponse", "dispatchNow", "dispatchSync",
        "dispatchToQueue", "later", "laterOn", "push", "pushOn",
    }
)  # fmt: skip
_AT_ONCE = frozenset({"dispatchNow", "dispatchSync", "dispatch_sync"})
_HELPERS = frozenset({"broadcast", "dispatch", "dispatch_sync", "event"})
_STATIC = frozenset(
    {
        "broadcast", "dispatch", "dispatchAfterResponse", "dispatchIf", "dispatchNow",
        "dispatchSync", "dispatchUnless",
    }
)  # fmt: skip
_CHANNELS = frozenset({"PhpAmqpLib.Channel.AMQPChannel", "PhpAmqpLib.Channel.AbstractChannel"})
_LISTEN = re.compile(r"\$listen\s*=|\bfunction\s+getSubscribedEvents\b")
_MARK = re.compile(r"(?<=[\[,\s\\])(AsMessageHandler|AsEventListener)(?=[(\],\s])")
_MARKS: Mapping[str, str] = {
    ".Symfony.Component.EventDispatcher.Attribute.AsEventListener": IN_PROCESS,
    ".Symfony.Component.Messenger.Attribute.AsMessageHandler": "",
}


def messages(walk: Walk, calls: Sequence[Call]) -> Iterator[behaviour.Row]:
    """Messages whose channel and broker this file says by itself."""
    for call in calls:
        broker, framework = _BUSES.get(call.on, ("", ""))
        if framework and call.name in _SENDS and call.given:
            held = IN_PROCESS if call.name in _AT_ONCE else broker
            for channel in _channels(walk, call):
                yield _row(call, channel, broker=held, framework=framework)
        elif call.on in _CHANNELS:
            yield from _amqp(walk, call)
        elif call.on.startswith("RdKafka."):
            yield from _kafka(walk, call)
        elif call.on.startswith("Enqueue.Client.Producer") and call.name.startswith("send"):
            topic = known(walk, argument(call, 0))
            yield _row(call, topic, broker="", framework="enqueue")


def _row(
    call: Call,
    channel: str | None,
    *,
    broker: str,
    framework: str,
    direction: behaviour.Direction = "send",
) -> behaviour.Row:
    return behaviour.message(
        line(call.node),
        direction=direction,
        channel=channel,
        broker=broker,
        framework=framework,
    )


def _channels(walk: Walk, call: Call) -> Iterator[str | None]:
    """The classes of what is sent; None where this file does not say."""
    at = 1 if call.name in {"later", "pushOn"} else 2 if call.name == "laterOn" else 0
    given = argument(call, at)
    if given is not None and given.type == "array_creation_expression":
        for element in elements(given):
            yield _simple(_sent_class(walk, element[-1], call)) or None
        return
    text = literal(walk, given)
    yield text or _simple(_sent_class(walk, given, call)) or None


def _simple(name: str) -> str:
    return name.rpartition(".")[2]


def _sent_class(walk: Walk, node: Node | None, call: Call) -> str:
    """The class of the object that is sent, with a leading dot."""
    if node is not None and node.type == "object_creation_expression":
        made = first(node)
        if made is None or made.type not in {"name", "qualified_name"}:
            return ""
        return full_name(walk, text_of(walk, made), call.scope)
    written = class_of(walk, node)
    if written:
        return full_name(walk, written, call.scope)
    chain = call.first
    plain = chain[:1] == "=" and chain.endswith(":!") and chain.count(":") == 1
    return chain[1:-2] if plain else ""


def _amqp(walk: Walk, call: Call) -> Iterator[behaviour.Row]:
    if call.name == "basic_publish":
        exchange = literal(walk, argument(call, 1, "exchange"))
        node = argument(call, 2, "routing_key") if exchange in {"", None} else call.given[1]
        channel = known(walk, node if exchange == "" or exchange else argument(call, 1))
        yield _row(call, channel, broker="rabbitmq", framework="php-amqplib")
    elif call.name == "basic_consume":
        queue = known(walk, argument(call, 0, "queue"))
        yield _row(call, queue, broker="rabbitmq", framework="php-amqplib", direction="receive")


def _kafka(walk: Walk, call: Call) -> Iterator[behaviour.Row]:
    receives = "Consumer" in call.on
    topics: list[Node | None] = []
    if call.name == "newTopic":
        topics = [argument(call, 0)]
    elif call.name == "subscribe" and receives:
        given = argument(call, 0)
        topics = [element[-1] for element in elements(given)] or [given]
    direction: behaviour.Direction = "receive" if receives else "send"
    for topic in topics:
        text = known(walk, topic)
        yield _row(call, text, broker="kafka", framework="php-rdkafka", direction=direction)


def sent(walk: Walk, calls: Sequence[Call]) -> Iterator[Row]:
    """Way, class with a leading dot or a text, method, scope, line: whose it is others say."""
    for call in calls:
        at = line(call.node)
        if not call.chain and call.name in _HELPERS:
            given = argument(call, 0)
            held = _sent_class(walk, given, call) or literal(walk, given) or ""
            yield [f"{call.name}()", held, call.name, call.scope, call.node.start_point[0] + 1]
        elif call.name in _STATIC and not call.links and call.chain.count(":") == 0:
            if call.chain[:1] == "=" and call.on not in _BUSES:
                yield ["static", f".{call.on}", call.name, call.scope, at]
        elif call.name in {"dispatch", "dispatchSync", "dispatchNow"} and call.chain == "this:!":
            yield ["this", _sent_class(walk, argument(call, 0), call), call.name, call.scope, at]


def received(walk: Walk, root: Node, calls: Sequence[Call]) -> Iterator[Row]:
    """Broker, event, listener ("" = this class), framework, method, scope, line."""
    for call in calls:
        if call.name == "listen" and "Illuminate." in call.on and "Event" in call.on:
            event = _event(walk, argument(call, 0), call.scope)
            owner = _listener(walk, argument(call, 1), call.scope)
            at = line(call.node)
            if event:
                yield [IN_PROCESS, event, owner, "laravel", "", call.scope, at]
    if walk.too_deep:
        return
    may = "$listen" in walk.text or "getSubscribedEvents" in walk.text
    for found in islice(_LISTEN.finditer(walk.text), MOST) if may else ():
        yield from _listed(walk, root, found)
    may = "AsMessageHandler" in walk.text or "AsEventListener" in walk.text
    for found in islice(_MARK.finditer(walk.text), MOST) if may else ():
        yield from _marked(walk, root, found)


def _event(walk: Walk, node: Node | None, scope: int) -> str:
    """`.X` for a class, the text of a name or a constant otherwise."""
    written = class_of(walk, node)
    if written:
        return full_name(walk, written, scope)
    if node is not None and node.type == "class_constant_access_expression":
        return text_of(walk, node).replace("\\", ".").rpartition(".")[2].replace("::", ".")
    text = literal(walk, node) or ""
    return dotted(text) or text


def _listener(walk: Walk, node: Node | None, scope: int) -> str:
    if node is not None and node.type == "array_creation_expression":
        node = first(first(node))
    event = _event(walk, node, scope)
    return event if event[:1] == "." else ""


def _listed(walk: Walk, root: Node, found: re.Match[str]) -> Iterator[Row]:
    """`$listen = [Event::class => [Listener::class]]`, `getSubscribedEvents`."""
    node = root.descendant_for_byte_range(found.start(), found.start() + 1)
    while node is not None and node.type not in {"property_element", "method_declaration"}:
        node = node.parent
    owner = node
    while owner is not None and owner.type != "class_declaration":
        owner = owner.parent
    if node is None or owner is None:
        return
    scope = scope_at(walk, owner)
    supers = set(walk.scopes[scope].supers)
    if node.type == "property_element":
        if any(name.endswith("EventServiceProvider") for name in supers):
            yield from _pairs_of_laravel(walk, node, scope)
    elif any(name.endswith(".EventSubscriberInterface") for name in supers):
        yield from _keys_of_symfony(walk, node, scope)


def _pairs_of_laravel(walk: Walk, node: Node, scope: int) -> Iterator[Row]:
    for key, *values in elements(last(node)):
        event = _event(walk, key, scope)
        several = elements(values[0]) if values else []
        for *_, held in several or ([values] if values else []):
            listener = _listener(walk, held, scope)
            if event and listener:
                at = held.start_point[0] + 1
                yield [IN_PROCESS, event, listener, "laravel", "", scope, at]


def _keys_of_symfony(walk: Walk, node: Node, scope: int) -> Iterator[Row]:
    body = node.child_by_field_name("body")
    for statement in parts(body):
        for key, *values in elements(first(statement)):
            event = _event(walk, key, scope)
            if event and values:
                at = key.start_point[0] + 1
                yield [IN_PROCESS, event, "", "symfony", "", scope, at]


def _marked(walk: Walk, root: Node, found: re.Match[str]) -> Iterator[Row]:
    """`#[AsMessageHandler]`, `#[AsEventListener(event: X::class)]` at a class or a method."""
    node = root.descendant_for_byte_range(found.start(), found.start())
    while node is not None and node.type in {"name", "qualified_name"}:
        node = node.parent
    named = first(node)
    if node is None or node.type != "attribute" or named is None:
        return
    name = class_name(walk, text_of(walk, named))
    declared: Node | None = node
    while declared is not None and not declared.type.endswith("_declaration"):
        declared = declared.parent
    owner = declared
    while owner is not None and owner.type != "class_declaration":
        owner = owner.parent
    if name not in _MARKS or declared is None or owner is None:
        return
    scope = scope_at(walk, owner)
    given = node.child_by_field_name("parameters")
    event, method = "", ""
    for each in parts(given):
        key = each.child_by_field_name("name")
        word = text_of(walk, key) if key is not None else "event"
        if word in {"event", "handles"}:
            event = event or _event(walk, last(each), scope)
        elif word == "method":
            method = literal(walk, last(each)) or ""
    if declared.type == "method_declaration":
        name_of = declared.child_by_field_name("name")
        method = text_of(walk, name_of) if name_of is not None else method
    at = node.start_point[0] + 1
    yield [_MARKS[name], event, "", "symfony", method or "__invoke", scope, at]
