"""Visits that learn which names a script binds, and where: scopes, functions, classes."""

import re
from itertools import pairwise

from tree_sitter import Node

from assessor.collect.languages import javascript_cohesion as cohesion
from assessor.collect.languages import javascript_complexity as complexity
from assessor.collect.languages import javascript_state as state
from assessor.collect.languages.cursor_walk import text
from assessor.collect.languages.javascript_facts import INHERIT, INJECT
from assessor.collect.languages.javascript_imports import bind_later
from assessor.collect.languages.javascript_scopes import (
    BLOCK,
    FUNCTION,
    IMPLEMENT,
    MODULE,
    SKIP,
    Scope,
    close,
    note_use,
)
from assessor.collect.languages.javascript_tree import CHAIN, Walk, decoded

FUNCTIONS = frozenset(
    (
        *("arrow_function", "function_declaration", "function_expression", "generator_function"),
        *("generator_function_declaration", "method_definition"),
    )
)
_NAMABLE = FUNCTIONS | {"class"}
_PATTERNS = frozenset(
    (
        *("array_pattern", "object_pattern", "rest_pattern", "pair_pattern", "assignment_pattern"),
        "object_assignment_pattern",
    )
)
_NAMES = frozenset(("identifier", "shorthand_property_identifier_pattern"))
_PARAMETERS = frozenset(("required_parameter", "optional_parameter"))
_FIRST_ONLY = frozenset(("assignment_pattern", "object_assignment_pattern"))
_HERITAGE = frozenset(("class_heritage", "extends_clause", "implements_clause"))
_NAMED = frozenset(("identifier", "type_identifier"))
_MEMBERS = frozenset(("field_definition", "public_field_definition"))
_INJECTS = re.compile(rb"@(?:Inject\w*|inject|Autowired)\b")
_CONSTRUCTOR = re.compile(rb"(?:(?:public|protected|private)\s+)?constructor\s*\(")
_TYPE = re.compile(rb"\s*:\s*(" + CHAIN + rb")\s*(?:<|\||$)")
_BASES = re.compile(rb"(?:extends|implements|,)\s*(" + CHAIN + rb")")

_PLAIN = re.compile(rb"[\w$\x80-\xff\s,{}()]*+")  # a pattern with nothing but names in it
_ARGUMENTS = re.compile(rb"<[^<>]*>")
_DEEPEST_ARGUMENTS, _LONGEST, _NEAR = 8, 4_000, 40


def bind(walk: Walk, target: Node, *, scope: Scope | None = None) -> None:
    """Bind the names of a pattern; where they stand they are no uses."""
    names, pending = (scope or walk.scope).bound, [target]
    while pending:
        node = pending.pop()
        kind = node.type
        if kind in _NAMES:
            names.add(text(walk, node))
            walk.marks[node.start_byte] = SKIP
        elif kind in _PATTERNS:
            children = node.named_children
            first = kind in _FIRST_ONLY
            pending += children[:1] if first else children[-1:] if kind[:2] == "pa" else children


def on_function(walk: Walk, node: Node) -> bool:
    """A function: a scope with its parameters, counted on its own if it has a name."""
    children = node.children
    name = walk.naming.pop(node.start_byte, "")
    scope = Scope(FUNCTION, walk.scope)
    if node.type == "method_definition":
        name = name or _method(walk, children)
    for child in children:
        kind = child.type
        if kind == "identifier":
            _name_or_parameter(walk, node, child, scope=scope)
            if node.type != "arrow_function":
                name = name or decoded(text(walk, child))
        elif kind == "formal_parameters":
            walk.parameters.add(child.start_byte)
        elif kind == "statement_block":
            walk.bodies.add(child.start_byte)
    complexity.on_function(walk, node, name=name)
    cohesion.on_function(walk, node, children, name=name)
    walk.owners.append(name)
    walk.scope = scope
    walk.within += 1
    walk.opened.append((walk.depth, _leave_function))
    return True


def on_parameters(walk: Walk, node: Node) -> bool:
    """Parameters: bound in the function, or only names in a type."""
    own = node.start_byte in walk.parameters
    scope = walk.scope if own else Scope(FUNCTION)
    for child in node.named_children:
        if child.type not in _PARAMETERS:
            bind(walk, child, scope=scope)
            continue
        for part in child.children:
            if part.type in _NAMES or part.type in _PATTERNS:
                bind(walk, part, scope=scope)
                break
    return _PLAIN.fullmatch(walk.source, node.start_byte, node.end_byte) is None


def on_pattern(walk: Walk, node: Node) -> bool:
    """A pattern: bound already; only what stands for missing values is of interest."""
    return _PLAIN.fullmatch(walk.source, node.start_byte, node.end_byte) is None


def on_block(walk: Walk, node: Node) -> bool:
    """A block: a scope of its own unless a function has it as its body."""
    if node.start_byte in walk.bodies:
        walk.bodies.discard(node.start_byte)
    else:
        open_block(walk)
    return True


def open_block(walk: Walk) -> None:
    """A scope until the node is left."""
    walk.scope = Scope(BLOCK, walk.scope)
    walk.opened.append((walk.depth, _leave_block))


def on_loop(walk: Walk, node: Node) -> bool:
    """A loop binds its variables for itself."""
    open_block(walk)
    complexity.decide(walk, complexity.DECISIONS[node.type])
    children = node.children
    for before, child in pairwise(children):
        if before.type in {"const", "let", "var"}:
            bind(walk, child)
    return True


def on_catch(walk: Walk, node: Node) -> bool:
    """A handler binds what it catches."""
    open_block(walk)
    complexity.decide(walk, complexity.DECISIONS["catch_clause"])
    for child in node.named_children[:1]:
        bind(walk, child)
    return True


def on_variables(walk: Walk, node: Node) -> bool:
    """`const`, `let` and `var`: names of the block, those of `var` of the function."""
    scope = walk.scope
    if node.type == "variable_declaration":
        while scope.kind == BLOCK and scope.parent:
            scope = scope.parent
    constant = walk.source.startswith(b"const", node.start_byte)
    for one in node.named_children:
        if one.type != "variable_declarator":
            continue
        children = one.children
        target, value = children[0], children[-1]
        given = any(child.type == "=" for child in children)
        if not given or not bind_later(walk, target, value, scope=scope):
            bind(walk, target, scope=scope)
        if given and value.type in _NAMABLE and target.type == "identifier":
            complexity.named(walk, value.start_byte, text(walk, target))
        elif scope.kind == MODULE and target.type == "identifier":
            state.note(walk, target, value if given else None, constant=constant)
    return True


def on_class(walk: Walk, node: Node) -> bool:
    """A class: its bases are uses, its members are counted on their own."""
    children = node.children
    name = next((text(walk, one) for one in children if one.type in _NAMED), b"")
    name = name or walk.naming.pop(node.start_byte, "").encode()
    for child in children:
        if child.type in _NAMED:
            walk.marks[child.start_byte] = SKIP
    heritage = [child for child in children if child.type == "class_heritage"]
    if name:
        walk.scope.bound.add(name)
        walk.scope.types.add(name)
    if walk.scope.kind == MODULE:
        bases = [base for one in heritage for base in _bases(walk, one)]
        abstract = node.type == "abstract_class_declaration"
        before = walk.source[max(0, node.start_byte - _NEAR) : node.start_byte]
        shown = name or (b"default" if before.split()[-1:] == [b"default"] else b"")
        if shown:
            _note_type(walk, shown, bases=bases, abstract=abstract)
    for one in heritage:
        _inherit(walk, one)
    decorated = node.start_byte in walk.decorated
    decorated = decorated or any(child.type == "decorator" for child in children)
    for child in children:
        if child.type == "class_body":
            _inject(walk, child, decorated=decorated)
    cohesion.on_class(walk, node, name=decoded(name))
    open_block(walk)
    walk.owners.append(decoded(name))
    complexity.on_class(walk)
    walk.opened.append((walk.depth, _leave_class))
    return True


def on_type(walk: Walk, node: Node) -> bool:
    """An interface, alias or enum: a name of a type; an enum is a value as well."""
    name = next((child for child in node.children if child.type in _NAMED), None)
    if name is None:
        return True
    walk.scope.types.add(text(walk, name))
    walk.marks[name.start_byte] = SKIP
    if node.type == "enum_declaration":
        walk.scope.bound.add(text(walk, name))
    if walk.scope.kind == MODULE:
        extended = [child for child in node.children if child.type == "extends_type_clause"]
        bases = [base for one in extended for base in _bases(walk, one)]
        shape = node.type == "interface_declaration"
        _note_type(walk, text(walk, name), bases=bases, abstract=shape)
    if node.type == "interface_declaration":
        cohesion.on_interface(walk, node, name=decoded(text(walk, name)))
    open_block(walk)
    return True


def on_heritage(walk: Walk, node: Node) -> bool:
    """Interfaces that an interface extends."""
    for child in node.named_children:
        walk.marks.setdefault(child.start_byte, IMPLEMENT)
    return True


def on_type_name(walk: Walk, node: Node) -> bool:
    """A type parameter, `infer T` or the key of a mapped type."""
    for child in node.named_children[:1]:
        if child.type == "type_identifier":
            walk.scope.types.add(text(walk, child))
            walk.marks[child.start_byte] = SKIP
    return True


def on_namespace(walk: Walk, node: Node) -> bool:
    """A namespace is a name, of values and of types."""
    for child in node.named_children[:1]:
        if child.type == "identifier":
            walk.scope.bound.add(text(walk, child))
            walk.scope.types.add(text(walk, child))
            walk.marks[child.start_byte] = SKIP
    return True


def on_name_only(walk: Walk, node: Node) -> bool:
    """The first name is no use: of an index, of a member of a tuple, in a predicate."""
    for child in node.named_children[:1]:
        if child.type == "identifier":
            walk.marks[child.start_byte] = SKIP
    return True


def on_field(walk: Walk, node: Node) -> bool:
    """A field of a class: a function, or a value that all share."""
    children = node.children
    name = next((child for child in children if "property" in child.type), None)
    value = children[-1] if any(child.type == "=" for child in children) else None
    if name is None:
        return True
    cohesion.on_field(walk, children, name, method=value is not None and value.type in FUNCTIONS)
    if value is not None and value.type in FUNCTIONS:
        complexity.named(walk, value.start_byte, text(walk, name))
    elif value is not None and any(child.type == "static" for child in children):
        fixed = any(child.type == "readonly" for child in children)
        state.note_field(walk, name, value, constant=fixed)
    return True


def _name_or_parameter(walk: Walk, node: Node, child: Node, *, scope: Scope) -> None:
    walk.marks[child.start_byte] = SKIP
    own = not node.type.endswith("_declaration")
    (scope if own else walk.scope).bound.add(text(walk, child))


def _method(walk: Walk, children: list[Node]) -> str:
    for child in children:
        if "property" in child.type or child.type in {"string", "number"}:
            return decoded(text(walk, child)[:80].strip(b"'\"[]"))
    return ""


def _note_type(walk: Walk, name: bytes, *, bases: list[bytes], abstract: bool) -> None:
    walk.types.append((decoded(name), abstract, [decoded(base) for base in bases]))


def _bases(walk: Walk, heritage: Node) -> list[bytes]:
    """Names of the supertypes, their type arguments left out."""
    written = text(walk, heritage)[:_LONGEST]
    for _ in range(_DEEPEST_ARGUMENTS):
        written = _ARGUMENTS.sub(b"", written)
    return _BASES.findall(written)


def _inherit(walk: Walk, heritage: Node) -> None:
    """Mark the bases: names, and names given to a function that makes a class."""
    pending = [heritage]
    while pending:
        node = pending.pop()
        code = IMPLEMENT if node.type == "implements_clause" else INHERIT
        for child in node.named_children:
            if child.type in _HERITAGE:
                pending.append(child)
            elif child.type == "call_expression":
                arguments = child.child(child.child_count - 1)
                for one in arguments.named_children if arguments else ():
                    if one.type in {"identifier", "member_expression"}:
                        walk.marks.setdefault(one.start_byte, INHERIT)
            elif child.type != "type_arguments":
                walk.marks.setdefault(child.start_byte, code)


def _inject(walk: Walk, body: Node, *, decorated: bool) -> None:
    """Note what a container gives: to the constructor, and to fields that ask for it."""
    for member in body.named_children:
        if member.type in _MEMBERS and _asks(walk, member):
            _note_injected(walk, member)
        elif _CONSTRUCTOR.match(walk.source, member.start_byte, member.end_byte):
            parameters = (one for one in member.children if one.type == "formal_parameters")
            for parameter in next(parameters, member).named_children:
                if decorated or _asks(walk, parameter):
                    _note_injected(walk, parameter)


def _asks(walk: Walk, node: Node) -> bool:
    """Some decorator of the member or parameter asks for an object."""
    return any(
        child.type == "decorator" and _INJECTS.match(walk.source, child.start_byte) is not None
        for child in node.children
    )


def _note_injected(walk: Walk, node: Node) -> None:
    for child in node.children:
        if child.type == "type_annotation":
            found = _TYPE.match(text(walk, child))
            if found:
                at = child.start_byte + found.start(1)
                note_use(walk.scope.uses, INJECT, found[1], at=at)


def _leave_function(walk: Walk) -> None:
    complexity.leave(walk)
    walk.owners.pop()
    walk.within -= 1
    _leave_block(walk)


def _leave_class(walk: Walk) -> None:
    complexity.leave(walk)
    walk.holders.pop()
    walk.owners.pop()


def _leave_block(walk: Walk) -> None:
    scope = walk.scope
    close(scope, walk.bindings)
    if scope.parent is not None:
        walk.scope = scope.parent
