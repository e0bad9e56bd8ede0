"""Visits that read the imports and exports of a script, and `require` and `import(…)`."""

import re
from bisect import bisect_right

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.javascript_facts import HERE, RUNS, TYPES_ONLY, Binding
from assessor.collect.languages.javascript_scopes import MODULE, SKIP, Scope, attach
from assessor.collect.languages.javascript_tree import WORD, Walk, decoded
from assessor.collect.languages.python_literals import masked

_COMMENT = re.compile(rb"/\*.*?\*/|(?<![:\w\"'/])//[^\n]*", re.DOTALL)
_SPACE = rb"(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*\n)*+"
_QUOTED = rb"(?P<q>['\"`])(?P<spec>[^'\"`\n\\]{1,400})(?P=q)"
_FROM = re.compile(
    rb"import\b\s*(?P<type>type\b(?!\s*(?:,|=|from\s*['\"])))?\s*(?:defer\b|source\b)?"
    rb"\s*(?:(?P<clause>[\w$\x80-\xff\s,*{}]+?)"
    rb"(?:\bfrom\s*|=\s*(?P<require>require)\s*\(\s*))?" + _QUOTED
)
_EXPORT_FROM = re.compile(
    rb"export\b\s*(?P<type>type\b)?\s*(?P<clause>\*(?:\s*as\s+[\w$\x80-\xff'\"-]+)?|\{[^}]*\})"
    rb"\s*from\s*" + _QUOTED
)
_EXPORT_NAMES = re.compile(rb"export\b\s*(?:type\b\s*)?\{([^}]*)\}")
_EXPORT_DEFAULT = re.compile(
    rb"export\b\s*(?:default\b|=)\s*(?:(?:abstract\s+)?class\s+|interface\s+)?(" + WORD + rb")"
)
_EXPORT_TYPE = re.compile(
    rb"export\b\s*(?:declare\s+)?(?:abstract\s+)?(?:const\s+)?(?:class|interface|enum|type)\s+("
    + WORD
    + rb")"
)
_NAMES_FOLLOW = re.compile(rb"export" + _SPACE + rb"[*{t]")
# Of an import that is written in some odd way: only the file.
_TAIL = re.compile(
    rb"(?P<type>(?!))?(?P<clause>)(?P<require>(?!))?\bfrom\s*" + _QUOTED + rb"(?=\s*(?:;|\Z|with))"
)
_NAMED, _SPACE_NAME = re.compile(rb"\{([^}]*)\}"), re.compile(rb"\*\s*as\s+(" + WORD + rb")")
_DEFAULT = re.compile(rb"\s*(" + WORD + rb")\s*(?:,|$)")
_REQUIRE = re.compile(rb"(?P<how>require|import)\b" + _SPACE + rb"\(" + _SPACE + _QUOTED)
_END = re.compile(_SPACE + rb",?" + _SPACE + rb"\)")
_BOUND = re.compile(
    rb"(?:\(\s*)?(?:await\s+)?(?:\(\s*)?(?:__import(?:Star|Default)\(|_interop\w+\()?"
    rb"(?P<call>(?:require|import)\s*\([^()]*['\"`][^()]*\))[\s)!]*(?P<path>(?:\.[\w$]+)*)"
    rb"(?:\s*as\s[^;]*)?"
)
_LONGEST = 400
_REFERENCE = re.compile(rb"///\s*<reference\s+path\s*=\s*(?:\"([^\"]+)\"|'([^']+)')")
_RECOVERED = re.compile(
    rb"^(?:import|export)\b[^'\"\n;(){]*+(?:\{[^}'\";()]{0,2000}+\}[^'\"\n;(){]*+)?"
    rb"(['\"])([^'\"\n]{1,400})\1[ \t]*;?[ \t\r]*$",
    re.MULTILINE,
)


def on_import(walk: Walk, node: Node) -> bool:
    """One import with the names that it binds."""
    written = _COMMENT.sub(b" ", text(walk, node))
    found = _FROM.match(written) or _TAIL.search(written)
    if found is None:
        return False
    clause = found["clause"] or b""
    number = _note(walk, found, node)
    if found["require"]:
        _bind(walk, clause.strip(), (number, ""))
        return False
    names = _NAMED.search(clause)
    entries = _entries(names[1]) if names else []
    for imported, local, _ in entries:
        _bind(walk, local, (number, imported))
    whole = _SPACE_NAME.search(clause)
    if whole:
        _bind(walk, whole[1], (number, ""))
    default = _DEFAULT.match(clause.partition(b"{")[0].partition(b"*")[0])
    if default:
        _bind(walk, default[1], (number, "default"))
    if entries and all(only for _, _, only in entries) and not default and not whole:
        walk.imports[number] = (*walk.imports[number][:1], TYPES_ONLY, walk.imports[number][2])
    return False


def on_export(walk: Walk, node: Node) -> bool:
    """What is exported: names of other files are imports as well."""
    start = node.start_byte
    if walk.source[start : start + 1] != b"e":  # a decorator stands before it
        _note_decorated(walk, node)
        return True
    if _NAMES_FOLLOW.match(walk.source, start) is None:
        return _on_declaration(walk, node)
    written = _COMMENT.sub(b" ", text(walk, node)[: 1 << 16])
    found = _EXPORT_FROM.match(written)
    if found:
        _export_from(walk, found, node)
        return False
    names = _EXPORT_NAMES.match(written)
    if names is None:
        return _on_declaration(walk, node)
    for local, exported, _ in _entries(names[1]) if walk.scope.kind == MODULE else ():
        walk.exports[decoded(exported)] = (HERE, local)
    return False


def on_call(walk: Walk, node: Node, *, code: int | None) -> bool:
    """Whether the call is a `require` or `import(…)` of a literal; then it is noted."""
    start, end = node.start_byte, node.end_byte
    found = _REQUIRE.match(walk.source, start, end)
    if found is None:
        return False
    if b"${" in found["spec"] or not _is_whole(walk, node, found):
        return False
    number = _note(walk, found, node)
    _bind_call(walk, start, number=number)
    if code is not None:
        attach(walk.bindings, number, code, seen=[1, start])
    return True


def on_alias(walk: Walk, node: Node) -> bool:
    """`import X = N.Y` binds a name to a part of another one."""
    name = next((child for child in node.children if child.type == "identifier"), None)
    if name is not None:
        walk.scope.bound.add(text(walk, name))
        walk.scope.types.add(text(walk, name))
        walk.marks[name.start_byte] = SKIP
    return True


def bind_later(walk: Walk, target: Node, value: Node, *, scope: Scope) -> bool:
    """Bind the target once the `require` in the value is met; false where there is none."""
    start, end = value.start_byte, value.end_byte
    if end - start > _LONGEST:
        return False
    found = _BOUND.fullmatch(walk.source, start, end)
    if found is None:
        return False
    path = decoded(found["path"]).lstrip(".")
    walk.binding[found.start("call")] = (_bound(walk, target, path), scope)
    return True


def reference(walk: Walk, node: Node) -> None:
    """`/// <reference path="…" />` names a file that belongs to this one."""
    found = _REFERENCE.match(text(walk, node)[:_LONGEST])
    if found:
        written = decoded(found[1] or found[2])
        relative = written if written.startswith((".", "/")) else f"./{written}"
        walk.imports.append((relative, RUNS, line(node)))


def recover(walk: Walk) -> None:
    """Find the imports that a syntax error hid, by their look."""
    known, hidden = {row for _, _, row in walk.imports}, sorted(walk.hidden)
    row, before = 1, 0
    for found in _RECOVERED.finditer(walk.source):
        row += walk.source.count(b"\n", before, found.start())
        before = found.start()
        last = row + walk.source.count(b"\n", found.start(), found.end())
        at = bisect_right(hidden, (found.start(), len(walk.source))) - 1
        inside = at >= 0 and found.start() < hidden[at][1]
        if not inside and known.isdisjoint(range(row, last + 1)):
            walk.imports.append((decoded(found[2]), RUNS, row))


def _note(walk: Walk, found: re.Match[bytes], node: Node) -> int:
    """Number of the import that was matched."""
    written = found.groupdict().get("type")
    kind = TYPES_ONLY if written or node.start_byte < walk.types_until else RUNS
    specifier = decoded(found["spec"])
    walk.imports.append((masked(specifier) if "://" in specifier else specifier, kind, line(node)))
    return len(walk.imports) - 1


def _bind(walk: Walk, name: bytes, means: Binding) -> None:
    walk.scope.imports.setdefault(name, []).append(means)


def _entries(written: bytes) -> list[tuple[str, bytes, bool]]:
    """(imported name, local name, only as a type) of what stands between the brackets."""
    found = []
    for entry in written.split(b","):
        words = [word.strip(b"'\"") for word in entry.split()]
        only = len(words) in {2, 4} and words[0] == b"type"
        words = words[1:] if only else words
        if words:
            found.append((decoded(words[0]), words[-1], only))
    return found


def _export_from(walk: Walk, found: re.Match[bytes], node: Node) -> None:
    number, clause = _note(walk, found, node), found["clause"]
    if clause.startswith(b"{"):
        entries = _entries(clause[1:-1])
        for imported, exported, _ in entries:
            walk.exports[decoded(exported)] = (number, imported)
        if entries and all(only for _, _, only in entries):
            walk.imports[number] = (*walk.imports[number][:1], TYPES_ONLY, line(node))
    elif b"as" in clause.split():
        walk.exports[decoded(clause.split()[-1].strip(b"'\""))] = (number, "")
    else:
        walk.stars.append(number)


def _on_declaration(walk: Walk, node: Node) -> bool:
    if walk.scope.kind != MODULE:
        return True
    start = node.start_byte
    default = _EXPORT_DEFAULT.match(walk.source, start)
    if default:
        walk.exports["default"] = (HERE, decoded(default[1]))
    declared = _EXPORT_TYPE.match(walk.source, start)
    if declared:
        walk.exports[decoded(declared[1])] = (HERE, decoded(declared[1]))
    return True


def _note_decorated(walk: Walk, node: Node) -> None:
    """A class whose decorators stand before its `export`."""
    for child in node.children:
        if child.type in {"class_declaration", "abstract_class_declaration", "class"}:
            walk.decorated.add(child.start_byte)
            name = next((c for c in child.children if c.type.endswith("identifier")), None)
            if name is None or walk.scope.kind != MODULE:
                continue
            means = (HERE, decoded(text(walk, name)))
            default = any(other.type == "default" for other in node.children)
            walk.exports["default" if default else means[1]] = means


def _is_whole(walk: Walk, node: Node, found: re.Match[bytes]) -> bool:
    """The call itself was matched, not one that starts with it; its value is no template."""
    end = node.end_byte
    closing = _END.match(walk.source, found.end(), end)
    if found["how"] == b"require":
        return closing is not None and closing.end() == end and not _hides_require(walk.scope)
    function = node.child(0)
    if function is None or function.type != "import":
        return False
    return closing is not None or walk.source[found.end() : end].lstrip()[:1] == b","


def _hides_require(scope: Scope | None) -> bool:
    while scope is not None and scope.kind != MODULE:
        if b"require" in scope.bound:
            return True
        scope = scope.parent
    return False


def _bind_call(walk: Walk, start: int, *, number: int) -> None:
    waiting = walk.binding.pop(start, None)
    if waiting is None:
        return
    names, scope = waiting
    for name, meant in names:
        scope.imports.setdefault(name, []).append((number, meant))


def _bound(walk: Walk, target: Node, path: str) -> list[tuple[bytes, str]]:
    """The names that a pattern binds, and what of the module each of them means."""
    found, pending = [], [(target, path)]
    while pending:
        node, meant = pending.pop()
        if node.type in {"identifier", "shorthand_property_identifier_pattern"}:
            name = text(walk, node)
            shown = meant if node.type == "identifier" else _joined(meant, decoded(name))
            found.append((name, shown))
            walk.marks[node.start_byte] = SKIP
        elif node.type == "pair_pattern" and node.named_child_count == 2:  # noqa: PLR2004 - key, value
            key, value = node.named_children
            pending.append((value, _joined(meant, decoded(text(walk, key)))))
        else:
            pending.extend((child, meant) for child in _patterns(node))
    return found


def _patterns(node: Node) -> list[Node]:
    """The parts of a pattern that bind names."""
    if node.type in {"assignment_pattern", "object_assignment_pattern"}:
        return node.children[:1]
    return node.named_children if node.type.endswith("_pattern") else []


def _joined(first: str, second: str) -> str:
    return f"{first}.{second}" if first else second
