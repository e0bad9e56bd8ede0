"""All benchmarks of speed on one repository, each against a baseline of the same run.

    make bench [REPO=path]

Prints: start-up of the command against a bare Python; mining of the history against git's own
walk and pydriller; extraction of every language against tree-sitter's parsing alone, and its cost
as the number of files grows; injection points that are resolved; complexity against radon's; what
the cache saves; a whole audit with its peak memory; the gate on the last commit, with an empty
cache and with what it left there; the app in a browser against an empty page. Without REPO the
sample shop serves, which is small: name a monolith of your own.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assessor.collect.replay import replay
from assessor.resources import packaged

HERE = Path(__file__).resolve().parent
COMMAND = Path(sys.executable).with_name("assessor")
ROUNDS = 5


def main() -> None:
    """Runs them one after the other."""
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as scratch:
        repo = Path(sys.argv[1]) if len(sys.argv) > 1 else _sample(Path(scratch, "shop"))
        files = Path(scratch, "files")
        _export(repo, files)
        _startup()
        _module("history", _git_dir(repo))
        _module("extraction", files, "--curve", "--rounds", "1")
        if any(files.rglob("*.java")):
            _module("injection", files)
        if any(files.rglob("*.py")):
            _module("radon", files)
        _module("warm", repo, "--repeat", "1")
        _audit(repo)
        _gate(repo)
        _module("app", repo)


def _sample(folder: Path) -> Path:
    replay(packaged("sample_repos") / "shop", folder)
    return folder


def _git_dir(repo: Path) -> Path:
    return repo / ".git" if (repo / ".git").is_dir() else repo


def _export(repo: Path, folder: Path) -> None:
    """The files of HEAD, for readers that take a folder. For repositories that you trust."""
    folder.mkdir()
    archive = subprocess.Popen(
        ["git", f"--git-dir={_git_dir(repo)}", "archive", "HEAD"], stdout=subprocess.PIPE
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], stdin=archive.stdout, check=True)
    archive.wait()


def _startup() -> None:
    bare = min(_wall([sys.executable, "-c", "pass"]) for _ in range(ROUNDS))
    ours = min(_wall([str(COMMAND), "--help"]) for _ in range(ROUNDS))
    print(f"== start-up\nassessor --help {ours:.2f} s, bare Python {bare:.2f} s", flush=True)


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _module(name: str, target: Path, *options: str) -> None:
    """One benchmark in a process of its own; its exit status says whether a limit is broken."""
    print(f"\n== {name}", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}", str(target), *options]
    broken = subprocess.run(command, cwd=HERE.parent, check=False).returncode
    if broken:
        print(f"-- beyond the limit (exit status {broken})")


def _audit(repo: Path) -> None:
    print("\n== whole audit", flush=True)
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(COMMAND), "audit", str(repo), "-q", "--format", "json"], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    print(f"exit {os.waitstatus_to_exitcode(status)}, {wall:.1f} s wall")
    print(f"main process: {used.ru_utime + used.ru_stime:.1f} s CPU with its children waited for")
    print(f"peak memory of the largest process: {used.ru_maxrss / 1024:.0f} MB")


def _gate(repo: Path) -> None:
    """The gate on the last commit, cold and warm; warm is the best of the rounds."""
    with tempfile.TemporaryDirectory(prefix="assessor-cache-") as cache:
        env = {**os.environ, "ASSESSOR_CACHE": cache}
        words = [str(COMMAND), "gate", str(repo), "--no-fail", "--quiet"]
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run(words, env=env, stdout=subprocess.DEVNULL, check=True)
            seconds.append(time.perf_counter() - start)
    cold, warm = seconds[0], min(seconds[1:])
    print(f"\n== gate\ncold {cold:.2f} s, warm {warm:.2f} s, ratio {warm / cold:.2f}")


if __name__ == "__main__":
    main()
