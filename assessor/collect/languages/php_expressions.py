"""PHP's expressions: names, chains of members, calls, new objects, what one of several is."""

import re

from tree_sitter import Node

from assessor.collect.languages.php_calls import watch_function, watch_method, watch_new
from assessor.collect.languages.php_names import (
    NAME,
    PARENT,
    SELF,
    class_name,
    constant_name,
    function_name,
    type_used,
)
from assessor.collect.languages.typed_facts import NOTED
from assessor.collect.languages.typed_walk import (
    Walk,
    each,
    inside,
    note,
    text_of,
    then,
    use,
    visit,
)

NAMES = frozenset({"name", "qualified_name", "relative_name"})
_LONGEST = 400  # characters of a chain; what goes on for longer is lost
# What makes, or finds, an object of the class that is its first argument.
_MAKERS = frozenset(
    {"app", "resolve", "make", "makeWith", "get", "createMock", "createStub", "createPartialMock"}
)
_HOLDERS = frozenset({"factory", "getRepository", "table"})
_TABLE = re.compile(r"['\"]([\w.]+)(?:\s+as\s+\w+)?['\"]", re.IGNORECASE).fullmatch
# Types that stand for tables in chains: what these are made of is in the brackets.
_QUERY = ".Illuminate.Database.Query.Builder"
_OF_CLASS = {
    "factory": ".Illuminate.Database.Eloquent.FactoryBuilder",
    "getRepository": ".Doctrine.ORM.EntityRepository",
}
_CONNECTIONS = (
    "=.Illuminate.Support.Facades.DB", "=.Illuminate.Database.Capsule.Manager",
    "=.Illuminate.Database.Connection", "=.Illuminate.Database.DatabaseManager",
)  # fmt: skip


def settled(chain: str) -> str:
    """The chain of a value whose uses up to there are noted."""
    if not chain or chain[-1] == NOTED:
        return chain
    return f"{chain}:{NOTED}" if len(chain) < _LONGEST else ""


def typed(type_: str) -> str:
    """The chain of a value of a type."""
    if type_ == "static":
        return f"this:{NOTED}"
    return f"={type_}:{NOTED}" if type_ else ""


def parts(walk: Walk, node: Node) -> list[Node]:
    """The named parts of a node; comments among them are passed."""
    found = node.named_children
    if any(child.type == "comment" for child in found):
        each(walk, (child for child in found if child.type == "comment"))
        return [child for child in found if child.type != "comment"]
    return found


def variable(walk: Walk, node: Node) -> str:
    """`$x`, `$this`."""
    name = text_of(walk, node)
    return f"this:{NOTED}" if name == "$this" else walk.names.get(name, "")


def constant(walk: Walk, node: Node) -> str:
    """A name by itself: a constant outside of any class."""
    return constant_name(walk, text_of(walk, node))


def member(walk: Walk, node: Node) -> str:
    """`$a->b`, `$a?->b`."""
    found = parts(walk, node)
    return _on(walk, visit(walk, found[0]), found[0], name=found[-1]) if len(found) > 1 else ""


def _on(walk: Walk, base: str, owner: Node, *, name: Node) -> str:
    if name.type == "name":
        return then(base, text_of(walk, name))
    if base and base[-1] != NOTED:
        note(walk, base, owner.start_byte)
    use(walk, name)
    return ""


def static_member(walk: Walk, node: Node) -> str:
    """`A::$x`."""
    found = parts(walk, node)
    if len(found) < 2:  # noqa: PLR2004 - owner and name
        return ""
    name = text_of(walk, found[-1])
    return then(_owner(walk, found[0]), name[1:] if name[:1] == "$" else "")


def class_constant(walk: Walk, node: Node) -> str:
    """`A::B`, `A::class`."""
    found = parts(walk, node)
    if len(found) < 2:  # noqa: PLR2004 - owner and name
        return ""
    owner, name = found[0], text_of(walk, found[-1])
    if name != "class":
        return _on(walk, _owner(walk, owner), owner, name=found[-1])
    if owner.type in NAMES:
        note(walk, "=" + class_name(walk, text_of(walk, owner)), owner.start_byte)
    elif owner.type != "relative_scope":
        use(walk, owner)
    return ""


def _owner(walk: Walk, node: Node) -> str:
    """The chain of what stands before `::`."""
    kind = node.type
    if kind == "relative_scope":
        if text_of(walk, node).lower() != PARENT:
            return "this"
        parent = walk.known.get(PARENT, "")
        return parent and "=" + parent
    if kind in NAMES:
        return "=" + class_name(walk, text_of(walk, node))
    return visit(walk, node)


def member_call(walk: Walk, node: Node) -> str:
    """`$a->m(…)`, `$a?->m(…)`."""
    found = parts(walk, node)
    return _call(walk, visit(walk, found[0]), found) if len(found) > 1 else ""


def static_call(walk: Walk, node: Node) -> str:
    """`A::m(…)`."""
    found = parts(walk, node)
    return _call(walk, _owner(walk, found[0]), found) if len(found) > 1 else ""


def _call(walk: Walk, base: str, found: list[Node]) -> str:
    name, given = found[1], found[-1]
    if name.type != "name":
        _on(walk, base, found[0], name=name)
        inside(walk, given)
        return ""
    called = text_of(walk, name)
    chain = then(base, method_key(called))
    watch_method(walk, called, base, given=given)
    made = _made(walk, called, given) or _held(walk, called, base, given=given)
    inside(walk, given)
    if made and chain:
        note(walk, chain, found[0].start_byte)
    return made or (chain if len(chain) < _LONGEST else _cut(walk, chain, found[0]))


def _cut(walk: Walk, chain: str, node: Node) -> str:
    note(walk, chain, node.start_byte)
    return ""


def method_key(name: str) -> str:
    """The key of a method: there are no overloads, whatever the number of arguments."""
    return {"__construct": "new(*", "new": "new_(*"}.get(name) or f"{name}(*"


def _made(walk: Walk, called: str, given: Node) -> str:
    """The chain of what a container makes of the class that it is given."""
    if called not in _MAKERS or not given.named_child_count:
        return ""
    first = text_of(walk, given.named_children[0])
    name, colons, word = first.partition("::")
    return typed(class_name(walk, name)) if colons and word == "class" and name[0] != "$" else ""


def _held(walk: Walk, called: str, base: str, *, given: Node) -> str:
    """The chain of what stands for a table: a query over one by name, a repository of a class."""
    if called not in _HOLDERS or not given.named_child_count:
        return ""
    first = text_of(walk, given.named_children[0])
    holder = _OF_CLASS.get(called)
    if holder is not None:
        name, _, word = first.partition("::")
        known = word == "class" and NAME.fullmatch(name) is not None
        return typed(f"{holder}<{class_name(walk, name)}>") if known else ""
    table = _TABLE(first)
    known = base.startswith(_CONNECTIONS) or (":" not in base and base == "=.DB")
    return typed(f"{_QUERY}<@{table[1].lower()}>") if table is not None and known else ""


def call(walk: Walk, node: Node) -> str:
    """`f(…)`."""
    found = parts(walk, node)
    if len(found) < 2:  # noqa: PLR2004 - function and arguments
        return inside(walk, node)
    called, given = found[0], found[-1]
    if called.type not in NAMES:
        use(walk, called)
        return inside(walk, given)
    name = text_of(walk, called)
    watch_function(walk, name, node)
    made = _made(walk, name, given) or _held(walk, name, "", given=given)
    inside(walk, given)
    key = f":{function_name(walk, name)}(*"
    if made:
        note(walk, key, called.start_byte)
    return made or key


def argument(walk: Walk, node: Node) -> str:
    """One argument, perhaps named."""
    found = node.named_children
    if len(found) == 1:
        use(walk, found[0])
    else:
        named = node.child_by_field_name("name")
        each(walk, (child for child in found if child != named))
    return ""


def new(walk: Walk, node: Node) -> str:
    """`new A(…)`, `new class(…) extends A { … }`."""
    made = ""
    for child in node.named_children:
        if child.type in NAMES:
            made = _new(walk, text_of(walk, child), start=node.start_byte)
            watch_new(walk, made[1:].partition(":")[0], node)
        else:
            use(walk, child)
    return made


def _new(walk: Walk, raw: str, *, start: int) -> str:
    if raw.lower() in {SELF, "static"}:
        return typed("static")
    name = walk.known.get(PARENT, "") if raw.lower() == PARENT else class_name(walk, raw)
    if name:
        note(walk, f"+{name}(*", start)
    return typed(name)


def element(walk: Walk, node: Node) -> str:
    """`$a[…]`."""
    found = parts(walk, node)
    base = visit(walk, found[0])
    each(walk, found[1:])
    return then(base, "[]")


def passed_on(walk: Walk, node: Node) -> str:
    """`( … )`, `@ …`, `clone …`: what is inside."""
    found = parts(walk, node)
    return visit(walk, found[-1]) if found else ""


def either(walk: Walk, node: Node) -> str:
    """`a ? b : c`, `a ?: c`: the first that is known."""
    condition, body, alternative = (
        node.child_by_field_name(name) for name in ("condition", "body", "alternative")
    )
    if body is not None:
        use(walk, condition)
    first = body or condition
    return _first(walk, first, alternative)


def _first(walk: Walk, one: Node | None, other: Node | None) -> str:
    chain = visit(walk, one) if one is not None else ""
    if not chain and other is not None:
        return visit(walk, other)
    use(walk, other)
    return chain


def binary(walk: Walk, node: Node) -> str:
    """`a instanceof B` tells the type of a; of `a ?? b` the first that is known goes on."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return inside(walk, node)
    operator = walk.text[left.end_byte : right.start_byte].strip()
    if operator == "??":
        return _first(walk, left, right)
    use(walk, left)
    if operator.lower() != "instanceof" or right.type not in NAMES:
        use(walk, right)
        return ""
    type_ = type_used(walk, right)
    if left.type == "variable_name" and not walk.names.get(text_of(walk, left)):
        walk.names[text_of(walk, left)] = typed(type_)
    return ""
