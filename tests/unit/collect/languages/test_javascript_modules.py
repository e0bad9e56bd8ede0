"""Which file an import means: extensions, folders, aliases, packages of a workspace."""

import json
from typing import cast

import pytest

from assessor.collect.languages import javascript, settings, typescript
from assessor.collect.languages.resolution import Extracted
from assessor.model.basis import Node
from assessor.model.records import File, FileKind

SOURCE, TEST, CONFIGURATION = FileKind.SOURCE, FileKind.TEST, FileKind.CONFIGURATION


def extracted(path: str, source: str) -> Extracted:
    kind = TEST if path.startswith("test/") else SOURCE
    content = source.encode()
    if path.endswith(".json"):
        kind = TEST if path.startswith("test/") else CONFIGURATION
        return Extracted(File(path, kind, "", 0, ""), settings.extract(path, content))
    typed = path.endswith(("ts", "tsx"))
    facts = (typescript if typed else javascript).extract(path, content)
    language = "typescript" if typed else "javascript"
    return Extracted(File(path, kind, language, 0, ""), json.loads(json.dumps(facts)))


def outcome(files: dict[str, str]) -> tuple[set[str], set[str]]:
    """Targets of all references, and names of foreign packages."""
    every = [extracted(path, text) for path, text in files.items()]
    code = [one for one in every if one.file.language]
    found = javascript.resolve(code, [one for one in every if not one.file.language])
    imported = (one.root.value for one in found.artefacts if one.kind == "code.import")
    foreign = {str(cast("dict[str, Node]", value)["name"].value) for value in imported}
    return {one.target for one in found.references}, foreign


def target(importer: str, written: str, files: dict[str, str]) -> str | None:
    found, _ = outcome({**files, importer: f"import '{written}'"})
    return next(iter(found), None)


def some(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


@pytest.mark.parametrize(
    ("importer", "written", "paths", "expected"),
    [
        ("a.ts", "./b", ("b.ts", "b.js", "b/index.ts"), "b.ts"),
        ("a.ts", "./b", ("b.tsx", "b.js"), "b.tsx"),
        ("a.ts", "./b", ("b.d.ts",), "b.d.ts"),
        ("a.ts", "./b", ("b.mts",), "b.mts"),
        ("a.ts", "./b", ("b.cjs",), "b.cjs"),
        ("a.ts", "./b.js", ("b.ts",), "b.ts"),
        ("a.ts", "./b.js", ("b.tsx",), "b.tsx"),
        ("a.ts", "./b.js", ("b.ts", "b.js"), "b.ts"),
        ("a.js", "./b.js", ("b.ts", "b.js"), "b.js"),
        ("a.js", "./b", ("b.ts", "b.js"), "b.js"),
        ("a.ts", "./b.jsx", ("b.tsx",), "b.tsx"),
        ("a.mts", "./b.mjs", ("b.mts",), "b.mts"),
        ("a.cts", "./b.cjs", ("b.cts",), "b.cts"),
        ("a.ts", "./b.service", ("b.service.ts",), "b.service.ts"),
        ("a.ts", "./b", ("b/index.tsx",), "b/index.tsx"),
        ("a.ts", "./b/", ("b.ts", "b/index.ts"), "b/index.ts"),
        ("b/a.ts", ".", ("b.ts", "b/index.ts"), "b/index.ts"),
        ("b/a.ts", "./", ("b/index.js",), "b/index.js"),
        ("b/c/a.ts", "..", ("b/index.ts", "b.ts"), "b/index.ts"),
        ("b/a.ts", "..", ("index.ts",), "index.ts"),
        ("b/a.ts", "../c/d", ("c/d.ts",), "c/d.ts"),
        ("a.ts", "./b?raw", ("b.ts",), "b.ts"),
        ("a.ts", "raw-loader!./b", ("b.ts",), "b.ts"),
        ("a.ts", "./b", ("b.json",), None),
        ("a.ts", "./b", ("c.ts",), None),
        ("a.ts", "../b", ("b.ts",), None),
        ("a.ts", "/b", ("b.ts",), None),
        ("a.ts", "b", ("b.ts",), None),
        ("a.ts", ".b", (".b.ts",), None),
    ],
)
def test_resolve__relative_path__file_meant(importer, written, paths, expected):
    files = {path: "" for path in paths if not path.endswith(".json")}
    assert target(importer, written, files) == expected


CONFIG = """{
  // aliases of the shop
  "compilerOptions": {
    "paths": { /* more
    lines */
      "@app/*": ["./src/app/*", "./src/old/*",],
      "@app/special/*": ["./src/special/*"],
      "config": ["./src/config.ts"],
      "lib-*": ["./libs/*/main"],
      "url": ["https://x"],
    },
  },
}"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("@app/x", "src/app/x.ts"),
        ("@app/y", "src/old/y/index.ts"),
        ("@app/special/x", "src/special/x.ts"),
        ("config", "src/config.ts"),
        ("lib-a", "libs/a/main.ts"),
        ("@app/gone", None),
        ("@application/x", None),
        ("config/x", None),
    ],
)
def test_resolve__paths_of_a_tsconfig__best_pattern_that_leads_to_a_file(written, expected):
    paths = ("src/app/x.ts", "src/old/y/index.ts", "src/special/x.ts", "src/app/special/x.ts")
    files = {**some(*paths, "src/config.ts", "libs/a/main.ts"), "tsconfig.json": CONFIG}
    assert target("src/main.ts", written, files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tsconfig.json": '{"compilerOptions": {"baseUrl": "."}}', "src/b.ts": ""}, "src/b.ts"),
        (
            {"jsconfig.json": '{"compilerOptions": {"baseUrl": "lib"}}', "lib/src/b.js": ""},
            "lib/src/b.js",
        ),
        (
            {
                "tsconfig.json": '{"extends": "./etc/tsconfig.base"}',
                "etc/tsconfig.base.json": '{"compilerOptions": {"paths": {"src/*": ["../z/*"]}}}',
                "z/b.ts": "",
            },
            "z/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"extends": ["./one.json", "./tsconfig.two.json"]}',
                "tsconfig.two.json": '{"compilerOptions": {"baseUrl": "t", "paths":'
                ' {"src/*": ["u/*"]}}}',
                "t/u/b.ts": "",
            },
            "t/u/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"extends": "@s/tsconfig/tsconfig.app.json"}',
                "cfg/package.json": '{"name": "@s/tsconfig"}',
                "cfg/tsconfig.app.json": '{"compilerOptions": {"paths":'
                ' {"src/*": ["${configDir}/v/*"]}}}',
                "v/b.ts": "",
            },
            "v/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
                "tsconfig.app.json": '{"compilerOptions": {"paths": {"src/*": ["./w/*"]}}}',
                "w/b.ts": "",
            },
            "w/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"extends": "./tsconfig.json", "compilerOptions":'
                ' {"paths": {"src/*": ["x/*"]}}}',
                "x/b.ts": "",
            },
            "x/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"compilerOptions": {"paths": {"src/*": ["./far/*"]}}}',
                "m/tsconfig.json": '{"compilerOptions": {"paths": {"src/*": ["./near/*"]}}}',
                "far/b.ts": "",
                "m/near/b.ts": "",
            },
            "m/near/b.ts",
        ),
        (
            {
                "tsconfig.json": '{"compilerOptions": {"paths": {"src/*": ["./far/*"]}}}',
                "m/tsconfig.json": "{}",
                "far/b.ts": "",
            },
            None,
        ),
    ],
    ids=["base", "jsconfig", "extends", "list", "package", "referred", "loop", "nearest", "hides"],
)
def test_resolve__configuration__nearest_with_what_it_extends(files, expected):
    assert target("m/a.ts", "src/b", files) == expected


@pytest.mark.parametrize(
    ("written", "said", "paths", "expected"),
    [
        ("@s/b", {}, ("p/b/index.ts",), "p/b/index.ts"),
        ("@s/b", {}, ("p/b/src/index.ts",), "p/b/src/index.ts"),
        ("@s/b", {"main": "lib/x"}, ("p/b/lib/x.js",), "p/b/lib/x.js"),
        ("@s/b", {"main": "./dist/x.js"}, ("p/b/src/x.ts", "p/b/index.ts"), "p/b/src/x.ts"),
        ("@s/b", {"main": "dist/x.js"}, ("p/b/dist/x.js", "p/b/src/x.ts"), "p/b/dist/x.js"),
        ("@s/b", {"main": "dist/cjs/x.js"}, ("p/b/src/x.ts",), "p/b/src/x.ts"),
        ("@s/b", {"main": "dist/src/x.js"}, ("p/b/src/x.ts",), "p/b/src/x.ts"),
        ("@s/b", {"module": "es/x.js", "main": "m"}, ("p/b/src/x.ts",), "p/b/src/x.ts"),
        ("@s/b", {"types": "dist/x.d.ts"}, ("p/b/src/x.ts",), "p/b/src/x.ts"),
        ("@s/b", {"exports": "./x.js"}, ("p/b/x.js",), "p/b/x.js"),
        ("@s/b", {"exports": {".": "./x.js"}}, ("p/b/x.js",), "p/b/x.js"),
        (
            "@s/b",
            {"exports": {".": {"types": "./t.d.ts", "import": {"default": "./x.mjs"}}}},
            ("p/b/t.d.ts", "p/b/x.mjs"),
            "p/b/x.mjs",
        ),
        (
            "@s/b",
            {"exports": {"require": "./dist/x.cjs", "import": "./dist/x.js"}},
            ("p/b/src/x.ts",),
            "p/b/src/x.ts",
        ),
        ("@s/b/y", {}, ("p/b/y.ts",), "p/b/y.ts"),
        ("@s/b/y", {}, ("p/b/src/y/index.ts",), "p/b/src/y/index.ts"),
        ("@s/b/dist/y", {}, ("p/b/src/y.ts",), "p/b/src/y.ts"),
        ("@s/b/y", {"exports": {"./y": "./z.js"}}, ("p/b/z.ts", "p/b/y.ts"), "p/b/z.ts"),
        (
            "@s/b/f/y.js",
            {"exports": {"./*": "./no/*", "./f/*.js": ["./dist/g/*.js"]}},
            ("p/b/src/g/y.ts",),
            "p/b/src/g/y.ts",
        ),
        ("@s/b/gone", {}, ("p/b/index.ts",), None),
        ("@s/c", {}, ("p/b/index.ts",), None),
    ],
)
def test_resolve__package_of_the_workspace__its_source(written, said, paths, expected):
    package = json.dumps({"name": "@s/b", **said})
    assert target("p/a/a.ts", written, {**some(*paths), "p/b/package.json": package}) == expected


def test_resolve__package_main_in_a_folder__found_by_a_relative_path():
    files = {"b/package.json": '{"main": "c.js"}', "b/c.js": "", "b/index.js": ""}
    assert target("a.js", "./b", files) == "b/c.js"


def test_resolve__relative_path_into_a_build__its_source():
    files = {"p/package.json": "{}", "p/src/x.ts": "", "src/x.ts": ""}
    assert target("p/bin/a.js", "../dist/x.js", files) == "p/src/x.ts"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#x", "p/x.ts"),
        ("#in/y", "p/src/in/y.ts"),
        ("#other", "q/index.ts"),
        ("#gone", None),
    ],
)
def test_resolve__imports_of_a_package__its_own_names(written, expected):
    said = {"#x": "./x.js", "#in/*": {"default": "./dist/in/*.js"}, "#other": "q"}
    files = {
        "package.json": '{"imports": {"#x": "./far.js"}}',
        "p/package.json": json.dumps({"imports": said}),
        "q/package.json": '{"name": "q"}',
        **some("p/x.ts", "p/src/in/y.ts", "q/index.ts", "far.js"),
    }
    assert target("p/src/a.ts", written, files) == expected


def test_resolve__two_packages_of_one_name__the_nearest_and_those_of_tests_only_for_tests():
    files = {
        "one/b/package.json": '{"name": "b"}',
        "one/b/index.js": "",
        "two/b/package.json": '{"name": "b"}',
        "two/b/index.js": "",
        "test/b/package.json": '{"name": "c"}',
        "test/b/index.js": "",
    }
    assert target("two/a.js", "b", files) == "two/b/index.js"
    assert target("two/a.js", "c", files) is None
    assert target("test/a.js", "c", files) == "test/b/index.js"


def test_resolve__own_names_without_a_file__not_foreign():
    files = {
        "a.ts": "import '@s/b/gone'; import '@app/gone'; import 'c/x'; import 'd'",
        "tsconfig.json": '{"compilerOptions": {"paths": {"@app/*": ["./app/*"],'
        ' "d": ["./node_modules/d"]}}}',
        "b/package.json": '{"name": "@s/b"}',
    }
    assert outcome(files) == (set(), {"c", "d"})


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff\xfe", b'{"name":', b"[" * 100_000, b'{"a":' * 100_000, b'"' * 10_001],
    ids=lambda content: repr(content[:8]),
)
def test_settings__broken__said_so(content):
    try:
        found = settings.extract("package.json", content)
    except ValueError:
        return
    assert found == {}


def test_settings__odd_values__left_out():
    odd = b'{"name": 1, "main": {"a": [1, "b"]}, "compilerOptions": [], "references": [{"x": 1}]}'
    assert settings.extract("package.json", odd) == {
        "name": None,
        "main": {"a": [None, "b"]},
        "references": [],
    }


@pytest.mark.parametrize(
    "said",
    [
        '{"name": ["x"], "main": 1, "exports": [null], "imports": "y"}',
        '{"name": "b", "exports": {".": null, "./*": [[{"x": "../../../*"}]]}}',
        '{"name": "b", "main": "../../../../x", "exports": "/etc"}',
    ],
)
def test_resolve__odd_package__no_reference(said):
    files = {"p/package.json": said, "a.js": "import 'b'; import 'b/c'; import '#d'; import './p'"}
    assert outcome(files)[0] == set()


@pytest.mark.parametrize(
    "said",
    [
        '{"extends": 1, "compilerOptions": {"baseUrl": 1, "paths": []}}',
        '{"extends": [1, "./gone", "gone/x"], "compilerOptions": {"paths": {"b": 1, "*": [1]}}}',
        '{"compilerOptions": {"baseUrl": "../../..", "paths": {"*": ["../../*"]}}}',
        '{"references": ["x", {"path": "."}, {"path": "../.."}]}',
    ],
)
def test_resolve__odd_configuration__no_reference(said):
    assert outcome({"tsconfig.json": said, "a.ts": "import 'b'"}) == (set(), {"b"})
