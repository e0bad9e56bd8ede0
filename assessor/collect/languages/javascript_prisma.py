"""`schema.prisma`: models that Prisma stores, their tables and relations."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from assessor.collect.languages import javascript_settings
from assessor.collect.languages.resolution import Facts

NAMES = re.compile(r"[\w.-]+\.prisma")
SETTINGS = re.compile(f"(?:{javascript_settings.NAMES.pattern})|(?:{NAMES.pattern})")
_BLOCK = re.compile(r"^[ \t]*(model|view)[ \t]+(\w{1,100})[ \t]*\{([^}]*)", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*(\w+)[ \t]+(\w+)(\[\]|\?)?[ \t]*([^\n]*)", re.MULTILINE)
_COMMENT = re.compile(r"//[^\n]*")
_MAP = re.compile(r"@@map\(\s*(?:name:\s*)?\"([^\"]{1,200})\"")
_SCHEMA = re.compile(r"@@schema\(\s*\"([^\"]{1,200})\"")
_RELATION = re.compile(r"@relation\(([^)]*)")
_NAMED = re.compile(r"^\s*\"([^\"]*)\"|\bname:\s*\"([^\"]*)\"")
_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"")
_MOST = 2_000


class Field(NamedTuple):
    """A field of a model. relation: its name. key: the column is on this side."""

    name: str
    type: str
    many: bool
    relation: str
    key: bool
    line: int


def read(content: bytes) -> Facts:
    """`models`: [name, table, line]; `relations`: [source, field, target, cardinality, key, line].

    A model without a name for its table is stored under its own. Raises ValueError where braces
    do not match.
    """
    text = content.decode("utf-8-sig", "replace")
    bare = _COMMENT.sub(_blank, _STRING.sub(_brace, text))
    if bare.count("{") != bare.count("}"):
        raise ValueError("the braces of the schema do not match")
    models: dict[str, list[Field]] = {}
    rows: list[list[object]] = []
    for match in list(_BLOCK.finditer(bare))[:_MOST]:
        inner = text[match.start(3) : match.end(3)]
        line = text.count("\n", 0, match.start(1)) + 1
        models[match[2]] = list(_fields(inner, line))
        rows.append([match[2], _table(inner, match[2]), line])
    relations = [row for name in models for row in _relations(models, name)]
    return cast("Facts", {"models": rows, "relations": relations})


def _brace(found: re.Match[str]) -> str:
    return '"' + "_" * (len(found[0]) - 2) + '"'


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _table(inner: str, name: str) -> str:
    bare = _COMMENT.sub("", inner)
    mapped, schema = _MAP.search(bare), _SCHEMA.search(bare)
    table = mapped[1] if mapped else name
    return (f"{schema[1]}.{table}" if schema else table).lower()


def _fields(inner: str, line: int) -> Iterator[Field]:
    for match in list(_FIELD.finditer(_COMMENT.sub(_blank, inner)))[:_MOST]:
        relation = _RELATION.search(match[4])
        named = _NAMED.search(relation[1]) if relation else None
        title = (named[1] or named[2] or "") if named else ""
        key = relation is not None and "fields:" in relation[1]
        at = line + inner.count("\n", 0, match.start(1))
        yield Field(match[1], match[2], match[3] == "[]", title, key, at)


def _relations(models: Mapping[str, list[Field]], name: str) -> Iterator[list[object]]:
    for field in models[name]:
        if field.type not in models:
            continue
        other = _opposite(models, name, field)
        back = other is not None and other.many
        if field.many:
            cardinality = "many-to-many" if back or other is None else "one-to-many"
        else:
            cardinality = "many-to-one" if back or other is None else "one-to-one"
        yield [name, field.name, field.type, cardinality, field.key, field.line]


def _opposite(models: Mapping[str, list[Field]], name: str, field: Field) -> Field | None:
    """The field of the other model that is the way back."""
    for other in models[field.type]:
        same = name == field.type and other.name == field.name
        if other.type == name and other.relation == field.relation and not same:
            return other
    return None
