"""A change of a real repository: its base, what it renames and edits, who asks for a waiver."""

import contextlib

import pytest
from builders import git, repository

from assessor.collect.change import (
    Change,
    Mark,
    at,
    before,
    change,
    copied,
    marked,
    marks,
    renamed,
    uncommitted,
)
from assessor.collect.repository import entries, open_source
from assessor.errors import UsageError

LONG = "".join(f"line {number}\n" for number in range(40))
ASK = "# assessor:ignore CTR-02 until=2027-03-31 reason=planned"


@contextlib.contextmanager
def _opened(folder, *commits, since=None, rev="HEAD", worktree=False):
    """The source, and the change that its revision is."""
    if commits:
        repository(folder, commits)
    with open_source(folder, rev=rev, worktree=worktree) as source:
        yield source, change(source, folder, since=since)


def _change(folder, *commits, **how):
    with _opened(folder, *commits, **how) as (_, found):
        return found


def _marks(folder, *commits, **how):
    """Path and line of the marks that the base has, and of those that the change brings."""
    with _opened(folder, *commits, **how) as (source, found):
        return tuple([(each.path, each.line) for each in side] for side in marks(source, found))


# The base


def test_change__last_commit__starts_from_its_first_parent(tmp_path):
    found = _change(
        tmp_path,
        {"files": {"a": "1"}, "date": 1_700_000_000},
        {"files": {"b": "1"}, "branch": "topic", "date": 1_700_100_000},
        {"files": {"c": "1"}, "date": 1_700_200_000, "branch": "main"},
        {"files": {"b": "1"}, "merge": ["topic"], "branch": "main"},
    )
    assert found.base == git(tmp_path, "rev-parse", "main^1")
    assert (found.time, found.edited) == (1_700_200_000, ("b",))


def test_change__first_commit__has_no_base(tmp_path):
    assert _change(tmp_path, {"files": {"a": "1"}}) == Change("", 0, {}, ())


def test_change__since_a_branch__starts_where_the_two_parted(tmp_path):
    repository(
        tmp_path,
        [
            {"files": {"a": "1"}, "tags": ["parted"]},
            {"files": {"b": "1"}, "branch": "topic"},
            {"files": {"c": "1"}, "branch": "topic"},
            {"files": {"d": "1"}, "branch": "main"},
        ],
    )
    found = _change(tmp_path, rev="topic", since="main")
    assert found.base == git(tmp_path, "rev-parse", "parted^{commit}")
    assert found.edited == ("b", "c")


def test_change__since_what_has_it_already__is_the_last_commit(tmp_path):
    found = _change(tmp_path, {"files": {"a": "1"}}, {"files": {"b": "1"}}, since="main")
    assert (found.base, found.edited) == (git(tmp_path, "rev-parse", "main~1"), ("b",))


def test_change__since_what_has_nothing_in_common__starts_from_that(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}])
    git(tmp_path, "checkout", "--quiet", "--orphan", "other")
    git(tmp_path, "commit", "--quiet", "--message", "apart")
    assert _change(tmp_path, rev="other", since="main").base == git(tmp_path, "rev-parse", "main")


@pytest.mark.parametrize("since", ["nope", "0" * 40, "--all", "HEAD:a"])
def test_change__since_what_does_not_exist__is_wrong_use(tmp_path, since):
    with pytest.raises(UsageError):
        _change(tmp_path, {"files": {"a": "1"}}, since=since)


@pytest.mark.parametrize("since", [None, "nope", "HEAD~1"])
def test_change__a_history_cut_before_the_base__has_no_base(tmp_path, since):
    repository(tmp_path / "whole", [{"files": {"a": "1"}}, {"files": {"b": "1"}}])
    url = (tmp_path / "whole").as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=1", url, "cut")
    assert _change(tmp_path / "cut", since=since) == Change("", 0, {}, ())


# Renames and edits


def test_change__added_changed_deleted_and_renamed__are_edited(tmp_path):
    old = {"same": "1", "changed": "1", "deleted": "1", "old/name": LONG}
    new = {"changed": "2", "added": "x", "deleted": None, "old/name": None, "new/name": LONG}
    found = _change(tmp_path, {"files": old}, {"files": new})
    assert found.renames == {"old/name": "new/name"}
    assert found.edited == ("added", "changed", "deleted", "new/name", "old/name")


def test_change__renamed_and_edited_a_little__is_renamed(tmp_path):
    found = _change(tmp_path, {"files": {"a": LONG}}, {"files": {"a": None, "b": f"{LONG}more\n"}})
    assert found.renames == {"a": "b"}


def test_change__renamed_and_written_anew__is_not_renamed(tmp_path):
    anew = "".join(f"other {number * 7}\n" for number in range(40))
    found = _change(tmp_path, {"files": {"a": LONG}}, {"files": {"a": None, "b": anew}})
    assert (found.renames, found.edited) == ({}, ("a", "b"))


def test_change__copied__is_not_renamed(tmp_path):
    found = _change(tmp_path, {"files": {"a": LONG}}, {"files": {"b": LONG}})
    assert (found.renames, found.edited) == ({}, ("b",))


@pytest.mark.parametrize("path", ["with blank", "中文.py", "tab\there", "line\nbreak", "R100"])
def test_change__odd_path__is_named_as_it_is(tmp_path, path):
    found = _change(tmp_path, {"files": {"a": LONG}}, {"files": {"a": None, path: LONG}})
    assert found.renames == {"a": path}


def test_renamed__since_a_commit__over_all_commits_since(tmp_path):
    commits = [
        {"files": {"a": LONG}, "tags": ["known"]},
        {"files": {"a": None, "b": LONG}},
        {"files": {"b": None, "c": LONG}},
    ]
    repository(tmp_path, commits)
    with open_source(tmp_path) as source:
        assert renamed(source, git(tmp_path, "rev-parse", "known^{commit}")) == {"a": "c"}


def test_renamed__since_a_commit_that_is_not_there__is_none(tmp_path):
    repository(tmp_path, [{"files": {"a": LONG}}])
    with open_source(tmp_path) as source:
        assert renamed(source, "0" * 40) == {}


# Files of a commit


def test_before__the_base__is_a_source_of_its_own(tmp_path):
    first = {"files": {"a": "1"}, "date": 1_700_000_000}
    with _opened(tmp_path, first, {"files": {"b": "1"}}) as (source, found):
        base = before(source, found)
        assert [each.path for each in entries(base)[0]] == ["a"]
        assert (base.revision, base.time) == (found.base, 1_700_000_000)


@pytest.mark.parametrize(
    ("path", "content"),
    [("a/b", b"1\n"), ("a", None), ("nope", None), ("", None), ("../a/b", None)],
)
def test_at__a_path__is_a_file_or_none(tmp_path, path, content):
    with _opened(tmp_path, {"files": {"a/b": "1\n"}}, {"files": {"a/b": "2\n"}}) as (
        source,
        found,
    ):
        assert at(source, found.base, path) == content


def test_copied__a_folder__as_that_commit_had_it(tmp_path):
    old = {"rules/a.yaml": "1", "rules/packs/b.yaml": "2", "rules.yaml": "3", "other/c": "4"}
    new = {"rules/a.yaml": "9", "rules/new.yaml": "9"}
    target = tmp_path / "target"
    with _opened(tmp_path / "shop", {"files": old}, {"files": new}) as (source, found):
        assert copied(source, found.base, "rules", target=target)
    files = {path.relative_to(target).as_posix(): path for path in target.rglob("*.yaml")}
    assert {name: path.read_text("utf-8") for name, path in files.items()} == {
        "a.yaml": "1",
        "packs/b.yaml": "2",
    }


def test_copied__a_link__is_left_out(tmp_path):
    target = tmp_path / "target"
    files = {"rules/a.yaml": "1", "rules/link.yaml@": "/etc/hostname"}
    with _opened(tmp_path / "shop", {"files": files}) as (source, _):
        assert copied(source, source.revision, "rules", target=target)
    assert [path.name for path in target.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("folder", ["nope", "rules/a.yaml", "rule"])
def test_copied__no_such_folder__is_told(tmp_path, folder):
    target = tmp_path / "target"
    with _opened(tmp_path / "shop", {"files": {"rules/a.yaml": "1"}}) as (source, _):
        assert copied(source, source.revision, folder, target=target) is False
    assert not target.exists()


# Who asks for a waiver


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


def _uncommitted(folder):
    with open_source(folder, worktree=True) as source:
        changed, gone, renames = uncommitted(source)
        return sorted(changed), sorted(gone), renames


def test_uncommitted__nothing__is_none(tmp_path):
    repository(tmp_path, [{"files": {"a": "1", "b/c": "2"}}])
    assert _uncommitted(tmp_path) == ([], [], {})


def test_uncommitted__added_changed_and_deleted__are_told(tmp_path):
    repository(tmp_path, [{"files": {"same": "1", "changed": "2", "deleted": "3"}}])
    (tmp_path / "changed").write_text("9", "utf-8")
    (tmp_path / "added").write_text("8", "utf-8")
    (tmp_path / "deleted").unlink()
    assert _uncommitted(tmp_path) == (["added", "changed"], ["changed", "deleted"], {})


def test_uncommitted__moved_as_it_is__is_renamed(tmp_path):
    repository(tmp_path, [{"files": {"a": LONG, "b": "1"}}])
    (tmp_path / "a").rename(tmp_path / "c")
    assert _uncommitted(tmp_path) == (["c"], ["a"], {"a": "c"})


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
