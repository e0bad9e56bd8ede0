"""Parsed values with their lines: YAML and JSON as `Node`, and its form between processes.

Keys stay text (`on:` is no boolean), a number is typed only where writing it back gives the same
text (`1.10`, `0644` stay text), and `yes`, `no`, `on`, `off` stay text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import yaml

from assessor.model.basis import Node, Scalar, Unread

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
Plain = Scalar | Unread | Node | Iterable["Plain"] | Mapping[str, "Plain"]

MAX_BYTES = 1 << 20
MAX_DEPTH = 100
MAX_ALIASES = 1000
MAX_NODES = 400_000

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: Mapping[str, Scalar] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z][\w.-]*)["']""")
_TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:binary", "!"}
_NO_FIELDS: Mapping[str, Node] = MappingProxyType({})


class UnreadableError(ValueError):
    """A file cannot be read: one sentence, the 1-based line (0 = whole file), a stable code."""

    def __init__(self, reason: str, *, line: int = 0, code: str = "unparsable") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.code = code


@dataclass(frozen=True, slots=True)
class _Built:
    """A node with what writing it out in full would take: alias expansions and nodes."""

    node: Node
    aliases: int
    size: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """The events of one document, the anchors seen so far, and the tags to be kept."""

    events: Iterator[yaml.Event]
    anchors: dict[str, _Built]
    keep: frozenset[str]


def decoded(content: bytes) -> str:
    """The text of a file, newlines unified; raises `UnreadableError` where it holds NUL bytes.

    UTF-8 or marked UTF-16, otherwise what an XML declaration says, GB 18030 or Latin-1.
    """
    text = _first_fitting(content, _encodings(content))
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise UnreadableError("The file is binary, not text.", line=line)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return ("utf-16", "latin-1")
    declared = _DECLARED.match(content[:200])
    named = (declared[1].decode("ascii"),) if declared else ()
    return ("utf-8-sig", *named, "gb18030", "latin-1")


def _first_fitting(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def load_yaml(text: str, *, keep: frozenset[str] = frozenset()) -> tuple[Node, ...]:
    """The documents of a YAML or JSON text, with merge keys resolved; empty ones are left out.

    keep: tags whose node becomes a mapping from the tag to the value; other tags are dropped and
    their value stays. Of a key given twice the last value counts.
    Raises `UnreadableError` on bad syntax, nesting over 100, more than 1000 alias expansions.
    """
    events = _events(text)
    starts = (event for event in events if isinstance(event, yaml.DocumentStartEvent))
    documents = tuple(
        _build(_Reader(events, {}, keep), next(events), depth=1).node for _ in starts
    )
    return tuple(node for node in documents if node.value is not None)


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of the C parser, which does not recurse; its errors told with their line."""
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError("The file holds a character that YAML forbids.", line=line) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "the syntax is wrong"
        line = min(getattr(mark, "line", -1) + 1, _last_line(text))
        raise UnreadableError(f"YAML cannot be parsed: {problem}.", line=line) from None


def _last_line(text: str) -> int:
    return max(1, text.count("\n") + (not text.endswith("\n")))


def _line(event: yaml.Event) -> int:
    return int(getattr(event.start_mark, "line", -1)) + 1


def _build(reader: _Reader, event: yaml.Event, *, depth: int) -> _Built:
    line = _line(event)
    if depth > MAX_DEPTH:
        raise UnreadableError(f"Nesting is deeper than {MAX_DEPTH}.", line=line, code="too-deep")
    if isinstance(event, yaml.AliasEvent):
        built = _expanded(reader.anchors, event)
    elif isinstance(event, yaml.ScalarEvent):
        built = _Built(Node(line, _scalar(event)), 0, 1 + len(event.value) // 64)
    elif isinstance(event, yaml.SequenceStartEvent):
        built = _sequence(reader, line, depth=depth)
    else:
        built = _mapping(reader, line, depth=depth)
    _check_growth(built, line)
    built = _kept(reader.keep, event, built)
    anchor = getattr(event, "anchor", None)
    if anchor and not isinstance(event, yaml.AliasEvent):
        reader.anchors[anchor] = built
    return built


def _check_growth(built: _Built, line: int) -> None:
    if built.aliases > MAX_ALIASES or built.size > MAX_NODES:
        raise UnreadableError(
            "Aliases or merge keys expand beyond the limit.", line=line, code="too-large"
        )


def _kept(keep: frozenset[str], event: yaml.Event, built: _Built) -> _Built:
    tag = getattr(event, "tag", None)
    if tag not in keep:
        return built
    node = Node(built.node.line, {str(tag): built.node})
    return _Built(node, built.aliases, built.size + 1)


def _expanded(anchors: Mapping[str, _Built], event: yaml.AliasEvent) -> _Built:
    built = anchors.get(event.anchor or "")
    if built is None:
        raise UnreadableError("An alias is not defined.", line=_line(event))
    return _Built(built.node, built.aliases + 1, built.size)


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    text: str = event.value
    if event.style or event.tag in _TEXT_TAGS:
        plain = bool(event.tag) and str(event.tag).startswith("tag:yaml.org,2002:")
        return typed(text) if plain and event.tag not in _TEXT_TAGS else text
    return typed(text)


def typed(text: str) -> Scalar:
    """A plain scalar as boolean, null or number where that loses nothing, otherwise as text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and text != "-0":
        return int(text)
    if _FRACTION.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return text


def _sequence(reader: _Reader, line: int, *, depth: int) -> _Built:
    parts: list[_Built] = []
    aliases, size = 0, 1
    for event in reader.events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        part = _build(reader, event, depth=depth + 1)
        parts.append(part)
        aliases, size = aliases + part.aliases, size + part.size
        _check_growth(_Built(part.node, aliases, size), line)
    return _Built(Node(line, tuple(part.node for part in parts)), aliases, size)


def _mapping(reader: _Reader, line: int, *, depth: int) -> _Built:
    own: dict[str, Node] = {}
    merged: dict[str, Node] = {}
    aliases, size = 0, 1
    for event in reader.events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _build(reader, event, depth=depth + 1)
        part = _build(reader, next(reader.events), depth=depth + 1)
        aliases, size = aliases + part.aliases, size + part.size + 1
        _check_growth(_Built(part.node, aliases, size), line)
        if _is_merge(event):
            merged = _merged(part.node) | merged
        else:
            own[_key(event, key.node)] = _headed(part.node, _line(event))
    return _Built(Node(line, merged | own if merged else own), aliases, size)


def _headed(part: Node, line: int) -> Node:
    """A mapping or sequence stands on the line of its key; an alias where it was written out."""
    below = isinstance(part.value, (Mapping, tuple)) and part.line == line + 1
    return Node(line, part.value) if below else part


def _is_merge(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style


def _merged(node: Node) -> dict[str, Node]:
    if isinstance(node.value, tuple):
        parts = [_merged(item) for item in reversed(node.value) if fields(item)]
        return {key: value for part in parts for key, value in part.items()}
    if not isinstance(node.value, Mapping):
        raise UnreadableError("A merge key needs a mapping.", line=node.line)
    return dict(node.value)


def _key(event: yaml.Event, node: Node) -> str:
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    written = text(node)
    return written if written is not None else ("[…]" if items(node) else "{…}")


def node(value: Plain, *, line: int) -> Node:
    """A plain value as a node on `line`; nodes inside it keep their own lines."""
    if isinstance(value, Node):
        return value
    if value is None or isinstance(value, (str, int, float, bool)):
        return Node(line, value)
    if isinstance(value, Mapping):
        return Node(line, {key: node(part, line=line) for key, part in value.items()})
    return Node(line, tuple(node(part, line=line) for part in value))


def fields(parent: Node | None) -> Mapping[str, Node]:
    """The entries of a mapping; nothing where the node is none."""
    if parent is not None and isinstance(parent.value, Mapping):
        return parent.value
    return _NO_FIELDS


def items(parent: Node | None) -> tuple[Node, ...]:
    """The members of a sequence; nothing where the node is none."""
    return parent.value if parent is not None and isinstance(parent.value, tuple) else ()


def child(parent: Node | None, *path: str) -> Node | None:
    """The node under these keys, or None where the way ends early."""
    for key in path:
        parent = fields(parent).get(key)
    return parent


def present(parent: Node | None, *path: str) -> Node | None:
    """The node under these keys unless it is null: a key with all below it commented out."""
    found = child(parent, *path)
    return None if found is None or found.value is None else found


def text(scalar: Node | None) -> str | None:
    """A scalar as text (`true`, `3`); None for null, templated values, sequences and mappings."""
    value = scalar.value if scalar is not None else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Unread) or not isinstance(value, (str, int, float)):
        return None
    return str(value)


def mapped(root: Node, change: Callable[[str], str | Unread]) -> Node:
    """The node with every text in it replaced; keys, numbers and lines stay."""
    value = root.value
    if isinstance(value, Mapping):
        return Node(root.line, {key: mapped(part, change) for key, part in value.items()})
    if isinstance(value, tuple):
        return Node(root.line, tuple(mapped(part, change) for part in value))
    if isinstance(value, str) and not isinstance(value, Unread):
        return Node(root.line, change(value))
    return root


def relined(root: Node, line: int) -> Node:
    """The node with every line in it set to `line`; for values that stand in another file."""
    value = root.value
    if isinstance(value, Mapping):
        return Node(line, {key: relined(part, line) for key, part in value.items()})
    if isinstance(value, tuple):
        return Node(line, tuple(relined(part, line) for part in value))
    return Node(line, value)


def encode(root: Node) -> Json:
    """The node as compact JSON: `[line, value]`, or `[line, word, 1]` for a value left unread."""
    value = root.value
    if isinstance(value, Unread):
        return [root.line, value.value, 1]
    if isinstance(value, Mapping):
        return [root.line, {key: encode(part) for key, part in value.items()}]
    if isinstance(value, tuple):
        return [root.line, [encode(part) for part in value]]
    return [root.line, value]


def decode(json: Json) -> Node:
    """The node that `encode` wrote; raises `ValueError` on any other shape."""
    match json:
        case [int() as line, str() as word, 1]:
            return Node(line, Unread(word))
        case [int() as line, dict() as parts]:
            return Node(line, {key: decode(part) for key, part in parts.items()})
        case [int() as line, list() as parts]:
            return Node(line, tuple(decode(part) for part in parts))
        case [int() as line, None | str() | int() | float() | bool() as value]:
            return Node(line, value)
    raise ValueError(f"not an encoded node: {str(json)[:80]}")
