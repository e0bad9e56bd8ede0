"""What phase A tells of a Go file for data and behaviour: calls of telling names, literals of
telling types, texts that begin as SQL does, constants, wrappers around the environment.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict

from tree_sitter import Node

from assessor.collect.languages.endpoints_go_routers import arguments, owner
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.go_folding import Look, folded, literal, parameter_place
from assessor.collect.languages.go_libraries import is_standard, library, names_of
from assessor.collect.languages.go_state import CallNote, Walk
from assessor.collect.languages.go_telling import MARKED, SQL
from assessor.collect.languages.go_types import PREDECLARED
from assessor.collect.languages.python_literals import is_secret, masked
from assessor.collect.languages.sql import MAX_LENGTH, looks_like_sql

_MOST = 3_000  # calls, literals, texts of a file; more have only generated files
_GIVEN = 6  # arguments that are told
_SHOWN = 60  # letters of an expression that is shown
_LONGEST = 300  # letters of an argument
_TEXT = 200  # letters of a constant that is told; longer ones are no names
_BEGINS = re.compile(
    rb"[\"`]\s{0,200}"
    rb"(?:(?:--[^\n]{0,200}\n|/\*[^*]{0,200}\*/|\()\s{0,200}){0,4}"
    rb"(?:select|insert|update|delete|merge|replace|truncate|with)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(rb"\(\s{0,200}select\s", re.IGNORECASE)
_INNER = re.compile(r"(\(\s{0,200})(?=select\s)", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'")
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
_STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal"})
_NAMED = frozenset({"identifier", "selector_expression"})
_TEXTS = _STRINGS | {"binary_expression"}
_READS = frozenset({"os|.Getenv", "os|.LookupEnv", "syscall|.Getenv"})

Row = list[object]


class CallFacts(TypedDict, total=False):
    """Facts for data and behaviour; a key is left out where there is nothing.

    calls: [number, line, function around, chain, arguments, field that holds what is given]; an
    argument is `'text`, else its chain, a tab, and how it is written. made: [line, function
    around, type, {field: argument}]. asked: [line, function around, text, whether it is passed as
    SQL, name that is given it].
    texts: constant of the package -> its text. wraps: [function, place of the parameter that is
    the name of a variable of the environment, whether others follow]. named: [line, what is
    called, place, text in capitals, number of arguments]. tables: [type, text or None, line] of
    methods `TableName`. tags: [number of the type, field, line, {key: text}].
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
    kept = [note for note in enumerate(walk.calls[:_MOST]) if _is_of_use(note[1], look)]
    found: CallFacts = {
        "calls": [_call(look, number, note) for number, note in kept],
        "made": list(_made(look)),
        "asked": list(_asked(look)),
        "texts": dict(_texts(look)),
        "wraps": [row for _, note in kept for row in _wraps(note)],
        "named": list(_named(look)),
        "tables": list(_tables(look)),
        "tags": [
            [number, field, source.count(b"\n", 0, start) + 1, _kept(tag)]
            for number, type_ in enumerate(walk.types)
            for field, (tag, start) in type_.tags.items()
        ],
    }
    return {key: value for key, value in found.items() if value}  # type: ignore[return-value]  # fewer keys


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


def _line(node: Node) -> int:
    return node.start_point[0] + 1


def _call(look: Look, number: int, note: CallNote) -> Row:
    chains = [*note.given, *[""] * _GIVEN]
    given = [
        _argument(look, part, chain)
        for part, chain in zip(arguments(note.node)[:_GIVEN], chains, strict=False)
    ]
    holder = _holder(note.node) if note.chain.rpartition("|.")[2] in MARKED else ""
    return [number, _place(note.node), owner(note.node), note.chain, given, holder]


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
    target = _target(call)
    return f".{target.rpartition('.')[2]}" if "." in target else target


def _place(call: Node) -> int:
    """The line of the name that is called, which in a chain of calls tells them apart."""
    function = call.child_by_field_name("function")
    name = function.child_by_field_name("field") if function is not None else None
    return _line(name if name is not None else call)


def _argument(look: Look, node: Node, chain: str) -> str:
    text = folded(look, node)
    if text is not None:
        return "'" + masked(_QUOTED.sub("''", text))[:_LONGEST]
    return f"{chain}\t{_written(node)}"


def _written(node: Node) -> str:
    """An expression as it stands there, if it is a short one, without values."""
    if node.type == "func_literal":
        return "func"
    text = " ".join(text_of(node)[: _SHOWN * 2].split())
    return re.sub(r"\"[^\"]*\"?|`[^`]*`?", '""', text)[:_SHOWN]


def _made(look: Look) -> Iterator[Row]:
    """Literals of types that say where a message goes, or how tables are named."""
    for match in islice(_MADE.finditer(look.source), _MOST):
        node = look.root.descendant_for_byte_range(match.end() - 1, match.end() - 1)
        while node is not None and node.type != "composite_literal":
            node = node.parent
        type_ = node.child_by_field_name("type") if node is not None else None
        body = node.child_by_field_name("body") if node is not None else None
        if node is None or type_ is None or body is None or body.start_byte != match.end() - 1:
            continue
        written = text_of(type_)
        if library(look.aliases.get(written.partition(".")[0], "")) or _STRATEGY in written:
            yield [_line(node), owner(node), written, _fields(look, body)]


def _fields(look: Look, body: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in body.named_children:
        parts = [part for part in element.named_children if part.named_child_count]
        key = text_of(parts[0]) if parts else ""
        if element.type == "keyed_element" and key in _SAYS and len(parts) > 1:
            value = parts[1].named_children[0]
            constant = value.type in _NAMED and folded(look, value) is None
            found[key] = f"'${{{text_of(value)}}}" if constant else _argument(look, value, "")
    return found


def _asked(look: Look) -> Iterator[Row]:
    """Texts that begin as a statement does, as whole as the file tells them."""
    for match in islice(_BEGINS.finditer(look.source), _MOST):
        node = _string_at(look, match.start())
        whole = _whole(node) if node is not None else None
        text = folded(look, whole) if whole is not None else None
        if node is None or whole is None or text is None:
            continue
        shown = _QUOTED.sub("''", text)[:MAX_LENGTH]
        yield [_line(node), owner(node), shown, _is_passed(whole), _target(whole)]
    yield from _within(look)


def _within(look: Look) -> Iterator[Row]:
    """Statements within conditions: `"id IN (SELECT id FROM memo WHERE …)"`."""
    done: set[int] = set()
    for match in islice(_WITHIN.finditer(look.source), _MOST):
        node = look.root.descendant_for_byte_range(match.start(), match.start())
        while node is not None and node.type not in _STRINGS:
            node = node.parent
        whole = _outermost(node) if node is not None else None
        if node is None or whole is None or whole.start_byte in done:
            continue
        done.add(whole.start_byte)
        text = _QUOTED.sub("''", folded(look, whole) or "")
        for found in _INNER.finditer(text) if not looks_like_sql(text) else ():
            yield [_line(node), owner(node), _statement(text[found.end(1) :]), False, ""]


def _outermost(node: Node) -> Node:
    """The sum or the format that the text is a part of."""
    at = node
    while at.parent is not None:
        around = at.parent
        if around.type in {"binary_expression", "parenthesized_expression"}:
            at = around
        elif _is_format(around, at) and around.parent is not None:
            at = around.parent
        else:
            break
    return at


def _statement(text: str) -> str:
    """The text up to the bracket that closes it."""
    depth = 0
    for at, letter in enumerate(text[:MAX_LENGTH]):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return text[:at]
    return text[:MAX_LENGTH]


def _string_at(look: Look, start: int) -> Node | None:
    node = look.root.descendant_for_byte_range(start, start)
    while node is not None and node.type not in _STRINGS and node.start_byte == start:
        node = node.parent
    return node if node is not None and node.start_byte == start else None


def _whole(node: Node) -> Node | None:
    """The sum or the format that the text begins, None if it stands in the midst of one."""
    at = node
    while at.parent is not None:
        around = at.parent
        if around.type in {"binary_expression", "parenthesized_expression"}:
            if around.type == "binary_expression" and around.start_byte != node.start_byte:
                return None
        elif not _is_format(around, at):
            return at
        elif around.parent is not None:
            around = around.parent
        at = around
    return at


def _is_format(around: Node, part: Node) -> bool:
    call = around.parent
    function = call.child_by_field_name("function") if call is not None else None
    return (
        around.type == "argument_list"
        and function is not None
        and text_of(function) == "fmt.Sprintf"
        and around.named_children[0].start_byte == part.start_byte
    )


def _is_passed(node: Node) -> bool:
    """Whether the text is given to a method that takes statements."""
    around = node.parent
    call = around.parent if around is not None and around.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    name = function.child_by_field_name("field") if function is not None else None
    return name is not None and text_of(name) in SQL - {"Get", "Select"}


def _target(node: Node) -> str:
    """The variable or constant that is given the text."""
    around = node.parent
    if around is None or around.type != "expression_list" or around.parent is None:
        return ""
    outer, place = around.parent, [one.start_byte for one in around.named_children]
    left = outer.child_by_field_name("left")
    names = left.named_children if left is not None else outer.children_by_field_name("name")
    at = place.index(node.start_byte)
    return text_of(names[at]) if at < len(names) else ""


def _texts(look: Look) -> Iterator[tuple[str, str]]:
    """Constants of the package and their texts, but for secrets."""
    for declared in look.root.named_children:
        for spec in declared.named_children if declared.type == "const_declaration" else ():
            value = spec.child_by_field_name("value")
            names = spec.children_by_field_name("name")
            for name, part in zip(names, value.named_children if value else (), strict=False):
                text = folded(look, part) if part.type in _TEXTS else None
                if text and len(text) <= _TEXT and not is_secret(text_of(name), text):
                    yield text_of(name), masked(text)


def _wraps(note: CallNote) -> Iterator[Row]:
    """The function hands one of its parameters on as the name of a variable."""
    given = arguments(note.node)
    if note.chain in _READS and given and given[0].type == "identifier":
        place = parameter_place(given[0])
        if place >= 0:
            yield [owner(note.node), place, note.chain.endswith("LookupEnv")]


def _named(look: Look) -> Iterator[Row]:
    """Calls of functions without a dot, or of other packages, with a text in capitals."""
    for match in islice(_UPPER.finditer(look.source), _MOST):
        node = _string_at(look, match.start())
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
            yield [_line(node), called, place, literal(node), len(given)]


def _tables(look: Look) -> Iterator[Row]:
    for match in _TABLE_NAME.finditer(look.source):
        node = look.root.descendant_for_byte_range(match.start(), match.start())
        method = node.parent if node is not None else None
        if method is None or method.type != "method_declaration":
            continue
        name = method.child_by_field_name("name")
        if name is not None and name.start_byte == match.start():
            yield [owner(method).partition(".")[0], _returned(look, method), _line(method)]


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
