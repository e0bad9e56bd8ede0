"""`assessor cache`: what is kept is told, thrown away, and never believed when it was changed."""

import sqlite3

import pytest
from builders import repository
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


def test_info__nothing_kept_yet__says_so_without_making_anything(env, tmp_path):
    assert "0.0 MiB on disk" in _told(env)
    assert not (tmp_path / "kept").exists()


def test_info__values_that_were_changed__are_counted_and_not_believed(audited, env, tmp_path):
    expected = audited()
    with sqlite3.connect(tmp_path / "kept" / "cache-1.sqlite") as cache:
        cache.execute("UPDATE entries SET content = x'00' WHERE kind = 'reading'")
    assert "broken or foreign, and not believed: 4" in _told(env)
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
