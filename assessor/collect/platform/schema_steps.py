"""What one file does to the schema, step by step, and its form inside an inner artefact."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from assessor.collect.platform.nodes import Plain, node
from assessor.collect.platform.reading import artefact
from assessor.model.basis import Node
from assessor.model.records import Artefact

INNER = "schema.file"
MAX_STEPS = 20_000
MAX_NAME, MAX_PARTS = 200, 4

# What a step does. `has`, `lacks`: columns (and foreign keys) come and go; `column` = one is
# renamed; `no-key`: a foreign key goes; `named` = a model has a table name of its own.
CREATE, DROP, RENAME, VIEW, NAMED = "create", "drop", "rename", "view", "named"
HAS, LACKS, COLUMN, NO_KEY = "has", "lacks", "column", "no-key"
INCLUDE = "include"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A foreign key. target: table it leads to, "" = not said but by the column's name."""

    columns: tuple[str, ...]
    target: str
    name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One change of a table. to: its new name, or the file that is included.

    columns: that come or go, or old and new name of one. reads: tables that a view is made of.
    """

    op: str
    table: str
    line: int
    columns: tuple[str, ...] = ()
    primary: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    to: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """The steps of one file. tool: what runs it. plain: it is run as a whole, by nobody's order.

    name: by which others name it as the one `before` them, in tools that have such an order.
    """

    path: str
    tool: str
    steps: tuple[Step, ...]
    plain: bool = False
    name: str = ""
    before: tuple[str, ...] = ()


def inner(found: Changes) -> Artefact:
    """The changes as an artefact that `schema_link.link` takes apart again."""
    root: Plain = {
        "tool": found.tool,
        "plain": found.plain,
        "name": found.name,
        "before": list(found.before),
        "steps": [_row(step) for step in found.steps[:MAX_STEPS]],
    }
    return artefact(INNER, found.path, node(root, line=1))


def _row(step: Step) -> Plain:
    return [
        step.op,
        step.table,
        step.line,
        list(step.columns),
        list(step.primary),
        [[list(key.columns), key.target, key.name, key.line] for key in step.keys],
        step.to,
        list(step.reads),
    ]


def changes(found: Artefact) -> Changes:
    """What `inner` was given."""
    root = _plain(found.root)
    fields = cast("dict[str, object]", root)
    rows = cast("list[list[object]]", fields["steps"])
    return Changes(
        found.location.path,
        str(fields["tool"]),
        tuple(_step(row) for row in rows),
        bool(fields["plain"]),
        str(fields["name"]),
        _words(fields["before"]),
    )


def _step(row: list[object]) -> Step:
    op, table, line, columns, primary, keys, to, reads = row
    return Step(
        str(op),
        str(table),
        cast("int", line),
        _words(columns),
        _words(primary),
        tuple(
            Key(_words(key[0]), str(key[1]), str(key[2]), cast("int", key[3]))
            for key in cast("list[list[object]]", keys)
        ),
        str(to),
        _words(reads),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in cast("Iterable[object]", value))


def _plain(root: Node) -> object:
    if isinstance(root.value, dict):
        return {key: _plain(part) for key, part in root.value.items()}
    if isinstance(root.value, tuple):
        return [_plain(part) for part in root.value]
    return root.value


def placed(step: Step, line: int) -> Step:
    """The step with all of it on this line, of the call that holds the text it was read in."""
    keys = tuple(replace(key, line=line) for key in step.keys)
    return replace(step, line=line, keys=keys)


def table_name(written: str) -> str:
    """The name of a table in lower case, without quotes and without the usual schema's name."""
    parts = [part.strip(' `"[]').lower()[:MAX_NAME] for part in written.split(".")]
    kept = parts[1:] if len(parts) > 1 and parts[0] in {"public", "dbo", ""} else parts
    return ".".join(kept) if all(kept) and len(kept) <= MAX_PARTS else ""
