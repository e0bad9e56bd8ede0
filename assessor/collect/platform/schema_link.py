"""Tables and foreign keys of the whole revision, of what its files do to the schema."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from assessor.collect.platform.nodes import Plain, node
from assessor.collect.platform.reading import artefact
from assessor.collect.platform.schema_django import USER
from assessor.collect.platform.schema_order import sequences
from assessor.collect.platform.schema_state import MODEL, Link, State, Table, replayed
from assessor.collect.platform.schema_steps import INNER, NAMED, Changes, Key, changes
from assessor.model.basis import Location
from assessor.model.records import Artefact, File, FileKind

TABLE, FOREIGN_KEY = "data.table", "data.foreign_key"
MAX_TABLES = 20_000
# Files that bring an older schema up to date, and copies of some database at some time.
_ASIDE = re.compile(
    r"(?:^|[/._-])(?:updates?|upgrades?|patch(?:es)?|migrat\w*|alter|delta|incremental|hotfix"
    r"|backups?|dumps?|demo|samples?|examples?)"
    r"(?=[/._-])",
    re.IGNORECASE,
)


def link(artefacts: Sequence[Artefact], files: Iterable[File]) -> list[Artefact]:
    """All artefacts, with tables and foreign keys in place of what single files do to them."""
    every = [changes(each) for each in artefacts if each.kind == INNER]
    rest = [each for each in artefacts if each.kind != INNER]
    if not every:
        return rest
    tests = {file.path for file in files if file.kind is FileKind.TEST}
    found = _named(_together(_current(every), tests), _user(every, tests), tests)
    return [*rest, *_artefacts(found, tests)]


def _current(every: Sequence[Changes]) -> list[Changes]:
    """Without scripts for an older schema and copies, if there is something that is current."""
    aside = {each.path for each in every if each.plain and _ASIDE.search(each.path)}
    if all(each.path in aside for each in every):
        return list(every)
    return [each for each in every if each.path not in aside]


def _together(every: Sequence[Changes], tests: AbstractSet[str]) -> State:
    """One state of all sequences; what migrations drop is not there though a file still has it."""
    ordered: list[tuple[State, str]] = []
    loose: list[tuple[State, str]] = []
    for sequence in sequences(every):
        if sequence:
            file = sequence[0][0]
            (loose if file.plain else ordered).append((replayed(sequence), file.path))
    whole = State()
    for state, _ in ordered:
        _merge(whole, state, tests, gone=frozenset())
    dropped = {
        (path.partition("/")[0], name)
        for state, path in ordered
        for name in state.gone
        if name not in whole.tables
    }
    for state, path in loose:
        top = path.partition("/")[0]
        _merge(whole, state, tests, gone={name for where, name in dropped if where == top})
    whole.gone = {name for state, _ in [*ordered, *loose] for name in state.gone}
    return whole


def _merge(whole: State, state: State, tests: AbstractSet[str], *, gone: AbstractSet[str]) -> None:
    for name, table in sorted(state.tables.items()):
        known = whole.tables.get(name)
        if name not in gone:
            whole.tables[name] = table if known is None else _both(known, table, tests)


def _both(one: Table, other: Table, tests: AbstractSet[str]) -> Table:
    """What two definitions say of a table; the better of them is its place."""
    first, second = sorted((one, other), key=lambda table: _rank(table, tests))
    known = set(first.columns)
    first.columns += [each for each in second.columns if each not in known]
    first.primary = first.primary or second.primary
    first.links += second.links
    first.reads = first.reads or second.reads
    first.ordered = first.ordered or second.ordered
    return first


def _rank(table: Table, tests: AbstractSet[str]) -> tuple[bool, bool, bool, str, int]:
    """Which of two speaks for a table that both define."""
    return (not table.made, table.view, table.path in tests, table.path, table.line)


def _user(every: Iterable[Changes], tests: AbstractSet[str]) -> str:
    """The model of Django's user: what the settings say, or its own; "" if they do not agree."""
    users = {
        step.to
        for each in every
        for step in each.steps
        if step.op == NAMED and step.table == USER and each.path not in tests
    }
    return users.pop() if len(users) == 1 else "" if users else f"{MODEL}auth.user"


def _named(state: State, user: str, tests: AbstractSet[str]) -> State:
    """The state with the tables of models under their own names."""
    names = {name: table.named or _by_model(name) for name, table in state.tables.items()}
    found = State(gone={_by_model(name) for name in state.gone})
    for name, table in sorted(state.tables.items()):
        table.links = [_leading(each, names, user=user) for each in table.links]
        if table.made or table.ordered:
            known = found.tables.get(names[name])
            found.tables[names[name]] = table if known is None else _both(known, table, tests)
    return found


def _leading(each: Link, names: Mapping[str, str], *, user: str) -> Link:
    target = user if each.key.target == USER else each.key.target
    leads = names.get(target) or _by_model(target)
    key = Key(each.key.columns, leads, each.key.name, each.key.line)
    return Link(key, each.path, each.tool)


def _by_model(name: str) -> str:
    """`app_model` for a model, `app_model_field` for a table between two; any other name as is."""
    return name.removeprefix(MODEL).replace(".", "_") if name.startswith(MODEL) else name


def _artefacts(state: State, tests: AbstractSet[str]) -> Iterator[Artefact]:
    for name, table in sorted(state.tables.items())[:MAX_TABLES]:
        yield _artefact(TABLE, Location(table.path, table.line), tests=tests, values={
            "table": name,
            "columns": table.columns,
            "primary_key": table.primary,
            "view": table.view,
            "partial": not table.made,
            "reads": sorted(set(table.reads) & state.tables.keys()),
            "tool": table.tool,
        })  # fmt: skip
        yield from _keys(name, table, state=state, tests=tests)


def _keys(name: str, table: Table, *, state: State, tests: AbstractSet[str]) -> Iterator[Artefact]:
    """The foreign keys of a table, each once; none that leads to a table that is gone."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    for each in sorted(table.links, key=lambda one: (one.path in tests, one.path, one.key)):
        target = each.key.target or _meant(each.key.columns, state)
        is_there = target in state.tables or target not in state.gone
        if not target or not is_there or (each.key.columns, target) in seen:
            continue
        seen.add((each.key.columns, target))
        yield _artefact(FOREIGN_KEY, Location(each.path, each.key.line), tests=tests, values={
            "source": name,
            "target": target,
            "columns": list(each.key.columns),
            "tool": each.tool,
        })  # fmt: skip


def _meant(columns: Sequence[str], state: State) -> str:
    """The table that `user_id` leads to by its name, "" if there is none of such a name."""
    base = columns[0].removesuffix("_id") if columns else ""
    several = f"{base[:-1]}ies" if base.endswith("y") else f"{base}es"
    wanted = (f"{base}s", several, base)
    return next((name for name in wanted if base and name in state.tables), "")


def _artefact(
    kind: str, place: Location, *, tests: AbstractSet[str], values: Mapping[str, Plain]
) -> Artefact:
    root: dict[str, Plain] = {
        "language": "sql",
        **values,
        "unit": place.path,
        "unit_kind": "test" if place.path in tests else "source",
    }
    return artefact(kind, place.path, node(root, line=place.line))
