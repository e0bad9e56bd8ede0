"""C#'s statements: branches, loops, switches, queries, and patterns with what they declare."""

from tree_sitter import Node

from assessor.collect.languages.csharp_parts import SUBJECT, expecting, kept, name_of, under
from assessor.collect.languages.csharp_types import type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    branch,
    declare,
    each,
    inside,
    mention,
    otherwise,
    then,
    use,
    visit,
    written,
)

_DISCARDS = frozenset({"discard", "var_pattern"})


def if_(walk: Walk, node: Node) -> str:
    """An if with all that is chained to it by `else if`."""
    branch(walk, paths=1)
    current: Node | None = node
    while current is not None:
        use(walk, current.child_by_field_name("condition"))
        use(walk, current.child_by_field_name("consequence"))
        after = current.child_by_field_name("alternative")
        current = after if after is not None and after.type == "if_statement" else None
        if after is not None:
            otherwise(walk, paths=int(current is not None))
            use(walk, after if current is None else None)
    return ""


def foreach(walk: Walk, node: Node) -> str:
    """`foreach (var x in xs)`: x is an element of xs."""
    names = dict(walk.names)
    over, left = node.child_by_field_name("right"), node.child_by_field_name("left")
    chain = _used(walk, over)
    type_name = type_used(walk, node.child_by_field_name("type"))
    if left is not None and left.type == "identifier":
        walk.words.append(name_of(walk, left))
        declare(walk, name_of(walk, left), type_name, chain=kept(then(chain, "[]")))
    elif left is not None:
        visit(walk, left)
    use(walk, node.child_by_field_name("body"))
    walk.names = names
    return ""


def _used(walk: Walk, node: Node | None) -> str:
    """Walks and notes an expression; its chain as that of a variable."""
    if node is None:
        return ""
    chain = visit(walk, node)
    mention(walk, chain, node.start_byte)
    return kept(chain)


def catch(walk: Walk, node: Node) -> str:
    """`catch (E e) when (x) { … }`."""
    names = dict(walk.names)
    for child in node.named_children:
        if child.type == "catch_declaration":
            name = child.child_by_field_name("name")
            type_name = type_used(walk, child.child_by_field_name("type"))
            if name is not None:
                declare(walk, name_of(walk, name), type_name)
        else:
            use(walk, child)
    walk.names = names
    return ""


def goto(walk: Walk, node: Node) -> str:
    """`goto label;`, `goto case x;`: a jump."""
    if walk.method is not None:
        walk.method.cognitive += 1
    if any(child.type == "case" for child in node.children):
        return inside(walk, node)
    return ""


def labeled(walk: Walk, node: Node) -> str:
    """`label: statement`."""
    each(walk, node.named_children[1:])
    return ""


def switch(walk: Walk, node: Node) -> str:
    """`switch (x) { case A a: … }`, `x switch { A a => … }`."""
    value = node.child_by_field_name("value") or next(iter(node.named_children), None)
    names = dict(walk.names)
    walk.names[SUBJECT] = _used(walk, value)
    each(walk, (child for child in node.named_children if child != value))
    walk.names = names
    return ""


def section(walk: Walk, node: Node) -> str:
    """`case A a when x: …` is a path, `default:` is none."""
    if walk.method is not None and node.children and node.children[0].type == "case":
        walk.method.cyclomatic += 1
    names = dict(walk.names)
    inside(walk, node)
    walk.names = names
    return ""


def arm(walk: Walk, node: Node) -> str:
    """`A a when x => …` is a path, `_ => …` is none."""
    parts = node.named_children
    if walk.method is not None and parts and parts[0].type not in _DISCARDS:
        walk.method.cyclomatic += 1
    return section(walk, node)


def is_pattern(walk: Walk, node: Node) -> str:
    """`x is A a`, `x is { B: 1 }`."""
    chain = _used(walk, node.child_by_field_name("expression"))
    pattern = node.child_by_field_name("pattern")
    if pattern is not None:
        under(walk, SUBJECT, chain, node=pattern)
    return ""


def constant_pattern(walk: Walk, node: Node) -> str:
    """A constant; the grammar takes a type for one, too."""
    for child in node.named_children:
        name = name_of(walk, child) if child.type == "identifier" else ""
        if not name:
            expecting(walk, child, "")
        elif name not in walk.names:
            written(walk, name, child.start_byte)
    return ""


def declaration_pattern(walk: Walk, node: Node) -> str:
    """`A a`; `var a` is what is held against it."""
    type_name = type_used(walk, node.child_by_field_name("type"))
    chain = walk.names.get(SUBJECT, "")
    declare(walk, name_of(walk, node.child_by_field_name("name")), type_name, chain=chain)
    return ""


def recursive_pattern(walk: Walk, node: Node) -> str:
    """`A(x, y) { B: c } a`."""
    type_ = node.child_by_field_name("type")
    type_name = type_used(walk, type_)
    chain = f"={type_name}" if type_name else walk.names.get(SUBJECT, "")
    name = node.child_by_field_name("name")
    for part in node.named_children:
        if part.type == "property_pattern_clause":
            each_part = (child for child in part.named_children if child.type == "subpattern")
            for child in each_part:
                _property(walk, child, chain)
        elif part not in (type_, name):
            under(walk, SUBJECT, "", node=part)
    if name is not None:
        declare(walk, name_of(walk, name), chain=chain)
    return ""


def _property(walk: Walk, node: Node, chain: str) -> None:
    """`B: pattern`, `B.C: pattern` of what the chain leads to."""
    parts = node.named_children
    for part in _names(parts[0]) if len(parts) > 1 else ():
        chain = then(chain, name_of(walk, part))
    mention(walk, chain, node.start_byte)
    for part in parts[1:]:
        under(walk, SUBJECT, kept(chain), node=part)


def _names(node: Node) -> list[Node]:
    """The identifiers of `A.B.C`, in order."""
    found: list[Node] = []
    current: Node | None = node
    while current is not None:
        name = current.child_by_field_name("name")
        found.append(name or current)
        current = current.child_by_field_name("expression") if name is not None else None
    return found[::-1]


def query(walk: Walk, node: Node) -> str:
    """`from a in b where c select a`: a collection of the a, if it is these that it selects."""
    names = dict(walk.names)
    chains: dict[str, str] = {}
    found = ""
    for child in node.named_children:
        kind = child.type
        if kind == "identifier":  # after `into`
            declare(walk, name_of(walk, child))
        elif kind == "from_clause":
            chains[name_of(walk, child.child_by_field_name("name"))] = from_(walk, child)
        elif kind == "select_clause":
            found = chains.get("".join(name_of(walk, part) for part in child.named_children), "")
            inside(walk, child)
        else:
            use(walk, child)
    walk.names = names
    return found


def from_(walk: Walk, node: Node) -> str:
    """`from A a in b`: a is an element of b; gives the chain of b."""
    name, type_ = node.child_by_field_name("name"), node.child_by_field_name("type")
    type_name, chain = type_used(walk, type_), ""
    for child in node.named_children:
        if child not in (name, type_):
            chain = _used(walk, child)
    declare(walk, name_of(walk, name), type_name, chain=kept(then(chain, "[]")))
    return chain


def join(walk: Walk, node: Node) -> str:
    """`join A a in b on c equals d into e`, `let a = b`."""
    type_ = node.child_by_field_name("type")
    type_name = type_used(walk, type_)
    name, *rest = [child for child in node.named_children if child != type_] or (node,)
    for place, child in enumerate(rest):
        if child.type == "join_into_clause":
            declare(walk, name_of(walk, next(iter(child.named_children), None)))
            continue
        chain = _used(walk, child)
        if not place:
            of = chain if node.type == "let_clause" else kept(then(chain, "[]"))
            declare(walk, name_of(walk, name), type_name, chain=of)
    return ""
