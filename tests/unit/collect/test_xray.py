import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import git, repository
from pydriller import Git, Repository

from assessor.collect import xray_worker
from assessor.collect.history import mine
from assessor.collect.repository import open_source
from assessor.collect.xray import SUFFIXES, plan, xray
from assessor.model.coupling import Hotspot

DAY = 86_400


def python(**bodies):
    """A module of functions; each body is one expression."""
    return "".join(f"def {name}(x):\n    return {body}\n\n\n" for name, body in bodies.items())


def branchy(name, ways):
    """A function with so many ways through it."""
    cases = "".join(f"    if x == {n}:\n        return {n}\n" for n in range(ways))
    return f"def {name}(x):\n{cases}    return x\n"


def spot(path):
    return Hotspot(1.0, path, 1, 1)


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """Two functions that change together, under an old and a new name of their file."""
    folder = tmp_path_factory.mktemp("xray")
    hot = {
        1: python(pay="x", bill="x", read="x"),
        2: python(pay="x + 1", bill="x + 1", read="x"),
        3: python(pay="x + 2", bill="x + 2", read="x"),
        4: python(pay="x + 2", bill="x + 2", read="x * 9"),
    }
    repository(
        folder,
        [
            {"files": {"old.py": hot[1], "notes.txt": "1"}},
            {"files": {"old.py": hot[2]}},
            {"files": {"old.py": None, "new.py": hot[2]}},
            {"files": {"new.py": hot[3], "notes.txt": "2"}},
            {"files": {"new.py": hot[4]}},
            {"files": {"notes.txt": "3"}},
        ],
    )
    return folder


def test_xray__methods_changed_together__are_told_across_a_rename(past):
    with open_source(past) as source:
        history, _ = mine(source)
        found, skips = xray(source, [spot("new.py")], history=history)
    assert (skips, found is None) == ((), False)
    (pair,) = [m for m in found.methods if {m.a, m.b} == {"bill", "pay"}]
    assert (pair.path, pair.shared, pair.commit) == ("new.py", 3, history.commits["id"][2])
    assert [m for m in found.methods if "read" in {m.a, m.b}] == []


def test_xray__the_repository__is_left_as_it_was(past):
    before = (past / ".git" / "config").read_bytes()
    with open_source(past) as source:
        xray(source, [spot("new.py")], history=mine(source)[0])
    assert (past / ".git" / "config").read_bytes() == before


def test_xray__low_risk_code_added__is_maintainable(tmp_path):
    repository(tmp_path, [{"files": {"a.py": "A = 1\n"}}, {"files": {"a.py": python(f="x")}}])
    with open_source(tmp_path) as source:
        found, _ = xray(source, [], history=mine(source)[0])
    assert (found.maintainable_change, len(found.measured)) == (1.0, 1)


def test_xray__a_change_that_says_nothing__is_not_measured(tmp_path):
    repository(tmp_path, [{"files": {"notes.txt": "x"}}])
    with open_source(tmp_path) as source:
        found, skips = xray(source, [spot("notes.txt")], history=mine(source)[0])
    assert (found.methods, found.maintainable_change, skips) == ((), None, ())


def test_xray__no_time__is_a_skip(past):
    with open_source(past) as source:
        found, (skip,) = xray(source, [spot("new.py")], history=mine(source)[0], seconds=0.01)
    assert (found.methods, skip.code) == ((), "timeout")
    assert "left out 5 commits" in skip.reason


def test_xray__a_lost_content__is_a_skip_and_the_rest_goes_on(tmp_path):
    steps = [{"files": {"a.py": python(f=str(n), g=str(n))}} for n in range(4)]
    repository(tmp_path, steps)
    lost = git(tmp_path, "rev-parse", "main~3:a.py")
    with open_source(tmp_path) as source:
        history, _ = mine(source)
        (tmp_path / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
        found, (skip,) = xray(source, [spot("a.py")], history=history)
    assert [(m.a, m.b, m.shared) for m in found.methods] == [("f", "g", 2)]
    assert skip.code == "unparsable"
    assert skip.reason.startswith("2 commits cannot be X-rayed")


def test_plan__bots_and_mass_commits__are_not_looked_at(tmp_path):
    mass = {f"f{n}.py": "x = 1\n" for n in range(31)}
    repository(
        tmp_path,
        [
            {"files": mass},
            {"files": {"f1.py": "x = 2\n"}, "author": "renovate[bot] <r@example.org>"},
            {"files": {"f1.py": "x = 3\n"}},
        ],
    )
    with open_source(tmp_path) as source:
        history, _ = mine(source)
    jobs = plan(history, ["f1.py"], revisions=9, recent=9)
    commit = history.commits["id"][0]
    assert jobs == [{"commit": commit, "paths": {"f1.py": "f1.py"}, "measure": True}]


def test_plan__more_commits_than_wanted__are_the_newest(past):
    with open_source(past) as source:
        history, _ = mine(source)
    jobs = plan(history, ["new.py"], revisions=2, recent=1)
    ids = history.commits["id"]
    assert [(job["commit"], job["measure"]) for job in jobs] == [(ids[1], True), (ids[2], False)]


def test_maintainability__three_properties__are_those_of_pydriller(tmp_path):
    body = branchy("f", 12)
    repository(
        tmp_path,
        [
            {"files": {"a.py": python(f="x")}},
            {"files": {"a.py": python(f="x") + body}},
            {"files": {"a.py": branchy("f", 5), "b.py": python(g="x")}},
        ],
    )
    repo = Git(str(tmp_path))
    for commit in Repository(str(tmp_path)).traverse_commits():
        looked = repo.get_commit(commit.hash)
        theirs = [looked.dmm_unit_size, looked.dmm_unit_complexity, looked.dmm_unit_interfacing]
        known = [share for share in theirs if share is not None]
        ours = xray_worker.maintainability(looked.modified_files)
        assert ours == pytest.approx(sum(known) / len(known))


def test_looked_at__a_file_on_one_endless_line__is_passed_over(tmp_path):
    endless = f"x = [{'1, ' * 3000}]\n\n\ndef f():\n    return x\n"
    repository(tmp_path, [{"files": {"a.py": endless, "b.py": python(g="x")}}])
    commit = Git(str(tmp_path)).get_commit("main")
    job = {"commit": commit.hash, "paths": {"a.py": "a.py", "b.py": "b.py"}, "measure": False}
    assert xray_worker.looked_at(commit, job, suffixes=(".py",))["methods"] == {"b.py": ["g"]}


def test_mine__against_pydriller__every_commit_has_the_same_files(tmp_path):
    text = "".join(f"line {n}\n" for n in range(30))
    repository(
        tmp_path,
        [
            {"files": {"a/one.py": text, "two": "2\n", "naïve name": "x\n"}},
            {"files": {"a/one.py": None, "b/one.py": f"{text}more\n"}},
            {"files": {"side": "s\n"}, "branch": "side"},
            {"files": {"two": None, "three": "3\n"}},
            {"message": "join", "merge": ["side"], "files": {"side": "s\n"}},
            {"files": {"b/one.py": text, "naïve name": None}},
        ],
    )
    with open_source(tmp_path) as source:
        history, _ = mine(source)
    ours = {
        (history.commits["id"][row], old or None if state != "A" else None, path)
        for row, state, old, path in history.changes[
            ["commit", "status", "old_path", "path"]
        ].itertuples(index=False)
    }
    theirs = {
        (
            commit.hash,
            file.old_path if file.change_type.name == "RENAME" else None,
            file.new_path or file.old_path,
        )
        for commit in Repository(str(tmp_path)).traverse_commits()
        for file in commit.modified_files
    }
    assert ours == theirs
    assert len(ours) == 9


def test_xray__another_assessor_installed__the_worker_is_of_the_one_that_started_it(tmp_path):
    copy = tmp_path / "assessor"
    package = Path(xray_worker.__file__).parents[1]
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    told = "import json, sys\ndef main():\n    print(json.dumps([__file__, sys.path]))\n"
    (copy / "collect/xray_worker.py").write_text(told, encoding="utf-8")
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); from assessor.collect import xray;"
        " print(json.dumps(xray._work({}, seconds=60, report=int)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    [[[file, folders]], ending] = json.loads(done.stdout)
    assert (file, ending) == (str(copy / "collect/xray_worker.py"), "")
    assert str(copy / "collect") not in folders


def test_xray__progress__is_told_a_commit_at_a_time(past):
    told = []
    with open_source(past) as source:
        history, _ = mine(source)
        xray(source, [spot("new.py")], history=history, report=lambda *each: told.append(each))
    total = told[0][1]
    assert told == [(done, total) for done in range(1, total + 1)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ts", "function f(x: number) {{\n  return x + {};\n}}\n"),
        ("a.go", "package a\nfunc f(x int) int {{\n\treturn x + {}\n}}\n"),
        ("A.cs", "class A {{\n  int f(int x) {{\n    return x + {};\n  }}\n}}\n"),
        ("a.php", "<?php\nfunction f($x) {{\n  return $x + {};\n}}\n"),
        ("a.kt", "fun f(x: Int): Int {{\n  return x + {}\n}}\n"),
    ],
    ids=lambda each: each.partition(".")[2] if "\n" not in each else "",
)
def test_looked_at__other_languages__functions_are_known(tmp_path, name, text):
    repository(tmp_path, [{"files": {name: text.format(1)}}, {"files": {name: text.format(2)}}])
    commit = Git(str(tmp_path)).get_commit("main")
    job = {"commit": commit.hash, "paths": {name: name}, "measure": False}
    [found] = xray_worker.looked_at(commit, job, suffixes=SUFFIXES)["methods"].values()
    assert [method.rpartition(":")[2].rpartition(".")[2] for method in found] == ["f"]
