from dataclasses import replace

import pytest
from unit.partition.cuts import COUPLING, CUT, inside, sizes, unit
from unit.partition.test_propose import coupled

from assessor.partition.moving import APART, moved, renamed
from assessor.partition.propose import propose
from assessor.partition.recutting import most, recut

SYSTEMS = ["acmeair", "petclinic", "cargotracker"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_recut__number_that_it_has__is_the_same_cut(name):
    cut = propose(coupled(name))
    assert recut(coupled(name), cut, services=cut.quality.services) == cut


@pytest.mark.parametrize("name", SYSTEMS)
def test_recut__number_that_was_asked_for__is_the_same_cut(name):
    cut = propose(coupled(name), services=5)
    assert recut(coupled(name), cut, services=5) == cut


@pytest.mark.parametrize("services", [1, 2, 3, 4])
def test_recut__any_number__gives_so_many(services):
    cut = propose(coupled("acmeair"))
    assert len(recut(coupled("acmeair"), cut, services=services).services) == services


def test_recut__coarser_and_back__is_the_same_assignment():
    cut = propose(coupled("cargotracker"))
    coarse = recut(coupled("cargotracker"), cut, services=2)
    back = recut(coupled("cargotracker"), coarse, services=cut.quality.services)
    assert {s.units for s in back.services} == {s.units for s in cut.services}


def test_recut__shared_units__stay_shared():
    cut = propose(coupled("petclinic"))
    assert recut(coupled("petclinic"), cut, services=2).shared == cut.shared


def test_recut__service_that_is_as_it_was__keeps_the_name_that_people_gave_it():
    cut = renamed(CUT, old="user", new="people")
    assert inside(recut(COUPLING, cut, services=2))["user0"] == "people"


def test_recut__two_services_become_one__it_is_called_by_its_words():
    assert sizes(recut(COUPLING, CUT, services=2)) == {"order": 8, "user": 4}


def test_recut__name_of_a_new_service_is_taken__gets_a_number():
    cut = renamed(CUT, old="user", new="order-1")
    taken = renamed(renamed(cut, old="order", new="x"), old="order-1", new="order")
    assert sizes(recut(COUPLING, taken, services=2)) == {"order-2": 8, "order": 4}


def test_recut__units_that_people_moved__go_back_to_where_the_dendrogram_has_them():
    cut = moved(COUPLING, CUT, moves={unit("user3"): "stock"})
    assert recut(COUPLING, cut, services=3).home == CUT.home


def test_recut__unit_that_people_took_out__stays_out():
    cut = moved(COUPLING, CUT, moves={unit("user3"): APART})
    assert "user3" not in inside(recut(COUPLING, cut, services=3))


def test_recut__all_units_of_a_service_taken_out__it_is_gone():
    cut = moved(COUPLING, CUT, moves={unit(f"user{n}"): APART for n in range(4)})
    assert sizes(recut(COUPLING, cut, services=3)) == {"order": 4, "stock": 4}


def test_most__number_of_finest_groups__is_what_it_gives():
    assert most(CUT) == 3


def test_most__cut_without_a_dendrogram__is_none():
    assert most(replace(CUT, groups={}, dendrogram=())) == 0


@pytest.mark.parametrize("services", [0, 4])
def test_recut__number_out_of_reach__is_refused(services):
    with pytest.raises(ValueError, match=f"the dendrogram gives 1 to 3 services, not {services}"):
        recut(COUPLING, CUT, services=services)
