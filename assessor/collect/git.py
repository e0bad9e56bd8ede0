"""The only place that starts git: known version, empty environment, own process group, limits."""

import contextlib
import functools
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from assessor.errors import SourceError

if sys.platform == "linux":
    import resource

_ROOT = Path(sys.executable).anchor or os.sep
CHUNK = 1 << 16
OUTPUT_LIMIT = 256 << 20
STDERR_LIMIT = 8 << 10
MEMORY_LIMIT = 4 << 30
SECONDS = 3600.0

# The releases of May 2024, which can be told never to fetch a missing object (CVE-2024-32004 and
# its kin). A later minor release than the last one listed has all of it.
SAFE_PATCHES: Mapping[tuple[int, int], int] = {
    (2, 39): 4,
    (2, 40): 2,
    (2, 41): 1,
    (2, 42): 2,
    (2, 43): 4,
    (2, 44): 1,
    (2, 45): 1,
}

SETTINGS: Mapping[str, str] = {
    "advice.graftFileDeprecated": "false",
    "core.attributesFile": os.devnull,
    "core.bigFileThreshold": "16m",
    "core.commitGraph": "false",
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.multiPackIndex": "false",
    "core.packedGitWindowSize": "64m",
    "core.packedGitLimit": "1g",
    "core.quotePath": "false",
    "core.symlinks": "false",
    "core.untrackedCache": "false",
    "credential.helper": "",
    "diff.renameLimit": "400",
    "gc.auto": "0",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "submodule.recurse": "false",
}


class GitError(SourceError):
    """git did not do what was asked; the message carries what git said."""


def run(
    git_dir: Path,
    *args: str,
    stdin: Iterable[bytes] | None = None,
    limit: int = OUTPUT_LIMIT,
    seconds: float = SECONDS,
) -> bytes:
    """Everything that `git --git-dir=<git_dir> <args>` printed.

    limit: bytes; more output than this is a `GitError`, and git is ended.
    """
    printed = bytearray()
    with contextlib.closing(stream(git_dir, *args, stdin=stdin, seconds=seconds)) as chunks:
        for chunk in chunks:
            printed += chunk
            if len(printed) > limit:
                raise GitError(f"git {args[0]} printed more than {limit} bytes.")
    return bytes(printed)


def stream(
    git_dir: Path,
    *args: str,
    stdin: Iterable[bytes] | None = None,
    seconds: float = SECONDS,
) -> Generator[bytes, None, None]:
    """The output of `git --git-dir=<git_dir> <args>` in chunks as they come, none empty.

    stdin: written by a thread of its own, so that it may depend on nothing that is read here.
    seconds: wall time after which git is ended. Closing the iterator early ends git as well.
    Raises `GitError` at the end of the output if git reports failure, so read to the end.
    """
    command = [program(), f"--git-dir={git_dir}", *args]
    yield from _output(command, env=environment(), stdin=stdin, seconds=seconds)


def create(copy: Path, *, object_format: str = "sha1") -> None:
    """Makes `copy` an empty bare repository without template files."""
    options = ("--quiet", "--bare", "--template=", f"--object-format={object_format}")
    for _ in _output([program(), "init", *options, "--", str(copy)], env=environment()):
        pass


@functools.cache
def program() -> str:
    """The absolute path of a git that is new enough to be let near an untrusted repository.

    Only absolute folders of PATH count: a folder `.` in it would run the target's own `git`.
    """
    folders = [
        p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(p).is_absolute()
    ]
    found = shutil.which("git", path=os.pathsep.join(folders))
    if found is None or str(Path(found).parent) not in {str(Path(p)) for p in folders}:
        raise GitError(
            "git was not found on PATH; install git, or assess the folder with --worktree."
        )
    check_version(_version_of(found))
    return found


def version() -> str:
    """What the git in use calls its version."""
    return _version_of(program())


@functools.cache
def _version_of(found: str) -> str:
    said = b"".join(_output([found, "version"], env=environment()))
    return said.decode("ascii", "replace")


def check_version(said: str) -> None:
    """Raises `GitError` unless `said`, what `git version` printed, names a safe release."""
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", said)
    if match is None:
        raise GitError(f"git does not say its version: {_printable(said)!r}.")
    major, minor, patch = (int(number or 0) for number in match.groups())
    newest = max(SAFE_PATCHES)
    if (major, minor) <= newest and patch < SAFE_PATCHES.get((major, minor), sys.maxsize):
        least = ", ".join(f"{a}.{b}.{c}" for (a, b), c in sorted(SAFE_PATCHES.items()))
        raise GitError(
            f"git {match[0]} is too old to read an untrusted repository; install {least} or newer,"
            " or assess the folder with --worktree."
        )


def environment() -> dict[str, str]:
    """The whole environment that git runs in: nothing inherited but PATH (and Windows' root)."""
    settings = {
        f"GIT_CONFIG_{part}_{index}": text
        for index, pair in enumerate(sorted(SETTINGS.items()))
        for part, text in zip(("KEY", "VALUE"), pair, strict=True)
    }
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | settings | _FIXED | {"GIT_CONFIG_COUNT": str(len(SETTINGS))}


_FIXED = {
    "HOME": os.devnull,
    "LC_ALL": "C",
    "TZ": "UTC",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ASKPASS": "true",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CEILING_DIRECTORIES": _ROOT,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_SSH_COMMAND": "false",
    "GIT_TERMINAL_PROMPT": "0",
}


def _output(
    command: list[str],
    *,
    env: Mapping[str, str],
    stdin: Iterable[bytes] | None = None,
    seconds: float = SECONDS,
) -> Iterator[bytes]:
    """What the command prints, in chunks; `GitError` at the end if it failed or took too long."""
    said, failures, late = bytearray(), list[Exception](), threading.Event()
    process = _started(command, env=env, feeding=stdin is not None)
    listener = threading.Thread(target=_listen, args=(process.stderr, said))
    feeder = threading.Thread(target=_feed, args=(process.stdin, stdin or (), failures))
    timer = threading.Timer(seconds, _end, (process, late))
    for thread in (listener, feeder, timer):
        thread.start()
    try:
        yield from iter(functools.partial(_opened(process.stdout).read1, CHUNK), b"")
        listener.join()
        process.wait()
    finally:
        timer.cancel()
        _end(process, threading.Event())
        _close(process, feeder, listener)
    if failures:
        raise failures[0]
    if late.is_set() or process.returncode:
        raise GitError(_complaint(command, said, seconds=seconds if late.is_set() else None))


def _started(
    command: list[str], *, env: Mapping[str, str], feeding: bool
) -> subprocess.Popen[bytes]:
    """The command in a session of its own, in the root folder and under limits."""
    process = subprocess.Popen(  # noqa: S603 - an argument list, the program by absolute path
        command,
        stdin=subprocess.PIPE if feeding else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=dict(env),
        start_new_session=True,
    )
    if sys.platform == "linux":
        _limit(process.pid)
    return process


if sys.platform == "linux":

    def _limit(pid: int) -> None:
        """Bounds what git may allocate. Mapped packs are not counted, so large ones fit."""
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _opened(pipe: IO[bytes] | None) -> io.BufferedReader:
    if not isinstance(pipe, io.BufferedReader):
        raise TypeError(f"not a pipe to read from: {pipe!r}")
    return pipe


def _listen(pipe: IO[bytes], said: bytearray) -> None:
    """Keeps the head of what git says and reads the rest away, so that git never waits for it."""
    while chunk := pipe.read(CHUNK):
        said += chunk[: STDERR_LIMIT - len(said)]


def _feed(pipe: IO[bytes] | None, chunks: Iterable[bytes], failures: list[Exception]) -> None:
    """Writes all chunks; a failure of their producer is kept for the reading thread to raise."""
    if pipe is None:
        return
    try:
        for chunk in chunks:
            pipe.write(chunk)
        pipe.close()
    except (BrokenPipeError, ConnectionError):
        return  # git has ended; its exit status tells why
    except Exception as failure:  # noqa: BLE001 - raised again in the thread that reads
        failures.append(failure)
        pipe.close()


def _end(process: subprocess.Popen[bytes], told: threading.Event) -> None:
    """Kills git and all it has started, unless it has ended by itself."""
    if process.returncode is not None:
        return
    told.set()
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _close(process: subprocess.Popen[bytes], *threads: threading.Thread) -> None:
    """Waits for the ended process and its threads, then closes its pipes."""
    process.wait()
    for thread in threads:
        thread.join()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _complaint(command: list[str], said: bytearray, *, seconds: float | None) -> str:
    """One sentence with git's own last words, for the user."""
    verb = next((word for word in command[1:] if not word.startswith("-")), "")
    if seconds is not None:
        return f"git {verb} took longer than {seconds:g} seconds."
    words = _printable(said.decode("utf-8", "replace").strip()) or "it was ended by the system"
    return f"git {verb} failed: {words}"


def _printable(text: str) -> str:
    """The text on one line, without anything that could steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
