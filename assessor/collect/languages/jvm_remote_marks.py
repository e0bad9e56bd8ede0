"""Clients of HTTP that are declared as interfaces: Feign, HTTP interfaces of Spring, Retrofit."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, remote
from assessor.collect.languages.jvm_texts import value, without_default
from assessor.collect.languages.jvm_tree import (
    METHODS,
    TYPES,
    Code,
    Mark,
    OfMark,
    body_of,
    given_to,
    holder,
    line_of,
    marks_of,
)

_VERBS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
_INTERFACE = frozenset({"interface_declaration", "class_declaration"})
_PATHS = ("value", "path", "url", "uri")
_SPRING = {f"{verb.capitalize()}Mapping": verb for verb in _VERBS} | {"RequestMapping": "ANY"}
_JAX_RS = {verb: verb for verb in _VERBS}
_MICRONAUT = {verb.capitalize(): verb for verb in _VERBS}


def _first(code: Code, given: Mapping[str, tuple[Node, ...]], names: tuple[str, ...]) -> str:
    """The text of the first of these arguments that has one."""
    found = (value(code, given[name][0]) for name in names if given.get(name))
    return without_default(next((text for text in found if text), ""))


def _joined(*parts: str) -> str:
    """Address, prefix and path with one stroke between."""
    kept = [part for part in parts if part]
    whole = kept[0] if kept else ""
    for part in kept[1:]:
        whole = f"{whole.rstrip('/')}/{part.lstrip('/')}"
    return whole


def interface(
    framework: str,
    verbs: Mapping[str, str],
    *,
    address: tuple[str, ...],
    prefix: tuple[str, ...] = (),
    path: str = "",
) -> OfMark:
    """A row for each method of an interface that an annotation makes a client.

    verbs: annotation of a method -> what it sends. address, prefix: arguments of the client's
    own annotation. path: the annotation that holds paths where those of verbs do not.
    """

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        if mark.declared.type not in _INTERFACE:
            return
        base = _joined(_first(code, mark.given, address), _first(code, mark.given, prefix))
        base = _joined(base, _prefix(code, mark.declared, path or "RequestMapping"))
        rows = list(_methods(code, mark.declared, verbs, base=base, path=path, name=framework))
        yield from rows or [_row(mark.line, framework, base, method="ANY")]

    return found


def _row(line: int, framework: str, target: str, *, method: str) -> Row:
    return remote(line, protocol="http", framework=framework, target=target or None, method=method)


def _prefix(code: Code, type_: Node, name: str) -> str:
    return next(
        (_first(code, given_to(mark), _PATHS) for each, mark in marks_of(type_) if each == name),
        "",
    )


def _methods(
    code: Code, type_: Node, verbs: Mapping[str, str], *, base: str, path: str, name: str
) -> Iterator[Row]:
    for member in body_of(type_):
        marks = list(marks_of(member)) if member.type in METHODS else []
        for each, mark in marks:
            if each in verbs:
                given = given_to(mark)
                at = _prefix(code, member, path) if path else _first(code, given, _PATHS)
                method = _asked(given, verbs[each])
                yield _row(line_of(mark), name, _joined(base, at), method=method)


def _asked(given: Mapping[str, tuple[Node, ...]], verb: str) -> str:
    """`@RequestMapping(method = RequestMethod.PUT)` says the method by an argument."""
    node = given["method"][0] if verb == "ANY" and given.get("method") else None
    text = (node.text or b"").decode(errors="replace").rpartition(".")[2] if node else verb
    return text.strip('"') if text.strip('"') in _VERBS else "ANY"


def _exchange(verb: str) -> OfMark:
    """A method of an HTTP interface of Spring, below the path of its type."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        type_ = holder(mark.declared, TYPES)
        if mark.declared.type in METHODS and type_ is not None and _is_interface(type_):
            base = _prefix(code, type_, "HttpExchange")
            target = _joined(base, _first(code, mark.given, ("value", "url")))
            method = _first(code, mark.given, ("method",)) if verb == "ANY" else verb
            yield _row(mark.line, "spring-http-interface", target, method=method or "ANY")

    return found


def _is_interface(type_: Node) -> bool:
    return any(
        child.type in {"interface", "interface_declaration"} for child in type_.children
    ) or (type_.type == "interface_declaration")


def _retrofit(verb: str) -> OfMark:
    def found(code: Code, mark: Mark) -> Iterator[Row]:
        if mark.declared.type in METHODS:
            method = verb or _first(code, mark.given, ("method",)) or "ANY"
            target = _first(code, mark.given, ("value", "path"))
            yield _row(mark.line, "retrofit", target, method=method)

    return found


def _request_line(code: Code, mark: Mark) -> Iterator[Row]:
    """`@RequestLine("GET /x")` of Feign alone."""
    method, _, path = _first(code, mark.given, ("value",)).partition(" ")
    if method in _VERBS:
        yield _row(mark.line, "feign", path.strip(), method=method)


_FEIGN = interface("feign", _SPRING, address=("url", "name", "value"), prefix=("path",))
_MICROPROFILE = interface(
    "microprofile-rest-client", _JAX_RS, address=("baseUri", "configKey"), path="Path"
)
MARKS: Mapping[str, OfMark] = {
    "org.springframework.cloud.openfeign.FeignClient": _FEIGN,
    "org.springframework.cloud.netflix.feign.FeignClient": _FEIGN,
    "org.eclipse.microprofile.rest.client.inject.RegisterRestClient": _MICROPROFILE,
    "io.micronaut.http.client.annotation.Client": interface(
        "micronaut", _MICRONAUT, address=("value", "id"), prefix=("path",)
    ),
    "feign.RequestLine": _request_line,
    **{
        f"org.springframework.web.service.annotation.{verb.capitalize()}Exchange": _exchange(verb)
        for verb in _VERBS
    },
    "org.springframework.web.service.annotation.HttpExchange": _exchange("ANY"),
    **{f"retrofit2.http.{verb}": _retrofit(verb) for verb in _VERBS},
    "retrofit2.http.HTTP": _retrofit(""),
}
