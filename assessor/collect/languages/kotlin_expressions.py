"""Kotlin's expressions: chains of names, calls, lambdas, casts, literals."""

from collections.abc import Sequence

from tree_sitter import Node

from assessor.collect.languages import kotlin_data as data
from assessor.collect.languages.kotlin_declarations import parameters
from assessor.collect.languages.kotlin_types import TYPES, canonical, type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    declare,
    inside,
    literal,
    note,
    reached,
    text_of,
    then,
    use,
    visit,
    written,
)

# What a function hands to its lambda as `it`: an element of the receiver, or the receiver.
_ELEMENTS = frozenset(
    {
        "all", "any", "associate", "associateBy", "associateWith", "count", "distinctBy", "filter",
        "filterNot", "find", "first", "firstOrNull", "flatMap", "forEach", "groupBy", "last",
        "lastOrNull", "map", "mapNotNull", "maxBy", "maxByOrNull", "minBy", "minByOrNull", "none",
        "onEach", "partition", "removeIf", "single", "singleOrNull", "sortedBy",
        "sortedByDescending", "sumBy", "sumOf", "takeWhile", "dropWhile", "toSortedMap",
    }
)  # fmt: skip
_ITSELF = frozenset({"let", "also", "takeIf", "takeUnless"})
_AS_THIS = frozenset({"apply", "run"})
_LAMBDAS = frozenset({"annotated_lambda", "lambda_literal"})


def identifier(walk: Walk, node: Node) -> str:
    """A name: a local variable, or whatever the scopes around know by it."""
    return reached(walk, text_of(walk, node).strip("`"))


def this_(walk: Walk, node: Node) -> str:
    """`this`, `this@A`; in a function that extends a type, an object of that."""
    label = next((child for child in node.named_children if child.type == "identifier"), None)
    if label is not None:
        return f"{text_of(walk, label)}:this"
    return walk.names.get("this", "this")


def super_(_walk: Walk, _node: Node) -> str:
    """`super`."""
    return "super"


def parenthesized(walk: Walk, node: Node) -> str:
    """`(a.b)` is what is in it."""
    return visit(walk, node.named_children[-1]) if node.named_children else ""


def unary(walk: Walk, node: Node) -> str:
    """`a!!` leads on; `!a`, `-a`, `a++` do not."""
    argument = node.child_by_field_name("argument")
    if argument is None:
        return inside(walk, node)
    if any(child.type == "!!" for child in node.children):
        return visit(walk, argument)
    use(walk, argument)
    return ""


def index(walk: Walk, node: Node) -> str:
    """`a[i]`: an element."""
    first, *rest = node.named_children or (node,)
    chain = visit(walk, first) if first is not node else ""
    for child in rest:
        use(walk, child)
    return then(chain, "[]")


def navigation(walk: Walk, node: Node) -> str:
    """`a.b`, `a?.b`, `A::class`, `a::b`."""
    base, last = _ends(node)
    if base is None or last is None:
        return inside(walk, node)
    name = text_of(walk, last).strip("`")
    if any(child.type == "::" for child in node.children):
        return _reference(walk, base, name)
    return then(visit(walk, base), name)


def _ends(node: Node) -> tuple[Node | None, Node | None]:
    """The object, and the name of what is asked of it."""
    parts = [child for child in node.named_children if not child.type.endswith("comment")]
    whole = len(parts) > 1 and parts[-1].type == "identifier"
    return (parts[0], parts[-1]) if whole else (None, None)


def _reference(walk: Walk, base: Node, name: str) -> str:
    """`A::class` is a use of the type, `a::m` of a method of any arity."""
    chain = visit(walk, base)
    if name == "class":
        written(walk, chain.replace(":", "."), base.start_byte)
    elif chain:
        note(walk, f"{chain}:{name}(?", base.start_byte)
    return ""


def callable_(walk: Walk, node: Node) -> str:
    """`A::m`, where what stands before is a type."""
    parts = node.named_children
    if not parts or parts[0].type not in TYPES or parts[0] == parts[-1]:
        return inside(walk, node)
    base, last = parts[0], parts[-1]
    name = text_of(walk, last).strip("`")
    type_ = canonical(walk, base)
    if name == "class":
        written(walk, type_, base.start_byte)
    else:
        note(walk, f"{type_.partition('<')[0].replace('.', ':')}:{name}(?", base.start_byte)
    return ""


def call(walk: Walk, node: Node) -> str:
    """`a.m(…)`, `m(…) { … }`, `A(…)`."""
    callee, rest = _callee(node)
    if callee is None:
        return inside(walk, node)
    given = [a for part in rest if part.type == "value_arguments" for a in _arguments(part)]
    lambdas = [part for part in rest if part.type in _LAMBDAS]
    count = len(given) + len(lambdas)
    receiver, key = _called(walk, callee, count=count)
    name = key.rpartition(":")[2].partition("(")[0]
    if walk.has_session:
        data.managed(walk, name, receiver, given=given)
    for part in (part for part in rest if part.type == "type_arguments"):
        inside(walk, part)
    for argument in given:
        _argument(walk, argument)
    for part in lambdas:
        _handed(walk, part, receiver, name=name)
    return key


def _callee(node: Node) -> tuple[Node | None, list[Node]]:
    """What is called, and its arguments; those of `m(…) { … }` are those of one call."""
    parts = node.named_children
    if not parts:
        return None, []
    first, rest = parts[0], list(parts[1:])
    if first.type == "call_expression" and all(part.type in _LAMBDAS for part in rest):
        inner = first.named_children
        if inner and not any(part.type in _LAMBDAS for part in inner[1:]):
            return inner[0], [*inner[1:], *rest]
    return first, rest


def _called(walk: Walk, callee: Node, *, count: int) -> tuple[str, str]:
    """Chain of the receiver, and that of the call."""
    if callee.type == "identifier":
        name = text_of(walk, callee).strip("`")
        if name in walk.names:
            return "", then(walk.names[name], f"invoke({count}")
        return "", f":{name}({count}"
    if callee.type == "navigation_expression":
        base, last = _ends(callee)
        if base is not None and last is not None:
            receiver = visit(walk, base)
            return receiver, then(receiver, f"{text_of(walk, last).strip('`')}({count}")
    use(walk, callee)
    return "", ""


def _arguments(node: Node) -> Sequence[Node]:
    return [child for child in node.named_children if child.type == "value_argument"]


def _argument(walk: Walk, node: Node) -> None:
    """`x`, `name = x`, `*x`: the value is what counts."""
    parts = node.named_children
    named = len(parts) > 1 and any(child.type == "=" for child in node.children)
    for part in parts[1:] if named else parts:
        use(walk, part)


def _handed(walk: Walk, node: Node, receiver: str, *, name: str) -> None:
    """A lambda at the end of a call: what it is handed has the type that the function gives it."""
    names = dict(walk.names)
    if name in _ELEMENTS:
        walk.names["it"] = then(receiver, "[]")
    elif name in _ITSELF:
        walk.names["it"] = receiver
    elif name in _AS_THIS and receiver:
        walk.names["this"] = receiver
    visit(walk, node)
    walk.names = names


def lambda_(walk: Walk, node: Node) -> str:
    """`{ a, b -> … }`: its parameters end with it; a single one without a type is `it`."""
    names = dict(walk.names)
    handed = names.get("it", "")
    given = next((c for c in node.named_children if c.type == "lambda_parameters"), None)
    variables = given.named_children if given is not None else []
    for variable in variables:
        _lambda_parameter(walk, variable, chain=handed if len(variables) == 1 else "")
    for child in node.named_children:
        if child is not given:
            use(walk, child)
    walk.names = names
    return ""


def _lambda_parameter(walk: Walk, node: Node, *, chain: str) -> None:
    if node.type == "multi_variable_declaration":
        for part in node.named_children:
            _lambda_parameter(walk, part, chain="")
        return
    name = next((c for c in node.named_children if c.type == "identifier"), None)
    type_ = next((c for c in node.named_children if c.type in TYPES), None)
    if type_ is not None:
        type_used(walk, type_)
    if name is not None:
        found = canonical(walk, type_) if type_ is not None else ""
        declare(walk, text_of(walk, name), found, chain=chain)


def anonymous_function(walk: Walk, node: Node) -> str:
    """`fun(a: A): B { … }`."""
    names = dict(walk.names)
    for child in node.named_children:
        if child.type == "function_value_parameters":
            parameters(walk, child)
        else:
            use(walk, child)
    walk.names = names
    return ""


def cast_(walk: Walk, node: Node) -> str:
    """`a as T` leads on as a T; `a is T` uses the type."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    use(walk, left)
    use(walk, right)
    if node.type == "as_expression" and right is not None and right.type in TYPES:
        return f"={canonical(walk, right)}"
    return ""


def binary(walk: Walk, node: Node) -> str:
    """An operator; `a.m<T>(x)`, which the grammar takes for two comparisons, is a call."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return inside(walk, node)
    generic = right.type == "parenthesized_expression" and _compares(node, ">")
    if generic and left.type == "binary_expression" and _compares(left, "<"):
        return _generic_call(walk, left, right)
    use(walk, left)
    use(walk, right)
    return ""


def _compares(node: Node, operator: str) -> bool:
    return any(child.type == operator for child in node.children)


def _generic_call(walk: Walk, left: Node, arguments: Node) -> str:
    callee, type_ = left.child_by_field_name("left"), left.child_by_field_name("right")
    given = arguments.named_children
    if callee is None or type_ is None:
        return ""
    if type_.type in {"identifier", "navigation_expression"}:
        written(walk, "".join(text_of(walk, type_).split()), type_.start_byte)
    for argument in given:
        use(walk, argument)
    return _called(walk, callee, count=len(given))[1]


def string(walk: Walk, node: Node) -> str:
    """A literal, and what is put into it."""
    text = text_of(walk, node)
    quotes = 3 if text.startswith('"""') else 1
    literal(walk, text[quotes:-quotes], node.start_byte)
    data.statement(walk, node, text[quotes:-quotes])
    for child in node.named_children:
        if child.type == "interpolation":
            inside(walk, child)
    return ""
