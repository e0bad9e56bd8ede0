"""Visits that read strings, comments and values of a Python file; its lines and words."""

import re
from collections import Counter
from functools import lru_cache

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.python_asked import on_text, starts_sql
from assessor.collect.languages.python_chains import ATTRIBUTES, on_classes, on_index, on_plain
from assessor.collect.languages.python_definitions import bind, changed, rebound
from assessor.collect.languages.python_literals import (
    MASK,
    findings,
    is_secret,
    maybe,
)
from assessor.collect.languages.python_names import WORD, chain
from assessor.collect.languages.python_scopes import MODULE, Value
from assessor.collect.languages.python_tree import Walk, kinds
from assessor.collect.languages.words import terms

_IDENTIFIER = kinds("identifier")
_ATTRIBUTE = kinds("attribute")
_STRING = kinds("string")
_LEAVES = kinds("identifier", "integer", "float", "none", "true", "false")
_CALL = kinds("call")
_BLANKS = b" \t\r\v\f"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_SPACED = bytes(byte if byte in _LETTERS else 32 for byte in range(256))
_KEYWORDS = frozenset(
    b"and as assert async await break class continue def del elif else except False finally for"
    b" from global if import in is lambda None nonlocal not or pass raise return True try while"
    b" with yield".split()
)
_QUOTES = b"\"'"
_STARTS = _QUOTES + b"rRbBuU"
_COMMENTED = re.compile(rb"[ \t;]*#").match
_WRAPPED = re.compile(rb"\A[A-Za-z]*(?:'''|\"\"\"|'|\")|(?:'''|\"\"\"|'|\")\Z")
# A plain name and the name or number it is set to, or with which its value starts.
_SIMPLE = re.compile(rb"(" + WORD + rb")\s*=\s*([\w.]*+)").match
_SECRET_HINT = re.compile(rb"pass|pwd|secret|token|key|credential", re.IGNORECASE).search
_DISPLAYS = {
    "dictionary": "dict",
    "list": "list",
    "set": "set",
    "dictionary_comprehension": "dict",
    "list_comprehension": "list",
    "set_comprehension": "set",
}
_PLAIN = {
    "none": "None",
    "integer": "int",
    "float": "float",
    "string": "str",
    "true": "bool",
    "false": "bool",
}
_LITERALS = {b"None": "None", b"True": "bool", b"False": "bool"}
_FILLED_LATER = frozenset(
    b"defaultdict deque WeakValueDictionary WeakKeyDictionary WeakSet ChainMap LRUCache TTLCache"
    b"".split()
)
_CONTAINERS = _FILLED_LATER | frozenset(b"dict list set OrderedDict Counter bytearray".split())
_NO_STATE = frozenset((b"urlpatterns", b"app_name"))
_LONGEST_KEY = 200
_MAY_BE_SQL = b"sSiIuUdDmMrRtTwW\"'(- \n\\"  # what follows the first quote, or the prefix
_CLOSING = ord("]")
_EMPTY = 2  # children of an empty display or argument list: its brackets


def on_string(walk: Walk, node: Node) -> bool:
    """A literal; only formatted ones have code inside."""
    start, end = node.start_byte, node.end_byte
    source = walk.source
    if maybe(source, start, end):
        inner = _WRAPPED.sub(b"", source[start:end])
        at = line(node)
        walk.literals.extend((category, found, at) for category, found in findings(inner))
    if walk.asking >= 0 or (source[start + 1] in _MAY_BE_SQL and starts_sql(source, start, end)):
        on_text(walk, node)
    if source[start] not in _QUOTES and b"f" in source[start : start + 2].lower():
        return True
    walk.hidden.append((start, end))
    return False


def on_content(walk: Walk, node: Node) -> bool:
    """The plain part of a formatted literal."""
    walk.hidden.append((node.start_byte, node.end_byte))
    return False


def on_comment(walk: Walk, node: Node) -> bool:
    """A comment, on a line of its own or after code."""
    span = (node.start_byte, node.end_byte)
    walk.hidden.append(span)
    walk.documents.append(span)
    walk.comments += 1
    return False


def on_statement(walk: Walk, node: Node) -> bool:
    """A string alone is documentation."""
    if walk.source[node.start_byte] not in _STARTS or node.child_count != 1:
        return True
    only = node.child(0)
    if only is None or only.kind_id not in _STRING:
        return True
    span = (only.start_byte, only.end_byte)
    walk.hidden.append(span)
    walk.documents.append(span)
    walk.comments += walk.source.count(b"\n", *span) + (not _COMMENTED(walk.source, span[1]))
    return False


def on_assignment(walk: Walk, node: Node) -> bool:
    """Bind the names; look at what a module or class starts with, and at secrets."""
    simple, scope = _SIMPLE(walk.source, node.start_byte), walk.scope
    if simple:
        name, value = simple.groups()
        walk.assigned = (simple.start(2), name)
        if name in ATTRIBUTES:
            on_plain(walk, name, node)
        elif walk.source[node.end_byte - 1] == _CLOSING:
            on_index(walk, simple, node)
        if not (_hints_at_secret(name) or (scope.body and _may_be_container(value))):
            scope.bound.add(name)
            if scope.kind == MODULE:
                _note_plain(walk, name, value=value, at=simple.start(2))
            return simple.end() != node.end_byte
    return _read_assignment(walk, node)


def _read_assignment(walk: Walk, node: Node) -> bool:
    target, value = node.child(0), node.child(node.child_count - 1)
    if target is None or value is None:
        return True
    kind, name = target.kind_id, b""
    if kind in _IDENTIFIER:
        name = text(walk, target)
        walk.scope.bound.add(name)
        walk.assigned = (value.start_byte, name)
        if name in ATTRIBUTES:
            on_plain(walk, name, node)
        if walk.scope.body and node.child_count > 2:  # noqa: PLR2004 - `name: type` sets nothing
            _note_value(walk, name, value)
    elif kind in _ATTRIBUTE:
        name = rebound(walk, target)
        walk.assigned = (value.start_byte, name)
    else:
        bind(walk, target)
        changed(walk, target)
        if walk.source.startswith(b"get_classes(", value.start_byte):
            on_classes(walk, target, value)
    if value.kind_id in _STRING:
        _check_secret(walk, target, value)
    return not name or not _is_plain(walk, value) or node.child_count > 3  # noqa: PLR2004 - annotated


def on_pair(walk: Walk, node: Node) -> bool:
    """A key or parameter and its value: may be a secret."""
    if walk.source[node.end_byte - 1] in _QUOTES:
        name, value = node.child(0), node.child(node.child_count - 1)
        if name is not None and value is not None and value.kind_id in _STRING:
            _check_secret(walk, name, value)
    return True


def lines(walk: Walk) -> tuple[int, int]:
    """Lines with code, lines with a comment or a docstring."""
    bare = b"".join(_between(walk.source, walk.documents))
    rows = bare.translate(None, _BLANKS).split(b"\n")
    return len(rows) - rows.count(b""), walk.comments


def words(walk: Walk) -> list[tuple[str, int]]:
    """(term, count) of the identifiers' words, sorted."""
    tokens = Counter(b" ".join(_between(walk.source, walk.hidden)).translate(_SPACED).split())
    found: dict[str, int] = {}
    known = found.get
    for token, count in tokens.items():
        for term in _terms(token):
            found[term] = known(term, 0) + count
    return sorted(found.items())


@lru_cache(maxsize=200_000)
def _terms(token: bytes) -> tuple[str, ...]:
    return () if token in _KEYWORDS else terms(token.decode("ascii"))


def _between(source: bytes, spans: list[tuple[int, int]]) -> list[bytes]:
    found, at = [], 0
    for start, end in spans:
        found.append(source[at:start])
        at = end
    return [*found, source[at:]]


def _is_plain(walk: Walk, value: Node) -> bool:
    kind = value.kind_id
    return kind in _LEAVES or (kind in _ATTRIBUTE and bool(chain(walk, value)))


def _check_secret(walk: Walk, target: Node, value: Node) -> None:
    if not _hints_at_secret(text(walk, target)[:_LONGEST_KEY]):
        return
    name = text(walk, target).decode("utf-8", "replace").strip("\"'[]")
    literal = text(walk, value).decode("utf-8", "replace")
    bare = literal.lstrip("rRbBuUfF").strip("\"'")
    if is_secret(name, bare) and not literal[:2].lower().startswith(("f", "rf")):
        walk.literals.append(("secret", MASK, line(value)))


def _may_be_container(value: bytes) -> bool:
    return not value or value.rpartition(b".")[2] in _CONTAINERS


@lru_cache(maxsize=100_000)
def _hints_at_secret(name: bytes) -> bool:
    return _SECRET_HINT(name) is not None


def _note_plain(walk: Walk, name: bytes, *, value: bytes, at: int) -> None:
    """Remember a value that only matters if some function replaces it."""
    body = walk.scope.body
    if body is not None and name not in body.state and not name.startswith(b"__"):
        shown = _LITERALS.get(value) or ("int" if value.isdigit() else "object")
        body.state[name] = Value(shown, at, mutable=False, growing=False)


def _note_value(walk: Walk, name: bytes, value: Node) -> None:
    body = walk.scope.body
    if body is None or name.startswith(b"__") or name in _NO_STATE or name in body.state:
        return
    kind = value.type
    if kind in _DISPLAYS:
        growing = value.child_count == _EMPTY and not name.isupper()
        body.state[name] = Value(_DISPLAYS[kind], value.start_byte, mutable=True, growing=growing)
    elif value.kind_id in _CALL:
        body.state[name] = _constructed(walk, name, value)
    elif walk.scope.kind == MODULE:
        shown = _PLAIN.get(kind, "object")
        body.state[name] = Value(shown, value.start_byte, mutable=False, growing=False)


def _constructed(walk: Walk, name: bytes, value: Node) -> Value:
    function, arguments = value.child(0), value.child(1)
    made = chain(walk, function).rpartition(b".")[2] if function is not None else b""
    empty = arguments is not None and arguments.child_count == _EMPTY
    growing = made in _FILLED_LATER or (made in _CONTAINERS and empty and not name.isupper())
    shown = made.decode("utf-8", "replace") or "object"
    return Value(shown, value.start_byte, mutable=made in _CONTAINERS, growing=growing)
