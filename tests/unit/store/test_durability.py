"""Whoever writes is killed: what was acknowledged is there, and nothing is there in part."""

import contextlib
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from unit.store.stores import ADA, NOW, ROOT, saved, shop

from assessor.errors import UsageError
from assessor.model.decisions import Constraints
from assessor.store import comments, events, partitions, people, runs
from assessor.store.opening import open_store
from assessor.store.transactions import writing

WRITER = Path(__file__).with_name("writer.py")


def _killed(url, *, start, after):
    """What a writer acknowledged before it was killed, that long after the first one."""
    command = [sys.executable, str(WRITER), url, str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline()]
        timer = threading.Timer(after, process.kill)
        timer.start()
        said += list(process.stdout)
        timer.join()
    return [tuple(line.split()) for line in said if line.endswith("\n")]


@pytest.mark.slow
def test_store__its_writer_is_killed_five_times__what_was_acknowledged_is_there(store, url):
    shop(store)
    dice = random.Random(5)  # noqa: S311 - when to kill, always the same moments
    told = []
    for turn in range(5):
        told += _killed(url, start=turn * 100_000, after=dice.uniform(0, 0.4))
    assert len(told) >= 5
    said = {id_ for kind, id_ in told if kind == "comment"}
    assert said <= {each.id for each in comments.comments(store, ADA, project="shop")}
    heads = runs.runs(store, ADA, project="shop", limit=1000)
    assert {id_ for kind, id_ in told if kind == "run"} <= {each.id for each in heads}
    for head in heads:  # each is whole, even one that was not acknowledged any more
        assert len(runs.assessment(store, ADA, head.id).repository.name) == 200_000
        assert len(runs.tables(store, ADA, head.id)["wide"]) == 300_000
    history = events.events(store, ADA, project="shop", limit=1000)
    assert {e.subject for e in history if e.action == "run.saved"} == {h.id for h in heads}


def test_store__a_transaction_that_is_broken_off__leaves_nothing(store):
    shop(store)
    with contextlib.suppress(ZeroDivisionError), writing(store) as db:
        db.execute(sa.text("UPDATE projects SET name = 'x'"))
        raise ZeroDivisionError
    with store.engine.connect() as db:
        found = db.execute(sa.text("SELECT name FROM projects ORDER BY name")).scalars().all()
    assert found == ["Other", "Shop"]


def test_store__eight_threads_that_read_and_then_write__lose_no_turn(store):
    """Each save takes the next version of the same name: none may be given out twice."""
    shop(store)
    base = saved(store).id

    def saves(_):
        for _turn in range(25):
            partitions.save_partition(
                store,
                ADA,
                project="shop",
                base=base,
                name="Cut",
                services={},
                constraints=Constraints(),
                now=NOW,
            )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(saves, range(8)))
    found = partitions.partitions(store, ADA, project="shop")
    assert sorted(each.version for each in found) == list(range(1, 201))


def test_store__two_admins_revoke_each_other_at_once__one_is_left(store):
    for name in ("ann", "bob"):
        people.grant(store, ROOT, person=name, project="*", role="admin", now=NOW)

    def revokes(name):
        try:
            people.revoke(store, ROOT, person=name, project="*", now=NOW)
        except UsageError:
            return 0
        return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(revokes, ["ann", "bob"])) == 1


def test_store__a_reader_beside_a_writer__sees_what_was_there_before(store):
    shop(store)
    with writing(store) as db:
        db.execute(sa.text("UPDATE projects SET name = 'x' WHERE id = 'shop'"))
        other = open_store(store.url)
        names = [each.name for each, _, _ in runs.portfolio(other, ROOT)]
        other.engine.dispose()
    assert names == ["Other", "Shop"]
