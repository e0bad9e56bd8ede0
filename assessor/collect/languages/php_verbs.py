"""What methods of Eloquent and Doctrine do to a table, as data."""

from collections.abc import Mapping

READ, CREATE, UPDATE, DELETE = "read", "create", "update", "delete"

# Of a query: what is done, and what comes back: one, many, a new one, or nothing to follow.
ONE, MANY, NEW, NOTHING = "one", "many", "new", ""
Effect = tuple[tuple[str, ...], str]


def _all(names: str, operations: tuple[str, ...], gives: str) -> dict[str, Effect]:
    return dict.fromkeys(names.split(), (operations, gives))


OF_QUERY: Mapping[str, Effect] = {
    **_all("find first firstOrFail findOrFail sole firstWhere findOr firstOr getResult",
           (READ,), ONE),
    **_all("all get paginate simplePaginate cursorPaginate cursor lazy lazyById lazyByIdDesc"
           " findMany getEager getResults fastPaginate", (READ,), MANY),
    **_all("aggregate avg average chunk chunkById chunkByIdDesc chunkMap count doesntExist each"
           " eachById exists existsOr implode max min numericAggregate pluck rawValue soleValue"
           " sum value valueOrFail", (READ,), NOTHING),
    **_all("create createQuietly forceCreate forceCreateQuietly", (CREATE,), ONE),
    **_all("createMany createManyQuietly fillAndInsert insert insertGetId insertOrIgnore"
           " insertUsing saveMany saveManyQuietly", (CREATE,), NOTHING),
    **_all("createOrFirst firstOrCreate", (CREATE, READ), ONE),
    **_all("updateOrCreate", (CREATE, READ, UPDATE), ONE),
    **_all("updateOrInsert", (CREATE, READ, UPDATE), NOTHING),
    **_all("incrementOrCreate", (CREATE, READ, UPDATE), ONE),
    **_all("upsert", (CREATE, UPDATE), NOTHING),
    **_all("firstOrNew findOrNew", (READ,), NEW),
    **_all("make newModelInstance makeMany", (), NEW),
    **_all("decrement decrementEach increment incrementEach restore restoreQuietly touch update"
           " updateQuietly updateOrFail", (UPDATE,), NOTHING),
    **_all("delete deleteQuietly forceDelete forceDeleteQuietly truncate destroy forceDestroy",
           (DELETE,), NOTHING),
}  # fmt: skip
# Of a model itself, where it is more than of a query, or another thing.
OF_ONE: Mapping[str, Effect] = {
    **_all("push pushQuietly", (UPDATE,), NOTHING),
    **_all("decrement decrementQuietly increment incrementQuietly restore restoreQuietly touch"
           " touchQuietly update updateOrFail updateQuietly", (UPDATE,), NOTHING),
    **_all("delete deleteOrFail deleteQuietly forceDelete forceDeleteQuietly", (DELETE,), NOTHING),
    **_all("fresh refresh", (READ,), ONE),
    **_all("fill forceFill load loadMissing loadCount setAttribute makeHidden makeVisible"
           " setRelation append withoutRelations", (), ONE),
    **_all("replicate replicateQuietly newInstance", (), NEW),
}  # fmt: skip
# Of a query between two tables: what is done to the table between.
OF_PIVOT: Mapping[str, tuple[str, ...]] = {
    "attach": (CREATE,),
    "create": (CREATE,),
    "createMany": (CREATE,),
    "detach": (DELETE,),
    "save": (CREATE,),
    "saveMany": (CREATE,),
    "sync": (CREATE, DELETE, READ),
    "syncWithPivotValues": (CREATE, DELETE, READ),
    "syncWithoutDetaching": (CREATE, READ),
    "toggle": (CREATE, DELETE, READ),
    "updateExistingPivot": (UPDATE,),
}
# What gives a query of a model; of a model that is at hand only these do.
BEGINS = frozenset(
    {
        "newModelQuery", "newQuery", "newQueryWithoutRelationships", "newQueryWithoutScopes",
        "on", "onlyTrashed", "query", "with", "withCount", "withTrashed", "withoutGlobalScope",
        "withoutGlobalScopes", "withoutTrashed",
    }
)  # fmt: skip
BEGIN_WITH = ("where", "orWhere", "orderBy", "select", "has", "find", "first", "doesntHave")
# Static methods of models that ask nothing of a table.
NO_QUERIES = frozenset(
    {
        "addGlobalScope", "boot", "booted", "booting", "class", "clearBootedModels", "created",
        "creating", "deleted", "deleting", "flushEventListeners", "forceDeleted",
        "getEventDispatcher", "handleLazyLoadingViolationUsing", "hasGlobalScope", "macro",
        "morphMap", "observe", "preventLazyLoading", "preventSilentlyDiscardingAttributes",
        "reguard", "replicating", "resolveConnection", "resolveRelationUsing", "restored",
        "restoring", "retrieved", "saved", "saving", "setConnectionResolver",
        "setEventDispatcher", "shouldBeStrict", "trashed", "unguard", "unguarded", "updated",
        "updating", "withoutEvents", "withoutTimestamps", "withoutTouching", "mixin", "hydrate",
        "disableSearchSyncing", "enableSearchSyncing", "withoutSyncingToSearch", "search",
        "makeAllSearchable", "removeAllFromSearch",
    }
)  # fmt: skip
# A query ends in these, without having asked anything.
SAYS_ONLY = frozenset(
    {
        "associate", "dissociate", "dd", "dump", "getBindings", "getForeignKeyName", "getModel",
        "getRelated", "getTable", "toRawSql", "toSql", "getForeignPivotKeyName",
        "getParent", "getOwnerKeyName", "getConnection", "getMorphType", "getQualifiedKeyName",
    }
)  # fmt: skip
OF_FACTORY: Mapping[str, Effect] = {
    **_all("create createOne createQuietly createOneQuietly", (CREATE,), ONE),
    **_all("createMany createManyQuietly", (CREATE,), MANY),
    **_all("make makeOne makeMany raw", (), NEW),
}
# Of many that are at hand.
PICKS = frozenset(
    {
        "[]", "each", "find", "first", "firstOrFail", "firstWhere", "last", "pop", "random",
        "shift", "sole",
    }
)  # fmt: skip
KEEPS = frozenset(
    {
        "concat", "except", "filter", "fresh", "intersect", "keyBy", "load", "loadCount",
        "loadMissing", "merge", "only", "reject", "reverse", "skip", "slice", "sort", "sortBy",
        "sortByDesc", "sortDesc", "sortKeys", "take", "unique", "values", "where", "whereIn",
        "whereNotIn", "whereNotNull", "whereNull", "items", "getCollection", "toBase", "all",
    }
)  # fmt: skip
# Of a repository of Doctrine that a class does not declare itself.
OF_REPOSITORY: Mapping[str, Effect] = {
    **_all("find findOneBy", (READ,), ONE),
    **_all("findAll findBy matching", (READ,), MANY),
    **_all("count", (READ,), NOTHING),
}
OF_BUILDER: Mapping[str, Effect] = {
    **_all("getOneOrNullResult getSingleResult", (READ,), ONE),
    **_all("getResult toIterable", (READ,), MANY),
    **_all("execute getArrayResult getScalarResult getSingleColumnResult getSingleScalarResult"
           " getSql getDQL", (READ,), NOTHING),
}  # fmt: skip
