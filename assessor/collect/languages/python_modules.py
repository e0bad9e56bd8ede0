"""Which Python module a file is, and which file an import means."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.model.records import File, FileKind

Folder = tuple[str, ...]
_SOURCE_ROOTS = ("src", "lib", "source")
_MARKERS = ("setup", "manage")


@dataclass(frozen=True, slots=True)
class Place:
    """One file as a module: its path taken apart, and the folders its name may start below.

    parts: folders and module name, `__init__` left out. nearest: number of leading folders that
    lie above the package (for a loose file, all of them). usual: the number if no import tells.
    """

    file: File
    parts: Folder
    package: bool
    nearest: int
    usual: int


@dataclass(frozen=True, slots=True)
class Modules:
    """The project's modules.

    names: path -> dotted name. places: path -> place. stems: parts -> path. roots: path -> number
    of leading folders above the name. aliases: every dotted name that a file may be imported by ->
    paths. folders: dotted names of all packages, those without a file of their own included.
    """

    names: Mapping[str, str]
    places: Mapping[str, Place]
    stems: Mapping[Folder, str]
    roots: Mapping[str, int]
    aliases: Mapping[str, tuple[str, ...]]
    folders: frozenset[str]


def modules(files: Sequence[File], *, imported: Mapping[str, Iterable[str]]) -> Modules:
    """Names for all files.

    imported: path -> absolute dotted names imported there. They decide where the path does not:
    `import ns.pkg` tells that `ns` belongs to the name though it has no `__init__.py`.
    """
    places = _places(files)
    aliases = _aliases(places.values())
    known = Modules({}, places, {}, {}, aliases, frozenset())
    roots = _voted(known, imported)
    names = {path: ".".join(place.parts[roots[path] :]) for path, place in places.items()}
    parents = {name[:at] for name in names.values() for at, dot in enumerate(name) if dot == "."}
    stems: dict[Folder, str] = {}
    for path, place in places.items():
        stems.setdefault(place.parts, path)
    return Modules(names, places, stems, roots, aliases, frozenset(parents))


def absolute(known: Modules, name: str, *, importer: str) -> str | None:
    """Path of the module that a dotted name means in a file, or None; of several the nearest."""
    candidates = known.aliases.get(name)
    if not candidates or name in sys.stdlib_module_names:
        return None
    reachable = [path for path in candidates if _reaches(known, path, name, importer=importer)]
    if len(reachable) < 2:  # noqa: PLR2004 - nothing to choose between
        return reachable[0] if reachable else None
    here = known.places[importer].parts
    return max(reachable, key=lambda path: _shared(known.places[path].parts, here))


def relative(known: Modules, name: str, *, level: int, importer: str) -> str | None:
    """Path of the module that dots and a name mean in a file; None beyond the top package."""
    place = known.places[importer]
    package = place.parts if place.package else place.parts[:-1]
    base = len(package) - (level - 1)
    if base <= known.roots[importer]:
        return None
    return known.stems.get((*package[:base], *(name.split(".") if name else ())))


def _shared(here: Folder, there: Folder) -> int:
    return next(
        (at for at, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]),
        len(here),
    )


def _places(files: Sequence[File]) -> dict[str, Place]:
    stems = {file.path: _stem(file.path) for file in files}
    packages = {parts for parts, package in stems.values() if package}
    marked = {
        parts[:-1] for parts, package in stems.values() if not package and parts[-1] in _MARKERS
    }
    ordered = sorted(files, key=lambda file: (file.path.endswith(".pyi"), file.path))
    return {
        file.path: _place(file, stems[file.path], packages=packages, marked=marked)
        for file in ordered
    }


def _stem(path: str) -> tuple[Folder, bool]:
    parts = path.split("/")
    last = parts[-1].rpartition(".")[0] or parts[-1]
    package = last == "__init__" and len(parts) > 1
    return (tuple(parts[:-1]) if package else (*parts[:-1], last)), package


def _place(
    file: File, stem: tuple[Folder, bool], *, packages: set[Folder], marked: set[Folder]
) -> Place:
    parts, package = stem
    folders = parts if package else parts[:-1]
    nearest = len(folders)
    while nearest and folders[:nearest] in packages:
        nearest -= 1
    tops = [size for size in range(1, len(folders) + 1) if folders[:size] in packages]
    usual = tops[0] - 1 if tops else _source_root(folders, marked)
    return Place(file, parts, package, nearest, usual)


def _source_root(folders: Folder, marked: set[Folder]) -> int:
    """Folders above the name of a file in no package: up to `src`, or a folder with `setup.py`."""
    for size in range(len(folders), 0, -1):
        if folders[:size] in marked or folders[size - 1] in _SOURCE_ROOTS:
            return size
    return 0


def _aliases(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for place in places:
        for root in range(place.nearest + 1):
            found[".".join(place.parts[root:])].append(place.file.path)
    return {name: tuple(paths) for name, paths in found.items()}


def _reaches(known: Modules, path: str, name: str, *, importer: str) -> bool:
    """The importing file can know the module by this name.

    Either it lies below the folder that the name starts from, or that folder is where the module's
    names usually start; but code does not reach into the tests' folders.
    """
    place, importing = known.places[path], known.places[importer]
    root = _above(place, name)
    if importing.parts[:root] == place.parts[:root] and len(importing.parts) > root:
        return True
    into_tests = place.file.kind is FileKind.TEST and importing.file.kind is not FileKind.TEST
    return (
        root in {place.usual, place.nearest if place.package else place.usual} and not into_tests
    )


def _voted(known: Modules, imported: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Number of folders above each path's name, as most imports of its package have it."""
    usual = {path: place.usual for path, place in known.places.items()}
    if not _contested(known, {name for names in imported.values() for name in names}):
        return usual
    votes: defaultdict[Folder, Counter[int]] = defaultdict(Counter)
    for importer, names in imported.items():
        for name in names:
            path = absolute(known, name, importer=importer)
            if path is not None:
                votes[_group(known.places[path])][_above(known.places[path], name)] += 1
    return {path: _root(place, votes[_group(place)]) for path, place in known.places.items()}


def _contested(known: Modules, names: set[str]) -> bool:
    """Some import may mean a module by another than its usual name."""
    return any(
        _above(known.places[path], name) != known.places[path].usual
        for name in names
        for path in known.aliases.get(name, ())
    )


def _above(place: Place, name: str) -> int:
    """Number of folders above a name of the place."""
    return len(place.parts) - name.count(".") - 1


def _group(place: Place) -> Folder:
    """The top-level package that a file belongs to, or the folder of a loose file."""
    return (
        place.parts[: place.nearest + 1]
        if len(place.parts) > place.nearest + 1 or place.package
        else place.parts[:-1]
    )


def _root(place: Place, votes: Counter[int]) -> int:
    return max(
        votes, key=lambda root: (votes[root], root == place.usual, root), default=place.usual
    )
