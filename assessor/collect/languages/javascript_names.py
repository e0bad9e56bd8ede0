"""Visits that learn how a script uses the names it has: called, made, read, named as a type."""

import re

from tree_sitter import Node

from assessor.collect.languages import javascript_complexity as complexity
from assessor.collect.languages import javascript_imports as imports
from assessor.collect.languages import javascript_state as state
from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.javascript_definitions import FUNCTIONS
from assessor.collect.languages.javascript_facts import (
    ANNOTATE,
    CALL,
    INHERIT,
    NEW,
    STATIC,
    TYPE,
)
from assessor.collect.languages.javascript_scopes import (
    CHECK,
    GIVEN,
    IMPLEMENT,
    MODULE,
    SKIP,
    Scope,
    note_use,
)
from assessor.collect.languages.javascript_tree import CHAIN, WORD, Walk, decoded
from assessor.collect.languages.python_literals import masked

_ROOT = re.compile(WORD)
_MEMBER = re.compile(rb"(" + WORD + rb")(?:\??\.[\w$\x80-\xff]++)++")
_SELVES = frozenset((b"this", b"super"))
_INJECT = re.compile(rb"inject\s*(?:<[^()]*>\s*)?\(\s*(" + CHAIN + rb")\s*[,)]")
_DECORATOR = re.compile(rb"@\s*(" + CHAIN + rb")")
_OPERATORS = frozenset((*complexity.OPERATORS, "instanceof"))
_OF_VALUES = {TYPE: CHECK, IMPLEMENT: INHERIT}  # a namespace is found where values are
_LONGEST_TEXT = 4_000


def on_identifier(walk: Walk, node: Node) -> bool:
    """A use of the name, as what stands around it has said, else of its value."""
    start = node.start_byte
    code = walk.marks.pop(start, STATIC)
    if code != SKIP:
        uses, key = walk.scope.uses, (code, walk.source[start : node.end_byte])
        known = uses.get(key)
        if known is None:
            uses[key] = [1, start]
        else:
            known[0] += 1
    return False


def on_member(walk: Walk, node: Node) -> bool:
    """A chain of plain names is read at once: a use of the first."""
    start, end = node.start_byte, node.end_byte
    found = _MEMBER.match(walk.source, start, end)
    if found is None or found.end() != end:
        return True
    root = found[1]
    code = walk.marks.pop(start, STATIC)
    if root not in _SELVES and code != SKIP:
        note_use(walk.scope.uses, code, root, at=start)
    return False


def on_type_identifier(walk: Walk, node: Node) -> bool:
    """A use of the name as that of a type."""
    start = node.start_byte
    code = walk.marks.pop(start, TYPE)
    if code != SKIP:
        note_use(walk.scope.uses, code, walk.source[start : node.end_byte], at=start)
    return False


def on_nested_type(walk: Walk, node: Node) -> bool:
    """`ns.Type`: a use of the namespace."""
    start = node.start_byte
    root = _ROOT.match(walk.source, start)
    code = walk.marks.pop(start, TYPE)
    if root:
        code = _OF_VALUES.get(code, code)
        note_use(walk.scope.uses, code, root[0], at=start)
    return False


def on_call(walk: Walk, node: Node) -> bool:
    """A use of the called name; an import, if it is `require` or `import(…)`.

    In `a.b(x).c(y)` two calls start at one place, where one name stands: one use.
    """
    start = node.start_byte
    if walk.source[start] in b"ri" and imports.on_call(walk, node, code=walk.marks.get(start)):
        walk.marks.pop(start, None)
        return False
    walk.marks.setdefault(start, CALL)
    state.on_call(walk, node)
    if walk.source.startswith(b"inject", start):
        _on_inject(walk, node)
    return True


def on_new(walk: Walk, node: Node) -> bool:
    """A use of the class that an object is made of."""
    made = node.child(1)
    if made is not None:
        walk.marks.setdefault(made.start_byte, NEW)
    return True


def on_element(walk: Walk, node: Node) -> bool:
    """An element of JSX calls its component; those of HTML are in lower case."""
    name = node.child(1)
    if name is not None:
        tag = walk.source[name.start_byte : name.end_byte]
        plain = tag[:1].islower() and b"." not in tag
        walk.marks[name.start_byte] = SKIP if plain else CALL
    return True


def on_decorator(walk: Walk, node: Node) -> bool:
    """A decorator's name and its arguments."""
    applied = node.child(1)
    if applied is not None:
        walk.marks[applied.start_byte] = ANNOTATE
    found = _DECORATOR.match(walk.source, node.start_byte)
    if found:
        simple = decoded(found[1].rpartition(b".")[2])
        known = walk.decorators.get(simple)
        if known is None:
            arguments = walk.source[found.end() : node.end_byte][:_LONGEST_TEXT]
            walk.decorators[simple] = (1, _arguments(arguments), line(node))
        else:
            walk.decorators[simple] = (known[0] + 1, *known[1:])
    return True


def on_binary(walk: Walk, node: Node) -> bool:
    """A decision, or the class that a value is checked against."""
    middle = node.child(1)
    operator = middle.type if middle is not None else ""
    if operator not in _OPERATORS:
        return True
    complexity.on_operator(walk, node, operator=operator)
    last = node.child(node.child_count - 1)
    if operator == "instanceof" and last is not None:
        walk.marks[last.start_byte] = CHECK
    return True


def on_query(walk: Walk, node: Node) -> bool:
    """`typeof x` in a type."""
    for child in node.named_children[:1]:
        if child.type != "call_expression":
            walk.marks[child.start_byte] = CHECK
    _in_type(walk, node)
    return True


def on_annotation(walk: Walk, node: Node) -> bool:
    """What stands in a type: `import('…')` there serves types only."""
    _in_type(walk, node)
    return True


def on_assignment(walk: Walk, node: Node) -> bool:
    """A name that is set: to an import, to a function that gets its name, or to another value."""
    children = node.named_children
    if len(children) > 1:
        target, value = children[0], children[-1]
        if target.type in {"identifier", "object_pattern"}:
            imports.bind_later(walk, target, value, scope=_declaring(walk, target))
        if value.type in FUNCTIONS:
            name = text(walk, target)[:_LONGEST_TEXT]
            plain = re.fullmatch(CHAIN, name) is not None
            complexity.named(walk, value.start_byte, name if plain else b"")
    middle = node.child(1)
    if middle is not None and node.type == "augmented_assignment_expression":
        complexity.on_operator(walk, node, operator=middle.type)
    state.on_change(walk, node)
    return True


def on_update(walk: Walk, node: Node) -> bool:
    """`x++`, and `delete x[…]`."""
    if node.type == "update_expression" or walk.source.startswith(b"delete", node.start_byte):
        state.on_change(walk, node)
    return True


def on_shorthand(walk: Walk, node: Node) -> bool:
    """`{name}`: a use of the value."""
    return on_identifier(walk, node)


def _declaring(walk: Walk, target: Node) -> Scope:
    """The scope that declares the name, else that of the module."""
    name, scope = text(walk, target), walk.scope
    while scope.parent is not None and name not in scope.bound:
        scope = scope.parent
    return scope


def _on_inject(walk: Walk, node: Node) -> None:
    """`inject(X)` of a framework, which is imported."""
    found = _INJECT.match(walk.source, node.start_byte, node.end_byte)
    scope = walk.scope
    while scope.parent is not None and b"inject" not in scope.bound:
        scope = scope.parent
    means = scope.imports.get(b"inject", []) if scope.kind == MODULE else []
    if found and any(not walk.imports[number][0].startswith(".") for number, _ in means):
        note_use(walk.scope.uses, GIVEN, found[1], at=found.start(1))


def _in_type(walk: Walk, node: Node) -> None:
    walk.types_until = max(walk.types_until, node.end_byte)


def _arguments(written: bytes) -> str:
    inner = decoded(written).strip().removeprefix("(").removesuffix(")")
    return masked(" ".join(inner.split()))
