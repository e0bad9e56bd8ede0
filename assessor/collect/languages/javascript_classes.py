"""Entities and relations that classes of a script declare by decorators, and what they extend."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import said
from assessor.collect.languages.javascript_origins import named, origin, origin_of_type
from assessor.collect.languages.javascript_scene import Scene, given_to, parts, under
from assessor.collect.languages.javascript_whence import GLOBAL, HERE, Origin, home

Row = list[object]
# Decorator of a class -> (framework, keys of its table in an object).
_ENTITIES: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("typeorm", "Entity"): ("typeorm", ("name",)),
    ("typeorm", "ViewEntity"): ("typeorm", ("name",)),
    ("@mikro-orm/core", "Entity"): ("mikro-orm", ("tableName", "collection")),
    ("@nestjs/mongoose", "Schema"): ("mongoose", ("collection",)),
    ("sequelize-typescript", "Table"): ("sequelize", ("tableName",)),
}
# Decorator of a field -> its cardinality.
_RELATIONS: Mapping[str, str] = {
    "OneToOne": "one-to-one",
    "OneToMany": "one-to-many",
    "ManyToOne": "many-to-one",
    "ManyToMany": "many-to-many",
    "BelongsTo": "many-to-one",
    "BelongsToMany": "many-to-many",
    "HasMany": "one-to-many",
    "HasOne": "one-to-one",
    "Prop": "",
}
_HOMES = frozenset({"typeorm", "@mikro-orm/core", "sequelize-typescript", "@nestjs/mongoose"})
_ARROW = re.compile(r"\s*(?:\([^()]*\)|\w+)\s*=>\s*([A-Za-z_$][\w$.]*)")
_PLAIN = re.compile(r"[A-Za-z_$][\w$.]*")
_HELD = re.compile(r"(?:Promise|Relation|Collection|Ref|Reference|Loaded)<(.+)>")
_EXTENDS = re.compile(
    r"extends\s+([A-Za-z_$][\w$.]*\s*(?:<.{1,200}?>)?)\s*(?:implements|\Z)", re.DOTALL
)


def classes(made: Scene) -> tuple[list[Row], list[Row], dict[str, list[str]]]:
    """Entities, relations, and what the objects of classes are; see `javascript_stored`."""
    entities: dict[str, Row] = {}
    relations: list[Row] = []
    for node, scope in made.decorators:
        name, call, whence = _applied(made, node, scope)
        if whence is None:
            continue
        known = _ENTITIES.get((home(whence.module), whence.path))
        class_ = _class(node) if known is not None else None
        if known is not None and class_ is not None:
            entities[class_] = _entity(made, class_, call, node=node, known=known, scope=scope)
        elif name in _RELATIONS and home(whence.module) in _HOMES:
            relations += _relation(made, node, scope, name=name, call=call, whence=whence)
    mine = [row for row in relations if row[1] in entities]
    return list(entities.values()), mine, _extends(made)


def _applied(made: Scene, node: Node, scope: int) -> tuple[str, Node | None, Origin | None]:
    """The name of a decorator, its call, and where it comes from."""
    inner = parts(node)[0] if parts(node) else None
    call = inner if inner is not None and inner.type == "call_expression" else None
    function = call.child_by_field_name("function") if call is not None else inner
    if function is None:
        return "", None, None
    name = text_of(function).rpartition(".")[2]
    wanted = name in _RELATIONS or name in {key for _, key in _ENTITIES}
    return name, call, origin(made, function, scope) if wanted else None


def _class(decorator: Node) -> str | None:
    """The class that a decorator stands before."""
    around = decorator.parent
    if around is not None and around.type == "export_statement":
        around = around.child_by_field_name("declaration")
    name = around.child_by_field_name("name") if around is not None else None
    return (
        text_of(name)
        if name is not None and around is not None and "class" in around.type
        else None
    )


def _entity(
    made: Scene,
    class_: str,
    call: Node | None,
    *,
    node: Node,
    known: tuple[str, tuple[str, ...]],
    scope: int,
) -> Row:
    framework, keys = known
    given = given_to(call) if call is not None else []
    table = _table(made, given, keys=keys, scope=scope)
    model = ""
    for one in given:
        value = under(one, "modelName")
        model = said(made, value, scope) or "" if value is not None else model
    return [class_, class_, table, framework, _line(node), model or class_]


def _table(made: Scene, given: list[Node], *, keys: tuple[str, ...], scope: int) -> str:
    """The name that is given, with its schema; "" = none, `?` = one that is not known."""
    if given and given[0].type != "object":
        return _known(said(made, given[0], scope))
    for one in given:
        for key in keys:
            value = under(one, key)
            if value is not None:
                return _known(said(made, value, scope))
    return ""


def _known(text: str | None) -> str:
    return text if text is not None and "{" not in text else "?"


def _relation(
    made: Scene, node: Node, scope: int, *, name: str, call: Node | None, whence: Origin
) -> Iterator[Row]:
    field = node.parent
    title = field.child_by_field_name("name") if field is not None else None
    owner = made.scopes[scope].name
    if field is None or title is None or call is None or not owner:
        return
    type_ = field.child_by_field_name("type")
    written = text_of(type_)[1:].strip() if type_ is not None else ""
    cardinality = _RELATIONS[name]
    given = given_to(call)
    if name == "Prop":
        reference = _reference(given)
        if reference is None:
            return
        target = _named(made, reference, scope)
        cardinality = "one-to-many" if "[]" in written else "many-to-one"
    else:
        target = _target(made, given, written, scope=scope)
    if target is None:
        return
    framework = {"@mikro-orm/core": "mikro-orm", "sequelize-typescript": "sequelize",
                 "@nestjs/mongoose": "mongoose"}.get(home(whence.module), "typeorm")  # fmt: skip
    key = _has_key(name, field, given)
    yield [
        HERE, owner, text_of(title), target.module, target.path, cardinality, key, framework,
        _line(node),
    ]  # fmt: skip


def _has_key(name: str, field: Node, given: list[Node]) -> bool:
    if name in {"ManyToOne", "BelongsTo", "Prop"}:
        return True
    if name != "OneToOne":
        return False
    marks = " ".join(text_of(child) for child in field.children if child.type == "decorator")
    owner = any(under(one, "owner") is not None for one in given)
    return "JoinColumn" in marks or owner


def _target(made: Scene, given: list[Node], written: str, *, scope: int) -> Origin | None:
    """`() => User`, `User`, `'User'`, `{entity: () => User}`, else by the type of the field."""
    first = given[0] if given else None
    if first is not None and first.type == "object":
        first = under(first, "entity")
    if first is not None and first.type == "string":
        return Origin(GLOBAL, f"models.{text_of(first)[1:-1]}")
    found = _ARROW.match(text_of(first)) if first is not None else None
    plain = _PLAIN.fullmatch(text_of(first)) if first is not None else None
    name = found[1] if found else plain[0] if plain else _held(written)
    return named(made, name, scope) if name else None


def _held(written: str) -> str:
    held = _HELD.fullmatch(written)
    bare = (held[1] if held else written).removesuffix("[]").partition("|")[0].strip()
    return bare if _PLAIN.fullmatch(bare) else ""


def _reference(given: list[Node]) -> Node | None:
    """The `ref` in the options of a property, which may be those of a list."""
    for one in given:
        value = one if under(one, "ref") is not None else under(one, "type")
        if value is not None and value.type == "array" and parts(value):
            value = parts(value)[0]
        found = under(value, "ref") if value is not None else None
        if found is not None:
            return found
    return None


def _named(made: Scene, reference: Node, scope: int) -> Origin | None:
    """What a reference of Mongoose names: a model, or a class by itself or by its name."""
    if reference.type == "string":
        return Origin(GLOBAL, f"models.{text_of(reference)[1:-1]}")
    arrow = _ARROW.match(text_of(reference))
    name = arrow[1] if arrow else text_of(reference).removesuffix(".name")
    return named(made, name, scope) if _PLAIN.fullmatch(name) else None


def _extends(made: Scene) -> dict[str, list[str]]:
    """What objects of a class are by what it extends, where that is of a library or argument."""
    found: dict[str, list[str]] = {}
    for scope in made.scopes:
        if scope.kind != "class" or not scope.name:
            continue
        heritage = next((one for one in scope.node.children if one.type == "class_heritage"), None)
        written = _EXTENDS.match(text_of(heritage)) if heritage is not None else None
        if written is None:
            continue
        whence = origin_of_type(made, "".join(written[1].split()), scope.parent)
        if whence is not None and whence.module != HERE:
            found[scope.name] = [whence.module, whence.path]
    return found


def _line(node: Node) -> int:
    return int(node.start_point[0]) + 1
