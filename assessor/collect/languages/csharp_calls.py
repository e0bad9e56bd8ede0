"""Calls in a tree of C#: what is called, on what, with what, and where it stands."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of

FUNCTIONS = frozenset(
    {"constructor_declaration", "local_function_statement", "method_declaration"}
)
TYPES = frozenset(
    {"class_declaration", "interface_declaration", "record_declaration", "struct_declaration"}
)
BLOCKS = frozenset({"block", "compilation_unit", "switch_section"})
# Of each block that was looked at, by its id in the tree: name -> places and values.
Blocks = dict[int, dict[str, list[tuple[int, Node]]]]
_ACCESSES = frozenset({"member_access_expression", "member_binding_expression"})
_DEEPEST = 400
_NAMED = frozenset({"identifier", "generic_name"})


def around(node: Node) -> Iterator[Node]:
    """The nodes around a node, from the inside out, itself first."""
    at: Node | None = node
    for _ in range(_DEEPEST):
        if at is None:
            return
        yield at
        at = at.parent


def call_at(root: Node, start: int) -> Node | None:
    """The call whose name begins at this byte; None in comments, texts, other names."""
    node = root.descendant_for_byte_range(start, start)
    if node is None or node.type != "identifier":
        return None
    at = node.parent
    if at is not None and at.type == "generic_name":
        node, at = at, at.parent
    if at is not None and at.type in _ACCESSES and at.child_by_field_name("name") == node:
        node, at = at, at.parent
    if at is not None and at.type == "conditional_access_expression":
        node, at = at, at.parent
    if at is None or at.type != "invocation_expression":
        return None
    return at if at.child_by_field_name("function") == node else None


def name_node(call: Node) -> Node | None:
    """The node of the name of what is called."""
    node = call.child_by_field_name("function")
    if node is not None and node.type == "conditional_access_expression":
        node = node.named_children[-1]
    if node is not None and node.type in _ACCESSES:
        node = node.child_by_field_name("name")
    return node if node is not None and node.type in _NAMED else None


def called(call: Node) -> str:
    """The simple name of what is called."""
    node = name_node(call)
    return text_of(node).partition("<")[0].strip() if node is not None else ""


def line_at(node: Node) -> int:
    """The line of the name of what is called; of anything else, that on which it begins."""
    name = name_node(node) if node.type == "invocation_expression" else None
    return (name or node).start_point[0] + 1


def receiver(call: Node) -> Node | None:
    """What it is called on; None for a call without one."""
    node = call.child_by_field_name("function")
    if node is None:
        return None
    return node.child_by_field_name("expression") or node.child_by_field_name("condition")


def type_arguments(call: Node) -> list[str]:
    """The types between `<` and `>` after the name, as written."""
    node = name_node(call)
    if node is None or node.type != "generic_name":
        return []
    return [text_of(part) for part in node.named_children[-1].named_children]


def type_argument(call: Node) -> str:
    """The only type between `<` and `>`, "" for none or several."""
    found = type_arguments(call)
    return found[0] if len(found) == 1 else ""


def is_variable(node: Node, name: str) -> bool:
    """Whether the name is a type variable of a function or class around."""
    for each in around(node):
        for part in each.named_children if each.type in TYPES | FUNCTIONS else ():
            if part.type == "type_parameter_list":
                names = (text_of(one).split()[-1] for one in part.named_children)
                if name in names:
                    return True
    return False


def named_arguments(node: Node | None) -> list[tuple[str, Node]]:
    """Name ("" = by place) and value of each argument of a call, or of what is made."""
    given = node.child_by_field_name("arguments") if node is not None else None
    if given is None and node is not None:
        given = next((p for p in node.named_children if p.type == "argument_list"), None)
    found: list[tuple[str, Node]] = []
    for part in given.named_children if given is not None else ():
        if part.type == "argument" and part.named_children:
            name = part.child_by_field_name("name")
            found.append((text_of(name) if name is not None else "", part.named_children[-1]))
    return found


def argument(node: Node | None, at: int, *names: str) -> Node | None:
    """The argument of one of these names, else the one at a place, where it has no name."""
    given = named_arguments(node)
    found = next((value for name, value in given if name in names), None)
    if found is not None or at >= len(given) or given[at][0]:
        return found
    return given[at][1]


def class_of(node: Node) -> str:
    """The name of the class around; `Program` outside of any."""
    for each in around(node):
        name = each.child_by_field_name("name") if each.type in TYPES else None
        if name is not None:
            return text_of(name)
    return "Program"


def function_of(node: Node) -> str:
    """The function around, as `Class.Method`; the class where it stands in none."""
    method = ""
    for each in around(node):
        name = each.child_by_field_name("name") if each.type in FUNCTIONS else None
        if name is not None:
            method = text_of(name)
        if each.type in TYPES:
            break
    owner = class_of(node)
    return f"{owner}.{method}" if method else owner


def local(node: Node, name: str, blocks: Blocks) -> Node | None:
    """What a local variable is given where it is declared, before the node; None for others."""
    for each in around(node):
        if each.type in TYPES:
            return None
        if each.type in BLOCKS:
            found = declared_in(each, name, before=node.start_byte, blocks=blocks)
            if found is not None:
                return found
        if has_parameter(each, name):
            return None
    return None


def declared_in(block: Node, name: str, *, before: int, blocks: Blocks) -> Node | None:
    """What a block gives a variable where it declares it, the last time before a place."""
    if block.id not in blocks:
        held: dict[str, list[tuple[int, Node]]] = {}
        for own, value in _declarations(block):
            held.setdefault(own, []).append((value.start_byte, value))
        blocks[block.id] = held
    found = [value for start, value in blocks[block.id].get(name, ()) if start < before]
    return found[-1] if found else None


def _declarations(block: Node) -> Iterator[tuple[str, Node]]:
    for part in block.named_children:
        inner = part
        if part.type == "global_statement" and part.named_children:
            inner = part.named_children[0]
        if inner.type in {"local_declaration_statement", "using_statement"}:
            for declared in inner.named_children:
                if declared.type == "variable_declaration":
                    yield from _declarators(declared)


def _declarators(declared: Node) -> Iterator[tuple[str, Node]]:
    for each in declared.named_children:
        own = each.child_by_field_name("name")
        if each.type == "variable_declarator" and own is not None:
            value = each.named_children[-1]
            if value != own:
                yield text_of(own), value


def has_parameter(node: Node, name: str) -> bool:
    """Whether a function or lambda has a parameter of that name."""
    if node.type not in FUNCTIONS and node.type != "lambda_expression":
        return False
    given = node.child_by_field_name("parameters")
    text = text_of(given) if given is not None else ""
    return re.search(rf"\b{re.escape(name)}\s*(?:[,)=]|\Z)", text) is not None
