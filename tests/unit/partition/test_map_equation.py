from math import log2

import numpy as np
import pytest
from scipy.sparse import csr_array

from assessor.partition.flow import aggregate, flow
from assessor.partition.map_equation import description_length, infomap, plogp


def cliques(count: int, size: int, *, bridge: float = 0.1) -> csr_array:
    """Cliques in a ring, neighbouring ones joined by one weak link."""
    weights = np.zeros((count * size, count * size))
    for number in range(count):
        start = number * size
        weights[start : start + size, start : start + size] = 1.0
        after = (start + size) % (count * size)
        weights[start, after] = weights[after, start] = bridge
    np.fill_diagonal(weights, 0.0)
    return csr_array(weights)


def test_infomap__cliques_in_a_ring__each_a_group():
    found = infomap(flow(cliques(4, 5)), seed=1)
    assert found == [number for number in range(4) for _ in range(5)]


def test_infomap__node_without_links__alone():
    weights = csr_array(np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    assert infomap(flow(weights), seed=0) == [0, 0, 1]


def test_infomap__no_weight_at_all__everybody_alone():
    assert infomap(flow(csr_array((3, 3))), seed=0) == [0, 1, 2]


def test_infomap__longer_markov_time__not_more_groups():
    walk = flow(cliques(6, 4, bridge=1.0))
    assert len(set(infomap(walk, seed=0, time=4.0))) < len(set(infomap(walk, seed=0)))


def test_description_length__one_group__entropy_of_the_visits():
    walk = flow(cliques(2, 3))
    entropy = -sum(visit * log2(visit) for visit in walk.visits)
    assert description_length(walk, groups=[0] * 6) == pytest.approx(entropy)


def test_description_length__two_cliques__formula_by_hand():
    walk = flow(csr_array(np.array([[0, 2, 1, 0], [2, 0, 0, 0], [1, 0, 0, 2], [0, 0, 2, 0.0]])))
    leave, inside = 0.1, 0.5
    by_hand = (
        plogp(2 * leave)
        - 4 * plogp(leave)
        - sum(plogp(visit) for visit in walk.visits)
        + 2 * plogp(leave + inside)
    )
    assert description_length(walk, groups=[0, 0, 1, 1]) == pytest.approx(by_hand)


def test_aggregate__groups__keep_what_stays_inside():
    walk = flow(cliques(2, 3))
    coarse = aggregate(walk, groups=[0, 0, 0, 1, 1, 1])
    assert sum(coarse.visits) == pytest.approx(1.0)
    assert coarse.leaves[0] == pytest.approx(coarse.weights.toarray()[0, 1])
