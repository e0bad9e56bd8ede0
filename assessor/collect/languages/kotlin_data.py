"""What the walk over a Kotlin file gathers on data: annotations, SQL, calls of a session."""

import re

from tree_sitter import Node

from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.sql_text import looks_like_sql
from assessor.collect.languages.typed_data_facts import MARKS, VERBS
from assessor.collect.languages.typed_exposed import ROWS, TABLES
from assessor.collect.languages.typed_facts import Mark
from assessor.collect.languages.typed_walk import Walk, reached, text_of

_CHAINED = frozenset({"binary_expression", "parenthesized_expression", "collection_literal"})
_LITERALS = frozenset({"string_literal", "multiline_string_literal"})
_NATIVE = re.compile(r"\bnativeQuery\s*=\s*true\b")
_CLASS = re.compile(r"([\w.]+)::class(?:\.java)?")
_MADE = re.compile(r"([A-Z]\w*)\(")
_VARIABLE = re.compile(r"(?<!\\)\$(?:\{([^{}]*)\}|([A-Za-z_]\w*))")
_ESCAPED = {"\\n": "\n", "\\t": " ", "\\r": " ", "\\$": "$"}
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LONGEST = 2_000


def marked(walk: Walk, name: str, arguments: str, *, start: int) -> None:
    """An annotation that may speak of storage; what it stands at follows."""
    if name.rpartition(".")[2] in MARKS:
        given = masked(arguments)[:_LONGEST]
        mark = Mark(name, given, walk.opened[-1], start)
        walk.marks_of_data.append(mark)
        walk.awaiting.append(mark)


def built(walk: Walk, written: str, node: Node) -> None:
    """A supertype that may make the current type a table of Exposed, with its first argument."""
    name = written.partition("<")[0]
    if name not in TABLES | ROWS:
        return
    given = next((part for part in node.named_children if part.type == "value_arguments"), None)
    first = given.named_children[0] if given is not None and given.named_children else None
    argument = text_of(walk, first) if first is not None else ""
    mark = Mark(name, masked(argument)[:_LONGEST], walk.opened[-1], node.start_byte)
    walk.marks_of_data.append(mark)


def statement(walk: Walk, node: Node, value: str) -> None:
    """A literal that is the beginning of SQL, with all that is added to it."""
    if not looks_like_sql(value):
        return
    top = node
    while (parent := top.parent) is not None and parent.type in _CHAINED:
        top = parent
    if top.start_byte in walk.folded:
        return
    walk.folded.add(top.start_byte)
    parts = _parts(walk, top)
    while parts and not looks_like_sql(parts[0]):
        parts.pop(0)
    if parts:
        glue = " " if top.type == "collection_literal" else ""
        text = glue.join(parts)
        walk.statements.append((text, _context(walk, top), walk.opened[-1], node.start_byte))


def _parts(walk: Walk, node: Node) -> list[str]:
    found: list[str] = []
    left = [node]
    while left:
        part = left.pop()
        if part.type in _CHAINED:
            left += reversed(part.named_children)
        elif part.type in _LITERALS:
            found.append(_literal(text_of(walk, part)))
        else:
            raw = text_of(walk, part)
            found.append(f"{{{raw}}}" if part.type == "identifier" else "{}")
    return found


def _literal(raw: str) -> str:
    """The text of a literal, with `{NAME}` for a name that is put into it."""
    quotes = 3 if raw.startswith('"""') else 1
    text = _VARIABLE.sub(_variable, raw[quotes:-quotes])
    return text if quotes > 1 else _ESCAPE.sub(lambda it: _ESCAPED.get(it[0], " "), text)


def _variable(found: re.Match[str]) -> str:
    name = found[1] or found[2] or ""
    return f"{{{name}}}" if name.replace(".", "").isidentifier() else "{}"


def _context(walk: Walk, top: Node) -> str:
    """What the text is given to: `@Query`, `@Query native`, `createQuery`, or "" = unknown."""
    given = top.parent
    if given is None or given.type != "value_argument" or given.parent is None:
        return ""
    outer = given.parent.parent
    first = outer.named_children[0] if outer is not None and outer.named_children else None
    if outer is None or first is None:
        return ""
    if outer.type == "constructor_invocation":
        native = " native" if _NATIVE.search(text_of(walk, given.parent)) else ""
        return f"@{text_of(walk, first)}{native}"
    called = first.named_children[-1] if first.type == "navigation_expression" else first
    return text_of(walk, called) if outer.type == "call_expression" else ""


def managed(walk: Walk, verb: str, receiver: str, *, given: list[Node]) -> None:
    """A call that may be one of an entity manager or session, with its first argument."""
    if verb in VERBS and receiver and given:
        argument = given[0]
        key = _key(walk, text_of(walk, argument).strip())
        walk.managed_calls.append((verb, receiver, key, walk.opened[-1], argument.start_byte))


def _key(walk: Walk, raw: str) -> str:
    """The chain of an argument that is a name, a class, a new object or a literal."""
    named = _CLASS.fullmatch(raw) or _MADE.match(raw)
    if named is not None:
        return f"={named[1]}"
    if raw[:1] == '"':
        return raw[:-1]
    return reached(walk, raw) if raw.isidentifier() else ""
