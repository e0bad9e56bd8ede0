import pytest
from histories import history

from assessor.graph.ownership import owned, ownership


def test_ownership__two_authors__the_one_with_more_revisions_owns():
    past = history(["a"], ["a"], ["a"], columns={"author": ["x", "y", "y"]})
    (a,) = ownership(past)
    assert (a.path, a.owner, a.revisions, a.authors) == ("a", "y", 3, 2)
    assert (a.share, a.fragmentation) == (pytest.approx(2 / 3), pytest.approx(4 / 9))


def test_owned__as_many_revisions_each__the_first_name_owns():
    assert owned("a", by_author={"y": 2, "x": 2}).owner == "x"


def test_ownership__bots_and_mass_commits__own_nothing():
    mass = ["a", *(f"x{n}" for n in range(30))]
    past = history(
        ["a"], mass, ["a"], columns={"author": ["b", "m", "p"], "bot": [True, False, False]}
    )
    assert [(o.path, o.owner) for o in ownership(past)] == [("a", "p")]


def test_ownership__a_renamed_file__keeps_its_authors():
    past = history([("R", "a", "b")], ["a"], columns={"author": ["x", "y"]})
    assert [(o.path, o.authors) for o in ownership(past)] == [("b", 2)]


def test_ownership__some_paths_wanted__tells_of_these_only():
    assert [o.path for o in ownership(history(["a", "b"]), include={"b", "c"})] == ["b"]
