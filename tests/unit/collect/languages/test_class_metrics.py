"""Members and cohesion of small classes in every language; each row is worked out by hand.

In each language the same classes: `Two` has two fields with a method each; `Called` joins them by
a call, `Held` by a function inside; `Made` only by its constructor, `Shared` only by a static
member, `Logs` only by its logger, `Named` only by names that mean something else; `Bean` hands out
its fields; `Idle` has a method that uses nothing; `Asks` is abstract.
"""

import json
from importlib import import_module

import pytest

from assessor.collect.languages import FAMILIES, LANGUAGES
from assessor.collect.languages.cohesion import lcom4
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import ClassMetrics, File, FileKind, Unit

JAVA = """package a;
class Two { int x; int y; int a() { return x + 1; } int b() { return this.y + 1; } }
class Called { int x; int y; int a() { return x; } int b(int i) { return y + a(); } }
class Held { int x; int y; int a() { return x; }
  Runnable b() { return new Runnable() { public void run() { x = y; Held.this.a(); } }; }
  Object c() { return list.map(e -> e + y); } }
class Made { int x; int y; Made(int x, int y) { this.x = x; this.y = y; }
  int a() { return x + 1; } int b() { return y + 1; } }
class Shared { int x; int y; static int all; static int count() { return all; }
  int a() { return x + all + count(); } int b() { return y + all + count(); } }
class Logs { int x; int y; private final Logger log = null;
  int a() { log.info("y"); return x; } int b() { log.info("x"); return y; } }
class Named { int x; int y; int a() { int y = 1; return x + y; /* y */ }
  int b(int x) { return y + x + other.x + "x".length(); } }
class Bean { int x; boolean isOn; int getX() { return x; } void setX(int x) { this.x = x; }
  boolean isOn() { return isOn; } }
class Idle { int x; int a() { return x + 1; } int b() { return 7; } int c() { return b2(); } }
interface Asks { int LIMIT = 3; void a(); default int b() { return LIMIT; } }
abstract class Part { int x; abstract int a(); int b() { return x + a(); } }
@interface Mark { int value(); }
"""
KOTLIN = """package a
class Two(private var x: Int, val y: Int) { fun a() = x + 1
  fun b(): Int { return this.y + 1 } }
class Called { var x = 1
  var y = 2
  fun a() = x + 1
  fun b() = y + a() }
class Held {
  var x = 1
  var y = 2
  fun a() {
    list.forEach { x = y }
  }
  fun b() = object : Runnable {
    override fun run() {
      y = 3
    }
  }
}
class Made(i: Int) { var x = i
  var y = i
  init { x = y }
  fun a() = x + 1
  fun b() = y + 1 }
class Shared {
  var x = 1
  var y = 2
  fun a() = x + all + count()
  fun b() = y + all + count()
  companion object {
    var all = 1
    fun count() = all
  }
}
class Logs {
  val x = 1
  val y = 2
  private val logger = make()
  fun a(): Int { logger.info("y"); return x }
  fun b(): Int { logger.info("x"); return y }
}
class Named {
  val x = 1
  val y = 2
  fun a(): Int { val y = 1; return x + y /* y */ }
  fun b(x: Int) = y + x + other.x + "x".length
}
data class Bean(val x: Int) {
  private var on = true
  fun getOn() = on
  fun isOn() = on
}
class Idle {
  val x = 1
  val total get() = x + 1
  fun b() = 7
}
interface Asks {
  val x: Int
  fun a()
}
sealed class Part {
  val x = 1
  abstract fun a(): Int
  fun b() = x + a()
}
"""
CSHARP = """namespace A;
class Two { int _x; int _y; int A() { return _x + 1; } int B() => this._y + 1; }
class Called { int x; int Y { get; set; } int A() => x; int B() { return Y + A(); } }
class Held { int x; int y; int A() => x; void B() { list.ForEach(e => { x = y; }); }
  int C() { int inner() { return y; } return inner(); } }
class Made { int x; int y; public Made(int i) { x = i; y = i; }
  int A() => x + 1; int B() => y + 1; }
class Shared { int x; int y; static int all; const int K = 1; static int Count() => all;
  int A() => x + all + K + Count(); int B() => y + all + K + Count(); }
class Logs { int x; int y; ILogger<Logs> _logger;
  int A() { _logger.Log("y"); return x; } int B() { _logger.Log("x"); return y; } }
class Named { int x; int y; int A() { var y = 1; return x + y; /* y */ }
  int B(int x) => y + x + other.x + "x".Length; }
class Bean { int _x; bool _on; public int X { get { return _x; } set { _x = value; } }
  public bool IsOn() => _on; }
class Idle { int x; int A() => x + 1; int B() => 7; }
class Told { int x; bool Is => x > 0; }
interface IAsks { int X { get; } void A(); }
abstract class Part { int x; public abstract int A(); int B() => x + A(); }
partial class Piece { int x; int y; int A() => x + 1; int B() => y + 1; }
"""
PHP = """<?php
namespace A;
class Two { private $x; private $y; function a() { return $this->x + 1; }
  function b() { return "{$this->y}!"; } }
class Called { private $x; private $y; function a() { return $this->x + 1; }
  function b() { return $this->y + $this->a(); } }
class Held { private $x; private $y;
  function a() { return fn() => $this->x + $this->y; }
  function b() { return function () { $this->y++; }; } }
class Made { function __construct(private int $x, private int $y) { $this->x = $this->y; }
  function a() { return $this->x + 1; } function b() { return $this->y + 1; } }
class Shared { private $x; private $y; static $all; const K = 1;
  static function count() { return 1; }
  function a() { return $this->x + self::$all + self::K + self::count(); }
  function b() { return $this->y + self::$all + self::K + self::count(); } }
class Logs { private $x; private $y; private $logger;
  function a() { $this->logger->info('y'); return $this->x + 1; }
  function b() { $this->logger->info('x'); return $this->y + 1; } }
class Named { private $x; private $y; function a() { $y = 1; return $this->x + $y; /* $this->y */ }
  function b($x) { return $this->y + $x + $other->x; } }
class Bean { private $x; private $on; function getX() { return $this->x; }
  function setX($x) { $this->x = $x; return $this; } function isOn() { return $this->on; } }
class Idle extends Two { private $x; function a() { return $this->x + 1; }
  function b() { return 7; } function c() { return $this->inherited(); } }
interface Asks { function a(); }
abstract class Part { private $x; abstract function a();
  function b() { return $this->x + $this->a(); } }
trait Some { private $x; private $y; function a() { return $this->x + 1; }
  function b() { return $this->y + 1; } }
"""
PYTHON = """
class Two:
    def __init__(self):
        self.x, self._y = 1, 2
        self.x = 1
    def a(self): return self.x + 1
    def b(self): self._y = 2
class Called:
    x: int
    y: int = 2
    def a(self): return self.x + 1
    def b(self): return self.y + self.a()
class Held:
    def a(self):
        self.x = [self.y for _ in range(3)]
    def b(self):
        def inner(): return self.y
        self.y = 2
        return inner, lambda: self.y
class Made:
    def __init__(self, x, y):
        self.x = self.y = x
        self.y = y
    def a(self): return self.x + 1
    def b(self): return self.y + 1
class Shared:
    x = 1
    y = 2
    @staticmethod
    def count(self_): return 1
    @classmethod
    def make(cls): return cls()
    def a(self): return self.x + self.count()
    def b(self): return self.y + self.count()
class Logs:
    def a(self):
        self.logger.info("y")
        self.x = 1
    def b(self):
        self.logger.info("x")
        self.y = 1
class Named:
    x = 1
    y = 2
    def a(self):
        y = 1  # self.y
        return self.x + y
    def b(self, x, other): return self.y + x + other.x + len("self.x")
class Bean:
    x = on = None
    @property
    def x_(self): return self.x
    def get_x(self): return self.x
    def is_on(self): return self.on
class Idle(Two):
    x = 1
    def a(self): return self.x + 1
    def b(self): return 7
    def c(self): return self.inherited()
class Asks(Protocol):
    def a(self): ...
class Part:
    @abc.abstractmethod
    def a(self): ...
"""
JAVASCRIPT = """
class Two { x = 1; #y = 2; a() { return this.x + 1; } b() { return this.#y + 1; } }
class Called { a() { this.x = 1; } b() { this.y = 2; return this.a(); } }
class Held { x = 1; y = 2; a = () => { this.x = this.y; };
  b() { return [1].map((e) => e + this.y); } }
class Made { constructor(x, y) { this.x = x; this.y = y; }
  a() { return this.x + 1; } b() { return this.y + 1; } }
class Shared { x = 1; y = 2; static all = 1; static count() { return Shared.all; }
  a() { return this.x + Shared.all; } b() { return this.y + Shared.all; } }
class Logs { x = 1; y = 2; a() { this.logger.info("y"); return this.x + 1; }
  b() { this.logger.info(`this.x`); return this.y + 1; } }
class Named { x = 1; y = 2; a() { const y = 1; return this.x + y; /* this.y */ }
  b(x) { const o = { m() { return this.x; } }; return this.y + x + o.x + "this.x"; } }
class Bean { _x = 1; on = true; get x() { return this._x; } set x(v) { this._x = v; }
  isOn() { return this.on; } }
class Idle extends Two { x = 1; a() { return this.x + 1; } b() { return 7; }
  c() { return this.inherited(); } }
const Given = class { x = 1; a() { const { x, y: z } = this; return x; } b() { this.y = 1; } };
"""
TYPESCRIPT = (
    JAVASCRIPT
    + """
class Head { constructor(private readonly x: X, public y?: Y, plain: Z) { }
  a(): void { this.x.a(); } b(): void { this.y.b(); } }
interface Asks { x: number; y?: string; a(): void }
interface Data { x: number; done: () => void }
abstract class Part { x = 1; abstract a(): number; b() { return this.x + this.a(); } }
"""
)
GO = """package a
type Two struct { x, y int }
func (t *Two) A() int { return t.x + 1 }
func (t *Two) B() int { return t.y + 1 }
type Called struct { x int; y int }
func (c Called) A() int { return c.x + 1 }
func (c Called) B() int { return c.y + c.A() }
type Held struct { x, y int }
func (h *Held) A() { go func() { h.x = h.y }() }
func (h *Held) B() func() int { return func() int { return h.y } }
type Made struct { x, y int }
func NewMade(x int) *Made { m := &Made{}; m.x = x; m.y = x; return m }
func (m *Made) A() int { return m.x + 1 }
func (m *Made) B() int { return m.y + 1 }
type Logs struct { x, y int; logger *Logger }
func (l *Logs) A() int { l.logger.Info("y"); return l.x + 1 }
func (l *Logs) B() int { l.logger.Info("x"); return l.y + 1 }
type Named struct { x, y int }
func (n *Named) A() int { y := 1; return n.x + y /* n.y */ }
func (n *Named) B(o *Named) int { return n.y + o.x + a.n.x } // n.x
type Bean struct { x int; on bool }
func (b *Bean) GetX() int { return b.x }
func (b *Bean) SetX(x int) { b.x = x }
func (b *Bean) IsOn() bool { return b.on }
type Idle struct { Two; x int }
func (i Idle) A() int { return i.x + 1 }
func (Idle) B() int { return 7 }
func (i Idle) C() int { return i.inherited() }
type Asks interface { A(); B(x int) error }
type Kind int
func (k Kind) String() string { return "kind" }
type Plain []int
"""
# Name -> methods, fields, LCOM4, abstract.
EXPECTED = {
    "java": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (3, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (3, 2, 2, False), "Logs": (2, 3, 2, False),
        "Named": (2, 2, 2, False), "Bean": (3, 2, 1, False), "Idle": (3, 1, 1, False),
        "Asks": (2, 0, 0, True), "Part": (2, 1, 1, True), "Mark": (0, 0, 0, True),
    },
    "kotlin": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (2, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (3, 2, 2, False), "Logs": (2, 3, 2, False),
        "Named": (2, 2, 2, False), "Bean": (2, 2, 1, False), "Idle": (1, 2, 1, False),
        "Asks": (1, 1, 0, True), "Part": (2, 1, 1, True),
    },
    "csharp": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (3, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (3, 2, 2, False), "Logs": (2, 3, 2, False),
        "Named": (2, 2, 2, False), "Bean": (1, 3, 1, False), "Idle": (2, 1, 1, False),
        "Told": (0, 2, 0, False), "IAsks": (1, 1, 0, True), "Part": (2, 1, 1, True),
        "Piece": (2, 2, 0, False),
    },
    "php": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (2, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (3, 2, 2, False), "Logs": (2, 3, 2, False),
        "Named": (2, 2, 2, False), "Bean": (3, 2, 1, False), "Idle": (3, 1, 1, False),
        "Asks": (1, 0, 0, True), "Part": (2, 1, 1, True), "Some": (2, 2, 2, False),
    },
    "python": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (2, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (4, 2, 2, False), "Logs": (2, 2, 2, False),
        "Named": (2, 2, 2, False), "Bean": (2, 2, 1, False), "Idle": (3, 1, 1, False),
        "Asks": (1, 0, 1, True), "Part": (1, 0, 1, True),
    },
    "javascript": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (2, 2, 1, False),
        "Made": (2, 2, 2, False), "Shared": (3, 2, 2, False), "Logs": (2, 2, 2, False),
        "Named": (2, 2, 2, False), "Bean": (1, 2, 1, False), "Idle": (3, 1, 1, False),
        "Given": (2, 2, 1, False),
    },
    "go": {
        "Two": (2, 2, 2, False), "Called": (2, 2, 1, False), "Held": (2, 2, 1, False),
        "Made": (2, 2, 2, False), "Logs": (2, 3, 2, False), "Named": (2, 2, 2, False),
        "Bean": (3, 2, 1, False), "Idle": (3, 2, 1, False), "Asks": (2, 0, 0, True),
        "Kind": (1, 0, 1, False),
    },
}  # fmt: skip
EXPECTED["typescript"] = {
    **EXPECTED["javascript"],
    "Head": (2, 2, 2, False),
    "Asks": (1, 2, 0, True),
    "Data": (0, 2, 0, False),
    "Part": (2, 1, 1, True),
}
SOURCES = {
    "csharp": ("a.cs", CSHARP),
    "go": ("a.go", GO),
    "java": ("A.java", JAVA),
    "javascript": ("a.js", JAVASCRIPT),
    "kotlin": ("a.kt", KOTLIN),
    "php": ("a.php", PHP),
    "python": ("a.py", PYTHON),
    "typescript": ("a.ts", TYPESCRIPT),
}
CASES = [(language, name) for language, named in sorted(EXPECTED.items()) for name in named]


def units(language: str, **sources: str) -> tuple[Unit, ...]:
    """The units of files of a language; the facts have been through JSON, as those of a worker."""
    front_end = import_module(f"assessor.collect.languages.{language}")
    files = []
    for path, source in sources.items():
        facts = json.loads(json.dumps(front_end.extract(path, source.encode())))
        files.append(Extracted(File(path, FileKind.SOURCE, language, len(source), ""), facts))
    return FAMILIES[LANGUAGES[language].family].resolve(files, ()).units


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, ClassMetrics]]:
    return {
        language: {one.name: one for one in units(language, **{path: source})[0].classes}
        for language, (path, source) in SOURCES.items()
    }


@pytest.mark.parametrize(("language", "name"), CASES, ids=("-".join(case) for case in CASES))
def test_classes__small__as_worked_out_by_hand(found, language: str, name: str) -> None:
    one = found[language][name]
    assert (one.methods, one.fields, one.lcom4, one.abstract) == EXPECTED[language][name]


@pytest.mark.parametrize("language", EXPECTED)
def test_classes__all__none_but_those(found, language: str) -> None:
    assert sorted(found[language]) == sorted(EXPECTED[language])


def test_classes__line__where_it_is_declared(found) -> None:
    lines = {language: classes["Called"].line for language, classes in found.items()}
    assert lines == {
        "csharp": 3, "go": 5, "java": 3, "javascript": 3, "kotlin": 4, "php": 5, "python": 8,
        "typescript": 3,
    }  # fmt: skip


def test_classes__go_methods_in_two_files__belong_to_one_type() -> None:
    first, second = units(
        "go",
        **{
            "a.go": "package a\ntype T struct { x, y int }\nfunc (t T) A() int { return t.x }\n",
            "b.go": "package a\nfunc (t T) B() int { return t.y + t.A() }\n",
        },
    )
    assert [(one.name, one.methods, one.lcom4) for one in first.classes] == [("T", 2, 1)]
    assert second.classes == ()


def test_classes__letters_beyond_ascii__keep_their_names() -> None:
    (unit,) = units("java", **{"A.java": "class Größe { int ü; int é() { return ü; } }"})
    (one,) = unit.classes
    assert (one.name, one.methods, one.fields, one.lcom4) == ("Größe", 1, 1, 1)


def test_lcom4__no_methods__is_zero() -> None:
    assert lcom4([], [], fields=["x"]) == 0


def test_lcom4__example_that_is_often_asked_about__two_flows_and_one() -> None:
    """f1 sets a, f2 calls f1, f3 sets b: two flows; once f2 sets b as well there is one."""
    apart = [(0, "a"), (1, "f1"), (2, "b")]
    assert lcom4(["f1", "f2", "f3"], apart, fields=["a", "b"]) == 2
    assert lcom4(["f1", "f2", "f3"], [*apart, (1, "b")], fields=["a", "b"]) == 1


NESTED = {
    "java": (
        "A.java",
        (
            "class A { void m(int a, B... b) { if (x) { for (;;) { while (y) { } } }"
            " else if (z) { } } }"
        ),
        (3, 2),
    ),
    "kotlin": (
        "a.kt",
        (
            "class A { fun m(a: Int, b: Int = 2) { if (x) { when (y) {"
            " 1 -> { try { } catch (e: E) { } } } } } }"
        ),
        (3, 2),
    ),
    "csharp": (
        "a.cs",
        (
            "class A { void M(int a, params int[] b) { if (x) { foreach (var y in z) {"
            " do { } while (y); } } else if (q) { } } }"
        ),
        (3, 2),
    ),
    "php": (
        "a.php",
        (
            "<?php function m($a, &$b, ...$c) { if ($a) { foreach ($b as $x) {"
            " switch ($x) { case 1: } } } }"
        ),
        (3, 3),
    ),
    "python": (
        "a.py",
        (
            "class A:\n def m(self, a, /, b=(1, 2), *, c=3, **d):\n  if a:\n   for x in b:\n"
            "    try: pass\n    except E: pass\n  elif c: pass\n"
        ),
        (3, 4),
    ),
    "javascript": (
        "a.js",
        (
            "function m(a, { b, c }, ...d /* e */) { if (a) { for (const x of b) {"
            " d.map((e) => { if (e) { } }); } } else if (b) { } }"
        ),
        (4, 3),
    ),
    "typescript": (
        "a.ts",
        "class A { m(a: B, b?: C) { if (a) { switch (b) { case 1: while (a) { } } } } }",
        (3, 2),
    ),
    "go": (
        "a.go",
        (
            "package a\nfunc m(a, b int, c ...string) { if a { for { switch { case b: } } }"
            " else if b { } }"
        ),
        (3, 3),
    ),
}


@pytest.mark.parametrize(("path", "source", "expected"), NESTED.values(), ids=NESTED)
def test_functions__structures_inside_each_other__depth_and_parameters(
    path: str, source: str, expected: tuple[int, int]
) -> None:
    language = next(name for name, case in NESTED.items() if case[0] == path)
    (unit,) = units(language, **{path: source})
    assert [(one.nesting, one.parameters) for one in unit.functions] == [expected]
