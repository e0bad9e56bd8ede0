"""Visits that learn which names a Python file binds, and where: scopes, targets, definitions."""

import re
from functools import lru_cache

from tree_sitter import Node

from assessor.collect.languages import python_cohesion as cohesion
from assessor.collect.languages import python_complexity as complexity
from assessor.collect.languages.cursor_walk import text
from assessor.collect.languages.python_chains import on_class_head, on_typed
from assessor.collect.languages.python_facts import INHERIT, TYPE
from assessor.collect.languages.python_names import LONGEST_CHAIN, WORD, chain, use_all
from assessor.collect.languages.python_scopes import (
    CLASS,
    EXPRESSION,
    FUNCTION,
    MODULE,
    Body,
    Scope,
    close,
    note_change,
    own_class,
)
from assessor.collect.languages.python_tree import Walk, kinds

_NAMES = re.compile(WORD)
_PARAMETER = re.compile(rb"(?:^|[(,])[\s*]*(" + WORD + rb")")
_CHAIN = WORD + rb"(?:\." + WORD + rb")*+"
_CHAINS = re.compile(_CHAIN)
_CLASS = re.compile(
    rb"class\s+(" + WORD + rb")\s*(?:\((" + _CHAIN + rb"(?:,\s*" + _CHAIN + rb")*+)?,?\))?:"
)
_TABLE = re.compile(rb"class\s+\w+\s*\([^()]*\btable\s*=\s*True\b").match
_DEF = re.compile(rb"(?:async\s+)?def\s+(" + WORD + rb")")
_IDENTIFIER = kinds("identifier")
_ATTRIBUTE = kinds("attribute")
_SUBSCRIPT = kinds("subscript")
_BLOCK = kinds("block")
_ARGUMENTS = kinds("argument_list")
_KEYWORD = kinds("keyword_argument")
_PATTERNS = kinds(
    "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "tuple", "list"
)


def bind(walk: Walk, target: Node) -> None:
    """Bind the names of an assignment's left side in the open scope."""
    kind = target.kind_id
    if kind in _IDENTIFIER:
        walk.scope.bound.add(text(walk, target))
    elif kind in _PATTERNS:
        pending = [target]
        while pending:
            inner = pending.pop()
            if inner.kind_id in _IDENTIFIER:
                walk.scope.bound.add(text(walk, inner))
            elif inner.kind_id in _PATTERNS:
                pending.extend(inner.children)


def changed(walk: Walk, target: Node) -> None:
    """Note that the value behind `target[…]` changes in place."""
    if target.kind_id in _SUBSCRIPT and (owner := target.child(0)):
        name = chain(walk, owner)
        if name:
            note_change(walk.scope, name)


def on_case_pattern(walk: Walk, node: Node) -> bool:
    """A plain name in a `case` captures."""
    name = text(walk, node) if node.end_byte - node.start_byte < LONGEST_CHAIN else b""
    if _NAMES.fullmatch(name):
        walk.scope.bound.add(name)
    return True


def on_class(walk: Walk, node: Node) -> bool:
    """A class: its bases are uses, its body is a scope."""
    plain = _CLASS.match(walk.source, node.start_byte)
    if plain:
        name, body = plain[1].decode("utf-8", "replace"), plain.end()
        inherited = _CHAINS.findall(plain[2] or b"")
    else:
        name, inherited, body = _read_class(walk, node)
    use_all(walk, node, code=INHERIT, names=inherited)
    if walk.scope.kind == MODULE:
        walk.classes.append((name, [base.decode("utf-8", "replace") for base in inherited]))
    walk.scope.bound.add(name.encode())
    qualified = _qualified(walk, name)
    heads = [*inherited, b"table=True"] if _is_table(walk, node, plain) else inherited
    on_class_head(walk, node, qualified, bases=heads)
    walk.definitions.append((node.start_byte, node.end_byte, qualified, True))
    walk.scope = Scope(CLASS, qualified, walk.scope, body=Body())
    cohesion.on_class(walk, node, body=body)
    complexity.on_class(walk, body=body)
    walk.opened.append((walk.depth, _leave_definition))
    return True


def _is_table(walk: Walk, node: Node, plain: re.Match[bytes] | None) -> bool:
    """`class A(SQLModel, table=True)`."""
    head = walk.source[node.start_byte : node.start_byte + LONGEST_CHAIN]
    return plain is None and _TABLE(head) is not None


def _read_class(walk: Walk, node: Node) -> tuple[str, list[bytes], int]:
    """Name, bases and start of the body of a class whose head is more than dotted names."""
    children = node.children
    bases = [
        base for child in children if child.kind_id in _ARGUMENTS for base in child.named_children
    ]
    metaclasses = [found for base in bases if (found := _metaclass(walk, base))]
    use_all(walk, node, code=TYPE, names=metaclasses)
    inherited = [found for base in bases if (found := _base(walk, base))]
    return _name(walk, children), inherited, _body(children, node)


def on_function(walk: Walk, node: Node) -> bool:
    """A function: its parameters are bound in its own scope."""
    found = _DEF.match(walk.source, node.start_byte)
    name = found[1] if found else b"?"
    scope = walk.scope
    scope.bound.add(name)
    shown = name.decode("utf-8", "replace")
    if scope.kind == MODULE:
        walk.defined.append(shown)
    qualified = f"{scope.name}.{shown}" if scope.name else shown
    complexity.on_function(walk, node, name=qualified)
    walk.definitions.append((node.start_byte, node.end_byte, qualified, False))
    if scope.kind == CLASS:
        cohesion.on_method(walk, name)
    walk.scope = Scope(FUNCTION, qualified, scope)
    walk.opened.append((walk.depth, _leave_definition))
    return True


def on_parameters(walk: Walk, node: Node) -> bool:
    """Bind the parameters: the first name of each. Nothing in a signature counts as a decision."""
    bound = walk.scope.bound
    if walk.scope.kind == FUNCTION:
        walk.mute_until = max(walk.mute_until, node.end_byte)
        cohesion.on_parameters(walk, node)
    written = text(walk, node)
    if b":" in written:
        on_typed(walk, node, written)
    names = _plain_parameters(written)
    if names is not None:
        bound.update(names[0])
        return names[1]
    for child in node.children:
        found = _NAMES.search(walk.source, child.start_byte, child.end_byte)
        if found:
            bound.add(found[0])
    return True


@lru_cache(maxsize=20_000)
def _plain_parameters(written: bytes) -> tuple[tuple[bytes, ...], bool] | None:
    """Names of parameters without brackets, and whether there is something to visit among them."""
    if b"[" in written or written.count(b"(") > 1:
        return None
    return tuple(_PARAMETER.findall(written)), b"=" in written or b":" in written


def on_lambda(walk: Walk, _node: Node) -> bool:
    """A scope of its own; its decisions belong to the function around it."""
    complexity.on_lambda(walk)
    return _open_expression(walk)


def on_comprehension(walk: Walk, _node: Node) -> bool:
    """A scope of its own for the loop variables."""
    return _open_expression(walk)


def on_for(walk: Walk, node: Node) -> bool:
    """Bind the loop variables: what stands before `in`."""
    parts = node.children
    for at, child in enumerate(parts[1:3], 2):
        if child.type == "in":
            if at < len(parts) and parts[at - 2].kind_id in _IDENTIFIER:
                walk.assigned = (parts[at].start_byte, b"*" + text(walk, parts[at - 2]))
            break
        bind(walk, child)
    return True


def on_loop(walk: Walk, node: Node) -> bool:
    """Bind the loop variables and count the decision."""
    on_for(walk, node)
    return complexity.on_loop(walk, node)


def on_clause(walk: Walk, node: Node) -> bool:
    """Bind the variables of a comprehension and count the decision."""
    on_for(walk, node)
    return complexity.on_clause(walk, node)


def on_alias(walk: Walk, node: Node) -> bool:
    """Bind the names after `as` in `with` and `except`."""
    for child in node.children:
        bind(walk, child)
    return True


def on_case_alias(walk: Walk, node: Node) -> bool:
    """Bind the name after `as` in a `case`; in `with` and `except` it is a node of its own."""
    last = node.child(node.child_count - 1)
    if last is not None:
        bind(walk, last)
    return True


def on_named(walk: Walk, node: Node) -> bool:
    """Bind the name of `name := value`."""
    target = node.child(0)
    if target is not None:
        bind(walk, target)
    return True


def on_global(walk: Walk, node: Node) -> bool:
    """Names that a function takes from around it, to set them."""
    for name in _NAMES.findall(text(walk, node))[1:]:
        walk.scope.outer.add(name)
        note_change(walk.scope, name)
    return False


def on_change(walk: Walk, node: Node) -> bool:
    """`x[…] += …` and `del x[…]` change the value in place."""
    children = node.children
    for child in children[:2]:
        changed(walk, child)
    if len(children) == 3 and children[0].kind_id in _IDENTIFIER:  # noqa: PLR2004 - `x += y`
        walk.assigned = (children[2].start_byte, text(walk, children[0]))
    return True


def _open_expression(walk: Walk) -> bool:
    walk.scope = Scope(EXPRESSION, walk.scope.name, walk.scope)
    walk.opened.append((walk.depth, _leave_scope))
    return True


def _leave_scope(walk: Walk) -> None:
    close(walk.scope, walk.bindings)
    walk.scope = walk.scope.parent or walk.scope


def _leave_definition(walk: Walk) -> None:
    complexity.leave(walk)
    if walk.scope.kind == CLASS:
        cohesion.on_end(walk)
    _leave_scope(walk)


def rebound(walk: Walk, target: Node) -> bytes:
    """The dotted name that is set; a method that sets `self.name` hides the class's own value."""
    name = chain(walk, target)
    around = own_class(walk.scope) if name.startswith(b"self.") else None
    if around:
        around.rebound.add(name[5:])
    return name


def _base(walk: Walk, node: Node) -> bytes:
    """The dotted name of a base class, of the generic one where it is subscripted."""
    if node.kind_id in _SUBSCRIPT:
        generic = node.child(0)
        return chain(walk, generic) if generic is not None else b""
    return chain(walk, node) if node.kind_id in _IDENTIFIER or node.kind_id in _ATTRIBUTE else b""


def _metaclass(walk: Walk, node: Node) -> bytes:
    if node.kind_id not in _KEYWORD or not walk.source.startswith(b"metaclass", node.start_byte):
        return b""
    value = node.child(2)
    return chain(walk, value) if value is not None else b""


def _name(walk: Walk, children: list[Node]) -> str:
    name = next((child for child in children if child.kind_id in _IDENTIFIER), None)
    return text(walk, name).decode("utf-8", "replace") if name is not None else "?"


def _qualified(walk: Walk, name: str) -> str:
    return f"{walk.scope.name}.{name}" if walk.scope.name else name


def _body(children: list[Node], node: Node) -> int:
    blocks = [child.start_byte for child in children if child.kind_id in _BLOCK]
    return blocks[-1] if blocks else node.end_byte
