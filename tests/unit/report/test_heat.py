"""Hotspots to look into."""

from dataclasses import replace

from unit.report.orders import system

from assessor.model.coupling import CoChange, Hotspot
from assessor.model.history import Ownership
from assessor.model.records import FileKind, Function, Records, Unit
from assessor.model.seen import Seen
from assessor.report.heat import changed_with, functions_table, hot, hot_table, treemap
from assessor.resources import wording

EN = wording("en")
_, CUT = system()
LINE, ITEM = "shop.order.OrderLine", "shop.item.Item"
UNIT = Unit(
    path=LINE,
    language="java",
    name="OrderLine",
    kind=FileKind.SOURCE,
    code_lines=120,
    cyclomatic=9,
    cognitive=9,
    functions=(Function("easy", 3, 1, 0, 5), Function("hard", 9, 8, 9, 50)),
)
SEEN = Seen(
    records=Records((), (UNIT,), (), (), ()),
    hotspots=(
        Hotspot(0.9, LINE, 12, 9),
        Hotspot(0.5, ITEM, 4, 3),
        Hotspot(0.2, "once.py", 1, 3),
        Hotspot(0.1, "plain.py", 5, 0),
    ),
    cochange=(CoChange(ITEM, LINE, 3, 4, 12, 0.375, "c" * 40),),
    ownership=(Ownership(LINE, "author-0001", 0.75, 12, 2, 0.3),),
)
FOUND = hot(SEEN, CUT)


def test_hot__changed_once_or_without_a_decision__is_none():
    assert [(each.spot.path, each.service) for each in FOUND] == [(LINE, "order"), (ITEM, "item")]


def test_hot__no_cut__has_no_services():
    assert [each.service for each in hot(SEEN, None)] == ["", ""]


def test_hot_table__a_unit__has_its_figures_and_its_owner():
    table = hot_table(SEEN, FOUND, EN)
    assert [[cell.text for cell in row] for row in table.rows] == [
        [LINE, "order", "0.90", "12", "9", "120", "2", "author-0001 (75 %)"],
        [ITEM, "item", "0.50", "4", "3", "–", "–", "–"],
    ]


def test_treemap__by_lines__has_the_hottest_as_the_darkest():
    drawing = treemap(FOUND, size="lines", wording=EN)
    assert [(tile.size, round(tile.heat, 3)) for tile in drawing.tiles] == [(120, 1), (1, 0.556)]


def test_functions_table__the_most_complex__stands_first():
    assert [row[0].text for row in functions_table(UNIT, EN).rows] == ["hard", "easy"]


def test_changed_with__either_side_of_the_pair__finds_the_other():
    home = {LINE: "order", ITEM: "item"}
    for path, other in ((LINE, ITEM), (ITEM, LINE)):
        rows = changed_with(SEEN, path, home=home, wording=EN).rows
        assert [row[0].text for row in rows] == [other]
    assert changed_with(replace(SEEN, cochange=()), LINE, home=home, wording=EN).rows == ()
