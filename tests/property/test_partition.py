import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.graph.fuse import couple_edges
from assessor.partition.propose import propose

NODES = [
    f"shop.{package}.{name}"
    for package in ("order", "item", "user")
    for name in ("Order", "OrderLine", "ItemApi", "Account", "Util")
]
EDGES = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from([1.0, 2.0, 7.0])),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(EDGES, st.randoms(use_true_random=False))
def test_propose__edges_in_another_order__same_partition(edges, shuffler):
    other = list(edges)
    shuffler.shuffle(other)
    assert propose(couple_edges(edges)) == propose(couple_edges(other))


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_propose__any_edges__every_unit_in_one_service_or_shared(edges):
    coupling = couple_edges(edges)
    found = propose(coupling)
    placed = [unit for service in found.services for unit in service.units]
    placed += [unit.unit for unit in found.shared]
    assert sorted(placed) == list(coupling.units) == sorted(found.home)
    assert set(found.home.values()) == {service.name for service in found.services}
    assert all(0 <= share <= 1 for share in found.confidence.values())


@settings(max_examples=40, deadline=None)
@given(EDGES, st.integers(min_value=1, max_value=20))
def test_propose__number_given__so_many_or_one_a_unit(edges, services):
    coupling = couple_edges(edges)
    found = propose(coupling, services=services)
    assert found.quality.services == min(services, len(coupling.units))


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_couple_edges__any_edges__views_symmetric_with_total_of_n(edges):
    coupling = couple_edges(edges)
    for view in coupling.views.values():
        table = view.toarray()
        assert np.allclose(table, table.T)
        assert not table.diagonal().any()
        assert not view.nnz or np.isclose(view.sum(), len(coupling.units))
