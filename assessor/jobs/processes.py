"""Processes that end with the one that needs them, and have no more than they are given."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import resource

_ROOT = str(Path(__file__).resolve().parents[2])
_KEPT = frozenset({"HOME", "LANG", "PATH", "TZ"})
# Settings of ours, of where the system keeps things, and of how PostgreSQL is reached.
_KEPT_STARTS = ("ASSESSOR_", "PG", "XDG_")
_NOT_KEPT = frozenset({"ASSESSOR_ADMINS", "ASSESSOR_SECRETS"})
_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36  # of Linux' prctl
_PATIENCE = 5.0  # seconds for killed processes to be gone
_LENIENCY = 5  # seconds of processor time between the signal and the end


def environment(**more: str) -> dict[str, str]:
    """All that a process of ours gets to know of the environment of this one, and `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if (name in _KEPT or name.startswith(_KEPT_STARTS)) and name not in _NOT_KEPT
    }
    return {**kept, "PYTHONPATH": _ROOT, **more}


def command(module: str, *arguments: str) -> list[str]:
    """The words that run a module of this package, wherever they are said."""
    return [sys.executable, "-P", "-m", module, *arguments]


def follow(parent: int, alive: IO[bytes]) -> None:
    """Sees that this process is killed once its parent is gone, however that came.

    alive: a pipe that the parent holds the other end of, for systems that cannot do it alone.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
    else:
        threading.Thread(target=end_with, args=(alive,), daemon=True).start()


def end_with(alive: IO[bytes]) -> None:
    """Waits for the end of the pipe, then kills this process."""
    while alive.read(1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def restrict(*, memory: int, seconds: int) -> None:
    """Bounds this process: bytes of own memory, and processor time, for each it starts as well.

    On Linux only what is written to counts as memory, not what is mapped; elsewhere all does.
    git and the readers, which have bounds of their own, may have more than this one.
    """
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS, soft=memory)
    _lower(resource.RLIMIT_CPU, soft=seconds, hard=seconds + _LENIENCY)
    _lower(resource.RLIMIT_CORE, soft=0, hard=0)


if sys.platform != "win32":

    def _lower(which: int, *, soft: int, hard: int = resource.RLIM_INFINITY) -> None:
        """Lowers the limit as far as it is not lower yet."""
        highest = _least(hard, resource.getrlimit(which)[1])
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (_least(soft, highest), highest))

    def _least(one: int, other: int) -> int:
        bounds = [each for each in (one, other) if each != resource.RLIM_INFINITY]
        return min(bounds, default=resource.RLIM_INFINITY)


def adopt_orphans() -> None:
    """Makes this process the parent of what its children leave behind, so that it can end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kills the process with its group, and, after `adopt_orphans`, all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + _PATIENCE
    while (left := list(_children(os.getpid()))) and time.monotonic() < until:
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children(parent: int) -> Iterator[int]:
    """The processes whose parent it is, as far as the system shows them."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name in the middle may hold anything but ends with the last bracket.
            if int(entry.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(entry.parent.name)
