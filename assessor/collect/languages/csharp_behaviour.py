"""What a file of C# does beyond itself at run time, as rows: one look for the words that tell it.

A word is looked at where the tree has a call, a `new`, an attribute or a supertype of that name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages import csharp_jobs as jobs
from assessor.collect.languages import csharp_messages as messages
from assessor.collect.languages import csharp_remote as remote
from assessor.collect.languages import csharp_settings as settings
from assessor.collect.languages.behaviour import CONSTANTS, FACTS, Row, harmless
from assessor.collect.languages.csharp_calls import around, call_at, class_of
from assessor.collect.languages.csharp_values import Look, constants

_Found = Iterator[Row]
_OF_CALLS: Mapping[str, Callable[[Look, Node], _Found]] = {
    **dict.fromkeys(remote.FLURL | remote.HTTP, remote.http),
    "ForAddress": remote.channel,
    **dict.fromkeys(messages.CALLS, messages.sent),
    **dict.fromkeys(jobs.HANGFIRE, jobs.hangfire),
    **dict.fromkeys(jobs.QUARTZ, jobs.quartz),
    **dict.fromkeys(jobs.TRANSACTIONS, jobs.transaction),
    **dict.fromkeys(settings.ENVIRONMENT, settings.environment),
    **dict.fromkeys(settings.BINDS, settings.bound),
}
_OF_MADE: Mapping[str, Callable[[Look, Node], _Found]] = {
    "ChannelFactory": remote.factory,
    "HttpClient": remote.client_made,
    "HttpRequestMessage": remote.request,
    "RestRequest": remote.rest_request,
    "TransactionScope": jobs.scope,
}
_CALL = re.compile(
    rf"\.\s*({'|'.join(sorted(_OF_CALLS))}|{settings.ASKS.pattern})\s*[<(]".encode()
)
_NEW = re.compile(rf"\bnew\s+(?:\w+\.)*({'|'.join(sorted(_OF_MADE))})\s*[<({{]".encode())
_MARK = re.compile(
    rf"[\[,]\s*({'|'.join(sorted(messages.MARKS))}|TimerTrigger|UnitOfWork)\s*[\](]".encode()
)
_BASES = (*sorted(messages.HANDLERS), "BackgroundService", "ClientBase", "IHostedService")
_BASE = re.compile(rf"[:,.]\s*({'|'.join(_BASES)})\b".encode())
_MOST = 500  # places that are looked at in a file


def told(source: bytes, root: Node, imports: Sequence[str]) -> dict[str, object]:
    """Rows and constants of a file as facts, none where there are none."""
    look = Look(source, root, imports)
    rows = [
        *_calls(look), *_made(look), *_marks(look), *_bases(look),
        *settings.elements(look), *remote.addresses(look), *remote.refit(look),
        *remote.grpc(look),
    ]  # fmt: skip
    found = harmless(constants(look))
    facts: dict[str, object] = {FACTS: rows} if rows else {}
    return {**facts, CONSTANTS: found} if found else facts


def _places(pattern: re.Pattern[bytes], source: bytes) -> Iterator[tuple[int, str]]:
    for count, match in enumerate(pattern.finditer(source)):
        if count >= _MOST:
            return
        yield match.start(1), match[1].decode()


def _calls(look: Look) -> _Found:
    for start, name in _places(_CALL, look.source):
        call = call_at(look.root, start)
        if call is not None:
            yield from _OF_CALLS.get(name, settings.asked)(look, call)


def _made(look: Look) -> _Found:
    for start, name in _places(_NEW, look.source):
        node = look.root.descendant_for_byte_range(start, start)
        made = next(
            (each for each in _near(node) if each.type == "object_creation_expression"), None
        )
        if made is not None:
            yield from _OF_MADE[name](look, made)


def _near(node: Node | None) -> Iterator[Node]:
    """A name, and what it is the name of, if it stands in code."""
    if node is not None and node.type == "identifier":
        for each in around(node):
            yield each
            if each.type.endswith(("expression", "statement", "declaration")):
                return


def _marks(look: Look) -> _Found:
    for start, name in _places(_MARK, look.source):
        node = look.root.descendant_for_byte_range(start, start)
        mark = next((each for each in _near(node) if each.type == "attribute"), None)
        if mark is None:
            continue
        if name == "UnitOfWork":
            yield from jobs.unit_of_work(look, mark)
        elif name == "TimerTrigger":
            yield from jobs.trigger(look, mark)
        else:
            yield from messages.marked(look, mark, name)


def _bases(look: Look) -> _Found:
    done: set[int] = set()
    for start, name in _places(_BASE, look.source):
        node = look.root.descendant_for_byte_range(start, start)
        base = next((each for each in _near(node) if each.type == "base_list"), None)
        if base is None or base.parent is None or base.parent.type == "interface_declaration":
            continue
        if name in messages.HANDLERS:
            yield from _each_handled(look, node, name)
        elif base.start_byte not in done:
            done.add(base.start_byte)
            yield from remote.soap_base(look, base, class_of(base))
            yield from jobs.worker(base, class_of(base))


def _each_handled(look: Look, node: Node | None, name: str) -> _Found:
    generic = node.parent if node is not None else None
    if generic is not None and generic.type == "generic_name":
        yield from messages.handled(look, generic, name)
