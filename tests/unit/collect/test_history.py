import contextlib

import pytest
from builders import git, repository

from assessor.collect.git import GitError
from assessor.collect.history import mine
from assessor.collect.repository import Source, open_source

DAY = 86_400


@contextlib.contextmanager
def mined(folder, **options):
    with open_source(folder) as source:
        yield mine(source, **options)


def step(message, **more):
    return {"message": message, "files": {message: message}, **more}


def paths(history):
    """Subject of each commit that has changes, with their paths."""
    subjects = history.commits["subject"].to_list()
    found = {}
    for row, path in zip(history.changes["commit"], history.changes["path"], strict=True):
        found.setdefault(subjects[row], []).append(path)
    return found


@pytest.fixture
def merged(tmp_path):
    """A trunk with one merged side branch and a release."""
    repository(
        tmp_path / "r",
        [
            step("base", date=10 * DAY, tags=["v1.0"]),
            step("side", branch="side", date=20 * DAY),
            step("main", date=21 * DAY),
            {"message": "join", "merge": ["side"], "files": {"side": "side"}, "date": 22 * DAY},
            step("last", date=30 * DAY),
        ],
    )
    return tmp_path / "r"


def test_mine__a_repository__has_documented_columns(merged):
    with mined(merged) as (history, skips):
        assert skips == ()
        assert {name: str(kind) for name, kind in history.commits.dtypes.items()} == {
            "id": "str",
            "author": "category",
            "bot": "bool",
            "time": "int64",
            "commit_time": "int64",
            "parents": "int64",
            "signed": "bool",
            "subject": "str",
            "ticket": "str",
            "reviewed": "bool",
            "issue": "bool",
            "revert": "bool",
            "conventional": "bool",
            "hotfix": "bool",
            "landed": "int64",
            "released": "int64",
        }
        assert {name: str(kind) for name, kind in history.changes.dtypes.items()} == {
            "commit": "int64",
            "path": "category",
            "old_path": "category",
            "status": "category",
            "similarity": "int64",
            "blob": "str",
        }


def test_mine__a_merge__repeats_no_change(merged):
    with mined(merged) as (history, _):
        assert paths(history) == {
            "last": ["last"],
            "side": ["side"],
            "main": ["main"],
            "base": ["base"],
        }
        assert history.branches.to_dict("list") == {"merge": [1], "days": [2.0]}
        assert (history.merges_observable, history.shallow) == (True, False)
        assert [tag.name for tag in history.tags] == ["v1.0"]


def test_mine__twice__gives_the_same(merged):
    with mined(merged) as (one, _), mined(merged) as (other, _):
        assert one.commits.equals(other.commits)
        assert one.changes.equals(other.changes)


def test_mine__a_window__renumbers_what_is_left(merged):
    with mined(merged, since=20 * DAY) as (history, _):
        subjects = history.commits["subject"].to_list()
        assert sorted(subjects) == ["join", "last", "main", "side"]
        assert sorted(paths(history)) == ["last", "main", "side"]
        assert history.branches["merge"].to_list() == [subjects.index("join")]
        landed = [subjects[row] for row in history.commits["landed"]]
        assert dict(zip(subjects, landed, strict=True))["side"] == "join"


def test_mine__a_window_after_everything__is_empty(merged):
    with mined(merged, since=99 * DAY) as (history, _):
        assert (len(history.commits), len(history.changes), len(history.branches)) == (0, 0, 0)


def test_mine__another_branch__is_not_in_it(tmp_path):
    repository(tmp_path, [step("base"), step("left aside", branch="aside")])
    with mined(tmp_path) as (history, _):
        assert history.commits["subject"].to_list() == ["base"]


def test_mine__a_shallow_clone__its_boundary_adds_nothing(merged, tmp_path):
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{merged}", "cut")
    with mined(tmp_path / "cut") as (history, _):
        assert history.shallow
        assert "base" not in paths(history)
        assert paths(history)["last"] == ["last"]


def test_mine__replace_refs_and_grafts__rewrite_nothing(tmp_path):
    repository(tmp_path, [step("one"), step("two"), step("three")])
    newest, middle, oldest = git(tmp_path, "rev-list", "main").split()
    git(tmp_path, "replace", newest, oldest)
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{middle}\n")
    with mined(tmp_path) as (history, _):
        assert history.commits["subject"].to_list() == ["three", "two", "one"]


def test_mine__a_tag_of_a_lost_object__costs_only_the_tags(tmp_path):
    repository(tmp_path, [step("one")])
    with open_source(tmp_path) as source:
        assert source.git_dir is not None
        (source.git_dir / "packed-refs").write_text(f"{'1' * 40} refs/tags/v1.0\n")
        history, skips = mine(source)
    assert (history.tags, len(history.changes)) == ((), 1)
    assert [skip.code for skip in skips] == ["tags"]


def test_mine__a_lost_folder__is_a_skip_and_the_rest_goes_on(tmp_path):
    steps = [{"files": {"x/a": "1"}}, {"files": {"x/a": "2"}}, {"files": {"y": "3"}}]
    tip = repository(tmp_path, steps)
    tree = git(tmp_path, "rev-parse", "main~1:x")
    (tmp_path / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    history, skips = mine(bare(tmp_path, tip))
    assert history.changes["path"].to_list() == ["y", "x/a"]
    assert history.partial == (history.commits["id"][1],)
    assert [(skip.code, skip.affects) for skip in skips] == [("missing-object", ("history",))]
    assert history.commits["id"][1] in skips[0].reason


def test_mine__no_git__raises(tmp_path):
    with pytest.raises(GitError, match="no git repository"):
        mine(bare(None, ""))


def bare(folder, tip):
    git_dir = None if folder is None else folder / ".git"
    return Source(
        revision=tip,
        time=0,
        mode="commit",
        git_dir=git_dir,
        root=None,
        shallow=False,
        missing_blobs=False,
    )
