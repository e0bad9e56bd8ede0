"""Visits that learn how a Python file uses the names it has: called, caught, annotated."""

import re
from collections.abc import Iterable

from tree_sitter import Node

from assessor.collect.languages import python_chains as chains
from assessor.collect.languages import python_complexity as complexity
from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.python_facts import ANNOTATE, CALL, TYPE
from assessor.collect.languages.python_literals import masked
from assessor.collect.languages.python_scopes import (
    MUTATORS,
    note_change,
    note_use,
)
from assessor.collect.languages.python_tree import Walk, kinds

WORD = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*"
dotted = re.compile(WORD + rb"(?:\s*\.\s*" + WORD + rb")*").fullmatch
_CHAINS = re.compile(rb"(?<![\w.\"'])" + WORD + rb"(?:\." + WORD + rb")*")
_QUOTED_CHAINS = re.compile(WORD + rb"(?:\." + WORD + rb")*")
LONGEST_CHAIN = 300
_LONGEST_TEXT = 4_000
# Arguments without brackets, strings or operators: nothing below them is of interest.
_PLAIN_ARGUMENT = rb"\*{0,2}[\w.]+(?:=[\w.]+)?"
# A called name; with group 2 the whole call, which then holds nothing else of interest.
_CALLED = re.compile(
    rb"(" + WORD + rb"(?:\." + WORD + rb")*+)\("
    rb"((?:" + _PLAIN_ARGUMENT + rb"(?:,\s+" + _PLAIN_ARGUMENT + rb")*+)?,?\))?"
)

_ATTRIBUTE = kinds("attribute")
_CALL = kinds("call")
_BLOCK = kinds("block")
_NAMED = kinds("identifier", "attribute", "tuple")
_TYPING = (b"if TYPE_CHECKING:", b"if typing.TYPE_CHECKING:", b"if t.TYPE_CHECKING:")
_OWN = (b"self.", b"cls.")
_CHECKS = (b"isinstance", b"issubclass")


def chain(walk: Walk, node: Node) -> bytes:
    """The node's text if it is a plain dotted name, else nothing."""
    start, end = node.start_byte, node.end_byte
    if end - start > LONGEST_CHAIN:
        return b""
    written = walk.source[start:end]
    found = walk.chains.get(written)
    if found is None:
        found = b"".join(written.split()) if dotted(written) else b""
        walk.chains[written] = found
    return found


def on_call(walk: Walk, node: Node) -> bool:
    """A use of the called name; a change of the value where the method is a container's.

    In `a.b(x).c(y)` two calls start at one place: the outer one, seen first, counts the use.
    """
    start = node.start_byte
    called = _CALLED.match(walk.source, start)
    if called is None:
        return True
    if start != walk.called:
        walk.called = start
        name = called[1]
        if chains.wanted(name):
            plain = called[2] is not None and called.end() == node.end_byte
            chains.on_chain(walk, node, name, plain=plain)
        if name.startswith(_OWN):
            owner, _, method = name.rpartition(b".")
            if method in MUTATORS:
                note_change(walk.scope, owner)
        elif name in _CHECKS:
            _use_second(walk, node)
        else:
            uses, key = walk.scope.uses, (CALL, name)
            if key in uses:
                uses[key][0] += 1
            else:
                uses[key] = [1, start]
    return called.end() != node.end_byte or not called[2]


def on_type(walk: Walk, node: Node) -> bool:
    """Every dotted name in an annotation, quoted ones included, is a use as a type."""
    if node.start_byte < walk.types_until:
        return True
    walk.types_until = node.end_byte
    annotation = text(walk, node)
    use_all(walk, node, code=TYPE, names=_QUOTED_CHAINS.findall(annotation))
    if b"(" not in annotation and b" if " not in annotation:
        return False
    before = walk.source[max(0, node.start_byte - LONGEST_CHAIN) : node.start_byte]
    if before.rstrip().endswith(b"->"):
        walk.mute_until = max(walk.mute_until, node.end_byte)
    return True


def on_except(walk: Walk, node: Node) -> bool:
    """Caught classes are uses as types."""
    complexity.on_except(walk, node)
    caught = node.child(1)
    if caught is not None and caught.child_count and caught.kind_id not in _NAMED:
        caught = caught.child(0)
    if caught is not None and caught.kind_id in _NAMED:
        use_all(walk, caught, code=TYPE, names=_CHAINS.findall(text(walk, caught)))
    return True


def on_class_pattern(walk: Walk, node: Node) -> bool:
    """The class that a `case` matches is a use as a type."""
    name = node.child(0)
    if name is not None and (found := chain(walk, name)):
        use_all(walk, node, code=TYPE, names=(found,))
    return True


def on_decorator(walk: Walk, node: Node) -> bool:
    """A decorator's name and its arguments; nothing in it counts as a decision."""
    walk.mute_until = max(walk.mute_until, node.end_byte)
    applied = node.child(1)
    if applied is None:
        return True
    function, arguments = applied, b""
    if applied.kind_id in _CALL and (called := applied.child(0)):
        walk.called, function = applied.start_byte, called
        arguments = walk.source[called.end_byte : applied.end_byte][:_LONGEST_TEXT]
    name = chain(walk, function)
    if name:
        use_all(walk, node, code=ANNOTATE, names=(name,))
        if function is not applied:
            chains.on_route(walk, applied, name)
        simple = name.rpartition(b".")[2].decode("utf-8", "replace")
        if simple not in walk.decorators:
            walk.decorators[simple] = [0, _arguments(arguments), line(node)]
        walk.decorators[simple][0] = int(str(walk.decorators[simple][0])) + 1
    return True


def on_if(walk: Walk, node: Node) -> bool:
    """Imports below `if TYPE_CHECKING` serve types only."""
    if walk.source.startswith(_TYPING, node.start_byte):
        body = next((child for child in node.children if child.kind_id in _BLOCK), None)
        walk.typing_until = body.end_byte if body is not None else 0
    return complexity.on_if(walk, node)


def use_all(walk: Walk, node: Node, *, code: int, names: Iterable[bytes]) -> None:
    """Note one use of each dotted name, where the node starts."""
    at = node.start_byte
    for name in names:
        note_use(walk.scope.uses, (code, name), at=at)


def _use_second(walk: Walk, node: Node) -> None:
    arguments = node.child(1)
    if arguments is not None and arguments.child_count > 3:  # noqa: PLR2004 - `(`, value, comma, classes
        classes = arguments.child(3)
        if classes is not None and classes.kind_id in _NAMED:
            use_all(walk, node, code=TYPE, names=_CHAINS.findall(text(walk, classes)))


def _arguments(written: bytes) -> str:
    inner = written.decode("utf-8", "replace").strip().removeprefix("(").removesuffix(")")
    return masked(" ".join(inner.split()))
