"""Types as Kotlin writes them, brought to the form that facts have."""

import re

from tree_sitter import Node

from assessor.collect.languages.typed_walk import Walk, inside, text_of, written

TYPES = frozenset({"user_type", "nullable_type", "function_type", "non_nullable_type"})
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_ANNOTATION = re.compile(r"@[\w.:]+(?:\([^()]*\))?")
_VARIANCE = re.compile(r"(?<![\w.])(?:in|out|suspend|dynamic)\s+|[?&*`]")
_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")


def canonical(walk: Walk, node: Node) -> str:
    """The type without blanks, annotations, variance and `?`; type variables become bounds."""
    text = text_of(walk, node)
    if not text.isidentifier():
        text = _ANNOTATION.sub(" ", _COMMENT.sub(" ", text))
        text = "".join(_VARIANCE.sub("", text).replace("->", ",").split())
    if walk.variables:
        text = _WORD.sub(lambda word: walk.variables.get(word[0], word[0]), text)
    return text


def type_used(walk: Walk, node: Node) -> str:
    """A type that stands anywhere counts as used."""
    written(walk, canonical(walk, node), node.start_byte)
    return ""


def type_parameters(walk: Walk, node: Node | None) -> None:
    """`<T : A>`: up to the end of the declaration, T stands for its bound."""
    if node is None:
        return
    found = dict(walk.variables)
    for parameter in (c for c in node.named_children if c.type == "type_parameter"):
        name = next((c for c in parameter.named_children if c.type == "identifier"), None)
        bound = next((c for c in parameter.named_children if c.type in TYPES), None)
        if name is not None:
            found[text_of(walk, name)] = "Any" if bound is None else canonical(walk, bound)
    inside_bounds(walk, node)
    walk.variables = found


def inside_bounds(walk: Walk, node: Node) -> None:
    """The bounds themselves are uses of types."""
    for parameter in node.named_children:
        for child in parameter.named_children:
            if child.type in TYPES:
                type_used(walk, child)
            elif child.type != "identifier":
                inside(walk, child)
