"""What a container puts where a class asks for something: implementations of the declared type."""

from assessor.collect.languages.typed_table import Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument
from assessor.model.records import FileKind

Implementers = dict[Type, list[Type]]
_MADE = frozenset({"class", "record"})
# Of a marked type (`?T`) only these ask for their element: `ILogger<T>` does not ask for a T.
_GIVES_ELEMENTS = frozenset(
    {
        "Func", "ICollection", "IEnumerable", "IList", "IReadOnlyCollection", "IReadOnlyList",
        "Lazy", "List",
    }
)  # fmt: skip


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
    A collection, provider or optional of something asks for its element. `?T`: only what is
    abstract is put in, as where nothing but its type tells that it comes from a container; of a
    generic type those that implement it with the same arguments, if any do.
    """
    only_abstract, written = written.startswith("?"), written.lstrip("?")
    declared = named(table, scope, erased(written))
    while declared is None and (not only_abstract or erased(written) in _GIVES_ELEMENTS):
        written = last_argument(written)
        if not written:
            break
        declared = named(table, scope, erased(written))
    if declared is None:
        return []
    if not declared.abstract:
        return [] if only_abstract else [declared]
    found = _made_for(scope, makers.get(declared, []))
    if only_abstract and "<" in written:
        found = [maker for maker in found if written in maker.supers_written] or found
    return found or ([] if only_abstract else [declared])


def _made_for(scope: Type, makers: list[Type]) -> list[Type]:
    """Classes of tests are only put into those of tests."""
    return [
        maker
        for maker in makers
        if scope.source.file.kind is FileKind.TEST or maker.source.file.kind is not FileKind.TEST
    ]
