"""Repositories that a framework makes: whose table they serve, and which methods are called."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_chains import end_of
from assessor.collect.languages.typed_entities import Entities, Stored
from assessor.collect.languages.typed_injection import Implementers, implementers
from assessor.collect.languages.typed_marks import Noted, class_named, imported_from
from assessor.collect.languages.typed_members import method_of
from assessor.collect.languages.typed_table import Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, top_level_parts
from assessor.model.records import FileKind

Repositories = Mapping[Type, Stored]

_HOMES = (
    "org.springframework.data.", "io.micronaut.data.", "io.quarkus.", "jakarta.data.",
    "com.baomidou.mybatisplus.", "tk.mybatis.mapper.",
)  # fmt: skip
_VERB = re.compile(
    r"(find|get(?!BaseMapper|EntityClass)|read|query|search|stream|count|exists|save|persist|insert"
    r"|update|delete|remove|select|list|page|lambdaQuery|lambdaUpdate)(?![a-z])"
)
_PANACHE = frozenset({"PanacheEntity", "PanacheEntityBase"})
_STATICS = re.compile(r"(?:find|list|stream|count|persist|delete|update)(?![a-z])")
_OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "save": ("create", "update"),
    "persist": ("create", "update"),
    "insert": ("create",),
    "update": ("update",),
    "lambdaUpdate": ("update",),
    "delete": ("delete",),
    "remove": ("delete",),
}


def repositories(table: Table, noted: Sequence[Noted], found: Entities) -> dict[Type, Stored]:
    """Each repository that a framework makes, with the class that it stores."""
    defined = {m.owner: m for m in noted if m.kind == "RepositoryDefinition" and not m.member}
    made: dict[Type, Stored] = {}
    for source in table.sources:
        for type_ in source.types:
            stored = None
            if type_ in defined:
                name = class_named(defined[type_].arguments.get("domainClass", ""))
                target = named(table, type_, name) if name else None
                stored = found.stored.get(target) if target is not None else None
            elif type_.supers_written and type_.outer is not None:
                stored = _of_itself(table, type_, found)
                stored = stored or _served(table, type_, found=found, seen=())
            if stored is not None:
                made[type_] = stored
    return made


def _of_itself(table: Table, type_: Type, found: Entities) -> Stored | None:
    """An entity of Panache is its own repository."""
    stored = found.stored.get(type_)
    for above in lineage(table, type_) if stored is not None else ():
        for written in above.supers_written:
            if written in _PANACHE and any(
                each.startswith("io.quarkus.") for each in imported_from(above.source, written)
            ):
                return stored
    return None


def _served(
    table: Table, type_: Type, *, found: Entities, seen: tuple[Type, ...]
) -> Stored | None:
    """The class that a repository stores: an argument of its supertype, or of one above."""
    scope = type_.outer
    if scope is None or type_ in seen:
        return None
    for written in type_.supers_written:
        above = named(table, scope, erased(written))
        if not _is_base(table, scope, written, seen=(*seen, type_)):
            continue
        stored = _argument(table, type_, written, found=found)
        if stored is None and above is not None:
            stored = _served(table, above, found=found, seen=(*seen, type_))
        if stored is not None:
            return stored
    return None


def _is_base(table: Table, scope: Type, written: str, *, seen: tuple[Type, ...]) -> bool:
    """Whether a supertype is the framework's, or leads to one of the framework."""
    above = named(table, scope, erased(written))
    if above is None:
        name = erased(written).lstrip(".")
        packages = imported_from(scope.source, name) if "." not in name else [name]
        return any(f"{package}.".startswith(_HOMES) for package in packages) and "<" in written
    around = above.outer
    if around is None or above in seen:
        return False
    supers = above.supers_written
    return any(_is_base(table, around, each, seen=(*seen, above)) for each in supers)


def _argument(table: Table, type_: Type, written: str, *, found: Entities) -> Stored | None:
    arguments = top_level_parts(written.partition("<")[2][:-1])
    types = (named(table, type_, erased(argument)) for argument in arguments)
    return next((found.stored[each] for each in types if each in found.stored), None)  # type: ignore[index]


def calls(table: Table, noted: Sequence[Noted], repositories: Repositories) -> Iterator[Access]:
    """An access for each place that calls a method of a repository: the repository does it.

    Calls in tests count for repositories in tests only. Methods with a query of their own are
    left out here.
    """
    if not repositories:
        return
    queried = {(mark.owner, mark.member) for mark in noted if mark.kind.endswith("Query")}
    behind, makers = _behind(table, repositories), implementers(table)
    for source in table.sources:
        for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
            for key, count in zip(facts["keys"], facts["counts"], strict=True):
                for link, target in _called(table, scope, key, behind=behind):
                    name = link.partition("(")[0]
                    for repository in behind[target]:
                        stored = repositories[repository]
                        if (
                            _counts(source.file.kind, repository)
                            and (stored.type is not repository or _STATICS.match(name))
                            and (repository, name) not in queried
                            and _is_made(table, repository, link, makers=makers)
                        ):
                            yield from _accesses(repository, stored, name, count=count)


def _behind(table: Table, repositories: Repositories) -> dict[Type, list[Type]]:
    """Type that a receiver may have -> repositories that may stand there."""
    found: dict[Type, list[Type]] = {each: [each] for each in repositories}
    for repository in repositories:
        for above in lineage(table, repository)[1:]:
            scope = above.outer
            if above in repositories or scope is None:
                continue
            if not any(
                _is_base(table, scope, each, seen=(above,)) for each in above.supers_written
            ):
                found.setdefault(above, []).append(repository)
    return found


def _called(
    table: Table, scope: Type, key: str, *, behind: Mapping[Type, list[Type]]
) -> Iterator[tuple[str, Type]]:
    """Methods with a telling name in one chain, and the type that they are called on."""
    if "(" not in key or key[0] in "+^@":
        return
    links = key.split(":")
    for at, link in enumerate(links):
        if at and "(" in link and _VERB.match(link) and not link.startswith("getClass("):
            target = _receiver(table, scope, links[:at], behind=behind)
            if target is not None:
                yield link, target


def _receiver(
    table: Table, scope: Type, links: list[str], *, behind: Mapping[Type, list[Type]]
) -> Type | None:
    if links == [""]:
        inner: Type | None = scope
        while inner is not None and inner not in behind:
            inner = inner.outer
        return inner
    found = end_of(table, scope, links).type
    if found is None and len(links) == 1 and links[0][:1].isupper():
        found = named(table, scope, links[0])
    return found if found in behind else None


def _counts(kind: FileKind, repository: Type) -> bool:
    return kind is not FileKind.TEST or repository.source.file.kind is FileKind.TEST


def _is_made(table: Table, repository: Type, link: str, *, makers: Implementers) -> bool:
    """Whether the framework makes the method, not a class of the project."""
    member = method_of(table, repository, link)
    if member is None:
        return True
    if repository.shape != "interface":
        return False
    by_hand = {f"{member.declarer.name}Impl", f"{repository.name}Impl"}
    return not any(each.name in by_hand for each in makers.get(member.declarer, []))


def _accesses(repository: Type, stored: Stored, name: str, *, count: int) -> Iterator[Access]:
    verb = _VERB.match(name)
    if verb is None or not stored.table:
        return
    source = repository.source
    functions = source.facts["functions"]
    lines = dict(zip(functions[-5::-5], functions[-4::-5], strict=True))  # the first of a name
    at = source.types.index(repository)
    line = lines.get(f"{repository.name}.{name}", source.facts["scopes"][at]["line"])
    for operation in _OPERATIONS.get(verb[1], ("read",)):
        yield Access(source, stored.table, operation, "repository", source.file, int(line), count)
