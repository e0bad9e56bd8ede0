import pytest

from assessor.model.stored import Figures, PackFigures, Point
from assessor.model.trend import Trend, Unread
from assessor.model.view import Figure, Sentence
from assessor.render.tables import to_csv
from assessor.report.trend import moves, trend_section, trend_table, trend_view
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")


def figures(**more):
    usual = {
        "packs": (PackFigures("ARCH", 1, 2.0, 0.9),),
        "coverage": 1.0,
        "units": 10,
        "services": 2,
        "modularity": 0.5,
        "across": 0.25,
        "cycles": 1,
        "findings": {"critical": 0, "major": 2, "minor": 1, "info": 0},
    }
    return Figures(**{**usual, **more})


def point(label, *, fit=0.5, changes=None, **more):
    return Point(label, f"id of {label}", "2024-02-29T12:00:00Z", figures(**more), fit, changes)


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def part(section, id_):
    [found] = [each for each in section.sections if each.id == id_]
    return found.blocks[0]


def test_moves__figures_that_rose_and_fell__are_told_apart():
    first = point("v1", fit=0.5, cycles=3)
    last = point("HEAD", fit=0.625, cycles=1, packs=(PackFigures("ARCH", 1, 2.5, 0.9),))
    assert moves([first, point("v2"), last], EN) == (
        "Since v1 (commit of 2024-02-29): risen: ARCH indicative level from 2.0 to 2.5;"
        " References inside from 50 % to 62 %. fallen: Cycles of units from 3 to 1."
    )


def test_moves__in_chinese__are_told_in_chinese():
    assert moves([point("v1"), point("HEAD", units=12)], ZH) == (
        "自 v1（2024-02-29 的提交）以来，上升：单元数由 10 变为 12。"
    )


def test_moves__difference_that_is_not_shown__is_none():
    first, last = point("v1", fit=0.501), point("HEAD", fit=0.509)
    assert moves([first, last], EN) == "Since v1 (commit of 2024-02-29): nothing rose or fell."


def test_moves__figure_that_one_of_them_lacks__is_no_move():
    first, last = point("v1", changes=None), point("HEAD", changes=0.5)
    assert moves([first, last], EN) == "Since v1 (commit of 2024-02-29): nothing rose or fell."


@pytest.mark.parametrize("found", [[], [point("HEAD")]], ids=["none", "one"])
def test_moves__nothing_to_compare_with__is_said(found):
    assert moves(found, EN) == "There is but one revision, so nothing rose or fell."


def test_section__levels__are_indicative_and_claimable():
    unseen = point("v1", packs=(PackFigures("ARCH", None, None, None),))
    table = part(trend_section([unseen, point("HEAD")], EN), "levels")
    assert texts(table) == [
        ["v1", "2024-02-29", "– / –", "100 %"],
        ["HEAD", "2024-02-29", "2.0 / 1", "100 %"],
    ]


def test_section__standard_that_a_revision_lacks__has_no_level_there():
    newer = (PackFigures("ARCH", 1, 2.0, 0.9), PackFigures("CTR", 2, 3.0, 1.0))
    table = part(trend_section([point("v1"), point("HEAD", packs=newer)], EN), "levels")
    assert table.columns[2:4] == ("ARCH", "CTR")
    assert texts(table)[0][2:4] == ["2.0 / 1", "– / –"]


def test_section__cut__is_told_by_its_figures():
    table = part(trend_section([point("HEAD", across=None)], EN), "cut")
    assert texts(table) == [["HEAD", "2024-02-29", "10", "2", "–", "0.5", "1", "3"]]


def test_section__fit__is_drawn_with_the_same_figures_in_a_table():
    figure = part(trend_section([point("HEAD", fit=0.5, changes=0.75)], EN), "fit")
    assert isinstance(figure, Figure)
    assert [(each.value, each.mark) for each in figure.drawing.bars] == [(0.5, 0.75)]
    assert texts(figure.table) == [["HEAD", "2024-02-29", "50 %", "75 %"]]
    assert figure.alt.endswith("HEAD: 50 %, 75 %.")


def test_section__revision_that_could_not_be_read__is_named():
    section = trend_section([point("HEAD")], EN, unread=[Unread("v1", "0" * 40, "no file.")])
    assert section.blocks[1] == Sentence("v1 is left out: no file.", "unknown")


def test_view__of_a_trend__tells_how_far_it_goes():
    found = trend_view(Trend((point("v1"), point("HEAD"))), EN)
    assert (found.title, found.subtitle) == ("Trend", "2 revisions, 2024-02-29 to 2024-02-29")
    assert [each.id for each in found.sections] == ["moves", "levels", "cut", "fit"]


def test_table__of_points__has_all_figures():
    table = trend_table([point("v1", changes=None)])
    assert dict(zip(table.columns, table.rows[0], strict=True)) == {
        "label": "v1",
        "revision": "id of v1",
        "revision_time": "2024-02-29T12:00:00Z",
        "coverage": 1.0,
        "units": 10,
        "services": 2,
        "modularity": 0.5,
        "across": 0.25,
        "cycles": 1,
        "fit": 0.5,
        "changes": None,
        "findings_critical": 0,
        "findings_major": 2,
        "findings_minor": 1,
        "findings_info": 0,
        "ARCH_claimable": 1,
        "ARCH_indicative": 2.0,
        "ARCH_coverage": 0.9,
    }


def test_table__label_that_a_spreadsheet_would_run__is_text_as_csv():
    assert to_csv(trend_table([point("-1.0")])).splitlines()[1].startswith(b"'-1.0,")


def test_sentences__of_the_trend__are_there_in_both_languages():
    english, chinese = (
        {key for key in words.sentences if key.startswith("trend.")} for words in (EN, ZH)
    )
    assert english == chinese
