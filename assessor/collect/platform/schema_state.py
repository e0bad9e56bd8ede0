"""The schema after all its changes: steps replayed one after the other, and put together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from assessor.collect.platform.schema_order import Placed
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    HAS,
    LACKS,
    NAMED,
    NO_KEY,
    RENAME,
    VIEW,
    Changes,
    Key,
    Step,
)

MODEL = "@"  # begins the name of a model, whose table has a name that follows from it


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key with the file and the tool that it comes from."""

    key: Key
    path: str
    tool: str


@dataclass(slots=True)
class Table:
    """A table as it stands. made: some step made it, others only change what is made elsewhere.

    ordered: a tool runs these steps, so a table that they change is there.
    """

    path: str
    line: int
    tool: str
    made: bool = False
    ordered: bool = False
    view: bool = False
    columns: list[str] = field(default_factory=list)
    primary: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    reads: tuple[str, ...] = ()
    named: str = ""


@dataclass(slots=True)
class State:
    """All tables by name, and the names of those that are gone."""

    tables: dict[str, Table] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def replayed(sequence: Iterable[Placed]) -> State:
    """The state after the steps."""
    state = State()
    for changes, step in sequence:
        act = _ACTS.get(step.op)
        if act is not None and step.table:
            act(state, changes, step)
    return state


def _create(state: State, changes: Changes, step: Step) -> None:
    table = _table(state, changes, step)
    if not table.made:
        table.path, table.line, table.tool, table.made = (
            changes.path,
            step.line,
            changes.tool,
            True,
        )
    table.named = step.to or table.named
    state.gone.discard(step.table)
    _add(table, changes, step)


def _view(state: State, changes: Changes, step: Step) -> None:
    table = Table(changes.path, step.line, changes.tool, made=True, view=True, reads=step.reads)
    state.tables[step.table] = table
    state.gone.discard(step.table)


def _has(state: State, changes: Changes, step: Step) -> None:
    _add(_table(state, changes, step), changes, step)


def _table(state: State, changes: Changes, step: Step) -> Table:
    new = Table(changes.path, step.line, changes.tool, ordered=not changes.plain)
    return state.tables.setdefault(step.table, new)


def _add(table: Table, changes: Changes, step: Step) -> None:
    known = set(table.columns)
    table.columns += [each for each in dict.fromkeys(step.columns) if each not in known]
    table.primary = list(dict.fromkeys(step.primary)) or table.primary
    table.links += [Link(key, changes.path, changes.tool) for key in step.keys]


def _drop(state: State, _changes: Changes, step: Step) -> None:
    gone = {step.table}
    if step.table.startswith(MODEL):
        gone |= {name for name in state.tables if name.startswith(f"{step.table}.")}
    for name in gone:
        state.tables.pop(name, None)
    state.gone |= gone


def _rename(state: State, _changes: Changes, step: Step) -> None:
    if not step.to or step.to == step.table:
        return
    pairs = [(step.table, step.to)]
    if step.table.startswith(MODEL):
        before = f"{step.table}."
        pairs += [
            (name, f"{step.to}.{name.removeprefix(before)}")
            for name in state.tables
            if name.startswith(before)
        ]
    names = dict(pairs)
    for old, new in pairs:
        moved = state.tables.pop(old, None)
        state.gone.add(old)
        if moved is not None:
            state.tables[new] = moved
            state.gone.discard(new)
    _retarget(state.tables.values(), names)


def _retarget(tables: Iterable[Table], names: Mapping[str, str]) -> None:
    for table in tables:
        if any(link.key.target in names for link in table.links):
            table.links = [_to(link, names) for link in table.links]


def _to(link: Link, names: Mapping[str, str]) -> Link:
    key = link.key
    target = names.get(key.target, key.target)
    return Link(Key(key.columns, target, key.name, key.line), link.path, link.tool)


def _lacks(state: State, _changes: Changes, step: Step) -> None:
    table = state.tables.get(step.table)
    if table is not None:
        lost = set(step.columns)
        table.columns = [each for each in table.columns if each not in lost]
        table.primary = [each for each in table.primary if each not in lost]
        table.links = [each for each in table.links if not lost & set(each.key.columns)]
        if step.table.startswith(MODEL):
            for name in step.columns:
                state.tables.pop(f"{step.table}.{name}", None)


def _column(state: State, _changes: Changes, step: Step) -> None:
    table = state.tables.get(step.table)
    if table is not None:
        names = {step.columns[0]: step.columns[1]}
        table.columns = [names.get(each, each) for each in table.columns]
        table.primary = [names.get(each, each) for each in table.primary]
        table.links = [_renamed(each, names) for each in table.links]


def _renamed(link: Link, names: Mapping[str, str]) -> Link:
    key = link.key
    columns = tuple(names.get(each, each) for each in key.columns)
    return Link(Key(columns, key.target, key.name, key.line), link.path, link.tool)


def _no_key(state: State, _changes: Changes, step: Step) -> None:
    """A foreign key goes by its name, or by its columns where no name was given."""
    table = state.tables.get(step.table)
    if table is not None:
        table.links = [
            each
            for each in table.links
            if not (step.to and each.key.name == step.to)
            and not (step.columns and each.key.columns == step.columns)
        ]


def _named(state: State, _changes: Changes, step: Step) -> None:
    table = state.tables.get(step.table)
    if table is not None:
        table.named = step.to


_ACTS: Mapping[str, Callable[[State, Changes, Step], None]] = {
    CREATE: _create,
    DROP: _drop,
    RENAME: _rename,
    VIEW: _view,
    NAMED: _named,
    HAS: _has,
    LACKS: _lacks,
    COLUMN: _column,
    NO_KEY: _no_key,
}
