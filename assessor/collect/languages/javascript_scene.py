"""A second look at a script, for files that speak of what they store, call or send.

One query of the tree gives the nodes of interest in the order of the text; from these the scopes
are built with what is given to each name. No use of a name is looked at here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from tree_sitter import Node, Query, QueryCursor

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_tree import GRAMMARS

MODULE, FUNCTION, CLASS = "module", "function", "class"
_MOST = 50_000  # nodes of a file that are looked at; more have only generated files
_WIDEST = 300  # keys of an object, and values of a name; more are data, or made by a machine
_SHARED = """
[(call_expression) (new_expression)] @call
[(function_declaration) (generator_function_declaration) (function_expression) (arrow_function)
 (generator_function) (method_definition)] @function
[(variable_declarator) (assignment_expression) (augmented_assignment_expression)] @value
(pair value: [(arrow_function) (function_expression)]) @value
(return_statement) @return
"""
_TYPED = """
[(class_declaration) (abstract_class_declaration) (class)] @class
(public_field_definition) @value
(decorator) @decorator
(enum_declaration) @enum
"""
_PLAIN = """
[(class_declaration) (class)] @class
(field_definition) @value
(decorator) @decorator
"""
_QUERIES: Mapping[str, Query] = {
    name: Query(grammar, _SHARED + (_PLAIN if name == "javascript" else _TYPED))
    for name, grammar in GRAMMARS.items()
}
_PARAMETERS = frozenset({"required_parameter", "optional_parameter"})
_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_AROUND = frozenset({"await_expression", "parenthesized_expression", "non_null_expression"})
_ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression"})
_PATTERNS = frozenset({"object_pattern", "array_pattern"})
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Given:
    """What a name is given. path: the part of the value, for a name in a pattern.

    default: the pattern has a value of its own where there is none. adds: it is added to another.
    """

    node: Node
    path: str = ""
    declared: bool = True
    default: bool = False
    adds: bool = False


@dataclass(slots=True, eq=False)
class Scope:
    """A module, function or class. values, types: of variables or fields, by their names.

    marks: name of a field -> the decorators before it. returns: what the function gives back.
    """

    kind: str
    node: Node
    parent: int
    name: str = ""
    values: dict[str, list[Given]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    marks: dict[str, list[Node]] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    returns: list[Node] = field(default_factory=list)


class Called(NamedTuple):
    """A call, or an object that is made, in a scope. name: the last of what is called.

    dotted: the name stands after a dot.
    """

    node: Node
    scope: int
    function: Node
    name: str
    dotted: bool


@dataclass(slots=True)
class Scene:
    """A file. imports: local name -> (specifier, exported name). calls, decorators: in order.

    enums: declarations. symbols: number of a node that defines something stored -> its name.
    naming: number of a value -> the name that it is given to. opened: number of a class or
    function -> its scope. constants: see `javascript_folding`.
    known: what `javascript_origins` has found. steps, pieces: what is left for
    following one expression, which hostile code makes endless.
    """

    source: bytes
    root: Node
    imports: Mapping[str, tuple[str, str]]
    scopes: list[Scope]
    calls: list[Called] = field(default_factory=list)
    decorators: list[tuple[Node, int]] = field(default_factory=list)
    enums: list[Node] = field(default_factory=list)
    symbols: dict[int, str] = field(default_factory=dict)
    constants: dict[str, str] | None = None
    known: dict[tuple[int, int], object] = field(default_factory=dict)
    steps: int = 0
    pieces: int = 0
    naming: dict[int, str] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)


def scene(
    source: bytes, root: Node, *, grammar: str, imports: Mapping[str, tuple[str, str]]
) -> Scene:
    """The scopes of a file with what is given to names in them."""
    made = Scene(source, root, imports, [Scope(MODULE, root, -1)])
    found = QueryCursor(_QUERIES[grammar]).captures(root)
    nodes = sorted(
        (
            (node.start_byte, -node.end_byte, kind, at)
            for kind, every in found.items()
            for at, node in enumerate(every)
        ),
        key=lambda each: each[:3],
    )
    stack = [0]
    for start, _, kind, at in islice(nodes, _MOST):
        node = found[kind][at]
        while len(stack) > 1 and made.scopes[stack[-1]].node.end_byte <= start:
            stack.pop()
        _note(made, kind, node, stack=stack)
    return made


def chain(made: Scene, scope: int) -> Iterator[tuple[int, Scope]]:
    """The scope and those around it, the innermost first."""
    while scope >= 0:
        yield scope, made.scopes[scope]
        scope = made.scopes[scope].parent


def class_around(made: Scene, scope: int) -> Scope | None:
    """The class that `this` belongs to."""
    return next((one for _, one in chain(made, scope) if one.kind == CLASS), None)


def scope_at(made: Scene, at: int) -> int:
    """The innermost scope around a byte."""
    found = 0
    for number, one in enumerate(made.scopes):
        if one.node.start_byte <= at < one.node.end_byte:
            found = number
    return found


def handler(made: Scene, scope: int) -> str:
    """The function around, as `Class.method`; "" outside of any with a name."""
    names = [(one.kind, one.name) for _, one in chain(made, scope) if one.name]
    if not names:
        return ""
    kind, name = names[0]
    if kind == CLASS:
        return name
    outer = next((each for each in names[1:2] if each[0] == CLASS), None)
    return f"{outer[1]}.{name}" if outer else name


def parts(node: Node) -> list[Node]:
    """The named children without comments."""
    return [child for child in node.named_children if child.type != "comment"]


def given_to(call: Node) -> list[Node]:
    """The arguments of a call."""
    given = call.child_by_field_name("arguments")
    return parts(given) if given is not None and given.type == "arguments" else []


def under(node: Node | None, name: str) -> Node | None:
    """The value under a key of an object; the name itself where it stands for its value."""
    small = node is not None and node.type == "object" and node.named_child_count < _WIDEST
    for pair in parts(node) if node is not None and small else ():
        if pair.type == "shorthand_property_identifier" and text_of(pair) == name:
            return pair
        key = pair.child_by_field_name("key") or pair.child_by_field_name("name")
        if key is not None and text_of(key).strip("'\"") == name:
            return pair.child_by_field_name("value") or pair
    return None


def _note(made: Scene, kind: str, node: Node, *, stack: list[int]) -> None:
    here = stack[-1]
    if kind == "call":
        _note_call(made, node, here)
    elif kind == "decorator":
        made.decorators.append((node, here))
    elif kind == "enum":
        made.enums.append(node)
    elif kind == "return":
        made.scopes[here].returns += parts(node)[:1]
    elif kind == "value":
        _note_value(made, node, here)
    else:
        _open(made, kind, node, stack=stack)


def callee(call: Node) -> Node | None:
    """What is called or made: in the tree of `await x.get<T>()`, that is `await x.get`."""
    new = call.type == "new_expression"
    found = call.child_by_field_name("constructor" if new else "function")
    while found is not None and found.type in _AROUND and parts(found):
        found = parts(found)[0]
    return found


def _note_call(made: Scene, node: Node, here: int) -> None:
    function = callee(node)
    if function is None:
        return
    last = (
        function.child_by_field_name("property") if function.type == "member_expression" else None
    )
    name = text_of(last if last is not None else function)
    made.calls.append(Called(node, here, function, name, last is not None))


def _open(made: Scene, kind: str, node: Node, *, stack: list[int]) -> None:
    """A class or function: a name of the scope around, and a scope of its own."""
    here = stack[-1]
    name = node.child_by_field_name("name")
    shown = text_of(name) if name is not None else made.naming.get(node.id, "")
    if name is not None and node.type.endswith("_declaration"):
        made.scopes[here].values.setdefault(shown, []).append(Given(node))
    scope = Scope(CLASS if kind == "class" else FUNCTION, node, here, shown.strip("'\"[]#"))
    made.scopes.append(scope)
    stack.append(len(made.scopes) - 1)
    made.opened[node.id] = stack[-1]
    if kind == "function":
        _parameters(made, scope, here)


def _parameters(made: Scene, scope: Scope, around: int) -> None:
    single = scope.node.child_by_field_name("parameter")
    listed = scope.node.child_by_field_name("parameters")
    for one in [single] if single is not None else parts(listed) if listed is not None else ():
        if one.type not in _PARAMETERS:
            scope.parameters.append(text_of(one))
            continue
        pattern = one.child_by_field_name("pattern")
        name = text_of(pattern) if pattern is not None else ""
        scope.parameters.append(name)
        _typed(scope, one, name)
        is_field = any(
            child.type in {"accessibility_modifier", "readonly"} for child in one.children
        )
        if scope.name == "constructor" and is_field and made.scopes[around].kind == CLASS:
            _typed(made.scopes[around], one, name)
            made.scopes[around].values.setdefault(name, [])
    body = scope.node.child_by_field_name("body")
    if body is not None and body.type != "statement_block":
        scope.returns.append(body)


def _typed(scope: Scope, node: Node, name: str) -> None:
    type_ = node.child_by_field_name("type")
    if type_ is not None:
        scope.types[name] = _SPACES.sub("", text_of(type_)[1:].replace("typeof ", "typeof:"))
    marks = [child for child in node.children if child.type == "decorator"]
    if marks:
        scope.marks[name] = marks


_FIELDS: Mapping[str, tuple[str, str]] = {
    "assignment_expression": ("left", "right"),
    "augmented_assignment_expression": ("left", "right"),
    "field_definition": ("property", "value"),
    "pair": ("key", "value"),
    "public_field_definition": ("name", "value"),
    "variable_declarator": ("name", "value"),
}


def _note_value(made: Scene, node: Node, here: int) -> None:
    first, second = _FIELDS[node.type]
    target, value = node.child_by_field_name(first), node.child_by_field_name(second)
    if target is None:
        return
    name = text_of(target) if target.type not in _PATTERNS else ""
    if value is not None:
        made.naming[value.id] = name.removeprefix("this.")
    if node.type == "pair":
        return
    scope = made.scopes[here]
    if target.type == "member_expression":
        owner = class_around(made, here) if name.startswith("this.") else None
        scope = owner or made.scopes[0]
        name = name.removeprefix("this.") if owner is not None else name
    elif node.type in _ASSIGNMENTS:
        scope = next((one for _, one in chain(made, here) if name in one.values), scope)
    else:
        _typed(scope, node, name)
    if node.type == "augmented_assignment_expression" and value is not None:
        known = scope.values.setdefault(name, [])
        known += [Given(value, declared=False, adds=True)] if len(known) < _WIDEST else []
        return
    _give(scope, target, name=name, value=value, declared=node.type != "assignment_expression")


def _give(scope: Scope, target: Node, *, name: str, value: Node | None, declared: bool) -> None:
    if target.type not in _PATTERNS:
        known = scope.values.setdefault(name, [])
        if value is not None and len(known) < _WIDEST:
            known.append(Given(value, "", declared))
    elif value is not None:
        for bound, path, default in patterns(target):
            scope.values.setdefault(bound, []).append(Given(value, path, declared, default))


def patterns(target: Node, path: str = "", *, depth: int = 0) -> Iterator[tuple[str, str, bool]]:
    """(name, part of the value, whether it has a default) of each name in an object pattern."""
    for part in parts(target) if target.type == "object_pattern" and depth < 5 else ():  # noqa: PLR2004 - levels
        default = part.type == "object_assignment_pattern"
        inner = parts(part)[0] if default else part
        if inner.type in _NAMES:
            yield text_of(inner), f"{path}{text_of(inner)}", default
        elif inner.type == "pair_pattern":
            key, value = text_of(parts(inner)[0]).strip("'\""), parts(inner)[-1]
            assigned = value.type == "assignment_pattern"
            value = parts(value)[0] if assigned else value
            if value.type in _NAMES:
                yield text_of(value), f"{path}{key}", assigned
            else:
                yield from patterns(value, f"{path}{key}.", depth=depth + 1)
