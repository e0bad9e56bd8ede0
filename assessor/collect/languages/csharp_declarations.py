"""C#'s files and types: namespaces, usings, classes and their like, attributes."""

from tree_sitter import Node

from assessor.collect.languages.csharp_members import Given, parameters, sign
from assessor.collect.languages.csharp_model import marked
from assessor.collect.languages.csharp_parts import marks, name_of
from assessor.collect.languages.csharp_types import (
    PREDEFINED,
    canonical,
    type_parameters,
    type_used,
)
from assessor.collect.languages.typed_facts import Scope
from assessor.collect.languages.typed_text import erased
from assessor.collect.languages.typed_walk import (
    Walk,
    annotation,
    closed,
    each,
    function,
    inside,
    member,
    opened,
    supertype,
    takes,
    text_of,
    use,
    visit,
)

_SHAPES = {
    "class_declaration": "class",
    "delegate_declaration": "class",
    "enum_declaration": "enum",
    "interface_declaration": "interface",
    "record_declaration": "record",
    "struct_declaration": "class",
}
TYPES = frozenset(_SHAPES)
_BODIES = frozenset({"declaration_list", "enum_member_declaration_list"})
_PROGRAM = "Program"  # the class that the compiler makes of statements outside of any class


def file(walk: Walk, root: Node) -> None:
    """All of a file; statements outside of any class are those of a class `Program`."""
    statements = [child for child in root.children if child.type == "global_statement"]
    each(walk, (child for child in root.named_children if child.type != "global_statement"))
    if statements:
        _program(walk, statements)
    _name_packages(walk)


def _program(walk: Walk, statements: list[Node]) -> None:
    opened(walk, "", statements[0].start_byte, shape="class").name = _PROGRAM

    def body() -> None:
        each(walk, statements)

    function(walk, "Main", statements[0], body=body)
    done = walk.functions.pop()
    walk.functions.append((*done[:2], statements[-1].end_byte, *done[3:]))
    closed(walk)


def _name_packages(walk: Walk) -> None:
    """The file's package is that of its first type; where one has none, it is none."""
    tops = [scope for scope in walk.scopes if scope.outer == 0]
    packages = [scope.package for scope in tops]
    if packages:
        walk.package = "" if "" in packages else packages[0]
    for scope in tops:
        if scope.package == walk.package:
            scope.package = ""


def around(walk: Walk) -> list[str]:
    """The namespaces around those of the file, nearest first."""
    found: list[str] = []
    for name in (walk.package, *(scope.package for scope in walk.scopes)):
        while name:
            name = name.rpartition(".")[0]  # noqa: PLW2901 - up to the outermost
            found.append(name)
    return sorted(set(found), key=lambda name: (-name.count("."), not name, name))


def everywhere(walk: Walk) -> list[str]:
    """The imports that are `global`."""
    found = zip(walk.imports, walk.import_starts, strict=True)
    return [name for name, start in found if walk.text.startswith("global", start)]


def namespace(walk: Walk, node: Node) -> str:
    """`namespace A.B { … }`, or `namespace A.B;` for the rest of the file."""
    before, name = walk.package, canonical(walk, node.child_by_field_name("name"))
    walk.package = f"{before}.{name}" if before and name else before or name
    body = node.child_by_field_name("body")
    if body is not None:
        inside(walk, body)
        walk.package = before
    else:
        each(walk, (c for c in node.named_children if c != node.child_by_field_name("name")))
    return ""


def using(walk: Walk, node: Node) -> str:
    """`using A.B;`, `using static A.B;`, `using C = A.B;`, with `global` before it or not."""
    alias = node.child_by_field_name("name")
    target = next((c for c in node.named_children[::-1] if c.type != "comment"), None)
    if target is None or target == alias:
        return ""
    name = erased(canonical(walk, target)).lstrip(".")
    if alias is not None:
        walk.imports.append(f"{name} as {name_of(walk, alias)}")
    elif any(child.type == "static" for child in node.children):
        walk.imports.append(f"static {name}.*")
    else:
        walk.imports.append(f"{name}.*")
    walk.import_starts.append(node.start_byte)
    return ""


def attribute(walk: Walk, node: Node) -> str:
    """`[A(x, B = y)]`."""
    name = node.child_by_field_name("name")
    text, _, _ = canonical(walk, name).partition("<")
    given = next((c for c in node.named_children if c.type == "attribute_argument_list"), None)
    arguments = text_of(walk, given)[1:-1] if given is not None else ""
    if text:
        annotation(walk, text, node.start_byte, arguments=arguments)
        marked(walk, text, arguments, start=node.start_byte)
    if name is not None and name.type == "generic_name":
        visit(walk, name.named_children[-1])
    for argument in given.named_children if given is not None else ():
        key = argument.child_by_field_name("name")
        each(walk, (part for part in argument.named_children if part != key))
    return ""


def type_(walk: Walk, node: Node) -> str:
    """A class, interface, struct, record, enum or delegate."""
    name = name_of(walk, node.child_by_field_name("name"))
    outside = walk.variables
    scope = opened(walk, name, node.start_byte, shape=_SHAPES[node.type])
    scope.package = walk.package if scope.outer == 0 else ""
    words, found = marks(walk, node)
    walk.awaiting.clear()
    scope.modifiers = "abstract" if "abstract" in words else ""
    scope.partial = "partial" in words
    scope.annotations += found
    type_parameters(walk, node)
    if node.type == "delegate_declaration":
        given = parameters(walk, node.child_by_field_name("parameters"))
        sign(walk, "Invoke", given, result=type_used(walk, node.child_by_field_name("type")))
    else:
        _parts(walk, node, scope)
    if node.type != "class_declaration" or scope.modifiers:
        scope.injected.clear()
    closed(walk)
    walk.variables = outside
    return ""


def _parts(walk: Walk, node: Node, scope: Scope) -> None:
    for child in node.named_children:
        if child.type == "parameter_list":
            _primary(walk, child, record=scope.shape == "record")
        elif child.type == "base_list":
            each(walk, (part for part in child.named_children if not _supertype(walk, part)))
        elif child.type in _BODIES:
            inside(walk, child)


def _supertype(walk: Walk, node: Node) -> bool:
    """Whether the part of a list of supertypes is one; it is then noted."""
    if node.type in {"argument_list", "comment", PREDEFINED}:
        return False
    if node.type == "primary_constructor_base_type":
        parts = node.named_children
        each(walk, (part for part in parts[1:] if part.type == "argument_list"))
        return bool(parts) and _supertype(walk, parts[0])
    supertype(walk, canonical(walk, node), node.start_byte)
    return True


def _primary(walk: Walk, node: Node, *, record: bool) -> None:
    """The constructor in the head of a type; its parameters are seen in all of the type."""
    names = dict(walk.names)
    given = parameters(walk, node)
    walk.names = names
    for name, type_name in zip(given.names, given.types, strict=True):
        if record:
            member(walk, name, type_name)
        else:
            walk.scope.fields.setdefault(name, type_name)
    sign(walk, "new", given, result="")
    inject(walk, given)


def inject(walk: Walk, given: Given) -> None:
    """What a constructor asks for, where that is something abstract."""
    walk.scope.injected += [f"?{name}" for name in given.types if name]


def constructor(walk: Walk, node: Node) -> str:
    """`A(…) : base(…) { … }`."""
    words, _ = marks(walk, node)

    def body() -> None:
        given = parameters(walk, node.child_by_field_name("parameters"))
        takes(walk, len(given.types))
        if "static" not in words:
            sign(walk, "new", given, result="")
        if not words & {"static", "private"}:
            inject(walk, given)
        for child in node.named_children:
            if child.type == "constructor_initializer":
                inside(walk, child)
        use(walk, node.child_by_field_name("body"))

    function(walk, walk.scope.name or "constructor", node, body=body)
    return ""


def preprocessor(walk: Walk, node: Node) -> str:
    """`#if A … #elif B … #else … #endif`: all branches are read, conditions are no names."""
    condition = node.child_by_field_name("condition")
    each(walk, (child for child in node.named_children if child != condition))
    return ""


def enum_member(walk: Walk, node: Node) -> str:
    """A constant of an enum is of the enum's own type."""
    marks(walk, node)
    name = name_of(walk, node.child_by_field_name("name"))
    member(walk, name, walk.scope.name)
    walk.scope.apart.add(name)
    use(walk, node.child_by_field_name("value"))
    return ""
