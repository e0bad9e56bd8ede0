"""Kotlin's properties and local variables, and the types that their values show."""

import re

from tree_sitter import Node

from assessor.collect.languages.java_declarations import INJECTS
from assessor.collect.languages.kotlin_marks import child_of, marks_of, name_of
from assessor.collect.languages.kotlin_types import TYPES, canonical, type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    declare,
    each,
    function,
    member,
    mention,
    text_of,
    use,
    visit,
)

_STORE = re.compile(r"(?:mutable\w+Of|\w*(?:Map|List|Set|Cache|Queue|Deque))\b").match


def made(walk: Walk, node: Node | None) -> str:
    """The type that an expression shows to make an object of: `A(…)`, `lazy { A() }`."""
    if node is None or not node.named_children:
        return ""
    last = node.named_children[-1]
    if node.type == "property_delegate":
        return made(walk, last)
    if node.type == "call_expression":
        callee = node.named_children[0]
        if callee.type == "identifier" and text_of(walk, callee)[:1].isupper():
            arguments = child_of(node, "type_arguments")
            written = text_of(walk, arguments) if arguments is not None else ""
            return text_of(walk, callee) + "".join(written.replace("?", "").split())
        if last.type in {"annotated_lambda", "lambda_literal"}:
            return made(walk, last)
    if node.type in {"annotated_lambda", "lambda_literal"}:
        return made(walk, last)
    return ""


def property_(walk: Walk, node: Node) -> str:
    """A property of a class or of the file, or a local variable."""
    modifiers, marks = marks_of(walk, child_of(node, "modifiers"))
    declared = child_of(node, "variable_declaration")
    names = child_of(node, "multi_variable_declaration")
    value = _value(node)
    if walk.method is not None or walk.scope.shape == "file":
        _local(walk, declared, names, value=value)
    elif declared is not None:
        _property(walk, declared, value, modifiers=modifiers, marks=marks, node=node)
    for child in node.named_children:
        if child.type in {"getter", "setter"}:
            _accessor(walk, child, declared)
    walk.names.pop("this", None)
    return ""


def _value(node: Node) -> Node | None:
    """What stands after `=` or `by`."""
    after = False
    for child in node.children:
        if child.type == "property_delegate":
            return child
        if after and child.is_named:
            return child
        after = after or child.type == "="
    return None


def _variable(walk: Walk, node: Node) -> tuple[str, str]:
    """Name and type, "" = none is written."""
    name, type_ = child_of(node, "identifier"), child_of(node, *TYPES)
    if type_ is not None:
        type_used(walk, type_)
    return name_of(walk, name), canonical(walk, type_) if type_ is not None else ""


def _local(walk: Walk, declared: Node | None, names: Node | None, *, value: Node | None) -> None:
    chain = visit(walk, value) if value is not None else ""
    if value is not None:
        mention(walk, chain, value.start_byte)
    if declared is not None:
        name, type_ = _variable(walk, declared)
        declare(walk, name, type_ or made(walk, value), chain=chain)
    for each_ in names.named_children if names is not None else ():
        if each_.type == "variable_declaration":
            declare(walk, *_variable(walk, each_))


def _property(
    walk: Walk, declared: Node, value: Node | None, *, modifiers: str, marks: list[str], node: Node
) -> None:
    name, type_ = _variable(walk, declared)
    receiver = next((c for c in node.named_children if c.type in TYPES), None)
    if receiver is not None:
        type_used(walk, receiver)
        walk.names["this"] = f"={canonical(walk, receiver)}"
    found = type_ or made(walk, value)
    member(walk, name, found)
    if value is not None and value.type == "string_literal" and "const" in modifiers.split():
        walk.constants.setdefault(name, text_of(walk, value)[1:-1])
    if INJECTS.intersection(marks) and type_:
        walk.scope.injected.append(type_)
    if value is not None:
        use(walk, value)
    alone = walk.scope.shape == "facade" or "object" in walk.scope.modifiers.split()
    if alone and "const" not in modifiers.split():
        kept = any(child.type == "var" for child in node.children)
        store = _STORE(found or (text_of(walk, value) if value is not None else ""))
        if kept or (store and "cache" in name.lower()):
            walk.statics.append((name, found, node.start_byte))


def _accessor(walk: Walk, node: Node, declared: Node | None) -> None:
    name = name_of(walk, child_of(declared, "identifier")) if declared is not None else ""
    taken = child_of(node, "identifier")

    def body() -> None:
        if taken is not None:
            declare(walk, text_of(walk, taken), walk.scope.fields.get(name, ""))
        each(walk, (child for child in node.named_children if child.type == "function_body"))

    function(walk, f"{name}.{'get' if node.type == 'getter' else 'set'}", node, body=body)
