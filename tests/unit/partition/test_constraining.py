import pytest
from unit.partition.cuts import COUPLING, CUT, UNITS, inside, sizes, unit

from assessor.model.decisions import Broken, Constraints, Pin
from assessor.partition.constraining import broken, constrained
from assessor.partition.moving import APART, moved, renamed


def _pin(name, service, *anchor):
    return Pin(unit(name), service, anchor or UNITS.get(service, ()))


def _pair(a, b):
    return (unit(a), unit(b))


def _pinned(*pins):
    return Constraints(pinned=tuple(sorted(pins)))


def _together(*pairs):
    return Constraints(together=tuple(sorted(pairs)))


def _apart(*pairs):
    return Constraints(apart=tuple(sorted(pairs)))


def _done(constraints, cut=CUT):
    return constrained(COUPLING, cut, constraints)


def test_constrained__nothing_wanted__is_the_same_cut():
    assert _done(Constraints()) is CUT


def test_constrained__all_kept_already__is_the_same_cut():
    wanted = Constraints(
        pinned=(_pin("order0", "order"),),
        together=(_pair("stock0", "stock1"),),
        apart=(_pair("order0", "user0"),),
    )
    assert _done(wanted) is CUT


def test_constrained__pinned_unit__is_in_its_service():
    assert inside(_done(_pinned(_pin("order3", "stock"))))["order3"] == "stock"


def test_constrained__pinned_unit__moves_no_other():
    before, after = inside(CUT), inside(_done(_pinned(_pin("order3", "stock"))))
    assert {name for name in after if after[name] != before[name]} == {"order3"}


def test_constrained__service_called_otherwise_now__is_found_by_its_anchor_and_named_again():
    cut = renamed(CUT, old="stock", new="warehouse")
    found = _done(_pinned(_pin("order3", "stock")), cut)
    assert sizes(found) == {"stock": 5, "user": 4, "order": 3}


def test_constrained__service_that_is_mostly_something_else__keeps_its_name():
    pin = Pin(unit("order3"), "parts", (unit("stock0"), unit("gone0")))
    assert inside(_done(_pinned(pin)))["order3"] == "stock"


def test_constrained__name_that_another_service_has__is_not_given_twice():
    cut = renamed(renamed(CUT, old="user", new="people"), old="stock", new="user")
    found = _done(_pinned(Pin(unit("order3"), "user", UNITS["user"])), cut)
    assert (inside(found)["order3"], inside(found)["stock0"]) == ("people", "user")


def test_constrained__service_that_is_not_there__is_made():
    found = _done(_pinned(_pin("order3", "billing"), _pin("user3", "billing")))
    assert sizes(found) == {"stock": 4, "order": 3, "user": 3, "billing": 2}


def test_constrained__service_joined_with_another__is_joined_again():
    everyone = (*UNITS["stock"], *UNITS["user"])
    pins = [_pin(f"user{n}", "stock", *everyone) for n in range(4)]
    assert sizes(_done(_pinned(*pins))) == {"stock": 8, "order": 4}


def test_constrained__all_of_an_anchor_pinned__goes_by_its_name():
    pins = [_pin(f"user{n}", "people", *UNITS["user"]) for n in range(4)]
    assert sizes(_done(_pinned(*pins))) == {"order": 4, "people": 4, "stock": 4}


def test_constrained__unit_pinned_out_of_all_services__is_shared():
    found = _done(_pinned(Pin(unit("user0"), APART, ())))
    assert [each.unit for each in found.shared] == [unit("user0")]


def test_constrained__unit_that_is_gone__is_passed_over():
    wanted = Constraints(
        pinned=(Pin("gone.py", "order", UNITS["order"]),),
        together=(("gone.py", unit("user0")),),
        apart=(("gone.py", unit("user0")),),
    )
    assert _done(wanted) is CUT


def test_constrained__pair_to_keep_together__goes_where_it_is_most_tied():
    found = inside(_done(_together(_pair("order3", "stock1"))))
    assert found["order3"] == found["stock1"]
    moved_units = {name for name, service in inside(CUT).items() if found[name] != service}
    assert len(moved_units) == 1


def test_constrained__pair_with_a_pinned_unit__goes_to_that_one():
    wanted = Constraints(pinned=(_pin("user0", "user"),), together=(_pair("order0", "user0"),))
    assert inside(_done(wanted))["order0"] == "user"


def test_constrained__chain_of_pairs__is_in_one_service():
    pairs = [_pair("order0", "stock0"), _pair("stock0", "user0")]
    found = inside(_done(_together(*pairs)))
    assert len({found[name] for name in ("order0", "stock0", "user0")}) == 1


def test_constrained__pair_with_a_shared_unit__takes_it_into_the_service():
    cut = moved(COUPLING, CUT, moves={unit("user0"): APART})
    assert inside(_done(_together(_pair("order0", "user0")), cut))["user0"] == "order"


def test_constrained__pair_to_keep_apart__the_less_tied_unit_leaves():
    cut = moved(COUPLING, CUT, moves={unit("stock1"): "order"})
    found = inside(_done(_apart(_pair("order0", "stock1")), cut))
    assert (found["order0"], found["stock1"]) == ("order", "stock")


def test_constrained__unit_apart_from_all_services__gets_one_of_its_own():
    pairs = [_pair("order0", other) for other in ("order1", "stock1", "user1")]
    found = inside(_done(_apart(*pairs)))
    assert sorted(found.values()).count("apart-1") == 1


def test_constrained__apart_from_a_pinned_unit__the_other_one_leaves():
    wanted = Constraints(pinned=(_pin("stock1", "order"),), apart=(_pair("order0", "stock1"),))
    found = inside(_done(wanted))
    assert (found["stock1"], found["order0"] != "order") == ("order", True)


def test_constrained__kept_together_and_apart_at_once__stays_broken():
    pair = _pair("order0", "order1")
    wanted = Constraints(together=(pair,), apart=(pair,))
    assert broken(_done(wanted), wanted) == (Broken("apart", *pair),)


def test_constrained__apart_but_pinned_to_one_service__stays_broken():
    wanted = Constraints(
        pinned=(_pin("order0", "order"), _pin("order1", "order")),
        apart=(_pair("order0", "order1"),),
    )
    assert broken(_done(wanted), wanted) == (Broken("apart", *_pair("order0", "order1")),)


def test_constrained__together_but_pinned_to_two_services__keeps_the_pins():
    wanted = Constraints(
        pinned=(_pin("order0", "order"), _pin("user0", "user")),
        together=(_pair("order0", "user0"),),
    )
    assert broken(_done(wanted), wanted) == (Broken("together", *_pair("order0", "user0")),)


def test_constrained__every_unit_pinned_out__leaves_the_cut_as_it_is():
    pins = [Pin(each, APART, ()) for each in COUPLING.units]
    assert _done(_pinned(*pins)) is CUT


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (_pinned(_pin("order3", "stock")), Broken("pinned", unit("order3"), "stock")),
        (_together(_pair("order0", "user0")), Broken("together", *_pair("order0", "user0"))),
        (_apart(_pair("order0", "order1")), Broken("apart", *_pair("order0", "order1"))),
        (_pinned(Pin(unit("user0"), APART, ())), Broken("pinned", unit("user0"), "")),
    ],
    ids=["pinned", "together", "apart", "pinned out"],
)
def test_broken__cut_that_knows_nothing_of_it__names_it(wanted, expected):
    assert broken(CUT, wanted) == (expected,)


def test_broken__two_shared_units_apart__is_none():
    cut = moved(COUPLING, CUT, moves={unit("user0"): APART, unit("user1"): APART})
    assert broken(cut, _apart(_pair("user0", "user1"))) == ()


def test_broken__unit_pinned_out_and_shared__is_none():
    cut = moved(COUPLING, CUT, moves={unit("user0"): APART})
    assert broken(cut, _pinned(Pin(unit("user0"), APART, ()))) == ()


def test_broken__pinned_to_two_services__names_the_one_that_it_is_not_in():
    wanted = _pinned(_pin("order0", "order"), _pin("order0", "stock"))
    assert broken(CUT, wanted) == (Broken("pinned", unit("order0"), "stock"),)


def test_broken__several__sorted():
    wanted = Constraints(
        pinned=(_pin("user3", "stock"), _pin("order3", "stock")),
        apart=(_pair("order0", "order1"),),
    )
    assert [(each.kind, each.a) for each in broken(CUT, wanted)] == [
        ("apart", unit("order0")),
        ("pinned", unit("order3")),
        ("pinned", unit("user3")),
    ]
