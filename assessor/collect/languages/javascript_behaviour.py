"""What a script does at run time beyond itself: rows of `behaviour`, by tables of libraries."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, transaction
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_calls import Call, Maker, argument, text
from assessor.collect.languages.javascript_jobs import JOBS, TRANSACTIONS
from assessor.collect.languages.javascript_messages import MESSAGES
from assessor.collect.languages.javascript_origins import origin
from assessor.collect.languages.javascript_remote import REMOTE
from assessor.collect.languages.javascript_scene import Called, Scene, handler, parts
from assessor.collect.languages.javascript_whence import HERE, Origin, home, is_package

# Client, as `module:path` -> (framework, what each of its names does).
CLIENTS: Mapping[str, tuple[str, Mapping[str, Maker]]] = {
    key: (framework, {**verbs, **TRANSACTIONS.get(key, ("", {}))[1]})
    for table in (TRANSACTIONS, REMOTE, MESSAGES, JOBS)
    for key, (framework, verbs) in table.items()
}
# Names that only these clients have, where a file imports one of the packages; "" = any file.
_ONLY: Mapping[str, tuple[frozenset[str], str]] = {
    "$transaction": (frozenset({""}), "@prisma/client:PrismaClient()"),
    "beginTransaction": (
        frozenset({"mysql", "mysql2"}), "mysql2:createPool().getConnection()",
    ),
    "consume": (frozenset({"amqplib", "amqp-connection-manager"}), "amqplib:Channel()"),
    "sendToQueue": (frozenset({"amqplib", "amqp-connection-manager"}), "amqplib:Channel()"),
    "startTransaction": (frozenset({"typeorm"}), "typeorm:QueryRunner()"),
    "withTransaction": (frozenset({"mongoose", "mongodb"}), "mongoose:startSession()"),
}  # fmt: skip
_VERBS = frozenset(name for _, verbs in CLIENTS.values() for name in verbs) | {"query"}
_MAKERS: Sequence[Maker] = tuple(
    dict.fromkeys(maker for _, verbs in CLIENTS.values() for maker in verbs.values())
)
_BY_VERB: Mapping[str, tuple[int, ...]] = {
    verb: tuple(
        sorted({_MAKERS.index(verbs[verb]) for _, verbs in CLIENTS.values() if verb in verbs})
    )
    for verb in _VERBS
}
# All of them speak of calls and messages but the last, which files import for other things.
PACKAGES = frozenset(key.partition(":")[0] for key in CLIENTS) - {"@global", "@nestjs/common"}
_BEGIN = re.compile(
    r"\s*(?:begin|start\s+transaction)\b(?!\s*;?\s*\S*\s*(?:select|update))", re.IGNORECASE
)
_DATABASES = ("pg", "mysql2", "mysql", "postgres", "sqlite3", "better-sqlite3", "mssql")
_BARE = frozenset({"fetch", "WebSocket"})  # what needs no import
# Names that are too common to ask of what other files give.
_DEFERRED = _BY_VERB.keys() - {"on", "once", "addListener", "head", "options", "from", "create"}
# What clients that other files make are called; a name alone proves nothing, but saves asking.
CLIENT = (
    r"\w*(?:[aA]pi|API|[aA]xios|[hH]ttp|HTTP|[cC]lient|[qQ]ueue|[pP]roducer|[cC]onsumer|[cC]hannel"
    r"|[bB]us|[rR]edis|[bB]roker|[kK]afka|[iI]nstance|[eE]mitter|[rR]equest)|pub|pubsub|\w+Pub|got|ky"
    r"|\$?http|db|knex|orm|sequelize|prisma|\w*[dD]ata[sS]ource|\w*[cC]onnection|nats|mqtt|agenda"
)
_CLIENT = re.compile(CLIENT)
_LATER = "@"  # stands for the framework in rows of clients that another file makes
_MOST = 2_000  # calls of a file that are looked at


def behaviour(made: Scene) -> tuple[list[Row], list[list[object]]]:
    """Rows of the file; and those of clients that other files make, to be settled later.

    The latter are [specifier, path of the client, name that is called, {number: rows}].
    """
    packages = {home(module) for module, _ in made.imports.values()}
    rows: list[Row] = []
    later: list[list[object]] = []
    for call in islice((one for one in made.calls if _concerns(made, one)), _MOST):
        _called(made, call, packages=packages, rows=rows, later=later)
    for node, scope in made.decorators:
        rows += _decorated(made, node, scope)
    return rows, later


def settled(module: str, client: str, verb: str, *, rows: Mapping[str, list[Row]]) -> list[Row]:
    """The rows of a call, once it is known which client is called."""
    known = _known(module, client, verb)
    if known is None:
        return []
    framework, maker = known
    found = rows.get(str(_MAKERS.index(maker)), [])
    return [[framework if value == _LATER else value for value in row] for row in found]


def _known(module: str, client: str, verb: str) -> tuple[str, Maker] | None:
    bare = module.removeprefix("node:")
    for name in dict.fromkeys((bare, home(bare))):
        found = CLIENTS.get(f"{name}:{client}")
        if found is not None and verb in found[1]:
            return found[0], found[1][verb]
    return None


def _concerns(made: Scene, call: Called) -> bool:
    """Whether what is called may be of a client: by its name, or as it comes from elsewhere."""
    if call.dotted:
        return call.name in _VERBS
    return call.name in made.imports or call.name in _BARE or call.name in made.scopes[0].values


def _called(
    made: Scene,
    call: Called,
    *,
    packages: set[str],
    rows: list[Row],
    later: list[list[object]],
) -> None:
    node, scope, function, name, dotted = call
    whence = origin(made, function, scope)
    client, verb = _split(whence, name if dotted else "")
    if whence is not None and (is_package(whence.module) or _is_global(whence)):
        known = _known(whence.module, client, verb)
        if known is not None:
            rows += known[1](Call(made, node, scope, verb, known[0]))
            return
    found = _only(made, node, scope, verb=verb, packages=packages)
    rows += found
    if found or whence is None or whence.module == HERE or verb not in _DEFERRED:
        return
    inner = text_of(function).rpartition(".")[0] or text_of(function)
    if _CLIENT.fullmatch(inner.rpartition(".")[2].removesuffix("()")):
        _defer(made, node, scope, whence=whence, client=client, verb=verb, later=later)


def _is_global(whence: Origin) -> bool:
    return whence.module == "@global"


def _split(whence: Origin | None, last: str) -> tuple[str, str]:
    """The path of the client and the name that is called."""
    if whence is None:
        return "", last
    client, dot, verb = whence.path.rpartition(".")
    if not verb or verb.endswith(")"):
        return whence.path, "()"
    return (client, verb) if dot else ("", verb)


def _only(made: Scene, node: Node, scope: int, *, verb: str, packages: set[str]) -> Sequence[Row]:
    """Calls that their name alone tells, and `query('BEGIN')`."""
    if verb == "query":
        call = Call(made, node, scope, verb, "")
        if not _BEGIN.match(text(call, argument(call, 0)) or ""):
            return []
        framework = next((name for name in _DATABASES if name in packages), "sql")
        return [transaction(call.line, handler=call.around, framework=framework)]
    modules, client = _ONLY.get(verb, (frozenset(), ""))
    if not modules or ("" not in modules and modules.isdisjoint(packages)):
        return []
    framework, verbs = CLIENTS[client]
    return verbs[verb](Call(made, node, scope, verb, framework))


def _defer(
    made: Scene,
    node: Node,
    scope: int,
    *,
    whence: Origin,
    client: str,
    verb: str,
    later: list[list[object]],
) -> None:
    """Keep what the call would say, for each kind of client that has a name like this."""
    if is_package(whence.module) and (
        home(whence.module) in PACKAGES or "/" not in whence.module.removeprefix("node:")
    ):
        return
    call = Call(made, node, scope, verb, _LATER)
    said = {str(number): list(_MAKERS[number](call)) for number in _BY_VERB[verb]}
    kept = {number: rows for number, rows in said.items() if rows}
    if kept:
        later.append([whence.module, client, verb, kept])


def _decorated(made: Scene, node: Node, scope: int) -> Iterator[Row]:
    inner = parts(node)[0] if parts(node) else None
    call = inner if inner is not None and inner.type == "call_expression" else None
    function = call.child_by_field_name("function") if call is not None else inner
    if (
        inner is None
        or function is None
        or function.type not in {"identifier", "member_expression"}
    ):
        return
    name = text_of(function).rpartition(".")[2]
    if f"@{name}" not in _VERBS:
        return
    whence = origin(made, function, scope)
    known = _known(whence.module, "", f"@{name}") if whence is not None else None
    if known is not None:
        framework, maker = known
        marks = _marked(made, node, scope)
        yield from maker(Call(made, inner, scope, f"@{name}", framework, marks))


def _marked(made: Scene, node: Node, scope: int) -> str:
    """The class, or method of a class, that a decorator stands before."""
    after = node.next_named_sibling
    while after is not None and after.type in {"decorator", "comment"}:
        after = after.next_named_sibling
    name = after.child_by_field_name("name") if after is not None else None
    around = handler(made, scope)
    if name is None or after is None or after.type == "class_body":
        return around
    if after.type.endswith("class_declaration"):
        return text_of(name)
    return f"{around}.{text_of(name)}" if around and after.type != "class_body" else text_of(name)
