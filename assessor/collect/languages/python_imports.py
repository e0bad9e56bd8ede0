"""Visits that read the import statements of a Python file."""

import re

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.python_tree import Walk

_SIMPLE = re.compile(r"[\w ,.*]+")
_COMMENT = re.compile(r"#[^\n]*")
_IMPORT = re.compile(r"\bimport\b")
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_WRAPPING = str.maketrans("()\\", "   ")
# Every repetition is possessive: a line of a million blanks must not be tried a million times.
_STATEMENT = re.compile(
    rb"^[ \t]*+((?:from[ \t]++[.\w]++[ \t]++)?import[ \t]++"
    rb"(?:\([\w\s,]*+\)|[\w*][\w ,.*]*+))\r?(?:#.*)?$",
    re.MULTILINE,
)


def on_import(walk: Walk, node: Node) -> bool:
    """`import a.b` binds `a`; `import a.b as c` binds `c` to the module itself."""
    written = text(walk, node)
    _read_import(walk, _plain(written), at=line(node), typing=_only_types(walk, node))
    return b"#" in written


def on_from(walk: Walk, node: Node) -> bool:
    """`from .a import b as c` binds `c`; `*` binds what the module offers."""
    written = text(walk, node)
    _read_from(walk, _plain(written), at=line(node), typing=_only_types(walk, node))
    return b"#" in written


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
    found = _IMPORT.search(written)
    if not found:
        return
    head, names = "".join(written[len("from") : found.start()].split()), written[found.end() :]
    module = head.lstrip(".")
    level = len(head) - len(module)
    if module and not _NAME.fullmatch(module):
        return
    if names.strip() == "*":
        walk.imports.append((module, level, "*", at, typing))
        return
    for name, alias in _names(names):
        _bind(walk, alias or name, len(walk.imports))
        walk.imports.append((module, level, name, at, typing))


def _plain(statement: bytes) -> str:
    """The statement without comments, brackets and continuations, one blank between words."""
    written = statement.decode("utf-8", "replace")
    if not _SIMPLE.fullmatch(written):
        written = _COMMENT.sub("", written).translate(_WRAPPING)
    return " ".join(written.split())


def _names(written: str) -> list[tuple[str, str]]:
    """(name, alias or nothing) of a comma-separated list; what is no name is left out."""
    found = []
    for part in written.split(","):
        name, _, alias = part.strip().partition(" as ")
        name = name.replace(" ", "")
        if name.isidentifier() or _NAME.fullmatch(name):
            found.append((name, alias.strip()))
    return found


def _only_types(walk: Walk, node: Node) -> bool:
    return node.start_byte < walk.typing_until


def _bind(walk: Walk, name: str, number: int) -> None:
    walk.scope.imports.setdefault(name.encode(), []).append(number)
    walk.named.setdefault(name, []).append(number)
