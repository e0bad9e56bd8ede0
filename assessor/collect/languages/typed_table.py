"""The symbol table of a project: every declared type, and what a name means where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed_collections import IMPLIED
from assessor.collect.languages.typed_facts import FileFacts
from assessor.collect.languages.typed_text import erased
from assessor.model.records import File, FileKind

_DEEPEST = 40  # supertypes whose resolution needs supertypes whose …; only made-up code gets there


@dataclass(slots=True, eq=False)
class Source:
    """One file: what its imports mean. Mutable: names are looked up once and then remembered."""

    file: File
    facts: FileFacts
    number: int
    package: str
    root: str
    types: list["Type"] = field(default_factory=list)
    singles: dict[str, str] = field(default_factory=dict)
    statics: dict[str, str] = field(default_factory=dict)
    packages: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    static_owners: list[str] = field(default_factory=list)
    named: dict[str, "Type | None"] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Type:
    """One scope of a file: a declared or anonymous class, or (outer None) the file itself."""

    source: Source
    outer: "Type | None"
    name: str
    shape: str
    abstract: bool
    supers_written: list[str]
    fields: dict[str, str]
    methods: dict[str, list[list[str]]]
    package: str = ""
    partial: bool = False
    qualified: str = ""
    number: int = 0
    top: "Type | None" = None
    nested: dict[str, "Type"] = field(default_factory=dict)
    memo: dict[str, "Type | None"] = field(default_factory=dict)
    line: "tuple[Type, ...] | None" = None
    members: "dict[str, Member | None]" = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Member:
    """A field or method; never changed, but frozen it would take thrice as long to make.

    named: the project's types in its signature, without type arguments. result: the type of the
    field or of the method's result as written in `declarer`, "" if there is none or it is not
    known. type: that type, if the project declares it.
    """

    declarer: Type
    named: tuple[Type, ...]
    result: str
    type: Type | None


@dataclass(slots=True, eq=False)
class Table:
    """All types. tops: qualified name of a top-level type -> its declarations, by path.

    names, fields, methods: all simple names of types, names of fields, keys of methods; what is
    in none of them leads nowhere, and need not be looked for in scope after scope. roots: the
    first parts of packages. loose: qualified name of what is declared outside of any class -> the
    facades that hold it. extensions: key of a method that extends other types -> where it is.
    """

    sources: list[Source]
    tops: dict[str, list[Type]]
    packages: set[str]
    names: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    loose: dict[str, list[Type]] = field(default_factory=dict)
    extensions: dict[str, list[Type]] = field(default_factory=dict)
    known: dict[str, list[Type]] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)


def table(files: Sequence[Extracted]) -> Table:
    """The symbol table of all files."""
    made = Table([], {}, set())
    for number, extracted in enumerate(sorted(files, key=lambda item: item.file.path)):
        source = _source(extracted.file, cast("FileFacts", extracted.facts), number)
        made.sources.append(source)
        packages = {source.package, *source.around, *(each.package for each in source.types)}
        made.packages |= packages
        for name in packages:
            made.roots.update(name.split(".") if source.around else [name.partition(".")[0]])
        for declared in source.types:
            made.names.add(declared.name)
            made.fields.update(declared.fields)
            made.methods.update(declared.methods)
            if declared.top is declared:
                declared.number = len(made.tops)
                made.tops.setdefault(declared.qualified, []).append(declared)
                if declared.shape == "facade":
                    _loosen(made, declared)
        _extend(made, source)
    _spread_imports(made)
    for parts in made.tops.values():
        _join(parts)
    return made


def _join(parts: Sequence[Type]) -> None:
    """Partial declarations of one type share their members and supertypes."""
    if len(parts) < 2 or not all(part.partial for part in parts):  # noqa: PLR2004 - several
        return
    first = parts[0]
    for part in parts[1:]:
        first.fields.update(part.fields)
        first.nested.update(part.nested)
        first.supers_written.extend(
            each for each in part.supers_written if each not in first.supers_written
        )
        for key, signatures in part.methods.items():
            first.methods.setdefault(key, []).extend(signatures)
    for part in parts[1:]:
        part.fields, part.nested, part.methods = first.fields, first.nested, first.methods
        part.supers_written = first.supers_written


def _loosen(table: Table, facade: Type) -> None:
    """What the facade holds is found by the name of its package."""
    before = f"{facade.package}." if facade.package else ""
    for name in {*facade.fields, *(key.partition("(")[0] for key in facade.methods)}:
        table.loose.setdefault(before + name, []).append(facade)


def _extend(table: Table, source: Source) -> None:
    for declared, facts in zip(source.types, source.facts["scopes"], strict=True):
        for key in facts.get("extensions", ()):
            table.extensions.setdefault(key, []).append(declared)


def _spread_imports(table: Table) -> None:
    """Imports that one file makes for all in its folder and below."""
    for giver in table.sources:
        names = giver.facts.get("everywhere", ())
        folder = giver.file.path.rpartition("/")[0]
        for taker in table.sources if names else ():
            if taker is not giver and taker.file.path.startswith(f"{folder}/" if folder else ""):
                for name in names:
                    _import(taker, name)


def _source(file: File, facts: FileFacts, number: int) -> Source:
    package = facts["package"]
    folder = file.path.rpartition("/")[0]
    root = folder.removesuffix(package.replace(".", "/")) if package else folder
    source = Source(file, facts, number, package, root, around=facts.get("around", []))
    for name in facts["imports"]:
        _import(source, name)
    source.packages += IMPLIED.get(file.language, ())
    for scope in facts["scopes"]:
        outer = source.types[scope["outer"]] if scope["outer"] >= 0 else None
        made = Type(
            source, outer, scope["name"], scope["shape"], scope["abstract"],
            scope["supers"], scope["fields"], scope["methods"], scope.get("package", package),
            scope.get("partial", False),
        )  # fmt: skip
        _place(made)
        source.types.append(made)
    return source


def _place(made: Type) -> None:
    outer, package = made.outer, made.package
    if outer is None:
        return
    name = made.name or "?"  # anonymous, or in broken code
    if outer.outer is None:
        made.top = made
        made.qualified = f"{package}.{name}" if package else name
    else:
        made.top = outer.top
        made.qualified = f"{outer.qualified}.{name}"
    if made.name:
        outer.nested.setdefault(made.name, made)


def _import(source: Source, name: str) -> None:
    name, _, alias = name.partition(" as ")
    if name.startswith("static "):
        owner, _, member = name[7:].rpartition(".")
        if member == "*":
            source.static_owners.append(owner)
        else:
            source.statics[member] = owner
    elif name.endswith(".*"):
        source.packages.append(name[:-2])
    else:
        source.singles[alias or name.rpartition(".")[2]] = name


def qualified(table: Table, name: str, source: Source) -> Type | None:
    """The type of a fully qualified name, nested ones included, as seen from one file."""
    found = table.known.get(name)
    if found is None:
        found = table.known[name] = _declared(table, name)
    if len(found) > 1:
        return nearest(found, source)
    return found[0] if found else None


def _declared(table: Table, name: str) -> list[Type]:
    """All types of a fully qualified name, nested ones included."""
    owner, inner = name, []
    while owner and owner not in table.tops:
        owner, _, last = owner.rpartition(".")
        if owner in table.packages:
            return []
        inner.append(last)
    found = table.tops.get(owner, [])
    for last in reversed(inner):
        found = [member for top in found if (member := nested(table, top, last)) is not None]
    return found


def nearest(types: Iterable[Type], source: Source) -> Type:
    """Of several of one name: the one of the same source root, the nearest folder, no test."""

    def distance(candidate: Type) -> tuple[bool, int, bool, str]:
        other = candidate.source
        shared = _shared(other.file.path, source.file.path)
        return (
            other.root != source.root,
            -shared,
            other.file.kind is FileKind.TEST,
            other.file.path,
        )

    return min(types, key=distance)


def _shared(a: str, b: str) -> int:
    count = 0
    for one, other in zip(a.split("/"), b.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count


def named(table: Table, scope: Type, name: str) -> Type | None:
    """What a simple or dotted type name means in a scope; None for what is not of the project."""
    memo = scope.memo
    if name in memo:
        return memo[name]
    first, dot, rest = name.partition(".")
    if name.rpartition(".")[2] not in table.names and name not in scope.source.singles:
        memo[name] = None
        return None
    if dot and not first:
        memo[name] = found = qualified(table, rest, scope.source)
        return found
    if dot:
        found = named(table, scope, first)
        for part in rest.split("."):
            found = nested(table, found, part) if found is not None else None
        memo[name] = found = found or _dotted(table, scope, name)
        return found
    inner: Type | None = scope
    found = None
    while inner is not None and found is None:
        if inner.outer is None:
            found = _in_file(table, inner.source, name, package=package_of(scope))
        else:
            found = inner if inner.name == name else nested(table, inner, name)
        inner = inner.outer
    memo[name] = found
    return found


def _dotted(table: Table, scope: Type, name: str) -> Type | None:
    """A name that begins with a package: all of it, an alias of one, or the rest of one around."""
    source = scope.source
    first, _, rest = name.partition(".")
    if first in source.singles:
        return qualified(table, f"{source.singles[first]}.{rest}", source)
    found = qualified(table, name, source)
    if found is None and source.around:
        near = (package_of(scope), *source.around)
        tried = (qualified(table, f"{each}.{name}", source) for each in near)
        found = next((each for each in tried if each is not None), None)
    return found


def nested(table: Table, owner: Type, name: str) -> Type | None:
    """A type declared in a type or inherited by it."""
    own = owner.nested.get(name)
    if own is not None or not owner.supers_written:
        return own
    for ancestor in lineage(table, owner):
        found = ancestor.nested.get(name)
        if found is not None:
            return found
    return None


def package_of(scope: Type) -> str:
    """The package that a scope is in."""
    return scope.top.package if scope.top is not None else scope.source.package


def _in_file(table: Table, source: Source, name: str, *, package: str) -> Type | None:
    key = name if package == source.package else f"{package} {name}"
    if key in source.named:
        return source.named[key]
    source.named[key] = found = _by_import(table, source, name, package=package)
    return found


def _by_import(table: Table, source: Source, name: str, *, package: str) -> Type | None:
    single = source.singles.get(name)
    if single is not None:
        return qualified(table, single, source)
    owner = source.statics.get(name)
    if owner is not None:
        found = qualified(table, owner, source)
        member = nested(table, found, name) if found is not None else None
        if member is not None:
            return member
    for near in (package, *source.around):
        own = table.tops.get(f"{near}.{name}" if near else name)
        if own is not None:
            return nearest(own, source) if len(own) > 1 else own[0]
    for around in (*source.packages, *source.static_owners):
        found = qualified(table, f"{around}.{name}", source)
        if found is not None:
            return found
    return None


def lineage(table: Table, start: Type) -> tuple[Type, ...]:
    """The type and all its supertypes in the project, nearest first, each one once."""
    if start.line is not None:
        return start.line
    if len(table.busy) > _DEEPEST or id(start) in table.busy:
        return (start,)
    table.busy.add(id(start))
    line = {id(start): start}
    queue = [start]
    for current in queue:
        for parent in _parents(table, current):
            if id(parent) not in line:
                line[id(parent)] = parent
                queue.append(parent)
    table.busy.discard(id(start))
    start.line = tuple(line.values())
    return start.line


def _parents(table: Table, current: Type) -> list[Type]:
    around = current.outer
    if around is None:
        return []
    found = (named(table, around, erased(written)) for written in current.supers_written)
    return [parent for parent in found if parent is not None]
