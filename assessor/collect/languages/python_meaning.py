"""What a dotted name means in a Python file: a class, a value, a module, or something outside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assessor.collect.languages.python_facts import PythonFacts
from assessor.collect.languages.python_modules import Modules, absolute
from assessor.model.records import File, FileKind

_DEEPEST = 10  # re-exports and bases that are followed before giving up

Step = str | list[object]


class Sort(StrEnum):
    """What is meant by a name."""

    CLASS = "class"
    FUNCTION = "function"
    VALUE = "value"
    MODULE = "module"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, order=True)
class Meaning:
    """path: of the file, "" outside. name: qualified there, full dotted name outside.

    rest: what follows the name of a value or function and is not settled by it.
    """

    sort: Sort
    path: str
    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A chain in a file; see `python_chains`. start, end: its bytes."""

    scope: str
    line: int
    target: str
    steps: object
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Class:
    """A class as written. first, last: its lines."""

    path: str
    name: str
    bases: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Names:
    """All that names of a project lead to.

    targets: path -> (path, name) meant by each import, None for outside. rows: path -> chains.
    values: path -> (scope, name) -> rows that set it. bodies: (path, scope) -> name -> the last of
    these. classes: (path, name) -> class.
    fetched: `app.model` in lower case -> the class that `get_model` gives for it. named: simple
    name -> classes. meant, above: what was found before; they save asking twice.
    """

    files: Mapping[str, File]
    facts: Mapping[str, PythonFacts]
    known: Modules
    targets: Mapping[str, Sequence[tuple[str, str] | None]]
    rows: Mapping[str, Sequence[Row]]
    values: Mapping[str, Mapping[tuple[str, str], Sequence[Row]]]
    bodies: Mapping[tuple[str, str], Mapping[str, Row]]
    classes: Mapping[tuple[str, str], Class]
    fetched: Mapping[str, Class]
    named: Mapping[str, Sequence[Class]]
    meant: dict[tuple[str, str], "Meaning | None"] = field(default_factory=dict, compare=False)
    above: dict[tuple[str, str], tuple["Class | Meaning", ...]] = field(
        default_factory=dict, compare=False
    )


def gathered(
    files: Mapping[str, File],
    facts: Mapping[str, PythonFacts],
    known: Modules,
    *,
    targets: Mapping[str, Sequence[tuple[str, str] | None]],
) -> Names:
    """The names of all files."""
    rows = {
        path: [Row(*each) for each in said["chains"]]
        for path, said in facts.items()
        if said["chains"]
    }
    values = {path: _values(each) for path, each in rows.items()}
    classes = {
        (path, name): Class(path, name, tuple(bases), first, last)
        for path, said in facts.items()
        for name, bases, first, last in said["stored"]
    }
    return Names(
        files,
        facts,
        known,
        targets,
        rows,
        values,
        _bodies(values),
        classes,
        {},
        _named(classes.values()),
    )


def _named(classes: Iterable[Class]) -> dict[str, list[Class]]:
    found: defaultdict[str, list[Class]] = defaultdict(list)
    for one in classes:
        found[one.name].append(one)
    return dict(found)


def _bodies(
    values: Mapping[str, Mapping[tuple[str, str], Sequence[Row]]],
) -> dict[tuple[str, str], dict[str, Row]]:
    found: defaultdict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for path, each in values.items():
        for (scope, target), rows in each.items():
            found[path, scope][target] = rows[-1]
    return dict(found)


def _values(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.target and row.target != "@":
            found[row.scope, row.target].append(row)
    return dict(found)


def meaning(names: Names, path: str, dotted: str) -> Meaning | None:
    """What a dotted name means at module level of a file; None where nothing tells."""
    key = (path, dotted)
    if key not in names.meant:
        names.meant[key] = _meaning(names, path, dotted, deep=0)
    return names.meant[key]


def _meaning(names: Names, path: str, dotted: str, *, deep: int) -> Meaning | None:
    if deep > _DEEPEST or path not in names.facts or not dotted:
        return None
    root, _, rest = dotted.partition(".")
    if (path, root) in names.classes:
        inner = (path, dotted) in names.classes
        return Meaning(Sort.CLASS, path, dotted if inner else root, "" if inner else rest)
    if root in names.facts[path]["defined"]:
        return Meaning(Sort.FUNCTION, path, root, rest)
    if ("", root) in names.values.get(path, {}):
        return Meaning(Sort.VALUE, path, root, rest)
    return _imported(names, path, dotted, deep=deep) or _starred(names, path, dotted, deep=deep)


def _imported(names: Names, path: str, dotted: str, *, deep: int) -> Meaning | None:
    root, _, rest = dotted.partition(".")
    said = names.facts[path]
    numbers = said["exports"].get(root) or [
        number for number, each in enumerate(said["imports"]) if each[2] == root
    ]
    for number in numbers:
        found = _through(names, path, number, dotted=dotted, rest=rest, deep=deep)
        if found:
            return found
    return None


def _through(
    names: Names, path: str, number: int, *, dotted: str, rest: str, deep: int
) -> Meaning | None:
    module, level, name, _, _ = names.facts[path]["imports"][number]
    if not name and dotted.startswith(f"{module}."):
        rest = dotted[len(module) + 1 :]
    target = names.targets[path][number]
    if target is None:
        if level:
            return None
        full = ".".join(part for part in (module, name, rest) if part)
        return Meaning(Sort.OUTSIDE, "", full)
    there, inside = target
    wanted = ".".join(part for part in (inside, rest) if part)
    if not wanted:
        return Meaning(Sort.MODULE, there, "")
    return _meaning(names, there, wanted, deep=deep + 1) or _submodule(
        names, there, wanted, deep=deep
    )


def _submodule(names: Names, path: str, dotted: str, *, deep: int) -> Meaning | None:
    """A module below a package, where `from a import b` and then `b.c.D` leads on."""
    first, _, rest = dotted.partition(".")
    inner = absolute(names.known, f"{names.known.names[path]}.{first}", importer=path)
    if inner is None or inner == path:
        return None
    return _meaning(names, inner, rest, deep=deep + 1) if rest else Meaning(Sort.MODULE, inner, "")


def _starred(names: Names, path: str, dotted: str, *, deep: int) -> Meaning | None:
    imports = names.facts[path]["imports"]
    for (module, level, name, _, _), target in zip(imports, names.targets[path], strict=True):
        if name != "*":
            continue
        if target is not None:
            found = _meaning(names, target[0], dotted, deep=deep + 1)
            if found:
                return found
        elif not level and module.startswith(("django.", "sqlalchemy", "rest_framework")):
            return Meaning(Sort.OUTSIDE, "", f"{module}.{dotted}")
    return None


def class_of(names: Names, path: str, scope: str) -> Class | None:
    """The class around a scope, itself included."""
    parts = scope.split(".")
    for size in range(len(parts), 0, -1):
        found = names.classes.get((path, ".".join(parts[:size])))
        if found:
            return found
    return None


def bases(names: Names, one: Class) -> tuple[Class | Meaning, ...]:
    """All ancestors, nearest first: classes of the project, and what lies outside of it."""
    key = (one.path, one.name)
    if key not in names.above:
        names.above[key] = tuple(_bases(names, one, deep=0))
    return names.above[key]


def _bases(names: Names, one: Class, *, deep: int) -> Iterator[Class | Meaning]:
    if deep > _DEEPEST:
        return
    for written in one.bases:
        found = meaning(names, one.path, written)
        if found is None:
            continue
        there = as_class(names, found)
        if there is not None:
            if there != one:
                yield there
                yield from _bases(names, there, deep=deep + 1)
        else:
            yield found


def as_class(names: Names, found: Meaning) -> Class | None:
    """The class that is meant, also by `X = get_model("app", "X")`."""
    if found.rest:
        return None
    if found.sort is Sort.CLASS:
        return names.classes.get((found.path, found.name))
    if found.sort is not Sort.VALUE:
        return None
    steps = names.values[found.path]["", found.name][-1].steps
    call = steps[-1] if isinstance(steps, list) and steps else None
    if not isinstance(call, list) or call[0] not in {"get_model", "get_class"}:
        return None
    said = [str(each).removeprefix("'") for each in call[1:3]]
    if call[0] == "get_class":
        return loaded(names, said[0], said[-1]) if len(said) > 1 else None
    return names.fetched.get(".".join(said).lower())


def loaded(names: Names, module: str, name: str) -> Class | None:
    """The class that `get_class("a.b", "X")` loads, if only one file ends so; tests come last."""
    end = module.replace(".", "/")
    found = [
        one
        for one in names.named.get(name, ())
        if f"/{one.path}".endswith((f"/{end}.py", f"/{end}/__init__.py"))
    ]
    real = [one for one in found if names.files[one.path].kind is not FileKind.TEST] or found
    return real[0] if len(real) == 1 else None


def body(names: Names, one: Class, inner: str = "") -> Mapping[str, Row]:
    """Name -> what the class body, or that of a class in it, sets the name to."""
    return names.bodies.get((one.path, f"{one.name}.{inner}" if inner else one.name), {})
