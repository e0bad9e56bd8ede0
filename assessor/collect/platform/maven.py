"""Maven projects, dependencies and plugins, with what their parents in the repository give."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from assessor.collect.platform.maven_pom import INNER, KINDS
from assessor.collect.platform.nodes import child, fields, items, text
from assessor.collect.platform.reading import record
from assessor.model.basis import Location, Node, Skip, Unread
from assessor.model.records import Artefact

BY = "platform.maven"

_PROPERTY = re.compile(r"\$\{([^{}]*)\}")
_RANGE = re.compile(r"[\[(].*|.*-SNAPSHOT|LATEST|RELEASE", re.IGNORECASE)
_RUNNERS = {
    "org.springframework.boot:spring-boot-maven-plugin",
    "com.google.cloud.tools:jib-maven-plugin",
    "io.quarkus:quarkus-maven-plugin",
    "io.quarkus.platform:quarkus-maven-plugin",
    "io.micronaut.build:micronaut-maven-plugin",
    "io.micronaut.maven:micronaut-maven-plugin",
    "io.helidon.build-tools:helidon-maven-plugin",
    "io.reactiverse:vertx-maven-plugin",
    "org.codehaus.mojo:appassembler-maven-plugin",
    "org.wildfly.plugins:wildfly-jar-maven-plugin",
    "fish.payara.maven.plugins:payara-micro-maven-plugin",
}
_WITH_MAIN = {"maven-shade-plugin", "maven-assembly-plugin", "maven-jar-plugin"}
_PACKAGED = {"war", "ear"}
_SCOPES = {"test": "test", "provided": "provided", "runtime": "runtime", "system": "provided"}
_MAX_PARENTS = 20
_ROUNDS = 10
_MAX_TEXT = 2000


@dataclass(frozen=True, slots=True)
class _Pom:
    """A project with its parents in the repository, nearest first, and their properties.

    external: the parent that is not in the repository, at the end of the chain.
    """

    path: str
    root: Node
    chain: tuple[Node, ...]
    properties: Mapping[str, str]
    external: Node | None


def link(artefacts: Iterable[Artefact]) -> tuple[Artefact, ...]:
    """The artefacts with the Maven projects made of the inner ones, which are gone."""
    given = tuple(artefacts)
    poms = {found.location.path: found.root for found in given if found.kind == INNER}
    names = _by_name(poms)
    kept = [found for found in given if found.kind != INNER]
    for path in sorted(poms):
        kept += _artefacts(_pom(path, poms, names), poms, names)
    return tuple(kept)


def dangling(artefacts: Iterable[Artefact]) -> Iterator[Skip]:
    """A skip for every module that a project names but that was not read."""
    poms = {found.location.path: found.root for found in artefacts if found.kind == INNER}
    reason = "A module of the project was not found or could not be read."
    for path, root in sorted(poms.items()):
        for module in _all(root, "modules"):
            wanted = normpath(join(dirname(path), text(module) or ""))
            if "$" not in wanted and not {wanted, join(wanted, "pom.xml")} & poms.keys():
                yield Skip(path, module.line, "missing-module", BY, reason, KINDS)


def _by_name(poms: Mapping[str, Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, root in sorted(poms.items(), reverse=True):
        group = text(child(root, "group")) or text(child(root, "parent", "groupId")) or ""
        found[f"{group}:{text(child(root, 'name'))}"] = path
    return found


# ---------------------------------------------------------------- parents and properties


def _pom(path: str, poms: Mapping[str, Node], names: Mapping[str, str]) -> _Pom:
    chain, seen, at = [poms[path]], {path}, path
    external: Node | None = None
    while parent := child(poms[at], "parent"):
        if not fields(parent):
            break
        above = _parent_path(at, parent, poms=poms, names=names)
        if above is None or above in seen or len(chain) > _MAX_PARENTS:
            external = parent
            break
        chain.append(poms[above])
        seen.add(above)
        at = above
    return _Pom(path, poms[path], tuple(chain), _properties(chain), external)


def _parent_path(
    path: str, parent: Node, *, poms: Mapping[str, Node], names: Mapping[str, str]
) -> str | None:
    """Where the parent stands in the repository: the relative path, or any project of its name."""
    wanted = text(child(parent, "artifactId"))
    relative = text(child(parent, "relativePath"))
    there = normpath(join(dirname(path), "../pom.xml" if relative is None else relative))
    for place in (there, join(there, "pom.xml")):
        if relative != "" and place in poms and text(child(poms[place], "name")) == wanted:
            return place
    return names.get(f"{text(child(parent, 'groupId'))}:{wanted}")


def _properties(chain: Sequence[Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for root in reversed(chain):
        for place in (*items(child(root, "profiles")), root):
            entries = fields(child(place, "properties"))
            found |= {key: (text(value) or "")[:_MAX_TEXT] for key, value in entries.items()}
    found |= _built_in(chain[0], "project")
    found |= _built_in(chain[0], "pom")
    return found


def _built_in(root: Node, prefix: str) -> dict[str, str]:
    parent = child(root, "parent")
    told = {
        "groupId": text(child(root, "group")) or text(child(parent, "groupId")),
        "artifactId": text(child(root, "name")),
        "version": text(child(root, "version")) or text(child(parent, "version")),
        "packaging": text(child(root, "packaging")) or "jar",
        "parent.groupId": text(child(parent, "groupId")),
        "parent.artifactId": text(child(parent, "artifactId")),
        "parent.version": text(child(parent, "version")),
    }
    return {f"{prefix}.{key}": value for key, value in told.items() if value}


def _settled(pom: _Pom, given: Node | None) -> Node | None:
    """The text with its properties put in; templated where one has no value in the repository."""
    written = text(given)
    if given is None or written is None:
        return given
    for _ in range(_ROUNDS):
        if "${" not in written:
            break
        written = _PROPERTY.sub(
            lambda match: pom.properties.get(match[1], match[0]), written, count=20
        )[:_MAX_TEXT]
    return Node(given.line, Unread.TEMPLATED if "${" in written else written)


def _all(root: Node, key: str) -> Iterator[Node]:
    """The members of a list in the project and in its profiles."""
    for place in (root, *items(child(root, "profiles"))):
        yield from items(child(place, key))


# ---------------------------------------------------------------- artefacts


def _artefacts(
    pom: _Pom, poms: Mapping[str, Node], names: Mapping[str, str]
) -> Iterator[Artefact]:
    root = pom.root
    yield Artefact("build.project", Location(pom.path, root.line), _project(pom))
    managed = _managed(pom, poms, names)
    for each in _all(root, "dependencies"):
        yield _placed("build.dependency", pom, _dependency(pom, each, managed))
    for each in _all(root, "managed"):
        if text(child(each, "scope")) == "import":
            yield _placed("build.dependency", pom, _imported(pom, each))
    for each in _all(root, "plugins"):
        yield _placed("build.plugin", pom, _plugin(pom, each))


def _placed(kind: str, pom: _Pom, root: Node) -> Artefact:
    return Artefact(kind, Location(pom.path, root.line), root)


def _project(pom: _Pom) -> Node:
    root, parent = pom.root, child(pom.root, "parent")
    return record(
        root.line,
        tool="maven",
        group=_settled(pom, child(root, "group") or child(parent, "groupId")),
        name=_settled(pom, child(root, "name")),
        version=_settled(pom, child(root, "version") or child(parent, "version")),
        packaging=_settled(pom, child(root, "packaging")) or "jar",
        parent=_name(pom, parent) if parent and fields(parent) else None,
        modules=list(_all(root, "modules")),
        runnable=_runnable(pom),
    )


def _name(pom: _Pom, place: Node, group: str = "") -> Node:
    """`group:artifact` on the line of the artifact."""
    given = _settled(pom, child(place, "groupId")) or Node(place.line, group)
    own = _settled(pom, child(place, "artifactId")) or Node(place.line, "")
    if text(given) is None or text(own) is None:
        return Node(own.line, Unread.TEMPLATED)
    return Node(own.line, f"{text(given)}:{text(own)}")


def _runnable(pom: _Pom) -> Node:
    """Whether a process can be started from what the project builds, and where it says so."""
    packaging = _settled(pom, child(pom.root, "packaging"))
    kind = text(packaging) or "jar"
    if packaging and kind in _PACKAGED:
        return Node(packaging.line, value=True)
    if kind == "pom":
        return Node(pom.root.line, value=False)
    own = next((each for each in _all(pom.root, "plugins") if _starts(pom, each)), None)
    if own:
        return Node(own.line, value=True)
    above = (each for root in pom.chain[1:] for each in items(child(root, "plugins")))
    switched_off = {text(_name(pom, each, _PLUGINS)) for each in _all(pom.root, "plugins")}
    found = any(
        _starts(pom, each) and text(_name(pom, each, _PLUGINS)) not in switched_off
        for each in above
    )
    return Node(pom.root.line, found)


_PLUGINS = "org.apache.maven.plugins"


def _starts(pom: _Pom, plugin: Node) -> bool:
    if child(plugin, "skip") == Node(plugin.line, value=True):
        return False
    name = text(_name(pom, plugin, _PLUGINS)) or ""
    with_main = child(plugin, "main") == Node(plugin.line, value=True)
    return name in _RUNNERS or (with_main and name.rpartition(":")[2] in _WITH_MAIN)


def _managed(
    pom: _Pom, poms: Mapping[str, Node], names: Mapping[str, str]
) -> dict[str, tuple[_Pom, Node]]:
    """`group:artifact` -> who gives its version, nearest first, with the repository's BOMs."""
    found: dict[str, tuple[_Pom, Node]] = {}
    seen = {pom.path}
    for each in (entry for root in pom.chain for entry in _all(root, "managed")):
        name = text(_name(pom, each)) or ""
        bom = names.get(name, "") if text(child(each, "scope")) == "import" else ""
        if bom and bom not in seen:
            seen.add(bom)
            other = _pom(bom, poms, names)
            for part in (entry for up in other.chain for entry in _all(up, "managed")):
                found.setdefault(text(_name(other, part)) or "", (other, part))
        elif not bom:
            found.setdefault(name, (pom, each))
    return found


def _dependency(pom: _Pom, each: Node, managed: Mapping[str, tuple[_Pom, Node]]) -> Node:
    name = _name(pom, each)
    source, entry = managed.get(text(name) or "", (pom, each))
    own = _settled(pom, child(each, "version"))
    version = own or _settled(source, child(entry, "version"))
    scope = text(child(each, "scope")) or text(child(entry, "scope")) or "compile"
    line = own.line if own else each.line
    value = version.value if version else None
    return record(
        each.line,
        tool="maven",
        name=name,
        version=Node(line, value),
        scope=_SCOPES.get(scope, "compile"),
        pinned=Node(line, _pinned(value) if version else _pinned_above(pom)),
        managed=own is None,
    )


def _imported(pom: _Pom, each: Node) -> Node:
    version = _settled(pom, child(each, "version"))
    return record(
        each.line,
        tool="maven",
        name=_name(pom, each),
        version=version,
        scope="build",
        pinned=_pinned(version.value if version else None),
        managed=False,
    )


def _pinned(version: object) -> bool | Unread:
    if version is Unread.TEMPLATED:
        return Unread.TEMPLATED
    return bool(version) and not _RANGE.fullmatch(str(version))


def _pinned_above(pom: _Pom) -> bool | Unread:
    """Whether every parent or BOM outside the repository that may give the version is exact."""
    boms = [
        each
        for root in pom.chain
        for each in _all(root, "managed")
        if text(child(each, "scope")) == "import"
    ]
    places = [*boms, *((pom.external,) if pom.external else ())]
    told = [_settled(pom, child(place, "version")) for place in places]
    verdicts = [_pinned(each.value if each else None) for each in told]
    if not verdicts or Unread.TEMPLATED in verdicts:
        return Unread.TEMPLATED
    return all(verdicts)


def _plugin(pom: _Pom, each: Node) -> Node:
    name = _name(pom, each, _PLUGINS)
    managed = (
        entry
        for root in pom.chain
        for entry in items(child(root, "managedPlugins"))
        if _name(pom, entry, _PLUGINS).value == name.value
    )
    version = child(each, "version")
    given = version or next((v for entry in managed if (v := child(entry, "version"))), None)
    settled = _settled(pom, given)
    line = each.line if version is None else version.line
    return record(
        each.line, tool="maven", name=name, version=Node(line, settled.value if settled else None)
    )
