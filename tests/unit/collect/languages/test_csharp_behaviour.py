# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Calls over the network, messages, jobs, transactions and settings of C#."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages import behaviour
from assessor.collect.languages.csharp import extract
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind


def told(
    sources: Mapping[str, str | bytes], kind: str, *, tests: tuple[str, ...] = ()
) -> list[dict[str, object]]:
    files = []
    for path, text in sources.items():
        content = text if isinstance(text, bytes) else text.encode()
        purpose = FileKind.TEST if path in tests else FileKind.SOURCE
        file = File(path, purpose, "csharp", len(content), "")
        files.append(Extracted(file, extract(path, content)))
    return [
        {"at": str(each.location), **{name: node.value for name, node in each.root.value.items()}}  # type: ignore[union-attr]
        for each in behaviour.artefacts(files)
        if each.kind == kind
    ]


def said(text: str, kind: str, *keys: str, **more: str) -> list[str]:
    found = told({"A.cs": text, **{f"{name}.cs": value for name, value in more.items()}}, kind)
    return sorted(" ".join(str(each[key]) for key in keys) for each in found)


def method(
    body: str, *, head: str = "HttpClient http, int id", members: str = "", using: str = ""
) -> str:
    return f"{using}\nnamespace Shop;\nclass A {{ {members} async Task Run({head}) {{ {body} }} }}"


def remotes(text: str, **more: str) -> list[str]:
    return said(text, "code.remote", "protocol", "method", "target", "framework", **more)


HTTP = [
    ('await http.GetAsync("http://stock/items");', ["http GET http://stock/items httpclient"]),
    ('await http.PostAsync($"http://stock/items/{id}/x", null);', ["http POST http://stock/items/{}/x httpclient"]),
    ('await http.GetFromJsonAsync<A>("/a" + "/b");', ["http GET /a/b httpclient"]),
    ('var uri = $"{Base}/items"; await http.PutAsJsonAsync(uri, id);', ["http PUT /api/items httpclient"]),
    ('var uri = "/a"; if (id > 1) uri += "?b"; await http.DeleteAsync(uri);', ["http DELETE None httpclient"]),
    ("await http.DeleteAsync(Routes.Items);", ["http DELETE ${Routes.Items} httpclient"]),
    ('await http?.GetStringAsync(new Uri("http://stock/x"))!;', ["http GET http://stock/x httpclient"]),
    ('var c = factory.CreateClient("a"); await c.GetAsync("/c");', ["http GET /c httpclient"]),
    ('var r = new HttpRequestMessage(HttpMethod.Patch, "/p"); await http.SendAsync(r);', ["http PATCH /p httpclient"]),
    ('var r = new HttpRequestMessage { Method = HttpMethod.Post, RequestUri = new Uri("http://x/p") };', ["http POST http://x/p httpclient"]),
    ("var r = new HttpRequestMessage();", ["http ANY None httpclient"]),
    ('var c = new HttpClient { BaseAddress = new Uri("http://stock") };', ["http ANY http://stock httpclient"]),
    ('http.BaseAddress = new Uri("http://stock/v1/"); await http.GetAsync("items");', ["http GET http://stock/v1/items httpclient"]),
    ('services.AddHttpClient<A>(c => c.BaseAddress = new Uri("http://stock"));', ["http ANY http://stock httpclient"]),
    ('services.AddRefitClient<IStock>().ConfigureHttpClient(c => c.BaseAddress = new("http://stock"));', ["http ANY http://stock refit"]),
    ('services.AddGrpcClient<Stock.StockClient>(o => o.Address = new("http://stock"));', ["grpc ANY http://stock grpc"]),
    ('var c = GrpcChannel.ForAddress("http://stock");', ["grpc ANY http://stock grpc"]),
    ("await cache.GetAsync(id);", []),
    ('await storage.GetStringAsync("x");', []),
    ('// await http.GetAsync("/x");', []),
    ('var s = "http.GetAsync(1)";', []),
    ('options.Address = new Uri("http://stock");', []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), HTTP)
def test_remote__of_httpclient__has_method_and_target(body: str, expected: list[str]) -> None:
    head = "HttpClient http, IHttpClientFactory factory, Cache cache, int id"
    members = 'const string Base = "/api";'
    assert remotes(method(body, head=head, members=members)) == expected


def test_remote__constant_of_another_class__is_put_in() -> None:
    text = method("await http.GetAsync(Routes.Items);")
    more = 'class Routes { public const string Items = "/items"; }'
    assert remotes(text, Routes=more) == ["http GET /items httpclient"]


def test_remote__client_as_field_or_parameter_of_the_head__is_known() -> None:
    field = 'class A { private readonly HttpClient _http; Task B() => _http.GetAsync("/a"); }'
    head = 'class A(HttpClient http) { Task B() => this.http.GetAsync("/b"); }'
    assert remotes(field) + remotes(head) == ["http GET /a httpclient", "http GET /b httpclient"]


def test_remote__refit_interface__has_its_routes() -> None:
    api = '{ [Get("/items/{id}")] Task<A> One(int id); [Post("/items")] Task Add(A a); }'
    assert remotes(f"using Refit;\ninterface IStock {api}") == [
        "http GET /items/{id} refit", "http POST /items refit",
    ]  # fmt: skip
    assert remotes(f"interface IStock {api}") == []
    assert remotes(f"using Refit;\nclass Stock {api}") == []


def test_remote__restsharp_and_flurl__are_known_by_their_namespace() -> None:
    rest = method('var r = new RestRequest("items", Method.Post);', using="using RestSharp;")
    flurl = method(
        'await "http://stock".AppendPathSegment("items").GetJsonAsync<A>();',
        using="using Flurl.Http;",
    )
    assert remotes(rest) == ["http POST items restsharp"]
    assert remotes(flurl) == ["http GET http://stock/items flurl"]
    assert remotes(rest.replace("using RestSharp;", "")) == []
    assert remotes(flurl.replace("using Flurl.Http;", "")) == []


GRPC = [
    ("class A(Stock.StockClient client) { Task B() => client.TakeAsync(new()); }", ["grpc Take Stock grpc"]),
    ("using C = Shop.Stock.StockClient;\nclass A(C client) { Task B() => client.TakeAsync(new()); }", ["grpc Take Stock grpc"]),
    ("class A { void B() { var c = new Stock.StockClient(channel); c.Take(1); c.Dispose(); } }", ["grpc Take Stock grpc"]),
    ("class A(StockClient client) { Task B() => client.TakeAsync(new()); }", []),
    ("class A(Other.StockClient client) { Task B() => client.TakeAsync(new()); }", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GRPC)
def test_remote__client_made_by_grpc__has_service_and_operation(
    text: str, expected: list[str]
) -> None:
    assert remotes(text) == expected


def test_remote__wcf_client__is_soap() -> None:
    text = "using System.ServiceModel;\nclass StockClient : ClientBase<IStock> { }"
    assert remotes(text) == ["soap ANY IStock wcf"]
    assert remotes(text.replace("using System.ServiceModel;", "")) == []


def messages(text: str, **more: str) -> list[str]:
    return said(text, "code.message", "direction", "channel", "broker", "framework", **more)


SENT = [
    ("IPublishEndpoint bus", "bus.Publish(new OrderPlaced());", ["send OrderPlaced  masstransit"]),
    ("ConsumeContext<Order> bus", "bus.Publish<OrderPlaced>(new { });", ["send OrderPlaced  masstransit"]),
    ("ISendEndpoint bus", "var m = new OrderPlaced(1); bus.Send(m);", ["send OrderPlaced  masstransit"]),
    ("IMessageSession bus, OrderPlaced m", "bus.Send(m);", ["send OrderPlaced  nservicebus"]),
    ("IMediator mediator, OrderPlaced m", "mediator.Publish(m);", ["send OrderPlaced in-process mediatr"]),
    ("IMediator mediator, OrderPlaced m", "mediator.Send(m);", []),
    ("IEventBus bus, OrderPlaced m", "bus.PublishAsync(m);", ["send OrderPlaced  IEventBus"]),
    ("IEventBus bus", "Event m; if (x) m = new Paid(); else m = new Failed(); bus.PublishAsync(m);", ["send Failed  IEventBus", "send Paid  IEventBus"]),
    ("ICapPublisher cap", 'cap.PublishAsync("orders.placed", 1);', ["send orders.placed  cap"]),
    ("IChannel channel", 'channel.BasicPublishAsync(exchange: "shop", routingKey: "orders");', ["send shop rabbitmq rabbitmq-client"]),
    ("IModel channel", 'channel.BasicPublish("", "orders", null, body);', ["send orders rabbitmq rabbitmq-client"]),
    ("IModel channel", "channel.BasicConsume(Queue, true, consumer);", ["receive orders-q rabbitmq rabbitmq-client"]),
    ("IProducer<string, string> producer", 'producer.ProduceAsync("orders", m);', ["send orders kafka confluent-kafka"]),
    ("Config c", 'using var p = new ProducerBuilder<Null, string>(c).Build(); p.ProduceAsync("orders", m);', ["send orders kafka confluent-kafka"]),
    ("IConsumer<string, string> consumer", 'consumer.Subscribe("orders");', ["receive orders kafka confluent-kafka"]),
    ("ServiceBusClient client", 'client.CreateSender("orders"); client.CreateProcessor("bills", "sub");', ["receive bills servicebus azure-servicebus", "send orders servicebus azure-servicebus"]),
    ("IObservable<int> consumer", 'consumer.Subscribe("orders");', []),
    ("Newsletter bus", "bus.Publish(new Issue()); bus.Send(m);", []),
    ("IBus bus", "bus.Publish(new Issue());", []),
    ("IMediator mediator", "// mediator.Publish(new Issue());", []),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "expected"), SENT)
def test_message__sent_by_a_declared_type__has_channel_and_broker(
    head: str, body: str, expected: list[str]
) -> None:
    assert (
        messages(method(body, head=head, members='const string Queue = "orders-q";')) == expected
    )


def test_message__bus_of_several_libraries__is_told_by_the_namespace() -> None:
    text = method("bus.Publish(new Issue());", head="IBus bus")
    assert messages(f"using MassTransit;\n{text}") == ["send Issue  masstransit"]
    assert messages(f"using Rebus.Bus;\n{text}") == ["send Issue  rebus"]


def test_message__of_a_type_variable__has_no_channel() -> None:
    text = "class A(IMediator mediator) { void Run<T>(T it) { mediator.Publish(it); mediator.Publish<T>(it); } }"
    assert messages(text) == ["send None in-process mediatr"]


HANDLED = [
    ("class H : IConsumer<OrderPlaced> { Task Consume(ConsumeContext<OrderPlaced> c) { } }", ["receive OrderPlaced  masstransit"]),
    ("class H(A a) : Base, INotificationHandler<Shop.OrderPlaced>, INotificationHandler<Paid> { }", ["receive OrderPlaced in-process mediatr", "receive Paid in-process mediatr"]),
    ("class H : IHandleMessages<OrderPlaced> { Task Handle(OrderPlaced m, IMessageHandlerContext c) { } }", ["receive OrderPlaced  nservicebus"]),
    ("class H : IIntegrationEventHandler<OrderPlaced> { }", ["receive OrderPlaced  IIntegrationEventHandler"]),
    ('class H { [CapSubscribe("orders")] void On(Order o) { } }', ["receive orders  cap"]),
    ('class H { void Run([ServiceBusTrigger("orders")] string m) { } }', ["receive orders servicebus azure-functions"]),
    ("class H : IConsumer<OrderPlaced> { }", []),
    ("class H : IConsumer<string, string> { }", []),
    ("class H { IConsumer<OrderPlaced> a; void B(INotificationHandler<Paid> b) { } }", []),
    ("interface H : INotificationHandler<Paid> { }", []),
    ("// class H : INotificationHandler<Paid> { }", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HANDLED)
def test_message__of_a_handler__is_received(text: str, expected: list[str]) -> None:
    assert messages(text) == expected


def jobs(text: str) -> list[str]:
    return said(text, "code.job", "schedule", "handler", "framework")


JOBS = [
    ('using Hangfire;\nclass A { void B() { RecurringJob.AddOrUpdate<Mailer>("m", m => m.Send(1), Cron.Daily); } }', ["Cron.Daily Mailer.Send hangfire"]),
    ('using Hangfire;\nclass A { void B() { RecurringJob.AddOrUpdate(() => Clean(), "0 5 * * *"); } }', ["0 5 * * * A.Clean hangfire"]),
    ('class A(IRecurringJobManager jobs) { void B() { jobs.AddOrUpdate<Mailer>("m", m => m.Send(), "0 5 * * *", null); } }', ["0 5 * * * Mailer.Send hangfire"]),
    ('class A { void B() { RecurringJob.AddOrUpdate(() => Clean(), "0 5 * * *"); list.AddOrUpdate("x"); } }', []),
    ('using Quartz;\nclass A { void B() { var t = TriggerBuilder.Create().WithCronSchedule("0 0 * * * ?").Build(); Add(new Tuple<Type, ITrigger>(typeof(Clean), t)); } }', ["0 0 * * * ? Clean.Execute quartz"]),
    ('using Quartz;\nclass A { void B() { q.AddJob<Clean>(o => o.WithIdentity(key)); q.AddTrigger(o => o.ForJob(key).WithCronSchedule("0 1 * * * ?")); } }', ["0 1 * * * ? Clean.Execute quartz"]),
    ("using Quartz;\nclass A { void B() { q.ScheduleJob<Clean>(t => t.WithSimpleSchedule(s => s.WithIntervalInMinutes(5).RepeatForever())); } }", ["WithIntervalInMinutes(5) Clean.Execute quartz"]),
    ('using Quartz;\nclass Clean : BaseJob { static ITrigger T() => TriggerBuilder.Create().WithCronSchedule("0 2 * * * ?").Build(); }', ["0 2 * * * ? Clean.Execute quartz"]),
    ('class A { void B() { x.WithCronSchedule("0 0 * * * ?"); } }', []),
    ("class W : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { using var p = new PeriodicTimer(TimeSpan.FromMinutes(5)); while (await p.WaitForNextTickAsync(t)) { } } }", ["TimeSpan.FromMinutes(5) W.ExecuteAsync hosted-service"]),
    ("class W(Options o) : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (true) { await Task.Delay(o.Every, t); } } }", ["None W.ExecuteAsync hosted-service"]),
    ("class W : IHostedService { Task StartAsync(CancellationToken t) { _timer = new Timer(Sweep, null, TimeSpan.Zero, TimeSpan.FromSeconds(9)); } }", ["TimeSpan.FromSeconds(9) W.Sweep hosted-service"]),
    ('class F { [Function("f")] void Run([TimerTrigger("0 */5 * * * *")] TimerInfo t) { } }', ["0 */5 * * * * F.Run azure-functions"]),
    ("class W : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) { return queue.Run(t); } }", []),
    ("class W { async Task ExecuteAsync() { while (true) { await Task.Delay(5); } } }", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JOBS)
def test_job__that_a_clock_starts__has_schedule_and_handler(
    text: str, expected: list[str]
) -> None:
    assert jobs(text) == expected


TRANSACTIONS = [
    ("using var t = new TransactionScope();", ["A.Run transaction-scope"]),
    ("using var t = await context.Database.BeginTransactionAsync();", ["A.Run ef-core"]),
    ("using var t = Database.BeginTransaction();", ["A.Run ef-core"]),
    ("using var c = new SqlConnection(x); using var t = c.BeginTransaction();", ["A.Run ado.net"]),
    ("var c = context.Database.GetDbConnection(); var t = await c.BeginTransactionAsync();", ["A.Run ado.net"]),
    ("wallet.BeginTransaction(); BeginTransaction();", []),
    ("// using var t = new TransactionScope();", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TRANSACTIONS)
def test_transaction__begun__has_the_function_around(body: str, expected: list[str]) -> None:
    assert said(method(body), "code.transaction", "handler", "framework") == expected


def test_transaction__unit_of_work_of_abp__is_that_of_the_member_under_it() -> None:
    text = "using Volo.Abp.Uow;\nclass A { [UnitOfWork] public Task Run() { } }"
    assert said(text, "code.transaction", "handler", "framework") == ["A.Run abp"]
    assert said(text.replace("using Volo.Abp.Uow;", ""), "code.transaction", "handler") == []


SETTINGS = [
    ('var a = configuration["Shop:Limit"];', ["Shop:Limit properties False"]),
    ('var a = configuration["Shop:Limit"] ?? "3";', ["Shop:Limit properties True"]),
    ('var a = configuration["Shop:Limit"] ?? throw new Exception();', ["Shop:Limit properties False"]),
    ('var a = configuration.GetValue<int>("Limit"); var b = configuration.GetValue("Most", 3);', ["Limit properties False", "Most properties True"]),
    ('var a = configuration.GetConnectionString("Shop");', ["ConnectionStrings:Shop properties False"]),
    ('services.Configure<ShopOptions>(configuration.GetSection("Shop"));', ["Shop properties False"]),
    ('var a = configuration.GetSection("Shop").GetValue<int>("Limit");', ["Shop:Limit properties False"]),
    ('var a = configuration.GetSection("Shop")["Limit"];', ["Shop:Limit properties False"]),
    ('var s = configuration.GetSection("Shop"); var a = s["Limit"];', ["Shop properties False", "Shop:Limit properties False"]),
    ("var a = configuration[Keys.Limit];", ["${Keys.Limit} properties False"]),
    ("services.AddOptions<ShopOptions>().BindConfiguration(nameof(ShopOptions));", ["ShopOptions properties False"]),
    ('var builder = WebApplication.CreateBuilder(args); var a = builder.Configuration["Limit"];', ["Limit properties False"]),
    ('host.ConfigureServices((context, services) => { var a = context.Configuration["Limit"]; });', ["Limit properties False"]),
    ('var a = Environment.GetEnvironmentVariable("SHOP_LIMIT") ?? "3";', ["SHOP_LIMIT environment True"]),
    ('var a = provider.GetRequiredService<IConfiguration>(); var b = a["Limit"];', ["Limit properties False"]),
    ('configuration["Limit"] = "3";', []),
    ("var a = configuration[id];", []),
    ('var a = settings["Limit"]; var b = settings.GetValue<int>("Limit"); var c = x.Configuration["y"];', []),
    ('// configuration["Limit"]', []),
    ('var s = "configuration[1]";', []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SETTINGS)
def test_setting__asked_for__has_key_and_source(body: str, expected: list[str]) -> None:
    head = "IConfiguration configuration, Dictionary<string, string> settings, int id"
    text = method(body, head=head)
    assert said(text, "code.setting", "key", "source", "default") == expected


def test_rows__same_thing_twice__are_one_at_the_first_place() -> None:
    [row] = told(
        {"A.cs": method('await http.GetAsync("/a");\nawait http.GetAsync("/a");')}, "code.remote"
    )
    assert (row["at"], row["count"], row["unit"], row["unit_kind"]) == ("A.cs:3", 2, "A.cs", "source")  # fmt: skip


def test_rows__call_in_a_long_chain__has_the_line_of_its_name() -> None:
    [row] = told({"A.cs": method('var a = http\n .GetAsync("/a");')}, "code.remote")
    assert row["at"] == "A.cs:4"


def test_rows__of_a_test__have_its_kind() -> None:
    [row] = told({"A.cs": method('http.GetAsync("/a");')}, "code.remote", tests=("A.cs",))
    assert row["unit_kind"] == "test"


def test_rows__credentials_and_secret_constants__are_not_kept() -> None:
    text = method(
        'await http.GetAsync("http://me:hunter2@stock/a");',
        members='const string ApiKey = "hunter2"; const string Path = "/a";',
    )
    assert remotes(text) == ["http GET http://***@stock/a httpclient"]
    facts = extract("A.cs", text.encode())
    assert isinstance(facts, dict)
    assert facts["constants"] == {"A.Path": "/a"}


HOSTILE = [
    b"\xff\xfe\x00 http.GetAsync(\xed\xa0\x80",
    b"class A { void B() { " + b"x.Publish(" * 3_000,
    b"class A(HttpClient h) { string a = " + b'"x" + ' * 5_000 + b'"y"; void B() { h.GetAsync(a); } }',
    b"class A(HttpClient h) { readonly string a = b; readonly string b = a; void B() { h.GetAsync(a); } }",
    b"new HttpRequestMessage(" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE)
def test_rows__of_hostile_files__come_to_an_end(content: bytes) -> None:
    assert len(told({"A.cs": content}, "code.remote")) <= 1_000
