"""Two cuts of the same units: which services go on, which units moved, how the figures did."""

from unit.partition.cuts import COUPLING, CUT, unit

from assessor.partition.moving import APART, merged, moved, renamed
from assessor.report.compared import Shift, matched, measures, shifts, ties
from assessor.report.compared import renamed as under_new_names

ORDER3 = unit("order3")
MOVED = moved(COUPLING, CUT, moves={ORDER3: "stock"})


def _figures(before, after):
    return {each.name: each for each in measures(COUPLING, before, after)}


def test_ties__a_cut__adds_up_the_references_between_services():
    assert ties(COUPLING, CUT) == {("order", "stock"): 3, ("order", "user"): 1}


def test_ties__a_shared_unit__counts_for_no_service():
    shared = moved(COUPLING, CUT, moves={ORDER3: APART})
    assert ties(COUPLING, shared) == {("order", "stock"): 1, ("order", "user"): 1}


def test_shifts__a_moved_unit__is_told_with_both_services():
    assert shifts(CUT, MOVED) == (Shift(ORDER3, "order", "stock"),)


def test_shifts__a_unit_taken_out__was_somewhere_and_is_nowhere():
    shared = moved(COUPLING, CUT, moves={ORDER3: APART})
    assert shifts(CUT, shared) == (Shift(ORDER3, "order", ""),)
    assert shifts(shared, CUT) == (Shift(ORDER3, "", "order"),)


def test_shifts__a_service_called_otherwise__moves_nothing():
    assert shifts(CUT, renamed(CUT, old="order", new="sales")) == ()


def test_shifts__a_merged_service__moves_its_units():
    one = merged(COUPLING, CUT, service="user", into="stock")
    assert {each.unit for each in shifts(CUT, one)} == {unit(f"user{n}") for n in range(4)}


def test_shifts__a_new_service__moves_the_units_in_it():
    apart = moved(COUPLING, CUT, moves={unit("user0"): "login", unit("user1"): "login"})
    assert [(each.before, each.after) for each in shifts(CUT, apart)] == [("user", "login")] * 2


def test_matched__half_of_a_service_each__goes_on_with_the_same_name():
    apart = moved(COUPLING, CUT, moves={unit("user0"): "a", unit("user1"): "a"})
    assert matched(CUT, apart) == {"order": "order", "stock": "stock", "user": "user"}


def test_measures__a_move_against_the_ties__is_worse_in_all_of_them():
    found = _figures(CUT, MOVED)
    assert (found["across"].before, found["across"].after) == (4, 17)
    assert {name for name, each in found.items() if each.tone == "poor"} == {
        "across", "icp", "sm", "modularity", "largest",
    }  # fmt: skip


def test_measures__back_again__is_better():
    assert _figures(MOVED, CUT)["across"].tone == "good"


def test_measures__the_number_of_services__is_neither():
    one = merged(COUPLING, CUT, service="user", into="stock")
    assert _figures(CUT, one)["services"].tone == "plain"


def test_under_new_names__the_earlier_ties__stand_beside_the_later_ones():
    after = renamed(CUT, old="order", new="sales")
    assert under_new_names(ties(COUPLING, CUT), CUT, after) == ties(COUPLING, after)
