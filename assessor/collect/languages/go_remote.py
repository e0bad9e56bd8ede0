"""Calls over the network that Go code makes: HTTP, gRPC, net/rpc, Twirp, GraphQL."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.go_facts import CALL
from assessor.collect.languages.go_folding import PREFIX, UNKNOWN
from assessor.collect.languages.go_meaning import FUNCTION, meaning, named
from assessor.collect.languages.go_owners import Call, Calls, kind_of, text_of
from assessor.collect.languages.go_table import (
    Package,
    Project,
    Source,
    Type,
    imports_of,
    lookup,
)

Told = tuple[Source, Row]
# Owner -> called -> method (None = the first argument says it), place of the address.
_HTTP: Mapping[str, tuple[str, int]] = {
    "Get": ("GET", 0), "Head": ("HEAD", 0), "Post": ("POST", 0), "PostForm": ("POST", 0),
}  # fmt: skip
_REQUESTS: Mapping[str, int] = {"NewRequest": 0, "NewRequestWithContext": 1}
_RESTY = frozenset({"Delete", "Get", "Head", "Options", "Patch", "Post", "Put"})
_DIALS: Mapping[str, int] = {
    "grpc.Dial": 0, "grpc.DialContext": 1, "grpc.NewClient": 0, "rpc.Dial": 1,
    "rpc.DialHTTP": 1, "graphql.NewClient": 0,
}  # fmt: skip
_PROTOCOLS = {"grpc": "grpc", "rpc": "rpc", "graphql": "graphql"}
_FRAMEWORKS = {"grpc": "grpc-go", "rpc": "net/rpc", "graphql": "graphql", "http": "net/http"}
_CLIENTS = frozenset({"http", "http.Client", "http.DefaultClient"})
_CONNECTIONS = frozenset({"grpc.ClientConn", "grpc.ClientConnInterface"})
_TWIRP = "github.com/twitchtv/twirp"
_MOST = 50  # calls of one operation in a file that are counted


def remote(calls: Calls) -> Iterator[Told]:
    """The rows of all files; calls that tests of the project's own stubs make are among them."""
    for call in calls.every:
        row = _of_http(calls, call) if call.owner in _CLIENTS else None
        row = row or _of_resty(calls, call) or _dialled(calls, call)
        if row is not None:
            yield call.source, row
    yield from _of_stubs(calls.project)
    yield from _made(calls)


def address(project: Project, source: Source, argument: str) -> str | None:
    """The address that an argument is, None where nothing of it is known."""
    text = text_of(project, source, argument)
    text = text.replace(PREFIX, UNKNOWN) if text else text
    return text if text and any(map(str.isalnum, text)) else None


def _of_http(calls: Calls, call: Call) -> Row | None:
    if call.name in _HTTP and call.given:
        method, place = _HTTP[call.name]
    elif call.owner == "http" and call.name in _REQUESTS:
        first = _REQUESTS[call.name]
        if len(call.given) <= first + 1:
            return None
        method, place = _verb(calls, call, call.given[first]), first + 1
    else:
        return None
    target = address(calls.project, call.source, call.given[place])
    return behaviour.remote(
        call.line, protocol="http", framework="net/http", target=target, method=method
    )


def _verb(calls: Calls, call: Call, argument: str) -> str:
    """`"POST"`, `http.MethodPost`"""
    text = text_of(calls.project, call.source, argument)
    if argument.startswith("http|.Method"):
        text = argument.partition("\t")[0].removeprefix("http|.Method")
    said = (text or "").upper()
    return said if said.isalpha() else "GET" if text == "" else "ANY"


def _of_resty(calls: Calls, call: Call) -> Row | None:
    if call.owner != "resty.Request" or not call.given:
        return None
    if call.name in _RESTY:
        method, place = call.name.upper(), 0
    elif call.name == "Execute" and len(call.given) > 1:
        method, place = _verb(calls, call, call.given[0]), 1
    else:
        return None
    target = address(calls.project, call.source, call.given[place])
    return behaviour.remote(
        call.line, protocol="http", framework="resty", target=target, method=method
    )


def _dialled(calls: Calls, call: Call) -> Row | None:
    """A connection that is opened, or a call of net/rpc."""
    if call.owner == "rpc.Client" and call.name in {"Call", "Go"} and call.given:
        method = text_of(calls.project, call.source, call.given[0]) or "ANY"
        return behaviour.remote(
            call.line, protocol="rpc", framework="net/rpc", target=None, method=method
        )
    place = _DIALS.get(f"{call.owner}.{call.name}", -1)
    if place < 0 or place >= len(call.given):
        return None
    target = address(calls.project, call.source, call.given[place])
    return behaviour.remote(
        call.line, protocol=_PROTOCOLS[call.owner], framework=_FRAMEWORKS[call.owner],
        target=target,
    )  # fmt: skip


def _of_stubs(project: Project) -> Iterator[Told]:
    """Calls of the methods of clients that protoc has made, `OrdersClient.Place`."""
    stubs = {type_ for type_ in project.types if _is_stub(type_)}
    if not stubs:
        return
    owners = {type_.source for type_ in stubs}
    for source in project.sources:
        if source in owners:
            continue
        uses = source.facts["uses"]
        for key, count, line in zip(uses[::3], uses[1::3], uses[2::3], strict=True):
            found = _called(project, source, str(key), stubs=stubs)
            if found is not None:
                type_, name = found
                row = behaviour.remote(
                    int(line), protocol="grpc", framework="grpc-go", method=name,
                    target=type_.name.removesuffix("Client"),
                )  # fmt: skip
                yield from ((source, row) for _ in range(min(int(count), _MOST)))


def _is_stub(type_: Type) -> bool:
    """The interface of a client in a file that the plugin of gRPC has made."""
    return (
        type_.shape == "interface"
        and type_.name.endswith("Client")
        and type_.source.file.path.endswith(".pb.go")
        and "grpc" in type_.source.libraries.values()
        and f"New{type_.name}" in type_.source.package.names
    )


def _called(
    project: Project, source: Source, key: str, *, stubs: set[Type]
) -> tuple[Type, str] | None:
    before, bar, name = key[1:].rpartition("|.")
    if key[0] != CALL or not bar:
        return None
    found = meaning(project, source, key[1:])
    if found is None or found.kind != FUNCTION or found.target is None:
        return None
    owner = meaning(project, source, before)
    if owner is None or owner.home is None:
        return None
    type_ = named(project, owner.home, owner.type)
    return (type_, name) if type_ in stubs and name in type_.required else None


def _made(calls: Calls) -> Iterator[Told]:
    """Clients whose stubs the project lacks, and those of Twirp: `pb.NewOrdersClient(conn)`."""
    for source in calls.known:
        for _, line, _, chain, given, _ in source.facts["calls"]:
            alias, _, name = cast("str", chain).partition("|.")
            arguments = cast("list[str]", given)
            if arguments and re.fullmatch(r"New\w*Client", name):
                row = _client(calls, source, alias, name=name, first=arguments[0])
                if row is not None:
                    yield source, _client_row(cast("int", line), row)


def _client_row(line: int, said: tuple[str, str, str | None]) -> Row:
    protocol, framework, target = said
    return behaviour.remote(line, protocol=protocol, framework=framework, target=target)


def _client(
    calls: Calls, source: Source, alias: str, *, name: str, first: str
) -> tuple[str, str, str | None] | None:
    """Protocol, framework and target of a client that is made."""
    package = source.imports.get(alias)
    if package is not None:
        made = name.endswith(("ProtobufClient", "JSONClient")) and _is_twirp(package, name)
        return ("twirp", "twirp", address(calls.project, source, first)) if made else None
    if alias in source.libraries or kind_of(calls, source, first) not in _CONNECTIONS:
        return None
    return "grpc", "grpc-go", name.removeprefix("New").removesuffix("Client")


def _is_twirp(package: Package, name: str) -> bool:
    found = lookup(package, name, test=False)
    return found is not None and any(path == _TWIRP for path, _, _ in imports_of(found.source))
