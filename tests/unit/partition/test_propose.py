import csv
from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_rand_score

from assessor.graph.fuse import couple_edges
from assessor.model.coupling import Coupling
from assessor.partition.propose import propose

DATA = Path(__file__).parents[2] / "data" / "decomposition"


def read(name: str, what: str) -> list[list[str]]:
    with (DATA / f"{name}.{what}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def coupled(name: str) -> Coupling:
    return couple_edges([(a, b, float(weight)) for a, b, weight in read(name, "edges")])


@pytest.mark.parametrize(
    ("name", "services", "at_least"),
    [
        ("acmeair", None, 0.95),
        ("acmeair", 4, 0.95),
        ("petclinic", None, 0.95),
        ("petclinic", 3, 0.95),
        ("cargotracker", None, 0.85),
        ("cargotracker", 4, 0.85),
    ],
)
def test_propose__system_with_a_known_cut__near_it(name, services, at_least):
    home = propose(coupled(name), services=services).home
    truth = dict(read(name, "truth"))
    nodes = sorted(truth)
    score = adjusted_rand_score([truth[n] for n in nodes], [home[n] for n in nodes])
    assert score >= at_least


def test_propose__acmeair__named_by_the_domain():
    names = {service.name for service in propose(coupled("acmeair")).services}
    assert names == {"customer", "flight", "booking", "auth"}


@pytest.mark.parametrize("services", [1, 2, 5, 12, 30])
def test_propose__number_given__exactly_so_many(services):
    found = propose(coupled("acmeair"), services=services)
    assert len(set(found.home.values())) == services == found.quality.services


def test_propose__more_services_than_units__one_a_unit():
    assert propose(couple_edges([("a.A", "a.B", 1.0)]), services=9).quality.singletons == 2


def test_propose__no_services__refused():
    with pytest.raises(ValueError, match="at least 1"):
        propose(coupled("acmeair"), services=0)


def test_propose__no_units__empty_and_unsound():
    found = propose(couple_edges([]))
    assert (found.services, found.sound, found.reason) == ((), False, "empty")


def test_propose__everything_tied_to_everything__lopsided():
    nodes = [f"a.{letter}" for letter in "ABCDEF"]
    found = propose(couple_edges([(a, b, 1.0) for a in nodes for b in nodes if a != b]))
    assert (found.sound, found.reason) == (False, "lopsided")


def test_propose__unlinked_unit_in_a_folder__placed_there():
    orders = [f"shop/order/Order{part}.java" for part in ("", "Line", "Total", "Mail")]
    items = [f"shop/item/Item{part}.java" for part in ("", "Price", "Stock", "Photo")]
    links = [(a, b, 3.0) for group in (orders, items) for a in group for b in group if a != b]
    stray = "shop/item/x9.java"
    found = propose(couple_edges([*links, (stray, stray, 0.0)]))
    assert found.home[stray] == found.home[items[0]] != found.home[orders[0]]


@pytest.mark.parametrize("name", ["acmeair", "petclinic", "cargotracker"])
def test_propose__system_with_a_known_cut__shares_nothing_that_has_a_service(name):
    shared = {unit.unit for unit in propose(coupled(name)).shared}
    assert not shared & {node for node, _ in read(name, "truth")}


def test_propose__petclinic__its_base_class_is_a_library():
    shared = {
        unit.unit.rpartition(".")[2]: unit.advice for unit in propose(coupled("petclinic")).shared
    }
    assert shared["BaseEntity"] == "library"


def test_propose__number_chosen__the_same_as_given():
    chosen = propose(coupled("petclinic"))
    assert propose(coupled("petclinic"), services=chosen.quality.services).home == chosen.home


def test_propose__root_above_all__apart_from_the_services():
    units = [f"shop/{part}/{part}{n}.java" for part in ("order", "stock") for n in range(4)]
    links = [(a, b, 3.0) for a in units for b in units if a != b and a[:8] == b[:8]]
    main = "shop/Main.java"
    coupling = couple_edges([*links, *((main, unit, 1.0) for unit in units)])
    found = propose(replace(coupling, roots=frozenset({main})))
    assert [(unit.unit, unit.advice) for unit in found.shared] == [(main, "assembly")]
    assert [len(service.units) for service in found.services] == [4, 4]


def test_propose__shared_units__apart_from_services_but_with_a_home():
    found = propose(coupled("acmeair"))
    apart = {unit.unit for unit in found.shared}
    inside = {unit for service in found.services for unit in service.units}
    assert apart
    assert not apart & inside
    assert apart | inside == set(found.home)
