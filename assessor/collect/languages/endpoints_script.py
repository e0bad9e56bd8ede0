"""Routes of a script: what calls on routers say, each with what the file knows of the router."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.endpoints import ANY
from assessor.collect.languages.endpoints_nest import controllers
from assessor.collect.languages.endpoints_script_routers import (
    FUNCTIONS,
    VERBS,
    Router,
    Scan,
    arguments,
    assigned,
    callee,
    enclosing,
    option,
    router,
    text_at,
)
from assessor.collect.languages.endpoints_texts import text_of

# Rows: ["on", router, prefix, sure, method, path, handler, line, framework], and how routers get
# to others: ["mount", router, prefix, what is below], ["pass", router, prefix, function, place],
# ["gives", exported name, router], ["returns", function, router],
# ["nest", method, path, handler, line, framework], ["global", path].
Row = list[object]

_CALL = re.compile(
    rb"\.\s*(?:(get|post|put|delete|patch|head|options|all|del)(?:<[^()]{0,200}>)?"
    rb"\(\s*(?:\[\s*)?(?=[\"'`][/*\"'`:]|/[\^\\(\w]|[\w.]+\s*[,+]|[\"'`]\$\{)"
    rb"|(use|route|register)(?:<[^()]{0,200}>)?\()"
)
_EXPORT = re.compile(
    rb"\bmodule\.exports\s*=(?!=)\s*|\bexports\.(\w+)\s*=(?!=)\s*|\bmodule\.exports\.(\w+)\s*=(?!=)\s*"
    rb"|\bexport\s+default\s+|\bexport\s+(?:const|let|var)\s+(\w+)(?:\s*:[^=;]{1,60})?\s*=\s*"
    rb"|\bexport\s+(?:async\s+)?(?=function\s*\*?\s*(\w+))"
)
_LISTED = re.compile(rb"\bexport\s*\{([^}]*)\}(?!\s*from)")
_RETURN = re.compile(
    rb"\breturn\s+(?=[\w.]*[rR]outer\b|app\b|api\b|routes?\b|server\b|\w+\s*[;\n])"
)
_MOST = 2_000  # calls of a file that may declare routes; more have only generated files
_VERB = re.compile(r"['\"]([A-Za-z]+)['\"]")
_HANDLES = FUNCTIONS | {
    "identifier", "member_expression", "call_expression", "array", "as_expression",
    "subscript_expression", "await_expression",
}  # fmt: skip
_CJS = re.compile(r"\.(?:bind|call)\(.*", re.DOTALL)


def routes(source: bytes, root: Node, imports: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of a file as facts; none where there are no routes and no routers."""
    scan = Scan(source, root, frozenset(imports))
    rows = [row for match in islice(_CALL.finditer(source), _MOST) for row in _called(scan, match)]
    if rows or not scan.imports.isdisjoint(("express", "koa-router", "@koa/router", "fastify")):
        rows += _exported(scan)
        rows += _returned(scan)
    rows += controllers(scan)
    return {"routes": rows} if rows else {}


def _called(scan: Scan, match: re.Match[bytes]) -> Iterator[Row]:
    at = match.start(match.lastindex or 1)
    node = scan.root.descendant_for_byte_range(at, at)
    member = node.parent if node is not None and node.type == "property_identifier" else None
    call = member.parent if member is not None else None
    if node is None or call is None or call.type != "call_expression":
        return
    name, operand = callee(call)
    given = arguments(call)
    if operand is None or not given or name != text_of(node):
        return
    found = router(scan, operand)
    if not found.key:
        return
    if name == "use":
        yield from _used(scan, found, given)
    elif name == "register":
        yield from _registered(scan, found, given)
    elif name == "route":
        yield from _chained(scan, call, given)
    else:
        yield from _on(scan, found, node)


def _on(scan: Scan, found: Router, name: Node) -> Iterator[Row]:
    """`router.get('/x', …, handler)`."""
    call = name.parent.parent if name.parent is not None else None
    given = arguments(call) if call is not None else []
    if not _may_be(found) or len(given) < 2 or given[-1].type not in _HANDLES:  # noqa: PLR2004 - path, handler
        return
    paths = given[0].named_children if given[0].type == "array" else [given[0]]
    for path in paths:
        text = text_at(scan, path)
        if text.startswith(("/", "*", ":", "(")) or (found.sure and path.type != "identifier"):
            yield _row(scan, found, name, said=(_method(text_of(name)), text, _handler(given[-1])))


def _row(scan: Scan, found: Router, at: Node, *, said: tuple[str, str, str]) -> Row:
    """said: method, path, handler."""
    known = found.sure or found.likely
    line, framework = at.start_point[0] + 1, scan.framework()
    return ["on", found.key, found.prefix, known, *said, line, framework]


def _may_be(found: Router) -> bool:
    """A router by how it was made, by its name, or by what the project says of an import."""
    return found.sure or found.likely or found.key.startswith(("import:", "call:import:"))


def _method(verb: str) -> str:
    return {"all": ANY, "del": "DELETE"}.get(verb, verb.upper())


def _used(scan: Scan, found: Router, given: list[Node]) -> Iterator[Row]:
    """`app.use('/p', auth, users)`: what of it are routers, all files together tell."""
    paths = [""]
    if given[0].type in {"string", "template_string", "array"}:
        parts = given[0].named_children if given[0].type == "array" else [given[0]]
        paths = [text_at(scan, part) for part in parts if part.type != "identifier"] or [""]
        given = given[1:] if given[0].type != "array" or paths != [""] else given[0].named_children
    elif len(given) > 1 and given[0].type in {"identifier", "member_expression"}:
        listed = list(_listed(scan, given))
        if listed:
            for path, key in listed:
                yield ["mount", found.key, _under(found, path), key]
            return
        text = text_at(scan, given[0])
        if not text.startswith("${"):
            paths, given = [text], given[1:]
    for part in given:
        below = router(scan, part)
        if below.key:
            for path in paths:
                yield ["mount", found.key, _under(found, path), below.key]


def _listed(scan: Scan, given: list[Node]) -> Iterator[tuple[str, str]]:
    """`all.forEach((one) => app.use(one.path, one.route))`: path and router of each."""
    first, _, path = text_of(given[0]).partition(".")
    second, _, route = text_of(given[-1]).partition(".")
    function = next(enclosing(given[0]), None)
    around = function.parent.parent if function is not None and function.parent else None
    if first != second or around is None or around.type != "call_expression":
        return
    name, operand = callee(around)
    if name != "forEach" or operand is None:
        return
    value = assigned(scan, scan.root, text_of(operand), before=around.start_byte)
    for part in value.named_children if value is not None and value.type == "array" else ():
        below = _under_key(part, route) if part.type == "object" else None
        if below is not None and option(scan, [part], path):
            yield option(scan, [part], path), router(scan, below).key


def _under(found: Router, path: str) -> str:
    return f"{found.prefix.rstrip('/')}/{path.strip('/')}".rstrip("/") if path else found.prefix


def _registered(scan: Scan, found: Router, given: list[Node]) -> Iterator[Row]:
    """`fastify.register(plugin, {prefix: '/p'})`."""
    below = router(scan, given[0])
    prefix = _under(found, option(scan, given[1:], "prefix"))
    inline = below.key.startswith("function:") and given[0].type != "identifier"
    if below.key and not inline:
        yield ["pass", found.key, prefix, below.key, 0]


def _chained(scan: Scan, call: Node, given: list[Node]) -> Iterator[Row]:
    """`router.route('/x').get(a).post(b)`, and `server.route({method, url, handler})`."""
    objects = given[0].named_children if given[0].type == "array" else given[:1]
    found = router(scan, call.child_by_field_name("function").named_children[0])  # type: ignore[union-attr]  # a call of a member has both
    if not _may_be(found):
        return
    for part in objects:
        if part.type == "object":
            yield from _described(scan, found, part)
    member = call.parent
    while member is not None and member.type == "member_expression":
        outer, name = member.parent, member.child_by_field_name("property")
        if outer is None or outer.type != "call_expression" or name is None:
            return
        verb = text_of(name)
        if verb in VERBS and arguments(outer):
            path = text_at(scan, given[0])
            handler = _handler(arguments(outer)[-1])
            yield _row(scan, found, name, said=(_method(verb), path, handler))
        member = outer.parent


def _described(scan: Scan, found: Router, part: Node) -> Iterator[Row]:
    path = option(scan, [part], "url") or option(scan, [part], "path")
    handler = _under_key(part, "handler")
    verbs = _under_key(part, "method")
    for verb in _VERB.findall(text_of(verbs)) if verbs is not None and path else ():
        method = ANY if verb == "*" else verb.upper()
        yield _row(scan, found, part, said=(method, path, _handler(handler or part)))


def _under_key(part: Node, name: str) -> Node | None:
    for pair in part.named_children:
        key = pair.child_by_field_name("key") or pair.child_by_field_name("name")
        if key is not None and text_of(key) == name:
            return pair.child_by_field_name("value") or pair
    return None


def _handler(node: Node) -> str:
    """The name of what answers, inside of calls that wrap it; "" for a function without one."""
    if node.type == "array" and node.named_children:
        return _handler(node.named_children[-1])
    if node.type == "call_expression":
        inner = [one for one in arguments(node) if one.type in _HANDLES]
        name, operand = callee(node)
        if name == "bind" and operand is not None:
            return text_of(operand)
        function = node.child_by_field_name("function")
        if inner:
            return _handler(inner[-1])
        return text_of(function) if function is not None else ""
    return text_of(node) if node.type in {"identifier", "member_expression"} else ""


def _exported(scan: Scan) -> Iterator[Row]:
    """The routers, and functions that make some, that the file exports."""
    for match in _EXPORT.finditer(scan.source):
        name = next((one.decode() for one in match.groups() if one), "default")
        value = scan.root.descendant_for_byte_range(match.end(), match.end())
        while (
            value is not None
            and value.parent is not None
            and (value.parent.start_byte == match.end())
        ):
            value = value.parent
        if value is not None and "comment" not in value.type:
            yield from _given(scan, name, _value(value))
    for match in _LISTED.finditer(scan.source):
        for part in match[1].decode(errors="replace").split(","):
            inner, _, outer = part.partition(" as ")
            at = scan.source.find(inner.strip().encode(), match.start(1))
            node = scan.root.descendant_for_byte_range(at, at) if inner.strip() else None
            if node is not None and node.type == "identifier":
                yield from _given(scan, (outer or inner).strip(), node)


def _value(node: Node) -> Node:
    """The value inside of a statement that is one expression."""
    if node.type == "expression_statement" and node.named_children:
        return node.named_children[0]
    return node


def _given(scan: Scan, name: str, value: Node) -> Iterator[Row]:
    if value.type == "object":
        for pair in value.named_children:
            key, inner = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and inner is not None:
                yield from _given(scan, text_of(key), inner)
            elif pair.type == "shorthand_property_identifier":
                yield from _named(scan, text_of(pair), pair)
        return
    if value.type == "assignment_expression":
        value = value.named_children[-1]
    found = router(scan, value)
    if found.key:
        yield ["gives", name, found.key]


def _named(scan: Scan, name: str, pair: Node) -> Iterator[Row]:
    """`{users}`: what the name stands for."""
    found = router(scan, pair) if pair.type == "identifier" else _lookup(scan, name)
    if found is not None and found.key:
        yield ["gives", name, found.key]


def _lookup(scan: Scan, name: str) -> Router | None:
    pattern = re.compile(rb"(?<![\w.$])" + re.escape(name.encode()) + rb"(?![\w$])")
    for match in pattern.finditer(scan.source):
        node = scan.root.descendant_for_byte_range(match.start(), match.start())
        if node is not None and node.type == "identifier" and node.parent is not None:
            return (
                router(scan, node)
                if node.parent.type != "variable_declarator"
                else _of(scan, node)
            )
    return None


def _of(scan: Scan, node: Node) -> Router | None:
    value = node.parent.child_by_field_name("value") if node.parent is not None else None
    return router(scan, value) if value is not None else None


def _returned(scan: Scan) -> Iterator[Row]:
    """Routers that functions give back."""
    for match in _RETURN.finditer(scan.source):
        node = scan.root.descendant_for_byte_range(match.end(), match.end())
        function = next(enclosing(node), None) if node is not None else None
        if node is not None and function is not None and node.type == "identifier":
            yield ["returns", f"function:{function.start_byte}", router(scan, node).key]
