"""What containers are told in Go, decorators, embedded interfaces: references by injection."""
# ruff: noqa: E501 - sources of a few lines read best as one

import pytest
from unit.collect.languages.go_sources import resolved

PORTS = {
    "port/port.go": "package port\ntype Repo interface {\n\tFind(id int) string\n\tSave(s string)\n}\n"
    "type Page struct{}\ntype Getter interface { Get(url string) *Page }\ntype Closer interface { Close() }\n",
    "pg/repo.go": "package pg\ntype Repo struct{}\nfunc NewRepo() *Repo { return nil }\n"
    'func (*Repo) Find(id int) string { return "" }\nfunc (*Repo) Save(s string) {}\n',
    "web/get.go": 'package web\nimport "example.com/shop/port"\ntype Web struct{}\n'
    "func (Web) Get(url string) *port.Page { return nil }\nfunc (Web) Close() {}\n",
    "web/other.go": "package web\ntype Cache struct{}\nfunc (Cache) Get(k string) any { return nil }\n",
}  # fmt: skip
WRAPPED = 'package cached\nimport "example.com/shop/port"\ntype Cached struct { port.Repo }\n'
OWN = "func (c Cached) Save(s string) {}\n"


def injected(files: dict[str, str], source: str = "app/a.go") -> set[str]:
    """The files that a file is given implementations of."""
    found = resolved({**PORTS, **files}).references
    return {one.target for one in found if one.source == source and one.kind == "inject"}


def asking(body: str, imports: str = "") -> dict[str, str]:
    return {"app/a.go": f'package app\nimport "example.com/shop/port"\n{imports}\n{body}\n'}


def test_inject__type_that_wraps_and_adds_a_method__is_an_implementation() -> None:
    asks = asking("type S struct { r port.Repo }")
    assert injected({**asks, "c/c.go": WRAPPED + OWN}) == {"pg/repo.go", "c/c.go"}
    assert injected({**asks, "c/c.go": WRAPPED}) == {"pg/repo.go"}


def test_inject__interface_that_is_embedded__is_asked_for() -> None:
    assert injected({"c/c.go": WRAPPED + OWN}, "c/c.go") == {"pg/repo.go"}


def test_inject__only_method_of_a_common_name__tells_by_types_of_the_project() -> None:
    assert injected(asking("type S struct { g port.Getter }")) == {"web/get.go"}
    assert injected(asking("type S struct { c port.Closer }")) == set()


def test_inject__generated_mocks__do_not_crowd_out_the_real_one() -> None:
    mocks = {
        f"mocks/m{n}_test.go": PORTS["pg/repo.go"].replace("package pg", f"package m{n}")
        for n in range(6)
    }
    assert injected({**asking("type S struct { r port.Repo }"), **mocks}) == {"pg/repo.go"}


def test_inject__methods_of_an_embedded_generic_type__take_the_types_it_is_given() -> None:
    base = "package base\ntype Base[T any] struct{}\nfunc (Base[T]) Put(x T) {}\nfunc (Base[T]) All() []T { return nil }\n"
    made = {
        f"s{n}/s.go": f'package s{n}\nimport "example.com/shop/base"\ntype Item struct{{}}\n'
        'type Store struct { base.Base[Item] }\nfunc (Store) Name() string { return "" }\n'
        for n in range(7)
    }
    asks = (
        'package app\nimport "example.com/shop/s3"\ntype Items interface {\n\tPut(x s3.Item)\n'
        "\tAll() []s3.Item\n\tName() string\n}\ntype S struct { i Items }\n"
    )
    assert injected({"base/b.go": base, **made, "app/a.go": asks}) == {"s3/s.go"}


def test_inject__interface_that_embeds_a_generic_one__asks_for_its_types() -> None:
    base = (
        "package base\ntype Crud[T any] interface { Put(x T) }\n"
        "type Base[T any] struct{}\nfunc (Base[T]) Put(x T) {}\n"
    )
    made = {
        f"s{n}/s.go": f'package s{n}\nimport "example.com/shop/base"\ntype Item struct{{}}\n'
        "type Store struct { base.Base[Item] }\nfunc (Store) NextNumber() int { return 0 }\n"
        for n in range(7)
    }
    asks = (
        'package app\nimport "example.com/shop/s3"\nimport "example.com/shop/base"\n'
        "type Items interface {\n\tbase.Crud[s3.Item]\n\tNextNumber() int\n}\n"
        "func NewS(i Items) int { return 0 }\n"
    )
    assert injected({"base/b.go": base, **made, "app/a.go": asks}) == {"s3/s.go"}


CONTAINERS = {
    "wire": (
        'import "github.com/google/wire"',
        "var set = wire.NewSet(pg.NewRepo, wire.Bind(new(port.Closer), new(*pg.Repo)))",
        {"pg/repo.go"},
    ),
    "fx": (
        'import "go.uber.org/fx"',
        "var m = fx.Provide(fx.Annotate(pg.NewRepo, fx.As(new(port.Closer))))",
        {"pg/repo.go"},
    ),
    "dig": (
        'import "go.uber.org/dig"',
        "func f() { c := dig.New(); c.Provide(pg.NewRepo, dig.As(new(port.Closer))) }",
        {"pg/repo.go"},
    ),
    "another library": (
        'import "example.org/wire"', "var x = wire.Bind(new(port.Closer), new(*pg.Repo))", set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("imports", "body", "expected"), CONTAINERS.values(), ids=CONTAINERS)
def test_inject__type_bound_in_a_container__stands_for_the_interface(
    imports: str, body: str, expected: set[str]
) -> None:
    asks = asking("type S struct { c port.Closer }")
    wired = (
        'package main\nimport "example.com/shop/port"\nimport "example.com/shop/pg"\n'
        f"{imports}\n{body}\n"
    )
    assert injected({**asks, "main.go": wired}) == expected


def test_inject__function_given_to_a_container__is_given_what_it_asks_for() -> None:
    asks = asking("func ProvideS(r port.Repo) int { return 0 }")
    wired = 'package main\nimport "github.com/google/wire"\nimport "example.com/shop/app"\n'
    told = {"main.go": wired + "var set = wire.NewSet(app.ProvideS)\n"}
    assert injected({**asks, **told}) == {"pg/repo.go"}
    assert injected(asks) == set()
