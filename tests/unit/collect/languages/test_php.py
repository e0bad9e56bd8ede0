# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""PHP from end to end: sources written here, references and units out."""

import json
from collections.abc import Mapping

import pytest

from assessor.collect.languages.php import extract
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

Row = tuple[str, str, str, int, int]


def resolved(sources: Mapping[str, str | bytes], *, tests: tuple[str, ...] = ()) -> Resolution:
    """Both phases over files given as path -> content, facts sent through JSON as between processes."""
    extracted = []
    for path, source in sources.items():
        content = source if isinstance(source, bytes) else source.encode()
        kind = FileKind.TEST if path in tests else FileKind.SOURCE
        facts = json.loads(json.dumps(extract(path, content)))
        extracted.append(Extracted(File(path, kind, "php", len(content), ""), facts))
    return resolve(extracted)


def rows(resolution: Resolution, source: str) -> set[Row]:
    """Source name, target name, kind, count and line of the references from one file."""
    return {
        (r.source_name, r.target_name, r.kind.value, r.count, r.line)
        for r in resolution.references
        if r.source == source
    }


def test_resolve__whole_records__paths_names_kind_count_line() -> None:
    sources = {
        "src/Order.php": "<?php\nnamespace Shop;\nuse Crm\\Customer;\nclass Order {\n  private Customer $c;\n  private ?Customer $d;\n}\n",
        "crm/Customer.php": "<?php namespace Crm; class Customer {}",
    }
    (found,) = resolved(sources).references
    assert (found.source, found.source_name) == ("src/Order.php", "Shop.Order")
    assert (found.target, found.target_name) == ("crm/Customer.php", "Crm.Customer")
    assert (found.kind.value, found.count, found.line) == ("type", 2, 5)


# Each case: what stands in a/Main.php, with the target, kind, count and line of all its references.
TARGETS = {
    "b/Target.php": r"""<?php namespace B;
        class Target {
          const CONST = 1; public static $shared;
          public Other $other; /** @var Other[] */ public array $others;
          public static function of($x): ?static { return new static; }
          public function go(): Other { }
          public function fluent(): static { return $this; }
          public function untyped() { }
          /** @return Other */ public function said() { }
        }""",
    "b/Other.php": "<?php namespace B; class Other { public function more(): Last { } }",
    "b/Last.php": "<?php namespace B; class Last { public function end() {} }",
    "b/Mark.php": "<?php namespace B; #[\\Attribute] class Mark { }",
    "b/Shape.php": "<?php namespace B; interface Shape { const SIDES = 0; }",
    "b/Helps.php": "<?php namespace B; trait Helps { public function help(): Last { } }",
    "b/Suit.php": "<?php namespace B; enum Suit { case Hearts; public function last(): Last { } }",
    "b/functions.php": "<?php namespace B; const LIMIT = 3; function make(): Last { }",
    "plain.php": "<?php function plain(): \\B\\Last { } const EDGE = 1; class Plain { }",
}
USES = "use B\\Target; use B\\Other; use B\\Last; use B\\Mark; use B\\Shape; use B\\Helps; use B\\Suit;"
T, OTHER, L = "B.Target", "B.Other", "B.Last"
IN_CLASS: dict[str, tuple[str, set[tuple[str, str, int, int]]]] = {
    "extends": ("} class M2 extends Target {", {(T, "inherit", 1, 3)}),
    "implements": ("} class M2 implements Shape {", {("B.Shape", "inherit", 1, 3)}),
    "interface extends several": ("} interface M2 extends Shape, \\B\\Target {", {("B.Shape", "inherit", 1, 3), (T, "inherit", 1, 3)}),
    "enum implements": ("} enum M2: string implements Shape { case A = 'a';", {("B.Shape", "inherit", 1, 3)}),
    "trait used": ("use Helps { help as protected aid; }", {("B.Helps", "inherit", 1, 3)}),
    "method of a trait": ("use Helps; function m() { $this->help()->end(); }", {("B.Helps", "inherit", 1, 3), (L, "call", 1, 3), (L, "signature", 1, 3)}),
    "typed property": ("private Target $t;", {(T, "type", 1, 3)}),
    "nullable and union": ("private ?Target $t; private Other|Last|null $u;", {(T, "type", 1, 3), (OTHER, "type", 1, 3), (L, "type", 1, 3)}),
    "intersection and default": ("function m((Target&Shape)|null $t = null, ?Other $o = new Other()) {}", {(T, "type", 1, 3), ("B.Shape", "type", 1, 3), (OTHER, "type", 1, 3), (OTHER, "new", 1, 3)}),
    "result": ("function m(): Target {}", {(T, "type", 1, 3)}),
    "typed constant": ("const Suit S = Suit::Hearts;", {("B.Suit", "type", 1, 3), ("B.Suit", "static", 1, 3)}),
    "promoted property": ("function __construct(private readonly Target $t) {} function m() { $this->t->go(); }", {(T, "type", 1, 3), (T, "signature", 1, 3), (T, "call", 1, 3), (OTHER, "signature", 1, 3)}),
    "untyped property from the constructor": ("private $t; function __construct(Target $t) { $this->t = $t; } function m() { $this->t->untyped(); }", {(T, "type", 1, 3), (T, "signature", 2, 3), (T, "call", 1, 3)}),
    "property from new": ("private $t; function __construct() { $this->t = new Target(); } function m() { $this->t->untyped(); }", {(T, "new", 1, 3), (T, "signature", 2, 3), (T, "call", 1, 3)}),
    "new": ("function m() { new Target(1); new \\B\\Target; }", {(T, "new", 2, 3)}),
    "new of a variable class": ("function m($c) { new $c(new Target); }", {(T, "new", 1, 3)}),
    "static call": ("function m() { Target::of(1); }", {(T, "call", 1, 3)}),
    "result is the receiver's class": ("function m() { Target::of(1)->fluent()->untyped(); }", {(T, "call", 3, 3)}),
    "class constant": ("function m() { return Target::CONST; }", {(T, "static", 1, 3)}),
    "constant that nobody declares": ("function m() { return Target::UNKNOWN; }", {(T, "static", 1, 3)}),
    "member of a name that is made": ("function m($n) { Target::{$n}(); return Target::$$n; }", {(T, "type", 1, 3), (T, "static", 1, 3)}),
    "static property": ("function m() { return Target::$shared; }", {(T, "static", 1, 3)}),
    "class name": ("function m() { return [Target::class, static::class]; }", {(T, "type", 1, 3)}),
    "enum case and its method": ("function m() { Suit::Hearts->last(); }", {("B.Suit", "static", 1, 3), ("B.Suit", "call", 1, 3), (L, "signature", 1, 3)}),
    "instanceof": ("function m($t) { if (!$t instanceof Target) { return; } $t->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "catch": ("function m() { try { } catch (Target | Last $e) { $e->untyped(); } }", {(T, "type", 1, 3), (T, "call", 1, 3), (L, "type", 1, 3)}),
    "attribute": ("#[Mark(Target::class)] function m(#[\\B\\Mark] $x) {}", {("B.Mark", "annotate", 2, 3), (T, "type", 1, 3)}),
    "chain": ("function m(Target $t) { $t->go()->more()?->end(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (OTHER, "signature", 1, 3), (OTHER, "call", 1, 3), (L, "signature", 1, 3), (L, "call", 1, 3)}),
    "chain over lines with a comment": ("function m(Target $t) { $t->fluent() // one\n ->untyped(); }", {(T, "type", 1, 3), (T, "call", 2, 3)}),
    "local variable counts once": ("function m(Target $t) { $o = $t->go(); $o->more(); $o->more(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (OTHER, "signature", 1, 3), (OTHER, "call", 2, 3), (L, "signature", 2, 3)}),
    "property of a receiver": ("function m(Target $t) { $t->other->more(); }", {(T, "type", 1, 3), (T, "static", 1, 3), (OTHER, "signature", 1, 3), (OTHER, "call", 1, 3), (L, "signature", 1, 3)}),
    "elements of a documented array": ("function m(Target $t) { foreach ($t->others as $k => $o) { $o->more(); } }", {(T, "type", 1, 3), (T, "static", 1, 3), (OTHER, "signature", 1, 3), (OTHER, "call", 1, 3), (L, "signature", 1, 3)}),
    "documented result": ("function m(Target $t) { $t->said()->more(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (OTHER, "signature", 1, 3), (OTHER, "call", 1, 3), (L, "signature", 1, 3)}),
    "documented parameter": ("/** @param Target|null $t of use */ function m($t) { $t->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "documented property": ("/** @var ?Target */ private $t; function m() { $this->t->untyped(); }", {(T, "type", 1, 3), (T, "signature", 1, 3), (T, "call", 1, 3)}),
    "documented type arguments": ("/** @var array<string, Target> */ private array $t; function m() { $this->t['a']->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "documented variable": ("function m() { /** @var Target $t */ $t = make_it(); $t->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "documented variable of a loop": ("function m($all) { /** @var Target $t */ foreach ($all as $t) { $t->untyped(); } }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "documented exception": ("/** @throws Target */ function m() {}", {(T, "type", 1, 3)}),
    "documentation repeats the code": ("/** @param Target $t */ function m(Target $t) {}", {(T, "type", 1, 3)}),
    "documented member": ("} /** @property Target $t */ class M2 { function m() { $this->t->untyped(); }", {(T, "type", 1, 3), (T, "signature", 1, 3), (T, "call", 1, 3)}),
    "documented methods": ("} /**\n * @method Other a()\n * @method static Target b(int $x)\n */ class M2 { function m() { $this->a()->more(); M2::b(1)->untyped(); }", {(OTHER, "type", 1, 4), (OTHER, "signature", 1, 6), (OTHER, "call", 1, 6), (L, "signature", 1, 6), (T, "type", 1, 5), (T, "signature", 1, 6), (T, "call", 1, 6)}),
    "documented annotation": ('/**\n * @Mark("x")\n */ function m() {}', {("B.Mark", "annotate", 1, 4)}),
    "closure captures": ("function m(Target $t) { return function () use ($t) { $t->untyped(); }; }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "arrow function sees all": ("function m(Target $t) { return fn (Other $o): Last => $t->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (OTHER, "type", 1, 3), (L, "type", 1, 3)}),
    "anonymous class": ("function m() { return new class(new Last) extends Target implements Shape { private Other $o; }; }", {(T, "inherit", 1, 3), ("B.Shape", "inherit", 1, 3), (OTHER, "type", 1, 3), (L, "new", 1, 3)}),
    "parentheses and clone": ("function m(Target $t) { (clone $t)->untyped(); (new Last)->end(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (L, "new", 1, 3), (L, "call", 1, 3)}),
    "the first known of two": ("function m(?Target $t) { ($t ?? new Target)->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3), (T, "new", 1, 3)}),
    "names in a string": ('function m(Target $t) { return "a {$t->untyped()} b"; }', {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "container makes it": ("function m() { app(Target::class)->untyped(); }", {(T, "type", 1, 3), (T, "call", 1, 3)}),
    "first-class callable": ("function m() { return Target::of(...); }", {(T, "call", 1, 3)}),
    "function of another namespace": ("function m() { \\B\\make()->end(); }", {("B.functions", "call", 1, 3), (L, "signature", 1, 3), (L, "call", 1, 3)}),
    "function outside of all namespaces": ("function m() { plain()->end(); }", {("plain", "call", 1, 3), (L, "signature", 1, 3), (L, "call", 1, 3)}),
    "constant of another namespace": ("function m() { return \\B\\LIMIT + EDGE; }", {("B.functions", "static", 1, 3), ("plain", "static", 1, 3)}),
    "property hook": ("public string $x { get => Target::CONST; }", {(T, "static", 1, 3)}),
    "match and heredoc": ("function m($x) { return match ($x) { Target::CONST => <<<A\n a {$x}\nA, default => new Last }; }", {(T, "static", 1, 3), (L, "new", 1, 4 + 1)}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), IN_CLASS.values(), ids=IN_CLASS)
def test_resolve__construct__refers_to_exactly_these(
    body: str, expected: set[tuple[str, str, int, int]]
) -> None:
    main = f"<?php namespace A;\n{USES} class Main {{\n{body}\n}}"
    found = rows(resolved({**TARGETS, "a/Main.php": main}), "a/Main.php")
    used = {(target, kind, count, line) for _, target, kind, count, line in found}
    assert {row for row in used if row[1] != "import"} == expected


DECOYS = {
    "class of no namespace is not meant": "function m(Plain $p) { new Plain; Plain::x(); }",
    "class of the own namespace that is not there": "function m(Unknown $p) { Unknown::x(); }",
    "foreign class of a like name": "function m(\\Other\\Target $t) { $t->go(); }",
    "name from the top, not from here": "function m() { new Target\\Inner; new \\Target; }",
    "relative name": "function m() { new namespace\\Target; }",
    "a method is no function": "function plain() {} function m() { $this->plain(); }",
    "variable of unknown type": "function m($t) { $t->go(); $t->other->more(); }",
    "closure captures nothing": "function m() { $t = other(); return function () { $t->untyped(); }; }",
    "variable of another function": "function n() { $t = 1; } function m() { $t->go(); }",
    "variable set to something unknown": "function m() { $t = 1; $t = other(); $t->go(); }",
    "names in strings": "function m() { return ['B\\Target', \"Target::of\", 'B\\make']; }",
    "words of a comment": "/* Target::of(1); @var Target */ // new Target\n # Other",
    "words of documentation": "/** Makes a Target, see {@see Target}. @param string $x Other */ function m($x) {}",
    "itself": "const A = 1; function m(self $m): static { return new self(Main::A, self::A, static::m()); }",
    "primitive types": "function m(int|string|null $a, ?array $b, mixed $c, callable $d): void {}",
    "destructured": "function m($all) { [$a, $b] = $all; $a->go(); }",
    "heredoc text": "function m() { return <<<'A'\nnew Target\nA; }",
}  # fmt: skip


@pytest.mark.parametrize("body", DECOYS.values(), ids=DECOYS)
def test_resolve__decoy__refers_to_nothing(body: str) -> None:
    main = f"<?php namespace A;\n{USES} class Main {{\n{body}\n}}"
    found = rows(resolved({**TARGETS, "a/Main.php": main}), "a/Main.php")
    assert {row for row in found if row[2] != "import"} == set()


IMPORTS = {
    "class": ("use B\\Target; new Target;", {(T, "new")}),
    "alias": ("use B\\Target as X; new X;", {(T, "new")}),
    "group": ("use B\\{Target, Other as O}; new Target; new O;", {(T, "new"), (OTHER, "new")}),
    "function": ("use function B\\make; make();", {("B.functions", "call"), (L, "signature")}),
    "function by an alias": ("use function B\\{make as build}; build();", {("B.functions", "call"), (L, "signature")}),
    "constant": ("use const B\\LIMIT; echo LIMIT;", {("B.functions", "static")}),
    "alias of a namespace": ("use B as X; new X\\Target; X\\make();", {(T, "new"), ("B.functions", "call"), (L, "signature")}),
    "not used": ("use B\\Target; use B\\Other; new Other;", {(T, "import"), (OTHER, "new")}),
    "of the own namespace": ("new Near;", {("A.Near", "new")}),
    "below the own namespace": ("new Sub\\Deep;", {("A.Sub.Deep", "new")}),
    "hides the own namespace": ("use B\\Target as Near; new Near;", {(T, "new")}),
}  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_resolve__import__names_mean_what_it_says(
    code: str, expected: set[tuple[str, str]]
) -> None:
    near = {
        "a/Near.php": "<?php namespace A; class Near {}",
        "a/Deep.php": "<?php namespace A\\Sub; class Deep {}",
    }
    found = rows(
        resolved({**TARGETS, **near, "a/main.php": f"<?php namespace A; {code}"}), "a/main.php"
    )
    assert {(target, kind) for _, target, kind, _, _ in found} == expected
    assert {source for source, *_ in found} == {"A.main"}


def test_resolve__several_namespaces_in_a_file__each_with_its_imports() -> None:
    sources = {
        "x.php": "<?php namespace A { use B\\Target; class One { function m() { new Target; } } function f() { new Target; } }\n"
        "namespace C { class Two { function m() { new Target; \\A\\f(); } } } namespace { class Three { public C\\Two $t; } }",
        "t.php": "<?php namespace B; class Target {}",
        "c.php": "<?php namespace C; class Target {}",
    }
    assert rows(resolved(sources), "x.php") == {
        ("A.One", "B.Target", "new", 1, 1), ("A.x", "B.Target", "new", 1, 1),
        ("C.Two", "C.Target", "new", 1, 2), ("C.Two", "A.x", "call", 1, 2), ("Three", "C.Two", "type", 1, 2),
    }  # fmt: skip


def test_resolve__class_and_functions_in_a_file__two_sources() -> None:
    sources = {
        "Cart.php": "<?php class Cart {} function cart() { return new Cart; }",
        "use.php": "<?php cart();",
    }
    resolution = resolved(sources)
    assert rows(resolution, "Cart.php") == {("Cart_functions", "Cart", "new", 1, 1)}
    assert rows(resolution, "use.php") == {("use", "Cart_functions", "call", 1, 1)}
    assert resolution.units[0].types == ("Cart", "Cart_functions")


def test_resolve__class_in_a_function__is_of_the_namespace() -> None:
    sources = {
        "a.php": "<?php namespace A; if (!class_exists('X')) { class X { private Y $y; } }",
        "b.php": "<?php namespace A; class Y { function m() { new X; } }",
    }
    assert rows(resolved(sources), "a.php") == {("A.X", "A.Y", "type", 1, 1)}
    assert rows(resolved(sources), "b.php") == {("A.Y", "A.X", "new", 1, 1)}


def test_resolve__parent__the_class_that_is_extended() -> None:
    sources = {
        "A.php": "<?php class A extends B { use T; function __construct() { parent::__construct(); parent::run(); } }",
        "B.php": "<?php class B { function run() {} }",
        "T.php": "<?php trait T { function run() {} }",
    }
    assert rows(resolved(sources), "A.php") == {
        ("A", "B", "inherit", 1, 1), ("A", "B", "call", 2, 1), ("A", "T", "inherit", 1, 1),
    }  # fmt: skip


INCLUDES = {
    "beside": ("require __DIR__ . '/part.php';", "lib/part.php"),
    "in parentheses, once": ('require_once(__DIR__."/part.php");', "lib/part.php"),
    "old way": ("include dirname(__FILE__) . '/part.php';", "lib/part.php"),
    "above": ("include_once __DIR__ . '/../top.php';", "top.php"),
    "folder above": ("require dirname(__DIR__) . '/top.php';", "top.php"),
    "relative": ("require 'part.php';", "lib/part.php"),
    "from the root": ("require 'lib/part.php';", "lib/part.php"),
    "behind a constant": ("require ROOT . '/top.php';", "top.php"),
    "unknown folder": ("require $folder . '/part.php';", None),
    "not there": ("require 'missing.php';", None),
    "itself": ("require __DIR__ . '/main.php';", None),
}


@pytest.mark.parametrize(("code", "target"), INCLUDES.values(), ids=INCLUDES)
def test_resolve__include__import_of_the_file(code: str, target: str | None) -> None:
    sources = {
        "lib/main.php": f"<?php\n{code}\n",
        "lib/part.php": "<?php echo 1;",
        "top.php": "<?php class Top {}",
    }
    found = resolved(sources).references
    assert [(r.target, r.kind.value, r.count, r.line) for r in found] == (
        [(target, "import", 1, 2)] if target else []
    )


INJECTION = {
    "interface": ("class M { function __construct(Port $p) {} }", {"One", "Two"}),
    "promoted": ("class M { function __construct(private readonly ?Port $p) {} }", {"One", "Two"}),
    "abstract class": ("class M { function __construct(Base $b) {} }", {"Two"}),
    "documented": (
        "class M { /** @param Port $p */ function __construct($p) {} }",
        {"One", "Two"},
    ),
    "concrete class": ("class M { function __construct(One $o) {} }", set[str]()),
    "interface without classes": ("class M { function __construct(Lone $l) {} }", set[str]()),
    "other method": ("class M { function set(Port $p) {} }", set[str]()),
    "abstract class asks": ("abstract class M { function __construct(Port $p) {} }", set[str]()),
}


@pytest.mark.parametrize(("main", "expected"), INJECTION.values(), ids=INJECTION)
def test_resolve__constructor__implementations_of_an_abstract_type(
    main: str, expected: set[str]
) -> None:
    sources = {
        "Port.php": "<?php interface Port {}",
        "Lone.php": "<?php interface Lone {}",
        "One.php": "<?php class One implements Port {}",
        "Base.php": "<?php abstract class Base implements Port {}",
        "Two.php": "<?php class Two extends Base {}",
        "tests/Fake.php": "<?php class Fake extends Base {}",
        "M.php": "<?php " + main,
    }
    found = rows(resolved(sources, tests=("tests/Fake.php",)), "M.php")
    assert {target for _, target, kind, _, _ in found if kind == "inject"} == expected


BROKEN = {
    "method body": "class A { function m() { if ( } private B $b; function n() { C::x(); } }",
    "missing brace": "class A { private B $b; function m() { C::x(); ",
    "stray words": "class A { private B $b; what is this; function m() { C::x(); } }",
    "unfinished call": "class A { private B $b; function m() { C::x(); $this->( ; } }",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_resolve__syntax_error__loses_only_its_own_subtree(source: str) -> None:
    sources = {
        "A.php": "<?php " + source,
        "B.php": "<?php class B {}",
        "C.php": "<?php class C { static function x() {} }",
    }
    resolution = resolved(sources)
    found = {(target, kind) for _, target, kind, _, _ in rows(resolution, "A.php")}
    assert {("B", "type"), ("C", "call")} <= found
    assert resolution.files_with_errors == ("A.php",)


HOSTILE = {
    "empty": b"",
    "no code": b"<html>\n<p>none</p>",
    "NUL bytes": b"<?php\0 class \0A {}\0",
    "no UTF-8": b"<?php $a = '\xff\xfe\xed\xa0\x80'; class \xe9 {}",
    "UTF-16": "<?php class Ä {}".encode("utf-16"),
    "names that are none": b"<?php use ; use A\\B{,; namespace ; const ; enum ; #[ ] new ; fn ; catch(",
    "parentheses": b"<?php $x = " + b"(" * 9000,
    "arrays": b"<?php $x = " + b"[" * 9000 + b"]" * 9000 + b";",
    "blocks": b"<?php " + b"if (1) {" * 5000,
    "functions": b"<?php " + b"function f() {" * 5000,
    "calls": b"<?php $x" + b"->a()" * 9000 + b";",
    "sum": b"<?php $x = " + b"'a' . " * 9000 + b"'b';",
    "assigned over and over": b"<?php " + b"$q = $q->a($q);" * 5000,
    "type of a comment": b"<?php /** @var " + b"Foo<" * 9000 + b" */ $x = 1;",
    "tags of a comment": b"<?php /** " + b"@param (" * 9000 + b" */ function f($x) {}",
    "type in the code": b"<?php function f(" + b"(A&" * 3000 + b" $x) {}",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_extract__hostile_content__a_unit_all_the_same(content: bytes) -> None:
    resolution = resolved({"a/x.php": content})
    assert [unit.path for unit in resolution.units] == ["a/x.php"]


def test_extract__deeper_than_the_limit__flagged_and_the_rest_kept() -> None:
    deep = "(" * 3000 + "1" + ")" * 3000
    sources = {
        "A.php": f"<?php class A {{ function m() {{ $x = {deep}; }} private B $b; }}",
        "B.php": "<?php class B {}",
    }
    resolution = resolved(sources)
    assert rows(resolution, "A.php") == {("A", "B", "type", 1, 1)}
    assert resolution.files_with_errors == ("A.php",)


def test_resolve__any_order_of_files__same_result() -> None:
    main = {"a/Main.php": f"<?php namespace A; {USES} class Main {{ private Target $t; }}"}
    sources = {**TARGETS, **main, "c/Target.php": TARGETS["b/Target.php"]}
    assert resolved(sources) == resolved(dict(reversed(sources.items())))


def test_resolve__names_in_other_scripts__whole() -> None:
    source = (
        "<?php namespace 订单; class 订单服务 { /** @var 客户 */ private $c; const 名 = 'é'; }"
    )
    resolution = resolved({"A.php": source, "B.php": "<?php namespace 订单; class 客户 {}"})
    assert rows(resolution, "A.php") == {("订单.订单服务", "订单.客户", "type", 1, 1)}


def test_resolve__code_between_html__read() -> None:
    sources = {
        "page.php": "<html>\n<?php if ($x): ?>\n <b><?= Text::of('a') ?></b>\n<?php endif ?>\n</html>",
        "Text.php": "<?php class Text { static function of($x) {} }",
    }
    resolution = resolved(sources)
    assert rows(resolution, "page.php") == {("page", "Text", "call", 1, 3)}
    assert resolution.files_with_errors == ()


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("src/Cart.php", "<?php namespace A; class Other {} class Cart {}", "A.Cart"),
        ("src/Cart.php", "<?php namespace A; interface Cart {} function f() {}", "A.Cart"),
        ("routes/web.php", "<?php Route::get('/');", "web"),
        ("src/helpers.php", "<?php namespace A\\B; function f() {}", "A.B.helpers"),
        ("db/001_create.php", "<?php return new class extends Migration {};", "001_create"),
    ],
)
def test_resolve__file__unit_named(path: str, source: str, name: str) -> None:
    (unit,) = resolved({path: source}).units
    assert (unit.name, unit.path, unit.language) == (name, path, "php")
