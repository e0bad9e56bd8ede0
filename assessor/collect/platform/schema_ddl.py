"""Statements that define tables, read word by word: what they create, change and drop.

No grammar of one dialect: what is not understood in a statement is passed over, and what names a
table, its columns and its foreign keys is written much alike in all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.collect.languages import sql
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    HAS,
    LACKS,
    NO_KEY,
    RENAME,
    VIEW,
    Key,
    Step,
    placed,
    table_name,
)
from assessor.collect.platform.schema_text import Statement, Word, statements

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
_OTHERS = frozenset(["CHECK", "EXCLUDE", "FULLTEXT", "SPATIAL", "LIKE", "PERIOD", "PARTITION"])
_INDEXES = frozenset(["KEY", "INDEX", "UNIQUE"])
_KINDS_OF_CONSTRAINT = frozenset(["FOREIGN", "PRIMARY", "UNIQUE", "CHECK"])
_NAMED = frozenset(["COLUMN", "CONSTRAINT", "FOREIGN", "INDEX", "KEY", "PRIMARY", "CHECK"])


class BrokenError(ValueError):
    """A statement that says it defines a table, and does not say which."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A table's name, "" = only the running program knows it, and the words after it."""

    name: str
    rest: Sequence[Word]


@dataclass(frozen=True, slots=True)
class _Item:
    """What stands between two commas: columns, the primary key, foreign keys."""

    columns: tuple[str, ...] = ()
    primary: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()


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
        return _altered(words[2:], line=words[0].line)
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
    named = _name(_unless_there(words[at + 1 :]))
    if not named.name:
        return []
    return [_table(named, line=words[0].line, broken=statement.broken)]


def _unless_there(words: Sequence[Word]) -> Sequence[Word]:
    """The words after `IF NOT EXISTS`, `IF EXISTS` and `ONLY`."""
    at = 0
    while at < len(words) and words[at].upper in {"IF", "NOT", "EXISTS", "ONLY"}:
        at += 1
    return words[at:]


def _name(words: Sequence[Word]) -> _Name:
    """The name at the beginning. Raises `BrokenError` where there is none."""
    parts: list[str] = []
    is_open = False
    at = 0
    while at < len(words):
        word = words[at]
        if word.quoted == "$":
            is_open = True
        elif word.is_name or word.text.startswith(("#", "@")) or (word.quoted == "'" and not at):
            parts.append(word.text)
        else:
            break
        if at + 1 < len(words) and words[at + 1].text in {".", ".."}:
            at, is_open = at + 2, False
            continue
        at += 1
        touching = at < len(words) and words[at].quoted == "$" and is_open
        if not touching and not (is_open and at < len(words) and _glued(words, at)):
            break
    if not parts and not is_open:
        raise BrokenError
    temporary = any(part.startswith(("#", "@")) for part in parts)
    name = "" if is_open or temporary else table_name(".".join(parts))
    return _Name(name, words[at:])


def _glued(words: Sequence[Word], at: int) -> bool:
    """Whether the word goes on with a name of which only a part is known."""
    return words[at].is_name and words[at].upper not in {"ADD", "DROP", "RENAME", "AS"}


def _table(named: _Name, *, line: int, broken: bool) -> Step:
    if not named.rest or named.rest[0].text != "(":
        return Step(CREATE, named.name, line)
    group = _group(named.rest)
    if group is None or broken:
        raise BrokenError
    found = [_item(item) for item in _split(group)]
    return _step(Step(CREATE, named.name, line), found)


def _step(empty: Step, found: Sequence[_Item]) -> Step:
    return replace(
        empty,
        columns=tuple(column for item in found for column in item.columns),
        primary=tuple(column for item in found for column in item.primary),
        keys=tuple(key for item in found for key in item.keys),
    )


def _group(words: Sequence[Word]) -> Sequence[Word] | None:
    """The words between the first parenthesis and its end, None if it has none."""
    depth = 0
    for at, word in enumerate(words):
        if not word.quoted and word.text in {"(", ")"}:
            depth += 1 if word.text == "(" else -1
            if depth == 0:
                return words[1:at]
    return None


def _split(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The parts between commas that stand in no parentheses."""
    depth, start = 0, 0
    for at, word in enumerate(words):
        if word.quoted:
            continue
        depth += (word.text == "(") - (word.text == ")")
        if word.text == "," and depth == 0:
            yield words[start:at]
            start = at + 1
    if start < len(words):
        yield words[start:]


def _item(words: Sequence[Word]) -> _Item:
    """A column or a constraint as `CREATE TABLE` and `ADD` have it."""
    rest, name, is_constraint = _constraint_name(words)
    if not rest or not rest[0].is_name:
        return _Item()
    first, second = rest[0].upper, rest[1].upper if len(rest) > 1 else ""
    if first == "FOREIGN" and second == "KEY":
        return _foreign(rest[2:], name)
    if first == "PRIMARY" and second in {"KEY", "("}:
        return _Item(primary=_columns(rest))
    other = first in _OTHERS | _INDEXES and not _is_column(rest)
    return _Item() if is_constraint or other else _column(rest)


def _constraint_name(words: Sequence[Word]) -> tuple[Sequence[Word], str, bool]:
    """What follows `CONSTRAINT name`, the name, and whether that is what stands there."""
    if not words or words[0].upper != "CONSTRAINT":
        return words, "", False
    if len(words) > 1 and words[1].upper not in _KINDS_OF_CONSTRAINT:
        return words[2:], words[1].text, True
    return words[1:], "", True


def _is_column(words: Sequence[Word]) -> bool:
    """Whether a word that may begin an index or a check names a column: `key varchar(20)`."""
    if len(words) < 2 or not words[1].is_name or words[1].quoted:  # noqa: PLR2004
        return False
    if words[1].upper in _INDEXES | {"USING", "CLUSTERED", "NONCLUSTERED", "NULLS", "FOR"}:
        return False
    if len(words) == 2 or words[2].text != "(":  # noqa: PLR2004
        return words[2].upper != "USING" if len(words) > 2 else True  # noqa: PLR2004
    return len(words) > 3 and (words[3].text.isdigit() or words[3].upper == "MAX")  # noqa: PLR2004


def _columns(words: Sequence[Word]) -> tuple[str, ...]:
    """The names in the first parentheses; those of expressions are left out."""
    start = next((at for at, word in enumerate(words) if word.text == "("), None)
    group = _group(words[start:]) if start is not None else None
    parts = (part for part in _split(group or ()) if part and part[0].is_name)
    return tuple(part[0].text.lower() for part in parts)


def _foreign(words: Sequence[Word], name: str) -> _Item:
    at = next((at for at, word in enumerate(words) if word.upper == "REFERENCES"), None)
    if at is None:
        return _Item()
    target = _name(words[at + 1 :]).name
    if not name and words[0].is_name:
        name = words[0].text
    key = Key(_columns(words[:at]), target, name.lower(), words[0].line)
    return _Item(keys=(key,) if target else ())


def _column(words: Sequence[Word]) -> _Item:
    name = words[0].text.lower()
    primary = any(
        word.upper == "PRIMARY" and at + 1 < len(words) and words[at + 1].upper == "KEY"
        for at, word in enumerate(words)
    )
    keys: tuple[Key, ...] = ()
    at = next((at for at, word in enumerate(words) if word.upper == "REFERENCES"), None)
    if at:
        target = _name(words[at + 1 :]).name
        label = next(
            (words[n + 1].text for n in range(at - 1) if words[n].upper == "CONSTRAINT"), ""
        )
        keys = (Key((name,), target, label.lower(), words[0].line),) if target else ()
    return _Item((name,), (name,) if primary else (), keys)


def _view(words: Sequence[Word], statement: Statement, *, line: int) -> list[Step]:
    named = _name(_unless_there(words))
    if not named.name:
        return []
    upper = statement.text.upper()
    body = statement.text[max(upper.find("SELECT"), 0) :].rstrip().rstrip(";")
    reads = {table for table, _ in sql.statement(body, sure=True).accesses}
    tables = sorted({table_name(each) for each in reads} - {"", named.name})
    return [Step(VIEW, named.name, line, reads=tuple(tables))]


def _dropped(words: Sequence[Word], *, line: int) -> list[Step]:
    found = [_name(part).name for part in _split(_unless_there(words)) if part]
    return [Step(DROP, name, line) for name in found if name]


def _renamed(words: Sequence[Word]) -> list[Step]:
    """`RENAME TABLE a TO b, c TO d`, or T-SQL's `sp_rename 'a', 'b'`."""
    line = words[0].line
    if words[0].upper == "RENAME":
        pairs = [(_name(part), part) for part in _split(words[2:]) if part]
        return [
            Step(RENAME, named.name, line, to=_name(named.rest[1:]).name)
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


def _altered(words: Sequence[Word], *, line: int) -> list[Step]:
    named = _name(_unless_there(words))
    if not named.name:
        return []
    rest = list(named.rest)
    if rest and rest[0].upper == "WITH":
        rest = rest[2:]
    found: list[Step] = []
    verb = ""
    for action in _split(rest):
        if not action:
            continue
        said = action[0].upper
        verb = said if said in _VERBS or said in _KNOWN else verb
        body = action[1:] if verb == said else action
        if verb in _VERBS:
            found += _VERBS[verb](named.name, body, line)
    return found


def _added(table: str, words: Sequence[Word], line: int) -> list[Step]:
    if words and words[0].upper == "COLUMN":
        words = words[1:]
    words = _unless_there(words)
    if words and words[0].text == "(":
        items = [_item(part) for part in _split(_group(words) or ())]
    else:
        items = [_item(words)]
    line = words[0].line if words else line
    found = _step(Step(HAS, table, line), items)
    return [found] if found.columns or found.keys or found.primary else []


def _removed(table: str, words: Sequence[Word], line: int) -> list[Step]:
    kind = words[0].upper if words and words[0].upper in _NAMED and len(words) > 1 else "COLUMN"
    rest = [word for word in words if word.quoted or word.upper not in _NAMED]
    rest = list(_unless_there(rest))
    if kind in {"CONSTRAINT", "FOREIGN"} and rest:
        return [Step(NO_KEY, table, line, to=rest[0].text.lower())]
    if kind != "COLUMN":
        return []
    names = _columns(rest) if rest and rest[0].text == "(" else tuple(w.text for w in rest[:1])
    return [Step(LACKS, table, line, columns=tuple(name.lower() for name in names))]


def _relabelled(table: str, words: Sequence[Word], line: int) -> list[Step]:
    if words and words[0].upper in {"INDEX", "KEY", "CONSTRAINT"}:
        return []
    if words and words[0].upper in {"TO", "AS"}:
        return [Step(RENAME, table, line, to=_beside(table, _name(words[1:]).name))]
    rest = words[1:] if words and words[0].upper == "COLUMN" else words
    if len(rest) > 2 and rest[1].upper == "TO":  # noqa: PLR2004 - a TO b
        names = (rest[0].text.lower(), rest[2].text.lower())
        return [Step(COLUMN, table, line, columns=names)]
    return [Step(RENAME, table, line, to=_beside(table, _name(rest).name))] if rest else []


def _beside(table: str, name: str) -> str:
    """The new name in the schema that the table is in."""
    schema = table.rpartition(".")[0]
    return f"{schema}.{name}" if schema and name and "." not in name else name


def _changed(table: str, words: Sequence[Word], line: int) -> list[Step]:
    """MySQL's `CHANGE old new type`."""
    rest = words[1:] if words and words[0].upper == "COLUMN" else words
    if len(rest) < 2 or rest[0].text == rest[1].text:  # noqa: PLR2004
        return []
    return [Step(COLUMN, table, line, columns=(rest[0].text.lower(), rest[1].text.lower()))]


_VERBS = {"ADD": _added, "DROP": _removed, "RENAME": _relabelled, "CHANGE": _changed}
_KNOWN = frozenset(
    ["ALTER", "MODIFY", "SET", "OWNER", "ENABLE", "DISABLE", "VALIDATE", "CONVERT", "ENGINE",
     "AUTO_INCREMENT", "COMMENT", "CHECK", "NOCHECK", "ATTACH", "DETACH", "CLUSTER", "INHERIT",
     "REPLICA", "ORDER", "DEFAULT", "CHARACTER", "COLLATE", "SWITCH", "REBUILD", "TRUNCATE",
     "FORCE", "ALGORITHM", "LOCK", "NO", "RESET", "MOVE", "SPLIT", "EXCHANGE"]
)  # fmt: skip
