"""What names are in a file of C#, as far as the file says it: their types, and texts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tree_sitter import Node

from assessor.collect.languages.csharp_calls import (
    TYPES,
    Blocks,
    argument,
    around,
    called,
    class_of,
    has_parameter,
    local,
    named_arguments,
    receiver,
    type_arguments,
)
from assessor.collect.languages.csharp_sql import plain
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.java_literals import category, names_a_secret, speaks_of_secrets

UNKNOWN = "{}"
_LITERALS = frozenset({"raw_string_literal", "string_literal", "verbatim_string_literal"})
_INNER = frozenset({"checked_expression", "parenthesized_expression", "postfix_unary_expression"})
_LED_BY_FIRST = _INNER | {"await_expression", "binary_expression"}
# Methods whose result is of a type that the name of the method says.
_RESULTS: Mapping[str, str] = {
    "CreateClient": "HttpClient",
    "CreateBuilder": "WebApplicationBuilder",
    "CreateApplicationBuilder": "HostApplicationBuilder",
    "CreateDefault": "WebAssemblyHostBuilder",
    "CreateDefaultBuilder": "HostBuilder",
    "CreateSlimBuilder": "WebApplicationBuilder",
    "CreateModel": "IModel",
    "CreateChannelAsync": "IChannel",
    "CreateConnection": "DbConnection",
    "GetDbConnection": "DbConnection",
}
_SERVICES = frozenset(
    {"GetKeyedService", "GetRequiredKeyedService", "GetRequiredService", "GetService"}
)
_TYPED = re.compile(
    rb"(?<![\w.])((?:[\w:]+\.)*[A-Z]\w*(?:<[^;(){}=\n]{0,120}>)?)(?:\?|\[\])?\s+@?\Z"
).search
_ENDED = re.compile(rb"\s*(?:[,;)={]|in\b)")
_GIVEN = re.compile(rb"\s*=(?![=>])")
_WINDOW = 200
_DECLARES = re.compile(r"[\w>\]?]\s\Z")  # the end of a type, before the name of a variable
_PATH = re.compile(r"(?:[A-Z]\w*\.)+[A-Z]\w*")
_CONSTANT = re.compile(rb"\bconst\s+string\b")
_HOLES = re.compile(r"(?:\{\})+")
_MOST_CONSTANTS = 2_000
_LONGEST = 2_000
_DEEPEST = 6
_MOST_NAMES = 400  # that are looked for in a file


@dataclass(slots=True)
class Look:
    """One file; mutable: what is looked up is remembered. imports: namespaces, aliases too."""

    source: bytes
    root: Node
    imports: Sequence[str]
    types: dict[str, AbstractSet[str]] = field(default_factory=dict)
    fields: dict[tuple[str, str], Node] | None = None
    blocks: Blocks = field(default_factory=dict)

    def imported(self, *namespaces: str) -> bool:
        """Whether the file uses one of the namespaces, or one below."""
        return any(
            f"{name.removeprefix('static ')}.".startswith(f"{each}.")
            for name in self.imports
            for each in namespaces
        )


def is_code(look: Look, at: int) -> bool:
    """Whether a byte stands neither in a comment nor in a text."""
    node = look.root.descendant_for_byte_range(at, at)
    return node is not None and not any(
        word in node.type for word in ("comment", "string", "preproc")
    )


def declared(look: Look, name: str) -> AbstractSet[str]:
    """Simple names of the types that the file declares a name with; `var` by its value."""
    if name not in look.types:
        look.types[name] = frozenset()  # `var a = a;`
        if len(look.types) <= _MOST_NAMES:
            look.types[name] = frozenset(_declared(look, name))
    return look.types[name]


def _declared(look: Look, name: str) -> Iterator[str]:
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)".encode(), look.source):
        start, end = match.span()
        before = look.source[max(0, start - _WINDOW) : start]
        typed = _TYPED(before) if _ENDED.match(look.source, end) else None
        if typed is not None and is_code(look, start):
            yield from _names(look, typed[1].decode(errors="replace"))
        elif _GIVEN.match(look.source, end) and before[-1:] != b"." and is_code(look, start):
            value = _value(look.root.descendant_for_byte_range(start, start))
            yield from type_of(look, value) if value is not None else ()


def _names(look: Look, written: str) -> list[str]:
    """The simple name of a type; that of the type behind an alias, too."""
    bare = written.partition("<")[0]
    simple = bare.rpartition(".")[2]
    ends = tuple(each for each in look.imports if each.endswith(f" as {bare}"))
    return [simple, *(each.partition(" as ")[0].rpartition(".")[2] for each in ends)]


def _value(node: Node | None) -> Node | None:
    """The right side of the declaration or assignment that a node begins."""
    for each in around(node) if node is not None else ():
        if each.type == "variable_declaration":
            declarators = [p for p in each.named_children if p.type == "variable_declarator"]
            return declarators[0].named_children[-1] if declarators else None
        if each.type == "variable_declarator":
            return each.named_children[-1]
        if each.type == "assignment_expression":
            return each.child_by_field_name("right")
        if each.type.endswith("statement"):
            return None
    return None


def type_of(look: Look, node: Node | None, *, depth: int = 0) -> AbstractSet[str]:
    """Simple names of the types that an expression may have; none where the file does not say."""
    while node is not None and node.type in _LED_BY_FIRST and node.named_children:
        node, depth = node.named_children[0], depth + 1
    if node is None or depth > _DEEPEST:
        return frozenset()
    if node.type == "invocation_expression" and called(node) == "Build":
        return type_of(look, receiver(node), depth=depth + 1)
    found: list[str] = []
    if node.type == "object_creation_expression":
        kind = node.child_by_field_name("type")
        found = _names(look, text_of(kind)) if kind is not None else []
    elif node.type == "invocation_expression":
        given = type_arguments(node) if called(node) in _SERVICES else []
        found = _names(look, given[0]) if given else [_RESULTS.get(called(node), "")]
    elif node.type in {"identifier", "member_access_expression"}:
        name = node.child_by_field_name("name") or node
        return declared(look, text_of(name).lstrip("@"))
    return frozenset(found) - {""}


def text(look: Look, node: Node | None, *, depth: int = 0) -> str:
    """The text that an expression is, `{}` for parts that the file does not say."""
    return _HOLES.sub(UNKNOWN, _text(look, node, depth=depth))[:_LONGEST]


def known(found: str) -> str | None:
    """The text; None where nothing of it is known."""
    bare = found.replace(UNKNOWN, "").strip()
    return found if bare else None


def said(look: Look, node: Node | None) -> str | None:
    """The text that an expression is; None where nothing of it is known."""
    return known(text(look, node)) if node is not None else None


def _text(look: Look, node: Node | None, *, depth: int) -> str:
    if node is None or depth > _DEEPEST:
        return UNKNOWN
    if node.type in _LITERALS:
        return plain(text_of(node))
    if node.type in _INNER and node.named_children:
        return text(look, node.named_children[0], depth=depth + 1)
    if node.type == "invocation_expression" and called(node) == "nameof":
        return text_of(argument(node, 0) or node).rpartition(".")[2]
    way = _TEXTS.get(node.type)
    return "".join(way(look, node, depth=depth)) if way is not None else UNKNOWN


def _pieces(look: Look, node: Node, *, depth: int) -> Iterator[str]:
    for part in node.named_children:
        if part.type == "string_content":
            yield text_of(part)
        elif part.type == "interpolation":
            held = [p for p in part.named_children if p.type != "interpolation_brace"]
            yield text(look, held[0] if held else None, depth=depth + 1)


def _sum(look: Look, node: Node, *, depth: int) -> list[str]:
    if node.children[1].type != "+":
        return [UNKNOWN]
    found: list[str] = []
    left = [node]
    while left:
        part = left.pop()
        if part.type == "binary_expression" and part.children[1].type == "+":
            left += reversed([p for p in part.named_children if p.type != "comment"])
        else:
            found.append(text(look, part, depth=depth + 1))
    return found


def _uri(look: Look, node: Node, *, depth: int) -> str:
    """`new Uri("x")`, `new("x")`, `new Uri(base, "x")`."""
    kind = node.child_by_field_name("type")
    if kind is not None and text_of(kind).rpartition(".")[2] != "Uri":
        return UNKNOWN
    given = [value for _, value in named_arguments(node)]
    parts = [each for each in given[:2] if not text_of(each).startswith("UriKind")]
    return "".join(text(look, each, depth=depth + 1) for each in parts) or UNKNOWN


def _named(look: Look, node: Node, *, depth: int) -> str:
    """What a name stands for, unless it is a secret."""
    name = text_of(node).lstrip("@")
    found = _of_name(look, node, name, depth=depth)
    return UNKNOWN if names_a_secret(name, found) else found


def _of_name(look: Look, node: Node, name: str, *, depth: int) -> str:
    value = local(node, name, look.blocks)
    if value is not None:
        again = _is_changed(node, name)
        return UNKNOWN if again else text(look, value, depth=depth + 1)
    if any(has_parameter(each, name) for each in around(node)):
        return UNKNOWN
    held = _field(look, class_of(node), name)
    return text(look, held, depth=depth + 1) if held is not None else UNKNOWN


def _is_changed(node: Node, name: str) -> bool:
    """Whether the function around gives a variable more than its first value."""
    inside = [each for each in around(node) if each.type in {"block", "compilation_unit"}]
    whole = text_of(inside[-1]) if inside else ""
    given = re.finditer(rf"(?<![\w.]){re.escape(name)}\s*(?:\+|\?\?)?=(?![=>])", whole)
    return any(
        _DECLARES.search(whole[max(0, at.start() - 2) : at.start()]) is None for at in given
    )


def _of_member(look: Look, node: Node, *, depth: int) -> str:
    """`this.name`, `Topics.Orders`: a constant of another class stays as `${Topics.Orders}`."""
    owner, name = node.child_by_field_name("expression"), node.child_by_field_name("name")
    if owner is None or name is None:
        return UNKNOWN
    last = text_of(owner).rpartition(".")[2]
    if last == "this":
        last = class_of(node)
    held = _field(look, last, text_of(name))
    if held is not None:
        return text(look, held, depth=depth + 1)
    plainly = _PATH.fullmatch(f"{text_of(owner)}.{text_of(name)}") is not None
    is_class = plainly and not declared(look, text_of(owner).partition(".")[0])
    return f"${{{last}.{text_of(name)}}}" if is_class else UNKNOWN


def _field(look: Look, owner: str, name: str) -> Node | None:
    """What a field that never changes is given, or a property that only gives a value."""
    if look.fields is None:
        look.fields = dict(_fields(look.root))
    return look.fields.get((owner, name))


def _fields(root: Node) -> Iterator[tuple[tuple[str, str], Node]]:
    left = [root]
    while left:
        node = left.pop()
        if node.type in TYPES:
            owner = node.child_by_field_name("name")
            body = node.child_by_field_name("body")
            for part in body.named_children if body is not None else ():
                for name, value in _given(part) if owner is not None else ():
                    yield (text_of(owner), name), value  # type: ignore[arg-type]
                if part.type in TYPES:
                    left.append(part)
        elif node.type in {"compilation_unit", "declaration_list"} or "namespace" in node.type:
            left += node.named_children


def _given(part: Node) -> Iterator[tuple[str, Node]]:
    words = {text_of(child) for child in part.children if child.type == "modifier"}
    if part.type == "field_declaration" and words & {"const", "readonly"}:
        for each in part.named_children[-1].named_children:
            name = each.child_by_field_name("name")
            is_field = each.type == "variable_declarator" and name is not None
            if is_field and each.named_children[-1] != name:
                yield text_of(name), each.named_children[-1]  # type: ignore[arg-type]
    elif part.type == "property_declaration":
        name, value = part.child_by_field_name("name"), part.child_by_field_name("value")
        if name is not None and value is not None and value.type == "arrow_expression_clause":
            yield text_of(name), value.named_children[-1]


_Way = Callable[..., Iterable[str]]
_TEXTS: Mapping[str, _Way] = {
    "binary_expression": _sum,
    "identifier": _named,
    "implicit_object_creation_expression": _uri,
    "interpolated_string_expression": _pieces,
    "member_access_expression": _of_member,
    "object_creation_expression": _uri,
}


def constants(look: Look) -> dict[str, str]:
    """`Class.Name` -> text of the constants that other files may name; no secrets."""
    if _CONSTANT.search(look.source) is None:
        return {}
    if look.fields is None:
        look.fields = dict(_fields(look.root))
    found: dict[str, str] = {}
    for (owner, name), value in sorted(look.fields.items())[:_MOST_CONSTANTS]:
        if value.type in _LITERALS or value.type == "binary_expression":
            held = text(look, value)
            if UNKNOWN not in held and not speaks_of_secrets(name) and category(held) != "secret":
                found[f"{owner}.{name}"] = held
    return found
