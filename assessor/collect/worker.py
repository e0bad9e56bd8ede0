"""The process that parses what others wrote: reads files from a pipe, answers with JSON.

Started by `sandbox` only, as `python -I`, in an empty folder, with next to no environment. It puts
limits on itself before it sees the first file. A frame on the pipes is two lengths (4 bytes each,
network order), a JSON header and raw bytes; nothing is ever unpickled.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import IO, Any, NoReturn

if sys.platform != "win32":
    import resource

Task = Callable[[str, bytes], Any]

# What can be asked for: name -> module:function of signature (path, content) -> JSON value.
TASKS: Mapping[str, str] = {
    "csharp": "assessor.collect.languages.csharp:extract",
    "go": "assessor.collect.languages.go:extract",
    "java": "assessor.collect.languages.java:extract",
    "javascript": "assessor.collect.languages.javascript:extract",
    "kotlin": "assessor.collect.languages.kotlin:extract",
    "php": "assessor.collect.languages.php:extract",
    "platform": "assessor.collect.platform:parse",
    "python": "assessor.collect.languages.python:extract",
    "python-metrics": "assessor.collect.languages.python_metrics:measure",
    "settings": "assessor.collect.languages.settings:extract",
    "typescript": "assessor.collect.languages.typescript:extract",
}

MAX_HEADER = 16 << 20
STACK = 16 << 20
OPEN_FILES = 64
REASON = 200
GRACE = 5
UNLOADABLE = "unloadable"  # what is said of a file whose task does not load

_LENGTHS = struct.Struct("!II")
_BAD_FILE = (ValueError, SyntaxError, RecursionError)


class TimeLimitError(BaseException):
    """The file used up its time. No `Exception`, so that no parser takes it for one of its own."""


class UnloadableError(BaseException):
    """The task does not load. No `Exception`, so that it is not taken for the file's fault."""


def send(pipe: IO[bytes], header: object, body: bytes = b"") -> None:
    """Writes one frame."""
    head = json.dumps(header, separators=(",", ":")).encode("ascii")
    pipe.write(_LENGTHS.pack(len(head), len(body)) + head + body)
    pipe.flush()


def receive(pipe: IO[bytes], *, limit: int) -> tuple[Any, bytes] | None:
    """Header and body of the next frame, None at the end; `ValueError` if it is too long."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    if head > MAX_HEADER or body > limit:
        raise ValueError(f"a frame of {head} + {body} bytes is over the limit")
    header, content = pipe.read(head), pipe.read(body)
    if len(header) < head or len(content) < body:
        return None
    return json.loads(header), content


def main(arguments: list[str]) -> None:
    """Answers until the pipe closes; a task is loaded when the first request names it.

    arguments: memory, seconds and answer as in `sandbox.Limits`. A request names its task
    (module:function), then paths with the lengths of their contents.
    """
    memory, seconds, answer = (int(number) for number in arguments[:3])
    requests, answers = _own_pipes()
    _restrict(memory)
    gc.disable()
    send(answers, {"ready": True})
    tasks: dict[str, Task] = {}
    while (frame := receive(requests, limit=1 << 31)) is not None:
        (name, listed), content = frame
        task = tasks.get(name) or tasks.setdefault(name, _loaded(name))
        for path, item in _items(listed, content):
            status, body = _answer(task, path, item, seconds=seconds)
            if len(body) > answer:
                status, body = _said(
                    "oversized", f"What was read from it takes {len(body)} bytes."
                )
            send(answers, status, body)
        gc.collect()


def _loaded(name: str) -> Task:
    """The task. Whatever keeps it from loading is a fault of ours, and told for every file."""
    module, _, function = name.partition(":")
    try:
        task: Task = getattr(importlib.import_module(module), function)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        reason = _reason(error)
        return lambda _path, _content: _unloadable(reason)
    gc.freeze()
    return task


def _unloadable(reason: str) -> NoReturn:
    raise UnloadableError(reason)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes under new numbers: whatever a parser prints or reads then goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return requests, answers


def _restrict(memory: int) -> None:
    """Bounds memory, files and stack of this process, where the system has such limits."""
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGPROF, _time_is_up)
    wanted = {
        "RLIMIT_AS": memory,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_STACK": STACK,
    }
    for name, limit in wanted.items():
        if hasattr(resource, name):
            with contextlib.suppress(ValueError, OSError):
                _lower(getattr(resource, name), limit)


if sys.platform != "win32":

    def _lower(which: int, limit: int) -> None:
        _, hard = resource.getrlimit(which)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(which, (bound, hard))


def _items(header: list[list[Any]], content: bytes) -> Iterator[tuple[str, bytes]]:
    """Paths and contents of a request."""
    position = 0
    for path, length in header:
        yield path, content[position : position + length]
        position += length


def _answer(task: Task, path: str, content: bytes, *, seconds: int) -> tuple[object, bytes]:
    """Status and JSON of what the task makes of one file, or why it makes nothing of it."""
    try:
        with _time_limit(seconds):
            value = task(path, content)
            return None, json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    except UnloadableError as error:
        return _said(UNLOADABLE, str(error))
    except TimeLimitError:
        return _said("timeout", f"Reading it took more than {seconds} seconds of processor time.")
    except MemoryError:
        return _said("memory", "Reading it takes more memory than is allowed.")
    except _BAD_FILE as error:
        return _said("unparsable", _reason(error), line=_line(error))
    except Exception as error:  # noqa: BLE001 - a reader's fault must cost one file, not the audit
        return _said("crash", f"The reader failed: {_reason(error)} ({_place(error)}).")


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raises in the body after so much processor time; ends the process soon after if it is deaf.

    Processor time, not the clock: a busy machine must not change what is found.
    """
    if sys.platform == "win32":
        yield
        return
    used = int(time.process_time())
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (used + seconds + GRACE, hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _time_is_up(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TimeLimitError


def _said(code: str, reason: str, *, line: int = 0) -> tuple[object, bytes]:
    return [code, reason, line], b""


def _line(error: Exception) -> int:
    return getattr(error, "lineno", None) or 0


def _reason(error: Exception) -> str:
    """What the error says, on one line and short: it may quote the file."""
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return f"{type(error).__name__}: {' '.join(shown.split())}"[:REASON]


def _place(error: Exception) -> str:
    """File and line of our own that failed, for whoever mends it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "assessor" in frame.filename] or frames
    name = ours[-1].filename.replace("\\", "/").rpartition("/")[2] if ours else ""
    return f"{name}:{ours[-1].lineno}" if ours else ""
