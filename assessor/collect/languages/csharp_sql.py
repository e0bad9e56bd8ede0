"""SQL in literals of C#, with all that is added to it and what it is given to."""

import re

from tree_sitter import Node

from assessor.collect.languages.sql_text import looks_like_sql
from assessor.collect.languages.typed_walk import Walk, text_of

# Methods, constructors and the property whose text is a statement and nothing else.
RUNS = frozenset(
    {
        "CommandText", "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlCommand",
        "ExecuteSqlCommandAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync",
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "FromSql", "FromSqlInterpolated", "FromSqlRaw",
        "MySqlCommand", "NpgsqlCommand", "OdbcCommand", "OleDbCommand", "OracleCommand",
        "SqlCommand", "SqlDataAdapter", "SqlQuery", "SqlQueryRaw", "SqliteCommand",
    }
)  # fmt: skip
_CHAINED = frozenset({"binary_expression", "parenthesized_expression"})
_LITERALS = frozenset({"raw_string_literal", "string_literal", "verbatim_string_literal"})
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"\\n": "\n", "\\t": " ", "\\r": " ", '\\"': '"', "\\\\": "\\"}
# What is given a sentence, of which «Delete …» may be the first word.
_TELLS = re.compile(r"Log|Write(?:Line)?$|\w*Exception$")
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def statement(walk: Walk, node: Node, value: str) -> None:
    """A literal that is the beginning of SQL; one that belongs to a sum counts with it.

    Migrations change the tables themselves: their SQL is no access.
    """
    if not looks_like_sql(value) or "MigrationBuilder" in walk.text:
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
    context = _context(walk, top)
    if parts and _TELLS.match(context) is None:
        walk.statements.append(("".join(parts), context, walk.opened[-1], node.start_byte))


def constant(walk: Walk, name: str, value: Node | None) -> None:
    """The text of a field that never changes, for the SQL of this file that names it."""
    if value is not None and value.type in _LITERALS:
        walk.constants.setdefault(name, plain(text_of(walk, value)))


def plain(raw: str) -> str:
    """The text of a literal of any form without holes."""
    if raw.startswith('"""'):
        return raw.strip('"').strip()
    if raw[:1] == "@":
        return raw[2:-1].replace('""', '"')
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[0], " "), raw[1:-1])


def _parts(walk: Walk, node: Node) -> list[str]:
    """The texts of a sum in their order, `{NAME}` for a name and `{}` for anything else."""
    found: list[str] = []
    left = [node]
    while left:
        part = left.pop()
        if part.type in _CHAINED or part.type == "interpolated_string_expression":
            left += reversed(part.named_children)
        elif part.type == "interpolation":
            left += [child for child in part.named_children if child.type not in _BRACES][:1]
        elif part.type not in _BRACES:
            found.append(_part(walk, part))
    return found


_BRACES = frozenset(
    {"comment", "interpolation_brace", "interpolation_quote", "interpolation_start"}
)


def _part(walk: Walk, node: Node) -> str:
    raw = text_of(walk, node)
    if node.type == "string_content":
        return raw.replace('""', '"')
    if node.type in _LITERALS:
        return plain(raw)
    if node.type == "escape_sequence":
        return _ESCAPED.get(raw, " ")
    return f"{{{raw}}}" if _NAME.fullmatch(raw) else "{}"


def _context(walk: Walk, top: Node) -> str:
    """The method, class or property that the text is given to; "" = unknown."""
    given = top.parent
    if given is not None and given.type == "assignment_expression":
        return _last(walk, given.child_by_field_name("left"))
    outer = given.parent.parent if given is not None and given.parent is not None else None
    if given is None or outer is None or given.type != "argument":
        return ""
    return _last(walk, outer.child_by_field_name("function") or outer.child_by_field_name("type"))


def _last(walk: Walk, node: Node | None) -> str:
    """The simple name that an expression ends with."""
    if node is None or node.type == "implicit_type":
        return ""
    return text_of(walk, node).partition("<")[0].rpartition(".")[2].strip()
