"""Classes of a Python file: their methods, what their objects hold, how much it is one thing.

What an object holds is what the class body names and what is set as `self.x`; what a method uses
of it stands as `self.x`, whatever class declares it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.cohesion import Row
from assessor.collect.languages.cohesion_places import Use, last_name, rows
from assessor.collect.languages.cursor_walk import ClassCount, line
from assessor.collect.languages.python_scopes import CLASS
from assessor.collect.languages.python_tree import Walk

_ABSTRACT = re.compile(rb"\b(?:ABC|ABCMeta|Protocol)\b")
_ABSTRACT_METHOD = re.compile(rb"@\s*(?:abc\s*\.\s*)?abstract(?:method|property|\w+method)\b")
_SELF = re.compile(
    rb"\bself\s*+\.\s*+([A-Za-z_\x80-\xff][\w\x80-\xff]*+)(\s*+(?::[^=\n(){}]{0,200}+)?=(?!=))?"
)
_PROPERTY = re.compile(rb"@\s*+[\w.]*?(?:property|\.setter|\.getter|\.deleter)\s*+\Z")
_NEAR = 200  # bytes before a method in which its decorator is looked for
_FIRST = re.compile(rb"\(\s*+(self|cls)\b")
_SEPARATORS = re.compile(rb"[*/#]")
_NO_PARAMETERS = frozenset({"comment", "keyword_separator", "positional_separator"})


def on_class(walk: Walk, node: Node, *, body: int) -> None:
    """A class begins."""
    start = node.start_byte
    around = walk.scope.parent
    if around is not None and around.kind == CLASS and walk.holders:
        walk.counted[walk.holders[-1]].apart.add(walk.scope.name.rpartition(".")[2].encode())
    abstract = _ABSTRACT.search(walk.source, start, body) is not None
    walk.holders.append(len(walk.counted))
    walk.counted.append(
        ClassCount(walk.scope.name, line(node), start, node.end_byte, walk.depth, abstract)
    )


def on_method(walk: Walk, name: bytes) -> None:
    """A function right in a class; its first parameter will tell whether it is an object's."""
    one = walk.function
    if one is None or not walk.holders:
        return
    one.holder = walk.holders[-1]
    if name not in {b"__init__", b"__new__", b"__del__"}:
        before = walk.source[max(0, one.start - _NEAR) : one.start]
        one.accessor = _PROPERTY.search(before) is not None
        walk.counted[one.holder].methods += not one.accessor
        one.bound = True


def on_parameters(walk: Walk, node: Node) -> None:
    """The number of parameters of a function, without the object itself."""
    one = walk.function
    if one is None:
        return
    count = node.named_child_count
    if _SEPARATORS.search(walk.source, node.start_byte, node.end_byte):
        count = sum(child.type not in _NO_PARAMETERS for child in node.named_children)
    first = _FIRST.match(walk.source, node.start_byte) if one.holder >= 0 else None
    one.parameters = count - (first is not None)
    if first is None or first[1] != b"self":
        _set_apart(walk)


def _set_apart(walk: Walk) -> None:
    one = walk.function
    if one is not None and one.bound:
        one.bound = False
        walk.counted[one.holder].apart.add(last_name(one).encode())


def on_end(walk: Walk) -> None:
    """A class ends; its scope is still open."""
    one = walk.counted[walk.holders.pop()]
    one.fields |= {name for name in walk.scope.bound if not name.startswith(b"__")}


def classes(walk: Walk) -> list[Row]:
    """One row for each class of the file, in order."""
    if not walk.counted:
        return []
    if b"abstract" in walk.source:
        _find_abstract(walk)
    methods = [one for one in walk.functions if one.holder >= 0]
    return rows(walk.counted, methods, _uses(walk))


def _find_abstract(walk: Walk) -> None:
    """A class with an abstract method is abstract."""
    for one in walk.counted:
        if not one.abstract:
            one.abstract = _ABSTRACT_METHOD.search(walk.source, one.start, one.end) is not None


def _uses(walk: Walk) -> Iterator[Use]:
    """All `self.x` outside of comments and texts."""
    hidden = sorted(walk.hidden)
    for found in _SELF.finditer(walk.source):
        start = found.start()
        at = bisect_right(hidden, (start, len(walk.source))) - 1
        if at < 0 or start >= hidden[at][1]:
            yield start, found[1], found[2] is not None
