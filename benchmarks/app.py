"""How long a visitor of the app waits, in a real browser, against an empty page of the same run.

    python -m benchmarks.app [REPO] [--units 1000]

Stores an assessment of REPO (the sample shop if absent), and one of a made monolith of so many
classes; opens the overview in a fresh server and again, changes to every other page, and moves a
class of the made monolith by the menus until the new figures stand there. Prints seconds and, for
each, how many times as long as Streamlit takes for a page with nothing but a title.
"""

import argparse
import contextlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessor import app as package
from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.resources import packaged
from assessor.store import facts, opening, projects, runs
from assessor.store.people import SYSTEM

PAGES = (
    "maturity",
    "coupling",
    "services",
    "hotspots",
    "attest",
    "trend",
    "portfolio",
    "report",
    "settings",
)
NOW = "2026-11-01T10:00:00Z"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--in-process-gpu"]
PATIENCE = 120_000
HERE = "127.0.0.1"
CALLS = 3  # of each class of the made monolith, most to its neighbours


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("repo", nargs="?", type=Path)
    parser.add_argument("--units", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as scratch:
        folder = Path(scratch)
        repo = asked.repo or _sample(folder / "shop")
        url = f"sqlite:///{folder}/store.sqlite"
        store = opening.open_store(url)
        _stored(store, "real", repo)
        _stored(store, "made", _made(folder / "made", units=asked.units))
        opening.close(store)
        _measured(url, folder)


def _sample(folder: Path) -> Path:
    replay(packaged("sample_repos") / "shop", folder)
    return folder


def _made(folder: Path, *, units: int) -> Path:
    """A Java monolith of so many classes in packages of forty, in one commit."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    for at in range(units):
        part, name = f"m{at // 40}", f"Class{at}"
        near = [40 * (at // 40) + chance.randrange(40) for _ in range(CALLS)]
        used = [*(each for each in near if each < units), chance.randrange(units)]
        fields = "".join(
            f"  private org.made.m{each // 40}.Class{each} a{number};\n"
            for number, each in enumerate(used)
            if each != at
        )
        file = folder / "src/main/java/org/made" / part / f"{name}.java"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"package org.made.{part};\npublic class {name} {{\n{fields}}}\n")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "made")):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    return folder


def _stored(store: opening.Store, name: str, repo: Path) -> None:
    project = projects.add_project(store, SYSTEM, name=name, location=str(repo), now=NOW)
    options = pipeline.Options(workers=2)
    with open_source(repo) as source:
        full = pipeline.full(source, pipeline.rules(None), options=options)
    tables = facts.packed(full.kept)
    runs.save_run(
        store, SYSTEM, project=project.id, assessment=full.assessment, tables=tables, now=NOW
    )


def _measured(url: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    empty = folder / "empty.py"
    empty.write_text("import streamlit as st\nst.title('nothing')\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        with _server(empty, url) as address:
            page = browser.new_page()
            _opened(page, address, "h1")  # the browser's first page is slower than all others
            base = _opened(page, address, "h1")
        print(f"load {os.getloadavg()[0]:.1f}; an empty page: {base:.2f} s\n")
        with _server(Path(package.__file__).parent / "start.py", url) as address:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            shown = '[data-testid="stMetric"]'
            home = f"{address}/?lang=en&project=real"
            _told("overview, fresh server", _opened(page, home, shown), base)
            _told("overview again", _opened(page, home, shown), base)
            for name in PAGES:
                _told(f"to {name}", _changed(page, name), base)
            _told("a class is moved", _moved(page, address), base)
        browser.close()


@contextlib.contextmanager
def _server(script: Path, url: str) -> Iterator[str]:
    with socket.create_server((HERE, 0)) as probe:
        port = probe.getsockname()[1]
    words = ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(
        [sys.executable, "-m", "assessor.app.serve", "run", str(script), *words],
        env={**os.environ, "ASSESSOR_STORE": url, "ASSESSOR_PROJECT": "real"},
        cwd=script.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://{HERE}:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/_stcore/health").close()  # noqa: S310 - ours
                break
            time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def _opened(page: Any, address: str, shown: str) -> float:  # noqa: ANN401 - playwright's page
    began = time.monotonic()
    page.goto(address)
    page.wait_for_selector(shown, timeout=PATIENCE)
    return time.monotonic() - began


def _changed(page: Any, name: str) -> float:  # noqa: ANN401 - playwright's page
    """From the click in the navigation until the page has come to rest under its title."""
    page.wait_for_timeout(1500)
    began = time.monotonic()
    page.locator('[data-testid="stPageLink"] a', has_text=name.title()).click()
    page.wait_for_function(
        "name => { const head = document.querySelector('h1');"
        " const app = document.querySelector('[data-testid=\"stApp\"]');"
        " return head && head.innerText.trim() === name"
        " && app.getAttribute('data-test-script-state') === 'notRunning'; }",
        arg=name.title(),
        timeout=PATIENCE,
    )
    return time.monotonic() - began


def _moved(page: Any, address: str) -> float:  # noqa: ANN401 - playwright's page
    """From the press of Move until the figures of the moved class stand there."""
    unit = "src/main/java/org/made/m0/Class0.java"
    page.goto(f"{address}/services?lang=en&project=made&unit={unit}")
    button = page.get_by_role("button", name="Move (1)")
    button.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(3000)
    page.locator('[data-testid="stSelectbox"]', has_text="Move to").locator("input").click()
    page.get_by_role("option").last.click()
    page.wait_for_timeout(3000)
    began = time.monotonic()
    button.click()
    page.get_by_text("Class0 →").first.wait_for(timeout=PATIENCE)
    return time.monotonic() - began


def _told(what: str, seconds: float, base: float) -> None:
    print(f"{what:<24}{seconds:6.2f} s{seconds / base:8.1f} x", flush=True)


if __name__ == "__main__":
    main()
