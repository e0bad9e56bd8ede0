"""Migrations in JavaScript and TypeScript: Knex, Sequelize and TypeORM."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tree_sitter import Language

from assessor.collect.languages import javascript_tree
from assessor.collect.platform.schema_calls import (
    BODY,
    CALL,
    LIST,
    MAP,
    NOTHING,
    Value,
    chain,
    forward,
    tree,
)
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

_TOOLS = (
    ("typeorm", re.compile(r"\bMigrationInterface\b|from\s+[\"']typeorm[\"']")),
    ("sequelize", re.compile(r"\bqueryInterface\b|[\"']sequelize(?:-cli)?[\"']", re.IGNORECASE)),
    ("knex", re.compile(r"\bknex\b|[\"']objection[\"']", re.IGNORECASE)),
)
_NO_COLUMN = frozenset(
    [
        "index", "unique", "primary", "dropIndex", "dropUnique", "dropPrimary", "comment",
        "engine", "charset", "collate", "setNullable", "dropNullable", "check", "dropChecks",
        "queryContext",
    ]
)  # fmt: skip


def script_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the migration does, None where the file is none."""
    tool = next((name for name, pattern in _TOOLS if pattern.search(text)), "")
    if not tool:
        return None, []
    read = {"typeorm": _typeorm, "sequelize": _sequelize, "knex": _knex}[tool]
    found: list[Step] = []
    for call in forward(tree(_language(path), text), "up"):
        for each in _within(call):
            found += read(each)
    return (Changes(path, tool, tuple(found)), []) if found else (None, [])


def _language(path: str) -> Language:
    ending = path.rpartition(".")[2]
    name = "tsx" if ending == "tsx" else "typescript" if ending.endswith("ts") else "javascript"
    return javascript_tree.GRAMMARS[name]


def _within(call: Value) -> Iterator[Value]:
    """The calls of a chain, and those that wait for each other in a list or a function."""
    for each in chain(call):
        yield each
        if each.text in {"all", "then", "transaction", "allSettled"}:
            for part in each.parts:
                inner = part.parts if part.kind in {LIST, BODY} else ()
                for deeper in inner:
                    yield from chain(deeper)


def _table(given: Value) -> str:
    """The name of a table: a text, or `tableName` of a mapping."""
    named = given.get("tableName", "name")
    return table_name(given.literal or named.literal)


def _knex(call: Value) -> Iterator[Step]:
    table, body = _table(call.get(at=0)), call.get(at=1)
    if call.text in {"createTable", "createTableIfNotExists"} and table:
        yield Step(CREATE, table, call.line)
        yield from _built(body, table)
    elif call.text in {"table", "alterTable"} and table:
        yield from _built(body, table)
    elif call.text in {"dropTable", "dropTableIfExists"} and table:
        yield Step(DROP, table, call.line)
    elif call.text == "renameTable" and table:
        yield Step(RENAME, table, call.line, to=_table(body))
    elif call.text == "raw":
        yield from inside(call.get(at=0).literal, call.line)


def _built(body: Value, table: str) -> Iterator[Step]:
    for call in body.parts if body.kind == BODY else ():
        calls = chain(call)
        if calls:
            yield from _knex_column(calls, table)


def _knex_column(calls: Sequence[Value], table: str) -> Iterator[Step]:
    first, line = calls[0], calls[0].line
    names = tuple(each.lower() for each in first.get(at=0).texts)
    said = {each.text: each for each in calls[1:]}
    if first.text in {"dropColumn", "dropColumns"}:
        texts = [text.lower() for part in first.parts for text in part.texts]
        yield Step(LACKS, table, line, tuple(texts))
    elif first.text == "dropForeign":
        yield Step(NO_KEY, table, line, names)
    elif first.text == "renameColumn":
        yield Step(COLUMN, table, line, (*names[:1], first.get(at=1).literal.lower()))
    elif first.text == "timestamps":
        yield Step(HAS, table, line, ("created_at", "updated_at"))
    elif first.text not in _NO_COLUMN and "alter" not in said:
        columns = names or (("id",) if "ncrements" in first.text else ())
        target = _knex_target(said)
        keys = (Key(columns, target, "", line),) if target and columns else ()
        primary = columns if "primary" in said or "ncrements" in first.text else ()
        own = () if first.text == "foreign" else columns
        yield Step(HAS, table, line, own, primary, keys)


def _knex_target(said: Mapping[str, Value]) -> str:
    if "inTable" in said:
        return table_name(said["inTable"].get(at=0).literal)
    column = said["references"].get(at=0).literal if "references" in said else ""
    return table_name(column.rpartition(".")[0])


def _sequelize(call: Value) -> Iterator[Step]:
    table, line = _table(call.get(at=0)), call.line
    if call.text == "query":
        yield from inside(call.get(at=0).literal, call.line)
    elif not table:
        return
    elif call.text == "createTable":
        yield _step(Step(CREATE, table, line), call.get(at=1).named)
    elif call.text == "dropTable":
        yield Step(DROP, table, line)
    elif call.text == "renameTable":
        yield Step(RENAME, table, line, to=_table(call.get(at=1)))
    elif call.text == "addColumn":
        yield _step(Step(HAS, table, line), {call.get(at=1).literal: call.get(at=2)})
    elif call.text == "removeColumn":
        yield Step(LACKS, table, line, (call.get(at=1).literal.lower(),))
    elif call.text == "renameColumn":
        names = call.get(at=1).literal.lower(), call.get(at=2).literal.lower()
        yield Step(COLUMN, table, line, names)
    else:
        yield from _sequelize_key(call, table)


def _sequelize_key(call: Value, table: str) -> Iterator[Step]:
    if call.text == "addConstraint":
        yield Step(HAS, table, call.line, keys=_constraint(call))
    elif call.text == "removeConstraint":
        yield Step(NO_KEY, table, call.line, to=call.get(at=1).literal.lower())


def _step(empty: Step, fields: Mapping[str, Value]) -> Step:
    """The step with what the mapping says of its columns."""
    columns: dict[str, Value] = {
        (given.get("field").literal or name).lower(): given
        for name, given in fields.items()
        if name
    }
    keys = tuple(
        Key((name,), target, "", given.line or empty.line)
        for name, given in columns.items()
        if (target := _refers(given.get("references")))
    )
    primary = tuple(
        name for name, given in columns.items() if given.get("primaryKey").text == "true"
    )
    return replace(empty, columns=tuple(columns), primary=primary, keys=keys)


def _refers(given: Value) -> str:
    model = given.get("model", "table") if given.kind == MAP else NOTHING
    return _table(model)


def _constraint(call: Value) -> tuple[Key, ...]:
    given = next((part for part in call.parts[1:] if part.kind == MAP), NOTHING)
    target = _refers(given.get("references"))
    if given.get("type").literal.lower() != "foreign key" or not target:
        return ()
    columns = tuple(each.lower() for each in given.get("fields").texts)
    return (Key(columns, target, given.get("name").literal.lower(), call.line),)


def _typeorm(call: Value) -> Iterator[Step]:
    table, line = _table(call.get(at=0)), call.line
    if call.text == "query":
        yield from inside(call.get(at=0).literal, call.line)
    elif call.text == "createTable":
        yield from _typeorm_table(call)
    elif not table:
        return
    elif call.text == "dropTable":
        yield Step(DROP, table, line)
    elif call.text == "renameTable":
        yield Step(RENAME, table, line, to=_table(call.get(at=1)))
    elif call.text in {"addColumn", "addColumns"}:
        given = call.get(at=1)
        made = given.parts if given.kind == LIST else (given,)
        names = (_inside(each).get("name").literal.lower() for each in made)
        yield Step(HAS, table, line, tuple(name for name in names if name))
    elif call.text == "dropColumn":
        yield Step(LACKS, table, line, tuple(t.lower() for t in call.get(at=1).texts))
    elif call.text in {"createForeignKey", "createForeignKeys"}:
        given = call.get(at=1)
        made = given.parts if given.kind == LIST else (given,)
        yield Step(HAS, table, line, keys=tuple(k for each in made for k in _typeorm_key(each)))


def _typeorm_table(call: Value) -> Iterator[Step]:
    given = _inside(call.get(at=0))
    table = table_name(given.get("name").literal)
    if not table:
        return
    columns = [_inside(each) for each in given.get("columns").parts]
    primary = [c for c in columns if c.get("isPrimary").text == "true"]
    keys = (key for each in given.get("foreignKeys").parts for key in _typeorm_key(each))
    yield Step(
        CREATE,
        table,
        call.line,
        tuple(name for each in columns if (name := each.get("name").literal.lower())),
        tuple(each.get("name").literal.lower() for each in primary),
        tuple(keys),
    )


def _inside(made: Value) -> Value:
    """The mapping that `new Table({…})` is made of."""
    return made.get(at=0) if made.kind == CALL else made


def _typeorm_key(made: Value) -> tuple[Key, ...]:
    given = _inside(made)
    target = table_name(given.get("referencedTableName").literal)
    columns = tuple(each.lower() for each in given.get("columnNames").texts)
    return (Key(columns, target, given.get("name").literal.lower(), made.line),) if target else ()
