"""Aliases of a tsconfig or jsconfig: `paths` and `baseUrl`, with what it extends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from assessor.collect.languages.javascript_files import Known, at, folders

_NAMES = ("tsconfig.json", "jsconfig.json")
_LONGEST_CHAIN = 10  # configurations that extend each other
_HERE = "${configDir}"


@dataclass(frozen=True, slots=True)
class Aliases:
    """Patterns with the paths from the root that they may mean. base: where bare names start."""

    patterns: Mapping[str, Sequence[str]]
    base: str | None


def aliases(known: Known, importer: str) -> Aliases | None:
    """The aliases of the configuration nearest to a file."""
    for folder in folders(importer):
        for name in _NAMES:
            path = join(folder, name)
            if path in known.configs:
                return _merged(known, path)
    return None


def aliased(known: Known, meant: Aliases, name: str, *, importer: str) -> str | None:
    """The file that a bare name means by alias."""
    for path in _meanings(meant, name):
        found = at(known, path, importer=importer)
        if found is not None:
            return found
    return at(known, join(meant.base, name), importer=importer) if meant.base is not None else None


def is_own(meant: Aliases, name: str) -> bool:
    """An alias of the project fits, whether or not its file is there."""
    return any(
        not path.startswith("..") and "node_modules" not in path.split("/")
        for pattern, paths in meant.patterns.items()
        if pattern != "*" and _rest(pattern, name) is not None
        for path in paths
    )


def _meanings(meant: Aliases, name: str) -> Iterator[str]:
    """Paths by the pattern that fits best: the name itself, else the longest beginning."""
    fitting = [pattern for pattern in meant.patterns if _rest(pattern, name) is not None]
    if not fitting:
        return
    best = max(fitting, key=lambda pattern: ("*" not in pattern, pattern.find("*"), pattern))
    rest = _rest(best, name) or ""
    for path in meant.patterns[best]:
        yield path.replace("*", rest, 1)


def _rest(pattern: str, name: str) -> str | None:
    """What the star of the pattern stands for, None where the name does not fit."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == name else None
    fits = len(name) >= len(before) + len(after) and name.startswith(before)
    return name[len(before) : len(name) - len(after)] if fits and name.endswith(after) else None


def _merged(known: Known, path: str) -> Aliases:
    """What a configuration says with those that it extends; else those that it refers to."""
    chain = [(one, known.configs[one]) for one in _extended(known, path)]
    own = dirname(path)
    base = next(
        (_below(one, said["baseUrl"], own) for one, said in chain if _has_base(said)), None
    )
    with_paths = next(((one, said) for one, said in chain if said.get("paths")), None)
    if with_paths is None:
        parts = [] if base is not None else list(_referred(known, path))
        patterns = {key: value for part in reversed(parts) for key, value in part.patterns.items()}
        bases = (part.base for part in parts if part.base is not None)
        return Aliases(patterns, base if base is not None else next(bases, None))
    one, said = with_paths
    start = next(
        (_below(at_, its["baseUrl"], own) for at_, its in chain if _has_base(its)), dirname(one)
    )
    return Aliases(_patterns(said["paths"], start, own), base)


def _patterns(said: object, start: str, own: str) -> dict[str, list[str]]:
    """Alias -> the paths that it may mean, from the root."""
    return {
        pattern: [_joined(start, path, own) for path in paths if isinstance(path, str)]
        for pattern, paths in (said.items() if isinstance(said, dict) else ())
        if isinstance(paths, list)
    }


def _extended(known: Known, path: str) -> list[str]:
    """The configuration and those it builds on, the strongest first."""
    found: list[str] = []
    pending = [path]
    while pending and len(found) < _LONGEST_CHAIN:
        one = pending.pop(0)
        if one in found or one not in known.configs:
            continue
        found.append(one)
        extends = known.configs[one].get("extends")
        names = extends if isinstance(extends, list) else [extends]
        pending += [
            target
            for name in reversed(names)
            if isinstance(name, str) and (target := _config(known, one, name))
        ]
    return found


def _config(known: Known, importer: str, name: str) -> str | None:
    """Path of the configuration that is meant by a path, or by the name of a package."""
    if name.startswith("."):
        starts = [join(dirname(importer), name)]
    else:
        parts = name.split("/")
        size = 2 if name.startswith("@") else 1
        packages = known.named.get("/".join(parts[:size]), ())
        starts = [join(package.folder, *parts[size:]) for package in packages]
    for start in starts:
        for path in (start, f"{start}.json", join(start, "tsconfig.json")):
            if normpath(path) in known.configs:
                return normpath(path)
    return None


def _referred(known: Known, path: str) -> Iterator[Aliases]:
    """The aliases of the configurations that one only refers to."""
    references = known.configs[path].get("references")
    for name in references if isinstance(references, list) else ():
        found = _config(known, path, name if name.startswith(".") else f"./{name}")
        if found is not None and not known.configs[found].get("references"):
            yield _merged(known, found)


def _has_base(said: Mapping[str, object]) -> bool:
    return isinstance(said.get("baseUrl"), str)


def _below(path: str, written: object, own: str) -> str:
    """A path that is written in a configuration, from the root."""
    return _joined(dirname(path), str(written), own)


def _joined(start: str, written: str, own: str) -> str:
    if written.startswith(_HERE):
        start, written = own, f".{written.removeprefix(_HERE)}"
    path = normpath(join(start, written))
    return "" if path == "." else path
