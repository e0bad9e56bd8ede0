"""Texts in PHP code: literals, what is put together of them, constants and single assignments."""

import re
from collections.abc import Callable, Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.java_literals import masked, speaks_of_secrets
from assessor.collect.languages.php_calls import body_of, class_around, first, last, parts
from assessor.collect.languages.typed_walk import Walk, text_of

UNKNOWN = "{}"
_DEEPEST = 8  # texts within texts
_MOST = 50  # assignments of a function that are looked at
_MOST_PARTS = 200  # of a text that is put together
_LONGEST_CONSTANT = 1_000
_STRINGS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_ESCAPE = re.compile(r"\\([\\'\"$])")
_ENCAPSED_ESCAPE = re.compile(r"\\([ntr\\\"$])")
_ESCAPED = {"n": "\n", "t": " ", "r": " "}
_FORMAT = re.compile(r"%(?:\d+\$)?[+-]?\d*(?:\.\d+)?[bcdeEfFgGosuxX]")


def folded(walk: Walk, node: Node | None, *, depth: int = 0) -> str:
    """The text of an expression, `{}` for each part that the file does not say."""
    fold = _FOLDS.get(node.type) if node is not None and depth <= _DEEPEST else None
    return fold(walk, node, depth) if fold is not None and node is not None else UNKNOWN


def known(walk: Walk, node: Node | None) -> str | None:
    """The text of an expression, None where nothing of it is known."""
    text = folded(walk, node)
    return text if text.replace(UNKNOWN, "").strip() else None


def literal(walk: Walk, node: Node | None) -> str | None:
    """The text of a plain literal, None for anything else."""
    if node is None or node.type not in {"string", "encapsed_string"}:
        return None
    text = _string(walk, node, _DEEPEST)
    return None if UNKNOWN in text and node.type == "encapsed_string" else text


def class_of(walk: Walk, node: Node | None) -> str:
    """`X` as it is written in `X::class`, "" for anything else."""
    if node is None or node.type != "class_constant_access_expression":
        return ""
    owner, name = first(node), last(node)
    if owner is None or name is None:
        return ""
    plain = owner.type in {"name", "qualified_name", "relative_name"}
    return text_of(walk, owner) if plain and text_of(walk, name) == "class" else ""


def _is_sum(node: Node) -> bool:
    operator = node.child_by_field_name("operator")
    return node.type == "binary_expression" and operator is not None and operator.type == "."


def _within(walk: Walk, node: Node, depth: int) -> str:
    return folded(walk, last(node), depth=depth + 1)


def _sum(walk: Walk, node: Node, depth: int) -> str:
    """`a . b . c`: a long one leans to the left, and is no deeper for that."""
    if not _is_sum(node):
        return UNKNOWN
    found: list[str] = []
    at: Node | None = node
    while at is not None and _is_sum(at) and len(found) < _MOST_PARTS:
        found.append(folded(walk, at.child_by_field_name("right"), depth=depth + 1))
        at = at.child_by_field_name("left")
    cut = at is not None and _is_sum(at)
    found.append(UNKNOWN if cut else folded(walk, at, depth=depth + 1))
    return "".join(reversed(found))


def _string(walk: Walk, node: Node, depth: int) -> str:
    text = text_of(walk, node).lstrip("bB")
    if node.type == "string":
        return _ESCAPE.sub(r"\1", text[1:-1])
    body = node.child_by_field_name("value") if node.type in {"heredoc", "nowdoc"} else node
    if body is None:
        return ""
    if node.type == "nowdoc":
        return text_of(walk, body)
    pieces = [each for each in body.children if each.type != '"']
    return "".join(_piece(walk, each, depth) for each in pieces[:_MOST_PARTS])


def _piece(walk: Walk, node: Node, depth: int) -> str:
    if node.type in {"string_content", "string_value"}:
        return text_of(walk, node)
    if node.type == "escape_sequence":
        return _ENCAPSED_ESCAPE.sub(
            lambda found: _ESCAPED.get(found[1], found[1]), text_of(walk, node)
        )
    return folded(walk, node, depth=depth + 1) if node.is_named else ""


def _constant(walk: Walk, node: Node, _depth: int) -> str:
    """`self::X`, `Other::X`: its own file puts in what it is."""
    owner, name = first(node), last(node)
    if owner is None or name is None:
        return UNKNOWN
    written, called = text_of(walk, owner), text_of(walk, name)
    if called == "class":
        return class_of(walk, node).rpartition("\\")[2] or UNKNOWN
    if not called.isidentifier():
        return UNKNOWN
    if owner.type == "relative_scope" or written in {"self", "static"}:
        return walk.constants.get(f"{class_around(walk, node)}.{called}", UNKNOWN)
    short = written.rpartition("\\")[2]
    held = walk.constants.get(f"{short}.{called}")
    if held is not None:
        return held
    return f"${{{short}.{called}}}" if short.isidentifier() else UNKNOWN


def _variable(walk: Walk, node: Node, depth: int) -> str:
    """A variable that its function sets once."""
    name = text_of(walk, node)
    values = list(_assigned(walk, node, name))
    if len(values) != 1 or values[0] is None or values[0].start_byte > node.start_byte:
        return UNKNOWN
    return folded(walk, values[0], depth=depth + 1)


def _assigned(walk: Walk, node: Node, name: str) -> Iterator[Node | None]:
    """What a variable is set to in the function around; None for what changes it otherwise."""
    body = body_of(node)
    start, end = body.start_byte, body.end_byte
    text = walk.text[start:end]
    pattern = re.compile(rf"{re.escape(name)}\s*([.+*/?-]{{0,2}})=(?![=>])")
    for count, found in enumerate(pattern.finditer(text)):
        if count > _MOST:
            yield None
            return
        at = start + found.start()
        target = body.descendant_for_byte_range(at, at)
        while target is not None and target.type in {"name", "$"}:
            target = target.parent
        outer = target.parent if target is not None else None
        if found[1] or outer is None or outer.type != "assignment_expression":
            yield None
        else:
            yield outer.child_by_field_name("right")


def _formatted(walk: Walk, node: Node, depth: int) -> str:
    """`sprintf('…%s…', …)`: the pattern."""
    name, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if name is None or given is None or text_of(walk, name).lstrip("\\") != "sprintf":
        return UNKNOWN
    text = folded(walk, last(first(given)), depth=depth + 1)
    return _FORMAT.sub(UNKNOWN, text).replace("%%", "%")


def constants(walk: Walk, root: Node) -> dict[str, str]:
    """`Owner.NAME` -> text of the constants of classes, but for those that are named as secrets.

    They are put into `walk.constants`, which texts are folded with.
    """
    if "const" not in walk.text or walk.too_deep:
        return {}
    for found in re.finditer(r"\bconst\b", walk.text):
        node = root.descendant_for_byte_range(found.start(), found.start())
        declared = node.parent if node is not None and node.type == "const" else None
        if declared is None or declared.type != "const_declaration":
            continue
        owner = _owner(walk, declared)
        for element in parts(declared) if owner else ():
            named, value = first(element), last(element)
            if element.type == "const_element" and named is not None and named != value:
                name = text_of(walk, named)
                if not speaks_of_secrets(name):
                    text = folded(walk, value)
                    if UNKNOWN not in text and "${" not in text and len(text) <= _LONGEST_CONSTANT:
                        walk.constants.setdefault(f"{owner}.{name}", masked(text))
    return dict(walk.constants)


def _owner(walk: Walk, node: Node) -> str:
    at = node.parent
    while at is not None and not at.type.endswith("_declaration"):
        at = at.parent
    name = at.child_by_field_name("name") if at is not None else None
    return text_of(walk, name) if name is not None else ""


_FOLDS: Mapping[str, Callable[[Walk, Node, int], str]] = {
    **dict.fromkeys(_STRINGS, _string),
    "binary_expression": _sum,
    "class_constant_access_expression": _constant,
    "function_call_expression": _formatted,
    "parenthesized_expression": _within,
    "variable_name": _variable,
}
