"""What a PHP file says on classes that Doctrine stores: attributes, annotations, repositories."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.php_calls import first, last, parts
from assessor.collect.languages.php_data import MOST, Row, dotted, full_name, scope_at
from assessor.collect.languages.php_folding import class_of, literal
from assessor.collect.languages.php_names import class_name
from assessor.collect.languages.typed_walk import Walk, text_of

_HOME = ".Doctrine.ORM.Mapping."
_KINDS = frozenset(
    {"Entity", "JoinTable", "ManyToMany", "ManyToOne", "MappedSuperclass", "OneToMany", "OneToOne",
     "Table"}
)  # fmt: skip
_ATTRIBUTE = re.compile(r"(?<=[\[,\s\\])(\w+)(?=[(\],\s])")
_IN_COMMENT = re.compile(r"@((?:\w+\\)+)(\w+)\s*(\([^@]*)?")
_PAIR = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|([\w\\]+)::class)")
_OF_CLASS = frozenset({"targetEntity", "repositoryClass"})
_DECLARED = {"class_declaration", "property_declaration", "property_promotion_parameter"}
_SERVED = re.compile(r"parent::__construct\(\s*[^,()]+,\s*([\w\\]+)::class")
_EXTENDED = re.compile(r"@(?:\w+-)*extends\s+\\?[\w\\]*(?:EntityRepository|Repository)<([\w\\]+)>")


def marks(walk: Walk, root: Node) -> dict[str, list[Row]]:
    """Rows: simple name, arguments, scope, member, its type, line; and whom repositories serve."""
    rows: dict[str, list[Row]] = {}
    if walk.too_deep:
        return {}
    if "Doctrine\\ORM\\Mapping" in walk.text:
        rows["marks"] = [*_attributes(walk, root), *_annotations(walk, root)]
    if "EntityRepository" in walk.text:
        rows["repositories"] = [*_repositories(walk, root)]
    return {kind: found for kind, found in rows.items() if found}


def _attributes(walk: Walk, root: Node) -> Iterator[Row]:
    for found in islice(_ATTRIBUTE.finditer(walk.text), MOST * 10):
        if found[1] not in _KINDS:
            continue
        node = root.descendant_for_byte_range(found.start(), found.start())
        while node is not None and node.type in {"name", "qualified_name"}:
            node = node.parent
        named = first(node)
        if node is None or node.type != "attribute" or named is None:
            continue
        name = class_name(walk, text_of(walk, named))
        declared = _declared(node)
        if name == _HOME + found[1] and declared is not None:
            yield _row(walk, found[1], _arguments(walk, node), declared=declared)


def _declared(node: Node | None) -> Node | None:
    while node is not None and node.type not in _DECLARED:
        node = node.parent
    return node


def _arguments(walk: Walk, node: Node) -> dict[str, str]:
    """Texts and classes (`=.X`) by name, the first one without a name under "0"."""
    found: dict[str, str] = {}
    given = node.child_by_field_name("parameters")
    for each in parts(given):
        value = last(each)
        name = each.child_by_field_name("name")
        written = class_of(walk, value)
        key = text_of(walk, name) if name is not None else "0"
        found.setdefault(key, _value(walk, key, literal(walk, value) or "", named=written))
    return found


def _row(walk: Walk, kind: str, arguments: dict[str, str], *, declared: Node) -> Row:
    owner: Node | None = declared
    while owner is not None and owner.type != "class_declaration":
        owner = owner.parent
    scope = scope_at(walk, owner) if owner is not None else 0
    member = _member(walk, declared)
    type_ = walk.scopes[scope].fields.get(member, "") if member else ""
    return [kind, arguments, scope, member, type_, _line(declared)]


def _line(declared: Node) -> int:
    """Where the name stands: attributes lie before it."""
    name = declared.child_by_field_name("name")
    element = next((e for e in declared.named_children if e.type == "property_element"), None)
    return (name or element or declared).start_point[0] + 1


def _member(walk: Walk, declared: Node) -> str:
    if declared.type == "class_declaration":
        return ""
    name = declared.child_by_field_name("name")
    for each in declared.named_children:
        if each.type == "property_element":
            name = first(each)
    return text_of(walk, name).lstrip("$") if name is not None else ""


def _annotations(walk: Walk, root: Node) -> Iterator[Row]:
    r"""`@ORM\Entity(…)` in the comment before a class or a property."""
    for begin, end in walk.comments:
        text = walk.text[begin:end]
        if "@" not in text or "\\" not in text:
            continue
        node = root.descendant_for_byte_range(begin, begin)
        declared = node.next_named_sibling if node is not None else None
        if declared is None or declared.type not in _DECLARED:
            continue
        for found in _IN_COMMENT.finditer(text):
            if found[2] in _KINDS and class_name(walk, found[1] + found[2]) == _HOME + found[2]:
                pairs = _PAIR.findall(found[3] or "")
                given = {key: _value(walk, key, text, named=named) for key, text, named in pairs}
                yield _row(walk, found[2], given, declared=declared)


def _value(walk: Walk, key: str, text: str, *, named: str) -> str:
    """`=.X` for a class; one in quotes is of this namespace, unless it has one of its own."""
    if named:
        return f"={class_name(walk, named)}"
    if text and key in _OF_CLASS:
        return f"={dotted(text) or class_name(walk, text)}"
    return text


def _repositories(walk: Walk, root: Node) -> Iterator[Row]:
    """The class that a repository serves, by its constructor or its comment."""
    for pattern in (_SERVED, _EXTENDED):
        for found in islice(pattern.finditer(walk.text), MOST):
            node = root.descendant_for_byte_range(found.start(), found.start())
            if node is not None and node.type == "comment":
                node = node.next_named_sibling
            while node is not None and node.type != "class_declaration":
                node = node.parent
            if node is not None:
                scope = scope_at(walk, node)
                yield [scope, full_name(walk, found[1], scope)]
