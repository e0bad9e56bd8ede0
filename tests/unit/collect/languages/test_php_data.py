"""Eloquent and SQL in PHP: tables, relations, and what is done to them."""

import pytest
from unit.collect.languages.php_found import MODELS, accesses, artefacts, in_file, lines

from assessor.collect.languages.php_inflector import eloquent_table, pivot_table, underscored

ELOQUENT = "use Illuminate\\Database\\Eloquent\\Model;\n"


def entities(sources: dict[str, str]) -> list[str]:
    return lines(artefacts(sources), "data.entity", "entity", "table", "framework")


@pytest.mark.parametrize(
    ("name", "table"),
    {
        "Order": "orders",
        "OrderItem": "order_items",
        "Category": "categories",
        "Day": "days",
        "Box": "boxes",
        "Address": "addresses",
        "Person": "people",
        "Analysis": "analyses",
        "OrderStatus": "order_statuses",
        "News": "news",
        "HTTPLog": "h_t_t_p_logs",
        "UserData": "user_data",
        "Wolf": "wolves",
        "Medium": "media",
        "Hero": "heroes",
    }.items(),
)
def test_eloquent_table__names_of_classes__plural_with_underscores(name: str, table: str) -> None:
    assert eloquent_table(name) == table


def test_other_tables__names_of_classes__by_their_own_rules() -> None:
    assert (pivot_table("RoleUser"), pivot_table("RoleUsers")) == ("role_user", "role_user")
    assert (underscored("OrderItem"), underscored("HTTPLog2Entry")) == (
        "order_item",
        "httplog2_entry",
    )


def test_entities__models__with_their_tables() -> None:
    assert entities(MODELS) == [
        "Order order_tag eloquent", "Order orders eloquent", "Tag labels eloquent",
        "User users eloquent",
    ]  # fmt: skip


def test_entities__through_bases_and_traits__found() -> None:
    sources = {
        "Base.php": f"<?php namespace A; {ELOQUENT} class Base extends Model {{}}",
        "Own.php": "<?php namespace A; trait Own { protected $table = 'Mine'; }",
        "Cat.php": "<?php namespace A; class Cat extends Base {}",
        "Dog.php": "<?php namespace A; class Dog extends Base { use Own; }",
        "Fox.php": (
            "<?php namespace A; class Fox extends Base { function getTable() { return 'f'; } }"
        ),
        "Elk.php": "<?php namespace A; class Elk extends Base { protected $table = self::T; }",
        "Seat.php": (
            "<?php namespace A; use Illuminate\\Database\\Eloquent\\Relations\\Pivot;"
            " class Seat extends Pivot {}"
        ),
    }
    assert entities(sources) == [
        "Cat cats eloquent", "Dog mine eloquent", "Elk None eloquent", "Fox f eloquent",
        "Seat seat eloquent",
    ]  # fmt: skip


def test_entities__look_alikes__do_not_count() -> None:
    sources = {
        "Own.php": "<?php namespace A; class Model {} class Order extends Model {}",
        "Two.php": f"<?php namespace B; {ELOQUENT} abstract class Part extends Model {{}}",
        "Word.php": (
            "<?php namespace C; // class Order extends \\Illuminate\\...\\Model\nclass X {}"
        ),
    }
    assert entities(sources) == []


def test_relations__methods_of_models__with_cardinality_and_side() -> None:
    more = {
        "app/Models/Photo.php": (
            "<?php namespace App\\Models;\nuse Illuminate\\Database\\Eloquent\\Model;\n"
            "class Photo extends Model {\n"
            "  function owner() { return $this->belongsTo('App\\Models\\User'); }\n"
            "  function next() { return $this->hasOne(self::class); }\n"
            "  function tags() { return $this->morphToMany(Tag::class, 'taggable'); }\n"
            "  function users() { return $this->belongsToMany(User::class, 'Likes'); }\n"
            "  function orders() { return $this->hasManyThrough(Order::class, User::class); }\n"
            "  function some($class) { return $this->hasMany($class); }\n"
            "  function other() { return $this->hasMany(Plain::class); }\n"
            "}\nclass Plain {}\n"
        )
    }
    found = artefacts({**MODELS, **more})
    names = ("source", "target", "field", "cardinality", "foreign_key")
    assert [row for row in lines(found, "data.relation", *names) if "Photo" in row] == [
        "Photo Order orders one-to-many False",
        "Photo Photo next one-to-one False",
        "Photo Tag tags many-to-many False",
        "Photo User owner many-to-one True",
        "Photo User users many-to-many False",
    ]
    assert [row for row in lines(found, "data.entity", "entity", "table") if "Photo" in row] == [
        "Photo likes", "Photo photos", "Photo taggables",
    ]  # fmt: skip


# Body of a method with `$user` and `$order` -> what it does.
STATEMENTS = {
    "reads": (
        "User::find(1); Order::where('a', 1)->orderBy('b')->get(); Tag::all();",
        ["labels read", "orders read", "users read"],
    ),
    "values": ("return User::query()->where('a', 1)->count();", ["users read"]),
    "creates": ("User::create([]); Order::insert([]);", ["orders create", "users create"]),
    "both": (
        "User::firstOrCreate([]); Order::updateOrCreate([]);",
        ["orders create", "orders read", "orders update", "users create", "users read"],
    ),
    "upsert": ("Order::upsert([], 'id');", ["orders create", "orders update"]),
    "changes": (
        "User::whereName('x')->update([]); Order::destroy(1); $order->increment('n');",
        ["orders delete", "orders update", "users update"],
    ),
    "a variable keeps its query": (
        "$q = Order::where('a', 1); $q->where('b', 2); $q->delete();",
        ["orders delete"],
    ),
    "a query that is handed on is asked": ("return Order::where('a', 1);", ["orders read"]),
    "a new one is saved": (
        "$o = new Order(); $o->save(['touch' => false]);",
        ["orders create"],
    ),
    "one that was read is saved": (
        "$o = Order::find(1); $o->save();",
        ["orders read", "orders update"],
    ),
    "one that was given is saved": ("$order->save();", ["orders update"]),
    "one of many": (
        "foreach (Order::all() as $o) { $o->delete(); }",
        ["orders delete", "orders read"],
    ),
    "relations": (
        "$user->orders()->create([]); $user->orders()->where('a', 1)->get();",
        ["orders create", "orders read"],
    ),
    "saved through a relation": (
        "$user->orders()->save(new Order()); $order->tags()->save(Tag::find(1));",
        ["labels read", "labels update", "order_tag create", "orders create"],
    ),
    "a relation as a property": ("return $order->user->name;", ["users read"]),
    "the table between": (
        "$order->tags()->attach(1); $order->tags()->detach(2);",
        ["order_tag create", "order_tag delete"],
    ),
    "loaded with it": (
        "Order::with(['user', 'tags' => fn ($q) => $q])->get(); $user->load('orders.tags');",
        ["labels read", "orders read", "users read"],
    ),
    "a condition on a relation": (
        "Order::whereHas('tags', fn ($q) => $q)->delete();",
        ["labels read", "orders delete"],
    ),
    "a table that is joined": (
        "Order::query()->join('stocks as s', 'a', '=', 'b')->get();",
        ["orders read", "stocks read"],
    ),
    "a scope": ("return Order::open()->first();", ["orders read"]),
    "a factory": ("Order::factory()->count(3)->create();", ["orders create"]),
    "no query at all": ("Order::observe(X::class); $order->getTable(); new User();", []),
    "an unknown receiver": ("$x->where('a', 1)->delete(); $x->save(); X::find(1);", []),
    "the words only": ("// User::create([])\n$s = 'User::find(1)'; User::class;", []),
}


@pytest.mark.parametrize(("body", "done"), STATEMENTS.values(), ids=STATEMENTS)
def test_accesses__eloquent__operations_by_table(body: str, done: list[str]) -> None:
    assert accesses(in_file(body)) == done


def test_accesses__what_a_method_gives_undeclared__is_followed() -> None:
    queries = (
        "<?php namespace App;\nuse Illuminate\\Database\\Eloquent\\Builder;\n"
        "use App\\Models\\{Order, User};\n"
        "class Queries {\n  public function start(): Builder { return Order::query(); }\n"
        "  public function open(): Builder { return $this->start()->where('a', 1); }\n"
        "  public function any($x): Builder { return $x ? 1 : 2; }\n"
        "  public function around(): Builder { return $this->around()->where('b', 1); }\n}\n"
    )
    body = "$q = new Queries(); $q->open()->delete(); $q->any(1)->update([]); $q->around()->get();"
    sources = in_file(body, uses=["App\\Queries"], **{"app/Queries.php": queries})
    assert accesses(sources) == ["orders delete"]


def test_accesses__the_user_who_is_logged_in__is_the_model_of_the_settings() -> None:
    settings = (
        "<?php return ['guards' => [], 'providers' => ['users' => ["
        "'model' => env('AUTH_MODEL', App\\Models\\User::class)]]];"
    )
    body = "auth()->user()->orders()->create([]);"
    assert accesses(in_file(body, **{"config/auth.php": settings})) == ["orders create"]
    assert accesses(in_file(body)) == []


QUERY_BUILDER = {
    "read": ("DB::table('Orders as o')->where('a', 1)->get();", ["orders read"]),
    "later": (
        "$q = DB::table('orders'); $q->update([]); DB::connection('x')->table('a')->insert([]);",
        ["a create", "orders update"],
    ),
    "joined": (
        "DB::table('orders')->leftJoin('users', 'a', 'b')->count();",
        ["orders read", "users read"],
    ),
    "unknown": ("DB::table($x)->get(); $x->table('orders')->get();", []),
}


@pytest.mark.parametrize(("body", "done"), QUERY_BUILDER.values(), ids=QUERY_BUILDER)
def test_accesses__query_builder__tables_by_name(body: str, done: list[str]) -> None:
    assert accesses(in_file(body, uses=["Illuminate\\Support\\Facades\\DB"])) == done


def test_accesses__a_class_called_db__is_none_of_laravel() -> None:
    assert accesses(in_file("DB::table('orders')->get();", uses=["My\\DB"])) == []


SQL = {
    "facade": (
        "DB::select('select a from orders where b = ?', [1]); DB::statement('drop table x');",
        ["orders read sql"],
    ),
    "put together": (
        "$sql = 'update ' . self::TABLE . \" set a = '$x'\"; DB::update($sql . ' where b = 1');",
        ["things update sql"],
    ),
    "heredoc": (
        "$s = <<<SQL\n  select a\n  from orders\n  join users u on u.id = $x\n  SQL;\n$x->go($s);",
        ["orders read sql", "users read sql"],
    ),
    "pdo": (
        (
            "(new \\PDO('a'))->prepare('delete from orders where a = :b');"
            " mysqli_query($x, 'insert into users (a) values (1)');"
        ),
        ["orders delete sql", "users create sql"],
    ),
    "sentences": ("$x->query('Select one from the list'); $y = 'update your profile';", []),
}


@pytest.mark.parametrize(("body", "done"), SQL.values(), ids=SQL)
def test_accesses__sql_in_texts__read(body: str, done: list[str]) -> None:
    sources = in_file(body, uses=["Illuminate\\Support\\Facades\\DB"])
    text = sources["app/Shop.php"].replace("class Shop {", "class Shop { const TABLE = 'things';")
    assert accesses({**sources, "app/Shop.php": text}) == done


def test_unread__table_of_a_variable__says_so_without_values() -> None:
    body = "DB::select(\"select a from $x where b = 'secret'\");"
    found = artefacts(in_file(body, uses=["Illuminate\\Support\\Facades\\DB"]))
    assert lines(found, "data.unread", "reason", "text") == [
        "dynamic select a from {} where b = ''"
    ]


def test_accesses__of_tests__are_marked_as_such() -> None:
    found = artefacts(in_file("User::create([]);"), tests=["app/Shop.php"])
    rows = lines(found, "data.access", "unit", "unit_kind")
    assert rows == ["app/Shop.php test"]


def test_data__order_of_files__makes_no_difference() -> None:
    sources = in_file("Order::with('tags')->get(); $user->orders()->create([]);")
    turned = dict(reversed(sources.items()))
    assert artefacts(sources) == artefacts(turned)
