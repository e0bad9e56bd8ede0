"""What PHP does beyond itself: calls over the network, messages, jobs, transactions, settings."""

import pytest
from unit.collect.languages.php_found import artefacts, in_file, lines

FACADES = ("Artisan", "Bus", "DB", "Event", "Http", "Queue", "Schedule")
USES = tuple(f"Illuminate\\Support\\Facades\\{name}" for name in FACADES)


def remotes(body: str, *uses: str) -> list[str]:
    found = artefacts(in_file(body, uses=uses))
    return lines(found, "code.remote", "protocol", "method", "target", "framework")


REMOTE = {
    "guzzle": (
        (
            "$c = new Client(['base_uri' => 'https://a.b/v1/']); $c->get('items');"
            " $c->request('POST', \"/items/$x\"); $c->getAsync('https://c.d');"
        ),
        [
            "http GET https://a.b/v1/items guzzle",
            "http GET https://c.d guzzle",
            "http POST https://a.b/v1/items/{} guzzle",
        ],
    ),
    "laravel": (
        (
            "Http::withToken($x)->post('https://a.b/' . $x, []);"
            " Http::baseUrl('http://s')->get('/i');"
            " Http::send('put', 'http://p'); Http::fake();"
        ),
        [
            "http GET http://s/i laravel",
            "http POST https://a.b/{} laravel",
            "http PUT http://p laravel",
        ],
    ),
    "symfony": (
        (
            "HttpClient::create()->request('DELETE', 'https://a.b');"
            " HttpClient::create()->request($x, $x);"
        ),
        ["http ANY None symfony", "http DELETE https://a.b symfony"],
    ),
    "psr": (
        "$r = new Request('PUT', 'https://a.b'); $p = $x->client(); $p->sendRequest($r);",
        ["http PUT https://a.b psr-18"],
    ),
    "curl": (
        "$c = curl_init('https://a.b'); curl_setopt($c, CURLOPT_POST, true);",
        ["http POST https://a.b curl"],
    ),
    "options of curl": (
        "curl_setopt_array($x, [CURLOPT_URL => $x, CURLOPT_CUSTOMREQUEST => 'PATCH']);",
        ["http PATCH None curl"],
    ),
    "streams": (
        (
            "file_get_contents('http://a.b/' . self::NONE); file_get_contents('/etc/x');"
            " fopen($x, 'r');"
        ),
        ["http GET http://a.b/{} php"],
    ),
    "soap": (
        "$s = new \\SoapClient('http://a.b?wsdl'); $s->__soapCall('Find', []);",
        ["soap ANY http://a.b?wsdl ext-soap", "soap Find None ext-soap"],
    ),
    "credentials": (
        "Http::get('https://me:pw@a.b/?token=abc');",
        ["http GET https://***@a.b/?token=*** laravel"],
    ),
    "look-alikes": (
        "$x->get('http://a.b'); $x->request('GET', 'http://a.b'); // Http::get('http://a.b')",
        [],
    ),
}
CLIENTS = (
    "GuzzleHttp\\Client", "Symfony\\Component\\HttpClient\\HttpClient", "Psr\\Http\\Client\\Error",
)  # fmt: skip


@pytest.mark.parametrize(("body", "rows"), REMOTE.values(), ids=REMOTE)
def test_remote__clients__method_and_target(body: str, rows: list[str]) -> None:
    assert remotes(body, *USES, *CLIENTS) == rows


def test_remote__own_classes_of_the_same_names__do_not_count() -> None:
    body = "$c = new Client(); $c->get('http://a.b'); Http::get('http://a.b');"
    assert remotes(body, "My\\Client", "My\\Http") == []


def test_remote__constants_and_typed_properties__put_in() -> None:
    source = (
        "<?php namespace A;\nuse GuzzleHttp\\ClientInterface;\nuse B\\Hosts;\n"
        "class Rates {\n  private const BASE = 'https://rates';\n"
        "  public function __construct(private ClientInterface $http) {}\n"
        "  function load($day) {\n    $url = sprintf('%s/%s', self::BASE, $day);\n"
        "    $this->http->get(self::BASE . '/all');\n    $this->http->get($url);\n"
        "    $this->http->get(Hosts::STOCK . '/x');\n  }\n}\n"
    )
    hosts = "<?php namespace B; class Hosts { const STOCK = 'http://stock'; const A_TOKEN = 'q'; }"
    found = artefacts({"Rates.php": source, "Hosts.php": hosts})
    assert lines(found, "code.remote", "method", "target") == [
        "GET http://stock/x", "GET https://rates/all", "GET {}/{}",
    ]  # fmt: skip


JOB = "Illuminate\\Foundation\\Bus\\Dispatchable"
QUEUED = "Illuminate\\Contracts\\Queue\\ShouldQueue"
EVENT = "Illuminate\\Foundation\\Events\\Dispatchable"
CLASSES = {
    "app/Pack.php": (
        f"<?php namespace App;\nuse {JOB};\nuse {QUEUED};\n"
        "class Pack implements ShouldQueue { use Dispatchable; function handle() {} }\n"
    ),
    "app/Count.php": (
        f"<?php namespace App;\nuse {JOB};\nclass Count {{ use Dispatchable; function"
        f" handle() {{}} }}"
    ),
    "app/Sold.php": f"<?php namespace App;\nuse {EVENT};\nclass Sold {{ use Dispatchable; }}\n",
    "app/Mail.php": "<?php namespace App;\nclass Mail { function handle(Sold $event) {} }\n",
    "app/Plain.php": "<?php namespace App;\nclass Plain { static function dispatch($x) {} }\n",
}
RECEIVED = [
    "receive Pack  laravel app/Pack.php", "receive Sold in-process laravel app/Mail.php",
]  # fmt: skip


def messages(body: str, *uses: str, **more: str) -> list[str]:
    found = artefacts({**in_file(body, uses=uses, **more), **CLASSES})
    names = ("direction", "channel", "broker", "framework", "unit")
    return [row for row in lines(found, "code.message", *names) if row not in RECEIVED]


SENT = {
    "jobs": (
        (
            "Pack::dispatch(1)->onQueue('x'); Count::dispatch(); Bus::dispatch(new Pack());"
            " dispatch(new Pack()); Pack::dispatchSync();"
        ),
        ["Count in-process", "Pack ", "Pack in-process"],
    ),
    "events": (
        (
            "event(new Sold()); Sold::dispatch($x); $e = new Sold(); event($e);"
            " \\Illuminate\\Auth\\Events\\Registered::dispatch(1);"
            " Event::dispatch('a.b');"
        ),
        ["Registered in-process", "Sold in-process", "a.b in-process"],
    ),
    "queues": ("Queue::push(new Pack()); Queue::later(5, new Pack());", ["Pack "]),
    "chains": ("Bus::chain([new Pack(), new Count()])->dispatch();", ["Count ", "Pack "]),
    "look-alikes": ("Plain::dispatch(1); $x->dispatch(new Sold()); // event(new Sold())", []),
}


@pytest.mark.parametrize(("body", "sent"), SENT.values(), ids=SENT)
def test_messages__laravel__jobs_and_events(body: str, sent: list[str]) -> None:
    rows = [f"send {each} laravel app/Shop.php" for each in sent]
    assert messages(body, *USES) == rows


def test_messages__functions_of_the_project__are_not_laravels() -> None:
    own = "<?php function event($x) {} function env($x) {}"
    found = artefacts({**in_file("event(new Sold()); env('A');"), **CLASSES, "own.php": own})
    assert lines(found, "code.setting", "key") == []
    rows = lines(found, "code.message", "direction", "unit")
    assert rows == ["receive app/Mail.php", "receive app/Pack.php"]


def test_messages__listeners_of_a_provider__receive_where_they_are() -> None:
    base = "Illuminate\\Foundation\\Support\\Providers\\EventServiceProvider"
    provider = (
        f"<?php namespace App;\nuse {base} as EventServiceProvider;\n"
        "class Events extends EventServiceProvider {\n  protected $listen = [\n"
        "    // what follows a sale\n    Login::class => [Audit::class, Gone::class],\n  ];\n}\n"
    )
    audit = "<?php namespace App;\n\nclass Audit { function handle($event) {} }\n"
    rows = messages("", **{"app/Events.php": provider, "app/Audit.php": audit})
    assert rows == ["receive Login in-process laravel app/Audit.php"]


def test_messages__symfony__buses_handlers_and_subscribers() -> None:
    component = "Symfony\\Component"
    sources = {
        "Ship.php": (
            f"<?php namespace A;\nuse {component}\\Messenger\\MessageBusInterface;\n"
            f"use {component}\\EventDispatcher\\EventDispatcherInterface as Events;\n"
            "class Ship {\n  function __construct(private MessageBusInterface $bus, private"
            " Events $e) {}\n"
            "  function go() { $this->bus->dispatch(new Parcel()); $this->e->dispatch(new"
            " Gone()); }\n}\n"
        ),
        "Hand.php": (
            f"<?php namespace A;\nuse {component}\\Messenger\\Attribute\\AsMessageHandler;\n"
            "#[AsMessageHandler]\nclass Hand { function __invoke(Parcel $p) {} }\n"
            "class Other { function __invoke(Parcel $p) {} }\n"
        ),
        "Sub.php": (
            f"<?php namespace A;\nuse {component}\\EventDispatcher\\EventSubscriberInterface;\n"
            "class Sub implements EventSubscriberInterface {\n"
            "  static function getSubscribedEvents() { return [\n    // two\n"
            "    Gone::class => 'on', KernelEvents::REQUEST => 'ask' ]; }\n}\n"
            "class Not { static function getSubscribedEvents() { return [Gone::class =>"
            " 'on']; } }\n"
        ),
        "Ear.php": (
            f"<?php namespace A;\nuse {component}\\EventDispatcher\\Attribute\\AsEventListener;\n"
            "class Ear { #[AsEventListener] function hear(Gone $g) {} }\n"
        ),
    }
    names = ("direction", "channel", "broker", "framework", "unit")
    assert lines(artefacts(sources), "code.message", *names) == [
        "receive Gone in-process symfony Ear.php",
        "receive Gone in-process symfony Sub.php",
        "receive KernelEvents.REQUEST in-process symfony Sub.php",
        "receive Parcel  symfony Hand.php",
        "send Gone in-process symfony Ship.php",
        "send Parcel  symfony Ship.php",
    ]


def test_messages__brokers__by_their_libraries() -> None:
    source = (
        "<?php namespace A;\nuse PhpAmqpLib\\Channel\\AMQPChannel;\nuse"
        " RdKafka\\{Producer, KafkaConsumer};\n"
        "class Wire {\n  function go(AMQPChannel $c, Producer $p, KafkaConsumer $k, $x) {\n"
        "    $c->basic_publish($x, 'orders', 'new'); $c->basic_publish($x, '', 'mail');\n"
        "    $c->basic_consume('stock'); $p->newTopic('sales'); $k->subscribe(['sales', $x]);\n"
        "    $x->basic_publish(1, 'no'); $x->subscribe(['no']);\n  }\n}\n"
    )
    found = artefacts({"Wire.php": source})
    assert lines(found, "code.message", "direction", "channel", "broker") == [
        "receive None kafka", "receive sales kafka", "receive stock rabbitmq",
        "send mail rabbitmq", "send orders rabbitmq", "send sales kafka",
    ]  # fmt: skip


def test_jobs__laravel_and_symfony__when_and_what() -> None:
    cron = "Symfony\\Component\\Scheduler\\Attribute\\AsCronTask"
    sources = {
        "Kernel.php": (
            "<?php namespace A;\nuse Illuminate\\Console\\Scheduling\\Schedule;\n"
            "class Kernel {\n  protected function schedule(Schedule $schedule) {\n"
            "    $schedule->command('mail:send')->weekdays()->dailyAt('13:00');\n"
            "    $schedule->job(new Clean())->cron('0 3 * * *');\n"
            "    $schedule->call(fn () => 1)->hourly();\n    $schedule->command(Sync::class);\n"
            "  }\n  function not($x) { $x->command('a')->daily(); }\n}\n"
        ),
        "console.php": (
            "<?php\nuse Illuminate\\Support\\Facades\\{Artisan, Schedule};\n"
            "Schedule::command('prune')->daily();\nArtisan::command('hi', fn () => 1)->hourly();\n"
            "Artisan::command('quiet', fn () => 1);\n"
        ),
        "Task.php": (
            f"<?php namespace A;\nuse {cron};\n#[AsCronTask('5 * * * *')]\n"
            "class Task { #[AsCronTask(expression: '6 * * * *')] function six() {} }\n"
        ),
    }
    assert lines(artefacts(sources), "code.job", "schedule", "handler", "framework") == [
        "0 3 * * * Clean laravel", "5 * * * * Task.__invoke symfony",
        "6 * * * * Task.six symfony", "None Sync laravel", "daily prune laravel",
        "dailyAt('13:00') mail:send laravel", "hourly Kernel.schedule laravel",
        "hourly hi laravel",
    ]  # fmt: skip


def test_transactions__begun_on_what_is_known__name_their_method() -> None:
    source = (
        "<?php namespace A;\nuse Illuminate\\Support\\Facades\\DB;\n"
        "use Doctrine\\ORM\\EntityManagerInterface;\n"
        "class Till {\n  function __construct(private EntityManagerInterface $em) {}\n"
        "  function pay() { DB::transaction(function () { return 1; }); }\n"
        "  function book() { $this->em->wrapInTransaction(fn () => 1); }\n"
        "  function old(\\PDO $p) { $p->beginTransaction(); }\n"
        "  function not($x) { $x->beginTransaction(); $x->transaction(1); }\n}\n"
    )
    found = artefacts({"Till.php": source})
    assert lines(found, "code.transaction", "handler", "framework", "read_only") == [
        "Till.book doctrine False", "Till.old pdo False", "Till.pay laravel False",
    ]  # fmt: skip


def test_settings__asked_for_by_name__with_their_source_and_default() -> None:
    source = (
        "<?php namespace A;\nuse Illuminate\\Support\\Facades\\Config;\n"
        "use Symfony\\Component\\DependencyInjection\\Attribute\\Autowire;\n"
        "class Set {\n  function __construct(#[Autowire(env: 'MAIL_DSN')] $a,\n"
        "    #[Autowire('%app.name%')] $b) {}\n"
        "  function go($x) {\n    env('APP_KEY'); env('APP_NAME', 'x'); getenv('HOME') ?: 'y';\n"
        "    $_ENV['ZONE'] ?? 'z'; config('a.b'); config('a.c', 1); Config::get('a.d');\n"
        "    config(['a.e' => 1]); env($x); $x->get('a.f'); // env('NO')\n  }\n}\n"
    )
    assert lines(artefacts({"Set.php": source}), "code.setting", "key", "source", "default") == [
        "APP_KEY environment False", "APP_NAME environment True", "HOME environment True",
        "MAIL_DSN environment False", "ZONE environment True", "a.b properties False",
        "a.c properties True", "a.d properties False", "app.name properties False",
    ]  # fmt: skip


HOSTILE = {
    "long sum": "DB::select(" + " . ".join(["$a"] * 3000) + ");",
    "constants in a circle": "Http::get(self::X);",
    "variables in a circle": "$a = $b; $b = $a; Http::get($a);",
    "broken": "Http::get(; $user->save(; DB::table(['a' => ",
    "strange letters": "Http::get(\"http://a.b/\x00é{$x}\"); config('é');",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_behaviour__code_made_to_break_it__does_not(body: str) -> None:
    found = artefacts(in_file(body, uses=USES))
    assert {each.location.path for each in found if each.kind == "data.entity"} == {
        "app/Models/Order.php", "app/Models/Tag.php", "app/Models/User.php",
    }  # fmt: skip
