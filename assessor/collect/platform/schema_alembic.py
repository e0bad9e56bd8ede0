"""Alembic: what `upgrade()` does, and which revision comes before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessor.collect.languages.python_tree import LANGUAGE
from assessor.collect.platform.schema_calls import CALL, LIST, Value, chain, forward, tree
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

_REVISION = re.compile(r"^(down_)?revision\b[^=\n]*=[ \t]*([^\n]*(?:\n[^\n=]*\))?)", re.MULTILINE)
_QUOTED = re.compile(r"[\"']([\w.-]+)[\"']")
_ALTERS = frozenset({"add_column", "drop_column", "create_foreign_key", "drop_constraint"})


def alembic_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the revision does, None where the file is none."""
    names = {bool(m[1]): tuple(_QUOTED.findall(m[2])) for m in _REVISION.finditer(text)}
    if not names.get(False) or "alembic" not in text:
        return None, []
    found: list[Step] = []
    batch = ""
    for call in forward(tree(LANGUAGE, text), "upgrade"):
        owner = call.owner.text if call.owner is not None else ""
        if call.text == "batch_alter_table":
            batch = call.get("table_name", at=0).literal
        elif call.text == "execute" and owner == "op":
            found += _executed(call)
        elif owner == "op":
            found += _steps(call)
        elif owner.startswith("batch") and batch and call.text in _ALTERS:
            found += _altered(call, table=batch, first=0)
    changes = Changes(path, "alembic", tuple(found), False, names[False][0], names.get(True, ()))
    return changes, []


def _executed(call: Value) -> list[Step]:
    inner = call.get(at=0)
    text = inner.get(at=0) if inner.kind == CALL and inner.text == "text" else inner
    return inside(text.literal, call.line)


def _steps(call: Value) -> Iterator[Step]:
    table = _in_schema(call, call.get("table_name", at=0).literal)
    if call.text == "create_table" and table:
        yield _created(call, table)
    elif call.text == "drop_table" and table:
        yield Step(DROP, table, call.line)
    elif call.text == "rename_table":
        old, new = call.get("old_table_name", at=0), call.get("new_table_name", at=1)
        yield Step(RENAME, table_name(old.literal), call.line, to=table_name(new.literal))
    elif call.text == "alter_column" and table and call.get("new_column_name").literal:
        names = call.get("column_name", at=1).literal, call.get("new_column_name").literal
        yield Step(COLUMN, table, call.line, columns=(names[0].lower(), names[1].lower()))
    elif call.text in _ALTERS:
        name = call.get("source_table", at=1).literal if call.text.startswith("create") else table
        if call.text == "drop_constraint":
            name = call.get("table_name", at=1).literal
        if name:
            yield from _altered(call, table=_in_schema(call, name), first=1)


def _in_schema(call: Value, name: str) -> str:
    schema = call.get("schema", "source_schema").literal
    return table_name(f"{schema}.{name}" if schema and name else name)


def _altered(call: Value, *, table: str, first: int) -> Iterator[Step]:
    """A change of one table; first: where its arguments begin, after those that name the table."""
    table = table_name(table)
    if call.text == "add_column":
        yield _table(Step(HAS, table, call.line), [call.get("column", at=first)])
    elif call.text == "drop_column":
        name = call.get("column_name", at=first).literal.lower()
        yield Step(LACKS, table, call.line, columns=(name,))
    elif call.text == "drop_constraint":
        name = call.get("constraint_name", at=0).literal.lower()
        yield Step(NO_KEY, table, call.line, to=name)
    else:
        target = call.get("referent_table", at=first + 1).literal
        columns = call.get("local_cols", at=first + 2).texts
        name = call.get("constraint_name", at=0).literal.lower()
        key = Key(tuple(c.lower() for c in columns), table_name(target), name, call.line)
        yield Step(HAS, table, call.line, keys=(key,) if target else ())


def _created(call: Value, table: str) -> Step:
    parts = [*call.parts[1:], *(p for each in call.parts if each.kind == LIST for p in each.parts)]
    return _table(Step(CREATE, table, call.line), parts)


def _table(empty: Step, parts: Sequence[Value]) -> Step:
    """The step with what the columns and constraints say."""
    columns: list[str] = []
    primary: list[str] = []
    keys: list[Key] = []
    for part in parts:
        if part.text == "Column" and part.parts and part.parts[0].literal:
            name = part.parts[0].literal.lower()
            columns.append(name)
            primary += [name] if part.get("primary_key").text == "True" else []
            keys += [key for each in part.parts[1:] for key in _inline(each, name) if key.target]
        elif part.text == "ForeignKeyConstraint":
            keys += _constraint(part)
        elif part.text == "PrimaryKeyConstraint":
            primary += [each.literal.lower() for each in part.parts if each.literal]
    return replace(empty, columns=tuple(columns), primary=tuple(primary), keys=tuple(keys))


def _inline(part: Value, column: str) -> Iterator[Key]:
    for each in chain(part):
        if each.text == "ForeignKey" and each.parts:
            yield Key((column,), _referred(each.parts[0].literal), "", each.line)


def _constraint(part: Value) -> list[Key]:
    columns, refers = part.get("columns", at=0).texts, part.get("refcolumns", at=1).texts
    target = _referred(refers[0]) if refers else ""
    name = part.get("name").literal.lower()
    lower = tuple(column.lower() for column in columns)
    return [Key(lower, target, name, part.line)] if target else []


def _referred(column: str) -> str:
    """The table of `table.column`."""
    return table_name(column.rpartition(".")[0])
