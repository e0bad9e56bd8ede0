from assessor.partition.strays import adopt


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
