"""Comments that ask for a waiver: the lines, and which of them a change brings."""

import contextlib

import pytest
from builders import repository

from assessor.collect.change import change
from assessor.collect.marks import Mark, marked, marks
from assessor.collect.repository import open_source

LONG = "".join(f"line {number}\n" for number in range(40))
ASK = "# assessor:ignore CTR-02 until=2027-03-31 reason=planned"


@contextlib.contextmanager
def _opened(folder, *commits, since=None, rev="HEAD", worktree=False):
    """The source, and the change that its revision is."""
    if commits:
        repository(folder, commits)
    with open_source(folder, rev=rev, worktree=worktree) as source:
        yield source, change(source, folder, since=since)


def _marks(folder, *commits, **how):
    """Path and line of the marks that the base has, and of those that the change brings."""
    with _opened(folder, *commits, **how) as (source, found):
        return tuple([(each.path, each.line) for each in side] for side in marks(source, found))


# The base


def test_marks__in_a_file_that_is_not_edited__are_inherited(tmp_path):
    files = {"a.py": f"x = 1\n{ASK}\n"}
    assert _marks(tmp_path, {"files": files}, {"files": {"b.py": ""}}) == ([("a.py", 2)], [])


def test_marks__the_line_with_its_text__is_told(tmp_path):
    with _opened(tmp_path, {"files": {"a.py": f"x = 1  {ASK}\r\n"}}) as (source, found):
        assert marks(source, found)[1] == (Mark("a.py", 1, f"x = 1  {ASK}\r"),)


def test_marks__moved_down_in_an_edited_file__are_inherited(tmp_path):
    old, new = {"a.py": f"{ASK}\n"}, {"a.py": f"x = 1\n  {ASK}\n"}
    assert _marks(tmp_path, {"files": old}, {"files": new}) == ([("a.py", 2)], [])


def test_marks__written_by_the_change__are_brought(tmp_path):
    old, new = {"a.py": "x = 1\n"}, {"a.py": f"x = 1\n{ASK}\n", "b.py": f"{ASK}\n"}
    found = _marks(tmp_path, {"files": old}, {"files": new})
    assert found == ([], [("a.py", 2), ("b.py", 1)])


@pytest.mark.parametrize(
    ("old", "new"), [("2027-03-31", "2027-12-31"), ("CTR-02", "CTR-03"), ("planned", "planned x")]
)
def test_marks__changed_in_their_words__are_brought(tmp_path, old, new):
    before_, after = {"a.py": f"{ASK}\n"}, {"a.py": f"{ASK.replace(old, new)}\n"}
    assert _marks(tmp_path, {"files": before_}, {"files": after}) == ([], [("a.py", 1)])


def test_marks__one_more_alike__is_brought(tmp_path):
    old, new = {"a.py": f"{ASK}\n"}, {"a.py": f"{ASK}\nx = 1\n{ASK}\n"}
    assert _marks(tmp_path, {"files": old}, {"files": new}) == ([("a.py", 1)], [("a.py", 3)])


def test_marks__of_another_file__are_brought(tmp_path):
    old, new = {"a.py": f"{ASK}\nx = 1\n"}, {"a.py": "x = 1\n", "b.py": f"y = 2\n{ASK}\n"}
    assert _marks(tmp_path, {"files": old}, {"files": new}) == ([], [("b.py", 2)])


def test_marks__in_a_renamed_file__are_inherited_but_for_the_new_ones(tmp_path):
    more = ASK.replace("CTR-02", "CTR-03")
    old = {"a.py": f"{ASK}\n{LONG}"}
    new = {"a.py": None, "b.py": f"{ASK}\n{LONG}{more}\n"}
    found = _marks(tmp_path, {"files": old}, {"files": new})
    assert found == ([("b.py", 1)], [("b.py", 42)])


def test_marks__without_a_base__are_brought(tmp_path):
    assert _marks(tmp_path, {"files": {"a.py": f"{ASK}\n"}}) == ([], [("a.py", 1)])


def test_marks__none__are_none(tmp_path):
    files = {"a.py": "assessor ignore CTR-02\n", "b": b"\0assessor:ignore CTR-02\n"}
    assert _marks(tmp_path, {"files": {"c": ""}}, {"files": files}) == ([], [])


@pytest.mark.parametrize(
    "path", ["with blank.py", "中文.py", "a:1:b.py", "tab\there.py", "-e.py", "line\nbreak.py"]
)
def test_marks__odd_path__is_named_as_it_is(tmp_path, path):
    found = _marks(tmp_path, {"files": {"c": ""}}, {"files": {path: f"{ASK}\n"}})
    assert found == ([], [(path, 1)])


def test_marks__path_that_ends_like_another__is_not_taken_for_it(tmp_path):
    old, new = {"b.py": "x = 1\n"}, {"a\nb.py": f"{ASK}\n"}
    there, _ = _marks(tmp_path, {"files": old}, {"files": new})
    assert there == []


def test_marks__path_that_is_no_utf8__is_named_as_it_is(tmp_path):
    path = b"\xe9.py".decode("utf-8", "surrogateescape")
    found = _marks(tmp_path, {"files": {"c": ""}}, {"files": {path: f"{ASK}\n"}})
    assert found == ([], [(path, 1)])


def test_marks__a_long_line__is_cut(tmp_path):
    with _opened(tmp_path, {"files": {"a.py": f"{ASK} {'x' * 5000}\n"}}) as (source, found):
        assert len(marks(source, found)[1][0].text) == 1000


# What is not committed yet


def test_marked__the_lines_of_those_files__as_they_stand(tmp_path):
    repository(tmp_path, [{"files": {"a.py": "x = 1\n", "b.py": f"{ASK}\n"}}])
    (tmp_path / "a.py").write_text(f"x = 1\n{ASK}\n", "utf-8")
    with open_source(tmp_path, worktree=True) as source:
        assert marked(source, {"a.py"}) == (Mark("a.py", 2, ASK),)


def test_marked__a_page_feed__is_no_new_line(tmp_path):
    repository(tmp_path, [{"files": {"a.py": f"\f\nx = 1\n{ASK}\n"}}])
    with open_source(tmp_path, worktree=True) as source:
        assert [each.line for each in marked(source, {"a.py"})] == [3]


def test_marks__moved_to_another_line_of_its_file__is_brought(tmp_path):
    old, new = f"{ASK}\nx = 1\ny = 2\n", f"x = 1\ny = 2\n{ASK}\nz = 3\n"
    found = _marks(tmp_path, {"files": {"a.py": old}}, {"files": {"a.py": new}})
    assert found == ([], [("a.py", 3)])


def test_marks__the_line_below_it_was_edited__is_inherited(tmp_path):
    old, new = f"{ASK}\nx = 1\n", f"{ASK}\nx = 2\n"
    found = _marks(tmp_path, {"files": {"a.py": old}}, {"files": {"a.py": new}})
    assert found == ([("a.py", 1)], [])
