"""Visits that read strings, comments and values of a script; its lines and words."""

import re
from collections import Counter
from functools import lru_cache

from tree_sitter import Node

from assessor.collect.languages import javascript_complexity as complexity
from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.javascript_definitions import FUNCTIONS
from assessor.collect.languages.javascript_imports import reference
from assessor.collect.languages.javascript_tree import Walk, decoded
from assessor.collect.languages.python_literals import MASK, findings, is_secret, maybe
from assessor.collect.languages.words import terms

_BLANKS = b" \t\r\v\f"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$"
_SPACED = bytes(byte if byte in _LETTERS else 32 for byte in range(256))
_KEYWORDS = frozenset(
    b"abstract any as async await boolean break case catch class const continue debugger declare"
    b" default delete do else enum export extends false finally for from function get if"
    b" implements import in infer instanceof interface is keyof let module namespace never new"
    b" null number object of package private protected public readonly require return satisfies"
    b" set static string super switch symbol this throw true try type typeof undefined unknown"
    b" var void while with yield".split()
)
_HINT = re.compile(rb"pass|pwd|secret|token|key|credential", re.IGNORECASE).search
_STRINGS = frozenset(("string", "template_string"))
_QUOTES = b"\"'`"
_LONGEST_NAME = 200


def on_string(walk: Walk, node: Node) -> bool:
    """A literal without code inside."""
    _look(walk, node)
    walk.hidden.append((node.start_byte, node.end_byte))
    return False


def on_template(walk: Walk, node: Node) -> bool:
    """A literal that may have code inside."""
    _look(walk, node)
    at = node.start_byte
    for child in node.named_children:
        if child.type == "template_substitution":
            walk.hidden.append((at, child.start_byte))
            at = child.end_byte
    walk.hidden.append((at, node.end_byte))
    return at != node.start_byte


def on_plain(walk: Walk, node: Node) -> bool:
    """Text in JSX, or a regular expression."""
    walk.hidden.append((node.start_byte, node.end_byte))
    return False


def on_comment(walk: Walk, node: Node) -> bool:
    """A comment, on lines of its own or beside code."""
    span = (node.start_byte, node.end_byte)
    walk.hidden.append(span)
    walk.documents.append(span)
    count, last = walk.commented
    first, end = node.start_point[0], node.end_point[0]
    walk.commented = (count + max(0, end - max(first - 1, last)), end)
    if walk.source.startswith(b"///", span[0]):
        reference(walk, node)
    return False


def on_pair(walk: Walk, node: Node) -> bool:
    """A name and its value: a function gets the name, a string may be a secret."""
    children = node.named_children
    if len(children) > 1:
        name, value = children[0], children[-1]
        kind = value.type
        if kind in FUNCTIONS:
            complexity.named(walk, value.start_byte, text(walk, name).strip(b"'\"[]"))
        elif kind in _STRINGS:
            _check_secret(walk, name, value)
    return True


def on_given(walk: Walk, node: Node) -> bool:
    """A name that a string is given to: may be a secret."""
    if node.end_byte and walk.source[node.end_byte - 1] in _QUOTES:
        children = node.named_children
        if len(children) > 1 and children[-1].type in _STRINGS:
            names = (one for one in children if one.type not in {"decorator", "comment"})
            name = next(
                (one for one in names if one.type != "accessibility_modifier"), children[0]
            )
            _check_secret(walk, name, children[-1])
    return True


def lines(walk: Walk) -> tuple[int, int]:
    """Lines with code, lines with a comment."""
    bare = b"".join(_between(walk.source, sorted(walk.documents)))
    rows = bare.translate(None, _BLANKS).split(b"\n")
    return len(rows) - rows.count(b""), walk.commented[0]


def words(walk: Walk) -> list[tuple[str, int]]:
    """(term, count) of the identifiers' words, sorted."""
    bare = b" ".join(_between(walk.source, sorted(walk.hidden)))
    found: dict[str, int] = {}
    for token, count in Counter(bare.translate(_SPACED).split()).items():
        for term in _terms(token):
            found[term] = found.get(term, 0) + count
    return sorted(found.items())


@lru_cache(maxsize=200_000)
def _terms(token: bytes) -> tuple[str, ...]:
    return () if token in _KEYWORDS else terms(token.decode("ascii"))


def _between(source: bytes, spans: list[tuple[int, int]]) -> list[bytes]:
    found, at = [], 0
    for start, end in spans:
        if start >= at:
            found.append(source[at:start])
            at = end
    return [*found, source[at:]]


def _look(walk: Walk, node: Node) -> None:
    start, end = node.start_byte, node.end_byte
    if maybe(walk.source, start, end):
        at = line(node)
        inner = walk.source[start + 1 : max(start + 1, end - 1)]
        walk.literals.extend((category, shown, at) for category, shown in findings(inner))


def _check_secret(walk: Walk, target: Node, value: Node) -> None:
    name = text(walk, target)[:_LONGEST_NAME]
    if not _HINT(name):
        return
    literal = decoded(text(walk, value)[1:-1])
    if is_secret(decoded(name).strip("\"'[]#").replace("-", "_"), literal) and "${" not in literal:
        walk.literals.append(("secret", MASK, line(value)))
