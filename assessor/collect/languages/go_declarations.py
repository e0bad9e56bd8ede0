"""What the walk does at declarations: imports, types, functions, constants and variables."""

from tree_sitter import Node

from assessor.collect.languages import go_kinds as k
from assessor.collect.languages.go_complexity import FunctionCount
from assessor.collect.languages.go_state import (
    Act,
    FunctionNote,
    TypeNote,
    Walk,
    close_block,
    declare,
    note,
    open_block,
    visit,
    written,
)
from assessor.collect.languages.go_statements import values
from assessor.collect.languages.go_types import (
    UNKNOWN,
    interface,
    parameters,
    signature,
    struct,
    type_parameters,
)

_ERRORS = ("errors.New", "fmt.Errorf", "regexp.MustCompile")  # what they make is never changed
_LITERALS = {
    "interpreted_string_literal": "string",
    "raw_string_literal": "string",
    "int_literal": "int",
    "float_literal": "float64",
    "rune_literal": "rune",
    "true": "bool",
    "false": "bool",
}
_LONGEST = 60  # letters of a type that is shown


def _import(walk: Walk, node: Node) -> str:
    alias = path = ""
    for child in node.children:
        if child.kind_id in k.STRINGS:
            path = written(walk, child).strip('"`')
        elif child.is_named and child.kind_id != k.COMMENT:
            alias = written(walk, child)
    if path:
        walk.imports.append((path, alias, node.start_byte))
        walk.aliases.add(alias or path.rpartition("/")[2])
    return ""


def _type(walk: Walk, node: Node) -> str:
    """A named type; one that a function declares is known by its number."""
    names = [child for child in node.children if child.kind_id == k.TYPE_IDENTIFIER]
    if not names:
        return ""
    name = written(walk, names[0])
    made = TypeNote("" if walk.marks else name, start=node.start_byte)
    walk.types.append(made)
    if walk.marks:
        declare(walk, name, f":%{len(walk.types) - 1}")
    open_block(walk)
    for child in node.children:
        if child.kind_id == k.TYPE_PARAMETERS:
            type_parameters(walk, child, numbered=True)
        elif child.kind_id == k.STRUCT:
            struct(walk, child, made)
        elif child.kind_id == k.INTERFACE:
            interface(walk, child, made)
        elif child.kind_id in k.ANY_TYPE and child.start_byte != names[0].start_byte:
            made.under = visit(walk, child) or UNKNOWN
    close_block(walk)
    return ""


def _alias(walk: Walk, node: Node) -> str:
    """`type A = B`"""
    at = len(walk.types)
    _type(walk, node)
    if at < len(walk.types) and walk.types[at].shape == "named":
        walk.types[at].shape = "alias"
    return ""


def _function(walk: Walk, node: Node) -> str:
    """A function or a method."""
    name, receiver = "", ""
    open_block(walk)
    for child in node.children:
        kind = child.kind_id
        if kind in k.IDENTIFIERS or kind == k.FIELD_IDENTIFIER:
            name = written(walk, child)
            break
        if kind == k.PARAMETERS:
            receiver = _receiver(walk, child)
    for child in node.children:
        if child.kind_id == k.TYPE_PARAMETERS:
            type_parameters(walk, child, numbered=False)
    _declared(walk, node, name=name, receiver=receiver)
    close_block(walk)
    return ""


def _declared(walk: Walk, node: Node, *, name: str, receiver: str) -> None:
    lists = [child for child in node.children if child.kind_id == k.PARAMETERS]
    takes, result = _signature(walk, node, skipped=lists[0].start_byte if receiver else -1)
    itself = walk.itself if receiver else ""
    walk.functions.append(
        FunctionNote(receiver, name, takes, result, node.start_byte, itself, node.end_byte)
    )
    full = f"{receiver}.{name}" if receiver else name
    counted = FunctionCount(full, node.start_byte, node.end_byte, parameters=len(takes))
    walk.counts.append(counted)
    walk.function, walk.nesting = counted, 0
    for child in node.children:
        if child.kind_id == k.BLOCK:
            visit(walk, child)
    walk.function = None


def _signature(walk: Walk, node: Node, *, skipped: int) -> tuple[list[str], str]:
    if skipped < 0:
        return signature(walk, node)
    takes: list[str] | None = None
    results: list[str] = []
    for child in node.children:
        if child.kind_id == k.PARAMETERS and child.start_byte != skipped:
            if takes is None:
                takes = parameters(walk, child)
            else:
                results = parameters(walk, child)
        elif child.kind_id in k.ANY_TYPE:
            results = [visit(walk, child) or UNKNOWN]
    return takes or [], f"f({','.join(results)})"


def _receiver(walk: Walk, node: Node) -> str:
    """The name of the receiver's type; its type parameters are declared."""
    one = next((child for child in node.named_children if child.kind_id == k.PARAMETER), None)
    if one is None:
        return ""
    names = [child for child in one.children if child.kind_id in k.IDENTIFIERS]
    type_ = next((child for child in one.children if child.kind_id in k.ANY_TYPE), None)
    while type_ is not None and type_.kind_id != k.TYPE_IDENTIFIER:
        if type_.kind_id == k.GENERIC:
            _declare_arguments(walk, type_)
        inner = [child for child in type_.children if child.kind_id in k.ANY_TYPE]
        type_ = inner[0] if inner else None
    if type_ is None:
        return ""
    receiver = written(walk, type_)
    walk.itself = written(walk, names[0]) if names else ""
    note(walk, "T" + receiver, type_.start_byte)
    for name in names:
        declare(walk, written(walk, name), "=" + receiver)
    return receiver


def _declare_arguments(walk: Walk, node: Node) -> None:
    arguments = [child for child in node.children if child.kind_id == k.TYPE_ARGUMENTS]
    for part in arguments:
        for place, one in enumerate(part.named_children):
            declare(walk, written(walk, one), f":${place}")


def _variable(walk: Walk, node: Node) -> str:
    """`var a, b T = …` or `const a = …`; outside of functions the names are the package's."""
    names, type_, given, shown = [], "", None, ""
    for child in node.children:
        kind = child.kind_id
        if kind in k.IDENTIFIERS and given is None:
            names.append(child)
        elif kind in k.ANY_TYPE:
            type_ = visit(walk, child) or UNKNOWN
            shown = written(walk, child)
        elif kind == k.EXPRESSIONS:
            given = child
    local = bool(walk.marks)
    walk.variable = written(walk, names[0]) if names and not local else ""
    chains = values(walk, given, wanted=len(names)) if given is not None else []
    for place, one in enumerate(names):
        chain = "=" + type_ if type_ else chains[place] if place < len(chains) else ""
        if local:
            declare(walk, written(walk, one), chain)
        else:
            walk.values.setdefault(written(walk, one), chain)
    if not local and node.type == "var_spec":
        _statics(walk, names, type_=shown or _made(walk, given))
    return ""


def _statics(walk: Walk, names: list[Node], *, type_: str) -> None:
    """State of the package, but for errors and patterns, which only have a name for a value."""
    if type_ not in _ERRORS and type_ != "error":
        shown = " ".join(type_.split())[:_LONGEST] or "value"
        for one in names:
            name = written(walk, one)
            if name != "_":
                walk.statics.append((name, shown, one.start_byte))


def _made(walk: Walk, given: Node | None) -> str:
    """What a first value shows of its type: that of a literal, the function that makes it."""
    node = given.named_children[0] if given is not None and given.named_children else None
    while node is not None and node.kind_id == k.UNARY:
        node = node.children[-1]
    if node is None or not node.children or node.type in _LITERALS:
        return _LITERALS.get(node.type, "") if node is not None else ""
    first = node.children[0]
    if node.kind_id == k.CALL and written(walk, first) in ("make", "new"):
        arguments = node.children[-1].named_children
        return written(walk, arguments[0]) if arguments else ""
    if node.kind_id == k.FUNCTION_LITERAL:
        return "func"
    return written(walk, first) if node.kind_id in (k.CALL, k.COMPOSITE) else ""


ACTS: dict[str, Act] = {
    "import_spec": _import,
    "type_spec": _type,
    "type_alias": _alias,
    "function_declaration": _function,
    "method_declaration": _function,
    "var_spec": _variable,
    "const_spec": _variable,
}
