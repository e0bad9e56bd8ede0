"""Values that outlive a call: at the top of a script, and static fields of its classes."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import text
from assessor.collect.languages.javascript_scopes import (
    MUTATE,
    REBIND,
    Value,
    changed,
    note_use,
)
from assessor.collect.languages.javascript_tree import WORD, Walk, decoded

_MUTATORS = (
    rb"push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|append"
)
_MUTATED = re.compile(rb"(" + WORD + rb")\.(?:" + _MUTATORS + rb")\(")
_PART = re.compile(rb"(" + WORD + rb")\s*(?:[.\[])")
_NAME = re.compile(rb"(" + WORD + rb")\s*(?:[-+*/%&|^<>?]*=(?!=|>)|\+\+|--)")
_UPDATED = re.compile(rb"(?:\+\+|--)?\s*(" + WORD + rb")\s*(?:\+\+|--)?$")
_STATIC = re.compile(rb"(" + WORD + rb"\." + WORD + rb")\s*(?:[-+*/%&|^<>?]*=(?!=|>)|[.\[])")
_MADE = re.compile(rb"new\s+(Map|Set|Array|Object)\b\s*(?:<[^()]*>)?\s*(\(\s*\))?")
_NULL = re.compile(rb"Object\.create\(\s*null\s*\)")
_DISPLAYS = {"array": "Array", "object": "Object"}
_PLAIN = {"number": "number", "string": "string", "true": "boolean", "false": "boolean"}
_EMPTY = 2  # children of an empty display: its brackets


def note(walk: Walk, target: Node, value: Node | None, *, constant: bool) -> None:
    """Remember what a name at the top of the file is first set to."""
    name = text(walk, target)
    found = _value(walk, target if value is None else value, given=value is not None)
    if not constant or found.mutable:
        walk.state.setdefault(name, found)


def note_field(walk: Walk, name: Node, value: Node, *, constant: bool) -> None:
    """Remember a static field of a class."""
    found = _value(walk, value, given=True)
    if found.mutable or not constant:
        owner = next((one for one in reversed(walk.owners) if one), "")
        walk.fields.setdefault(owner.encode() + b"." + text(walk, name), found)


def on_call(walk: Walk, node: Node) -> None:
    """A method that changes a container."""
    if walk.within:
        found = _MUTATED.match(walk.source, node.start_byte, node.end_byte)
        if found:
            note_use(walk.scope.uses, MUTATE, found[1], at=node.start_byte)


def on_change(walk: Walk, node: Node) -> None:
    """A name or a part of a value that is set anew, in a function."""
    if not walk.within:
        return
    start, end = node.start_byte, node.end_byte
    if walk.source.startswith(b"delete", start):
        start += 7
    part = _PART.match(walk.source, start, end)
    if part:
        note_use(walk.scope.uses, MUTATE, part[1], at=start)
        field = _STATIC.match(walk.source, start, end)
        if field:
            walk.rebound.add(field[1])
        return
    found = _NAME.match(walk.source, start, end) or _UPDATED.match(walk.source, start, end)
    if found:
        note_use(walk.scope.uses, REBIND, found[1], at=start)


def shared(walk: Walk) -> Iterator[tuple[str, str, int]]:
    """(name, type, byte) of the values that functions change or fill; the module is still open."""
    seen = changed(walk.scope) if walk.state else {}
    for name, value in walk.state.items():
        grows = value.growing and not name.isupper()
        filled = value.mutable and (grows or name in seen[MUTATE])
        if filled or name in seen[REBIND]:
            yield decoded(name), value.type, value.at
    for name, value in walk.fields.items():
        if value.mutable or name in walk.rebound:
            yield decoded(name), value.type, value.at


def _value(walk: Walk, node: Node, *, given: bool) -> Value:
    at, kind = node.start_byte, node.type
    if not given:
        return Value("undefined", at, mutable=False, growing=False)
    if kind in _DISPLAYS:
        empty = node.child_count == _EMPTY and kind == "array"
        return Value(_DISPLAYS[kind], at, mutable=True, growing=empty)
    made = _MADE.match(walk.source, at) if kind == "new_expression" else None
    if made:
        return Value(decoded(made[1]), at, mutable=True, growing=bool(made[2]))
    if kind == "call_expression" and _NULL.match(walk.source, at):
        return Value("Object", at, mutable=True, growing=True)
    return Value(_PLAIN.get(kind, "object"), at, mutable=False, growing=False)
