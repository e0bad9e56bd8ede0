"""Gradle projects, dependencies and plugins, with versions of the catalogue and of variables."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from assessor.collect.platform.gradle_script import (
    CATALOG,
    INNER,
    SCRIPT,
    SETTINGS,
    VALUES,
    flat_names,
)
from assessor.collect.platform.nodes import child, fields, items, text
from assessor.collect.platform.reading import record
from assessor.model.basis import Location, Node, Unread
from assessor.model.records import Artefact

# What stands for a release of Scala behind the name of an artifact says nothing about which it is.
_SCALA = re.compile(r"(?<=\w)_\$\{?[\w.]{0,40}[sS]cala[\w.]{0,40}\}?$")
_VARIABLE = re.compile(r"\$\{([^{}]*)\}|\$([A-Za-z_][\w.]*)")
_MOVING = re.compile(r".*\+|[\[(].*|.*-SNAPSHOT|latest\..*", re.IGNORECASE)
_RUNNERS = re.compile(
    r"org\.springframework\.boot|application|war|ear|com\.google\.cloud\.tools\.jib|io\.quarkus"
    r"|io\.micronaut\.(?:application|minimal\.application)|io\.ktor\.plugin|org\.gretty"
    r"|com\.(?:github\.johnrengelman|gradleup)\.shadow|com\.bmuschko\.docker-.*|io\.helidon.*"
)
_SCOPES = (
    (re.compile(r"test.*|.*Test.*|integrationTest.*"), "test"),
    (
        re.compile(r"platform|classpath|annotationProcessor|kapt|ksp|checkstyle|developmentOnly"),
        "build",
    ),
    (re.compile(r".*(?:[cC]ompileOnly|[pP]rovided).*"), "provided"),
    (re.compile(r".*[rR]untime.*"), "runtime"),
)
_MAX_TEXT = 2000
_COORDINATE = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What a script may refer to: variables, the catalogue's versions, libraries and plugins."""

    values: Mapping[str, str]
    catalog: Node | None


def link(artefacts: Iterable[Artefact]) -> tuple[Artefact, ...]:
    """The artefacts with the Gradle projects made of the inner ones, which are gone."""
    given = tuple(artefacts)
    inner = [found for found in given if found.kind in INNER]
    kept = [found for found in given if found.kind not in INNER]
    for found in inner:
        if found.kind == SCRIPT:
            kept += _script(found, inner)
    return tuple(kept)


def _script(found: Artefact, inner: Sequence[Artefact]) -> Iterator[Artefact]:
    known = _known(found, inner)
    path, root = found.location.path, found.root
    if _is_project(path, inner):
        settings = next((each.root for each in inner if _beside(each, path)), None)
        yield Artefact("build.project", Location(path, 1), _project(found, known, settings))
        for each in items(child(root, "projects")):
            yield Artefact("build.project", Location(path, each.line), _configured(each, known))
    above = _above_pinned(root, known)
    for each in items(child(root, "dependencies")):
        if declared := _dependency(each, known, above=above):
            yield Artefact("build.dependency", Location(path, declared.line), declared)
    for each in items(child(root, "plugins")):
        plugin = _plugin(each, known)
        yield Artefact("build.plugin", Location(path, plugin.line), plugin)


def _beside(each: Artefact, path: str) -> bool:
    """Whether these are the settings in the folder of the script."""
    return each.kind == SETTINGS and dirname(each.location.path) == dirname(path)


def _is_project(path: str, inner: Iterable[Artefact]) -> bool:
    """Whether the script is a project's own: `build.gradle`, or named like its folder."""
    name = basename(path).removesuffix(".kts").removesuffix(".gradle")
    folder = basename(dirname(path))
    settings = any(each.kind == SETTINGS for each in inner)
    return name == "build" or (bool(folder) and name == folder and settings)


# ---------------------------------------------------------------- what is known


def _above(path: str, place: str) -> bool:
    """Whether the folder of `place` is that of `path` or above it."""
    folder = dirname(place)
    return not folder or dirname(path) == folder or path.startswith(f"{folder}/")


def _known(found: Artefact, inner: Sequence[Artefact]) -> _Known:
    """Variables of gradle.properties and scripts at the root and above, the script's own last."""
    path = found.location.path
    values: dict[str, str] = {}
    catalog: Node | None = None
    for each in sorted(inner, key=lambda one: (len(one.location.path), one.location.path)):
        place = each.location.path
        if each.kind == CATALOG and (_above(path, dirname(place)) or catalog is None):
            catalog = (
                each.root if basename(place) == "libs.versions.toml" else catalog or each.root
            )
        elif each.kind == VALUES and _above(path, place):
            values |= _texts(each.root)
        elif each.kind == SCRIPT and (_above(path, place) or _is_shared(place, path)):
            values |= _texts(child(each.root, "values"))
    values |= _texts(child(found.root, "values"))
    return _Known(values, catalog)


def _is_shared(place: str, path: str) -> bool:
    """Whether it is a script in a folder beside or above, `gradle/dependencies.gradle`."""
    return basename(dirname(place)) == "gradle" and _above(path, dirname(place))


def _texts(node: Node | None) -> dict[str, str]:
    return {key: (text(value) or "")[:_MAX_TEXT] for key, value in fields(node).items()}


def _settled(written: str, known: _Known) -> str | Unread:
    for _ in range(8):
        if "$" not in written:
            return written
        written = _VARIABLE.sub(lambda match: _lookup(match, known), written, count=20)[:_MAX_TEXT]
    return Unread.TEMPLATED if "$" in written else written


def _lookup(match: re.Match[str], known: _Known) -> str:
    name = re.sub(r"^(?:project|rootProject)\.|^(?:ext|extra)\.", "", match[1] or match[2])
    if name.startswith("libs.versions."):
        wanted = name.removeprefix("libs.versions.").removesuffix(".get")
        version = _catalog_version(wanted, known)
        return version or match[0]
    return known.values.get(name, match[0])


def _catalog_entry(section: str, accessor: str, known: _Known) -> Node | None:
    entries = fields(child(known.catalog, section))
    return entries.get(flat_names(entries).get(accessor, ""))


def _catalog_version(accessor: str, known: _Known) -> str | None:
    return _rich(_catalog_entry("versions", accessor, known))


def _rich(version: Node | None) -> str | None:
    """A version given as text, or the strict, required or preferred one of a rich version."""
    told = [text(child(version, key)) for key in ("strictly", "require", "prefer")]
    return text(version) or next((each for each in told if each), None)


def _version_of(entry: Node, known: _Known) -> str | Unread | None:
    reference = text(child(entry, "version", "ref"))
    if reference is not None:
        return _rich(child(known.catalog, "versions", reference)) or Unread.TEMPLATED
    return _rich(child(entry, "version"))


# ---------------------------------------------------------------- artefacts


def _project(found: Artefact, known: _Known, settings: Node | None) -> Node:
    values = _texts(child(found.root, "values"))
    modules = [(text(each) or "").strip(":") for each in items(child(settings, "include"))]
    folder = basename(dirname(found.location.path))
    return record(
        1,
        tool="gradle",
        group=_given(values, "group", known),
        name=text(child(settings, "name")) or folder or None,
        version=_given(values, "version", known),
        packaging=_packaging(found.root, known),
        parent=None,
        modules=[each.replace(":", "/") for each in modules],
        runnable=_runnable(found.root, known),
    )


def _configured(each: Node, known: _Known) -> Node:
    """A project that the script of another one configures."""
    path = text(child(each, "path")) or ""
    return record(
        each.line,
        tool="gradle",
        group=None,
        name=path.rpartition(":")[2],
        version=None,
        packaging=_packaging(each, known),
        parent=None,
        modules=(),
        runnable=_runnable(each, known),
    )


def _plugins(place: Node, known: _Known) -> list[Node]:
    return [_plugin(each, known) for each in items(child(place, "plugins")) if _applied(each)]


def _packaging(place: Node, known: _Known) -> str:
    names = {text(child(each, "name")) for each in _plugins(place, known)}
    return "war" if "war" in names else "jar"


def _runnable(place: Node, known: _Known) -> Node:
    """Whether a plugin makes the project something to start, and where it is applied."""
    for each in _plugins(place, known):
        if _RUNNERS.fullmatch(text(child(each, "name")) or ""):
            return Node(each.line, value=True)
    return Node(place.line, value=False)


def _applied(plugin: Node) -> bool:
    return child(plugin, "apply") is None or text(child(plugin, "apply")) != "false"


def _given(values: Mapping[str, str], key: str, known: _Known) -> str | Unread | None:
    own = values.get(key) or known.values.get(key)
    return _settled(own, known) if own else None


def _plugin(plugin: Node, known: _Known) -> Node:
    name, version = text(child(plugin, "id")) or "", text(child(plugin, "version"))
    if name.startswith("@"):
        accessor = name.rpartition("libs.plugins.")[2]
        entry = _catalog_entry("plugins", accessor, known)
        if entry is None:
            return record(
                plugin.line, tool="gradle", name=Unread.TEMPLATED, version=Unread.TEMPLATED
            )
        short = (text(entry) or "").partition(":")
        found = text(child(entry, "id")) or short[0]
        told = _version_of(entry, known) or short[2] or None
        return record(plugin.line, tool="gradle", name=found, version=told)
    settled = _settled(version, known) if version else None
    return record(plugin.line, tool="gradle", name=_settled(name, known), version=settled)


def _dependency(each: Node, known: _Known, *, above: bool | Unread) -> Node | None:
    """The dependency, or None for something that is no external library."""
    notation = text(child(each, "notation"))
    if notation is None:
        parts = [text(child(each, key)) for key in ("group", "name", "version")]
        told = [_settled(part, known) if part else None for part in parts]
    else:
        told = _coordinates(notation, known)
    if not told:
        return None
    return _record(each, told, above=above)


def _above_pinned(root: Node, known: _Known) -> bool | Unread:
    """Whether each platform, and the Spring Boot plugin, that may give versions is exact."""
    told = [
        _coordinates(text(child(each, "notation")) or "", known)
        for each in items(child(root, "dependencies"))
        if text(child(each, "configuration")) == "platform"
    ]
    versions = [parts[2] for parts in told if parts]
    plugins = [_plugin(each, known) for each in items(child(root, "plugins"))]
    boot = [each for each in plugins if text(child(each, "name")) == "org.springframework.boot"]
    versions += [text(child(each, "version")) or Unread.TEMPLATED for each in boot]
    if not versions or Unread.TEMPLATED in versions:
        return Unread.TEMPLATED
    return all(each and not _MOVING.fullmatch(each) for each in versions)


def _coordinates(notation: str, known: _Known) -> list[str | Unread | None]:
    """Group, name and version of `group:name:version` or of a name in the catalogue."""
    if notation.startswith("@"):
        return _of_catalog(notation[1:].removesuffix(".get"), known)
    parts = re.sub(r"@\w+$", "", notation).split(":")
    if len(parts) >= _COORDINATE - 1:
        parts[1] = _SCALA.sub("", parts[1])
    if len(parts) == 1 and "$" in notation:
        settled = _settled(notation, known)
        if isinstance(settled, Unread):
            return [settled, settled, settled]
        parts = settled.split(":")
    if len(parts) < _COORDINATE - 1:
        return []
    version = parts[_COORDINATE - 1] if len(parts) >= _COORDINATE else ""
    return [_settled(parts[0], known), _settled(parts[1], known), _settled(version, known) or None]


def _of_catalog(accessor: str, known: _Known) -> list[str | Unread | None]:
    own = known.values.get(accessor)
    if own is not None:
        return _coordinates(own, known)
    entry = _catalog_entry("libraries", accessor.partition(".")[2], known)
    if entry is None:
        return [Unread.TEMPLATED] * 3 if accessor.startswith("libs.") else []
    if written := text(entry):
        return _coordinates(written, known)
    module = text(child(entry, "module"))
    group, _, name = (module or "").partition(":")
    return [
        group or text(child(entry, "group")),
        name or text(child(entry, "name")),
        _version_of(entry, known),
    ]


def _record(each: Node, told: Sequence[str | Unread | None], *, above: bool | Unread) -> Node:
    group, name, version = told
    open_name = Unread.TEMPLATED in {group, name}
    managed = version is None
    pinned: bool | Unread = bool(version) and not _MOVING.fullmatch(str(version))
    if managed or version is Unread.TEMPLATED:
        pinned = above if managed else Unread.TEMPLATED
    return record(
        each.line,
        tool="gradle",
        name=Unread.TEMPLATED if open_name else f"{group or ''}:{name or ''}",
        version=version,
        scope=_scope(text(child(each, "configuration")) or ""),
        pinned=pinned,
        managed=managed,
    )


def _scope(configuration: str) -> str:
    for pattern, scope in _SCOPES:
        if pattern.fullmatch(configuration):
            return scope
    return "compile"
