"""Pairs that change together, in a cut."""

from unit.report.orders import system

from assessor.model.coupling import CoChange
from assessor.model.records import Records
from assessor.model.seen import Seen
from assessor.report.together import MOST, together_table
from assessor.resources import wording

EN = wording("en")
_, CUT = system()
LINE, ORDER, ITEM = "shop.order.OrderLine", "shop.order.Order", "shop.item.Item"
SEEN = Seen(
    records=Records((), (), (), (), ()),
    cochange=(
        CoChange(ORDER, LINE, 5, 5, 5, 1.0, "a" * 40),
        CoChange(ITEM, LINE, 3, 4, 12, 0.375, "c" * 40),
    ),
)


def _told(table):
    return [[cell.text for cell in row[2:]] for row in table.rows]


def test_together_table__all_pairs__say_whether_they_are_in_two_services():
    assert _told(together_table(SEEN, CUT, wording=EN)) == [
        ["5", "100 %", "no", "a" * 10],
        ["3", "37 %", "yes", "c" * 10],
    ]


def test_together_table__only_across__leaves_out_the_others():
    table = together_table(SEEN, CUT, only_across=True, wording=EN)
    assert [row[0] for row in _told(table)] == ["3"]
    assert table.note.startswith("1 of 1 pairs")


def test_together_table__of_a_unit__has_its_pairs():
    assert [row[0] for row in _told(together_table(SEEN, CUT, own={ORDER}, wording=EN))] == ["5"]


def test_together_table__weak_pairs_across_after_many_others__are_found():
    many = tuple(CoChange(ORDER, f"shop.order.X{at}", 9, 9, 9, 1.0) for at in range(MOST + 1))
    seen = Seen(records=SEEN.records, cochange=(*many, *SEEN.cochange))
    assert len(together_table(seen, CUT, only_across=True, wording=EN).rows) == 1
    assert together_table(seen, CUT, wording=EN).note.startswith("300 of 303 pairs")
