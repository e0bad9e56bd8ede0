"""Small real git repositories with fixed names and dates, so that ids are always the same."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_COMMITTER_NAME": "Builder",
    "GIT_COMMITTER_EMAIL": "builder@example.org",
    "GIT_COMMITTER_DATE": "1700000000 +0000",
    "GIT_AUTHOR_NAME": "Builder",
    "GIT_AUTHOR_EMAIL": "builder@example.org",
    "GIT_AUTHOR_DATE": "1700000000 +0000",
}


class Commit(TypedDict, total=False):
    """One commit; every key may be left out.

    files: path -> content, or None to delete the file; other files stay as they were. A path that
    ends in `@` becomes a symbolic link (without the `@`) whose target is the content.
    date: ISO 8601 text or seconds since 1970; author and committer date. By default one day after
    the commit before, the first on 2024-01-01. author: `Name <e-mail>`.
    branch: the branch that gets the commit, `main` by default; a new branch starts at the newest
    commit. merge: names of branches that become further parents. tags: names of tags on it.
    """

    message: str
    date: str | int
    author: str
    files: Mapping[str, str | bytes | None]
    branch: str
    merge: Iterable[str]
    tags: Iterable[str]


def git(folder: Path, *args: str, stdin: bytes | None = None) -> str:
    """What `git -C <folder> <args>` prints, stripped; no one's configuration takes effect."""
    command = ["git", "-C", str(folder), *args]
    done = subprocess.run(command, env=ENVIRONMENT, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace").strip()


def repository(path: Path, commits: Iterable[Commit]) -> str:
    """Creates a repository with a work tree at `path` and returns the id of the tip of `main`."""
    path.mkdir(parents=True, exist_ok=True)
    git(path, "init", "--quiet", "--template=", "--initial-branch=main")
    git(path, "fast-import", "--quiet", stdin=b"".join(_stream(commits)))
    git(path, "reset", "--quiet", "--hard", "main")
    return git(path, "rev-parse", "main")


def _stream(commits: Iterable[Commit]) -> Iterable[bytes]:
    seconds = int(datetime(2023, 12, 31, tzinfo=UTC).timestamp())
    tips: dict[str, int] = {}
    for mark, commit in enumerate(commits, start=1):
        date = commit.get("date", seconds + 86400)
        seconds = int(datetime.fromisoformat(date).timestamp()) if isinstance(date, str) else date
        branch = commit.get("branch", "main")
        author = commit.get("author", "Ann Author <ann@example.org>")
        yield f"commit refs/heads/{branch}\nmark :{mark}\n".encode()
        yield f"author {author} {seconds} +0000\ncommitter {author} {seconds} +0000\n".encode()
        yield _blob(commit.get("message", f"Commit {mark}"))
        if mark > 1:
            yield f"from :{tips.get(branch, mark - 1)}\n".encode()
        yield from (f"merge :{tips[name]}\n".encode() for name in commit.get("merge", ()))
        for name, content in commit.get("files", {}).items():
            yield _file(name, content)
        yield b"\n"
        yield from (
            f"reset refs/tags/{tag}\nfrom :{mark}\n\n".encode() for tag in commit.get("tags", ())
        )
        tips[branch] = mark


def _blob(content: str | bytes) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return b"data %d\n%b\n" % (len(raw), raw)


def _file(name: str, content: str | bytes | None) -> bytes:
    mode, path = ("120000", name[:-1]) if name.endswith("@") else ("100644", name)
    quoted = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    if content is None:
        return b'D "%b"\n' % quoted
    return b'M %b inline "%b"\n%b' % (mode.encode(), quoted, _blob(content))
