"""A history that is partly remembered is the one that git tells anew, bit by bit."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from builders import Commit, git, repository
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.collect import changes, memory
from assessor.collect.cache import open_cache
from assessor.collect.history import mine
from assessor.collect.repository import open_source
from assessor.model.history import History

TEXT = "".join(f"line {n}\n" for n in range(9))
NAMES = ("a.py", "b/ü.py", "c.txt", "d")


def mined(root: Path, folder: Path | None, *, rev: str = "HEAD", since: int | None = None):
    with open_source(root, rev=rev) as source, open_cache(folder) as opened:
        return mine(source, since=since, cache=opened)


def same(one, other) -> None:
    """Raises AssertionError where two results differ in anything."""
    (a, of_a), (b, of_b) = one, other
    assert of_a == of_b
    assert isinstance(a, History)
    for table in ("commits", "changes", "branches"):
        pd.testing.assert_frame_equal(getattr(a, table), getattr(b, table), check_exact=True)
    rest = [(h.tags, h.shallow, h.partial, h.merges_observable) for h in (a, b)]
    assert rest[0] == rest[1]


def steps(count: int) -> list[Commit]:
    return [{"files": {"a.py": f"{TEXT}{n}"}, "message": f"fix: #{n}"} for n in range(count)]


def test_mine__the_same_tip_again__asks_git_for_no_change(tmp_path, monkeypatch):
    repository(tmp_path / "r", steps(3))
    cold = mined(tmp_path / "r", tmp_path / "c")
    monkeypatch.setattr(changes, "_run", None)
    same(mined(tmp_path / "r", tmp_path / "c"), cold)


def test_mine__a_commit_more__asks_git_for_that_alone(tmp_path, monkeypatch):
    repository(tmp_path / "r", steps(3))
    mined(tmp_path / "r", tmp_path / "c", rev="HEAD~1")
    asked: list[list[str]] = []
    run = changes._run

    def noting(folder, ids, **more):
        asked.append(list(ids))
        return run(folder, ids, **more)

    monkeypatch.setattr(changes, "_run", noting)
    warm = mined(tmp_path / "r", tmp_path / "c")
    assert asked == [[git(tmp_path / "r", "rev-parse", "HEAD")]]
    same(warm, mined(tmp_path / "r", None))


def test_mine__an_older_tip__knows_it_all(tmp_path):
    repository(tmp_path / "r", steps(4))
    mined(tmp_path / "r", tmp_path / "c")
    same(
        mined(tmp_path / "r", tmp_path / "c", rev="HEAD~2"),
        mined(tmp_path / "r", None, rev="HEAD~2"),
    )


def test_mine__commits_known_by_their_message_only__get_their_changes_later(tmp_path):
    repository(tmp_path / "r", steps(4))
    mined(tmp_path / "r", tmp_path / "c", since=1 << 40)
    same(mined(tmp_path / "r", tmp_path / "c"), mined(tmp_path / "r", None))


def test_mine__more_recent_commits_than_the_lesser_value_holds__are_all_known(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(memory, "RECENT", 2)
    repository(tmp_path / "r", steps(6))
    for back in (5, 4, 2, 1, 0, 0):
        rev = f"HEAD~{back}"
        same(mined(tmp_path / "r", tmp_path / "c", rev=rev), mined(tmp_path / "r", None, rev=rev))


def test_mine__a_blob_that_is_missing__is_asked_for_again(tmp_path):
    moved = {"b/ü.py": TEXT + "more", "a.py": None}
    repository(tmp_path / "r", [{"files": {"a.py": TEXT}}, {"files": moved}])
    lost = git(tmp_path / "r", "rev-parse", "HEAD~1:a.py")
    (tmp_path / "r/.git/objects" / lost[:2] / lost[2:]).unlink()
    cold = mined(tmp_path / "r", tmp_path / "c")
    assert len(cold[0].partial) == 1
    same(mined(tmp_path / "r", tmp_path / "c"), cold)


def test_mine__names_addresses_and_messages__are_not_kept(tmp_path):
    repository(tmp_path / "r", [{"files": {"x": "1"}, "message": "secret word"}])
    with open_source(tmp_path / "r") as source, open_cache(tmp_path / "c") as opened:
        history, _ = mine(source, cache=opened)
        values = b"".join(opened.store.pending.values())
    assert b'"x"' in values
    assert history.commits["subject"].to_list() == ["secret word"]
    assert not any(word in values for word in (b"secret", b"Ann", b"example.org"))


@st.composite
def histories(draw):
    """Commits on two branches, with merges, renames and deletions."""
    made: list[Commit] = [{"files": {"a.py": TEXT}}]
    branches = {"main"}
    for number in range(draw(st.integers(2, 8))):
        branch = draw(st.sampled_from(["main", "side"]))
        name, other = draw(st.permutations(NAMES))[:2]
        text = f"{TEXT}{draw(st.integers(0, 3))}"
        step: Commit = {
            "branch": branch,
            "files": {name: text, other: draw(st.sampled_from([None, text]))},
            "message": draw(st.sampled_from(["x", "fix: y", "Revert z", "gh-1", "(#3)"])),
            "date": 1_700_000_000 + draw(st.integers(0, 5)) * 86_400,
        }
        merged = [b for b in sorted(branches) if b != branch and branch in branches]
        if draw(st.booleans()) and merged:
            step["merge"] = merged
        if draw(st.integers(0, 4)) == 0:
            step["tags"] = [f"v1.{number}"]
        branches.add(branch)
        made.append(step)
    return [*made, {"files": {"end": "1"}, "branch": "main"}]


@pytest.mark.slow
@settings(max_examples=12)
@given(histories(), st.integers(1, 4))
def test_mine__any_history_by_any_steps__is_as_without_a_cache(made, back):
    with TemporaryDirectory() as folder:
        root, kept = Path(folder, "r"), Path(folder, "c")
        repository(root, made)
        ids = git(root, "rev-list", "--all").split()
        for rev in (*ids[back::2], *ids[::back], "main"):
            same(mined(root, kept, rev=rev), mined(root, None, rev=rev))
