"""Calls over the network in Java and Kotlin: clients of libraries, how each says its target."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, remote
from assessor.collect.languages.jvm_names import type_written
from assessor.collect.languages.jvm_texts import UNKNOWN, value
from assessor.collect.languages.jvm_tree import (
    Call,
    Client,
    Code,
    Mark,
    OfCall,
    OfMark,
    call_at,
    chain_above,
    chain_below,
    method_around,
    text_of,
)

_VERBS = ("get", "post", "put", "delete", "patch", "head", "options")
_METHOD = re.compile(r"(?:\w+\s*\.\s*)*\"?([A-Z]{3,7})\"?(?:\s*\(\s*\))?")
_PATH_IN = re.compile(r"\.\s*path\s*\(\s*\"([^\"\\]*)\"")
_URL_IN = re.compile(r"\burl\s*\(\s*\"([^\"\\]*)\"")
_BASE = re.compile(rb"\b(?:baseUrl|rootUri|(?:WebClient|RestClient)\s*\.\s*create)\s*\(")
_SET_METHOD = re.compile(r"(?:setRequestMethod\s*\(|requestMethod\s*=)\s*\"([A-Z]+)\"")
_HTTP_CONNECTION = re.compile(r"\bHttps?URLConnection\b")


def _http(
    code: Code, call: Call, framework: str, *, target: Node | str | None, method: str
) -> Iterator[Row]:
    said = target if isinstance(target, str) or target is None else value(code, target)
    yield remote(call.line, protocol="http", framework=framework, target=said, method=method)


def _argument(call: Call, at: int = 0) -> Node | None:
    return call.given[at] if len(call.given) > at else None


def asked(method: str, *, framework: str) -> OfCall:
    """A call whose first argument is the address."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        yield from _http(code, call, framework, target=_argument(call), method=method)

    return found


def exchanged(framework: str) -> OfCall:
    """A call with the address, then the method: `exchange(url, HttpMethod.PUT, …)`."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        method = _verb(_argument(call, 1))
        yield from _http(code, call, framework, target=_argument(call), method=method)

    return found


def _verb(node: Node | None) -> str:
    match = _METHOD.fullmatch(text_of(node)) if node is not None else None
    return match[1] if match is not None and match[1].lower() in _VERBS else "ANY"


def _verb_of(calls: Iterator[Call]) -> str:
    """The method that calls of a chain say: `.post(…)`, `.method("PUT", …)`, "" = none does."""
    for call in calls:
        if call.name.lower() in _VERBS:
            return call.name.upper()
        if call.name == "method":
            return _verb(_argument(call))
    return ""


def with_uri(framework: str) -> OfCall:
    """`client.get().uri("/x")`, after the base of the only client that the file makes."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        given = _argument(call)
        path = _in_lambda(given, _PATH_IN) or value(code, given)
        whole = f"{_base(code)}{path}" if path is not None and path[:1] == "/" else path
        method = _verb_of(chain_below(call)) or "ANY"
        yield from _http(code, call, framework, target=whole, method=method)

    return found


def _in_lambda(given: Node | None, pattern: re.Pattern[str]) -> str | None:
    if given is None or "lambda" not in given.type:
        return None
    match = pattern.search(text_of(given))
    return match[1] if match is not None else UNKNOWN


def _base(code: Code) -> str:
    source = code.root.text or b""
    places = [match.end() for match in _BASE.finditer(source)][:3]
    found: set[str] = set()
    for end in places:
        name = re.search(rb"(\w+)\s*\($", source[max(0, end - 60) : end])
        call = call_at(code.root, end - len(name[0])) if name is not None else None
        text = value(code, _argument(call)) if call is not None else None
        found.add(text or UNKNOWN)
    return found.pop().rstrip("/") if len(found) == 1 else ""


def _builder(code: Code, call: Call) -> Iterator[Row]:
    """`HttpRequest.newBuilder(uri)`, or `.uri(…)` behind it."""
    chain = list(chain_above(call))
    later = next((each for each in chain if each.name == "uri"), None)
    target = _argument(call) or (_argument(later) if later is not None else None)
    built = any(each.name == "build" for each in chain)
    method = _verb_of(iter(chain)) or ("GET" if built else "ANY")
    yield from _http(code, call, "java-http", target=target, method=method)


def _url(code: Code, call: Call) -> Iterator[Row]:
    """`new Request.Builder().url(…).post(…)` of OkHttp."""
    chain = [*chain_below(call), *chain_above(call)]
    built = any(each.name == "build" for each in chain)
    method = _verb_of(iter(chain)) or ("GET" if built else "ANY")
    yield from _http(code, call, "okhttp", target=_argument(call), method=method)


def _connection(code: Code, call: Call) -> Iterator[Row]:
    """`(HttpURLConnection) url.openConnection()`; the method where one is set once."""
    target = value(code, call.receiver)
    if not (target or "").startswith("http") and not _is_http(call):
        return
    outer = method_around(call.node)
    methods = set(_SET_METHOD.findall(text_of(outer if outer is not None else code.root)))
    method = methods.pop() if len(methods) == 1 else "ANY"
    yield from _http(code, call, "java-net", target=target, method=method)


def _is_http(call: Call) -> bool:
    """Whether what a call gives is cast to a connection of HTTP."""
    around = call.node.parent
    while around is not None and around.type == "parenthesized_expression":
        around = around.parent
    casts = around is not None and around.type in {"cast_expression", "as_expression"}
    return casts and _HTTP_CONNECTION.search(text_of(around)) is not None


def _target(code: Code, call: Call) -> Iterator[Row]:
    """`client.target("…").path("x").request().get()`; what is kept is told where it is asked."""
    chain = list(chain_above(call))
    names = [each.name for each in chain]
    if "request" not in names:
        if b".request(" not in (code.root.text or b""):
            yield from _http(code, call, "jax-rs", target=_argument(call), method="ANY")
        return
    asks = chain[names.index("request")]
    method = _verb_of(chain_above(asks)) or "ANY"
    yield from _http(code, call, "jax-rs", target=asks.receiver, method=method)


def _requested(code: Code, call: Call) -> Iterator[Row]:
    """`target.path("x").request().get()` on a target that was made elsewhere."""
    if not any(each.name == "target" for each in chain_below(call)):
        method = _verb_of(chain_above(call)) or "ANY"
        yield from _http(code, call, "jax-rs", target=call.receiver, method=method)


def _resource(code: Code, call: Call) -> Iterator[Row]:
    method = _verb_of(chain_above(call)) or "ANY"
    yield from _http(code, call, "jersey", target=_argument(call), method=method)


def _ktor(code: Code, call: Call) -> Iterator[Row]:
    given = _argument(call)
    target = _in_lambda(given, _URL_IN) or value(code, given)
    verb = call.name.upper() if call.name in _VERBS else "ANY"
    yield from _http(code, call, "ktor", target=None if target == UNKNOWN else target, method=verb)


def told(protocol: str, *, framework: str, at: int | None = 0, least: int = 1) -> OfCall:
    """A call of another protocol. at: the argument with the target. least: arguments needed."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        given = _argument(call, at) if at is not None and len(call.given) >= least else None
        yield remote(call.line, protocol=protocol, framework=framework, target=value(code, given))

    return found


def made_for(method: str, framework: str) -> OfCall:
    """`new HttpGet("…")`."""
    return asked(method, framework=framework)


def field_of_type(protocol: str, framework: str, *, key: str = "") -> OfMark:
    """A field that a stub is put into: its type is what is called, or the argument `key` names."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        given = mark.given.get(key, ()) if key else ()
        named = value(code, given[0]) if given else None
        written = type_written(mark.declared).partition("<")[0].rpartition(".")[2]
        target = named or (None if key else written) or None
        if target is not None or key:
            yield remote(mark.line, protocol=protocol, framework=framework, target=target)

    return found


def stub(line: int, service: str) -> Row:
    """A stub of gRPC for a service."""
    return remote(line, protocol="grpc", framework="grpc", target=service)


_REST_TEMPLATE: Mapping[str, OfCall] = {
    name: asked(method, framework="spring-rest-template")
    for name, method in {
        "getForObject": "GET", "getForEntity": "GET", "postForObject": "POST",
        "postForEntity": "POST", "postForLocation": "POST", "put": "PUT", "delete": "DELETE",
        "patchForObject": "PATCH", "headForHeaders": "HEAD", "optionsForAllow": "OPTIONS",
    }.items()
} | {
    "exchange": exchanged("spring-rest-template"),
    "execute": exchanged("spring-rest-template"),
}  # fmt: skip
_JAX_RS = {"target": _target}
_SIMPLE = {verb: verb.upper() for verb in _VERBS}


def _static(framework: str) -> Client:
    return Client({verb: asked(verb.upper(), framework=framework) for verb in _VERBS})


CLIENTS: Mapping[str, Client] = {
    "org.springframework.web.client.RestTemplate": Client(_REST_TEMPLATE),
    "org.springframework.web.client.RestOperations": Client(_REST_TEMPLATE),
    "org.springframework.web.client.AsyncRestTemplate": Client(_REST_TEMPLATE),
    "org.springframework.web.client.RestClient": Client(
        {"uri": with_uri("spring-rest-client")}, fluent=True
    ),
    "org.springframework.web.reactive.function.client.WebClient": Client(
        {"uri": with_uri("spring-web-client")}, fluent=True
    ),
    "java.net.http.HttpRequest": Client({"newBuilder": _builder}),
    "java.net.URL": Client({"openConnection": _connection}),
    "okhttp3.Request.Builder": Client({"url": _url}, fluent=True),
    **{
        f"{root}.ws.rs.client.{name}": Client(methods, fluent=True)
        for root in ("javax", "jakarta")
        for name, methods in {
            "Client": _JAX_RS, "ClientBuilder": _JAX_RS, "WebTarget": {"request": _requested},
        }.items()
    },
    "com.sun.jersey.api.client.Client": Client({"resource": _resource}, fluent=True),
    "io.ktor.client.HttpClient": Client(
        {**dict.fromkeys(_VERBS, _ktor), "request": _ktor}
    ),
    "org.apache.http.client.fluent.Request": Client(
        {verb.capitalize(): asked(verb.upper(), framework="apache-http") for verb in _VERBS}
    ),
    "cn.hutool.http.HttpUtil": _static("hutool"),
    "cn.hutool.http.HttpRequest": _static("hutool"),
    "kong.unirest.Unirest": _static("unirest"),
    "com.mashape.unirest.http.Unirest": _static("unirest"),
    "java.rmi.Naming": Client({"lookup": told("rmi", framework="java-rmi")}),
    "java.rmi.registry.Registry": Client({"lookup": told("rmi", framework="java-rmi")}),
    "org.springframework.ws.client.core.WebServiceTemplate": Client(
        {
            name: told("soap", framework="spring-ws", least=2)
            for name in ("marshalSendAndReceive", "sendSourceAndReceiveToResult")
        }
    ),
    "org.apache.cxf.jaxws.JaxWsProxyFactoryBean": Client(
        {"setAddress": told("soap", framework="cxf")}
    ),
}  # fmt: skip
MADE: Mapping[str, OfCall] = {
    **{
        f"{package}.Http{verb.capitalize()}": made_for(verb.upper(), "apache-http")
        for package in (
            "org.apache.http.client.methods", "org.apache.hc.client5.http.classic.methods",
        )
        for verb in _VERBS
    },
    **{
        f"org.apache.commons.httpclient.methods.{verb.capitalize()}Method": made_for(
            verb.upper(), "apache-http"
        )
        for verb in _VERBS
    },
}  # fmt: skip
MARKS: Mapping[str, OfMark] = {
    **dict.fromkeys(
        (
            "org.apache.dubbo.config.annotation.DubboReference",
            "org.apache.dubbo.config.annotation.Reference",
            "com.alibaba.dubbo.config.annotation.Reference",
        ),
        field_of_type("dubbo", "dubbo"),
    ),
    **dict.fromkeys(
        ("javax.xml.ws.WebServiceRef", "jakarta.xml.ws.WebServiceRef"),
        field_of_type("soap", "jax-ws"),
    ),
    **dict.fromkeys(
        ("net.devh.boot.grpc.client.inject.GrpcClient", "io.quarkus.grpc.GrpcClient"),
        field_of_type("grpc", "grpc", key="value"),
    ),
}
