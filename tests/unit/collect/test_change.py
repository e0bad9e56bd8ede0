"""A change of a real repository: its base, what it renames and edits."""

import contextlib

import pytest
from builders import git, repository

from assessor.collect.change import (
    Change,
    at,
    before,
    change,
    copied,
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


def test_at__a_link__is_no_file(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}])
    (tmp_path / "l").symlink_to("a")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "link")
    with open_source(tmp_path) as source:
        assert at(source, source.revision, "l") is None
        assert at(source, source.revision, "a") == b"1"


def test_copied__more_files_than_rules_ever_have__is_refused(tmp_path):
    repository(tmp_path, [{"files": {f"r/{number}": "x" for number in range(501)}}])
    with open_source(tmp_path) as source, pytest.raises(UsageError, match="more than 500 files"):
        copied(source, source.revision, "r", target=tmp_path / "out")


@pytest.mark.parametrize("folder", ["nope", "rules/a.yaml", "rule"])
def test_copied__no_such_folder__is_told(tmp_path, folder):
    target = tmp_path / "target"
    with _opened(tmp_path / "shop", {"files": {"rules/a.yaml": "1"}}) as (source, _):
        assert copied(source, source.revision, folder, target=target) is False
    assert not target.exists()


# Who asks for a waiver


def _uncommitted(folder):
    with open_source(folder, worktree=True) as source:
        found = uncommitted(source)
        return sorted(found.changed), sorted(found.gone), found.renames, sorted(found.untracked)


def _added(folder):
    """Tells git of all files, as before a commit."""
    git(folder, "add", "--all")


def test_uncommitted__nothing__is_none(tmp_path):
    repository(tmp_path, [{"files": {"a": "1", "b/c": "2"}}])
    assert _uncommitted(tmp_path) == ([], [], {}, [])


def test_uncommitted__added_changed_and_deleted__are_told(tmp_path):
    repository(tmp_path, [{"files": {"same": "1", "changed": "2", "deleted": "3"}}])
    (tmp_path / "changed").write_text("9", "utf-8")
    (tmp_path / "added").write_text("8", "utf-8")
    (tmp_path / "deleted").unlink()
    _added(tmp_path)
    assert _uncommitted(tmp_path) == (["added", "changed"], ["changed", "deleted"], {}, [])


def test_uncommitted__moved_as_it_is__is_renamed(tmp_path):
    repository(tmp_path, [{"files": {"a": LONG, "b": "1"}}])
    (tmp_path / "a").rename(tmp_path / "c")
    _added(tmp_path)
    assert _uncommitted(tmp_path) == (["c"], ["a"], {"a": "c"}, [])


def test_uncommitted__not_tracked__is_left_out(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}])
    _added(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "Dockerfile").write_text("FROM x\n", "utf-8")
    assert _uncommitted(tmp_path) == ([], [], {}, ["built/Dockerfile"])


def test_uncommitted__index_that_cannot_be_read__every_file_counts(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}])
    (tmp_path / ".git" / "index").write_bytes(b"DIRC no index")
    (tmp_path / "b").write_text("2", "utf-8")
    assert _uncommitted(tmp_path) == (["b"], [], {}, [])


def test_uncommitted__other_line_endings__are_no_change(tmp_path):
    repository(tmp_path, [{"files": {"run.bat": "a\nb\n", "c": "1\n"}}])
    (tmp_path / "run.bat").write_bytes(b"a\r\nb\r\n")
    (tmp_path / "c").write_bytes(b"2\r\n")
    assert _uncommitted(tmp_path) == (["c"], ["c"], {}, [])
