"""Generic repositories of C#: `IRepository<Order>` stores orders, its methods say what they do."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from assessor.collect.languages.csharp_access import Stores, arguments_of
from assessor.collect.languages.csharp_entities import meant
from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_chains import At, end_of
from assessor.collect.languages.typed_facts import NOTED
from assessor.collect.languages.typed_marks import imported_from
from assessor.collect.languages.typed_table import Source, Table, Type, lineage
from assessor.collect.languages.typed_text import erased

_LIBRARY = "Ardalis.Specification"
_BASES = frozenset({"IReadRepositoryBase", "IRepositoryBase", "RepositoryBase"})
_VERB = re.compile(
    r"(Add|Insert|Create|Update|Delete|Remove|Get|Find|List|Query|First|Single|Any|Count|All"
    r"|Exists|AsAsyncEnumerable)(?![a-z])"
)
_CALLED = re.compile(rf":{_VERB.pattern}\w*\(")
_OPERATIONS: Mapping[str, str] = {
    "Add": "create", "Insert": "create", "Create": "create",
    "Update": "update", "Delete": "delete", "Remove": "delete",
}  # fmt: skip


def repository_calls(table: Table, stored: Stores) -> Iterator[Access]:
    """An access for each call on a repository that is given a stored class; the caller does it.

    The repository must be one of Ardalis.Specification, or the project's own with a class that
    works on `Set<T>()` or a `DbSet<T>` of its variable. Methods tell by their first word.
    """
    proven = frozenset(_proven(table)) if stored else frozenset()
    uses = bool(proven) or any(_uses_library(source) for source in table.sources)
    for source in table.sources if stored and uses else ():
        for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
            for key, count, line in zip(
                facts["keys"], facts["counts"], facts["lines"], strict=True
            ):
                if _CALLED.search(key) is None or key[0] in "+^@":
                    continue
                for name, target in _called(table, scope, key, proven=proven):
                    if target in stored and stored[target].table:
                        operation = _OPERATIONS.get(name, "read")
                        yield Access(
                            source, stored[target].table, operation, "repository",
                            source.file, line, count,
                        )  # fmt: skip


def _called(
    table: Table, scope: Type, key: str, *, proven: AbstractSet[Type]
) -> Iterator[tuple[str, Type]]:
    """The first method of a repository in a chain, by its first word, and the class it is for."""
    links = key.split(":")
    for at, link in enumerate(links):
        verb = _VERB.match(link) if at and "(" in link else None
        if verb is None or NOTED in links[at:] or links[:at] == [""]:
            continue
        end = end_of(table, scope, links[:at])
        given = arguments_of(end.written)
        target = meant(table, end.scope, given[0]) if given else None
        if target is not None and _is_repository(end, proven):
            yield verb[1], target
        return


def _is_repository(end: At, proven: AbstractSet[Type]) -> bool:
    return end.type in proven if end.type is not None else _is_library(end.scope, end.written)


def _is_library(scope: Type, written: str) -> bool:
    simple = erased(written).rpartition(".")[2]
    packages = imported_from(scope.source, simple)
    return simple in _BASES and any(each.startswith(_LIBRARY) for each in packages)


def _proven(table: Table) -> Iterator[Type]:
    """Interfaces and classes of repositories that are known to work on a set."""
    for source in table.sources:
        for type_ in source.types:
            if type_.outer is None or not type_.supers_written:
                continue
            every = lineage(table, type_)
            if any(
                _is_library(each, written) for each in every for written in each.supers_written
            ):
                yield type_
            elif type_.shape == "class" and "Repository" in type_.name and _works(type_):
                yield from (each for each in every if "Repository" in each.name)


def _works(type_: Type) -> bool:
    """Whether a class has a set of its own variable, or asks its context for one."""
    facts = type_.source.facts["scopes"][type_.source.types.index(type_)]
    sets = any("DbSet<" in written for written in type_.fields.values())
    return sets or any("Set<" in key for key in facts["keys"])


def _uses_library(source: Source) -> bool:
    return any(each.startswith(_LIBRARY) for each in source.packages)


def _extends_library(type_: Type) -> bool:
    return any(_is_library(type_, written) for written in type_.supers_written)
