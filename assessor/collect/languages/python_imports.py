"""Visits that read the import statements of a Python file."""

import re

from tree_sitter import Node

from assessor.collect.languages.python_tree import Walk, line, text

_COMMENT = re.compile(r"#[^\n]*")
_FROM = re.compile(
    r"from\s*(?P<dots>[.\s]*)(?P<module>[^\W\d][\w.\s]*?)??\s*\bimport\b(?P<names>.*)", re.DOTALL
)
_SIMPLE = re.compile(r"[\w ,.*]+")
_NAME = re.compile(r"^[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*$")
_AS = re.compile(r"\s+as\s+")
_WRAPPING = str.maketrans("()\\", "   ")


def on_import(walk: Walk, node: Node) -> bool:
    """`import a.b` binds `a`; `import a.b as c` binds `c` to the module itself."""
    written = _plain(walk, node).partition("import")[2]
    for module, alias in _names(written):
        number = _note(walk, node, module=module, level=0, name="")
        if not alias:
            walk.bindings.prefixes[number] = module.encode()
        _bind(walk, alias or module.partition(".")[0], number)
    return False


def on_from(walk: Walk, node: Node) -> bool:
    """`from .a import b as c` binds `c`; `*` binds what the module offers."""
    found = _FROM.match(_plain(walk, node))
    if not found:
        return False
    module, level = "".join((found["module"] or "").split()), found["dots"].count(".")
    if found["names"].strip() == "*":
        _note(walk, node, module=module, level=level, name="*")
        return False
    for name, alias in _names(found["names"]):
        number = _note(walk, node, module=module, level=level, name=name)
        _bind(walk, alias or name, number)
    return False


def _plain(walk: Walk, node: Node) -> str:
    """The statement without comments, brackets and continuations."""
    written = text(walk, node).decode("utf-8", "replace")
    if _SIMPLE.fullmatch(written):
        return written
    return _COMMENT.sub("", written).translate(_WRAPPING).strip()


def _names(written: str) -> list[tuple[str, str]]:
    """(name, alias or nothing) of a comma-separated list; what is no name is left out."""
    found = []
    for part in written.split(","):
        name = part.strip()
        if name.isidentifier():
            found.append((name, ""))
            continue
        name, *alias = _AS.split(name, maxsplit=1)
        if _NAME.match(name):
            found.append(("".join(name.split()), alias[0].strip() if alias else ""))
    return found


def _note(walk: Walk, node: Node, *, module: str, level: int, name: str) -> int:
    only_types = node.start_byte < walk.typing_until
    walk.imports.append((module, level, name, line(node), only_types))
    return len(walk.imports) - 1


def _bind(walk: Walk, name: str, number: int) -> None:
    walk.scope.imports.setdefault(name.encode(), []).append(number)
