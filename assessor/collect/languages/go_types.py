"""What the walk does at types as they are written: noted as uses, reduced to short text."""

from tree_sitter import Node

from assessor.collect.languages import go_kinds as k
from assessor.collect.languages.go_state import (
    DEEP,
    Act,
    TypeNote,
    Walk,
    close_block,
    declare,
    note,
    onward,
    open_block,
    visit,
    written,
)

PREDECLARED = frozenset(
    {
        "any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32",
        "float64", "int", "int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8",
        "uint16", "uint32", "uint64", "uintptr", "nil",
    }
)  # fmt: skip
_SAYS_NOTHING = frozenset({"", "?", "any", "comparable"})
_LONGEST = 120  # letters of a type
_TAGS = ('gorm:"', 'xorm:"', 'bun:"', 'env:"', 'envconfig:"')  # those that tell something
UNKNOWN = "?"
_NAMED = frozenset({k.TYPE_IDENTIFIER, k.QUALIFIED, k.GENERIC})


def named(walk: Walk, node: Node, *, use: str = "T") -> str:
    """A type by its name. use: the letter of the kind of use."""
    if node.kind_id == k.GENERIC:
        return _generic(walk, node, use=use)
    if node.kind_id == k.QUALIFIED:
        name = "".join(written(walk, node).split())
        first, _, last_ = name.partition(".")
        local = walk.names.get(first)
        if local is not None:  # `new(x.y)` of a value, from Go 1.26 on
            chain = onward(local, "." + last_)
            note(walk, "V" + chain, node.start_byte) if chain else None
            return UNKNOWN
    else:
        name = written(walk, node)
        local = walk.names.get(name)
        if local is not None:
            return local[1:] if local[:1] == ":" else UNKNOWN
        if name in PREDECLARED:
            return name
    if name.replace(".", "_").isidentifier() or not name.isascii():
        note(walk, use + name, node.start_byte)
        return name
    return UNKNOWN


def made(walk: Walk, node: Node) -> str:
    """The type of a composite literal or of `new`."""
    while node.kind_id == k.POINTER and node.child_count > 1:
        node = node.children[-1]
    return named(walk, node, use="N") if node.kind_id in _NAMED else visit(walk, node)


def _type_identifier(walk: Walk, node: Node) -> str:
    return named(walk, node)


def _generic(walk: Walk, node: Node, *, use: str = "T") -> str:
    base, arguments = UNKNOWN, ""
    for child in node.children:
        if child.kind_id in _NAMED:
            base = named(walk, child, use=use)
        elif child.kind_id == k.TYPE_ARGUMENTS:
            arguments = type_arguments(walk, child)
    return _short(f"{base}<{arguments}>") if base != UNKNOWN else UNKNOWN


def type_arguments(walk: Walk, node: Node) -> str:
    """The types between the brackets, with commas between."""
    return ",".join([visit(walk, one) or UNKNOWN for one in node.named_children])


def _short(text: str) -> str:
    return text if len(text) < _LONGEST else UNKNOWN


def last(walk: Walk, node: Node) -> str:
    """The type that is the last part: of a pointer, in parentheses."""
    found = UNKNOWN
    for child in node.children:
        if child.kind_id in k.ANY_TYPE:
            found = visit(walk, child) or UNKNOWN
        else:
            visit(walk, child)
    return found


def _element(walk: Walk, node: Node) -> str:
    return _short("[]" + last(walk, node))


def _channel(walk: Walk, node: Node) -> str:
    return _short("~" + last(walk, node))


def _map(walk: Walk, node: Node) -> str:
    parts = [visit(walk, child) or UNKNOWN for child in node.named_children if _is_type(child)]
    return _short(f"[{parts[0]}]{parts[-1]}") if parts else UNKNOWN


def _is_type(node: Node) -> bool:
    return node.kind_id in k.ANY_TYPE


def _constraint(walk: Walk, node: Node) -> str:
    """A type argument, or one of several types that a parameter may be."""
    parts = [visit(walk, child) for child in node.named_children]
    return (parts[0] or UNKNOWN) if len(parts) == 1 else UNKNOWN


def _function_type(walk: Walk, node: Node) -> str:
    open_block(walk)
    _, result = signature(walk, node)
    close_block(walk)
    return result


def signature(walk: Walk, node: Node) -> tuple[list[str], str]:
    """Types of the parameters, and the function type; the names are declared in the block."""
    walk.depth += DEEP
    takes: list[str] = []
    results: list[str] = []
    lists = 0
    for child in node.children:
        kind = child.kind_id
        if kind == k.PARAMETERS:
            lists += 1
            if lists == 1:
                takes = parameters(walk, child)
            else:
                results = parameters(walk, child)
        elif kind in k.ANY_TYPE:
            results = [visit(walk, child) or UNKNOWN]
        elif kind == k.BLOCK:
            break
    walk.depth -= DEEP
    return takes, _short(f"f({','.join(results)})")


def parameters(walk: Walk, node: Node) -> list[str]:
    """The type of each parameter, which is declared if it has a name."""
    found: list[str] = []
    for one in node.named_children:
        kind = one.kind_id
        if kind not in (k.PARAMETER, k.VARIADIC):
            visit(walk, one)
            continue
        names, type_ = _declarator(walk, one)
        if kind == k.VARIADIC:
            type_ = "[]" + type_
        for name in names:
            declare(walk, name, "=" + type_)
        found += [type_] * max(1, len(names))
    return found


def _declarator(walk: Walk, node: Node) -> tuple[list[str], str]:
    """Names and type of a parameter or field."""
    names, type_ = [], UNKNOWN
    for child in node.children:
        kind = child.kind_id
        if kind in k.ANY_TYPE:
            type_ = visit(walk, child) or UNKNOWN
        elif kind in k.IDENTIFIERS or kind in k.BLANK or kind == k.FIELD_IDENTIFIER:
            names.append(written(walk, child))
    return names, type_


def type_parameters(walk: Walk, node: Node, *, numbered: bool) -> None:
    """Declare type parameters, known by their place. numbered: always, else only those whose
    constraint is not a type with a name, by which they are known then.
    """
    declared: list[tuple[Node, list[str]]] = []
    for one in node.named_children:
        if one.kind_id == k.TYPE_PARAMETER:
            names = [written(walk, part) for part in one.children if part.kind_id in k.IDENTIFIERS]
            before = sum(len(others) for _, others in declared)
            for place, name in enumerate(names, start=before):
                declare(walk, name, f":${place}")
            declared.append((one, names))
    for one, names in declared:
        constraint = [visit(walk, part) for part in one.named_children[len(names) :]]
        telling = constraint and constraint[0] not in _SAYS_NOTHING and not numbered
        for name in names if telling else ():
            declare(walk, name, ":" + constraint[0])


def _struct(walk: Walk, node: Node) -> str:
    """A struct type without a name of its own."""
    number, made = len(walk.types), _anonymous(walk, node)
    struct(walk, node, made)
    return f"%{number}"


def _anonymous(walk: Walk, node: Node) -> TypeNote:
    """A new type, known by its number only."""
    made = TypeNote("", start=node.start_byte)
    walk.types.append(made)
    return made


def struct(walk: Walk, node: Node, made: TypeNote) -> None:
    """The fields of a struct; those without a name are embedded."""
    made.shape = "struct"
    walk.depth += DEEP
    for body in node.named_children:
        for one in body.named_children if body.kind_id == k.FIELDS else ():
            if one.kind_id == k.FIELD:
                _field(walk, one, made)
            else:
                visit(walk, one)
    walk.depth -= DEEP


def _field(walk: Walk, node: Node, made: TypeNote) -> None:
    _tag(walk, node, made)
    if any(child.kind_id == k.FIELD_IDENTIFIER for child in node.children):
        names, type_ = _declarator(walk, node)
        made.fields.update(dict.fromkeys(names, type_))
        walk.fields += [(type_, node.start_byte)] * (type_ not in PREDECLARED)
        return
    for child in node.children:
        if child.kind_id in _NAMED:
            type_ = named(walk, child, use="I")
            made.embeds.append(type_)
            made.fields[type_.partition("<")[0].rpartition(".")[2]] = type_


def _tag(walk: Walk, node: Node, made: TypeNote) -> None:
    """The tag of a field, if it may concern a table or the environment."""
    last = node.children[-1]
    text = written(walk, last) if last.kind_id in k.STRINGS else ""
    if text and any(word in text for word in _TAGS):
        names = [child for child in node.children if child.kind_id == k.FIELD_IDENTIFIER]
        for name in [written(walk, one) for one in names] or [""]:
            made.tags[name] = (text, node.start_byte)


def _interface(walk: Walk, node: Node) -> str:
    if node.named_child_count == 0:
        return "any"
    number, made = len(walk.types), _anonymous(walk, node)
    interface(walk, node, made)
    return f"%{number}"


def interface(walk: Walk, node: Node, made: TypeNote) -> None:
    """Methods of an interface, and the interfaces that it embeds."""
    made.shape = "interface"
    for one in node.named_children:
        if one.kind_id == k.METHOD_ELEMENT:
            names = [child for child in one.children if child.kind_id == k.FIELD_IDENTIFIER]
            open_block(walk)
            takes, result = signature(walk, one)
            close_block(walk)
            if names:
                made.methods[written(walk, names[0])] = (takes, result)
        elif _is_embedded(one):
            made.embeds.append(named(walk, one.named_children[0], use="I"))
        else:
            visit(walk, one)


def _is_embedded(node: Node) -> bool:
    only = node.named_children
    return node.kind_id == k.TYPE_ELEMENT and len(only) == 1 and only[0].kind_id in _NAMED


ACTS: dict[str, Act] = {
    "type_identifier": _type_identifier,
    "qualified_type": _type_identifier,
    "generic_type": _generic,
    "pointer_type": last,
    "parenthesized_type": last,
    "slice_type": _element,
    "array_type": _element,
    "implicit_length_array_type": _element,
    "channel_type": _channel,
    "map_type": _map,
    "function_type": _function_type,
    "struct_type": _struct,
    "interface_type": _interface,
    "type_elem": _constraint,
    "type_constraint": _constraint,
}
