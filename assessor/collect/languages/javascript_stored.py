"""What a script says of what is stored: declared entities, relations, calls of them, SQL."""

from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_classes import classes
from assessor.collect.languages.javascript_models import models
from assessor.collect.languages.javascript_origins import origin
from assessor.collect.languages.javascript_scene import (
    Called,
    Scene,
    chain,
    given_to,
    parts,
    under,
)
from assessor.collect.languages.javascript_sql import DRIVERS, texts
from assessor.collect.languages.javascript_whence import GLOBAL, HERE, Origin, home, is_package

ORMS = frozenset(
    {
        "@mikro-orm/core", "@mikro-orm/mongodb", "@mikro-orm/mysql", "@mikro-orm/nestjs",
        "@mikro-orm/postgresql", "@nestjs/mongoose", "@nestjs/sequelize", "@nestjs/typeorm",
        "@prisma/client", "@typegoose/typegoose", "drizzle-orm", "knex", "mongodb", "mongoose",
        "sequelize", "sequelize-typescript", "typeorm",
    }
)  # fmt: skip
LIBRARIES = ORMS | DRIVERS
_VERBS = frozenset(
    {
        "aggregate", "average", "bulkCreate", "bulkSave", "bulkWrite", "clear", "count",
        "countBy", "countDocuments", "create", "createMany", "createManyAndReturn", "decrement",
        "delete", "deleteMany", "deleteOne", "destroy", "distinct", "estimatedDocumentCount",
        "execute", "exist", "exists", "existsBy", "find", "findAll", "findAndCount",
        "findAndCountAll", "findAndCountBy", "findBy", "findById", "findByIdAndDelete",
        "findByIdAndRemove", "findByIdAndUpdate", "findByIds", "findByPk", "findFirst",
        "findFirstOrThrow", "findMany", "findOne", "findOneAndDelete", "findOneAndRemove",
        "findOneAndReplace", "findOneAndUpdate", "findOneBy", "findOneByOrFail",
        "findOneOrFail", "findOrCreate", "findUnique", "findUniqueOrThrow", "getCount",
        "getExists", "getMany", "getManyAndCount", "getOne", "getOneOrFail",
        "getRawAndEntities", "getRawMany", "getRawOne", "groupBy", "increment", "insert",
        "insertMany", "insertOne", "max", "maximum", "min", "minimum", "nativeDelete",
        "nativeInsert", "nativeUpdate", "paginate", "persist", "persistAndFlush", "recover",
        "reload", "remove", "removeAndFlush", "replaceOne", "restore", "save", "softDelete",
        "softRemove", "stream", "sum", "truncate", "update", "updateMany",
        "updateManyAndReturn", "updateOne", "upsert", "where",
    }
)  # fmt: skip
_BUILDS = ("('", "createQueryBuilder()")  # in a path: what is done only the whole chain tells
_JOINS = frozenset(
    {"from", "innerJoin", "leftJoin", "rightJoin", "fullJoin", "insert", "update", "delete"}
)
# What may end a chain of a query builder beside the verbs.
_BUILDING = frozenset(
    {
        "andWhere", "as", "del", "first", "groupBy", "into", "join", "leftJoin", "limit",
        "offset", "orWhere", "orderBy", "pluck", "returning", "select", "then", "whereIn",
        "whereNot", "whereNull",
    }
)  # fmt: skip
_MOST = 2_000


def stored(made: Scene) -> dict[str, object]:
    """`entities`, `relations`, `calls`, `texts` and `extends`; none of them where it is empty.

    entities: [symbol, name, table or "", framework, line, name of the model].
    relations: [specifier and path of the source, field, the same of the target, cardinality,
    whether the column is on this side, framework, line]. calls: [line, specifier, path].
    texts: see `javascript_sql`. extends: name of a class -> [specifier, path] of what its objects
    are.
    """
    declared, related, extends = classes(made)
    defined, linked, schemas = models(made)
    entities, relations = [*declared, *defined], [*related, *linked]
    own = {str(row[0]) for row in entities} | extends.keys()
    calls = sorted(
        {
            (line, whence.module, whence.path)
            for line, whence in _calls(made, schemas)
            if whence.module != HERE or whence.path.partition(".")[0].removesuffix("()") in own
        }
    )
    found = {
        "entities": entities,
        "relations": relations,
        "calls": [list(call) for call in calls],
        "texts": texts(made),
        "extends": extends,
    }
    return {name: value for name, value in found.items() if value}


def _calls(made: Scene, schemas: dict[str, str]) -> Iterator[tuple[int, Origin]]:
    for call in islice((one for one in made.calls if _concerns(made, one)), _MOST):
        node, scope, function, name, _ = call
        last = function.child_by_field_name("property")
        line = int((last if last is not None else node).start_point[0]) + 1
        whence = _whence(made, node, scope, function=function, schemas=schemas)
        if whence is not None and _may_be_stored(whence) and _is_whole(node, whence):
            yield line, whence
        if whence is not None and name.startswith("find"):
            yield from _included(made, node, scope, line=line)
        if name in _JOINS:
            yield from _joined(made, node, scope, line=line, verb=name)


def _concerns(made: Scene, call: Called) -> bool:
    """Whether the name that is called may do something to what is stored."""
    if call.dotted:
        return call.name in _VERBS or call.name in _JOINS or call.name in _BUILDING
    return call.name in made.imports and call.node.type == "call_expression" and _ends(call.node)


def _ends(node: Node) -> bool:
    """Whether nothing is called on what the call gives."""
    around = node.parent
    return around is None or around.type != "member_expression"


def _is_whole(node: Node, whence: Origin) -> bool:
    builds = any(part in whence.path for part in _BUILDS) and "collection('" not in whence.path
    return _ends(node) if builds else True


def _whence(
    made: Scene, node: Node, scope: int, *, function: Node, schemas: dict[str, str]
) -> Origin | None:
    inner = function.child_by_field_name("object")
    if inner is not None and inner.type == "this":
        symbol = schemas.get(_schema(made, scope), "")
        if symbol:
            return Origin(HERE, f"{symbol}.{text_of(function).rpartition('.')[2]}()")
    return origin(made, node, scope)


def _schema(made: Scene, scope: int) -> str:
    """The schema whose function is around: `userSchema.statics.find = function …`."""
    for _, around in chain(made, scope):
        if around.kind != "function" or around.node.type == "arrow_function":
            continue
        named = made.naming.get(around.node.id, "")
        holder = around.node.parent if around.node.type == "method_definition" else None
        given = holder.parent if holder is not None else None
        if holder is not None and given is not None:
            named = made.naming.get(holder.id, "")
        return named.partition(".statics")[0] if ".statics" in named else ""
    return ""


def _may_be_stored(whence: Origin) -> bool:
    if whence.module == GLOBAL:
        return whence.path.startswith("models.")
    return not is_package(whence.module) or "/" in whence.module or home(whence.module) in ORMS


def _included(made: Scene, node: Node, scope: int, *, line: int) -> Iterator[tuple[int, Origin]]:
    """`findAll({include: [{model: Order}]})` reads the other as well."""
    for given in given_to(node):
        value = under(given, "include")
        for one in parts(value) if value is not None and value.type == "array" else [value]:
            model = under(one, "model") if one is not None and one.type == "object" else one
            if model is not None and model.type in {"identifier", "member_expression"}:
                whence = origin(made, model, scope)
                if whence is not None and whence.path and not whence.path.endswith(")"):
                    yield line, Origin(whence.module, f"{whence.path}.findAll()")


def _joined(
    made: Scene, node: Node, scope: int, *, line: int, verb: str
) -> Iterator[tuple[int, Origin]]:
    """`db.select().from(users)`, `db.insert(users)`: tables of Drizzle are arguments."""
    given = given_to(node)
    if not given or given[0].type not in {"identifier", "member_expression"}:
        return
    whence = origin(made, given[0], scope)
    if whence is not None and not whence.path.endswith(")") and whence.module != GLOBAL:
        yield line, Origin(whence.module, f"{whence.path}.@table.{verb}()")
