from math import inf

import numpy as np
import pytest
from scipy.sparse import csr_array

from assessor.partition.flow import Flow, flow
from assessor.partition.merging import cut, cut_for, natural_cut, smallest_size, tree


def blocks(sizes: list[int], ties: dict[tuple[int, int], float]) -> tuple[Flow, list[int]]:
    """Groups of these sizes, each node tied to all others by 1 inside and ties[a, b] across."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    table = np.eye(len(sizes))
    for (a, b), tie in ties.items():
        table[a, b] = table[b, a] = tie
    weights = table[group][:, group]
    np.fill_diagonal(weights, 0.0)
    return flow(csr_array(weights)), group.tolist()


def test_tree__two_pairs_of_groups__pairs_first_then_all():
    walk, groups = blocks([4, 4, 4, 4], {(0, 1): 0.5, (2, 3): 0.4, (0, 2): 0.01})
    found = tree(walk, groups=groups)
    assert [(m.a, m.b, m.into) for m in found.merges] == [(0, 1, 4), (2, 3, 5), (4, 5, 6)]
    assert found.absorbed == 0


def test_natural_cut__two_pairs_of_groups__two_services():
    walk, groups = blocks([4, 4, 4, 4], {(0, 1): 0.5, (2, 3): 0.4, (0, 2): 0.01})
    found = tree(walk, groups=groups)
    assert natural_cut(found) == 2
    assert cut(found, merges=2) == [0] * 8 + [1] * 8


def test_natural_cut__all_groups_tied_alike__none_merged():
    ties = {(a, b): 0.1 for a in range(4) for b in range(a)}
    walk, groups = blocks([4, 4, 4, 4], ties)
    found = tree(walk, groups=groups)
    assert found.notable[0] == pytest.approx(1.0)
    assert natural_cut(found) == 0


def test_tree__small_group__absorbed_first_by_the_most_tied():
    walk, groups = blocks([5, 5, 1], {(0, 1): 0.1, (1, 2): 0.6, (0, 2): 0.5})
    found = tree(walk, groups=groups)
    assert (found.merges[0].a, found.merges[0].b) == (1, 2)
    assert found.absorbed == 1
    assert found.notable[0] == inf


def test_tree__groups_without_ties__smallest_two_merge_last():
    walk, groups = blocks([6, 3, 4], {})
    found = tree(walk, groups=groups)
    assert [(m.a, m.b, m.gain) for m in found.merges] == [(1, 2, 0.0), (0, 3, 0.0)]
    assert natural_cut(found) == 0


@pytest.mark.parametrize("services", [1, 2, 3, 4])
def test_cut_for__number__exactly_so_many(services):
    walk, groups = blocks([4, 4, 4, 4], {(0, 1): 0.5, (2, 3): 0.4})
    found = tree(walk, groups=groups)
    assert len(set(cut(found, merges=cut_for(found, services=services)))) == services


def test_cut_for__more_than_there_are__the_finest():
    walk, groups = blocks([4, 4], {(0, 1): 0.5})
    assert cut_for(tree(walk, groups=groups), services=9) == 0


def test_tree__no_node__no_merge():
    assert tree(flow(csr_array((0, 0))), groups=[]).merges == ()


@pytest.mark.parametrize(("nodes", "size"), [(9, 3.0), (100, 3.0), (10_000, 30.0)])
def test_smallest_size__nodes__grows_with_the_root(nodes, size):
    assert smallest_size(nodes) == size


def test_natural_cut__merge_that_would_hold_over_half__not_made():
    walk, groups = blocks([4, 4, 3, 3], {(0, 1): 0.5, (2, 3): 0.01, (0, 2): 0.01})
    found = tree(walk, groups=groups)
    assert found.notable[0] > 2
    assert natural_cut(found) == 0


def test_natural_cut__one_group_holds_over_half_already__the_others_may_merge():
    walk, groups = blocks([9, 4, 4], {(1, 2): 0.5, (0, 1): 0.01})
    assert natural_cut(tree(walk, groups=groups), notable=1.5) == 1
