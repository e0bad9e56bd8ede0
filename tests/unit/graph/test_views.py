import numpy as np
import pytest
from scipy.sparse import csr_array

from assessor.graph import views
from assessor.model.coupling import CoChange


def test_structure__hub_used_by_all__weighs_less_than_a_link_of_two():
    uses = csr_array(np.array([[0, 1, 1.0], [0, 0, 1], [0, 0, 0]]))
    view = views.structure(uses).toarray()
    assert view[0, 2] == pytest.approx(view[0, 1] / np.sqrt(2))


def test_structure__any__symmetric_with_total_of_n():
    uses = csr_array(np.array([[0, 3, 1.0], [2, 0, 0], [0, 5, 0]]))
    view = views.structure(uses).toarray()
    assert np.allclose(view, view.T)
    assert view.sum() == pytest.approx(3.0)


def test_structure__no_reference__all_zero():
    assert views.structure(csr_array((3, 3))).nnz == 0


def test_vocabulary__word_that_all_have__ties_nobody():
    counts = csr_array(np.array([[1.0, 1, 0], [1, 1, 0], [1, 0, 1]]))
    view = views.vocabulary(counts).toarray()
    assert view[0, 1] > 0
    assert view[0, 2] == 0


def test_shared_use__same_rare_target__tied_without_a_link():
    uses = csr_array(np.array([[0, 0, 1.0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    assert views.shared_use(uses).toarray()[0, 1] == pytest.approx(2.0)


def test_co_change__pair_outside_the_units__left_out():
    pairs = [
        CoChange("a", "b", shared=3, revisions_a=4, revisions_b=4, degree=0.75),
        CoChange("a", "gone", shared=3, revisions_a=4, revisions_b=4, degree=0.75),
    ]
    view = views.co_change(pairs, index={"a": 0, "b": 1}).toarray()
    assert view.tolist() == [[0, 1], [1, 0]]


def test_similarity__more_equals_than_neighbours__nearest_in_order_are_kept():
    alike = csr_array(np.ones((5, 1)))
    kept = views.similarity(alike, neighbours=1).toarray()
    assert kept[0].nonzero()[0].tolist() == [1]


def test_similarity__one_row__nothing():
    assert views.similarity(csr_array(np.ones((1, 1)))).nnz == 0
