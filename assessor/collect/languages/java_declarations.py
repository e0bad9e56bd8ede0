"""What the walk does at declarations: types, methods, fields, parameters, annotations, imports."""

import re
from functools import lru_cache

from tree_sitter import Node

from assessor.collect.languages import java_data as data
from assessor.collect.languages import java_kinds as k
from assessor.collect.languages.java_beans import asked_for, bean_of
from assessor.collect.languages.java_literals import masked
from assessor.collect.languages.java_state import (
    Method,
    Walk,
    close_block,
    close_scope,
    declare,
    forget,
    note,
    open_block,
    open_scope,
)
from assessor.collect.languages.java_text import (
    annotation_names,
    bare,
    canonical,
    imported,
    plain,
    variables_in,
)
from assessor.collect.languages.typed_data_facts import attach
from assessor.collect.languages.typed_facts import Scope
from assessor.collect.languages.typed_text import top_level_parts

INJECTS = frozenset({"Autowired", "Inject", "Resource", "EJB", "PersistenceContext"})
_SHAPES = {
    k.CLASS: "class",
    k.INTERFACE: "interface",
    k.ENUM: "enum",
    k.RECORD: "record",
    k.ANNOTATION_TYPE: "annotation",
}
_NAME = re.compile(r"[^\s\[=,;()]+").match
_STORE = re.compile(
    r"(?:\w*Map|\w*List|\w*Set|\w*Cache|Collection|\w*Queue|\w*Deque)(?:<|$)"
).match
_LONGEST = 200


def package(walk: Walk, node: Node) -> int:
    """The package's name; its annotations belong to the file."""
    text = walk.text[node.start_byte : node.end_byte]
    words = plain(text).strip().removesuffix(";").split()
    walk.package = "".join(words[1:])
    return k.PACKAGE if "@" in text else 0


def import_(walk: Walk, node: Node) -> int:
    """One import, as text."""
    walk.imports.append(imported(walk.text[node.start_byte : node.end_byte]))
    walk.import_starts.append(node.start_byte)
    return 0


def comment(walk: Walk, node: Node) -> int:
    """A comment counts as lines only; among arguments it is none."""
    walk.comments.append((node.start_byte, node.end_byte))
    if walk.parents and walk.parents[-1] == k.ARGUMENTS and walk.heads:
        key, _, arity = walk.heads[-1].rpartition("(")
        if arity.isdigit():
            walk.heads[-1] = f"{key}({int(arity) - 1}"
    return 0


def type_declaration(walk: Walk, node: Node) -> int:
    """A class, interface, enum, record or annotation type opens a scope; its name follows."""
    walk.modifiers = ""
    shape = _SHAPES[node.kind_id]
    open_scope(walk, Scope("", walk.index, line=node.start_byte, shape=shape))
    walk.marked = walk.scope.annotations
    return node.kind_id


def type_end(walk: Walk) -> None:
    """The end of a declared type."""
    close_scope(walk)


def class_body(walk: Walk, node: Node) -> int:
    """The body of an anonymous class or of an enum constant is a scope of its own."""
    parent = walk.parents[-1]
    if parent == k.NEW:
        open_scope(walk, Scope("", walk.index, line=node.start_byte, shape="anonymous"))
        walk.scope.supers.append(walk.heads[-1][1:].rpartition("(")[0])
    elif parent == k.ENUM_CONSTANT:
        owner = walk.scope.name
        open_scope(walk, Scope("", walk.index, line=node.start_byte, shape="anonymous"))
        walk.scope.supers.append(owner)
    return k.CLASS_BODY


def class_body_end(walk: Walk) -> None:
    """The end of a body; that of a declared type ends with the declaration."""
    if walk.parents[-1] in {k.NEW, k.ENUM_CONSTANT}:
        close_scope(walk)


def supertypes(walk: Walk, node: Node) -> int:
    """`extends A<B>`, `implements A, B`: taken as text."""
    start = node.start_byte
    text = plain(walk.text[start : node.end_byte])
    for part in top_level_parts(text.split(maxsplit=1)[-1]):
        written = canonical(part, walk.variables)
        walk.scope.supers.append(written)
        note(walk, "^" + written, start)
    return 0


def type_parameters(walk: Walk, node: Node) -> int:
    """`<T extends A>`: from here to the end of the declaration T stands for its bound."""
    text = walk.text[node.start_byte : node.end_byte]
    walk.variables = variables_in(text, walk.variables)
    walk.types = {}
    return node.kind_id if " extends" in text or "@" in text else 0


def modifiers(walk: Walk, node: Node) -> int:
    """`public static @A`: kept as text, gone into for the annotations."""
    text = walk.text[node.start_byte : node.end_byte]
    parent = walk.parents[-1]
    if parent in _SHAPES:
        walk.scope.modifiers = text
    elif parent != k.PARAMETER:
        walk.modifiers = text
    return k.MODIFIERS if "@" in text else 0


def annotation(walk: Walk, node: Node) -> int:
    """An annotation: noted as a use, listed with the text of its first argument."""
    start = node.start_byte
    raw = walk.text[start : node.end_byte]
    key, simple, shown = _annotation(raw)
    note(walk, key, start)
    walk.notes.append((simple, shown, start))
    walk.marked.append(simple)
    data.marked(walk, key[1:], raw, start=start)
    return node.kind_id if "(" in raw else 0


@lru_cache(maxsize=20_000)
def _annotation(raw: str) -> tuple[str, str, str]:
    """Key, simple name and first argument, secrets masked, of an annotation as it is written."""
    name, _, rest = raw[1:].partition("(")
    name = "".join(name.split())
    parts = top_level_parts(rest.rstrip().removesuffix(")")) if rest else []
    return "@" + name, name.rpartition(".")[2], masked(parts[0])[:_LONGEST] if parts else ""


def method(walk: Walk, node: Node) -> int:
    """A method or constructor: its complexity and signature begin."""
    walk.modifiers, walk.marked, walk.awaiting = "", [], []
    open_block(walk)
    outside = (walk.variables, walk.types, walk.method, walk.nesting)
    walk.nesting, walk.written = 0, ""
    name = walk.scope.name if node.kind_id != k.METHOD else ""
    walk.method = Method(name, node.start_byte, node.end_byte, "", [], outside)
    return node.kind_id


def method_end(walk: Walk) -> None:
    """The end of a method: its figures are complete."""
    close_block(walk)
    done = walk.method
    if done is None:
        return
    owner = walk.scope.name
    name = f"{owner}.{done.name}" if owner else done.name
    counts = done.cyclomatic, done.cognitive, done.deepest, len(done.parameters)
    walk.functions.append((name, done.start, done.end, *counts, walk.index))
    walk.variables, walk.types, walk.method, walk.nesting = done.outside


def _short(walk: Walk, raw: str) -> str:
    if not walk.variables:
        return bare(raw)
    short = walk.types.get(raw)
    if short is None:
        short = walk.types[raw] = canonical(raw, walk.variables)
    return short


def parameters_end(walk: Walk) -> None:
    """All parameters passed: the signature is complete."""
    parent = walk.parents[-1]
    if parent in {k.METHOD, k.CONSTRUCTOR} and walk.method:
        _sign(walk, walk.method, parent)
    elif parent == k.RECORD:
        walk.scope.methods.setdefault(f"new({len(walk.scope.fields)}", []).append(
            ["", *walk.scope.fields.values()]
        )


def _sign(walk: Walk, method: Method, parent: int) -> None:
    called = method.name if parent == k.METHOD else "new"
    signature = [method.result, *method.parameters]
    scope = walk.scope
    arity = "*" if method.many else str(len(method.parameters))
    scope.methods.setdefault(f"{called}({arity}", []).append(signature)
    asked = INJECTS.intersection(walk.marked)
    if "static" in walk.modifiers and "static" in walk.modifiers.split():
        scope.apart.add(method.name)
    if parent == k.CONSTRUCTOR:
        scope.constructors.append(method.parameters)
    if asked:
        called_so = asked_for(walk) if len(method.parameters) == 1 and parent == k.METHOD else ""
        scope.injected.extend(each and each + called_so for each in method.parameters)


def field(walk: Walk, node: Node) -> int:
    """A field, constant or element of an annotation type: modifiers and type follow."""
    walk.modifiers, walk.marked, walk.awaiting = "", [], []
    return node.kind_id


def enum_constant(walk: Walk, _: Node) -> int:
    """A constant of an enum; its name follows."""
    walk.marked = []
    return k.ENUM_CONSTANT


def declarator(walk: Walk, node: Node) -> int:
    """A name with perhaps a value, under a field, a local variable or `String... x`."""
    found = _NAME(walk.text, node.start_byte, node.end_byte)
    if found is None:
        return k.DECLARATOR
    name = found[0]
    parent = walk.parents[-1]
    if parent == k.LOCAL:
        if walk.declared != "var":
            declare(walk, name, walk.declared and "=" + walk.declared)
    elif parent == k.SPREAD:
        _parameter(walk, name, walk.written, owner=_above(walk), many=True)
    elif parent in {k.FIELD, k.CONSTANT}:
        _field(walk, name, node)
    return k.DECLARATOR


def declarator_end(walk: Walk) -> None:
    """The end of a declarator: a `var` has the type of its value."""
    if walk.declared == "var" and walk.parents[-1] == k.LOCAL:
        _inferred(walk)


def _inferred(walk: Walk) -> None:
    node = walk.cursor.node
    found = _NAME(walk.text, node.start_byte, node.end_byte) if node else None
    if node is None or found is None:
        return
    walk.cursor.goto_last_child()
    value = walk.cursor.node
    walk.cursor.goto_parent()
    known = value is not None and value.kind_id in {k.CALL, k.NEW, k.CAST, k.FIELD_ACCESS}
    declare(walk, found[0], walk.last if known else "")


def _field(walk: Walk, name: str, node: Node) -> None:
    scope, written = walk.scope, walk.declared
    scope.fields[name] = written
    if walk.parents[-1] == k.CONSTANT:
        scope.apart.add(name)
    forget(walk, name)
    walk.words.append(name)
    if walk.awaiting:
        attach(walk.awaiting, name, written)
    kinds = walk.modifiers.split()
    if INJECTS.intersection(walk.marked) and written:
        scope.injected.append(written + asked_for(walk, name))
    if "static" not in kinds:
        if "final" in kinds and written and "=" not in walk.text[node.start_byte : node.end_byte]:
            scope.finals.append(written)
        return
    scope.apart.add(name)
    if "final" not in kinds or (_STORE(written) and "cache" in name.lower()):
        walk.statics.append((name, written or walk.primitive, node.start_byte))


def _parameter(walk: Walk, name: str, written: str, *, owner: int, many: bool = False) -> None:
    if many:
        written = written and written + "[]"
    if owner == k.RECORD:
        walk.scope.fields[name] = written
        walk.scope.methods.setdefault(f"{name}(0", []).append([written])
        walk.words.append(name)
        return
    declare(walk, name, written and "=" + written)
    method = walk.method
    if method and owner != k.LAMBDA:
        method.parameters.append(written)
        method.many = many
        walk.words.append(name)


def parameter_name(walk: Walk, name: str, _: int) -> None:
    """A parameter of a method, a record or a lambda: below its list, below the owner of that."""
    written = "" if walk.written == "var" else walk.written
    _parameter(walk, name, written, owner=_above(walk))


def _above(walk: Walk) -> int:
    return walk.parents[-3] if len(walk.parents) > 2 else 0  # noqa: PLR2004 - parameter, list, owner


def method_name(walk: Walk, name: str, _: int) -> None:
    """A method's name; its type has passed."""
    if walk.method:
        walk.method.name, walk.method.result = name, walk.written
    if walk.awaiting:
        attach(walk.awaiting, name, walk.written)
    walk.words.append(name)


def type_name(walk: Walk, name: str, _: int) -> None:
    """The name of a declared type."""
    walk.scope.name = name
    if walk.scope.annotations:
        walk.scope.bean = bean_of(walk, name)
    walk.awaiting = []
    walk.words.append(name)
    walk.written = ""


def constant_name(walk: Walk, name: str, _: int) -> None:
    """A constant of an enum is a field of the enum's own type."""
    if walk.cursor.field_id == k.NAME_FIELD:
        walk.scope.fields[name] = walk.scope.name
        walk.scope.apart.add(name)
        walk.words.append(name)


def constructor_name(_: Walk, __: str, ___: int) -> None:
    """A constructor's name is its class's."""


def written_type(walk: Walk, node: Node) -> int:
    """A type as written: kept for the declaration around it, and noted as a use."""
    start = node.start_byte
    raw = walk.text[start : node.end_byte]
    short = _short(walk, raw)
    if "@" in raw:
        for name in annotation_names(raw):
            note(walk, "@" + name, start)
    parent = walk.parents[-1]
    if parent == k.TYPE_PARAMETER:
        return 0
    walk.written = short
    if parent in {k.LOCAL, k.FIELD, k.CONSTANT}:
        walk.declared = short
    elif parent == k.NEW:
        walk.heads[-1] = "+" + short
        return 0
    elif parent == k.CAST:
        walk.heads[-1] = "=" + short
    if short != "var":
        note(walk, "=" + short, start)
    return 0


def primitive(walk: Walk, node: Node) -> int:
    """`int` and its like lead nowhere."""
    walk.written = ""
    parent = walk.parents[-1]
    if parent in {k.LOCAL, k.FIELD, k.CONSTANT}:
        walk.declared = ""
        walk.primitive = walk.text[node.start_byte : node.end_byte]
    return 0
