# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""`code.*` artefacts of Java files, and that no secret is in any of them."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages.java import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.basis import Node
from assessor.model.records import Artefact, File, FileKind


def artefacts(
    sources: Mapping[str, str], kind: str, *, tests: tuple[str, ...] = ()
) -> list[Artefact]:
    """Artefacts of one kind."""
    extracted = [
        Extracted(
            File(path, FileKind.TEST if path in tests else FileKind.SOURCE, "java", len(text), ""),
            extract(path, text.encode()),
        )
        for path, text in sources.items()
    ]
    return [artefact for artefact in resolve(extracted).artefacts if artefact.kind == kind]


def values(artefact: Artefact) -> dict[str, object]:
    """The keys below the root."""
    root = artefact.root.value
    assert isinstance(root, Mapping)
    return {name: node.value for name, node in root.items() if isinstance(node, Node)}


def test_artefacts__foreign_imports__counted_per_name_and_kind_of_unit() -> None:
    sources = {
        "a/A.java": "package a;\nimport java.util.List;\nimport b.B;\nimport static org.junit.Assert.fail;\nclass A {}",
        "b/B.java": "package b;\nimport java.util.List;\nimport java.io.*;\npublic class B {}",
        "b/BTest.java": "package b;\nimport java.util.List;\nclass BTest {}",
    }
    found = artefacts(sources, "code.import", tests=("b/BTest.java",))
    assert [
        (str(a.location), values(a)["name"], values(a)["count"], values(a)["unit_kind"])
        for a in found
    ] == [
        ("a/A.java:2", "java.util.List", 2, "source"),
        ("a/A.java:4", "org.junit.Assert", 1, "source"),
        ("b/B.java:3", "java.io.*", 1, "source"),
        ("b/BTest.java:2", "java.util.List", 1, "test"),
    ]


def test_artefacts__annotations__per_file_and_name_with_first_argument() -> None:
    source = '@Path("/x")\nclass A {\n @GetMapping(value = "/a", produces = "b") void m() {}\n @GetMapping void n() {}\n}'
    found = [values(a) for a in artefacts({"A.java": source}, "code.annotation")]
    assert found == [
        {"language": "java", "name": "Path", "count": 1, "arguments": '"/x"', "unit_kind": "source"},
        {"language": "java", "name": "GetMapping", "count": 2, "arguments": 'value = "/a"', "unit_kind": "source"},
    ]  # fmt: skip


LITERALS = {
    "url": ('String s = "https://example.org/x";', ("url", "https://example.org/x")),
    "user and password in a url": ('String s = "http://joe:hunter2@h/x";', ("url", "http://***@h/x")),
    "jdbc": ('String s = "jdbc:mysql://db:3306/x?password=hunter2";', ("jdbc", "jdbc:mysql://db:3306/x?password=***")),
    "host and port": ('String s = "db.example.org:5432";', ("host", "db.example.org:5432")),
    "localhost": ('String s = "localhost";', ("host", "localhost")),
    "local path": ('String s = "/var/data/x";', ("path", "/var/data/x")),
    "drive": ('String s = "C:/data";', ("path", "C:/data")),
    "secret in a field": ('String dbPassword = "hunter2";', ("secret", "***")),
    "secret assigned": ('{ this.apiKey = "a8f7d6e5"; }', ("secret", "***")),
    "secret in a setter": ('{ x.setPassword("hunter2"); }', ("secret", "***")),
    "secret under a key": ('{ p.put("password", "hunter2"); }', ("secret", "***")),
    "known token": ('String s = "AKIAIOSFODNN7EXAMPLE";', ("secret", "***")),
    "text of a method named like one": ('String toString() { return "TokenImage(" + "a81b" + x; }', None),
    "argument of a method named like one": ('{ passwordField("wide-2x"); }', None),
    "name of a property": ('String PASSWORD = "db.password";', None),
    "key of a secret": ('String PASSWORD_KEY = "hunter2x";', None),
    "placeholder": ('String password = "${DB_PASSWORD}";', None),
    "sentence": ('String password = "wrong password given";', None),
    "words only": ('String s = "select the order";', None),
    "web path": ('String s = "/orders/list";', None),
    "in a comment": ('// "https://example.org"', None),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LITERALS.values(), ids=LITERALS)
def test_artefacts__literal__category_and_masked_text(
    body: str, expected: tuple[str, str] | None
) -> None:
    found = [values(a) for a in artefacts({"A.java": f"class A {{ {body}\n }}"}, "code.literal")]
    assert [(v["category"], v["text"]) for v in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "annotation",
    [
        '@Value("${db.password:hunter2}")',
        '@Login(password = "hunter2")',
        '@Data("jdbc:x://h/y?password=hunter2")',
        '@Data("http://joe:hunter2@h/")',
        '@Data({"a", "spring.password=hunter2"})',
    ],
)
def test_artefacts__secret_in_an_annotation__masked(annotation: str) -> None:
    found = artefacts({"A.java": f"class A {{ {annotation} String x; }}"}, "code.annotation")
    assert "hunter2" not in repr(found)
    assert "***" in repr(found)


STATICS = {
    "not final": ("private static int count;", [("count", "int")]),
    "two of them": ("static Foo a, b;", [("a", "Foo"), ("b", "Foo")]),
    "final cache": (
        "static final Map<String, Foo> CACHE = new HashMap<>();",
        [("CACHE", "Map<String,Foo>")],
    ),
    "final constant": ('static final String NAME = "x";', []),
    "final map without a cache": ("static final Map<String, Foo> NAMES = Map.of();", []),
    "instance field": ("int count;", []),
}


@pytest.mark.parametrize(("body", "expected"), STATICS.values(), ids=STATICS)
def test_artefacts__static_field__mutable_ones_only(
    body: str, expected: list[tuple[str, str]]
) -> None:
    found = [values(a) for a in artefacts({"A.java": f"class A {{ {body} }}"}, "code.static")]
    assert [(v["name"], v["type"]) for v in found] == expected


def test_artefacts__constant_of_an_interface__not_mutable() -> None:
    assert artefacts({"A.java": "interface A { int X = 1; }"}, "code.static") == []
