"""Libraries for data, calls, messages, jobs and settings: their import paths, what their functions
give.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_PATHS: Mapping[str, str] = {
    "cloud.google.com/go/pubsub": "pubsub",
    "database/sql": "sql",
    "entgo.io/ent": "ent",
    "github.com/IBM/sarama": "sarama",
    "github.com/Masterminds/squirrel": "squirrel",
    "github.com/Shopify/sarama": "sarama",
    "github.com/ThreeDotsLabs/watermill/message": "watermill",
    "github.com/aws/aws-sdk-go-v2/service/sns": "sns",
    "github.com/aws/aws-sdk-go-v2/service/sqs": "sqs",
    "github.com/aws/aws-sdk-go/service/sns": "sns",
    "github.com/aws/aws-sdk-go/service/sqs": "sqs",
    "github.com/boltdb/bolt": "bbolt",
    "github.com/confluentinc/confluent-kafka-go/kafka": "confluent",
    "github.com/elgris/sqrl": "squirrel",
    "github.com/go-co-op/gocron": "gocron",
    "github.com/go-redis/redis": "redis",
    "github.com/go-resty/resty": "resty",
    "github.com/go-xorm/xorm": "xorm",
    "github.com/google/wire": "wire",
    "github.com/gomodule/redigo/redis": "redigo",
    "github.com/hasura/go-graphql-client": "graphql",
    "github.com/hibiken/asynq": "asynq",
    "github.com/jackc/pgx": "pgx",
    "github.com/jackc/pgx/pgxpool": "pgx",
    "github.com/jasonlvhit/gocron": "gocron",
    "github.com/jinzhu/gorm": "gorm",
    "github.com/jmoiron/sqlx": "sqlx",
    "github.com/knadh/koanf": "koanf",
    "github.com/machinebox/graphql": "graphql",
    "github.com/nats-io/nats.go": "nats",
    "github.com/nats-io/nats.go/jetstream": "nats",
    "github.com/rabbitmq/amqp091-go": "amqp",
    "github.com/redis/go-redis": "redis",
    "github.com/robfig/cron": "cron",
    "github.com/segmentio/kafka-go": "kafka-go",
    "github.com/shurcooL/graphql": "graphql",
    "github.com/spf13/viper": "viper",
    "github.com/streadway/amqp": "amqp",
    "github.com/uptrace/bun": "bun",
    "go.etcd.io/bbolt": "bbolt",
    "go.mongodb.org/mongo-driver/mongo": "mongo",
    "go.uber.org/dig": "dig",
    "go.uber.org/fx": "fx",
    "google.golang.org/grpc": "grpc",
    "gorm.io/gorm": "gorm",
    "net/http": "http",
    "net/rpc": "rpc",
    "net/rpc/jsonrpc": "rpc",
    "os": "os",
    "resty.dev": "resty",
    "syscall": "os",
    "xorm.io/xorm": "xorm",
}
_VERSION = re.compile(r"/v\d+(?=/|$)")
_STANDARD = frozenset(
    {
        "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "embed",
        "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "index",
        "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin", "reflect",
        "regexp", "runtime", "slices", "sort", "strconv", "strings", "sync", "syscall",
        "testing", "text", "time", "unicode", "unsafe",
    }
)  # fmt: skip
# What a call gives that does not give one of its own kind.
_GIVES: Mapping[str, str] = {
    "amqp.Connection.Channel": "amqp.Channel",
    "amqp.Dial": "amqp.Connection",
    "amqp.DialConfig": "amqp.Connection",
    "amqp.DialTLS": "amqp.Connection",
    "asynq.NewClient": "asynq.Client",
    "asynq.NewScheduler": "asynq.Scheduler",
    "asynq.NewServeMux": "asynq.ServeMux",
    "bbolt.Open": "bbolt.DB",
    "confluent.NewConsumer": "confluent.Consumer",
    "confluent.NewProducer": "confluent.Producer",
    "cron.New": "cron.Cron",
    "dig.New": "dig.Container",
    "gorm.DB.Association": "gorm.Association",
    "gorm.DB.Migrator": "gorm.Migrator",
    "graphql.NewClient": "graphql.Client",
    "grpc.Dial": "grpc.ClientConn",
    "grpc.DialContext": "grpc.ClientConn",
    "grpc.NewClient": "grpc.ClientConn",
    "koanf.New": "koanf.Koanf",
    "mongo.Client.Database": "mongo.Database",
    "mongo.Client.StartSession": "mongo.Session",
    "mongo.Connect": "mongo.Client",
    "mongo.Database.Client": "mongo.Client",
    "mongo.Database.Collection": "mongo.Collection",
    "mongo.NewClient": "mongo.Client",
    "nats.Conn.JetStream": "nats.JetStreamContext",
    "nats.Connect": "nats.Conn",
    "nats.New": "nats.JetStreamContext",
    "pgx.Batch": "pgx.Batch",
    "pgx.Conn.Begin": "pgx.Tx",
    "pgx.Conn.BeginTx": "pgx.Tx",
    "pgx.Connect": "pgx.Conn",
    "pgx.ConnectConfig": "pgx.Conn",
    "pgx.New": "pgx.Pool",
    "pgx.NewWithConfig": "pgx.Pool",
    "pgx.Pool.Acquire": "pgx.Conn",
    "pgx.Pool.Begin": "pgx.Tx",
    "pgx.Pool.BeginTx": "pgx.Tx",
    "pgx.Tx.Begin": "pgx.Tx",
    "pubsub.Client.Publisher": "pubsub.Publisher",
    "pubsub.Client.Subscriber": "pubsub.Subscriber",
    "pubsub.Client.Subscription": "pubsub.Subscription",
    "pubsub.Client.Topic": "pubsub.Topic",
    "pubsub.NewClient": "pubsub.Client",
    "redigo.Dial": "redigo.Conn",
    "redigo.DialURL": "redigo.Conn",
    "redigo.Pool.Get": "redigo.Conn",
    "redis.NewClient": "redis.Client",
    "redis.NewClusterClient": "redis.Client",
    "redis.NewUniversalClient": "redis.Client",
    "resty.Client.R": "resty.Request",
    "resty.New": "resty.Client",
    "resty.NewWithClient": "resty.Client",
    "rpc.Dial": "rpc.Client",
    "rpc.DialHTTP": "rpc.Client",
    "rpc.DialHTTPPath": "rpc.Client",
    "rpc.NewClient": "rpc.Client",
    "sarama.NewAsyncProducer": "sarama.AsyncProducer",
    "sarama.NewConsumer": "sarama.Consumer",
    "sarama.NewConsumerGroup": "sarama.ConsumerGroup",
    "sarama.NewSyncProducer": "sarama.SyncProducer",
    "sql.Conn.BeginTx": "sql.Tx",
    "sql.DB.Begin": "sql.Tx",
    "sql.DB.BeginTx": "sql.Tx",
    "sql.DB.Conn": "sql.Conn",
    "sql.Open": "sql.DB",
    "sql.OpenDB": "sql.DB",
    "sqlx.Connect": "sqlx.DB",
    "sqlx.ConnectContext": "sqlx.DB",
    "sqlx.DB.Begin": "sql.Tx",
    "sqlx.DB.BeginTx": "sql.Tx",
    "sqlx.DB.BeginTxx": "sqlx.Tx",
    "sqlx.DB.Beginx": "sqlx.Tx",
    "sqlx.DB.MustBegin": "sqlx.Tx",
    "sqlx.MustConnect": "sqlx.DB",
    "sqlx.MustOpen": "sqlx.DB",
    "sqlx.NewDb": "sqlx.DB",
    "sqlx.Open": "sqlx.DB",
    "viper.GetViper": "viper.Viper",
    "viper.New": "viper.Viper",
    "viper.NewWithOptions": "viper.Viper",
    "xorm.NewEngine": "xorm.Engine",
}
# Libraries whose methods give something of the same kind, whatever they are called.
_FLUENT: Mapping[str, str] = {
    "bun": "bun.Query",
    "gocron": "gocron.Scheduler",
    "gorm": "gorm.DB",
    "squirrel": "squirrel.Builder",
    "xorm": "xorm.Session",
}
_FLUENT_TYPES = frozenset({"resty.Request", "viper.Viper"})


def plain(path: str) -> str:
    """The import path without the number of its version."""
    return _VERSION.sub("", path)


@lru_cache(maxsize=20_000)
def library(path: str) -> str:
    """The short name of a library by its import path, "" for one that says nothing here."""
    return _PATHS.get(path) or _PATHS.get(plain(path), "")


def is_standard(path: str) -> bool:
    """Whether the path is of the standard library."""
    return path.partition("/")[0] in _STANDARD


def given(called: str) -> str:
    """The type that a call of `library.Type.Method` or `library.Function` gives, "" = unknown."""
    found = _GIVES.get(called)
    if found is not None:
        return found
    owner = called.rpartition(".")[0]
    if owner in _FLUENT_TYPES:
        return owner
    return _FLUENT.get(called.partition(".")[0], "")


def known_by(path: str, alias: str) -> dict[str, str]:
    """Name of a package in a file -> the library that it is; nothing for one that says nothing."""
    short = library(path)
    if not short:
        return {}
    return dict.fromkeys([alias] if alias else names_of(path), short)


@lru_cache(maxsize=20_000)
def names_of(path: str) -> tuple[str, ...]:
    """The names that a package may have by its path: `kafka-go/v2` is `kafka`."""
    last = plain(path).rpartition("/")[2]
    return last, re.sub(r"^go-|-go$|[.]go$|[.]dev$", "", last), re.sub(r"\d+-go$", "", last)
