"""Single lines of the files of a source."""

import pytest
from builders import repository

from assessor.collect.inventory import inventory
from assessor.collect.lines import lines
from assessor.collect.repository import open_source
from assessor.model.basis import Location


def _lines(folder, files, *places, worktree=False):
    repository(folder, [{"files": files}])
    with open_source(folder, worktree=worktree) as source:
        found = lines(source, places, files=inventory(source)[0])
    return {str(place): text for place, text in found.items()}


@pytest.mark.parametrize("worktree", [False, True])
def test_lines__places__give_what_stands_there(tmp_path, worktree):
    files = {"a.py": "x = 1\n\ty = 2 \n", "b/c.py": "z", "d.py": "w"}
    places = (Location("a.py", 2), Location("b/c.py", 1), Location("a.py", 1))
    found = _lines(tmp_path, files, *places, worktree=worktree)
    assert found == {"a.py:1": "x = 1", "a.py:2": "\ty = 2 ", "b/c.py:1": "z"}


@pytest.mark.parametrize(
    "place", [Location("a.py"), Location("a.py", 3), Location("a.py", -1), Location("b.py", 1)]
)
def test_lines__no_such_line__is_left_out(tmp_path, place):
    assert _lines(tmp_path, {"a.py": "x = 1\ny = 2\n"}, place) == {}


def test_lines__none_wanted__are_none(tmp_path):
    assert _lines(tmp_path, {"a.py": "x = 1\n"}) == {}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines__either_ending__is_no_part_of_the_line(tmp_path, ending):
    content = ending.join(("x = 1", "y = 2", ""))
    assert _lines(tmp_path, {"a.py": content}, Location("a.py", 2)) == {"a.py:2": "y = 2"}


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x85", "\u2028"])
def test_lines__what_only_looks_like_an_ending__does_not_end_a_line(tmp_path, mark):
    content = f"x = 1{mark}\ny = 2\n"
    assert _lines(tmp_path, {"a.py": content}, Location("a.py", 2)) == {"a.py:2": "y = 2"}


def test_lines__bytes_that_are_no_utf8__are_replaced(tmp_path):
    found = _lines(tmp_path, {"a.py": b"# caf\xe9\n"}, Location("a.py", 1))
    assert found == {"a.py:1": "# caf\ufffd"}
