"""Texts that expressions of a script are: literals, sums, constants; `{}` = what is not known."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.java_literals import names_a_secret
from assessor.collect.languages.javascript_scene import (
    Given,
    Scene,
    callee,
    chain,
    class_around,
    given_to,
    parts,
)

UNKNOWN = "{}"
_DEEPEST, _LONGEST, _MOST = 8, 400, 200
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_INNER = frozenset(
    {"as_expression", "parenthesized_expression", "non_null_expression", "satisfies_expression"}
)
_SAME = frozenset({"toString", "href", "trim", "toLowerCase"})
_PLAIN = frozenset({"number", "true", "false"})
# A path, an alias, or a path in a package, which may be one of the project.
_OF_PROJECT = re.compile(r"[.~#]|@/|@[^/]+/[^/]+/|(?!node:)[^@/:]+/")
_OWNER = re.compile(r"[A-Za-z_$][\w$]*")


def folded(made: Scene, node: Node, scope: int, *, depth: int = 0) -> str:
    """The text with `{}` for each part that the file does not say.

    `${Owner.NAME}` stands for a constant of another file.
    """
    kind = node.type
    made.pieces = _MOST if not depth else made.pieces - 1
    if depth > _DEEPEST or made.pieces < 0:
        return UNKNOWN
    if kind == "string":
        return _ESCAPE.sub(_unescaped, text_of(node)[1:-1])[:_LONGEST]
    if kind in _PLAIN:
        return text_of(node)
    if kind in _INNER:
        return folded(made, parts(node)[0], scope, depth=depth + 1)
    read = _READERS.get(kind)
    text = read(made, node, scope, depth=depth + 1) if read is not None else UNKNOWN
    return text[:_LONGEST]


def said(made: Scene, node: Node | None, scope: int) -> str | None:
    """The text, None where nothing of it is known."""
    text = folded(made, node, scope) if node is not None else UNKNOWN
    return text if text.replace(UNKNOWN, "").strip() else None


def _template(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    return "".join(_pieces(made, node, scope, depth=depth))


def _pieces(made: Scene, node: Node, scope: int, *, depth: int) -> Iterator[str]:
    for part in node.named_children[:_MOST]:
        if part.type == "template_substitution":
            inner = parts(part)
            yield folded(made, inner[0], scope, depth=depth) if inner else UNKNOWN
        else:
            yield _ESCAPE.sub(_unescaped, text_of(part))


def _unescaped(found: re.Match[str]) -> str:
    return " " if found[1] in "nrt\n" else found[1]


def _sum(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    operator = node.child_by_field_name("operator")
    if operator is None or operator.type != "+":
        return UNKNOWN
    return "".join(folded(made, part, scope, depth=depth) for part in parts(node))


def _identifier(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    """What a name stands for, unless it is a secret."""
    name = text_of(node)
    text = _of_name(made, node, scope, name=name, depth=depth)
    return UNKNOWN if names_a_secret(name, text) else text


def _of_name(made: Scene, node: Node, scope: int, *, name: str, depth: int) -> str:
    for number, around in chain(made, scope):
        if around.kind == "class":
            continue
        if name in around.values:
            return _constant(made, around.values[name], number, node=node, depth=depth)
        if name in around.parameters:
            return UNKNOWN
    if name in made.imports:
        return _imported(*made.imports[name], "")
    return UNKNOWN


def _constant(made: Scene, values: list[Given], scope: int, *, node: Node, depth: int) -> str:
    """The text of a name that is never given another one: the last that is declared before."""
    if any(not one.declared and not one.adds for one in values):
        return UNKNOWN
    added = UNKNOWN if any(one.adds for one in values) else ""
    values = [one for one in values if not one.adds]
    earlier = [one for one in values if one.node.start_byte < node.start_byte] or values
    if not earlier:
        return UNKNOWN
    one = earlier[-1]
    if one.path:
        return _required(one)
    if one.node.start_byte <= node.start_byte < one.node.end_byte:
        return UNKNOWN
    return folded(made, one.node, scope, depth=depth) + added


def _required(one: Given) -> str:
    """A name of `const {NAME} = require('./x')`."""
    found = re.fullmatch(r"require\(\s*['\"]([^'\"]+)['\"]\s*\)", text_of(one.node))
    return _imported(found[1], one.path, "") if found else UNKNOWN


def _imported(module: str, exported: str, member: str) -> str:
    """A constant of another file: by the name of the file, or of what it exports."""
    if _OF_PROJECT.match(module) is None:
        return UNKNOWN
    if member:
        owner, name = exported if exported not in {"", "default"} else owner_of(module), member
    else:
        owner, name = owner_of(module), exported
    if not (_OWNER.fullmatch(owner) and _OWNER.fullmatch(name)):
        return UNKNOWN
    return f"${{{owner}.{name}}}"


def owner_of(path: str) -> str:
    """The name that stands for a file where its constants are told: its own or its folder's."""
    names = [name for name in path.replace("\\", "/").split("/") if name not in {".", ".."}]
    last = re.sub(r"\.[cm]?[jt]sx?$", "", names[-1]) if names else ""
    last = names[-2] if last == "index" and len(names) > 1 else last
    return re.sub(r"[^\w$]", "_", last)


def _member(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    inner = node.child_by_field_name("object")
    last = node.child_by_field_name("property")
    if inner is None or last is None:
        return UNKNOWN
    name = text_of(last)
    text = _of_member(made, inner, scope, name=name, depth=depth)
    return UNKNOWN if names_a_secret(name, text) else text


def _of_member(made: Scene, inner: Node, scope: int, *, name: str, depth: int) -> str:
    if inner.type == "this":
        return _field(made, name, scope, depth=depth)
    if inner.type in {"new_expression", "call_expression"} and name in _SAME:
        return folded(made, inner, scope, depth=depth)
    if inner.type != "identifier":
        return UNKNOWN
    return _of_owner(made, text_of(inner), scope, name=name, depth=depth)


def _of_owner(made: Scene, owner: str, scope: int, *, name: str, depth: int) -> str:
    """`TOPICS.orders`, `Queue.MAIL`: of an object, an enum or a class."""
    if name in _SAME:
        values = [one for _, around in chain(made, scope) for one in around.values.get(owner, ())]
        if len(values) == 1 and values[0].node.type == "new_expression":
            return folded(made, values[0].node, scope, depth=depth)
    known = constants(made)
    if f"{owner}.{name}" in known:
        return known[f"{owner}.{name}"]
    for number, scope_of in enumerate(made.scopes):
        values = scope_of.values.get(name, []) if scope_of.name == owner else []
        if scope_of.kind == "class" and len(values) == 1 and values[0].declared:
            return folded(made, values[0].node, number, depth=depth)
    if owner in made.imports:
        return _imported(*made.imports[owner], name)
    for _, around in chain(made, scope):
        for one in around.values.get(owner, ())[-1:]:
            found = re.fullmatch(r"require\(\s*['\"]([^'\"]+)['\"]\s*\)", text_of(one.node))
            return _imported(found[1], one.path, name) if found else UNKNOWN
    return UNKNOWN


def _field(made: Scene, name: str, scope: int, *, depth: int) -> str:
    owner = class_around(made, scope)
    values = owner.values.get(name, ()) if owner is not None else ()
    if len(values) != 1 or not values[0].declared:
        return UNKNOWN
    return folded(made, values[0].node, scope, depth=depth)


def _call(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    """`url.toString()`, `String(url)`, and what a function of the file gives back."""
    function, given = callee(node), given_to(node)
    last = function.child_by_field_name("property") if function is not None else None
    if function is not None and last is not None and text_of(last) in _SAME:
        return _member(made, function, scope, depth=depth)
    if function is None or function.type != "identifier":
        return UNKNOWN
    if text_of(function) == "String" and given:
        return folded(made, given[0], scope, depth=depth)
    return _returned(made, text_of(function), scope, depth=depth)


def _new(made: Scene, node: Node, scope: int, *, depth: int) -> str:
    """`new URL('/x', base)`, `new URL('https://…')`, `new Request('https://…')`."""
    class_, given = callee(node), given_to(node)
    if class_ is None or text_of(class_) not in {"URL", "Request"} or not given:
        return UNKNOWN
    path = folded(made, given[0], scope, depth=depth)
    if "://" in path or len(given) == 1 or text_of(class_) == "Request":
        return path
    return joined(folded(made, given[1], scope, depth=depth), path)


def _returned(made: Scene, name: str, scope: int, *, depth: int) -> str:
    """What a function of the file gives back, where it says so in one place only."""
    for _, around in chain(made, scope):
        for one in around.values.get(name, ())[-1:]:
            number = made.opened.get(one.node.id, -1)
            returns = made.scopes[number].returns if number > 0 and not one.path else []
            return folded(made, returns[0], number, depth=depth) if len(returns) == 1 else UNKNOWN
    return UNKNOWN


def joined(base: str, path: str) -> str:
    """A path below an address."""
    if "://" in path or not base:
        return path
    return f"{base.rstrip('/')}/{path.lstrip('/')}" if path else base


def constants(made: Scene) -> dict[str, str]:
    """`Owner.NAME` -> text, of enums, objects at the top and static fields of classes."""
    if made.constants is None:
        made.constants = _constants(made)
    return made.constants


def _constants(made: Scene) -> dict[str, str]:
    found: dict[str, str] = {}
    for enum in made.enums:
        name, body = enum.child_by_field_name("name"), enum.child_by_field_name("body")
        for one in parts(body) if name is not None and body is not None else ():
            _add(found, text_of(name), one=one, value=one.child_by_field_name("value"))  # type: ignore[arg-type]  # as above
    for owner, values in made.scopes[0].values.items():
        value = _bare(values[0].node) if len(values) == 1 and values[0].declared else None
        for pair in parts(value) if value is not None and value.type == "object" else ():
            _add(found, owner, one=pair, value=pair.child_by_field_name("value"))
    for scope in made.scopes:
        if scope.kind == "class" and scope.name:
            for owner, values in scope.values.items():
                if len(values) == 1 and values[0].declared and values[0].node.type == "string":
                    found[f"{scope.name}.{owner}"] = text_of(values[0].node)[1:-1]
    return found


def _bare(node: Node) -> Node:
    while node.type in _INNER and parts(node):
        node = parts(node)[0]
    if node.type == "call_expression" and text_of(node).startswith("Object.freeze("):
        return given_to(node)[0] if given_to(node) else node
    return node


def _add(found: dict[str, str], owner: str, *, one: Node, value: Node | None) -> None:
    key = one.child_by_field_name("key") or one.child_by_field_name("name")
    if key is not None and value is not None and value.type == "string":
        found[f"{owner}.{text_of(key)}"] = _ESCAPE.sub(_unescaped, text_of(value)[1:-1])[:_LONGEST]


_READERS = {
    "binary_expression": _sum,
    "call_expression": _call,
    "identifier": _identifier,
    "member_expression": _member,
    "new_expression": _new,
    "shorthand_property_identifier": _identifier,
    "template_string": _template,
}
