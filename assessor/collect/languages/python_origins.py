"""Where a value of a Python file comes from, as a dotted name, and the texts that it says."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.python_look import (
    MOST,
    STEPS,
    Given,
    Look,
    around,
    class_around,
    has_parameter,
    scope,
    shown,
)

_NEAREST = 8  # places that give a name a value, of which one may tell what it is
_DEEPEST = 30  # assignments and steps that are followed before giving up
_HOLDERS = {
    "assignment", "named_expression", "typed_parameter", "typed_default_parameter",
    "for_statement", "for_in_clause",
}  # fmt: skip
_INSIDE = {"assignment", "await", "parenthesized_expression", "type", "not_operator", "list_splat"}
_WRAPPERS = {"Optional", "Annotated", "Union", "Final", "ClassVar"}
# What follows a name that is given a value, or may be.
_GIVES = rb")(?:\s*(?:=(?!=)|:)|\s+in\b|(?=\s*[,)]))"
_OF_SELF = re.compile(r"self\.(\w+)").fullmatch


@dataclass(frozen=True, slots=True)
class Origin:
    """written: dotted from a name of the module, calls left out; "" = not known.

    full: the same from the import on, "" where none binds its first name. number: of that
    import, or -1. calls: those on the way, first first.
    """

    written: str
    full: str
    number: int
    calls: tuple[Node, ...]


_UNKNOWN = Origin("", "", -1, ())


def origin(look: Look, node: Node | None) -> Origin:
    """Where the value of an expression comes from; what a call gives counts as what is called."""
    if node is None:
        return _UNKNOWN
    look.steps = STEPS
    written, calls = _written(look, node, _DEEPEST)
    full, number = imported(look, written)
    return Origin(written, full, number, calls)


def imported(look: Look, written: str) -> tuple[str, int]:
    """Full name of what a dotted name means, and the number of the import; "" and -1 if none."""
    root, _, rest = written.partition(".")
    walk = look.walk
    for number in walk.named.get(root, ()):
        module, level, name, _, _ = walk.imports[number]
        if number in walk.bindings.prefixes:
            return written, number
        start = f"{'.' * level}{module}.{name}" if name else module
        return (f"{start}.{rest}" if rest else start), number
    return "", -1


Written = tuple[str, tuple[Node, ...]]
_NONE: Written = ("", ())


def _written(look: Look, node: Node, deep: int) -> Written:
    kind = node.type
    look.steps -= 1
    if deep <= 0 or look.steps <= 0:
        return _NONE
    if kind in {"identifier", "attribute"}:
        return _of_attribute(look, node, deep)
    if kind == "call":
        return _of_call(look, node, deep)
    inner = node.named_children if kind not in {"string", "integer"} else []
    if kind in _INSIDE and inner:  # the last of `a = b = f()`
        return _written(look, inner[-1 if kind == "assignment" else 0], deep - 1)
    if kind in {"boolean_operator", "conditional_expression", "binary_operator"} and inner:
        tried = (_written(look, each, deep - 1) for each in (inner[0], inner[-1]))
        return next((each for each in tried if each[0]), _NONE)
    return _of_index(look, inner, deep) if kind in {"subscript", "generic_type"} else _NONE


def _of_call(look: Look, node: Node, deep: int) -> Written:
    function = node.child(0)
    name, calls = _written(look, function, deep - 1) if function is not None else _NONE
    return (name, (*calls, node)) if name else _NONE


def _of_index(look: Look, inner: Sequence[Node], deep: int) -> Written:
    """`Optional[X]` is X; `x[0]` is something of x."""
    if not inner:
        return _NONE
    if shown(look, inner[0]).rpartition(".")[2] in _WRAPPERS and len(inner) > 1:
        second = inner[1]
        types = second.named_children if second.type == "type_parameter" else [second]
        return _written(look, types[0], deep - 1) if types else _NONE
    name, calls = _written(look, inner[0], deep - 1)
    return (f"{name}[]", calls) if name else _NONE


def _of_attribute(look: Look, node: Node, deep: int) -> Written:
    parts = node.children
    if len(parts) < 2:  # noqa: PLR2004 - owner and name
        return _of_name(look, node, shown(look, node), deep=deep)
    owner, last = parts[0], parts[-1]
    name = shown(look, last)
    if shown(look, owner) in {"self", "cls"}:
        return _of_self(look, node, name, deep=deep)
    before, calls = _written(look, owner, deep - 1)
    return (f"{before}.{name}", calls) if before else _NONE


def _of_self(look: Look, node: Node, name: str, *, deep: int) -> Written:
    """What the class sets an attribute to, in its body or in a method."""
    owner = class_around(look, node.start_byte)
    if not owner:
        return _NONE
    rows = (*values(look, owner, f"self.{name}"), *values(look, owner, name))
    others = [each for each in rows[:_NEAREST] if each[0] != node.start_byte]
    return _first(look, others, deep)


def _of_name(look: Look, node: Node, name: str, *, deep: int) -> Written:
    """What a name is set to in the innermost function that sets it, else what the module has."""
    at = node.start_byte
    given = _given(look, name)
    one, innermost = around(look, at), True
    while one is not None:
        rows = given.get(one.name, ()) if innermost or not one.is_class else ()
        if rows:
            return _first(look, _near(rows, at), deep)
        if has_parameter(look, one, name):
            return _NONE
        one, innermost = one.outer, False
    rows = given.get("", ())
    if rows and name not in look.walk.named:
        return _first(look, rows[-_NEAREST:][::-1], deep)
    return name, ()


def _near(rows: Sequence[Given], at: int) -> Sequence[Given]:
    """The last before a byte, nearest first; where there is none, the first after it."""
    number = bisect_left(rows, at, key=_place)
    return rows[max(0, number - _NEAREST) : number][::-1] if number else rows[:_NEAREST]


def _place(row: Given) -> int:
    return row[0]


def _first(look: Look, rows: Sequence[Given], deep: int) -> Written:
    found = (_written(look, value, deep - 1) for _, value in rows if value is not None)
    return next((each for each in found if each[0]), _NONE)


def values(look: Look, place: str, name: str) -> Sequence[Given]:
    """Where a name of a scope is given a value, and the values. name: also `self.x` of a class."""
    return _given(look, name).get(place, ())


def _given(look: Look, name: str) -> Mapping[str, Sequence[Given]]:
    """Scope -> where it gives the name a value, in order; found by the name's bytes."""
    if name not in look.given:
        found: defaultdict[str, list[Given]] = defaultdict(list)
        own = _OF_SELF(name)
        word = own[1] if own else name
        pattern = re.compile(rb"(" + re.escape(word.encode()) + _GIVES)
        for match in islice(pattern.finditer(look.source), MOST):
            before = look.source[max(0, match.start() - 1) : match.start()]
            if (before == b".") != bool(own) or before.isalnum() or before == b"_":
                continue
            node = look.root.descendant_for_byte_range(match.start(1), match.start(1))
            pair = _pair(node, own=own is not None) if node is not None else None
            if pair is not None:
                at = pair[0]
                place = class_around(look, at) if own else scope(look, at)
                found[place].append(pair)
        look.given[name] = dict(found)
    return look.given[name]


def _pair(node: Node, *, own: bool) -> Given | None:
    """Where a name is given a value, and the value, if it is what stands on the left side."""
    if own and node.parent is not None:
        node = node.parent
        owner = node.child(0)
        if owner is None or owner.type != "identifier":
            return None
    holder = node.parent
    if holder is not None and holder.type == "as_pattern_target":
        holder = holder.parent
        return (holder.start_byte, holder.child(0)) if holder is not None else None
    if holder is None or holder.type not in _HOLDERS:
        return None
    if holder.type in {"for_statement", "for_in_clause"}:
        return (node.start_byte, None) if holder.child_by_field_name("left") == node else None
    if holder.start_byte != node.start_byte:
        return None
    value = holder.child_by_field_name("right") or holder.child_by_field_name("value")
    if value is None or value.type == "none" or holder.type == "typed_default_parameter":
        value = holder.child_by_field_name("type")
    return holder.start_byte, value
