"""What a container puts where a class asks for something: implementations of the declared type."""

from assessor.collect.languages.typed_table import Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument
from assessor.model.records import FileKind

Implementers = dict[Type, list[Type]]
_MADE = frozenset({"class", "record"})


def implementers(table: Table) -> Implementers:
    """Concrete classes under each of their supertypes, in order of path."""
    found: Implementers = {}
    for source in table.sources:
        for declared in source.types:
            if declared.outer is not None and declared.shape in _MADE and not declared.abstract:
                for ancestor in lineage(table, declared)[1:]:
                    found.setdefault(ancestor, []).append(declared)
    return found


def injectable(table: Table, scope: Type, *, written: str, makers: Implementers) -> list[Type]:
    """What a container can put in: the class itself, or all concrete classes of an abstract one.

    An abstract type without any (a mapper or repository made by a framework) stands for itself.
    A collection, provider or optional of something asks for its element. `?T` is for a language
    that cannot say what a container makes: only an abstract type of which there are classes.
    """
    only_abstract, written = written[:1] == "?", written.removeprefix("?")
    declared = named(table, scope, erased(written))
    while declared is None and (written := last_argument(written)):
        declared = named(table, scope, erased(written))
    if declared is None:
        return []
    if not declared.abstract:
        return [] if only_abstract else [declared]
    found = [
        candidate
        for candidate in makers.get(declared, [])
        if scope.source.file.kind is FileKind.TEST
        or candidate.source.file.kind is not FileKind.TEST
    ]
    return found or ([] if only_abstract else [declared])
