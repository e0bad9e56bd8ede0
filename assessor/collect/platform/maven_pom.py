"""A pom.xml as it stands: coordinates, properties, dependencies, plugins, profiles, with lines."""

from collections.abc import Iterator
from posixpath import basename

from lxml import etree

from assessor.collect.platform.nodes import MAX_DEPTH, Plain, UnreadableError, node
from assessor.collect.platform.reading import Reading, artefact
from assessor.model.basis import Node

KINDS = ("build.project", "build.dependency", "build.plugin")
INNER = "maven.pom"

_DECLARES = "A document type is declared; such XML is not read."
_MAIN = {"mainClass", "Main-Class", "mainclass"}


def claims(path: str) -> bool:
    """Whether the file is a Maven project."""
    name = basename(path)
    return name == "pom.xml" or name.endswith(".pom")


def parse(path: str, content: str) -> Reading:
    """The project as an inner artefact; `maven.link` makes the others of it and its parents."""
    root = _root(content)
    if _tag(root) != "project":
        return Reading()
    return Reading((artefact(INNER, path, node(_project(root), line=_line(root))),))


def _root(content: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(_undeclared(content).encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        reason = _DECLARES if "<!DOCTYPE" in content else "The XML is not well-formed."
        raise UnreadableError(reason, line=line) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(_DECLARES, line=1)
    return root


def _undeclared(content: str) -> str:
    """The text with its encoding declaration blanked, since it is decoded already."""
    head, found, rest = content.partition("?>")
    return f"{' ' * len(head)}  {rest}" if found and head.lstrip().startswith("<?xml") else content


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _children(element: etree._Element | None, name: str = "") -> Iterator[etree._Element]:
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and (not name or _tag(child) == name):
            yield child


def _child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        element = next(_children(element, name), None)
    return element


def _text(element: etree._Element | None, *path: str) -> Node | None:
    found = _child(element, *path)
    if found is None:
        return None
    parts = [found.text or "", *(child.tail or "" for child in found)]
    return Node(_line(found), "".join(parts).strip())


def _project(root: etree._Element) -> dict[str, Plain]:
    build = _child(root, "build")
    found: dict[str, Plain] = {
        "parent": _coordinates(_child(root, "parent")),
        "group": _text(root, "groupId"),
        "name": _text(root, "artifactId"),
        "version": _text(root, "version"),
        "packaging": _text(root, "packaging"),
        "managedPlugins": _plugins(_child(build, "pluginManagement")),
        "profiles": [_parts(each) for each in _children(_child(root, "profiles"), "profile")],
        **_parts(root),
    }
    return {name: part for name, part in found.items() if part is not None}


def _parts(place: etree._Element) -> dict[str, Plain]:
    """What a project and a profile have in common."""
    found: dict[str, Plain] = {
        "properties": {_tag(each): _text(each) for each in _children(_child(place, "properties"))},
        "modules": [
            _text(each) for each in _children(_child(place, "modules")) if _tag(each) == "module"
        ],
        "dependencies": _dependencies(place),
        "managed": _dependencies(_child(place, "dependencyManagement")),
        "plugins": _plugins(_child(place, "build")),
    }
    return found


def _dependencies(place: etree._Element | None) -> list[Plain]:
    return [_coordinates(each) for each in _children(_child(place, "dependencies"), "dependency")]


def _coordinates(element: etree._Element | None) -> Plain:
    if element is None:
        return None
    names = ("groupId", "artifactId", "version", "scope", "type", "relativePath")
    found: dict[str, Plain] = {
        name: part for name in names if (part := _text(element, name)) is not None
    }
    return node(found, line=_line(element))


def _plugins(place: etree._Element | None) -> list[Plain]:
    return [_plugin(each) for each in _children(_child(place, "plugins"), "plugin")]


def _plugin(element: etree._Element) -> Plain:
    found: dict[str, Plain] = {
        name: part
        for name in ("groupId", "artifactId", "version")
        if (part := _text(element, name)) is not None
    }
    inside = [each for each in _limited(element) if isinstance(each.tag, str)]
    skips = (
        each for each in inside if _tag(each) == "skip" and (each.text or "").strip() == "true"
    )
    found["main"] = any(_tag(each) in _MAIN for each in inside)
    found["skip"] = next(skips, None) is not None
    return node(found, line=_line(element))


def _limited(element: etree._Element) -> Iterator[etree._Element]:
    """All elements below, down to a bounded depth."""
    level = [element]
    for _ in range(MAX_DEPTH):
        level = [child for each in level for child in each]
        yield from level
