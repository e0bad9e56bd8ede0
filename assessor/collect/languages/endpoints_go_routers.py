"""What a router is in a Go file: made here, given to a function, or part of another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tree_sitter import Node

from assessor.collect.languages.endpoints import joined
from assessor.collect.languages.endpoints_texts import Constants, folded, text_of

VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
TYPE = (
    r"(?:gin|echo|chi|mux|http|fiber|httprouter)\."
    r"(?:RouterGroup|Engine|IRouter|IRoutes|Echo|Group|Router|Mux|ServeMux|App)\b"
)
_TYPED = re.compile(rf"\*?{TYPE}")
_MAKERS = frozenset(
    {
        "gin.Default", "gin.New", "echo.New", "chi.NewRouter", "chi.NewMux", "mux.NewRouter",
        "http.NewServeMux", "fiber.New", "httprouter.New",
    }
)  # fmt: skip
_BELOW = frozenset({"Group", "Route", "PathPrefix"})
_SAME = frozenset(
    {
        "With", "Use", "Subrouter", "StrictSlash", "Methods", "Host", "Schemes", "Name", "Queries",
        "Headers", "UseEncodedPath", "Path", "SkipClean",
    }
)  # fmt: skip
_LIKE = re.compile(
    r"(?:.*(?:router|mux|engine|group|routes?|echo|api)|gin|app|server|srv|[regm]|v\d+)\Z",
    re.IGNORECASE,
)
_FUNCTIONS = frozenset({"function_declaration", "method_declaration", "func_literal"})
_EXPRESSIONS = frozenset(
    {"identifier", "selector_expression", "call_expression", "unary_expression"}
)
_DEEPEST = 12  # routers below routers

_STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal", "binary_expression"})


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that is looked through. libraries: those with routers that it imports."""

    source: bytes
    root: Node
    constants: Constants
    libraries: frozenset[str]


class Router(NamedTuple):
    """Where a router comes from, and the path that it puts before all of its routes.

    key: `new:<byte>`, `param:<function>:<place>`, `call:<function>`, `name:<name>`, `http`.
    sure: it is a router by its type, or by how it was made.
    """

    key: str
    prefix: str = ""
    sure: bool = False


_UNKNOWN = Router("")


def router(scan: Scan, node: Node, *, depth: int = 0) -> Router:
    """The router that an expression is."""
    if depth > _DEEPEST:
        return _UNKNOWN
    kind = node.type
    if kind == "identifier":
        return _named(scan, node, depth=depth)
    if kind == "selector_expression":
        return _field(scan, node, depth=depth)
    if kind == "call_expression":
        return _made(scan, node, depth=depth)
    inner = node.named_children
    if kind in {"unary_expression", "parenthesized_expression"} and inner:
        return router(scan, inner[-1], depth=depth + 1)
    return _UNKNOWN


def _named(scan: Scan, node: Node, *, depth: int) -> Router:
    name = text_of(node)
    if name == "http" and "net/http" in scan.libraries:
        return Router("http", sure=True)
    for function in enclosing(node):
        given = _parameter(scan, function, name, depth=depth)
        if given is not None:
            return given
        value = _assigned(scan, function, name, before=node.start_byte)
        if value is not None:
            return router(scan, value, depth=depth + 1)
    value = _assigned(scan, scan.root, name, before=node.start_byte)
    found = router(scan, value, depth=depth + 1) if value is not None else _UNKNOWN
    return found if found.sure else Router(f"name:{name}", sure=False)


def enclosing(node: Node) -> Iterator[Node]:
    """The functions around a node, the nearest first."""
    at = node.parent
    while at is not None:
        if at.type in _FUNCTIONS:
            yield at
        at = at.parent


def _parameter(scan: Scan, function: Node, name: str, *, depth: int) -> Router | None:
    """The router that a function gets under this name, None if it gets nothing of the name."""
    parameters = function.child_by_field_name("parameters")
    place = 0
    for declared in parameters.named_children if parameters is not None else ():
        type_ = declared.child_by_field_name("type")
        for one in declared.children_by_field_name("name"):
            if text_of(one) == name:
                sure = type_ is not None and _TYPED.fullmatch(text_of(type_)) is not None
                return _given(scan, function, place, sure=sure, depth=depth)
            place += 1
    return None


def _given(scan: Scan, function: Node, place: int, *, sure: bool, depth: int) -> Router:
    if function.type != "func_literal":
        return Router(f"param:{owner(function)}:{place}", sure=sure)
    around = function.parent.parent if function.parent is not None else None
    if around is not None and around.type == "call_expression":
        name, operand = callee(around)
        if operand is not None and name in _BELOW:
            return _made(scan, around, depth=depth + 1)
    return Router(f"new:{function.start_byte}", sure=sure)


def _assigned(scan: Scan, within: Node, name: str, *, before: int) -> Node | None:
    """The value that the name got last before this byte."""
    pattern = re.compile(
        rb"(?<![\w.])"
        + re.escape(name.encode())
        + rb"(?:\s*,\s*\w+)*(?:\s+[\w.*]+)?\s*:?=(?!=)\s*"
    )
    found: Node | None = None
    for match in pattern.finditer(scan.source, within.start_byte, min(before, within.end_byte)):
        value = _expression(scan, match.end())
        if value is not None and value.end_byte <= before:
            found = value
    return found


def _expression(scan: Scan, at: int) -> Node | None:
    """The whole expression that begins at this byte."""
    node = scan.root.descendant_for_byte_range(at, at)
    best: Node | None = None
    while node is not None and node.start_byte == at:
        if node.type in _EXPRESSIONS:
            best = node
        node = node.parent
    return best


def _field(scan: Scan, node: Node, *, depth: int) -> Router:
    """`s.router`: what the file sets it to, else a router of that name."""
    text, name = text_of(node), text_of(node).rpartition(".")[2]
    value = _assigned(scan, scan.root, text, before=len(scan.source))
    if value is not None and text_of(value) != text:
        found = router(scan, value, depth=depth + 1)
        if found.sure:
            return found
    return Router(f"name:{name}", sure=False)


def _made(scan: Scan, call: Node, *, depth: int) -> Router:
    """The router that a call gives."""
    name, operand = callee(call)
    function = call.child_by_field_name("function")
    written = text_of(function) if function is not None else ""
    if written in _MAKERS:
        return Router(f"new:{call.start_byte}", sure=True)
    if operand is not None and name in _BELOW | _SAME:
        before = router(scan, operand, depth=depth + 1)
        given = arguments(call)
        if name in _SAME or not given or given[0].type == "func_literal":
            return before
        return before._replace(prefix=joined(before.prefix, text_at(scan, given[0])))
    return Router(f"call:{re.sub(r'{[^}]*}', '', written)}")


def callee(call: Node) -> tuple[str, Node | None]:
    """The name after the dot, and what stands before it."""
    function = call.child_by_field_name("function")
    if function is None or function.type != "selector_expression":
        return "", None
    field = function.child_by_field_name("field")
    return text_of(field) if field is not None else "", function.child_by_field_name("operand")


def arguments(call: Node) -> list[Node]:
    """What a call is given."""
    given = call.child_by_field_name("arguments")
    parts = given.named_children if given is not None else []
    return [part for part in parts if part.type != "comment"]


def text_at(scan: Scan, node: Node) -> str:
    """The text that an expression is, as far as the file says it."""
    return folded(text_of(node).replace("`", '"'), scan.constants)


def is_text(node: Node) -> bool:
    """The expression is a literal or begins with one."""
    return node.type in _STRINGS


def owner(node: Node) -> str:
    """The function or method that a node is or stands in: `f`, `T.m`."""
    at: Node | None = node
    while at is not None and at.type not in _FUNCTIONS - {"func_literal"}:
        at = at.parent
    name = at.child_by_field_name("name") if at is not None else None
    if at is None or name is None:
        return ""
    receiver = at.child_by_field_name("receiver")
    if receiver is None:
        return text_of(name)
    words = re.findall(r"\w+", text_of(receiver).partition("[")[0])
    return f"{words[-1] if words else ''}.{text_of(name)}"


def likely(node: Node, found: Router) -> bool:
    """The expression is a router, or named like one."""
    return found.sure or _LIKE.match(text_of(node).rpartition(".")[2]) is not None
