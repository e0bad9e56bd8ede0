"""One Gradle script, settings file, version catalogue or gradle.properties, as it stands.

Groovy and Kotlin are read alike, as blocks of calls; nothing is evaluated.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename

from assessor.collect.platform.blocks import (
    Call,
    Token,
    arguments,
    calls,
    deep,
    first_text,
    statements,
    tokens,
)
from assessor.collect.platform.nodes import Plain, UnreadableError, node
from assessor.collect.platform.properties import properties
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.basis import Node

KINDS = ("build.project", "build.dependency", "build.plugin")
SCRIPT, SETTINGS, CATALOG, VALUES = (
    "gradle.script",
    "gradle.settings",
    "gradle.catalog",
    "gradle.values",
)
INNER = frozenset({SCRIPT, SETTINGS, CATALOG, VALUES})

_TOML_LIMIT = 256 * 1024
_CONFIGURATION = re.compile(
    r"(?:[a-z]\w*)?(?:[iI]mplementation|[aA]pi|[cC]ompile(?:Only|OnlyApi|Classpath)?|[rR]untime"
    r"(?:Only)?|[aA]nnotationProcessor|kapt|ksp|developmentOnly|providedCompile|providedRuntime"
    r"|classpath|shadow|checkstyle|testFixtures\w+)"
)
_KEYS = ("group", "name", "version")


def claims(path: str) -> bool:
    """Whether the file belongs to a Gradle build."""
    name = basename(path)
    return (
        name.endswith((".gradle", ".gradle.kts", ".versions.toml")) or name == "gradle.properties"
    )


def parse(path: str, content: str) -> Reading:
    """The file as an inner artefact; `gradle.link` makes projects and dependencies of them."""
    name = basename(path)
    if name == "gradle.properties":
        values = {each.key: Node(each.line, each.value) for each in properties(content)}
        return Reading((artefact(VALUES, path, Node(1, values)),))
    if name.endswith(".toml"):
        return Reading((artefact(CATALOG, path, _catalog(content)),))
    script = tokens(content)
    if name.startswith("settings.gradle"):
        return Reading((artefact(SETTINGS, path, _settings(script)),))
    return Reading((artefact(SCRIPT, path, _script(script)),))


# ---------------------------------------------------------------- scripts


def _script(script: Sequence[Token]) -> Node:
    every = tuple(deep(script))
    values: dict[str, Plain] = dict(_values(script))
    return node(
        {
            "plugins": [each for call in _top(script) for each in _plugins(call)],
            "dependencies": [each for call in every for each in _dependencies(call)],
            "values": values,
            "projects": _projects(script),
        },
        line=1,
    )


def _projects(script: Sequence[Token]) -> list[Plain]:
    """The projects that a script configures from outside: path, line and plugins of each."""
    return [
        node(
            {
                "path": named.text,
                "plugins": [each for part in calls(call.body) for each in _plugins(part)],
            },
            line=call.line,
        )
        for call in calls(script)
        if call.name == "project" and call.body
        if (named := first_text(call.arguments))
    ]


def _top(script: Sequence[Token]) -> Iterator[Call]:
    """The calls of the script itself, not of blocks for other projects."""
    return (call for call in calls(script) if call.name != "project")


def _plugins(call: Call) -> Iterator[Plain]:
    """Plugins by `plugins { id("x") version "1" }` or `apply plugin: "x"`."""
    if call.name == "plugins":
        for statement in statements(call.body or ()):
            yield from _plugin(statement)
    elif call.name in {"apply", "pluginManager.apply", "plugins.apply"}:
        token = first_text(call.arguments, "plugin") or (
            None if call.name == "apply" else first_text(call.arguments)
        )
        if token:
            yield node({"id": token.text, "version": None, "apply": True}, line=token.line)


def _plugin(statement: Sequence[Token]) -> Iterator[Plain]:
    first = statement[0]
    flat = [part for token in statement for part in _flat(token)]
    texts = [token for token in flat if token.kind == "text"]
    words = [token.text for token in flat if token.kind == "word"]
    applied = "false" not in words
    version = _after(flat, "version")
    if first.text in {"id", "kotlin"} and texts:
        prefix = "org.jetbrains.kotlin." if first.text == "kotlin" else ""
        name: Plain = Node(texts[0].line, prefix + texts[0].text)
    elif first.text in {"alias", "id", "`kotlin-dsl`"} and any("libs." in word for word in words):
        name = Node(first.line, "@" + next(word for word in words if "libs." in word))
    elif first.kind == "word" and len(statement) == 1:
        name = first.text
    else:
        return
    yield node({"id": name, "version": version, "apply": applied}, line=first.line)


def _flat(token: Token) -> Iterator[Token]:
    if token.kind == "group":
        yield from (part for inner in token.inside for part in _flat(inner))
    else:
        yield token


def _after(flat: Sequence[Token], word: str) -> Plain:
    """The value after a word: a text as it stands, a name as `$name`."""
    for at, token in enumerate(flat[:-1]):
        if token.kind == "word" and token.text == word:
            return _value(flat[at + 1])
    return None


def _value(token: Token) -> Node:
    return Node(token.line, token.text if token.kind == "text" else f"${{{token.text}}}")


def _dependencies(call: Call) -> Iterator[Plain]:
    """What a `dependencies { … }` block declares, and the BOM that `mavenBom` names."""
    if call.name == "mavenBom" and (bom := first_text(call.arguments)):
        yield _coordinate("platform", Node(bom.line, bom.text))
    if call.name != "dependencies" or call.body is None:
        return
    for each in calls(call.body):
        name = each.name.rpartition(".")[2]
        named = first_text(each.arguments) if name == "add" else None
        configuration = named.text if named else name
        if _CONFIGURATION.fullmatch(configuration):
            given = arguments(each.arguments)[1:] if named else arguments(each.arguments)
            yield from _declared(configuration, given, each.line)


def _declared(
    configuration: str, given: Sequence[tuple[str, tuple[Token, ...]]], line: int
) -> Iterator[Plain]:
    keyed: dict[str, Plain] = {
        key: _value(part[0]) for key, part in given if key in _KEYS and part
    }
    if "name" in keyed:
        yield record(line, configuration=configuration, **keyed)
        return
    for key, part in given:
        if not key:
            yield from _notation(configuration, part)


def _notation(configuration: str, part: Sequence[Token]) -> Iterator[Plain]:
    """A text `group:name:version`, a name of the catalogue, or a platform around one of them."""
    first, rest = part[0], part[1:]
    if first.kind == "text":
        yield _coordinate(configuration, Node(first.line, first.text))
        return
    if first.kind != "word" or first.text in {"project", "files", "fileTree", "gradleApi"}:
        return
    inside = rest[0].inside if rest and rest[0].kind == "group" and rest[0].text == "(" else ()
    if first.text in {
        "platform",
        "enforcedPlatform",
        "testFixtures",
        "kotlin",
        "dependencies.platform",
    }:
        for _, inner in arguments(inside):
            if first.text == "kotlin" and inner[0].kind == "text":
                text = f"org.jetbrains.kotlin:kotlin-{inner[0].text}"
                yield _coordinate(configuration, Node(inner[0].line, text))
            else:
                scope = "platform" if "latform" in first.text else configuration
                yield from _notation(scope, inner)
            return
    elif not inside:
        yield _coordinate(configuration, Node(first.line, f"@{first.text}"))


def _coordinate(configuration: str, value: Node) -> Node:
    return node({"configuration": configuration, "notation": value}, line=value.line)


def _values(script: Sequence[Token]) -> Iterator[tuple[str, Node]]:
    """Texts given to names: `x = "1"`, `ext { … }`, `map = [a: "1"]`, `set("x", "1")`."""
    for statement in statements(script):
        at = next((at for at, token in enumerate(statement) if token.text == "="), 0)
        if at and statement[at].kind == "mark" and at + 1 < len(statement):
            yield from _assigned(_bare(statement, at), statement[at + 1])
        for call in calls(statement):
            if call.name in {"ext", "buildscript", "allprojects", "subprojects", "extra.apply"}:
                yield from _values(call.body or ())
            elif call.name in {"set", "extra.set", "ext.set"}:
                name, value = first_text(call.arguments), _second(call)
                if name and value:
                    yield name.text, Node(value.line, value.text)


def _bare(statement: Sequence[Token], at: int) -> str:
    """The name on the left of `=`, without `ext.` and the like."""
    words = [token.text for token in statement[:at] if token.kind == "word"]
    typed = len(words) > 1 and words[0] in {"val", "var"}
    name = words[1] if typed else (words[-1] if words else "")
    return re.sub(r"^(?:project\.|rootProject\.)?(?:ext\.|extra\.)?", "", name)


def _second(call: Call) -> Token | None:
    given = arguments(call.arguments)
    return given[1][1][0] if len(given) > 1 and given[1][1][0].kind == "text" else None


def _assigned(name: str, value: Token) -> Iterator[tuple[str, Node]]:
    if value.kind == "text" and name:
        yield name, Node(value.line, value.text)
    elif value.kind == "group" and value.text == "[":
        for key, part in arguments(value.inside):
            if key and part and part[0].kind == "text":
                yield f"{name}.{key}", Node(part[0].line, part[0].text)
            elif key and len(part) == 1 and part[0].kind == "word":
                yield f"{name}.{key}", _value(part[0])


# ---------------------------------------------------------------- settings and catalogue


def _settings(script: Sequence[Token]) -> Node:
    included: list[Plain] = []
    for call in deep(script):
        if call.name in {"include", "includeFlat"}:
            flat = [part for token in call.arguments for part in _flat(token)]
            included += [Node(token.line, token.text) for token in flat if token.kind == "text"]
    values = dict(_values(script))
    return node(
        {"name": values.get("rootProject.name") or values.get("name"), "include": included}, line=1
    )


def _catalog(content: str) -> Node:
    """A version catalogue with the line of every entry."""
    if len(content) > _TOML_LIMIT:
        raise UnreadableError("The catalogue is larger than 256 KiB.", code="oversized")
    table = toml(content)
    lines = toml_lines(content)
    parts: dict[str, Plain] = {}
    for section in ("versions", "libraries", "plugins"):
        entries = table.get(section)
        if isinstance(entries, Mapping):
            parts[section] = {
                name: node(_plain(value), line=lines.get((section, name), 0))
                for name, value in entries.items()
            }
    return node(parts, line=1)


def toml(content: str) -> Mapping[str, object]:
    """The table of a TOML file; raises `UnreadableError` with the line."""
    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise UnreadableError(
            "TOML cannot be parsed.", line=int(found[1]) if found else 0
        ) from None


_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_ENTRY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*=""")


def toml_lines(content: str) -> dict[tuple[str, str], int]:
    """(table, key) -> line of its first entry; keys inside inline tables have none."""
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(content.split("\n"), start=1):
        if header := _HEADER.fullmatch(line):
            section = re.sub(r"""[\s"']""", "", header[1])
            found.setdefault((section, ""), number)
        elif entry := _ENTRY.match(line):
            name = entry[1] or entry[2] or entry[3] or ""
            found.setdefault((section, name), number)
            found.setdefault((section, name.partition(".")[0]), number)
    return found


def _plain(value: object) -> Plain:
    """A value of a TOML file as plain values; dates become text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, (str, bool)) else str(value)


def flat_names(names: Iterable[str]) -> dict[str, str]:
    """Accessor in a script -> name in the catalogue (`a-b_c` is used as `a.b.c`)."""
    return {re.sub(r"[-_]", ".", name): name for name in names}
