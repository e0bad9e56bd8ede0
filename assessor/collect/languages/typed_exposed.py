"""Tables of Exposed in Kotlin: objects that are tables, and what is called on them."""

import re
from collections.abc import Iterator, Mapping

from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_table import Table, Type, named

HOME = "org.jetbrains.exposed"
# Supertypes that make an object a table, and those that make a class rows of one.
TABLES = frozenset(
    {
        "Table", "IdTable", "IntIdTable", "LongIdTable", "UIntIdTable", "ULongIdTable",
        "UUIDTable", "CompositeIdTable",
    }
)  # fmt: skip
ROWS = frozenset(
    {"EntityClass", "IntEntityClass", "LongEntityClass", "UUIDEntityClass", "UIntEntityClass"}
)
_ON_TABLES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("selectAll", "select", "selectBatched", "slice"), ("read",)),
    **dict.fromkeys(
        ("join", "innerJoin", "leftJoin", "rightJoin", "fullJoin", "crossJoin"), ("read",)
    ),
    **dict.fromkeys(
        (
            "insert", "insertAndGetId", "insertIgnore", "insertIgnoreAndGetId", "insertReturning",
            "batchInsert",
        ),
        ("create",),
    ),
    **dict.fromkeys(("upsert", "batchUpsert", "replace", "batchReplace"), ("create", "update")),
    **dict.fromkeys(("update", "updateReturning"), ("update",)),
    **dict.fromkeys(("deleteWhere", "deleteAll", "deleteIgnoreWhere"), ("delete",)),
}  # fmt: skip
_ON_ROWS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("find", "findById", "all", "get", "forIds", "count"), ("read",)),
    "new": ("create",),
    "findByIdAndUpdate": ("read", "update"),
}
_ENDING = re.compile(r"Table\Z")


def default_name(object_: str) -> str:
    """`users` of UsersTable and of Users."""
    return _ENDING.sub("", object_).lower()


def of_exposed(
    table: Table, tables: Mapping[Type, str], rows: Mapping[Type, str]
) -> Iterator[Access]:
    """What is called on tables, and on classes of rows, by whoever calls it.

    tables, rows: object or class -> name of its table.
    """
    if not tables and not rows:
        return
    for source in table.sources:
        for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
            places = zip(facts["keys"], facts["counts"], facts["lines"], strict=True)
            for key, count, line in places:
                owner, _, rest = key.partition(":")
                target = named(table, scope, owner) if "(" in rest and owner else None
                if target is not None and (target in tables or target in rows):
                    known = tables.get(target) or rows.get(target, "")
                    verbs = _ON_TABLES if target in tables else _ON_ROWS
                    for operation in verbs.get(rest.partition("(")[0], ()):
                        yield Access(source, known, operation, "orm", source.file, line, count)
