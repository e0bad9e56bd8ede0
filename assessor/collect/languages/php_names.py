"""What names mean in a PHP file: namespaces, imports, written types; made full while walking."""

import re

from tree_sitter import Node

from assessor.collect.languages.typed_facts import OF_RECEIVER
from assessor.collect.languages.typed_walk import Walk, inside, note, text_of

# Keys of `Walk.known`, words that no class can be called: the namespace; the class around, and
# the one that it extends. A function is known as `name()`, a constant as `const name`.
NAMESPACE, SELF, PARENT = "namespace", "self", "parent"
NO_CLASSES = frozenset(
    {
        "array", "bool", "boolean", "callable", "double", "false", "float", "int", "integer",
        "iterable", "list", "mixed", "never", "null", "number", "numeric", "object", "parent",
        "resource", "scalar", "self", "static", "string", "true", "void",
    }
)  # fmt: skip
NAME = re.compile(r"\\?[A-Za-z_\x80-\xff][\w\x80-\xff]*(?:\\[A-Za-z_\x80-\xff][\w\x80-\xff]*)*")
_KIND = re.compile(r"\s*(function|const)\s", re.IGNORECASE | re.ASCII)
_ALIAS = re.compile(r"\s+as\s+", re.IGNORECASE | re.ASCII)
_BLANK = " \t\r\n"  # no others: a byte of a letter may look like one
_COMMENT = re.compile(r"/\*.*?\*/|(?://|#)[^\n]*", re.DOTALL)


def class_name(walk: Walk, raw: str) -> str:
    """The full name, with a leading dot, of a class as it is written here."""
    return _full(walk, raw, key=raw.partition("\\")[0])


def function_name(walk: Walk, raw: str) -> str:
    """The full name, with a leading dot, of a function."""
    return _full(walk, raw, key=_key(raw, "{}()"))


def constant_name(walk: Walk, raw: str) -> str:
    """The full name, with a leading dot, of a constant outside of any class."""
    return _full(walk, raw, key=_key(raw, "const {}"))


def _key(raw: str, single: str) -> str:
    first, slash, _ = raw.partition("\\")
    return first if slash else single.format(first)


def _full(walk: Walk, raw: str, *, key: str) -> str:
    if raw[:1] == "\\":
        return raw.replace("\\", ".")
    first, slash, rest = raw.partition("\\")
    if slash and first.lower() == "namespace":
        return qualified(walk, rest)
    alias = walk.known.get(key)
    if alias is None:
        return qualified(walk, raw)
    return f"{alias}.{rest}".replace("\\", ".") if slash else alias


def qualified(walk: Walk, raw: str) -> str:
    """The full name, with a leading dot, of what is declared here under this name."""
    namespace = walk.known.get(NAMESPACE, "")
    return (f".{namespace}.{raw}" if namespace else f".{raw}").replace("\\", ".")


def namespace(walk: Walk, node: Node) -> str:
    """`namespace A;`, or `namespace A { … }`: imports before it end."""
    name = node.child_by_field_name("name")
    body = node.child_by_field_name("body")
    before = walk.known
    walk.known = {NAMESPACE: text_of(walk, name).replace("\\", ".") if name is not None else ""}
    if body is not None:
        inside(walk, body)
        walk.known = before
    return ""


def import_(walk: Walk, node: Node) -> str:
    """An import of classes, functions or constants, perhaps of a group, perhaps with an alias."""
    text = text_of(walk, node)[3:].strip(_BLANK).removesuffix(";")
    text = _COMMENT.sub(" ", text) if "/" in text or "#" in text else text
    before, brace, group = text.partition("{")
    before, kind = _without_kind(before)
    for part in (group.rpartition("}")[0] if brace else before).split(","):
        written, own = _without_kind(part)
        if written:
            whole = f"{before}{written}" if brace else written
            _import(walk, whole, kind=own or kind, start=node.start_byte)
    return ""


def _without_kind(text: str) -> tuple[str, str]:
    found = _KIND.match(text)
    rest = text[found.end() :] if found is not None else text
    return rest.strip(_BLANK), found[1].lower() if found is not None else ""


def _import(walk: Walk, written: str, *, kind: str, start: int) -> None:
    name, _, alias = _ALIAS.sub("\0", written).partition("\0")
    name = name.strip(_BLANK + "\\").replace("\\", ".")
    alias = alias.strip(_BLANK)
    short = alias or name.rpartition(".")[2]
    if not short:
        return
    key = {"function": f"{short}()", "const": f"const {short}"}.get(kind, short)
    walk.known[key] = f".{name}"
    walk.imports.append(f"{name} as {alias}" if alias else name)
    walk.import_starts.append(start)


def type_used(walk: Walk, node: Node | None) -> str:
    """Notes a written type; gives the class to follow, `static` for the receiver's, or ""."""
    if node is None:
        return ""
    followed = ""
    start = node.start_byte
    for found in NAME.finditer(text_of(walk, node)):
        raw = found[0]
        if raw.lower() in NO_CLASSES:
            followed = followed or own_type(walk, raw.lower())
            continue
        name = class_name(walk, raw)
        note(walk, "=" + name, start + found.start())
        followed = followed or name
    return followed


def own_type(walk: Walk, word: str) -> str:
    """The type that `self`, `static` or `parent` stands for; "" for any other word."""
    if word == "static" or (word == "self" and walk.scope.shape == "trait"):
        return OF_RECEIVER
    return walk.known.get(word, "") if word in {SELF, PARENT} else ""


def type_noted(walk: Walk, node: Node) -> str:
    """A type where nothing follows from it."""
    type_used(walk, node)
    return ""
