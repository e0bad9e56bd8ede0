"""Texts of a Go file that begin as SQL does, as whole as it tells them, and its constants."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.go_folding import Look, folded, function_at
from assessor.collect.languages.go_telling import SQL
from assessor.collect.languages.python_literals import is_secret, masked
from assessor.collect.languages.sql import MAX_LENGTH, looks_like_sql

MOST = 3_000  # texts of a file; more have only generated files
_TEXT = 200  # letters of a constant that is told; longer ones are no names
_BEGINS = re.compile(
    rb"[\"`](?=[\s(/\-SIUDMRTW])\s{0,200}"
    rb"(?:(?:--[^\n]{0,200}\n|/\*[^*]{0,200}\*/|\()\s{0,200}){0,4}"
    rb"(?:select|insert|update|delete|merge|replace|truncate|with)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(rb"\(\s{0,200}select\s", re.IGNORECASE)
_INNER = re.compile(r"(\(\s{0,200})(?=select\s)", re.IGNORECASE)
QUOTED = re.compile(r"'[^']*'")
STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal"})
_SUMS = frozenset({"binary_expression", "parenthesized_expression"})
_HIGHEST = 400  # sums and formats around a text
_TEXTS = STRINGS | {"binary_expression"}

Row = list[object]


def line_of(node: Node) -> int:
    """The line of a node."""
    return node.start_point[0] + 1


def asked(look: Look) -> Iterator[Row]:
    """Texts that begin as a statement does, as whole as the file tells them."""
    for match in islice(_BEGINS.finditer(look.source), MOST):
        node = string_at(look, match.start())
        whole = _whole(node) if node is not None else None
        text = folded(look, whole) if whole is not None else None
        if node is None or whole is None or text is None:
            continue
        shown = QUOTED.sub("''", text)[:MAX_LENGTH]
        yield [line_of(node), function_at(look, node), shown, _is_passed(whole), target(whole)]
    yield from _within(look)


def _within(look: Look) -> Iterator[Row]:
    """Statements within conditions: `"id IN (SELECT id FROM memo WHERE …)"`."""
    done: set[int] = set()
    for match in islice(_WITHIN.finditer(look.source), MOST):
        node = look.root.descendant_for_byte_range(match.start(), match.start())
        while node is not None and node.type not in STRINGS:
            node = node.parent
        whole = _outermost(node) if node is not None else None
        if node is None or whole is None or whole.start_byte in done:
            continue
        done.add(whole.start_byte)
        text = QUOTED.sub("''", folded(look, whole) or "")
        for inner in _INNER.finditer(text) if not looks_like_sql(text) else ():
            yield [
                line_of(node),
                function_at(look, node),
                _statement(text[inner.end(1) :]),
                False,
                "",
            ]


def _statement(text: str) -> str:
    """The text up to the bracket that closes it."""
    depth = 0
    for at, letter in enumerate(text[:MAX_LENGTH]):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return text[:at]
    return text[:MAX_LENGTH]


def string_at(look: Look, start: int) -> Node | None:
    """The literal that starts at this byte."""
    node = look.root.descendant_for_byte_range(start, start)
    while node is not None and node.type not in STRINGS and node.start_byte == start:
        node = node.parent
    return node if node is not None and node.start_byte == start else None


def _whole(node: Node) -> Node | None:
    """The sum or the format that the text begins, None if it stands in the midst of one."""
    whole = _outermost(node)
    if whole is None or whole.type != "call_expression":
        return whole if whole is not None and whole.start_byte == node.start_byte else None
    given = whole.child_by_field_name("arguments")
    first = given.named_children[0] if given is not None and given.named_child_count else None
    return whole if first is not None and first.start_byte == node.start_byte else None


def _outermost(node: Node) -> Node | None:
    """The sum or the format that the text is a part of; None for one with too many parts."""
    at = node
    for _ in range(_HIGHEST):
        around = at.parent
        if around is not None and around.type in _SUMS:
            at = around
        elif around is not None and _is_format(around, at):
            at = around.parent or around
        else:
            return at
    return None


def _is_format(around: Node, part: Node) -> bool:
    call = around.parent
    function = call.child_by_field_name("function") if call is not None else None
    return (
        around.type == "argument_list"
        and function is not None
        and text_of(function) == "fmt.Sprintf"
        and around.named_children[0].start_byte == part.start_byte
    )


def _is_passed(node: Node) -> bool:
    """Whether the text is given to a method that takes statements."""
    around = node.parent
    call = around.parent if around is not None and around.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    name = function.child_by_field_name("field") if function is not None else None
    return name is not None and text_of(name) in SQL - {"Get", "Select"}


def target(node: Node) -> str:
    """The variable or constant that is given the text."""
    around = node.parent
    if around is None or around.type != "expression_list" or around.parent is None:
        return ""
    outer, place = around.parent, [one.start_byte for one in around.named_children]
    left = outer.child_by_field_name("left")
    names = left.named_children if left is not None else outer.children_by_field_name("name")
    at = place.index(node.start_byte)
    return text_of(names[at]) if at < len(names) else ""


def texts(look: Look) -> Iterator[tuple[str, str]]:
    """Constants of the package and their texts, but for secrets."""
    for declared in look.root.named_children:
        for spec in declared.named_children if declared.type == "const_declaration" else ():
            value = spec.child_by_field_name("value")
            names = spec.children_by_field_name("name")
            for name, part in zip(names, value.named_children if value else (), strict=False):
                text = folded(look, part) if part.type in _TEXTS else None
                if text and len(text) <= _TEXT and not is_secret(text_of(name), text):
                    yield text_of(name), masked(text)
