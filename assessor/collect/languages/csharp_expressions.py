"""C#'s expressions: chains of names, calls, objects made, lambdas, casts."""

from tree_sitter import Node

from assessor.collect.languages.csharp_members import parameters
from assessor.collect.languages.csharp_parts import (
    EXPECTED,
    RESULT,
    SUBJECT,
    UNKNOWN,
    expecting,
    kept,
    name_of,
)
from assessor.collect.languages.csharp_tracked import changed, handed, handed_on
from assessor.collect.languages.csharp_types import canonical, type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    declare,
    each,
    inside,
    mention,
    reached,
    text_of,
    then,
    use,
    visit,
    written,
)

ELEMENT = "[]"


def identifier(walk: Walk, node: Node) -> str:
    """A name: a local variable, or whatever the scopes around know by it."""
    name = name_of(walk, node)
    return reached(walk, name) if name != "_" else walk.names.get(name, "")


def generic_name(walk: Walk, node: Node) -> str:
    """`A<B>`, as in `A<B>.Create()`."""
    visit(walk, node.named_children[-1])
    return reached(walk, name_of(walk, node))


def qualified_by_alias(walk: Walk, node: Node) -> str:
    """`global::A`."""
    return name_of(walk, node.child_by_field_name("name"))


def _head(walk: Walk, node: Node | None) -> str:
    """The chain of what stands before a dot or bracket."""
    if node is None or node.type == "this":
        return "this"
    return "super" if node.type == "base" else visit(walk, node)


def _link(walk: Walk, node: Node | None, *, asked: bool = False) -> str:
    """The name of a member; of `Set<T>()`, asked for without arguments, with the T."""
    name = name_of(walk, node)
    if node is not None and node.type == "generic_name":
        visit(walk, node.named_children[-1])
        if asked and name == "Set":
            return f"Set<{canonical(walk, node.named_children[-1].named_children[0])}>"
    return name


def access(walk: Walk, node: Node) -> str:
    """`a.b`."""
    chain = _head(walk, node.child_by_field_name("expression"))
    return then(chain, _link(walk, node.child_by_field_name("name")))


def conditional_access(walk: Walk, node: Node) -> str:
    """`a?.b`, `a?[i]`."""
    condition, binding = node.child_by_field_name("condition"), _last(node)
    chain = _head(walk, condition)
    if binding is None or binding == condition:
        return chain
    if binding.type == "member_binding_expression":
        return then(chain, _link(walk, binding.child_by_field_name("name")))
    if binding.type == "element_binding_expression":
        inside(walk, binding)
        return then(chain, ELEMENT)
    use(walk, binding)
    return ""


def _last(node: Node) -> Node | None:
    return next((c for c in reversed(node.named_children) if c.type != "comment"), None)


def element(walk: Walk, node: Node) -> str:
    """`a[i]`: an element, or what the indexer gives."""
    of, subscript = node.child_by_field_name("expression"), node.child_by_field_name("subscript")
    if of is None:
        of = node.children[0]
    chain = _head(walk, of)
    if subscript is not None:
        inside(walk, subscript)
    return then(chain, ELEMENT)


def call(walk: Walk, node: Node) -> str:
    """`a.M(…)`, `M<T>(…)`, `a?.M(…)`, `nameof(…)`."""
    called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or given is None:
        return inside(walk, node)
    count = sum(child.type == "argument" for child in given.named_children)
    kind = called.type
    if kind in {"identifier", "generic_name"}:
        receiver, key = "", _plain_call(walk, called, count=count)
        if not key:
            return _name_of(walk, given)
    else:
        receiver, key = _call_of(walk, called, count=count)
        handed(walk, key.rpartition(":")[2].partition("(")[0], receiver, call=node, given=given)
    arguments(walk, given, receiver)
    return key


def _plain_call(walk: Walk, called: Node, *, count: int) -> str:
    name = _link(walk, called, asked=not count)
    if name in walk.names:
        return then(walk.names[name], f"Invoke({count}") or UNKNOWN
    return f":{name}({count}" if name != "nameof" else ""


def _call_of(walk: Walk, called: Node, *, count: int) -> tuple[str, str]:
    """Chain of the receiver, and that of the call."""
    if called.type == "member_access_expression":
        receiver = _head(walk, called.child_by_field_name("expression"))
        name = _link(walk, called.child_by_field_name("name"), asked=not count)
    elif called.type == "conditional_access_expression":
        receiver = _head(walk, called.child_by_field_name("condition"))
        binding = _last(called)
        if binding is None or binding.type != "member_binding_expression":
            use(walk, binding)
            return "", ""
        name = _link(walk, binding.child_by_field_name("name"))
    else:
        use(walk, called)
        return "", ""
    if name == "ConfigureAwait":
        return receiver, receiver
    return receiver, f"{receiver or UNKNOWN}:{name}({count}"


def _name_of(walk: Walk, given: Node) -> str:
    """`nameof(A)`, `nameof(A.b)`."""
    for argument in given.named_children:
        for part in argument.named_children:
            name = name_of(walk, part) if part.type == "identifier" else ""
            if name and name not in walk.names and name[0].isupper():
                written(walk, name, part.start_byte)
            elif not name:
                use(walk, part)
    return ""


def arguments(walk: Walk, node: Node, receiver: str) -> None:
    """A lambda with one parameter is handed an element of the receiver, as far as one can know."""
    for child in node.named_children:
        last = _last(child)
        if last is not None and last.type == "lambda_expression":
            _lambda(walk, last, handed=kept(then(receiver, ELEMENT)))
        else:
            use(walk, child)


def argument(walk: Walk, node: Node) -> str:
    """`x`, `name: x`, `out var x`."""
    name = node.child_by_field_name("name")
    for child in node.named_children:
        if child != name:
            expecting(walk, child, "")
    return ""


def _lambda(walk: Walk, node: Node, *, handed: str) -> None:
    walk.depth += 1
    before = walk.nesting
    walk.nesting += 1
    lambda_(walk, node, handed=handed)
    walk.nesting = before
    walk.depth -= 1


def lambda_(walk: Walk, node: Node, *, handed: str = "") -> str:
    """`x => …`, `(a, B b) => { … }`, `delegate (A a) { … }`: its parameters end with it."""
    names = dict(walk.names)
    walk.names |= {EXPECTED: "", RESULT: "", SUBJECT: ""}
    given = node.child_by_field_name("parameters")
    if given is not None and given.type == "implicit_parameter":
        declare(walk, name_of(walk, given), chain=handed)
    elif given is not None:
        _lambda_parameters(walk, given, handed=handed)
    type_used(walk, node.child_by_field_name("type"))
    body = node.child_by_field_name("body") or _last(node)
    if body is not None and body != given:
        chain = visit(walk, body)
        mention(walk, chain, body.start_byte)
        handed_on(walk, body, chain)
    walk.names = names
    return ""


def _lambda_parameters(walk: Walk, node: Node, *, handed: str) -> None:
    place = len(walk.words)
    found = parameters(walk, node)
    del walk.words[place:]
    if len(found.names) == 1 and not found.types[0]:
        declare(walk, found.names[0], chain=handed)


def assignment(walk: Walk, node: Node) -> str:
    """`a = b`: a variable of a known type expects such a value."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    use(walk, left)
    changed(walk, left)
    name = name_of(walk, left) if left is not None and left.type == "identifier" else ""
    chain = walk.names.get(name, "")
    type_ = chain[1:] if chain[:1] == "=" and ":" not in chain else ""
    if name and name not in walk.names:
        type_ = walk.scope.fields.get(name, "")
    expecting(walk, right, type_)
    return ""


def cast(walk: Walk, node: Node) -> str:
    """`(A)x`, `x as A`, `default(A)`: an A."""
    type_ = node.child_by_field_name("type") or node.child_by_field_name("right")
    found = type_used(walk, type_)
    each(walk, (child for child in node.named_children if child != type_))
    return f"={found}" if found else ""


def tested(walk: Walk, node: Node) -> str:
    """`x is A`, `typeof(A)`, `sizeof(A)`."""
    cast(walk, node)
    return ""


def await_(walk: Walk, node: Node) -> str:
    """`await x`: what the task of it gives."""
    last = _last(node)
    return then(visit(walk, last), ELEMENT) if last is not None else ""


def inner(walk: Walk, node: Node) -> str:
    """`(x)`, `ref x`, `checked(x)` is what is in it."""
    last = _last(node)
    return visit(walk, last) if last is not None else ""


def postfix(walk: Walk, node: Node) -> str:
    """`a!` leads on; `a++` does not."""
    if node.children[-1].type == "!":
        return visit(walk, node.children[0])
    return inside(walk, node)


def conditional(walk: Walk, node: Node) -> str:
    """`a ? b : c` leads on as b, or as c where nothing is known of b."""
    use(walk, node.child_by_field_name("condition"))
    return _either(walk, "consequence", "alternative", node=node)


def binary(walk: Walk, node: Node) -> str:
    """An operator; `a ?? b` leads on as a, or as b where nothing is known of a."""
    if node.children[1].type == "??":
        return _either(walk, "left", "right", node=node)
    return inside(walk, node)


def _either(walk: Walk, one: str, other: str, *, node: Node) -> str:
    first, second = node.child_by_field_name(one), node.child_by_field_name(other)
    chain = visit(walk, first) if first is not None else ""
    found = visit(walk, second) if second is not None else ""
    if chain and second is not None:
        mention(walk, found, second.start_byte)
    return chain or found


def declaration(walk: Walk, node: Node) -> str:
    """`out A x`, `(A x, var y) = …`."""
    type_name = type_used(walk, node.child_by_field_name("type"))
    declare(walk, name_of(walk, node.child_by_field_name("name")), type_name)
    return ""


def tuple_pattern(walk: Walk, node: Node) -> str:
    """`var (a, b) = …`: of no known type."""
    for child in node.named_children:
        if child.type == "identifier":
            declare(walk, text_of(walk, child))
        else:
            visit(walk, child)
    return ""
