from concurrent.futures import ThreadPoolExecutor

import pytest
from unit.store.stores import ADA, NOW, ROOT, VIC, at, saved, shop

from assessor.errors import UsageError
from assessor.model.stored import Figures, Point
from assessor.store import events, jobs, points
from assessor.store.people import SYSTEM

FIGURES = Figures((), 1.0, 3, 2, 0.5, 0.25, 0, {"major": 1})


def _asked(store, *, second=0, kind="audit", **options):
    return jobs.submit(store, ADA, project="shop", kind=kind, options=options, now=at(second))


def test_submit__a_job__waits_in_the_queue(store):
    shop(store)
    made = _asked(store, rev="main", xray=3)
    assert (made.state, made.attempts, made.made_by) == ("queued", 0, "ada")
    assert made.options == {"rev": "main", "xray": 3}
    assert jobs.job(store, VIC, made.id) == made


def test_submit__an_equal_one_that_waits__is_that_one(store):
    shop(store)
    first = _asked(store, rev="main")
    assert _asked(store, rev="main", second=5) == first


def test_submit__an_equal_one_that_runs_or_is_stopped__is_not_enough(store):
    shop(store)
    running = _asked(store, rev="main")
    jobs.claim(store, now=at(6), stale=NOW)
    waiting = _asked(store, rev="main", second=7)
    jobs.cancel(store, ROOT, waiting.id, now=at(8))
    assert _asked(store, rev="main", second=9).id not in {running.id, waiting.id}


@pytest.mark.parametrize("other", [{"rev": "x"}, {"rev": "main", "xray": 1}, {"kind": "trend"}])
def test_submit__another_one__is_a_job_of_its_own(store, other):
    shop(store)
    _asked(store, rev="main")
    _asked(store, **({"rev": "main"} | other))
    assert len(jobs.jobs(store, VIC, project="shop")) == 2


def test_submit__an_equal_one_that_is_finished__is_begun_again(store):
    shop(store)
    first = _asked(store)
    jobs.finish(store, first.id, state="failed", note="No.", now=NOW)
    assert _asked(store).id != first.id


def test_jobs__several__newest_first_and_open_ones_alone(store):
    shop(store)
    first, second = _asked(store, n=1), _asked(store, n=2)
    jobs.cancel(store, ADA, first.id, now=NOW)
    assert [each.id for each in jobs.jobs(store, VIC)] == [second.id, first.id]
    assert [each.id for each in jobs.jobs(store, VIC, open_only=True)] == [second.id]


def test_claim__the_oldest__is_running_from_then_on(store):
    shop(store)
    first = _asked(store, n=1)
    _asked(store, n=2)
    taken = jobs.claim(store, now=at(3), stale=NOW)
    assert (taken.id, taken.state, taken.attempts) == (first.id, "running", 1)
    assert (taken.beat_at, taken.note) == (at(3), "")


def test_claim__nothing_to_do__is_none(store):
    assert jobs.claim(store, now=NOW, stale=NOW) is None


def test_claim__one_that_gives_signs__stays_with_its_worker(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    assert jobs.beat(store, job.id, stage="code", done=1, total=9, now=at(30))
    assert jobs.claim(store, now=at(31), stale=at(11)) is None


def test_claim__one_that_was_left_behind__is_begun_anew_and_says_so(store):
    shop(store)
    _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    again = jobs.claim(store, now=at(40), stale=at(20))
    assert (again.attempts, again.note) == (2, jobs.BEGUN_ANEW)


def test_claim__left_behind_too_often__has_failed_and_says_why(store):
    shop(store)
    job = _asked(store)
    for n in range(3):
        assert jobs.claim(store, now=at(100 * n + 1), stale=at(100 * n)) is not None
    assert jobs.claim(store, now=at(400), stale=at(399)) is None
    failed = jobs.job(store, VIC, job.id)
    assert failed.state == "failed"
    assert failed.note == "It was begun 3 times, and each time stopped without a word."


def test_claim__left_behind_and_to_be_cancelled__is_cancelled(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    jobs.cancel(store, ADA, job.id, now=at(2))
    assert jobs.claim(store, now=at(40), stale=at(20)) is None
    assert jobs.job(store, VIC, job.id).state == "cancelled"


def test_claim__by_eight_at_once__gives_each_job_to_one(store):
    shop(store)
    ids = {_asked(store, n=n).id for n in range(20)}

    def work(_):
        taken = []
        while (found := jobs.claim(store, now=at(1), stale=NOW)) is not None:
            taken.append(found.id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [id_ for each in pool.map(work, range(8)) for id_ in each]
    assert sorted(taken) == sorted(ids)


def test_beat__a_running_job__tells_how_far_it_is(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    assert jobs.beat(store, job.id, stage="history", done=3, total=8, now=at(2))
    found = jobs.job(store, VIC, job.id)
    assert (found.stage, found.done, found.total, found.beat_at) == ("history", 3, 8, at(2))


def test_beat__not_to_go_on__is_false(store):
    shop(store)
    job = _asked(store)
    told = {"stage": "", "done": 0, "total": 0, "now": at(3)}
    assert not jobs.beat(store, job.id, **told)  # nobody has begun it
    jobs.claim(store, now=at(1), stale=NOW)
    jobs.cancel(store, ADA, job.id, now=at(2))
    assert not jobs.beat(store, job.id, **told)


def test_beat_and_finish__somebody_else_has_it_now__change_nothing(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    jobs.claim(store, now=at(40), stale=at(20))
    assert not jobs.beat(store, job.id, stage="", done=0, total=0, now=at(41), attempt=1)
    jobs.finish(store, job.id, state="failed", note="", now=at(41), attempt=1)
    assert jobs.job(store, VIC, job.id).state == "running"
    assert jobs.beat(store, job.id, stage="", done=0, total=0, now=at(41), attempt=2)


def test_cancel__in_the_queue__at_once(store):
    shop(store)
    job = _asked(store)
    jobs.cancel(store, ADA, job.id, now=at(1))
    assert jobs.job(store, VIC, job.id).state == "cancelled"


def test_cancel__a_running_one__is_marked_and_ended_by_its_worker(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    jobs.cancel(store, ADA, job.id, now=at(2))
    marked = jobs.job(store, VIC, job.id)
    assert (marked.state, marked.cancelling) == ("running", True)
    jobs.finish(store, job.id, state="cancelled", note="", now=at(3))
    ended = jobs.job(store, VIC, job.id)
    assert (ended.state, ended.cancelling) == ("cancelled", False)


def test_finish__one_that_is_done__stays_done(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    saved(store, who=SYSTEM, job=job.id)
    jobs.finish(store, job.id, state="failed", note="Too late.", now=at(3))
    assert jobs.job(store, VIC, job.id).state == "done"


def test_finish__a_note_with_odd_characters__is_one_short_line(store):
    shop(store)
    job = _asked(store)
    jobs.finish(
        store, job.id, state="failed", note="It\x1b[31m\nbroke\x00\udce9" + "." * 900, now=NOW
    )
    note = jobs.job(store, VIC, job.id).note
    assert note.startswith("It [31m broke  ..")
    assert len(note) == 500


def test_history__of_a_job__says_who_did_what(store):
    shop(store)
    job = _asked(store)
    jobs.claim(store, now=at(1), stale=NOW)
    jobs.cancel(store, ROOT, job.id, now=at(2))
    jobs.finish(store, job.id, state="cancelled", note="", now=at(3))
    found = events.events(store, VIC, project="shop", limit=3)
    assert [(each.person, each.action) for each in found] == [
        ("assessor", "audit.cancelled"),
        ("root", "audit.stopped"),
        ("ada", "audit.asked"),
    ]


def _point(label, time):
    return Point(label, "a" * 40, time, FIGURES, 0.75, None)


def test_save_points__with_its_job__come_back_oldest_first_and_the_job_is_done(store):
    shop(store)
    job = _asked(store, kind="trend")
    jobs.claim(store, now=at(1), stale=NOW)
    new, old = _point("v2", "2025-01-01T00:00:00Z"), _point("v1", "2024-01-01T00:00:00Z")
    points.save_points(store, SYSTEM, project="shop", points=[new, old], now=at(2), job=job.id)
    assert points.points(store, VIC, project="shop") == (old, new)
    assert jobs.job(store, VIC, job.id).state == "done"


def test_save_points__again__take_the_place_of_those_before(store):
    shop(store)
    for label in ("v1", "v2"):
        made = [_point(label, "2024-01-01T00:00:00Z")]
        points.save_points(store, ADA, project="shop", points=made, now=NOW)
    assert [each.label for each in points.points(store, VIC, project="shop")] == ["v2"]


def test_save_points__the_job_was_cancelled__stores_nothing(store):
    shop(store)
    job = _asked(store, kind="trend")
    jobs.cancel(store, ADA, job.id, now=NOW)
    made = [_point("v1", "2024-01-01T00:00:00Z")]
    with pytest.raises(UsageError, match="is cancelled; its results are not stored"):
        points.save_points(store, SYSTEM, project="shop", points=made, now=at(2), job=job.id)
    assert points.points(store, VIC, project="shop") == ()
