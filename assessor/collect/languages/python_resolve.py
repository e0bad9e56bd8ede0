"""Phase B for Python: imports become references between files, the rest becomes artefacts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from assessor.collect.languages import python_deeds as deeds
from assessor.collect.languages.python_facts import ANNOTATE, CALL, INHERIT, TYPE, PythonFacts
from assessor.collect.languages.python_meaning import gathered
from assessor.collect.languages.python_modules import Modules, absolute, modules, relative
from assessor.collect.languages.python_stored import stored
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.basis import Location, Node, Scalar
from assessor.model.records import (
    Artefact,
    ClassMetrics,
    File,
    Function,
    Reference,
    ReferenceKind,
    Unit,
)

LANGUAGE = "python"
_KINDS = {
    INHERIT: ReferenceKind.INHERIT,
    CALL: ReferenceKind.CALL,
    TYPE: ReferenceKind.TYPE,
    ANNOTATE: ReferenceKind.ANNOTATE,
}
_LONGEST_CHAIN = 10  # re-exports that are followed before giving up

Values = dict[str, Scalar]
Edges = dict[tuple[str, str, ReferenceKind], list[int]]


@dataclass(frozen=True, slots=True)
class Target:
    """What one imported name means: the module's path, and what of it ("" = the module itself)."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Project:
    """All files with what their imports mean.

    targets: path -> one for each import of the file, None where it is none of the project's.
    """

    files: Mapping[str, File]
    facts: Mapping[str, PythonFacts]
    known: Modules
    targets: Mapping[str, Sequence[Target | None]]
    classes: Mapping[str, frozenset[str]]


def resolved(files: Sequence[Extracted]) -> Resolution:
    """Units, references and artefacts, each sorted; independent of the order of the files."""
    ordered = sorted(files, key=lambda one: one.file.path)
    facts = {one.file.path: cast("PythonFacts", one.facts) for one in ordered}
    known = modules([one.file for one in ordered], imported=_imported(facts))
    targets = {path: _targets(known, path, said["imports"]) for path, said in facts.items()}
    classes = {
        path: frozenset(name for name, _ in said["classes"]) for path, said in facts.items()
    }
    project = Project({one.file.path: one.file for one in ordered}, facts, known, targets, classes)
    return Resolution(
        units=tuple(_unit(project, path) for path in facts),
        references=tuple(_references(project)),
        artefacts=tuple(_artefacts(project)),
        files_with_errors=tuple(
            path for path, said in facts.items() if said["error"] or said["deep"]
        ),
    )


def _imported(facts: Mapping[str, PythonFacts]) -> dict[str, list[str]]:
    """Absolute names imported in each file: for `from a import b` both `a.b` and `a`."""
    return {
        path: [
            f"{module}.{name}" if name not in ("", "*") else module
            for module, level, name, _, _ in said["imports"]
            if not level
        ]
        + [
            module
            for module, level, name, _, _ in said["imports"]
            if not level and name not in ("", "*")
        ]
        for path, said in facts.items()
    }


def _targets(
    known: Modules, path: str, imports: Sequence[tuple[str, int, str, int, bool]]
) -> list[Target | None]:
    memo: dict[tuple[str, int], str | None] = {}

    def find(module: str, level: int) -> str | None:
        key = (module, level)
        if key not in memo:
            memo[key] = (
                relative(known, module, level=level, importer=path)
                if level
                else absolute(known, module, importer=path)
            )
        return memo[key]

    return [_target(find, module, level=level, name=name) for module, level, name, _, _ in imports]


def _target(
    find: Callable[[str, int], str | None], module: str, *, level: int, name: str
) -> Target | None:
    """The module meant, or the one around it if what is imported is no module of the project."""
    if not name:
        around, _, last = module.rpartition(".")
    else:
        around, last = module, "" if name == "*" else name
    inner = find(f"{around}.{last}" if around else last, level) if last else None
    if inner:
        return Target(inner, "")
    outer = find(around, level) if around or level else None
    return Target(outer, last or name) if outer else None


def _unit(project: Project, path: str) -> Unit:
    said = project.facts[path]
    shapes = zip(said["shapes"][::2], said["shapes"][1::2], strict=True)
    functions = tuple(
        Function(*measures, *shape)
        for measures, shape in zip(said["functions"], shapes, strict=True)
    )
    return Unit(
        path=path,
        language=LANGUAGE,
        name=project.known.names[path],
        kind=project.files[path].kind,
        code_lines=said["code"],
        cyclomatic=sum(one.cyclomatic for one in functions),
        cognitive=sum(one.cognitive for one in functions),
        types=tuple(name for name, _ in said["classes"]),
        words=tuple(map(tuple, said["words"])),  # type: ignore[arg-type]  # pairs become lists in JSON
        functions=functions,
        comment_lines=said["comments"],
        classes=tuple(ClassMetrics(*row) for row in said["cohesion"]),
    )


def _references(project: Project) -> Iterator[Reference]:
    edges: Edges = {}
    for path in project.facts:
        _import_edges(project, path, edges)
        _use_edges(project, path, edges)
        _free_edges(project, path, edges)
    names = project.known.names
    for source, target, kind in sorted(edges):
        count, line = edges[source, target, kind]
        yield Reference(source, names[source], target, names[target], kind, count, line)


def _import_edges(project: Project, path: str, edges: Edges) -> None:
    imports = project.facts[path]["imports"]
    for (_, _, _, line, typing), target in zip(imports, project.targets[path], strict=True):
        if target:
            kind = ReferenceKind.TYPE if typing else ReferenceKind.IMPORT
            _add(edges, (path, target.path, kind), count=1, line=line)


def _use_edges(project: Project, path: str, edges: Edges) -> None:
    targets = project.targets[path]
    for number, rest, code, count, line in project.facts[path]["uses"]:
        target = targets[number]
        if target:
            name = f"{target.name}.{rest}" if target.name and rest else target.name or rest
            kind = _kind(project, target.path, name, code=code)
            _add(edges, (path, target.path, kind), count=count, line=line)


def _free_edges(project: Project, path: str, edges: Edges) -> None:
    """Uses of names that only an `import *` can have brought: of the last one that offers them."""
    stars = [target for target in project.targets[path] if target and target.name == "*"]
    for name, code, count, line in project.facts[path]["free"]:
        root = name.partition(".")[0]
        offering = [star for star in stars if _offers(project, star.path, root)]
        if offering:
            target = offering[-1].path
            kind = _kind(project, target, name, code=code)
            _add(edges, (path, target, kind), count=count, line=line)


def _add(edges: Edges, key: tuple[str, str, ReferenceKind], *, count: int, line: int) -> None:
    if key[0] == key[1]:
        return
    known = edges.setdefault(key, [0, line])
    known[0] += count
    known[1] = min(known[1], line)


def _kind(project: Project, path: str, name: str, *, code: int) -> ReferenceKind:
    """The kind of a use; calling a class makes a new object."""
    if code == CALL and "." not in name and _is_class(project, path, name):
        return ReferenceKind.NEW
    return _KINDS[code]


def _is_class(project: Project, path: str, name: str) -> bool:
    """The module declares a class of this name, or offers it from where it is declared."""
    for _ in range(_LONGEST_CHAIN):
        if name in project.classes[path]:
            return True
        onward = _onward(project, path, name)
        if onward is None:
            return False
        path, name = onward.path, onward.name or name
    return False


def _onward(project: Project, path: str, name: str) -> Target | None:
    """Where a module has a name from: an import that binds it, or an `import *`."""
    targets = project.targets[path]
    for number in project.facts[path]["exports"].get(name, ()):
        target = targets[number]
        if target and target.name:
            return target
    stars = (target for target in targets if target and target.name == "*")
    offering = (star for star in stars if _declares(project, star.path, name))
    return next((Target(star.path, name) for star in offering), None)


def _offers(project: Project, path: str, name: str) -> bool:
    if _declares(project, path, name) or name in project.facts[path]["exports"]:
        return True
    return _onward(project, path, name) is not None


def _declares(project: Project, path: str, name: str) -> bool:
    return name in project.classes[path] or name in project.facts[path]["defined"]


def _artefacts(project: Project) -> list[Artefact]:
    found = _external(project)
    for path, said in project.facts.items():
        kind = str(project.files[path].kind)
        for name, count, arguments, line in said["decorators"]:
            values: Values = {
                "name": name,
                "count": count,
                "arguments": arguments,
                "unit_kind": kind,
            }
            found.append(_artefact("code.annotation", path, line=line, values=values))
        for category, text, line in said["literals"]:
            values = {"category": category, "text": text, "unit_kind": kind}
            found.append(_artefact("code.literal", path, line=line, values=values))
        for name, type_, line in said["state"]:
            values = {"name": name, "type": type_, "unit_kind": kind}
            found.append(_artefact("code.static", path, line=line, values=values))
    targets = {
        path: [(each.path, each.name) if each else None for each in project.targets[path]]
        for path in project.facts
    }
    names = gathered(project.files, project.facts, project.known, targets=targets)
    for what, path, line, values in stored(names):
        found.append(_artefact(what, path, line=line, values=values))
    found.extend(deeds.artefacts(names))
    return sorted(found, key=_order)


def _external(project: Project) -> list[Artefact]:
    """One for each name from outside the project and kind of unit, where it is first imported."""
    counts: dict[tuple[str, str], list[object]] = {}
    for path in project.facts:
        kind = str(project.files[path].kind)
        for full, line in _from_outside(project, path):
            known = counts.setdefault((full, kind), [0, path, line])
            known[0] = cast("int", known[0]) + 1
    return [
        _artefact(
            "code.import",
            cast("str", path),
            line=cast("int", line),
            values={"name": name, "count": cast("int", count), "unit_kind": kind},
        )
        for (name, kind), (count, path, line) in counts.items()
    ]


def _from_outside(project: Project, path: str) -> Iterator[tuple[str, int]]:
    """Full name and line of what a file imports, or has loaded, from outside the project."""
    said = project.facts[path]
    for (module, level, name, line, _), target in zip(
        said["imports"], project.targets[path], strict=True
    ):
        if not target and not level and not _inside(project.known, module, importer=path):
            yield f"{module}.{name}" if name not in ("", "*") else module, line
    for module, line in said["loaded"]:
        if not _inside(project.known, module, importer=path):
            yield module, line


def _inside(known: Modules, module: str, *, importer: str) -> bool:
    """The name lies in a package of the project though no such module is there."""
    top = module.partition(".")[0]
    return module in known.folders or absolute(known, top, importer=importer) is not None


def _artefact(kind: str, path: str, *, line: int, values: Values) -> Artefact:
    keys = {"language": LANGUAGE, **values}
    root = Node(line, {name: Node(line, value) for name, value in keys.items()})
    return Artefact(kind, Location(path, line), root)


def _order(artefact: Artefact) -> tuple[Location, str, str]:
    return artefact.location, artefact.kind, repr(artefact.root.value)
