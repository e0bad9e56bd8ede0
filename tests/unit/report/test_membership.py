"""Why a unit is where it is."""

from dataclasses import replace

import pytest
from unit.partition.cuts import COUPLING, CUT, unit
from unit.report.assessments import texts

from assessor.partition.moving import APART, moved
from assessor.report.compared import ties
from assessor.report.membership import membership, sentence, ties_table, units_table
from assessor.resources import wording

EN = wording("en")
ORDER3 = unit("order3")
ASTRAY = moved(COUPLING, CUT, moves={ORDER3: "stock"})
SHARED = moved(COUPLING, CUT, moves={unit("stock1"): APART, unit("order2"): APART})


def _across(cut):
    return sum(ties(COUPLING, cut).values())


def test_membership__a_unit__is_tied_to_its_own_service_first():
    found = membership(COUPLING, CUT, ORDER3)
    assert (found.service, found.confidence) == ("order", 1.0)
    assert [(tie.service, tie.uses, tie.used) for tie in found.ties] == [
        ("order", 0, 15),
        ("stock", 2, 0),
    ]


def test_membership__its_ties__add_up_to_all_of_its_coupling():
    assert sum(tie.share for tie in membership(COUPLING, CUT, ORDER3).ties) == pytest.approx(1.0)


def test_membership__each_tie__is_told_by_the_views_it_comes_from():
    own = membership(COUPLING, CUT, ORDER3).ties[0]
    assert sorted(own.views) == ["structure", "vocabulary"]
    assert sum(own.views.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("cut", [CUT, ASTRAY, SHARED], ids=["at home", "astray", "some shared"])
def test_membership__what_a_move_would_change__is_what_it_changes(cut):
    found = membership(COUPLING, cut, ORDER3).ties
    after = {tie.service: moved(COUPLING, cut, moves={ORDER3: tie.service}) for tie in found}
    assert len(found) > 1
    assert {tie.service: tie.moved for tie in found} == {
        service: _across(each) - _across(cut) for service, each in after.items()
    }


def test_membership__a_unit_that_is_not_there__is_refused():
    with pytest.raises(ValueError, match=r"nowhere\.py"):
        membership(COUPLING, CUT, "nowhere.py")


def test_sentence__in_the_service_it_is_tied_to__is_good():
    said = sentence(membership(COUPLING, CUT, ORDER3), EN)
    assert said.text == (
        "It is tied most to order, where it is: 79 % of its coupling. Next comes stock with 20 %."
    )
    assert said.tone == "good"


def test_sentence__in_another_service__says_where_it_is_tied_more():
    said = sentence(membership(COUPLING, ASTRAY, ORDER3), EN)
    assert said.text == (
        "It is tied more to order (79 % of its coupling) than to stock, where it is (20 %)."
    )
    assert said.tone == "fair"


def test_sentence__all_inside__says_so():
    said = sentence(membership(COUPLING, CUT, unit("order2")), EN)
    assert said.text == "All of its coupling to services is inside order."


def test_sentence__in_no_service__names_the_nearest():
    shared = moved(COUPLING, CUT, moves={ORDER3: APART})
    assert sentence(membership(COUPLING, shared, ORDER3), EN).text.startswith(
        "It is in no service. order is the one it is tied to most: 79 %"
    )


def test_sentence__without_any_coupling__is_not_taken_for_a_tie():
    lone = unit("order2")
    weights = COUPLING.fused.tolil()
    row = COUPLING.units.index(lone)
    weights[row, :] = 0
    weights[:, row] = 0
    bare = replace(COUPLING, fused=weights.tocsr())
    assert sentence(membership(bare, CUT, lone), EN).tone == "unknown"


def test_ties_table__the_service_it_is_in__is_marked():
    rows = texts(ties_table(membership(COUPLING, CUT, ORDER3), EN))
    assert rows == [
        ("▸ order", "79 %", "0", "15", "–", "references 60 %; vocabulary 39 %"),
        ("stock", "20 %", "2", "0", "+13", "references 61 %; shared use 38 %"),
    ]


def test_units_table__units_tied_more_elsewhere__come_first():
    table = units_table(COUPLING, ASTRAY, "stock", wording=EN)
    first = table.rows[0]
    assert (first[0].link, first[3].text, first[4].tone) == (ORDER3, "order", "poor")
    assert len(table.rows) == 5


def test_units_table__a_unit_with_no_other_tie__has_no_next_service():
    rows = texts(units_table(COUPLING, CUT, "user", wording=EN))
    assert ("user/user3", "100 %", "100 %", "–", "–", "shop/user") in rows


def test_units_table__a_service_that_is_not_there__is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        units_table(COUPLING, CUT, "nowhere", wording=EN)
