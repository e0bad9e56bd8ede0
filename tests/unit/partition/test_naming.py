from itertools import pairwise

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
