"""Changelogs of Liquibase in XML, YAML and JSON: what their change sets do going forward."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from assessor.collect.platform.nodes import UnreadableError, child, fields, items, load_yaml
from assessor.collect.platform.nodes import text as scalar
from assessor.collect.platform.schema_ddl import steps as sql_steps
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    HAS,
    INCLUDE,
    LACKS,
    NO_KEY,
    RENAME,
    VIEW,
    Changes,
    Key,
    Step,
    table_name,
)
from assessor.model.basis import Node

_REFERENCES = re.compile(r"\s*([^(\s]+)\s*\(")
_Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Change:
    """One change: its attributes, its columns with those of their constraints, its text."""

    name: str
    line: int
    values: _Values
    columns: tuple[tuple[_Values, _Values], ...] = ()
    text: str = ""


@dataclass(slots=True)
class _Found:
    steps: list[Step] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def liquibase_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the changelog does, None if it is none; and lines of SQL in it that is broken."""
    if "databaseChangeLog" not in text:
        return None, []
    every = list(_of_xml(text) if path.endswith(".xml") else _of_yaml(text))
    if not every:
        return None, []
    found = _Found()
    for change in every:
        _add(found, change)
    return Changes(path, "liquibase", tuple(found.steps)), found.broken


def _of_xml(text: str) -> Iterator[_Change]:
    root = _root(text)
    if _tag(root) != "databaseChangeLog":
        return
    for each in root:
        if _tag(each) == "changeSet":
            yield from (_xml_change(part) for part in each if isinstance(part.tag, str))
        elif isinstance(each.tag, str):
            yield _xml_change(each)


def _root(text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    head, mark, rest = text.partition("?>")
    declared = mark and head.lstrip().startswith("<?xml")
    try:
        root = etree.fromstring((rest if declared else text).encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise UnreadableError("The XML is not well-formed.", line=line) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("A document type is declared; such XML is not read.", line=1)
    return root


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _xml_change(element: etree._Element) -> _Change:
    columns = tuple(
        (_attributes(each), _attributes(next((c for c in each if _tag(c) == "constraints"), None)))
        for each in element
        if _tag(each) == "column"
    )
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    text = "".join(part for part in (element.text, *(c.tail for c in element)) if part)
    return _Change(_tag(element), line, _attributes(element), columns, text)


def _attributes(element: etree._Element | None) -> _Values:
    given = element.attrib.items() if element is not None else ()
    return {str(name): str(value) for name, value in given}


def _of_yaml(text: str) -> Iterator[_Change]:
    for root in load_yaml(text):
        for each in items(child(root, "databaseChangeLog")):
            for part in items(child(each, "changeSet", "changes")):
                yield from _yaml_changes(part)
            if child(each, "changeSet") is None:
                yield from _yaml_changes(each)


def _yaml_changes(part: Node) -> Iterator[_Change]:
    for name, node in fields(part).items():
        columns = tuple(
            (_scalars(child(each, "column")), _scalars(child(each, "column", "constraints")))
            for each in items(child(node, "columns"))
        )
        written = scalar(child(node, "sql")) or scalar(child(node, "selectQuery")) or ""
        yield _Change(name, part.line, _scalars(node), columns, written or scalar(node) or "")


def _scalars(node: Node | None) -> _Values:
    return {
        name: value for name, part in fields(node).items() if (value := scalar(part)) is not None
    }


def _add(found: _Found, change: _Change) -> None:
    if change.name == "sql":
        made, broken = sql_steps(change.text)
        found.steps += [_moved(step, change.line - 1) for step in made]
        found.broken += [line + change.line - 1 for line in broken]
    elif change.name == "createView":
        name = change.values.get("viewName", "")
        made, _ = (
            sql_steps(f"CREATE VIEW {name} AS {change.text}") if "$" not in name else ([], [])
        )
        found.steps += [_moved(step, change.line - 1) for step in made if step.op == VIEW]
    else:
        found.steps += [step for step in _steps(change) if "$" not in step.table + step.to]


def _moved(step: Step, by: int) -> Step:
    keys = tuple(Key(key.columns, key.target, key.name, key.line + by) for key in step.keys)
    return Step(
        step.op, step.table, step.line + by, step.columns, step.primary, keys, step.to, step.reads
    )


def _steps(change: _Change) -> Iterator[Step]:
    values, line = change.values, change.line
    table = _table(values, "tableName")
    match change.name:
        case "createTable" | "addColumn" if table:
            yield _columns(change, CREATE if change.name == "createTable" else HAS, table)
        case "dropTable" if table:
            yield Step(DROP, table, line)
        case "dropView":
            yield Step(DROP, _table(values, "viewName"), line)
        case "renameTable":
            old, new = _table(values, "oldTableName"), _table(values, "newTableName")
            yield Step(RENAME, old, line, to=new)
        case "dropColumn" if table:
            given = (values.get("columnName"), *(named.get("name") for named, _ in change.columns))
            yield Step(LACKS, table, line, columns=tuple(c.lower() for c in given if c))
        case "renameColumn" if table:
            names = values.get("oldColumnName", ""), values.get("newColumnName", "")
            yield Step(COLUMN, table, line, columns=(names[0].lower(), names[1].lower()))
        case "addPrimaryKey" if table:
            yield Step(HAS, table, line, primary=_listed(values, "columnNames"))
        case "include" | "includeAll":
            yield Step(INCLUDE, "", line, to=values.get("file") or f"{values.get('path', '')}/")
        case _:
            yield from _keys(change)


def _keys(change: _Change) -> Iterator[Step]:
    if change.name == "addForeignKeyConstraint":
        yield _key(change)
    elif change.name == "dropForeignKeyConstraint":
        name = change.values.get("constraintName", "").lower()
        yield Step(NO_KEY, _table(change.values, "baseTableName"), change.line, to=name)


def _table(values: _Values, name: str) -> str:
    return table_name(values.get(name, ""))


def _listed(values: _Values, name: str) -> tuple[str, ...]:
    parts = (part.strip().lower() for part in values.get(name, "").split(","))
    return tuple(part for part in parts if part)


def _columns(change: _Change, op: str, table: str) -> Step:
    named = [
        (values["name"].lower(), rules) for values, rules in change.columns if "name" in values
    ]
    primary = tuple(name for name, rules in named if rules.get("primaryKey") == "true")
    keys = tuple(
        Key((name,), target, rules.get("foreignKeyName", "").lower(), change.line)
        for name, rules in named
        if (target := _target(rules))
    )
    return Step(op, table, change.line, tuple(name for name, _ in named), primary, keys)


def _target(rules: _Values) -> str:
    if rules.get("referencedTableName"):
        return _table(rules, "referencedTableName")
    found = _REFERENCES.match(rules.get("references", ""))
    return table_name(found[1]) if found and "$" not in found[1] else ""


def _key(change: _Change) -> Step:
    values = change.values
    key = Key(
        _listed(values, "baseColumnNames"),
        _table(values, "referencedTableName"),
        values.get("constraintName", "").lower(),
        change.line,
    )
    keys = (key,) if key.target and "$" not in key.target else ()
    return Step(HAS, _table(values, "baseTableName"), change.line, keys=keys)
