"""Literals that matter, and that secrets never leave."""

import json
from typing import Any, cast

import pytest

from assessor.collect.languages.python import extract
from assessor.collect.languages.python_literals import masked


def facts(source: str) -> dict[str, Any]:
    return cast("dict[str, Any]", extract("a.py", source.encode()))


def literals(source: str) -> list[tuple[str, str]]:
    return [(category, text) for category, text, _ in facts(source)["literals"]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('x = "https://api.example.com/v1"', [("url", "https://api.example.com/v1")]),
        ('x = f"http://{host}:8000/x"', [("url", "http://{host}:8000/x")]),
        ('x = "postgresql://db.internal/shop"', [("jdbc", "postgresql://db.internal/shop")]),
        ('x = "jdbc:oracle:thin:@db:1521:shop"', [("jdbc", "jdbc:oracle:thin:@db:1521:shop")]),
        ('x = "redis://cache:6379/0"', [("jdbc", "redis://cache:6379/0")]),
        ('x = "10.0.0.5:8080"', [("host", "10.0.0.5:8080")]),
        ('x = "localhost"', [("host", "localhost")]),
        ('x = "db.internal:5432"', [("host", "db.internal:5432")]),
        ('x = "/var/lib/shop/uploads"', [("path", "/var/lib/shop/uploads")]),
        ('x = r"C:\\\\data\\\\in"', [("path", "C:\\\\data\\\\in")]),
        ('x = "C:\\\\data"', [("path", "C:\\\\data")]),
        ('"""See https://example.com and /var/lib."""', []),
        ("x = 1  # https://example.com", []),
        ('x = "/admin/users/"', []),
        ('x = "a: b"', []),
        ('x = "12:30"', []),
        ('x = "1.2.3"', []),
        ('x = "see https://example.com"', []),
    ],
)
def test_extract__literals__category_and_text(source, expected):
    assert literals(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        'PASSWORD = "hunter2!"',
        'db_password: str = "hunter2!"',
        'SECRET_KEY = "hunter2!abcdef"',
        'app.config["SECRET_KEY"] = "hunter2!abcdef"',
        'x = {"PASSWORD": "hunter2!"}',
        'connect(user="a", password="hunter2!")',
        'def f(password="hunter2!"): pass',
        'class C:\n  api_key = b"hunter2!abcdef"',
        'awsSecretKey = "hunter2!abcdef"',
        'x = "AKIAIOSFODNN7HUNTER2"',
        'x = """-----BEGIN RSA PRIVATE KEY-----\nhunter2!\n"""',
    ],
)
def test_extract__hard_coded_secret__category_without_its_text(source):
    found = facts(source)
    assert [(category, text) for category, text, _ in found["literals"]] == [("secret", "***")]
    assert "hunter2" not in json.dumps(found).lower()


@pytest.mark.parametrize(
    "source",
    [
        'PASSWORD = ""',
        'PASSWORD = os.environ["PASSWORD"]',
        'PASSWORD = "${DB_PASSWORD}"',
        'PASSWORD = "changeme"',
        'PASSWORD = "<your password>"',
        'PASSWORD = f"{word}"',
        'label(password="Enter your password")',
        'TOKEN = "csrf_token"',
        'TOKEN = "abc"',
        'PASSWORD_RESET_TIMEOUT = "hunter2!"',
        'tokenizer = "hunter2!abc"',
        'monkey = "hunter2!abc"',
        'x = "hunter2!"',
    ],
)
def test_extract__no_secret__not_reported(source):
    assert literals(source) == []


@pytest.mark.parametrize(
    "source",
    [
        'x = "postgres://shop:hunter2@db/shop"',
        'x = "https://user:hunter2@example.com/a@b"',
        'x = "https://user:hun/hunter2@example.com/"',
        'x = "https://hunter2@example.com/"',
        'x = "jdbc:mysql://db/shop?user=a&password=hunter2"',
        'x = "https://example.com/?token=hunter2&a=b"',
        'x = "dbname=shop password=hunter2 host=db"',
        '@connect(password="hunter2")\ndef f(): pass',
        '@connect("redis://:hunter2@cache")\ndef f(): pass',
        '@connect({"password": "hunter2"})\ndef f(): pass',
    ],
)
def test_extract__credentials_inside_a_text__masked(source):
    found = json.dumps(facts(source))
    assert "hunter2" not in found
    assert "***" in found


@pytest.mark.parametrize(
    "text",
    [
        "https://cdn.example.com/ol@v7/ol.css",
        "http://example.com:8080/a@b",
        "https://example.com/?a=b",
    ],
)
def test_masked__nothing_secret__text_as_it_was(text):
    assert masked(text) == text


def test_masked__long_text__cut():
    assert len(masked("x" * 1_000)) == 200
