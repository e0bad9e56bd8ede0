"""What Kotlin's declarations have in common: names, modifiers, annotations."""

from tree_sitter import Node

from assessor.collect.languages.kotlin_data import marked
from assessor.collect.languages.kotlin_types import canonical
from assessor.collect.languages.typed_walk import Walk, annotation, each, text_of


def annotated(walk: Walk, node: Node) -> str:
    """An annotation, with the target that it may name (`@field:A`)."""
    name = _annotation_type(node)
    if name is not None:
        text = text_of(walk, node)
        arguments = text.partition("(")[2].rpartition(")")[0]
        written = canonical(walk, name)
        annotation(walk, written, node.start_byte, arguments=arguments)
        marked(walk, written, arguments, start=node.start_byte)
    for child in node.named_children:
        if child.type == "constructor_invocation":
            each(walk, (part for part in child.named_children if part.type == "value_arguments"))
    return ""


def _annotation_type(node: Node) -> Node | None:
    for child in node.named_children:
        if child.type == "user_type":
            return child
        if child.type == "constructor_invocation":
            return _annotation_type(child)
    return None


def marks_of(walk: Walk, node: Node | None) -> tuple[str, list[str]]:
    """The modifiers as text, and the simple names of the annotations among them."""
    if node is None:
        return "", []
    before = len(walk.notes)
    each(walk, (child for child in node.named_children if child.type == "annotation"))
    words = (text_of(walk, c) for c in node.named_children if c.type != "annotation")
    return " ".join(words), [name for name, _, _ in walk.notes[before:]]


def child_of(node: Node, *kinds: str) -> Node | None:
    """The first part of one of these kinds."""
    return next((child for child in node.named_children if child.type in kinds), None)


def name_of(walk: Walk, node: Node | None) -> str:
    """The name that the node is, "" = none."""
    return text_of(walk, node).strip("`") if node is not None else ""
