"""Calls in the code of a migration as plain values, alike for all languages that have them.

Only what is written down counts: texts, names, lists, the calls in the order of the source. What
is computed is `OTHER`, from which nothing follows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tree_sitter import Language, Node, Parser

MAX_DEPTH = 80

TEXT, NAME, CALL, LIST, MAP, BODY, OTHER = "text", "name", "call", "list", "map", "body", "other"


@dataclass(frozen=True, slots=True)
class Value:
    """A value. text: of a literal, a name (the last part of a dotted one), or what is called.

    parts: arguments, members or, in a body, calls. named: arguments and members by their names.
    owner: what the method is called on.
    """

    kind: str
    text: str = ""
    line: int = 0
    parts: tuple["Value", ...] = ()
    named: Mapping[str, "Value"] = field(default_factory=dict)
    owner: "Value | None" = None

    def get(self, *names: str, at: int = -1) -> "Value":
        """The argument of one of these names, or at this position."""
        for name in names:
            if name in self.named:
                return self.named[name]
        return self.parts[at] if 0 <= at < len(self.parts) else NOTHING

    @property
    def texts(self) -> tuple[str, ...]:
        """The text, or those of a list; nothing where one of them is computed."""
        if self.kind == TEXT:
            return (self.text,)
        found = [part.text for part in self.parts if part.kind == TEXT]
        return tuple(found) if self.kind == LIST and len(found) == len(self.parts) else ()

    @property
    def literal(self) -> str:
        """The text of a literal, "" for anything else."""
        return self.text if self.kind == TEXT else ""


NOTHING = Value(OTHER)

_CALLS = frozenset(
    [
        "call", "call_expression", "new_expression", "function_call_expression",
        "member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression",
        "object_creation_expression", "invocation_expression",
    ]
)  # fmt: skip
_LISTS = frozenset(
    ["list", "tuple", "array", "initializer_expression", "collection_expression", "set"]
)
_MAPS = frozenset(["dictionary", "object", "anonymous_object_creation_expression"])
_FUNCTIONS = frozenset(
    [
        "arrow_function", "function_expression", "anonymous_function", "lambda_expression",
        "anonymous_function_creation_expression", "lambda", "method_definition",
    ]
)  # fmt: skip
_THROUGH = frozenset(
    [
        "await_expression", "await", "parenthesized_expression", "as_expression", "argument",
        "satisfies_expression", "non_null_expression", "cast_expression", "expression_statement",
        "implicit_array_creation_expression", "return_statement",
    ]
)  # fmt: skip
_STRINGS = frozenset(
    [
        "string", "string_literal", "verbatim_string_literal", "raw_string_literal",
        "template_string", "encapsed_string", "heredoc", "nowdoc", "concatenated_string",
    ]
)  # fmt: skip
_OPEN = frozenset(
    ["template_substitution", "interpolation", "variable_name", "member_access_expression"]
)
_CONTENT = frozenset(
    [
        "string_content", "string_fragment", "string_literal_content", "nowdoc_string",
        "raw_string_content", "escape_sequence", "heredoc_body", "nowdoc_body",
    ]
)  # fmt: skip
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": " ", '\\"': '"', "\\'": "'", "\\`": "`", "\\\\": "\\"}
_DECLARATIONS = frozenset(
    ["function_declaration", "method_declaration", "method_definition", "function_definition"]
)
_LEFT, _RIGHT = ("left", "key", "name"), ("right", "value")
_DOTTED = frozenset(
    [
        "attribute", "member_expression", "member_access_expression", "qualified_name",
        "class_constant_access_expression", "scoped_identifier",
    ]
)  # fmt: skip
_NAMES = frozenset(
    [
        "identifier", "name", "property_identifier", "variable_name", "generic_name", "this",
        "type_identifier", "true", "false", "none", "null",
    ]
)  # fmt: skip


def tree(language: Language, content: str) -> Node:
    """The root of the syntax tree."""
    return Parser(language).parse(content.encode("utf-8", "replace")).root_node


def calls(root: Node, *, depth: int = 0) -> tuple[Value, ...]:
    """The outermost calls below the node, in the order of the source."""
    found: list[Value] = []
    left = [root]
    while left:
        node = left.pop()
        if node.type in _CALLS:
            found.append(value(node, depth=depth + 1))
        elif node.type not in _FUNCTIONS or node is root:
            left += reversed(node.named_children)
    return tuple(found)


def value(node: Node | None, *, depth: int = 0) -> Value:
    """What the node is as a value."""
    if node is None or depth > MAX_DEPTH:
        return NOTHING
    for kinds, read in _READERS:
        if node.type in kinds:
            return read(node, depth)
    return Value(OTHER, line=_line(node))


def forward(root: Node, name: str) -> tuple[Value, ...]:
    """The calls in the function of this name, and in those of the same file that it calls."""
    bodies = _bodies(root)
    found: list[Value] = []
    open_: set[str] = set()
    left = [*reversed(_calls_in(bodies, name))]
    while left:
        call = left.pop()
        own = call.owner is None or call.owner.text in {"this", "self"}
        if own and call.text in bodies and call.text not in open_ | {name}:
            open_.add(call.text)
            left += reversed(_calls_in(bodies, call.text))
        else:
            found.append(call)
    return tuple(found)


def _calls_in(bodies: Mapping[str, list[Node]], name: str) -> list[Value]:
    return [call for body in bodies.get(name, ()) for call in _body(body, 0).parts]


def _bodies(root: Node) -> dict[str, list[Node]]:
    """Name -> bodies of the functions that a file declares, but for those inside others."""
    found: dict[str, list[Node]] = {}
    left = [root]
    while left:
        node = left.pop()
        declared = _declared(node)
        if declared is not None:
            found.setdefault(declared[0], []).append(declared[1])
        elif node.type not in _FUNCTIONS:
            left += reversed(node.named_children)
    return found


def _declared(node: Node) -> tuple[str, Node] | None:
    """Name and body of the function that the node declares."""
    if node.type in _DECLARATIONS:
        named = node.child_by_field_name("name")
        inner: Node | None = node
    elif node.type in {"assignment_expression", "pair", "variable_declarator"}:
        named = next((n for f in _LEFT if (n := node.child_by_field_name(f))), None)
        inner = next((n for f in _RIGHT if (n := node.child_by_field_name(f))), None)
        inner = inner if inner is not None and inner.type in _FUNCTIONS else None
    else:
        return None
    body = inner.child_by_field_name("body") if inner is not None else None
    return (_last_name(named), body) if named is not None and body is not None else None


def chain(call: Value) -> list[Value]:
    """A call and those that it is called on, innermost first."""
    found: list[Value] = []
    at: Value | None = call
    while at is not None and at.kind == CALL:
        found.append(at)
        at = at.owner
    return found[::-1]


def _children(node: Node) -> list[Node]:
    return [each for each in node.named_children if each.type != "comment"]


def _line(node: Node) -> int:
    return node.start_point[0] + 1


def _source(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _last_name(node: Node) -> str:
    """The last part of a dotted name; the class of `User::class`."""
    if node.type == "class_constant_access_expression":
        parts = [_source(each) for each in node.named_children]
        return parts[0].rpartition("\\")[2] if parts[-1:] == ["class"] else parts[-1]
    text = _source(node).partition("<")[0]
    for mark in (".", "->", "::", "\\"):
        text = text.rpartition(mark)[2]
    return text.strip().lstrip("$")


def _body(node: Node, depth: int) -> Value:
    """The calls of a function, or the value that it is."""
    if node.type in _MAPS or node.type in _DOTTED or node.type in _STRINGS:
        return value(node, depth=depth + 1)
    return Value(BODY, line=_line(node), parts=calls(node, depth=depth))


def _call(node: Node, depth: int) -> Value:
    called = (
        node.child_by_field_name("function")
        or node.child_by_field_name("constructor")
        or node.child_by_field_name("name")
        or node.child_by_field_name("type")
        or next(iter(_children(node)), None)
    )
    owner = node.child_by_field_name("object") or node.child_by_field_name("scope")
    if owner is None and called is not None and called.type in _DOTTED:
        owner = called.child_by_field_name("object") or called.child_by_field_name("expression")
    given = node.child_by_field_name("arguments") or next(
        (each for each in node.named_children if each.type in {"arguments", "argument_list"}), None
    )
    parts, named = _arguments(given, depth)
    text = _last_name(called) if called is not None else ""
    on = value(owner, depth=depth + 1) if owner is not None else None
    return Value(CALL, text, _line(node), parts, named, on)


def _arguments(given: Node | None, depth: int) -> tuple[tuple[Value, ...], Mapping[str, Value]]:
    parts: list[Value] = []
    named: dict[str, Value] = {}
    for each in _children(given) if given is not None else ():
        name = each.child_by_field_name("name")
        if each.type == "keyword_argument" and name is not None:
            inner = value(each.child_by_field_name("value"), depth=depth + 1)
            named[_source(name)] = inner
        elif each.type == "argument" and name is not None:
            named[_source(name)] = value(_children(each)[-1], depth=depth + 1)
        else:
            parts.append(value(each, depth=depth + 1))
    return tuple(parts), named


def _members(node: Node, depth: int) -> Iterator[tuple[str, Value]]:
    """The members of a mapping by their keys; those of C#'s `new { Id = … }` too."""
    pending = ""
    for each in _children(node):
        key = each.child_by_field_name("key")
        if each.type == "pair" and key is not None:
            yield _key(key), value(each.child_by_field_name("value"), depth=depth + 1)
        elif node.type == "anonymous_object_creation_expression":
            if each.type == "identifier" and not pending:
                pending = _source(each)
            else:
                yield pending, value(each, depth=depth + 1)
                pending = ""


def _key(key: Node) -> str:
    return _text(key).text if key.type in _STRINGS else _source(key)


def _php_array(node: Node, depth: int) -> Value:
    """A list or, with `=>`, a mapping; C# writes its arrays with the same kind of node."""
    parts: list[Value] = []
    named: dict[str, Value] = {}
    for each in _children(node):
        inside = _children(each)
        if each.type == "array_element_initializer" and len(inside) > 1:
            key = value(inside[0], depth=depth + 1)
            named[key.text] = value(inside[-1], depth=depth + 1)
        elif each.type == "array_element_initializer" and inside:
            parts.append(value(inside[0], depth=depth + 1))
        elif each.type == "initializer_expression":
            return value(each, depth=depth + 1)
    if named:
        return Value(MAP, line=_line(node), named=named)
    return Value(LIST, line=_line(node), parts=tuple(parts))


def _function(node: Node, depth: int) -> Value:
    return _body(node.child_by_field_name("body") or (node.named_children or [node])[-1], depth)


def _map(node: Node, depth: int) -> Value:
    return Value(MAP, line=_line(node), named=dict(_members(node, depth)))


def _list(node: Node, depth: int) -> Value:
    parts = tuple(value(each, depth=depth + 1) for each in _children(node))
    return Value(LIST, line=_line(node), parts=parts)


def _inner(node: Node, depth: int) -> Value:
    inside = _children(node)
    return value(inside[-1] if inside else None, depth=depth + 1)


def _name(node: Node, _depth: int) -> Value:
    return Value(NAME, _last_name(node), _line(node))


def _text(node: Node, _depth: int = 0) -> Value:
    """The text of a literal; a part that is filled in makes it `OTHER`."""
    if node.type == "verbatim_string_literal":
        return Value(TEXT, _source(node)[2:-1].replace('""', '"'), _line(node))
    found: list[str] = []
    left = list(reversed(node.children)) if node.type != "identifier" else []
    while left:
        part = left.pop()
        if part.type in _OPEN:
            return Value(OTHER, line=_line(node))
        if part.type == "escape_sequence":
            found.append(_ESCAPES.get(_source(part), " "))
        elif part.type in _CONTENT and not part.named_children:
            found.append(_source(part))
        else:
            left += reversed(part.children)
    return Value(TEXT, "".join(found), _line(node))


_READERS: tuple[tuple[frozenset[str], Callable[[Node, int], Value]], ...] = (
    (_CALLS, _call),
    (_STRINGS, _text),
    (_FUNCTIONS, _function),
    (_MAPS, _map),
    (frozenset({"array_creation_expression"}), _php_array),
    (_LISTS, _list),
    (_THROUGH, _inner),
    (_NAMES | _DOTTED, _name),
)
