import subprocess
from pathlib import Path

import pytest

from assessor.collect.replay import replay
from assessor.errors import UsageError


def _git(folder, *args):
    out = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=True)
    return out.stdout.decode().strip()


def _sample(tmp_path, script, **files):
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "history.yaml").write_text(script, "utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


SCRIPT = """
- {author: Ann, mail: a@example.com, date: 2024-01-01T10:00:00+08:00, message: one,
   touch: [A.java]}
- {author: Bo, mail: b@example.com, date: 2024-01-02T10:00:00+08:00, message: two, branch: side,
   touch: [A.java], files: {b.txt: hello}}
- {author: Bo, mail: b@example.com, date: 2024-01-03T10:00:00+08:00, message: join, merge: side,
   tag: v1.0}
- {author: Ann, mail: a@example.com, date: 2024-01-04T10:00:00+08:00, message: move,
   move: {b.txt: c.txt}, touch: [A.java]}
"""


def test_replay__twice__gives_the_same_ids(tmp_path):
    sample = _sample(tmp_path, SCRIPT, A__java="class A {}\n")
    assert replay(sample, tmp_path / "x") == replay(sample, tmp_path / "y")


def test_replay__touches_branches_moves_and_tags__are_in_the_history(tmp_path):
    sample = _sample(tmp_path, SCRIPT, A__java="class A {}\n")
    made = tmp_path / "made"
    replay(sample, made)
    assert _git(made, "log", "--format=%s", "--topo-order") == "move\njoin\ntwo\none"
    assert _git(made, "tag") == "v1.0"
    assert _git(made, "rev-list", "--merges", "--count", "HEAD") == "1"
    assert (made / "A.java").read_text() == "class A {}\n"
    assert (made / "c.txt").read_text() == "hello"
    assert _git(made, "show", "HEAD~1:A.java") == "class A {}\n// 1 to go"
    assert _git(made, "status", "--porcelain") == ""


def test_replay__a_folder_with_something_in_it__is_refused(tmp_path):
    sample = _sample(tmp_path, SCRIPT, A__java="class A {}\n")
    with pytest.raises(UsageError, match="is not empty"):
        replay(sample, tmp_path)


def test_replay__an_unknown_key__is_told_with_its_commit(tmp_path):
    sample = _sample(tmp_path, "- {date: 2024-01-01T00:00:00Z, message: m, colour: red}\n")
    with pytest.raises(UsageError, match=r"commit 0\.colour"):
        replay(sample, tmp_path / "new")


def test_replay__a_date_without_its_offset__is_refused(tmp_path):
    sample = _sample(tmp_path, "- {date: 2024-01-01T00:00:00, message: m}\n")
    with pytest.raises(UsageError, match="timezone"):
        replay(sample, tmp_path / "new")


def test_replay__a_relative_destination__is_made_here(tmp_path, monkeypatch):
    sample = _sample(tmp_path, SCRIPT, A__java="class A {}\n")
    monkeypatch.chdir(tmp_path)
    head = replay(sample, Path("made/here"))
    assert _git(tmp_path / "made/here", "rev-parse", "HEAD") == head
