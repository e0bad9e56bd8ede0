"""Where a value of a script comes from: which package or file, and by which names and calls."""

import re
from collections.abc import Mapping
from typing import cast

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import said
from assessor.collect.languages.javascript_scene import (
    FUNCTION,
    Given,
    Scene,
    Scope,
    callee,
    chain,
    class_around,
    given_to,
    parts,
)
from assessor.collect.languages.javascript_whence import (
    GLOBAL,
    HERE,
    Origin,
    home,
    is_package,
    joined,
)

REPOSITORY, MODEL = "@repository", "@model"
_DEEPEST, _LONGEST, _MOST = 40, 200, 400
_INNER = frozenset(
    {
        "await_expression", "as_expression", "parenthesized_expression", "non_null_expression",
        "satisfies_expression", "instantiation_expression",
    }
)  # fmt: skip
_FUNCTIONS = frozenset(
    {
        "arrow_function", "function_expression", "function_declaration", "generator_function",
        "generator_function_declaration",
    }
)  # fmt: skip
_LITERALS = frozenset({"string", "template_string", "number", "true", "false", "null", "regex"})
# A type of a library that stands for what is stored of its argument.
_OF_ARGUMENT: Mapping[tuple[str, str], str] = {
    ("typeorm", "Repository"): REPOSITORY,
    ("typeorm", "TreeRepository"): REPOSITORY,
    ("typeorm", "MongoRepository"): REPOSITORY,
    ("typeorm", "SelectQueryBuilder"): f"{REPOSITORY}.createQueryBuilder()",
    ("@mikro-orm", "EntityRepository"): REPOSITORY,
    ("mongoose", "Model"): MODEL,
    ("mongoose", "PaginateModel"): MODEL,
    ("nestjs-typegoose", "ReturnModelType"): MODEL,
    ("@typegoose/typegoose", "ReturnModelType"): MODEL,
}
_INJECTS = frozenset({"InjectModel", "InjectRepository"})
# Methods that give their function the same thing, but inside of a transaction.
_PASSES = frozenset({"$transaction", "transaction", "transacting"})
_TYPE = re.compile(r"(typeof:)?([A-Za-z_$][\w$.]*)(?:<(.*)>)?")
_NOTHING = re.compile(r"\|(?:null|undefined)\b|\b(?:null|undefined)\|")
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)?(?: as \w+)?")
_QUOTED = re.compile(r"['\"]([^'\"\\]{1,100})['\"]")


def origin(made: Scene, node: Node, scope: int, *, depth: int = 0) -> Origin | None:
    """Where the value of an expression in a scope comes from; None = not known."""
    kind = node.type
    made.steps = _MOST if not depth else made.steps - 1
    if depth > _DEEPEST or made.steps < 0:
        return None
    if node.id in made.symbols:
        return Origin(HERE, made.symbols[node.id])
    if kind in _INNER:
        return origin(made, parts(node)[0], scope, depth=depth + 1) if parts(node) else None
    read = _READERS.get(kind)
    if read is None:
        return None
    key = (node.id, scope)
    if key not in made.known:
        found = read(made, node, scope, depth=depth + 1)
        kept = found if found is not None and len(found.path) <= _LONGEST else None
        if made.steps < 0:
            return kept
        made.known[key] = kept
    return cast("Origin | None", made.known[key])


def origin_of_type(made: Scene, written: str, scope: int, *, depth: int = 0) -> Origin | None:
    """What a value of this type is: an instance of a class, or what a library keeps of one."""
    found = _TYPE.fullmatch(_NOTHING.sub("", written)[:_LONGEST])
    if found is None or depth > _DEEPEST:
        return None
    named = _resolved(made, found[2], scope, depth=depth + 1)
    if named is None or found[1]:
        return named
    kept = _OF_ARGUMENT.get((_family(named.module), named.path))
    if kept is None:
        return joined(named, "()")
    inner = found[3].split(",")[0] if found[3] else ""
    of = _resolved(made, inner, scope, depth=depth + 1) if inner else None
    return joined(of, f".{kept}") if of is not None else None


def _family(module: str) -> str:
    package = home(module)
    return "@mikro-orm" if package.startswith("@mikro-orm/") else package


def _resolved(made: Scene, name: str, scope: int, *, depth: int) -> Origin | None:
    """What a dotted name means where it stands."""
    root, _, rest = name.partition(".")
    found = named(made, root, scope, depth=depth)
    return joined(found, f".{rest}") if found is not None and rest else found


def named(
    made: Scene, name: str, scope: int, *, before: int = 1 << 62, depth: int = 0
) -> Origin | None:
    """What a name means in a scope. before: byte; what it is given later does not count."""
    for number, around in chain(made, scope):
        if around.kind == "class":
            continue
        if name in around.values:
            return _given(made, around.values[name], number, before=before, depth=depth, name=name)
        if name in around.parameters:
            return _parameter(made, around, number, name=name, depth=depth)
    if name in made.imports:
        module, exported = made.imports[name]
        plain = exported == "default" and is_package(module)
        return Origin(module, "" if plain else exported)
    return Origin(GLOBAL, name) if name in _GLOBALS else None


_GLOBALS = frozenset({"fetch", "process", "global", "globalThis", "window", "WebSocket"})


def _given(
    made: Scene, values: list[Given], scope: int, *, before: int, depth: int, name: str
) -> Origin | None:
    """What the last of the values before a byte is, of which something is known."""
    values = [one for one in values if not one.adds]
    earlier = [one for one in values if one.node.start_byte < before] or values
    for one in reversed(earlier[-8:]):
        if one.node.type in _FUNCTIONS or "class" in one.node.type:
            return Origin(HERE, name)
        found = origin(made, one.node, scope, depth=depth + 1)
        if found is not None:
            return joined(found, f".{one.path}") if one.path else found
    written = made.scopes[scope].types.get(name, "")
    return origin_of_type(made, written, scope, depth=depth + 1) if written else None


def _parameter(made: Scene, around: Scope, scope: int, *, name: str, depth: int) -> Origin | None:
    """What a parameter is by its type, or by the call that the function is given to."""
    if name in around.types:
        return origin_of_type(made, around.types[name], scope, depth=depth + 1)
    given = around.node.parent
    call = given.parent if given is not None and given.type == "arguments" else None
    function = call.child_by_field_name("function") if call is not None else None
    if function is None or function.type != "member_expression" or around.parameters[0] != name:
        return None
    last = function.child_by_field_name("property")
    inner = function.child_by_field_name("object")
    if last is None or inner is None or text_of(last) not in _PASSES:
        return None
    found = origin(made, inner, around.parent, depth=depth + 1)
    if found is not None and home(found.module) == "typeorm":  # whose transactions give a manager
        return Origin(found.module, "EntityManager()")
    return found


def _identifier(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    return named(made, text_of(node), scope, before=node.start_byte, depth=depth)


def _member(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    inner = node.child_by_field_name("object")
    last = node.child_by_field_name("property") or node.child_by_field_name("index")
    if inner is None or last is None:
        return None
    name = text_of(last).strip("'\"")
    if inner.type == "this":
        return _field(made, name, scope, depth=depth)
    whole = "".join(text_of(node).split())
    if whole in made.scopes[0].values and made.scopes[0].values[whole]:
        found = _given(
            made, made.scopes[0].values[whole], 0, before=1 << 62, depth=depth, name=whole
        )
        if found is not None and found != Origin(HERE, whole):
            return found
    found = origin(made, inner, scope, depth=depth)
    return joined(found, f".{name}") if found is not None else None


def _field(made: Scene, name: str, scope: int, *, depth: int) -> Origin | None:
    owner = class_around(made, scope)
    if owner is None:
        return None
    around = owner.parent
    injected = next((_injected(made, mark, around) for mark in owner.marks.get(name, ())), None)
    if injected is not None:
        return injected
    known = owner.types.get(name, "")
    if known:
        return origin_of_type(made, known, around, depth=depth)
    inside = made.opened.get(owner.node.id, 0)
    for one in owner.values.get(name, ())[-4:]:
        found = origin(made, one.node, _within(made, one.node, inside), depth=depth)
        if found is not None:
            return found
    return None if name in owner.values else Origin(HERE, f"{owner.name}().{name}")


def _within(made: Scene, node: Node, scope: int) -> int:
    """The method around a value that a field is given."""
    for number in range(scope + 1, len(made.scopes)):
        one = made.scopes[number]
        if one.node.start_byte > node.start_byte:
            break
        if one.kind == FUNCTION and node.start_byte < one.node.end_byte:
            scope = number
    return scope


def _injected(made: Scene, mark: Node, scope: int) -> Origin | None:
    """`@InjectRepository(User)`, `@InjectModel(User.name)`, `@InjectModel('User')`."""
    call = parts(mark)[0] if parts(mark) else None
    function = call.child_by_field_name("function") if call is not None else None
    if call is None or function is None or text_of(function) not in _INJECTS:
        return None
    given = given_to(call)
    if not given:
        return None
    end = REPOSITORY if text_of(function) == "InjectRepository" else MODEL
    quoted = _QUOTED.fullmatch(text_of(given[0]))
    if quoted is not None:
        return Origin(GLOBAL, f"models.{quoted[1]}.{end}")
    found = _resolved(made, text_of(given[0]).removesuffix(".name"), scope, depth=1)
    return joined(found, f".{end}") if found is not None else None


def _call(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    function = callee(node)
    if function is None:
        return None
    written = text_of(function)
    if written in {"require", "import"}:
        given = given_to(node)
        quoted = _QUOTED.fullmatch(text_of(given[0])) if given else None
        return Origin(quoted[1], "") if quoted else None
    plain = function.type == "identifier"
    found = _local(made, written, scope, depth=depth) if plain else None
    if found is not None:
        return found
    found = origin(made, function, scope, depth=depth)
    return _result(made, found, node, scope=scope, depth=depth) if found is not None else None


def _result(made: Scene, found: Origin, node: Node, *, scope: int, depth: int) -> Origin | None:
    """What a call of something gives."""
    last, package = found.path.rpartition(".")[2], home(found.module)
    given = given_to(node)
    if last == "model" and len(given) == 1 and package in {"mongoose", "sequelize"}:
        name = said(made, given[0], scope) or ""
        return Origin(GLOBAL, f"models.{name}.{MODEL}") if name.isidentifier() else None
    if last in {"get", "resolve"} and package == "@nestjs/core":
        return _from_container(made, node, scope, depth=depth)
    stored = _of_entity(made, found, node, scope=scope, depth=depth)
    if stored is not None:
        return stored
    function = callee(node)
    plain = function is not None and function.type == "identifier"
    tables = plain or last in {"", "collection"} or last.endswith(")")
    return joined(found, f"({_table(made, node, scope) if tables else ''})")


def _from_container(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    """`app.get(ConfigService)`: an object of the class."""
    given = given_to(node)
    found = origin(made, given[0], scope, depth=depth) if given else None
    return joined(found, "()") if found is not None else None


def _table(made: Scene, node: Node, scope: int) -> str:
    """The text that a query builder is called with, where it may be the name of a table."""
    given = given_to(node)
    name = said(made, given[0], scope) if len(given) == 1 else None
    return f"'{name}'" if name and _NAME.fullmatch(name) else ""


def _of_entity(made: Scene, found: Origin, node: Node, *, scope: int, depth: int) -> Origin | None:
    """`getRepository(User)`, and `manager.find(User, …)` as a call of the repository."""
    name = found.path.rpartition(".")[2]
    given = given_to(node)
    if not given or home(found.module) not in {"typeorm", *_MANAGERS}:
        return None
    if given[0].type not in {"identifier", "member_expression"}:
        return None
    if not (name in {"getRepository", "getTreeRepository"} or name in _OF_MANAGER):
        return None
    if found.path.endswith(f"{REPOSITORY}.{name}"):
        return None
    of = origin(made, given[0], scope, depth=depth)
    if of is not None and name in _OF_OBJECT and re.fullmatch(r"\w+\(\)", of.path):
        of = Origin(of.module, of.path.removesuffix("()"))
    if of is None or of.path.endswith(")") or of.module == GLOBAL:
        return None
    end = REPOSITORY if name.startswith("get") else f"{REPOSITORY}.{name}()"
    return joined(of, f".{end}")


_MANAGERS = frozenset({"@mikro-orm/core", "@mikro-orm/postgresql", "@mikro-orm/mysql"})
_OF_MANAGER = frozenset(
    {
        "find", "findOne", "findBy", "findOneBy", "findOneOrFail", "findOneByOrFail", "findAll",
        "findAndCount", "findAndCountBy", "count", "countBy", "exists", "existsBy", "insert",
        "update", "upsert", "delete", "softDelete", "restore", "increment", "decrement", "save",
        "remove", "createQueryBuilder", "nativeInsert", "nativeUpdate", "nativeDelete", "clear",
        "create", "persist", "persistAndFlush", "removeAndFlush", "softRemove",
    }
)  # fmt: skip
_OF_OBJECT = frozenset({"save", "remove", "persist", "persistAndFlush", "removeAndFlush"})


def _local(made: Scene, name: str, scope: int, *, depth: int) -> Origin | None:
    """What a function of the file gives back, where it is known."""
    for _, around in chain(made, scope):
        for one in around.values.get(name, ())[-1:]:
            number = made.opened.get(one.node.id, -1)
            if number < 0 or one.path:
                return None
            found = (
                origin(made, node, number, depth=depth + 2)
                for node in made.scopes[number].returns[:4]
            )
            return next((each for each in found if each is not None), None)
    return None


def _made(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    class_ = node.child_by_field_name("constructor")
    found = origin(made, class_, scope, depth=depth) if class_ is not None else None
    return joined(found, "()") if found is not None else None


def _either(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    """One of several values: the last that is known."""
    operator = node.child_by_field_name("operator")
    if operator is not None and operator.type not in {"||", "??"}:
        return None
    for part in reversed(parts(node)):
        found = origin(made, part, scope, depth=depth)
        if found is not None and found.module != GLOBAL:
            return found
    return None


def _assigned(made: Scene, node: Node, scope: int, *, depth: int) -> Origin | None:
    value = node.child_by_field_name("right")
    return origin(made, value, scope, depth=depth) if value is not None else None


_READERS = {
    "assignment_expression": _assigned,
    "binary_expression": _either,
    "call_expression": _call,
    "identifier": _identifier,
    "member_expression": _member,
    "new_expression": _made,
    "shorthand_property_identifier": _identifier,
    "subscript_expression": _member,
    "ternary_expression": _either,
}
