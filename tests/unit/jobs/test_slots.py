import os
import subprocess
import sys

import pytest

from assessor.errors import UsageError
from assessor.jobs import slots


def _taken(folder, *, count):
    """The place and its lock; (-1, -1) where there is none."""
    return slots.taken(folder, count=count) or (-1, -1)


def test_taken__as_many_as_there_are__then_none(tmp_path):
    first, second = (_taken(tmp_path, count=2) for _ in range(2))
    assert (first[0], second[0], _taken(tmp_path, count=2)) == (0, 1, (-1, -1))
    for _, lock in (first, second):
        os.close(lock)


def test_taken__given_back__is_free_again(tmp_path):
    os.close(_taken(tmp_path, count=1)[1])
    number, lock = _taken(tmp_path, count=1)
    os.close(lock)
    assert number == 0


def test_taken__handed_on_to_a_process__is_free_once_that_is_killed(tmp_path):
    _, lock = _taken(tmp_path, count=1)
    words = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(
        words, pass_fds=(lock,), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        os.close(lock)
        holder.stdout.readline()
        held = _taken(tmp_path, count=1)
        holder.kill()
    number, lock = _taken(tmp_path, count=1)
    os.close(lock)
    assert (held, number) == ((-1, -1), 0)


def test_taken__link_in_the_place_of_the_lock__is_not_followed(tmp_path):
    (tmp_path / "worker-0.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        _taken(tmp_path, count=1)


def test_folder__two_stores__are_two_folders_for_the_user_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_CACHE", str(tmp_path / "cache"))
    one, two = slots.folder("sqlite:////a"), slots.folder("sqlite:////b")
    assert (one != two, one.stat().st_mode & 0o777) == (True, 0o700)


def test_folder__the_same_database_with_another_password__is_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_CACHE", str(tmp_path))
    one, two = (f"postgresql+psycopg://u:{word}@db.example/a" for word in ("x", "y"))
    assert slots.folder(one) == slots.folder(two)


def test_folder__that_cannot_be_made__is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSESSOR_CACHE", str(tmp_path / "file"))
    with pytest.raises(UsageError, match="cannot be made for jobs"):
        slots.folder("sqlite:////a")
