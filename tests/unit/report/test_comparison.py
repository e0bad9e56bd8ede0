"""Two cuts side by side in words and tables."""

import pytest
from unit.partition.cuts import COUPLING, CUT, unit
from unit.report.assessments import texts

from assessor.partition.moving import APART, merged, moved, renamed
from assessor.report.compared import Measure, measures, shifts, ties
from assessor.report.comparison import (
    cost,
    difference,
    figures_table,
    services_table,
    shifts_table,
    ties_table,
    value,
)
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
ORDER3 = unit("order3")
MOVED = moved(COUPLING, CUT, moves={ORDER3: "stock"})


def _services(after, words=EN):
    return texts(services_table(COUPLING, CUT, after, wording=words))


def test_cost__a_move__says_what_it_costs_in_one_line():
    said = cost(measures(COUPLING, CUT, MOVED), EN)
    assert said.text == (
        "+13 references across services, structural modularity -0.100, modularity -0.103."
    )
    assert said.tone == "poor"


def test_cost__in_chinese__says_the_same():
    said = cost(measures(COUPLING, CUT, MOVED), ZH)
    assert said.text == "跨服务引用 +13，结构模块度 -0.100，模块度 -0.103。"


def test_cost__nothing_moved__is_told_as_nothing():
    said = cost(measures(COUPLING, CUT, CUT), EN)
    assert said.text == "±0 references across services, structural modularity ±0, modularity ±0."
    assert said.tone == "plain"


@pytest.mark.parametrize(
    ("measure", "shown", "step"),
    [
        (Measure("services", 4, 5), "5", "+1"),
        (Measure("across", 1200, 1199), "1,199", "-1"),
        (Measure("icp", 0.208, 0.2362), "23.6 %", "+2.8 points"),
        (Measure("sm", 0.158, 0.137), "0.137", "-0.021"),
        (Measure("sm", 0.158, 0.15801), "0.158", ""),
        (Measure("icp", 0.2, 0.2001), "20.0 %", ""),
        (Measure("modularity", 0.5, 0.5), "0.500", ""),
        (Measure("icp", None, 0.1), "10.0 %", ""),
        (Measure("sm", 0.1, None), "–", ""),
    ],
    ids=lambda each: getattr(each, "name", None),
)
def test_value_and_difference__a_figure__reads_naturally(measure, shown, step):
    assert (value(measure), difference(measure, EN)) == (shown, step)


def test_figures_table__both_cuts__stand_side_by_side():
    table = figures_table(measures(COUPLING, CUT, MOVED), EN, names=("Run", "Draft"))
    assert table.columns == ("Figure", "Run", "Draft", "Difference")
    assert texts(table)[1] == ("References across", "4", "17", "+13")


def test_shifts_table__a_unit_in_no_service__is_called_shared():
    shared = moved(COUPLING, CUT, moves={ORDER3: APART})
    table = shifts_table(shifts(CUT, shared), EN, names=("Run", "Draft"))
    assert texts(table) == [("order/order3", "order", "shared units", "shop/order")]


def test_services_table__a_moved_unit__shows_sizes_and_cohesion_with_their_steps():
    rows = {row[0]: row for row in _services(MOVED)}
    assert rows["stock"][1:3] == ("5", "+1")
    assert rows["order"][1:3] == ("3", "-1")
    assert rows["user"][1:5] == ("4", "", "97 %", "")


def test_services_table__a_new_service__is_marked():
    rows = _services(moved(COUPLING, CUT, moves={ORDER3: "sales"}))
    assert [row[0] for row in rows if row[-1] == "(new)"] == ["sales"]


def test_services_table__a_renamed_service__tells_its_name_before():
    rows = _services(renamed(CUT, old="order", new="sales"))
    assert [(row[0], row[-1]) for row in rows if row[-1]] == [("sales", "order")]


def test_services_table__a_merged_service__is_told_as_gone():
    rows = _services(merged(COUPLING, CUT, service="user", into="stock"))
    assert rows[-1][:3] == ("user (gone)", "0", "-4")


def test_ties_table__ties_that_changed__come_first():
    table = ties_table(ties(COUPLING, CUT), ties(COUPLING, MOVED), wording=EN, most=1)
    assert texts(table)[0] == ("order", "stock", "16", "+13")
    assert table.note == "1 of 2 service pairs."
