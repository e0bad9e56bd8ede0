"""The symbol table of a Go project: what each package declares, and what a file's imports mean."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from posixpath import basename, dirname
from typing import cast

from assessor.collect.languages.go_facts import GoFacts
from assessor.collect.languages.go_libraries import known_by
from assessor.collect.languages.go_packages import (
    Module,
    folders_of,
    modules,
    supposed,
)
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File

_VARIANTS = 20  # declarations of one type, for so many platforms, that methods are noted for


@dataclass(slots=True, eq=False)
class Source:
    """One file. Mutable: what its names and chains mean is found once and then remembered.

    imports: name in the file -> package. dots: packages imported with a dot. targets: the package
    of each import, None for one from outside. foreign: whether each import is from outside.
    libraries: name in the file -> short name of a library, see `go_libraries`.
    """

    file: File
    facts: GoFacts
    test: bool
    package: "Package"
    imports: dict[str, "Package"] = field(default_factory=dict)
    dots: list["Package"] = field(default_factory=list)
    targets: list["Package | None"] = field(default_factory=list)
    foreign: list[bool] = field(default_factory=list)
    libraries: dict[str, str] = field(default_factory=dict)
    types: list["Type"] = field(default_factory=list)
    meanings: dict[str, object] = field(default_factory=dict)
    named: dict[str, "Type | None"] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Type:
    """A declared type. required: methods of an interface. methods: name -> those declared for it,
    the first one counts. levels: what it embeds, see `go_meaning.levels`, found once.
    """

    source: Source
    number: int
    name: str
    shape: str
    under: str
    embeds: list[str]
    fields: dict[str, str]
    required: dict[str, tuple[list[str], str]]
    methods: dict[str, list["Function"]] = field(default_factory=dict)
    members: dict[str, object] = field(default_factory=dict)
    levels: "list[list[tuple[Type, bool]]]" = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function or method: types of its parameters, its function type, its line."""

    source: Source
    name: str
    takes: list[str]
    result: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A variable or constant of a package, and the chain of what it is."""

    source: Source
    name: str
    chain: str


Declared = Type | Function | Value


@dataclass(slots=True, eq=False)
class Package:
    """The files of a folder with one package clause. names: name -> declarations, the first one
    counts: those in tests come last, otherwise by path.
    """

    folder: str
    name: str
    sources: list[Source] = field(default_factory=list)
    names: dict[str, list[Declared]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Project:
    """All files by path, all types by number, packages by folder. following: how many names are
    being followed just now.
    """

    sources: list[Source]
    types: list[Type]
    packages: dict[str, list[Package]]
    following: int = 0


def project(files: Sequence[Extracted], settings: Sequence[Extracted]) -> Project:
    """The symbol table of all files, whatever their order."""
    packages: dict[tuple[str, str], Package] = {}
    made = Project([], [], {})
    for one in sorted(files, key=lambda one: one.file.path):
        facts = cast("GoFacts", one.facts)
        path = one.file.path
        key = (dirname(path), facts["package"])
        package = packages.setdefault(key, Package(*key))
        source = Source(one.file, facts, path.endswith("_test.go"), package)
        package.sources.append(source)
        made.sources.append(source)
    for package in packages.values():
        package.sources.sort(key=lambda source: source.test)  # stable: by path in each part
        made.packages.setdefault(package.folder, []).append(package)
        for source in package.sources:
            _declare(made, source)
        for source in package.sources:
            _attach(source)
    _import(made, modules(settings))
    return made


def _declare(made: Project, source: Source) -> None:
    names = source.package.names
    for name, shape, under, embeds, fields, methods, _ in source.facts["types"]:
        type_ = Type(
            source, len(made.types), cast("str", name), cast("str", shape), cast("str", under),
            cast("list[str]", embeds), cast("dict[str, str]", fields),
            cast("dict[str, tuple[list[str], str]]", methods),
        )  # fmt: skip
        made.types.append(type_)
        source.types.append(type_)
        if name:
            names.setdefault(type_.name, []).append(type_)
    for name, chain in source.facts["values"].items():
        names.setdefault(name, []).append(Value(source, name, chain))


def _attach(source: Source) -> None:
    """Functions to their package, methods to all types of the receiver's name."""
    names = source.package.names
    for receiver, name, takes, result, line in source.facts["functions"]:
        function = Function(
            source, cast("str", name), cast("list[str]", takes), cast("str", result),
            cast("int", line),
        )  # fmt: skip
        if not receiver:
            names.setdefault(function.name, []).append(function)
            continue
        for one in names.get(cast("str", receiver), [])[:_VARIANTS]:
            if isinstance(one, Type):
                one.methods.setdefault(function.name, []).append(function)


def _import(made: Project, known: Sequence[Module]) -> None:
    if not known:
        paths = (path for source in made.sources for path, _, _ in imports_of(source))
        known = supposed(paths, made.packages)
    memo: dict[tuple[str, str], tuple[Package | None, bool]] = {}
    for source in made.sources:
        for path, alias, _ in imports_of(source):
            key = (path, source.package.folder)
            if key not in memo:
                memo[key] = _package(made, path, known, importer=key[1])
            target, foreign = memo[key]
            source.targets.append(target)
            source.foreign.append(foreign)
            if foreign:
                source.libraries.update(known_by(path, alias))
            if target is not None and alias == ".":
                source.dots.append(target)
            elif target is not None:
                source.imports[alias or target.name] = target


def imports_of(source: Source) -> Iterable[tuple[str, str, int]]:
    """Path, alias and line of each import."""
    flat = source.facts["imports"]
    return cast(
        "Iterable[tuple[str, str, int]]", zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    )


def _package(
    made: Project, path: str, known: Sequence[Module], *, importer: str
) -> tuple[Package | None, bool]:
    """The package that a path means, and whether it is one from outside the project."""
    choices = folders_of(path, known, importer=importer)
    found = next((folder for folder in choices if folder in made.packages), None)
    return (None if found is None else _importable(made.packages[found])), not choices


def _importable(packages: Sequence[Package]) -> Package | None:
    """Of several packages in a folder: no test, no program, the one with most files."""
    counts: Counter[Package] = Counter(
        {
            one: sum(not source.test for source in one.sources)
            for one in packages
            if not one.name.endswith("_test")
        }
    )
    if not counts:
        return None
    return min(counts, key=lambda one: (one.name == "main", -counts[one], one.name))


def main_file(package: Package) -> Source:
    """The file that stands for its package: named like it, else `doc.go`, else the first one."""
    names = (f"{package.name}.go", f"{basename(package.folder)}.go", "doc.go")
    by_name = {basename(source.file.path): source for source in package.sources}
    return next((by_name[name] for name in names if name in by_name), package.sources[0])


def lookup(package: Package, name: str, *, test: bool) -> Declared | None:
    """What a name of a package means; code does not see what tests declare."""
    for one in package.names.get(name, ()):
        if test or not one.source.test:
            return one
    return None


def seen(source: Source, name: str) -> Declared | None:
    """What a name alone means in a file: of its own package, then of those with a dot."""
    found = lookup(source.package, name, test=source.test)
    if found is None:
        for package in source.dots:
            found = found or lookup(package, name, test=False)
    return found
