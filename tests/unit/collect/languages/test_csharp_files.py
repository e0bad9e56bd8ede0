# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""C# from file to file: namespaces, usings, partial types, injection; complexity; literals; broken files."""

import pytest
from unit.collect.languages.csharp_sources import extracted, of

from assessor.collect.languages.csharp import extract
from assessor.collect.languages.typed import resolve

TOOL = "namespace A.B;\npublic class Tool {\n  public static int Size = 1;\n  public void Run() {}\n}\n"
PLACES = {
    "using": "using A.B;\nnamespace X;\nclass Use { Tool t; }",
    "using in a namespace": "namespace X {\n  using A.B;\n  class Use { Tool t; } }",
    "inner namespace": "namespace A.B.C;\n\nclass Use { Tool t; }",
    "namespaces within each other": "namespace A {\n namespace B { namespace C {\n  class Use { Tool t; } } } }",
    "fully qualified": "namespace X;\n\nclass Use { A.B.Tool t; }",
    "partly qualified": "namespace A;\n\nclass Use { B.Tool t; }",
    "global": "namespace X;\n\nclass Use { global::A.B.Tool t; }",
    "alias of a type": "using T = A.B.Tool;\nnamespace X;\nclass Use { T t; }",
    "alias of a namespace": "using N = A.B;\nnamespace X;\nclass Use { N.Tool t; }",
    "second namespace of a file": "namespace X { class Other { } }\nnamespace A.B {\n class Use { Tool t; } }",
}


@pytest.mark.parametrize("name", PLACES)
def test_csharp__a_type_of_another_namespace__is_found(name):
    assert of({"Tool.cs": TOOL, "Use.cs": PLACES[name]}) == [("Tool", "type", 1, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "namespace X;\nclass Use { Tool t; }",
        "using A;\nnamespace X;\nclass Use { Tool t; }",
        "using A.B;\nnamespace X;\nclass Use { class Tool { } Tool t; }",
        "using A.B;\nnamespace X;\nclass Use { C.Tool t; Tools u; }",
    ],
)
def test_csharp__a_name_that_is_not_in_reach__refers_to_nothing(text):
    assert of({"Tool.cs": TOOL, "Use.cs": text}) == []


def test_csharp__a_chain_that_begins_with_namespaces__is_followed():
    text = "namespace A;\nclass Use { int F() => B.Tool.Size + A.B.Tool.Size + global::A.B.Tool.Size; }"
    assert of({"Tool.cs": TOOL, "Use.cs": text}) == [("Tool", "static", 3, 2)]


def test_csharp__an_extension_method__must_be_in_reach():
    holder = "namespace A.B;\nstatic class More { public static int Half(this int x, params int[] y) => 1; }"
    body = "namespace X;\nclass Use { void F(int x, object y) { x.Half(1, 2); y.Z.Half(); Half(x); } }"
    assert of({"More.cs": holder, "Use.cs": f"using A.B;\n{body}"}) == [("More", "call", 2, 3)]
    assert of({"More.cs": holder, "Use.cs": f"using A;\n{body}"}) == []


def test_csharp__a_namespace_that_the_build_imports__is_in_reach():
    holder = "namespace Microsoft.Extensions.DependencyInjection;\npublic static class Wiring { public static void AddShop(this IServiceCollection s) { } }"
    text = "class Use { void F(IServiceCollection all) { all.AddShop(); } }"
    assert of({"Wiring.cs": holder, "Use.cs": text}) == [("Wiring", "call", 1, 1)]


def test_csharp__using_static__gives_members_or_is_an_import():
    head = "using static A.B.Tool;\nnamespace X;\n"
    used = of({"Tool.cs": TOOL, "Use.cs": head + "class Use { int F() => Size; }"})
    assert used == [("Tool", "static", 1, 3)]
    assert of({"Tool.cs": TOOL, "Use.cs": head + "class Use { }"}) == [("Tool", "import", 1, 1)]


def test_csharp__a_global_using__counts_for_its_folder_only():
    files = {
        "one/Usings.cs": "global using A.B;\n",
        "one/in/Use.cs": "namespace X;\nclass Use { Tool t; }",
        "two/Use.cs": "namespace X;\nclass Use { Tool t; }",
        "lib/Tool.cs": TOOL,
    }
    assert of(files, path="one/in/Use.cs") == [("Tool", "type", 1, 2)]
    assert of(files, path="two/Use.cs") == []


def test_csharp__parts_of_a_type__share_members_and_supertypes():
    files = {
        "Tool.cs": TOOL,
        "Base.cs": "namespace A.B;\nclass Base { public Tool Given; }",
        "Use.One.cs": "namespace A.B;\npartial class Use : Base { Tool own; }",
        "Use.cs": "namespace A.B;\npartial class Use {\n  void F() { own.Run(); Given.Run(); } }",
    }
    assert of(files) == [("Tool", "call", 2, 3), ("Tool", "signature", 2, 3)]


def test_csharp__statements_outside_of_classes__are_those_of_a_program():
    text = "using A.B;\nvar tool = new Tool();\nif (args.Length > 0) tool.Run();\nint Go() => 1;\n"
    found = resolve(extracted({"Tool.cs": TOOL, "src/Program.cs": text}))
    unit = next(unit for unit in found.units if unit.path == "src/Program.cs")
    assert unit.name == "Program"
    assert [(f.name, f.line, f.cyclomatic, f.lines) for f in unit.functions] == [
        ("Program.Main", 2, 2, 3),
        ("Program.Go", 4, 1, 1),
    ]
    assert {(r.source_name, r.kind.value, r.line) for r in found.references} == {
        ("Program", "new", 2),
        ("Program", "call", 3),
    }


def test_csharp__several_types_of_a_file__are_sources_of_their_own():
    files = {
        "Use.cs": "namespace X { class One { Two t; } class Two { } }\nnamespace Y { class Three : X.One { } }"
    }
    found = resolve(extracted(files))
    assert {(r.source_name, r.target_name, r.kind.value) for r in found.references} == {
        ("X.One", "X.Two", "type"),
        ("Y.Three", "X.One", "inherit"),
    }
    [unit] = found.units
    assert unit.types == ("X.One", "X.Two", "Y.Three")


CLOCKS = {
    "IClock.cs": "namespace T;\npublic interface IClock { }",
    "Exact.cs": "namespace T;\npublic class Exact : IClock { }",
    "Rough.cs": "namespace T;\npublic class Rough : Exact { }",
    "Half.cs": "namespace T;\npublic abstract class Half : IClock { }",
    "IStore.cs": "namespace T;\npublic interface IStore<T> { }",
    "Ints.cs": "namespace T;\npublic class Ints : IStore<int> { }",
    "Texts.cs": "namespace T;\npublic class Texts : IStore<string> { }",
    "Plain.cs": "namespace T;\npublic class Plain { }",
    "FakeClock.cs": "namespace T;\npublic class FakeClock : IClock { }",
}
BOTH = ["Exact", "Rough"]
INJECTED = {
    "constructor": ("class Use { public Use(IClock c, Plain p) { } }", BOTH),
    "head of a class": ("class Use(IClock c) { }", BOTH),
    "all of a kind": ("class Use(IEnumerable<IClock> all) { }", BOTH),
    "lazily": ("class Use(Func<IClock> c) { }", BOTH),
    "property": ("class Use { [Inject] public IClock C { get; set; } }", BOTH),
    "arguments that tell which": ("class Use(IStore<int> ints) { }", ["Ints"]),
    "arguments that do not": ("class Use(IStore<long> ints) { }", ["Ints", "Texts"]),
    "abstract class": ("abstract class Use(IClock c) { }", []),
    "concrete class": ("class Use(Plain p) { }", []),
    "record": ("record Use(IClock c);", []),
    "private constructor": ("class Use { private Use(IClock c) { } }", []),
    "method": ("class Use { public void F(IClock c) { } }", []),
    "type argument of something else": ("class Use(ILogger<IClock> log) { }", []),
}


@pytest.mark.parametrize("name", INJECTED)
def test_csharp__an_injection__leads_to_what_implements_the_type(name):
    text, expected = INJECTED[name]
    files = extracted({**CLOCKS, "Use.cs": f"namespace T;\n{text}"}, tests=("FakeClock.cs",))
    found = [r for r in resolve(files).references if r.source == "Use.cs"]
    injected = sorted(r.target_name.partition(".")[2] for r in found if r.kind.value == "inject")
    assert injected == expected
    assert all((r.count, r.line) == (1, 2) for r in found if r.kind.value == "inject")


METRICS = {
    "nothing": ("", 1, 0),
    "if and else if": ("if (a) { } else if (b) { } else { }", 3, 3),
    "if within a loop": ("foreach (var a in b) { if (c) { } }", 3, 3),
    "loops": ("while (a) { } do { } while (b); for (;;) { }", 4, 3),
    "switch": ("switch (a) { case 1: case 2: break; default: break; }", 3, 1),
    "switch expression": ("x = a switch { 1 => 2, B b => 3, _ => 4 };", 3, 1),
    "patterns": ("x = a is 1 or 2 or 3 and not 4;", 4, 2),
    "catch": ("try { } catch (E) { } catch { } finally { }", 3, 2),
    "runs of operators": ("x = a && b && c || d;", 4, 2),
    "coalescing": ("x = a ?? b;", 2, 1),
    "conditional": ("x = a ? b : c ? d : e;", 3, 3),
    "jump": ("goto end; end: ;", 1, 1),
    "lambda adds depth": ("G(() => { if (a) { } });", 2, 2),
    "local function on its own": ("if (a) { } int G() { if (b) { } return 1; }", 2, 1),
}


@pytest.mark.parametrize("name", METRICS)
def test_csharp__a_function__has_its_complexity(name):
    text, cyclomatic, cognitive = METRICS[name]
    [unit] = resolve(extracted({"A.cs": f"class A {{\n  void F()\n  {{ {text} }}\n}}"})).units
    function = unit.functions[0]
    assert (function.name, function.line, function.lines) == ("A.F", 2, 2)
    assert (function.cyclomatic, function.cognitive) == (cyclomatic, cognitive)


def test_csharp__members_with_code__are_functions():
    text = "class A {\n A(int x) : base(x) { }\n ~A() { }\n int P => 1;\n int Q { get; set { } }\n int this[int i] => i;\n public static A operator +(A a, A b) => a;\n event E V { add { } remove { } }\n}"
    [unit] = resolve(extracted({"A.cs": text})).units
    assert [f.name for f in unit.functions] == [
        "A.A", "A.~", "A.P.get", "A.Q.set", "A.[].get", "A.operator +", "A.V.add", "A.V.remove",
    ]  # fmt: skip


def test_csharp__words_and_lines__are_counted():
    text = (
        "// one\nclass OrderLine {\n  /* two\n  three */ int UnitPrice { get { return 1; } }\n}\n"
    )
    [unit] = resolve(extracted({"A.cs": text})).units
    assert unit.words == (("line", 1), ("order", 1), ("price", 1), ("unit", 1))
    assert (unit.code_lines, unit.comment_lines) == (3, 3)


def _artefacts(text, kind):
    found = resolve(extracted({"A.cs": text})).artefacts
    return [
        {name: node.value for name, node in each.root.value.items()}
        for each in found
        if each.kind == kind
    ]


LITERALS = {
    'url = "http://10.0.0.7/x";': ("url", "http://10.0.0.7/x"),
    'url = $"http://{host}/x";': ("url", "http://{}/x"),
    'url = """https://a.example/x""";': ("url", "https://a.example/x"),
    'path = @"c:\\temp\\x";': ("path", "c:\\temp\\x"),
    'path = "/var/log/x";': ("path", "/var/log/x"),
    'host = "localhost:5432";': ("host", "localhost:5432"),
    'dbPassword = "hunter2secret";': ("secret", "***"),
    'dbPassword = @"hunter2secret";': ("secret", "***"),
    'settings["ApiKey"] = "hunter2secret";': ("secret", "***"),
    'Connect(password: "hunter2secret");': ("secret", "***"),
    'db = "Server=a;Database=b;User Id=c;Password=hunter2secret";': ("secret", "***"),
    'db = "Server=a;Database=b;Integrated Security=true";': (
        "jdbc",
        "Server=a;Database=b;Integrated Security=true",
    ),
    'url = "https://me:hunter2secret@a.example/x";': ("url", "https://***@a.example/x"),
}


@pytest.mark.parametrize("text", LITERALS)
def test_csharp__a_literal_that_matters__is_told_with_secrets_hidden(text):
    program = f"class A {{ void F() {{ {text} }} }}"
    [found] = _artefacts(program, "code.literal")
    assert (found["category"], found["text"]) == LITERALS[text]
    assert "hunter2secret" not in repr(extract("A.cs", program.encode()))


@pytest.mark.parametrize(
    "text",
    [
        'text = "words and more";',
        'password == "admin"',
        'password = "";',
        'key = "Password";',
        'x = "a=b;c=d";',
        'x = a ? token : "other";',
    ],
)
def test_csharp__a_literal_of_no_matter__is_not_told(text):
    assert _artefacts(f"class A {{ void F() {{ {text} }} }}", "code.literal") == []


def test_csharp__a_secret_in_an_attribute__is_hidden():
    text = '[Login(Password = "hunter2secret")]\nclass A { }'
    [found] = _artefacts(text, "code.annotation")
    assert (found["name"], found["arguments"]) == ("Login", 'Password = "***"')
    assert "hunter2secret" not in repr(extract("A.cs", text.encode()))


def test_csharp__static_state__is_told():
    text = """class A {
  static int count; static readonly int Fixed = 1; const int Most = 3; int own;
  static readonly ConcurrentDictionary<int, A> cache = new();
  static readonly ImmutableList<int> frozen = new();
  static readonly List<int> known = new() { 1, 2 };
  static string Name { get; set; } static string Shown { get; }
}"""
    found = _artefacts(text, "code.static")
    assert [(each["name"], each["type"]) for each in found] == [
        ("count", "int"),
        ("cache", "ConcurrentDictionary<int,A>"),
        ("Name", "string"),
    ]


def test_csharp__foreign_imports_and_attributes__are_counted():
    text = 'using System.Text;\nusing static System.Math;\nusing M = System.IO.Path;\nusing Shop;\nnamespace Shop.Orders;\n[Route("a")] class A { [Route("b")] void F() { } }\n'
    assert [each["name"] for each in _artefacts(text, "code.import")] == [
        "System.Text.*",
        "System.Math",
        "System.IO.Path",
    ]
    [marked] = _artefacts(text, "code.annotation")
    assert (marked["name"], marked["count"], marked["arguments"]) == ("Route", 2, '"a"')


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe class",
        b"\xff\xfec\x00l\x00a\x00s\x00s\x00 \x00A\x00",
        b"class A {" * 3000,
        b"namespace A {" * 3000,
        b"class A { int f = " + b"(" * 5000,
        b"class A { int f = " + b"a." * 20000 + b"b; }",
        b"class A { int f = " + b"a ? b : " * 3000 + b"c; }",
        b"class A { void F() { " + b"if (a) { } else " * 5000 + b"{ } } }",
        b"class A { " + b"List<" * 5000 + b"int",
        b'class A { string s = $"' + b'{$"' * 3000,
        b"class A { bool f = x is " + b"{ A: " * 3000,
        b"#if A\n" * 3000,
        b"using ; namespace ; class ; [ ] ( ) { delegate enum A { = 1, } operator",
        b"class A { " + b"void F() { int x = 1; } " * 20000 + b"}",
        "class 名 { string ключ = \udce9; }".encode("utf-8", "surrogatepass"),
    ],
    ids=range(16),
)
def test_csharp__content_of_any_kind__is_read_without_an_error(content):
    [unit] = resolve(extracted({"A.cs": content})).units
    assert unit.path == "A.cs"


def test_csharp__names_beyond_ascii__are_kept():
    found = resolve(
        extracted(
            {"A.cs": "namespace 店;\nclass 订单 { }", "B.cs": "namespace 店;\nclass B { 订单 x; }"}
        )
    )
    assert [(r.source_name, r.target_name) for r in found.references] == [("店.B", "店.订单")]


def test_csharp__a_syntax_error__costs_only_its_own_part():
    text = (
        "using A.B;\nnamespace X;\nclass Use {\n  Tool t;\n  void F() { t.Run(; }\n  Tool u;\n}\n"
    )
    found = resolve(extracted({"Tool.cs": TOOL, "Use.cs": text}))
    assert found.files_with_errors == ("Use.cs",)
    assert ("A.B.Tool", "type", 4) in {
        (r.target_name, r.kind.value, r.line) for r in found.references
    }


def test_csharp__what_lies_too_deep__is_left_out_and_flagged():
    text = f"namespace A.B;\nclass Use {{ Tool t; int F() => {'(' * 500}1{')' * 500}; }}"
    found = resolve(extracted({"Tool.cs": TOOL, "Use.cs": text}))
    assert found.files_with_errors == ("Use.cs",)
    assert [r.target_name for r in found.references] == ["A.B.Tool"]
