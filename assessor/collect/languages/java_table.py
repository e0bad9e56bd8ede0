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
    found_fields: "dict[str, tuple[Type, str] | None]" = field(default_factory=dict)
    found_methods: "dict[str, tuple[Type, list[list[str]]] | None]" = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Table:
    """All types. tops: qualified name of a top-level type -> its declarations, in order of path."""

    sources: list[Source]
    tops: dict[str, list[Type]]
    packages: set[str]
    busy: set[int] = field(default_factory=set)


def table(files: Sequence[Extracted]) -> Table:
    """The symbol table of all files."""
    made = Table([], {}, set())
    for number, extracted in enumerate(sorted(files, key=lambda item: item.file.path)):
        source = _source(extracted.file, cast("FileFacts", extracted.facts), number)
        made.sources.append(source)
        made.packages.add(source.package)
        for declared in source.types:
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
    if outer.outer is None:
        made.top = made
        made.qualified = f"{package}.{made.name}" if package else made.name
    else:
        made.top = outer.top
        made.qualified = f"{outer.qualified}.{made.name}"
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
    found = table.tops.get(name)
    if found is not None:
        return found[0] if len(found) == 1 else nearest(found, source)
    package, _, last = name.rpartition(".")
    if not package or package in table.packages:
        return None
    owner = qualified(table, package, source) if package.count(".") < _DEEPEST else None
    return nested(table, owner, last) if owner is not None else None


def nearest(types: Iterable[Type], source: Source) -> Type:
    """Among several of one name: of the same source root, then of the nearest folder, then no test."""

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


def field_of(table: Table, owner: Type, name: str) -> tuple[Type, str] | None:
    """Who declares a field that a type has, and the field's type as written there."""
    written = owner.fields.get(name)
    if written is not None:
        return owner, written
    if not owner.supers_written:
        return None
    memo = owner.found_fields
    if name in memo:
        return memo[name]
    found = None
    for ancestor in lineage(table, owner):
        written = ancestor.fields.get(name)
        if written is not None:
            found = (ancestor, written)
            break
    memo[name] = found
    return found


def method_of(table: Table, owner: Type, key: str) -> tuple[Type, list[list[str]]] | None:
    """Who declares a method that a type has (`name(2`), and its signatures there.

    Where no one declares it with that number of parameters: one with any number, then an accessor
    that a tool generates for a field.
    """
    memo = owner.found_methods
    if key in memo:
        return memo[key]
    name, _, arity = key.partition("(")
    line = lineage(table, owner)
    if name == "new":
        line = line[:1]
    found = _first(line, key) or _first(line, name + "(*") or _accessor(table, owner, name, arity)
    memo[key] = found
    return found


def _first(line: tuple[Type, ...], key: str) -> tuple[Type, list[list[str]]] | None:
    for ancestor in line:
        signatures = ancestor.methods.get(key)
        if signatures is not None:
            return ancestor, signatures
    return None


def _accessor(
    table: Table, owner: Type, name: str, arity: str
) -> tuple[Type, list[list[str]]] | None:
    bare = name.removeprefix("get") if name.startswith("get") else name.removeprefix("is")
    if arity != "0" or bare == name or not bare:
        return None
    found = field_of(table, owner, bare[0].lower() + bare[1:])
    return (found[0], [[found[1]]]) if found is not None else None
