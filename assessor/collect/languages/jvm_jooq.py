"""Queries of jOOQ in Java and Kotlin: tables that are generated, or named by a literal."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.jvm_texts import value
from assessor.collect.languages.jvm_tree import Code, as_call, call_at, text_of

Query = tuple[str, str, int]  # table, operation, line
_OPERATIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "selectFrom", "from", "join", "innerJoin", "leftJoin", "leftOuterJoin", "rightJoin",
            "fullJoin", "crossJoin", "fetch", "fetchOne", "fetchAny", "fetchCount", "fetchExists",
        ),
        ("read",),
    ),
    "insertInto": ("create",),
    "update": ("update",),
    **dict.fromkeys(("deleteFrom", "delete", "truncate"), ("delete",)),
    "mergeInto": ("create", "update"),
}  # fmt: skip
_CALL = re.compile(rf"\b(?:{'|'.join(_OPERATIONS)})\s*\(".encode())
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
_MOST = 2_000


def queries(source: bytes, code: Code, stars: frozenset[str]) -> Iterator[Query]:
    """What the file asks of which table. stars: what it imports all of, static or not."""
    for match in islice(_CALL.finditer(source), _MOST):
        call = call_at(code.root, match.start())
        first = call.given[0] if call is not None and call.given else None
        table = _table(code, first, stars) if first is not None else ""
        for operation in _OPERATIONS[call.name] if call is not None and table else ():
            yield table, operation, call.line if call is not None else 1


def _table(code: Code, node: Node, stars: frozenset[str]) -> str:
    """The table that an expression is, "" for what is none, or not known."""
    call = as_call(node)
    if call is None:
        return _generated(code, node, stars)
    if call.name in {"as", "`as`"} and call.receiver is not None:
        return _table(code, call.receiver, stars)
    owner = text_of(call.receiver)
    imported = code.imports.get("table", "") == "org.jooq.impl.DSL.table"
    known = owner == "DSL" or (not owner and (imported or "org.jooq.impl.DSL" in stars))
    if call.name != "table" or not known or not call.given:
        return ""
    named = as_call(call.given[0])
    parts = named.given if named is not None and named.name == "name" else call.given[:1]
    texts = [value(code, part) or "" for part in parts]
    return ".".join(texts).lower() if all(re.fullmatch(r"\w+", text) for text in texts) else ""


def _generated(code: Code, node: Node, stars: frozenset[str]) -> str:
    """`ORDERS`, `Tables.ORDERS`, `Orders.ORDERS` of generated classes: their package tells."""
    owner, _, name = "".join(text_of(node).split()).rpartition(".")
    if _CONSTANT.fullmatch(name) is None:
        return ""
    homes = {code.imports.get(owner, owner)} if owner else {code.imports.get(name, ""), *stars}
    return name.lower() if any(_is_home(home) for home in homes) else ""


def _is_home(name: str) -> bool:
    """`db.Tables`, a member of it, or something in a package `tables`."""
    parts = name.split(".")
    return "tables" in parts or "Tables" in parts[-2:]
