"""The audit as people start it: a process of its own, and pages in a real browser."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

COMMAND = [str(Path(sys.executable).with_name("assessor"))]
PATIENCE = 60_000  # milliseconds
PAUSE, STILL = 200, 3  # a page is drawn when so many looks at it, so far apart, are alike


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def app(*args, store, env=None, port=0):
    """The address of a running `assessor app`; it is stopped as Ctrl-C does."""
    port = port or free_port()
    words = [*COMMAND, "app", *map(str, args), "--store", store, "--port", str(port)]
    process = subprocess.Popen(
        words,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process=process)
        yield f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        process.stdout.close()


def wait_for(address, *, process, seconds=60):
    """Waits until the address answers; fails with what the process said if it has ended."""
    for _ in range(seconds * 10):
        if process.poll() is not None:
            raise AssertionError(
                f"the app ended with {process.returncode}: {process.stdout.read()}"
            )
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def settled(page):
    """Waits until the page has been drawn and nothing changes any more; gives its text."""
    page.wait_for_selector("h1", timeout=PATIENCE)
    before, still = None, 0
    for _ in range(PATIENCE // PAUSE):
        state = page.get_attribute('[data-testid="stApp"]', "data-test-script-state")
        said = page.inner_text('[data-testid="stApp"]')
        still = still + 1 if (state, said) == ("notRunning", before) else 0
        if still == STILL:
            return said
        before = said
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"the page does not come to rest: {before}")


def foreign_requests(page):
    """A list that fills with every request that leaves this machine."""
    found = []

    def seen(request):
        host = request.url.split("/")[2].split(":")[0] if "//" in request.url else ""
        if host not in {"", "127.0.0.1", "localhost"}:
            found.append(request.url)

    page.on("request", seen)
    return found
