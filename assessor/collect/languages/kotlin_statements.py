"""Kotlin's statements: branches, loops, and what a test of a type tells of a variable."""

from tree_sitter import Node

from assessor.collect.languages.kotlin_types import TYPES, canonical, type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    branch,
    declare,
    inside,
    mention,
    otherwise,
    text_of,
    then,
    use,
    visit,
)


def scoped(walk: Walk, node: Node) -> str:
    """Local variables end with it."""
    names = dict(walk.names)
    inside(walk, node)
    walk.names = names
    return ""


def if_(walk: Walk, node: Node) -> str:
    """An if with all that is chained to it by `else if`."""
    branch(walk, paths=1)
    current: Node | None = node
    while current is not None:
        names = dict(walk.names)
        test = current.child_by_field_name("condition")
        use(walk, test)
        _narrow(walk, test)
        current = _branches(walk, current, test, names=names)
    return ""


def _branches(walk: Walk, node: Node, test: Node | None, *, names: dict[str, str]) -> Node | None:
    """Walks what follows the condition; gives the `if` after `else`, if there is one."""
    after = False
    for child in node.children:
        if child.type == "else":
            after, walk.names = True, dict(names)
            continue
        if not child.is_named or child == test:
            continue
        if after and child.type == "if_expression":
            otherwise(walk, paths=1)
            return child
        if after:
            otherwise(walk)
        use(walk, child)
    walk.names = names
    return None


def _narrow(walk: Walk, test: Node | None) -> None:
    """Where `x is T` holds, x is a T."""
    if test is None or test.type != "is_expression" or "!is" in text_of(walk, test):
        return
    left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
    if left is not None and left.type == "identifier" and right is not None:
        declare(walk, text_of(walk, left), canonical(walk, right))


def when(walk: Walk, node: Node) -> str:
    """`when (x) { is T -> …; else -> … }`: what is tested is known in its branch."""
    names = dict(walk.names)
    subject = next((c for c in node.named_children if c.type == "when_subject"), None)
    name = ""
    if subject is not None:
        inside(walk, subject)
        parts = subject.named_children
        name = text_of(walk, parts[-1]) if parts and parts[-1].type == "identifier" else ""
    for child in node.named_children:
        if child.type == "when_entry":
            before = dict(walk.names)
            _narrow_entry(walk, child, name)
            visit(walk, child)
            walk.names = before
        elif child is not subject and child != subject:
            use(walk, child)
    walk.names = names
    return ""


def _narrow_entry(walk: Walk, entry: Node, name: str) -> None:
    tests = entry.children_by_field_name("condition")
    if name and len(tests) == 1 and tests[0].type == "type_test":
        type_ = next((c for c in tests[0].named_children if c.type in TYPES), None)
        if type_ is not None and not text_of(walk, tests[0]).startswith("!"):
            declare(walk, name, canonical(walk, type_))


def entry(walk: Walk, node: Node) -> str:
    """A branch of `when` is a path, `else` is none."""
    if walk.method is not None and node.children and node.children[0].type != "else":
        walk.method.cyclomatic += 1
    return inside(walk, node)


def for_(walk: Walk, node: Node) -> str:
    """`for (x in xs)`: x is an element of xs."""
    names = dict(walk.names)
    parts = node.named_children
    variables = {"variable_declaration", "multi_variable_declaration"}
    given = next((c for c in parts if c.type in variables), None)
    over = next((c for c in parts if c.type not in variables | {"annotation"}), None)
    chain = visit(walk, over) if over is not None else ""
    if over is not None:
        mention(walk, chain, over.start_byte)
    _loop_variable(walk, given, chain=then(chain, "[]"))
    for child in parts:
        if child not in (given, over):
            use(walk, child)
    walk.names = names
    return ""


def _loop_variable(walk: Walk, node: Node | None, *, chain: str) -> None:
    if node is None:
        return
    if node.type == "multi_variable_declaration":
        for part in node.named_children:
            _loop_variable(walk, part, chain="")
        return
    name = next((c for c in node.named_children if c.type == "identifier"), None)
    type_ = next((c for c in node.named_children if c.type in TYPES), None)
    if type_ is not None:
        type_used(walk, type_)
    if name is not None:
        found = canonical(walk, type_) if type_ is not None else ""
        declare(walk, text_of(walk, name), found, chain=chain)


def catch(walk: Walk, node: Node) -> str:
    """`catch (e: E) { … }`."""
    names = dict(walk.names)
    name = next((c for c in node.named_children if c.type == "identifier"), None)
    type_ = next((c for c in node.named_children if c.type in TYPES), None)
    if name is not None and type_ is not None:
        type_used(walk, type_)
        declare(walk, text_of(walk, name), canonical(walk, type_))
    for child in node.named_children:
        if child.type == "block":
            use(walk, child)
    walk.names = names
    return ""


def jump(walk: Walk, node: Node) -> str:
    """`return x`, `return@label x`: a label is no name of anything."""
    label = node.child_by_field_name("label")
    for child in node.named_children:
        if child != label:
            use(walk, child)
    return ""
