"""Jobs in real processes, for tests and benchmarks: begun, watched, and killed."""

import contextlib
import os
import signal
import time
from pathlib import Path

from assessor.jobs.dispatch import tend
from assessor.jobs.limits import now
from assessor.model.stored import FINISHED
from assessor.store import jobs
from assessor.store.people import SYSTEM


def begun(store, project, **options):
    """A queued job that a worker was asked to do."""
    job = jobs.submit(store, SYSTEM, project=project, kind="audit", options=options, now=now())
    tend(store)
    return job


def waited(store, job, until, *, seconds=120.0):
    """The job once `until(job)` holds, each half second tended to as the app does."""
    end = time.monotonic() + seconds
    while not until(found := jobs.job(store, SYSTEM, job.id)):
        if time.monotonic() > end:
            raise TimeoutError(f"still {found}")
        tend(store)
        time.sleep(0.2)
    return found


def finished(store, job, *, seconds=120.0):
    """The job once it has ended."""
    return waited(store, job, lambda found: found.state in FINISHED, seconds=seconds)


def processes(module, *, mentioning=""):
    """The running processes of a module of the jobs whose command or environment mentions it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            about = b"\0".join(words) + (entry / "environ").read_bytes()
            if f"assessor.jobs.{module}".encode() in words and mentioning.encode() in about:
                found.append(int(entry.name))
    return sorted(found)


def workers(store, *, count, seconds=10.0):
    """The workers of the store, once there are so many; a new one is not seen at once."""
    end = time.monotonic() + seconds
    while len(found := processes("work", mentioning=store.url)) < count:
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return found


def child_of(job, *, seconds=60.0):
    """The process that does the job."""
    end = time.monotonic() + seconds
    while not (found := processes("child", mentioning=job.id)):
        if time.monotonic() > end:
            raise TimeoutError("no child was started")
        time.sleep(0.01)
    return found[0]


def held(store, job):
    """The process that does the job, stopped once it has begun so that it stays as it is."""
    pid = child_of(job)
    waited(store, job, lambda found: found.stage)
    os.kill(pid, signal.SIGSTOP)
    return pid


def gone(pid, *, seconds=20.0):
    """Whether the process is, at last."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def quiet(store, *, seconds=30.0):
    """Whether no worker of the store is left, at last."""
    end = time.monotonic() + seconds
    while processes("work", mentioning=store.url) and time.monotonic() < end:
        time.sleep(0.1)
    return not processes("work", mentioning=store.url)
