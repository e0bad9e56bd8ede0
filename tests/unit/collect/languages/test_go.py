"""References of Go: one small file at a time against a small project, line by line."""
# ruff: noqa: E501 - sources of a few lines read best as one

import json
import random

import pytest

from assessor.collect.languages.go import extract, resolve
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.records import File, FileKind


def extracted(path: str, source: str, kind: FileKind = FileKind.SOURCE) -> Extracted:
    content = source.encode()
    facts = json.loads(json.dumps(extract(path, content)))
    return Extracted(File(path, kind, "go", len(content), ""), facts)


def settings(modules: dict[str, str]) -> list[Extracted]:
    return [
        Extracted(File(path, FileKind.CONFIGURATION, "", 0, ""), {"module": name})
        for path, name in modules.items()
    ]


def project(files: dict[str, str], modules: dict[str, str] | None = None) -> Resolution:
    known = {"go.mod": "example.com/shop"} if modules is None else modules
    return resolve([extracted(path, text) for path, text in files.items()], settings(known))


def found(files: dict[str, str], modules: dict[str, str] | None = None) -> set[str]:
    """`source kind target count line` of each reference."""
    return {
        f"{one.source} {one.kind} {one.target} {one.count} {one.line}"
        for one in project(files, modules).references
    }


STORE = {
    "store/order.go": """package store
type Order struct {
	ID    int
	Lines []Line
	Owner *Customer
	Tags  map[Key]*Customer
	Queue chan Line
	Hook  func(int) (*Customer, error)
}
""",
    "store/line.go": "package store\ntype Line struct { Price Money }\nfunc (l Line) Sum() Money { return l.Price }\n",
    "store/customer.go": "package store\ntype Customer struct{ name string }\nfunc (c *Customer) Greet() {}\n",
    "store/key.go": "package store\ntype Key string\nfunc (k Key) Short() Key { return k }\n",
    "store/methods.go": "package store\nfunc (o *Order) First() Line { return o.Lines[0] }\n",
    "store/money.go": """package store
type Money int
const Free Money = 0
var Top = MakeMoney(1)
func MakeMoney(n int) Money { return Money(n) }
func (m Money) Text() string { return "" }
""",
    "store/new.go": """package store
func NewOrder() *Order { return &Order{} }
func Load(id int) (*Order, error) { return nil, nil }
func Each(f func(*Order)) {}
""",
    "store/list.go": """package store
type List[T any] struct { items []T }
func (l *List[E]) At(i int) E { return l.items[i] }
func (l *List[E]) All() []E { return l.items }
func Map[A, B any](in []A, f func(A) B) []B { return nil }
type Pair[A, B any] struct { Left A; Right B }
func One[T any]() T { return nil }
""",
    "store/special.go": """package store
type Special struct { *Order; Extra Customer }
type Alias = Order
type Orders []*Order
type ByKey map[Key]Line
type Loader interface { Load(id int) (*Order, error) }
type Saver interface { Loader; Save(o *Order) error }
""",
}
HEAD = 'package app\nimport "example.com/shop/store"\n'
# Body from line 3 on -> what app/m.go refers to in store/: kind, file, count, first line.
CASES: dict[str, tuple[str, set[str]]] = {
    "function called": ("func f() { store.NewOrder() }", {"call new 1 3"}),
    "function called twice": (
        "func f() {\n\tstore.NewOrder()\n\tstore.NewOrder()\n}",
        {"call new 2 4"},
    ),
    "function as a value": ("var f = store.NewOrder", {"static new 1 3"}),
    "function passed on": (
        "func f(g func() *store.Order) { f(store.NewOrder) }",
        {"static new 1 3", "type order 1 3"},
    ),
    "type of a variable": ("var o store.Order", {"type order 1 3"}),
    "type of a pointer": ("var o *store.Order", {"type order 1 3"}),
    "types of a map": ("var o map[store.Key][]store.Line", {"type key 1 3", "type line 1 3"}),
    "type of a channel": ("var o <-chan store.Line", {"type line 1 3"}),
    "types of a signature": (
        "func f(a store.Key, b ...store.Line) (c store.Money, err error) { return }",
        {"type key 1 3", "type line 1 3", "type money 1 3"},
    ),
    "type of a function type": (
        "type F func(store.Key) store.Line",
        {"type key 1 3", "type line 1 3"},
    ),
    "fields of a struct": (
        'type S struct {\n\ta, b store.Key\n\tc store.Line `json:"store.Order"`\n}',
        {"type key 1 4", "type line 1 5"},
    ),
    "struct embedded": ("type S struct { store.Order }", {"inherit order 1 3"}),
    "pointer embedded": ("type S struct { *store.Order }", {"inherit order 1 3"}),
    "generic embedded": (
        "type S struct { store.List[store.Key] }",
        {"inherit list 1 3", "type key 1 3"},
    ),
    "interface embedded": ("type S interface { store.Loader }", {"inherit special 1 3"}),
    "methods of an interface": (
        "type S interface {\n\tM(store.Key) store.Line\n}",
        {"type key 1 4", "type line 1 4"},
    ),
    "type constraint": (
        "func f[T store.Key | store.Money](t T) {}",
        {"type key 1 3", "type money 1 3"},
    ),
    "type alias": ("type A = store.Order", {"type order 1 3"}),
    "type from a type": ("type A store.Order", {"type order 1 3"}),
    "literal": ("var o = store.Order{ID: 1}", {"new order 1 3"}),
    "pointer to a literal": ("var o = &store.Order{}", {"new order 1 3"}),
    "literals without their type": (
        "var o = []store.Line{{}, {}}",
        {"new line 2 3", "type line 1 3"},
    ),
    "literals without their type in a map": (
        'var o = map[store.Key]*store.Line{"a": {}}',
        {"new line 1 3", "type line 1 3", "type key 1 3"},
    ),
    "generic literal": (
        "var o = store.Pair[store.Key, int]{}",
        {"new list 1 3", "type key 1 3"},
    ),
    "new": ("var o = new(store.Order)", {"new order 1 3"}),
    "new of a value": ("var o = new(store.Free)", {"static money 1 3"}),
    "make": ("var o = make(map[store.Key]int, 3)", {"type key 1 3"}),
    "conversion": ('var o = store.Key("a")', {"type key 1 3"}),
    "conversion of a pointer": ("var o = (*store.Order)(nil)", {"type order 1 3"}),
    "assertion": ("func f(a any) { _ = a.(*store.Order) }", {"type order 1 3"}),
    "assertion, then a method": (
        "func f(a any) { a.(*store.Order).First() }",
        {"type order 1 3", "call methods 1 3"},
    ),
    "type switch": (
        (
            "func f(a any) {\n\tswitch b := a.(type) {\n\tcase *store.Order:\n\t\tb.First()\n"
            "\tcase store.Line, store.Key:\n\t\tb.Sum()\n\tcase store.Money:\n\t\tb.Text()\n\t}\n}"
        ),
        {
            "type order 1 5",
            "call methods 1 6",
            "type line 1 7",
            "type key 1 7",
            "type money 1 9",
            "call money 1 10",
        },
    ),
    "constant": ("var o = store.Free", {"static money 1 3"}),
    "variable": ("func f() { g(store.Top) }", {"static money 1 3"}),
    "method of a variable of the package": (
        "func f() { store.Top.Text() }",
        {"static money 1 3", "call money 1 3"},
    ),
    "method of a parameter": (
        "func f(o *store.Order) { o.First() }",
        {"type order 1 3", "call methods 1 3"},
    ),
    "method of a result": (
        "func f() { store.NewOrder().First() }",
        {"call new 1 3", "call methods 1 3"},
    ),
    "chain of methods": (
        "func f() { store.NewOrder().First().Sum().Text() }",
        {"call new 1 3", "call methods 1 3", "call line 1 3", "call money 1 3"},
    ),
    "chain of fields": (
        "func f(o store.Order) { _ = o.Owner.name }",
        {"type order 1 3", "static order 1 3", "static customer 1 3"},
    ),
    "local variable of a result": (
        "func f() {\n\to := store.NewOrder()\n\to.First()\n}",
        {"call new 1 4", "call methods 1 5"},
    ),
    "first of two results": (
        "func f() {\n\to, err := store.Load(1)\n\to.First()\n\terr.Error()\n}",
        {"call new 1 4", "call methods 1 5"},
    ),
    "local variable of a literal": (
        "func f() {\n\to := &store.Order{}\n\to.First()\n}",
        {"new order 1 4", "call methods 1 5"},
    ),
    "local variable with its type": (
        "func f() {\n\tvar o store.Order\n\to.First()\n}",
        {"type order 1 4", "call methods 1 5"},
    ),
    "variable of an if": (
        "func f() { if o, err := store.Load(1); err == nil { o.First() } else { o.First() } }",
        {"call new 1 3", "call methods 2 3"},
    ),
    "range over a slice": (
        "func f(o store.Order) { for _, l := range o.Lines { l.Sum() } }",
        {"type order 1 3", "static order 1 3", "call line 1 3"},
    ),
    "range over a map": (
        "func f(o store.Order) { for k, v := range o.Tags { k.Short(); v.Greet() } }",
        {"type order 1 3", "static order 1 3", "call key 1 3", "call customer 1 3"},
    ),
    "range over a channel": (
        "func f(o store.Order) { for l := range o.Queue { l.Sum() } }",
        {"type order 1 3", "static order 1 3", "call line 1 3"},
    ),
    "received": (
        "func f(o store.Order) { (<-o.Queue).Sum() }",
        {"type order 1 3", "static order 1 3", "call line 1 3"},
    ),
    "received in a select": (
        "func f(o store.Order) { select { case l := <-o.Queue: l.Sum() } }",
        {"type order 1 3", "static order 1 3", "call line 1 3"},
    ),
    "element of a slice": (
        "func f(o store.Order) { o.Lines[0].Sum() }",
        {"type order 1 3", "static order 1 3", "call line 1 3"},
    ),
    "element of a map, and whether it is there": (
        'func f(o store.Order) { v, ok := o.Tags["a"]; v.Greet(); ok.Greet() }',
        {"type order 1 3", "static order 1 3", "call customer 1 3"},
    ),
    "elements of a named slice": (
        "func f(s store.Orders) { for _, o := range s { o.First() } }",
        {"type special 1 3", "call methods 1 3"},
    ),
    "elements of a named map": (
        "func f(s store.ByKey) { for k, l := range s { k.Short(); l.Sum() } }",
        {"type special 1 3", "call key 1 3", "call line 1 3"},
    ),
    "append": (
        "func f(s store.Orders) { t := append(s, nil); t[0].First() }",
        {"type special 1 3", "call methods 1 3"},
    ),
    "promoted method": (
        "func f(s store.Special) { s.First() }",
        {"type special 1 3", "call methods 1 3"},
    ),
    "promoted field": (
        "func f(s store.Special) { g(s.ID) }",
        {"type special 1 3", "static order 1 3"},
    ),
    "promoted from a struct of the file": (
        "type S struct { store.Order }\nfunc f(s *S) { s.First() }",
        {"inherit order 1 3", "call methods 1 4"},
    ),
    "method by an alias": (
        "func f(a *store.Alias) { a.First() }",
        {"type special 1 3", "call methods 1 3"},
    ),
    "method of an interface": (
        "func f(s store.Saver) { s.Load(1) }",
        {"type special 1 3", "call special 1 3"},
    ),
    "result of a method of an interface": (
        "func f(s store.Saver) { o, _ := s.Load(1); o.First() }",
        {"type special 1 3", "call special 1 3", "call methods 1 3"},
    ),
    "method expression": (
        "var f = (*store.Order).First",
        {"type order 1 3", "static methods 1 3"},
    ),
    "method value": (
        "func f(o *store.Order) { g := o.First; g().Sum() }",
        {"type order 1 3", "static methods 1 3", "call line 1 3"},
    ),
    "field that is called": (
        "func f(o *store.Order) { c, _ := o.Hook(1); c.Greet() }",
        {"type order 1 3", "call order 1 3", "call customer 1 3"},
    ),
    "go and defer": (
        "func f(o *store.Order) { go o.First(); defer store.NewOrder() }",
        {"type order 1 3", "call methods 1 3", "call new 1 3"},
    ),
    "function literal": (
        "func f() { store.Each(func(o *store.Order) { o.First() }) }",
        {"call new 1 3", "type order 1 3", "call methods 1 3"},
    ),
    "result of a function literal": (
        "func f() { g := func() *store.Order { return nil }; g().First() }",
        {"type order 1 3", "call methods 1 3"},
    ),
    "generic function": (
        "func f() { store.Map[int, store.Key](nil, nil) }",
        {"call list 1 3", "type key 1 3"},
    ),
    "result of a generic function": (
        "func f() { store.One[store.Line]().Sum(); store.One[*store.Order]().First() }",
        {"call list 2 3", "type line 1 3", "type order 1 3", "call line 1 3", "call methods 1 3"},
    ),
    "result of a generic function with several types": (
        "func f() {\n\tfor _, k := range store.Map[int, store.Key](nil, nil) {\n\t\tk.Short()\n\t}\n}",
        {"call list 1 4", "type key 1 4", "call key 1 5"},
    ),
    "conversion to a generic type": (
        "func f(a any) { store.List[store.Line](a).At(0).Sum() }",
        {"type list 1 3", "type line 1 3", "call list 1 3", "call line 1 3"},
    ),
    "function of a slice": (
        "func f(s []func() store.Line) { s[store.Free]().Sum() }",
        {"type line 1 3", "static money 1 3", "call line 1 3"},
    ),
    "method of a generic type": (
        "func f(l store.List[store.Line]) { l.At(0).Sum() }",
        {"type list 1 3", "type line 1 3", "call list 1 3", "call line 1 3"},
    ),
    "elements of a generic type": (
        "func f(l *store.List[*store.Order]) { for _, o := range l.All() { o.First() } }",
        {"type list 1 3", "type order 1 3", "call list 1 3", "call methods 1 3"},
    ),
    "field of a generic type": (
        "func f(p store.Pair[store.Key, store.Line]) { p.Left.Short(); p.Right.Sum() }",
        {
            "type list 1 3",
            "type key 1 3",
            "type line 1 3",
            "static list 2 3",
            "call key 1 3",
            "call line 1 3",
        },
    ),
    "method of a type parameter": (
        "func f[L store.Loader](l L) { o, _ := l.Load(1); o.First() }",
        {"type special 1 3", "call special 1 3", "call methods 1 3"},
    ),
    "range over a sequence": (
        "func f(s iter.Seq2[store.Key, *store.Order]) { for k, o := range s { k.Short(); o.First() } }",
        {"type key 1 3", "type order 1 3", "call key 1 3", "call methods 1 3"},
    ),
    "names beyond ASCII": (
        "type Größe struct { 大小 *store.Order }\nfunc f(größe Größe) { größe.大小.First() }",
        {"type order 1 3", "call methods 1 4"},
    ),
    "structs without a name": (
        "func f() {\n\tfor _, c := range []struct{ o *store.Order }{{nil}} {\n\t\tc.o.First()\n\t}\n}",
        {"type order 1 4", "call methods 1 5"},
    ),
    "type of a function": (
        "func f() {\n\ttype local struct{ o store.Order }\n\tvar l local\n\tl.o.First()\n}",
        {"type order 1 4", "call methods 1 6"},
    ),
    "name that hides the import": (
        "func f(store struct{ NewOrder func() }) { store.NewOrder() }",
        {"import store 1 2"},
    ),
    "names in strings and comments": (
        '// store.NewOrder()\nvar o = "store.NewOrder()" + `store.Order{}`',
        {"import store 1 2"},
    ),
    "name that the package lacks": ("var o = store.Missing", {"import store 1 2"}),
    "method that the type lacks": (
        "func f(o store.Key) { o.First() }",
        {"type key 1 3"},
    ),
    "name that a package does not show": ("func f(o store.Key) { store.new() }", {"type key 1 3"}),
    "key of a literal": ("type T struct{ Free int }\nvar t = T{Free: 1}", {"import store 1 2"}),
    "label": ("func f() {\nTop:\n\tfor {\n\t\tbreak Top\n\t}\n}", {"import store 1 2"}),
    "variable of unknown type": ("func f() { o := g(); o.First() }", {"import store 1 2"}),
    "hidden again": (
        "func f(o *store.Order) { { o := 1; o.First() }; o.First() }",
        {"type order 1 3", "call methods 1 3"},
    ),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_resolve__construct__references_to_the_files_that_declare(body, expected):
    files = {
        **STORE,
        "app/m.go": HEAD + body,
        "store/store.go": "// Package store\npackage store\n",
    }
    references = [one for one in project(files).references if one.source == "app/m.go"]
    shown = {
        f"{one.kind} {one.target.removeprefix('store/').removesuffix('.go')} {one.count} {one.line}"
        for one in references
    }
    assert shown == expected


def test_resolve__same_package__without_an_import():
    assert found(STORE) >= {
        "store/order.go type store/line.go 2 4",
        "store/order.go type store/customer.go 3 5",
        "store/order.go type store/key.go 1 6",
        "store/methods.go type store/order.go 1 2",
        "store/methods.go static store/order.go 1 2",
        "store/new.go new store/order.go 1 2",
        "store/special.go inherit store/order.go 1 2",
    }


def test_resolve__file_of_its_own__no_reference_to_itself():
    assert (
        found({"a/a.go": "package a\ntype T struct{}\nfunc f() T { f(); return T{} }\n"}) == set()
    )


IMPORTS = {
    "alias": ('import s "example.com/shop/lib"\nvar x = s.V', {"static lib/v.go 1 3"}),
    "alias hides the name": ('import s "example.com/shop/lib"\nvar x = lib.V', {"import lib/lib.go 1 2"}),
    "dot": ('import . "example.com/shop/lib"\nvar x = V', {"static lib/v.go 1 3"}),
    "blank": ('import _ "example.com/shop/lib"', {"import lib/lib.go 1 2"}),
    "list": ('import (\n\t"fmt"\n\n\t"example.com/shop/lib"\n)\nvar x = lib.V', {"static lib/v.go 1 7"}),
    "package with a doc": ('import _ "example.com/shop/doc"', {"import doc/doc.go 1 2"}),
    "package with neither": ('import _ "example.com/shop/none"', {"import none/a.go 1 2"}),
    "package named otherwise": ('import "example.com/shop/go-x"\nvar y = x.Y', {"static go-x/y.go 1 3"}),
    "nested module": ('import "example.com/shop/api/v2/pb"\nvar y = pb.M{}', {"new api/pb/m.go 1 3"}),
    "outside": ('import "example.com/other/lib"\nvar x = lib.V', set()),
    "outside by a longer name": ('import "example.com/shopping/lib"\nvar x = lib.V', set()),
    "standard library": ('import "lib"\nvar x = lib.V', set()),
    "only used in a test": ('import "example.com/shop/lib"\nvar x = lib.Fake', {"import lib/lib.go 1 2"}),
    "folder without files": ('import "example.com/shop/empty"\nvar x = empty.V', set()),
}  # fmt: skip
PACKAGES = {
    "lib/a.go": "package lib",
    "lib/lib.go": "package lib",
    "lib/v.go": "package lib\nvar V = 1",
    "lib/v_test.go": "package lib\nvar Fake = 1",
    "doc/a.go": "package doc",
    "doc/doc.go": "package doc",
    "none/b.go": "package none",
    "none/a.go": "package none",
    "go-x/y.go": "package x\nvar Y = 1",
    "go-x/z.go": "package main\nvar Y = 1",
    "api/pb/m.go": "package pb\ntype M struct{}",
}


@pytest.mark.parametrize(("body", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_resolve__import__the_folder_that_its_path_means(body, expected):
    modules = {"go.mod": "example.com/shop", "api/go.mod": "example.com/shop/api/v2"}
    shown = found({**PACKAGES, "m/m.go": "package m\n" + body}, modules)
    assert {one.removeprefix("m/m.go ") for one in shown if one.startswith("m/m.go")} == expected


def test_resolve__no_go_mod__the_longest_suffix_that_most_imports_agree_on():
    files = {
        "pkg/a/a.go": "package a\nvar V = 1",
        "pkg/b/b.go": "package b\nvar V = 1",
        "pq/pq.go": "package pq\nvar V = 1",
        "json/json.go": "package json\nvar V = 1",
        "m.go": 'package m\nimport (\n"encoding/json"\n"github.com/o/r/pkg/a"\n"github.com/o/r/pkg/b"\n'
        '"github.com/lib/pq"\n)\nvar x = a.V + b.V + pq.V + json.V',
    }
    assert found(files, {}) == {"m.go static pkg/a/a.go 1 8", "m.go static pkg/b/b.go 1 8"}


def test_resolve__copies_of_a_module__the_nearest():
    files = {
        f"{copy}/{part}": text
        for copy in ("one", "two")
        for part, text in (
            ("lib/lib.go", "package lib\nvar V = 1"),
            ("m/m.go", 'package m\nimport "example.com/x/lib"\nvar y = lib.V'),
        )
    }
    modules = {"one/go.mod": "example.com/x", "two/go.mod": "example.com/x"}
    assert found(files, modules) == {
        "one/m/m.go static one/lib/lib.go 1 3",
        "two/m/m.go static two/lib/lib.go 1 3",
    }


def test_resolve__files_of_several_platforms__the_first_by_path():
    files = {
        "p/a.go": "package p\nfunc f() { open() }",
        "p/open_windows.go": "//go:build windows\npackage p\nfunc open() {}",
        "p/open_linux.go": "//go:build linux\npackage p\nfunc open() {}",
    }
    assert found(files) == {"p/a.go call p/open_linux.go 1 2"}
    assert len(project(files).units) == 3


def test_resolve__tests__see_their_package_and_are_not_seen():
    files = {
        "p/a.go": "package p\nfunc F() { helper() }",
        "p/a_test.go": "package p\nfunc helper() { F() }",
        "p/b_test.go": 'package p_test\nimport "example.com/shop/p"\nfunc g() { p.F(); helper() }',
        "p/c_test.go": "package p_test\nfunc h() { g() }",
    }
    assert found(files) == {
        "p/a_test.go call p/a.go 1 2",
        "p/b_test.go call p/a.go 1 3",
        "p/c_test.go call p/b_test.go 1 2",
    }


PORTS = {
    "port/repo.go": "package port\ntype Repo interface {\n\tFind(id int) string\n\tSave(id int, s string)\n}",
    "port/one.go": "package port\ntype Clock interface { CurrentShift() int }\ntype Closer interface { Close() }",
    "pg/pg.go": "package pg\ntype Base struct{}\nfunc (Base) Save(id int, s string) {}",
    "pg/repo.go": 'package pg\ntype Repo struct { Base }\nfunc (r *Repo) Find(id int) string { return "" }',
    "pg/other.go": 'package pg\ntype Other struct { Base }\nfunc (r *Other) Find(id, n int) string { return "" }',
    "pg/wrap.go": 'package pg\nimport "example.com/shop/port"\ntype Wrap struct { port.Repo }\n',
    "pg/fake_test.go": 'package pg\ntype Fake struct { Base }\nfunc (r Fake) Find(id int) string { return "" }',
    "pg/clock.go": "package pg\ntype Sun struct{}\nfunc (Sun) CurrentShift() int { return 0 }\nfunc (Sun) Close() {}",
}  # fmt: skip
PORTS |= {
    "port/same.go": "package port\ntype Item struct{}\ntype ItemSaver interface { SaveAll(i []Item) error }",
    "item/repo.go": 'package item\nimport p "example.com/shop/port"\ntype Repo struct{}\n'
    "func (Repo) SaveAll(items []p.Item) (err error) { return }",
    "user/repo.go": "package user\ntype Item struct{}\ntype Repo struct{}\n"
    "func (Repo) SaveAll(i []Item) error { return nil }",
    "user/other.go": 'package user\nimport "example.com/shop/port"\ntype Other struct{}\n'
    "func (Other) SaveAll(i []port.Item) {}",
    "user/whole.go": 'package user\nimport "example.com/shop/item"\ntype Whole struct { item.Repo }\n',
}
INJECTIONS = {
    "same types only": ("type S struct { s port.ItemSaver }", {"item/repo.go 1 3"}),
    "field": ("type S struct {\n\tr port.Repo\n}", {"pg/repo.go 1 4"}),
    "constructor": ("func NewS(r port.Repo) int { return 0 }", {"pg/repo.go 1 3"}),
    "both": (
        "type S struct { r port.Repo }\nfunc newS(a int, r port.Repo) {}",
        {"pg/repo.go 2 3"},
    ),
    "method with a telling name": ("type S struct { c port.Clock }", {"pg/clock.go 1 3"}),
    "method of a common name": ("type S struct { c port.Closer }", set()),
    "any other function": ("func Use(r port.Repo) {}", set()),
    "method": ("func (s S) NewS(r port.Repo) {}", set()),
    "several at once": ("type S struct { r []port.Repo }", set()),
}


@pytest.mark.parametrize(("body", "expected"), INJECTIONS.values(), ids=INJECTIONS)
def test_resolve__interface_asked_for__types_with_all_its_methods(body, expected):
    text = 'package app\nimport "example.com/shop/port"\n' + body
    references = project({**PORTS, "app/m.go": text}).references
    shown = {
        f"{one.target} {one.count} {one.line}"
        for one in references
        if one.source == "app/m.go" and one.kind == "inject"
    }
    assert shown == expected


def test_resolve__interface_that_many_types_satisfy__none_is_injected():
    many = {
        f"x/t{n}.go": f'package x\ntype T{n} struct{{}}\nfunc (T{n}) Find(id int) string {{ return "" }}\n'
        f"func (T{n}) Save(id int, s string) {{}}\n"
        for n in range(5)
    }
    asks = {
        "app/m.go": 'package app\nimport "example.com/shop/port"\ntype S struct { r port.Repo }'
    }
    repo = {"port/repo.go": PORTS["port/repo.go"]}
    kinds = [one.kind for one in project({**repo, **asks, **many}).references]
    assert kinds.count("inject") == 5
    sixth = {"x/t5.go": many["x/t4.go"].replace("T4", "T5")}
    kinds = [one.kind for one in project({**repo, **asks, **many, **sixth}).references]
    assert kinds.count("inject") == 0


def test_resolve__any_order_of_files__same_result():
    files = list(
        {**STORE, **PACKAGES, **PORTS, "app/m.go": HEAD + CASES["chain of methods"][0]}.items()
    )
    expected = project(dict(files))
    for seed in range(5):
        random.Random(seed).shuffle(files)  # noqa: S311 - repeatable on purpose
        assert project(dict(files)) == expected


def test_resolve__unit__its_name_types_and_words():
    (unit,) = project({"store/order.go": STORE["store/order.go"]}).units
    assert (unit.name, unit.types, unit.language) == ("store.order", ("Order",), "go")
    assert dict(unit.words)["customer"] == 3
    assert unit.code_lines == 9
