"""Which classes Laravel's container puts where an interface is asked for."""

from collections.abc import Mapping

from assessor.collect.languages.php import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

TYPES = (
    "<?php namespace A;\ninterface Books {}\nclass SqlBooks implements Books {}\n"
    "class FakeBooks implements Books {}\n"
)
PROVIDER = (
    "<?php namespace A;\nuse Illuminate\\Support\\ServiceProvider;\n"
    "class Provider extends ServiceProvider {{ function register() {{ {} }} }}\n"
)


def injected(body: str, **files: str) -> list[str]:
    """`source target` of each reference `inject`. body: of the provider."""
    sources: Mapping[str, str] = {
        "Types.php": TYPES, "Provider.php": PROVIDER.format(body),
        **{f"{name}.php": f"<?php namespace A;\n{text}" for name, text in files.items()},
    }  # fmt: skip
    read = [
        Extracted(File(path, FileKind.SOURCE, "php", len(text), ""), extract(path, text.encode()))
        for path, text in sources.items()
    ]
    return [
        f"{one.source_name} {one.target_name}"
        for one in resolve(read).references
        if str(one.kind) == "inject" and one.source_name != "A.Provider"
    ]


ASKED = {
    "Shop": "class Shop { function __construct(private Books $b) {} }",
    "ShopController": "class ShopController { function index(Books $b) {} }",
    "Job": "class Job { function handle(Books $b) {} function other(Books $b) {} }",
    "Late": "class Late { function run() { return app(Books::class); } }",
    "Plain": "class Plain { function run(Books $b) {} }",
}
PUT = [f"A.{name} A.SqlBooks" for name in ("Job", "Late", "Shop", "ShopController")]


def test_inject__bound_class__is_put_where_it_is_asked_for() -> None:
    for body in (
        "$this->app->bind(Books::class, SqlBooks::class);",
        "$this->app->singleton(Books::class, function ($app) { return new SqlBooks(); });",
        "$this->app->bind(static function ($app): Books { return app(SqlBooks::class); });",
    ):
        assert injected(body, **ASKED) == PUT


def test_inject__nothing_bound__nothing_is_put_in_by_laravel() -> None:
    assert injected("", **ASKED) == []
    assert injected("$x->bind(Books::class, SqlBooks::class);", **ASKED) == []
    assert injected("$this->app->bind(Books::class, Other::class);", **ASKED) == []


def test_inject__without_laravel__all_that_implement_it() -> None:
    provider = "<?php class None {}"
    read = [
        Extracted(File(path, FileKind.SOURCE, "php", len(text), ""), extract(path, text.encode()))
        for path, text in {
            "Types.php": TYPES, "None.php": provider,
            "Shop.php": f"<?php namespace A;\n{ASKED['Shop']}",
        }.items()
    ]  # fmt: skip
    found = [one.target_name for one in resolve(read).references if str(one.kind) == "inject"]
    assert found == ["A.FakeBooks", "A.SqlBooks"]
