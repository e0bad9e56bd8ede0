"""What a unit or a service is tied to, with the lines behind it."""

import pytest
from unit.report.orders import system

from assessor.graph.fuse import fuse
from assessor.model.assessment import ServiceTie
from assessor.model.coupling import Cycle
from assessor.model.kept import Excerpt
from assessor.model.records import Records, Reference, ReferenceKind
from assessor.model.seen import Seen
from assessor.partition.moving import APART, moved
from assessor.report.ties import (
    MOST_CYCLES,
    bonds,
    bonds_table,
    cycles_table,
    excerpt,
    kinds_table,
    links,
    links_table,
    pairs_table,
    units_matrix,
    views_table,
)
from assessor.resources import wording

EN = wording("en")
COUPLING, CUT = system()
LINE, ITEM, ORDER = "shop.order.OrderLine", "shop.item.Item", "shop.order.Order"
OWN = {service.name: service.units for service in CUT.services}


def _reference(source, target, *, count=1, line=1, kind=ReferenceKind.CALL):
    return Reference(source, source, target, target, kind, count, line)


REFERENCES = (
    _reference(LINE, ITEM, count=2, line=7),
    _reference(LINE, ITEM, count=1, line=3, kind=ReferenceKind.IMPORT),
    _reference(ITEM, ORDER, count=9),
    _reference(LINE, ORDER, count=5),
)
SEEN = Seen(records=Records((), (), REFERENCES, (), ()), coupling=COUPLING, partition=CUT)


def _bonds(own, cut=CUT, weights=COUPLING.weights):
    return {each.service: each for each in bonds(COUPLING, cut, own=own, weights=weights)}


def _rows(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_bonds__a_unit__counts_both_directions_by_service():
    found = _bonds((LINE,))
    assert (found["item"].out, found["item"].into) == (1.0, 0.0)
    assert (found["order"].out, found["order"].into) == (9.0, 18.0)


def test_bonds__all_units_of_a_service__leave_itself_out():
    assert _bonds(OWN["order"]).keys() == {"item", "user"}


def test_bonds__the_views__add_up_to_the_fused_coupling():
    rows = [COUPLING.units.index(unit) for unit in OWN["order"]]
    columns = [COUPLING.units.index(unit) for unit in OWN["item"]]
    fused = COUPLING.fused[rows][:, columns].sum()
    assert _bonds(OWN["order"])["item"].coupling == pytest.approx(fused)


def test_bonds__a_view_switched_off__counts_nothing():
    weights = {"structure": 1.0, "vocabulary": 0.0}
    found = _bonds(OWN["order"], weights=weights)["item"]
    assert found.views["vocabulary"] == 0
    columns = [COUPLING.units.index(unit) for unit in OWN["item"]]
    rows = [COUPLING.units.index(unit) for unit in OWN["order"]]
    fused = fuse(COUPLING.views, weights=dict.fromkeys(COUPLING.views, 0.0) | weights)
    assert found.coupling == pytest.approx(fused[rows][:, columns].sum())


def test_bonds__shared_units__have_no_name():
    cut = moved(COUPLING, CUT, moves={ITEM: APART})
    assert _bonds((LINE,), cut=cut)[""].out == 1.0


def test_bonds__unknown_units__are_tied_to_nothing():
    assert _bonds(("none",)) == {}


def test_links__a_service__leaves_out_what_stays_inside():
    found = links(SEEN, own=OWN["order"])
    assert [(each.source, each.target, each.count, each.line) for each in found] == [
        (ITEM, ORDER, 9, 1),
        (LINE, ITEM, 3, 3),
    ]


def test_links__one_direction__has_only_that():
    assert [each.count for each in links(SEEN, own=OWN["order"], direction="out")] == [3]
    assert [each.count for each in links(SEEN, own=OWN["order"], direction="in")] == [9]


def test_links__a_unit__has_those_within_its_service_too():
    assert [each.count for each in links(SEEN, own=(LINE,), direction="out")] == [5, 3]


def test_links__another_service__has_only_those_with_it():
    assert [each.count for each in links(SEEN, own=(LINE,), there=OWN["item"])] == [3]


def test_links_table__a_pair__has_its_kinds_and_the_first_line():
    rows = _rows(links_table(links(SEEN, own=(LINE,), there=OWN["item"]), EN))
    assert rows == [["shop.order", "shop.item", "3", "call, import", "shop.order.OrderLine:3"]]


def test_kinds_table__every_kind__has_its_own_first_line():
    (link,) = links(SEEN, own=(LINE,), there=OWN["item"])
    assert _rows(kinds_table(link, EN)) == [
        ["import", "1", "3"],
        ["call", "2", "7"],
    ]


def test_excerpt__a_line_that_was_kept__is_shown():
    (link,) = links(SEEN, own=(LINE,), there=OWN["item"])
    other, shown = Excerpt(ITEM, 3, 1, ("a",) * 9), Excerpt(LINE, 6, 5, ("a", "b", "c"))
    assert excerpt(link, (other, shown)) == shown
    assert excerpt(link, (other, Excerpt(LINE, 20, 18, ("a", "b", "c")))) is None


def test_bonds_table__a_service__has_its_figures_and_the_first_place():
    found = bonds(COUPLING, CUT, own=OWN["order"], weights=COUPLING.weights)
    table = bonds_table(found, links(SEEN, own=OWN["order"]), cut=CUT, wording=EN)
    (item,) = [row for row in table.rows if row[0].link == "item"]
    assert [cell.text for cell in item[:3]] == ["item", "1", "0"]
    assert item[-1].text == f"{ITEM}:1"


def test_views_table__every_view__has_its_part_of_the_coupling():
    found = bonds(COUPLING, CUT, own=OWN["order"], weights=COUPLING.weights)
    table = views_table(found, EN)
    assert table.columns == (
        "Service",
        "co-change",
        "shared tables",
        "shared use",
        "references",
        "vocabulary",
    )
    assert [len(row) for row in table.rows] == [6, 6]
    parts = sum(float(cell.text) for cell in table.rows[0][1:])
    assert parts == pytest.approx(found[0].coupling, abs=0.02)


def test_pairs_table__every_pair__has_a_row():
    table = pairs_table((ServiceTie("order", "item", 1200, 3, "A.java", 7),), EN)
    assert _rows(table) == [["order", "item", "1,200", "A.java:7"]]


def test_cycles_table__more_than_can_be_read__says_how_many():
    pair = ("a.py", "b.py")
    found = [Cycle(pair, pair)] * MOST_CYCLES + [Cycle((*pair, "c.py"), pair)]
    table = cycles_table(found, EN)
    assert _rows(table)[0] == ["3", "a → b → a"]
    assert table.note == "200 of 201 cycles."


def test_units_matrix__nothing_opened__is_none():
    assert units_matrix(SEEN, CUT, opened=(), wording=EN) is None


def test_units_matrix__an_opened_service__has_its_units_in_rows_and_columns():
    found = units_matrix(SEEN, CUT, opened=("order",), wording=EN)
    assert len(found.drawing.labels) == len(found.drawing.values) == 4
    assert sum(map(sum, found.drawing.values)) == 6 * 9.0
    assert found.title == "References among the units of order, from row to column"


def test_units_matrix__three_opened_services__are_two():
    found = units_matrix(SEEN, CUT, opened=("user", "order", "item"), wording=EN)
    assert found.title == "References among the units of item + order, from row to column"
    assert len(found.drawing.labels) == 8
