from dataclasses import replace

import pytest
from unit.partition.cuts import COUPLING, CUT, inside, sizes, unit

from assessor.graph.fuse import couple_edges
from assessor.model.partition import SharedUnit
from assessor.partition.moving import APART, merged, moved, renamed
from assessor.partition.propose import propose
from assessor.partition.quality import quality

ALL_OF_USER = [unit(f"user{n}") for n in range(4)]


def _moved(**moves):
    return moved(COUPLING, CUT, moves={unit(name): to for name, to in moves.items()})


def test_moved__nothing__is_the_same_cut():
    again = moved(COUPLING, CUT, moves={})
    assert again == replace(CUT, quality=again.quality)


def test_moved__a_unit__is_in_that_service_and_in_no_other():
    assert sizes(_moved(order3="stock")) == {"stock": 5, "user": 4, "order": 3}


def test_moved__a_unit__gives_it_that_home():
    assert _moved(order3="stock").home[unit("order3")] == "stock"


def test_moved__a_unit__gives_the_figures_of_the_new_cut():
    cut = _moved(order3="stock")
    numbers = [["order", "stock", "user"].index(cut.home[name]) for name in COUPLING.units]
    assert cut.quality == quality(COUPLING, services=numbers)


def test_moved__a_unit_to_where_it_does_not_belong__is_less_cohesive():
    before = {service.name: service.cohesion for service in CUT.services}
    after = {service.name: service.cohesion for service in _moved(user3="stock").services}
    assert (after["stock"] < before["stock"], after["user"] < before["user"]) == (True, True)


def test_moved__there_and_back__is_the_same_cut():
    back = moved(COUPLING, _moved(order3="stock"), moves={unit("order3"): "order"})
    assert back == replace(CUT, quality=back.quality, confidence=back.confidence)


def test_moved__a_new_name__makes_a_service():
    cut = _moved(order0="billing", user0="billing")
    assert sizes(cut) == {"stock": 4, "order": 3, "user": 3, "billing": 2}


def test_moved__all_units_of_a_service__leaves_no_empty_one():
    cut = moved(COUPLING, CUT, moves=dict.fromkeys(ALL_OF_USER, "order"))
    assert sizes(cut) == {"order": 8, "stock": 4}


def test_moved__more_than_half_in_one_service__is_lopsided():
    cut = moved(COUPLING, CUT, moves=dict.fromkeys(ALL_OF_USER, "order"))
    assert (cut.sound, cut.reason) == (False, "lopsided")


def test_moved__lopsided_cut_mended__is_sound():
    cut = moved(COUPLING, CUT, moves=dict.fromkeys(ALL_OF_USER, "order"))
    mended = moved(COUPLING, cut, moves=dict.fromkeys(ALL_OF_USER, "user"))
    assert (mended.sound, mended.reason) == (True, "")


def test_moved__a_unit_taken_out__is_a_library_of_those_that_use_it():
    assert _moved(stock0=APART).shared == (SharedUnit(unit("stock0"), 1, "library"),)


def test_moved__a_unit_that_two_services_use_taken_out__says_two():
    assert _moved(stock1=APART, stock0="user").shared == (
        SharedUnit(unit("stock1"), 2, "library"),
    )


def test_moved__a_unit_taken_out__is_in_no_service_but_has_a_home():
    cut = _moved(stock0=APART)
    assert ("stock0" in inside(cut), cut.home[unit("stock0")]) == (False, "stock")


def test_moved__a_shared_unit_put_into_a_service__is_shared_no_more():
    cut = moved(COUPLING, _moved(stock0=APART), moves={unit("stock0"): "user"})
    assert (cut.shared, inside(cut)["stock0"]) == ((), "user")


def test_moved__home_of_a_shared_unit_is_gone__finds_another():
    moves = {unit(f"stock{n}"): "order" for n in range(1, 4)} | {unit("stock0"): APART}
    assert moved(COUPLING, CUT, moves=moves).home[unit("stock0")] == "order"


def test_moved__services_joined__shared_units_are_used_by_fewer():
    units = {part: [f"a/{part}/{part}{n}.py" for n in range(4)] for part in ("x", "y", "z")}
    links = [(a, b, 5.0) for each in units.values() for a in each for b in each if a < b]
    uses = [(unit, "a/base.py", 1.0) for each in units.values() for unit in each]
    coupling = couple_edges([*links, *uses])
    cut = propose(coupling)
    joined = moved(coupling, cut, moves=dict.fromkeys(units["x"], cut.home["a/y/y0.py"]))
    assert ([each.used_by for each in cut.shared], [each.used_by for each in joined.shared]) == (
        [3],
        [2],
    )


def test_moved__any_unit__has_no_confidence_any_more_and_all_others_keep_theirs():
    cut = _moved(order3="stock", stock0="stock")
    others = {unit: sure for unit, sure in CUT.confidence.items() if "order3" not in unit}
    assert cut.confidence == others != CUT.confidence


def test_moved__any_unit__keeps_dendrogram_groups_and_origin():
    cut = _moved(order3="stock")
    assert (cut.dendrogram, cut.groups) == (CUT.dendrogram, CUT.groups)
    assert (cut.algorithm, cut.options, cut.seed) == (CUT.algorithm, CUT.options, CUT.seed)


def test_moved__unknown_unit__is_refused():
    with pytest.raises(ValueError, match=r"there is no unit 'gone\.py'"):
        moved(COUPLING, CUT, moves={"gone.py": "order"})


def test_moved__every_unit_taken_out__is_refused():
    with pytest.raises(ValueError, match="no unit would be left in any service"):
        moved(COUPLING, CUT, moves=dict.fromkeys(COUPLING.units, APART))


def test_renamed__a_service__is_called_otherwise_everywhere():
    cut = renamed(CUT, old="order", new="purchase")
    assert (sizes(cut), cut.home[unit("order0")]) == (
        {"purchase": 4, "stock": 4, "user": 4},
        "purchase",
    )


def test_renamed__to_what_it_is_called__is_the_same_cut():
    assert renamed(CUT, old="order", new="order") == CUT


@pytest.mark.parametrize(
    ("old", "new"),
    [("gone", "other"), ("order", "stock"), ("order", " ")],
    ids=["no such service", "name of another", "no name"],
)
def test_renamed__what_cannot_be__is_refused(old, new):
    with pytest.raises(ValueError, match=f"'{old}' cannot be called '{new}'"):
        renamed(CUT, old=old, new=new)


def test_merged__two_services__have_all_units_under_the_second_name():
    assert sizes(merged(COUPLING, CUT, service="user", into="stock")) == {"stock": 8, "order": 4}


@pytest.mark.parametrize(
    ("service", "into"),
    [("gone", "order"), ("order", "gone"), ("order", "order")],
    ids=["no such service", "into none", "into itself"],
)
def test_merged__what_cannot_be__is_refused(service, into):
    with pytest.raises(ValueError, match=f"'{service}' cannot be taken into '{into}'"):
        merged(COUPLING, CUT, service=service, into=into)
