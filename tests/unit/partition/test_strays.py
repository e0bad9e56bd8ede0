import numpy as np
import pytest
from scipy.sparse import csr_array

from assessor.partition.strays import adopt, folder, place


def test_adopt__stray_in_a_folder__goes_with_the_majority_there():
    names = ["src/a/x.py", "src/a/y.py", "src/a/z.py", "src/b/x.py"]
    assert adopt(names, groups=[0, 1, 0, 2], loose=[False, True, False, False]) == [0, 0, 0, 2]


def test_adopt__folder_without_settled_units__next_folder_up_decides():
    names = ["src/a/x.py", "src/new/y.py", "lib/z.py"]
    assert adopt(names, groups=[0, 1, 2], loose=[False, True, False]) == [0, 0, 2]


def test_adopt__all_loose__one_group():
    assert adopt(["a", "b"], groups=[0, 1], loose=[True, True]) == [0, 0]


def test_adopt__nobody_loose__as_it_was():
    assert adopt(["a", "b"], groups=[3, 1], loose=[False, False]) == [3, 1]


TIES = csr_array(np.array([[0, 1.0, 0, 0], [1, 0, 2, 0], [0, 2, 0, 0], [0, 0, 0, 0]]))


def test_place__tied_unit__goes_where_the_mean_tie_is_strongest():
    names = ["a/x.py", "a/y.py", "b/z.py", "b/w.py"]
    assert place(names, fused=TIES, placed={0: 0, 2: 1})[1] == 1


def test_place__untied_unit__goes_with_its_folder():
    names = ["a/x.py", "a/y.py", "b/z.py", "b/w.py"]
    assert place(names, fused=TIES, placed={0: 0, 2: 1})[3] == 1


def test_place__mean_tie__not_the_sum():
    ties = np.zeros((4, 4))
    ties[0, 1:] = ties[1:, 0] = (1.0, 1.0, 1.5)
    assert place(["d", "a", "b", "c"], fused=csr_array(ties), placed={1: 0, 2: 0, 3: 1})[0] == 1


def test_place__all_placed__as_it_was():
    assert place(["a", "b"], fused=csr_array((2, 2)), placed={0: 1, 1: 0}) == [1, 0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a/b/c.py", "a/b"), ("a.b.C", "a.b"), ("a::B", "a"), ("a\\B", "a"), ("c", "")],
)
def test_folder__of_a_path_or_dotted_name__all_but_the_last_part(name, expected):
    assert folder(name) == expected
