import os

from builders import git, repository

from assessor.collect import changes

TEXT = "".join(f"line {n}\n" for n in range(40))


def ids(folder):
    listed = git(folder, "rev-list", "--no-merges", "--topo-order", "main").split()
    return {commit: row for row, commit in enumerate(listed)}


def rows(found):
    columns = ["commit", "status", "old_path", "path"]
    return [tuple(row) for row in found.table[columns].itertuples(index=False)]


def drop(folder, name):
    """Takes one object out of the repository, as a partial or damaged clone lacks it."""
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()


def test_read__all_states__are_told_with_names_and_blobs(tmp_path):
    steps = [
        {"files": {"a": TEXT, "gone": "x", "link@": "a"}},
        {"files": {"a": None, "b": f"{TEXT}more\n", "gone": None, "link": "a file"}},
    ]
    repository(tmp_path, steps)
    found = changes.read(tmp_path / ".git", ids(tmp_path))
    assert rows(found) == [
        (0, "R", "a", "b"),
        (0, "D", "", "gone"),
        (0, "T", "", "link"),
        (1, "A", "", "a"),
        (1, "A", "", "gone"),
        (1, "A", "", "link"),
    ]
    assert found.table["blob"][0] == git(tmp_path, "rev-parse", "main:b")
    assert found.table["blob"][1] == ""
    assert 90 < found.table["similarity"][0] < 100
    assert (found.partial, found.unread) == ((), ())


def test_read__paths_that_are_not_text__come_back_as_their_bytes(tmp_path):
    names = [b"tab\there", b"new\nline", b'quo"te', b"caf\xe9", b" blank ", b":100644 x"]
    repository(tmp_path, [{"files": {os.fsdecode(name): "x" for name in names}}])
    found = changes.read(tmp_path / ".git", ids(tmp_path))
    assert {os.fsencode(path) for path in found.table["path"].to_list()} == set(names)


def test_read__a_commit_without_files__has_no_rows(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}, {}, {"files": {"a": "2"}}])
    found = changes.read(tmp_path / ".git", ids(tmp_path))
    assert rows(found) == [(0, "M", "", "a"), (2, "A", "", "a")]


def test_read__no_commits__is_an_empty_table(tmp_path):
    repository(tmp_path, [{"files": {"a": "1"}}])
    found = changes.read(tmp_path / ".git", {})
    assert (len(found.table), str(found.table["commit"].dtype)) == (0, "int64")


def test_read__a_submodule__is_one_opaque_path(tmp_path):
    tip = repository(tmp_path, [{"files": {"a": "1"}}])
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{tip},sub")
    git(tmp_path, "commit", "--quiet", "-m", "sub")
    found = changes.read(tmp_path / ".git", ids(tmp_path))
    assert rows(found)[0] == (0, "A", "", "sub")
    assert found.table["blob"][0] == tip


def test_read__a_missing_content__costs_only_that_commit_its_inexact_renames(tmp_path):
    lost = TEXT.replace("7", "seven")
    steps = [
        {"files": {"a": TEXT, "c": TEXT[::-1]}},
        {"files": {"a": None, "b": f"{TEXT}1\n"}},
        {"files": {"c": None, "d": lost}},
        {"files": {"b": None, "e": f"{TEXT}2\n"}},
        {"files": {"d": None, "f": lost}},
    ]
    repository(tmp_path, steps)
    every = ids(tmp_path)
    drop(tmp_path, git(tmp_path, "rev-parse", "main:f"))
    for complete in (True, False):
        found = changes.read(tmp_path / ".git", every, complete=complete)
        assert rows(found) == [
            (0, "R", "d", "f"),
            (1, "R", "b", "e"),
            (2, "D", "", "c"),
            (2, "A", "", "d"),
            (3, "R", "a", "b"),
            (4, "A", "", "a"),
            (4, "A", "", "c"),
        ]
        assert found.partial == (list(every)[2],)
        assert found.unread == ()


def test_read__a_missing_folder__costs_the_commits_that_need_it(tmp_path):
    steps = [{"files": {"x/a": "1"}}, {"files": {"x/a": "2"}}, {"files": {"y": "3"}}]
    repository(tmp_path, steps)
    every = ids(tmp_path)
    drop(tmp_path, git(tmp_path, "rev-parse", "main~1:x"))
    found = changes.read(tmp_path / ".git", every)
    assert rows(found) == [(0, "A", "", "y"), (2, "A", "", "x/a")]
    assert found.unread == (list(every)[1],)


def test_read__more_candidates_than_are_compared__is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(changes, "RENAME_LIMIT", 1)
    old = {f"old{n}": f"{n}{TEXT}" for n in range(2)}
    gone = dict.fromkeys(old)
    new = {f"new{n}": f"{TEXT}{n}" for n in range(2)}
    repository(tmp_path, [{"files": old}, {"files": gone | new}])
    every = ids(tmp_path)
    assert changes.read(tmp_path / ".git", every).partial == (next(iter(every)),)


def test_read__a_commit_of_far_too_many_files__is_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(changes, "MAX_FILES", 2)
    repository(
        tmp_path,
        [
            {"files": {"a": "1", "b": "1"}},
            {"files": dict.fromkeys("cdef", "2")},
            {"files": {"a": "3"}},
        ],
    )
    every = ids(tmp_path)
    found = changes.read(tmp_path / ".git", every)
    assert rows(found) == [(0, "M", "", "a"), (2, "A", "", "a"), (2, "A", "", "b")]
    assert found.unread == (list(every)[1],)
