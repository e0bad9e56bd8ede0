"""PHP's values: what variables are set to, arrays, files that are included."""

import re

from tree_sitter import Node

from assessor.collect.languages.php_docs import doc_before, tags
from assessor.collect.languages.php_expressions import settled, typed
from assessor.collect.languages.typed_walk import Walk, inside, mention, text_of, use, visit

_INCLUDE = re.compile(r"^(?:include|require)(?:_once)?\b", re.IGNORECASE)
_PATH = re.compile(
    r"\(?\s*(?:(?P<here>__DIR__|dirname\s*\(\s*__FILE__\s*\))|dirname\s*\(\s*(?P<above>__DIR__)"
    r"(?:\s*,\s*(?P<levels>\d))?\s*\)|(?P<root>[A-Z_]+))?\s*\.?\s*(['\"])(?P<path>[^'\"$]+)\5\s*\)?"
).fullmatch


def assign(walk: Walk, node: Node) -> str:
    """`$x = …`: the variable has the type of the value, or the one that a comment says."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return inside(walk, node)
    doc = doc_before(walk, node.start_byte)
    chain = visit(walk, right)
    mention(walk, chain, right.start_byte)
    chain = settled(chain)
    if left.type == "variable_name":
        name = text_of(walk, left)
        walk.names[name] = chain = _said(walk, doc, name=name) or chain
    else:
        use(walk, left)
        _infer(walk, text_of(walk, left), chain)
    return chain


def _said(walk: Walk, doc: tuple[int, int] | None, *, name: str) -> str:
    """The chain of a variable whose type a comment right before says."""
    said = (tag for tag in tags(walk, doc) if tag.tag == "var" and tag.name in {"", name})
    return next((typed(tag.type) for tag in said), "")


def _infer(walk: Walk, left: str, chain: str) -> None:
    """A property of no known type has that of the object which it is set to."""
    this, arrow, name = left.partition("->")
    type_ = chain[1:].partition(":")[0] if chain[:1] == "=" and chain.count(":") == 1 else ""
    if this == "$this" and arrow and type_ and name.isidentifier() and walk.scope.outer >= 0:
        walk.scope.fields[name] = walk.scope.fields.get(name) or type_


def array(walk: Walk, node: Node) -> str:
    """`[…]`, with or without keys."""
    for child in node.named_children:
        if child.type == "array_element_initializer":
            inside(walk, child)
        else:
            use(walk, child)
    return ""


def listed(walk: Walk, node: Node) -> str:
    """`[$a, $b]` on the left: variables of no known type."""
    for child in node.named_children:
        if child.type == "variable_name":
            walk.names[text_of(walk, child)] = ""
        else:
            use(walk, child)
    return ""


def include(walk: Walk, node: Node) -> str:
    """`require __DIR__ . '/x.php'`: the file is run, as far as its path is written out."""
    text = text_of(walk, node)
    found = _PATH(_INCLUDE.sub("", text).strip())
    if found is not None:
        walk.includes.append((_written(found), node.start_byte))
    return inside(walk, node)


def _written(found: re.Match[str]) -> str:
    path = found["path"].lstrip("/")
    if found["here"]:
        return f"./{path}"
    if found["above"]:
        return "../" * int(found["levels"] or 1) + path
    return f"/{path}" if found["root"] else found["path"]
