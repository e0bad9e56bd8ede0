"""What only a process of its own can show, shown by one."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assessor.jobs import processes

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can do it")


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _gone(pid):
    """Whether it is, after ten seconds at most."""
    end = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not _alive(pid)


def _python(code, **kwargs):
    return subprocess.Popen(
        [sys.executable, "-c", f"from assessor.jobs import processes\n{code}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        **kwargs,
    )


PARENT = """
import subprocess, sys, os
child = subprocess.Popen([sys.executable, "-c", '''
import os, sys, time
from assessor.jobs import processes
processes.follow(int(sys.argv[1]), sys.stdin.buffer)
print(os.getpid(), flush=True)
time.sleep(60)
''', str(os.getpid())], start_new_session=True, stdin=subprocess.PIPE)
child.wait()
"""


@linux
def test_follow__parent_killed__ends_the_child():
    with _python(PARENT) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    assert _gone(child)


@linux
def test_follow__parent_that_is_gone_already__ends_the_child_at_once():
    with _python("import sys; processes.follow(1, sys.stdin.buffer)") as child:
        assert child.wait(20) == -signal.SIGKILL


def test_end_with__end_of_the_pipe__kills_the_process():
    with _python("import sys; processes.end_with(sys.stdin.buffer)") as child:
        child.stdin.close()
        assert child.wait(20) == -signal.SIGKILL


@linux
def test_restrict__more_memory_than_allowed__is_a_memory_error():
    code = """
processes.restrict(memory=200 << 20, seconds=60)
try:
    bytearray(300 << 20)
except MemoryError:
    print("refused", flush=True)
"""
    with _python(code) as child:
        assert child.stdout.read() == b"refused\n"


@linux
def test_restrict__more_processor_time_than_allowed__ends_the_process():
    with _python("processes.restrict(memory=1 << 30, seconds=1)\nwhile True: pass") as child:
        assert child.wait(60) == -signal.SIGXCPU


@linux
def test_end__what_the_child_started_in_a_session_of_its_own__is_killed_too():
    code = """
import subprocess, sys
processes.adopt_orphans()
start = '''
import subprocess, sys, time
deep = subprocess.Popen(["sleep", "60"], start_new_session=True)
print(deep.pid, flush=True)
time.sleep(60)
'''
child = subprocess.Popen([sys.executable, "-c", start], start_new_session=True,
                         stdout=subprocess.PIPE)
deep = child.stdout.readline()
processes.end(child)
sys.stdout.buffer.write(deep)
"""
    with _python(code) as parent:
        deep = int(parent.stdout.read())
    assert not _alive(deep)


def test_environment__secrets_and_what_is_not_ours__are_kept_back(monkeypatch):
    for name in ("AWS_SECRET_ACCESS_KEY", "ASSESSOR_SECRETS", "LD_PRELOAD", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "x")
    found = processes.environment(ASSESSOR_STORE="s", TMPDIR="t")
    kept = {"AWS_SECRET_ACCESS_KEY", "ASSESSOR_SECRETS", "LD_PRELOAD", "PYTHONSTARTUP"} & set(
        found
    )
    assert (kept, found["ASSESSOR_STORE"], found["TMPDIR"]) == (set(), "s", "t")


def test_environment__settings_of_ours_and_of_the_database__are_kept(monkeypatch):
    for name in ("ASSESSOR_ROOTS", "PGPASSFILE", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "x")
    found = processes.environment()
    assert [found[name] for name in ("ASSESSOR_ROOTS", "PGPASSFILE", "XDG_CACHE_HOME")] == [
        "x"
    ] * 3


def test_command__from_another_folder__runs_this_package(tmp_path):
    (tmp_path / "assessor").mkdir()
    (tmp_path / "assessor" / "__init__.py").write_text("raise SystemExit(9)")
    done = subprocess.run(
        processes.command("assessor", "--version"),
        cwd=tmp_path,
        env=processes.environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:9]) == (0, b"assessor ")
