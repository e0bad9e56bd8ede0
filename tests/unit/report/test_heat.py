"""Hotspots to look into."""

from dataclasses import replace

from unit.report.orders import system

from assessor.model.coupling import CoChange, Hotspot
from assessor.model.history import MethodChange, Ownership, XRay
from assessor.model.records import FileKind, Function, Records, Unit
from assessor.model.seen import Seen
from assessor.report.heat import (
    Hot,
    changed_with,
    functions_table,
    grouped,
    hot,
    hot_table,
    methods_table,
    owned,
    treemaps,
)
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
    functions=(
        Function("easy", 3, 1, 0, 5),
        Function("hard", 9, 8, 9, 50, nesting=3, parameters=2),
    ),
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


def test_grouped__by_service__has_the_ones_of_none_last():
    found = (*FOUND, Hot(Hotspot(0.4, "a/Loose.java", 3, 2), None, ""))
    names = {name: len(own) for name, own in grouped(found, "service", EN).items()}
    assert list(names.items()) == [("item", 1), ("order", 1), ("Shared units", 1)]


def test_grouped__by_folder__has_the_root_too():
    found = (Hot(Hotspot(0.4, "a/b/C.java", 3, 2), None, ""), FOUND[0])
    assert list(grouped(found, "folder", EN)) == [".", "a/b"]


def test_grouped__by_nothing__is_one_group_without_a_name():
    assert grouped(FOUND, "none", EN) == {"": FOUND}


def test_treemaps__by_lines__have_the_hottest_of_all_groups_as_the_darkest():
    drawn = treemaps(grouped(FOUND, "service", EN), size="lines", wording=EN)
    tiles = {
        name: [(tile.size, round(tile.heat, 3)) for tile in each.tiles]
        for name, each in drawn.items()
    }
    assert tiles == {"item": [(1, 0.0)], "order": [(120, 1.0)]}


def test_treemaps__by_complexity__have_the_largest_first():
    (drawn,) = treemaps({"": FOUND[::-1]}, size="complexity", wording=EN).values()
    assert [tile.size for tile in drawn.tiles] == [9, 3]


def test_owned__a_unit_with_history__tells_who_changes_it():
    assert owned(SEEN, LINE, EN) == (
        "Over its whole history, author-0001 made 75 % of 12 changes; authors: 2, fragmentation "
        "0.3 (0 = one author made all, towards 1 = many made a few each)."
    )
    assert owned(SEEN, "none", EN) == ""


def test_methods_table__a_unit_of_the_x_ray__has_its_own_pairs():
    pairs = (
        MethodChange(ITEM, "price", "tax", 9, "d" * 40),
        MethodChange(LINE, "a", "b", 2, "e" * 40),
        MethodChange(LINE, "a", "c", 3, "f" * 40),
    )
    table = methods_table(replace(SEEN, xray=XRay(pairs, None)), LINE, EN)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["a", "c", "3", "f" * 10],
        ["a", "b", "2", "e" * 10],
    ]


def test_methods_table__no_x_ray__is_empty():
    assert methods_table(SEEN, LINE, EN).rows == ()


def test_functions_table__the_most_complex__stands_first():
    rows = [[cell.text for cell in row] for row in functions_table(UNIT, EN).rows]
    assert rows == [
        ["hard", "9", "8", "9", "3", "2", "50"],
        ["easy", "3", "1", "0", "0", "0", "5"],
    ]


def test_changed_with__either_side_of_the_pair__finds_the_other():
    home = {LINE: "order", ITEM: "item"}
    for path, other in ((LINE, ITEM), (ITEM, LINE)):
        rows = changed_with(SEEN, path, home=home, wording=EN).rows
        assert [row[0].text for row in rows] == [other]
    assert changed_with(replace(SEEN, cochange=()), LINE, home=home, wording=EN).rows == ()
