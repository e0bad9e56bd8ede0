"""What every file is: by the repository's word, by its path, by its content; and look-alikes."""

import shutil
import time
from pathlib import Path

import pytest
from builders import git, repository

from assessor.collect.attributes import attributes, decided
from assessor.collect.inventory import by_content, by_path, inventory, language, look_alikes
from assessor.collect.repository import open_source
from assessor.model.basis import Skip
from assessor.model.records import File, FileKind


def listed(root: Path) -> tuple[dict[str, tuple[str, str]], tuple[Skip, ...]]:
    with open_source(root) as source:
        files, skips = inventory(source)
    return {file.path: (file.kind.value, file.rule) for file in files}, skips


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("src/main/java/shop/Order.java", "source"),
        ("shop/orders/migrations/0001_initial.py", "source"),
        ("manage.py", "source"),
        ("web/app.ts", "source"),
        ("Contest.java", "source"),
        ("src/main/java/shop/test/ABTest.java", "source"),
        ("src/main/java/shop/vendor/Vendor.java", "source"),
        ("src/main/java/shop/docs/Invoice.java", "source"),
        ("shop/vendor/models.py", "source"),
        ("examples/Demo.java", "source"),
        ("src/test/java/shop/Helper.java", "test"),
        ("orders/src/integrationTest/java/Flow.java", "test"),
        ("src/test/resources/application.yml", "test"),
        ("shop/OrderTest.java", "test"),
        ("shop/OrderIT.java", "test"),
        ("shop/tests.py", "test"),
        ("shop/tests/factories.py", "test"),
        ("shop/test_orders.py", "test"),
        ("conftest.py", "test"),
        ("web/__tests__/a.js", "test"),
        ("web/app.spec.ts", "test"),
        ("integration-tests/src/main/java/Flow.java", "test"),
        ("web/node_modules/x/index.js", "vendored"),
        ("static/vendor/x.js", "vendored"),
        ("vendor/github.com/x/y.go", "vendored"),
        ("static/js/jquery-3.7.1.js", "vendored"),
        (".venv/lib/x.py", "vendored"),
        ("pip/_vendor/six.py", "vendored"),
        ("target/classes/Order.java", "generated"),
        ("build/generated/Order.java", "generated"),
        ("static/app.min.js", "generated"),
        ("api/order_pb2.py", "generated"),
        ("src/main/generated/Order.java", "generated"),
        ("setup.py", "configuration"),
        ("build.gradle.kts", "configuration"),
        ("pom.xml", "configuration"),
        ("docker/web.Dockerfile", "configuration"),
        ("Dockerfile.dev", "configuration"),
        ("Jenkinsfile", "configuration"),
        ("poetry.lock", "configuration"),
        ("requirements-dev.txt", "configuration"),
        (".mvn/wrapper/maven-wrapper.properties", "configuration"),
        ("README.md", "documentation"),
        ("docs/conf.py", "documentation"),
        ("LICENSE", "documentation"),
        ("src/main/resources/logo.png", "binary"),
        ("gradle/wrapper/gradle-wrapper.jar", "binary"),
        ("src/main/resources/schema.sql", "other"),
        ("templates/page.html", "other"),
        ("src/main/webapp/js/cart.js", "other"),
        ("src/main/resources/static/cart.js", "other"),
        ("static/shop/cart.mjs", "other"),
        ("src/main/webapp/app/cart.component.ts", "source"),
        ("public/index.php", "source"),
        ("lang/de/auth.php", "other"),
        ("lang/de_informal/auth.php", "other"),
        ("lang/sr_Latn_RS/auth.php", "other"),
        ("resources/lang/zh-CN/admin/http-statuses.php", "other"),
        ("lang/vendor/webauthn/en/errors.php", "other"),
        ("translations/messages+intl-icu.pt_BR.php", "other"),
        ("lang/de/Umlauts.php", "source"),
        ("src/lang/parser/tokens.php", "source"),
        ("lang/en/tokens.py", "source"),
        ("translations/loader.php", "source"),
        ("web/cart.js", "source"),
    ],
)
def test_by_path__usual_places__are_known(path: str, kind: str) -> None:
    assert by_path(path)[0].value == kind


def test_by_path__path_made_to_be_slow__is_not() -> None:
    started = time.process_time()
    for part in ("vendor", "src", "Dockerfile.", "a-min", "test_"):
        by_path("/".join([part] * (4000 // len(part))))
        by_path(part * (4000 // len(part)))
    assert time.process_time() - started < 1


LANGUAGES = {
    "a.java": "java",
    "a.py": "python",
    "a.kt": "kotlin",
    "a.cs": "csharp",
    "a.php": "php",
    "views/a.blade.php": "",
    ".py": "python",
    "java": "",
    "a.java/b": "",
    "a.JAVA": "",
}


@pytest.mark.parametrize(("path", "name"), LANGUAGES.items())
def test_language__by_extension(path: str, name: str) -> None:
    assert language(path) == name


def test_look_alikes__packages_that_ship__are_told_from_tests() -> None:
    shipped = {"django/__init__.py", "django/test/__init__.py", "django/test/client.py"}
    tested = {"pkg/__init__.py", "pkg/test/__init__.py", "pkg/test/test_a.py", "pkg/test/b.py"}
    java = {"src/com/acme/test/Drive.java", "src/com/other/test/DriveTest.java"}
    rest = {"src/test/java/Helper.java", "test/helper.py", "docs/__init__.py", "docs2/x.py"}
    assert look_alikes(shipped | tested | java | rest) == {
        "django/test",
        "src/com/acme/test",
        "docs",
    }


def test_by_path__below_a_look_alike__the_other_rules_still_hold() -> None:
    alike = frozenset({"django/test"})
    assert by_path("django/test/client.py", look_alikes=alike)[0] is FileKind.SOURCE
    assert by_path("django/test/tests/a.py", look_alikes=alike)[0] is FileKind.TEST
    assert by_path("other/test/client.py", look_alikes=alike)[0] is FileKind.TEST


FILE = File("a.py", FileKind.SOURCE, "python", 1, "", "name:source-extension")


@pytest.mark.parametrize(
    "text",
    [
        "// Code generated by protoc. DO NOT EDIT.\n",
        "/*\n * This file was automatically generated by EclipseLink\n */\n",
        "# Generated by the protocol buffer compiler.\n",
        "// @generated\n",
        "package a;\nimport javax.annotation.Generated;\n@Generated(value = 1)\nclass A {}\n",
        "// <auto-generated />\n",
    ],
)
def test_by_content__header_of_a_generator__is_generated(text: str) -> None:
    file, skip = by_content(FILE, text.encode())
    assert (file.kind, file.rule, skip) == (FileKind.GENERATED, "content:generated", None)


@pytest.mark.parametrize(
    "text",
    [
        "# Generated by Django 4.2 on 2024-01-01\nfrom django.db import migrations\n",
        'header = "// Code generated by us. DO NOT EDIT."\n',
        "class A {\n    @Generated\n    int id;\n}\n",
        "package a;\n\n\n\n\n/**\n * Generated by the database when stored.\n */\nclass A {}\n",
        "x = 1\n" * 500 + "# DO NOT EDIT\n",
        "public @interface Generated {}\n",
    ],
)
def test_by_content__look_alike_of_a_header__stays_source(text: str) -> None:
    assert by_content(FILE, text.encode()) == (FILE, None)


def test_by_content__minified_or_binary__is_named() -> None:
    for content, kind, code in (
        (b"x=1;" * 5000, FileKind.OVERSIZED, "minified"),
        (b"a = 1\0", FileKind.BINARY, "binary"),
    ):
        file, skip = by_content(FILE, content)
        assert (file.kind, file.rule) == (kind, f"content:{code}")
        assert skip is not None
        assert (skip.code, skip.path) == (code, "a.py")
        assert "unit" in skip.affects


def test_by_content__one_long_literal_in_real_code__stays_source() -> None:
    assert by_content(FILE, b"x = '" + b"A" * 6000 + b"'\n" + b"y = 1\n" * 2000) == (FILE, None)


def test_inventory__attributes_in_both_directions__have_the_last_word(tmp_path: Path) -> None:
    repository(
        tmp_path / "r",
        [
            {
                "files": {
                    ".gitattributes": "lib/** linguist-vendored\n"
                    "lib/ours/** -linguist-vendored\n"
                    "*.tmpl.py linguist-generated=true\n"
                    "third_party/** linguist-vendored=false\n"
                    "made.py -linguist-generated\n"
                    "/guide/*.py linguist-documentation\n",
                    "deep/.gitattributes": "a.tmpl.py !linguist-generated\n",
                    "lib/a.py": "",
                    "lib/ours/b.py": "",
                    "x/c.tmpl.py": "",
                    "deep/a.tmpl.py": "",
                    "third_party/d.py": "",
                    "made.py": "# Code generated by hand. DO NOT EDIT.\n",
                    "guide/e.py": "",
                    "guide/deep/f.py": "",
                }
            }
        ],
    )
    files, _ = listed(tmp_path / "r")
    assert {path: kind for path, (kind, _) in files.items() if path.endswith(".py")} == {
        "lib/a.py": "vendored",
        "lib/ours/b.py": "source",
        "x/c.tmpl.py": "generated",
        "deep/a.tmpl.py": "source",
        "third_party/d.py": "source",
        "made.py": "source",
        "guide/e.py": "documentation",
        "guide/deep/f.py": "source",
    }
    assert files["lib/a.py"][1] == "gitattributes:linguist-vendored"


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.py", "a/b.py", True),
        ("a/*.py", "a/b.py", True),
        ("a/*.py", "x/a/b.py", False),
        ("/b.py", "a/b.py", False),
        ("**/b.py", "b.py", True),
        ("a/**", "a/b/c.py", True),
        ("a/**/c.py", "a/c.py", True),
        ("a/**/c.py", "a/x/y/c.py", True),
        ("a/", "a/b.py", False),
        ("a", "a/b.py", False),
        ("?.py", "a/b.py", True),
        ("[ab].py", "b.py", True),
        ('"a b.py"', "a b.py", True),
    ],
)
def test_decided__pattern__matches_as_git_has_it(
    tmp_path: Path, pattern: str, path: str, matches: bool
) -> None:
    line = f"{pattern} linguist-vendored\n"
    assert bool(decided(path, attributes([(".gitattributes", line)]))) is matches
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitattributes").write_text(line, encoding="utf-8")
    said = git(tmp_path, "check-attr", "linguist-vendored", "--", path)
    assert said.endswith(": set") is matches


def test_decided__pattern_made_to_be_slow__is_not() -> None:
    line = "*a" * 120 + "b linguist-vendored\n" + "**/a/" * 90 + "b linguist-vendored\n"
    known = attributes([(".gitattributes", line)])
    started = time.process_time()
    decided("a" * 4000, known)
    decided("/".join("a" * 2000), known)
    assert time.process_time() - started < 1


def test_inventory__source_over_a_mebibyte__is_oversized_with_a_skip(tmp_path: Path) -> None:
    big = "x = 1\n" * 200_000
    repository(tmp_path / "r", [{"files": {"big.py": big, "big.csv": big, "ok.py": "x = 1\n"}}])
    files, skips = listed(tmp_path / "r")
    assert files["big.py"] == ("oversized", "content:oversized")
    assert files["big.csv"][0] == "other"
    assert [(skip.path, skip.code) for skip in skips] == [("big.py", "oversized")]


def test_inventory__repository_moved_elsewhere__says_the_same(tmp_path: Path) -> None:
    repository(tmp_path / "r", [{"files": {"b/a.py": "", "a.py": "", "a/test/x.py": ""}}])
    shutil.copytree(tmp_path / "r", tmp_path / "other place" / "r2")
    here, there = listed(tmp_path / "r"), listed(tmp_path / "other place" / "r2")
    assert here == there
    assert list(here[0]) == sorted(here[0])


def test_inventory__only_some_of_the_code__the_content_of_the_other_is_not_looked_at(tmp_path):
    made = "// Code generated by x. DO NOT EDIT.\nclass A {}\n"
    repository(tmp_path, [{"files": {"a/A.java": made, "b/A.java": made}}])
    with open_source(tmp_path) as source:
        files, _ = inventory(source, only=frozenset({"a/A.java"}))
    assert {file.path: file.kind for file in files} == {
        "a/A.java": FileKind.GENERATED,
        "b/A.java": FileKind.SOURCE,
    }
