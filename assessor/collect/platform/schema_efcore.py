"""EF Core: what the method `Up` of a migration does by its `MigrationBuilder`."""

from collections.abc import Iterator
from functools import cache

import tree_sitter_c_sharp
from tree_sitter import Language

from assessor.collect.platform.schema_calls import CALL, MAP, NAME, Value, chain, forward, tree
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


@cache
def _language() -> Language:
    return Language(tree_sitter_c_sharp.language())


def efcore_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the migration does, None where the file is none."""
    if "MigrationBuilder" not in text:
        return None, []
    found: list[Step] = []
    for call in forward(tree(_language(), text), "Up"):
        for each in chain(call):
            found += _steps(each)
    return (Changes(path, "efcore", tuple(found)), []) if found else (None, [])


def _steps(call: Value) -> Iterator[Step]:
    table, line = _table(call, "table", "name"), call.line
    match call.text:
        case "CreateTable":
            yield _created(call)
        case "DropTable":
            yield Step(DROP, _table(call, "name"), line)
        case "RenameTable":
            new = _table(call, "newName", at=2)
            yield Step(RENAME, _table(call, "name"), line, to=new)
        case "AddColumn" if "table" in call.named:
            yield Step(HAS, table, line, (call.get("name", at=0).literal.lower(),))
        case "DropColumn" if "table" in call.named:
            yield Step(LACKS, table, line, (call.get("name", at=0).literal.lower(),))
        case "RenameColumn" if "table" in call.named:
            names = call.get("name", at=0).literal, call.get("newName", at=2).literal
            yield Step(COLUMN, table, line, (names[0].lower(), names[1].lower()))
        case "AddForeignKey" if "table" in call.named:
            yield Step(HAS, table, line, keys=_keys(call))
        case "DropForeignKey" if "table" in call.named:
            yield Step(NO_KEY, table, line, to=call.get("name", at=0).literal.lower())
        case "Sql":
            yield from inside(call.get("sql", at=0).literal, line)


def _table(call: Value, *names: str, at: int = 0) -> str:
    schema = call.get("schema").literal
    name = call.get(*names, at=at).literal
    return table_name(f"{schema}.{name}" if schema and name and "." not in name else name)


def _created(call: Value) -> Step:
    columns = call.get("columns", at=1)
    names = {
        member: (made.get("name").literal or member).lower()
        for member, made in (columns.named if columns.kind == MAP else {}).items()
        if made.kind == CALL
    }
    primary: tuple[str, ...] = ()
    keys: list[Key] = []
    for made in call.get("constraints", at=3).parts:
        for each in chain(made):
            if each.text == "PrimaryKey":
                primary = _members(each.get("columns", at=1), names)
            elif each.text == "ForeignKey":
                keys += _keys(each, names)
    return Step(
        CREATE,
        _table(call, "name"),
        call.line,
        tuple(names.values()),
        primary,
        tuple(keys),
    )


def _keys(call: Value, names: dict[str, str] | None = None) -> tuple[Key, ...]:
    target = table_name(call.get("principalTable").literal)
    schema = call.get("principalSchema").literal
    if schema and target:
        target = table_name(f"{schema}.{target}")
    columns = _members(call.get("column", "columns", at=1), names or {})
    name = call.get("name", at=0).literal.lower()
    return (Key(columns, target, name, call.line),) if target else ()


def _members(given: Value, names: dict[str, str]) -> tuple[str, ...]:
    """The columns that `x => x.Id`, `x => new { x.A, x.B }` or texts name."""
    if given.kind == NAME:
        return (names.get(given.text, given.text.lower()),)
    if given.kind == MAP:
        return tuple(names.get(each, each.lower()) for each in given.named)
    return tuple(text.lower() for text in given.texts)
