"""Which construct of a script gives which reference, and which gives none."""

import json

import pytest

from assessor.collect.languages import javascript, typescript
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind


def extracted(path: str, source: str) -> Extracted:
    content = source.encode()
    typed = path.endswith(("ts", "tsx"))
    facts = (typescript if typed else javascript).extract(path, content)
    language = "typescript" if typed else "javascript"
    file = File(path, FileKind.SOURCE, language, len(content), "")
    return Extracted(file, json.loads(json.dumps(facts)))


def shown(files: dict[str, str]) -> set[str]:
    """`source kind target count@line` of all references."""
    found = javascript.resolve([extracted(path, text) for path, text in files.items()])
    return {
        f"{one.source} {one.kind} {one.target} {one.count}@{one.line}" for one in found.references
    }


CONSTRUCTS = {
    "default-import-called": (
        {"a.js": "import f from './b'\nf()\nf()", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 2@2"},
    ),
    "named-import-made": (
        {"a.ts": "import { B as C } from './b'\nnew C(1)", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts new b.ts 1@2"},
    ),
    "namespace-import": (
        {"a.ts": "import * as b from './b'\nb.f(b.X)\nlet t: b.T", "b.ts": ""},
        {
            "a.ts import b.ts 1@1",
            "a.ts call b.ts 1@2",
            "a.ts static b.ts 1@2",
            "a.ts type b.ts 1@3",
        },
    ),
    "default-and-named": (
        {"a.js": "import d, { e } from './b'\nd(e)", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@2", "a.js static b.js 1@2"},
    ),
    "side-effect": ({"a.js": "\nimport './b'", "b.js": ""}, {"a.js import b.js 1@2"}),
    "type-only-import": (
        {"a.ts": "import type { B } from './b'\nlet x: B", "b.ts": ""},
        {"a.ts type b.ts 2@1"},
    ),
    "type-only-names": (
        {"a.ts": "import { type B, type C as D } from './b'", "b.ts": ""},
        {"a.ts type b.ts 1@1"},
    ),
    "type-only-in-part": (
        {"a.ts": "import { type B, c } from './b'\nc()", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts call b.ts 1@2"},
    ),
    "name-that-is-type": (
        {"a.ts": "import type from './b'\ntype()", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts call b.ts 1@2"},
    ),
    "several-lines-with-comments": (
        {"a.js": "import {\n  b, // why\n  c, /* 'x' */\n} from './b'\nc()", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@5"},
    ),
    "without-spaces": (
        {"a.js": "import{b as c}from'./b';import*as d from'./d';c(d)", "b.js": "", "d.js": ""},
        {
            "a.js import b.js 1@1",
            "a.js call b.js 1@1",
            "a.js import d.js 1@1",
            "a.js static d.js 1@1",
        },
    ),
    "export-without-spaces": (
        {"a.js": "export{b}from'./b';export*from'./c'", "b.js": "", "c.js": ""},
        {"a.js import b.js 1@1", "a.js import c.js 1@1"},
    ),
    "name-in-quotes": (
        {"a.js": "import { 'b-c' as d } from './b'", "b.js": ""},
        {"a.js import b.js 1@1"},
    ),
    "import-attributes": (
        {"a.js": "import b from './b.js' with { type: 'x' }\nb()", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@2"},
    ),
    "require": (
        {"a.js": "const b = require('./b')\nb.f()\nb.X", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@2", "a.js static b.js 1@3"},
    ),
    "require-taken-apart": (
        {"a.js": "const { b, c: [d], ...e } = require('./b')\nnew b()\nd()\ne()", "b.js": ""},
        {"a.js import b.js 1@1", "a.js new b.js 1@2", "a.js call b.js 2@3"},
    ),
    "require-member": (
        {"a.js": "var B = require('./b').B\nclass A extends B {}", "b.js": ""},
        {"a.js import b.js 1@1", "a.js inherit b.js 1@2"},
    ),
    "require-used-at-once": (
        {"a.js": "require('./b')()\nrequire('./c').d(1)", "b.js": "", "c.js": ""},
        {
            "a.js import b.js 1@1",
            "a.js call b.js 1@1",
            "a.js import c.js 1@2",
            "a.js call c.js 1@2",
        },
    ),
    "require-in-function": (
        {"a.js": "function f() {\n  const b = require('./b')\n  b()\n}\nb()", "b.js": ""},
        {"a.js import b.js 1@2", "a.js call b.js 1@3"},
    ),
    "require-assigned-later": (
        {"a.js": "let b\nfunction f() {\n  b = require('./b')\n}\nb()", "b.js": ""},
        {"a.js import b.js 1@3", "a.js call b.js 1@5"},
    ),
    "import-equals": (
        {"a.ts": "import b = require('./b')\nb.f()", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts call b.ts 1@2"},
    ),
    "dynamic-import": (
        {"a.js": "const b = await import('./b')\nb.f()\nimport(`./c`)", "b.js": "", "c.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@2", "a.js import c.js 1@3"},
    ),
    "dynamic-import-with-comment": (
        {"a.js": "import(/* webpackChunkName: 'b' */ './b').then(m => m.x)", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 1@1"},
    ),
    "import-type": (
        {"a.ts": "let x: import('./b').B\ntype T = typeof import('./c')", "b.ts": "", "c.ts": ""},
        {"a.ts type b.ts 1@1", "a.ts type c.ts 1@2"},
    ),
    "reference-path": (
        {"a.ts": "/// <reference path='b.d.ts' />\nlet x", "b.d.ts": ""},
        {"a.ts import b.d.ts 1@1"},
    ),
    "export-from": (
        {
            "a.ts": "export { x as y } from './b'\nexport * from './c'\nexport * as d from './d'",
            **{f"{name}.ts": "" for name in "bcd"},
        },
        {"a.ts import b.ts 1@1", "a.ts import c.ts 1@2", "a.ts import d.ts 1@3"},
    ),
    "export-type-from": (
        {"a.ts": "export type { B } from './b'\nexport type * from './b'", "b.ts": ""},
        {"a.ts type b.ts 2@1"},
    ),
    "export-of-what-was-imported": (
        {"a.js": "import b from './b'\nexport { b }\nexport default b", "b.js": ""},
        {"a.js import b.js 1@1", "a.js static b.js 1@3"},
    ),
    "class-with-bases": (
        {
            "a.ts": "import { B, C, D } from './b'\nclass A extends B<D> implements C {}",
            "b.ts": "",
        },
        {"a.ts import b.ts 1@1", "a.ts inherit b.ts 2@2", "a.ts type b.ts 1@2"},
    ),
    "class-from-function": (
        {"a.ts": "import { B, mix } from './b'\nclass A extends mix(B) {}", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts call b.ts 1@2", "a.ts inherit b.ts 1@2"},
    ),
    "interface-with-bases": (
        {
            "a.ts": "import { B } from './b'\nimport * as c from './c'\n"
            "interface A extends B, c.C {}",
            "b.ts": "",
            "c.ts": "",
        },
        {
            "a.ts import b.ts 1@1",
            "a.ts inherit b.ts 1@3",
            "a.ts import c.ts 1@2",
            "a.ts inherit c.ts 1@3",
        },
    ),
    "types-anywhere": (
        {
            "a.ts": "import { B } from './b'\nfunction f<T extends B>(x: B[], y?: Map<string, B>)"
            ": B | null {\n  return x as B satisfies B\n}\ntype U = { k: B }",
            "b.ts": "",
        },
        {"a.ts import b.ts 1@1", "a.ts type b.ts 7@2"},
    ),
    "value-checked-against": (
        {"a.ts": "import { B, c } from './b'\nx instanceof B\nlet d: typeof c", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts type b.ts 2@2"},
    ),
    "decorators": (
        {
            "a.ts": "import { Dec, X } from './b'\n@Dec(X)\n"
            "class A {\n  @Dec p\n  @Dec() m() {}\n}",
            "b.ts": "",
        },
        {"a.ts import b.ts 1@1", "a.ts annotate b.ts 3@2", "a.ts static b.ts 1@2"},
    ),
    "elements": (
        {
            "a.tsx": "import { B } from './b'\nimport * as c from './c'\n"
            "const x = <B k={1}><c.D/><div/></B>",
            "b.tsx": "",
            "c.jsx": "",
        },
        {
            "a.tsx import b.tsx 1@1",
            "a.tsx call b.tsx 1@3",
            "a.tsx import c.jsx 1@2",
            "a.tsx call c.jsx 1@3",
        },
    ),
    "constants": (
        {"a.js": "import { K } from './b'\nx = K.y + f(K) + { K }.K + `${K}`", "b.js": ""},
        {"a.js import b.js 1@1", "a.js static b.js 4@2"},
    ),
    "tagged-template-and-chains": (
        {"a.js": "import { b } from './b'\nb`x`\nb.c().d()\nb?.e()", "b.js": ""},
        {"a.js import b.js 1@1", "a.js call b.js 3@2"},
    ),
    "use-before-import": (
        {"a.js": "f()\nimport { f } from './b'", "b.js": ""},
        {"a.js import b.js 1@2", "a.js call b.js 1@1"},
    ),
    "alias-of-namespace": (
        {"a.ts": "import * as b from './b'\nimport C = b.C\nnew C()", "b.ts": ""},
        {"a.ts import b.ts 1@1", "a.ts static b.ts 1@2"},
    ),
    "loop-of-files": (
        {"a.js": "import './b'", "b.js": "import './a'"},
        {"a.js import b.js 1@1", "b.js import a.js 1@1"},
    ),
}


@pytest.mark.parametrize(("files", "expected"), CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_resolve__construct__exactly_these_references(files, expected):
    assert shown(files) == expected


@pytest.mark.parametrize(
    "source",
    [
        "function g(f) { f() }",
        "function g({ f }) { f() }",
        "function g({ k: f = 1 }) { f() }",
        "function g(...f) { f() }",
        "(f) => f()",
        "f => f()",
        "async (f = 1) => f()",
        "function g() { const f = 1; f() }",
        "function g() { let [f] = x; f() }",
        "function g() { if (x) { var f = 1 } f() }",
        "function g() { function f() {} f() }",
        "{ class f {} new f() }",
        "for (const f of x) { f() }",
        "for (let f = 0; f < 1; f++) {}",
        "try {} catch (f) { f() }",
        "try {} catch ({ f }) { f() }",
        "class A { m(f) { return f() } }",
        "x.f()",
        "x = { f: 1 }",
        "x = { f() {} }",
        "f: for (;;) break f",
        "'f()'",
        "// f()",
        "/f()/",
        "(function f() { f() })",
        "<f/>",
        "<div f='1'>f()</div>",
    ],
)
def test_resolve__other_thing_of_that_name__no_use(source):
    files = {"a.jsx": f"import {{ f }} from './b'\n{source}", "b.js": ""}
    assert shown(files) == {"a.jsx import b.js 1@1"}


@pytest.mark.parametrize(
    "source",
    [
        "function g<T>(x: T): T {}",
        "class A<T> { x: T }",
        "interface A<T> { x: T }",
        "type A<T> = T[]",
        "type A = B extends Array<infer T> ? T : never",
        "type A = { [T in K]: T }",
        "type A = (T: string) => void",
        "interface A { [T: string]: B; T: B; m(T: B): B }",
        "type A = [T: string]",
        "function g() { interface T {} let x: T }",
        "declare function g(T: string): void",
        "let x: ns.T",
        "namespace A { type T = 1; let x: T }",
    ],
)
def test_resolve__other_type_of_that_name__no_use(source):
    files = {"a.ts": f"import {{ T }} from './b'\n{source}", "b.ts": ""}
    assert shown(files) == {"a.ts import b.ts 1@1"}


def test_resolve__parameter_named_as_its_type__still_a_use_of_the_type():
    files = {"a.ts": "import { T } from './b'\nfunction g(T: T) { T() }", "b.ts": ""}
    assert shown(files) == {"a.ts import b.ts 1@1", "a.ts type b.ts 1@2"}


@pytest.mark.parametrize(
    "source",
    [
        "jest.mock('./b')",
        "vi.mock('./b')",
        "require.resolve('./b')",
        "x.require('./b')",
        "require(name)",
        "require('./b' + name)",
        "import(`./${name}`)",
        "require(`${name}/./b`)",
        "function f(require) { require('./b') }",
        "// import './b'",
        "/* require('./b') */",
        "'import \"./b\"'",
        "`require('./b')`",
        "import './c'",
        "import './b.css'",
        "import '/b'",
        "import '../b'",
        "import 'b'",
        "import './a'",
    ],
)
def test_resolve__look_alike__no_reference(source):
    assert shown({"a.js": source, "b.js": ""}) == set()
