"""What a router is in a script: made here, imported, given to a function, or below another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tree_sitter import Node

from assessor.collect.languages.endpoints import joined
from assessor.collect.languages.endpoints_texts import text_of

LIBRARIES = {
    "express": "express",
    "express-promise-router": "express",
    "fastify": "fastify",
    "koa": "koa",
    "koa-router": "koa",
    "@koa/router": "koa",
    "polka": "polka",
    "restify": "restify",
    "hono": "hono",
    "@hapi/hapi": "hapi",
}
VERBS = frozenset({"get", "post", "put", "delete", "patch", "head", "options", "all", "del"})
FUNCTIONS = frozenset(
    {
        "arrow_function", "function_expression", "function_declaration", "method_definition",
        "generator_function", "generator_function_declaration", "function",
    }
)  # fmt: skip
_MAKERS = re.compile(
    r"(?:express|fastify|polka|Express|Fastify|Polka|Hono|Koa|KoaRouter|PromiseRouter|(?:\w+\.)*Router"
    r"|restify\.createServer|[Hh]api\.[sS]erver"
    r"|require\(\s*['\"][^'\"]+['\"]\s*\)(?:\.Router)?)"
)
_SAME = frozenset({"routes", "middleware", "use", "ready", "withTypeProvider", "basePath"}) | VERBS
_INNER = frozenset(
    {
        "await_expression", "as_expression", "parenthesized_expression", "non_null_expression",
        "satisfies_expression",
    }
)  # fmt: skip
_LIKE = re.compile(r"(?:app|router|server|fastify|\w*Router|\w*App)\Z")
_GIVEN = re.compile(r"(?:instance|routes?|api)\Z")
_REQUIRE = re.compile(r"require\(\s*['\"]([^'\"]+)['\"]\s*\)")
_INSIDE = re.compile(rb"[\w.$]")
_DEEPEST = 12  # routers below routers


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that is looked through. imports: names of what it imports.

    places: name -> where it gets values, found once.
    """

    source: bytes
    root: Node
    imports: frozenset[str]
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def framework(self) -> str:
        """The library that the file imports, `express` if it imports none."""
        return next((said for name, said in LIBRARIES.items() if name in self.imports), "express")


class Router(NamedTuple):
    """Where a router comes from, and the path that it puts before all of its routes.

    key: `new:<byte>`, `param:<byte of the function>:<place>`, `function:<byte>`, `import:<name>`,
    `require:<what>`, `call:<key of what is called>`, `name:<text>`, or "".
    sure: it is a router by how it was made. likely: it is named like one.
    """

    key: str
    prefix: str = ""
    sure: bool = False
    likely: bool = False


_UNKNOWN = Router("")


def router(scan: Scan, node: Node, *, depth: int = 0) -> Router:
    """The router, or the function that makes one, that an expression is."""
    kind = node.type
    if depth > _DEEPEST:
        return _UNKNOWN
    if kind in FUNCTIONS:
        return Router(f"function:{node.start_byte}")
    if kind in _INNER and node.named_children:
        return router(scan, node.named_children[0], depth=depth + 1)
    read = {
        "identifier": _named,
        "member_expression": _member,
        "call_expression": _made,
        "new_expression": _made,
    }.get(kind)
    return read(scan, node, depth=depth) if read is not None else _UNKNOWN


def _named(scan: Scan, node: Node, *, depth: int) -> Router:
    name = text_of(node)
    likely = _LIKE.match(name) is not None
    for function in (*enclosing(node), scan.root):
        place = _place(function, name)
        if place is not None:
            given = _below(scan, function, depth=depth)
            if given is not None and place == 0:
                return given
            key = f"param:{function.start_byte}:{place}"
            return Router(key, likely=likely or _GIVEN.match(name) is not None)
        value = assigned(scan, function, name, before=node.start_byte)
        if value is not None:
            found = router(scan, value, depth=depth + 1)
            return (
                found._replace(likely=likely)
                if found.key
                else Router(f"name:{name}", "", False, likely)
            )
    declared = _function(scan, name)
    if declared is not None:
        return Router(f"function:{declared.start_byte}")
    return Router(f"import:{name}", likely=likely)


def enclosing(node: Node) -> Iterator[Node]:
    """The functions around a node, the nearest first."""
    at = node.parent
    while at is not None:
        if at.type in FUNCTIONS:
            yield at
        at = at.parent


def _place(function: Node, name: str) -> int | None:
    """The place of a function's parameter of this name."""
    given = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
    if given is None:
        return None
    parts = given.named_children if given.type == "formal_parameters" else [given]
    for place, part in enumerate(parts):
        pattern = part.child_by_field_name("pattern") or part
        if text_of(pattern) == name:
            return place
    return None


def _below(scan: Scan, function: Node, *, depth: int) -> Router | None:
    """The router that a function is given where it is written: `app.register((it) => …)`."""
    around = function.parent.parent if function.parent is not None else None
    if around is None or around.type != "call_expression":
        return None
    name, operand = callee(around)
    if operand is None or name != "register":
        return None
    before = router(scan, operand, depth=depth + 1)
    prefix = joined(before.prefix, option(scan, arguments(around)[1:], "prefix"))
    return before._replace(prefix="" if prefix == "/" else prefix)


def assigned(scan: Scan, within: Node, name: str, *, before: int) -> Node | None:
    """The value that a name got last before this byte."""
    first = within.start_byte
    for start, end in reversed(_places(scan, name)):
        if first <= start < before:
            value = _expression(scan, end)
            if value is not None and value.end_byte <= before:
                return value
    return None


def _places(scan: Scan, name: str) -> list[tuple[int, int]]:
    """Where a name gets a value: the byte of the name, and that of the value."""
    if name not in scan.places:
        pattern = re.compile(re.escape(name.encode()) + rb"\s*(?::[^=;(){}]{1,80})?=(?![=>])\s*")
        scan.places[name] = [
            (match.start(), match.end())
            for match in pattern.finditer(scan.source)
            if _INSIDE.match(scan.source, match.start() - 1) is None
        ]
    return scan.places[name]


def _expression(scan: Scan, at: int) -> Node | None:
    """The whole value that begins at this byte, of a variable, a field or an assignment."""
    node = scan.root.descendant_for_byte_range(at, at)
    while node is not None and node.start_byte == at:
        parent = node.parent
        if parent is not None and parent.type in {
            "variable_declarator", "assignment_expression", "public_field_definition",
            "field_definition",
        }:  # fmt: skip
            return node
        node = parent
    return None


def _function(scan: Scan, name: str) -> Node | None:
    """The function that is declared under this name."""
    pattern = re.compile(rb"function\s*\*?\s*(" + re.escape(name.encode()) + rb")\s*[<(]")
    for match in pattern.finditer(scan.source):
        node = scan.root.descendant_for_byte_range(match.start(1), match.start(1))
        if node is not None and node.parent is not None and node.parent.type in FUNCTIONS:
            return node.parent
    return None


def _member(scan: Scan, node: Node, *, depth: int) -> Router:
    """`this.router`, `routes.users`, `require('./x').users`."""
    text = "".join(text_of(node).split())
    required = _REQUIRE.match(text)
    if required:
        return Router(f"require:{required[1]}{text[required.end() :]}")
    value = assigned(scan, scan.root, text, before=len(scan.source))
    if value is not None and text_of(value) != text:
        return router(scan, value, depth=depth + 1)
    likely = _LIKE.match(text.rpartition(".")[2]) is not None
    if text.startswith("this."):
        return Router(f"name:{text}", likely=likely)
    return Router(f"import:{text}", likely=likely and text.count(".") == 1)


def _made(scan: Scan, call: Node, *, depth: int) -> Router:
    """The router that a call gives."""
    function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    if function is None:
        return _UNKNOWN
    written = "".join(text_of(function).split())
    if written == "require":
        required = _REQUIRE.match(text_of(call))
        return Router(f"require:{required[1]}") if required else _UNKNOWN
    if _MAKERS.fullmatch(written) and _is_library(scan, written):
        prefix = option(scan, arguments(call), "prefix")
        return Router(f"new:{call.start_byte}", prefix, sure=True)
    name, operand = callee(call)
    if operand is not None and name in _SAME:
        return router(scan, operand, depth=depth + 1)
    if operand is not None and name == "route" and arguments(call):
        before = router(scan, operand, depth=depth + 1)
        return before._replace(prefix=joined(before.prefix, text_at(scan, arguments(call)[0])))
    return Router(f"call:{router(scan, function, depth=depth + 1).key}")


def _is_library(scan: Scan, written: str) -> bool:
    required = _REQUIRE.match(written)
    if required:
        return required[1] in LIBRARIES
    return not scan.imports.isdisjoint(LIBRARIES)


def callee(call: Node) -> tuple[str, Node | None]:
    """The name after the dot, and what stands before it."""
    function = call.child_by_field_name("function")
    if function is None or function.type != "member_expression":
        return "", None
    name = function.child_by_field_name("property")
    return text_of(name) if name is not None else "", function.child_by_field_name("object")


def arguments(call: Node) -> list[Node]:
    """What a call is given."""
    given = call.child_by_field_name("arguments")
    parts = given.named_children if given is not None else []
    return [part for part in parts if part.type != "comment"]


def option(scan: Scan, given: list[Node], name: str) -> str:
    """The text under a name in the objects that are given, "" if there is none."""
    for part in given:
        for pair in part.named_children if part.type == "object" else ():
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and text_of(key).strip("'\"") == name:
                return text_at(scan, value)
    return ""


def text_at(scan: Scan, node: Node, *, depth: int = 0) -> str:
    """The text that an expression is; `${…}` around what the file does not say."""
    kind, parts = node.type, node.named_children
    if kind == "string":
        return text_of(node)[1:-1]
    if kind == "template_string":
        return "".join(_piece(scan, part, depth=depth) for part in parts)
    if kind == "binary_expression" and len(parts) == 2:  # noqa: PLR2004 - both sides
        return "".join(text_at(scan, part, depth=depth + 1) for part in parts)
    if kind == "regex":
        return text_of(node)
    if kind in {"identifier", "member_expression"} and depth < _DEEPEST:
        value = _constant(scan, node)
        if value is not None:
            return text_at(scan, value, depth=depth + 1)
    return f"${{{' '.join(text_of(node).split())[:60]}}}"


def _piece(scan: Scan, part: Node, *, depth: int) -> str:
    if part.type == "template_substitution" and part.named_children:
        return text_at(scan, part.named_children[0], depth=depth + 1)
    return text_of(part)


def _constant(scan: Scan, node: Node) -> Node | None:
    """The text that a name stands for in the file; only what is one is taken."""
    value = assigned(scan, scan.root, text_of(node), before=node.start_byte)
    texts = {"string", "template_string", "binary_expression"}
    return value if value is not None and value.type in texts else None
