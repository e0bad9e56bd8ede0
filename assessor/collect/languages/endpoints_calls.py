"""Routes that Java and Kotlin declare by calls: functional endpoints of Spring."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import Constants, folded, text_of

_VERB = re.compile(rb"\b(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s*\(\s*\"")
_AROUND = re.compile(r"(?:.*\.)?(?:path|nest|pathNested)\Z", re.DOTALL)
_PATH = re.compile(r"(?:\w+\s*\.\s*)?path\s*\(\s*(\"(?:[^\"\\]|\\.)*\")\s*\)")
_CALLS = {"method_invocation", "call_expression"}
_TYPES = {"class_declaration", "object_declaration"}


def routes(source: bytes, root: Node, constants: Constants) -> Iterator[list[object]]:
    """A row for each `GET("/x", …)`: its class, its method, its path with those around it."""
    for match in _VERB.finditer(source):
        node = root.descendant_for_byte_range(match.start(1), match.start(1))
        call = node.parent if node is not None else None
        while call is not None and call.type == "navigation_expression":
            call = call.parent
        if node is None or call is None or call.type not in _CALLS:
            continue
        given = arguments(call)
        if not given or not text_of(given[0]).startswith('"'):
            continue
        path = [*_prefixes(call, constants), folded(text_of(given[0]), constants)]
        handler = text_of(given[1]) if len(given) > 1 else _beside(call)
        said = {"method": [match[1].decode()], "path": path, "handler": [_short(handler)]}
        line = node.start_point[0] + 1
        yield [_type(call), "", call.start_byte, line, "spring:route", said]


def arguments(call: Node) -> list[Node]:
    """What is given in a call, in Java's tree or in Kotlin's."""
    for child in call.named_children:
        if child.type in {"argument_list", "value_arguments"}:
            parts = (p for p in child.named_children if "comment" not in p.type)
            return [p.named_children[-1] if p.type == "value_argument" else p for p in parts]
        if child.type == "call_expression" and call.type == "call_expression":
            return arguments(child)
    return []


def _prefixes(call: Node, constants: Constants) -> list[str]:
    """The paths of what stands around the call: `path("/p", …)`, `nest(path("/p"), …)`."""
    found: list[str] = []
    inner, at = call, call.parent
    while at is not None and at.type not in _TYPES:
        if at.type in _CALLS and _nests(at, inner):
            given = arguments(at)
            first = text_of(given[0]) if given else ""
            nested = _PATH.match(first)
            if nested is None and first.startswith('"'):
                found.append(folded(first, constants))
            elif nested is not None:
                found.append(folded(nested[1], constants))
            elif text_of(at).startswith('"'):  # "/p".nest { … }
                found.append(folded(text_of(at).partition(".")[0], constants))
        inner, at = at, at.parent
    return found[::-1]


def _nests(call: Node, inner: Node) -> bool:
    """The call is one that puts a path before what it holds, and `inner` is held."""
    name = call.child_by_field_name("name")
    callee = (
        text_of(name) if name is not None else text_of(call).partition("(")[0].partition("{")[0]
    )
    held = inner.type in {"argument_list", "value_arguments", "annotated_lambda", "lambda_literal"}
    return held and _AROUND.match(callee.strip()) is not None


def _beside(call: Node) -> str:
    """`route(GET("/x"), handler)`: what stands after the call."""
    beside = call.next_named_sibling
    return text_of(beside) if beside is not None else ""


def _short(handler: str) -> str:
    text = " ".join(handler.split())
    return text if re.fullmatch(r"[\w.:$]+", text) else ""


def _type(node: Node) -> str:
    names: list[str] = []
    at: Node | None = node
    while at is not None:
        name = at.child_by_field_name("name")
        if at.type in _TYPES and name is not None:
            names.append(text_of(name))
        at = at.parent
    return ".".join(reversed(names))
