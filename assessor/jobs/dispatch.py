"""Sees that what is queued is done: starts workers that outlive whoever started them."""

import os
import subprocess
import threading
from pathlib import Path
from typing import IO

from assessor.jobs import processes, slots
from assessor.jobs.limits import limits, now
from assessor.store import jobs, opening
from assessor.store.people import SYSTEM

LOG = "work.log"
LOG_LIMIT = 1 << 20  # bytes, after which the log is begun anew


def tend(store: opening.Store) -> None:
    """Starts a worker if there is work and a free place for one; otherwise does nothing.

    There is work where a job is queued, or its worker has given no sign of life for a while.
    Cheap, so that it may be called every second, by as many as like.
    Raises UsageError where jobs cannot run.
    """
    bounds = limits(os.environ)
    folder = slots.folder(store.url)
    place = slots.taken(folder, count=bounds.workers)
    if place is None:
        return
    number, lock = place
    try:
        if _waiting(store, stale=now(ago=bounds.stale)):
            _start(store.url, folder=folder, number=number, lock=lock)
    finally:
        os.close(lock)


def _waiting(store: opening.Store, *, stale: str) -> bool:
    """Whether a worker would find something to do."""
    found = jobs.jobs(store, SYSTEM, open_only=True)
    return any(job.state == "queued" or job.beat_at < stale for job in found)


def _log(path: Path) -> IO[bytes]:
    """The log to write on, for the user alone; begun anew once it is long."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    log = os.open(path, flags, 0o600)
    if os.fstat(log).st_size > LOG_LIMIT:
        os.ftruncate(log, 0)
    return os.fdopen(log, "ab")


def _start(url: str, *, folder: Path, number: int, lock: int) -> None:
    """A worker in a session of its own, which holds the lock from its first moment on."""
    with _log(folder / LOG) as log:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, with arguments of our own
            processes.command("assessor.jobs.work", str(number)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=processes.environment(**{opening.VARIABLE: url}),
            start_new_session=True,
            pass_fds=(lock,),
        )
    # Somebody has to take note of its end, or it stays in the list of processes.
    threading.Thread(target=process.wait, daemon=True).start()
