"""What SQL in literals of Python does to tables, and what of it cannot be read."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from assessor.collect.languages import joins, sql
from assessor.collect.languages.python_access import Accesses, add
from assessor.collect.languages.python_literals import masked
from assessor.collect.languages.python_meaning import Names, Row, Sort, meaning

_CURSOR = re.compile(
    r"(?:.*_)?(?:cur|cursor|conn|connection|db|engine|session|database|c)", re.IGNORECASE
)
_EXECUTES = {"execute", "executemany", "executescript"}
_CLAUSE = re.compile(r"\b(?:from|into|set|values|where)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\s*[A-Z][a-z]+\s")
_SHOWN = 200  # letters of a text that are shown


def sql_accesses(
    names: Names, tables: AbstractSet[str]
) -> tuple[Accesses, list[tuple[str, int, str, str]], joins.Joins]:
    """What literals do to tables; (path, line, reason, text) of what could not be read.

    Last the pairs of tables that one literal names.
    """
    found: Accesses = {}
    together: list[tuple[str, joins.Place, list[str]]] = []
    unread: list[tuple[str, int, str, str]] = []
    for path, said in sorted(names.facts.items()):
        for _, at, text, sure, _ in said["asked"]:
            result = sql.statement(text, known=tables, sure=sure)
            for table, operation in result.accesses:
                add(found, path, table, operation=operation, line=at)
            together.append((path, (path, at), [table for table, _ in result.accesses]))
            if result.unread and (sure or _is_evident(text)):
                unread.append((path, at, result.unread, _shown(text)))
        unread.extend(_unknown(names, path))
    return found, unread, joins.joined(together)


def _is_evident(text: str) -> bool:
    """Whether more than its first word speaks for a statement: «Delete %s» is a sentence."""
    return bool(_CLAUSE.search(text)) and not _SENTENCE.match(text)


def _shown(text: str) -> str:
    return masked(" ".join(text.split()))[:_SHOWN]


def _unknown(names: Names, path: str) -> Iterator[tuple[str, int, str, str]]:
    """Calls of `cursor.execute(name)` where nothing says what the name holds."""
    for row in names.rows.get(path, ()):
        called = _executed(row)
        if called and not _is_known(names, path, row, name=called):
            yield path, row.line, "dynamic", f"execute({called})"


def _executed(row: Row) -> str:
    """The name that is passed to a cursor, "" where a literal is, or nothing."""
    steps = row.steps if isinstance(row.steps, list) else []
    for before, step in pairwise(steps):
        if isinstance(step, list) and step[0] in _EXECUTES and len(step) > 1:
            owner = before[0] if isinstance(before, list) else before
            first = step[1]
            plain = isinstance(first, str) and not first.startswith("'")
            return str(first) if plain and _CURSOR.fullmatch(str(owner)) else ""
    return ""


def _is_known(names: Names, path: str, row: Row, *, name: str) -> bool:
    """Whether a literal was found for the name, or a statement made of classes."""
    if _texts(names, path, row.scope, name=name):
        return True
    scope = row.scope
    values: Mapping[tuple[str, str], object] = names.values.get(path, {})
    while scope:
        if (scope, name) in values:
            return True
        scope = scope.rpartition(".")[0]
    meant = meaning(names, path, name)
    if meant is None:
        return False
    return meant.sort is Sort.VALUE or bool(
        _texts(names, meant.path, "", name=name.rpartition(".")[2])
    )


def _texts(names: Names, path: str, scope: str, *, name: str) -> list[str]:
    if path not in names.facts:
        return []
    return [
        text
        for around, _, text, _, given in names.facts[path]["asked"]
        if given == name and (not around or scope == around or scope.startswith(f"{around}."))
    ]
