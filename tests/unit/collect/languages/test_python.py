"""Phase A on one file: what the walk gathers, and that no input stops it."""

import gc
import json
from typing import Any, cast

import pytest

from assessor.collect.languages.python import extract


def facts(source: str | bytes) -> dict[str, Any]:
    content = source.encode() if isinstance(source, str) else source
    return cast("dict[str, Any]", json.loads(json.dumps(extract("a.py", content))))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", [["a", 0, "", 1, False]]),
        ("import a.b as c, d", [["a.b", 0, "", 1, False], ["d", 0, "", 1, False]]),
        ("from a import b", [["a", 0, "b", 1, False]]),
        ("from . import b", [["", 1, "b", 1, False]]),
        ("from ..a . b import c as d", [["a.b", 2, "c", 1, False]]),
        ("from ... import b", [["", 3, "b", 1, False]]),
        ("from a import *", [["a", 0, "*", 1, False]]),
        (
            "from a import (b, # why\n  c as d,\n)",
            [["a", 0, "b", 1, False], ["a", 0, "c", 1, False]],
        ),
        ("from a import b, \\\n  c", [["a", 0, "b", 1, False], ["a", 0, "c", 1, False]]),
        ("def f():\n  import a", [["a", 0, "", 2, False]]),
        (
            "if TYPE_CHECKING:\n  import a\nimport b",
            [["a", 0, "", 2, True], ["b", 0, "", 3, False]],
        ),
        (
            "if typing.TYPE_CHECKING:\n  import a\nelse:\n  import b",
            [["a", 0, "", 2, True], ["b", 0, "", 4, False]],
        ),
        ("from __future__ import annotations", []),
        ("'import a'", []),
    ],
)
def test_extract__import_forms__module_level_name_and_line(source, expected):
    assert facts(source)["imports"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a\na.b()", [[0, "b", 1, 1, 2]]),
        ("import a.b\na.b.c()\na.x()", [[0, "c", 1, 1, 2]]),
        ("import a.b as m\nm.c()\nm.c()", [[0, "c", 1, 2, 2]]),
        ("from a import B\nclass C(B): pass", [[0, "", 0, 1, 2]]),
        ("from a import B\nclass C(B[int]): pass", [[0, "", 0, 1, 2]]),
        ("from a import M\nclass C(metaclass=M): pass", [[0, "", 2, 1, 2]]),
        ("from a import B\nx: list[B] = []", [[0, "", 2, 1, 2]]),
        ("from a import B\ndef f(x: 'B') -> B | None: pass", [[0, "", 2, 2, 2]]),
        ("from a import d\n@d('x')\ndef f(): pass", [[0, "", 3, 1, 2]]),
        ("from a import E\ntry: pass\nexcept (E, OSError) as e: pass", [[0, "", 2, 1, 3]]),
        ("from a import B\nisinstance(x, B)", [[0, "", 2, 1, 2]]),
        ("from a import B\nmatch x:\n  case B(): pass", [[0, "", 2, 1, 3]]),
        ("from a import b\nb(1).c(2).d(3)", [[0, "", 1, 1, 2]]),
        ("from a import b\nc(b(1), k=b('x'))", [[0, "", 1, 2, 2]]),
        ("from a import b\nf'{b()}'", [[0, "", 1, 1, 2]]),
        ("def f():\n  from a import b\n  b()", [[0, "", 1, 1, 3]]),
        ("def f():\n  return b()\nfrom a import b", [[0, "", 1, 1, 2]]),
    ],
)
def test_extract__imported_name_used__number_rest_code_count_and_line(source, expected):
    assert facts(source)["uses"] == expected


@pytest.mark.parametrize(
    "source",
    [
        "def f(b): b()",
        "def f(*b): b()",
        "def f(x=1, *, b: int = 2): b()",
        "def f():\n  b = 1\n  b()",
        "def f():\n  for x, b in y: b()",
        "def f():\n  with x as b: b()",
        "def f():\n  with x as (c, b): b()",
        "def f():\n  try: pass\n  except E as b: b()",
        "def f():\n  (b := 1)\n  b()",
        "def f():\n  def b(): pass\n  b()",
        "def f():\n  class b: pass\n  b()",
        "def f():\n  def g(): b()\n  b = 1",
        "def f():\n  match x:\n    case b: b()",
        "def f():\n  match x:\n    case C() as b: b()",
        "[b() for b in x]",
        "lambda b: b()",
    ],
)
def test_extract__name_bound_again_inside__no_use_of_the_import(source):
    assert facts(f"from a import b\n{source}")["uses"] == []


@pytest.mark.parametrize(
    "source",
    [
        "class C:\n  b = 1\n  def f(self): b()",
        "[b for b in x]\nb()",
        "def f(b): pass\nb()",
        "def f():\n  global b\n  b = 1\n  b()",
        "try: pass\nexcept ImportError: b = None\nb()",
    ],
)
def test_extract__name_bound_elsewhere__use_stays(source):
    assert [code for _, _, code, _, _ in facts(f"from a import b\n{source}")["uses"]] == [1]


def test_extract__top_level_declarations__with_bases_nested_ones_left_out():
    found = facts(
        "class A(x.B, C[int], metaclass=M):\n  class N: pass\ndef f():\n  def g(): pass\n"
    )
    assert found["classes"] == [["A", ["x.B", "C"]]]
    assert found["defined"] == ["f"]


def test_extract__decorators__counted_with_arguments_of_the_first():
    found = facts(
        '@app.route("/x", methods=["GET"])\ndef f(): pass\n@app.route("/y")\ndef g(): pass'
    )
    assert found["decorators"] == [["route", 2, '"/x", methods=["GET"]', 1]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("_cache = {}", [["_cache", "dict", 1]]),
        ("_cache: dict[str, int] = {}", [["_cache", "dict", 1]]),
        ("_seen = set()", [["_seen", "set", 1]]),
        ("_by_key = defaultdict(list)", [["_by_key", "defaultdict", 1]]),
        ("TABLE = {}", []),
        ("TABLE = {}\ndef f(): TABLE['a'] = 1", [["TABLE", "dict", 1]]),
        ("names = ['a']", []),
        ("names = ['a']\ndef f(): names.append('b')", [["names", "list", 1]]),
        ("names = ['a']\nnames.append('b')", []),
        ("names = ['a']\ndef f(names): names.append('b')", []),
        ("names = ['a']\ndef f(): del names[0]", [["names", "list", 1]]),
        ("_one = None\ndef f():\n  global _one\n  _one = 1", [["_one", "None", 1]]),
        ("__all__ = []", []),
        ("urlpatterns = []", []),
        ("def f():\n  x = {}", []),
        ("class C:\n  seen = {}", []),
        ("class C:\n  seen = {}\n  def f(self): self.seen['a'] = 1", [["C.seen", "dict", 2]]),
        (
            "class C:\n  seen = []\n  @classmethod\n  def f(cls): cls.seen.append(1)",
            [["C.seen", "list", 2]],
        ),
        ("class C:\n  seen = []\ndef f(): C.seen.append(1)", [["C.seen", "list", 2]]),
        (
            (
                "class C:\n  seen = []\n  def __init__(self): self.seen = []\n"
                "  def f(self): self.seen.append(1)"
            ),
            [],
        ),
    ],
)
def test_extract__state_shared_between_calls__name_type_and_line(source, expected):
    assert facts(source)["state"] == expected


def test_extract__words__identifiers_split_and_counted_without_keywords_strings_and_comments():
    source = (
        'class OrderLine:\n  """Docstring here."""\n'
        '  order = "string"  # comment\n  f(f"text {order}")'
    )
    assert facts(source)["words"] == [["line", 1], ["order", 3]]


def test_extract__comment_inside_an_import__counted_and_none_of_its_words():
    found = facts("from a import (\n  bird,  # noqa\n)\n")
    assert (found["code"], found["comments"]) == (3, 1)
    assert found["words"] == [["bird", 1]]


@pytest.mark.parametrize("active", [True, False])
def test_extract__any_file__leaves_the_collector_as_it_was(active):
    before = gc.isenabled()
    (gc.enable if active else gc.disable)()
    try:
        facts("def f(): (")
        assert gc.isenabled() is active
    finally:
        (gc.enable if before else gc.disable)()


def test_extract__lines__code_and_comments_apart():
    source = (
        '"""Doc\nmore.\n"""\n\nx = 1  # why\n# alone\ny = """a\n\nb"""\nz = (\n'
        '    "a"\n    "b"\n)\n'
    )
    found = facts(source)
    assert (found["code"], found["comments"]) == (7, 5)


def test_extract__broken_part__the_rest_is_still_read():
    source = (
        "import a\ndef f(x):\n  y = = 3\n\nclass C:\n  def f(self):\n    if x: pass\n\nimport b\n"
    )
    found = facts(source)
    assert found["error"] is True
    assert [module for module, *_ in found["imports"]] == ["a", "b"]
    assert found["classes"] == [["C", []]]
    assert found["functions"] == [["f", 2, 1, 0, 2], ["C.f", 6, 2, 1, 2]]


@pytest.mark.parametrize(
    "broken", ["def broken(:\n  x = = 3", "x = [1, 2", "x = (1,", "class", "if x\n  y"]
)
def test_extract__statement_never_ends__imports_after_it_are_still_read(broken):
    source = (
        f"import a\n{broken}\nclass C:\n  def f(self): pass\n  import b\n\n"
        "from .c import d, e as f # x\nd()\n"
    )
    found = facts(source)
    assert found["error"] is True
    after = 6 + broken.count("\n") + 1
    assert [seen[:4] for seen in found["imports"]] == [
        ["a", 0, "", 1],
        ["b", 0, "", after - 2],
        ["c", 1, "d", after],
        ["c", 1, "e", after],
    ]


def test_extract__import_in_a_string_of_a_broken_file__no_import():
    assert facts('x = """\nimport a\n"""\ny = = 1\n')["imports"] == []


def test_extract__python_2__no_crash_and_imports_seen():
    source = (
        'import a\nprint "x" % y\nexec "z"\ntry:\n  pass\nexcept E, e:\n'
        '  raise E, "x"\nfrom b import c\nx = ur"y" <> 0777L\n'
    )
    assert [module for module, *_ in facts(source)["imports"]] == ["a", "b"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"import a\x00b\nimport c\n",
        b"\xff\xfei\x00m\x00p\x00o\x00r\x00t\x00 \x00a\x00",
        bytes(range(256)) * 4,
        b"# coding: idna\n\xe9 = 1",
        b"# coding: hex\n\xe9 = 1",
        b"# coding: no-such\n\xe9 = 1",
        b"x = " + b"(" * 1_000 + b")" * 1_000,
        b"x = " + b"(" * 20_000,
        b"x = " + b"1+" * 20_000 + b"1",
        b"x" + b".y(1)" * 5_000,
        b"if x:\n pass\n" + b"elif x:\n pass\n" * 1_000,
        b"\n".join(b" " * depth + b"if x:" for depth in range(1_200)),
        b"'" * 20_001,
        b'f"{' * 500,
        b"@" * 1_000,
        b"class " * 1_000,
        b"lambda x: " * 2_000,
        b"f(" + b"a=b, " * 20_000,
        b"f(" + b"a" * 200_000,
        b"import " + b" " * 200_000 + b"!\nx = = 1",
        b"from " + b". " * 100_000,
        b"from a import b" + b" " * 200_000 + b"as",
        b"x = = 1\n" + b"from a import (" * 10_000,
        b"from a" + b" ." * 50_000 + b" import b",
    ],
    ids=lambda content: repr(content[:16]),
)
def test_extract__hostile_content__facts_all_the_same(content):
    assert set(facts(content)) == set(facts("x = 1"))


def test_extract__nested_beyond_the_cap__says_so_and_reads_what_is_above():
    found = facts("import a\nx = " + "(" * 1_500 + ")" * 1_500 + "\nimport b\n")
    assert found["deep"] is True
    assert [module for module, *_ in found["imports"]] == ["a", "b"]
    assert facts("import a\n" + "x = 1\n" * 3_000)["deep"] is False


@pytest.mark.parametrize(
    "content",
    [
        "# -*- coding: latin-1 -*-\nimport a\nnaïve_größe = 1\n".encode("latin-1"),
        "\ufeffimport a\nnaïve_größe = 1\n".encode(),
        "import a\r\nnaïve_größe = 1\r\n".encode(),
        "import a\rnaïve_größe = 1\r".encode(),
    ],
    ids=["cookie", "mark", "windows", "old-mac"],
)
def test_extract__other_encodings_and_line_ends__read_alike(content):
    found = facts(content)
    assert [module for module, *_ in found["imports"]] == ["a"]
    assert found["error"] is False
    assert found["code"] == 2
    assert found["state"] == []
