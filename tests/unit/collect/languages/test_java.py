# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Java from end to end: sources written here, references and units out."""

import json
from collections.abc import Mapping

import pytest

from assessor.collect.languages.java import extract
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind


def resolved(sources: Mapping[str, str | bytes], *, tests: tuple[str, ...] = ()) -> Resolution:
    """Both phases over files given as path -> content, facts sent through JSON as between processes."""
    extracted = []
    for path, source in sources.items():
        content = source if isinstance(source, bytes) else source.encode()
        kind = FileKind.TEST if path in tests else FileKind.SOURCE
        facts = json.loads(json.dumps(extract(path, content)))
        extracted.append(Extracted(File(path, kind, "java", len(content), ""), facts))
    return resolve(extracted)


def edges(resolution: Resolution) -> set[tuple[str, str, str]]:
    """Source name, target name and kind of all references."""
    return {(r.source_name, r.target_name, r.kind.value) for r in resolution.references}


# Each case: the body of a.Main (package a), and what of b.Target and its like it must refer to.
TARGETS = {
    "b/Target.java": """package b;
        public class Target {
          public static final int CONST = 1;
          public Other other; public Other[] others;
          public static Target of(int x) { return null; }
          public Other go() { return null; }
          public Result go(Param p) { return null; }
          public static class Inner { public static void run() {} }
        }""",
    "b/Other.java": "package b; public class Other { public Result more(int... n) { return null; } }",
    "b/Result.java": "package b; public class Result { public Last last() { return null; } }",
    "b/Last.java": "package b; public class Last {}",
    "b/Param.java": "package b; public class Param {}",
    "b/Mark.java": "package b; public @interface Mark { Class<?> value(); }",
    "b/Bound.java": "package b; public interface Bound { Last bound(); }",
}
CASES = {
    "field type": ("Target t;", {("Target", "type")}),
    "parameter and result": ("Result m(Param p) { return null; }", {("Result", "type"), ("Param", "type")}),
    "type argument": ("java.util.Map<String, Target> t;", {("Target", "type")}),
    "wildcard bound": ("java.util.List<? extends Target> t;", {("Target", "type")}),
    "bound of a type variable": ("<T extends Bound> void m(T t) {}", {("Bound", "type")}),
    "type variable hides a class": ("<Target> void m(Target t) {}", set()),
    "new": ("Object o = new Target();", {("Target", "new")}),
    "new with type arguments": ("Object o = new java.util.ArrayList<Target>();", {("Target", "type")}),
    "static call and its signature": ("Object o = Target.of(1);", {("Target", "call")}),
    "constant": ("int i = Target.CONST + 1;", {("Target", "static")}),
    "nested class is its top-level class": ("void m() { Target.Inner.run(); }", {("Target", "call")}),
    "method reference": ("java.util.function.IntFunction<?> f = Target::of;", {("Target", "call")}),
    "class literal": ("Object o = Target.class;", {("Target", "type")}),
    "cast": ("Object m(Object o) { return ((Target) o).go(); }",
             {("Target", "type"), ("Target", "call"), ("Other", "signature")}),
    "instanceof pattern": ("boolean m(Object o) { return o instanceof Target t && t.go() != null; }",
                           {("Target", "type"), ("Target", "call"), ("Other", "signature")}),
    "annotation and its argument": ("@Mark(Target.class) int x;", {("Mark", "annotate"), ("Target", "type")}),
    "annotation inside a type": ("java.util.List<@Mark(Target.class) String> x;", {("Mark", "annotate")}),
    "catch and throws": ("void m() throws Target { try { } catch (Other | Result e) { } }",
                         {("Target", "type"), ("Other", "type"), ("Result", "type")}),
    "local variable hides a class": ("void m(String Target) { Target.length(); }", set()),
    "field hides a class": ("String Target; void m() { Target.length(); }", set()),
    "block ends a local variable": ("void m() { { int Target = 1; } Target.of(1); }", {("Target", "call")}),
    "receiver's type": ("void m(Target t) { t.go(); }",
                        {("Target", "type"), ("Target", "call"), ("Other", "signature")}),
    "chain": ("void m(Target t) { t.go().more(1, 2).last(); }",
              {("Target", "type"), ("Target", "call"), ("Other", "signature"), ("Other", "call"),
               ("Result", "signature"), ("Result", "call"), ("Last", "signature")}),
    "overload by number of arguments": ("void m(Target t) { t.go(null); }",
                                        {("Target", "type"), ("Target", "call"), ("Result", "signature"),
                                         ("Param", "signature")}),
    "field of a receiver": ("void m(Target t) { t.other.more(); }",
                            {("Target", "type"), ("Target", "static"), ("Other", "signature"),
                             ("Other", "call"), ("Result", "signature")}),
    "element of an array": ("void m(Target t) { t.others[0].more(); }",
                            {("Target", "type"), ("Target", "static"), ("Other", "signature"),
                             ("Other", "call"), ("Result", "signature")}),
    "element of a list": ("java.util.List<Target> ts; void m() { ts.get(0).go(); }",
                          {("Target", "type"), ("Target", "call"), ("Other", "signature")}),
    "var": ("void m() { var t = new Target(); t.go(); }",
            {("Target", "new"), ("Target", "call"), ("Other", "signature")}),
    "var from a call": ("void m() { var o = Target.of(1).go(); o.more(); }",
                        {("Target", "call"), ("Other", "signature"), ("Other", "call"), ("Result", "signature")}),
    "lambda parameter is unknown": ("java.util.function.Function<?, ?> f = Target -> Target.of(1);", set()),
    "anonymous class": ("Object o = new Bound() { public Last bound() { return null; } };",
                        {("Bound", "new"), ("Last", "type")}),
    "record pattern": ("int m(Object o) { return switch (o) { case Target(Other x) -> 1; default -> 0; }; }",
                       {("Target", "type"), ("Other", "type")}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_resolve__construct__refers_to_exactly_these(
    body: str, expected: set[tuple[str, str]]
) -> None:
    main = f"package a; import b.*; class Main {{ {body} }}"
    found = edges(resolved({**TARGETS, "a/Main.java": main}))
    assert {(target[2:], kind) for source, target, kind in found if source == "a.Main"} == expected


def test_resolve__generic_supertype__inherits_and_uses_its_argument() -> None:
    sources = {
        "a/A.java": "package a; class A extends B<C> implements I {}",
        "a/B.java": "package a; class B<T> {}",
        "a/C.java": "package a; class C {}",
        "a/I.java": "package a; interface I {}",
    }
    assert edges(resolved(sources)) == {
        ("a.A", "a.B", "inherit"), ("a.A", "a.I", "inherit"), ("a.A", "a.C", "type"),
    }  # fmt: skip


ORDER = {
    "a/X.java": "package a; class X {}",
    "b/X.java": "package b; public class X {}",
    "c/X.java": "package c; public class X {}",
    "c/Base.java": "package c; public class Base { public static class X {} }",
}
ORDER_CASES = {
    "same package before on demand": ("import b.*; class M { X x; }", {"a.X"}),
    "single import before same package": ("import b.X; import c.*; class M { X x; }", {"b.X"}),
    "foreign single import hides same package": ("import org.X; class M { X x; }", set[str]()),
    "nested before single import": ("import b.X; class M { X x; class X {} }", set[str]()),
    "inherited nested before single import": ("import b.X; class M extends c.Base { X x; }", {"c.Base"}),
    "enclosing class's nested": ("import b.X; class M { class X {} class N { X x; } }", set[str]()),
    "static import of a nested class": ("import static c.Base.X; class M { X x; }", {"c.Base"}),
    "fully qualified": ("class M { b.X x; c.X y; }", {"b.X", "c.X"}),
    "fully qualified in an expression": ("class M { Object o = b.X.class; int i = c.X.y(); }", {"b.X", "c.X"}),
}  # fmt: skip


@pytest.mark.parametrize(("main", "expected"), ORDER_CASES.values(), ids=ORDER_CASES)
def test_resolve__several_types_of_one_name__the_language_decides(
    main: str, expected: set[str]
) -> None:
    found = edges(resolved({**ORDER, "a/M.java": "package a; " + main}))
    used = {target for source, target, kind in found if source == "a.M" and kind != "import"}
    assert used == expected


def test_resolve__two_top_level_classes_in_a_file__two_sources_and_a_reference_between() -> None:
    sources = {
        "a/A.java": "package a; class A { B b; } class B { C c; }",
        "a/C.java": "package a; class C {}",
    }
    resolution = resolved(sources)
    assert edges(resolution) == {("a.A", "a.B", "type"), ("a.B", "a.C", "type")}
    assert resolution.references[0].source == resolution.references[0].target == "a/A.java"
    assert resolution.units[0].types == ("a.A", "a.B")


def test_resolve__used_twice__counted_with_the_first_line() -> None:
    sources = {"A.java": "class A {\n\n B b;\n B c;\n}", "B.java": "class B {}"}
    (reference,) = resolved(sources).references
    assert (reference.count, reference.line) == (2, 3)


def test_resolve__imported_only__import() -> None:
    sources = {
        "a/A.java": "package a;\nimport b.B;\nimport b.C;\nclass A { C c; }",
        "b/B.java": "package b; public class B {}",
        "b/C.java": "package b; public class C {}",
    }
    assert edges(resolved(sources)) == {("a.A", "b.B", "import"), ("a.A", "b.C", "type")}


def test_resolve__static_import__owner_of_method_and_constant() -> None:
    sources = {
        "a/A.java": "package a; import static b.B.*; import static b.C.run; class A { int x = K; { run(); go(); } }",
        "b/B.java": "package b; public class B { public static int K; public static void go() {} }",
        "b/C.java": "package b; public class C { public static void run() {} }",
    }
    assert edges(resolved(sources)) == {
        ("a.A", "b.B", "static"), ("a.A", "b.B", "call"), ("a.A", "b.C", "call"),
    }  # fmt: skip


def test_resolve__inherited_method__its_signature_is_referred_to() -> None:
    sources = {
        "A.java": "class A extends B { void m() { make().run(); } }",
        "B.java": "class B { protected C make() { return null; } }",
        "C.java": "class C { void run() {} }",
    }
    assert edges(resolved(sources)) == {
        ("A", "B", "inherit"), ("A", "C", "signature"), ("A", "C", "call"), ("B", "C", "type"),
    }  # fmt: skip


def test_resolve__same_name_in_two_modules__the_own_module_and_main_win() -> None:
    user, util = "package a; class User { Util u; }", "package a; class Util {}"
    sources = {
        f"{module}/src/{part}/java/a/{name}.java": text
        for module in ("one", "two")
        for part, name, text in (("main", "User", user), ("main", "Util", util), ("test", "Util", util))
    }  # fmt: skip
    sources["three/src/main/java/b/Far.java"] = "package b; import a.Util; class Far { Util u; }"
    tests = tuple(path for path in sources if "/test/" in path)
    found = {r.source: r.target for r in resolved(sources, tests=tests).references}
    assert found == {
        "one/src/main/java/a/User.java": "one/src/main/java/a/Util.java",
        "two/src/main/java/a/User.java": "two/src/main/java/a/Util.java",
        "three/src/main/java/b/Far.java": "one/src/main/java/a/Util.java",
    }


def test_resolve__any_order_of_files__same_result() -> None:
    sources = {**TARGETS, **ORDER}
    backwards = dict(reversed(sources.items()))
    assert resolved(sources) == resolved(backwards)


def test_resolve__cyclic_inheritance__ends() -> None:
    sources = {
        "A.java": "class A extends B.N { A x() { return y(); } }",
        "B.java": "class B extends A { class N extends A.N {} }",
    }
    assert ("A", "B", "inherit") in edges(resolved(sources))


INJECTED = {
    "Service.java": "interface Service {}",
    "One.java": "class One implements Service {}",
    "Base.java": "abstract class Base implements Service {}",
    "Two.java": "class Two extends Base {}",
    "Mapper.java": "interface Mapper {}",
    "Plain.java": "class Plain {}",
}
INJECTION_CASES = {
    "field": ("class M { @Autowired private Service s; }", {"One", "Two"}),
    "constructor": ("class M { @Inject M(Service s) {} }", {"One", "Two"}),
    "setter": ("class M { @Resource void setS(Plain s) {} }", {"Plain"}),
    "single constructor of a stereotype": ("@Service class M { M(Plain p) {} }", {"Plain"}),
    "two constructors of a stereotype": ("@Service class M { M() {} M(Plain p) {} }", set()),
    "no stereotype": ("class M { M(Plain p) {} }", set()),
    "final fields by Lombok": (
        "@RequiredArgsConstructor class M { private final Plain p; final Service s = null; Mapper m; }",
        {"Plain"},
    ),
    "elements of a collection": ("class M { @Inject java.util.List<Service> s; }", {"One", "Two"}),
    "interface that a framework implements": ("class M { @Autowired Mapper m; }", {"Mapper"}),
    "foreign type": ("class M { @Autowired DataSource d; }", set()),
}


@pytest.mark.parametrize(("main", "expected"), INJECTION_CASES.values(), ids=INJECTION_CASES)
def test_resolve__injection__implementations_of_the_declared_type(
    main: str, expected: set[str]
) -> None:
    found = edges(resolved({**INJECTED, "M.java": main}))
    assert {
        target for source, target, kind in found if source == "M" and kind == "inject"
    } == expected


def test_resolve__implementation_in_tests_only__not_injected_in_main() -> None:
    sources = {
        "S.java": "interface S {}",
        "Fake.java": "class Fake implements S {}",
        "Real.java": "class Real implements S {}",
        "M.java": "class M { @Autowired S s; }",
    }
    found = edges(resolved(sources, tests=("Fake.java",)))
    assert {target for _, target, kind in found if kind == "inject"} == {"Real"}


BROKEN = {
    "method body": "class A { void m() { if ( } ; B b; void n() { C.x(); } }",
    "type annotation before varargs": "class A { void m(String @Nullable ... x) { } B b; void n() { C.x(); } }",
    "missing brace": "class A { B b; void m() { C.x(); ",
    "stray words": "class A { B b; what is this; void m() { C.x(); } }",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_resolve__syntax_error__loses_only_its_own_subtree(source: str) -> None:
    sources = {
        "A.java": source,
        "B.java": "class B {}",
        "C.java": "class C { static void x() {} }",
    }
    resolution = resolved(sources)
    assert {("A", "B", "type"), ("A", "C", "call")} <= edges(resolution)
    assert resolution.files_with_errors == ("A.java",)


WRITTEN = {
    "CRLF": b"package a;\r\nclass A {\r\n B b;\r\n}\r\n",
    "byte order mark": b"\xef\xbb\xbfpackage a; class A { B b; }",
    "UTF-16": "package a; class A { B b; }".encode("utf-16"),
    "Latin-1": b'package a; class A { String s = "\xe9"; /* \xfc */ B b; }',
    "escapes in names": b"package a; class A { \\u0042 b; }",
    "NUL bytes": b"package a; class A {\0 B b; }",
    "text block": b'package a; class A { String s = """\n  "x" B { \n"""; B b; }',
    "record": b"package a; record A(B b) { A { } }",
    "sealed": b"package a; sealed interface A permits B {}",
    "enum with bodies": b"package a; enum A { X { B b; }, Y; }",
    "nested generics": b"package a; class A { java.util.Map<String, java.util.List<B[]>> b; }",
    "annotation type": b"package a; @interface A { Class<? extends B> value() default B.class; }",
}


@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN)
def test_resolve__ways_of_writing__understood(source: bytes) -> None:
    resolution = resolved({"a/A.java": source, "a/B.java": "package a; class B {}"})
    assert ("a.A", "a.B", "type") in edges(resolution)
    assert resolution.files_with_errors == ()


def test_resolve__names_in_other_scripts__whole() -> None:
    source = "package 订单; class 订单服务 { 客户 c; }"
    resolution = resolved({"A.java": source, "B.java": "package 订单; class 客户 {}"})
    assert edges(resolution) == {("订单.订单服务", "订单.客户", "type")}


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("a/package-info.java", "/** Doc. */\n@Mark package a;", "a.package-info"),
        ("module-info.java", "module m { requires java.sql; exports a; }", "module-info"),
        ("a/Empty.java", "", "Empty"),
        ("a/Main.java", "package a; class Other {} class Main {}", "a.Main"),
    ],
)
def test_resolve__file__unit_named(path: str, source: str, name: str) -> None:
    (unit,) = resolved({path: source}).units
    assert (unit.name, unit.path, unit.language) == (name, path, "java")


def test_resolve__lines_and_words__counted() -> None:
    source = "// one\n/* two\n three */ class OrderService {\n\n  int x; // four\n  Invoice createInvoice() { return null; }\n}\n"
    (unit,) = resolved({"OrderService.java": source}).units
    assert (unit.code_lines, unit.comment_lines) == (4, 4)
    assert dict(unit.words) == {"create": 1, "invoice": 2, "order": 1, "service": 1}


def test_extract__deeper_than_the_limit__flagged_and_the_rest_kept() -> None:
    deep = "(" * 3000 + "1" + ")" * 3000
    source = f"class A {{ int x = {deep}; B b; }}"
    resolution = resolved({"A.java": source, "B.java": "class B {}"})
    assert edges(resolution) == {("A", "B", "type")}
    assert resolution.files_with_errors == ("A.java",)
