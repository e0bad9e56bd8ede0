"""Places for workers on this host: a locked file each, which the system frees with its holder."""

import contextlib
import os
import sys
from pathlib import Path

from assessor.errors import UsageError

if sys.platform != "win32":
    import fcntl


def folder(url: str) -> Path:
    """The folder for the workers of a store, made for the user alone. Raises UsageError."""
    import hashlib

    from assessor.collect.cache import default_folder

    name = hashlib.sha256(url.rpartition("@")[2].encode()).hexdigest()[:16]
    found = default_folder() / "jobs" / name
    try:
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{found}: cannot be made for jobs ({error.strerror}).") from None
    return found


def taken(folder: Path, *, count: int) -> tuple[int, int] | None:
    """A free place of so many, with the descriptor that holds it until it is closed; or None.

    A process that inherits the descriptor holds the place as well. Raises UsageError where the
    system has no such locks.
    """
    if sys.platform == "win32":
        raise UsageError("jobs run on Linux and macOS only; audit with `assessor audit` here.")
    for number in range(count):
        lock = os.open(
            folder / f"worker-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600
        )
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return number, lock
        os.close(lock)
    return None
