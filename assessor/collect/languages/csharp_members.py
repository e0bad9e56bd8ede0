"""C#'s members: methods, fields, properties, events, indexers, operators, and their parameters."""

import re
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages.csharp_parts import (
    EXPECTED,
    RESULT,
    code,
    expecting,
    kept,
    marks,
    name_of,
)
from assessor.collect.languages.csharp_sql import constant
from assessor.collect.languages.csharp_types import COMMON, type_parameters, type_used
from assessor.collect.languages.typed_text import last_argument
from assessor.collect.languages.typed_walk import (
    Walk,
    declare,
    function,
    inside,
    member,
    signed,
    takes,
    text_of,
    visit,
)

_STORE = re.compile(
    r"(?!Immutable|IReadOnly|Frozen)\w*(?:Dictionary|List|Set|Cache|Queue|Bag|Stack|Collection)"
    r"(?:<|$)"
).match
_STARTS_EMPTY = re.compile(r"(?:new\b[^{]*|\[\s*\])").fullmatch
_INJECTS = frozenset({"Inject"})
_MOST_OPTIONAL = 8
# Of these types no property leads to another class.
_PLAIN = frozenset({"DateOnly", "DateTime", "DateTimeOffset", "Guid", "TimeSpan", "Uri"})


@dataclass(frozen=True, slots=True)
class Given:
    """The parameters of a method. least: how many must be given. many: the last takes any number.

    extends: the first one is `this`.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    least: int = 0
    many: bool = False
    extends: bool = False


def parameters(walk: Walk, node: Node | None) -> Given:
    """The parameters, which come into reach."""
    if node is None:
        return Given((), ())
    found = [_parameter(walk, child) for child in node.named_children if child.type == "parameter"]
    names, types = [name for name, _, _ in found], [type_name for _, type_name, _ in found]
    last = node.child_by_field_name("name")  # of `params`, which is no node of its own
    least = sum(not optional for _, _, optional in found)
    first = node.named_children[0] if node.named_children else node
    extends = any(text_of(walk, c) == "this" for c in first.children if c.type == "modifier")
    if last is not None:
        names.append(name_of(walk, last))
        types.append(type_used(walk, node.child_by_field_name("type")))
        _declared(walk, names[-1], types[-1])
    return Given(tuple(names), tuple(types), least, last is not None, extends)


def _parameter(walk: Walk, node: Node) -> tuple[str, str, bool]:
    marks(walk, node)
    name, type_name = (
        name_of(walk, node.child_by_field_name("name")),
        type_used(walk, node.child_by_field_name("type")),
    )
    _declared(walk, name, type_name)
    optional = next((i for i, c in enumerate(node.children) if c.type == "="), 0)
    if optional and optional + 1 < node.child_count:
        expecting(walk, node.children[optional + 1], type_name)
    return name, type_name, bool(optional)


def _declared(walk: Walk, name: str, type_name: str) -> None:
    walk.words.append(name)
    declare(walk, name, type_name)


def sign(walk: Walk, name: str, given: Given, *, result: str) -> None:
    """The method is known by each number of arguments that it takes; also as an extension."""
    types = list(given.types)
    signed(walk, name, types, result=result, many=given.many)
    counts = range(max(given.least, len(types) - _MOST_OPTIONAL), len(types))
    keys = [] if given.many else [f"{name}({count}" for count in counts]
    _sign_as(walk, keys, [result, *types])
    if given.extends:
        keys = [f"{name}({count - 1}" for count in (*counts, len(types)) if count]
        keys = [f"{name}(*"] if given.many else keys
        _sign_as(walk, [] if given.many else keys, [result, *types[1:]])
        walk.scope.extensions += keys


def _sign_as(walk: Walk, keys: list[str], signature: list[str]) -> None:
    for key in keys:
        walk.scope.methods.setdefault(key, []).append(signature)


def _interface(walk: Walk, node: Node) -> None:
    """The interface that an explicit implementation names: `int IA.Run()`."""
    for child in node.named_children:
        if child.type == "explicit_interface_specifier":
            type_used(walk, child.named_children[0] if child.named_children else None)


def method(walk: Walk, node: Node) -> str:
    """A method, or a function within one."""
    name = name_of(walk, node.child_by_field_name("name"))
    words, _ = marks(walk, node)
    if "static" in words and node.type == "method_declaration":
        walk.scope.apart.add(name)
    walk.names.pop(name, None)

    def body() -> None:
        type_parameters(walk, node)
        _interface(walk, node)
        given = parameters(walk, node.child_by_field_name("parameters"))
        takes(walk, len(given.types))
        result = node.child_by_field_name("returns") or node.child_by_field_name("type")
        written = type_used(walk, result)
        sign(walk, name, given, result=written if written != "void" else "")
        _run(walk, node.child_by_field_name("body"), written, words=words)

    function(walk, name, node, body=body)
    return ""


def _run(walk: Walk, body: Node | None, result: str, *, words: set[str]) -> None:
    """Walks a body whose result is of a type; of an `async` one, that of the task."""
    given = last_argument(result) if "async" in words else result
    walk.names[RESULT], walk.names[EXPECTED] = f"={given}" if given else "", ""
    if body is not None:
        visit(walk, body)


def operator(walk: Walk, node: Node) -> str:
    """`operator +`, `implicit operator A`, and the finalizer `~A`."""
    marks(walk, node)
    signs = [child.type for child in node.children]
    name = f"operator {signs[signs.index('operator') + 1]}" if "operator" in signs else "~"
    if node.type == "conversion_operator_declaration":
        name = "operator"

    def body() -> None:
        takes(walk, len(parameters(walk, node.child_by_field_name("parameters")).types))
        result = type_used(walk, node.child_by_field_name("type"))
        _run(walk, node.child_by_field_name("body"), result, words=set())

    code(walk, name, node, body=body)
    return ""


def field(walk: Walk, node: Node) -> str:
    """Fields, constants, and events without accessors."""
    words, _ = marks(walk, node)
    for declared in node.named_children:
        if declared.type == "variable_declaration":
            type_name = type_used(walk, declared.child_by_field_name("type"))
            for each in declared.named_children:
                if each.type == "variable_declarator":
                    _field(walk, each, type_name, words=words)
    return ""


def _field(walk: Walk, node: Node, type_name: str, *, words: set[str]) -> None:
    name, value = name_of(walk, node.child_by_field_name("name")), given_value(node)
    member(walk, name, type_name)
    if words & {"static", "const"}:
        walk.scope.apart.add(name)
    expecting(walk, value, type_name)
    if type_name == "string" and not words.isdisjoint({"const", "readonly"}):
        constant(walk, name, value)
    filled = value is None or _STARTS_EMPTY(text_of(walk, value)) is None
    if "static" in words and ("readonly" not in words or (_STORE(type_name) and not filled)):
        walk.statics.append((name, type_name, node.start_byte))


def given_value(node: Node) -> Node | None:
    """What a variable is given: what stands after `=`."""
    children = node.children
    place = next((i for i, child in enumerate(children) if child.type == "="), 0)
    return children[place + 1] if place and place + 1 < len(children) else None


def property_(walk: Walk, node: Node) -> str:
    """A property, an event with accessors, or an indexer, which is the member `[]`."""
    words, found = marks(walk, node)
    name = name_of(walk, node.child_by_field_name("name")) or "[]"
    _interface(walk, node)
    type_name = type_used(walk, node.child_by_field_name("type"))
    member(walk, name, type_name)
    if "public" in words and "static" not in words and "NotMapped" not in found:
        _leads(walk, node, type_name)
    if "static" in words:
        walk.scope.apart.add(name)
    if _INJECTS.intersection(found) and type_name:
        walk.scope.injected.append(f"?{type_name}")
    value, accessors = node.child_by_field_name("value"), node.child_by_field_name("accessors")
    if value is not None and value.type == "arrow_expression_clause":
        _accessor(walk, f"{name}.get", node, value=value, type_name=type_name)
    elif value is not None:
        expecting(walk, value, type_name)
    for part in accessors.named_children if accessors is not None else ():
        _accessor_of(walk, part, node, name=name, type_name=type_name)
    if "static" in words and accessors is not None and "set;" in text_of(walk, accessors):
        walk.statics.append((name, type_name, node.start_byte))
    return ""


def _leads(walk: Walk, node: Node, type_name: str) -> None:
    """A public property that may lead to another class."""
    if type_name and type_name not in COMMON and type_name not in _PLAIN:
        name = name_of(walk, node.child_by_field_name("name"))
        walk.scope.properties.append((name, node.start_byte))


def _accessor_of(walk: Walk, part: Node, node: Node, *, name: str, type_name: str) -> None:
    if part.type != "accessor_declaration":
        visit(walk, part)
        return
    marks(walk, part)
    body = part.child_by_field_name("body")
    kind = next((child.type for child in part.children if not child.is_named), "get")
    if body is not None:
        _accessor(walk, f"{name}.{kind}", part, value=body, type_name=type_name, owner=node)


def _accessor(
    walk: Walk, name: str, node: Node, *, value: Node, type_name: str, owner: Node | None = None
) -> None:
    def body() -> None:
        takes(walk, len(parameters(walk, (owner or node).child_by_field_name("parameters")).types))
        declare(walk, "field", type_name)
        if not name.endswith(".get"):
            declare(walk, "value", type_name)
        _run(walk, value, type_name if name.endswith(".get") else "", words=set())

    code(walk, name, node, body=body)


def result(walk: Walk, node: Node) -> str:
    """`return x;`, `=> x`."""
    for child in node.named_children:
        expecting(walk, child, walk.names.get(RESULT, "")[1:])
    return ""


def local(walk: Walk, node: Node) -> str:
    """Local variables, of a written type or of that of their values."""
    type_name = type_used(walk, node.child_by_field_name("type"))
    for each in node.named_children:
        if each.type != "variable_declarator":
            continue
        chain = expecting(walk, given_value(each), type_name)
        name = each.child_by_field_name("name")
        if name is not None:
            declare(walk, name_of(walk, name), type_name, chain=kept(chain))
        else:
            inside(walk, each.named_children[0])
    return ""
