"""Injection points of a Java project with a reference: `python benchmarks/injection.py FOLDER`.

The points are counted here, apart from the front-end: fields, and parameters of constructors and
setters, under `@Autowired`, `@Resource`, `@Inject`, `@EJB`, whose declared type, or its last
argument in a collection or provider, is declared in the project; `implicit` are parameters of the
only constructor of a class that a container makes, and final fields under constructors of Lombok.
One is resolved if its unit has a reference of kind `inject` to a class that implements the type,
or to the type itself if it is concrete or nobody implements it. How many such classes there are
on the average says how well names of beans narrow them. Tests are left out.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tree_sitter_java
from tree_sitter import Language, Node, Parser

from assessor.collect.inventory import by_path
from assessor.collect.languages import java, jvm_settings
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind, ReferenceKind

_INJECTS = re.compile(r"@(?:[\w.]+\.)?(?:Autowired|Resource|Inject|EJB)\b")
_MADE = re.compile(
    r"@(?:Component|Service|Repository|Controller|RestController|Configuration|Named|Singleton"
    r"|ApplicationScoped|RequestScoped|Stateless|ControllerAdvice|RestControllerAdvice|Path)\b"
)
_LOMBOK = re.compile(r"@(?:Required|All)ArgsConstructor\b")
_HOLDERS = frozenset(
    {
        "List", "Set", "Collection", "Map", "Optional", "Provider", "ObjectProvider", "Instance",
        "ObjectFactory", "Supplier", "Iterable", "Lazy",
    }
)  # fmt: skip
_TYPES = frozenset(
    {"class_declaration", "interface_declaration", "enum_declaration", "record_declaration"}
)


@dataclass(slots=True)
class Declared:
    """A type of the project. top: the name of the class at the top of its file."""

    name: str
    top: str
    path: str
    concrete: bool
    supers: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a container is asked for: where, written how, in which class."""

    path: str
    line: int
    owner: str
    written: str
    implicit: bool


@dataclass(slots=True)
class Source:
    """What a file says. imports: as written, without `static`."""

    path: str
    package: str
    imports: list[str]
    types: list[Declared] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)


def text(node: Node | None) -> str:
    """The source of a node."""
    return node.text.decode(errors="replace") if node is not None and node.text else ""


def read(path: str, content: bytes) -> Source:
    """One file, by a parser and a walk of its own."""
    root = Parser(Language(tree_sitter_java.language())).parse(content).root_node
    package, imports = "", []
    for child in root.named_children:
        if child.type == "package_declaration":
            package = text(child.named_children[-1])
        elif child.type == "import_declaration":
            imports.append(re.sub(r"\s|;|^import|\bstatic\b", "", text(child)))
    source = Source(path, package, imports)
    for child in root.named_children:
        if child.type in _TYPES:
            _type(source, child, outer="", top="")
    return source


def _modifiers(node: Node) -> str:
    return text(next((c for c in node.named_children if c.type == "modifiers"), None))


def _type(source: Source, node: Node, *, outer: str, top: str) -> None:
    before = outer or source.package
    simple = text(node.child_by_field_name("name"))
    name = f"{before}.{simple}" if before else simple
    abstract = node.type == "interface_declaration" or "abstract" in _modifiers(node).split()
    declared = Declared(name, top or name, source.path, not abstract)
    for child in node.named_children:
        if child.type in {"superclass", "super_interfaces", "interfaces", "extends_interfaces"}:
            declared.supers += _names(child)
        elif child.type == "type_parameters":
            declared.parameters = [text(part.named_children[0]) for part in child.named_children]
    source.types.append(declared)
    body = node.child_by_field_name("body")
    members = body.named_children if body is not None else []
    source.points += _points(source, node, members, owner=name)
    for member in members:
        if member.type in _TYPES:
            _type(source, member, outer=name, top=top or name)


def _names(node: Node) -> list[str]:
    listed = node.named_children
    if len(listed) == 1 and listed[0].type in {"type_list", "interface_type_list"}:
        listed = listed[0].named_children
    return [re.sub(r"\s", "", text(each)) for each in listed]


def _points(source: Source, type_: Node, members: list[Node], *, owner: str) -> Iterator[Point]:
    builders = [member for member in members if member.type == "constructor_declaration"]
    modifiers = _modifiers(type_)
    only = len(builders) == 1 and _MADE.search(modifiers) is not None
    for member in members:
        marked = _INJECTS.search(_modifiers(member)) is not None
        if member.type == "field_declaration":
            words = _modifiers(member).split()
            open_ = "final" in words and "static" not in words and "=" not in text(member)
            if marked or (open_ and _LOMBOK.search(modifiers)):
                yield _point(source, member, owner, implicit=not marked)
        elif member.type in {"constructor_declaration", "method_declaration"}:
            wanted = marked or (member.type == "constructor_declaration" and only)
            given = member.child_by_field_name("parameters") if wanted else None
            for each in given.named_children if given is not None else ():
                if each.type == "formal_parameter":
                    yield _point(source, each, owner, implicit=not marked)


def _point(source: Source, node: Node, owner: str, *, implicit: bool) -> Point:
    written = re.sub(r"@\w+(?:\([^)]*\))?|\s", "", text(node.child_by_field_name("type")))
    return Point(source.path, node.start_point[0] + 1, owner, written, implicit)


def _erased(written: str) -> str:
    return written.partition("<")[0].partition("[")[0]


def meaning(name: str, source: Source, known: dict[str, Declared], *, owner: str) -> str:
    """The full name of a type of the project, "" for anything else."""
    first, _, rest = name.partition(".")
    tried = []
    at = owner
    while at:
        tried.append(f"{at}.{name}")
        at = at.rpartition(".")[0] if at.rpartition(".")[0] != source.package else ""
    for each in source.imports:
        if each.rpartition(".")[2] == first:
            tried.insert(0, f"{each}.{rest}" if rest else each)
    tried.append(f"{source.package}.{name}" if source.package else name)
    tried += [f"{each[:-1]}{name}" for each in source.imports if each.endswith("*")]
    tried.append(name)
    return next((each for each in tried if each in known), "")


def _last_argument(written: str) -> str:
    inner = written.partition("<")[2].removesuffix(">")
    depth, begin = 0, 0
    for at, letter in enumerate(inner):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and not depth:
            begin = at + 1
    return re.sub(r"^\?(?:extends|super)?", "", inner[begin:])


def asked(point: Point, source: Source, known: dict[str, Declared]) -> str:
    """The project's type that a point asks for, "" for one of a library."""
    written = point.written
    for _ in range(4):
        found = meaning(_erased(written), source, known, owner=point.owner)
        if found:
            return found
        if _erased(written).rpartition(".")[2] not in _HOLDERS:
            return ""
        written = _last_argument(written)
    return ""


def below(sources: Iterable[Source], known: dict[str, Declared]) -> dict[str, set[str]]:
    """Each type with all types of the project below it."""
    direct: dict[str, set[str]] = {}
    for source in sources:
        for type_ in source.types:
            for written in type_.supers:
                above = meaning(_erased(written), source, known, owner=type_.name)
                direct.setdefault(above, set()).add(type_.name)
    found = {}
    for name in known:
        seen: set[str] = set()
        left = [name]
        while left:
            new = direct.get(left.pop(), set()) - seen
            seen |= new
            left += new
        found[name] = seen
    return found


def _references(folder: Path, paths: Sequence[Path]) -> dict[tuple[str, str], set[str]]:
    """Path and class of a source -> the classes that are put into it."""
    files = []
    for path in paths:
        content, name = path.read_bytes(), path.relative_to(folder).as_posix()
        file = File(name, FileKind.SOURCE, "java", len(content), "")
        files.append(Extracted(file, java.extract(name, content)))
    settings = []
    for path in sorted(folder.rglob("*.xml")):
        content, name = path.read_bytes(), path.relative_to(folder).as_posix()
        try:
            facts = jvm_settings.read(content)
        except ValueError:
            continue
        if facts:
            settings.append(Extracted(File(name, FileKind.SOURCE, "xml", 0, ""), facts))
    found: dict[tuple[str, str], set[str]] = {}
    for reference in resolve(files, settings).references:
        if reference.kind is ReferenceKind.INJECT:
            key = reference.source, reference.source_name
            found.setdefault(key, set()).add(reference.target_name)
    return found


def main(arguments: Sequence[str]) -> None:
    """Count and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    folder = options.parse_args(arguments).folder
    paths = [path for path in sorted(folder.rglob("*.java")) if _is_source(folder, path)]
    sources = [read(p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths]
    known = {type_.name: type_ for source in sources for type_ in source.types}
    tops = {(type_.path, type_.name): type_.top for source in sources for type_ in source.types}
    beneath, injected = below(sources, known), _references(folder, paths)
    counts: Counter[tuple[bool, bool]] = Counter()
    classes: Counter[bool] = Counter()
    for source in sources:
        for point in source.points:
            name = asked(point, source, known)
            if not name:
                continue
            makers = {each for each in beneath[name] if known[each].concrete}
            wanted = makers | ({name} if known[name].concrete or not makers else set())
            own = tops[source.path, point.owner]
            targets = {known[each].top for each in wanted}
            if targets <= {own}:
                continue
            put_in = targets & injected.get((source.path, own), set())
            resolved = bool(put_in)
            classes[point.implicit] += len(put_in)
            counts[point.implicit, resolved] += 1
            if not resolved:
                print(f"{point.path}:{point.line}: {point.written} in {point.owner}")
    for implicit, title in ((False, "annotated"), (True, "implicit")):
        done, left = counts[implicit, True], counts[implicit, False]
        share = done / (done + left) if done + left else 1.0
        each = classes[implicit] / done if done else 0.0
        print(f"{title}: {done + left} points, {done} resolved, {share:.4f}; {each:.2f} classes")


def _is_source(folder: Path, path: Path) -> bool:
    kind, _ = by_path(path.relative_to(folder).as_posix(), look_alikes=frozenset())
    return kind is FileKind.SOURCE


if __name__ == "__main__":
    main(sys.argv[1:])
