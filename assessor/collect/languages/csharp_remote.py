"""Calls over the network in C#: HttpClient, Refit, RestSharp, Flurl, gRPC, WCF."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.csharp_calls import (
    argument,
    around,
    call_at,
    called,
    line_at,
    named_arguments,
    receiver,
)
from assessor.collect.languages.csharp_values import (
    Look,
    is_code,
    known,
    said,
    text,
    type_of,
)
from assessor.collect.languages.endpoints_texts import text_of

_VERBS = ("Get", "Post", "Put", "Patch", "Delete")
# Methods that only HttpClient has, by an extension of the library.
ONLY_HTTP = frozenset(
    {
        "DeleteFromJsonAsync", "GetFromJsonAsAsyncEnumerable", "GetFromJsonAsync",
        "PatchAsJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync",
    }
)  # fmt: skip
HTTP = ONLY_HTTP | {
    "DeleteAsync", "GetAsync", "GetByteArrayAsync", "GetStreamAsync", "GetStringAsync",
    "PatchAsync", "PostAsync", "PutAsync",
}  # fmt: skip
FLURL = frozenset(
    f"{verb}{what}Async"
    for verb in _VERBS
    for what in ("", "Json", "String", "Stream", "Bytes", "UrlEncoded")
)
_CLIENTS = frozenset({"HttpClient"})
_BASE = re.compile(rb"\.\s*(BaseAddress|Address)\s*=(?!=)")
_GIVES_ADDRESS: Mapping[str, tuple[str, str]] = {
    "AddHttpClient": ("http", "httpclient"),
    "AddRefitClient": ("http", "refit"),
    "AddGrpcClient": ("grpc", "grpc"),
}
_GENERATED = re.compile(r"(?:[\w.]+\.)?(\w+)\.\1Client")
_CLIENT = re.compile(rb"Client\b")
_OF_GRPC = re.compile(rb"(?<![\w.:])(?:[\w:]+\.)*?(\w+)\.\1Client\Z").search
_IS_NAMED = re.compile(rb"\??\s+(\w+)\s*[,;)={(]")
_IS_ALIASED = re.compile(rb"\busing\s+(\w+)\s*=\s*[\w.:]*\Z").search
_IS_MADE = re.compile(rb"\b(\w+)\s*=\s*new\s+[\w.:]*\Z").search
_WINDOW = 160
_NOT_REMOTE = frozenset({"Dispose", "Equals", "GetHashCode", "GetType", "ToString", "WithHost"})
_REFIT = re.compile(rb"\[\s*(Get|Post|Put|Patch|Delete|Head|Options)\s*\(")


def http(look: Look, call: Node) -> Iterator[Row]:
    """A call of an HttpClient, or of Flurl on an address."""
    name, on = called(call), receiver(call)
    types = type_of(look, on)
    method = next(verb for verb in _VERBS if name.startswith(verb)).upper()
    if name in HTTP and (types & _CLIENTS or (name in ONLY_HTTP and not types and on is not None)):
        target = _based(look, said(look, argument(call, 0, "requestUri")))
        yield behaviour.remote(
            line_at(call), protocol="http", framework="httpclient", target=target, method=method
        )
    elif name in FLURL and look.imported("Flurl.Http") and on is not None:
        target = known(_address(look, on))
        yield behaviour.remote(
            line_at(call), protocol="http", framework="flurl", target=target, method=method
        )


def _based(look: Look, target: str | None) -> str | None:
    """The target after the one address that the file gives its client."""
    if target is None or "://" in target or target.startswith(("{", "$")):
        return target
    bases = {
        said(look, right)
        for match in _BASE.finditer(look.source)
        if (right := _assigned(look, match.start(1), outside=True)) is not None
    }
    base = bases.pop() if len(bases) == 1 else None
    return f"{base.rstrip('/')}/{target.lstrip('/')}" if base else target


def _address(look: Look, node: Node) -> str:
    """`"http://x".AppendPathSegment("y").WithOAuthBearerToken(…)`."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None and at.type == "invocation_expression":
        if called(at) in {"AppendPathSegment", "AppendPathSegments"} or called(at) == "Request":
            parts += [text(look, value) for _, value in reversed(named_arguments(at))]
        at = receiver(at)
    parts.append(text(look, at).rstrip("/"))
    return "/".join(part.strip("/") for part in reversed(parts))


def _assigned(look: Look, start: int, *, outside: bool) -> Node | None:
    """The right side of an assignment; outside: of those that register no client."""
    node = look.root.descendant_for_byte_range(start, start)
    given = (
        next((e for e in around(node) if e.type == "assignment_expression"), None)
        if node
        else None
    )
    if given is None or (outside and _registered(given)):
        return None
    left = given.child_by_field_name("left")
    name = left.child_by_field_name("name") if left is not None else None
    return given.child_by_field_name("right") if name is not None and name == node else None


def _registered(node: Node) -> str:
    """The method that registers a client and is given this piece of code, "" for none."""
    for each in around(node):
        at: Node | None = each if each.type == "invocation_expression" else None
        while at is not None and at.type == "invocation_expression":
            if called(at) in _GIVES_ADDRESS:
                return called(at)
            at = receiver(at)
    return ""


def addresses(look: Look) -> Iterator[Row]:
    """`AddHttpClient<A>(c => c.BaseAddress = new Uri("http://b"))` calls b, for all of A."""
    for match in _BASE.finditer(look.source):
        right = _assigned(look, match.start(1), outside=False)
        way = _GIVES_ADDRESS.get(_registered(right)) if right is not None else None
        target = said(look, right)
        if right is not None and way is not None and target is not None:
            yield behaviour.remote(
                line_at(right), protocol=way[0], framework=way[1], target=target
            )


def channel(look: Look, call: Node) -> Iterator[Row]:
    """`GrpcChannel.ForAddress("http://a")`."""
    on, target = receiver(call), said(look, argument(call, 0, "address"))
    if on is not None and text_of(on).endswith("GrpcChannel") and target is not None:
        yield behaviour.remote(line_at(call), protocol="grpc", framework="grpc", target=target)


def request(look: Look, made: Node) -> Iterator[Row]:
    """`new HttpRequestMessage(HttpMethod.Post, "x")`, with its initialiser."""
    given = {**_set(made)}
    method, uri = given.get("Method"), given.get("RequestUri")
    method = argument(made, 0, "method") or method
    uri = argument(made, 1, "requestUri") or uri
    target = _based(look, said(look, uri))
    yield behaviour.remote(
        line_at(made), protocol="http", framework="httpclient", target=target,
        method=_method(look, method),
    )  # fmt: skip


def _set(made: Node) -> dict[str, Node]:
    """What an initialiser sets."""
    held = made.child_by_field_name("initializer")
    found: dict[str, Node] = {}
    for part in held.named_children if held is not None else ():
        left, right = part.child_by_field_name("left"), part.child_by_field_name("right")
        if left is not None and right is not None:
            found[text_of(left)] = right
    return found


def _method(look: Look, node: Node | None) -> str:
    """`HttpMethod.Post`, `Method.Post`, `new HttpMethod("POST")`."""
    if node is None:
        return "ANY"
    found = re.fullmatch(r"(?:\w+\.)*(?:Http)?Method\.(\w+)", text_of(node))
    if found is not None:
        return found[1].upper()
    given = said(look, argument(node, 0)) if node.type == "object_creation_expression" else None
    return given.upper() if given is not None and given.isalpha() else "ANY"


def rest_request(look: Look, made: Node) -> Iterator[Row]:
    """`new RestRequest("x", Method.Post)` of RestSharp."""
    if look.imported("RestSharp"):
        target = said(look, argument(made, 0, "resource"))
        method = _method(look, argument(made, 1, "method"))
        yield behaviour.remote(
            line_at(made), protocol="http", framework="restsharp", target=target, method=method
        )


def client_made(look: Look, made: Node) -> Iterator[Row]:
    """`new HttpClient { BaseAddress = new Uri("http://a") }`."""
    target = said(look, _set(made).get("BaseAddress"))
    if target is not None:
        yield behaviour.remote(
            line_at(made), protocol="http", framework="httpclient", target=target
        )


def factory(look: Look, made: Node) -> Iterator[Row]:
    """`new ChannelFactory<IService>(…)` of WCF."""
    found = re.match(r"new\s+(?:\w+\.)*ChannelFactory<([\w.]+)>", text_of(made))
    if found is not None and look.imported("System.ServiceModel"):
        yield behaviour.remote(
            line_at(made), protocol="soap", framework="wcf", target=found[1].rpartition(".")[2]
        )


def refit(look: Look) -> Iterator[Row]:
    """Methods of interfaces under `[Get("/x")]`."""
    frameworks = [name for name in ("Refit", "RestEase") if look.imported(name)]
    for match in _REFIT.finditer(look.source) if frameworks else ():
        node = look.root.descendant_for_byte_range(match.start(1), match.start(1))
        mark = next((e for e in around(node) if e.type == "attribute"), None) if node else None
        given = mark.named_children[-1] if mark is not None else None
        if mark is None or given is None or given.type != "attribute_argument_list":
            continue
        if any(each.type == "interface_declaration" for each in around(mark)):
            first = given.named_children[0] if given.named_children else None
            value = first.named_children[-1] if first is not None else None
            yield behaviour.remote(
                line_at(mark), protocol="http", framework=frameworks[0].lower(),
                target=said(look, value), method=match[1].decode().upper(),
            )  # fmt: skip


def grpc(look: Look) -> Iterator[Row]:
    """Calls of clients that the compiler of gRPC has made: `Basket.BasketClient`."""
    names = dict(_grpc_names(look))
    if not names:
        return
    wanted = "|".join(re.escape(name) for name in sorted(names))
    pattern = rf"(?<!\w)({wanted})(?:\(\))?\s*[?!]?\s*\.\s*([A-Z]\w*)\s*\("
    for found in re.finditer(pattern.encode(), look.source):
        call, method = call_at(look.root, found.start(2)), found[2].decode()
        if call is not None and method not in _NOT_REMOTE:
            yield behaviour.remote(
                line_at(call), protocol="grpc", framework="grpc",
                target=names[found[1].decode()], method=method.removesuffix("Async"),
            )  # fmt: skip


def _grpc_names(look: Look) -> Iterator[tuple[str, str]]:
    """Names of variables, and of methods that give them, with the service of their client."""
    for match in _CLIENT.finditer(look.source):
        start, end = max(0, match.start() - _WINDOW), match.end()
        before = look.source[start:end]
        found = _OF_GRPC(before)
        if found is None or not is_code(look, match.start()):
            continue
        service = found[1].decode(errors="replace")
        written = before[: found.start()] + found[0].rpartition(b".")[0].rpartition(b".")[0]
        named = _IS_NAMED.match(look.source, end)
        alias, made = _IS_ALIASED(written), _IS_MADE(written)
        if alias is not None:
            yield from ((name, service) for name in _of_type(look, alias[1].decode()))
        elif made is not None:
            yield made[1].decode(), service
        elif named is not None:
            yield named[1].decode(), service


def _of_type(look: Look, alias: str) -> Iterator[str]:
    """The names that the file declares with a type."""
    pattern = rf"(?<![\w.]){re.escape(alias)}\??\s+(\w+)\s*[,;)={{]"
    for match in re.finditer(pattern.encode(), look.source):
        if is_code(look, match.start()):
            yield match[1].decode()


def soap_base(look: Look, base: Node, owner: str) -> Iterator[Row]:
    """`class A : ClientBase<IService>` of WCF."""
    found = re.search(r"ClientBase<(?:[\w.]+\.)?(\w+)>", text_of(base))
    uses = look.imported("System.ServiceModel") or "System.ServiceModel" in text_of(base)
    if found is not None and uses and found[1] != owner:
        yield behaviour.remote(line_at(base), protocol="soap", framework="wcf", target=found[1])
