"""Calls over the network in PHP: Guzzle, Laravel's and Symfony's clients, cURL, SOAP, streams."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, remote
from assessor.collect.languages.php_calls import (
    NEW,
    Call,
    argument,
    body_of,
    elements,
    first,
    last,
    line,
    parts,
)
from assessor.collect.languages.php_folding import UNKNOWN, folded, known, literal
from assessor.collect.languages.php_watched import VERBS
from assessor.collect.languages.typed_walk import Walk, text_of

# Class that a client has -> its framework.
_CLIENTS: Mapping[str, str] = {
    "GuzzleHttp.Client": "guzzle",
    "GuzzleHttp.ClientInterface": "guzzle",
    "Illuminate.Http.Client.Factory": "laravel",
    "Illuminate.Http.Client.PendingRequest": "laravel",
    "Illuminate.Support.Facades.Http": "laravel",
    "Psr.Http.Client.ClientInterface": "psr-18",
    "Symfony.Component.HttpClient.HttpClient": "symfony",
    "Symfony.Contracts.HttpClient.HttpClientInterface": "symfony",
}
_STREAMS = frozenset({"file_get_contents", "fopen", "get_headers", "simplexml_load_file"})
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_METHOD = re.compile(r"CURLOPT_CUSTOMREQUEST\s*(?:,|=>)\s*['\"](\w+)['\"]")
_POSTS = re.compile(r"CURLOPT_(?:POST\s*(?:,|=>)\s*(?:true|1)\b|POSTFIELDS)", re.IGNORECASE)
_PUTS = re.compile(r"CURLOPT_(?:PUT|UPLOAD)\s*(?:,|=>)\s*(?:true|1)\b", re.IGNORECASE)
_ANY, _GET = "ANY", "GET"


def remotes(walk: Walk, calls: Sequence[Call]) -> Iterator[Row]:
    """A row for each call over the network."""
    base = _base_uri(walk, calls)
    for call in calls:
        if call.on in _CLIENTS:
            yield from _client(walk, call, base=base)
        elif call.name == "sendRequest" and "Psr\\Http\\Client" in walk.text:
            yield from _sent(walk, call, "psr-18")
        elif call.on == "SoapClient":
            yield from _soap(walk, call)
        elif not call.chain:
            yield from _function(walk, call)


def _client(walk: Walk, call: Call, *, base: str) -> Iterator[Row]:
    framework = _CLIENTS[call.on]
    name = call.name.removesuffix("Async")
    at = line(call.node)
    if name in {"send", "sendRequest"} and framework != "laravel":
        yield from _sent(walk, call, framework)
    elif name in {"request", "send"} and framework != "psr-18":
        method = literal(walk, argument(call, 0, "method"))
        target = _target(walk, call, argument(call, 1, "uri", "url"), base=base)
        verb = method.upper() if method and method.isalpha() else _ANY
        yield remote(at, protocol="http", framework=framework, target=target, method=verb)
    elif name in VERBS and framework in {"guzzle", "laravel"}:
        target = _target(walk, call, argument(call, 0, "uri", "url"), base=base)
        yield remote(at, protocol="http", framework=framework, target=target, method=name.upper())


def _target(walk: Walk, call: Call, node: Node | None, *, base: str) -> str | None:
    """The address, a relative one after what the chain or the client has for a base."""
    text = known(walk, node)
    before = _in_chain(walk, call.node) or base
    if before and (text is None or not _HTTP.match(text)):
        return f"{before.rstrip('/')}/{(text or UNKNOWN).lstrip('/')}"
    return text


def _in_chain(walk: Walk, node: Node) -> str:
    """What `baseUrl` says further up in the chain of a call."""
    at = node.child_by_field_name("object")
    while at is not None and at.type in {"member_call_expression", "scoped_call_expression"}:
        name = at.child_by_field_name("name")
        if name is not None and text_of(walk, name) == "baseUrl":
            given = at.child_by_field_name("arguments")
            return known(walk, last(first(given))) or ""
        at = at.child_by_field_name("object")
    return ""


def _base_uri(walk: Walk, calls: Sequence[Call]) -> str:
    """The base of the only client that this file makes; "" where it makes none, or several."""
    found = set()
    for call in calls:
        if call.name == NEW and call.on == "GuzzleHttp.Client":
            found.add(_option(walk, argument(call, 0, "config"), "base_uri"))
    return found.pop() if len(found) == 1 else ""


def _option(walk: Walk, node: Node | None, key: str) -> str:
    for element in elements(node):
        if len(element) > 1 and literal(walk, element[0]) == key:
            return known(walk, element[-1]) or ""
    return ""


def _sent(walk: Walk, call: Call, framework: str) -> Iterator[Row]:
    """A request that is sent as an object: said where it is made, if that is here."""
    made = _made(walk, argument(call, 0, "request"))
    verb, target = _ANY, None
    if made is not None:
        given = next((each for each in parts(made) if each.type == "arguments"), None)
        values = [last(each) for each in parts(given)]
        method = literal(walk, values[0]) if values else None
        verb = method.upper() if method and method.isalpha() else _ANY
        target = known(walk, values[1]) if len(values) > 1 else None
    at = line(call.node)
    yield remote(at, protocol="http", framework=framework, target=target, method=verb)


def _made(walk: Walk, node: Node | None) -> Node | None:
    """`new Request(…)`, there or where the variable is set."""
    if node is not None and node.type == "variable_name":
        body = body_of(node)
        name = re.escape(text_of(walk, node))
        text = walk.text[body.start_byte : node.start_byte]
        found = [*re.finditer(rf"{name}\s*=\s*(?=new\b)", text)]
        at = body.start_byte + found[-1].end() if found else -1
        node = body.descendant_for_byte_range(at, at) if found else None
        node = node.parent if node is not None and node.type == NEW else node
    named = first(node)
    if node is None or node.type != "object_creation_expression" or named is None:
        return None
    return node if text_of(walk, named).endswith("Request") else None


def _soap(walk: Walk, call: Call) -> Iterator[Row]:
    at = line(call.node)
    if call.name == NEW:
        target = known(walk, argument(call, 0, "wsdl"))
        yield remote(at, protocol="soap", framework="ext-soap", target=target)
    elif call.name == "__soapCall":
        method = literal(walk, argument(call, 0, "name")) or _ANY
        yield remote(at, protocol="soap", framework="ext-soap", target=None, method=method)


def _function(walk: Walk, call: Call) -> Iterator[Row]:
    at = call.node.start_point[0] + 1
    if call.name in _STREAMS:
        text = folded(walk, argument(call, 0, "filename"))
        if _HTTP.match(text):
            plain = len(call.given) < 2  # noqa: PLR2004 - a context says how
            method = _GET if plain or call.name != "file_get_contents" else _ANY
            yield remote(at, protocol="http", framework="php", target=text, method=method)
        return
    node = None
    if call.name == "curl_init" and call.given:
        node = call.given[0]
    elif call.name == "curl_setopt" and len(call.given) > 2:  # noqa: PLR2004 - handle, option, value
        node = call.given[2] if text_of(walk, call.given[1]) == "CURLOPT_URL" else None
    elif call.name == "curl_setopt_array" and len(call.given) > 1:
        node = _curl_url(walk, call.given[1])
    if node is not None:
        target, method = known(walk, node), _curl_method(walk, node)
        yield remote(at, protocol="http", framework="curl", target=target, method=method)


def _curl_url(walk: Walk, node: Node) -> Node | None:
    for element in elements(node):
        if len(element) > 1 and text_of(walk, element[0]) == "CURLOPT_URL":
            return element[-1]
    return None


def _curl_method(walk: Walk, node: Node) -> str:
    """What the options in the same function make of the request; GET where there are none."""
    body = body_of(node)
    text = walk.text[body.start_byte : body.end_byte]
    said = {found.upper() for found in _METHOD.findall(text)}
    if said or "CURLOPT_CUSTOMREQUEST" in text:
        return said.pop() if len(said) == 1 else _ANY
    return "POST" if _POSTS.search(text) else "PUT" if _PUTS.search(text) else _GET
