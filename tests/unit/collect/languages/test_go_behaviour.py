"""What Go code calls, sends and receives, what clocks start, transactions, settings."""
# ruff: noqa: E501 - sources of a few lines read best as one

import pytest
from unit.collect.languages.go_sources import resolved, told

from assessor.collect.languages.go import extract
from assessor.model.records import Artefact

NAMES = 'package names\nconst Orders = "orders"\nconst Base = "https://stock.example.com"\n'
STUBS = """package pb
import "google.golang.org/grpc"
type StockClient interface {
	Take(ctx any, in *Item, opts ...grpc.CallOption) (*Item, error)
}
type Item struct{}
func NewStockClient(cc grpc.ClientConnInterface) StockClient { return nil }
"""
IMPORTS = """package app
import (
	"net/http"
	"net/rpc"
	"os"
	"context"
	"github.com/go-resty/resty/v2"
	"google.golang.org/grpc"
	"example.com/shop/names"
	"example.com/shop/pb"
	rates "example.org/rates/pb"
	"github.com/machinebox/graphql"
	"github.com/IBM/sarama"
	kafka "github.com/segmentio/kafka-go"
	ck "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/nats-io/nats.go"
	"github.com/redis/go-redis/v9"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"cloud.google.com/go/pubsub"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/hibiken/asynq"
	"github.com/robfig/cron/v3"
	"github.com/go-co-op/gocron"
	"database/sql"
	"github.com/jmoiron/sqlx"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
	bolt "go.etcd.io/bbolt"
	"github.com/spf13/viper"
	"github.com/knadh/koanf/v2"
	"fmt"
)
const local = "local-topic"
type App struct {
	client *http.Client
	ch     *amqp.Channel
	topic  *pubsub.Topic
	other  Other
}
type Other struct{}
func (o Other) Get(u string) {}
func (o Other) Publish(u string) {}
func (o Other) Begin() {}
func (a *App) clean() {}
type Job struct{}
func (Job) Run() {}
func getenv(key, fallback string) string {
	if v := os.Getenv(key); v != "" { return v }
	return fallback
}
func mapped(target *string, key string) { *target = os.Getenv(key) }
"""


def files(body: str) -> dict[str, str]:
    main = f"{IMPORTS}func (a *App) do(given string, conn *grpc.ClientConn) {{\n{body}\n}}\n"
    return {"app/app.go": main, "names/names.go": NAMES, "pb/stock_grpc.pb.go": STUBS}


def rows(body: str, kind: str, *keys: str) -> list[str]:
    """What the method `do` with this body gives, without its places."""
    found = told(files(body), kind, *keys)
    return sorted(row.split(" ", 1)[1] for row in found if row.startswith("app/"))


REMOTE = {
    "get": ('http.Get("https://a.example.com/x")', ["http GET https://a.example.com/x net/http"]),
    "client": ('a.client.Head("http://a/x")', ["http HEAD http://a/x net/http"]),
    "default client": ('http.DefaultClient.Get("http://a/x")', ["http GET http://a/x net/http"]),
    "post": ('http.Post(given + "/x", "text/plain", nil)', ["http POST {}/x net/http"]),
    "request": (
        'http.NewRequest("PUT", fmt.Sprintf("http://a/%d/b", 1), nil)', ["http PUT http://a/1/b net/http"],
    ),
    "request with a constant": (
        'http.NewRequestWithContext(ctx, http.MethodPatch, names.Base+"/x", nil)',
        ["http PATCH https://stock.example.com/x net/http"],
    ),
    "address by a variable": ('u := "http://a/x"\nhttp.Get(u)', ["http GET http://a/x net/http"]),
    "unknown address": ("http.Get(given)", ["http GET - net/http"]),
    "unknown method": ('http.NewRequest(given, "http://a/x", nil)', ["http ANY http://a/x net/http"]),
    "credentials": ('http.Get("https://u:geheim@a/x")', ["http GET https://***@a/x net/http"]),
    "resty": ('resty.New().R().SetBody(b).Post("/x")', ["http POST /x resty"]),
    "resty by a variable": (
        'c := resty.New()\nc.R().Execute("DELETE", "/x")', ["http DELETE /x resty"],
    ),
    "connection": ('grpc.Dial("stock:80")', ["grpc ANY stock:80 grpc-go"]),
    "new connection": ("grpc.NewClient(given)", ["grpc ANY - grpc-go"]),
    "stub of the project": ("pb.NewStockClient(conn).Take(ctx, nil)", ["grpc Take Stock grpc-go"]),
    "stub by a variable": ("s := pb.NewStockClient(conn)\ns.Take(ctx, nil)", ["grpc Take Stock grpc-go"]),
    "stub from outside": ("rates.NewRatesClient(conn).Read()", ["grpc ANY Rates grpc-go"]),
    "net/rpc": ('c, _ := rpc.Dial("tcp", "b:1")\nc.Call("Sum.Add", x, y)', ["rpc ANY b:1 net/rpc", "rpc Sum.Add - net/rpc"]),
    "graphql": ('graphql.NewClient("https://g/q")', ["graphql ANY https://g/q graphql"]),
    "decoys": (
        'a.other.Get("http://a")\nhttp.Error(w, "x", 1)\nrates.NewRatesClient(given)\n// http.Get("b")',
        [],
    ),
}  # fmt: skip
MESSAGES = {
    "sarama": ('m := &sarama.ProducerMessage{Topic: "a"}', ["send a kafka sarama"]),
    "sarama group": ('var g sarama.ConsumerGroup\ng.Consume(ctx, []string{"a", names.Orders}, h)', ["receive a kafka sarama", "receive orders kafka sarama"]),
    "kafka-go writer": ("w := kafka.Writer{Topic: names.Orders}", ["send orders kafka kafka-go"]),
    "kafka-go reader": ("kafka.NewReader(kafka.ReaderConfig{Topic: local})", ["receive local-topic kafka kafka-go"]),
    "kafka-go unknown": (
        "kafka.Writer{Topic: cfg.Topic}\nkafka.Message{Topic: a.cfg.Topics.Orders.Name}",
        ["send - kafka kafka-go"],
    ),
    "confluent": ('c, _ := ck.NewConsumer(x)\nc.SubscribeTopics([]string{"a"}, nil)', ["receive a kafka confluent-kafka"]),
    "amqp queue": (
        ('q, _ := a.ch.QueueDeclare("jobs", true, false, false, false, nil)\n'
        'a.ch.Publish("", q.Name, false, false, m)\na.ch.Consume(q.Name, "", true, false, false, false, nil)'),
        ["receive jobs rabbitmq amqp", "send jobs rabbitmq amqp"],
    ),
    "amqp exchange": ('a.ch.PublishWithContext(ctx, "events", "a.b", false, false, m)', ["send events rabbitmq amqp"]),
    "nats": ('nc, _ := nats.Connect(u)\nnc.Publish("a.b", x)\nnc.QueueSubscribe("a.>", "w", h)', ["receive a.> nats nats.go", "send a.b nats nats.go"]),
    "nats message": ('m := nats.NewMsg("a.b")\nnc.PublishMsg(m)', ["send a.b nats nats.go"]),
    "redis": ('r := redis.NewClient(o)\nr.Publish(ctx, "a", x)\nr.Subscribe(ctx, "a", "b")', ["receive a redis go-redis", "receive b redis go-redis", "send a redis go-redis"]),
    "redis stream": ('x := &redis.XAddArgs{Stream: "s"}', ["send s redis go-redis"]),
    "sqs": ('x := &sqs.SendMessageInput{QueueUrl: aws.String("https://q/1")}', ["send https://q/1 sqs aws-sdk"]),
    "pubsub": ('var c *pubsub.Client\na.topic = c.Topic("a")\na.topic.Publish(ctx, m)\nc.Subscription("s").Receive(ctx, f)', ["receive s pubsub google-pubsub", "send a pubsub google-pubsub"]),
    "watermill": ('var p message.Publisher\np.Publish("a", m)', ["send a  watermill"]),
    "asynq": ('asynq.NewTask("mail:send", nil)\nasynq.NewServeMux().HandleFunc("mail:send", h)', ["receive mail:send redis asynq", "send mail:send redis asynq"]),
    "decoys": ('a.other.Publish("x")\nhttp.HandleFunc("/x", h)\ntype Writer struct{ Topic string }\n_ = Writer{Topic: "x"}', []),
}  # fmt: skip
JOBS = {
    "cron": ('c := cron.New()\nc.AddFunc("@daily", a.clean)', ["@daily App.clean cron"]),
    "cron without a name": ('cron.New().AddFunc("0 * * * *", func() {})', ["0 * * * * App.do() cron"]),
    "cron job": ('cron.New().AddJob("@hourly", Job{})', ["@hourly Job.Run cron"]),
    "cron unknown": ("cron.New().AddFunc(given, getenv)", ["- getenv cron"]),
    "gocron": ("s := gocron.NewScheduler(z)\ns.Every(5).Minutes().Do(a.clean)", ["every 5 minutes App.clean gocron"]),
    "gocron with cron": ('gocron.NewScheduler(z).Cron("*/5 * * * *").Do(a.clean)', ["*/5 * * * * App.clean gocron"]),
    "asynq": ('s := asynq.NewScheduler(x, y)\ns.Register("@every 30s", asynq.NewTask("t", nil))', ["@every 30s t asynq"]),
    "decoys": ('time.NewTicker(x)\nreg.AddFunc("@daily", a.clean)\nexec.Do(a.clean)', []),
}  # fmt: skip
TRANSACTIONS = {
    "sql": ("var db *sql.DB\ndb.Begin()", ["App.do database/sql False"]),
    "sql with options": ("var db *sql.DB\ndb.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})", ["App.do database/sql True"]),
    "sqlx": ("var db *sqlx.DB\ndb.MustBegin()\ndb.Beginx()", ["App.do sqlx False"]),
    "pgx": ("var p *pgxpool.Pool\np.Begin(ctx)", ["App.do pgx False"]),
    "gorm": ("var db *gorm.DB\ndb.Transaction(func(tx *gorm.DB) error { return nil })", ["App.do gorm False"]),
    "bbolt": ("var db *bolt.DB\ndb.View(func(tx *bolt.Tx) error { return nil })", ["App.do bbolt True"]),
    "decoys": ("a.other.Begin()\nvar db *sql.DB\ndb.Ping()", []),
}  # fmt: skip
SETTINGS = {
    "environment": ('os.Getenv("PORT")', ["PORT environment False"]),
    "looked up": ('os.LookupEnv("PORT")', ["PORT environment False"]),
    "constant": ('const key = "PORT"\nos.Getenv(key)', ["PORT environment False"]),
    "function of the project": ('getenv("DB_URL", "x")', ["DB_URL environment True"]),
    "function with a target": ('mapped(&given, "STOCK_ADDR")', ["STOCK_ADDR environment False"]),
    "viper": ('viper.GetString("db.url")', ["db.url properties False"]),
    "viper with a default": ('viper.SetDefault("port", 1)\nviper.GetInt("port")', ["port properties True"]),
    "viper of one's own": ('v := viper.New()\nv.GetBool("debug")', ["debug properties False"]),
    "viper and environment": ('viper.BindEnv("port", "APP_PORT")', ["APP_PORT environment False"]),
    "koanf": ('var k = koanf.New(".")\nk.String("a.b")', ["a.b properties False"]),
    "decoys": ('os.Getenv(given)\nother.GetString("a")\nlog("SOME_TEXT")\na.getenv("X_Y", "z")', []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), REMOTE.values(), ids=REMOTE)
def test_remote__call_over_the_network__what_it_says(body: str, expected: list[str]) -> None:
    assert rows(body, "code.remote", "protocol", "method", "target", "framework") == expected


@pytest.mark.parametrize(("body", "expected"), MESSAGES.values(), ids=MESSAGES)
def test_message__sent_or_received__its_channel(body: str, expected: list[str]) -> None:
    assert rows(body, "code.message", "direction", "channel", "broker", "framework") == expected


@pytest.mark.parametrize(("body", "expected"), JOBS.values(), ids=JOBS)
def test_job__that_a_clock_starts__when_and_what(body: str, expected: list[str]) -> None:
    assert rows(body, "code.job", "schedule", "handler", "framework") == expected


@pytest.mark.parametrize(("body", "expected"), TRANSACTIONS.values(), ids=TRANSACTIONS)
def test_transaction__that_is_begun__by_whom(body: str, expected: list[str]) -> None:
    assert rows(body, "code.transaction", "handler", "framework", "read_only") == expected


@pytest.mark.parametrize(("body", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_setting__asked_for_by_name__its_key(body: str, expected: list[str]) -> None:
    assert rows(body, "code.setting", "key", "source", "default") == expected


TAGS = (
    "package a\nIMPORT\ntype Config struct {\n"
    '\tPort int `env:"PORT" envDefault:"8080"`\n\tURL string `env:"DB_URL,required"`\n'
    '\tName string `json:"name"`\n\tSkip string `env:"-"`\n}\n'
)


def test_setting__tags_of_a_struct__only_where_a_library_reads_them() -> None:
    read = TAGS.replace("IMPORT", 'import "github.com/caarlos0/env/v11"')
    assert told({"a.go": read}, "code.setting", "key", "source", "default") == [
        "a.go:4 PORT environment True",
        "a.go:5 DB_URL environment False",
    ]
    assert told({"a.go": TAGS.replace("IMPORT", "")}, "code.setting", "key") == []


def test_setting__values_of_defaults__are_never_kept() -> None:
    read = TAGS.replace("IMPORT", 'import "github.com/caarlos0/env/v11"').replace("8080", "geheim")
    body = 'viper.SetDefault("db.password", "geheim")\ngetenv("DB_PASSWORD", "geheim")'
    found = [*resolved({"a.go": read}).artefacts, *resolved(files(body)).artefacts]
    told_ = [one for one in found if isinstance(one, Artefact) and one.kind == "code.setting"]
    assert len(told_) > 3
    assert "geheim" not in repr(told_)


def test_message__topic_of_twirp_and_others__not_without_the_import() -> None:
    text = 'package a\nimport kafka "example.org/kafka"\nvar w = kafka.Writer{Topic: "a"}\n'
    assert told({"a.go": text}, "code.message", "channel") == []


def test_remote__twirp_client__the_address_it_is_given() -> None:
    made = (
        'package hat\nimport "github.com/twitchtv/twirp"\nvar x = twirp.NoError\n'
        "func NewHatProtobufClient(url string, c any) any { return nil }\n"
    )
    text = 'package a\nimport "example.com/shop/hat"\nvar c = hat.NewHatProtobufClient("http://h", 1)\n'
    found = told({"a.go": text, "hat/h.go": made}, "code.remote", "protocol", "target")
    assert found == ["a.go:3 twirp http://h"]


def test_extract__known_token_given_to_a_function__is_in_no_fact() -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE"  # in two parts, so that nothing takes it for a real one
    text = f'package a\nconst accessKey = "{key}"\nfunc f() {{ login("{key}"); c.Publish("{key}") }}\n'
    assert key not in repr(extract("a.go", text.encode()))
