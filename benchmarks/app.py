"""How long a visitor of the app waits, in a real browser, against an empty page of the same run.

    python -m benchmarks.app [REPO] [--units 1000]

Stores an assessment of REPO (the sample shop if absent), and one of a made monolith of so many
classes; opens the overview in a fresh server and again, changes to every other page, and moves a
unit of each by the menus until the new figures stand there. Then the same work without a browser:
reading the facts, moving a unit, the figures of the cut, the graph. Prints seconds, how many
times as long as Streamlit takes for a page with nothing but a title, and the goal where there is
one; the exit status is 1 if one was missed.
"""

import argparse
import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor import app as package
from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.partition.moving import APART, moved
from assessor.partition.quality import quality
from assessor.report.network import Asked, network
from assessor.report.wording import short
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
ROUNDS = 5
REST = 2_000  # milliseconds in which a page comes to rest before a click is timed
FIRST, CHANGE, MOVE = 3.0, 1.0, 1.0  # goals, in seconds


@dataclass
class Told:
    """The table as it is printed. base: seconds that an empty page takes."""

    base: float
    missed: list[str] = field(default_factory=list)

    def row(self, what: str, seconds: float, *, goal: float | None = None) -> None:
        """Prints a line and notes a goal that was missed."""
        beyond = goal is not None and seconds > goal
        self.missed.extend([what] if beyond else [])
        aim = "" if goal is None else f"   goal {goal:.0f} s{', missed' if beyond else ''}"
        print(f"{what:<36}{seconds:8.3f} s{seconds / self.base:8.2f} x{aim}", flush=True)


def main() -> int:
    """Prints the table; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("repo", nargs="?", type=Path)
    parser.add_argument("--units", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as scratch:
        folder = Path(scratch)
        repo = asked.repo or _sample(folder / "shop")
        url = f"sqlite:///{folder}/store.sqlite"
        store = opening.open_store(url)
        stored = {
            "real": _stored(store, "real", repo),
            "made": _stored(store, "made", _made(folder / "made", units=asked.units)),
        }
        opening.close(store)
        told = _measured(url, folder, stored=stored)
    for name, tables in stored.items():
        _pure(told, name, tables)
    print(f"\nload at the end: {os.getloadavg()[0]:.1f}")
    return 1 if told.missed else 0


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


def _stored(store: opening.Store, name: str, repo: Path) -> dict[str, bytes]:
    """The facts of a run that the store has from now on, packed."""
    project = projects.add_project(store, SYSTEM, name=name, location=str(repo), now=NOW)
    options = pipeline.Options(workers=2)
    with open_source(repo) as source:
        full = pipeline.full(source, pipeline.rules(None), options=options)
    tables = facts.packed(full.kept)
    runs.save_run(
        store, SYSTEM, project=project.id, assessment=full.assessment, tables=tables, now=NOW
    )
    return tables


def _measured(url: str, folder: Path, *, stored: dict[str, dict[str, bytes]]) -> Told:
    """What a visitor waits for; prints a line for each."""
    from playwright.sync_api import sync_playwright

    empty = folder / "empty.py"
    empty.write_text("import streamlit as st\nst.title('nothing')\n")
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or playwright.chromium.executable_path
        path = os.environ.get("CHROMIUM", path)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with _server(empty, url) as address:
            page = browser.new_page()
            _opened(page, address, "h1")  # the browser's first page is slower than all others
            told = Told(min(_opened(page, address, "h1") for _ in range(ROUNDS)))
        print(f"load {os.getloadavg()[0]:.1f}; an empty page: {told.base:.2f} s\n", flush=True)
        with _server(Path(package.__file__).parent / "start.py", url) as address:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            _visited(told, page, address, stored=stored)
        browser.close()
    return told


def _visited(
    told: Told,
    page: Any,  # noqa: ANN401 - playwright's page
    address: str,
    *,
    stored: dict[str, dict[str, bytes]],
) -> None:
    home, shown = f"{address}/?lang=en&project=real", '[data-testid="stMetric"]'
    told.row("overview, fresh server", _opened(page, home, shown), goal=FIRST)
    told.row("overview again", _opened(page, home, shown), goal=FIRST)
    for turn in ("first time", "again"):
        for name in PAGES:
            told.row(f"to {name}, {turn}", _changed(page, name), goal=CHANGE)
    for name, tables in stored.items():
        coupling = facts.unpacked(tables).seen.coupling
        unit = coupling.units[0] if coupling else ""
        place = f"{address}/services?lang=en&project={name}&unit={unit}"
        goal = MOVE if name == "made" else None
        told.row(f"a unit of {name} is moved", _moved(page, place, unit), goal=goal)


def _pure(told: Told, name: str, tables: dict[str, bytes]) -> None:
    """The work behind a move, without a browser; the best of some rounds."""
    kept = facts.unpacked(tables)
    coupling, cut = kept.seen.coupling, kept.seen.partition
    if coupling is None or cut is None:
        return
    unit = coupling.units[0]
    to = next((each.name for each in cut.services if each.name != cut.home.get(unit)), APART)
    numbers = {each: at for at, each in enumerate(sorted({*cut.home.values(), APART}))}
    homes = [numbers[cut.home.get(each, APART)] for each in coupling.units]
    opened = Asked(opened=frozenset(each.name for each in cut.services))
    print(f"\n{name}: {len(coupling.units):,} units in {len(cut.services)} services")
    told.row("facts.unpacked", _best(lambda: facts.unpacked(tables)))
    told.row("moving.moved", _best(lambda: moved(coupling, cut, moves={unit: to})))
    told.row("quality.quality", _best(lambda: quality(coupling, services=homes)))
    told.row("network, services closed", _best(lambda: network(coupling, cut, asked=Asked())))
    told.row("network, services open", _best(lambda: network(coupling, cut, asked=opened)))


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


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
    page.wait_for_timeout(REST)
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


def _moved(page: Any, address: str, unit: str) -> float:  # noqa: ANN401 - playwright's page
    """From the press of Move until the step and the last of the figures stand there."""
    page.goto(address)
    button = page.get_by_role("button", name="Move (1)")
    button.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(REST)
    page.locator('[data-testid="stSelectbox"]', has_text="Move to").locator("input").click()
    page.get_by_role("option").first.click()
    page.wait_for_timeout(REST)
    elsewhere = page.locator('[data-testid="stMetric"]', has_text="Units elsewhere")
    began = time.monotonic()
    button.click()
    page.get_by_text(f"{short(unit)} →").first.wait_for(timeout=PATIENCE)
    elsewhere.get_by_text("1", exact=True).wait_for(timeout=PATIENCE)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
