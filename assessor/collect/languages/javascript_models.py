"""Models and tables that calls in a script define: Mongoose, Sequelize, Drizzle, TypeORM."""

import re
from collections.abc import Callable, Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import said
from assessor.collect.languages.javascript_origins import origin
from assessor.collect.languages.javascript_scene import Scene, chain, given_to, parts, under
from assessor.collect.languages.javascript_whence import GLOBAL, HERE, Origin, home

Row = list[object]
_DRIZZLE = frozenset({"pgTable", "mysqlTable", "sqliteTable", "singlestoreTable"})
_ASSOCIATIONS: Mapping[str, tuple[str, bool]] = {
    "belongsTo": ("many-to-one", True),
    "belongsToMany": ("many-to-many", False),
    "hasMany": ("one-to-many", False),
    "hasOne": ("one-to-one", False),
}
_WANTED = (
    _DRIZZLE | _ASSOCIATIONS.keys() | {"define", "init", "model", "EntitySchema", "references"}
)
_DEEPEST = 4
_MOST = 200  # fields of a schema that are looked at


def models(made: Scene) -> tuple[list[Row], list[Row], dict[str, str]]:
    """Entities, relations, and the names of schemas with the entities that are made of them."""
    entities: list[Row] = []
    relations: list[Row] = []
    schemas: dict[str, str] = {}
    wanted = [(one.node, one.scope, one.name) for one in made.calls if one.name in _WANTED]
    for node, scope, name in wanted:
        row = _defined(made, node, scope, name=name)
        if row is not None:
            made.symbols[node.id] = str(row[0])
            made.known.clear()
            entities.append(row)
    for node, scope, name in wanted:
        if name == "model" and node.id in made.symbols:
            relations += _referenced(made, node, scope, schemas=schemas)
        elif name in _ASSOCIATIONS:
            relations += _associated(made, node, scope, name=name)
        elif name in _DRIZZLE and node.id in made.symbols:
            relations += _columns(made, node)
    return entities, relations, schemas


def _name(node: Node) -> str:
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if function is None:
        return ""
    last = function.child_by_field_name("property")
    return text_of(last if last is not None else function)


def _defined(made: Scene, node: Node, scope: int, *, name: str) -> Row | None:
    given = given_to(node)
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if not given or function is None:
        return None
    if name == "init":
        return _initialised(made, node, scope, given=given)
    whence = origin(made, function, scope)
    package = home(whence.module) if whence is not None else ""
    if name == "define" and not _is_sequelize(function, package):
        return None
    of = "drizzle" if name in _DRIZZLE else name
    home_of, read = _DEFINES.get(of, ("", None))
    if read is None or (home_of and home_of != package):
        return None
    return read(made, node, scope, given=given)


def _row(
    made: Scene, node: Node, *, model: str | None, table: str | None, framework: str
) -> Row | None:
    if model is None or "{" in model:
        return None
    symbol = made.naming.get(node.id, "") or f"#{model}"
    symbol = symbol.rpartition(".")[2]
    title = symbol.removeprefix("#") if framework == "drizzle" else model
    shown = table if table is not None and "{" not in table else "?"
    return [symbol, title, shown, framework, int(node.start_point[0]) + 1, model]


def _drizzle(made: Scene, node: Node, scope: int, *, given: list[Node]) -> Row | None:
    table = said(made, given[0], scope)
    return _row(made, node, model=table, table=table, framework="drizzle")


def _mongoose(made: Scene, node: Node, scope: int, *, given: list[Node]) -> Row | None:
    model = said(made, given[0], scope)
    if len(given) == 1:  # asks for a model that is defined elsewhere
        return None
    if len(given) > 2:  # noqa: PLR2004 - name, schema, collection
        return _row(
            made, node, model=model, table=said(made, given[2], scope), framework="mongoose"
        )
    schema = _schema(made, given[1], scope)
    options = given_to(schema)[1:2] if schema is not None else []
    value = under(options[0], "collection") if options else None
    table = said(made, value, scope) if value is not None else ""
    return _row(made, node, model=model, table=table, framework="mongoose")


def _schema(made: Scene, node: Node, scope: int) -> Node | None:
    """`new Schema({…})`, as it stands or by its name."""
    if node.type in {"new_expression", "call_expression"}:
        return node if _name(node) == "Schema" else None
    name = text_of(node)
    for _, around in chain(made, scope):
        for one in around.values.get(name, ())[:1]:
            return one.node if _name(one.node) == "Schema" else None
    return None


def _is_sequelize(function: Node, package: str) -> bool:
    """By where it comes from, or as the generator of Sequelize names the parameter."""
    inner = function.child_by_field_name("object")
    named = inner is not None and text_of(inner).rpartition(".")[2] == "sequelize"
    return package in {"sequelize", "sequelize-typescript"} or (named and not package)


def _sequelize(made: Scene, node: Node, scope: int, *, given: list[Node]) -> Row | None:
    if len(given) < 2 or given[1].type != "object":  # noqa: PLR2004 - name, attributes
        return None
    model = said(made, given[0], scope)
    options = given[2] if len(given) > 2 else None  # noqa: PLR2004 - options
    table = _named(made, options, model, scope=scope)
    return _row(made, node, model=model, table=table, framework="sequelize")


def _named(made: Scene, options: Node | None, model: str | None, *, scope: int) -> str:
    """The table that options name; "" = by the rule of the library."""
    value = under(options, "tableName")
    if value is not None:
        return said(made, value, scope) or "?"
    frozen = under(options, "freezeTableName")
    if frozen is not None and text_of(frozen) == "true":
        return model or "?"
    underscored = under(options, "underscored")
    return "_" if underscored is not None and text_of(underscored) == "true" else ""


def _initialised(made: Scene, node: Node, scope: int, *, given: list[Node]) -> Row | None:
    """`User.init({…}, { sequelize, modelName: 'user' })`."""
    function = node.child_by_field_name("function")
    inner = function.child_by_field_name("object") if function is not None else None
    options = given[1] if len(given) > 1 else None
    if inner is None or options is None or under(options, "sequelize") is None:
        return None
    named = text_of(inner)
    owner = next((one.name for _, one in chain(made, scope) if one.kind == "class"), "")
    class_ = owner if named in {"this", "super"} else named
    value = under(options, "modelName")
    model = said(made, value, scope) if value is not None else class_
    table = _named(made, options, model, scope=scope)
    row = _row(made, node, model=model, table=table, framework="sequelize")
    return [class_, class_, *row[2:]] if row is not None and class_.isidentifier() else None


def _schema_of(made: Scene, node: Node, scope: int, *, given: list[Node]) -> Row | None:
    """`new EntitySchema({ name: 'User', tableName: 'users' })` of TypeORM."""
    name, table = under(given[0], "name"), under(given[0], "tableName")
    if name is None:
        return None
    text = text_of(name).removesuffix(".name") if name.type == "member_expression" else None
    model = text or said(made, name, scope)
    written = said(made, table, scope) if table is not None else ""
    return _row(made, node, model=model, table=written, framework="typeorm")


def _referenced(made: Scene, node: Node, scope: int, *, schemas: dict[str, str]) -> Iterator[Row]:
    """The `ref` of fields of the schema that a model is made of."""
    given = given_to(node)
    symbol = made.symbols[node.id]
    if given[1].type == "identifier":
        schemas[text_of(given[1])] = symbol
    schema = _schema(made, given[1], scope)
    first = given_to(schema)[:1] if schema is not None else []
    for field, target, many, line in _fields(first[0], "", depth=0) if first else ():
        cardinality = "one-to-many" if many else "many-to-one"
        whence = Origin(GLOBAL, f"models.{target}")
        yield [HERE, symbol, field, *whence, cardinality, True, "mongoose", line]


def _fields(node: Node, before: str, *, depth: int) -> Iterator[tuple[str, str, bool, int]]:
    """(field, name of the model, whether it is a list, line) of each field with a `ref`."""
    for pair in parts(node)[:_MOST] if node.type == "object" and depth < _DEEPEST else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None or value is None:
            continue
        field = f"{before}{text_of(key).strip(chr(39) + chr(34))}"
        inner = under(value, "type") if value.type == "object" else None
        listed = inner if inner is not None and inner.type == "array" else value
        many = listed.type == "array"
        one = parts(listed)[0] if many and parts(listed) else value
        reference = under(one, "ref")
        if reference is not None:
            target = text_of(reference).strip("'\"`").removesuffix(".name")
            if re.fullmatch(r"[\w$]+", target):
                yield field, target, many, int(key.start_point[0]) + 1
        elif one.type == "object":
            yield from _fields(one, f"{field}.", depth=depth + 1)


def _associated(made: Scene, node: Node, scope: int, *, name: str) -> Iterator[Row]:
    """`User.hasMany(Order, { as: 'orders' })`."""
    function, given = node.child_by_field_name("function"), given_to(node)
    inner = function.child_by_field_name("object") if function is not None else None
    if inner is None or not given or given[0].type not in {"identifier", "member_expression"}:
        return
    source, target = _model(made, inner, scope), _model(made, given[0], scope)
    if source is None or target is None:
        return
    value = under(given[1], "as") if len(given) > 1 else None
    field = (said(made, value, scope) if value is not None else "") or ""
    cardinality, key = _ASSOCIATIONS[name]
    line = int(node.start_point[0]) + 1
    yield [source.module, source.path, field, *target, cardinality, key, "sequelize", line]


def _model(made: Scene, node: Node, scope: int) -> Origin | None:
    """What stands for a model: by where it comes from, or by its name in `models`."""
    found = origin(made, node, scope)
    if found is not None and not found.path.endswith("()"):
        return found
    name = text_of(node)
    for _, around in chain(made, scope):
        for one in around.values.get(name, ())[-1:]:
            if one.path and text_of(one.node).rpartition(".")[2] == "models":
                return Origin(GLOBAL, f"models.{one.path}")
    before, _, last = name.rpartition(".")
    of_models = before == "models" or before.endswith(".models")
    return Origin(GLOBAL, f"models.{last}") if of_models and last.isidentifier() else None


def _columns(made: Scene, node: Node) -> Iterator[Row]:
    """`.references(() => users.id)` in the columns of a table of Drizzle."""
    columns = given_to(node)[1:2]
    for pair in parts(columns[0])[:_MOST] if columns and columns[0].type == "object" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        found = (
            re.search(r"\.references\(\s*\(\)[^=]{0,40}=>\s*([\w$]+)\.", text_of(value))
            if value is not None
            else None
        )
        if found and key is not None:
            target = _target(made, found[1])
            line = int(key.start_point[0]) + 1
            yield [
                HERE, made.symbols[node.id], text_of(key), *target, "many-to-one", True,
                "drizzle", line,
            ]  # fmt: skip


def _target(made: Scene, name: str) -> Origin:
    module, exported = made.imports.get(name, (HERE, name))
    return Origin(module, exported)


# What defines something -> the package that it is of, "" = told otherwise; who reads it.
_Read = Callable[..., Row | None]
_DEFINES: Mapping[str, tuple[str, _Read | None]] = {
    "EntitySchema": ("typeorm", _schema_of),
    "define": ("", _sequelize),
    "drizzle": ("drizzle-orm", _drizzle),
    "model": ("mongoose", _mongoose),
}
