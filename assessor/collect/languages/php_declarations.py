"""PHP's declarations: classes and what is in them, constants, attributes; the facade of a file."""

from collections.abc import Iterator
from contextlib import contextmanager

from tree_sitter import Node

from assessor.collect.languages.php_docs import (
    Tag,
    doc_before,
    known_better,
    marks,
    tags,
    use_names,
)
from assessor.collect.languages.php_literals import without_secrets
from assessor.collect.languages.php_names import (
    NAMESPACE,
    PARENT,
    SELF,
    class_name,
    qualified,
    type_used,
)
from assessor.collect.languages.typed_walk import (
    Walk,
    annotation,
    closed,
    comment,
    each,
    inside,
    member,
    opened,
    signed,
    supertype,
    text_of,
    use,
)

_SHAPES = {
    "class_declaration": "class",
    "enum_declaration": "enum",
    "interface_declaration": "interface",
    "trait_declaration": "trait",
}
_NAMES = frozenset({"name", "qualified_name", "relative_name"})
TYPES = frozenset(
    {
        "bottom_type", "disjunctive_normal_form_type", "intersection_type", "named_type",
        "optional_type", "primitive_type", "union_type",
    }
)  # fmt: skip


def class_(walk: Walk, node: Node) -> str:
    """A class, interface, trait or enum: of its namespace, wherever it is declared."""
    start = node.start_byte
    doc = doc_before(walk, start)
    named = node.child_by_field_name("name")
    name = text_of(walk, named) if named is not None else ""
    walk.opened.append(0)
    scope = opened(walk, name, start, shape=_SHAPES[node.type])
    scope.package = walk.known.get(NAMESPACE, "")
    kinds = {child.type for child in node.named_children}
    scope.modifiers = "abstract" if "abstract_modifier" in kinds else ""
    with _class_around(walk, qualified(walk, name)):
        marks(walk, doc)
        _documented(walk, tags(walk, doc))
        _class_parts(walk, node)
    closed(walk)
    closed(walk)
    return ""


@contextmanager
def _class_around(walk: Walk, name: str) -> Iterator[None]:
    """What `self` and `parent` mean inside; variables around are not seen."""
    known, names, method = walk.known, walk.names, walk.method
    walk.known, walk.names, walk.method = {**known, SELF: name, PARENT: ""}, {}, None
    try:
        yield
    finally:
        walk.known, walk.names, walk.method = known, names, method


def _documented(walk: Walk, found: list[Tag]) -> None:
    """Members and type arguments that only the comment on the class tells of."""
    for tag in found:
        use_names(walk, tag)
        if tag.tag == "property" and tag.name:
            member(walk, tag.name[1:], tag.type)
        elif tag.tag == "method" and tag.name:
            signed(walk, tag.name, [], result=tag.type, many=True)


def _class_parts(walk: Walk, node: Node) -> None:
    for child in node.named_children:
        kind = child.type
        if kind in {"base_clause", "class_interface_clause"}:
            _supertypes(walk, child)
        elif kind in {"declaration_list", "enum_declaration_list"}:
            _body(walk, child)
        elif kind not in {"name", "arguments"}:
            use(walk, child)


def _supertypes(walk: Walk, node: Node) -> None:
    extends = node.type == "base_clause" and walk.scope.shape != "interface"
    for child in node.named_children:
        if child.type in _NAMES:
            name = class_name(walk, text_of(walk, child))
            supertype(walk, name, child.start_byte)
            if extends:
                walk.known[PARENT] = name
        else:
            use(walk, child)


def _body(walk: Walk, node: Node) -> None:
    """Comments here belong to what follows them."""
    for child in node.named_children:
        if child.type == "comment":
            comment(walk, child)
        else:
            use(walk, child)


def anonymous(walk: Walk, node: Node) -> str:
    """`new class(…) extends A { … }`; at the top it belongs to the file's facade."""
    each(walk, (child for child in node.named_children if child.type == "arguments"))
    at_top = walk.opened[-1] == 0
    if at_top:
        enter_facade(walk, node.start_byte)
    opened(walk, "", node.start_byte, shape="anonymous")
    with _class_around(walk, ""):
        _class_parts(walk, node)
    closed(walk)
    if at_top:
        closed(walk)
    return ""


def enter_facade(walk: Walk, start: int) -> None:
    """What follows is declared outside of any class, up to `closed`."""
    package = walk.known.get(NAMESPACE, "")
    for number, scope in enumerate(walk.scopes):
        if scope.shape == "facade" and scope.package == package:
            walk.opened.append(number)
            walk.scope = scope
            return
    walk.opened.append(0)
    facade = opened(walk, "", start, shape="facade")
    facade.package = package
    del walk.opened[-2]


def traits(walk: Walk, node: Node) -> str:
    """`use A, B;` in a class."""
    for child in node.named_children:
        if child.type in _NAMES:
            supertype(walk, class_name(walk, text_of(walk, child)), child.start_byte)
        elif child.type == "comment":
            use(walk, child)
    return ""


def property_(walk: Walk, node: Node) -> str:
    """`private static ?A $x = …, $y;`, with the type that its comment says."""
    doc = doc_before(walk, node.start_byte)
    marks(walk, doc)
    found = tags(walk, doc)
    type_, is_static = "", False
    for child in node.named_children:
        if child.type in TYPES:
            type_ = type_used(walk, child)
        elif child.type == "static_modifier":
            is_static = True
        elif child.type == "property_element":
            type_ = said(walk, found, tag="var", name="", written=type_)
            found = []
            _property(walk, child, type_=type_, is_static=is_static)
        else:
            use(walk, child)
    return ""


def _property(walk: Walk, node: Node, *, type_: str, is_static: bool) -> None:
    name, *values = node.named_children
    written = text_of(walk, name).removeprefix("$")
    member(walk, written, type_)
    if is_static:
        walk.scope.apart.add(written)
        walk.statics.append((written, type_, node.start_byte))
    each(walk, values)


def said(walk: Walk, found: list[Tag], *, tag: str, name: str, written: str) -> str:
    """The type to follow of what is documented. written: its type in the code."""
    for one in found:
        if one.tag == tag and one.name in {"", name or one.name}:
            use_names(walk, one, written=written)
            return known_better(written, one)
    return written


def constants(walk: Walk, node: Node) -> str:
    """`const A = 1, B = 2;`, in a class or outside of one."""
    outside = walk.scope.shape in {"file", "facade"}
    if outside:
        enter_facade(walk, node.start_byte)
    type_ = ""
    for child in node.named_children:
        if child.type == "const_element":
            name, *values = child.named_children
            member(walk, text_of(walk, name), type_)
            walk.scope.apart.add(text_of(walk, name))
            each(walk, values)
        elif child.type in TYPES:
            type_ = type_used(walk, child)
        else:
            use(walk, child)
    if outside:
        closed(walk)
    return ""


def case(walk: Walk, node: Node) -> str:
    """`case A = 1;` of an enum."""
    name = node.child_by_field_name("name")
    if name is not None:
        member(walk, text_of(walk, name), walk.known.get(SELF, ""))
        walk.scope.apart.add(text_of(walk, name))
    each(walk, (child for child in node.named_children if child != name))
    return ""


def attribute(walk: Walk, node: Node) -> str:
    """`#[A(…)]`."""
    given = node.child_by_field_name("parameters")
    for child in node.named_children:
        if child.type in _NAMES:
            text = without_secrets(text_of(walk, given)[1:-1]) if given is not None else ""
            annotation(
                walk, class_name(walk, text_of(walk, child)), node.start_byte, arguments=text
            )
        else:
            use(walk, child)
    return ""


def file(walk: Walk, root: Node, *, path: str) -> None:
    """All of a file: one without any class is what its name says."""
    inside(walk, root)
    stem = path.rpartition("/")[2].rpartition(".")[0]
    tops = [scope for scope in walk.scopes[1:] if scope.outer == 0]
    if not tops:
        enter_facade(walk, 0)
        closed(walk)
    taken = {(scope.package, scope.name) for scope in tops}
    packages = {scope.package for scope in walk.scopes[1:] if scope.outer == 0}
    for scope in walk.scopes:
        if scope.shape == "facade":
            scope.name = f"{stem}_functions" if (scope.package, stem) in taken else stem
    walk.package = packages.pop() if len(packages) == 1 else ""
    walk.comments.sort()
