"""What phase A tells of a Go file for data and behaviour: calls of telling names, literals of
telling types, texts that begin as SQL does, constants, wrappers around the environment.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict

from tree_sitter import Node

from assessor.collect.languages.endpoints_go_routers import arguments, owner
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.go_asked import (
    MOST,
    QUOTED,
    Row,
    asked,
    line_of,
    string_at,
    target,
    texts,
)
from assessor.collect.languages.go_folding import (
    Look,
    folded,
    function_at,
    literal,
    named,
    parameter_place,
)
from assessor.collect.languages.go_libraries import is_standard, library, names_of
from assessor.collect.languages.go_state import CallNote, Walk
from assessor.collect.languages.go_telling import MARKED
from assessor.collect.languages.go_types import PREDECLARED
from assessor.collect.languages.python_literals import masked

_GIVEN = 6  # arguments that are told
_SHOWN = 60  # letters of an expression that is shown
_LONGEST = 300  # letters of an argument
_MADE = re.compile(
    rb"\b(?:Writer|WriterConfig|ReaderConfig|Message|ProducerMessage|TopicPartition|Msg"
    rb"|XAddArgs|XReadGroupArgs|XReadArgs|SendMessageInput|ReceiveMessageInput"
    rb"|SendMessageBatchInput|PublishInput|NamingStrategy)\{"
)
_SAYS = frozenset(
    {
        "GroupTopics", "QueueUrl", "SingularTable", "Stream", "Streams", "Subject", "TablePrefix",
        "Topic", "TopicArn",
    }
)  # fmt: skip
_OF_TEXT = frozenset({"string", "[]string"})
_SENDING = frozenset({"confluent", "kafka-go", "nats", "redis", "sarama", "sns", "sqs"})
_STRATEGY = "NamingStrategy"
_TAGGED = 2_000  # letters of a tag that are looked at
_TAG = re.compile(
    r"\b(gorm|xorm|bun|env|envconfig|envDefault|env-default|default):\"((?:[^\"\\]|\\.)*)\""
)
_SETTING = re.compile(
    r"(?:-|foreignkey|references|association_foreignkey|many2many|embedded|polymorphic|primary_?key)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_GIVES = re.compile(r"\bdefault=.*", re.DOTALL)
_UPPER = re.compile(rb'"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"')
_TABLE_NAME = re.compile(rb"\bTableName\(")
_NAMED = frozenset({"identifier", "selector_expression"})
_READS = frozenset({"os|.Getenv", "os|.LookupEnv", "syscall|.Getenv"})


class CallFacts(TypedDict, total=False):
    """Facts for data and behaviour; a key is left out where there is nothing.

    calls: [number, line, function around, chain, arguments, field that holds what is given]; an
    argument is `'text`, else its chain, a tab, and how it is written. made: [line, function
    around, type, {field: argument}]. asked: [line, function around, text, whether it is passed as
    SQL, name that is given it]. texts: constant of the package -> its text. wraps: [function,
    place of the parameter that is the name of a variable of the environment, whether that is
    looked up]. named: [line, what is called, place, text in capitals, number of arguments].
    tables: [type, text or None, line] of methods `TableName`. tags: [number of the type, field,
    line, {key: text}].
    """

    calls: list[Row]
    made: list[Row]
    asked: list[Row]
    texts: dict[str, str]
    wraps: list[Row]
    named: list[Row]
    tables: list[Row]
    tags: list[Row]


def told(walk: Walk, source: bytes, root: Node) -> CallFacts:
    """The facts of a file that has been walked."""
    aliases = {alias or path.rpartition("/")[2]: path for path, alias, _ in walk.imports}
    look = Look(source, root, _versioned(aliases))
    kept = [note for note in enumerate(walk.calls[:MOST]) if _is_of_use(note[1], look)]
    found: CallFacts = {
        "calls": [_call(look, number, note) for number, note in kept],
        "made": list(_made(look)),
        "asked": list(asked(look)),
        "texts": dict(texts(look)),
        "wraps": [row for _, note in kept for row in _wraps(note)],
        "named": list(_named(look)),
        "tables": list(_tables(look)),
        "tags": list(_tags(walk)),
    }
    return {key: value for key, value in found.items() if value}  # type: ignore[return-value]  # fewer keys


def _tags(walk: Walk) -> Iterator[Row]:
    tagged = [(number, type_.tags) for number, type_ in enumerate(walk.types) if type_.tags]
    ends = [match.start() for match in re.finditer("\n", walk.text)] if tagged else []
    for number, fields in tagged:
        for field, (tag, start) in fields.items():
            yield [number, field, bisect_right(ends, start) + 1, _kept(tag)]


def _kept(tag: str) -> dict[str, str]:
    """What a tag says, without default values: key -> text."""
    said = {key: text.replace('\\"', '"') for key, text in _TAG.findall(tag[:_TAGGED])}
    if "gorm" in said:
        parts = (part.strip() for part in said["gorm"].split(";"))
        said["gorm"] = ";".join(part for part in parts if _SETTING.match(part))
    if "env" in said:
        said["env"] = _GIVES.sub("default", said["env"])
    return {key: "" if "efault" in key else text for key, text in said.items()}


def _versioned(aliases: dict[str, str]) -> dict[str, str]:
    """`x/v2` is known as `x`, too, `x.go` and `go-x` as `x`."""
    more = {name: path for path in aliases.values() for name in names_of(path)}
    return {**more, **aliases}


def _is_of_use(note: CallNote, look: Look) -> bool:
    """Whether what is called may be of a library that counts, as far as the file says."""
    head, _, rest = note.chain.partition("|")
    if head[:1] == "=":
        first, dot, _ = head[1:].lstrip("[]").partition(".")
        if not dot and first.partition("<")[0] in PREDECLARED:
            return False
    else:
        first = head if "|" in note.chain else ""
    path = look.aliases.get(first, "")
    if not path or library(path):
        return True
    return not is_standard(path) and (head[:1] == "=" or "|" in rest or _makes_client(rest))


def _makes_client(name: str) -> bool:
    return name[1:4] == "New" and name.endswith("Client")


def _call(look: Look, number: int, note: CallNote) -> Row:
    chains = [*note.given, *[""] * _GIVEN]
    given = [
        _argument(look, part, chain)
        for part, chain in zip(arguments(note.node)[:_GIVEN], chains, strict=False)
    ]
    holder = _holder(note.node) if note.chain.rpartition("|.")[2] in MARKED else ""
    return [number, _place(note.node), function_at(look, note.node), note.chain, given, holder]


def _holder(call: Node) -> str:
    """The field that is given what a call gives, `T.f` or `.f`; a variable as `f`."""
    around = call.parent
    outer = around.parent if around is not None else None
    if around is None or outer is None:
        return ""
    if around.type == "literal_element" and outer.type == "keyed_element":
        at: Node | None = outer
        while at is not None and at.type != "composite_literal":
            at = at.parent
        type_ = at.child_by_field_name("type") if at is not None else None
        return f"{text_of(type_) if type_ is not None else ''}.{text_of(outer.named_children[0])}"
    held = target(call)
    return f".{held.rpartition('.')[2]}" if "." in held else held


def _place(call: Node) -> int:
    """The line of the name that is called, which in a chain of calls tells them apart."""
    function = call.child_by_field_name("function")
    name = function.child_by_field_name("field") if function is not None else None
    return line_of(name if name is not None else call)


def _argument(look: Look, node: Node, chain: str) -> str:
    text = folded(look, node) if chain[:1] != "=" or chain[1:] in _OF_TEXT else None
    if text is not None:
        return "'" + masked(QUOTED.sub("''", text))[:_LONGEST]
    return f"{chain}\t{_written(node)}"


def _written(node: Node) -> str:
    """An expression as it stands there, if it is a short one, without values."""
    if node.type == "func_literal":
        return "func"
    text = " ".join(text_of(node)[: _SHOWN * 2].split())
    return re.sub(r"\"[^\"]*\"?|`[^`]*`?", '""', text)[:_SHOWN]


def _made(look: Look) -> Iterator[Row]:
    """Literals of types that say where a message goes, or how tables are named."""
    used = {library(path) for path in look.aliases.values()} & _SENDING
    if not used and _STRATEGY.encode() not in look.source:
        return
    for match in islice(_MADE.finditer(look.source), MOST):
        node = look.root.descendant_for_byte_range(match.end() - 1, match.end() - 1)
        while node is not None and node.type != "composite_literal":
            node = node.parent
        type_ = node.child_by_field_name("type") if node is not None else None
        body = node.child_by_field_name("body") if node is not None else None
        if node is None or type_ is None or body is None or body.start_byte != match.end() - 1:
            continue
        written = text_of(type_)
        if library(look.aliases.get(written.partition(".")[0], "")) or _STRATEGY in written:
            yield [line_of(node), function_at(look, node), written, _fields(look, body)]


def _fields(look: Look, body: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in body.named_children:
        parts = [part for part in element.named_children if part.named_child_count]
        key = text_of(parts[0]) if parts else ""
        if element.type == "keyed_element" and key in _SAYS and len(parts) > 1:
            value = parts[1].named_children[0]
            constant = value.type in _NAMED and named(look, value)
            found[key] = f"'{constant}" if constant else _argument(look, value, "")
    return found


def _wraps(note: CallNote) -> Iterator[Row]:
    """The function hands one of its parameters on as the name of a variable."""
    given = arguments(note.node)
    if note.chain in _READS and given and given[0].type == "identifier":
        place = parameter_place(given[0])
        if place >= 0:
            yield [owner(note.node), place, note.chain.endswith("LookupEnv")]


def _named(look: Look) -> Iterator[Row]:
    """Calls of functions without a dot, or of other packages, with a text in capitals."""
    for match in islice(_UPPER.finditer(look.source), MOST):
        node = string_at(look, match.start())
        around = node.parent if node is not None else None
        call = around.parent if around is not None and around.type == "argument_list" else None
        function = call.child_by_field_name("function") if call is not None else None
        if node is None or call is None or function is None:
            continue
        called = text_of(function)
        first, dot, last = called.partition(".")
        if called.isidentifier() or (dot and first in look.aliases and last.isidentifier()):
            given = arguments(call)
            place = [part.start_byte for part in given].index(node.start_byte)
            yield [line_of(node), called, place, masked(literal(node)), len(given)]


def _tables(look: Look) -> Iterator[Row]:
    if b"TableName(" not in look.source:
        return
    for match in _TABLE_NAME.finditer(look.source):
        node = look.root.descendant_for_byte_range(match.start(), match.start())
        method = node.parent if node is not None else None
        if method is None or method.type != "method_declaration":
            continue
        name = method.child_by_field_name("name")
        if name is not None and name.start_byte == match.start():
            yield [owner(method).partition(".")[0], _returned(look, method), line_of(method)]


def _returned(look: Look, method: Node) -> str | None:
    """What the only statement of a method returns, if that is a text."""
    body = method.child_by_field_name("body")
    lists = body.named_children if body is not None else []
    inner = lists[0].named_children if lists and lists[0].type == "statement_list" else lists
    steps = [part for part in inner if part.type != "comment"]
    if len(steps) != 1 or steps[0].type != "return_statement" or not steps[0].named_child_count:
        return None
    values = steps[0].named_children[0]
    value = values.named_children[0] if values.type == "expression_list" else values
    text = folded(look, value)
    if text is None and value.type in {"identifier", "selector_expression"}:
        return f"${{{text_of(value)}}}"
    return text
