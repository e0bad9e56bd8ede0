"""What Kotlin's constructs refer to, alone and mixed with Java; each case decides one thing."""

import pytest

from assessor.collect.languages import java, kotlin
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

BASE = {
    "Order.kt": """package shop.order
class Order(val customer: Customer, var total: Money) {
  fun pay(m: Money): Receipt = TODO()
}
""",
    "Customer.kt": """package shop.order
open class Customer {
  val name: Name = Name()
  companion object {
    const val MOST = 3
    fun of(id: Int): Customer = Customer()
  }
}
""",
    "Money.kt": "package shop.money\nclass Money(val cents: Int)\n",
    "Receipt.kt": "package shop.order\nclass Receipt {\n  fun print() {}\n}\n",
    "Name.kt": "package shop.order\nclass Name {\n  fun short() {}\n}\n",
    "Texts.kt": """package shop.text
fun String.slug(): String = this
fun wrap(text: String): String = text
val WIDTH = 80
""",
    "Clock.kt": """package shop.time
interface Clock {
  fun now(): Int
}
object SystemClock : Clock {
  override fun now() = 1
}
""",
    "Kind.kt": "package shop.order\nenum class Kind {\n  NEW,\n  OLD,\n}\n",
    "Audited.kt": "package shop.mark\nannotation class Audited(val why: String)\n",
    "Names.kt": "package shop.order\ntypealias Label = Name\n",
    "Ledger.java": """package shop.ledger;
public class Ledger {
  private Entry last;
  public Entry getLast() { return last; }
  public static Ledger open() { return null; }
}
""",
    "Entry.java": "package shop.ledger;\npublic class Entry { public void undo() {} }\n",
}
HEAD = "package shop.order\n"


def extracted(files):
    read = {"kt": ("kotlin", kotlin), "java": ("java", java)}
    for path, text in files.items():
        language, front_end = read[path.rpartition(".")[2]]
        content = text.encode() if isinstance(text, str) else text
        file = File(path, FileKind.SOURCE, language, len(content), "")
        yield Extracted(file, front_end.extract(path, content))


def of(text, *, name="Use.kt", files=None):
    """References of one more file: (target, kind, count, line)."""
    found = resolve(list(extracted({**(BASE if files is None else files), name: text})))
    return {
        (r.target.rpartition(".")[0], r.kind.value, r.count, r.line)
        for r in found.references
        if r.source == name
    }


CASES = {
    "inherit": (HEAD + "class Use : Customer()", {("Customer", "inherit", 1, 2)}),
    "interface": ("import shop.time.Clock\nclass Use : Clock", {("Clock", "inherit", 1, 2)}),
    "by delegation": (
        "import shop.time.Clock\nclass Use(c: Clock) : Clock by c",
        {("Clock", "inherit", 1, 2), ("Clock", "type", 1, 2)},
    ),
    "object literal": (
        "import shop.time.Clock\nval use = object : Clock {\n  override fun now() = 2\n}",
        {("Clock", "inherit", 1, 2)},
    ),
    "property with a type": (
        HEAD + "class Use {\n  lateinit var x: Name\n}",
        {("Name", "type", 1, 3)},
    ),
    "nullable type": (HEAD + "class Use(val x: Name?)", {("Name", "type", 1, 2)}),
    "type argument": (HEAD + "class Use(val x: Map<Int, Name?>)", {("Name", "type", 1, 2)}),
    "function type": (
        HEAD + "class Use(val x: (Name) -> Kind)",
        {("Name", "type", 1, 2), ("Kind", "type", 1, 2)},
    ),
    "bound of a type variable": (
        HEAD + "class Use<T : Name>(val x: T) {\n  fun f() = x.short()\n}",
        {("Name", "type", 2, 2), ("Name", "signature", 1, 3), ("Name", "call", 1, 3)},
    ),
    "made without new": (
        HEAD + "class Use {\n  val x = Name()\n}",
        {("Name", "new", 1, 3)},
    ),
    "companion function": (
        HEAD + "fun use() {\n  Customer.of(1)\n}",
        {("Customer", "call", 1, 3)},
    ),
    "companion constant": (HEAD + "val use = Customer.MOST", {("Customer", "static", 1, 2)}),
    "object": (
        "import shop.time.SystemClock\nfun use() = SystemClock.now()",
        {("Clock", "call", 1, 2)},
    ),
    "enum constant": (HEAD + "val use = Kind.NEW", {("Kind", "static", 1, 2)}),
    "class literal": (HEAD + "val use = Name::class.java", {("Name", "type", 1, 2)}),
    "method reference": (
        HEAD + "val use = Receipt::print",
        {("Receipt", "call", 1, 2)},
    ),
    "annotation": (
        'import shop.mark.Audited\n@Audited("x")\nclass Use',
        {("Audited", "annotate", 1, 2)},
    ),
    "annotation with a target": (
        'import shop.mark.Audited\nclass Use(@field:Audited("x") val a: Int)',
        {("Audited", "annotate", 1, 2)},
    ),
    "top-level function": (
        'import shop.text.wrap\nfun use() = wrap("a")',
        {("Texts", "call", 1, 2)},
    ),
    "top-level function by another name": (
        'import shop.text.wrap as fold\nfun use() = fold("a")',
        {("Texts", "call", 1, 2)},
    ),
    "top-level value, all of a package": (
        "import shop.text.*\nfun use() = WIDTH",
        {("Texts", "static", 1, 2)},
    ),
    "function that extends a type": (
        "import shop.text.slug\nfun use(s: String) = s.slug()",
        {("Texts", "call", 1, 2)},
    ),
    "class by another name": (
        "import shop.order.Name as Title\nval use = Title()",
        {("Name", "new", 1, 2)},
    ),
    "alias of a type": (
        HEAD + "fun use(x: Label) = x.short()",
        {("Names", "type", 1, 2), ("Names", "call", 1, 2)},
    ),
    "fully qualified": ("fun use() = shop.order.Name()", {("Name", "new", 1, 1)}),
    "parameter, then its property, then a call": (
        HEAD + "fun use(o: Order) = o.customer.name.short()",
        {
            ("Order", "type", 1, 2),
            ("Order", "static", 1, 2),
            ("Customer", "signature", 1, 2),
            ("Customer", "static", 1, 2),
            ("Name", "signature", 1, 2),
            ("Name", "call", 1, 2),
        },
    ),
    "safe call and assertion": (
        HEAD + "fun use(n: Name?) {\n  n?.short()\n  n!!.short()\n}",
        {("Name", "type", 1, 2), ("Name", "call", 2, 3)},
    ),
    "inferred local variable": (
        HEAD + "fun use() {\n  val n = Name()\n  n.short()\n}",
        {("Name", "new", 1, 3), ("Name", "call", 1, 4)},
    ),
    "element of a collection": (
        HEAD + "fun use(all: List<Name>) {\n  for (n in all) {\n    n.short()\n  }\n}",
        {("Name", "type", 1, 2), ("Name", "call", 1, 4)},
    ),
    "it of a lambda": (
        HEAD + "fun use(all: List<Name>) = all.forEach { it.short() }",
        {("Name", "type", 1, 2), ("Name", "call", 1, 2)},
    ),
    "named parameter of a lambda": (
        HEAD + "fun use(n: Name?) = n?.let { m -> m.short() }",
        {("Name", "type", 1, 2), ("Name", "call", 2, 2)},
    ),
    "cast": (
        HEAD + "fun use(a: Any) = (a as Name).short()",
        {("Name", "type", 1, 2), ("Name", "call", 1, 2)},
    ),
    "test that narrows": (
        HEAD + "fun use(a: Any) {\n  if (a is Name) {\n    a.short()\n  }\n}",
        {("Name", "type", 1, 3), ("Name", "call", 1, 4)},
    ),
    "branch that narrows": (
        HEAD + "fun use(a: Any) = when (a) {\n  is Name -> a.short()\n  else -> 1\n}",
        {("Name", "type", 1, 3), ("Name", "call", 1, 3)},
    ),
    "catch": (
        HEAD + "class Lost : Exception()\nfun use() {\n  try {\n  } catch (e: Name) {\n  }\n}",
        {("Name", "type", 1, 5)},
    ),
    "inside of a text": (
        HEAD + 'fun use(n: Name) = "is ${n.short()}"',
        {("Name", "type", 1, 2), ("Name", "call", 1, 2)},
    ),
    "generic call that looks like a comparison": (
        HEAD + "fun <T> pick(x: Int) = x\nfun use() {\n  pick<Name>(1)\n}",
        {("Name", "type", 1, 4)},
    ),
    "static method of Java": (
        "import shop.ledger.Ledger\nfun use() = Ledger.open()",
        {("Ledger", "call", 1, 2)},
    ),
    "getter of Java as a property": (
        "import shop.ledger.Ledger\nfun use(l: Ledger) = l.last.undo()",
        {
            ("Ledger", "type", 1, 2),
            ("Ledger", "static", 1, 2),
            ("Entry", "signature", 1, 2),
            ("Entry", "call", 1, 2),
        },
    ),
    "unused import": ("import shop.order.Name\nclass Use", {("Name", "import", 1, 1)}),
    # decoys
    "word in a comment": (HEAD + "// Name()\n/* Kind.NEW */\nclass Use", set()),
    "word in a text": (HEAD + 'val use = "Name() and Kind.NEW"', set()),
    "class of another package": ("val use = Money(1)", set()),
    "local variable called like a class": (HEAD + "fun use(Kind: Int) = Kind", set()),
    "parameter of a lambda hides a value": (
        "import shop.text.WIDTH\nval use = { WIDTH: Int -> WIDTH }",
        {("Texts", "import", 1, 1)},
    ),
    "function of another package": ('fun use() = wrap("a")', set()),
}


@pytest.mark.parametrize("name", CASES)
def test_kotlin__a_construct__refers_to_what_it_means(name):
    text, expected = CASES[name]
    assert of(text) == expected


def test_java__functions_and_classes_of_kotlin__are_called_by_their_names_there():
    text = (
        "import shop.order.*;\nclass Use {\n  Money m;\n"
        "  void f(Order o) { o.getCustomer().getName().short(); shop.text.TextsKt.wrap(null); }\n}"
    )
    assert of(text, name="Use.java") == {
        ("Order", "type", 1, 4),
        ("Order", "call", 1, 4),
        ("Customer", "signature", 1, 4),
        ("Customer", "call", 1, 4),
        ("Name", "signature", 1, 4),
        ("Name", "call", 1, 4),
        ("Texts", "call", 1, 4),
    }


INJECTED = {
    "Clock.kt": BASE["Clock.kt"],
    "Quartz.kt": "package shop.time\nclass Quartz : Clock {\n  override fun now() = 2\n}\n",
}


@pytest.mark.parametrize(
    "text",
    [
        "import shop.time.Clock\n@Service\nclass Use(private val clock: Clock)",
        "import shop.time.Clock\nclass Use @Inject constructor(val clock: Clock)",
        "import shop.time.Clock\nclass Use {\n  @Autowired\n  lateinit var clock: Clock\n}",
        "import shop.time.Clock\nclass Use {\n  @Autowired\n  fun use(c: Clock) {}\n}",
    ],
)
def test_kotlin__an_injection__leads_to_every_implementation(text):
    found = of(text, files=INJECTED)
    assert {target for target, kind, _, _ in found if kind == "inject"} == {"Clock", "Quartz"}


def test_kotlin__the_files_in_another_order__give_the_same():
    files = list(extracted({**BASE, "Use.kt": CASES["cast"][0]}))
    expected = resolve(files)
    for turn in range(len(files)):
        assert resolve([*files[turn:], *files[:turn]][::-1]) == expected


METRICS = {
    "nothing": ("fun f() {}", 1, 0),
    "if and else if": ("fun f() {\n if (a) {\n } else if (b) {\n } else {\n }\n}", 3, 3),
    "if within a loop": ("fun f() {\n for (a in b) {\n  if (c) {\n  }\n }\n}", 3, 3),
    "while and do": ("fun f() {\n while (a) {\n }\n do {\n } while (b)\n}", 3, 2),
    "when": ("fun f() = when (a) {\n 1, 2 -> 3\n is B -> 4\n else -> 5\n}", 3, 1),
    "catch": ("fun f() {\n try {\n } catch (e: E) {\n } catch (e: F) {\n }\n}", 3, 2),
    "runs of operators": ("fun f() = a && b && c || d", 4, 2),
    "elvis": ("fun f() = a ?: b", 2, 1),
    "lambda adds depth": ("fun f() = g {\n if (a) {\n }\n}", 2, 2),
}


@pytest.mark.parametrize("name", METRICS)
def test_kotlin__a_function__has_its_complexity(name):
    text, cyclomatic, cognitive = METRICS[name]
    [unit] = resolve(list(extracted({"A.kt": text}))).units
    [function] = unit.functions
    assert (function.cyclomatic, function.cognitive) == (cyclomatic, cognitive)
    assert (function.name, function.line, function.lines) == ("f", 1, text.count("\n") + 1)


def test_kotlin__a_unit__is_called_by_its_class_or_its_facade():
    found = resolve(list(extracted(BASE))).units
    names = {unit.path: (unit.name, unit.language) for unit in found}
    assert names["Order.kt"] == ("shop.order.Order", "kotlin")
    assert names["Texts.kt"] == ("shop.text.TextsKt", "kotlin")
    assert names["Entry.java"] == ("shop.ledger.Entry", "java")


def _artefacts(text, kind):
    found = resolve(list(extracted({"A.kt": text}))).artefacts
    return [
        {name: node.value for name, node in each.root.value.items()}
        for each in found
        if each.kind == kind
    ]


def test_kotlin__literals__are_told_with_secrets_hidden():
    text = 'val url = "http://10.0.0.7/x"\nval dbPassword = "hunter2secret"\nval plain = "words"\n'
    found = _artefacts(text, "code.literal")
    assert [(each["category"], each["text"]) for each in found] == [
        ("url", "http://10.0.0.7/x"),
        ("secret", "***"),
    ]
    assert "hunter2secret" not in repr(kotlin.extract("A.kt", text.encode()))


def test_kotlin__state_of_objects_and_files__is_told():
    text = (
        "var count = 0\nconst val MOST = 3\nval names = listOf(1)\nclass A {\n  var own = 1\n"
        "  companion object {\n    var shared = 1\n    val cache = HashMap<Int, A>()\n  }\n}\n"
    )
    assert [each["name"] for each in _artefacts(text, "code.static")] == [
        "count",
        "shared",
        "cache",
    ]


def test_kotlin__foreign_imports_and_annotations__are_counted():
    text = "import org.springframework.stereotype.Service\n@Service\nclass A\n@Service\nclass B\n"
    [imported] = _artefacts(text, "code.import")
    [marked] = _artefacts(text, "code.annotation")
    assert (imported["name"], imported["language"]) == (
        "org.springframework.stereotype.Service",
        "kotlin",
    )
    assert (marked["name"], marked["count"]) == ("Service", 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe class",
        b"\xff\xfec\x00l\x00a\x00s\x00s\x00 \x00A\x00",
        b"class A {" * 3000,
        b"fun f() = " + b"(" * 5000,
        b"fun f() = " + b"a." * 20000 + b"b",
        b"fun f() = " + b"if (a) b else " * 3000 + b"c",
        b'val x = "${"${"${' * 500,
        "fun ` 名 `() = \udce9".encode("utf-8", "surrogatepass"),
    ],
    ids=range(9),
)
def test_kotlin__content_of_any_kind__is_read_without_an_error(content):
    [unit] = resolve(list(extracted({"A.kt": content}))).units
    assert unit.path == "A.kt"


def test_kotlin__a_syntax_error__costs_only_its_own_part():
    text = HEAD + "class Use {\n  val a: Name = 1\n}\nfun broken( {\n"
    found = resolve(list(extracted({**BASE, "Use.kt": text})))
    assert found.files_with_errors == ("Use.kt",)
    assert ("Use.kt", "Name.kt") in {(r.source, r.target) for r in found.references}
