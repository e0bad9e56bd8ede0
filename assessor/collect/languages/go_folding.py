"""Texts in Go code: literals, sums, `fmt.Sprintf`, and names that a function gives a text once.

`{}` stands for what is not known, `${name}` for what may be a constant of the package or, as
`${alias.name}`, of another one; `{prefix}` for a value that is named so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tree_sitter import Node

from assessor.collect.languages.endpoints_go_routers import owner
from assessor.collect.languages.endpoints_texts import text_of

UNKNOWN, PREFIX = "{}", "{prefix}"
SEPARATOR = "\n"  # between the texts of a list
_STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal"})
_NUMBERS = frozenset({"int_literal", "float_literal"})
_NAMES = frozenset({"identifier", "selector_expression"})
_DEEPEST = 6  # texts within texts
_LONGEST = 20_000  # letters of a text
_PIECES = 400  # of one sum
_HIGHEST = 400  # levels around a name in which its function is looked for
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_VERB = re.compile(r"%(?:\[\d+\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])")
_PREFIX = re.compile(r"\w*prefix", re.IGNORECASE)
_FORMATS = frozenset({"fmt.Sprintf"})
_WRAPS = frozenset(
    {"aws.String", "proto.String", "ptr.To", "strings.TrimSpace", "lo.ToPtr", "pointer.To"}
)
# What stands after a name that is given a value: other names, a type, the sign.
_GIVEN = re.compile(
    rb"(?!\w)(?:\s{0,20},\s{0,20}[\w.]{1,100}){0,20}"
    rb"(?:\s{1,20}[\w.*\[\]]{1,100})?\s{0,20}:?=(?!=)"
)
_LETTER = re.compile(rb"[\w.]")
_LARGEST = 100_000  # bytes of a function in which values of names are looked for
_LOOKED = 2_000  # names that are looked for in a file


@dataclass(frozen=True, slots=True)
class Look:
    """A file that is looked at a second time. aliases: name in the file -> import path. known:
    texts of names in functions. functions: first byte, last byte and name, found once.
    """

    source: bytes
    root: Node
    aliases: Mapping[str, str]
    known: dict[tuple[int, str], str | None] = field(default_factory=dict)
    functions: list[tuple[int, int, str]] = field(default_factory=list)


def function_at(look: Look, node: Node) -> str:
    """The function or method that a node stands in: `f`, `T.m`; "" outside of all."""
    if not look.functions:
        look.functions.append((0, 0, ""))
        for one in look.root.named_children:
            if one.type in {"function_declaration", "method_declaration"}:
                look.functions.append((one.start_byte, one.end_byte, owner(one)))
    start = node.start_byte
    _, end, name = look.functions[bisect_right(look.functions, start, key=_first) - 1]
    return name if start < end else ""


def _first(function: tuple[int, int, str]) -> int:
    return function[0]


def folded(look: Look, node: Node, *, depth: int = 0) -> str | None:
    """The text that an expression is, as far as the file says it; None for no text."""
    kind = node.type
    if kind in _STRINGS:
        return literal(node)
    if kind in _NUMBERS:
        return text_of(node)
    if depth > _DEEPEST:
        return None
    if kind == "identifier":
        found = local(look, node, depth=depth)
        return found if found != UNKNOWN else None
    return _composed(look, node, depth=depth)


def _composed(look: Look, node: Node, *, depth: int) -> str | None:
    kind = node.type
    if kind == "binary_expression":
        return _sum(look, node, depth=depth)
    if kind == "call_expression":
        return _called(look, node, depth=depth)
    if kind == "composite_literal":
        return _list(look, node, depth=depth)
    if kind in {"parenthesized_expression", "unary_expression"} and node.named_child_count:
        return folded(look, node.named_children[-1], depth=depth + 1)
    return None


def literal(node: Node) -> str:
    """The text of a literal."""
    written = text_of(node)[:_LONGEST]
    if written[:1] == "`":
        return written.strip("`")
    return _ESCAPE.sub(lambda one: _ESCAPES.get(one[1], one[1]), written[1:-1])


def _sum(look: Look, node: Node, *, depth: int) -> str | None:
    parts: list[Node] = []
    at = node
    while at.type == "binary_expression" and len(parts) < _PIECES:
        operator = at.child_by_field_name("operator")
        left, right = at.child_by_field_name("left"), at.child_by_field_name("right")
        if left is None or right is None or operator is None or operator.type != "+":
            return None
        parts.append(right)
        at = left
    parts.append(at)
    texts = [_piece(look, part, depth=depth + 1) for part in reversed(parts)]
    said = any(text not in {UNKNOWN, PREFIX} and not text.isdigit() for text in texts)
    return "".join(texts)[:_LONGEST] if said else None


def _piece(look: Look, node: Node, *, depth: int) -> str:
    """One part of a sum; always something, for the rest of the sum is known."""
    if node.type in _NAMES and _PREFIX.fullmatch(text_of(node).rpartition(".")[2]):
        return PREFIX
    if node.type == "identifier":
        found = local(look, node, depth=depth)
        return f"${{{text_of(node)}}}" if found is None else found
    if node.type == "selector_expression":
        return named(look, node) or UNKNOWN
    found = folded(look, node, depth=depth)
    return UNKNOWN if found is None else found


def named(look: Look, node: Node) -> str:
    """`${name}` of what may be a constant of this or of another package, "" for other names."""
    if node.type == "identifier":
        return f"${{{text_of(node)}}}" if local(look, node) is None else ""
    written = text_of(node)
    return f"${{{written}}}" if _is_of_package(look, node, written) else ""


def _is_of_package(look: Look, node: Node, written: str) -> bool:
    first, _, last = written.partition(".")
    if first not in look.aliases or not last.isidentifier():
        return False
    operand = node.child_by_field_name("operand")
    return operand is not None and local(look, operand) is None


def _called(look: Look, node: Node, *, depth: int) -> str | None:
    function = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments")
    parts = given.named_children if given is not None else []
    name = text_of(function) if function is not None else ""
    if name in _WRAPS and parts:
        return folded(look, parts[0], depth=depth + 1)
    if name not in _FORMATS or not parts:
        return None
    form = folded(look, parts[0], depth=depth + 1)
    if form is None:
        return None
    values = iter([_piece(look, part, depth=depth + 1) for part in parts[1:_PIECES]])
    return _VERB.sub(lambda one: "%" if one[1] == "%" else next(values, UNKNOWN), form)[:_LONGEST]


def _list(look: Look, node: Node, *, depth: int) -> str | None:
    """`[]string{"a", "b"}`"""
    type_, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    if type_ is None or body is None or text_of(type_) != "[]string":
        return None
    parts = [part.named_children[0] for part in body.named_children if part.named_child_count]
    return SEPARATOR.join(_piece(look, part, depth=depth + 1) for part in parts[:_PIECES])


def _enclosing(node: Node) -> Iterator[Node]:
    """The functions around a node, the nearest first; no further out than some levels."""
    at = node.parent
    for _ in range(_HIGHEST):
        if at is None:
            break
        if at.type in _FUNCTIONS:
            yield at
        at = at.parent


def local(look: Look, node: Node, *, depth: int = 0) -> str | None:
    """The text that a name got in a function; `{}` for another local one, None for no local."""
    name = text_of(node)
    for function in _enclosing(node):
        key = (function.start_byte, name)
        if key not in look.known:
            look.known[key] = UNKNOWN  # a name that is made from itself
            look.known[key] = _within(look, function, name, depth=depth)
        found = look.known[key]
        if found is not None:
            return found
    return None


def _within(look: Look, function: Node, name: str, *, depth: int) -> str | None:
    large = function.end_byte - function.start_byte > _LARGEST or len(look.known) > _LOOKED
    if large or name in _parameters(function):
        return UNKNOWN
    values = list(_assigned(look, function, name))
    if not values:
        return None
    if len(values) > 1 or values[0] is None:
        return UNKNOWN
    found = folded(look, values[0], depth=depth + 1)
    return UNKNOWN if found is None else found


def _parameters(function: Node) -> set[str]:
    found: set[str] = set()
    for part in ("parameters", "receiver", "result"):
        declared = function.child_by_field_name(part)
        for one in declared.named_children if declared is not None else ():
            found |= {text_of(name) for name in one.children_by_field_name("name")}
    return found


def parameter_place(node: Node) -> int:
    """The place of the parameter of the function around that the name is, -1 if it is none."""
    for function in _enclosing(node):
        declared = function.child_by_field_name("parameters")
        names = [
            text_of(name)
            for one in (declared.named_children if declared is not None else ())
            for name in one.children_by_field_name("name")
        ]
        if function.type != "func_literal":
            return names.index(text_of(node)) if text_of(node) in names else -1
    return -1


def _assigned(look: Look, function: Node, name: str) -> Iterator[Node | None]:
    """The values that the name gets in a function, None for what is no value of its own."""
    wanted, end = name.encode(), function.end_byte
    at = look.source.find(wanted, function.start_byte, end)
    while at >= 0:
        after = at + len(wanted)
        if not _LETTER.match(look.source, at - 1) and _GIVEN.match(look.source, after, end):
            node = look.root.descendant_for_byte_range(at, at)
            if node is not None and node.type in {"identifier", "field_identifier"}:
                yield _value(node)
        at = look.source.find(wanted, after, end)


def _value(node: Node) -> Node | None:
    """The value of a name in an assignment or a declaration."""
    around = node.parent
    if around is None:
        return None
    if around.type == "expression_list":
        outer = around.parent
        right = outer.child_by_field_name("right") if outer is not None else None
        names = around.named_children
    else:
        right = around.child_by_field_name("value")
        names = around.children_by_field_name("name")
    if right is None:
        return None
    values = right.named_children if right.type == "expression_list" else [right]
    places = [one.start_byte for one in names]
    if len(values) != len(places) or node.start_byte not in places:
        return None
    return values[places.index(node.start_byte)]
