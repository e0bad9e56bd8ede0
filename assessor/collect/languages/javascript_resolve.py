"""Phase B for scripts: imports become references between files, the rest becomes artefacts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from posixpath import dirname
from typing import cast

from assessor.collect.languages import behaviour, javascript_prisma
from assessor.collect.languages import javascript_facts as codes
from assessor.collect.languages.endpoints_script_paths import Scripts, endpoints
from assessor.collect.languages.javascript_behaviour import settled
from assessor.collect.languages.javascript_data import data_artefacts, names
from assessor.collect.languages.javascript_facts import TYPES_ONLY, ScriptFacts
from assessor.collect.languages.javascript_files import EXTENSIONS, TYPED, Known, known_files
from assessor.collect.languages.javascript_follow import Names, meaning
from assessor.collect.languages.javascript_injection import injected, types
from assessor.collect.languages.javascript_modules import meant
from assessor.collect.languages.javascript_paths import Aliases, aliases
from assessor.collect.languages.javascript_tokens import given
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.basis import Location, Node, Scalar
from assessor.model.records import (
    Artefact,
    ClassMetrics,
    File,
    FileKind,
    Function,
    Reference,
    ReferenceKind,
    Unit,
)

_KINDS = {
    codes.INHERIT: ReferenceKind.INHERIT,
    codes.CALL: ReferenceKind.CALL,
    codes.TYPE: ReferenceKind.TYPE,
    codes.ANNOTATE: ReferenceKind.ANNOTATE,
    codes.NEW: ReferenceKind.NEW,
    codes.STATIC: ReferenceKind.STATIC,
    codes.INJECT: ReferenceKind.INJECT,
}

Values = dict[str, Scalar]
Later = tuple[str, str, str, dict[str, list[behaviour.Row]]]
Edges = dict[tuple[str, str, ReferenceKind], list[int]]


@dataclass(frozen=True, slots=True)
class Project:
    """All files with what their imports mean.

    targets: path -> for each import of the file the path it leads to, None where it leads to no
    file of the project. foreign: the same with names of foreign packages, "" where it is none.
    """

    files: Mapping[str, File]
    facts: Mapping[str, ScriptFacts]
    names: Mapping[str, str]
    targets: Mapping[str, Sequence[str | None]]
    foreign: Mapping[str, Sequence[str]]


def resolved(files: Sequence[Extracted], settings: Sequence[Extracted]) -> Resolution:
    """Units, references and artefacts, each sorted; independent of the order of the files."""
    ordered = sorted(files, key=lambda one: one.file.path)
    schemas = [one for one in settings if javascript_prisma.NAMES.fullmatch(_last(one.file.path))]
    others = [one for one in settings if one not in schemas]
    project = _project(ordered, known_files((one.file.path for one in ordered), others))
    known = names(project.facts, project.targets, schemas)
    return Resolution(
        units=tuple(_unit(project, path) for path in project.facts),
        references=tuple(_references(project)),
        artefacts=(
            *_artefacts(project),
            *data_artefacts(known, project.files, schemas),
            *_settled(project, known),
            *endpoints(Scripts(project.files, project.facts, project.targets, project.foreign)),
        ),
        files_with_errors=tuple(
            path for path, said in project.facts.items() if said["error"] or said["deep"]
        ),
    )


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _settled(project: Project, known: Names) -> tuple[Artefact, ...]:
    """What calls do of clients that other files make."""
    found: list[Extracted] = []
    for path, said in project.facts.items():
        rows: list[behaviour.Row] = []
        for module, client, verb, kept in cast("list[Later]", said.get("later", [])):
            meant = meaning(known, path, module, said=client)
            if meant is not None and meant.entity is None:
                rows += settled(meant.module, meant.rest, verb, rows=kept)
        if rows:
            found.append(Extracted(project.files[path], {behaviour.FACTS: rows}))
    told = [
        Extracted(project.files[path], {behaviour.CONSTANTS: said.get("constants", {})})
        for path, said in project.facts.items()
    ]
    return behaviour.artefacts([*found, *told]) if found else ()


def _project(ordered: Sequence[Extracted], known: Known) -> Project:
    facts = {one.file.path: cast("ScriptFacts", one.facts) for one in ordered}
    targets: dict[str, list[str | None]] = {}
    foreign: dict[str, list[str]] = {}
    find = _finder(known)
    for one in ordered:
        path, test = one.file.path, one.file.kind is FileKind.TEST
        found = [find(path, written, test) for written, _, _ in facts[path]["imports"]]
        targets[path] = [target for target, _ in found]
        foreign[path] = [package for _, package in found]
    files = {one.file.path: one.file for one in ordered}
    return Project(files, facts, _names(list(files)), targets, foreign)


def _finder(known: Known) -> Callable[[str, str, bool], tuple[str | None, str]]:
    """What an import means in a file, which may be of tests; files of one folder share it."""

    @cache
    def config(folder: str) -> Aliases | None:
        return aliases(known, f"{folder}/")

    @cache
    def found(folder: str, written: str, test: bool, last: str) -> tuple[str | None, str]:  # noqa: FBT001, PLR0917 - a key
        importer = f"{folder}/{last}" if folder else last
        return meant(known, written, importer=importer, test=test, config=config(folder))

    def find(path: str, written: str, test: bool) -> tuple[str | None, str]:  # noqa: FBT001 - as above
        last = "_.ts" if path.endswith(TYPED) else "_.js"
        return found(dirname(path), written, test, last)

    return find


def _names(paths: Sequence[str]) -> dict[str, str]:
    """Dotted name of each file: its folders and its name, dots in these as dashes."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths, key=_preference):
        stem = path.rpartition(".")[0] or path
        name = stem.replace(".", "-").replace("/", ".")
        if name in taken:
            name = path.replace(".", "-").replace("/", ".")
        while name in taken:
            name += "-"
        taken.add(name)
        found[path] = name
    return found


def _preference(path: str) -> tuple[int, str]:
    order = (at for at, extension in enumerate(EXTENSIONS) if path.endswith(extension))
    return next(order, len(EXTENSIONS)), path


def _unit(project: Project, path: str) -> Unit:
    said = project.facts[path]
    shapes = zip(said["shapes"][::2], said["shapes"][1::2], strict=True)
    functions = tuple(
        Function(*measures, *shape)
        for measures, shape in zip(said["functions"], shapes, strict=True)
    )
    return Unit(
        path=path,
        language=project.files[path].language,
        name=project.names[path],
        kind=project.files[path].kind,
        code_lines=said["code"],
        cyclomatic=sum(one.cyclomatic for one in functions),
        cognitive=sum(one.cognitive for one in functions),
        types=tuple(dict.fromkeys(name for name, _, _ in said["types"])),
        words=tuple(map(tuple, said["words"])),  # type: ignore[arg-type]  # pairs become lists in JSON
        functions=functions,
        comment_lines=said["comments"],
        classes=tuple(ClassMetrics(*row) for row in said["cohesion"]),
    )


def _references(project: Project) -> Iterator[Reference]:
    edges: Edges = {}
    known = types(project.facts, project.targets)
    for path, said in project.facts.items():
        targets = project.targets[path]
        for (_, how, line), target in zip(said["imports"], targets, strict=True):
            kind = ReferenceKind.TYPE if how == TYPES_ONLY else ReferenceKind.IMPORT
            _add(edges, (path, target, kind), count=1, line=line)
        for number, code, count, line in said["uses"]:
            _add(edges, (path, targets[number], _KINDS[code]), count=count, line=line)
        for number, name, count, line in said["injected"]:
            for target in injected(known, path, number=number, name=name):
                _add(edges, (path, target, ReferenceKind.INJECT), count=count, line=line)
    for path, target, line in given(known):
        if (path, target, ReferenceKind.INJECT) not in edges:
            _add(edges, (path, target, ReferenceKind.INJECT), count=1, line=line)
    names = project.names
    for source, target, kind in sorted(edges):
        count, line = edges[source, target, kind]
        yield Reference(source, names[source], target, names[target], kind, count, line)


def _add(
    edges: Edges, key: tuple[str, str | None, ReferenceKind], *, count: int, line: int
) -> None:
    source, target, kind = key
    if target is None or source == target:
        return
    known = edges.setdefault((source, target, kind), [0, line])
    known[0] += count
    known[1] = min(known[1], line)


def _artefacts(project: Project) -> list[Artefact]:
    found = _external(project)
    for path, said in project.facts.items():
        file = project.files[path]
        for name, count, arguments, line in said["decorators"]:
            values: Values = {"name": name, "count": count, "arguments": arguments}
            found.append(_artefact("code.annotation", file, line=line, values=values))
        for category, text, line in said["literals"]:
            values = {"category": category, "text": text}
            found.append(_artefact("code.literal", file, line=line, values=values))
        for name, type_, line in said["state"]:
            values = {"name": name, "type": type_}
            found.append(_artefact("code.static", file, line=line, values=values))
    return sorted(found, key=_order)


def _external(project: Project) -> list[Artefact]:
    """One for each foreign package, language and kind of unit, where it is first imported."""
    counts: dict[tuple[str, str, str], list[object]] = {}
    for path, said in project.facts.items():
        file = project.files[path]
        for (_, _, line), name in zip(said["imports"], project.foreign[path], strict=True):
            if name:
                key = (name, file.language, str(file.kind))
                known = counts.setdefault(key, [0, path, line])
                known[0] = cast("int", known[0]) + 1
    return [
        _artefact(
            "code.import",
            project.files[cast("str", path)],
            line=cast("int", line),
            values={"name": name, "count": cast("int", count)},
        )
        for (name, _, _), (count, path, line) in counts.items()
    ]


def _artefact(kind: str, file: File, *, line: int, values: Values) -> Artefact:
    keys = {"language": file.language, **values, "unit_kind": str(file.kind)}
    root = Node(line, {name: Node(line, value) for name, value in keys.items()})
    return Artefact(kind, Location(file.path, line), root)


def _order(artefact: Artefact) -> tuple[Location, str, str]:
    return artefact.location, artefact.kind, repr(artefact.root.value)
