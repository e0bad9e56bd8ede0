"""A call of a script that is looked at for what it does beyond the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import folded, said
from assessor.collect.languages.javascript_scene import (
    Given,
    Scene,
    callee,
    chain,
    class_around,
    given_to,
    handler,
    parts,
    under,
)

_INNER = frozenset({"await_expression", "as_expression", "parenthesized_expression"})
_MADE = frozenset({"call_expression", "new_expression"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Call:
    """A call in a scope of a scene. verb: the name that is called. framework: whose it is.

    marks: the method or class that the call stands before, as a decorator.
    """

    made: Scene
    node: Node
    scope: int
    verb: str
    framework: str
    marks: str = ""

    @property
    def line(self) -> int:
        """1-based line of the name that is called."""
        function = callee(self.node)
        last = function.child_by_field_name("property") if function is not None else None
        return int((last or self.node).start_point[0]) + 1

    @property
    def around(self) -> str:
        """The function around the call."""
        return self.marks or handler(self.made, self.scope)


Maker = Callable[[Call], Sequence[Row]]


def argument(call: Call, place: int) -> Node | None:
    """An argument; a name that is given one value only in the file stands for that value."""
    given = given_to(call.node)
    return valued(call, given[place]) if place < len(given) else None


def valued(call: Call, node: Node) -> Node:
    """The object or list that a name stands for, else the node itself."""
    if node.type not in {"identifier", "member_expression"}:
        return node
    values = _values(call, node)
    known = [one for one in values if not one.path]
    if len(values) == 1 and known and known[0].node.type in {"object", "array", "call_expression"}:
        return known[0].node
    return node


def _values(call: Call, node: Node) -> list[Given]:
    name = text_of(node)
    if name.startswith("this."):
        owner = class_around(call.made, call.scope)
        return owner.values.get(name[5:], []) if owner is not None else []
    for _, around in chain(call.made, call.scope):
        if around.kind == "class":
            continue
        if name in around.values:
            return around.values[name]
        if name in around.parameters:
            return []
    return []


def text(call: Call, node: Node | None) -> str | None:
    """The text of an expression, None where nothing of it is known."""
    return said(call.made, node, call.scope)


def whole(call: Call, node: Node) -> str:
    """The text of an expression, `{}` where nothing of it is known."""
    return folded(call.made, node, call.scope)


def option(call: Call, names: Sequence[str], *, place: int | None = None) -> Node | None:
    """The value under the first of these keys in an object that the call is given."""
    places = range(len(given_to(call.node))) if place is None else (place,)
    for at in places:
        node = argument(call, at)
        for name in names:
            found = under(node, name)
            if found is not None:
                return found
    return None


def receiver(call: Call) -> Node | None:
    """What stands before the name that is called."""
    function = callee(call.node)
    return function.child_by_field_name("object") if function is not None else None


def source(call: Call, node: Node | None, *, depth: int = 0) -> Call | None:
    """The call that made a client: `axios.create(…)`, `new Queue(…)`; None = not of this file."""
    while node is not None and node.type in _INNER:
        node = parts(node)[0] if parts(node) else None
    if node is None or depth > _DEEPEST:
        return None
    if node.type in _MADE:
        return Call(call.made, node, call.scope, call.verb, call.framework)
    for one in reversed(_values(call, node)[-4:]):
        found = source(call, one.node, depth=depth + 1) if not one.path else None
        if found is not None:
            return found
    return None


def mark(call: Call, name: str) -> Call | None:
    """The call of a decorator of this name at the field that the call goes to."""
    before = receiver(call)
    field = text_of(before) if before is not None else ""
    owner = class_around(call.made, call.scope) if field.startswith("this.") else None
    for one in owner.marks.get(field[5:], ()) if owner is not None else ():
        inner = parts(one)[0] if parts(one) else None
        function = inner.child_by_field_name("function") if inner is not None else None
        if inner is not None and function is not None and text_of(function) == name:
            return Call(call.made, inner, call.scope, name, call.framework)
    return None
