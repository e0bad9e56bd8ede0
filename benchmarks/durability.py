"""What is left of jobs whose worker or child is killed at random moments.

    python -m benchmarks.durability [--kills 100] [--seed 0] [--store URL]... [--repo FOLDER]

Audits one project again and again, with another number of services each time, and sends SIGKILL
to the worker or to its child (drawn, as the moment is) while it works. Then the job is tended to
until it ends, as the app does. Nothing acknowledged may be lost: each job is done and its run
whole, or failed with a reason. Prints a table; exit status 1 if something is lost, torn or silent.
"""

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assessor.collect.replay import replay
from assessor.errors import AssessorError
from assessor.jobs.dispatch import tend
from assessor.jobs.limits import now
from assessor.model.stored import FINISHED, Job
from assessor.resources import packaged
from assessor.store import jobs, opening, projects, runs
from assessor.store.people import SYSTEM

STALE = "4"  # seconds
PATIENCE = 300.0  # seconds for a job to end, attempts and all
LONGEST = 3.0  # seconds from the start of a worker to the latest moment of a kill


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it. workers, children: how many of either were killed.

    done: with their run, at once or begun again. told: failed and says why. lost: acknowledged,
    and gone or done without its run. torn: a run that cannot be read whole. silent: failed
    without a reason, or never ended. seconds: of wall time.
    """

    kills: int
    workers: int
    children: int
    done: int
    told: int
    lost: int
    torn: int
    silent: int
    seconds: float


def main() -> int:
    """Prints the figures for each store; exit status 1 if one of them is bad."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--store", action="append", default=[])
    parser.add_argument("--repo", type=Path)
    asked = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="assessor-durability-") as scratch:
        repo = asked.repo or Path(scratch, "shop")
        if asked.repo is None:
            replay(packaged("sample_repos") / "shop", repo)
        os.environ |= {
            "ASSESSOR_CACHE": str(Path(scratch, "cache")),
            "ASSESSOR_JOB_STALE": STALE,
            "ASSESSOR_ROOTS": str(repo.parent),
        }
        print("store        kills  worker  child  done  told  lost  torn  silent  seconds")
        for url in asked.store or [f"sqlite:///{scratch}/store.sqlite"]:
            found = killed(opening.open_store(url), repo, kills=asked.kills, seed=asked.seed)
            bad += found.lost + found.torn + found.silent
            print(_line(url.partition(":")[0], found), flush=True)
    return int(bad > 0)


def _line(name: str, found: Found) -> str:
    return (
        f"{name:12.12} {found.kills:5} {found.workers:7} {found.children:6} {found.done:5}"
        f" {found.told:5} {found.lost:5} {found.torn:5} {found.silent:7} {found.seconds:8.0f}"
    )


def killed(store: opening.Store, repo: Path, *, kills: int, seed: int) -> Found:
    """What is left after so many kills of jobs on the repository."""
    start, dice = time.monotonic(), random.Random(seed)  # noqa: S311 - moments, no secrets
    project = projects.add_project(
        store, SYSTEM, name="durability", location=str(repo.resolve()), now=now()
    ).id
    hit = {"work": 0, "child": 0}
    given: list[str] = []
    while sum(hit.values()) < kills:
        job = jobs.submit(
            store,
            SYSTEM,
            project=project,
            kind="audit",
            options={"services": 1 + len(given) % 900},
            now=now(),
        )
        given.append(job.id)
        whom, moment = dice.choice(sorted(hit)), dice.uniform(0, LONGEST)
        hit[whom] += _hit(store, job, whom=whom, moment=moment)
        _end(store, job)
    ended = {each: _job(store, each) for each in given}
    held = {head.id for head in runs.runs(store, SYSTEM, project=project, limit=10 * len(given))}
    return Found(
        kills=sum(hit.values()),
        workers=hit["work"],
        children=hit["child"],
        done=sum(job is not None and job.state == "done" for job in ended.values()),
        told=sum(
            job is not None and job.state == "failed" and bool(job.note) for job in ended.values()
        ),
        lost=sum(
            job is None or (job.state == "done" and job.run not in held) for job in ended.values()
        ),
        torn=sum(not _whole(store, each) for each in held),
        silent=sum(
            job is not None
            and (job.state not in FINISHED or (job.state != "done" and not job.note))
            for job in ended.values()
        ),
        seconds=time.monotonic() - start,
    )


def _hit(store: opening.Store, job: Job, *, whom: str, moment: float) -> int:
    """Kills the process at the moment, counted from the call for a worker: 1 if it was there."""
    tend(store)
    end = time.monotonic() + moment
    while time.monotonic() < end and _job(store, job.id).state not in FINISHED:  # type: ignore[union-attr]
        time.sleep(0.02)
    victims = _processes(whom, mentioning=store.url)
    for pid in victims:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return min(len(victims), 1)


def _end(store: opening.Store, job: Job) -> None:
    """Tends to the job until it ends, or for so long that it never will."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = _job(store, job.id)
        if found is None or found.state in FINISHED:
            return
        tend(store)
        time.sleep(0.2)


def _job(store: opening.Store, identifier: str) -> Job | None:
    with contextlib.suppress(AssessorError):
        return jobs.job(store, SYSTEM, identifier)
    return None


def _whole(store: opening.Store, run: str) -> bool:
    """Whether the assessment and all tables are what was written."""
    with contextlib.suppress(AssessorError):
        runs.assessment(store, SYSTEM, run)
        return bool(runs.tables(store, SYSTEM, run))
    return False


def _processes(module: str, *, mentioning: str) -> list[int]:
    """The processes of a module of the jobs that were given that address."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if f"assessor.jobs.{module}".encode() in words:
                given = (entry / "environ").read_bytes().split(b"\0")
                if f"ASSESSOR_STORE={mentioning}".encode() in given:
                    found.append(int(entry.name))
    return sorted(found)


if __name__ == "__main__":
    sys.exit(main())
