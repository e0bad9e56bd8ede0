"""Visits that read the import statements of a Python file."""

import re

from tree_sitter import Node

from assessor.collect.languages.python_tree import Walk, line, text

_SIMPLE = re.compile(r"[\w ,.*]+")
_COMMENT = re.compile(r"#[^\n]*")
_FROM = re.compile(
    r"from\s*(?P<dots>[.\s]*)(?P<module>[^\W\d][\w.\s]*?)??\s*\bimport\b(?P<names>.*)", re.DOTALL
)
_NAME = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
_AS = re.compile(r"\s+as\s+")
_WRAPPING = str.maketrans("()\\", "   ")
_STATEMENT = re.compile(
    rb"^[ \t]*((?:from[ \t]+[.\w]+[ \t]+)?import[ \t]+(?:\([\w\s,]*+\)|[\w ,.*]++))\r?(?:#.*)?$",
    re.MULTILINE,
)


def on_import(walk: Walk, node: Node) -> bool:
    """`import a.b` binds `a`; `import a.b as c` binds `c` to the module itself."""
    _read_import(walk, _plain(text(walk, node)), at=line(node), typing=_only_types(walk, node))
    return False


def on_from(walk: Walk, node: Node) -> bool:
    """`from .a import b as c` binds `c`; `*` binds what the module offers."""
    _read_from(walk, _plain(text(walk, node)), at=line(node), typing=_only_types(walk, node))
    return False


def recover(walk: Walk) -> None:
    """Read the import statements that the parser lost behind a syntax error, by their look."""
    seen = {at for _, _, _, at, _ in walk.imports}
    hidden = iter(sorted(walk.hidden))
    start = end = at = position = 0
    for found in _STATEMENT.finditer(walk.source):
        while end <= found.start(1):
            start, end = next(hidden, (len(walk.source) + 1,) * 2)
        at += walk.source.count(b"\n", position, found.start(1))
        position = found.start(1)
        if start > position and at + 1 not in seen:
            read = _read_from if found[1].startswith(b"from") else _read_import
            read(walk, _plain(found[1]), at=at + 1, typing=False)


def _read_import(walk: Walk, written: str, *, at: int, typing: bool) -> None:
    for module, alias in _names(written.partition("import")[2]):
        number = len(walk.imports)
        walk.imports.append((module, 0, "", at, typing))
        if not alias:
            walk.bindings.prefixes[number] = module.encode()
        _bind(walk, alias or module.partition(".")[0], number)


def _read_from(walk: Walk, written: str, *, at: int, typing: bool) -> None:
    found = _FROM.match(written)
    if not found:
        return
    module, level = "".join((found["module"] or "").split()), found["dots"].count(".")
    if found["names"].strip() == "*":
        walk.imports.append((module, level, "*", at, typing))
        return
    for name, alias in _names(found["names"]):
        _bind(walk, alias or name, len(walk.imports))
        walk.imports.append((module, level, name, at, typing))


def _plain(statement: bytes) -> str:
    """The statement without comments, brackets and continuations."""
    written = statement.decode("utf-8", "replace")
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
        if _NAME.fullmatch(name):
            found.append(("".join(name.split()), alias[0].strip() if alias else ""))
    return found


def _only_types(walk: Walk, node: Node) -> bool:
    return node.start_byte < walk.typing_until


def _bind(walk: Walk, name: str, number: int) -> None:
    walk.scope.imports.setdefault(name.encode(), []).append(number)
