"""Lines that commits change: counted by a real git, kept by commit."""

import pytest
from builders import git, repository

from assessor.collect import churn
from assessor.collect.cache import open_cache
from assessor.collect.history import mine
from assessor.collect.repository import open_source

DAY = 86_400
YEAR = 365 * DAY


def counted(folder, **options):
    """(subject, path, added, deleted) of each counted change, newest first, and the skips."""
    with open_source(folder) as source:
        history, _ = mine(source)
        table, skips = churn.lines(source, history, **options)
    if table is None:
        return None, skips
    subjects = history.commits["subject"].to_list()
    return [(subjects[row], *rest) for row, *rest in table.itertuples(index=False)], skips


@pytest.fixture
def written(tmp_path):
    """Three commits within a year, one before it."""
    text = "".join(f"line {n}\n" for n in range(20))
    repository(
        tmp_path / "r",
        [
            {"message": "old", "files": {"a": "1\n"}, "date": DAY},
            {"message": "first", "files": {"a": "1\n2\n3\n", "b": text}, "date": YEAR + 2 * DAY},
            {"message": "second", "files": {"a": "1\n3\n4\n5\n"}, "date": YEAR + 3 * DAY},
        ],
    )
    return tmp_path / "r"


def test_lines__commits_of_the_last_year__are_counted(written):
    assert counted(written) == (
        [("second", "a", 2, 1), ("first", "a", 2, 0), ("first", "b", 20, 0)],
        (),
    )


def test_lines__a_longer_window__holds_the_oldest_commit_too(written):
    found, _ = counted(written, days=400)
    assert found[-1] == ("old", "a", 1, 0)


def test_lines__a_renamed_file__is_counted_under_its_new_name(written):
    git(written, "mv", "b", "c")
    git(written, "commit", "-qm", "move", "--date", f"{YEAR + 4 * DAY} +0000")
    found, _ = counted(written)
    assert found[0] == ("move", "c", 0, 0)


def test_lines__a_binary_file__has_no_lines(tmp_path):
    repository(tmp_path / "r", [{"message": "bin", "files": {"x.bin": "a\0b\n"}, "date": DAY}])
    assert counted(tmp_path / "r") == ([("bin", "x.bin", 0, 0)], ())


def test_lines__a_commit_over_the_cap__is_left_out(written):
    found, _ = counted(written, cap=1)
    assert [row[0] for row in found] == ["second"]


def test_lines__paths_with_blanks_and_tabs__are_whole(tmp_path):
    repository(tmp_path / "r", [{"message": "odd", "files": {"a b\tc": "1\n"}, "date": DAY}])
    assert counted(tmp_path / "r") == ([("odd", "a b\tc", 1, 0)], ())


def test_lines__what_git_cannot_tell_in_time__is_unknown_and_says_so(written):
    found, [skip] = counted(written, seconds=0.0)
    assert found is None
    assert skip.by == "churn"
    assert skip.reason.startswith("The lines that commits change are not counted: ")


def test_lines__with_a_cache__git_is_asked_for_new_commits_only(written, tmp_path):
    with open_cache(tmp_path / "cache") as cache:
        before = counted(written, cache=cache)
    with open_cache(tmp_path / "cache") as cache:
        assert counted(written, cache=cache, seconds=0.0) == before  # there is nothing to ask
    with open_cache(tmp_path / "cache") as cache:
        assert counted(written, days=400, cache=cache)[0] == [*before[0], ("old", "a", 1, 0)]
