"""What a script gives to others that is no type: by `module.exports`, `export default`, …"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_origins import origin
from assessor.collect.languages.javascript_scene import Scene, parts

WHOLE = "="  # the name under which all of a module of CommonJS is given
# Begins with letters, not with a look around, so that it is quick to look for.
_EXPORT = re.compile(
    rb"export(?<![\w$]export)(?:s\.(\w+)\s*=(?!=)\s*|s\s*=(?!=)\s*|\s+default\s+"
    rb"|\s+(?:const|let|var)\s+(\w+)(?:\s*:[^=;]{1,80})?\s*=\s*)"
)
_LISTED = re.compile(rb"export\s*\{([^}]{1,2000})\}(?!\s*from)")
_MOST = 500
Row = list[str]


def gives(made: Scene) -> list[Row]:
    """[exported name, specifier, path], in order; see `javascript_origins.Origin`."""
    found: dict[str, Row] = {}
    for match in _EXPORT.finditer(made.source):
        name = next((one.decode() for one in match.groups() if one), "")
        name = name or (WHOLE if match[0].startswith(b"exports") else "default")
        value = _value(made, match.end())
        for row in _rows(made, name, value) if value is not None else ():
            found.setdefault(row[0], row)
    for match in _LISTED.finditer(made.source):
        for row in _listed(made, match):
            found.setdefault(row[0], row)
    return sorted(found.values())[:_MOST]


def _value(made: Scene, at: int) -> Node | None:
    """The whole expression that begins at this byte."""
    node = made.root.descendant_for_byte_range(at, at)
    while node is not None and node.parent is not None and node.parent.start_byte == at:
        node = node.parent
    if node is not None and node.type == "expression_statement" and parts(node):
        node = parts(node)[0]
    return node


def _rows(made: Scene, name: str, value: Node) -> Iterator[Row]:
    if value.type == "assignment_expression":
        inner = value.child_by_field_name("right")
        if inner is not None:
            yield from _rows(made, name, inner)
        return
    if value.type == "object":
        for pair in parts(value)[:_MOST]:
            yield from _of_pair(made, pair)
        return
    whence = origin(made, value, 0)
    if whence is not None:
        yield [name, whence.module, whence.path]


def _of_pair(made: Scene, pair: Node) -> Iterator[Row]:
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if pair.type == "shorthand_property_identifier":
        key = value = pair
    if key is None or value is None:
        return
    whence = origin(made, value, 0)
    if whence is not None:
        yield [text_of(key).strip("'\""), whence.module, whence.path]


def _listed(made: Scene, match: re.Match[bytes]) -> Iterator[Row]:
    """`export { db, api as client }`."""
    for part in match[1].decode(errors="replace").split(","):
        inner, _, outer = part.partition(" as ")
        at = made.source.find(inner.strip().encode(), match.start(1))
        node = made.root.descendant_for_byte_range(at, at) if inner.strip() else None
        if node is not None and node.type == "identifier":
            whence = origin(made, node, 0)
            if whence is not None:
                yield [(outer or inner).strip(), whence.module, whence.path]
