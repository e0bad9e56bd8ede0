"""A second look at a Python file: which calls its bytes show, and what stands where.

Only files whose imports or words give a reason are looked at twice; see `python_behaviour`.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.python_tree import Walk, kinds

CALL = kinds("call")
IDENTIFIER = kinds("identifier")
ATTRIBUTE = kinds("attribute")
KEYWORD = kinds("keyword_argument")
COMMENT = kinds("comment")
DECORATOR = kinds("decorator")
STEPS = 100  # names and parts that are followed to answer one question
MOST = 2_000  # places of one file that are looked at; only generated files have more
_DEEPEST = 60  # nodes around a place that are asked for
_PARAMETER = re.compile(rb"(?:^|[(,])[\s*]*(\w+)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class. name: qualified. outer: the one around it."""

    start: int
    end: int
    name: str
    is_class: bool
    outer: "Definition | None"


# First byte of what gives a name a value, and the value or its type; None = not known.
Given = tuple[int, Node | None]


@dataclass(slots=True)
class Look:
    """One file. definitions, given, parameters: filled when they are first asked for.

    given: name -> scope -> where the name gets a value there, and the value or its type.
    steps: what may still be followed for the question at hand, so that no file can ask for ever.
    """

    walk: Walk
    root: Node
    definitions: list[Definition] | None = None
    given: dict[str, Mapping[str, Sequence[Given]]] = field(default_factory=dict)
    parameters: dict[int, frozenset[bytes]] = field(default_factory=dict)
    steps: int = 0

    @property
    def source(self) -> bytes:
        """The bytes."""
        return self.walk.source


def shown(look: Look, node: Node) -> str:
    """The node's text."""
    return look.source[node.start_byte : node.end_byte].decode("utf-8", "replace")


def line_of(node: Node) -> int:
    """1-based line of the node's start."""
    return int(node.start_point[0]) + 1


def is_code(look: Look, at: int) -> bool:
    """The byte lies in no literal and no comment."""
    hidden = look.walk.hidden
    number = bisect_right(hidden, at, key=_start) - 1
    return number < 0 or hidden[number][1] <= at


def _start(span: tuple[int, int]) -> int:
    return span[0]


def lines_of(look: Look, pattern: re.Pattern[bytes]) -> Iterator[tuple[re.Match[bytes], int]]:
    """What the pattern finds in code, with its line."""
    line, before = 1, 0
    for found in islice(pattern.finditer(look.source), MOST):
        line += look.source.count(b"\n", before, found.start())
        before = found.start()
        if is_code(look, before):
            yield found, line


def calls(look: Look, pattern: re.Pattern[bytes]) -> Iterator[tuple[str, Node]]:
    """(last name, call) of what the pattern finds: group 1 is the name that is called."""
    for found in islice(pattern.finditer(look.source), MOST):
        call = called_at(look, found.start(1)) if is_code(look, found.start(1)) else None
        if call is not None:
            yield found[1].decode("utf-8", "replace"), call


def called_at(look: Look, at: int) -> Node | None:
    """The call of the name that starts at a byte."""
    node = look.root.descendant_for_byte_range(at, at)
    if node is None or node.kind_id not in IDENTIFIER:
        return None
    around = node.parent
    if around is not None and around.kind_id in ATTRIBUTE and around.end_byte == node.end_byte:
        node, around = around, around.parent
    is_called = around is not None and around.kind_id in CALL
    return around if is_called and around.start_byte == node.start_byte else None  # type: ignore[union-attr]


def is_literal(look: Look, at: int) -> bool:
    """A string starts at this byte."""
    node = look.root.descendant_for_byte_range(at, at + 1)
    if node is not None and node.type == "string_start":
        node = node.parent
    return node is not None and node.type == "string" and node.start_byte == at


def importing(look: Look, roots: Collection[str]) -> tuple[str, int]:
    """Root and number of the first import of one of some libraries; "" and -1 if there is none."""
    for number, (module, level, _, _, _) in enumerate(look.walk.imports):
        root = module.partition(".")[0]
        if not level and root in roots:
            return root, number
    return "", -1


def positional(call: Node) -> list[Node]:
    """The arguments without a name."""
    listed = call.child(1)
    children = listed.named_children if listed is not None else []
    return [each for each in children if each.kind_id not in KEYWORD | COMMENT]


def keywords(look: Look, call: Node) -> dict[str, Node]:
    """Name -> value of the arguments with a name."""
    listed = call.child(1)
    children = listed.named_children if listed is not None else []
    found = {}
    for each in children:
        parts = each.children if each.kind_id in KEYWORD else []
        if len(parts) > 2:  # noqa: PLR2004 - name, `=`, value
            found[shown(look, parts[0])] = parts[-1]
    return found


def argument(look: Look, call: Node, number: int, *names: str) -> Node | None:
    """An argument by its place, or by one of its names. number: -1 = only by name."""
    named = keywords(look, call)
    by_name = next((named[name] for name in names if name in named), None)
    if by_name is not None or number < 0:
        return by_name
    plain = positional(call)
    return plain[number] if number < len(plain) else None


def around(look: Look, at: int) -> Definition | None:
    """The innermost function or class around a byte."""
    found = defined(look)
    number = bisect_right(found, at, key=_begin) - 1
    one = found[number] if number >= 0 else None
    while one is not None and one.end <= at:
        one = one.outer
    return one


def _begin(one: Definition) -> int:
    return one.start


def scope(look: Look, at: int) -> str:
    """Qualified name of the innermost function or class around a byte, "" at the top."""
    found = around(look, at)
    return found.name if found else ""


def class_around(look: Look, at: int) -> str:
    """Qualified name of the innermost class around a byte, "" where there is none."""
    one = around(look, at)
    while one is not None and not one.is_class:
        one = one.outer
    return one.name if one else ""


def defined(look: Look) -> list[Definition]:
    """All functions and classes, in order of their start."""
    if look.definitions is None:
        found: list[Definition] = []
        outer: Definition | None = None
        for start, end, name, is_class in look.walk.definitions:
            while outer is not None and outer.end <= start:
                outer = outer.outer
            outer = Definition(start, end, name, is_class, outer)
            found.append(outer)
        look.definitions = found
    return look.definitions


def has_parameter(look: Look, one: Definition, name: str) -> bool:
    """The function has a parameter of this name."""
    if one.is_class:
        return False
    if one.start not in look.parameters:
        node = look.root.descendant_for_byte_range(one.start, one.start)
        whole = node.parent if node is not None and not node.is_named else node
        given = whole.child_by_field_name("parameters") if whole is not None else None
        inner = look.source[given.start_byte : given.end_byte] if given is not None else b""
        look.parameters[one.start] = frozenset(_PARAMETER.findall(inner))
    return name.encode() in look.parameters[one.start]


def decorators(look: Look, pattern: re.Pattern[bytes]) -> Iterator[tuple[Node, Node | None]]:
    """(what is applied, its call or None) of decorators, in order. Group 1: their `@`."""
    for found in islice(pattern.finditer(look.source), MOST):
        node = look.root.descendant_for_byte_range(found.start(1), found.start(1))
        whole = node.parent if node is not None else None
        applied = whole.child(1) if whole is not None and whole.kind_id in DECORATOR else None
        if applied is not None:
            yield applied, applied if applied.kind_id in CALL else None


def decorated(look: Look, node: Node) -> str:
    """Qualified name of the function or class that a decorator stands before, "" for others."""
    inner: Node | None = node
    for _ in range(_DEEPEST):
        if inner is None or inner.kind_id in DECORATOR:
            break
        inner = inner.parent
    whole = inner.parent if inner is not None else None
    target = whole.child_by_field_name("definition") if whole is not None else None
    return scope(look, target.start_byte) if target is not None else ""
