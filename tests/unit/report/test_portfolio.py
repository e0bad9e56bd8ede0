"""Projects side by side, and which of them are at risk."""

import pytest

from assessor.model.stored import Figures, PackFigures, Project, RunHead
from assessor.report.portfolio import Entry, at_risk, named, portfolio_table
from assessor.resources import wording

EN = wording("en")


def _run(claimable=2, indicative=2.5, coverage=1.0):
    pack = PackFigures("CTR", claimable, indicative, 1.0)
    figures = Figures(
        (pack,), coverage, 10, 3, 0.4, 0.25, 1, {"critical": 1, "major": 2, "minor": 5}
    )
    return RunHead(
        "r1", "shop", "0123456789abcdef", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z",
        "ann", "d" * 64, "e" * 64, "1.0", figures,
    )  # fmt: skip


def _entry(run, before=None):
    return Entry(Project("shop", "Shop", "/srv/shop", "2026-01-01T00:00:00Z"), run, before)


@pytest.mark.parametrize(
    ("entry", "risky"),
    [
        pytest.param(_entry(None), False, id="never-audited"),
        pytest.param(_entry(_run()), False, id="level-2"),
        pytest.param(_entry(_run(claimable=1)), True, id="level-1"),
        pytest.param(_entry(_run(claimable=None)), False, id="no-claim"),
        pytest.param(_entry(_run(coverage=0.5)), False, id="half-read"),
        pytest.param(_entry(_run(coverage=0.49)), True, id="less-than-half-read"),
        pytest.param(_entry(_run(), _run(indicative=2.6)), True, id="worse-than-before"),
        pytest.param(_entry(_run(), _run(indicative=2.4)), False, id="better-than-before"),
        pytest.param(_entry(_run(), _run(indicative=None)), False, id="unknown-before"),
    ],
)
def test_at_risk__each_reason__alone_is_enough(entry, risky):
    assert at_risk(entry) is risky


@pytest.mark.parametrize(
    ("part", "expected"),
    [("", True), ("SHO", True), ("srv/sh", True), ("%", False), ("clinic", False)],
)
def test_named__a_part_of_name_or_location__is_found_in_any_case(part, expected):
    entry = Entry(Project("shop", "Shop", "/srv/shop", ""), None, None)
    assert named(entry, part) is expected


def test_portfolio_table__a_level_that_fell__is_told_with_the_move():
    row = portfolio_table([_entry(_run(), _run(indicative=3.0))], EN).rows[0]
    assert [cell.text for cell in row] == [
        "Shop", "0123456789", "2026-10-01", "yes", "2.5 (-0.5)", "100 %", "3", "25 %", "1", "3",
    ]  # fmt: skip


def test_portfolio_table__a_project_without_a_run__is_unknown_not_bad():
    table = portfolio_table([_entry(_run()), _entry(None)], EN)
    never = table.rows[1]
    assert len(never) == len(table.columns)
    assert [never[2].text, never[3].text] == ["not audited yet", "?"]
    assert {cell.tone for cell in never[4:]} == {"quiet"}
