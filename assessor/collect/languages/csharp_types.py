"""Types as C# writes them, brought to the form that facts have."""

import re

from tree_sitter import Node

from assessor.collect.languages.typed_walk import Walk, inside, text_of, written

PREDEFINED = "predefined_type"
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_ALIAS = re.compile(r"(?:\bglobal)?\s*::\s*")
_RANK = re.compile(r"\[[^\[\]]*\]")
_WORDS = re.compile(r"\b(?:ref|readonly|scoped|in|out)\s+")
_ELEMENT_NAME = re.compile(r"(?<=[\w>\]])\s+@?\w+(?=\s*[,)])")
_NO_ARGUMENTS = re.compile(r"<[,\s]*>")
_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")
_BUILT_IN = frozenset(
    {
        "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint",
        "nuint", "object", "sbyte", "short", "string", "uint", "ulong", "ushort", "void",
    }
)  # fmt: skip
# Types of the library that say nothing of what a program is about.
COMMON = _BUILT_IN | {
    "Action", "CancellationToken", "DateTime", "Dictionary", "Func", "Guid", "ICollection",
    "IDictionary", "IEnumerable", "IList", "ILogger", "IQueryable", "IReadOnlyCollection",
    "IReadOnlyList", "Task", "ValueTask",
}  # fmt: skip


def canonical(walk: Walk, node: Node | None) -> str:
    """The type without blanks, `?` and names of tuple elements; type variables become bounds.

    "" for `var`.
    """
    if node is None or node.type == "implicit_type":
        return ""
    text = text_of(walk, node)
    if not text.isidentifier():
        text = _cleaned(text)
    if walk.variables:
        text = _WORD.sub(lambda word: walk.variables.get(word[0], word[0]), text)
    return text


def _cleaned(text: str) -> str:
    if "/" in text:
        text = _COMMENT.sub(" ", text)
    if "::" in text:
        text = _ALIAS.sub(".", text)
    text = text.replace("?", "").replace("*", "").replace("@", "")
    if " " in text:
        text = _WORDS.sub("", text)
    if "(" in text:
        text = _ELEMENT_NAME.sub("", text)
    if "[" in text:
        text = _RANK.sub("[]", text)
    return _NO_ARGUMENTS.sub("", "".join(text.split()))


def type_used(walk: Walk, node: Node | None) -> str:
    """The canonical type, noted as a use unless it is built into the language."""
    found = canonical(walk, node)
    if node is not None and found and found not in _BUILT_IN:
        written(walk, found, node.start_byte)
    return found


def type_seen(walk: Walk, node: Node) -> str:
    """A type that stands anywhere counts as used."""
    type_used(walk, node)
    return ""


def type_arguments(walk: Walk, node: Node) -> str:
    """`<A, B>` after the name of a method."""
    for child in node.named_children:
        type_used(walk, child)
    return ""


def type_parameters(walk: Walk, node: Node) -> None:
    """Up to the end of the declaration each variable of `<T>` stands for its bound."""
    found: dict[str, str] = {}
    for part in node.named_children:
        if part.type == "type_parameter_list":
            for name in _names(part):
                found[text_of(walk, name)] = "object"
            inside(walk, part)
    if not found:
        return
    walk.variables = {**walk.variables, **found}
    for clause in node.named_children:
        if clause.type == "type_parameter_constraints_clause":
            _bound(walk, clause)


def _names(node: Node) -> list[Node]:
    found = (part.child_by_field_name("name") for part in node.named_children)
    return [name for name in found if name is not None]


def _bound(walk: Walk, clause: Node) -> None:
    """`where T : A, B`: T is an A."""
    name, *constraints = clause.named_children
    bounds = [
        type_used(walk, given)
        for each in constraints
        if (given := each.child_by_field_name("type")) is not None
    ]
    if bounds:
        walk.variables = {**walk.variables, text_of(walk, name): bounds[0]}
