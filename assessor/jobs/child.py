"""The process that does one job: started by `running` only, under limits, told by a pipe.

Told are JSON lines: `{"stage": [name, done, total]}`, and `{"failed": sentence}` at the end. One
that says nothing of the kind and ends well has saved its result, and its job is done.
"""

import errno
import json
import os
import re
import sys
import time
from collections.abc import Callable
from typing import IO

from assessor.errors import AssessorError
from assessor.jobs import processes

Report = Callable[[str, int, int], None]

NICE = 5
_OFTEN = 0.1  # seconds between two words about the same stage
_LONGEST = 500
_PATH = re.compile(r"(?<![\w.:/])/[^\s'\",;:()]+")


def main(arguments: list[str]) -> None:
    """Does the job. arguments: its id, the parent's process id, bytes of memory, CPU seconds."""
    identifier, parent, memory, seconds = arguments[0], *(int(each) for each in arguments[1:4])
    processes.follow(parent, sys.stdin.buffer)
    if hasattr(os, "nice"):
        os.nice(NICE)
    processes.restrict(memory=memory, seconds=seconds)
    told = _own_pipe()
    report = _reporting(told)
    report("copy", 0, 1)
    try:
        from assessor.jobs.doing import do  # under the limits, as it loads much

        do(identifier, report=report)
    except AssessorError as error:
        _tell(told, {"failed": clean(str(error))})
    except (MemoryError, RuntimeError, OSError) as error:
        if not _short(error):
            raise
        _tell(told, {"failed": f"It needs more than the {memory >> 20} MiB that a job may have."})


def _own_pipe() -> IO[bytes]:
    """Standard output under a new number: what a library prints then goes to the log."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return told


def _tell(told: IO[bytes], said: object) -> None:
    told.write(json.dumps(said, ensure_ascii=True).encode("ascii") + b"\n")
    told.flush()


def _reporting(told: IO[bytes]) -> Report:
    """A report that passes on a new stage at once, and the same one a few times a second."""
    last, since = "", 0.0

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last, since
        moment = time.monotonic()
        if stage != last or moment - since > _OFTEN:
            last, since = stage, moment
            _tell(told, {"stage": [stage, done, total]})

    return report


def _short(error: Exception) -> bool:
    """Whether the error comes from too little memory."""
    no_thread = isinstance(error, RuntimeError) and "can't start new thread" in str(error)
    no_process = isinstance(error, OSError) and error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or no_thread or no_process


def clean(message: str) -> str:
    """The sentence on one line, without the places of folders, which not everybody may know."""
    plain = "".join(each if each.isprintable() else " " for each in message)
    return _PATH.sub("…", " ".join(plain.split()))[:_LONGEST]


if __name__ == "__main__":
    main(sys.argv[1:])
