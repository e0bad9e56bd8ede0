"""What of the figures of code is told, and how."""

from dataclasses import replace

import pytest
from unit.report.assessments import FOUND

from assessor.model.metrics import (
    NO_METRICS,
    ClassFigures,
    Counts,
    FunctionFigures,
    Measured,
    Metrics,
    PackageMetrics,
    UnitMetrics,
)
from assessor.model.records import ClassMetrics, FileKind, Function, Unit
from assessor.model.view import Sentence, Table
from assessor.report import measured_tables
from assessor.report.measured import CLASSES, FUNCTIONS, UNITS
from assessor.report.measured import metrics as told
from assessor.report.metrics import metrics
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")


def package(name, **figures):
    usual = {
        "language": "java", "path": f"{name}/A.java", "units": 2, "code_lines": 20, "classes": 2,
        "abstract": 0, "afferent": 3, "efferent": 1, "instability": 0.25, "abstractness": 0.0,
        "distance": 0.75, "zone": "", "cycle": False,
    }  # fmt: skip
    return PackageMetrics(name=name, **{**usual, **figures})


def unit(path, *, kind=FileKind.SOURCE, functions=(), classes=()):
    return Unit(path, "java", path, kind, 10, 0, 0, functions=functions, classes=classes)


def figures(path, cognitive):
    return UnitMetrics(path, "java", "p", 10, 2, 1, 3, cognitive, 1, 1, 1, None, 0, 4)


EASY = Function("A.easy", 3, 10, 15, 40, nesting=4, parameters=9)
LONG = Function("A.long", 50, 11, 2, 30, nesting=1)
DEEP = Function("A.deep", 90, 5, 16, 20, nesting=5, parameters=1)
WHOLE = ClassMetrics("Whole", 1, 3, 2, 1, abstract=False)
SPLIT = ClassMetrics("Split", 9, 4, 2, 2, abstract=False)
SEEN = Measured(
    units=(figures("a.java", 3), figures("b.java", 18)),
    packages=(package("p", zone="pain"), package("q", zone="uselessness"), package("r")),
)


def test_metrics__figures_at_and_beyond_the_limits__only_those_beyond_count():
    found = told([unit("a.java", functions=(EASY, LONG, DEEP), classes=(WHOLE, SPLIT))], SEEN)
    assert found.functions == (
        FunctionFigures("a.java", 90, "A.deep", 5, 16, 5, 1, 20),
        FunctionFigures("a.java", 50, "A.long", 11, 2, 1, 0, 30),
    )
    assert found.classes == (ClassFigures("a.java", 9, "Split", 4, 2, 2),)
    assert [each.path for each in found.units] == ["b.java", "a.java"]
    assert found.counts == Counts(
        units=1, functions=3, over_cyclomatic=1, over_cognitive=1, over_nesting=1, complex=2,
        classes=2, split=1, packages=3, measured=3, far=2, pain=1, uselessness=1, cyclic=0,
    )  # fmt: skip


def test_metrics__code_of_tests__does_not_count():
    tests = unit("t.java", kind=FileKind.TEST, functions=(LONG,), classes=(SPLIT,))
    assert told([tests], Measured()) == NO_METRICS


def test_metrics__many_of_all__a_bounded_number_is_told():
    units = [unit(f"u{n}.java", functions=(LONG,), classes=(SPLIT,)) for n in range(2 * FUNCTIONS)]
    packages = tuple(package(f"p{n}") for n in range(200))
    seen = Measured(tuple(figures(each.path, 1) for each in units), packages)
    found = told(units, seen)
    sizes = tuple(map(len, (found.units, found.functions, found.classes, found.packages)))
    assert sizes == (UNITS, FUNCTIONS, CLASSES, 200)
    assert (found.counts.complex, found.counts.split) == (2 * FUNCTIONS, 2 * FUNCTIONS)
    assert told(units[::-1], seen) == found


def section(found, language=EN):
    return metrics(replace(FOUND, metrics=found), language)


def test_section__no_code__is_empty():
    assert section(NO_METRICS).blocks == ()


def test_section__nothing_stands_out__one_good_sentence():
    counts = Counts(functions=7, classes=2, packages=2, measured=1)
    (block,) = section(Metrics(counts=counts)).blocks
    assert isinstance(block, Sentence)
    assert (block.tone, block.text) == (
        "good",
        (
            "Hard to follow: none of 7 functions; none has more than 10 paths, a cognitive "
            "complexity above 15, or control structures nested deeper than 4. In parts that "
            "share neither field nor call: none of 2 classes. Far from the main sequence: none "
            "of 1 packages that have a distance. In a cycle: none of 2 packages."
        ),
    )


FULL = Metrics(
    counts=Counts(
        functions=1200,
        complex=60,
        classes=30,
        split=2,
        packages=4,
        measured=3,
        far=2,
        pain=1,
        uselessness=1,
        cyclic=1,
    ),
    packages=(
        package("", zone="", cycle=True),
        package("p", zone="pain", cycle=True),
        package("q", zone="uselessness", afferent=9, instability=None, distance=0.7),
        package("r"),
    ),
    functions=tuple(
        FunctionFigures("a.java", n, f"A.m{n}", 11, 16, 4, 2, 30) for n in range(1, 20)
    ),
    classes=(ClassFigures("b.java", 7, "B", 5, 3, 2),),
)


def test_section__all_of_it__one_sentence_and_three_short_tables():
    said, functions, classes, packages = section(FULL).blocks
    assert said.text == (
        "Hard to follow: 60 of 1,200 functions (5 %), with more than 10 paths, a cognitive "
        "complexity above 15, or control structures nested deeper than 4. In parts that share "
        "neither field nor call: 2 of 30 classes. Far from the main sequence: 2 of 3 packages "
        "that have a distance (concrete and relied on by others: 1; abstract and hardly relied "
        "on: 1). In a cycle: 1 of 4 packages."
    )
    assert len(functions.rows) == 8
    assert [(c.text, c.tone) for c in functions.rows[0]] == [
        ("A.m1", "strong"),
        ("11", "poor"),
        ("16", "poor"),
        ("4", "plain"),
        ("2", "plain"),
        ("30", "plain"),
        ("a.java:1", "quiet"),
    ]
    assert functions.note == "8 of 60, those hardest to follow first."
    assert [[c.text for c in row] for row in classes.rows] == [["B", "2", "5", "3", "b.java:7"]]
    assert [[c.text for c in row] for row in packages.rows] == [
        ["q", "2", "9", "1", "–", "0.00", "0.70", "abstract and hardly relied on"],
        ["p", "2", "3", "1", "0.25", "0.00", "0.75", "concrete and relied on; in a cycle"],
        ["(root)", "2", "3", "1", "0.25", "0.00", "0.75", "in a cycle"],
    ]


def test_section__chinese__says_the_same():
    said, *tables = section(FULL, ZH).blocks
    assert "1,200 个中有 60 个（5 %）" in said.text
    assert [len(table.rows) for table in tables if isinstance(table, Table)] == [8, 1, 3]


@pytest.mark.parametrize(
    ("table", "columns", "row"),
    [
        (
            measured_tables.units(SEEN),
            (
                "path language package code_lines comment_lines functions cyclomatic cognitive"
                " nesting fan_in fan_out classes lcom4 maintainability"
            ),
            ("a.java", "java", "p", 10, 2, 1, 3, 3, 1, 0, 4, 1, 1, None),
        ),
        (
            measured_tables.every_function(
                [unit("b.java", functions=(DEEP,)), unit("a.java", functions=(EASY,))]
            ),
            "path line function cyclomatic cognitive nesting parameters lines",
            ("a.java", 3, "A.easy", 10, 15, 4, 9, 40),
        ),
        (
            measured_tables.packages(SEEN),
            (
                "package language path units code_lines classes abstract afferent efferent"
                " instability abstractness distance zone cycle"
            ),
            ("p", "java", "p/A.java", 2, 20, 2, 0, 3, 1, 0.25, 0.0, 0.75, "pain", False),
        ),
    ],
    ids=["units", "functions", "packages"],
)
def test_tables__first_row__columns_and_figures(table, columns, row):
    assert table.columns == tuple(columns.split())
    assert table.rows[0] == row
