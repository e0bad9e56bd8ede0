"""One walk over the tree of a Java file: what to do at each kind of node, and the loop."""

from collections.abc import Callable

from tree_sitter import Node, TreeCursor

from assessor.collect.languages import java_declarations as declarations
from assessor.collect.languages import java_expressions as expressions
from assessor.collect.languages import java_kinds as k
from assessor.collect.languages import java_statements as statements
from assessor.collect.languages.java_state import Walk, begin

_DEEPEST = (
    1_000  # levels of the tree; what lies deeper is left out, and the file counts as having errors
)
Enter = Callable[[Walk, Node], int]  # gives the kind to go down into, 0 to stay above
Leave = Callable[[Walk], None]
Role = Callable[[Walk, str, int], None]  # what a name is, by the kind of node it stands in

_ENTER: dict[int, Enter] = {
    k.CALL: expressions.call,
    k.ARGUMENTS: expressions.arguments,
    k.FIELD_ACCESS: expressions.field_access,
    k.ARRAY_ACCESS: expressions.array_access,
    k.THIS: expressions.receiver,
    k.SUPER: expressions.receiver,
    k.CAST: expressions.cast,
    k.NEW: expressions.new,
    k.METHOD_REFERENCE: expressions.method_reference,
    k.LAMBDA: expressions.lambda_,
    k.STRING: expressions.string,
    k.PACKAGE: declarations.package,
    k.IMPORT: declarations.import_,
    **dict.fromkeys(k.COMMENTS, declarations.comment),
    **dict.fromkeys(k.DECLARES_TYPE, declarations.type_declaration),
    k.CLASS_BODY: declarations.class_body,
    k.SUPERCLASS: declarations.supertypes,
    k.SUPER_INTERFACES: declarations.supertypes,
    k.EXTENDS_INTERFACES: declarations.supertypes,
    k.TYPE_PARAMETERS: declarations.type_parameters,
    k.MODIFIERS: declarations.modifiers,
    k.MARKER: declarations.annotation,
    k.ANNOTATION: declarations.annotation,
    k.METHOD: declarations.method,
    k.CONSTRUCTOR: declarations.method,
    k.COMPACT_CONSTRUCTOR: declarations.method,
    k.ELEMENT: declarations.field,
    k.FIELD: declarations.field,
    k.CONSTANT: declarations.field,
    k.ENUM_CONSTANT: declarations.enum_constant,
    k.DECLARATOR: declarations.declarator,
    **dict.fromkeys(k.TYPE_NAMES, declarations.written_type),
    **dict.fromkeys(k.PRIMITIVES, declarations.primitive),
    k.BLOCK: statements.block,
    k.SWITCH_BLOCK: statements.block,
    k.TRY_RESOURCES: statements.block,
    k.WHILE: statements.branch,
    k.DO: statements.branch,
    k.TERNARY: statements.branch,
    k.FOR: statements.branching_block,
    k.FOR_EACH: statements.branching_block,
    k.CATCH: statements.branching_block,
    k.IF: statements.if_,
    k.ELSE: statements.else_,
    k.SWITCH: statements.switch,
    k.SWITCH_LABEL: statements.label,
    k.AND: statements.both,
    k.OR: statements.both,
}
_LEAVE: dict[int, Leave] = {
    k.CALL: expressions.called,
    k.FIELD_ACCESS: expressions.accessed,
    k.ARRAY_ACCESS: expressions.handed_on,
    k.CAST: expressions.handed_on,
    k.NEW: expressions.made,
    k.LAMBDA: expressions.lambda_end,
    **dict.fromkeys(k.DECLARES_TYPE, declarations.type_end),
    k.CLASS_BODY: declarations.class_body_end,
    k.METHOD: declarations.method_end,
    k.CONSTRUCTOR: declarations.method_end,
    k.COMPACT_CONSTRUCTOR: declarations.method_end,
    k.PARAMETERS: declarations.parameters_end,
    k.DECLARATOR: declarations.declarator_end,
    k.BLOCK: statements.block_end,
    k.SWITCH_BLOCK: statements.block_end,
    k.TRY_RESOURCES: statements.block_end,
    k.WHILE: statements.branch_end,
    k.DO: statements.branch_end,
    k.TERNARY: statements.branch_end,
    k.FOR: statements.branching_block_end,
    k.FOR_EACH: statements.branching_block_end,
    k.CATCH: statements.branching_block_end,
    k.IF: statements.if_end,
    k.SWITCH: statements.branch_end,
}
_ROLES: dict[int, Role] = {
    **expressions.ROLES,
    k.METHOD: declarations.method_name,
    k.CONSTRUCTOR: declarations.constructor_name,
    k.COMPACT_CONSTRUCTOR: declarations.constructor_name,
    **dict.fromkeys(k.DECLARES_TYPE, declarations.type_name),
    k.ENUM_CONSTANT: declarations.constant_name,
    k.PARAMETER: declarations.parameter_name,
    k.ELEMENT: declarations.method_name,
}


def _down(_: Walk, node: Node) -> int:
    """Nothing to do here, but below."""
    return node.kind_id


def _tables() -> tuple[list[Enter | None], list[Leave | None]]:
    enter: list[Enter | None] = [None] * k.TABLE_SIZE
    leave: list[Leave | None] = [None] * k.TABLE_SIZE
    for number in (k.ERROR, *k.inner_kinds()):
        enter[number] = _down
    for number in k.CLOSED:
        enter[number] = None
    for number, act in _ENTER.items():
        enter[number] = act
    for number, end in _LEAVE.items():
        leave[number] = end
    return enter, leave


ENTER, LEAVE = _tables()
ROLES: list[Role | None] = [_ROLES.get(number) for number in range(k.TABLE_SIZE)]


# Kinds whose first child is always a bracket or a keyword, of no use to the walk.
_IDLE = frozenset(
    {
        k.ARGUMENTS, k.BLOCK, k.CLASS_BODY, k.PARENTHESES, k.PARAMETERS, k.CAST,
        k.RETURN, k.THROW, k.IF, k.WHILE, k.DO, k.FOR, k.FOR_EACH, k.CATCH, k.SWITCH,
        k.SWITCH_BLOCK, k.TRY, k.TRY_RESOURCES, k.THROWS, k.CONSTRUCTOR_BODY,
    }
)  # fmt: skip


def walked(  # noqa: C901 - the hot loop: a call for each node would cost more than the node
    text: str, cursor: TreeCursor, *, secretive: bool, broken: bool
) -> Walk:
    """All findings of one file. text: one letter for each parsed byte. secretive: note secrets.

    broken: the tree has errors, so that nothing is sure to be where the grammar has it. The hot
    loop: all it needs is in local variables, and names and most other nodes need no call.
    """
    walk = begin(text, cursor, secretive=secretive)
    first, following, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
    parents, names, enter, leave, roles = walk.parents, walk.names, ENTER, LEAVE, ROLES
    push, pop, plain, deepest, name_kind = (
        parents.append,
        parents.pop,
        _down,
        _DEEPEST,
        k.IDENTIFIER,
    )
    idle = frozenset[int]() if broken else _IDLE
    while True:
        node: Node = cursor.node  # type: ignore[assignment] # never None in a tree
        kind = node.kind_id
        if kind == name_kind:
            start = node.start_byte
            name = text[start : node.end_byte]
            role = roles[parents[-1]]
            if role is not None:
                role(walk, name, start)
            elif name not in names:
                log = walk.log
                log += (name, start)
        else:
            act = enter[kind]
            if act is not None and (act is plain or (kind := act(walk, node))):
                if len(parents) < deepest and first():
                    push(kind)
                    if kind in idle:
                        following()
                    continue
                walk.too_deep = walk.too_deep or len(parents) >= deepest
                end = leave[kind]
                if end is not None:
                    end(walk)
        while not following():
            if not up():
                return walk
            end = leave[pop()]
            if end is not None:
                end(walk)
