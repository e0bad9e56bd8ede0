"""git runs in an environment of our own, says why it failed, and never outlives its reader."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import builders
import pytest

from assessor.collect import git
from assessor.errors import SourceError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    builders.repository(tmp_path / "r", [{"files": {"a": "one\n"}}, {"files": {"b": "two\n"}}])
    return tmp_path / "r" / ".git"


def test_run__known_command__gives_what_git_printed(repository: Path) -> None:
    assert git.run(repository, "ls-tree", "--name-only", "main") == b"a\nb\n"


def test_run__object_that_is_missing__says_what_git_said(repository: Path) -> None:
    with pytest.raises(git.GitError, match="git cat-file failed: fatal: Not a valid object name"):
        git.run(repository, "cat-file", "-p", "nothing")
    assert issubclass(git.GitError, SourceError)


def test_run__error_text_steers_the_terminal__arrives_on_one_plain_line(repository: Path) -> None:
    with pytest.raises(git.GitError) as caught:
        git.run(repository, "cat-file", "-p", "\x1b[31m\n\x07")
    assert str(caught.value).isprintable()


def test_run__more_output_than_the_limit__is_an_error(repository: Path) -> None:
    with pytest.raises(git.GitError, match="more than 3 bytes"):
        git.run(repository, "log", limit=3)


def test_stream__input_larger_than_every_pipe__neither_side_waits_for_the_other(
    repository: Path,
) -> None:
    ids = git.run(repository, "rev-parse", "main:a").strip() + b"\n"
    chunks = list(git.stream(repository, "cat-file", "--batch", stdin=[ids] * 20_000))
    assert all(chunks)
    assert b"".join(chunks).count(b"one") == 20_000


def test_stream__input_fails__its_error_is_the_one_raised(repository: Path) -> None:
    def ids() -> Iterator[bytes]:
        yield b"main\n"
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(git.stream(repository, "cat-file", "--batch-check", stdin=ids()))


def test_stream__git_ends_before_its_input__reports_git(repository: Path) -> None:
    with pytest.raises(git.GitError, match="unknown option"):
        list(git.stream(repository, "cat-file", "--no-such", stdin=[b"x" * 70_000] * 50))


def test_stream__closed_early__ends_git_at_once(repository: Path) -> None:
    endless = (b"main\n" for _ in iter(int, 1))
    started = time.monotonic()
    chunks = git.stream(repository, "cat-file", "--batch", stdin=endless)
    next(chunks)
    chunks.close()
    assert time.monotonic() - started < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_stream__takes_too_long__is_ended(repository: Path) -> None:
    endless = (b"main\n" for _ in iter(int, 1))
    with pytest.raises(git.GitError, match=r"git cat-file took longer than 0\.2 seconds"):
        for _ in git.stream(repository, "cat-file", "--batch", stdin=endless, seconds=0.2):
            pass


def test_environment__caller_has_git_variables__none_is_inherited(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("[core]\n\tabbrev = 40\n", encoding="utf-8")
    for name, value in (
        ("GIT_DIR", str(tmp_path)),
        ("GIT_CONFIG_GLOBAL", str(tmp_path / "config")),
        ("GIT_OBJECT_DIRECTORY", str(tmp_path)),
        ("GIT_TRACE", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert len(git.run(repository, "rev-parse", "--short", "main").strip()) == 7
    assert not {"GIT_DIR", "GIT_TRACE", "GIT_OBJECT_DIRECTORY"} & set(git.environment())


def test_program__git_in_a_relative_folder_of_path__is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 9.9.9\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    git.program.cache_clear()
    assert Path(git.program()).is_absolute()
    assert Path(git.program()).parent != tmp_path


def test_program__no_git__says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    git.program.cache_clear()
    with pytest.raises(git.GitError, match=r"install git, or .* --worktree"):
        git.program()


@pytest.mark.parametrize(
    "said",
    ["2.39.3", "2.43.3", "2.45.0", "2.38.9", "1.9.1", "2.45.0.windows.1", "2.20", "unknown"],
)
def test_check_version__before_the_fixes_of_may_2024__is_refused(said: str) -> None:
    with pytest.raises(git.GitError, match=r"2\.45\.1 or newer|does not say its version"):
        git.check_version(f"git version {said}")


@pytest.mark.parametrize(
    "said",
    ["2.39.4", "2.39.5 (Apple Git-154)", "2.43.7", "2.45.1", "2.46.0.rc1", "2.51.0", "3.0.0"],
)
def test_check_version__with_the_fixes__is_taken(said: str) -> None:
    git.check_version(f"git version {said}")
