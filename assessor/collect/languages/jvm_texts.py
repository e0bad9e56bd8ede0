"""Texts that an expression of Java or Kotlin comes to, `{}` for what is not known."""

import re
from collections.abc import Callable, Mapping

from tree_sitter import Node

from assessor.collect.languages.java_literals import names_a_secret
from assessor.collect.languages.jvm_names import declared, field, is_final, value_of
from assessor.collect.languages.jvm_tree import (
    Call,
    Code,
    as_call,
    chain_below,
    elements,
    given_to,
    marks_of,
    method_around,
    name_of,
    text_of,
)

UNKNOWN = "{}"
_DEEPEST = 8
_LONGEST = 400
_ESCAPE = re.compile(r"\\(?:u+[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"\\n": "\n", "\\t": "\t", "\\r": "\r"}
_FORMAT = re.compile(r"%(?:\d+\$)?[-#+ 0,(]*\d*(?:\.\d+)?[a-zA-Z]|\{\d+\}")
_STRINGS = frozenset({"string_literal", "multiline_string_literal"})
_NUMBERS = re.compile(r"[\d_]+(?:\.\d+)?[lLfFdD]?")
_SAME = frozenset(
    {
        "parse", "create", "get", "toURI", "toURL", "toString", "toUriString", "trim", "strip",
        "build", "toUri", "encode", "asString", "trimIndent", "trimMargin", "intern", "of",
        "toHttpUrl", "toHttpUrlOrNull", "singletonList", "singleton", "asList", "listOf", "setOf",
        "newUri", "fromHttpUrl", "fromUriString", "fromUri", "fromPath", "expand",
        "buildAndExpand",
    }
)  # fmt: skip
_PASSED = frozenset(
    {"queryParam", "queryParams", "matrixParam", "register", "resolveTemplate", "accept", "uri"}
)
_STARTS = frozenset({"fromHttpUrl", "fromUriString", "fromUri", "fromPath"})
_MAKERS = frozenset(
    {
        "URL", "URI", "URIBuilder", "String", "GenericUrl", "ActiveMQQueue", "ActiveMQTopic",
        "ChannelTopic", "PatternTopic",
    }
)  # fmt: skip
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
_PLACEHOLDER = re.compile(r"\$\{([^{}:]+)(?::[^{}]*)?\}")
# Annotation of a field -> the arguments that say what is put in.
_INJECTED: Mapping[str, tuple[str, ...]] = {
    "Value": ("value",),
    "ConfigProperty": ("name",),
    "Resource": ("lookup", "mappedName", "name"),
}
# What gives the text that it is given, on whatever it is called.
_TAKEN = frozenset({"target", "resource", "createQueue", "createTopic"})
_LISTED = frozenset({"create", "singletonList", "listOf"})
_MOST_FILLED = 20
_GIVEN = re.compile(rb"\s*[-+*/]?=(?!=)")
_OTHERS = re.compile(rb"(?:\w|\"|(?<!this)\.)\Z")
_GLUED = frozenset({"path", "pathSegment", "resolve", "plus", "concat"})


def value(code: Code, node: Node | None) -> str | None:
    """The text of an expression, None where nothing of it is known."""
    if node is None:
        return None
    text = _folded(code, node, depth=0)[:_LONGEST]
    return text if text.replace(UNKNOWN, "").strip() else None


def values(code: Code, node: Node | None) -> list[str]:
    """The texts of a list, or of what is no list; those that are not known left out."""
    if node is None:
        return []
    call = as_call(node)
    lists = call is not None and call.name in {"asList", "of", "listOf", "setOf", "arrayOf"}
    parts = call.given if call is not None and lists else elements(node)
    return [text for part in parts if (text := value(code, part)) is not None]


def number(code: Code, node: Node | None) -> str:
    """The text of a number or of a constant that is one, "" where it is not known."""
    text = text_of(node)
    if node is None or _NUMBERS.fullmatch(text):
        return text.rstrip("lL").replace("_", "")
    found = _declaration(code, node) if node.type in {"identifier", "field_access"} else None
    kept = assigned(code, found) if found is not None else None
    text = text_of(kept)
    return text.rstrip("lL").replace("_", "") if _NUMBERS.fullmatch(text) else ""


def without_default(text: str) -> str:
    """A text with placeholders of settings by their names alone: `${a.b:c}` is `${a.b}`."""
    return _PLACEHOLDER.sub(r"${\1}", text)


def _folded(code: Code, node: Node, *, depth: int) -> str:
    kind = node.type
    act = _FOLDS.get(kind)
    if depth > _DEEPEST:
        return UNKNOWN
    if act is not None:
        return act(code, node, depth)
    if kind == "parenthesized_expression" and node.named_children:
        return _folded(code, node.named_children[0], depth=depth + 1)
    call = as_call(node)
    return _called(code, call, depth=depth) if call is not None else UNKNOWN


def _sum(code: Code, node: Node, depth: int) -> str:
    """A chain of `+`, which leans to the left, without a call for each."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None and at.type == "binary_expression":
        left, right = at.child_by_field_name("left"), at.child_by_field_name("right")
        operator = at.child_by_field_name("operator") or (at.children[1] if at.children else None)
        if right is None or text_of(operator) != "+":
            return UNKNOWN
        parts.append(_folded(code, right, depth=depth + 1))
        at = left
    parts.append(_folded(code, at, depth=depth + 1) if at is not None else UNKNOWN)
    return re.sub(r"(?:\{\})+", UNKNOWN, "".join(reversed(parts)))


def _literal(code: Code, node: Node, depth: int) -> str:
    raw = text_of(node)
    quotes = 3 if raw.startswith('"""') else 1
    if code.language == "kotlin":
        return _filled(code, node, depth=depth)
    text = raw[quotes:-quotes]
    return _ESCAPE.sub(lambda it: _ESCAPED.get(it[0], it[0][1:]), text)


def _filled(code: Code, node: Node, *, depth: int) -> str:
    """A text of Kotlin, with what is put into it."""
    parts: list[str] = []
    dollar = False
    for part in node.named_children:
        text = text_of(part)
        if part.type == "interpolation":
            inner = part.named_children[0] if part.named_children else None
            parts.append(_folded(code, inner, depth=depth + 1) if inner else UNKNOWN)
        elif part.type == "escape_sequence":
            parts.append(_ESCAPED.get(text, text[1:]))
        elif dollar:  # `$id/` comes as `$` and `id/`
            name = re.match(r"\w+", text)
            known = code.constants.get(name[0]) if name is not None else None
            if known is None or name is None or names_a_secret(name[0], known):
                known = UNKNOWN
            parts.append(known + text[len(name[0]) if name else 0 :])
        elif text != "$":
            parts.append(text)
        dollar = part.type == "string_content" and text == "$"
    return "".join(parts)


def _named(code: Code, node: Node, depth: int) -> str:
    """What a name stands for, unless it is a secret."""
    text = _of_name(code, node, depth)
    return UNKNOWN if names_a_secret(text_of(node).rpartition(".")[2], text) else text


def _of_name(code: Code, node: Node, depth: int) -> str:
    found = _declaration(code, node)
    if found is not None:
        return _of_declaration(code, found, depth=depth)
    text = "".join(text_of(node).split())
    owner, _, name = text.rpartition(".")
    if not _CONSTANT.fullmatch(name) and not owner:
        return UNKNOWN
    if owner:
        return _of_owner(code, owner.rpartition(".")[2], name)
    home = code.imports.get(name, "").rpartition(".")[0]
    if not home and code.language != "kotlin":
        return UNKNOWN
    return f"${{{(home or code.package).rpartition('.')[2]}.{name}}}"


def _of_owner(code: Code, owner: str, name: str) -> str:
    """`Owner.NAME`: of this file, or of another one, which the reader of all files knows."""
    if not owner[:1].isupper() or not name.isidentifier() or name == "class":
        return UNKNOWN
    if owner in code.own:
        return code.constants.get(name, UNKNOWN)
    return f"${{{owner}.{name}}}"


def _declaration(code: Code, node: Node) -> Node | None:
    if node.type == "identifier":
        return declared(code, text_of(node), node)
    parts = node.named_children
    if len(parts) > 1 and parts[0].type in {"this", "this_expression"}:
        return field(code, text_of(parts[-1]), node)
    return None


def _of_declaration(code: Code, found: Node, *, depth: int) -> str:
    """What a variable was given, if only one thing is; else the setting that it holds."""
    said = injected(code, found)
    given = assigned(code, found) if not said else None
    return said or (_folded(code, given, depth=depth + 1) if given is not None else UNKNOWN)


def injected(code: Code, found: Node) -> str:
    """`${key}` of the setting, or the name of the resource, that a field's annotations say."""
    whole = found.parent if found.type == "variable_declarator" else found
    for name, mark in marks_of(whole) if whole is not None else ():
        given = given_to(mark) if name in _INJECTED else {}
        key = next((each for each in _INJECTED.get(name, ()) if each in given), "")
        if key:
            text = _folded(code, given[key][0], depth=_DEEPEST - 1)
            return f"${{{text}}}" if name == "ConfigProperty" else without_default(text)
    return ""


def assigned(code: Code, found: Node) -> Node | None:
    """The only value that a name gets, where it is declared or elsewhere; None for several."""
    if found.id not in code.fixed:
        code.fixed[found.id] = _assigned(code, found)
    return code.fixed[found.id]


def _assigned(code: Code, found: Node) -> Node | None:
    kept = value_of(found)
    if kept is not None and is_final(found):
        return kept
    method = method_around(found)
    around = method if method is not None else _class_of(found)
    name = name_of(found).encode()
    if around is None or not name:
        return None
    places = _assignments(name, around.text or b"")
    if kept is not None:
        return kept if len(places) <= 1 else None
    return _right_of(code, around.start_byte + places[0]) if len(places) == 1 else None


def _assignments(name: bytes, source: bytes) -> list[int]:
    """Where something is assigned to the name, but for members of other objects; two will do."""
    found: list[int] = []
    at = source.find(name)
    while at >= 0 and len(found) <= 1:
        given = _GIVEN.match(source, at + len(name))
        if given is not None and not _OTHERS.search(source, max(0, at - 8), at):
            found.append(at)
        at = source.find(name, at + len(name))
    return found


def _right_of(code: Code, at: int) -> Node | None:
    """What stands on the right of an assignment to the name at this byte."""
    node = code.root.descendant_for_byte_range(at, at)
    while node is not None and node.type in {
        "identifier", "field_access", "navigation_expression", "directly_assignable_expression",
    }:  # fmt: skip
        node = node.parent
    if node is None or not node.type.startswith("assignment"):
        return None
    return node.named_children[-1]


def _class_of(node: Node) -> Node | None:
    at: Node | None = node
    while at is not None and not at.type.endswith(("class_declaration", "interface_declaration")):
        if at.parent is None:
            return at
        at = at.parent
    return at


def _made(code: Code, node: Node, depth: int) -> str:
    """`new URL("…")` is its text."""
    made = text_of(node.child_by_field_name("type")).rpartition(".")[2]
    given = node.child_by_field_name("arguments")
    if made not in _MAKERS or given is None or not given.named_children:
        return UNKNOWN
    texts = [_folded(code, part, depth=depth + 1) for part in given.named_children]
    return "".join(texts) if made == "URL" and len(texts) == 2 else texts[0]  # noqa: PLR2004


def _called(code: Code, call: Call, *, depth: int) -> str:
    """Calls that give the text they are given, or the one that they are called on."""
    first = call.given[0] if call.given else None
    if call.name in {"format", "formatted"}:
        return _formatted(code, call, depth=depth)
    if call.receiver is None:
        known = call.name in _MAKERS | _LISTED
        return _folded(code, first, depth=depth + 1) if known and first else UNKNOWN
    if call.name in _GLUED and first is not None:
        before = _folded(code, call.receiver, depth=depth + 1)
        return _joined(code, before, _folded(code, first, depth=depth + 1))
    taken = call.name in _TAKEN or (call.name in _SAME and _is_class(call.receiver))
    if taken and first is not None:
        return _folded(code, first, depth=depth + 1)
    if call.name in _SAME | _PASSED or any(each.name in _STARTS for each in chain_below(call)):
        return _folded(code, call.receiver, depth=depth + 1)
    return UNKNOWN


def _formatted(code: Code, call: Call, *, depth: int) -> str:
    """`String.format("%s/x", a)`, `"%s/x".formatted(a)` with what is filled in."""
    given = call.given
    if call.receiver is not None and not _is_class(call.receiver):
        given = (call.receiver, *given)
    texts = [_folded(code, each, depth=depth + 1) for each in given[:_MOST_FILLED]]
    left = iter(texts[1:])
    return _FORMAT.sub(lambda _: next(left, UNKNOWN), texts[0]) if texts else UNKNOWN


def _is_class(node: Node) -> bool:
    """Whether an expression is the name of a class, perhaps with its package."""
    plain = node.type in {"identifier", "field_access", "navigation_expression"}
    return plain and text_of(node).rpartition(".")[2][:1].isupper()


def _joined(code: Code, before: str, text: str) -> str:
    """Paths put together; a client of JAX-RS puts a stroke between them."""
    if not {"Client", "ClientBuilder", "WebTarget"}.isdisjoint(code.names):
        return f"{before.rstrip('/')}/{text.lstrip('/')}"
    return before + text


def constants_of(constants: dict[str, str], owners: dict[str, list[str]]) -> dict[str, str]:
    """`Owner.NAME` -> text of the constants of a file that others may name; no secrets.

    owners: name of a field -> the types that have one of that name.
    """
    return {
        f"{owners[name][0]}.{name}": text
        for name, text in list(constants.items())[:_MOST]
        if len(owners.get(name, ())) == 1
        and _MATTERS.search(f"{owners[name][0]}.{name}")
        and 0 < len(text) <= _LONGEST_CONSTANT
        and not names_a_secret(name, text)
    }


_MOST = 300
_LONGEST_CONSTANT = 120
_MATTERS = re.compile(
    r"TOPIC|QUEUE|EXCHANGE|ROUT|CHANNEL|DESTINATION|BINDING|STREAM|INPUT|OUTPUT|UR[LI]|ENDPOINT"
    r"|PATH|HOST|SERVICE|SERVER|CRON|SCHEDULE|PROPERT|SETTING|CONFIG|KEY|ENV|PREFIX|EVENT|MESSAGE",
    re.IGNORECASE,
)


_FOLDS: Mapping[str, Callable[[Code, Node, int], str]] = {
    **dict.fromkeys(_STRINGS, _literal),
    "binary_expression": _sum,
    **dict.fromkeys(("identifier", "field_access", "navigation_expression"), _named),
    "object_creation_expression": _made,
}
