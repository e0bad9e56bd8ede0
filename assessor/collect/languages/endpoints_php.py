"""Routes of PHP: calls of Laravel, Lumen and Slim, and attributes of Symfony."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from assessor.collect.languages.endpoints import ANY
from assessor.collect.languages.endpoints_marks import Row, line_of, owner
from assessor.collect.languages.endpoints_texts import text_of

_VERBS = "get|post|put|patch|delete|options|head|any|match|view|redirect"
_CALL = re.compile(
    rf"(?:\bRoute::|(?:\$(?:this->)?(?:router|app|group|api)|\))\s*->\s*)"
    rf"({_VERBS}|resource|apiResource|resources|apiResources)\(".encode()
)
_ATTRIBUTE = re.compile(rb"#\[(?:[^\]\n]*,)?\s*\\?(?:[\w\\]+\\)?(Route)\b")
_LARAVEL, _SYMFONY = "Illuminate", "Symfony.Component.Routing"
_CALLS = frozenset({"member_call_expression", "scoped_call_expression"})
_ACTIONS = (
    ("GET", "", "index"), ("GET", "/create", "create"), ("POST", "", "store"),
    ("GET", "/{}", "show"), ("GET", "/{}/edit", "edit"), ("PUT", "/{}", "update"),
    ("DELETE", "/{}", "destroy"),
)  # fmt: skip
_WORD = re.compile(r"['\"]([^'\"]*)['\"]")
_CLASS = re.compile(r"([\w\\]+)::class")


def routes(source: bytes, root: Node, imports: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of a file as facts, none where there are none; see `endpoints_marks.Row`."""
    rows = [row for match in _CALL.finditer(source) for row in _called(root, match)]
    if any(name.replace("\\", ".").lstrip(".").startswith(_SYMFONY) for name in imports):
        for match in _ATTRIBUTE.finditer(source):
            rows += _marked(root, match.start(1))
    return {"endpoints": rows} if rows else {}


def _called(root: Node, match: re.Match[bytes]) -> Iterator[Row]:
    node = root.descendant_for_byte_range(match.start(1), match.start(1))
    call = node.parent if node is not None and node.type == "name" else None
    if node is None or call is None or call.type not in _CALLS or not _is_route(call):
        return
    given, name = _given(call), match[1].decode()
    around, controller = _around(call)
    if name.endswith(("esource", "esources")):
        said = list(_resources(call, given, name=name))
    else:
        said = list(_verb(given, name=name, controller=controller))
    for verb, path, handler in said:
        facts = {"method": [verb], "path": [*around, path], "handler": [handler]}
        yield ["", "", call.start_byte, line_of(node), "laravel:route", facts]


def _is_route(call: Node) -> bool:
    """The chain of calls begins with `Route::`, or with a variable that is named for routers."""
    at: Node | None = call
    while at is not None and at.type == "member_call_expression":
        at = at.child_by_field_name("object")
    if at is None:
        return False
    if at.type == "scoped_call_expression":
        scope = at.child_by_field_name("scope")
        return scope is not None and text_of(scope).rpartition("\\")[2] == "Route"
    return text_of(at).lstrip("$").removeprefix("this->") in {"router", "app", "group", "api"}


def _given(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    parts = given.named_children if given is not None else []
    return [p.named_children[-1] for p in parts if p.type == "argument" and p.named_children]


def _text(node: Node) -> str:
    if node.type in {"string", "encapsed_string"}:
        return text_of(node)[1:-1]
    return f"${{{' '.join(text_of(node).split())[:60]}}}"


def _verb(given: list[Node], *, name: str, controller: str) -> Iterator[tuple[str, str, str]]:
    """`Route::get('/x', handler)`, `Route::match(['get', 'post'], '/x', handler)`."""
    verbs = [name.upper()]
    if name == "match":
        verbs = [verb.upper() for verb in _WORD.findall(text_of(given[0]))] if given else []
        given = given[1:]
    elif name in {"any", "redirect"}:
        verbs = [ANY]
    elif name == "view":
        verbs = ["GET"]
    if len(given) < 2 or given[0].type not in {"string", "encapsed_string"}:  # noqa: PLR2004 - path, handler
        return
    handler = "" if name in {"view", "redirect"} else _handler(given[1], controller)
    for verb in verbs:
        yield verb, _text(given[0]), handler


def _handler(node: Node, controller: str) -> str:
    """`Class@method`, `Class`, or "" for a function without a name."""
    text = text_of(node)
    class_, words = _CLASS.search(text), _WORD.findall(text)
    if node.type in {"anonymous_function", "arrow_function"}:
        return ""
    if class_:
        name = class_[1].rpartition("\\")[2]
        method = words[0].lstrip(":") if words else ""
        return f"{name}@{method}" if method else name
    if node.type in {"string", "encapsed_string"}:
        named = _text(node).replace(":", "@").rpartition("\\")[2]
        return f"{controller}@{named}" if controller and "@" not in named else named
    if node.type == "array_creation_expression" and words:
        pairs: dict[str, str] = dict(zip(words[::2], words[1::2], strict=False))
        return pairs.get("uses", "").rpartition("\\")[2]
    return ""


def _resources(call: Node, given: list[Node], *, name: str) -> Iterator[tuple[str, str, str]]:
    """`Route::resource('photos', PhotoController::class)` stands for seven routes."""
    pairs: list[tuple[Node, Node]] = []
    if name.endswith("s") and given:
        parts = (part.named_children for part in given[0].named_children)
        pairs = [(part[0], part[1]) for part in parts if len(part) > 1]
    elif len(given) > 1:
        pairs = [(given[0], given[1])]
    actions = _actions(call, given, api=name.startswith("api"))
    for path, controller in pairs:
        class_ = _handler(controller, "")
        for verb, after, action in actions:
            yield (
                verb,
                _nested(_text(path)) + after.format(_one(_text(path))),
                f"{class_}@{action}",
            )


def _nested(name: str) -> str:
    """`photos.comments` is `photos/{photo}/comments`."""
    *outer, last = name.split(".")
    return "".join(f"{part}/{_one(part)}/" for part in outer) + last


def _one(name: str) -> str:
    """The variable for one of many: `{photo}`."""
    word = name.rpartition(".")[2].rpartition("/")[2].replace("-", "_")
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return f"{{{word}}}"


def _actions(call: Node, given: list[Node], *, api: bool) -> list[tuple[str, str, str]]:
    """The routes of a resource that are left by `only` and `except`."""
    wanted = [one for one in _ACTIONS if not (api and one[2] in {"create", "edit"})]
    said = text_of(given[2]) if len(given) > 2 else ""  # noqa: PLR2004 - options
    limits = dict(re.findall(r"['\"](only|except)['\"]\s*=>\s*(\[[^\]]*\])", said))
    at = call.parent
    while at is not None and at.type == "member_call_expression":
        name = at.child_by_field_name("name")
        limits[text_of(name) if name is not None else ""] = text_of(
            at.child_by_field_name("arguments") or at
        )
        at = at.parent
    if "only" in limits:
        wanted = [one for one in wanted if one[2] in _WORD.findall(limits["only"])]
    if "except" in limits:
        wanted = [one for one in wanted if one[2] not in _WORD.findall(limits["except"])]
    return wanted


def _around(call: Node) -> tuple[list[str], str]:
    """The paths of the groups around a route and of its own chain, and their controller."""
    paths, controller = [], ""
    own, name = _chain(call.child_by_field_name("object"))
    paths, controller = own, name
    at = call.parent
    while at is not None:
        if at.type in {"anonymous_function", "arrow_function"}:
            group = _group(at)
            if group is not None:
                outer, name = _chain(group)
                paths = outer + paths
                controller = controller or name
        at = at.parent
    return paths, controller


def _group(function: Node) -> Node | None:
    """The call `group(…)` that a function is given to."""
    argument = function.parent
    call = argument.parent.parent if argument is not None and argument.parent is not None else None
    name = call.child_by_field_name("name") if call is not None else None
    return call if name is not None and text_of(name) == "group" else None


def _chain(node: Node | None) -> tuple[list[str], str]:
    """The prefixes and the controller of a chain of calls, outermost first."""
    paths: list[str] = []
    controller = ""
    at = node
    while at is not None and at.type in _CALLS:
        name, given = at.child_by_field_name("name"), _given(at)
        called = text_of(name) if name is not None else ""
        if called == "prefix" and given:
            paths.insert(0, _text(given[0]))
        elif called == "controller" and given:
            controller = _handler(given[0], "")
        elif called == "group" and len(given) > 1:
            paths[:0] = _prefixes(given[0])
        at = at.child_by_field_name("object")
    return paths, controller


def _prefixes(node: Node) -> list[str]:
    """`group('/p', …)` of Slim, `group(['prefix' => 'p'], …)` of Laravel."""
    if node.type in {"string", "encapsed_string"}:
        return [_text(node)]
    return re.findall(r"['\"]prefix['\"]\s*=>\s*['\"]([^'\"]*)['\"]", text_of(node))


def _marked(root: Node, at: int) -> Iterator[Row]:
    """`#[Route('/x', methods: ['GET'])]` at a class or a method."""
    node = root.descendant_for_byte_range(at, at)
    while node is not None and node.type in {"name", "qualified_name"}:
        node = node.parent
    if node is None or node.type != "attribute":
        return
    declared = node
    while declared is not None and not declared.type.endswith("_declaration"):
        declared = declared.parent  # type: ignore[assignment]  # None ends the loop
    if declared is None or declared.type not in {"class_declaration", "method_declaration"}:
        return
    type_, member = owner(declared)
    yield [type_, member, declared.start_byte, line_of(node), "symfony:Route", _arguments(node)]


def _arguments(node: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    given = node.child_by_field_name("parameters")
    for argument in given.named_children if given is not None else ():
        name = argument.child_by_field_name("name")
        value = argument.named_children[-1] if argument.named_children else None
        key = text_of(name) if name is not None else "path"
        if value is not None and key == "methods":
            found[key] = [verb.upper() for verb in _WORD.findall(text_of(value))]
        elif value is not None and key == "path" and key not in found:
            found[key] = [_text(value)]
    return found
