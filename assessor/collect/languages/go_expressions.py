"""What the walk does at expressions: chains of names, calls, new values, function literals."""

from tree_sitter import Node

from assessor.collect.languages import go_kinds as k
from assessor.collect.languages.go_complexity import FunctionCount
from assessor.collect.languages.go_state import (
    Act,
    CallNote,
    Walk,
    close_block,
    count,
    inside,
    note,
    onward,
    open_block,
    visit,
    written,
)
from assessor.collect.languages.go_telling import MARKED, tells
from assessor.collect.languages.go_types import (
    PREDECLARED,
    UNKNOWN,
    made,
    signature,
    type_arguments,
)

_MAKERS = frozenset({"new", "make", "append"})
_LOGICAL = frozenset({k.AND, k.OR})
_PASSED_ON = frozenset({k.AMPERSAND, k.STAR})
_MAY_BE_TYPE = k.IDENTIFIERS | {k.SELECTOR}
_GENERIC_CALL = frozenset({k.INDEX, k.INSTANTIATION})


def _identifier(walk: Walk, node: Node) -> str:
    return _name(walk, node, use="V")


def _name(walk: Walk, node: Node, *, use: str) -> str:
    """A name alone. use: the letter of the kind of use, "" for none."""
    name = written(walk, node)
    local = walk.names.get(name)
    if local is not None:
        return local
    if name == "_":
        return ""
    if use and name not in PREDECLARED:
        note(walk, use + name, node.start_byte)
    return name


def _selector(walk: Walk, node: Node) -> str:
    return _selected(walk, node, use="V")


def _selected(walk: Walk, node: Node, *, use: str) -> str:
    """A name after a dot."""
    children = node.named_children
    operand = children[0]
    if operand.kind_id in k.IDENTIFIERS:
        imported = written(walk, operand) in walk.aliases
        base = _name(walk, operand, use="" if imported else "V")
    else:
        base = visit(walk, operand)
    last = children[-1]
    chain = onward(base, "." + written(walk, last)) if last.kind_id == k.FIELD_IDENTIFIER else ""
    if chain:
        note(walk, use + chain, last.start_byte)
    return chain


def _call(walk: Walk, node: Node) -> str:
    parts = node.named_children
    function = parts[0]
    if function.kind_id in k.IDENTIFIERS:
        name = written(walk, function)
        if name in _MAKERS and name not in walk.names:
            return _builtin(walk, node, name=name)
    called = _callee(walk, function, use="C")
    telling = _telling(walk, node, called)
    if telling is not None and called.rpartition("|.")[2] in MARKED:
        called = onward(called, f"^{len(walk.calls) - 1}")
    for child in parts[1:]:
        kind = child.kind_id
        if kind in k.ARGUMENTS and telling is not None:
            given = (one for one in child.named_children if one.kind_id != k.COMMENT)
            telling.given = [visit(walk, one) for one in given]
        elif kind in k.ARGUMENTS:
            inside(walk, child)
        elif kind == k.TYPE_ARGUMENTS:
            called = onward(called, f"[{type_arguments(walk, child)}]")
    return onward(called, "()")


def _telling(walk: Walk, node: Node, called: str) -> CallNote | None:
    """A call of a method, or of a function of another package, whose name may tell something."""
    at = called.rfind("|.")
    if at < 1 or not tells(called[at + 2 :]):
        return None
    walk.calls.append(CallNote(node, called))
    return walk.calls[-1]


def _callee(walk: Walk, node: Node, *, use: str) -> str:
    kind = node.kind_id
    if kind in k.IDENTIFIERS:
        return _name(walk, node, use=use)
    if kind == k.SELECTOR:
        return _selected(walk, node, use=use)
    if kind in _GENERIC_CALL:  # a generic function with its types, or an element that is called
        children = node.named_children
        chain = _callee(walk, children[0], use="G")
        arguments = [_argument(walk, child) for child in children[1:]]
        return onward(chain, f"[{','.join(arguments)}]")
    return visit(walk, node)


def _argument(walk: Walk, node: Node) -> str:
    """The type that stands between brackets, where that may be an index as well."""
    found = visit(walk, node)
    if node.kind_id in k.ANY_TYPE:
        return found
    if found[:1] == ":":
        return found[1:]
    text = written(walk, node) if node.kind_id in _MAY_BE_TYPE else ""
    return text if text.isascii() and text.replace(".", "").isidentifier() else UNKNOWN


def _builtin(walk: Walk, node: Node, *, name: str) -> str:
    """`new(T)`, `make(T)`, `append(a, …)`: what they give is known."""
    arguments = [
        one for part in node.children if part.kind_id in k.ARGUMENTS for one in part.named_children
    ]
    if not arguments:
        return inside(walk, node)
    first, found = arguments[0], ""
    if first.kind_id in k.ANY_TYPE:
        found = "=" + (made(walk, first) if name == "new" else visit(walk, first))
    elif name == "append" or first.kind_id not in k.IDENTIFIERS:
        found = visit(walk, first)
    else:
        found = _made_by_name(walk, first, name=name)
    for one in arguments[1:]:
        visit(walk, one)
    return found


def _made_by_name(walk: Walk, node: Node, *, name: str) -> str:
    """`new(T)`, where the grammar takes T for a value, which it may be from Go 1.26 on."""
    type_ = written(walk, node)
    local = walk.names.get(type_)
    if local is not None:
        return "=" + local[1:] if local[:1] == ":" else local
    if type_ not in PREDECLARED:
        note(walk, ("N" if name == "new" else "T") + type_, node.start_byte)
    return "=" + type_


def _composite(walk: Walk, node: Node) -> str:
    """A composite literal: `T{…}`, `[]T{{…}}`."""
    children = node.children
    type_ = made(walk, children[0]) or UNKNOWN
    outside, walk.literal = walk.literal, _element(type_)
    for child in children[1:]:
        visit(walk, child)
    walk.literal = outside
    return "=" + type_


def _element(type_: str) -> str:
    """The type of the elements of a list or map, "" where it has fields instead."""
    if type_[:1] != "[":
        return ""
    depth = 0
    for at, letter in enumerate(type_):
        depth += (letter == "[") - (letter == "]")
        if not depth:
            return type_[at + 1 :]
    return ""


def _element_of_literal(walk: Walk, node: Node) -> str:
    """One value; braces without a type make one of the type around."""
    for child in node.named_children:
        if child.kind_id == k.LITERAL_VALUE:
            _elided(walk, child)
        else:
            visit(walk, child)
    return ""


def _elided(walk: Walk, node: Node) -> None:
    type_ = walk.literal
    name = type_.partition("<")[0]
    if name and name[0] not in "[~%$?" and name not in PREDECLARED:
        note(walk, "N" + name, node.start_byte)
    outside, walk.literal = type_, _element(type_)
    visit(walk, node)
    walk.literal = outside


def _keyed(walk: Walk, node: Node) -> str:
    """A key and its value; where the type has fields, the key names one."""
    parts = [child for child in node.named_children if child.kind_id != k.COMMENT]
    key = parts[0].named_children if parts else []
    if not (not walk.literal and key and key[0].kind_id in k.IDENTIFIERS):
        visit(walk, parts[0]) if parts else None
    for part in parts[1:]:
        visit(walk, part)
    return ""


def _function(walk: Walk, node: Node) -> str:
    """A function literal; that of a variable of the package is counted as a function."""
    counted = walk.function is None
    if counted:
        start, end = node.start_byte, node.end_byte
        walk.function = FunctionCount(walk.variable or "func", start, end)
        walk.counts.append(walk.function)
    outside, walk.literal = walk.literal, ""
    open_block(walk)
    takes, result = signature(walk, node)
    if counted and walk.function is not None:
        walk.function.parameters = len(takes)
    for child in node.children:
        if child.kind_id == k.BLOCK:
            visit(walk, child)
    close_block(walk)
    walk.literal = outside
    if counted:
        walk.function = None
    return "=" + result


def _binary(walk: Walk, node: Node) -> str:
    """Both sides; the left one by a loop, since long texts are put together so."""
    right: list[Node] = []
    operators: list[int] = []
    while node.kind_id == k.BINARY:
        children = node.children
        operators += [one.kind_id for one in children[1:-1] if one.kind_id != k.COMMENT][:1]
        right.append(children[-1])
        node = children[0]
    _count_operators(walk, operators)
    visit(walk, node)
    for one in reversed(right):
        visit(walk, one)
    return ""


def _count_operators(walk: Walk, operators: list[int]) -> None:
    before = 0
    for operator in operators:
        if operator in _LOGICAL:
            count(walk, paths=1, breaks=int(operator != before))
        before = operator


def _unary(walk: Walk, node: Node) -> str:
    children = node.children
    chain = visit(walk, children[-1])
    if children[0].kind_id in _PASSED_ON:
        return chain
    return onward(chain, "~") if children[0].kind_id == k.ARROW else ""


def _first(walk: Walk, node: Node) -> str:
    """The same as its first part: a slice of a list, something in parentheses."""
    parts = [visit(walk, child) for child in node.named_children]
    return parts[0] if parts else ""


def _index(walk: Walk, node: Node) -> str:
    return onward(_first(walk, node), "[]")


def _conversion(walk: Walk, node: Node) -> str:
    """A conversion; or, as the grammar has it, a call of a function with its type arguments."""
    generic = next((child for child in node.named_children if child.kind_id == k.GENERIC), None)
    name = written(walk, generic.named_children[0]) if generic is not None else ""
    if generic is None or name.partition(".")[0] in walk.names:
        return _typed(walk, node)
    chain = name.replace(".", "|.")
    note(walk, "G" + chain, node.start_byte)
    arguments = [
        type_arguments(walk, part)
        for part in generic.named_children
        if part.kind_id == k.TYPE_ARGUMENTS
    ]
    for child in node.named_children[1:]:
        visit(walk, child)
    return onward(onward(chain, f"[{','.join(arguments)}]"), "()")


def _typed(walk: Walk, node: Node) -> str:
    """A conversion or an assertion: its type is known."""
    found = ""
    for child in node.named_children:
        if child.kind_id in k.ANY_TYPE:
            found = "=" + (visit(walk, child) or UNKNOWN)
        else:
            visit(walk, child)
    return found


ACTS: dict[str, Act] = {
    "identifier": _identifier,
    "selector_expression": _selector,
    "call_expression": _call,
    "composite_literal": _composite,
    "literal_element": _element_of_literal,
    "keyed_element": _keyed,
    "func_literal": _function,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "parenthesized_expression": _first,
    "slice_expression": _first,
    "index_expression": _index,
    "type_instantiation_expression": _index,
    "type_conversion_expression": _conversion,
    "type_assertion_expression": _typed,
}
