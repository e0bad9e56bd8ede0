"""Attributes and calls of ASP.NET that speak of requests."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints import joined
from assessor.collect.languages.endpoints_marks import Row, line_of, owner
from assessor.collect.languages.endpoints_texts import Constants, constants_of, folded, text_of

_ATTRIBUTE = re.compile(
    rb"(?<=[\[,.\s])(Http(?:Get|Post|Put|Delete|Patch|Head|Options)|Route|RoutePrefix|AcceptVerbs"
    rb"|Area|ApiController|NonAction)(?:Attribute)?\b(?=\s*[\](,])"
)
_MAP = re.compile(rb"\.\s*Map(Get|Post|Put|Delete|Patch|Methods)\s*\(")
_TERM = r"(?:@?\"(?:[^\"\\\n]|\\.)*\"|[\w.]+)"
_CONSTANT = rf"\bconst\s+string\s+NAME\s*=\s*({_TERM}(?:\s*\+\s*{_TERM})*)"
_DECLARED = frozenset(
    {"class_declaration", "record_declaration", "interface_declaration", "method_declaration"}
)
_DEEPEST = 8  # groups of groups
_VERB = re.compile(r'"([A-Za-z]+)"')


def routes(source: bytes, root: Node) -> dict[str, list[Row]]:
    """The rows of a file as facts, none where there are none; see `endpoints_marks.Row`."""
    attributes = list(_ATTRIBUTE.finditer(source))
    maps = list(_MAP.finditer(source))
    if not attributes and not maps:
        return {}
    constants = constants_of(source, root, _CONSTANT)
    rows = [row for one in attributes for row in _marked(root, one, constants)]
    rows += [row for one in maps for row in _mapped(source, root, one, constants=constants)]
    return {"endpoints": rows} if rows else {}


def _marked(root: Node, match: re.Match[bytes], constants: Constants) -> Iterator[Row]:
    node = root.descendant_for_byte_range(match.start(1), match.start(1))
    while node is not None and node.type in {"identifier", "qualified_name"}:
        node = node.parent
    if node is None or node.type != "attribute":
        return
    declared = node.parent.parent if node.parent is not None else None
    if declared is None or declared.type not in _DECLARED:
        return
    type_, member = owner(declared)
    says = f"aspnet:{match[1].decode()}"
    yield [type_, member, declared.start_byte, line_of(node), says, _arguments(node, constants)]


def _arguments(node: Node, constants: Constants) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    given = [part for part in node.named_children if part.type == "attribute_argument_list"]
    for argument in given[0].named_children if given else ():
        name = argument.child_by_field_name("name")
        value = argument.named_children[-1] if argument.named_children else None
        if value is not None and argument.type == "attribute_argument":
            key = text_of(name) if name is not None else "value"
            found.setdefault(key, []).append(_text(value, constants))
    return found


def _text(node: Node, constants: Constants) -> str:
    return folded(text_of(node).replace('@"', '"'), constants)


def _mapped(
    source: bytes, root: Node, match: re.Match[bytes], *, constants: Constants
) -> Iterator[Row]:
    """`app.MapGet("/x", handler)`."""
    node = root.descendant_for_byte_range(match.start(1), match.start(1))
    access = node.parent if node is not None else None
    call = access.parent if access is not None else None
    given = _given(call) if call is not None and call.type == "invocation_expression" else []
    if node is None or access is None or call is None or len(given) < 2:  # noqa: PLR2004 - path, handler
        return
    operand = access.child_by_field_name("expression")
    prefix = _prefix(source, root, operand, constants=constants) if operand is not None else ""
    verbs = [match[1].decode().upper()]
    if verbs == ["METHODS"]:
        verbs = [verb.upper() for verb in _VERB.findall(text_of(given[1]))]
    path = joined(prefix, _text(given[0], constants))
    handler = re.fullmatch(r"[\w.]+", text_of(given[-1]))
    name = handler[0] if handler else ""
    type_, _ = owner(call)
    for verb in verbs:
        said = {"method": [verb], "path": [path], "handler": [name]}
        yield [type_, "", call.start_byte, line_of(node), "aspnet:map", said]


def _given(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    parts = given.named_children if given is not None else []
    return [p.named_children[-1] for p in parts if p.type == "argument" and p.named_children]


def _prefix(source: bytes, root: Node, node: Node, *, constants: Constants, depth: int = 0) -> str:
    """The paths of the groups that a builder of routes belongs to."""
    if depth > _DEEPEST:
        return ""
    if node.type == "identifier":
        value = _value(source, root, node)
        if value is None:
            return ""
        return _prefix(source, root, value, constants=constants, depth=depth + 1)
    access = node.child_by_field_name("function") if node.type == "invocation_expression" else None
    operand = access.child_by_field_name("expression") if access is not None else None
    name = access.child_by_field_name("name") if access is not None else None
    if operand is None or name is None:
        return ""
    before = _prefix(source, root, operand, constants=constants, depth=depth + 1)
    given = _given(node)
    if text_of(name) == "MapGroup" and given:
        return joined(before, _text(given[0], constants))
    return before


def _value(source: bytes, root: Node, node: Node) -> Node | None:
    """What the variable got last before it is used."""
    pattern = re.compile(rb"(?<![\w.])" + re.escape(text_of(node).encode()) + rb"\s*=(?![=>])\s*")
    found: Node | None = None
    for match in pattern.finditer(source, 0, node.start_byte):
        value = root.descendant_for_byte_range(match.end(), match.end())
        while (
            value is not None
            and value.parent is not None
            and (value.parent.start_byte == match.end())
        ):
            value = value.parent
        found = value if value is not None and value.end_byte <= node.start_byte else found
    return found
