"""Migrations in PHP: Laravel's `Schema`, and the SQL of Doctrine."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import tree_sitter_php
from tree_sitter import Language

from assessor.collect.platform.schema_calls import BODY, NAME, Value, chain, forward, tree
from assessor.collect.platform.schema_ddl import inside
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    HAS,
    LACKS,
    NO_KEY,
    RENAME,
    Changes,
    Key,
    Step,
    table_name,
)

_LARAVEL = re.compile(r"Illuminate\\(?:Support\\Facades\\Schema|Database\\)")
_DOCTRINE = re.compile(r"Doctrine\\(?:Migrations|DBAL)\\")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Columns that a method adds without being told their names.
_IMPLIED = {
    "id": ("id",),
    "timestamps": ("created_at", "updated_at"),
    "timestampsTz": ("created_at", "updated_at"),
    "nullableTimestamps": ("created_at", "updated_at"),
    "softDeletes": ("deleted_at",),
    "softDeletesTz": ("deleted_at",),
    "rememberToken": ("remember_token",),
}
_MORPHS = frozenset(["morphs", "nullableMorphs", "uuidMorphs", "nullableUuidMorphs", "ulidMorphs"])
_NO_COLUMN = frozenset(
    [
        "index", "unique", "primary", "fullText", "spatialIndex", "foreign", "dropForeign",
        "dropColumn", "dropColumns", "dropIndex", "dropUnique", "dropPrimary", "dropTimestamps",
        "dropSoftDeletes", "dropConstrainedForeignId", "dropForeignIdFor", "renameColumn",
        "renameIndex", "rename", "engine", "charset", "collation", "comment", "temporary",
        "dropFullText", "dropSpatialIndex", "dropMorphs", "dropRememberToken", "rawIndex",
    ]
)  # fmt: skip


@cache
def _language() -> Language:
    return Language(tree_sitter_php.language_php())


def php_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the migration does, None where the file is none."""
    laravel, doctrine = _LARAVEL.search(text), _DOCTRINE.search(text)
    if not laravel and not doctrine:
        return None, []
    found: list[Step] = []
    for call in forward(tree(_language(), text), "up"):
        found += _steps(call)
    tool = "laravel" if laravel else "doctrine"
    return (Changes(path, tool, tuple(found)), []) if found else (None, [])


def _steps(call: Value) -> Iterator[Step]:
    calls = chain(call)
    for each in calls:
        owner = each.owner.text if each.owner is not None else ""
        if owner in {"Schema", "connection", "schema"}:
            yield from _of_schema(each)
        elif each.text == "addSql" or (owner == "DB" and each.text in {"statement", "unprepared"}):
            yield from inside(each.get("sql", at=0).literal, each.line)


def _of_schema(call: Value) -> Iterator[Step]:
    table = table_name(call.get("table", at=0).literal)
    if not table:
        return
    body = call.get("callback", at=1)
    if call.text in {"create", "createIfNotExists"}:
        yield Step(CREATE, table, call.line)
        yield from _blueprint(body, table)
    elif call.text == "table":
        yield from _blueprint(body, table)
    elif call.text in {"drop", "dropIfExists"}:
        yield Step(DROP, table, call.line)
    elif call.text == "rename":
        new = table_name(call.get("to", at=1).literal)
        yield Step(RENAME, table, call.line, to=new)
    elif call.text in {"dropColumns", "dropColumn"}:
        columns = tuple(each.lower() for each in call.get("columns", at=1).texts)
        yield Step(LACKS, table, call.line, columns)


def _blueprint(body: Value, table: str) -> Iterator[Step]:
    """What is done to the table in the function that is given it."""
    for call in body.parts if body.kind == BODY else ():
        calls = chain(call)
        if calls:
            yield from _column(calls, table)


def _column(calls: Sequence[Value], table: str) -> Iterator[Step]:
    first, line = calls[0], calls[0].line
    given = first.get("column", "columns", at=0)
    names = tuple(each.lower() for each in given.texts)
    if first.text == "foreign":
        keys = _keys(calls, names, line)
        yield Step(HAS, table, line, keys=keys)
    elif first.text in {"dropColumn", "dropColumns", "dropConstrainedForeignId"}:
        every = names + tuple(each.literal.lower() for each in first.parts[1:] if each.literal)
        yield Step(LACKS, table, line, every)
    elif first.text == "dropForeign":
        named = given.literal.lower()
        yield Step(NO_KEY, table, line, () if named else names, to=named)
        guessed = named.removeprefix(f"{table}_").removesuffix("_foreign")
        if named.endswith("_foreign"):
            yield Step(NO_KEY, table, line, (guessed,))
    elif first.text == "renameColumn":
        new = first.get("to", at=1).literal.lower()
        if names and new:
            yield Step(COLUMN, table, line, (names[0], new))
    elif first.text == "rename":
        yield Step(RENAME, table, line, to=table_name(given.literal))
    elif first.text not in _NO_COLUMN and not any(each.text == "change" for each in calls):
        yield _added(calls, table, names)


def _added(calls: Sequence[Value], table: str, names: tuple[str, ...]) -> Step:
    first, line = calls[0], calls[0].line
    if first.text in _MORPHS:
        columns = tuple(f"{name}_{end}" for name in names[:1] for end in ("type", "id"))
        return Step(HAS, table, line, columns)
    if first.text == "foreignIdFor":
        return _for_model(calls, table)
    columns = names or _IMPLIED.get(first.text, ())
    chained = {each.text for each in calls[1:]}
    increments = "ncrements" in first.text or first.text == "id"
    primary = columns if increments or "primary" in chained else ()
    keys = _keys(calls, columns, line) if chained & {"constrained", "references", "on"} else ()
    return Step(HAS, table, line, columns, primary, keys)


def _for_model(calls: Sequence[Value], table: str) -> Step:
    """`foreignIdFor(User::class)`: `user_id`, which leads to the table of that name."""
    first, line = calls[0], calls[0].line
    model = first.get("model", at=0)
    base = "_".join(_HUMP.split(model.text)).lower() if model.kind == NAME else ""
    column = first.get("column", at=1).literal.lower() or (f"{base}_id" if base else "")
    keys = _keys(calls, (column,), line) if len(calls) > 1 and column else ()
    return Step(HAS, table, line, (column,) if column else (), keys=keys)


def _keys(calls: Sequence[Value], columns: tuple[str, ...], line: int) -> tuple[Key, ...]:
    """The foreign key that the calls make; without a table the column's name tells it."""
    said = {each.text: each for each in calls[1:]}
    if "on" in said:
        target = table_name(said["on"].get("table", at=0).literal)
        name = calls[0].get("name", at=1).literal.lower()
        return (Key(columns, target, name, line),) if target and columns else ()
    if "constrained" not in said or not columns:
        return ()
    given = said["constrained"].get("table", at=0)
    target = table_name(given.literal)
    computed = "table" in said["constrained"].named or said["constrained"].parts
    if not target and computed and given.text not in {"null", ""}:
        return ()
    return (Key(columns, target, "", line),)
