"""Statements that define tables, read word by word: what they create, change and drop.

No grammar of one dialect: what is not understood in a statement is passed over, and what names a
table, its columns and its foreign keys is written much alike in all of them.
"""

import re
from collections.abc import Iterator, Sequence

from assessor.collect.languages.sql_text import by_pattern
from assessor.collect.platform.schema_alter import altered
from assessor.collect.platform.schema_parts import (
    BrokenError,
    Name,
    grouped,
    item,
    name_of,
    split,
    unless_there,
    with_items,
)
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    RENAME,
    VIEW,
    Step,
    placed,
    table_name,
)
from assessor.collect.platform.schema_text import Statement, Word, statements

MAX_QUERY = 10_000  # characters of a view's query that are looked at
_AS = re.compile(r"\bAS\b", re.IGNORECASE)
_ASIDE = frozenset(["TEMP", "TEMPORARY", "VOLATILE", "PRIVATE"])  # gone with the session
_BEFORE_TABLE = frozenset(
    ["GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN", "EXTERNAL", "COLUMN", "ROW", "CACHED", "MEMORY"]
)
_BEFORE_VIEW = frozenset(
    [
        "OR", "REPLACE", "ALTER", "FORCE", "NOFORCE", "EDITIONABLE", "NONEDITIONABLE",
        "MATERIALIZED", "RECURSIVE", "ALGORITHM", "=", "UNDEFINED", "MERGE", "TEMPTABLE",
        "DEFINER", "SQL", "SECURITY", "INVOKER", "CURRENT_USER", "@",
    ]
)  # fmt: skip


def steps(text: str) -> tuple[list[Step], list[int]]:
    """The steps in their order, and the lines of statements that are broken."""
    found: list[Step] = []
    broken: list[int] = []
    for statement in _statements(text):
        for words in _definitions(statement.words):
            try:
                found += _steps(words, statement)
            except BrokenError:
                broken.append(words[0].line)
    return found, broken


def inside(text: str, line: int) -> list[Step]:
    """The steps of SQL that other code holds as a text, on the line of that code."""
    return [placed(step, line) for step in steps(text)[0]]


def _statements(text: str) -> Iterator[Statement]:
    """The statements, and those in a block that the database runs at once."""
    for statement in statements(text):
        yield statement
        first = statement.words[0].upper if statement.words else ""
        bodies = [w for w in statement.words if w.quoted == "'"] if first == "DO" else []
        for body in bodies:
            for each in statements(body.text):
                later = tuple(Word(w.text, w.line + body.line - 1, w.quoted) for w in each.words)
                yield Statement(each.text, each.line + body.line - 1, later, each.broken)


def _definitions(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The parts of a statement that each define something: T-SQL needs nothing between them."""
    starts = [at for at in range(len(words)) if _starts(words, at)]
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(words)
        yield words[start:end]


def _starts(words: Sequence[Word], at: int) -> bool:
    verb = words[at].upper
    after = words[at + 1].upper if at + 1 < len(words) else ""
    if verb == "CREATE":
        return at == 0 or words[at - 1].text not in {",", "."}
    if verb in {"ALTER", "DROP", "RENAME"}:
        return after == "TABLE" or (verb == "DROP" and after == "VIEW")
    return verb.rpartition(".")[2] == "SP_RENAME"


def _steps(words: Sequence[Word], statement: Statement) -> list[Step]:
    verb = words[0].upper
    if verb == "CREATE":
        return _created(words, statement)
    if verb == "ALTER":
        return altered(words[2:], line=words[0].line)
    if verb == "DROP":
        return _dropped(words[2:], line=words[0].line)
    return _renamed(words)


def _created(words: Sequence[Word], statement: Statement) -> list[Step]:
    at = 1
    while at < len(words) and (words[at].upper in _BEFORE_TABLE | _BEFORE_VIEW | _ASIDE):
        at += 1
    kind = words[at].upper if at < len(words) else ""
    before = {word.upper for word in words[1:at]}
    if kind == "VIEW" or (kind == "TABLE" and before & {"MATERIALIZED"}):
        return _view(words[at + 1 :], statement, line=words[0].line)
    if kind != "TABLE":
        return []
    if before & _ASIDE:
        return []
    named = name_of(unless_there(words[at + 1 :]))
    if not named.name:
        return []
    return [_table(named, line=words[0].line, broken=statement.broken)]


def _table(named: Name, *, line: int, broken: bool) -> Step:
    if not named.rest or named.rest[0].text != "(":
        return Step(CREATE, named.name, line)
    group = grouped(named.rest)
    if group is None or broken:
        raise BrokenError
    found = [item(part) for part in split(group)]
    return with_items(Step(CREATE, named.name, line), found)


def _view(words: Sequence[Word], statement: Statement, *, line: int) -> list[Step]:
    named = name_of(unless_there(words))
    if not named.name:
        return []
    start = _AS.search(statement.text)
    body = statement.text[start.end() if start else 0 :][:MAX_QUERY]
    reads = {table for table, _ in by_pattern(body)}
    tables = sorted({table_name(each) for each in reads} - {"", named.name})
    return [Step(VIEW, named.name, line, reads=tuple(tables))]


def _dropped(words: Sequence[Word], *, line: int) -> list[Step]:
    found = [name_of(part).name for part in split(unless_there(words)) if part]
    return [Step(DROP, name, line) for name in found if name]


def _renamed(words: Sequence[Word]) -> list[Step]:
    """`RENAME TABLE a TO b, c TO d`, or T-SQL's `sp_rename 'a', 'b'`."""
    line = words[0].line
    if words[0].upper == "RENAME":
        pairs = [(name_of(part), part) for part in split(words[2:]) if part]
        return [
            Step(RENAME, named.name, line, to=name_of(named.rest[1:]).name)
            for named, _ in pairs
            if named.name and named.rest and named.rest[0].upper == "TO"
        ]
    texts = [word.text for word in words if word.quoted == "'"]
    if len(texts) == 2:  # noqa: PLR2004 - the old name and the new one
        return [Step(RENAME, table_name(texts[0]), line, to=table_name(texts[1]))]
    table, _, column = texts[0].rpartition(".") if texts else ("", "", "")
    if len(texts) == 3 and texts[2].upper() == "COLUMN" and table:  # noqa: PLR2004
        names = (column.strip("[]").lower(), texts[1].lower())
        return [Step(COLUMN, table_name(table), line, columns=names)]
    return []
