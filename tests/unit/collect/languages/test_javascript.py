"""Phase A on one script: what the walk gathers, and that no input stops it."""

import gc
import json
from typing import Any, cast

import pytest

from assessor.collect.languages.javascript import extract, extract_as


def facts(source: str | bytes, grammar: str = "javascript") -> dict[str, Any]:
    content = source.encode() if isinstance(source, str) else source
    return cast("dict[str, Any]", json.loads(json.dumps(extract_as(grammar, content))))


def test_extract__functions__qualified_names_lines_and_length():
    source = """function f() {
  function g() {}
}
const h = () => 1
class A {
  constructor() {}
  m() {}
  get x() { return 1 }
  static async *s() {}
  #p = () => {}
}
const o = { k() {}, 'a b': function () {}, [c]: x => x }
B.prototype.n = function () {}
export default function () {}
run(() => {})
const C = class { q() {} }
"""
    assert [one[:2] + one[4:] for one in facts(source)["functions"]] == [
        ["f", 1, 3],
        ["f.g", 2, 1],
        ["h", 4, 1],
        ["A.constructor", 6, 1],
        ["A.m", 7, 1],
        ["A.x", 8, 1],
        ["A.s", 9, 1],
        ["A.#p", 10, 1],
        ["k", 12, 1],
        ["a b", 12, 1],
        ["c", 12, 1],
        ["B.prototype.n", 13, 1],
        ["(anonymous)", 14, 1],
        ["(anonymous)", 15, 1],
        ["C.q", 16, 1],
    ]


@pytest.mark.parametrize(
    ("body", "cyclomatic", "cognitive"),
    [
        ("", 1, 0),
        ("if (a) x()", 2, 1),
        ("if (a) x(); else y()", 2, 2),
        ("if (a) x(); else if (b) y(); else z()", 3, 3),
        ("if (a) { if (b) { if (c) x() } }", 4, 6),
        ("if (a) {} else { if (b) x() }", 3, 4),
        ("for (;;) {}", 2, 1),
        ("for (const a of b) if (a) x()", 3, 3),
        ("for (a in b) {}", 2, 1),
        ("while (a) {}", 2, 1),
        ("do {} while (a)", 2, 1),
        ("try {} catch (e) {} finally {}", 2, 1),
        ("try {} catch { if (a) x() }", 3, 3),
        ("switch (a) { case 1: case 2: x(); break; default: y() }", 3, 1),
        ("switch (a) { case 1: if (b) x() }", 3, 3),
        ("return a ? b : c", 2, 1),
        ("return a ? b ? 1 : 2 : 3", 3, 3),
        ("return a && b && c", 3, 1),
        ("return a && b || c && d", 4, 3),
        ("return a && !(b && c)", 3, 2),
        ("return a ?? b", 2, 0),
        ("a ||= b", 2, 0),
        ("return a?.b", 1, 0),
        ("a: for (;;) { for (;;) { continue a } }", 3, 4),
        ("for (;;) { break }", 2, 1),
        ("x(() => { if (a) y() })", 2, 2),
        ("x(function () { while (a) if (b) y() })", 3, 5),
        ("if (a) x(() => { if (b) y() })", 3, 4),
        ("const g = () => { if (b) y() }", 1, 0),
        ("class C { m() { if (a) x() } }", 1, 0),
        ("for (;;) { if (a && b || c) continue; else if (d) return e ? 1 : 2; else x() }", 7, 10),
    ],
)
def test_extract__decisions__cyclomatic_and_cognitive(body, cyclomatic, cognitive):
    for grammar in ("javascript", "typescript", "tsx"):
        first = facts(f"function f() {{ {body} }}", grammar)["functions"][0]
        assert first[2:4] == [cyclomatic, cognitive]


def test_extract__prime_numbers_of_the_white_paper__seven():
    source = """function sumOfPrimes(max) {
  let total = 0;
  OUT: for (let i = 1; i <= max; ++i) {
    for (let j = 2; j < i; ++j) {
      if (i % j === 0) {
        continue OUT;
      }
    }
    total += i;
  }
  return total;
}"""
    assert facts(source)["functions"] == [["sumOfPrimes", 1, 4, 7, 12]]


def test_extract__decisions_outside_functions__count_for_none():
    source = "if (a) x()\nclass A { p = a ? 1 : 2; static { if (a) x() } m() {} }"
    assert [one[2:4] for one in facts(source)["functions"]] == [[1, 0]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("export class A {}", [["A", False, []]]),
        ("export default class extends B {}", [["default", False, ["B"]]]),
        (
            "abstract class A<T> extends B<C, D> implements E, f.G<H> {}",
            [["A", True, ["B", "E", "f.G"]]],
        ),
        ("interface A extends B<C<D, E>>, F {}", [["A", True, ["B", "F"]]]),
        ("type A = B\nenum C {}", [["A", False, []], ["C", False, []]]),
        ("function f() { class A {} }\n{ class B {} }", []),
    ],
)
def test_extract__types_at_the_top__name_abstract_and_supertypes(source, expected):
    assert facts(source, "typescript")["types"] == expected


def test_extract__decorators__counted_with_arguments_of_the_first():
    source = "@Get('/x',\n  { a: 1 })\nclass A {\n  @Get('/y') m() {}\n  @ns.Column p\n}"
    assert facts(source, "typescript")["decorators"] == [
        ["Get", 2, "'/x', { a: 1 }", 1],
        ["Column", 1, "", 5],
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("const cache = new Map()", [["cache", "Map", 1]]),
        ("const seen = new WeakMap()\nfunction f(x) { seen.set(x, 1) }", []),
        ("const cache = new Map<string, X>()", [["cache", "Map", 1]]),
        ("const seen = []", [["seen", "Array", 1]]),
        ("const seen = Object.create(null)", [["seen", "Object", 1]]),
        ("const SEEN = []", []),
        ("const SEEN = []\nfunction f() { SEEN.push(1) }", [["SEEN", "Array", 1]]),
        ("const table = { a: 1 }", []),
        ("const table = { a: 1 }\nconst f = () => { table.b = 2 }", [["table", "Object", 1]]),
        ("const table = { a: 1 }\nfunction f(k) { delete table[k] }", [["table", "Object", 1]]),
        ("const table = { a: 1 }\ntable.b = 2", []),
        ("const table = { a: 1 }\nfunction f(table) { table.b = 2 }", []),
        ("let n = 0\nfunction f() { n++ }", [["n", "number", 1]]),
        ("let n = 0\nfunction f() { n += 1 }", [["n", "number", 1]]),
        ("let one\nfunction f() { one = x }", [["one", "undefined", 1]]),
        ("let one\none = x", []),
        ("let n = 0\nfunction f() { let n = 1; n = 2 }", []),
        ("let n = 0\nfunction f() { return n === 1 || n <= 2 }", []),
        ("function f() { const x = []; x.push(1) }", []),
        ("class A { static all = [] }", [["A.all", "Array", 1]]),
        ("class A { static n = 0; m() { A.n = 1 } }", [["A.n", "number", 1]]),
        ("class A { static n = 0; own = [] }", []),
    ],
)
def test_extract__state_shared_between_calls__name_type_and_line(source, expected):
    grammar = "typescript" if "<" in source else "javascript"
    assert facts(source, grammar)["state"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 'https://api.example.com/v1'", [["url", "https://api.example.com/v1", 1]]),
        ("x =\n`http://${host}:8000/x`", [["url", "http://${host}:8000/x", 2]]),
        (
            "x = `http://h/${f('http://i/x')}`",
            [["url", "http://h/${f('http://i/x')}", 1], ["url", "http://i/x", 1]],
        ),
        ('x = "postgresql://db.internal/shop"', [["jdbc", "postgresql://db.internal/shop", 1]]),
        (
            "x = 'redis://u:hunter2!@cache:6379'",
            [["jdbc", "redis://***@cache:6379", 1], ["secret", "***", 1]],
        ),
        ("x = '10.0.0.5:8080'", [["host", "10.0.0.5:8080", 1]]),
        ("listen('localhost')", [["host", "localhost", 1]]),
        ("x = '/var/lib/shop'", [["path", "/var/lib/shop", 1]]),
        ("// https://example.com\n/* /var/lib */", []),
        ("import 'https://user:hunter2!@example.com/x.js'", []),
        ("x = '/users/:id'", []),
        ("x = /https:\\/\\/example.com/", []),
    ],
)
def test_extract__literals__category_text_and_line(source, expected):
    found = facts(source)
    assert found["literals"] == expected
    assert "hunter2" not in json.dumps(found)


@pytest.mark.parametrize(
    "source",
    [
        "const PASSWORD = 'hunter2!'",
        "let dbPassword: string = 'hunter2!'",
        "config.secretKey = 'hunter2!abcdef'",
        "config['SECRET_KEY'] = 'hunter2!abcdef'",
        "x = { password: 'hunter2!' }",
        "x = { 'api-key': `hunter2!abcdef` }",
        "function f(password = 'hunter2!') {}",
        "class A { private readonly apiKey = 'hunter2!abcdef' }",
        "class A { constructor(private password: string = 'hunter2!') {} }",
        "class A { @Dec() password = 'hunter2!' }",
        "x = 'AKIAIOSFODNN7HUNTER2'",
        "x = `-----BEGIN RSA PRIVATE KEY-----\nhunter2!\n`",
        "x = 'ghp_hunter2hunter2hunter2hunter2hunter2'",
    ],
)
def test_extract__hard_coded_secret__category_without_its_text(source):
    found = facts(source, "typescript")
    assert [one[:2] for one in found["literals"]] == [["secret", "***"]]
    assert "hunter2" not in json.dumps(found).lower()


def test_extract__secret_in_an_element_or_a_decorator__not_kept():
    source = "const x = <A password='hunter2!'/>\n@B({ password: 'hunter2!' }) class C {}"
    found = facts(source, "tsx")
    assert [one[:2] for one in found["literals"]] == [["secret", "***"]] * 2
    assert "hunter2" not in json.dumps(found)


@pytest.mark.parametrize(
    "source",
    [
        "const PASSWORD = ''",
        "const PASSWORD = process.env.PASSWORD",
        "const PASSWORD = '${DB_PASSWORD}'",
        "const PASSWORD = `${word}`",
        "const PASSWORD = 'changeme'",
        "const PASSWORD = '<your password>'",
        "label({ password: 'Enter your password' })",
        "const TOKEN = 'csrf_token'",
        "const PASSWORD_RESET_TIMEOUT = 'hunter2!'",
        "const tokenizer = 'hunter2!abc'",
        "const x = 'hunter2!'",
        "type password = 'hunter2!'",
    ],
)
def test_extract__no_secret__no_literal(source):
    assert facts(source, "typescript")["literals"] == []


def test_extract__words__identifiers_split_and_counted_without_keywords_strings_and_comments():
    source = (
        "class OrderLine extends Base {} // comment\n"
        "const order = `text ${orderId} more` + 'string'\n;"
        "/regular/; export { order }"
    )
    assert facts(source)["words"] == [["base", 1], ["line", 1], ["order", 4]]


def test_extract__lines__code_and_comments_apart():
    source = (
        "#!/usr/bin/env node\n/**\n * Doc.\n */\n\nf() // why\n/* a */ /* b */ g(`x\n\ny`)\n"
        "h() /* c\nd */\n"
    )
    found = facts(source)
    assert (found["code"], found["comments"]) == (4, 8)


@pytest.mark.parametrize(
    "broken",
    ["const x = = 3", "function (", "class {", "if (x", "x = [1, 2", "a b c", "<<<<<<< HEAD"],
)
def test_extract__statement_never_ends__imports_after_it_are_still_read(broken):
    source = (
        f"import a from './a'\n{broken}\nclass C {{ m() {{}} }}\n"
        "import './b'\nimport {\n  c,\n} from './c'\nexport * from './d'\n"
    )
    found = facts(source)
    assert found["error"] is True
    assert sorted(spec for spec, _, _ in found["imports"]) == ["./a", "./b", "./c", "./d"]


def test_extract__import_in_a_string_or_comment_of_a_broken_file__no_import():
    source = "x = `\nimport './a'\n`\n/*\nimport './b'\n*/\ny = = 1\n"
    assert facts(source)["imports"] == []


HOSTILE = [
    b"",
    b"\x00",
    b"import 'a'\x00\nimport 'c'\n",
    b"\xff\xfei\x00m\x00p\x00o\x00r\x00t\x00",
    bytes(range(256)) * 4,
    "x = '\ud800'".encode("utf-8", "surrogatepass"),
    b"x = " + b"(" * 1_500 + b"1" + b")" * 1_500,
    b"x = " + b"[" * 20_000,
    b"x = " + b"1+" * 20_000 + b"1",
    b"x" + b".y(1)" * 5_000,
    b"x" + b".y" * 50_000,
    b"if (x) {} " + b"else if (x) {} " * 1_000,
    b"{" * 5_000,
    b"'" * 20_001,
    b"`${" * 2_000,
    b"@" * 1_000,
    b"class " * 1_000,
    b"class A { constructor(" * 1_000,
    b"x => " * 5_000,
    b"f(" + b"a, " * 20_000,
    b"f(" + b"a" * 200_000,
    b"import " + b" " * 200_000 + b"!\nx = = 1",
    b"import {" + b"a, " * 50_000,
    b"import {" + b"a, " * 50_000 + b"} from 'x'",
    b"export {" * 5_000,
    b"require(" * 5_000,
    b"import(" * 5_000,
    b"const x = " + b"require('a')." * 5_000,
    b"const " + b"[" * 5_000 + b"a" + b"]" * 5_000 + b" = require('x')",
    b"class A extends " + b"B<" * 3_000,
    b"interface A extends " + b"B<" * 3_000 + b">" * 3_000 + b" {}",
    b"type A = " + b"B<" * 3_000,
    b"let x: " + b"(" * 3_000,
    b"<a>" * 3_000,
    b"/*" * 50_000,
    b"/* " + b"*" * 100_000,
    b"/// <reference path=" + b" " * 100_000,
    b"x = /" + b"(" * 50_000,
    b"inject<" * 10_000,
    b"x" + b" as y" * 5_000,
    b"a ? b : " * 3_000,
    b"const a = await " + b"(" * 300,
    b"import" + b"/*" * 10_000 + b"*/('x')",
    b"import(" + b"/**/" * 10_000 + b"'x'",
    b"x = = 1\n" + b"import {\n" * 20_000,
    b"x = = 1\n" + b"import 'x'\n;'y'\n" * 5_000,
]


@pytest.mark.parametrize("content", HOSTILE, ids=lambda content: repr(content[:16]))
@pytest.mark.parametrize("grammar", ["javascript", "typescript", "tsx"])
def test_extract__hostile_content__facts_all_the_same(content, grammar):
    assert set(facts(content, grammar)) == set(facts("x = 1"))


def test_extract__nested_beyond_the_cap__says_so_and_reads_what_is_above():
    found = facts("import './a'\nx = " + "(" * 1_500 + "1" + ")" * 1_500 + "\nimport './b'\n")
    assert found["deep"] is True
    assert [spec for spec, _, _ in found["imports"]] == ["./a", "./b"]
    assert facts("import './a'\n" + "x = 1\n" * 3_000)["deep"] is False


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffimport './a'\nconst größe = 1\n".encode(),
        "import './a'\r\nconst größe = 1\r\n".encode(),
        "import './a'\rconst größe = 1\r".encode(),
        "import './a'\nconst größe = 1\n".encode("latin-1"),
        "import './a'\nconst größe = 1\n".encode("utf-16"),
    ],
    ids=["mark", "windows", "old-mac", "latin-1", "utf-16"],
)
def test_extract__other_encodings_and_line_ends__read_alike(content):
    found = facts(content)
    assert found["imports"] == [["./a", 0, 1]]
    assert (found["error"], found["code"]) == (False, 2)


@pytest.mark.parametrize("active", [True, False])
def test_extract__any_file__leaves_the_collector_as_it_was(active):
    before = gc.isenabled()
    (gc.enable if active else gc.disable)()
    try:
        extract("a.js", b"function f( {")
        assert gc.isenabled() is active
    finally:
        (gc.enable if before else gc.disable)()
