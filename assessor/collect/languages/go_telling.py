"""Names of functions and methods whose calls may concern data, other systems, jobs or settings.

Only calls of these names are noted; what they are is known once the type of their receiver is.
"""

MARKED = frozenset(
    {
        "As", "Association", "Collection", "Cron", "CronWithSeconds", "Delete", "Every", "Insert",
        "Model", "NewDelete", "NewInsert", "NewSelect", "NewTask", "NewUpdate", "Publisher",
        "QueueDeclare",
        "Replace", "Subscriber", "Subscription", "Table", "Topic", "Update",
    }
)  # fmt: skip
"""Their calls are named in the chains of what they give: `db|.Model|^3|()` is by call 3."""

SQL = frozenset(
    {
        "Exec", "ExecContext", "Get", "GetContext", "MustExec", "MustExecContext", "NamedExec",
        "NamedExecContext", "NamedQuery", "NamedQueryContext", "Prepare", "PrepareContext",
        "PrepareNamed", "PrepareNamedContext", "Preparex", "PreparexContext", "Query",
        "QueryContext", "QueryRow", "QueryRowContext", "QueryRowx", "QueryRowxContext", "Queryx",
        "QueryxContext", "Raw", "Select", "SelectContext",
    }
)  # fmt: skip

_STORED = frozenset(
    {
        "Aggregate", "Append", "AutoMigrate", "BulkWrite", "Clear", "Count", "CountDocuments",
        "Create", "CreateInBatches", "CreateTable", "CrossJoin", "DeleteMany", "DeleteOne",
        "Distinct", "DropTable", "EstimatedDocumentCount", "Exist", "Find", "FindAndCount",
        "FindInBatches", "FindOne", "FindOneAndDelete", "FindOneAndReplace", "FindOneAndUpdate",
        "First", "FirstOrCreate", "FirstOrInit", "From", "InnerJoin", "InsertMany", "InsertOne",
        "Into", "Iterate", "Join", "Joins", "Last", "LeftJoin", "Pluck", "Preload", "Related",
        "ReplaceOne", "RightJoin", "Row", "Rows", "Save", "Scan", "SetTableName", "SingularTable",
        "Suffix", "Sync", "Sync2", "Take", "UpdateColumn", "UpdateColumns", "UpdateMany",
        "UpdateOne", "Updates",
    }
)  # fmt: skip
_BEGUN = frozenset(
    {
        "Batch", "Begin", "BeginFunc", "BeginTx", "BeginTxFunc", "BeginTxx", "Beginx",
        "MustBegin", "RunInTx", "StartTransaction", "Transaction", "View", "WithTransaction",
    }
)  # fmt: skip
_CALLED = frozenset(
    {
        "Call", "Dial", "DialContext", "DialHTTP", "Execute", "Go", "Head", "NewClient",
        "NewRequest", "NewRequestWithContext", "Options", "Patch", "Post", "PostForm", "Put",
    }
)  # fmt: skip
_SENT = frozenset(
    {
        "AddConsumerHandler", "AddHandler", "AddNoPublisherHandler", "ChanQueueSubscribe",
        "ChanSubscribe", "Consume", "ConsumePartition", "ConsumeWithContext", "Do", "Handle",
        "HandleFunc", "NewMsg", "PSubscribe", "Publish", "PublishAsync", "PublishRequest",
        "PublishWithContext", "PublishWithDeferredConfirm",
        "PublishWithDeferredConfirmWithContext", "PullSubscribe", "QueueSubscribe",
        "QueueSubscribeSync", "Receive", "Request", "RequestWithContext", "Subscribe",
        "SubscribeSync", "SubscribeTopics",
    }
)  # fmt: skip
_TIMED = frozenset({"AddFunc", "AddJob", "NewJob", "Register", "Schedule"})
_ASKED = frozenset(
    {
        "BindEnv", "Bool", "Bytes", "Duration", "Exists", "Float64", "Getenv", "GetBool",
        "GetDuration", "GetFloat64", "GetInt", "GetInt32", "GetInt64", "GetIntSlice",
        "GetSizeInBytes", "GetString", "GetStringMap", "GetStringMapString",
        "GetStringMapStringSlice", "GetStringSlice", "GetTime", "GetUint", "GetUint16",
        "GetUint32", "GetUint64", "Int", "Int64", "IsSet", "LookupEnv", "MustString",
        "SetDefault", "String", "Strings", "Sub", "UnmarshalKey",
    }
)  # fmt: skip

_WIRED = frozenset({"Annotate", "Bind", "Build", "Invoke", "NewSet", "Provide"})

TELLING = MARKED | SQL | _STORED | _BEGUN | _CALLED | _SENT | _TIMED | _ASKED | _WIRED


def tells(name: str) -> bool:
    """Whether calls of the name are noted; `New…Client` makes the client of a remote service."""
    return name in TELLING or (name[:3] == "New" and name[-6:] == "Client")
