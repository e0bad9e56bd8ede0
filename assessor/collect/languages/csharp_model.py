"""What a C# file says of Entity Framework's model: attributes, and calls of its builders.

A row of `model`: line, class whose table or field it is (as written), what is said, and values:
`entity`; `table` name ("?" = not known), schema; `schema` name (the class: the context); `apply`
class of a configuration; `ignore` field; `owns` field; `relation` one or many, field, target, one
or many on the other side, its field, foreign key, class that the key is in.
"""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.csharp_calls import (
    BLOCKS,
    FUNCTIONS,
    Blocks,
    call_at,
    called,
    class_of,
    declared_in,
    is_variable,
    named_arguments,
    receiver,
    type_argument,
)
from assessor.collect.languages.csharp_sql import plain
from assessor.collect.languages.endpoints_marks import line_of
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.typed_facts import Mark
from assessor.collect.languages.typed_walk import Walk

ATTRIBUTES = frozenset({"ComplexType", "ForeignKey", "Keyless", "Owned", "Table"})
UNKNOWN = "?"
Row = list[str | int]

_WORDS = (b"EntityTypeBuilder", b"ModelBuilder", b"IEntityTypeConfiguration")
_MADE = (b"ModelSnapshot", b"[Migration(", b"MigrationBuilder")
_CALL = re.compile(
    rb"\.\s*(ApplyConfiguration|Entity|HasDefaultSchema|HasMany|HasOne|HasOptional|HasRequired"
    rb"|Ignore|OwnsMany|OwnsOne|ToTable|ToView)\b"
)
_BUILDER = re.compile(r"(?:EntityTypeBuilder|EntityTypeConfiguration)<([\w.]+)>")
_HAS = {"HasOne": "one", "HasMany": "many", "HasOptional": "one", "HasRequired": "one"}
_WITH = {
    "WithOne": "one", "WithMany": "many", "WithOptional": "one", "WithRequired": "one",
    "WithRequiredPrincipal": "one", "WithRequiredDependent": "one",
}  # fmt: skip
_OWNS = frozenset({"OwnsMany", "OwnsOne"})
_LITERALS = frozenset({"raw_string_literal", "string_literal", "verbatim_string_literal"})
_MOST_LINKS = 40
_MOST = 2_000  # calls that are looked at in a file
_LONGEST = 500


def marked(walk: Walk, name: str, arguments: str, *, start: int) -> None:
    """An attribute that may speak of storage; the member that it stands at follows."""
    if name.rpartition(".")[2].removesuffix("Attribute") in ATTRIBUTES:
        mark = Mark(name, masked(arguments)[:_LONGEST], walk.opened[-1], start)
        walk.marks_of_data.append(mark)
        walk.awaiting.append(mark)


def model(source: bytes, root: Node) -> dict[str, list[Row]]:
    """The rows of a file as facts, none where there are none; migrations are not looked at."""
    if not any(word in source for word in _WORDS) or any(word in source for word in _MADE):
        return {}
    rows: list[Row] = []
    blocks: Blocks = {}
    for match in islice(_CALL.finditer(source), _MOST):
        call = call_at(root, match.start(1))
        if call is not None:
            rows += _said(call, match[1].decode(), blocks)
    return {"model": rows} if rows else {}


def _said(call: Node, name: str, blocks: Blocks) -> Iterator[Row]:
    line = line_of(call)
    if name == "HasDefaultSchema":
        schema = _text(_argument(call, 0))
        if schema not in {"", UNKNOWN}:
            yield [line, class_of(call), "schema", schema]
    elif name == "ApplyConfiguration":
        made = _argument(call, 0)
        kind = made.child_by_field_name("type") if made is not None else None
        if kind is not None:
            yield [line, class_of(call), "apply", text_of(kind)]
    elif name == "Entity":
        entity = _entity(call)
        if entity:
            yield [line, entity, "entity", class_of(call)]
    else:
        entity = _built(receiver(call), blocks)
        if entity:
            yield from _of_entity(call, name, entity)


def _of_entity(call: Node, name: str, entity: str) -> Iterator[Row]:
    line, owner = line_of(call), entity.partition(" ")[0]
    if name in {"ToTable", "ToView"}:
        table, schema = _table(call)
        if table:
            yield [line, entity, "table", table, schema]
    elif name == "Ignore":
        yield [line, owner, "ignore", _field(_argument(call, 0))]
    elif name in _OWNS:
        yield [line, owner, "owns", _field(_argument(call, 0))]
    else:
        yield _relation(call, name, owner)


def _table(call: Node) -> tuple[str, str]:
    """Name and schema; name "" where the call gives none."""
    given = {name: _text(node) for name, node in named_arguments(call) if name == "schema"}
    first, second = _argument(call, 0), _argument(call, 1)
    if first is None or first.type in {"lambda_expression", "null_literal"}:
        return "", ""
    schema = given.get("schema")
    if schema is None:
        positional = second is not None and second.type != "lambda_expression"
        schema = _text(second) if positional else ""
    return _text(first), "" if schema == UNKNOWN else schema


def _relation(call: Node, name: str, owner: str) -> Row:
    row: Row = [line_of(call), owner, "relation", _HAS[name], _field(_argument(call, 0))]
    target, other, back, key, holder = type_argument(call), "", "", "", ""
    at: Node | None = call
    for _ in range(_MOST_LINKS):
        access = at.parent if at is not None else None
        at = access.parent if access is not None else None
        if access is None or at is None or access.type != "member_access_expression":
            break
        name = called(at)
        if name in _WITH:
            other, back = _WITH[name], _field(_argument(at, 0))
        elif name == "HasForeignKey":
            key, holder = _field(_argument(at, 0)), type_argument(at)
    return [*row, target, other, back, key, holder]


def _built(node: Node | None, blocks: Blocks) -> str:
    """The class whose builder an expression is; `Owner Field` for that of an owned one."""
    for _ in range(_MOST_LINKS):
        if node is None:
            return ""
        if node.type == "identifier":
            return _of_name(node, blocks)
        if node.type != "invocation_expression":
            return ""
        name = called(node)
        if name == "Entity":
            return _entity(node)
        if name in _OWNS:
            return _owned(node, blocks)
        node = receiver(node)
    return ""


def _owned(call: Node, blocks: Blocks) -> str:
    owner, field = _built(receiver(call), blocks).partition(" ")[0], _field(_argument(call, 0))
    return f"{owner} {field}" if owner and field else ""


def _of_name(node: Node, blocks: Blocks) -> str:
    """The class whose builder a variable or parameter is."""
    name = text_of(node)
    at = node.parent
    while at is not None:
        if at.type == "lambda_expression" and _has_parameter(at, name):
            return _of_lambda(at, blocks)
        if at.type in FUNCTIONS:
            return _of_parameter(at, name)
        if at.type in BLOCKS:
            value = declared_in(at, name, before=node.start_byte, blocks=blocks)
            if value is not None:
                return _built(value, blocks)
        at = at.parent
    return ""


def _has_parameter(node: Node, name: str) -> bool:
    given = node.child_by_field_name("parameters")
    return given is not None and re.search(rf"\b{re.escape(name)}\b", text_of(given)) is not None


def _of_lambda(node: Node, blocks: Blocks) -> str:
    outer = node.parent.parent if node.parent is not None else None
    call = outer.parent if outer is not None else None
    if call is None or call.type != "invocation_expression":
        return ""
    name = called(call)
    return _entity(call) if name == "Entity" else _owned(call, blocks) if name in _OWNS else ""


def _of_parameter(function: Node, name: str) -> str:
    given = function.child_by_field_name("parameters")
    for part in given.named_children if given is not None else ():
        own, type_ = part.child_by_field_name("name"), part.child_by_field_name("type")
        if own is not None and type_ is not None and text_of(own) == name:
            found = _BUILDER.search(text_of(type_))
            return found[1] if found and not is_variable(function, found[1]) else ""
    return ""


def _entity(call: Node) -> str:
    """`Entity<T>()`, `Entity(typeof(T))`; not for a variable T."""
    found = type_argument(call)
    first = _argument(call, 0)
    if not found and first is not None and first.type == "typeof_expression":
        kind = first.child_by_field_name("type")
        found = text_of(kind) if kind is not None else ""
    return "" if found and is_variable(call, found) else found


def _argument(call: Node, at: int) -> Node | None:
    given = [node for name, node in named_arguments(call) if name != "schema"]
    return given[at] if at < len(given) else None


def _text(node: Node | None) -> str:
    """The text of a literal or `nameof(…)`, "?" where only the running program knows."""
    if node is None or node.type == "null_literal":
        return ""
    raw = text_of(node)
    if node.type in _LITERALS:
        return plain(raw)
    name = re.fullmatch(r"nameof\(\s*(?:\w+\.)*(\w+)\s*\)", raw)
    return name[1] if name else UNKNOWN


def _field(node: Node | None) -> str:
    """The field that `x => x.Field`, `"Field"` or `nameof(X.Field)` names; "" for none."""
    if node is None:
        return ""
    if node.type == "lambda_expression":
        found = re.fullmatch(r"\(?\s*\w+\s*\)?\s*=>\s*\w+!?\.(\w+)!?", text_of(node))
        return found[1] if found else ""
    text = _text(node)
    return "" if text == UNKNOWN else text
