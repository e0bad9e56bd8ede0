"""One job from its beginning to its end, in a process that is watched all the time."""

import json
import os
import select
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor.jobs import processes
from assessor.jobs.limits import Limits, cores, now
from assessor.model.stored import Job, JobState
from assessor.store import jobs
from assessor.store.opening import VARIABLE, Store
from assessor.store.people import SYSTEM

TICK = 0.5  # seconds between two signs of life in the store
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_LEAST_CPU = 60

# What came of a job: its state and a sentence; None where that stands in the store already.
_End = tuple[JobState, str] | None


@dataclass(slots=True)
class _Heard:
    """What the child has said so far. rest: the beginning of a line."""

    stage: tuple[str, int, int] = ("", 0, 0)
    failed: str = ""
    rest: bytes = b""
    closed: bool = False
    since: float = field(default_factory=time.monotonic)


def run(store: Store, job: Job, *, folder: Path, limits: Limits) -> None:
    """Does the job in a child process and writes down how it ended.

    folder: emptied before and removed afterwards; all that the child writes for the time being.
    A child that is gone, late or cancelled takes with it all that it has started.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    process = _started(store, job, folder=folder, limits=limits)
    try:
        ended = _watched(store, job, process, limits=limits)
    finally:
        processes.end(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(folder, ignore_errors=True)
    if ended is not None:
        state, note = ended
        jobs.finish(store, job.id, state=state, note=note, now=now(), attempt=job.attempts)


def _started(store: Store, job: Job, *, folder: Path, limits: Limits) -> "subprocess.Popen[bytes]":
    """The child, in a session of its own; the pipe to it says that this process lives."""
    seconds = max(int(limits.seconds) * cores(), _LEAST_CPU)
    arguments = (job.id, str(os.getpid()), str(limits.memory), str(seconds))
    return subprocess.Popen(  # noqa: S603 - this interpreter, with arguments of our own
        processes.command("assessor.jobs.child", *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        env=processes.environment(**{VARIABLE: store.url, "TMPDIR": str(folder)}),
        start_new_session=True,
    )


def _watched(
    store: Store, job: Job, process: "subprocess.Popen[bytes]", *, limits: Limits
) -> _End:
    """How the child ended, or why it has to be ended."""
    heard = _Heard()
    while process.poll() is None:
        _listen(process, heard)
        stage, done, total = heard.stage
        if not jobs.beat(
            store,
            job.id,
            stage=stage,
            done=done,
            total=total,
            now=now(),
            attempt=job.attempts,
        ):
            return _stopped(store, job)
        if time.monotonic() - heard.since > limits.seconds:
            return "failed", f"It took longer than {limits.seconds / 60:g} minutes and was ended."
    while not heard.closed:
        _listen(process, heard)
    return _ended(process.returncode, heard)


def _stopped(store: Store, job: Job) -> _End:
    """A job that is ours no more was cancelled, or is done, or another worker has it."""
    found = jobs.job(store, SYSTEM, job.id)
    ours = found.state == "running" and found.attempts == job.attempts
    return ("cancelled", "") if ours and found.cancelling else None


def _ended(code: int, heard: _Heard) -> _End:
    """What the end of the child means for its job."""
    if heard.failed:
        return "failed", heard.failed
    if code == 0:
        return None
    at = f" at the stage “{heard.stage[0]}”" if heard.stage[0] else ""
    if code == -signal.SIGXCPU:
        return "failed", f"It used up its processor time{at}."
    if code == -signal.SIGKILL:
        return "failed", f"It was killed{at}; the system does that where memory runs short."
    if code < 0:
        return "failed", f"It crashed{at} ({signal.Signals(-code).name})."
    return "failed", f"It failed{at} by a fault of the program; the log of the jobs has the trace."


def _listen(process: "subprocess.Popen[bytes]", heard: _Heard) -> None:
    """Takes in what the child says during a tick."""
    until = time.monotonic() + TICK
    if process.stdout is None:
        raise TypeError("a child is started with pipes")
    while not heard.closed and (left := until - time.monotonic()) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            heard.closed = not chunk
            _take(heard, chunk)
    if heard.closed:
        try:
            process.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            return


def _take(heard: _Heard, chunk: bytes) -> None:
    *lines, rest = (heard.rest + chunk).split(b"\n")
    heard.rest = rest[:_LONGEST_LINE]
    for line in lines:
        said: Any = json.loads(line)
        match said:
            case {"stage": [str(stage), int(done), int(total)]}:
                heard.stage = (stage, done, total)
            case {"failed": str(note)}:
                heard.failed = note
            case _:
                raise ValueError(f"no word of a child: {line[:200]!r}")
