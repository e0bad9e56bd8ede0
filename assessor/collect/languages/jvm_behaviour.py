"""What Java and Kotlin code does at run time beyond itself: a second look, if imports ask for it.

The tables say what classes and annotations of libraries mean; here they are found in a file.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol, TypeAlias, cast

from tree_sitter import Node

from assessor.collect.languages import (
    jvm_asked,
    jvm_jobs,
    jvm_message_marks,
    jvm_messages,
    jvm_remote,
    jvm_remote_marks,
    jvm_transactions,
)
from assessor.collect.languages.behaviour import CONSTANTS, FACTS, Row, harmless, job, message
from assessor.collect.languages.java_source import respelled
from assessor.collect.languages.jvm_jooq import Query, queries
from assessor.collect.languages.jvm_names import simple, type_of
from assessor.collect.languages.jvm_texts import constants_of
from assessor.collect.languages.jvm_tree import (
    Call,
    Client,
    Code,
    Mark,
    OfCall,
    OfMark,
    call_at,
    chain_below,
    given_to,
    made_at,
    mark_at,
    name_at,
)
from assessor.collect.languages.typed_facts import Scope
from assessor.collect.languages.typed_text import erased, last_argument

_CLIENTS: Mapping[str, Client] = {
    **jvm_remote.CLIENTS,
    **jvm_messages.CLIENTS,
    **jvm_jobs.CLIENTS,
    **jvm_transactions.CLIENTS,
    **jvm_asked.CLIENTS,
}
_MADE: Mapping[str, OfCall] = {**jvm_remote.MADE, **jvm_messages.MADE}
_FUNCTIONS: Mapping[str, OfCall] = jvm_transactions.FUNCTIONS
_MARK_TABLES: tuple[Mapping[str, OfMark], ...] = (
    jvm_remote.MARKS,
    jvm_remote_marks.MARKS,
    jvm_message_marks.MARKS,
    jvm_jobs.MARKS,
    jvm_transactions.MARKS,
    jvm_asked.MARKS,
)
_MARKED = frozenset(name for table in _MARK_TABLES for name in table)
_SUPERS = frozenset({*jvm_message_marks.LISTENERS, *jvm_jobs.TASKS})
_INNER = re.compile(r"(.*\.[A-Z]\w*)\.[A-Z]\w*")
_WANTED = frozenset(
    _INNER.sub(r"\1", name) for name in {*_CLIENTS, *_MADE, *_FUNCTIONS, *_MARKED, *_SUPERS}
)
_PACKAGES: dict[str, list[str]] = {}
for _each in sorted(_WANTED):
    _PACKAGES.setdefault(_each.rpartition(".")[0], []).append(_each)
_STUB = re.compile(
    rb"\b(\w+)Grpc(?:Kt)?\s*\.\s*(?:new(?:Blocking|Future)?Stub(?:V2)?|\w+CoroutineStub)\s*\("
)
_MOST = 2_000  # places of one file that are looked at, and rows that are kept
_JOOQ = "org.jooq."
_PUBLISHES = b".publishEvent("
_HOME = 3  # parts of a package that are a library's own: `org.apache.kafka`
_NEAR = 60  # bytes before a word in which `new` or `@` must stand
_OPENS = re.compile(rb"\s*[(<{]")
_PART = re.compile(rb"\w")
_MARK_BEFORE = re.compile(rb"@(?:\w+:)?\s*\Z")
At: TypeAlias = Callable[[Code, int], Iterator[Row]]
Sought: TypeAlias = list[tuple[bytes, At]]


class Seen(Protocol):
    """What the walk over a file has gathered that is of use here."""

    package: str
    imports: list[str]
    scopes: list[Scope]
    constants: dict[str, str]
    too_deep: bool


def told(source: bytes, root: Node, seen: Seen, *, language: str) -> dict[str, object]:
    """The facts on behaviour of a file, and the constants that others may name: often none."""
    found: dict[str, object] = {}
    constants = harmless(constants_of(seen.constants, _owners(seen))) if seen.constants else {}
    if constants:
        found[CONSTANTS] = constants if source.isascii() else respelled(constants)
    if not seen.too_deep:
        found |= _told(source, root, seen, language=language)
    return found


def _told(source: bytes, root: Node, seen: Seen, *, language: str) -> dict[str, object]:
    found: dict[str, object] = {}
    imports = "\n".join(seen.imports)
    rows = _rows(source, root, seen, language=language)
    if "Grpc" in imports or "io.grpc." in imports:
        rows += _stubs(source, root)
    if rows:
        found[FACTS] = rows[:_MOST]
    if _PUBLISHES in source:
        events = list(_events(source, root, seen, language=language))
        found |= {"events": events} if events else {}
    if _JOOQ in imports:
        asked = list(_queries(source, root, seen, language=language))
        found |= {"queries": asked} if asked else {}
    return found


def _rows(source: bytes, root: Node, seen: Seen, *, language: str) -> list[Row]:
    """All rows of a file; most files have nothing that is looked for, and cost next to nothing."""
    names, functions = _brought(seen.imports, seen.package)
    if b"System.get" in source:
        names["System"] = "java.lang.System"
    rows: list[Row] = []
    if not (names or functions):
        return rows
    before = b"" if language == "kotlin" else b"new"
    places = _places(source, _sought(frozenset(names.items()), frozenset(functions)), before)
    listeners = any(full in _SUPERS for full in names.values())
    if places or listeners:
        code = _code(root, seen, language=language, names=names, functions=functions)
        for at, act in places[:_MOST]:
            rows += act(code, at)
        rows += _of_scopes(source, code, seen.scopes) if listeners else ()
    return rows


def _owners(seen: Seen) -> dict[str, list[str]]:
    """Name of a constant -> the types that have a field of that name."""
    found: dict[str, list[str]] = {}
    for scope in seen.scopes:
        facade = scope.shape == "facade"
        owner = seen.package.rpartition(".")[2] if facade else scope.name
        for name in scope.fields.keys() & seen.constants.keys():
            found.setdefault(name, []).append(owner)
    return found


def _brought(imports: Sequence[str], package: str) -> tuple[dict[str, str], dict[str, str]]:
    """Simple name -> full name, of all wanted names that imports bring; the same for functions.

    Code of a library is no client of it: what is below the same three names is left out.
    """
    found = {each.rpartition(".")[2]: each for each in _WANTED.intersection(imports)}
    functions: dict[str, str] = {}
    for each in imports:
        if each[-1:] == "*":
            found |= {name.rpartition(".")[2]: name for name in _PACKAGES.get(each[:-2], ())}
        elif each[:7] == "static " and each[7:].rpartition(".")[0] in _WANTED:
            functions[each.rpartition(".")[2]] = each[7:]
        elif " as " in each and each.partition(" as ")[0] in _WANTED:
            found[each.partition(" as ")[2]] = each.partition(" as ")[0]
    home = ".".join(package.split(".")[:_HOME]) + "."
    names = {name: full for name, full in found.items() if not full.startswith(home)}
    functions |= {name: full for name, full in names.items() if full in _FUNCTIONS}
    return names, functions


def _code(
    root: Node, seen: Seen, *, language: str, names: dict[str, str], functions: dict[str, str]
) -> Code:
    own = frozenset(scope.name for scope in seen.scopes if scope.name)
    imports = {
        each.removeprefix("static ").rpartition(".")[2]: each.removeprefix("static ")
        for each in seen.imports
    }
    kept = {name: full for name, full in names.items() if name not in own}
    constants = cast("dict[str, str]", respelled(seen.constants))
    return Code(root, language, kept, functions, imports, seen.package, own, constants)


@lru_cache(maxsize=1_000)
def _sought(names: frozenset[tuple[str, str]], functions: frozenset[str]) -> Sought:
    """The words that may be calls, objects or annotations of the libraries of a file."""
    called = set(functions).union(*(_methods(full) for _, full in names))
    made = {name for name, full in names if full in _MADE}
    marks = {name for name, full in names if full in _MARKED}
    found = [(name.encode(), _of_call) for name in called]
    found += [(name.encode(), _of_made) for name in made]
    return [*sorted(found, key=_word), *((name.encode(), _of_mark) for name in sorted(marks))]


def _word(sought: tuple[bytes, At]) -> bytes:
    return sought[0]


def _queries(source: bytes, root: Node, seen: Seen, *, language: str) -> Iterator[Query]:
    """What is done to tables by calls of jOOQ."""
    code = _code(root, seen, language=language, names={}, functions={})
    imports = [each.removeprefix("static ") for each in seen.imports]
    stars = frozenset(each[:-2] for each in imports if each[-2:] == ".*")
    if any(each.startswith(_JOOQ) for each in imports):
        yield from queries(source, code, stars)


def _events(source: bytes, root: Node, seen: Seen, *, language: str) -> Iterator[tuple[int, str]]:
    """What is published by something of which this file does not tell what it is."""
    names, functions = _brought(seen.imports, seen.package)
    code = _code(root, seen, language=language, names=names, functions=functions)
    for match in islice(re.finditer(re.escape(_PUBLISHES), source), _MOST):
        call = call_at(root, match.start() + 1)
        if call is not None and len(call.given) == 1 and _client(code, call) is None:
            event = jvm_messages.event_of(code, call.given[0])
            if event is not None:
                yield call.line, event


def _places(source: bytes, sought: Sought, before: bytes) -> list[tuple[int, At]]:
    """Where such words stand so that they can be what they are looked for, in order."""
    found: list[tuple[int, At]] = []
    for word, act in sought:
        at = source.find(word)
        while at >= 0:
            end = at + len(word)
            if act is _of_mark:
                fits = _MARK_BEFORE.search(source, max(0, at - _NEAR), at) is not None
                fits = fits and not _PART.match(source, end)
            else:
                fits = _OPENS.match(source, end) is not None
                fits = fits and not _PART.match(source, at - 1) if at else fits
                fits = fits and (act is _of_call or before in source[max(0, at - _NEAR) : at])
            if fits:
                found.append((at, act))
            at = source.find(word, end)
    return sorted(found, key=_place)


def _place(found: tuple[int, At]) -> int:
    return found[0]


def _methods(name: str) -> Iterator[str]:
    """The methods that a class, or a class in it, is known for."""
    for full in (name, f"{name}.Builder"):
        client = _CLIENTS.get(full)
        yield from client.methods if client is not None else ()


def _of_call(code: Code, at: int) -> Iterator[Row]:
    call = call_at(code.root, at)
    if call is None:
        return
    if call.receiver is None:
        full = code.functions.get(call.name, "")
        client = _CLIENTS.get(full.rpartition(".")[0])
        act = _FUNCTIONS.get(full) or (client.methods.get(call.name) if client else None)
    else:
        client = _client(code, call)
        act = client.methods.get(call.name) if client is not None else None
    if act is not None:
        yield from act(code, call)


def _client(code: Code, call: Call) -> Client | None:
    """What the receiver is; of a chain what it begins with, where the library's classes allow."""
    written = type_of(code, call.receiver)
    if written:
        return _CLIENTS.get(_full(code, written))
    for each in chain_below(call):
        written = type_of(code, each.receiver)
        client = _CLIENTS.get(_full(code, written)) if written else None
        if client is not None:
            return client if client.fluent else None
    return None


def _full(code: Code, written: str) -> str:
    name = erased(written)
    first, _, rest = name.partition(".")
    full = code.names.get(first, "")
    if not full:
        return name if name in _CLIENTS else ""
    return f"{full}.{rest}" if rest else full


def _of_made(code: Code, at: int) -> Iterator[Row]:
    call = made_at(code.root, at)
    act = _MADE.get(code.names.get(call.name, "")) if call is not None else None
    if act is not None and call is not None:
        yield from act(code, call)


def _of_mark(code: Code, at: int) -> Iterator[Row]:
    found = mark_at(code.root, at)
    if found is not None:
        node, declared = found
        name = code.names.get(name_at(code.root, at), "")
        mark = Mark(node, name, declared, given_to(node))
        for table in _MARK_TABLES:
            act = table.get(name)
            yield from act(code, mark) if act is not None else ()


def _of_scopes(source: bytes, code: Code, scopes: Sequence[Scope]) -> Iterator[Row]:
    """Classes that are listeners or jobs by what they extend."""
    for scope in scopes:
        for written in scope.supers:
            full = code.names.get(erased(written), "")
            line = source.count(b"\n", 0, scope.line) + 1
            if full in jvm_message_marks.LISTENERS:
                yield _listener(line, simple(last_argument(written)), full)
            elif full in jvm_jobs.TASKS and scope.name and "abstract" not in scope.modifiers:
                framework, method = jvm_jobs.TASKS[full]
                handler = f"{scope.name}.{method}"
                yield job(line, schedule=None, handler=handler, framework=framework)


def _listener(line: int, event: str, name: str) -> Row:
    general = not event or event == "ApplicationEvent"
    return message(
        line,
        direction="receive",
        channel=None if general else event,
        broker="in-process",
        framework=jvm_message_marks.LISTENERS[name],
    )


def _stubs(source: bytes, root: Node) -> Iterator[Row]:
    """`OrdersGrpc.newBlockingStub(channel)`."""
    for match in islice(_STUB.finditer(source), _MOST):
        if name_at(root, match.start(1)):
            line = source.count(b"\n", 0, match.start()) + 1
            yield jvm_remote.stub(line, match[1].decode(errors="replace"))
