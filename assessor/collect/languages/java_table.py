"""The symbol table of a project: every declared type, and what a name means where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.java_facts import FileFacts
from assessor.collect.languages.java_text import erased
from assessor.collect.languages.resolution import Extracted
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
    first parts of packages.
    """

    sources: list[Source]
    tops: dict[str, list[Type]]
    packages: set[str]
    names: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    known: dict[str, list[Type]] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)


def table(files: Sequence[Extracted]) -> Table:
    """The symbol table of all files."""
    made = Table([], {}, set())
    for number, extracted in enumerate(sorted(files, key=lambda item: item.file.path)):
        source = _source(extracted.file, cast("FileFacts", extracted.facts), number)
        made.sources.append(source)
        made.packages.add(source.package)
        made.roots.add(source.package.partition(".")[0])
        for declared in source.types:
            made.names.add(declared.name)
            made.fields.update(declared.fields)
            made.methods.update(declared.methods)
            if declared.top is declared:
                declared.number = len(made.tops)
                made.tops.setdefault(declared.qualified, []).append(declared)
    return made


def _source(file: File, facts: FileFacts, number: int) -> Source:
    package = facts["package"]
    folder = file.path.rpartition("/")[0]
    root = folder.removesuffix(package.replace(".", "/")) if package else folder
    source = Source(file, facts, number, package, root)
    for name in facts["imports"]:
        _import(source, name)
    for scope in facts["scopes"]:
        outer = source.types[scope["outer"]] if scope["outer"] >= 0 else None
        made = Type(
            source, outer, scope["name"], scope["shape"], scope["abstract"],
            scope["supers"], scope["fields"], scope["methods"],
        )  # fmt: skip
        _place(made, package)
        source.types.append(made)
    return source


def _place(made: Type, package: str) -> None:
    outer = made.outer
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
    if name.startswith("static "):
        owner, _, member = name[7:].rpartition(".")
        if member == "*":
            source.static_owners.append(owner)
        else:
            source.statics[member] = owner
    elif name.endswith(".*"):
        source.packages.append(name[:-2])
    else:
        source.singles[name.rpartition(".")[2]] = name


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
    if name.rpartition(".")[2] not in table.names:
        memo[name] = None
        return None
    if dot:
        found = named(table, scope, first)
        for part in rest.split("."):
            found = nested(table, found, part) if found is not None else None
        memo[name] = found = found or qualified(table, name, scope.source)
        return found
    inner: Type | None = scope
    found = None
    while inner is not None and found is None:
        if inner.outer is None:
            found = _in_file(table, inner.source, name)
        else:
            found = inner if inner.name == name else nested(table, inner, name)
        inner = inner.outer
    memo[name] = found
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


def _in_file(table: Table, source: Source, name: str) -> Type | None:
    if name in source.named:
        return source.named[name]
    source.named[name] = found = _by_import(table, source, name)
    return found


def _by_import(table: Table, source: Source, name: str) -> Type | None:
    single = source.singles.get(name)
    if single is not None:
        return qualified(table, single, source)
    owner = source.statics.get(name)
    if owner is not None:
        found = qualified(table, owner, source)
        member = nested(table, found, name) if found is not None else None
        if member is not None:
            return member
    own = table.tops.get(f"{source.package}.{name}" if source.package else name)
    if own is not None:
        return nearest(own, source) if len(own) > 1 else own[0]
    for package in source.packages:
        found = qualified(table, f"{package}.{name}", source)
        if found is not None:
            return found
    for package in source.static_owners:
        found = qualified(table, f"{package}.{name}", source)
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


def field_of(table: Table, owner: Type, name: str) -> Member | None:
    """A field that a type declares or inherits."""
    members = owner.members
    if name in members:
        return members[name]
    found = None
    for ancestor in lineage(table, owner) if owner.supers_written else (owner,):
        written = ancestor.fields.get(name)
        if written is not None:
            found = _member(table, ancestor, [[written]])
            break
    members[name] = found
    return found


def method_of(table: Table, owner: Type, key: str) -> Member | None:
    """A method (`name(2`) that a type declares or inherits.

    Where no one declares it with that number of parameters: one with any number, then an accessor
    that a tool generates for a field. Of overloads only what they agree on is known.
    """
    members = owner.members
    if key in members:
        return members[key]
    name, _, arity = key.partition("(")
    line = lineage(table, owner) if owner.supers_written and name != "new" else (owner,)
    found = _first(table, line, key) or _first(table, line, name + "(*")
    if found is None and arity == "0":
        found = _accessor(table, owner, name)
    members[key] = found
    return found


def _first(table: Table, line: tuple[Type, ...], key: str) -> Member | None:
    for ancestor in line:
        signatures = ancestor.methods.get(key)
        if signatures is not None:
            return _member(table, ancestor, signatures)
    return None


def _accessor(table: Table, owner: Type, name: str) -> Member | None:
    for prefix in ("get", "is"):
        bare = name.removeprefix(prefix)
        if bare and bare != name:
            found = field_of(table, owner, bare[0].lower() + bare[1:])
            if found is not None:
                return found
    return None


def _member(table: Table, declarer: Type, signatures: list[list[str]]) -> Member:
    agreed = signatures[0]
    for other in signatures[1:]:
        agreed = [a if a == b else "" for a, b in zip(agreed, other, strict=False)]
    types = [named(table, declarer, erased(written)) if written else None for written in agreed]
    found = tuple(type_ for type_ in types if type_ is not None)
    return Member(declarer, found, agreed[0], types[0])
