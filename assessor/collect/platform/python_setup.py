"""setup.cfg and setup.py: the project and its dependencies as far as they are literals."""

import ast
import configparser
from collections.abc import Iterator, Mapping, Sequence

from packaging.utils import canonicalize_name

from assessor.collect.platform.nodes import Plain, UnreadableError
from assessor.collect.platform.python_dependency import BY, Dependency, project, reading, scope_of
from assessor.collect.platform.reading import Reading
from assessor.model.basis import Node, Skip, Unread


def parse_cfg(path: str, content: str) -> Reading:
    """The project of a setup.cfg and its dependencies."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(content)
    except configparser.Error as error:
        line = getattr(error, "lineno", 0) or 0
        raise UnreadableError("The configuration cannot be parsed.", line=line) from error
    lines = content.split("\n")
    found: list[Dependency] = []
    if parser.has_section("options"):
        found += _lines_of(
            parser.get("options", "install_requires", fallback=""), lines, "compile"
        )
    if parser.has_section("options.extras_require"):
        for name, value in parser.items("options.extras_require"):
            found += _lines_of(value, lines, scope_of(name))
    name = parser.get("metadata", "name", fallback="")
    if not name:
        return reading(path, found)
    version = parser.get("metadata", "version", fallback="")
    open_version = version.startswith(("attr:", "file:"))
    about = project(
        _line_with(lines, name),
        name=canonicalize_name(name),
        version=Unread.TEMPLATED if open_version else version or None,
        runnable=parser.has_section("options.entry_points")
        and "console_scripts" in dict(parser.items("options.entry_points")),
    )
    return reading(path, found, about=about)


def _lines_of(value: str, lines: Sequence[str], scope: str) -> Iterator[Dependency]:
    for part in value.split("\n"):
        written = part.partition(" #")[0].strip()
        if written and not written.startswith(("#", "file:")):
            yield written, _line_with(lines, written), scope


def _line_with(lines: Sequence[str], written: str) -> int:
    """The first line that holds the text and is no comment."""
    for number, line in enumerate(lines, start=1):
        if written in line and not line.lstrip().startswith(("#", ";")):
            return number
    return 0


def parse_py(path: str, content: str) -> Reading:
    """What `setup(…)` is given as literals; nothing is run."""
    try:
        tree = ast.parse(content)
        calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise UnreadableError("The Python file cannot be parsed.", line=line) from error
    setup = next((each for each in calls if _callee(each.func) == "setup"), None)
    if setup is None:
        return Reading()
    names = {each.arg: each.value for each in setup.keywords if each.arg}
    given = {key: _constant(value, tree) for key, value in names.items()}
    found = [*_members(given.get("install_requires"), "compile")]
    for key, scope in (("tests_require", "test"), ("setup_requires", "build")):
        found += _members(given.get(key), scope)
    found += _extras(given.get("extras_require"), tree)
    about = _setup_about(setup, given)
    told = reading(path, found, about=about)
    computed = names.get("install_requires")
    if computed is None or given.get("install_requires") is not None:
        return told
    reason = "The requirements are computed by the script, which is not run."
    skip = Skip(path, computed.lineno, "not-literal", BY, reason, ("build.dependency",))
    return Reading(told.artefacts, (*told.skips, skip))


def _callee(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _constant(value: ast.expr, tree: ast.Module) -> ast.expr | None:
    """The literal itself, or what a name was once given at the top of the file."""
    if not isinstance(value, ast.Name):
        return value if isinstance(value, (ast.List, ast.Tuple, ast.Dict, ast.Constant)) else None
    told = [
        each.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name) and target.id == value.id
    ]
    literal = len(told) == 1 and isinstance(told[0], (ast.List, ast.Tuple, ast.Dict, ast.Constant))
    return told[0] if literal else None


def _members(value: ast.expr | None, scope: str) -> Iterator[Dependency]:
    for each in value.elts if isinstance(value, (ast.List, ast.Tuple)) else ():
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value, each.lineno, scope


def _extras(value: ast.expr | None, tree: ast.Module) -> Iterator[Dependency]:
    if isinstance(value, ast.Dict):
        for key, part in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant):
                yield from _members(_constant(part, tree), scope_of(str(key.value)))


def _setup_about(setup: ast.Call, given: Mapping[str, ast.expr | None]) -> Node:
    told: dict[str, Plain] = {}
    for key in ("name", "version"):
        value = given.get(key)
        if isinstance(value, ast.Constant):
            told[key] = Node(value.lineno, str(value.value))
        elif key in given:
            told[key] = Unread.TEMPLATED
    points = given.get("entry_points")
    scripts = isinstance(points, ast.Dict) and any(
        isinstance(key, ast.Constant) and key.value in {"console_scripts", "gui_scripts"}
        for key in points.keys
    )
    if isinstance(named := told.get("name"), Node):
        told["name"] = Node(named.line, canonicalize_name(str(named.value)))
    return project(setup.lineno, **told, runnable=scripts or "scripts" in given)
