"""Names of PHP's methods, functions and classes that are looked at after the walk, as data."""

# Eloquent: a method of a model that returns one of these is a relation. -> cardinality, whether
# the column is on this side.
RELATIONS = {
    "belongsTo": ("many-to-one", True),
    "belongsToMany": ("many-to-many", False),
    "hasMany": ("one-to-many", False),
    "hasManyThrough": ("one-to-many", False),
    "hasOne": ("one-to-one", False),
    "hasOneThrough": ("one-to-one", False),
    "morphMany": ("one-to-many", False),
    "morphOne": ("one-to-one", False),
    "morphToMany": ("many-to-many", False),
    "morphedByMany": ("many-to-many", False),
}
# Names of relations follow as texts.
LOADS = frozenset(
    {
        "doesntHave", "has", "load", "loadCount", "loadMissing", "orHas", "orWhereHas",
        "whereDoesntHave", "whereHas", "with", "withCount", "withExists", "withWhereHas",
    }
)  # fmt: skip
# A name of a table follows, or a path from an alias (Doctrine), or a class.
JOINS = frozenset({"crossJoin", "from", "innerJoin", "join", "leftJoin", "rightJoin"})
# Doctrine: what is done to the object that is given, or to the class that is.
MANAGED = {
    "find": ("read",),
    "getReference": ("read",),
    "persist": ("create",),
    "refresh": ("read",),
    "remove": ("delete",),
}
CHANGES = frozenset({"delete", "update"})
SAVES = frozenset({"save", "saveOrFail", "saveQuietly"})
# SQL is given to these. -> whether the receiver need not be known.
SQL_METHODS = frozenset(
    {
        "exec", "executeQuery", "executeStatement", "executeUpdate", "fetchAllAssociative",
        "fetchAllAssociativeIndexed", "fetchAllKeyValue", "fetchAllNumeric", "fetchAssociative",
        "fetchFirstColumn", "fetchNumeric", "fetchOne", "iterateAssociative", "prepare", "query",
        "affectingStatement", "insert", "scalar", "select", "selectOne", "statement",
        "unprepared", "createQuery", "createNativeQuery", "get_col", "get_results", "get_row",
        "get_var",
    }
)  # fmt: skip
SQL_FUNCTIONS = frozenset({"mysqli_query", "mysqli_prepare", "pg_query", "pg_prepare"})
VERBS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "send"})
_REMOTE = VERBS | {
    "request", "requestAsync", "getAsync", "postAsync", "putAsync", "deleteAsync", "patchAsync",
    "sendAsync", "sendRequest", "baseUrl", "__soapCall",
}  # fmt: skip
_MESSAGES = frozenset(
    {
        "dispatch", "dispatchAfterResponse", "dispatchIf", "dispatchNow", "dispatchSync",
        "dispatchToQueue", "dispatchUnless", "basic_consume", "basic_publish", "newTopic",
        "subscribe", "createQueue", "createTopic", "push", "later", "pushOn", "laterOn", "produce",
        "listen", "chain", "batch", "sendEvent", "sendCommand",
    }
)  # fmt: skip
_JOBS = frozenset({"call", "command", "cron", "every", "exec", "job"})
_TRANSACTIONS = frozenset(
    {"transaction", "beginTransaction", "wrapInTransaction", "transactional", "begin_transaction"}
)
# Kept also where nothing is given to them.
WITHOUT_ARGUMENTS = SAVES | _TRANSACTIONS | _MESSAGES
# Of no interest where a class calls them on itself.
NEVER_OWN = (VERBS | SQL_METHODS | {"call", "command", "job"}) - {"createQuery"}
_SETTINGS = frozenset({"get", "getParameter", "getOrFail"})
_CONTAINER = frozenset(
    {"bind", "bindIf", "make", "makeWith", "scoped", "scopedIf", "singleton", "singletonIf"}
)

METHODS = frozenset(
    {
        *RELATIONS, *LOADS, *JOINS, *MANAGED, *CHANGES, *SAVES, *SQL_METHODS, *_REMOTE,
        *_MESSAGES, *_JOBS, *_TRANSACTIONS, *_SETTINGS,
        *_CONTAINER,
    }
)  # fmt: skip
FUNCTIONS = frozenset(
    {
        *SQL_FUNCTIONS, "app", "resolve", "broadcast", "config", "curl_init", "curl_setopt",
        "curl_setopt_array",
        "dispatch", "dispatch_sync", "env", "event", "file_get_contents", "fopen", "getenv",
        "mysqli_begin_transaction", "simplexml_load_file", "get_headers",
    }
)  # fmt: skip
MADE = frozenset({"GuzzleHttp.Client", "SoapClient"})
