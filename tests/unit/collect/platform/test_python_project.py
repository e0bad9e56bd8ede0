"""Python projects: pyproject, setup files, requirements."""

import pytest

from assessor.collect.platform.python_project import claims

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
[project]
name = "My_Shop"
version = "1.2"
dependencies = [
  "Django==5.0.1",
  # "commented==1",
  "requests[socks]>=2; python_version > '3'",
]
[project.optional-dependencies]
test = ["pytest"]
[dependency-groups]
dev = ["ruff==0.1.*"]
[project.scripts]
shop = "shop:main"
"""
POETRY = """\
[tool.poetry]
name = "p"
version = "0"
[tool.poetry.dependencies]
python = "^3.11"
django = "^4.2"
exact = "1.0"
table = {version = "~2", optional = true}
[tool.poetry.group.dev.dependencies]
black = "*"
"""
SETUP = """\
from setuptools import setup
NEEDED = ["a==1", "b>2"]
setup(name="s", version=read_version(), install_requires=NEEDED,
      extras_require={"test": ["t"]},
      entry_points={"console_scripts": ["x = y:z"]})
"""
REQUIREMENTS = """\
# a comment
-r base.txt
-c constraints.txt
django==4.2 \\
  --hash=sha256:ab
requests  # why
git+https://h/x.git@0123456789012345678901234567890123456789#egg=pkg
--extra-index-url https://x
not a requirement!
"""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("requirements.txt", True),
        ("requirements-dev.txt", True),
        ("requirements/base.txt", True),
        ("dev-requirements.in", True),
        ("docs/notes.txt", False),
        ("setup.py", True),
        ("src/setup_helper.py", False),
    ],
)
def test_claims__path__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__pyproject__has_project_and_groups(read):
    found = read({"pyproject.toml": PYPROJECT})
    project = found.one("build.project")
    assert (project["tool"], project["name"], project["version"]) == ("pip", "my-shop", "1.2")
    assert found.of("build.project")[0].root.value["runnable"].line == 15
    assert project["runnable"] is True
    assert found.table("build.dependency", "name", "version", "scope", "pinned") == [
        (2, "hatchling", None, "build", False),
        (7, "django", "5.0.1", "compile", True),
        (9, "requests", ">=2", "compile", False),
        (12, "pytest", None, "test", False),
        (14, "ruff", "==0.1.*", "build", False),
    ]


def test_parse__poetry__has_its_own_versions(read):
    found = read({"pyproject.toml": POETRY})
    assert found.one("build.project")["name"] == "p"
    assert found.table("build.dependency", "name", "version", "scope", "pinned") == [
        (6, "django", ">=4.2", "compile", False),
        (7, "exact", "1.0", "compile", True),
        (8, "table", ">=2", "compile", False),
        (10, "black", None, "build", False),
    ]


def test_parse__setup_py__gives_its_literals_only(read):
    found = read({"setup.py": SETUP})
    project = found.one("build.project")
    assert (project["name"], project["version"], project["runnable"]) == ("s", "…", True)
    assert found.table("build.dependency", "name", "version", "scope", "pinned") == [
        (2, "a", "1", "compile", True),
        (2, "b", ">2", "compile", False),
        (4, "t", None, "test", False),
    ]


def test_parse__computed_requirements__are_a_skip(read):
    found = read({"setup.py": "setup(\n  name='x',\n  install_requires=read('r'))\n"})
    assert [(skip.line, skip.code) for skip in found.skips] == [(3, "not-literal")]


def test_parse__setup_cfg__has_project_and_extras(read):
    source = (
        "[metadata]\nname = c\nversion = attr: c.v\n[options]\ninstall_requires =\n    x==2\n"
        "    # y\n[options.extras_require]\ndocs = sphinx\n"
    )
    found = read({"setup.cfg": source})
    assert found.one("build.project")["version"] == "…"
    assert found.table("build.dependency", "name", "scope", "pinned") == [
        (6, "x", "compile", True),
        (9, "sphinx", "build", False),
    ]


def test_parse__requirements__are_told_line_by_line(read):
    found = read({"requirements.txt": REQUIREMENTS, "constraints.txt": "requests==2.3\n"})
    rows = found.table("build.dependency", "name", "version", "scope", "pinned", "managed")
    assert rows == [
        (4, "django", "4.2", "compile", True, False),
        (6, "requests", "2.3", "compile", True, True),
        (
            7,
            "pkg",
            "git+https://h/x.git@0123456789012345678901234567890123456789",
            "compile",
            True,
            False,
        ),
    ]
    assert [(skip.line, skip.code) for skip in found.skips] == [(9, "unparsable")]


def test_dangling__included_file_that_is_not_there__is_a_skip(read):
    found = read({"requirements.txt": REQUIREMENTS})
    assert [(skip.line, skip.code) for skip in found.dangling] == [
        (2, "missing-include"),
        (3, "missing-include"),
    ]


def test_link__one_folder__is_one_project(read):
    found = read({"setup.py": SETUP, "pyproject.toml": PYPROJECT, "a/setup.py": SETUP})
    assert [
        (str(each.location), each.root.value["name"].value) for each in found.of("build.project")
    ] == [
        ("a/setup.py:3", "s"),
        ("pyproject.toml:3", "my-shop"),
    ]


def test_link__requirements_beside_something_to_start__are_a_project(read):
    found = read(
        {"web/requirements.txt": "django\n", "lib/requirements.txt": "x\n"}, "web/manage.py"
    )
    project = found.one("build.project")
    assert (project["name"], project["runnable"]) == ("web", True)


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("pyproject.toml", "[project\n", 1),
        ("setup.cfg", "x\n", 1),
        ("setup.py", "def (\n", 1),
        ("setup.py", "x = " + "(" * 5000, 1),
    ],
)
def test_parse__wrong_file__is_a_skip(read, *, path, source, line):
    (skip,) = read({path: source}).skips
    assert (skip.line, skip.code) == (line, "unparsable")
