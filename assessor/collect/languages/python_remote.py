"""Calls over the network in a Python file: HTTP clients, gRPC, SOAP, XML-RPC, cloud services."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import remote
from assessor.collect.languages.python_deeds import deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import Look, argument, calls, keywords, line_of
from assessor.collect.languages.python_origins import Origin, origin
from assessor.collect.languages.python_said import FILLED, exact, said

_VERBS = frozenset(("get", "post", "put", "patch", "delete", "head", "options"))
HTTP_ROOTS = frozenset(
    [
        "requests",
        "httpx",
        "aiohttp",
        "urllib",
        "urllib2",
        "urllib3",
        "http",
        "httplib",
        "httplib2",
        "niquests",
        "treq",
        "requests_oauthlib",
        "requests_cache",
        "requests_futures",
        "requests_toolbelt",
        "gql",
    ]
)
HTTP_CALLS = re.compile(
    rb"\b(get|post|put|patch|delete|head|options|request|stream|urlopen|urlretrieve|ws_connect"
    rb"|\w+Transport)\s*\("
)
_SESSIONS = [
    "requests",
    "requests.api",
    "requests.Session",
    "requests.session",
    "requests.sessions.Session",
    "httpx",
    "httpx.Client",
    "httpx.AsyncClient",
    "aiohttp",
    "aiohttp.ClientSession",
    "aiohttp.client.ClientSession",
    "urllib3",
    "urllib3.PoolManager",
    "urllib3.ProxyManager",
    "urllib3.HTTPConnectionPool",
    "urllib3.HTTPSConnectionPool",
    "http.client.HTTPConnection",
    "http.client.HTTPSConnection",
    "httplib.HTTPConnection",
    "httplib.HTTPSConnection",
    "httplib2.Http",
    "niquests",
    "niquests.Session",
    "niquests.AsyncSession",
    "treq",
    "requests_oauthlib.OAuth2Session",
    "requests_oauthlib.OAuth1Session",
    "requests_cache.CachedSession",
    "requests_futures.sessions.FuturesSession",
]
_OPENERS = frozenset(
    ("urllib.request.urlopen", "urllib.urlopen", "urllib2.urlopen", "urllib.request.urlretrieve")
)
_REQUESTS = frozenset(("urllib.request.Request", "urllib2.Request"))
# Class -> place and name of the address that all its calls start with.
_BASES: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "httpx.Client": (-1, ("base_url",)),
    "httpx.AsyncClient": (-1, ("base_url",)),
    "aiohttp.ClientSession": (0, ("base_url",)),
    "aiohttp.client.ClientSession": (0, ("base_url",)),
    "niquests.Session": (-1, ("base_url",)),
    "http.client.HTTPConnection": (0, ("host",)),
    "http.client.HTTPSConnection": (0, ("host",)),
    "httplib.HTTPConnection": (0, ("host",)),
    "httplib.HTTPSConnection": (0, ("host",)),
    "urllib3.HTTPConnectionPool": (0, ("host",)),
    "urllib3.HTTPSConnectionPool": (0, ("host",)),
}
_IN_PROCESS = frozenset(("app", "transport"))  # a client with these may answer itself

SERVICE_ROOTS = frozenset(
    ["grpc", "zeep", "suds", "xmlrpc", "xmlrpclib", "boto3", "aioboto3", "botocore"]
)
SERVICE_CALLS = re.compile(rb"\.\s*(\w+)\s*\(")
_STUB = re.compile(r"(?:.*\.)?\w+_pb2_grpc\.(\w+)Stub\.(\w+)(?:\.(?:future|with_call))?").fullmatch
_STUB_CALLS = re.compile(rb"\b(\w+Stub)\s*\(")
_STUB_MADE = re.compile(r"(?:.*\.)?\w+_pb2_grpc\.(\w+)Stub").fullmatch
_SOAP = re.compile(
    r"(zeep|suds)(?:\.\w+)*?\.(?:Async)?Client\.(?:service|create_service(?:\[\])?)\.(\w+)"
).fullmatch
_XML = re.compile(r"xmlrpc(?:\.client|lib)\.(?:ServerProxy|Server)\.([\w.]+)").fullmatch
_CLOUD = re.compile(
    r"(boto3|aioboto3|botocore)(?:\.\w+)*?\.(?:client|resource|create_client)"
    r"(?:\.(?:[A-Z]\w*|\w+\[\]))*\.([a-z]\w*)"
).fullmatch
_MAKERS = re.compile(r"\.(?:client|resource|create_client)$")
_CLIENT = re.compile(
    r"(boto3|aioboto3|botocore)(?:\.\w+)*?\.(?:client|resource|create_client)"
).fullmatch
_CLIENT_CALLS = re.compile(rb"\.\s*(client|resource|create_client)\s*\(")
_LOCAL = frozenset(
    [
        "close",
        "can_paginate",
        "generate_presigned_url",
        "generate_presigned_post",
        "all",
        "filter",
        "limit",
        "client",
        "resource",
    ]
)
_NAMED_BY = frozenset(("get_paginator", "get_waiter"))


def http_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """A call of an HTTP client, made here or by a function that it comes from."""
    found = origin(look, call.child(0))
    owner, _, last = found.full.rpartition(".")
    if found.full in _OPENERS:
        yield from _opened(look, call, found)
    elif name.endswith("Transport") and owner.startswith("gql.transport"):
        target = said(look, argument(look, call, 0, "url"))
        yield _row(call, found, ("graphql", "gql", "ANY", target))
    elif owner in _SESSIONS and last == name:
        yield from _requested(look, name, call, found=found)


def _requested(look: Look, name: str, call: Node, *, found: Origin) -> Iterator[Deed]:
    owner = found.full.rpartition(".")[0]
    made = found.calls[-1] if found.calls else None
    if made is not None and not _IN_PROCESS.isdisjoint(keywords(look, made)):
        return
    if name in _VERBS:
        method, address = name.upper(), argument(look, call, 0, "url")
    elif name in {"request", "stream"}:
        places = (1, 0) if owner == "httplib2.Http" else (0, 1)
        method = (exact(look, argument(look, call, places[0], "method")) or "ANY").upper()
        address = argument(look, call, places[1], "url", "uri")
    elif name in {"urlopen", "ws_connect"}:
        method, address = "GET" if name == "ws_connect" else "ANY", argument(look, call, 0, "url")
    else:
        return
    if address is None and made is None:
        return
    target = _joined(_base(look, owner, made), said(look, address))
    yield _row(call, found, ("http", owner.partition(".")[0], method, target))


def _base(look: Look, owner: str, made: Node | None) -> str | None:
    place = _BASES.get(owner)
    if place is None or made is None:
        return None
    return said(look, argument(look, made, place[0], *place[1]))


def _joined(base: str | None, path: str | None) -> str | None:
    """An address below another one, or of its own."""
    if base is None or (path and "://" in path):
        return path
    return f"{base.rstrip('/')}/{path.lstrip('/') if path else FILLED}"


def _opened(look: Look, call: Node, found: Origin) -> Iterator[Deed]:
    """`urlopen` of an address or of a request that was made before."""
    address, made = argument(look, call, 0, "url"), call
    asked = origin(look, address)
    if asked.full in _REQUESTS and asked.calls:
        made = asked.calls[-1]
        address = argument(look, made, 0, "url")
    sends = argument(look, made, 1, "data") or argument(look, call, 1, "data")
    said_method = exact(look, argument(look, made, -1, "method"))
    posts = sends is not None and sends.type != "none" and not found.full.endswith("retrieve")
    method = said_method or ("POST" if posts else "GET")
    framework = found.full.partition(".")[0]
    yield _row(call, found, ("http", framework, method.upper(), said(look, address)))


def _row(call: Node, found: Origin, what: tuple[str, str, str, str | None]) -> Deed:
    """what: protocol, framework, method, target."""
    protocol, framework, method, target = what
    row = remote(
        line_of(call), protocol=protocol, framework=framework, target=target, method=method
    )
    return deed(row, number=found.number)


def service_rows(look: Look, _name: str, call: Node) -> Iterator[Deed]:
    """A call of an operation of a service that a client stands for."""
    found = origin(look, call.child(0))
    if stub := _STUB(found.full):
        # The stubs are generated into the project: their name is the proof.
        yield _row(call, Origin("", "", -1, ()), ("grpc", "grpc", stub[2], stub[1]))
    elif soap := _SOAP(found.full):
        target = said(look, argument(look, found.calls[0], 0, "wsdl", "url"))
        yield _row(call, found, ("soap", soap[1], soap[2], target))
    elif (proxied := _XML(found.full)) and found.calls:
        target = said(look, argument(look, found.calls[0], 0, "uri"))
        yield _row(call, found, ("xmlrpc", "xmlrpc", proxied[1], target))
    elif (cloud := _CLOUD(found.full)) and cloud[2] not in _LOCAL:
        yield from _of_cloud(look, call, found, cloud=cloud)


def _of_cloud(look: Look, call: Node, found: Origin, *, cloud: re.Match[str]) -> Iterator[Deed]:
    operation = cloud[2]
    if operation in _NAMED_BY:
        operation = exact(look, argument(look, call, 0)) or operation
    makers = (
        each for each in found.calls if _MAKERS.search(f".{origin(look, each.child(0)).written}")
    )
    maker = next(makers, None)
    target = said(look, argument(look, maker, 0, "service_name")) if maker else None
    yield _row(call, found, ("aws", cloud[1], operation, target))


def stubs(look: Look, rows: list[Deed]) -> Iterator[Deed]:
    """Stubs of gRPC that are made here, and of which no operation is called here."""
    called = {row[0][4] for row in rows if row[0][2] == "grpc"}
    for name, call in _stub_calls(look):
        if name not in called:
            yield _row(call, Origin("", "", -1, ()), ("grpc", "grpc", "ANY", name))


def clients(look: Look, rows: list[Deed]) -> Iterator[Deed]:
    """Clients of cloud services that are made here, and of which no operation is called here."""
    called = {row[0][4] for row in rows if row[0][2] == "aws"}
    for _, call in calls(look, _CLIENT_CALLS):
        found = origin(look, call.child(0))
        made = _CLIENT(found.full)
        target = said(look, argument(look, call, 0, "service_name")) if made else None
        if made and target is not None and target not in called:
            yield _row(call, found, ("aws", made[1], "ANY", target))


def _stub_calls(look: Look) -> Iterator[tuple[str, Node]]:
    for _, call in calls(look, _STUB_CALLS):
        made = _STUB_MADE(origin(look, call.child(0)).full)
        if made:
            yield made[1], call
