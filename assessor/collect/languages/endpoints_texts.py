"""Texts of paths in source code: literals, sums of them, and constants of the same file."""

import re
from collections.abc import Callable

from tree_sitter import Node

from assessor.collect.languages.python_literals import masked

_PART = re.compile(
    r'\s*(?:"""(?P<block>.*?)"""|"(?P<text>(?:[^"\\\n]|\\.)*)"|(?P<name>[^\W\d][\w.]*))\s*(?:\+|\Z)',
    re.DOTALL,
)
_FILLED = re.compile(r"\$(?:\{([\w.]+)\}|(\w+))")
_ESCAPE = re.compile(r"\\(.)")
_DEEPEST = 5  # constants that are made of constants
_LONGEST = 1_000

Constants = Callable[[str], str]  # the expression that a constant stands for, "" = not known


def constants_of(source: bytes, root: Node, pattern: str) -> Constants:
    """What a name stands for in a file, if it says so, and only once.

    pattern: of the declaration, with `NAME` for the name and one group for the value; what it
    finds in comments and strings does not count.
    """

    def find(name: str) -> str:
        last = name.rpartition(".")[2]
        wanted = re.compile(pattern.replace("NAME", re.escape(last)).encode(), re.MULTILINE)
        found = {
            match[1].decode(errors="replace").strip()
            for match in wanted.finditer(source)
            if _is_code(root, match.start(1))
        }
        return found.pop() if len(found) == 1 else ""

    return find


def _is_code(root: Node, at: int) -> bool:
    node = root.descendant_for_byte_range(at, at)
    return node is not None and "comment" not in node.type and "fragment" not in node.type


def folded(written: str, constants: Constants, *, fills: bool = False, depth: int = 0) -> str:
    """The text that a sum of literals and constants is; `${…}` around what the file does not say.

    fills: literals may hold `$name` and `${name}`, as in Kotlin.
    """
    written = written.strip()
    at, parts = 0, []
    while at < len(written):
        part = _PART.match(written, at)
        if part is None or len(written) > _LONGEST:
            return f"${{{' '.join(written.split())[:60]}}}"
        parts.append(_part(part, constants, fills=fills, depth=depth))
        at = part.end()
    return masked("".join(parts))


def _part(part: re.Match[str], constants: Constants, *, fills: bool, depth: int) -> str:
    def named(name: str) -> str:
        value = constants(name) if depth < _DEEPEST else ""
        if not value:
            return f"${{{name}}}"
        return folded(value, constants, fills=fills, depth=depth + 1)

    if part["name"]:
        return named(part["name"])
    text = part["text"] if part["block"] is None else part["block"]
    if fills:
        text = _FILLED.sub(
            lambda one: (
                one[0]
                if one.start() and text[one.start() - 1] == "\\"
                else named(one[1] or one[2])
            ),
            text,
        )
    return _ESCAPE.sub(r"\1", text)


def text_of(node: Node) -> str:
    """The source of a node."""
    return node.text.decode(errors="replace") if node.text is not None else ""
