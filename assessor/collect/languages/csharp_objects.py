"""C#'s expressions that make objects: `new`, with initialisers, arrays, collections, copies."""

from tree_sitter import Node

from assessor.collect.languages.csharp_expressions import arguments
from assessor.collect.languages.csharp_parts import EXPECTED, expecting, kept, name_of, under
from assessor.collect.languages.csharp_types import canonical, type_used
from assessor.collect.languages.typed_text import last_argument
from assessor.collect.languages.typed_walk import Walk, each, inside, mention, then, visit


def new(walk: Walk, node: Node) -> str:
    """`new A(…) { B = c }`."""
    return _made(walk, node, canonical(walk, node.child_by_field_name("type")))


def implicit_new(walk: Walk, node: Node) -> str:
    """`new(…)` makes what is expected where it stands."""
    chain = walk.names.get(EXPECTED, "")
    return _made(walk, node, chain[1:] if ":" not in chain else "")


def _made(walk: Walk, node: Node, type_name: str) -> str:
    parts = {child.type: child for child in node.named_children}
    given, initial = parts.get("argument_list"), parts.get("initializer_expression")
    if type_name:
        count = sum(c.type == "argument" for c in given.named_children) if given else 0
        walk.scope.log += (f"+{type_name}({count}", node.start_byte)
    if given is not None:
        arguments(walk, given, "")
    if initial is not None:
        _initializer(walk, initial, f"={type_name}" if type_name else "")
    return f"={type_name}" if type_name else ""


def _initializer(walk: Walk, node: Node, chain: str) -> None:
    """`{ A = x, B = { C = y } }`, `{ x, y }`, `{ [k] = x }` of what the chain leads to."""
    for child in node.named_children:
        if child.type == "assignment_expression":
            _member_set(walk, child, chain)
        else:
            found = under(walk, EXPECTED, _element_type(chain), node=child)
            mention(walk, found, child.start_byte)


def _member_set(walk: Walk, node: Node, chain: str) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    inner, type_ = "", ""
    if left is not None and left.type == "identifier":
        inner = then(chain, name_of(walk, left))
        mention(walk, inner, left.start_byte)
    elif left is not None:
        inside(walk, left)
        type_ = _element_type(chain)
    if right is not None and right.type == "initializer_expression":
        _initializer(walk, right, kept(inner))
    else:
        expecting(walk, right, type_[1:])


def _element_type(chain: str) -> str:
    """`=A` of the elements of `=List<A>` or `=A[]`."""
    known = chain[:1] == "=" and ":" not in chain
    found = last_argument(chain[1:]) if known else ""
    return f"={found}" if found else ""


def collection(walk: Walk, node: Node) -> str:
    """`{ x, y }` or `[x, ..y]`, where a collection of something is expected."""
    chain = walk.names.get(EXPECTED, "")
    nested = node.type == "initializer_expression" and chain and not _element_type(chain)
    for child in node.named_children:
        for value in child.named_children if child.type == "collection_element" else (child,):
            found = under(walk, EXPECTED, chain if nested else _element_type(chain), node=value)
            mention(walk, found, value.start_byte)
    return ""


def new_array(walk: Walk, node: Node) -> str:
    """`new A[n]`, `new A[] { … }`, `stackalloc A[n]`."""
    type_ = node.child_by_field_name("type")
    found = type_used(walk, type_)
    rank = type_.child_by_field_name("rank") if type_ is not None else None
    if rank is not None:
        inside(walk, rank)
    for child in node.named_children:
        if child != type_:
            under(walk, EXPECTED, f"={found}", node=child)
    return f"={found}" if found else ""


def anonymous_object(walk: Walk, node: Node) -> str:
    """`new { a.B, C = d }`: the names that it gives are none of anybody's."""
    children = node.children
    for child, following in zip(children, [*children[1:], None], strict=True):
        if child.is_named and (following is None or following.type != "="):
            expecting(walk, child, "")
    return ""


def with_(walk: Walk, node: Node) -> str:
    """`a with { B = c }`."""
    first, *rest = node.named_children or (node,)
    chain = visit(walk, first) if first is not node else ""
    mention(walk, chain, first.start_byte)
    for part in rest:
        parts = part.named_children
        if part.type == "with_initializer" and parts:
            mention(walk, then(kept(chain), name_of(walk, parts[0])), part.start_byte)
            each(walk, parts[1:])
    return kept(chain)
