from itertools import pairwise

import pytest

from assessor.graph.fuse import couple_edges
from assessor.model.coupling import Coupling
from assessor.partition.naming import names

NODES = ("x.order.OrderApi", "x.order.OrderLine", "x.catalog.Product", "x.catalog.ProductApi")


def coupled(nodes: tuple[str, ...]) -> Coupling:
    return couple_edges([(a, b, 1.0) for a, b in pairwise(nodes)])


def test_names__words_of_one_service_only__taken():
    coupling = coupled(NODES)
    services = [0 if "catalog" in unit else 1 for unit in coupling.units]
    assert names(coupling, services=services) == ["catalog", "order"]


def test_names__no_words_left__numbered_and_unique():
    coupling = coupled(("x.A", "x.B", "x.C"))
    assert names(coupling, services=[0, 1, 2]) == ["service-1", "service-2", "service-3"]


def test_names__same_words_in_two_services__unique():
    coupling = coupled(("a.Order", "b.OrderApi", "c.Stock", "d.StockApi"))
    found = names(coupling, services=[0, 1, 2, 2])
    assert sorted(found) == ["order", "service-2", "stock"]


def test_names__no_units__none():
    assert names(couple_edges([]), services=[]) == []


def named(groups: list[list[str]]) -> list[str]:
    of = {unit: number for number, units in enumerate(groups) for unit in units}
    coupling = coupled(tuple(of))
    return names(coupling, services=[of[unit] for unit in coupling.units])


def test_names__product_called_by_two_words__neither_taken():
    auth = ["acmeair.a.AcmeAirToken", "acmeair.a.AcmeAirAuth", "acmeair.a.AcmeAirAuthLogin"]
    assert named([auth, ["acmeair.b.Flight", "acmeair.b.Flights"]]) == ["auth", "flight"]


@pytest.mark.parametrize("word", ["And", "Not", "Invalid", "Shared", "Named"])
def test_names__joining_or_describing_word__not_taken(word):
    units = [f"x.a.{word}", f"x.b.{word}Rule", f"x.c.{word}Rule"]
    assert named([units, ["x.Order", "x.OrderLog"]]) == ["rule", "order"]


def test_names__units_that_were_placed_afterwards__have_no_say():
    coupling = coupled(("m.order.Order", "m.order.Zebra", "m.order.ZebraAuto", "n.cart.Cart"))
    services = [0, 0, 0, 1]
    assert names(coupling, services=services, rows=[0, 3]) == ["order", "cart"]
