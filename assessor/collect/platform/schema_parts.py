"""Parts of statements that define tables: names, what stands between commas, columns, keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessor.collect.platform.schema_steps import Key, Step, table_name
from assessor.collect.platform.schema_text import Word

_OTHERS = frozenset(["CHECK", "EXCLUDE", "FULLTEXT", "SPATIAL", "LIKE", "PERIOD", "PARTITION"])
_INDEXES = frozenset(["KEY", "INDEX", "UNIQUE"])
_KINDS_OF_CONSTRAINT = frozenset(["FOREIGN", "PRIMARY", "UNIQUE", "CHECK"])


class BrokenError(ValueError):
    """A statement that says it defines a table, and does not say which."""


@dataclass(frozen=True, slots=True)
class Name:
    """A table's name, "" = only the running program knows it, and the words after it."""

    name: str
    rest: Sequence[Word]


@dataclass(frozen=True, slots=True)
class Item:
    """What stands between two commas: columns, the primary key, foreign keys."""

    columns: tuple[str, ...] = ()
    primary: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()


def unless_there(words: Sequence[Word]) -> Sequence[Word]:
    """The words after `IF NOT EXISTS`, `IF EXISTS` and `ONLY`."""
    at = 0
    while at < len(words) and words[at].upper in {"IF", "NOT", "EXISTS", "ONLY"}:
        at += 1
    return words[at:]


def name_of(words: Sequence[Word]) -> Name:
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
    return Name(name, words[at:])


def _glued(words: Sequence[Word], at: int) -> bool:
    """Whether the word goes on with a name of which only a part is known."""
    return words[at].is_name and words[at].upper not in {"ADD", "DROP", "RENAME", "AS"}


def with_items(empty: Step, found: Sequence[Item]) -> Step:
    """The step with what the items say of its table."""
    return replace(
        empty,
        columns=tuple(column for item in found for column in item.columns),
        primary=tuple(column for item in found for column in item.primary),
        keys=tuple(key for item in found for key in item.keys),
    )


def grouped(words: Sequence[Word]) -> Sequence[Word] | None:
    """The words between the first parenthesis and its end, None if it has none."""
    depth = 0
    for at, word in enumerate(words):
        if not word.quoted and word.text in {"(", ")"}:
            depth += 1 if word.text == "(" else -1
            if depth == 0:
                return words[1:at]
    return None


def split(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
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


def item(words: Sequence[Word]) -> Item:
    """A column or a constraint as `CREATE TABLE` and `ADD` have it."""
    rest, name, is_constraint = _constraint_name(words)
    if not rest or not rest[0].is_name:
        return Item()
    first, second = rest[0].upper, rest[1].upper if len(rest) > 1 else ""
    if first == "FOREIGN" and second == "KEY":
        return _foreign(rest[2:], name)
    if first == "PRIMARY" and second in {"KEY", "("}:
        return Item(primary=columns_in(rest))
    other = first in _OTHERS | _INDEXES and not _is_column(rest)
    return Item() if is_constraint or other else _column(rest)


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


def columns_in(words: Sequence[Word]) -> tuple[str, ...]:
    """The names in the first parentheses; those of expressions are left out."""
    start = next((at for at, word in enumerate(words) if word.text == "("), None)
    group = grouped(words[start:]) if start is not None else None
    parts = (part for part in split(group or ()) if part and part[0].is_name)
    return tuple(part[0].text.lower() for part in parts)


def _foreign(words: Sequence[Word], name: str) -> Item:
    at = next((at for at, word in enumerate(words) if word.upper == "REFERENCES"), None)
    if at is None:
        return Item()
    target = name_of(words[at + 1 :]).name
    if not name and words[0].is_name:
        name = words[0].text
    key = Key(columns_in(words[:at]), target, name.lower(), words[0].line)
    return Item(keys=(key,) if target else ())


def _column(words: Sequence[Word]) -> Item:
    name = words[0].text.lower()
    primary = any(
        word.upper == "PRIMARY" and at + 1 < len(words) and words[at + 1].upper == "KEY"
        for at, word in enumerate(words)
    )
    keys: tuple[Key, ...] = ()
    at = next((at for at, word in enumerate(words) if word.upper == "REFERENCES"), None)
    if at:
        target = name_of(words[at + 1 :]).name
        label = next(
            (words[n + 1].text for n in range(at - 1) if words[n].upper == "CONSTRAINT"), ""
        )
        keys = (Key((name,), target, label.lower(), words[0].line),) if target else ()
    return Item((name,), (name,) if primary else (), keys)
