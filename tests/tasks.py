"""A task for sandbox workers: a reader that does whatever the file it is given tells it to."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

hoard: list[bytes] = []


def obey(path: str, content: bytes) -> object:
    """Path and length of the content, and what its first word made happen."""
    word, _, rest = content.decode("utf-8", "replace").partition(" ")
    found = HAPPENINGS[word](rest) if word in HAPPENINGS else None
    return {"path": path, "length": len(content), "found": found}


def _spin(_rest: str) -> None:
    while True:
        pass


def _deaf(_rest: str) -> None:
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    _spin("")


def _deep(rest: str) -> None:
    _deep(rest)


def _hoard(rest: str) -> None:
    hoard.append(bytes(int(rest)))


def _write(_rest: str) -> None:
    Path("written").write_text("x", encoding="ascii")


HAPPENINGS: dict[str, Callable[[str], object]] = {
    "abort": lambda _: os.abort(),
    "bug": lambda _: {}["gone"],  # type: ignore[index]
    "deaf": _deaf,
    "deep": _deep,
    "environment": lambda _: sorted(os.environ),
    "exit": lambda _: os._exit(3),
    "folder": lambda _: sorted(path.name for path in Path().iterdir()),
    "hoard": _hoard,
    "large": lambda rest: "x" * int(rest),
    "memory": lambda _: len(bytearray(8 << 30)),
    "pid": lambda _: os.getpid(),
    "noise": lambda _: sys.stdout.write("noise"),
    "number": lambda _: float("nan"),
    "segfault": lambda _: len(ctypes.string_at(0)),
    "sleep": lambda rest: time.sleep(float(rest)),
    "spin": _spin,
    "surrogate": lambda _: "\udcff",
    "syntax": lambda _: str(compile("\na = (", "x", "exec")),
    "value": lambda _: int("\x1b[31m"),
    "write": _write,
}
