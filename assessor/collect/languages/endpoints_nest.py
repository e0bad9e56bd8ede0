"""Controllers of scripts, by decorators: NestJS and routing-controllers."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints import ANY, crossed
from assessor.collect.languages.endpoints_script_routers import (
    Scan,
    arguments,
    option,
    text_at,
)
from assessor.collect.languages.endpoints_texts import text_of

_LIBRARIES = {"@nestjs/common": "nest", "routing-controllers": "routing-controllers"}
_VERB = re.compile(rb"@(Get|Post|Put|Delete|Patch|Head|Options|All)\s*\(")
_CONTROLLERS = frozenset({"Controller", "JsonController"})
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
_GLOBAL = re.compile(rb"\.setGlobalPrefix\(\s*(?=[\"'`])")


def controllers(scan: Scan) -> Iterator[list[object]]:
    """A row for each decorated method of a controller, and the prefix of the application."""
    framework = next((said for name, said in _LIBRARIES.items() if name in scan.imports), "")
    for match in _VERB.finditer(scan.source) if framework else ():
        node = scan.root.descendant_for_byte_range(match.start(1), match.start(1))
        call = node.parent if node is not None else None
        decorator = call.parent if call is not None else None
        if call is None or decorator is None or decorator.type != "decorator":
            continue
        yield from _method(scan, decorator, call, verb=match[1].decode(), framework=framework)
    for match in _GLOBAL.finditer(scan.source):
        node = scan.root.descendant_for_byte_range(match.end(), match.end())
        if node is not None and node.parent is not None and "comment" not in node.type:
            yield ["global", text_at(scan, node if node.type == "string" else node.parent)]


def _method(
    scan: Scan, decorator: Node, call: Node, *, verb: str, framework: str
) -> Iterator[list[object]]:
    method = decorator.next_named_sibling
    while method is not None and method.type in {"decorator", "comment"}:
        method = method.next_named_sibling
    class_ = decorator.parent
    while class_ is not None and class_.type not in _CLASSES:
        class_ = class_.parent
    controller = _controller(class_) if class_ is not None else None
    name = method.child_by_field_name("name") if method is not None else None
    if class_ is None or controller is None or name is None:
        return
    class_name = class_.child_by_field_name("name")
    handler = f"{text_of(class_name) if class_name is not None else ''}.{text_of(name)}"
    line = decorator.start_point[0] + 1
    for path in crossed(_paths(scan, controller), _paths(scan, call)):
        yield ["nest", ANY if verb == "All" else verb.upper(), path, handler, line, framework]


def _controller(class_: Node) -> Node | None:
    """The call `Controller(…)` of the class's decorator."""
    around = [class_, class_.parent] if class_.parent is not None else [class_]
    for node in around:
        for child in node.named_children if node.type != "program" else ():
            call = child.named_children[0] if child.type == "decorator" else None
            function = call.child_by_field_name("function") if call is not None else None
            if function is not None and text_of(function) in _CONTROLLERS:
                return call
    return None


def _paths(scan: Scan, call: Node) -> list[str]:
    """The path or paths that a decorator names."""
    given = arguments(call)[:1]
    if not given:
        return []
    if given[0].type == "object":
        return [option(scan, given, "path")]
    parts = given[0].named_children if given[0].type == "array" else given
    return [text_at(scan, part) for part in parts]
