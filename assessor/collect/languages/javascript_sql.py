"""SQL in literals of a script, with the calls that it is given to; only the text is taken here."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import UNKNOWN, folded
from assessor.collect.languages.javascript_scene import Scene, callee, scope_at
from assessor.collect.languages.javascript_whence import home

DRIVERS = frozenset(
    {
        "@databases/pg", "better-sqlite3", "knex", "mssql", "mysql", "mysql2", "oracledb", "pg",
        "pg-promise", "postgres", "slonik", "sqlite", "sqlite3", "tedious",
    }
)  # fmt: skip
_LIBRARIES = DRIVERS | {
    "@mikro-orm/core", "@prisma/client", "drizzle-orm", "kysely", "sequelize", "typeorm",
}  # fmt: skip
_LITERAL = re.compile(
    rb"[`'\"]\s*(?:--[^\n]*\n\s*)?(?=(?:select|insert|update|delete|replace|merge|truncate|with)\s)",
    re.IGNORECASE,
)
_METHODS = frozenset(
    {
        "query", "execute", "raw", "exec", "prepare", "run", "all", "get", "each", "any", "one",
        "none", "oneOrNone", "manyOrNone", "many", "$queryRawUnsafe", "$executeRawUnsafe",
        "queryRaw", "executeRaw",
    }
)  # fmt: skip
_SURE = frozenset(
    {"$queryRaw", "$executeRaw", "$queryRawUnsafe", "$executeRawUnsafe", "execute", "query"}
)
_RECEIVER = re.compile(
    r"(?:.*[._])?(?:db|pool|client|conn|connection|connexion|cursor|knex|sequelize|prisma|tx|trx"
    r"|manager|entityManager|queryRunner|dataSource|em)(?:\(\))?|.*(?:Pool|Client|Connection|Db"
    r"|DataSource|Manager|Runner)",
)
_ASKS = re.compile(rb"[\w$)\]]\s*\.(?:query|execute)\(")
_TAGS = frozenset({"sql", "SQL", "Prisma.sql", "$queryRaw", "$executeRaw"})
_VALUE = re.compile(r"'(?:[^']|'')*'")
_HIGHEST, _MOST, _LONGEST = 7, 500, 20_000
Row = list[object]


def texts(made: Scene) -> list[Row]:
    """[line, text, whether nothing but SQL can stand there], values in the text left out."""
    packages = {home(module) for module, _ in made.imports.values()}
    known = not packages.isdisjoint(_LIBRARIES) or _ASKS.search(made.source) is not None
    found: list[Row] = []
    for match in islice(_LITERAL.finditer(made.source), _MOST):
        node = _literal(made, match)
        if node is not None:
            found += _rows(made, node, known=known)
    return sorted(found, key=repr)


def _literal(made: Scene, match: re.Match[bytes]) -> Node | None:
    node = made.root.descendant_for_byte_range(match.start(), match.start())
    while node is not None and node.type not in {"string", "template_string"}:
        if node.start_byte < match.start():
            return None
        node = node.parent
    return node if node is not None and node.start_byte == match.start() else None


def _rows(made: Scene, node: Node, *, known: bool) -> Iterator[Row]:
    method, before = _given_to(node)
    tagged = method in _TAGS
    if not known and method not in _SURE and not tagged:
        return
    sure = tagged or (method in _SURE and _RECEIVER.fullmatch(before) is not None)
    whole = _whole(node)
    text = folded(made, whole, scope_at(made, node.start_byte))
    text = text.replace(UNKNOWN, "?") if tagged else text
    yield [node.start_point[0] + 1, _VALUE.sub("''", text)[:_LONGEST], sure]


def _whole(node: Node) -> Node:
    """The sum of texts that begins with a literal."""
    while node.parent is not None and node.parent.type == "binary_expression":
        if node.parent.start_byte != node.start_byte:
            break
        node = node.parent
    return node


def _given_to(node: Node) -> tuple[str, str]:
    """The name of the function that takes the text, and what stands before it."""
    inner, at = node, node.parent
    for _ in range(_HIGHEST):
        if at is None or at.type in {"statement_block", "program", "variable_declarator"}:
            return "", ""
        if at.type in {"call_expression", "new_expression"}:
            function = callee(at)
            if function is None or at.type == "new_expression":
                inner, at = at, at.parent
                continue
            if inner.id == function.id:
                return "", ""
            last = function.child_by_field_name("property")
            before = function.child_by_field_name("object")
            if last is None or before is None:
                return text_of(function), ""
            name = text_of(last)
            dotted = text_of(function)
            return (dotted if dotted in _TAGS else name), "".join(text_of(before).split())
        inner, at = at, at.parent
    return "", ""
