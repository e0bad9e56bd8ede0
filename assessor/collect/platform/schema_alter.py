"""`ALTER TABLE` in all dialects: columns and foreign keys that come, go or change their names."""

from collections.abc import Sequence

from assessor.collect.platform.schema_parts import (
    columns_in,
    grouped,
    item,
    name_of,
    split,
    unless_there,
    with_items,
)
from assessor.collect.platform.schema_steps import COLUMN, HAS, LACKS, NO_KEY, RENAME, Step
from assessor.collect.platform.schema_text import Word

_NAMED = frozenset(["COLUMN", "CONSTRAINT", "FOREIGN", "INDEX", "KEY", "PRIMARY", "CHECK"])
_KNOWN = frozenset(
    ["ALTER", "MODIFY", "SET", "OWNER", "ENABLE", "DISABLE", "VALIDATE", "CONVERT", "ENGINE",
     "AUTO_INCREMENT", "COMMENT", "CHECK", "NOCHECK", "ATTACH", "DETACH", "CLUSTER", "INHERIT",
     "REPLICA", "ORDER", "DEFAULT", "CHARACTER", "COLLATE", "SWITCH", "REBUILD", "TRUNCATE",
     "FORCE", "ALGORITHM", "LOCK", "NO", "RESET", "MOVE", "SPLIT", "EXCHANGE"]
)  # fmt: skip


def altered(words: Sequence[Word], *, line: int) -> list[Step]:
    """What the words after `ALTER TABLE` do, in their order."""
    named = name_of(unless_there(words))
    if not named.name:
        return []
    rest = list(named.rest)
    if rest and rest[0].upper == "WITH":
        rest = rest[2:]
    found: list[Step] = []
    verb = ""
    for action in split(rest):
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
    words = unless_there(words)
    if words and words[0].text == "(":
        items = [item(part) for part in split(grouped(words) or ())]
    else:
        items = [item(words)]
    line = words[0].line if words else line
    found = with_items(Step(HAS, table, line), items)
    return [found] if found.columns or found.keys or found.primary else []


def _removed(table: str, words: Sequence[Word], line: int) -> list[Step]:
    kind = words[0].upper if words and words[0].upper in _NAMED and len(words) > 1 else "COLUMN"
    rest = [word for word in words if word.quoted or word.upper not in _NAMED]
    rest = list(unless_there(rest))
    if kind in {"CONSTRAINT", "FOREIGN"} and rest:
        return [Step(NO_KEY, table, line, to=rest[0].text.lower())]
    if kind != "COLUMN":
        return []
    names = columns_in(rest) if rest and rest[0].text == "(" else tuple(w.text for w in rest[:1])
    return [Step(LACKS, table, line, columns=tuple(name.lower() for name in names))]


def _relabelled(table: str, words: Sequence[Word], line: int) -> list[Step]:
    if words and words[0].upper in {"INDEX", "KEY", "CONSTRAINT"}:
        return []
    if words and words[0].upper in {"TO", "AS"}:
        return [Step(RENAME, table, line, to=_beside(table, name_of(words[1:]).name))]
    rest = words[1:] if words and words[0].upper == "COLUMN" else words
    if len(rest) > 2 and rest[1].upper == "TO":  # noqa: PLR2004 - a TO b
        names = (rest[0].text.lower(), rest[2].text.lower())
        return [Step(COLUMN, table, line, columns=names)]
    return [Step(RENAME, table, line, to=_beside(table, name_of(rest).name))] if rest else []


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
