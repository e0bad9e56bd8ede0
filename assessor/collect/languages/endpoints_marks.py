"""Annotations of Java and Kotlin that speak of requests, in files whose imports know them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages.endpoints_calls import routes
from assessor.collect.languages.endpoints_texts import (
    Constants,
    constants_of,
    folded,
    text_of,
)

# A row: type (`Outer.Inner`), its method or "", byte where what is marked starts, line of the
# mark, what it says, arguments by name.
Row = list[object]

_SPRING = "org.springframework.web.bind.annotation"
_STRIPES = "net.sourceforge.stripes.action"
_VERBS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
_JAX_RS = {"Path": "jax-rs:path", "ApplicationPath": "jax-rs:application"} | {
    verb: f"jax-rs:{verb}" for verb in _VERBS
}
_SERVLET = {"WebServlet": "servlet:servlet"}
# Package -> simple name -> what it says.
_KNOWN: Mapping[str, Mapping[str, str]] = {
    _SPRING: {
        "RequestMapping": "spring:ANY",
        "RestController": "spring:controller",
        **{f"{verb.capitalize()}Mapping": f"spring:{verb}" for verb in _VERBS[:5]},
    },
    "org.springframework.stereotype": {"Controller": "spring:controller"},
    "org.springframework.cloud.openfeign": {"FeignClient": "client"},
    "org.springframework.cloud.netflix.feign": {"FeignClient": "client"},
    "org.eclipse.microprofile.rest.client.inject": {"RegisterRestClient": "client"},
    "io.micronaut.http.client.annotation": {"Client": "client"},
    "javax.ws.rs": _JAX_RS,
    "jakarta.ws.rs": _JAX_RS,
    "javax.servlet.annotation": _SERVLET,
    "jakarta.servlet.annotation": _SERVLET,
    "org.apache.struts2.convention.annotation": {
        "Action": "struts:action",
        "Namespace": "struts:namespace",
    },
    _STRIPES: {
        "UrlBinding": "stripes:binding",
        "DefaultHandler": "stripes:default",
        "HandlesEvent": "stripes:event",
    },
    "io.micronaut.http.annotation": {
        "Controller": "micronaut:controller",
        **{verb.capitalize(): f"micronaut:{verb}" for verb in _VERBS},
    },
}
_ROOTS = tuple({".".join(package.split(".")[:3]) for package in _KNOWN})

_FUNCTIONS = (
    "org.springframework.web.reactive.function.server",
    "org.springframework.web.servlet.function",
)
_RESOLUTION = re.compile(rb"\b\w*Resolution\s+(\w+)\s*\(")
_ARRAYS = {"element_value_array_initializer", "collection_literal"}
_TYPES = {
    "class_declaration", "interface_declaration", "record_declaration", "enum_declaration",
    "object_declaration",
}  # fmt: skip
_METHODS = {"method_declaration", "function_declaration"}
_TERM = r"(?:\"(?:[^\"\\\\\n]|\\\\.)*\"|[\w.]+)"
_VALUE = rf"\s*=\s*({_TERM}(?:\s*\+\s*{_TERM})*)"
_CONSTANT = {
    "java": rf"\bString\s+NAME{_VALUE}",
    "kotlin": rf"\bval\s+NAME(?:\s*:\s*String)?{_VALUE}",
}


def marks(source: bytes, root: Node, imports: Sequence[str], *, language: str) -> list[Row]:
    """A row for each annotation of a known framework, in order; none where no import names one."""
    known = _imported(imports)
    beans = any(name.startswith(_STRIPES) for name in imports)
    functions = any(name.removeprefix("static ").startswith(_FUNCTIONS) for name in imports)
    if not (known or beans or functions):
        return []
    constants = constants_of(source, root, _CONSTANT[language])
    found = list(_annotated(source, root, known, constants=constants))
    found += _events(source, root) if beans else ()
    found += routes(source, root, constants) if functions else ()
    return found


def marked(
    source: bytes, root: Node, imports: Sequence[str], *, language: str
) -> dict[str, list[Row]]:
    """The rows of `marks` as facts of a file: none where there are none."""
    rows = marks(source, root, imports, language=language)
    return {"endpoints": rows} if rows else {}


def _imported(imports: Sequence[str]) -> dict[str, str]:
    """Simple name -> what it says, of all names that the imports bring."""
    known: dict[str, str] = {}
    for name in imports:
        if name.startswith(_ROOTS):
            package, _, last = name.partition(" as ")[0].rpartition(".")
            said = _KNOWN.get(package, {})
            known |= said if last == "*" else {last: said[last]} if last in said else {}
    return known


def _annotated(
    source: bytes, root: Node, known: Mapping[str, str], *, constants: Constants
) -> Iterator[Row]:
    if not known:
        return
    pattern = re.compile(rf"@(?:\w+:)?\s*({'|'.join(sorted(known))})\b".encode())
    for match in pattern.finditer(source):
        mark = _mark(root, match.start(1))
        declared = _declared(mark) if mark is not None else None
        if mark is None or declared is None:
            continue
        type_, member = owner(declared)
        said = known[match[1].decode()]
        arguments = _arguments(mark, constants)
        yield [type_, member, declared.start_byte, line_of(mark), said, arguments]


def _mark(root: Node, at: int) -> Node | None:
    """The annotation with the name at this byte; None in comments, texts, longer names."""
    node = root.descendant_for_byte_range(at, at)
    if node is None or node.type not in {"identifier", "type_identifier"}:
        return None
    while node is not None and node.type in {
        "identifier", "type_identifier", "user_type", "constructor_invocation",
    }:  # fmt: skip
        node = node.parent
    return node if node is not None and node.type.endswith("annotation") else None


def _declared(mark: Node) -> Node | None:
    """The class or method that an annotation stands at; those inside of another one count too."""
    node = mark.parent
    while node is not None and node.type != "modifiers":
        if node.type.endswith(("declaration", "body", "parameter")):
            return None
        node = node.parent
    declared = node.parent if node is not None else None
    return declared if declared is not None and declared.type in _TYPES | _METHODS else None


def owner(node: Node) -> tuple[str, str]:
    """Dotted name of the class around, and the method, "" where the node is the class."""
    names: list[str] = []
    member = ""
    at: Node | None = node
    while at is not None:
        name = at.child_by_field_name("name")
        if at.type in _TYPES and name is not None:
            names.append(text_of(name))
        elif at.type in _METHODS and name is not None and not names:
            member = text_of(name)
        at = at.parent
    return ".".join(reversed(names)), member


def _arguments(mark: Node, constants: Constants) -> dict[str, list[str]]:
    """Name of the argument -> its values; `value` is the name of what has none."""
    found: dict[str, list[str]] = {}
    for argument in _given(mark):
        name, value = _named(argument)
        if value is not None:
            found.setdefault(name, []).extend(_values(value, constants, name=name))
    return found


def _given(mark: Node) -> list[Node]:
    for child in mark.named_children:
        if child.type in {"annotation_argument_list", "value_arguments"}:
            return [part for part in child.named_children if "comment" not in part.type]
        if child.type == "constructor_invocation":
            return _given(child)
    return []


def _named(argument: Node) -> tuple[str, Node | None]:
    """`name = value` of Java or Kotlin, or a value alone."""
    key = argument.child_by_field_name("key")
    if key is not None:
        return text_of(key), argument.child_by_field_name("value")
    if argument.type != "value_argument":
        return "value", argument
    parts = argument.named_children
    if any(child.type == "=" for child in argument.children):
        return text_of(parts[0]), parts[-1]
    return "value", parts[-1] if parts else None


def _values(value: Node, constants: Constants, *, name: str) -> list[str]:
    if value.type in _ARRAYS:
        return [
            one for part in value.named_children for one in _values(part, constants, name=name)
        ]
    text = text_of(value)
    if text.startswith("arrayOf(") and text.endswith(")"):
        return [folded(one, constants, fills=True) for one in text[8:-1].split(",")]
    if "comment" in value.type or value.type == "annotation":
        return []
    if name == "method":
        return [text.rpartition(".")[2]]
    kotlin = "string_content" in {part.type for part in value.named_children}
    return [folded(text, constants, fills=kotlin)]


def _events(source: bytes, root: Node) -> Iterator[Row]:
    """Methods of Stripes that answer: those that give a resolution."""
    for match in _RESOLUTION.finditer(source):
        node = root.descendant_for_byte_range(match.start(1), match.start(1))
        method = node.parent if node is not None else None
        if node is None or method is None or method.type not in _METHODS:
            continue
        before = source[method.start_byte : match.start()].split()
        if b"public" in before and b"static" not in before:
            type_, member = owner(method)
            yield [type_, member, method.start_byte, line_of(node), "stripes:method", {}]


def line_of(node: Node) -> int:
    """The line on which a node begins."""
    return node.start_point[0] + 1
