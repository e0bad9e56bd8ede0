"""What a container puts where a class asks for something: implementations of the declared type."""

from collections.abc import Mapping, Sequence

from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_table import Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument
from assessor.model.records import FileKind

Implementers = dict[Type, list[Type]]
Beans = Mapping[str, frozenset[str]]  # what XML calls a bean -> full names of the classes
NO_BEANS: Beans = {}
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


def beans_of(settings: Sequence[Extracted]) -> Beans:
    """The beans that XML of Spring declares."""
    found: dict[str, set[str]] = {}
    for each in settings:
        rows = each.facts.get("beans", []) if isinstance(each.facts, dict) else []
        flat = rows if isinstance(rows, list) else []
        for name, class_ in zip(flat[::2], flat[1::2], strict=True):
            found.setdefault(str(name), set()).add(str(class_))
    return {name: frozenset(classes) for name, classes in found.items()}


def injectable(
    table: Table,
    scope: Type,
    *,
    written: str,
    makers: Implementers,
    beans: Beans = NO_BEANS,
) -> list[Type]:
    """What a container can put in: the class itself, or all concrete classes of an abstract one.

    An abstract type without any (a mapper or repository made by a framework) stands for itself.
    A collection, provider or optional of something asks for its element. `?T`: only what is
    abstract is put in, as where nothing but its type tells that it comes from a container; of a
    generic type those that implement it with the same arguments, if any do. `T#x`, `T#~x`: only
    the bean of that name, if one and only one is called so; not among elements.
    """
    written, _, called = written.partition("#")
    only_abstract, written = written.startswith("?"), written.lstrip("?")
    declared = named(table, scope, erased(written))
    called = called if declared is not None else ""
    while declared is None and (not only_abstract or erased(written) in _GIVES_ELEMENTS):
        written = last_argument(written)
        if not written:
            break
        declared = named(table, scope, erased(written))
    if declared is None:
        return []
    if not declared.abstract:
        own = [] if only_abstract else [declared]
        return _called(scope, [*own, *makers.get(declared, [])], called, beans=beans) or own
    found = _made_for(scope, makers.get(declared, []))
    if only_abstract and "<" in written:
        found = [maker for maker in found if written in maker.supers_written] or found
    found = _called(scope, found, called, beans=beans) or found
    return found or ([] if only_abstract else [declared])


def _called(scope: Type, makers: Sequence[Type], name: str, *, beans: Beans) -> list[Type]:
    """The only one of these whose bean has the name; nothing where it is none, or several."""
    if not name or (name[0] == "~" and len(makers) < 2):  # noqa: PLR2004 - several
        return []
    name = name.lstrip("~")
    in_xml = beans.get(name, frozenset())
    found = [
        each
        for each in _made_for(scope, makers)
        if each.qualified in in_xml or _bean(each) == name
    ]
    return found if len(found) == 1 else []


def _bean(type_: Type) -> str:
    source = type_.source
    return source.facts["scopes"][source.types.index(type_)].get("bean", "")


def _made_for(scope: Type, makers: Sequence[Type]) -> list[Type]:
    """Classes of tests are only put into those of tests."""
    return [
        maker
        for maker in makers
        if scope.source.file.kind is FileKind.TEST or maker.source.file.kind is not FileKind.TEST
    ]
