"""Small steps that several of the C# acts take: attributes, scopes, what is expected of a value.

Keywords cannot be names of variables, so `Walk.names` also holds, under keywords, what is known
where the walk stands: `new` = the type that is expected of a value, `return` = of a result, `is` =
the chain of what patterns are held against.
"""

from collections.abc import Callable

from tree_sitter import Node

from assessor.collect.languages.typed_walk import Walk, function, inside, mention, text_of, visit

STOP = "!"  # the link of a variable: what leads up to it was counted where it was declared
EXPECTED, RESULT, SUBJECT = "new", "return", "is"
UNKNOWN = "?"  # the first link of a call whose receiver is not known


def name_of(walk: Walk, node: Node | None) -> str:
    """An identifier, `@` left out; that of a generic name; "" for nothing."""
    if node is None:
        return ""
    if node.type == "generic_name":
        return name_of(walk, node.named_children[0]) if node.named_children else ""
    return text_of(walk, node).lstrip("@")


def marks(walk: Walk, node: Node) -> tuple[set[str], list[str]]:
    """The modifiers, and the names of the attributes, which are noted."""
    before = len(walk.notes)
    words: set[str] = set()
    for child in node.children:
        kind = child.type
        if kind == "modifier":
            words.add(text_of(walk, child))
        elif kind in {"attribute_list", "preproc_if_in_attribute_list"}:
            visit(walk, child)
    return words, [name for name, _, _ in walk.notes[before:]]


def scoped(walk: Walk, node: Node) -> str:
    """Local variables end with it."""
    names = dict(walk.names)
    inside(walk, node)
    walk.names = names
    return ""


def under(walk: Walk, keyword: str, chain: str, *, node: Node) -> str:
    """Walks the node while the keyword stands for the chain; gives the node's own chain."""
    before = walk.names.get(keyword, "")
    walk.names[keyword] = chain
    found = visit(walk, node)
    walk.names[keyword] = before
    return found


def expecting(walk: Walk, node: Node | None, type_: str) -> str:
    """Walks and notes a value that becomes one of the type: `new()` makes such a one."""
    if node is None:
        return ""
    found = under(walk, EXPECTED, f"={type_}" if type_ else "", node=node)
    mention(walk, found, node.start_byte)
    return found


def expected(walk: Walk) -> str:
    """The type that is expected where the walk stands, or ""."""
    return walk.names.get(EXPECTED, "")[1:]


def kept(chain: str) -> str:
    """The chain as a variable's: all before it has been counted."""
    return chain if not chain or (chain[0] == "=" and ":" not in chain) else f"{chain}:{STOP}"


def code(walk: Walk, name: str, node: Node, *, body: Callable[[], None]) -> None:
    """A function whose name is no word of its own: an accessor, an operator."""
    place = len(walk.words)
    function(walk, name, node, body=body)
    del walk.words[place]
