"""Kotlin's declarations: packages, imports, classes, functions, properties, annotations."""

from tree_sitter import Node

from assessor.collect.languages.java_declarations import INJECTS
from assessor.collect.languages.kotlin_data import built
from assessor.collect.languages.kotlin_marks import child_of, marks_of, name_of
from assessor.collect.languages.kotlin_properties import made
from assessor.collect.languages.kotlin_types import TYPES, canonical, type_parameters, type_used
from assessor.collect.languages.typed_facts import Scope
from assessor.collect.languages.typed_walk import (
    Walk,
    closed,
    comment,
    declare,
    each,
    function,
    inside,
    member,
    opened,
    signed,
    supertype,
    takes,
    text_of,
    use,
    visit,
)

_LOOSE = frozenset({"function_declaration", "property_declaration"})


def file(walk: Walk, root: Node, *, path: str) -> None:
    """All of a file; what is declared outside of any class goes to the file's facade."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    facade = f"{stem[:1].upper()}{stem[1:]}Kt"
    number = 0
    for child in root.named_children:
        if child.type not in _LOOSE:
            use(walk, child)
            continue
        if number:
            walk.opened.append(number)
            walk.scope = walk.scopes[number]
        else:
            opened(walk, "", child.start_byte, shape="facade").name = facade
            number = walk.opened[-1]
        visit(walk, child)
        closed(walk)


def package(walk: Walk, node: Node) -> str:
    """`package a.b`."""
    walk.package = _dotted(text_of(walk, node).removeprefix("package"))
    return ""


def import_(walk: Walk, node: Node) -> str:
    """`import a.B`, `import a.*`, `import a.B as C`."""
    text = text_of(walk, node).partition("//")[0].removeprefix("import")
    name, _, alias = text.partition(" as ")
    walk.imports.append(_dotted(name) + (f" as {_dotted(alias)}" if alias else ""))
    walk.import_starts.append(node.start_byte)
    return ""


def _dotted(text: str) -> str:
    return "".join(text.replace("`", "").replace(";", "").split())


def class_(walk: Walk, node: Node) -> str:
    """A class, interface or enum."""
    name = node.child_by_field_name("name")
    tokens = {child.type for child in node.children}
    shape = "interface" if "interface" in tokens else "class"
    modifiers, marks = marks_of(walk, child_of(node, "modifiers"))
    outside = walk.variables
    scope = opened(walk, name_of(walk, name), node.start_byte, shape=shape)
    _shape(scope, modifiers, tokens)
    scope.annotations += marks
    type_parameters(walk, child_of(node, "type_parameters"))
    for child in node.named_children:
        if child.type == "primary_constructor":
            _primary(walk, child)
        elif child.type == "delegation_specifiers":
            _supertypes(walk, child)
        elif child.type in {"class_body", "enum_class_body"}:
            _body(walk, child)
    if shape == "class" and not scope.constructors:
        signed(walk, "new", [], result="")
    closed(walk)
    walk.variables = outside
    return ""


def _shape(scope: Scope, modifiers: str, tokens: set[str]) -> None:
    words = set(modifiers.split())
    scope.modifiers = "abstract" if words & {"abstract", "sealed"} else ""
    if "annotation" in words:
        scope.shape = "annotation"
    elif "enum" in words or "enum" in tokens:
        scope.shape = "enum"


def object_(walk: Walk, node: Node) -> str:
    """`object A`: a class with one object, whose members are called by its name."""
    _, marks = marks_of(walk, child_of(node, "modifiers"))
    scope = opened(
        walk, name_of(walk, node.child_by_field_name("name")), node.start_byte, shape="class"
    )
    scope.annotations += marks
    scope.modifiers = "object"
    _parts(walk, node)
    closed(walk)
    return ""


def companion(walk: Walk, node: Node) -> str:
    """`companion object`: its members are called by the name of the class around it."""
    before = walk.scope.modifiers
    walk.scope.modifiers = f"{before} object"
    outside, made = set(walk.scope.fields), len(walk.functions)
    _parts(walk, node)
    walk.scope.modifiers = before
    walk.scope.apart |= walk.scope.fields.keys() - outside
    walk.scope.apart |= {name.rpartition(".")[2] for name, *_ in walk.functions[made:]}
    return ""


def object_literal(walk: Walk, node: Node) -> str:
    """`object : A { … }`: a class without a name."""
    opened(walk, "", node.start_byte, shape="anonymous")
    _parts(walk, node)
    closed(walk)
    return ""


def _parts(walk: Walk, node: Node) -> None:
    for child in node.named_children:
        if child.type == "delegation_specifiers":
            _supertypes(walk, child)
        elif child.type == "class_body":
            _body(walk, child)


def _body(walk: Walk, node: Node) -> None:
    names = dict(walk.names)
    fields = (child_of(child, "variable_declaration") for child in node.named_children)
    for declared in (found for found in fields if found is not None):
        walk.names.pop(name_of(walk, child_of(declared, "identifier")), None)  # a field hides it
    inside(walk, node)
    walk.names = names


def _supertypes(walk: Walk, node: Node) -> None:
    for specifier in node.named_children:
        if specifier.type.endswith("comment"):
            comment(walk, specifier)
            continue
        for child in specifier.named_children:
            _supertype(walk, child)


def _supertype(walk: Walk, node: Node) -> None:
    """`A`, `A(x)`, `A by x`."""
    if node.type in TYPES:
        supertype(walk, canonical(walk, node), node.start_byte)
        return
    for part in node.named_children:
        if part.type in TYPES:
            written = canonical(walk, part)
            supertype(walk, written, part.start_byte)
            built(walk, written, node)
        else:
            use(walk, part)


def _primary(walk: Walk, node: Node) -> None:
    """The constructor in the head of a class; `val` and `var` in it are properties."""
    _, marks = marks_of(walk, child_of(node, "modifiers"))
    types: list[str] = []
    many = False
    for parameter in (
        (node.named_children and child_of(node, "class_parameters")) or node
    ).named_children:
        if parameter.type != "class_parameter":
            continue
        many = many or "vararg" in text_of(walk, parameter).split()
        types.append(_class_parameter(walk, parameter))
    signed(walk, "new", types, result="", many=many)
    if INJECTS.intersection(marks):
        walk.scope.injected += types


def _class_parameter(walk: Walk, node: Node) -> str:
    marks_of(walk, child_of(node, "modifiers"))
    name, type_ = child_of(node, "identifier"), child_of(node, *TYPES)
    found = canonical(walk, type_) if type_ is not None else ""
    if type_ is not None:
        type_used(walk, type_)
        each(walk, (c for c in node.named_children if c.start_byte > type_.end_byte))
    if name is not None:
        if {"val", "var"} & {child.type for child in node.children}:
            member(walk, text_of(walk, name), found)
        else:
            walk.words.append(text_of(walk, name))
            walk.scope.fields.setdefault(text_of(walk, name), found)
            walk.scope.apart.add(text_of(walk, name))
    return found


def enum_entry(walk: Walk, node: Node) -> str:
    """A constant of an enum is a field of the enum's own type."""
    owner, name = walk.scope.name, child_of(node, "identifier")
    if name is not None:
        member(walk, text_of(walk, name), owner)
        walk.scope.apart.add(text_of(walk, name))
    each(walk, (child for child in node.named_children if child.type == "value_arguments"))
    body = child_of(node, "class_body")
    if body is not None:
        opened(walk, "", body.start_byte, shape="anonymous").supers.append(owner)
        _body(walk, body)
        closed(walk)
    return ""


def type_alias(walk: Walk, node: Node) -> str:
    """`typealias A = B<C>`: a name of its own, with the members of what it stands for."""
    stands = [child for child in node.named_children if child.type in TYPES]
    name = node.child_by_field_name("type")
    scope = opened(walk, name_of(walk, name), node.start_byte, shape="alias")
    scope.supers += [canonical(walk, child) for child in stands]
    each(walk, stands)
    closed(walk)
    return ""


def constructor(walk: Walk, node: Node) -> str:
    """`constructor(…) : this(…) { … }`."""
    _, marks = marks_of(walk, child_of(node, "modifiers"))

    def body() -> None:
        types, many = parameters(walk, child_of(node, "function_value_parameters"))
        takes(walk, len(types))
        signed(walk, "new", types, result="", many=many)
        if INJECTS.intersection(marks):
            walk.scope.injected += types
        each(
            walk,
            (c for c in node.named_children if c.type in {"block", "constructor_delegation_call"}),
        )

    function(walk, walk.scope.name or "constructor", node, body=body)
    return ""


def parameters(walk: Walk, node: Node | None) -> tuple[list[str], bool]:
    """Types of the parameters, which come into reach, and whether the last takes many."""
    types: list[str] = []
    many = False
    for child in node.named_children if node is not None else ():
        if child.type == "parameter":
            types.append(_parameter(walk, child, many=many))
        elif child.type == "parameter_modifiers":
            many = many or "vararg" in text_of(walk, child).split()
            marks_of(walk, child)
        else:
            use(walk, child)
    return types, many


def _parameter(walk: Walk, node: Node, *, many: bool) -> str:
    name, type_ = child_of(node, "identifier"), child_of(node, *TYPES)
    found = canonical(walk, type_) if type_ is not None else ""
    if type_ is not None:
        type_used(walk, type_)
    if name is not None:
        walk.words.append(text_of(walk, name))
        declare(walk, text_of(walk, name), found and found + "[]" * many)
    return found


def function_(walk: Walk, node: Node) -> str:
    """A function of a class, of the file, or within another one."""
    name = node.child_by_field_name("name")
    called = name_of(walk, name)
    _, marks = marks_of(walk, child_of(node, "modifiers"))
    local = walk.method is not None

    def body() -> None:
        type_parameters(walk, child_of(node, "type_parameters"))
        receiver = _before(node, name)
        if receiver is not None:
            type_used(walk, receiver)
            walk.names["this"] = f"={canonical(walk, receiver)}"
        types, many = parameters(walk, child_of(node, "function_value_parameters"))
        takes(walk, len(types))
        result = _result(walk, node)
        if local:
            walk.names.pop(called, None)
        key = signed(walk, called, types, result=result, many=many)
        if receiver is not None:
            walk.scope.extensions.append(key)
        if INJECTS.intersection(marks):
            walk.scope.injected += types
        each(
            walk,
            (c for c in node.named_children if c.type in {"function_body", "type_constraints"}),
        )

    function(walk, called, node, body=body)
    return ""


def _before(node: Node, name: Node | None) -> Node | None:
    """The type that is extended: it stands before the name."""
    kinds = (c for c in node.named_children if c.type in TYPES)
    return next((c for c in kinds if name is not None and c.end_byte <= name.start_byte), None)


def _result(walk: Walk, node: Node) -> str:
    """The type after the parameters; without one, that of an object that the body makes."""
    given = child_of(node, "function_value_parameters")
    after = given.end_byte if given is not None else node.start_byte
    found = next(
        (c for c in node.named_children if c.type in TYPES and c.start_byte >= after), None
    )
    if found is not None:
        type_used(walk, found)
        return canonical(walk, found)
    body = child_of(node, "function_body")
    return made(walk, body.named_children[0]) if body is not None and body.named_children else ""
