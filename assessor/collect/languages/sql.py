"""SQL, JPQL and HQL: which tables a statement reads and changes. Only here is sqlglot known."""

import logging
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessor.collect.languages import sql_text
from assessor.collect.languages.sql_text import DYNAMIC, Accesses

if TYPE_CHECKING:
    from sqlglot import exp

DIALECTS = ("", "mysql", "postgres", "oracle", "tsql")
MAX_LENGTH = 20_000  # characters; what is longer is data, or made by a machine
_NO_TABLES = frozenset({"dual", "sysibm.sysdummy1"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text does to tables: sorted pairs of table and operation.

    accesses: table in lower case, without quotes; `create`, `read`, `update` or `delete`.
    unread: "" = all of it was read; `dynamic` = a table is known only when the program runs;
    `syntax` = it is SQL, and nothing could be made of it.
    """

    accesses: tuple[tuple[str, str], ...] = ()
    unread: str = ""


def looks_like_sql(text: str) -> bool:
    """Whether the text starts as a statement does; cheap, and true of some sentences as well."""
    return sql_text.looks_like_sql(text)


def statement(
    text: str, *, known: AbstractSet[str] = frozenset(), sure: bool = False
) -> Statement:
    """The tables that a statement reads and changes; nothing for what is no SQL.

    Placeholders of all kinds are understood; `{}` stands for a part that is not known.
    known: names of tables or entities, lower case: one of them makes «delete from x» believed.
    sure: the text stands where nothing but a statement can stand, so no second sign is needed.
    """
    if len(text) > MAX_LENGTH or not looks_like_sql(text):
        return Statement()
    plain = sql_text.plain(text)
    if not sql_text.is_possible(plain):
        return Statement()
    evident = sure or sql_text.is_evident(plain, written=text)
    parsed = _parsed(plain)
    found = parsed if parsed is not None else sql_text.by_pattern(plain) if evident else None
    if found is None or not (evident or _is_known(found, known, text)):
        return Statement()
    if any(sql_text.is_word(table) for table, _ in found):
        return Statement()
    return _result(found, parsed=parsed is not None)


def _is_known(found: Accesses, known: AbstractSet[str], text: str) -> bool:
    tables = {table for table, _ in found}
    return bool(tables) and tables <= known and not sql_text.is_sentence(text)


def _result(found: Accesses, *, parsed: bool) -> Statement:
    whole = {(table.removeprefix(f"{DYNAMIC}."), operation) for table, operation in found}
    clear = {(table, operation) for table, operation in whole if DYNAMIC not in table}
    kept = tuple(sorted(each for each in clear if each[0] and each[0] not in _NO_TABLES))
    if len(clear) < len(whole):
        return Statement(kept, "dynamic")
    return Statement(kept, "" if parsed or found else "syntax")


def _parsed(text: str) -> Accesses | None:
    """What the first dialect that takes the text makes of it; None where none does."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    for dialect in DIALECTS:
        try:
            trees = [tree for tree in sqlglot.parse(text, read=dialect) if tree is not None]
            found = frozenset(each for tree in trees for each in _accesses(tree))
        except (SqlglotError, RecursionError):
            continue
        if not any(_is_opaque(tree) for tree in trees):
            return found
    return None


def _is_opaque(tree: "exp.Expr") -> bool:
    """Whether sqlglot only passes the text through."""
    from sqlglot import exp

    return isinstance(tree, exp.Command) or not isinstance(
        tree, exp.Query | exp.DML | exp.Merge | exp.TruncateTable | exp.With
    )


def _accesses(tree: "exp.Expr") -> Iterator[tuple[str, str]]:
    from sqlglot import exp

    aliases = _aliases(tree)
    targets: set[int] = set()
    for change in tree.find_all(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.TruncateTable):
        for target in _targets(change):
            targets.add(id(target))
            table = _aliased(target, aliases)
            yield from ((_name(table), operation) for operation in _operations(change))
            targets.add(id(table))
    for table in tree.find_all(exp.Table):
        if id(table) not in targets and _is_read(table, aliases):
            yield _name(table), "read"


def _aliases(tree: "exp.Expr") -> dict[str, "exp.Table"]:
    from sqlglot import exp

    return {table.alias.lower(): table for table in tree.find_all(exp.Table) if table.alias}


def _targets(change: "exp.Expr") -> Iterator["exp.Table"]:
    """The tables that the statement changes."""
    from sqlglot import exp

    if isinstance(change, exp.TruncateTable):
        yield from (table for table in change.expressions if isinstance(table, exp.Table))
        return
    named = change.args.get("tables") if isinstance(change, exp.Delete) else None
    for target in named or [change.this]:
        table = target.this if isinstance(target, exp.Schema) else target
        if isinstance(table, exp.Table):
            yield table


def _aliased(table: "exp.Table", aliases: dict[str, "exp.Table"]) -> "exp.Table":
    """The table that an alias stands for, in `update o set … from orders o`."""
    return table if table.db else aliases.get(table.name.lower(), table)


def _operations(change: "exp.Expr") -> tuple[str, ...]:
    from sqlglot import exp

    if isinstance(change, exp.Insert):
        conflict = change.args.get("conflict")
        changes = conflict is not None and "DO NOTHING" not in conflict.sql().upper()
        again = changes or change.args.get("overwrite")
        replaces = change.args.get("is_replace") or change.args.get("alternative") == "REPLACE"
        return ("create", "update") if again or replaces else ("create",)
    if isinstance(change, exp.Merge):
        return ("create", "update")
    return ("update",) if isinstance(change, exp.Update) else ("delete",)


def _is_read(table: "exp.Table", aliases: dict[str, "exp.Table"]) -> bool:
    """Whether it is a table, and neither a function, a path from an alias nor a WITH name."""
    from sqlglot import exp

    if not isinstance(table.this, exp.Identifier | exp.Dot) or table.name.startswith(("#", "@")):
        return False
    first = _name(table).partition(".")[0]
    if "." in _name(table) and aliases.get(first, table) is not table:
        return False
    return bool(table.db) or not _is_with_name(table)


def _is_with_name(table: "exp.Table") -> bool:
    """Whether a WITH around the table gives its name to a query other than the one it is in."""
    from sqlglot import exp

    node = table.parent
    while node is not None:
        clause = node.args.get("with_") or node.args.get("with")
        if isinstance(clause, exp.With):
            same = [
                each for each in clause.expressions if each.alias.lower() == table.name.lower()
            ]
            if any(clause.recursive or not _contains(each, table) for each in same):
                return True
        node = node.parent
    return False


def _contains(outer: "exp.Expr", inner: "exp.Expr") -> bool:
    node: exp.Expr | None = inner
    while node is not None and node is not outer:
        node = node.parent
    return node is outer


def _name(table: "exp.Table") -> str:
    return ".".join(part.name.lower() for part in table.parts)
