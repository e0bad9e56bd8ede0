"""`code.*` artefacts of Go: foreign imports, literals without their secrets, state of packages."""

import json
from typing import Any, cast

import pytest

from assessor.collect.languages.go import extract, resolve
from assessor.collect.languages.resolution import Extracted
from assessor.model.basis import Node
from assessor.model.records import Artefact, File, FileKind

KEY = "AKIA" + "IOSFODNN7EXAMPLE"  # in two parts, so that nothing takes it for a real one


def artefacts(files: dict[str, str], tests: tuple[str, ...] = ()) -> list[Artefact]:
    sources = [
        Extracted(
            File(path, FileKind.TEST if path in tests else FileKind.SOURCE, "go", 0, ""),
            json.loads(json.dumps(extract(path, text.encode()))),
        )
        for path, text in files.items()
    ]
    module = Extracted(
        File("go.mod", FileKind.CONFIGURATION, "", 0, ""), {"module": "example.com/shop"}
    )
    return list(resolve(sources, [module]).artefacts)


def facts(source: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(extract("a.go", source.encode()))))


def value(artefact: Artefact, name: str) -> object:
    return cast("dict[str, Node]", artefact.root.value)[name].value


LITERALS = {
    "url": ('a := "https://api.example.com/v1"', [("url", "https://api.example.com/v1")]),
    "raw string": ("a := `https://api.example.com`", [("url", "https://api.example.com")]),
    "database": ('a := "postgres://db:5432/shop"', [("jdbc", "postgres://db:5432/shop")]),
    "letters beyond ASCII": (
        'größe := "https://example.com/größe/大小"',
        [("url", "https://example.com/größe/大小")],
    ),
    "secret after letters beyond ASCII": ('/* 大小 */ password := "größe22"', [("secret", "***")]),
    "host": ('a := "localhost:8080"', [("host", "localhost:8080")]),
    "path": ('a := "/var/lib/shop"', [("path", "/var/lib/shop")]),
    "login in a url": (
        'a := "postgres://me:hunter22@db/shop"',
        [("jdbc", "postgres://***@db/shop"), ("secret", "***")],
    ),
    "password": ('password := "hunter22"', [("secret", "***")]),
    "password with its type": ('var dbPassword string = "hunter22"', [("secret", "***")]),
    "constant": ('const apiKey = "a1b2c3d4e5"', [("secret", "***")]),
    "assigned": ('c.Secret = "a1b2c3d4e5"', [("secret", "***")]),
    "field": ('_ = T{Password: "hunter22"}', [("secret", "***")]),
    "key of a map": ('_ = M{"password": "hunter22"}', [("secret", "***")]),
    "variable of the system": ('os.Setenv("DB_PASSWORD", "hunter22")', [("secret", "***")]),
    "setter": ('c.SetPassword("hunter22")', [("secret", "***")]),
    "bytes": ('jwtSecret := []byte("a1b2c3d4e5")', [("secret", "***")]),
    "raw secret": ("password := `hunter22`", [("secret", "***")]),
    "a secret that looks like a path": ('secretKey := "/home/a1b2c3d4e5"', [("secret", "***")]),
    "known token": (f'a := "{KEY}"', [("secret", "***")]),
    "compared": ('if password == "hunter22" {}', []),
    "a name, no value": ('password := "db.password"', []),
    "a sentence": ('password := "enter your password"', []),
    "empty": ('password := ""', []),
    "a placeholder": ('password := "${PASSWORD}"', []),
    "another name": ('monkey := "hunter22"', []),
    "argument": ('login(password, "hunter22")', []),
    "in a comment": ('// password := "hunter22" https://api.example.com', []),
    "a letter": ("password := 'x'", []),
}


@pytest.mark.parametrize(("body", "expected"), LITERALS.values(), ids=LITERALS)
def test_extract__literal__its_category_and_never_a_secret(body, expected):
    source = f"package a\nfunc f() {{\n{body}\n}}\n"
    literals = facts(source)["literals"]
    assert [tuple(literals[at : at + 2]) for at in range(0, len(literals), 3)] == expected
    assert set(literals[2::3]) <= {3}


def test_extract__secret__is_nowhere_in_the_facts():
    bodies = "\n".join(
        body for body, expected in LITERALS.values() if ("secret", "***") in expected
    )
    said = json.dumps(extract("a.go", f"package a\nfunc f() {{\n{bodies}\n}}\n".encode()))
    assert [word for word in ("hunter22", "a1b2c3d4e5", KEY) if word in said] == []


STATICS = {
    "with a type": ("var cache map[string]int", [("cache", "map[string]int")]),
    "several": ("var (\n\ta, b int\n\tc = 1\n)", [("a", "int"), ("b", "int"), ("c", "int")]),
    "literal": ("var all = []string{}", [("all", "[]string")]),
    "pointer to a literal": ("var one = &Config{}", [("one", "Config")]),
    "call": ("var pool = sync.NewPool()", [("pool", "sync.NewPool")]),
    "make": ("var seen = make(map[string]bool)", [("seen", "map[string]bool")]),
    "function": ("var hook = func() {}", [("hook", "func")]),
    "text": ('var version = "1.0"', [("version", "string")]),
    "number": ("var limit = 3", [("limit", "int")]),
    "value of something": ("var other = limit", [("other", "value")]),
    "error": ('var ErrX = errors.New("x")', []),
    "wrapped error": ('var errX = fmt.Errorf("x: %w", err)', []),
    "pattern": ('var word = regexp.MustCompile("a")', []),
    "checked only": ("var _ Store = (*pg)(nil)", []),
    "constant": ("const Limit = 3", []),
    "in a function": ("func f() { var a int }", []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), STATICS.values(), ids=STATICS)
def test_resolve__variable_of_the_package__is_state(body, expected):
    found = [
        one for one in artefacts({"a.go": f"package a\n{body}\n"}) if one.kind == "code.static"
    ]
    assert [(value(one, "name"), value(one, "type")) for one in found] == expected


def test_resolve__imports_from_outside__counted_for_each_kind_of_unit():
    head = 'package a\nimport (\n\t"fmt"\n\t"example.com/shop/b"\n\tx "github.com/o/x/v2"\n)\n'
    files = {"a/a.go": head, "a/c.go": head, "b/b.go": "package b", "a/a_test.go": head}
    found = [one for one in artefacts(files, tests=("a/a_test.go",)) if one.kind == "code.import"]
    rows = {
        (
            one.location.path, one.location.line,
            *(value(one, name) for name in ("language", "name", "count", "unit_kind")),
        )
        for one in found
    }  # fmt: skip
    assert rows == {
        ("a/a.go", 3, "go", "fmt", 2, "source"),
        ("a/a.go", 5, "go", "github.com/o/x/v2", 2, "source"),
        ("a/a_test.go", 3, "go", "fmt", 1, "test"),
        ("a/a_test.go", 5, "go", "github.com/o/x/v2", 1, "test"),
    }
