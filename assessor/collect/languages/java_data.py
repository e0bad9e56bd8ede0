"""What the walk gathers on data: annotations of storage, texts of SQL, calls of a session."""

import re

from tree_sitter import Node

from assessor.collect.languages import java_kinds as k
from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.java_state import Walk
from assessor.collect.languages.java_text import bare, links
from assessor.collect.languages.sql_text import looks_like_sql
from assessor.collect.languages.typed_data_facts import MARKS, VERBS
from assessor.collect.languages.typed_facts import Mark

_CHAINED = frozenset({"binary_expression", "parenthesized_expression"})
_IN_ANNOTATION = frozenset(
    {"element_value_pair", "element_value_array_initializer", "annotation_argument_list"}
)
_ARRAY = "element_value_array_initializer"
_NATIVE = re.compile(r"\bnativeQuery\s*=\s*true\b")
_ESCAPE = re.compile(r"\\(?:u+[0-9a-fA-F]{4}|.|\n)", re.DOTALL)
_ESCAPED = {"\\n": "\n", "\\t": " ", "\\r": " ", '\\"': '"', "\\'": "'", "\\\\": "\\"}
_LONGEST = 2_000


def marked(walk: Walk, name: str, raw: str, *, start: int) -> None:
    """An annotation that may speak of storage; the member that it stands at follows."""
    if name.rpartition(".")[2] not in MARKS:
        return
    arguments = masked(raw.partition("(")[2].rstrip().removesuffix(")"))[:_LONGEST]
    mark = Mark(name, arguments, walk.index, start)
    walk.marks_of_data.append(mark)
    walk.awaiting.append(mark)


def text(walk: Walk, node: Node, value: str) -> None:
    """A literal: the value of a constant, or the beginning of SQL, or neither."""
    if value[:2] == '""' and len(value) > 3:  # noqa: PLR2004 - what is left of three quotes
        value = value[2:-2]
    if looks_like_sql(value) or value[:8] == "<script>":
        _statement(walk, node)
    elif walk.parents[-1] == k.DECLARATOR and value:
        _constant(walk, value)


def _constant(walk: Walk, value: str) -> None:
    """The value of a field that is final, for the SQL of this file that names it."""
    owner = walk.parents[-2] if len(walk.parents) > 1 else 0
    final = owner == k.CONSTANT or (owner == k.FIELD and "final" in walk.modifiers)
    if final and walk.scope.fields:
        walk.constants.setdefault(next(reversed(walk.scope.fields)), value)


def _statement(walk: Walk, node: Node) -> None:
    top = _top(node)
    outer = top.parent
    if outer is not None and outer.type == _ARRAY:
        top, outer = outer, outer.parent
    if top.start_byte in walk.folded:
        return
    walk.folded.add(top.start_byte)
    glue = " " if top.type == _ARRAY else ""
    parts = _parts(walk, top)
    while parts and not looks_like_sql(parts[0].removeprefix("<script>")):
        parts.pop(0)
    if parts:
        context = _context(walk, top)
        walk.statements.append((glue.join(parts), context, walk.index, node.start_byte))


def _top(node: Node) -> Node:
    """The whole of a chain of texts that are put together."""
    top = node
    while (parent := top.parent) is not None and parent.type in _CHAINED:
        top = parent
    return top


def _parts(walk: Walk, node: Node) -> list[str]:
    """The texts of a chain in their order, `{NAME}` for a name and `{}` for anything else."""
    found: list[str] = []
    left = [node]
    while left:
        part = left.pop()
        if part.type in _CHAINED or part.type == _ARRAY:
            left += reversed(part.named_children)
        else:
            found.append(_part(walk, part))
    return found


def _part(walk: Walk, node: Node) -> str:
    raw = walk.text[node.start_byte : node.end_byte]
    if node.type == "string_literal":
        inner = raw[3:-3] if raw.startswith('"""') else raw[1:-1]
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[0], " "), inner)
    if node.type == "character_literal":
        return raw[1:-1]
    if node.type in {"line_comment", "block_comment"}:
        return ""
    return f"{{{raw}}}" if node.type in {"identifier", "field_access"} else "{}"


def _context(walk: Walk, top: Node) -> str:
    """What the text is given to: `@Query`, `@Query native`, `createQuery`, or "" = unknown."""
    outer = top.parent
    while outer is not None and outer.type in _IN_ANNOTATION:
        outer = outer.parent
    if outer is None:
        return ""
    if outer.type == "annotation":
        raw = walk.text[outer.start_byte : outer.end_byte]
        name = "".join(raw.partition("(")[0].split())
        return f"{name} native" if _NATIVE.search(raw) else name
    call = outer.parent if outer.type == "argument_list" else None
    name_node = call.child_by_field_name("name") if call is not None else None
    return walk.text[name_node.start_byte : name_node.end_byte] if name_node is not None else ""


def managed(walk: Walk, node: Node) -> None:
    """A call that may be one of an entity manager or session, with its first argument."""
    name_node, given = node.child_by_field_name("name"), node.child_by_field_name("arguments")
    if name_node is None or given is None or not given.named_child_count:
        return
    verb = walk.text[name_node.start_byte : name_node.end_byte]
    argument = given.named_child(0)
    if verb not in VERBS or argument is None:
        return
    receiver = node.child_by_field_name("object")
    if receiver is not None:
        keys = _key(walk, receiver), _key(walk, argument)
        walk.managed_calls.append((verb, *keys, walk.index, node.start_byte))


def _key(walk: Walk, node: Node) -> str:
    """The chain of names that an expression is; the text of a literal after a quotation mark."""
    raw = walk.text[node.start_byte : node.end_byte]
    if node.type == "class_literal":
        return "=" + bare(raw.removesuffix("class").rstrip().removesuffix("."))
    if node.type == "string_literal":
        return raw[:-1]
    if node.type == "object_creation_expression":
        made = node.child_by_field_name("type")
        return "=" + bare(walk.text[made.start_byte : made.end_byte]) if made else ""
    if node.type == "method_invocation":
        return _called(walk, node)
    parts = links(raw)
    if parts is None:
        return ""
    known = walk.names.get(parts[0])
    return parts[0] + parts[1] if known is None else known and known + parts[1]


def _called(walk: Walk, node: Node) -> str:
    name, given = node.child_by_field_name("name"), node.child_by_field_name("arguments")
    owner = node.child_by_field_name("object")
    if name is None or given is None:
        return ""
    before = _key(walk, owner) if owner is not None else ""
    called = walk.text[name.start_byte : name.end_byte]
    return f"{before}:{called}({given.named_child_count}" if before or owner is None else ""
