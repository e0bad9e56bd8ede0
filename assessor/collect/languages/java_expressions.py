"""What the walk does at expressions: chains of names, calls, new objects, casts, literals."""

from tree_sitter import Node

from assessor.collect.languages import java_data as data
from assessor.collect.languages import java_kinds as k
from assessor.collect.languages.java_literals import (
    category,
    is_secret,
    masked,
    names_secret,
)
from assessor.collect.languages.java_state import Walk, close_block, declare, note, open_block
from assessor.collect.languages.java_text import links
from assessor.collect.languages.typed_data_facts import VERBS

_GOES_ON = frozenset({k.CALL, k.FIELD_ACCESS})
_LONGEST = 200


def _key(walk: Walk, parts: tuple[str, str]) -> str:
    """The key of dotted names, the first one replaced if it is a local variable; "" if unknown."""
    first, rest = parts
    known = walk.names.get(first)
    if known is None:
        return first + rest
    return known and known + rest


def continued(walk: Walk) -> bool:
    """True where the parent of the expression just completed goes on with it: `( … ).name`."""
    parents = walk.parents
    parent = parents[-1]
    if parent in _GOES_ON:
        return True
    if parent != k.PARENTHESES:
        return False
    index = len(parents) - 1
    while index > 0 and parents[index] == k.PARENTHESES:
        index -= 1
    return parents[index] in _GOES_ON


def complete(walk: Walk, key: str, start: int) -> None:
    """Hand the chain on to the parent that goes on with it, or note it."""
    walk.last = key
    if continued(walk):
        walk.value = key
    else:
        walk.value = ""
        if key:
            log = walk.log
            log += (key, start)


def call(walk: Walk, node: Node) -> int:
    """`a.b.m(…)`: with a plain receiver, go straight to the arguments."""
    start = node.start_byte
    cursor, text = walk.cursor, walk.text
    cursor.goto_last_child()
    given = cursor.node
    stop = given.start_byte if given is not None else start
    if walk.has_session and text[start:stop].rpartition(".")[2].strip() in VERBS:
        data.managed(walk, node)
    parts = links(text[start:stop]) if text.find("(", start, stop) < 0 else None
    if given is None or parts is None:
        cursor.goto_parent()
        walk.value = ""
        walk.heads.append("")
        walk.starts.append(start)
        return k.CALL
    count = given.named_child_count
    key = f"{_key(walk, parts)}({count}" if parts[1] else f":{parts[0]}({count}"
    if key[0] == "(":
        key = ""  # a method of something unknown
    if not count:
        cursor.goto_parent()
        complete(walk, key, start)
        return 0
    walk.heads.append(key)
    walk.starts.append(start)
    walk.parents.append(k.CALL)
    return k.ARGUMENTS


def arguments(walk: Walk, node: Node) -> int:
    """The arguments of anything; after a receiver that had to be walked, the call's key begins."""
    parent = walk.parents[-1]
    count = node.named_child_count
    if parent == k.CALL:
        walk.heads[-1] = walk.value and f"{walk.value}:{walk.called}({count}"
    elif parent == k.NEW:
        walk.heads[-1] += f"({count}"
    elif parent == k.CONSTRUCTOR_CALL and walk.text.startswith("super", node.start_byte - 5):
        note(walk, f"super:new({count}", node.start_byte)
    return k.ARGUMENTS if count else 0


def called(walk: Walk) -> None:
    """The end of a call."""
    complete(walk, walk.heads.pop(), walk.starts.pop())


def field_access(walk: Walk, node: Node) -> int:
    """`a.b.c`, or a field of something that has to be walked."""
    start = node.start_byte
    parts = links(walk.text[start : node.end_byte])
    if parts is not None:
        complete(walk, _key(walk, parts), start)
        return 0
    walk.value = ""
    return k.FIELD_ACCESS


def accessed(walk: Walk) -> None:
    """The end of a field access whose object was walked."""
    node = walk.cursor.node
    complete(walk, walk.value, node.start_byte if node else 0)


def receiver(walk: Walk, node: Node) -> int:
    """`this` or `super` as an object that is gone on with."""
    if walk.parents[-1] in _GOES_ON:
        walk.value = "this" if node.kind_id == k.THIS else "super"
    return 0


def array_access(walk: Walk, node: Node) -> int:
    """`a.b[i]`: an element of a plain chain."""
    parts = links(walk.text[node.start_byte : node.end_byte].partition("[")[0].strip())
    key = _key(walk, parts) if parts is not None else ""
    walk.heads.append(key and key + ":[]")
    return k.ARRAY_ACCESS


def cast(walk: Walk, node: Node) -> int:
    """`(T) x`: whoever goes on with it has a T; the type is noted when the walk passes it."""
    walk.heads.append("")
    return node.kind_id


def handed_on(walk: Walk) -> None:
    """The end of a cast or an array element: of use only to a parent that goes on with it."""
    key = walk.last = walk.heads.pop()
    walk.value = key if continued(walk) else ""


def new(walk: Walk, node: Node) -> int:
    """`new T(…)`."""
    walk.heads.append("")
    walk.starts.append(node.start_byte)
    return k.NEW


def made(walk: Walk) -> None:
    """The end of `new T(…)`, anonymous body included."""
    key, start = walk.heads.pop(), walk.starts.pop()
    if key:
        note(walk, key, start)
    walk.last = "=" + key[1:].rpartition("(")[0]
    walk.value = walk.last if continued(walk) else ""


def method_reference(walk: Walk, node: Node) -> int:
    """`a.b::m` names a method without its arity."""
    start = node.start_byte
    base, _, name = walk.text[start : node.end_byte].partition("::")
    parts = links(base.strip())
    if parts is None:
        return k.METHOD_REFERENCE
    key = _key(walk, parts)
    if key:
        note(walk, f"{key}:{name.strip()}(?", start)
    return 0


def lambda_(walk: Walk, _: Node) -> int:
    """A lambda: its parameters end with it; what is inside is one level deeper."""
    open_block(walk)
    walk.nesting += 1
    return k.LAMBDA


def lambda_end(walk: Walk) -> None:
    """The end of a lambda."""
    close_block(walk)
    walk.nesting -= 1


def string(walk: Walk, node: Node) -> int:
    """A string literal is looked at once, for addresses, paths and secrets."""
    start = node.start_byte
    value = walk.text[start + 1 : node.end_byte - 1]
    kind = category(value)
    if walk.secretive and kind != "secret" and names_secret(walk.text, start) and is_secret(value):
        kind = "secret"
    if kind:
        shown = "***" if kind == "secret" else masked(value)[:_LONGEST]
        walk.literals.append((kind, shown, start))
    data.text(walk, node, value)
    return 0


def _in_call(walk: Walk, name: str, _: int) -> None:
    if walk.cursor.field_id == k.OBJECT_FIELD:
        walk.value = walk.names.get(name, name)
    else:
        walk.called = name


def _in_field_access(walk: Walk, name: str, _: int) -> None:
    if walk.cursor.field_id == k.OBJECT_FIELD:
        walk.value = walk.names.get(name, name)
    elif walk.value:
        walk.value = f"{walk.value}:{name}"


def _in_parentheses(walk: Walk, name: str, start: int) -> None:
    key = walk.names.get(name, name)
    if continued(walk):
        walk.value = key
    elif name not in walk.names:
        note(walk, name, start)


def _named_or_used(walk: Walk, name: str, start: int) -> None:
    if walk.cursor.field_id == k.NAME_FIELD:
        link = walk.written
        declare(walk, name, f"={link}" if link and link != "var" else "")
    elif name not in walk.names:
        note(walk, name, start)


def _declared(walk: Walk, name: str, _: int) -> None:
    link = walk.written
    declare(walk, name, f"={link}" if link and link != "var" else "")


def _in_lambda(walk: Walk, name: str, start: int) -> None:
    if walk.cursor.field_id == k.PARAMETERS_FIELD:
        declare(walk, name, "")
    elif name not in walk.names:
        note(walk, name, start)


def _unknown(walk: Walk, name: str, _: int) -> None:
    declare(walk, name, "")


def _value_only(walk: Walk, name: str, start: int) -> None:
    if walk.cursor.field_id not in {k.NAME_FIELD, k.KEY_FIELD} and name not in walk.names:
        note(walk, name, start)


def _jump(walk: Walk, _: str, __: int) -> None:
    if walk.method:
        walk.method.cognitive += 1


def _type_name(walk: Walk, name: str, start: int) -> None:
    note(walk, "=" + name, start)


def _nothing(_: Walk, __: str, ___: int) -> None:
    return


# Where a name stands decides what it is; anywhere else it is an expression.
ROLES = {
    k.CALL: _in_call,
    k.FIELD_ACCESS: _in_field_access,
    k.PARENTHESES: _in_parentheses,
    k.DECLARATOR: _value_only,
    k.PAIR: _value_only,
    k.FOR_EACH: _named_or_used,
    k.RESOURCE: _named_or_used,
    k.INSTANCEOF: _named_or_used,
    k.CATCH_PARAMETER: _declared,
    k.TYPE_PATTERN: _declared,
    k.RECORD_COMPONENT: _declared,
    k.RECORD_PATTERN: _type_name,
    k.LAMBDA: _in_lambda,
    k.INFERRED: _unknown,
    k.BREAK: _jump,
    k.CONTINUE: _jump,
    k.LABELED: _nothing,
    k.METHOD_REFERENCE: _nothing,
    k.MARKER: _nothing,
    k.ANNOTATION: _nothing,
    k.PACKAGE: _nothing,
}
