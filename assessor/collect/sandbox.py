"""Runs parsers in worker processes: one bad file costs that file and nothing else."""

import contextlib
import json
import math
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from assessor.collect import worker
from assessor.model.basis import Skip

# Started with `-I`, the worker has neither the current folder nor anything from the environment
# on its import path; where this package stands is told to it, and comes first: another version
# that is installed must not read in its place.
_START = (
    "import sys; sys.dont_write_bytecode = True; sys.path[:0] = sys.argv[4:];"
    " from assessor.collect.worker import main; main(sys.argv[1:])"
)
_PACKAGE = str(Path(worker.__file__).resolve().parents[2])

Item = tuple[str, bytes]
Result = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for each worker and for what goes to it at a time.

    seconds: processor time for a file. wall_seconds: time on the clock for a file, for one that
    only waits. memory, answer: bytes. batch_bytes, batch_files: one more file than either allows
    is never sent in the same request.
    """

    seconds: int = 10
    wall_seconds: float = 120.0
    memory: int = 1536 << 20
    answer: int = 64 << 20
    batch_bytes: int = 128 << 10
    batch_files: int = 32


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why there is no answer. again: a fresh worker, with this file alone, might have one."""

    code: str
    reason: str
    line: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Pool:
    """Workers that wait for a request, and until when each that is at work may be."""

    command: tuple[str, ...]
    task: str
    folder: str
    limits: Limits
    idle: "queue.SimpleQueue[subprocess.Popen[bytes]]" = field(default_factory=queue.SimpleQueue)
    deadlines: dict[subprocess.Popen[bytes], float] = field(default_factory=dict)
    late: set[subprocess.Popen[bytes]] = field(default_factory=set)
    stopped: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Spare:
    """Workers between two runs, by how they were started; all of them stay in the folder."""

    folder: str
    waiting: dict[tuple[str, ...], list[subprocess.Popen[bytes]]] = field(default_factory=dict)


_SPARE: ContextVar[_Spare | None] = ContextVar("spare", default=None)


def nothing(_path: str) -> tuple[str, ...]:
    """The default of `affects`: no kind of artefact."""
    return ()


def run(
    task: str,
    items: Iterable[Item],
    *,
    workers: int,
    limits: Limits = Limits(),
    affects: Callable[[str], tuple[str, ...]] = nothing,
    tasks: Mapping[str, str] = worker.TASKS,
    folders: Sequence[str] = (),
) -> Iterator[tuple[str, object | Skip]]:
    """What the task makes of each (path, content), as JSON values, in the order of the items.

    A file that crashes its worker, takes too much time or memory, or that the task refuses gives
    a `Skip` in its place, with code `crash`, `timeout`, `memory`, `oversized` or `unparsable`;
    the others get what they would have got without it, whatever the number of workers.

    affects: the kinds of artefact that a skip of the path may hide. tasks, folders: other tasks
    (name -> module:function) and where their modules are, for who has readers of their own.
    """
    spare = _SPARE.get()
    with _folder() if spare is None else contextlib.nullcontext(spare.folder) as folder:
        bounds = (str(n) for n in (limits.memory, limits.seconds, limits.answer))
        start = (sys.executable, "-I", "-c", _START, *bounds, _PACKAGE, *folders)
        pool = _Pool(command=start, task=tasks[task], folder=folder, limits=limits)
        for process in spare.waiting.pop(start, ()) if spare else ():
            _put_back(pool, process)
        with _threads(pool, count=max(workers, 1)) as executor:
            for path, answer in _in_order(pool, executor, items, window=2 * max(workers, 1)):
                yield path, _judged(path, answer, by=task, affects=affects)
            if spare is not None:
                spare.waiting[start] = _let_go(pool)


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """In the block, workers of one `run` wait for the next, whatever its task.

    A worker takes longer to start than to read what most repositories hold of a language.
    """
    if _SPARE.get() is not None:
        yield
        return
    with _folder() as folder:
        spare = _Spare(folder)
        before = _SPARE.set(spare)
        try:
            yield
        finally:
            _SPARE.reset(before)
            for process in (each for every in spare.waiting.values() for each in every):
                _end(process)


def _folder() -> contextlib.AbstractContextManager[str]:
    return tempfile.TemporaryDirectory(prefix="assessor-worker-")


def _put_back(pool: _Pool, process: subprocess.Popen[bytes]) -> None:
    pool.deadlines[process] = math.inf
    pool.idle.put(process)


def _let_go(pool: _Pool) -> list[subprocess.Popen[bytes]]:
    """The workers that wait; the pool knows them no more."""
    found: list[subprocess.Popen[bytes]] = []
    with contextlib.suppress(queue.Empty):
        while True:
            found.append(pool.idle.get_nowait())
    for process in found:
        pool.deadlines.pop(process)
    return found


def _judged(
    path: str, answer: object, *, by: str, affects: Callable[[str], tuple[str, ...]]
) -> object | Skip:
    if not isinstance(answer, _Refusal):
        return answer
    code, reason, line = answer.code, answer.reason, answer.line
    return Skip(path=path, line=line, code=code, by=by, reason=reason, affects=affects(path))


@contextlib.contextmanager
def _threads(pool: _Pool, *, count: int) -> Iterator[ThreadPoolExecutor]:
    """A thread for each worker; whatever happens in the body, no worker outlives it."""
    executor = ThreadPoolExecutor(max_workers=count, thread_name_prefix="sandbox")
    try:
        yield executor
    finally:
        pool.stopped.set()
        for process in list(pool.deadlines):
            process.kill()
        executor.shutdown(wait=True, cancel_futures=True)
        for process in list(pool.deadlines):
            _discard(pool, process)


def _in_order(
    pool: _Pool, executor: ThreadPoolExecutor, items: Iterable[Item], *, window: int
) -> Iterator[Result]:
    """Answers in the order of the items; at most so many batches are on their way at a time."""
    pending: deque[Future[list[Result]]] = deque()
    for batch in _batches(items, pool.limits):
        pending.append(executor.submit(_work, pool, batch))
        if len(pending) > window:
            yield from _awaited(pool, pending.popleft())
    while pending:
        yield from _awaited(pool, pending.popleft())


def _batches(items: Iterable[Item], limits: Limits) -> Iterator[list[Item]]:
    batch: list[Item] = []
    held = 0
    for item in items:
        batch.append(item)
        held += len(item[1])
        if len(batch) >= limits.batch_files or held >= limits.batch_bytes:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _awaited(pool: _Pool, future: Future[list[Result]]) -> list[Result]:
    """The answers to a batch; meanwhile kills workers that are late."""
    while not wait([future], timeout=1.0).done:
        now = time.monotonic()
        for process, deadline in list(pool.deadlines.items()):
            if deadline < now:
                pool.late.add(process)
                process.kill()
    return future.result()


def _work(pool: _Pool, batch: list[Item]) -> list[Result]:
    """Answers to all of the batch, also when files in it end their workers.

    A worker answers in order, so the first unanswered file is the one it died of, or ran out of
    memory with. Both may be the fault of files before it: it is tried once more, alone.
    """
    answers = list(_answers(pool, batch))
    while len(answers) < len(batch) and not pool.stopped.is_set():
        answers.append(_alone(pool, batch[len(answers)]))
        answers.extend(_answers(pool, batch[len(answers) :]))
    return [(path, answer) for (path, _), answer in zip(batch, answers, strict=False)]


def _answers(pool: _Pool, batch: Sequence[Item]) -> Iterator[object]:
    """Answers to the files of a batch, up to one that has to be tried again."""
    if not batch:
        return
    process = _taken(pool)
    for answer in _asked(pool, process, batch):
        if isinstance(answer, _Refusal) and answer.again:
            _discard(pool, process)
            return
        yield answer
        if isinstance(answer, _Refusal) and answer.code == "timeout":
            _discard(pool, process)
            return
    _put_back(pool, process)


def _alone(pool: _Pool, item: Item) -> object:
    """The answer of a fresh worker to one file."""
    process = _started(pool)
    answer = next(_asked(pool, process, [item]))
    _discard(pool, process)
    return answer


def _asked(
    pool: _Pool, process: subprocess.Popen[bytes], batch: Sequence[Item]
) -> Iterator[object]:
    """Answers as they come; one that tells how the worker ended is the last."""
    requests, answers = _pipes(process)
    pool.deadlines[process] = time.monotonic() + pool.limits.wall_seconds
    try:
        header = [pool.task, [[path, len(content)] for path, content in batch]]
        worker.send(requests, header, b"".join(content for _, content in batch))
    except OSError:
        yield _ended(pool, process)
        return
    for _ in batch:
        pool.deadlines[process] = time.monotonic() + pool.limits.wall_seconds
        answer = _read(answers, limit=pool.limits.answer)
        if answer is None:
            yield _ended(pool, process)
            return
        if isinstance(answer, _Refusal) and answer.code == worker.UNLOADABLE:
            raise RuntimeError(f"the task {pool.task} does not load: {answer.reason}")
        yield answer


def _read(answers: IO[bytes], *, limit: int) -> object:
    """A worker's answer, None if there is none that could be one."""
    try:
        frame = worker.receive(answers, limit=limit)
        if frame is None:
            return None
        status, body = frame
        return json.loads(body) if status is None else _refusal(status)
    except (ValueError, RecursionError, OSError):
        return None


def _refusal(status: object) -> _Refusal | None:
    match status:
        case [str(code), str(reason), int(line)]:
            return _Refusal(code, reason, line, again=code == "memory")
        case _:
            return None


def _ended(pool: _Pool, process: subprocess.Popen[bytes]) -> _Refusal:
    """What the end of the worker says about the file it was at."""
    process.kill()
    code = process.wait()
    if process in pool.late:
        reason = f"Reading it took more than {pool.limits.wall_seconds:g} seconds on the clock."
        return _Refusal("timeout", reason)
    if code == -getattr(signal, "SIGXCPU", 0):
        reason = f"Reading it took more than {pool.limits.seconds} seconds of processor time."
        return _Refusal("timeout", reason)
    name = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    return _Refusal("crash", f"The reader's process ended with {name}.", again=True)


def _taken(pool: _Pool) -> subprocess.Popen[bytes]:
    """A worker that waits, or a new one."""
    with contextlib.suppress(queue.Empty):
        return pool.idle.get_nowait()
    return _started(pool)


def _started(pool: _Pool) -> subprocess.Popen[bytes]:
    """A new worker, after it has loaded its task; one that cannot is a fault of ours."""
    process = subprocess.Popen(  # noqa: S603 - this interpreter, with arguments of our own
        pool.command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=pool.folder,
        env=_environment(),
        start_new_session=True,
    )
    pool.deadlines[process] = math.inf
    if pool.stopped.is_set():
        process.kill()
    elif worker.receive(_pipes(process)[1], limit=0) is None and not pool.stopped.is_set():
        said = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        raise RuntimeError(f"a worker did not start: {said}")
    return process


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC", "HOME": os.devnull}


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise TypeError("a worker is started with pipes")
    return process.stdin, process.stdout


def _discard(pool: _Pool, process: subprocess.Popen[bytes]) -> None:
    pool.deadlines.pop(process, None)
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the worker and closes its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
