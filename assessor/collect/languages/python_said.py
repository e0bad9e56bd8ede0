"""Texts that an expression of Python says: literals put together, `{}` for what is filled in."""

import re
from collections.abc import Callable, Mapping

from tree_sitter import Node

from assessor.collect.languages.python_literals import is_secret
from assessor.collect.languages.python_look import (
    STEPS,
    Look,
    argument,
    around,
    has_parameter,
    positional,
    shown,
)
from assessor.collect.languages.python_origins import imported, values

FILLED = "{}"
_DEEPEST = 8  # names and parts that are followed before giving up
_LONGEST = 400
_NEAR = 120  # bytes of a line that are looked at before its `=`
_PERCENT = re.compile(r"%(?:\(\w+\))?[-+ #0-9.]*[srdifxg]")
_BRACES = re.compile(r"\{[^{}]*\}")
_PIECE = re.compile(r"[rRbBuUfFtT]{0,2}('''|\"\"\"|'|\")(.*)\1", re.DOTALL)
_CONSTANT = re.compile(r"(?:\w+\.)*[A-Z][A-Z0-9_]*")
# A name in capitals that is one short literal: what another file may ask for.
_SET = re.compile(
    rb" = (?:\"([^\"\\\n]{1,120})\"|'([^'\\\n]{1,120})')[ \t]*(?:#[^\n]*)?\r?(?=\n|\Z)"
)
_NAME = re.compile(rb"[ \t]{0,8}([A-Z][A-Z0-9_]+)(?:: ?[\w.]+)?").fullmatch


def said(look: Look, node: Node | None) -> str | None:
    """The text of an expression; None where it says nothing of it."""
    if node is None:
        return None
    look.steps = STEPS
    text = _text(look, node, _DEEPEST)[:_LONGEST]
    return text if text.replace(FILLED, "").strip() else None


def exact(look: Look, node: Node | None) -> str | None:
    """The text of a literal, or of a constant of the same file; None where it is anything else."""
    text = said(look, node)
    return text if text is not None and FILLED not in text and "${" not in text else None


def written(look: Look, node: Node) -> str:
    """An expression as it stands there, blanks made one."""
    return " ".join(shown(look, node).split())[:_LONGEST]


def constants(source: bytes, *, owner: str) -> dict[str, str]:
    """`owner.NAME` -> the text of names in capitals that are a short literal, secrets left out.

    owner: what other files say before the dot, the module's own name.
    """
    found: dict[str, str] = {}
    twice: set[str] = set()
    for match in _SET.finditer(source):
        left = _NAME(source[_start(source, match.start()) : match.start()])
        if left is None:
            continue
        name = left[1].decode()
        text = (match[1] or match[2]).decode("utf-8", "replace")
        key = f"{owner}.{name}"
        if key in found and found[key] != text:
            twice.add(key)
        if not is_secret(name, text):
            found[key] = text
    return {key: text for key, text in found.items() if key not in twice}


def _start(source: bytes, at: int) -> int:
    """Where the line of a byte starts, if that is near."""
    near = max(0, at - _NEAR)
    return source.rfind(b"\n", near, at) + 1 or near


def _text(look: Look, node: Node, deep: int) -> str:
    kind, inner = node.type, node.named_children
    look.steps -= 1
    if deep <= 0 or look.steps <= 0:
        return FILLED
    if kind == "concatenated_string":
        return "".join(_text(look, each, deep - 1) for each in inner if each.type == "string")
    if kind == "parenthesized_expression" and inner:
        return _text(look, inner[-1], deep - 1)
    return _KINDS[kind](look, node, deep) if kind in _KINDS else FILLED


def _literal(look: Look, node: Node, deep: int) -> str:
    """A literal; of a formatted one, what it fills in where it is known."""
    whole = _PIECE.fullmatch(shown(look, node))
    if whole is None:
        return FILLED
    filled = [each for each in node.named_children if each.type == "interpolation"]
    if not filled:
        return whole[2]
    parts, at, end = [], node.children[0].end_byte, node.end_byte - len(whole[1])
    for each in filled:
        parts.append(look.source[at : each.start_byte].decode("utf-8", "replace"))
        value = next((one for one in each.named_children if one.type != "type_conversion"), None)
        parts.append(_text(look, value, deep - 1) if value is not None else FILLED)
        at = each.end_byte
    return "".join([*parts, look.source[at:end].decode("utf-8", "replace")])


def _operated(look: Look, node: Node, deep: int) -> str:
    inner, operator = node.named_children, node.child(1)
    sign = operator.type if operator is not None and len(inner) > 1 else ""
    if sign == "+":
        return _text(look, inner[0], deep - 1) + _text(look, inner[-1], deep - 1)
    return _PERCENT.sub(FILLED, _text(look, inner[0], deep - 1)) if sign == "%" else FILLED


def _called(look: Look, node: Node, deep: int) -> str:
    """`"…".format(…)`, `urljoin(a, b)` and `str(a)`."""
    function = node.child(0)
    if function is None:
        return FILLED
    name = shown(look, function)
    if function.type == "attribute" and name.endswith((".format", ".rstrip", ".strip")):
        owner = function.child(0)
        text = _text(look, owner, deep - 1) if owner is not None else FILLED
        return _BRACES.sub(FILLED, text) if name.endswith(".format") else text
    if imported(look, name)[0].endswith("parse.urljoin"):
        parts = [_text(look, each, deep - 1) for each in positional(node)[:2]]
        return "/".join([parts[0].rstrip("/"), parts[-1].lstrip("/")]) if parts else FILLED
    first = argument(look, node, 0)
    return _text(look, first, deep - 1) if name == "str" and first is not None else FILLED


def _named(look: Look, node: Node, deep: int) -> str:
    """What a name stands for, unless it is a secret."""
    text = _of_name(look, node, deep)
    name = shown(look, node).rpartition(".")[2]
    return FILLED if "/" not in text and is_secret(name, text) else text


def _of_name(look: Look, node: Node, deep: int) -> str:
    """A constant of the same file, or `${owner.NAME}` of one in capitals from elsewhere."""
    name = shown(look, node)
    if node.type == "identifier":
        found = _constant(look, node, name, deep=deep)
        if found is not None:
            return found
        if _CONSTANT.fullmatch(name) and name in look.walk.named:
            module, _, original, _, _ = look.walk.imports[look.walk.named[name][0]]
            owner = module.rpartition(".")[2]
            return f"${{{owner}.{original}}}" if owner and original else FILLED
        return FILLED
    parts = name.split(".")
    if len(parts) >= 2 and _CONSTANT.fullmatch(name) and parts[0] not in {"self", "cls"}:  # noqa: PLR2004
        own = values(look, parts[-2], parts[-1])
        if len(own) == 1 and own[0][1] is not None:
            return _text(look, own[0][1], deep - 1)
        return f"${{{parts[-2]}.{parts[-1]}}}"
    return FILLED


def _constant(look: Look, node: Node, name: str, *, deep: int) -> str | None:
    """What the function, or else the module, sets a name to, if it does so once."""
    inside = around(look, node.start_byte)
    for place in dict.fromkeys((inside.name if inside else "", "")):
        rows = [each for each in values(look, place, name) if each[0] != node.start_byte]
        if inside is not None and place and has_parameter(look, inside, name):
            return FILLED
        if len(rows) == 1 and rows[0][1] is not None:
            return _text(look, rows[0][1], deep - 1)
        if rows:
            return FILLED
    return None


_KINDS: Mapping[str, Callable[[Look, Node, int], str]] = {
    "attribute": _named,
    "binary_operator": _operated,
    "call": _called,
    "identifier": _named,
    "string": _literal,
}
