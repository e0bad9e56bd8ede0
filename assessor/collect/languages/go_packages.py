"""Import paths of Go and the folders that they mean, by the modules of the repository."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from posixpath import dirname
from typing import cast

from assessor.collect.languages.resolution import Extracted


@dataclass(frozen=True, slots=True)
class Module:
    """A path prefix of imports, and the folder that it means."""

    path: str
    folder: str


def modules(settings: Sequence[Extracted]) -> tuple[Module, ...]:
    """The modules that the `go.mod` files name, the longest path first."""
    found = {
        Module(cast("dict[str, str]", one.facts)["module"], dirname(one.file.path))
        for one in settings
    }
    return tuple(sorted(found, key=lambda one: (-len(one.path), one.path, one.folder)))


def supposed(imports: Iterable[str], folders: Collection[str]) -> tuple[Module, ...]:
    """Where no `go.mod` is: the module that most imports agree on, each by the longest suffix of
    its path that is a folder.
    """
    ends: dict[str, list[str]] = {}
    for folder in sorted(folders):
        parts = folder.split("/")
        for at in range(len(parts)):
            ends.setdefault("/".join(parts[at:]), []).append(folder)
    votes: Counter[Module] = Counter()
    for path in imports:
        fitting = _fitting(path, ends)
        if fitting is not None:
            votes[fitting] += 1
    best = sorted(votes, key=lambda one: (-votes[one], len(one.path), one.path, one.folder))
    return tuple(best[:1])


def _fitting(path: str, ends: dict[str, list[str]]) -> Module | None:
    parts = path.split("/")
    if "." not in parts[0]:  # the standard library
        return None
    for at in range(len(parts)):
        suffix = "/".join(parts[at:])
        if suffix in ends:
            folder = min(ends[suffix], key=lambda one: (one.count("/"), one))
            prefix = "/".join(parts[:at])
            return Module(prefix, folder.removesuffix(suffix).rstrip("/"))
    return None


def folders_of(path: str, known: Sequence[Module], *, importer: str) -> list[str]:
    """The folders that an import path may mean, the likeliest first; none for a foreign path.

    The module with the longest path comes first; of those with the same path, the one nearest to
    the importing folder.
    """
    fitting = [one for one in known if _holds(one, path)]
    fitting.sort(key=lambda one: (-len(one.path), -_shared(one.folder, importer), one.folder))
    return [f"{one.folder}/{path[len(one.path) :].strip('/')}".strip("/") for one in fitting]


def _holds(module: Module, path: str) -> bool:
    return not module.path or path == module.path or path.startswith(module.path + "/")


def _shared(folder: str, other: str) -> int:
    """How many parts two folders have in common."""
    count = 0
    for one, another in zip(folder.split("/"), other.split("/"), strict=False):
        if one != another:
            break
        count += 1
    return count
