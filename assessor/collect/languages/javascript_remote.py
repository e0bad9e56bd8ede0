"""Calls over the network that scripts make: HTTP clients, GraphQL, gRPC, SOAP, sockets."""

import re
from collections.abc import Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, remote
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_calls import (
    Call,
    Maker,
    argument,
    option,
    receiver,
    source,
    text,
    whole,
)
from assessor.collect.languages.javascript_folding import UNKNOWN, joined
from assessor.collect.languages.javascript_scene import callee

_ADDRESS = ("url", "uri")
_BASES = ("baseURL", "prefixUrl", "prefix", "uri", "url", "baseUrl")
_METHOD = re.compile(r"[A-Za-z]{3,10}")
_OPERATION = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)|\{\s*(\w+)")
_NAMED = {"del": "DELETE", "delete": "DELETE", "jsonp": "GET"}


def by_verb(call: Call) -> Sequence[Row]:
    """`client.get(url)`: the method is the name that is called."""
    method = _NAMED.get(call.verb, call.verb.upper())
    return [_http(call, _url(call, argument(call, 0)), method)]


def by_options(call: Call) -> Sequence[Row]:
    """`fetch(url, {method})`, `axios({url, method})`: GET where nothing else is said."""
    first = argument(call, 0)
    if first is None:
        return []
    place = 0 if first.type == "object" else 1
    return [_http(call, _url(call, first), _method(call, place))]


def by_name(call: Call) -> Sequence[Row]:
    """`client.request('GET', url)`, as in Angular and superagent."""
    first, second = argument(call, 0), argument(call, 1)
    if second is None:
        return by_options(call)
    method = text(call, first) or ""
    said = method.upper() if _METHOD.fullmatch(method) else "ANY"
    return [_http(call, _url(call, second), said)]


def of_node(call: Call) -> Sequence[Row]:
    """`http.request(options)`, `http.get(url)`: host, port and path where there is no address."""
    first = argument(call, 0)
    if first is None:
        return []
    target = _url(call, first)
    if first.type == "object":
        target = _placed(call)
    place = 0 if first.type == "object" else 1
    method = "GET" if call.verb == "get" else _method(call, place)
    return [_http(call, target, method)]


def _placed(call: Call) -> str | None:
    host = option(call, ("hostname", "host"), place=0)
    path, port = option(call, ("path",), place=0), option(call, ("port",), place=0)
    known = [text(call, one) for one in (host, path)]
    if known == [None, None]:
        return None
    begin = whole(call, host) if host is not None else UNKNOWN
    middle = f":{whole(call, port)}" if port is not None else ""
    return f"{begin}{middle}{whole(call, path) if path is not None else ''}"


def _http(call: Call, target: str | None, method: str) -> Row:
    return remote(
        call.line, protocol="http", framework=call.framework, target=target, method=method
    )


def _method(call: Call, place: int) -> str:
    given = argument(call, place)
    said = option(call, ("method",), place=place)
    if said is None:
        plain = given is None or (given.type == "object" and "..." not in text_of(given))
        return "GET" if plain else "ANY"
    method = text(call, said) or ""
    return method.upper() if _METHOD.fullmatch(method) else "ANY"


def _url(call: Call, first: Node | None) -> str | None:
    if first is not None and first.type == "object":
        first = option(call, _ADDRESS, place=0)
    target = whole(call, first) if first is not None else UNKNOWN
    base = _base(call)
    if base and "://" not in target:
        target = joined(base, target)
    return target if target.replace(UNKNOWN, "").strip() else None


def _base(call: Call) -> str:
    """The address that the client was made with, in this file."""
    own = option(call, ("baseURL", "prefixUrl", "prefix"))
    if own is not None:
        return whole(call, own)
    made = source(call, receiver(call) or callee(call.node))
    if made is None or made.node.id == call.node.id:
        return ""
    first = argument(made, 0)
    found = option(made, _BASES) or (first if made.node.type == "new_expression" else None)
    return whole(made, found) if found is not None and found.type != "object" else ""


def graphql(call: Call) -> Sequence[Row]:
    """`useQuery(QUERY)`, `client.query({query})`, `request(url, document)`."""
    first = argument(call, 0)
    inner = option(call, ("query", "mutation", "document"), place=0) if first is not None else None
    document = inner or first
    target = None
    second = argument(call, 1)
    if call.verb in {"request", "rawRequest"} and second is not None and inner is None:
        begins = text(call, first) or ""
        if "://" in begins or begins.startswith("/"):
            document, target = second, begins
    target = target or _base(call) or None
    name = _operation(call, document)
    return [
        remote(call.line, protocol="graphql", framework=call.framework, target=target, method=name)
    ]


def _operation(call: Call, document: Node | None) -> str:
    """The name of the operation in a document, or that of the constant that holds it."""
    if document is None:
        return "ANY"
    written = whole(call, document)
    made = source(call, document)
    if made is not None:
        written = text_of(made.node)
    found = _OPERATION.search(written)
    if found and (made is not None or "{" in written.replace(UNKNOWN, "")):
        return found[1] or found[2]
    return text_of(document) if document.type == "identifier" else "ANY"


def nest_grpc(call: Call) -> Sequence[Row]:
    """`client.getService<Orders>('Orders')` of NestJS."""
    return [
        remote(
            call.line,
            protocol="grpc",
            framework=call.framework,
            target=text(call, argument(call, 0)),
        )
    ]


def placed(protocol: str) -> Maker:
    """A client that is made with an address: gRPC, SOAP, sockets."""

    def rows(call: Call) -> Sequence[Row]:
        target = text(call, argument(call, 0))
        return [remote(call.line, protocol=protocol, framework=call.framework, target=target)]

    return rows


_VERBS: Mapping[str, Maker] = dict.fromkeys(
    ("get", "post", "put", "patch", "delete", "head", "options"), by_verb
)
_AXIOS: Mapping[str, Maker] = {
    **_VERBS,
    "request": by_options,
    "postForm": lambda call: [_http(call, _url(call, argument(call, 0)), "POST")],
    "putForm": lambda call: [_http(call, _url(call, argument(call, 0)), "PUT")],
    "()": by_options,
}
_GRAPHQL: Mapping[str, Maker] = dict.fromkeys(
    ("useQuery", "useLazyQuery", "useMutation", "useSubscription", "useSuspenseQuery"), graphql
)
_APOLLO: Mapping[str, Maker] = dict.fromkeys(("query", "mutate", "subscribe"), graphql)
_REQUEST: Mapping[str, Maker] = {**_VERBS, "del": by_verb, "()": by_options}
_UNDICI: Mapping[str, Maker] = dict.fromkeys(("request", "fetch", "stream"), by_options)

# Clients by module and path -> (framework, what each of its names does).
REMOTE: Mapping[str, tuple[str, Mapping[str, Maker]]] = {
    "@angular/common/http:HttpClient()": ("angular", {**_VERBS, "request": by_name,
                                                      "jsonp": by_verb}),
    "@apollo/client:": ("apollo", _GRAPHQL),
    "@apollo/client:ApolloClient()": ("apollo", _APOLLO),
    "@apollo/client:useApolloClient()": ("apollo", _APOLLO),
    "@global:": ("fetch", {"fetch": by_options, "WebSocket": placed("websocket")}),
    "@global:globalThis": ("fetch", {"fetch": by_options}),
    "@global:window": ("fetch", {"fetch": by_options}),
    "@nestjs/axios:HttpService()": ("nest", _AXIOS),
    "@nestjs/axios:HttpService().axiosRef": ("nest", _AXIOS),
    "@nestjs/common:HttpService()": ("nest", _AXIOS),
    "@nestjs/microservices:ClientGrpc()": ("nest", {"getService": nest_grpc}),
    "@nestjs/microservices:ClientGrpcProxy()": ("nest", {"getService": nest_grpc}),
    "apollo-client:ApolloClient()": ("apollo", _APOLLO),
    "axios:": ("axios", _AXIOS),
    "axios:Axios()": ("axios", _AXIOS),
    "axios:AxiosInstance()": ("axios", _AXIOS),
    "axios:AxiosStatic()": ("axios", _AXIOS),
    "axios:create()": ("axios", _AXIOS),
    "cross-fetch:": ("cross-fetch", {"()": by_options, "fetch": by_options}),
    "got:": ("got", {**_VERBS, "()": by_options, "stream": by_options, "got": by_options}),
    "got:extend()": ("got", {**_VERBS, "()": by_options}),
    "got:got": ("got", {**_VERBS, "()": by_options}),
    "graphql-request:": ("graphql-request", {"request": graphql, "rawRequest": graphql}),
    "graphql-request:GraphQLClient()": ("graphql-request", {"request": graphql,
                                                            "rawRequest": graphql}),
    "http:": ("http", {"request": of_node, "get": of_node}),
    "https:": ("http", {"request": of_node, "get": of_node}),
    "ky:": ("ky", {**_VERBS, "()": by_options}),
    "ky:create()": ("ky", {**_VERBS, "()": by_options}),
    "ky:extend()": ("ky", {**_VERBS, "()": by_options}),
    "needle:": ("needle", {**_VERBS, "()": by_name}),
    "node-fetch:": ("node-fetch", {"()": by_options}),
    "request-promise-native:": ("request", _REQUEST),
    "request-promise:": ("request", _REQUEST),
    "request:": ("request", _REQUEST),
    "request:defaults()": ("request", _REQUEST),
    "soap:": ("soap", dict.fromkeys(("createClient", "createClientAsync"), placed("soap"))),
    "socket.io-client:": ("socket.io", dict.fromkeys(("()", "io", "connect"),
                                                     placed("websocket"))),
    "superagent:": ("superagent", {**_REQUEST, "()": by_name}),
    "undici:": ("undici", _UNDICI),
    "undici:Client()": ("undici", dict.fromkeys(("request", "stream"), of_node)),
    "undici:Pool()": ("undici", dict.fromkeys(("request", "stream"), of_node)),
    "urql:": ("urql", _GRAPHQL),
    "ws:": ("ws", {"()": placed("websocket"), "WebSocket": placed("websocket")}),
}  # fmt: skip
