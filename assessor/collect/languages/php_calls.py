"""Calls of PHP that may do more than the graph shows: kept while walking, looked at afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages.php_watched import (
    FUNCTIONS,
    MADE,
    METHODS,
    NEVER_OWN,
    WITHOUT_ARGUMENTS,
)
from assessor.collect.languages.typed_facts import NOTED
from assessor.collect.languages.typed_walk import Told, Walk, text_of

NEW, RETURN = "new", "return"
_TELLING = "sendRequest"  # no other library has a method of this name
_DEEPEST = 500  # nodes around another
_MOST = 2_000  # calls of a file that are kept
_BODIES = frozenset({"method_declaration", "function_definition"})
_CLASSES = frozenset(
    {"class_declaration", "enum_declaration", "interface_declaration", "trait_declaration"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call after the walk. name: of method or function, `new` for an object that is made.

    on: the class that it is called on or made of, as far as this file says, without a leading
    dot; "" where it does not. links: what was called on that class before. chain: see
    `typed_facts`; first: that of the first argument. given: the values of the arguments, those
    with a name left out; named: these.
    """

    name: str
    on: str
    links: tuple[str, ...]
    chain: str
    first: str
    node: Node
    scope: int
    given: tuple[Node, ...]
    named: dict[str, Node]


def watch_method(walk: Walk, name: str, chain: str, *, given: Node) -> None:
    """Keeps the call of a method that may be of interest. chain: what it is called on."""
    if name not in METHODS or not (chain or name == _TELLING) or len(walk.told) >= _MOST:
        return
    bare = given.named_child_count == 0 and name not in WITHOUT_ARGUMENTS
    foreign = chain == f"this:{NOTED}" and name in NEVER_OWN
    if not bare and not foreign and given.parent is not None:
        first_chain = _first_chain(walk, given)
        walk.told.append((name, chain, given.parent, walk.opened[-1], first_chain))


def watch_function(walk: Walk, name: str, node: Node) -> None:
    """Keeps the call of a function that may be of interest."""
    bare = name.lstrip("\\")
    if bare in FUNCTIONS and len(walk.told) < _MOST:
        given = node.child_by_field_name("arguments")
        walk.told.append((bare, "", node, walk.opened[-1], _first_chain(walk, given)))


def watch_new(walk: Walk, name: str, node: Node) -> None:
    """Keeps the making of an object that may be of interest. name: of its class, in full."""
    if name.lstrip(".") in MADE and len(walk.told) < _MOST:
        walk.told.append((NEW, f"={name}", node, walk.opened[-1], ""))


def watch_return(walk: Walk, chain: str, *, node: Node) -> None:
    """Keeps what a function gives back, if that is the result of calls."""
    if chain and chain[0] in "=t" and "(" in chain and len(walk.told) < _MOST:
        walk.told.append((RETURN, chain, node, walk.opened[-1], ""))


def _first_chain(walk: Walk, given: Node | None) -> str:
    """What the variable is that is given first, which is known only while walking."""
    held = given is not None and given.named_child_count > 0
    one = given.named_child(0) if held and given is not None else None
    text = text_of(walk, one) if one is not None else ""
    if text == "$this":
        return "this"
    if text[:7] == "$this->" and text[7:].isidentifier():
        return f"this:{NOTED}:{text[7:]}"
    return walk.names.get(text, "")


def calls(walk: Walk) -> list[Call]:
    """All calls that were kept, in the order of the text."""
    found = [_call(walk, each) for each in walk.told]
    return sorted(found, key=lambda call: (call.node.start_byte, call.node.end_byte))


def _call(walk: Walk, told: Told) -> Call:
    name, chain, node, scope, first = told
    on, links = _on(walk, chain, scope)
    given, named = _given(walk, node)
    return Call(name, on, links, chain, first, node, scope, given, named)


def _on(walk: Walk, chain: str, scope: int) -> tuple[str, tuple[str, ...]]:
    links = [link for link in chain.split(":") if link != NOTED] if chain else []
    if not links or links == [""]:
        return "", ()
    if links[0] == "this" and len(links) > 1 and "(" not in links[1]:
        type_ = walk.scopes[scope].fields.get(links[1], "")
        return _bare(type_), tuple(links[2:])
    if links[0] == "this":
        return "", tuple(links[1:])
    if links[0][:1] == "=":
        return _bare(links[0][1:]), tuple(links[1:])
    return "", ()


def _bare(type_: str) -> str:
    return type_.lstrip(".").partition("<")[0].partition("[")[0]


def _given(walk: Walk, node: Node) -> tuple[tuple[Node, ...], dict[str, Node]]:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        arguments = next((each for each in node.named_children if each.type == "arguments"), None)
    given, named = [], {}
    for argument in parts(arguments):
        values = parts(argument)
        if argument.type == "argument" and values:
            name = argument.child_by_field_name("name")
            if name is None:
                given.append(values[-1])
            else:
                named[text_of(walk, name)] = values[-1]
    return tuple(given), named


def parts(node: Node | None) -> list[Node]:
    """The named parts of a node, comments left out."""
    found = node.named_children if node is not None else []
    return [each for each in found if each.type != "comment"]


def first(node: Node | None) -> Node | None:
    """The first named part of a node."""
    return next(iter(parts(node)), None)


def last(node: Node | None) -> Node | None:
    """The last named part of a node."""
    found = parts(node)
    return found[-1] if found else None


def elements(node: Node | None) -> list[list[Node]]:
    """The parts of each element of an array that is written out: a value, or key and value."""
    if node is None or node.type != "array_creation_expression":
        return []
    return [found for each in parts(node) if (found := parts(each))]


def argument(call: Call, at: int, *names: str) -> Node | None:
    """The argument at a place, or under one of these names."""
    if at < len(call.given):
        return call.given[at]
    return next((call.named[name] for name in names if name in call.named), None)


def around(node: Node) -> Iterator[Node]:
    """The nodes around, the nearest first; what lies too deep has no end of them."""
    at = node.parent
    for _ in range(_DEEPEST):
        if at is None:
            return
        yield at
        at = at.parent


def handler(walk: Walk, node: Node) -> str:
    """The function around, as `Class.method`; "" for code outside of all."""
    function = next((each for each in around(node) if each.type in _BODIES), None)
    if function is None:
        return ""
    name = _named(walk, function)
    owner = next((each for each in around(function) if each.type in _CLASSES), None)
    return f"{_named(walk, owner)}.{name}" if owner is not None else name


def body_of(node: Node) -> Node:
    """The function around, or the whole file."""
    last = node
    for each in around(node):
        if each.type in _BODIES:
            return each
        last = each
    return last


def class_around(walk: Walk, node: Node) -> str:
    """The simple name of the class around, "" outside of all."""
    owner = next((each for each in around(node) if each.type in _CLASSES), None)
    return _named(walk, owner) if owner is not None else ""


def _named(walk: Walk, node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(walk, name) if name is not None else ""


def line(node: Node) -> int:
    """The line that the name of a call stands on."""
    name = node.child_by_field_name("name")
    return (name or node).start_point[0] + 1


def following(walk: Walk, node: Node) -> Iterator[tuple[str, Node]]:
    """The calls that follow in a chain: `->daily()` after this one."""
    at = node
    while (outer := at.parent) is not None and outer.type == "member_call_expression":
        if outer.child_by_field_name("object") != at:
            return
        yield _named(walk, outer), outer
        at = outer
