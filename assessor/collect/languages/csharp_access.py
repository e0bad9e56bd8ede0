"""What is done to the tables of Entity Framework: chains of names that lead through a `DbSet`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assessor.collect.languages.csharp_entities import is_context, meant, set_of, whole
from assessor.collect.languages.csharp_tracked import CHANGED, HANDED_ON
from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_chains import end_of
from assessor.collect.languages.typed_entities import Stored
from assessor.collect.languages.typed_facts import NOTED
from assessor.collect.languages.typed_sessions import session_calls
from assessor.collect.languages.typed_table import Source, Table, Type, lineage
from assessor.collect.languages.typed_text import erased, last_argument, top_level_parts

Stores = Mapping[Type, Stored]

_OPERATIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("Add", "AddAsync", "AddRange", "AddRangeAsync", "Added"), ("create",)),
    "AddOrUpdate": ("create", "update"),
    **dict.fromkeys(("Update", "UpdateRange", "Modified", CHANGED), ("update",)),
    **dict.fromkeys(("Remove", "RemoveRange", "Deleted"), ("delete",)),
    **dict.fromkeys(("ExecuteUpdate", "ExecuteUpdateAsync"), ("update",)),
    **dict.fromkeys(("ExecuteDelete", "ExecuteDeleteAsync"), ("delete",)),
    **dict.fromkeys(("Find", "FindAsync", "Load"), ("read",)),
    **dict.fromkeys(("Attach", "AttachRange", "Entry", "Local", "EntityType"), ()),
}
_BULK = frozenset({"ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync"})
_SET = re.compile(r"Set<(.+)>\(0")
# `var set = context.Orders; set.Add(…)`; not `foreach (var one in context.Orders)`.
_VARIABLE = re.compile(r":!:(?!\[\]|!)")
_LOADED = re.compile(
    r"(?:To(?:List|Array|Dictionary|HashSet|Lookup)|First|Single|Last|Find|Load|AsEnumerable)"
    r"\w*\("
)
_ELEMENT = "[]"
_COPIES = frozenset({"Add", "AddAsync", "AsNoTracking", "GroupBy", "Select", "SelectMany"})


@dataclass(frozen=True, slots=True)
class _Known:
    """All types, the stored ones, and the names of fields that are sets."""

    table: Table
    stored: Stores
    fields: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where a chain has come to a set: the stored class, and how many links that took."""

    stored: Stored
    used: int


def accesses(table: Table, stored: Stores) -> Iterator[Access]:
    """An access for each chain through a set, and for what is handed to a context."""
    known = _Known(table, stored, frozenset(_fields(table)))
    for source in table.sources if stored else ():
        handed_on = Counter(
            (call.scope, call.receiver) for call in session_calls(source) if call.verb == HANDED_ON
        )
        for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
            keys = facts["keys"]
            named = {key[: found.start()] for key in keys for found in _VARIABLE.finditer(key)}
            for key, count, line in zip(keys, facts["counts"], facts["lines"], strict=True):
                links = _links(key, known.fields)
                times = count - handed_on[scope, key]
                if links and times > 0 and not (key in named and _is_set(known, links[-1])):
                    for each, operation in _done(known, scope, links):
                        if each.table:
                            yield Access(
                                source, each.table, operation, "orm", source.file, line, times
                            )
        yield from _handed(known, source)


def _fields(table: Table) -> Iterator[str]:
    for source in table.sources:
        for type_ in source.types:
            for name, written in type_.fields.items():
                if "DbSet<" in written and set_of(written):
                    yield name


def _is_set(known: _Known, link: str) -> bool:
    return link in known.fields or _SET.fullmatch(link) is not None


def _links(key: str, fields: AbstractSet[str]) -> list[str]:
    """The links of a chain that may lead through a set."""
    if key[0] in "+^@":
        return []
    links = key.split(":")
    return links if "Set<" in key or not fields.isdisjoint(links) else []


def _reached(known: _Known, scope: Type, links: Sequence[str]) -> _Reached | None:
    """The first set in a chain."""
    table = known.table
    for at, link in enumerate(links):
        found = _SET.fullmatch(link)
        target: Type | None = None
        if found is not None and _is_session(table, scope, links[:at]):
            target = meant(table, scope, found[1])
        elif link in known.fields:
            end = end_of(table, scope, list(links[: at + 1]))
            target = meant(table, end.scope, set_of(end.written))
        if target is not None and target in known.stored:
            return _Reached(known.stored[target], at + 1)
    return None


def _is_session(table: Table, scope: Type, links: Sequence[str]) -> bool:
    """Whether a chain leads to a context, or to the project's own interface of one."""
    if links == [""]:
        return is_context(table, scope)
    end = end_of(table, scope, list(links))
    if end.type is None:
        return erased(end.written).rpartition(".")[2].endswith("DbContext")
    return is_context(table, end.type) or any(
        signature[0].startswith("DbSet<")
        for each in lineage(table, end.type)
        for signature in each.methods.get("Set(0", ())
    )


def _done(known: _Known, scope: Type, links: list[str]) -> Iterator[tuple[Stored, str]]:
    """What a chain does: with its set, and with what its query leads to from there."""
    reached = _reached(known, scope, links)
    if reached is None:
        return
    rest = links[reached.used :]
    if len(links) == 2 and links[0] == "":  # noqa: PLR2004 - one call, and nothing on it
        return  # `DbSet<Order> Orders => Set<Order>();`
    if rest[:1] == [NOTED]:
        rest = rest[1:]
    if NOTED in rest:
        yield from _joined(known, scope, links, used=len(links) - len(rest))
        return
    names = [link.partition("(")[0] for link in rest if "(" in link]
    bulk = next((name for name in names if name in _BULK), "")
    first = bulk or rest[0].partition("(")[0] if rest else ""
    for operation in _OPERATIONS.get(first, ("read",)):
        yield reached.stored, operation


def _joined(
    known: _Known, scope: Type, links: list[str], *, used: int
) -> Iterator[tuple[Stored, str]]:
    """`orders.Where(o => o.Customer.Name …)` reads the customers too, while it is a query."""
    at = used
    while at < len(links) and ("(" in links[at] or links[at] in {_ELEMENT, NOTED}):
        if _LOADED.match(links[at]):
            return
        at += 1
    for end in range(at + 1, len(links) + 1):
        link = links[end - 1]
        if "(" in link or link in {_ELEMENT, NOTED}:
            return
        found = end_of(known.table, scope, links[:end])
        written = found.written
        target = meant(known.table, found.scope, last_argument(written) or written)
        if target is None or target not in known.stored:
            return
        yield known.stored[target], "read"


def _handed(known: _Known, source: Source) -> Iterator[Access]:
    """What is done with objects that a context is given, or has read before."""
    for call in session_calls(source):
        links = call.receiver.split(":")
        found: Stored | None = None
        if call.verb == CHANGED:
            reached = _reached(known, call.scope, links)
            if reached is not None and _is_tracked(links[reached.used :]):
                found = reached.stored
        elif call.verb in _OPERATIONS and _is_session(known.table, call.scope, links):
            found = _given(known, call.scope, call.argument)
        for operation in _OPERATIONS.get(call.verb, ()):
            if found is not None and found.table:
                yield Access(source, found.table, operation, "orm", source.file, call.line)


def _is_tracked(links: Sequence[str]) -> bool:
    """Whether a chain has read what its context will save: the whole object, not a copy."""
    names = {link.partition("(")[0] for link in links}
    return any(_LOADED.match(link) for link in links) and names.isdisjoint(_COPIES)


def _given(known: _Known, scope: Type, argument: str) -> Stored | None:
    """The stored class that an argument is of, or its elements are."""
    if not argument:
        return None
    end = end_of(known.table, scope, argument.split(":"))
    type_ = end.type if not end.written.endswith("[]") else None
    found = whole(known.table, type_) if type_ is not None else None
    if found is None and end.written:
        found = meant(known.table, end.scope, last_argument(end.written))
    return known.stored.get(found) if found is not None else None


def arguments_of(written: str) -> list[str]:
    """The type arguments of a type."""
    return top_level_parts(written.partition("<")[2][:-1]) if "<" in written else []
