"""Which file of the project a path without its extension means, and in which package it lies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import cast

from assessor.collect.languages.resolution import Extracted
from assessor.model.records import FileKind

TYPED = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".d.mts", ".d.cts")
_PLAIN = (".js", ".jsx", ".mjs", ".cjs")
EXTENSIONS = (*TYPED, *_PLAIN)
# What is written, though the file that it is compiled from is meant.
_COMPILED: Mapping[str, Sequence[str]] = {
    ".d.mts": (".mts",),
    ".d.cts": (".cts",),
    ".d.ts": (".ts", ".tsx", ".js", ".jsx"),
    ".jsx": (".tsx", ".d.ts"),
    ".mjs": (".mts", ".d.mts", ".ts"),
    ".cjs": (".cts", ".d.cts", ".ts"),
    ".js": (".ts", ".tsx", ".d.ts", ".jsx", ".mts", ".mjs"),
}
_BUILT = frozenset(
    (
        *("_cjs", "_esm", "build", "built", "cjs", "commonjs", "compiled", "dist", "dist-cjs"),
        *(
            "dist-esm",
            "dist-types",
            "distribution",
            "es",
            "esm",
            "esnext",
            "lib",
            "lib-esm",
            "out",
        ),
        *("output", "typings", "types", "umd"),
    )
)
_SOURCES = ("src", "source", "lib", "")
_MAINS = ("source", "module", "main", "types", "typings")


@dataclass(frozen=True, slots=True)
class Package:
    """A `package.json`: the folder it lies in, what it says, whether it belongs to tests."""

    folder: str
    said: Mapping[str, object]
    test: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The project's files. packages: by folder; named: by name, all that have it, in order.

    configs: path of a tsconfig or jsconfig -> what it says.
    """

    paths: frozenset[str]
    packages: Mapping[str, Package]
    named: Mapping[str, Sequence[Package]]
    configs: Mapping[str, Mapping[str, object]]


def known_files(paths: Iterable[str], settings: Iterable[Extracted]) -> Known:
    """The project with these files of code."""
    packages: dict[str, Package] = {}
    configs: dict[str, Mapping[str, object]] = {}
    named: dict[str, list[Package]] = {}
    for one in sorted(settings, key=lambda each: each.file.path):
        folder, _, last = one.file.path.rpartition("/")
        said = cast("Mapping[str, object]", one.facts)
        if last != "package.json":
            configs[one.file.path] = said
            continue
        packages[folder] = Package(folder, said, one.file.kind is FileKind.TEST)
        if isinstance(name := said.get("name"), str):
            named.setdefault(name, []).append(packages[folder])
    return Known(frozenset(paths), packages, named, configs)


def at(known: Known, path: str, *, importer: str) -> str | None:
    """The file that a path from the root means: itself, with an extension, or that of a folder."""
    if path == ".." or path.startswith(("../", "/")):
        return None
    folder_only = path.endswith("/")
    bare = normpath(path) if path else "."
    if not folder_only and bare != ".":
        found = _file(known, bare, importer=importer)
        if found is not None:
            return found
    return _folder(known, "" if bare == "." else bare, importer=importer)


def beside(known: Known, written: str, *, importer: str) -> str | None:
    """The file that a relative path means in a file."""
    path = normpath(join(dirname(importer), written))
    if path == ".":
        path = ""
    ends = written.endswith("/") or written.rpartition("/")[2] in {".", ".."}
    found = at(known, f"{path}/" if ends and path else path, importer=importer)
    if found is not None or path.startswith(".."):
        return found
    package = around(known, importer)
    inner = path.removeprefix(f"{package.folder}/") if package and package.folder else path
    built = inner.partition("/")[0] in _BUILT
    return source_of(known, package, inner, importer=importer) if package and built else None


def around(known: Known, path: str) -> Package | None:
    """The innermost package that the file lies in."""
    for folder in folders(path):
        if folder in known.packages:
            return known.packages[folder]
    return None


def folders(path: str) -> Iterator[str]:
    """The folders of a file, innermost first, the root ("") last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def inside(known: Known, package: Package, targets: Iterable[str], *, importer: str) -> str | None:
    """The first file that one of these paths in a package means, as it is or before its build."""
    written = [target.removeprefix("./") for target in targets]
    for target in written:
        found = at(known, join(package.folder, target), importer=importer)
        if found is not None:
            return found
    for target in written:
        found = source_of(known, package, target, importer=importer)
        if found is not None:
            return found
    return None


def source_of(known: Known, package: Package, target: str, *, importer: str) -> str | None:
    """The source of a file in a folder that a build fills, which is not in the repository."""
    parts = normpath(target).split("/")
    for size, part in enumerate(parts[:-1], start=1):
        if part not in _BUILT and part not in _SOURCES and size == 1:
            return None
        for folder in _SOURCES:
            path = "/".join(name for name in (package.folder, folder, *parts[size:]) if name)
            found = _file(known, path, importer=importer) if path else None
            if found is not None:
                return found
    return None


def mains(package: Package) -> list[str]:
    """What a package says its main file is, best first."""
    found = (package.said.get(key) for key in _MAINS)
    return [one for one in found if isinstance(one, str) and one]


def _file(known: Known, path: str, *, importer: str) -> str | None:
    paths = known.paths
    typed = importer.endswith(TYPED)
    if path in paths and not (typed and path.endswith(_PLAIN)):
        return path
    for compiled, sources in _COMPILED.items():
        if path.endswith(compiled):
            stem = path[: -len(compiled)]
            found = next((stem + one for one in sources if stem + one in paths), None)
            if path in paths and (found is None or found.endswith(_PLAIN)):
                return path
            if found is not None:
                return found
            break
    extensions = EXTENSIONS if typed else (*_PLAIN, *TYPED)
    return next((path + one for one in extensions if path + one in paths), None)


def _folder(known: Known, folder: str, *, importer: str) -> str | None:
    package = known.packages.get(folder)
    for main in mains(package) if package else ():
        path = normpath(join(folder, main))
        found = _file(known, path, importer=importer) or _index(known, path, importer=importer)
        if found is not None:
            return found
    return _index(known, folder, importer=importer)


def _index(known: Known, folder: str, *, importer: str) -> str | None:
    return _file(known, join(folder, "index"), importer=importer)
