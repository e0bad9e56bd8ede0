"""pyproject.toml: the project and its dependencies by PEP 621, PEP 735 and Poetry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from assessor.collect.platform.gradle_script import toml, toml_lines
from assessor.collect.platform.nodes import UnreadableError
from assessor.collect.platform.python_dependency import Dependency, project, reading, scope_of
from assessor.collect.platform.reading import Reading
from assessor.model.basis import Node, Unread

_TOML_LIMIT = 256 * 1024
_CARET = re.compile(r"\d[\w.]*")


def parse(path: str, content: str) -> Reading:
    """The project by PEP 621 or by Poetry, and its dependencies with those of its groups."""
    if len(content) > _TOML_LIMIT:
        raise UnreadableError("The TOML file is larger than 256 KiB.", code="oversized")
    table = toml(content)
    finder = _Lines(tuple(content.split("\n")), toml_lines(content))
    standard, poetry = _table(table, "project"), _table(table, "tool", "poetry")
    found = [*_standard(table, finder), *_poetry(poetry, finder)]
    about = _about(standard, "project", finder) if standard else None
    if about is None and poetry.get("name"):
        about = _about(poetry, "tool.poetry", finder)
    return reading(path, found, about=about)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where things stand in a TOML file: of keys exactly, of members of a list by their text."""

    lines: tuple[str, ...]
    keys: Mapping[tuple[str, str], int]

    def key(self, section: str, name: str = "") -> int:
        """The line of a key, or of the header of its table, or 0."""
        return self.keys.get((section, name)) or self.keys.get((section, ""), 0)

    def member(self, text: str, after: int) -> int:
        """The first line from `after` on that holds the text in quotes."""
        quoted = (f'"{text}"', f"'{text}'")
        for number in range(max(after, 1), len(self.lines) + 1):
            line = self.lines[number - 1]
            if any(each in line for each in quoted) and not line.lstrip().startswith("#"):
                return number
        return after


def _table(table: Mapping[str, object], *path: str) -> Mapping[str, object]:
    for name in path:
        part = table.get(name)
        if not isinstance(part, Mapping):
            return {}
        table = part
    return table


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _about(given: Mapping[str, object], section: str, lines: _Lines) -> Node:
    name, version = given.get("name"), given.get("version")
    starts = next((key for key in ("scripts", "gui-scripts") if given.get(key)), "")
    line = lines.key(section)
    below = lines.key(f"{section}.{starts}") or lines.key(section, starts)
    dynamic = "version" in _texts(given.get("dynamic"))
    told = Unread.TEMPLATED if dynamic else version if isinstance(version, str) else None
    return project(
        line,
        name=Node(lines.key(section, "name"), canonicalize_name(str(name)) if name else None),
        version=Node(lines.key(section, "version"), told),
        runnable=Node(below if starts else line, bool(starts)),
    )


def _standard(table: Mapping[str, object], lines: _Lines) -> Iterator[Dependency]:
    """Dependencies by PEP 621, PEP 735 and of the build system."""
    yield from _listed(
        _table(table, "project"), "dependencies", ("project", "compile"), lines=lines
    )
    for section in ("project.optional-dependencies", "dependency-groups"):
        groups = _table(table, *section.split("."))
        for name in groups:
            yield from _listed(groups, name, (section, scope_of(name)), lines=lines)
    yield from _listed(
        _table(table, "build-system"), "requires", ("build-system", "build"), lines=lines
    )


def _listed(
    table: Mapping[str, object], key: str, place: tuple[str, str], *, lines: _Lines
) -> Iterator[Dependency]:
    section, scope = place
    start = lines.key(section, key)
    for written in _texts(table.get(key)):
        yield written, lines.member(written, start), scope


def _poetry(poetry: Mapping[str, object], lines: _Lines) -> Iterator[Dependency]:
    sections = {"dependencies": "compile", "dev-dependencies": "test"}
    for key, scope in sections.items():
        yield from _poetry_table(_table(poetry, key), f"tool.poetry.{key}", scope, lines=lines)
    for name in _table(poetry, "group"):
        section = f"tool.poetry.group.{name}.dependencies"
        inside = _table(poetry, "group", name, "dependencies")
        yield from _poetry_table(inside, section, scope_of(name), lines=lines)


def _poetry_table(
    table: Mapping[str, object], section: str, scope: str, *, lines: _Lines
) -> Iterator[Dependency]:
    for name, value in table.items():
        if name.lower() != "python":
            given = value.get("version", "") if isinstance(value, Mapping) else value
            written = f"{name}{_specifier(given if isinstance(given, str) else '')}"
            yield written, lines.key(section, name), scope


def _specifier(written: str) -> str:
    """Poetry's version as a specifier: a bare one is exact, `^1.2` and `~1.2` are at least 1.2."""
    parts = [
        part.strip() for part in written.split("||", maxsplit=1)[0].split(",") if part.strip(" *")
    ]
    return ",".join(_clause(part) for part in parts)


def _clause(part: str) -> str:
    if part[0] in "^~" and not part.startswith("~="):
        return f">={part.lstrip('^~').strip()}"
    return f"=={part}" if _CARET.fullmatch(part) else part.replace(" ", "")
