"""What PHP files say besides references: complexity, lines, words and `code.*` artefacts."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages.php import extract
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.collect.languages.typed import resolve
from assessor.model.records import Artefact, File, FileKind


def resolved(sources: Mapping[str, str]) -> Resolution:
    """Both phases over files given as path -> content."""
    files = (
        Extracted(File(path, FileKind.SOURCE, "php", len(text), ""), extract(path, text.encode()))
        for path, text in sources.items()
    )
    return resolve(list(files))


def found(sources: Mapping[str, str], kind: str) -> list[dict[str, object]]:
    """The values of all artefacts of a kind, each with its line."""
    artefacts = (each for each in resolved(sources).artefacts if each.kind == kind)
    return [{**_values(each), "line": each.location.line} for each in artefacts]


def _values(artefact: Artefact) -> dict[str, object]:
    root = artefact.root.value
    assert isinstance(root, dict)
    return {name: node.value for name, node in root.items() if name != "language"}


# Body of a function -> cyclomatic, cognitive.
COMPLEXITY = {
    "nothing": ("return 1;", 1, 0),
    "if, elseif, else": ("if ($a) {} elseif ($b) {} else {}", 3, 3),
    "else if": ("if ($a) {} else if ($b) {} else {}", 3, 3),
    "alternative syntax": ("if ($a): elseif ($b): else: endif;", 3, 3),
    "nested": ("if ($a) { foreach ($b as $c) { while ($d) {} } }", 4, 6),
    "loops": ("for (;;) {} do {} while ($a); foreach ($a as $b) {} while ($c) {}", 5, 4),
    "catch": ("try {} catch (A $e) {} catch (B $e) {} finally {}", 3, 2),
    "switch": ("switch ($a) { case 1: case 2: break; default: }", 3, 1),
    "match": ("return match ($a) { 1, 2 => 'a', 3 => 'b', default => 'c' };", 3, 1),
    "ternaries": ("return $a ? 1 : ($b ?: 2);", 3, 3),
    "operators": ("return $a && $b && $c || $d;", 4, 2),
    "words as operators": ("return ($a and $b) or $c;", 3, 2),
    "not counted": ("return $a ?? $b?->c; $a ??= 1; $a xor $b;", 1, 0),
    "jumps": ("while ($a) { while ($b) { break 2; } continue; }", 3, 4),
    "closures are deeper": ("$f = function () { if ($a) {} }; return fn () => $a ? 1 : 2;", 3, 4),
}


@pytest.mark.parametrize(("body", "cyclomatic", "cognitive"), COMPLEXITY.values(), ids=COMPLEXITY)
def test_functions__complexity__known_figures(body: str, cyclomatic: int, cognitive: int) -> None:
    (unit,) = resolved({"a.php": f"<?php function f() {{ {body} }}"}).units
    (function,) = unit.functions
    assert (function.name, function.cyclomatic, function.cognitive) == ("f", cyclomatic, cognitive)
    assert (unit.cyclomatic, unit.cognitive) == (cyclomatic, cognitive)


def test_functions__methods_hooks_and_functions__named_with_lines() -> None:
    source = (
        "<?php namespace A;\nclass B {\n  /** Doc. */\n  #[C]\n  function m() {\n  }\n"
        "  public $x { get => 1; }\n  abstract function n();\n}\n"
        "function f() {\n  return new class { function g() {} };\n}\n"
    )
    (unit,) = resolved({"B.php": source}).units
    assert [(each.name, each.line, each.lines) for each in unit.functions] == [
        ("B.m", 4, 3), ("B.get", 7, 1), ("B.n", 8, 1), ("f", 10, 3), ("g", 11, 1),
    ]  # fmt: skip


def test_units__lines_and_words__counted() -> None:
    source = (
        "<?php // one\n/* two\n three */ class OrderService {\n\n  public $total; # four\n"
        "  const MAX_ITEMS = 1;\n  function createInvoice(): Invoice { return new Invoice; }\n}\n"
    )
    (unit,) = resolved({"OrderService.php": source}).units
    assert (unit.code_lines, unit.comment_lines) == (6, 4)
    assert dict(unit.words) == {
        "create": 1, "invoice": 3, "items": 1, "max": 1, "order": 1, "service": 1, "total": 1,
    }  # fmt: skip


def test_imports__foreign_names__listed_once_with_their_count() -> None:
    sources = {
        "a.php": "<?php\nuse Carbon\\Carbon;\nuse App\\Cart as C; use App;\n"
        "use function GuzzleHttp\\json;",
        "b.php": "<?php use Carbon\\{Carbon, CarbonPeriod as P};",
        "Cart.php": "<?php namespace App; class Cart {}",
    }
    rows = found(sources, "code.import")
    assert [(row["name"], row["count"], row["line"]) for row in rows] == [
        ("Carbon.Carbon", 2, 2),
        ("GuzzleHttp.json", 1, 4),
        ("Carbon.CarbonPeriod", 1, 1),
    ]


def test_annotations__attributes_and_documented_ones__with_their_first_argument() -> None:
    source = (
        '<?php namespace A;\n/**\n * @Route("/carts", name="x")\n */\n'
        "#[ORM\\Entity(repositoryClass: R::class), Other]\nclass B {"
        " #[Other('a', 2)] function m() {} }"
    )
    rows = found({"a.php": source}, "code.annotation")
    assert [(row["name"], row["count"], row["arguments"], row["line"]) for row in rows] == [
        ("Route", 1, '"/carts"', 3),
        ("Entity", 1, "repositoryClass: R::class", 5),
        ("Other", 2, "'a'", 6),
    ]


def test_statics__what_outlives_a_call__listed() -> None:
    source = (
        "<?php class A {\n private static ?Pool $pool = null;\n private $own; const X = 1;\n"
        " function m() { static $cache = []; global $db; } }"
    )
    rows = found({"a.php": source}, "code.static")
    assert [(row["name"], row["type"], row["line"]) for row in rows] == [
        ("pool", ".Pool", 2), ("cache", "", 4), ("db", "", 4),
    ]  # fmt: skip


LITERALS = {
    "url": ("$x = 'https://api.example.com/v1';", [("url", "https://api.example.com/v1")]),
    "database": ("new PDO('mysql:host=db;dbname=shop');", [("jdbc", "mysql:host=db;dbname=shop")]),
    "host": ('$x = "10.0.0.7:6379";', [("host", "10.0.0.7:6379")]),
    "path": ("$x = '/var/www/uploads';", [("path", "/var/www/uploads")]),
    "umlaut": ("$x = '/var/www/Müller';", [("path", "/var/www/Müller")]),
    "heredoc": ("$x = <<<A\nhttps://a.example/{$y}\nA;", [("url", "https://a.example/{$y}")]),
    "plain": ("$x = 'Hello'; $y = \"a $b c\"; $z = 'a.b';", []),
}  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), LITERALS.values(), ids=LITERALS)
def test_literals__of_interest__with_category(code: str, expected: list[tuple[str, str]]) -> None:
    rows = found({"a.php": f"<?php {code}"}, "code.literal")
    assert [(row["category"], str(row["text"])) for row in rows] == expected


SECRETS = {
    "variable": "$password = 'hunter2-x9';",
    "property": "$this->apiKey = 'hunter2-x9';",
    "declared property": "class A { private string $dbPassword = 'hunter2-x9'; }",
    "constant": "class A { const API_SECRET = 'hunter2-x9'; }",
    "define": "define('DB_PASSWORD', 'hunter2-x9');",
    "key": "return ['password' => 'hunter2-x9'];",
    "default of an environment variable": "return ['x' => env('DB_PASSWORD', 'hunter2-x9')];",
    "setter": "$x->setPassword('hunter2-x9');",
    "named argument": "connect(password: 'hunter2-x9');",
    "element": "$config['password'] = 'hunter2-x9';",
    "user information": "$x = 'https://user:hunter2-x9@example.com/';",
    "database": "$x = 'pgsql:host=db;dbname=shop;password=hunter2-x9';",
    "argument of an attribute": "#[Connect('password' => 'hunter2-x9')] class A {}",
    "named argument of an attribute": "#[Connect(password: 'hunter2-x9')] class A {}",
    "documented annotation": '/**\n * @Connect(password="hunter2-x9")\n */ class A {}',
    "default of a parameter": "function f(string $password = 'hunter2-x9') {}",
}


@pytest.mark.parametrize("code", SECRETS.values(), ids=SECRETS)
def test_secrets__anywhere__never_kept(code: str) -> None:
    resolution = resolved({"a.php": f"<?php {code}"})
    assert "hunter2" not in repr(resolution)
    assert "***" in repr(resolution)


NO_SECRETS = {
    "rule": "return ['password' => 'required|min:8'];",
    "name of one": "return ['password' => 'user_password'];",
    "compared": "if ($token === 'abcdefgh12') {}",
    "sentence": "$password = 'Enter your password';",
    "from elsewhere": '$password = "$given-x";',
    "next in a list": "$hidden = ['password', 'sync_way9']; $x->only('token', 'sync_way9');",
    "other name": "$title = 'hunter2-x9';",
}


@pytest.mark.parametrize("code", NO_SECRETS.values(), ids=NO_SECRETS)
def test_secrets__look_alikes__not_listed(code: str) -> None:
    assert found({"a.php": f"<?php {code}"}, "code.literal") == []


def test_secrets__translations__are_words() -> None:
    source = "<?php return ['password' => 'Passwort9'];"
    assert found({"lang/de/auth.php": source}, "code.literal") == []
    assert len(found({"config/auth.php": source}, "code.literal")) == 1
