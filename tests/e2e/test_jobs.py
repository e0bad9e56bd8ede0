"""Jobs by real workers: done, followed, cancelled, late, killed in every place, begun again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from e2e import working
from postgres import database, server

from assessor.jobs import slots
from assessor.jobs.dispatch import tend
from assessor.jobs.limits import now
from assessor.model.decisions import Constraints
from assessor.store import jobs, opening, partitions, points, projects, runs
from assessor.store.people import SYSTEM
from benchmarks import durability

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


@pytest.fixture
def store(tmp_path, monkeypatch, shop):
    """A store of its own, whose jobs may read the sample and are given up on quickly."""
    monkeypatch.setenv("ASSESSOR_ROOTS", str(shop.parent))
    monkeypatch.setenv("ASSESSOR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ASSESSOR_JOB_STALE", "4")
    found = opening.open_store(f"sqlite:///{tmp_path}/store.sqlite")
    yield found
    for pid in working.processes("work", mentioning=found.url):
        os.kill(pid, signal.SIGKILL)
    assert working.quiet(found)
    opening.close(found)


@pytest.fixture
def project(store, shop):
    return _project(store, shop).id


def _project(store, folder):
    return projects.add_project(store, SYSTEM, name=folder.name, location=str(folder), now=now())


def _left(store):
    """What workers left in their folders."""
    return sorted(each.name for each in slots.folder(store.url).glob("worker-?"))


def test_job__of_the_sample__is_done_and_its_run_is_stored(store, project):
    done = working.finished(store, working.begun(store, project))
    [head] = runs.runs(store, SYSTEM, project=project)
    assert (done.state, done.note, done.attempts, head.id) == ("done", "", 1, done.run)
    assert runs.assessment(store, SYSTEM, head.id).repository.revision == head.revision


def test_job__trend__is_done_and_its_points_are_stored(store, project):
    job = jobs.submit(
        store, SYSTEM, project=project, kind="trend", options={"every": "3m", "last": 2}, now=now()
    )
    done = working.finished(store, job)
    assert (done.state, done.note) == ("done", "")
    assert len(points.points(store, SYSTEM, project=project)) == 3


def test_job__with_an_accepted_partition__respects_its_constraints(store, project):
    working.finished(store, working.begun(store, project))
    [head] = runs.runs(store, SYSTEM, project=project)
    found = runs.assessment(store, SYSTEM, head.id)
    one, two = sorted(unit for each in found.partition.services for unit in each.units)[:2]
    saved = partitions.save_partition(
        store, SYSTEM, project=project, base=head.id, name="mine", services={"a": (one, two)},
        constraints=Constraints(together=((one, two),)), now=now(),
    )  # fmt: skip
    partitions.accept(store, SYSTEM, saved.id, now=now())
    done = working.finished(store, working.begun(store, project))
    again = runs.assessment(store, SYSTEM, done.run)
    assert again.partition.constraints == Constraints(together=((one, two),))


def test_job__of_a_visitor__is_his_run(store, project):
    job = working.begun(store, project)
    working.finished(store, job)
    assert runs.runs(store, SYSTEM, project=project)[0].made_by == job.made_by


def test_job__on_its_way__tells_how_far_it_is(store, project):
    job = working.begun(store, project)
    child = working.held(store, job)
    found = jobs.job(store, SYSTEM, job.id)
    os.kill(child, signal.SIGCONT)
    working.finished(store, job)
    assert (found.state, found.stage, found.total) == ("running", "copy", 1)


def test_job__that_takes_its_time__gives_signs_of_life(store, project):
    job = working.begun(store, project)
    child = working.held(store, job)
    first = jobs.job(store, SYSTEM, job.id).beat_at
    later = working.waited(store, job, lambda found: found.beat_at > first)
    os.kill(child, signal.SIGCONT)
    assert (later.state, working.finished(store, job).attempts) == ("running", 1)


def test_job__done__leaves_no_process_and_no_folder(store, project):
    working.finished(store, working.begun(store, project))
    assert (working.quiet(store), working.processes("child", mentioning=store.url)) == (True, [])
    assert _left(store) == []


def test_job__revision_that_is_not_there__fails_in_one_sentence_without_the_folder(store, project):
    done = working.finished(store, working.begun(store, project, rev="nowhere"))
    expected = "…: there is no revision 'nowhere'; name a commit, branch or tag."
    assert (done.state, done.note) == ("failed", expected)


def test_job__option_that_there_is_not__fails(store, project):
    done = working.finished(store, working.begun(store, project, rules="/etc"))
    assert (done.state, "no audit knows" in done.note) == ("failed", True)


def test_job__folder_that_is_not_allowed_any_more__fails(store, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    job = working.begun(store, _project(store, tmp_path / "elsewhere").id)
    done = working.finished(store, job)
    assert (done.state, "not among what may be audited" in done.note) == ("failed", True)
    assert str(tmp_path) not in done.note


def test_job__host_that_is_allowed_but_not_public__fails_without_a_word_about_it(
    store, monkeypatch
):
    monkeypatch.setenv("ASSESSOR_HOSTS", "localhost")
    project = projects.add_project(
        store, SYSTEM, name="x", location="https://localhost/a/b", now=now()
    )
    done = working.finished(store, working.begun(store, project.id))
    assert (done.state, "cannot be copied; check" in done.note) == ("failed", True)


def test_cancel__while_it_runs__ends_it_with_all_it_started(store, project):
    job = working.begun(store, project)
    child = working.held(store, job)
    jobs.cancel(store, SYSTEM, job.id, now=now())
    done = working.finished(store, job)
    assert (done.state, working.gone(child), working.quiet(store)) == ("cancelled", True, True)
    assert (_left(store), runs.runs(store, SYSTEM, project=project)) == ([], ())


def test_job__slower_than_allowed__is_ended(store, project, monkeypatch):
    monkeypatch.setenv("ASSESSOR_JOB_MINUTES", "0.05")
    job = working.begun(store, project)
    child = working.held(store, job)
    done = working.finished(store, job)
    assert (done.state, done.note) == ("failed", "It took longer than 0.05 minutes and was ended.")
    assert working.gone(child)


def test_job__larger_than_allowed__fails_and_says_so(store, project, monkeypatch):
    monkeypatch.setenv("ASSESSOR_JOB_MEMORY", "200")
    done = working.finished(store, working.begun(store, project))
    assert (done.state, done.note) == (
        "failed",
        "It needs more than the 200 MiB that a job may have.",
    )


def test_child__killed__fails_the_job_and_says_why(store, project):
    job = working.begun(store, project)
    os.kill(working.held(store, job), signal.SIGKILL)
    done = working.finished(store, job)
    assert (done.state, done.note[:13], done.attempts) == ("failed", "It was killed", 1)


def test_worker__killed__ends_the_child_and_the_job_is_begun_again(store, project):
    job = working.begun(store, project)
    child = working.held(store, job)
    [worker] = working.workers(store, count=1)
    os.kill(worker, signal.SIGKILL)
    assert working.gone(child)
    done = working.finished(store, job)
    assert (done.state, done.attempts) == ("done", 2)
    assert (working.quiet(store), _left(store)) == (True, [])


def test_worker__killed_at_every_attempt__fails_the_job_and_says_so(store, project):
    job = working.begun(store, project)
    for attempt in (1, 2, 3):
        working.waited(store, job, lambda found, n=attempt: found.attempts == n)
        working.held(store, job)
        for worker in working.processes("work", mentioning=store.url):
            os.kill(worker, signal.SIGKILL)
    done = working.finished(store, job)
    assert (done.state, done.attempts, done.note != "") == ("failed", 3, True)


def test_tend__again_and_again__starts_one_worker(store, project):
    job = working.begun(store, project)
    working.held(store, job)
    for _ in range(20):
        tend(store)
    assert len(working.workers(store, count=1)) == 1


def test_tend__nothing_to_do__starts_no_worker(store):
    tend(store)
    assert working.processes("work", mentioning=store.url) == []


def test_tend__whoever_called_it_is_killed__the_job_goes_on(store, project):
    job = jobs.submit(store, SYSTEM, project=project, kind="audit", options={}, now=now())
    code = (
        "from assessor.jobs.dispatch import tend; from assessor.store.opening import open_store;"
        f" tend(open_store({store.url!r})); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, start_new_session=True
    ) as server:
        working.child_of(job)
        os.killpg(server.pid, signal.SIGKILL)
    end = time.monotonic() + 120
    while jobs.job(store, SYSTEM, job.id).state == "running" and time.monotonic() < end:
        time.sleep(0.2)
    assert jobs.job(store, SYSTEM, job.id).state == "done"


def test_workers__several_at_once__never_do_the_same_job(store, shop, monkeypatch):
    monkeypatch.setenv("ASSESSOR_JOB_WORKERS", "3")
    made = [
        jobs.submit(
            store, SYSTEM, project=_project(store, shop).id, kind="audit",
            options={"services": count}, now=now(),
        )
        for count in (2, 3, 4, 5)
    ]  # fmt: skip
    for _ in range(3):
        tend(store)
    started = working.workers(store, count=3)
    done = [working.finished(store, job) for job in made]
    assert len(started) == 3
    assert [(job.state, job.attempts) for job in done] == [("done", 1)] * 4
    assert len({job.run for job in done}) == 4


def test_durability__a_few_kills_on_sqlite__lose_and_tear_nothing(store, shop):
    found = durability.killed(store, shop, kills=3, seed=1)
    assert (found.kills, found.lost, found.torn, found.silent) == (3, 0, 0, 0)


def test_durability__a_few_kills_on_postgresql__lose_and_tear_nothing(shop, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_ROOTS", str(shop.parent))
    monkeypatch.setenv("ASSESSOR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ASSESSOR_JOB_STALE", "4")
    with server() as address, database(address) as url:
        store = opening.open_store(url)
        found = durability.killed(store, shop, kills=3, seed=2)
        opening.close(store)
    assert (found.kills, found.lost, found.torn, found.silent) == (3, 0, 0, 0)
