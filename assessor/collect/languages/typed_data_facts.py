"""What one file says on data: annotations of storage, texts of SQL, calls of a session."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from assessor.collect.languages.java_literals import speaks_of_secrets
from assessor.collect.languages.typed_facts import DataFacts, Mark, Scope

# Simple names of the annotations that are kept with all their arguments.
MARKS = frozenset(
    {
        "Entity", "Table", "SecondaryTable", "SecondaryTables", "JoinTable", "CollectionTable",
        "TableName",
        "Embeddable", "MappedSuperclass", "Inheritance", "Document", "RepositoryDefinition",
        "OneToOne", "OneToMany", "ManyToOne", "ManyToMany", "ElementCollection",
        "Query", "NamedQuery", "NamedNativeQuery", "NativeQuery",
        "Select", "Insert", "Update", "Delete", "Sql", "SqlUpdate", "SqlQuery",
    }
)  # fmt: skip
# Methods of an entity manager or session whose first argument says which entity.
VERBS = frozenset(
    {
        "persist", "merge", "remove", "find", "getReference", "save", "update", "saveOrUpdate",
        "delete", "get", "load", "from", "createCriteria", "createNamedQuery", "getNamedQuery",
        "withTableName", "selectOne", "selectList", "selectMap", "selectCursor", "insert",
    }
)  # fmt: skip
_VALUE = re.compile(r"'(?:[^']|'')*(?:'|$)|(?<==)\s*\"[^\"]*\"(?!\s*\.)")
_NAME = re.compile(r"\{([\w.]+)\}")
_TAG = re.compile(r"</?(\w+)(?:\s[^<>]*)?>")  # of MyBatis, in the text of an annotation
_KEPT_TAGS = {"where": " where ", "set": " set "}
_SESSIONS = ("EntityManager", "hibernate", "SimpleJdbcInsert", "SqlSession")
_LONGEST = 20_000


class DataFindings(Protocol):
    """What a walk has gathered on data."""

    marks_of_data: list[Mark]
    statements: list[tuple[str, str, int, int]]
    managed_calls: list[tuple[str, str, str, int, int]]
    constants: dict[str, str]
    scopes: list[Scope]


def holds_session(text: str) -> bool:
    """Whether a file may have calls of an entity manager or session, by the words in it."""
    return any(word in text for word in _SESSIONS)


def data_of(walk: DataFindings, ends: Sequence[int]) -> DataFacts | None:
    """The findings with lines for offsets; None where there are none. ends: of the lines."""
    if not (walk.marks_of_data or walk.statements or walk.managed_calls):
        return None
    marks: list[str | int] = []
    for mark in walk.marks_of_data:
        line = bisect_right(ends, mark.start) + 1
        arguments = _settled(walk, mark.arguments)
        marks += (mark.name, arguments, mark.scope, mark.member, mark.type, line)
    statements: list[str | int] = []
    for text, context, scope, start in walk.statements:
        statements += (_harmless(walk, text), context, scope, bisect_right(ends, start) + 1)
    managed: list[str | int] = []
    for *keys, scope, start in walk.managed_calls:
        managed += (*keys, scope, bisect_right(ends, start) + 1)
    return {"marks": marks, "statements": statements, "managed": managed}


def _settled(walk: DataFindings, arguments: str) -> str:
    """The arguments with the value after each constant of the file: `TABLE` is `"orders"`."""
    for name, value in walk.constants.items() if arguments else ():
        if name in arguments and not speaks_of_secrets(name):
            arguments = re.sub(
                rf"(?<![\w\"])(?:\w+\.)?{re.escape(name)}(?![\w\"])",
                lambda _, value=value: f'"{value}"',  # type: ignore[misc]
                arguments,
            )
    return arguments


def _harmless(walk: DataFindings, text: str) -> str:
    """The text without the values in it, constants of the file put in; `{}` = not known."""
    own = {scope.name for scope in walk.scopes}

    def value(found: re.Match[str]) -> str:
        owner, _, name = found[1].rpartition(".")
        known = walk.constants.get(name) if not owner or owner in own else None
        return "{}" if known is None or speaks_of_secrets(name) else known

    if "</" in text:
        text = _TAG.sub(_without, text)
    return _VALUE.sub("''", _NAME.sub(value, text))[:_LONGEST]


def _without(tag: re.Match[str]) -> str:
    return " " if tag[0].startswith("</") else _KEPT_TAGS.get(tag[1], " ")


def attach(awaiting: list[Mark], name: str, written: str) -> None:
    """The member, of this type, that the annotations before it stand at."""
    for mark in awaiting:
        mark.member, mark.type = name, written
    awaiting.clear()
