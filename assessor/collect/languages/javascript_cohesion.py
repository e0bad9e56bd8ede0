"""Classes of a script: their methods, what their objects hold, how much it is one thing.

What an object holds is declared in the class, a parameter of the constructor with a modifier
(TypeScript), or set as `this.x`; what a method uses of it stands as `this.x`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from assessor.collect.languages.cohesion import Row
from assessor.collect.languages.cohesion_places import Use, rows
from assessor.collect.languages.cursor_walk import ClassCount, line, text
from assessor.collect.languages.javascript_tree import Walk

_NAME = rb"(#?[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+)"
_THIS = re.compile(
    rb"\bthis\s*+\??\.\s*+" + _NAME + rb"(\s*+=(?![=>]))?"
    rb"|\{([\w$\s,:]*+)\}\s*+=\s*+this\s*+(?![\w$.?\[(])"
)
_TAKEN_APART = re.compile(rb"(?:^|,)\s*+" + _NAME)
_HELD = re.compile(
    rb"(?:^|[(,\s])(?:(?:public|private|protected|readonly|override)\s++){1,4}" + _NAME
)
_MEMBER, _VALUE = 2, 3  # levels below the class: of a method, of the value of a field
_FIELDS = frozenset({"property_signature"})
_ACCESSORS = frozenset({"get", "set"})
_METHODS = frozenset({"method_signature", "abstract_method_signature"})


def on_class(walk: Walk, node: Node, *, name: str) -> None:
    """A class begins."""
    start, end = node.start_byte, node.end_byte
    one = ClassCount(name, line(node), start, end, walk.depth, abstract=False)
    if node.type == "abstract_class_declaration":
        one.abstract = True
        one.methods = sum(child.type in _METHODS for child in _members(node))
    walk.holders.append(len(walk.counted))
    walk.counted.append(one)


def on_interface(walk: Walk, node: Node, *, name: str) -> None:
    """An interface: abstract if it asks for methods; one without only describes data."""
    kinds = [child.type for child in _members(node)]
    one = ClassCount(name, line(node), node.start_byte, node.end_byte, walk.depth, abstract=True)
    one.methods = sum(kind in _METHODS for kind in kinds)
    one.abstract = one.methods > 0
    one.fields = {b"%d" % at for at, kind in enumerate(kinds) if kind in _FIELDS}
    walk.counted.append(one)


def _members(node: Node) -> Sequence[Node]:
    body = node.child(node.child_count - 1)
    return body.named_children if body is not None else ()


def on_field(walk: Walk, children: Sequence[Node], name: Node, *, method: bool) -> None:
    """A field of the class around; with a function as its value it is a method."""
    if not walk.holders or method:
        return
    one = walk.counted[walk.holders[-1]]
    is_static = any(child.type == "static" for child in children)
    (one.apart if is_static else one.fields).add(text(walk, name))


def on_function(walk: Walk, node: Node, children: Sequence[Node], *, name: str) -> None:
    """The number of parameters of a function, and whether it is a method of the class around."""
    one = walk.function
    if one is None or one.start != node.start_byte:
        return
    given = next((child for child in children if child.type == "formal_parameters"), None)
    one.parameters = _parameters(walk, given) if given is not None else 1
    one.receives = node.type != "arrow_function"
    if not walk.holders:
        return
    holder = walk.holders[-1]
    below = walk.depth - walk.counted[holder].depth
    if below == _VALUE or (below == _MEMBER and node.type == "method_definition"):
        one.holder = holder
        _method(walk, children, name=name, given=given)


def _method(walk: Walk, children: Sequence[Node], *, name: str, given: Node | None) -> None:
    one = walk.function
    if one is None:
        return
    around = walk.counted[one.holder]
    if name == "constructor":
        if given is not None:
            around.fields.update(_HELD.findall(text(walk, given)))
        return
    kinds = {child.type for child in children}
    one.accessor = bool(kinds & _ACCESSORS)
    around.methods += not one.accessor
    one.bound = "static" not in kinds
    if not one.bound:
        around.apart.add(name.encode())


def _parameters(walk: Walk, node: Node) -> int:
    if walk.source.find(b"/", node.start_byte, node.end_byte) < 0:
        return node.named_child_count
    return sum(child.type != "comment" for child in node.named_children)


def classes(walk: Walk) -> list[Row]:
    """One row for each class and interface with a name, in order."""
    if not walk.counted:
        return []
    known = [one for one in walk.functions if one.holder >= 0 or one.receives]
    found = rows(walk.counted, known, _uses(walk))
    return [row for row in found if row[0]]


def _uses(walk: Walk) -> Iterator[Use]:
    """All `this.x` outside of comments and texts, and `{ x } = this`."""
    hidden = sorted(walk.hidden)
    for found in _THIS.finditer(walk.source):
        start = found.start()
        at = bisect_right(hidden, (start, len(walk.source))) - 1
        if at >= 0 and start < hidden[at][1]:
            continue
        if found[1] is not None:
            yield start, found[1], found[2] is not None
        for name in _TAKEN_APART.findall(found[3] or b""):
            yield start, name, False
