"""`assessor cache`: what is kept is told, thrown away, and never believed when it was changed."""

import json
import sqlite3

import pytest
from builders import git, repository
from e2e.conftest import assessor


@pytest.fixture
def env(tmp_path):
    return {"ASSESSOR_CACHE": str(tmp_path / "kept")}


@pytest.fixture
def audited(tmp_path, env):
    """A repository that was audited once; a function audits it again."""
    repository(tmp_path / "r", [{"files": {"a.py": "class A: pass\n", "b.py": "import a\n"}}])

    def again():
        done = assessor("audit", tmp_path / "r", "--format", "json", "-q", env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    again()
    return again


def _told(env):
    done = assessor("cache", "info", env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_info__after_an_audit__names_the_file_and_what_is_in_it(audited, env, tmp_path):
    said = _told(env)
    assert str(tmp_path / "kept" / "cache-1.sqlite") in said
    assert "reading: " in said
    assert "broken" not in said


def test_audit__of_an_unchanged_repository__is_remembered_until_something_changes(
    audited, env, tmp_path
):
    assert "assessment: 1 values" in _told(env)
    first = audited()
    assert "assessment: 1 values" in _told(env)
    git(tmp_path / "r", "tag", "v1.0")
    tagged = audited()
    assert "assessment: 2 values" in _told(env)
    assert json.loads(tagged)["history"]["tags"] == 1
    assert json.loads(first)["history"]["tags"] == 0
    (tmp_path / "r" / "c.py").write_text("import b\n", "utf-8")
    git(tmp_path / "r", "add", "c.py")
    git(tmp_path / "r", "commit", "--quiet", "-m", "one more")
    assert json.loads(audited())["coupling"]["units"] == 3


def test_audit__with_and_without_what_is_remembered__gives_the_same_bytes(audited, env, tmp_path):
    for options in ((), ("--services", "2"), ("--since", "10y")):
        asked = ("audit", tmp_path / "r", "--format", "json", "-q", *options)
        runs = [assessor(*asked, env=env) for _ in range(2)]
        runs.append(assessor(*asked, "--no-cache", env=env))
        assert len({run.stdout for run in runs}) == 1
        assert json.loads(runs[0].stdout)["options"]["since"] == (
            "10y" if "--since" in options else None
        )


def test_info__nothing_kept_yet__says_so_without_making_anything(env, tmp_path):
    assert "0.0 MiB on disk" in _told(env)
    assert not (tmp_path / "kept").exists()


def test_info__values_that_were_changed__are_counted_and_not_believed(audited, env, tmp_path):
    expected = audited()
    with sqlite3.connect(tmp_path / "kept" / "cache-1.sqlite") as cache:
        changed = cache.execute("UPDATE entries SET content = x'00'").rowcount
    assert f"broken or foreign, and not believed: {changed}" in _told(env)
    assert audited() == expected
    assert "broken" not in _told(env)


def test_clear__deletes_the_cache_and_nothing_beside_it(audited, env, tmp_path):
    (tmp_path / "kept" / "notes.txt").write_text("mine", "utf-8")
    expected = audited()
    done = assessor("cache", "clear", env=env)
    assert done.returncode == 0
    assert [each.name for each in (tmp_path / "kept").iterdir()] == ["notes.txt"]
    assert audited() == expected


def test_info__a_file_that_is_no_cache__is_told_in_one_sentence(env, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "cache-1.sqlite").write_text("words", "utf-8")
    done = assessor("cache", "info", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no cache" in done.stderr
    assert assessor("cache", "clear", env=env).returncode == 0
    assert list((tmp_path / "kept").iterdir()) == []
