"""What a name in Java or Kotlin was declared as, by the nearest declaration in the same file."""

from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.jvm_tree import (
    METHODS,
    PARAMETERS,
    TYPES,
    Code,
    around,
    as_call,
    holder,
    name_of,
    text_of,
)
from assessor.collect.languages.typed_text import erased

_DEEPEST = 6  # variables that were given others, which were given others …
_SEVERAL = frozenset({"local_variable_declaration", "field_declaration", "constant_declaration"})
_ONE = PARAMETERS | {"resource", "catch_formal_parameter", "property_declaration"}
_COMPANION = "companion_object"
_LISTS = frozenset(
    {
        "formal_parameters", "function_value_parameters", "class_parameters", "lambda_parameters",
        "inferred_parameters", "resource_specification", "primary_constructor",
        _COMPANION, "class_body",
    }
)  # fmt: skip
_BODIES = frozenset(
    {"class_body", "interface_body", "enum_body", "enum_body_declarations", "source_file"}
)
# What can hold declarations, or parameters, right in it.
_HOLDERS = _BODIES | {
    "block", "constructor_body", "method_declaration", "constructor_declaration",
    "lambda_expression", "enhanced_for_statement", "for_statement", "catch_clause", "program",
    "try_with_resources_statement", "record_declaration", "switch_block_statement_group",
    "function_declaration", "lambda_literal", "class_declaration", "anonymous_function",
    "secondary_constructor", "catch_block", "companion_object", "statements",
}  # fmt: skip
_VALUES = frozenset({"this", "this_expression"})
_WRITTEN = frozenset({"user_type", "nullable_type", "type_identifier", "generic_type"})


def declared(code: Code, name: str, at: Node) -> Node | None:
    """The declaration that a name has at a place: a declarator, parameter, property, resource."""
    inner = at
    for outer in around(code.root, at):
        kind = outer.type
        if kind in _HOLDERS:
            found = [each for each in _held(code, outer).get(name, ()) if each != inner]
            if kind not in _BODIES:
                found = [each for each in found if each.start_byte < at.start_byte]
            if found:
                return found[-1]
        inner = outer
    return None


def field(code: Code, name: str, at: Node) -> Node | None:
    """The field of the class around a place."""
    type_ = holder(at, TYPES)
    while type_ is not None:
        found = _held(code, type_).get(name, ())
        for part in type_.named_children:
            found = (*found, *_held(code, part).get(name, ())) if part.type in _BODIES else found
        if found:
            return found[0]
        type_ = holder(type_, TYPES)
    return None


def _held(code: Code, node: Node) -> dict[str, list[Node]]:
    """All that is declared right in a node, remembered."""
    known = code.held.get(node.id)
    if known is None:
        known = code.held[node.id] = {}
        for each in _declarations(node):
            known.setdefault(name_of(each), []).append(each)
    return known


def _declarations(node: Node) -> Iterator[Node]:
    if node.type == "enhanced_for_statement":
        yield node
    elif node.type == "lambda_expression":
        single = node.child_by_field_name("parameters")
        yield from (single,) if single is not None and single.type == "identifier" else ()
    elif node.type == "inferred_parameters":
        yield from node.named_children
    for child in node.named_children:
        if child.type in _SEVERAL:
            yield from (c for c in child.named_children if c.type == "variable_declarator")
        elif child.type in _ONE or (child.type == "variable_declaration"):
            yield child
        elif child.type in _LISTS and (child.type != "class_body" or node.type == _COMPANION):
            yield from _declarations(child)


def type_written(declaration: Node | None) -> str:
    """The type that a declaration writes, "" where none is written."""
    if declaration is None:
        return ""
    at = declaration
    if at.type == "variable_declarator" and at.parent is not None:
        at = at.parent
    written = at.child_by_field_name("type")
    if written is None:
        inner = next((c for c in at.named_children if c.type == "variable_declaration"), at)
        written = next((c for c in inner.named_children if c.type in _WRITTEN), None)
    text = "".join(text_of(written).split()).rstrip("?")
    return "" if text == "var" else text


def is_final(declaration: Node) -> bool:
    """Whether a name cannot get another value than that of its declaration."""
    whole = declaration.parent if declaration.type == "variable_declarator" else declaration
    if whole is None:
        return False
    if whole.type == "property_declaration":
        return any(child.type == "val" for child in whole.children)
    modifiers = next((c for c in whole.named_children if c.type == "modifiers"), None)
    return whole.type == "constant_declaration" or "final" in text_of(modifiers).split()


def value_of(declaration: Node) -> Node | None:
    """What a declaration gives its name at once."""
    if declaration.type == "enhanced_for_statement":
        return None
    value = declaration.child_by_field_name("value")
    if value is not None or declaration.type != "property_declaration":
        return value
    after = False
    for child in declaration.children:
        if after and child.is_named:
            return child
        after = after or child.type == "="
    return None


def type_of(code: Code, node: Node | None, *, depth: int = 0) -> str:
    """The type of an expression as written, "" = not known. A class is of its own type."""
    if node is None or depth > _DEEPEST:
        return ""
    kind = node.type
    if kind in {"identifier", "type_identifier"}:
        return _of_name(code, node, depth=depth)
    if kind in {"field_access", "navigation_expression"}:
        return _of_member(code, node)
    if kind in {"parenthesized_expression", "unary_expression"} and node.named_children:
        return type_of(code, node.named_children[0], depth=depth + 1)
    return _of_object(node) or _of_call(node)


def _of_object(node: Node) -> str:
    """Of `new A()`, `(A) x`, `x as A`: the class that is written."""
    if node.type in {"object_creation_expression", "cast_expression"}:
        return "".join(text_of(node.child_by_field_name("type")).split())
    written = node.named_children[-1] if node.type == "as_expression" else None
    return "".join(text_of(written).split()).rstrip("?")


def _of_name(code: Code, node: Node, *, depth: int) -> str:
    name = text_of(node)
    found = declared(code, name, node)
    if found is None:
        return name if name[:1].isupper() else ""
    written = type_written(found)
    return written or type_of(code, value_of(found), depth=depth + 1)


def _of_member(code: Code, node: Node) -> str:
    """Of `this.x`: that of the field."""
    first, last = node.named_children[0], node.named_children[-1]
    if first.type not in _VALUES:
        return ""
    found = field(code, text_of(last), node)
    return type_written(found) or (type_of(code, value_of(found), depth=1) if found else "")


def _of_call(node: Node) -> str:
    """Of a call without receiver: what the method of this class gives, or an object of a class."""
    call = as_call(node)
    if call is None:
        return ""
    if call.receiver is not None:  # `Request.Builder()` of Kotlin
        before = text_of(call.receiver)
        made = call.name[:1].isupper() and before[:1].isupper() and before.isidentifier()
        return f"{before}.{call.name}" if made else ""
    if call.name[:1].isupper():
        return call.name
    type_ = holder(node, TYPES)
    for body in type_.named_children if type_ is not None else ():
        for method in body.named_children if body.type in _BODIES else ():
            if method.type in METHODS and name_of(method) == call.name:
                return _result(method)
    return ""


def _result(method: Node) -> str:
    written = method.child_by_field_name("type")
    if written is None:
        written = next((c for c in method.named_children if c.type in _WRITTEN), None)
    return "".join(text_of(written).split()).rstrip("?")


def simple(written: str) -> str:
    """The last part of a type's name without its arguments."""
    return erased(written).rpartition(".")[2]
