"""Names of packages: which of them are of the project, and what `exports` and `imports` mean."""

import re
from collections.abc import Iterator, Mapping

from assessor.collect.languages.javascript_files import (
    Known,
    Package,
    around,
    at,
    folders,
    inside,
    mains,
)

_NAME = re.compile(r"(?:@[\w.~-]+/)?[A-Za-z0-9~_][\w.~-]*")
_UNKNOWN = re.compile(r"[a-z][a-z0-9+.-]*:")
_NODE = "node:"
# Conditions that lead to the source, or at least to code, before those that lead to types.
_CONDITIONS = (
    "source",
    "development",
    "import",
    "module",
    "node",
    "require",
    "browser",
    "default",
)


def split(name: str) -> tuple[str, str]:
    """Package and the path in it: `@scope/name/a/b` -> `@scope/name`, `a/b`; "" if it is none."""
    name = name.removeprefix(_NODE)
    if _UNKNOWN.match(name):
        return "", ""
    parts = name.split("/")
    size = 2 if name.startswith("@") else 1
    package = "/".join(parts[:size])
    return (package, "/".join(parts[size:])) if _NAME.fullmatch(package) else ("", "")


def packaged(known: Known, name: str, *, importer: str, test: bool) -> str | None:
    """The file that a name of a package of the project means; of several packages the nearest."""
    package_name, path = split(name)
    for package in candidates(known, package_name, importer=importer, test=test):
        found = _entry(known, package, path, importer=importer)
        if found is not None:
            return found
    return None


def candidates(known: Known, name: str, *, importer: str, test: bool) -> list[Package]:
    """Packages of that name, the nearest first; those of tests serve only tests."""
    near = list(folders(importer))
    found = [one for one in known.named.get(name, ()) if test or not one.test]
    return sorted(found, key=lambda one: (_distance(one, near), one.folder))


def own(known: Known, name: str, *, importer: str) -> list[str]:
    """Names of packages that `#name` means by the `imports` of the package around."""
    package = around(known, importer)
    said = package.said.get("imports") if package else None
    found = _targets(said, name) if isinstance(said, dict) else []
    return [one for one in found if not one.startswith(".")]


def own_file(known: Known, name: str, *, importer: str) -> str | None:
    """The file that `#name` means by a path in the package around."""
    package = around(known, importer)
    said = package.said.get("imports") if package else None
    if package is None or not isinstance(said, dict):
        return None
    paths = [one for one in _targets(said, name) if one.startswith("./")]
    return inside(known, package, paths, importer=importer)


def _distance(package: Package, near: list[str]) -> int:
    """Number of folders to go up from the importing file to reach one around the package."""
    above = [package.folder, *folders(package.folder)]
    return next((at_ for at_, folder in enumerate(near) if folder in above), len(near))


def _entry(known: Known, package: Package, path: str, *, importer: str) -> str | None:
    exports = package.said.get("exports")
    written = _exported(exports, f"./{path}" if path else ".") if exports else []
    found = inside(known, package, written, importer=importer)
    if found is not None:
        return found
    if path:
        tried = [path, f"src/{path}", f"lib/{path}", f"dist/{path}"]
        return inside(known, package, tried, importer=importer)
    found = inside(known, package, mains(package), importer=importer)
    if found is not None:
        return found
    for folder in ("", "src/", "lib/"):
        start = f"{package.folder}/{folder}index" if package.folder else f"{folder}index"
        found = at(known, start, importer=importer)
        if found is not None:
            return found
    return None


def _exported(exports: object, path: str) -> list[str]:
    """What the `exports` of a package say for a path, best first."""
    if isinstance(exports, dict) and any(key.startswith(".") for key in exports):
        return _targets(exports, path)
    return list(_leaves(exports)) if path == "." else []


def _targets(said: Mapping[str, object], path: str) -> list[str]:
    """Paths by the key that fits best: the path itself, else the longest beginning."""
    if path in said:
        return list(_leaves(said[path]))
    fitting = [key for key in said if "*" in key and _fits(key, path)]
    if not fitting:
        return []
    best = max(fitting, key=lambda key: (key.index("*"), len(key)))
    before, _, after = best.partition("*")
    rest = path[len(before) : len(path) - len(after)]
    return [target.replace("*", rest) for target in _leaves(said[best])]


def _fits(key: str, path: str) -> bool:
    before, _, after = key.partition("*")
    long = len(path) > len(before) + len(after) - 1
    return long and path.startswith(before) and path.endswith(after)


def _leaves(said: object) -> Iterator[str]:
    """All paths under conditions, the better conditions first."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for one in said:
            yield from _leaves(one)
    elif isinstance(said, dict):
        known = [key for key in _CONDITIONS if key in said]
        for key in (*known, *(key for key in said if key not in known)):
            yield from _leaves(said[key])
