"""What a unit or a service is tied to, with the lines behind it."""

from unit.report.orders import system

from assessor.model.records import Records, Reference, ReferenceKind
from assessor.model.seen import Seen
from assessor.report.ties import references_table, ties_table, units_matrix
from assessor.resources import wording

EN = wording("en")
COUPLING, CUT = system()
LINE, ITEM, ORDER = "shop.order.OrderLine", "shop.item.Item", "shop.order.Order"


def _reference(source, target, *, count=1, line=1, kind=ReferenceKind.CALL):
    return Reference(source, source, target, target, kind, count, line)


REFERENCES = (
    _reference(LINE, ITEM, count=2, line=7),
    _reference(LINE, ITEM, count=1, line=3, kind=ReferenceKind.IMPORT),
    _reference(ITEM, ORDER, count=9),
    _reference(LINE, ORDER, count=5),
)
SEEN = Seen(records=Records((), (), REFERENCES, (), ()), coupling=COUPLING, partition=CUT)


def _rows(node, other=None, direction="both"):
    table = references_table(SEEN, CUT, node=node, other=other, direction=direction, wording=EN)
    return [[cell.text for cell in row] for row in table.rows]


def test_references_table__a_service__leaves_out_what_stays_inside():
    rows = _rows("service:order")
    assert [row[2:4] for row in rows] == [["9", "call"], ["3", "call, import"]]
    assert rows[1][4] == "shop.order.OrderLine:3"


def test_references_table__one_direction__has_only_that():
    assert [row[2] for row in _rows("service:order", direction="out")] == ["3"]
    assert [row[2] for row in _rows("service:order", direction="in")] == ["9"]


def test_references_table__a_unit__has_those_within_its_service_too():
    assert [row[2] for row in _rows(LINE, direction="out")] == ["5", "3"]


def test_references_table__another_service_chosen__has_only_those_with_it():
    assert [row[2] for row in _rows(LINE, other="item")] == ["3"]


def test_ties_table__the_link_of_a_row__is_the_name_of_the_service():
    table = ties_table(SEEN, CUT, node=LINE, fused=None, wording=EN)
    assert {row[0].link for row in table.rows} == {"order", "item"}


def test_units_matrix__nothing_opened__is_none():
    assert units_matrix(SEEN, CUT, opened=(), wording=EN) is None


def test_units_matrix__an_opened_service__has_its_units_in_rows_and_columns():
    matrix = units_matrix(SEEN, CUT, opened=("order",), wording=EN)
    assert len(matrix.labels) == len(matrix.values) == 4
    assert sum(map(sum, matrix.values)) == 6 * 9.0
