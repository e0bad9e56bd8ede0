"""Trees of Java and of Kotlin, read alike: calls, annotations, what stands around a place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row

_CALLS = frozenset({"method_invocation", "call_expression"})
_GIVEN = frozenset({"argument_list", "value_arguments"})
TYPES = frozenset(
    {
        "class_declaration", "interface_declaration", "record_declaration", "enum_declaration",
        "object_declaration", "annotation_type_declaration",
    }
)  # fmt: skip
METHODS = frozenset({"method_declaration", "function_declaration"})
CONSTRUCTORS = frozenset(
    {"constructor_declaration", "compact_constructor_declaration", "secondary_constructor"}
)
_FIELDS = frozenset({"field_declaration", "constant_declaration", "property_declaration"})
PARAMETERS = frozenset({"formal_parameter", "class_parameter", "parameter"})
_ARRAYS = frozenset({"element_value_array_initializer", "collection_literal"})
_LIST_MAKERS = frozenset({"arrayOf", "listOf"})


@dataclass(frozen=True, slots=True)
class Code:
    """One file. names: simple name of what its imports bring -> full name. functions: the same
    for single functions. own: simple names of the types declared here. constants: of this file.

    held, fixed: what was found out before: names declared in a node, the only value of one.
    """

    root: Node
    language: str
    names: Mapping[str, str]
    functions: Mapping[str, str]
    imports: Mapping[str, str]
    package: str
    own: frozenset[str]
    constants: Mapping[str, str]
    held: dict[int, dict[str, list[Node]]] = field(default_factory=dict)
    fixed: dict[int, Node | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """`receiver.name(given)`, or `new Name(given)`. node: all of it."""

    node: Node
    name: str
    receiver: Node | None
    given: tuple[Node, ...]

    @property
    def line(self) -> int:
        """The line of the name, which in a chain may be far below its beginning."""
        return self.given_from.start_point[0] + 1

    @property
    def given_from(self) -> Node:
        """The part where the name stands."""
        return _name_node(self.node) or self.node


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation. name: full. declared: what it stands at. given: arguments by name."""

    node: Node
    name: str
    declared: Node
    given: Mapping[str, tuple[Node, ...]]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return line_of(self.node)


OfCall = Callable[[Code, Call], Iterator[Row]]
OfMark = Callable[[Code, Mark], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Client:
    """What a class of a library can be called for. fluent: on what its own methods give, too."""

    methods: Mapping[str, OfCall]
    fluent: bool = False


def line_of(node: Node) -> int:
    """The line on which a node begins."""
    return node.start_point[0] + 1


def text_of(node: Node | None) -> str:
    """The source of a node, "" for none."""
    return node.text.decode(errors="replace") if node is not None and node.text else ""


def _name_node(call: Node) -> Node | None:
    if call.type == "method_invocation":
        return call.child_by_field_name("name")
    first = call.named_children[0] if call.named_children else None
    if first is not None and first.type == "call_expression":
        return _name_node(first)
    if first is not None and first.type == "navigation_expression":
        return first.named_children[-1]
    return first if first is not None and first.type == "identifier" else None


def as_call(node: Node | None) -> Call | None:
    """The call that an expression is, None for anything else."""
    if node is None or node.type not in _CALLS:
        return None
    name = _name_node(node)
    if name is None:
        return None
    if node.type == "method_invocation":
        receiver = node.child_by_field_name("object")
    else:
        inner = name.parent
        inside = inner is not None and inner.type == "navigation_expression"
        receiver = inner.named_children[0] if inner is not None and inside else None
    return Call(node, text_of(name), receiver, tuple(_arguments(node)))


def _arguments(call: Node) -> Iterator[Node]:
    """What is given, the lambda after the brackets too."""
    for child in call.named_children:
        if child.type in _GIVEN:
            yield from _in_brackets(child)
        elif child.type == "annotated_lambda":
            yield child
        elif child.type == "call_expression" and call.type == "call_expression":
            yield from _arguments(child)


def _in_brackets(node: Node) -> Iterator[Node]:
    for part in node.named_children:
        if part.type == "value_argument" and part.named_children:
            yield part.named_children[-1]
        elif "comment" not in part.type:
            yield part


def call_at(root: Node, at: int) -> Call | None:
    """The call of the name at this byte; None in comments and texts, and for other names."""
    node = root.descendant_for_byte_range(at, at)
    if node is None or node.type not in {"identifier", "type_identifier"}:
        return None
    whole = node.parent
    if whole is not None and whole.type == "navigation_expression":
        if whole.named_children[-1].start_byte != node.start_byte:
            return None
        whole = whole.parent
    call = as_call(with_lambda(whole)) if whole is not None else None
    name = _name_node(call.node) if call is not None else None
    return call if name is not None and name.start_byte == node.start_byte else None


def with_lambda(call: Node) -> Node:
    """A call of Kotlin with the lambda that follows its brackets."""
    outer = call.parent
    if call.type == "call_expression" and outer is not None and outer.type == "call_expression":
        return outer
    return call


def made_at(root: Node, at: int) -> Call | None:
    """The object that is made of the class whose name begins at this byte: `new A(x)`, `A(x)`."""
    node = root.descendant_for_byte_range(at, at)
    whole = node.parent if node is not None else None
    if node is not None and whole is not None and whole.type == "generic_type":
        whole = whole.parent
    if whole is None or node is None:
        return None
    if whole.type == "call_expression" and whole.named_children[0] == node:
        return as_call(with_lambda(whole))
    if whole.type != "object_creation_expression":
        return None
    return Call(whole, text_of(node), None, tuple(_arguments(whole)))


def above(call: Call) -> Call | None:
    """The next call of the chain, whose receiver this one is."""
    outer = call.node.parent
    if outer is not None and outer.type == "navigation_expression":
        outer = with_lambda(outer.parent) if outer.parent is not None else None
    found = as_call(outer)
    if found is None or found.receiver is None:
        return None
    return (
        found
        if found.receiver.start_byte == call.node.start_byte
        and (found.receiver.end_byte == call.node.end_byte)
        else None
    )


def chain_above(call: Call, *, most: int = 40) -> Iterator[Call]:
    """All further calls of the chain, in the order in which they are made."""
    found = above(call)
    while found is not None and most:
        yield found
        found, most = above(found), most - 1


def chain_below(call: Call, *, most: int = 40) -> Iterator[Call]:
    """The calls that led to this one's receiver, the nearest first."""
    found = as_call(call.receiver)
    while found is not None and most:
        yield found
        found, most = as_call(found.receiver), most - 1


def holder(node: Node, kinds: frozenset[str]) -> Node | None:
    """The nearest node around of one of these kinds."""
    at = node.parent
    while at is not None and at.type not in kinds:
        at = at.parent
    return at


def name_of(node: Node | None) -> str:
    """The name of what is declared, "" for what has none."""
    if node is None:
        return ""
    if node.type == "identifier":
        return text_of(node).strip("`")
    name = node.child_by_field_name("name")
    if name is None:
        kinds = {"variable_declarator", "variable_declaration", "identifier"}
        return name_of(next((c for c in node.named_children if c.type in kinds), None))
    return text_of(name).strip("`")


def handler_of(node: Node) -> str:
    """`Class.method` around a node or of it, `Class` in a field, the function outside of any."""
    type_ = method = ""
    at: Node | None = node
    while at is not None and not type_:
        if at.type in TYPES:
            type_ = name_of(at)
        elif at.type in METHODS:
            method = name_of(at)
        elif at.type in CONSTRUCTORS:
            method = "<init>"
        at = at.parent
    if method == "<init>":
        method = type_
    return f"{type_}.{method}" if type_ and method else type_ or method


def around(root: Node, node: Node) -> list[Node]:
    """The nodes around a node, the nearest first: one way down costs as much as one step up."""
    cursor, at, found = root.walk(), node.start_byte, []
    while (here := cursor.node) is not None and here.id != node.id:
        found.append(here)
        if cursor.goto_first_child_for_byte(at) is None:
            break
    return found[::-1]


def method_around(node: Node) -> Node | None:
    """The outermost method or constructor around a node that is still in its class."""
    found: Node | None = None
    at: Node | None = node
    while at is not None and at.type not in TYPES:
        if at.type in METHODS | CONSTRUCTORS:
            found = at
        at = at.parent
    return found


def name_at(root: Node, at: int) -> str:
    """The name that begins at this byte, "" in comments and texts."""
    node = root.descendant_for_byte_range(at, at)
    plain = node is not None and node.type in {"identifier", "type_identifier"}
    return text_of(node) if plain else ""


def mark_at(root: Node, at: int) -> tuple[Node, Node] | None:
    """The annotation whose name begins at this byte, and what it stands at."""
    node = root.descendant_for_byte_range(at, at)
    if node is None or node.type not in {"identifier", "type_identifier"}:
        return None
    mark: Node | None = node
    while mark is not None and mark.type in {
        "identifier", "type_identifier", "user_type", "constructor_invocation",
    }:  # fmt: skip
        mark = mark.parent
    if mark is None or not mark.type.endswith("annotation"):
        return None
    declared = _declared(mark)
    return (mark, declared) if declared is not None else None


def _declared(mark: Node) -> Node | None:
    around = mark.parent
    if around is None or around.type not in {"modifiers", "parameter_modifiers"}:
        return None
    if around.type == "parameter_modifiers":
        return around.next_named_sibling
    found = around.parent
    kinds = TYPES | METHODS | CONSTRUCTORS | _FIELDS | PARAMETERS
    return found if found is not None and found.type in kinds else None


def given_to(mark: Node) -> dict[str, tuple[Node, ...]]:
    """The arguments of an annotation by name, those of a list one by one; `value` without one."""
    found: dict[str, tuple[Node, ...]] = {}
    for argument in _list_of(mark):
        name, value = _named(argument)
        if value is not None:
            found[name] = (*found.get(name, ()), *elements(value))
    return found


def marks_of(declared: Node) -> Iterator[tuple[str, Node]]:
    """The annotations of a type, method, field or parameter: simple name and node."""
    around = next((c for c in declared.named_children if c.type == "modifiers"), None)
    for mark in around.named_children if around is not None else ():
        if mark.type.endswith("annotation"):
            written = text_of(mark).lstrip("@").partition("(")[0]
            yield written.rpartition(":")[2].strip().rpartition(".")[2], mark


def body_of(type_: Node) -> list[Node]:
    """What is declared in a type."""
    bodies = {"class_body", "interface_body", "enum_body"}
    return [p for c in type_.named_children if c.type in bodies for p in c.named_children]


def _list_of(mark: Node) -> list[Node]:
    for child in mark.named_children:
        if child.type in {"annotation_argument_list", "value_arguments"}:
            return [part for part in child.named_children if "comment" not in part.type]
        if child.type == "constructor_invocation":
            return _list_of(child)
    if mark.type == "call_expression":  # an annotation inside of one of Kotlin
        return _list_of(mark.named_children[-1]) if mark.named_children else []
    return []


def _named(argument: Node) -> tuple[str, Node | None]:
    key = argument.child_by_field_name("key")
    if key is not None:
        return text_of(key), argument.child_by_field_name("value")
    if argument.type != "value_argument":
        return "value", argument
    parts = argument.named_children
    if any(child.type == "=" for child in argument.children):
        return text_of(parts[0]), parts[-1]
    return "value", parts[-1] if parts else None


def elements(value: Node) -> tuple[Node, ...]:
    """The elements of a list that an annotation is given, or the value alone."""
    if value.type in _ARRAYS:
        return tuple(part for part in value.named_children if "comment" not in part.type)
    call = as_call(value) if value.type == "call_expression" else None
    if call is not None and call.receiver is None and call.name in _LIST_MAKERS:
        return call.given
    return (value,)
