"""Inside the hottest files: methods changed together, and how maintainable recent change is."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assessor.collect import git
from assessor.collect.repository import Source
from assessor.graph.cochange import canonical
from assessor.model.basis import Skip
from assessor.model.coupling import Hotspot
from assessor.model.history import History, MethodChange, XRay

BY = "xray"
SUFFIXES = (".cs", ".go", ".java", ".js", ".jsx", ".kt", ".php", ".py", ".ts", ".tsx")
CAP = 30  # commits of more files, and changes of more methods, are left out as mass changes
# Not `-m`: lizard puts the folder of the started file on the import path, where our `git` hides
# GitPython's. With `-c` that folder is the current one, which is made for this, and empty.
_START = (
    "import sys; sys.path[:0] = sys.argv[1:];"
    " from assessor.collect.xray_worker import main; main()"
)
_PACKAGE = str(Path(git.__file__).resolve().parents[2])


def _unwatched(_done: int, _total: int) -> None:
    """Nobody is told."""


def xray(
    source: Source,
    spots: Iterable[Hotspot],
    *,
    history: History,
    revisions: int = 50,
    recent: int = 30,
    seconds: float = 180.0,
    report: Callable[[int, int], None] = _unwatched,
) -> tuple[XRay | None, tuple[Skip, ...]]:
    """What the newest commits say about the methods of the hot files, and what could not be seen.

    revisions: at most so many of the newest commits of each hot file are looked at. recent: over
    so many of the newest commits with code maintainability is measured. Bots,
    merges and mass commits are left out. seconds: wall time for all of it; what is done by then
    counts. report: told how many commits of how many are done. pydriller works in a process of its
    own, on the private repository. None without git.
    """
    if source.git_dir is None:
        return None, ()
    paths = sorted({spot.path for spot in spots if spot.path.endswith(SUFFIXES)})
    jobs = plan(history, paths, revisions=revisions, recent=recent)
    asked = {"git_dir": str(source.git_dir), "suffixes": SUFFIXES, "jobs": jobs}
    answers, ending = (
        _work(asked, seconds=seconds, report=lambda done: report(done, len(jobs)))
        if jobs
        else ([], "")
    )
    return _summed(answers), _skips(jobs, answers, ending=ending)


def plan(
    history: History, paths: Sequence[str], *, revisions: int, recent: int
) -> list[dict[str, Any]]:
    """The commits to look at, newest first, each with the hot files' names in it."""
    changes = history.changes.assign(newest=canonical(history))
    rows = changes["commit"].to_numpy()
    files = np.bincount(rows, minlength=len(history.commits))
    person = ~history.commits["bot"].to_numpy(dtype=bool)
    changes = changes[(files[rows] <= CAP) & person[rows] & (changes["status"] != "D")]
    hot = changes[changes["newest"].isin(paths)].groupby("newest", observed=True).head(revisions)
    names: dict[int, dict[str, str]] = {}
    for row, path, newest in zip(hot["commit"], hot["path"], hot["newest"], strict=True):
        names.setdefault(int(row), {})[path] = newest
    readable = changes[[path.endswith(SUFFIXES) for path in changes["path"]]]
    measured = {int(row) for row in readable["commit"].unique()[:recent]}
    ids = history.commits["id"]
    return [
        {"commit": str(ids.iloc[row]), "paths": names.get(row, {}), "measure": row in measured}
        for row in sorted(measured | names.keys())
    ]


def _work(
    asked: Mapping[str, Any], *, seconds: float, report: Callable[[int], None]
) -> tuple[list[dict[str, Any]], str]:
    """The worker's answers, and one sentence if it ended before its time, "" otherwise."""
    with TemporaryDirectory(prefix="assessor-xray-") as folder:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, with arguments of our own
            [sys.executable, "-I", "-c", _START, _PACKAGE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=git.environment() | {"GIT_PYTHON_GIT_EXECUTABLE": git.program()},
            start_new_session=True,
        )
        late = threading.Event()
        timer = threading.Timer(seconds, _end, (process, late))
        timer.start()
        try:
            answers = list(_answers(process, asked, report=report))
        finally:
            timer.cancel()
            _end(process, threading.Event())
    if late.is_set():
        return answers, f"it took longer than {seconds:g} seconds"
    return answers, f"its process ended with {process.returncode}" if process.returncode else ""


def _answers(
    process: subprocess.Popen[bytes], asked: Mapping[str, Any], *, report: Callable[[int], None]
) -> Iterator[dict[str, Any]]:
    """One answer a commit, as they come; the worker reads all that it is asked before the first.

    A line that its end cut off is none.
    """
    if process.stdin is None or process.stdout is None:
        raise ValueError("the worker has both pipes")
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps(asked).encode())
    with process.stdout as lines:
        for number, line in enumerate(lines, start=1):
            if line.endswith(b"\n"):
                report(number)
                yield json.loads(line.decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes], told: threading.Event) -> None:
    """Kills the worker and what it has started, unless it has ended by itself."""
    if process.poll() is not None:
        return
    told.set()
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _summed(answers: Sequence[Mapping[str, Any]]) -> XRay:
    """Pairs of methods that share at least two commits, and the mean maintainability."""
    shared: Counter[tuple[str, str, str]] = Counter()
    newest: dict[tuple[str, str, str], str] = {}
    for answer in answers:
        for path, methods in sorted(answer.get("methods", {}).items()):
            for pair in combinations(methods if len(methods) <= CAP else (), 2):
                shared[path, *pair] += 1
                newest.setdefault((path, *pair), answer["commit"])
    found = [
        MethodChange(*key, shared=count, commit=newest[key])
        for key, count in shared.items()
        if count > 1
    ]
    measured = {
        a["commit"]: a["maintainable"] for a in answers if a.get("maintainable") is not None
    }
    return XRay(
        methods=tuple(sorted(found, key=lambda m: (-m.shared, m.path, m.a, m.b))),
        maintainable_change=sum(measured.values()) / len(measured) if measured else None,
        measured=tuple(measured),
    )


def _skips(
    jobs: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]], *, ending: str
) -> tuple[Skip, ...]:
    """One skip for all commits that failed, and one for those that were never reached."""
    failed = [answer for answer in answers if "error" in answer]
    skips = []
    if failed:
        first = f"the first is {failed[0]['commit']}, {failed[0]['error']}"
        text = f"{len(failed)} commits cannot be X-rayed; {first}."
        skips.append(_skip("unparsable", text))
    if ending:
        left = len(jobs) - len(answers)
        skips.append(_skip("timeout", f"The X-ray left out {left} commits: {ending}."))
    return tuple(skips)


def _skip(code: str, reason: str) -> Skip:
    return Skip("", 0, code, BY, reason, ("history",))
