"""C#'s string literals: plain, verbatim, raw, and those with holes."""

import re

from tree_sitter import Node

from assessor.collect.languages.csharp_sql import statement
from assessor.collect.languages.java_literals import is_secret, masked, speaks_of_secrets
from assessor.collect.languages.typed_walk import Walk, inside, literal, text_of

_CONNECTION = re.compile(
    r"(?:server|data source|host|addr(?:ess)?|network address|(?:account)?endpoint)\s*=[^;]+;.*=",
    re.IGNORECASE | re.DOTALL,
).match
_PASSWORD = re.compile(
    r";\s*(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;\s{$]", re.IGNORECASE
)
# What stands before a literal that is given to a name: `["ApiKey"] =`, `password:`, `Token =>`.
_GIVEN = re.compile(r"(?:\"[\w.:-]+\"\]\s*=|(?<![?]\s)\b\w+\s*(?::|=>))\s*$")
_WINDOW = 64
_LONGEST = 200


def string(walk: Walk, node: Node) -> str:
    """A literal of any form."""
    text = text_of(walk, node)
    start = text.find('"') + 1
    if node.type == "raw_string_literal":
        value = text.strip('"').strip()
    elif node.type == "verbatim_string_literal":
        value = text[start:-1].replace('""', '"')
    else:
        value = text[start : text.rfind('"')]
    statement(walk, node, value)
    return _literal(walk, value, node.start_byte)


def interpolated(walk: Walk, node: Node) -> str:
    """A literal with `{}` for its holes; what is in them is walked."""
    pieces: list[str] = []
    for child in node.named_children:
        if child.type == "interpolation":
            pieces.append("{}")
            inside(walk, child)
        elif child.type == "string_content":
            pieces.append(text_of(walk, child))
    value = "".join(pieces)
    statement(walk, node, value)
    return _literal(walk, value, node.start_byte)


def _literal(walk: Walk, value: str, start: int) -> str:
    """Connection strings are what JDBC addresses are elsewhere."""
    if "=" in value and _CONNECTION(value):
        found = "secret" if _PASSWORD.search(value) else "jdbc"
    elif walk.secretive and is_secret(value) and _names_secret(walk.text, start):
        found = "secret"
    else:
        return literal(walk, value, start)
    shown = "***" if found == "secret" else masked(value)[:_LONGEST]
    walk.literals.append((found, shown, start))
    return ""


def _names_secret(text: str, start: int) -> bool:
    given = _GIVEN.search(text[max(0, start - _WINDOW) : start])
    return given is not None and speaks_of_secrets(given[0])
