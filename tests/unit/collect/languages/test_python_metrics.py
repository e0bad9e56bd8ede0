"""radon's figures from one parse: equal to radon's own, and never the end of a run."""

import ast
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from radon.metrics import h_visit, mi_visit
from radon.raw import analyze

from assessor.collect.languages import python_metrics, python_names, python_resolve, python_texts
from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.python_metrics import lines, measure, with_metrics
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind, Halstead, Unit

SOURCES = {
    "plain": "x = 1\ny = x + 2\n",
    "semicolons": "a = 1; b = 2; c = {1: 2}\nif a: b; c\nfor x in y: a; b = {1: 2}; c\nx = 1;\n",
    "colons": (
        "x: int = 1\nd = {1: 2}\ne = a[1:2]\nf = lambda q: q\nif (n := 3): pass\nclass C: pass\n"
    ),
    "docstrings": (
        '"""One."""\n\n\ndef f():\n    """Two\n\n    three.\n    """\n    return """a\n\nb"""\n'
    ),
    "doc-and-comment": 'def f():\n    """One."""  # why\n    "a" "b"\n    f"x"\n',
    "comments": "# one\n\n#two\nx = [  # three\n    1,  # four\n\n    # five\n    2,\n]\n",
    "wrapped": "x = 1 + \\\n    2\nassert x, \\\n    'a'\n",
    "strings": (
        "x = '#no'\ny = \"a;b:c\"\nz = r'\\'\"'\nw = '''it's'''\n"
        'v = b"""q"q"""\nu = \'a\\\nb\'\n'
    ),
    "windows": "x = 1\r\nif x:\r\n    y = 2\r\n# z\r\n",
    "old-mac": "x = 1\rif x:\r    y = 2\r",
    "no-end": "x = 1\ndef f(): return x",
    "blank": "\n\n   \n",
    "only-comment": "# a\n",
    "functions": (
        "def f(a, b=1):\n    if a and b:\n        return [c for c in a if c]\n    return -a\n"
    ),
    "classes": (
        "class A(B):\n    x = 1 if y else 2\n\n    def m(self):\n        try:\n"
        "            pass\n        except E:\n            raise\n"
    ),
    "match": "match a:\n    case 1:\n        pass\n    case _:\n        pass\n",
    "operators": "x = a @ b\nx += 1\nx = not (a < b <= c) | ~d ** -e\nx = a is not b\n",
    "unicode": "naïve = 'größe'  # ß\nif naïve:\n    pass\n",
}
MODULES = (python_metrics, python_names, python_resolve, python_texts, ast)


def measured(source: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", measure("a.py", source))


def own_source(module: ModuleType) -> bytes:
    return Path(str(module.__file__)).read_bytes()


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_measure__source_that_parses__maintainability_equal_to_radon(source):
    found = measured(source.encode())
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    assert found["maintainability"] == pytest.approx(mi_visit(text, multi=True), abs=1e-6)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_measure__real_module__maintainability_equal_to_radon(module):
    source = own_source(module)
    found = measured(source)
    assert found["maintainability"] == pytest.approx(
        mi_visit(source.decode(), multi=True), abs=1e-6
    )


@pytest.mark.parametrize(
    "source",
    [*(each.encode() for each in SOURCES.values()), *map(own_source, MODULES)],
    ids=[*SOURCES, *(module.__name__ for module in MODULES)],
)
def test_measure__source_that_parses__halstead_equal_to_radon(source):
    total = h_visit(source.decode().replace("\r\n", "\n").replace("\r", "\n")).total
    assert measured(source)["halstead"] == [total.volume, total.difficulty, total.effort]


def test_measure__one_operator_and_two_operands__halstead_by_hand():
    # 1 kind of operator, 2 of operands, 3 in all: 3 bits * log2(3); 1/2 * 2/2.
    volume, difficulty, effort = measured(b"x = a + b\n")["halstead"]
    assert volume == pytest.approx(3 * 1.584962500721156)
    assert (difficulty, effort) == (0.5, volume / 2)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_lines__source_that_parses__each_count_equal_to_radon(source):
    found, expected = lines(source), analyze(source)
    assert (found.code, found.logical, found.comments, found.multi) == (
        expected.sloc,
        expected.lloc,
        expected.comments,
        expected.multi,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"x = = 1",
        b"print 'x'",
        b"x = \x00",
        b"x = " + b"1+" * 20_000 + b"1",
        b"x = " + b"(" * 500 + b")" * 500,
        b"x = " + b"9" * 10_000,
        b"\xff\xfe\x00",
        b"# coding: no-such\n\xe9 = = 1",
        b"x" + b".y" * 20_000,
        b"return '",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_measure__cannot_be_measured__said_so(content):
    assert measure("a.py", content) == {
        "measured": False,
        "functions": [],
        "maintainability": None,
        "halstead": None,
    }


def test_measure__source_with_warnings__measured_without_them():
    assert measured(b"x = '\\d'\ny = 1 is 1\n")["measured"] is True


def unit(source: bytes) -> Unit:
    file = File("a.py", FileKind.SOURCE, "python", len(source), "")
    (found,) = resolve([Extracted(file, extract("a.py", source))]).units
    return found


def test_with_metrics__measured__radons_figures_in_the_unit():
    source = b"def f(a):\n  if a: pass\nclass C:\n  def m(self):\n    def inner(): pass\n"
    before = unit(source)
    (after,) = with_metrics([replace(before, cyclomatic=0)], {"a.py": measure("a.py", source)})
    assert [(one.name, one.cyclomatic) for one in after.functions] == [
        ("f", 2),
        ("C.m", 1),
        ("C.m.inner", 1),
    ]
    assert after.cyclomatic == 4
    assert after.maintainability == pytest.approx(mi_visit(source.decode(), multi=True), abs=1e-6)


def test_with_metrics__figures_differ__radons_win_and_others_stay():
    before = unit(b"def f(): pass\ndef g(): pass\n")
    facts = {
        "measured": True,
        "functions": [[1, 7]],
        "maintainability": 50.0,
        "halstead": [8.0, 0.5, 4.0],
    }
    (after,) = with_metrics([before], {"a.py": facts})
    assert [one.cyclomatic for one in after.functions] == [7, 1]
    assert (after.cyclomatic, after.maintainability) == (8, 50.0)
    assert after.halstead == Halstead(volume=8.0, difficulty=0.5, effort=4.0)


def test_with_metrics__not_measured_or_not_there__unit_as_it_was():
    before = unit(b"def f(:\n")
    assert with_metrics([before], {"a.py": measure("a.py", b"def f(:\n")}) == (before,)
    assert with_metrics([before], {}) == (before,)
