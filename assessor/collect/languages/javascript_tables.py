"""Tables that libraries of scripts choose by the names of entities, and what their methods do."""

import re
from collections.abc import Mapping, Sequence

_ABBREVIATION = re.compile(r"([A-Z])([A-Z])([a-z])")
_WORD = re.compile(r"([a-z0-9])([A-Z])")
_PLURALS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"human$", "humans"),
        (r"man$", "men"),
        (r"person$", "people"),
        (r"child$", "children"),
        (r"^ox$", "oxen"),
        (r"(ax|test)is$", r"\1es"),
        (r"(octop|cact|foc|fung|nucle)us$", r"\1i"),
        (r"(alias|status|virus)$", r"\1es"),
        (r"bus$", "buses"),
        (r"(buffal|tomat|potat)o$", r"\1oes"),
        (r"([ti])um$", r"\1a"),
        (r"sis$", "ses"),
        (r"([^f])fe$", r"\1ves"),
        (r"([lr])f$", r"\1ves"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"(x|ch|ss|sh)$", r"\1es"),
        (r"(matr|vert|ind)(?:ix|ex)$", r"\1ices"),
        (r"([ml])ouse$", r"\1ice"),
        (r"quiz$", "quizzes"),
        (r"s$", "s"),
    )
)
_SAME: Mapping[str, frozenset[str]] = {
    "mongoose": frozenset(
        [
            "advice", "energy", "excretion", "digestion", "cooperation", "health", "justice",
            "labour", "machinery", "equipment", "information", "pollution", "sewage", "paper",
            "money", "species", "series", "rain", "rice", "fish", "sheep", "moose", "deer",
            "news", "expertise", "status", "media",
        ]
    ),
    "sequelize": frozenset(
        ["equipment", "information", "rice", "money", "species", "series", "fish", "sheep",
         "news", "data"]
    ),
}  # fmt: skip


def snake(name: str) -> str:
    """`OrderLine` -> `order_line`: TypeORM's naming, and in effect MikroORM's and Sequelize's."""
    return _WORD.sub(r"\1_\2", _ABBREVIATION.sub(r"\1_\2\3", name)).lower()


def plural(name: str, library: str) -> str:
    """The plural that Mongoose or Sequelize makes, in lower case; of English, by its endings."""
    word = name.lower()
    if (
        word in _SAME.get(library, ())
        or not word
        or (library == "mongoose" and word[-1].isdigit())
    ):
        return word
    for pattern, instead in _PLURALS:
        if pattern.search(word):
            return pattern.sub(instead, word)
    return f"{word}s"


def table_of(framework: str, written: str, *, name: str, model: str, frozen: bool) -> str:
    """The table of an entity, "" where only configuration that runs knows it.

    written: the name that is given; "" = none, `_` = none, and in snake case, `?` = not known.
    frozen: the names of models are those of tables, by an option of Sequelize.
    """
    if written == "?":
        return ""
    if written and written != "_":
        return written.lower().replace('"', "").replace("`", "")
    if framework == "mongoose":
        return plural(model, framework)
    if framework == "sequelize":
        if frozen:
            return model.lower()
        return plural(snake(model) if written == "_" else model, framework)
    return snake(name)


READ, CREATE, UPDATE, DELETE = ("read",), ("create",), ("update",), ("delete",)
_BOTH = ("create", "update")


def _table(**verbs: str) -> dict[str, tuple[str, ...]]:
    """Name -> operations, of names in a text for each operation."""
    kinds = {"read": READ, "create": CREATE, "update": UPDATE, "delete": DELETE, "both": _BOTH}
    return {name: kinds[kind] for kind, names in verbs.items() for name in names.split()}


_TYPEORM = _table(
    read="find findBy findOne findOneBy findOneOrFail findOneByOrFail findAndCount findAndCountBy"
    " findByIds findAll count countBy exist exists existsBy sum average minimum maximum getMany"
    " getOne getOneOrFail getRawMany getRawOne getCount getManyAndCount getRawAndEntities"
    " getExists stream query",
    create="insert nativeInsert",
    update="update increment decrement restore recover nativeUpdate",
    delete="delete remove softDelete softRemove clear nativeDelete removeAndFlush",
    both="save upsert persist persistAndFlush",
)
_MONGOOSE = _table(
    read="find findById findOne exists count countDocuments estimatedDocumentCount distinct"
    " aggregate paginate where",
    create="create insertMany insertOne",
    update="update updateOne updateMany replaceOne findOneAndUpdate findOneAndReplace"
    " findByIdAndUpdate",
    delete="delete deleteOne deleteMany remove findOneAndDelete findOneAndRemove"
    " findByIdAndDelete findByIdAndRemove",
    both="bulkWrite bulkSave",
)
_SEQUELIZE = _table(
    read="findAll findOne findByPk findAndCountAll count max min sum aggregate reload findOrBuild"
    " findById",
    create="create bulkCreate",
    update="update increment decrement restore",
    delete="destroy truncate",
    both="upsert",
) | {"findOrCreate": ("create", "read")}
_PRISMA = _table(
    read="findMany findFirst findFirstOrThrow findUnique findUniqueOrThrow count aggregate"
    " groupBy",
    create="create createMany createManyAndReturn",
    update="update updateMany updateManyAndReturn",
    delete="delete deleteMany",
    both="upsert",
)
OPERATIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "drizzle": _table(
        read="from innerJoin leftJoin rightJoin fullJoin findMany findFirst",
        create="insert", update="update", delete="delete",
    ),
    "mikro-orm": _TYPEORM | {"create": ()},
    "mongodb": _MONGOOSE,
    "mongoose": _MONGOOSE,
    "prisma": _PRISMA,
    "sequelize": _SEQUELIZE,
    "typeorm": _TYPEORM | {"create": ()},
}  # fmt: skip
# What an object does to its row, by how it came to be.
OF_OBJECT: Mapping[str, tuple[str, ...]] = {
    "save": UPDATE, "update": UPDATE, "updateOne": UPDATE, "increment": UPDATE,
    "decrement": UPDATE, "restore": UPDATE, "reload": READ, "remove": DELETE,
    "deleteOne": DELETE, "destroy": DELETE, "softRemove": DELETE,
}  # fmt: skip
# In a chain of a query builder: the strongest of these says what is done, else it reads.
BUILDERS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("insert()", CREATE), ("upsert()", _BOTH), ("update()", UPDATE), ("increment()", UPDATE),
    ("decrement()", UPDATE), ("delete()", DELETE), ("del()", DELETE), ("softDelete()", DELETE),
    ("truncate()", DELETE), ("restore()", UPDATE),
)  # fmt: skip
