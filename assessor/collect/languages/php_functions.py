"""PHP's functions: methods, hooks of properties, closures, and their parameters."""

from tree_sitter import Node

from assessor.collect.languages.php_declarations import TYPES, enter_facade, said
from assessor.collect.languages.php_docs import Tag, doc_before, marks, tags, use_names
from assessor.collect.languages.php_expressions import typed
from assessor.collect.languages.php_names import type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    closed,
    comment,
    function,
    member,
    reached,
    signed,
    takes,
    text_of,
    use,
)


def hook(walk: Walk, node: Node) -> str:
    """`get => …` of a property."""
    name = next(
        (text_of(walk, child) for child in node.named_children if child.type == "name"), ""
    )

    def body() -> None:
        walk.names = {}
        for child in node.named_children:
            if child.type == "formal_parameters":
                _parameters(walk, child, found=[])
            elif child.type != "name":
                use(walk, child)

    function(walk, name, node, body=body)
    return ""


def method(walk: Walk, node: Node) -> str:
    """A method of the current class."""
    _function(walk, node, is_method=True)
    return ""


def function_(walk: Walk, node: Node) -> str:
    """A function, wherever it is declared: of its namespace."""
    enter_facade(walk, node.start_byte)
    _function(walk, node, is_method=False)
    closed(walk)
    return ""


def _function(walk: Walk, node: Node, *, is_method: bool) -> None:
    doc = doc_before(walk, node.start_byte)
    marks(walk, doc)
    found = tags(walk, doc)
    named = node.child_by_field_name("name")
    name = text_of(walk, named) if named is not None else ""
    parameters: list[str] = []
    result = ""

    def body() -> None:
        nonlocal result
        walk.names = {}
        for child in node.named_children:
            if child.type == "formal_parameters":
                parameters.extend(_parameters(walk, child, found=found))
                takes(walk, len(parameters))
            elif child.type == "static_modifier":
                walk.scope.apart.add(name)
            elif child.type in TYPES:
                result = type_used(walk, child)
            elif child != named:
                use(walk, child)

    function(walk, name, node, body=body)
    result = said(walk, found, tag="return", name="", written=result)
    for tag in found:
        if tag.tag == "throws":
            use_names(walk, tag)
    _sign(walk, name, parameters, result=result, is_method=is_method)


def _sign(walk: Walk, name: str, parameters: list[str], *, result: str, is_method: bool) -> None:
    scope = walk.scope
    if is_method and name == "__construct":
        signed(walk, "new", parameters, result="", many=True)
        if scope.shape == "class" and not scope.modifiers:
            scope.injected += [f"?{type_}" for type_ in parameters if type_]
    else:
        called = "new_" if is_method and name == "new" else name
        signed(walk, called, parameters, result=result, many=True)


def _parameters(walk: Walk, node: Node, *, found: list[Tag]) -> list[str]:
    """The types of the parameters, which are variables from here on."""
    types = []
    for child in node.named_children:
        if child.type == "comment":
            comment(walk, child)
        else:
            types.append(_parameter(walk, child, found=found))
    return types


def _parameter(walk: Walk, node: Node, *, found: list[Tag]) -> str:
    type_, name, promoted = "", "", node.type == "property_promotion_parameter"
    doc = doc_before(walk, node.start_byte) if promoted else None
    for child in node.named_children:
        if child.type in TYPES:
            type_ = type_used(walk, child)
        elif child.type == "variable_name" and not name:
            name = text_of(walk, child)
        else:
            use(walk, child)
    type_ = said(walk, found, tag="param", name=name, written=type_)
    if promoted:
        type_ = said(walk, tags(walk, doc), tag="var", name=name, written=type_)
        member(walk, name.removeprefix("$"), type_)
    walk.names[name] = typed(
        f"{type_}[]" if type_ and node.type == "variadic_parameter" else type_
    )
    return type_


def parameters(walk: Walk, node: Node) -> str:
    """The parameters of a closure."""
    _parameters(walk, node, found=[])
    return ""


def closure(walk: Walk, node: Node) -> str:
    """`function (…) use (…) { … }`: sees only the variables that it names."""
    outside = walk.names
    captured = _captured(walk, node)
    walk.names = {name: reached(walk, name) for name in captured if name in outside}
    _function_parts(walk, node)
    walk.names = outside
    return ""


def _captured(walk: Walk, node: Node) -> list[str]:
    for child in node.named_children:
        if child.type == "anonymous_function_use_clause":
            return [
                part.strip(" \t\r\n&")
                for part in text_of(walk, child).partition("(")[2][:-1].split(",")
            ]
    return []


def arrow(walk: Walk, node: Node) -> str:
    """`fn (…) => …`: sees all variables around."""
    outside = walk.names
    walk.names = dict(outside)
    _function_parts(walk, node)
    walk.names = outside
    return ""


def _function_parts(walk: Walk, node: Node) -> None:
    for child in node.named_children:
        if child.type != "anonymous_function_use_clause":
            use(walk, child)
