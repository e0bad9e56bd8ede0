"""Transactions that a Python file begins or declares."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.behaviour import transaction
from assessor.collect.languages.python_deeds import deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import (
    DECORATOR,
    Look,
    importing,
    is_literal,
    line_of,
    scope,
    shown,
)
from assessor.collect.languages.python_origins import origin

# Functions that declare a transaction around a function or a block -> framework.
DECLARED: Mapping[str, str] = {
    "django.db.transaction.atomic": "django",
    "django.db.transaction.commit_on_success": "django",
    "pony.orm.db_session": "pony",
    "pony.orm.core.db_session": "pony",
    "tortoise.transactions.atomic": "tortoise",
    "tortoise.transactions.in_transaction": "tortoise",
}
ROOTS = frozenset(
    [
        "django.db.transaction",
        "sqlalchemy",
        "sqlmodel",
        "flask_sqlalchemy",
        "pony",
        "tortoise",
        "peewee",
        "playhouse",
        "asyncpg",
        "psycopg",
        "psycopg2",
        "databases",
        "pymongo",
        "motor",
    ]
)
CALLS = re.compile(
    rb"\b(atomic|commit_on_success|db_session|in_transaction|begin|begin_nested|transaction"
    rb"|start_transaction)\s*\("
)
_BEGINS: Mapping[str, tuple[frozenset[str], str]] = {
    "begin": (frozenset(("sqlalchemy", "sqlmodel", "flask_sqlalchemy")), "sqlalchemy"),
    "begin_nested": (frozenset(("sqlalchemy", "sqlmodel", "flask_sqlalchemy")), "sqlalchemy"),
    "atomic": (frozenset(("peewee", "playhouse")), "peewee"),
    "transaction": (frozenset(("asyncpg", "psycopg", "databases")), ""),
    "start_transaction": (frozenset(("pymongo", "motor")), "mongodb"),
}
_OWNERS = re.compile(
    r"(?:.*\.)?(?:.*_)?(?:session|sess|engine|conn|connection|db|database)(?:\(\))?", re.IGNORECASE
).fullmatch
REQUESTS = re.compile(rb"[\"'](ATOMIC_REQUESTS)[\"']\s*(?::|\]\s*=)\s*True\b")


def transaction_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """A call that begins a transaction; decorators are read elsewhere."""
    around = call.parent
    if around is not None and around.kind_id in DECORATOR:
        return
    found = origin(look, call.child(0))
    handler = scope(look, call.start_byte)
    if found.full in DECLARED:
        row = transaction(line_of(call), handler=handler, framework=DECLARED[found.full])
        yield deed(row, number=found.number)
    elif name in _BEGINS:
        roots, framework = _BEGINS[name]
        root = found.full.partition(".")[0]
        number = found.number if root in roots else -1
        if number < 0 and _is_likely(look, call):
            root, number = importing(look, roots)
        if number >= 0:
            shown_ = framework or root
            row = transaction(line_of(call), handler=handler, framework=shown_)
            yield deed(row, number=number)


def _is_likely(look: Look, call: Node) -> bool:
    """What it is called on has the name of a session or a connection."""
    function = call.child(0)
    owner = function.child(0) if function is not None and function.type == "attribute" else None
    return owner is not None and bool(_OWNERS(shown(look, owner)))


def request_rows(look: Look) -> Iterator[Deed]:
    """`ATOMIC_REQUESTS: True` of Django: a transaction around every request."""
    for found in islice(REQUESTS.finditer(look.source), 1):
        if not is_literal(look, found.start()):
            continue
        line = look.source.count(b"\n", 0, found.start()) + 1
        row = transaction(line, handler=found[1].decode(), framework="django")
        yield deed(row)
