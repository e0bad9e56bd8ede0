"""Routes of a Go file: what calls on routers say, each with what the file knows of the router."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from tree_sitter import Node

from assessor.collect.languages.endpoints import ANY, joined
from assessor.collect.languages.endpoints_go_routers import (
    TYPE,
    VERBS,
    Router,
    Scan,
    arguments,
    callee,
    is_text,
    likely,
    owner,
    router,
    text_at,
)
from assessor.collect.languages.endpoints_texts import constants_of, text_of

# Rows: ["on", router, prefix, method, path, handler, line, framework], and how routers get to
# others: ["mount", router, prefix, router below], ["pass", router, prefix, function, place],
# ["gives", function, router, prefix].
Row = list[object]

_LIBRARIES = {
    "github.com/gin-gonic/gin": "gin",
    "github.com/labstack/echo": "echo",
    "github.com/go-chi/chi": "chi",
    "github.com/gorilla/mux": "gorilla",
    "github.com/gofiber/fiber": "fiber",
    "github.com/julienschmidt/httprouter": "httprouter",
    "net/http": "net/http",
}
_CALL = re.compile(
    rb"\.\s*(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|Any|All|Get|Post|Put|Delete|Patch|Head|Options"
    rb"|HandleFunc|Handle|HandlerFunc|Handler|Method|MethodFunc|Add|Match|Mount|Group)\("
)
_CONSTANT = r"\bNAME\s*(?:string\s*)?=\s*(\"(?:[^\"\\\n]|\\.)*\"(?:\s*\+\s*[\w\".]+)*)"
_PATTERN = re.compile(r"(?:([A-Z]+)\s+)?[^/\s]*(/.*)")
_VERB = re.compile(r'(?:\bMethod|")([A-Za-z]+)')
_MADE = re.compile(rb"=\s*[\w.]+\.(?:Group|Default|New\w*|PathPrefix|With|Route)\(")
_TYPED = re.compile(TYPE.encode())
_BEFORE = re.compile(rb"(\w+)(?:\s*,\s*\w+)*\s*:?\s*\*?\Z")
_MOST = 2_000  # calls of a file that may declare routes; more have only generated files
_FUNCTION = re.compile(rb"^func\b", re.MULTILINE)
_GIVEN = frozenset({b"(", b",", b" ", b"\t"})
_UPPER = ("gin", "echo", "httprouter")
_MIXED = ("chi", "fiber")
_NO_HANDLERS = frozenset(
    {
        "interpreted_string_literal", "raw_string_literal", "int_literal", "nil", "true", "false",
        "unary_expression", "composite_literal", "binary_expression",
    }
)  # fmt: skip
_FIRST = frozenset({"HandleFunc", "Handle"})
_CHOSEN = frozenset({"Handle", "Handler", "HandlerFunc", "Method", "MethodFunc", "Add", "Match"})


def routes(source: bytes, root: Node, imports: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of a file as facts; none in a file that imports no library with routers."""
    libraries = frozenset(_library(path) for path in imports) - {""}
    if not libraries:
        return {}
    scan = Scan(source, root, constants_of(source, root, _CONSTANT), libraries)
    rows = [row for match in islice(_CALL.finditer(source), _MOST) for row in _called(scan, match)]
    rows += _handed(scan)
    return {"routes": rows} if rows else {}


def _library(path: str) -> str:
    return next(
        (said for name, said in _LIBRARIES.items() if (path + "/").startswith(f"{name}/")), ""
    )


def _called(scan: Scan, match: re.Match[bytes]) -> Iterator[Row]:
    """What one call says: a route, or a router below another one."""
    node = scan.root.descendant_for_byte_range(match.start(1), match.start(1))
    selector = node.parent if node is not None and node.type == "field_identifier" else None
    call = selector.parent if selector is not None else None
    if node is None or selector is None or call is None or call.type != "call_expression":
        return
    name, operand = callee(call)
    given = arguments(call)
    if operand is None or not given or name != match[1].decode():
        return
    found = router(scan, operand)
    line = node.start_point[0] + 1
    if name == "Group":
        yield from _passed(scan, call)
    elif not likely(operand, found) and not _holds(scan, given[0], name):
        return
    elif name == "Mount":
        yield from _mounted(scan, found, given)
    else:
        yield from _routed(scan, call, found, name=name, line=line)


def _holds(scan: Scan, path: Node, name: str) -> bool:
    """`h.Handle("/x", …)` where routers of gorilla are known: `h` is made around a router."""
    return name in _FIRST and "gorilla" in scan.libraries and text_at(scan, path).startswith("/")


def _mounted(scan: Scan, found: Router, given: list[Node]) -> Iterator[Row]:
    if len(given) > 1:
        prefix = joined(found.prefix, text_at(scan, given[0]))
        yield ["mount", found.key, prefix, router(scan, given[1]).key]


def _routed(scan: Scan, call: Node, found: Router, *, name: str, line: int) -> Iterator[Row]:
    said = _said(scan, call, found, name=name)
    if said is None:
        return
    methods, path, handler = said
    below = _below(scan, handler)
    if below is not None:
        yield ["mount", found.key, below[0], below[1]]
        return
    framework = _framework(scan, found, name=name)
    for method in methods:
        yield ["on", found.key, found.prefix, method, path, _handler(handler), line, framework]


def _below(scan: Scan, handler: Node) -> tuple[str, str] | None:
    """The handler is a router: its routes are told elsewhere, with this path before them."""
    inner, prefix = handler, ""
    if handler.type == "call_expression" and callee(handler)[0] == "StripPrefix":
        given = arguments(handler)
        inner, prefix = given[-1], text_at(scan, given[0])
    found = router(scan, inner)
    return (prefix, found.key) if found.sure and found.key != "http" else None


def _said(
    scan: Scan, call: Node, found: Router, *, name: str
) -> tuple[list[str], str, Node] | None:
    """Methods, path and handler of a route, None if the call declares none."""
    given = arguments(call)
    if name.upper() in VERBS | {"ANY", "ALL"}:
        return _by_name(scan, given, found, name=name)
    if name in _FIRST and len(given) == 2 and _tells(given[0], found):  # noqa: PLR2004 - path, handler
        pattern = _PATTERN.fullmatch(text_at(scan, given[0]))
        path = pattern[2] if pattern else text_at(scan, given[0])
        chained = _chained(call, "Methods")
        verb = [pattern[1]] if pattern and pattern[1] else _verbs(chained) or [ANY]
        return verb, path, given[1]
    if name in _CHOSEN and len(given) > 2 and _verbs(given[:1]) and _tells(given[1], found):  # noqa: PLR2004 - method, path, handler
        return _verbs(given[:1]), text_at(scan, given[1]), given[-1]
    if name in {"HandlerFunc", "Handler"} and len(given) == 1 and "gorilla" in scan.libraries:
        return _by_chain(scan, call, given[0])
    return None


def _tells(path: Node, found: Router) -> bool:
    return is_text(path) or found.sure


def _by_name(
    scan: Scan, given: list[Node], found: Router, *, name: str
) -> tuple[list[str], str, Node] | None:
    """`r.GET("/x", h)`, `r.Get("/x", h)`."""
    libraries = _UPPER if name.isupper() or name == "Any" else _MIXED
    if not scan.libraries.intersection(libraries) or len(given) < 2:  # noqa: PLR2004 - path, handler
        return None
    handler = given[1] if "echo" in scan.libraries else given[-1]
    if handler.type in _NO_HANDLERS or not _tells(given[0], found):
        return None
    path = text_at(scan, given[0])
    if not found.sure and not path.startswith("/"):
        return None
    return [ANY if name in {"Any", "All"} else name.upper()], path, handler


def _by_chain(scan: Scan, call: Node, handler: Node) -> tuple[list[str], str, Node] | None:
    """`r.Methods("GET").Path("/x").HandlerFunc(h)`."""
    path, methods, prefixed = "", [], False
    _, at = callee(call)
    while at is not None and at.type == "call_expression":
        name, operand = callee(at)
        given = arguments(at)
        if name == "Path" and given:
            path = text_at(scan, given[0])
        elif name == "Methods":
            methods = _verbs(given)
        prefixed = prefixed or name == "PathPrefix"
        at = operand
    if not path and not prefixed:
        return None
    return methods or _verbs(_chained(call, "Methods")) or [ANY], path, handler


def _chained(call: Node, name: str) -> list[Node]:
    """What the call of this name further on in the chain is given."""
    at = call.parent
    while at is not None and at.type in {"selector_expression", "call_expression"}:
        if at.type == "call_expression" and callee(at)[0] == name:
            return arguments(at)
        at = at.parent
    return []


def _verbs(given: list[Node]) -> list[str]:
    found = (verb.upper() for part in given for verb in _VERB.findall(text_of(part)))
    return [verb for verb in found if verb in VERBS]


def _framework(scan: Scan, found: Router, *, name: str) -> str:
    if name.isupper() or name == "Any":
        order: tuple[str, ...] = _UPPER
    elif name.upper() in VERBS or name in {"All", "MethodFunc", "Method"}:
        order = _MIXED
    elif found.key == "http":
        order = ()
    else:
        order = (
            ("gorilla", "chi", "httprouter")
            if name in _FIRST
            else ("gin", "echo", "gorilla", "chi")
        )
    return next((one for one in order if one in scan.libraries), "net/http")


def _handler(node: Node) -> str:
    """The name of what answers: inside of calls that wrap it, "" for a function without a name."""
    if node.type == "func_literal":
        return f"{owner(node)}()"
    if node.type == "call_expression":
        inner = [one for one in arguments(node) if one.type not in _NO_HANDLERS]
        function = node.child_by_field_name("function")
        if inner:
            return _handler(inner[-1])
        return text_of(function) if function is not None else ""
    return text_of(node) if node.type in {"identifier", "selector_expression"} else ""


def _passed(scan: Scan, node: Node) -> Iterator[Row]:
    """The call that is given this router, if one is."""
    around = node.parent
    call = around.parent if around is not None and around.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    if call is None or function is None:
        return
    found = router(scan, node)
    place = [one.start_byte for one in arguments(call)].index(node.start_byte)
    if found.sure or (found.key and node.type == "call_expression"):
        yield ["pass", found.key, found.prefix, text_of(function), place]


def _names(source: bytes, start: int, end: int) -> set[bytes]:
    """Names that routers are given in a part of the file, as variables or as parameters."""
    found: set[bytes] = set()
    for pattern in (_MADE, _TYPED):
        for match in pattern.finditer(source, start, end):
            line = source.rfind(b"\n", 0, match.start()) + 1
            before = _BEFORE.search(source, line, match.start())
            if before:
                found.add(before[1])
    return found


def _handed(scan: Scan) -> Iterator[Row]:
    """Routers by name that functions are given, or give back."""
    starts = [match.start() for match in _FUNCTION.finditer(scan.source)]
    for start, end in pairwise([*starts, len(scan.source)]):
        found = _names(scan.source, start, end)
        if found:
            given = re.compile(rb"\b(" + b"|".join(sorted(found)) + rb")(?=\s*[,)\n;}])")
            for match in given.finditer(scan.source, start, end):
                yield from _used(scan, match.start())


def _used(scan: Scan, start: int) -> Iterator[Row]:
    """The router of the name at this byte is given to a function, or given back."""
    returned = scan.source.endswith(b"return ", 0, start)
    if not returned and scan.source[start - 1 : start] not in _GIVEN:
        return
    node = scan.root.descendant_for_byte_range(start, start)
    if node is None or node.type != "identifier":
        return
    if returned:
        said = router(scan, node)
        yield ["gives", owner(node), said.key, said.prefix]
    else:
        yield from _passed(scan, node)
