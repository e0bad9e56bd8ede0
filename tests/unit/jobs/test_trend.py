from dataclasses import asdict, replace

import numpy as np
import pytest
from builders import git, repository
from histories import history

from assessor import pipeline
from assessor.collect.cache import open_cache
from assessor.collect.replay import replay
from assessor.errors import EmptyError, SourceError, UsageError
from assessor.graph.cochange import change_sets
from assessor.jobs.fitting import changed_together, inside, names_now, reached
from assessor.jobs.revisions import asked, chosen
from assessor.jobs.trend import points, trend
from assessor.model.history import Tag
from assessor.model.trend import Asked
from assessor.resources import packaged
from assessor.store.figures import figures

DAY = 86_400
SERVICES = {"order": ("order/a.py", "order/b.py"), "stock": ("stock/a.py", "stock/b.py")}


def silent(_stage, _done, _total):
    """Nobody watches."""


def past(n, *, tags=(), **columns):
    """A trunk of n commits, one a day; `tags` are names with the day of their commit."""
    commits = [[f"{row}.py"] for row in range(n)]
    made = history(*commits, columns=columns)
    return replace(made, tags=tuple(Tag(name, f"{day:040x}", day * DAY) for name, day in tags))


def labels(found):
    return [each.label for each in found]


@pytest.mark.parametrize(
    ("every", "seconds"),
    [("tags", 0), ("30d", 30 * DAY), ("2w", 14 * DAY), ("3m", 90 * DAY), ("1y", 365 * DAY)],
)
def test_asked__tags_or_a_step__is_in_seconds(every, seconds):
    assert asked(every).every == seconds


@pytest.mark.parametrize("every", ["", "0d", "3", "m", "-1d", "3 m", "1h", "99999d"])
def test_asked__anything_else__is_refused(every):
    with pytest.raises(UsageError, match="no distance between revisions"):
        asked(every)


def test_chosen__tags__are_the_releases_by_time_then_head():
    known = past(5, tags=[("v1.1", 3), ("v1.0", 1), ("nightly", 2), ("v1.1-rc1", 2)])
    assert labels(chosen(known, Asked(0))) == ["v1.0", "v1.1", "HEAD"]


def test_chosen__tag_of_head__is_there_once():
    found = chosen(past(3, tags=[("v1.0", 1), ("v1.1", 3)]), Asked(0))
    assert [(each.label, each.commit[-1]) for each in found] == [("v1.0", "1"), ("v1.1", "3")]


def test_chosen__two_tags_of_one_commit__give_one_revision():
    assert labels(chosen(past(3, tags=[("1.0", 1), ("v1.0", 1)]), Asked(0))) == ["1.0", "HEAD"]


def test_chosen__tag_that_does_not_lead_to_head__is_left_out():
    known = past(3, tags=[("v1.0", 1), ("v2.0", 9)])
    assert labels(chosen(known, Asked(0))) == ["v1.0", "HEAD"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        (1, ["v1.9"]),
        (2, ["v1.1", "v1.9"]),
        (3, ["v1.1", "v1.5", "v1.9"]),
        (5, ["v1.1", "v1.3", "v1.5", "v1.7", "v1.9"]),
        (9, [f"v1.{n}" for n in range(1, 10)]),
    ],
)
def test_chosen__more_tags_than_wanted__are_thinned_evenly(last, kept):
    known = past(10, tags=[(f"v1.{n}", n) for n in range(1, 10)])
    assert labels(chosen(known, Asked(0, last=last))) == [*kept, "HEAD"]


def test_chosen__since_a_date__leaves_out_older_tags():
    known = past(5, tags=[("v1.0", 1), ("v1.1", 3)])
    assert labels(chosen(known, Asked(0, since=(2 * DAY, 0)))) == ["v1.1", "HEAD"]


def test_chosen__since_an_age__counts_back_from_head():
    known = past(5, tags=[("v1.0", 1), ("v1.1", 3)])
    assert labels(chosen(known, Asked(0, since=(0, 2 * DAY)))) == ["v1.1", "HEAD"]


def test_chosen__no_release__is_told():
    with pytest.raises(UsageError, match="no release tag leads to HEAD; ask for dates"):
        chosen(past(3, tags=[("nightly", 1)]), Asked(0))


def test_chosen__dates__go_back_from_head_in_steps():
    found = chosen(past(7), Asked(2 * DAY))
    assert [(each.label, each.time // DAY) for each in found] == [
        ("1970-01-02", 1),
        ("1970-01-04", 3),
        ("1970-01-06", 5),
        ("HEAD", 7),
    ]


def test_chosen__dates_between_which_nothing_was_done__give_one_revision():
    known = past(3, time=[20 * DAY, 3 * DAY, DAY])
    found = chosen(known, Asked(5 * DAY))
    assert [(each.label, each.time // DAY) for each in found] == [("1970-01-16", 3), ("HEAD", 20)]


def test_chosen__more_dates_than_wanted__are_the_newest():
    assert labels(chosen(past(9), Asked(DAY, last=2))) == ["1970-01-08", "1970-01-09", "HEAD"]


def test_chosen__dates_since__end_there():
    found = labels(chosen(past(9), Asked(2 * DAY, since=(6 * DAY, 0))))
    assert found == ["1970-01-08", "HEAD"]


def test_chosen__commit_of_a_side_branch__is_no_date_of_the_trunk():
    known = past(4, landed=[0, 0, 2, 3])
    assert [each.time // DAY for each in chosen(known, Asked(DAY))] == [1, 2, 4]


def test_inside__pairs_of_two_services__are_counted_by_where_they_stay():
    pairs = [("order/a.py", "order/b.py"), ("order/a.py", "stock/a.py")]
    assert inside(pairs, SERVICES, names={}) == 0.5


def test_inside__unit_by_its_older_name__is_where_it_is_now():
    pairs = [("old.py", "order/b.py")]
    assert inside(pairs, SERVICES, names={"old.py": "order/a.py"}) == 1.0


def test_inside__pairs_with_a_unit_of_no_service__are_not_counted():
    pairs = [("order/a.py", "order/b.py"), ("order/a.py", "shared.py")]
    assert inside(pairs, SERVICES, names={}) == 1.0


def test_inside__no_pair__gives_none():
    assert inside([("order/a.py", "gone.py")], SERVICES, names={}) is None


def test_inside__single_service__gives_none():
    pairs = [("order/a.py", "order/b.py")]
    assert inside(pairs, {"order": SERVICES["order"]}, names={}) is None


def test_names_now__path_that_was_renamed_and_taken_again__is_the_older_file():
    known = history([("A", "a.py")], [("R", "a.py", "b.py")], [("A", "a.py")])
    ids = known.commits["id"]
    assert names_now(known, reached(known, ids[2:])) == {"a.py": "b.py"}
    assert names_now(known, reached(known, ids)) == {}


def test_changed_together__pairs_of_later_commits__are_not_known_yet():
    both, other = ["order/a.py", "order/b.py"], ["order/a.py", "stock/a.py"]
    known = history(other, other, other, both, both, both)
    units = ["order/a.py", "order/b.py", "stock/a.py"]

    def pairs(within):
        return changed_together(change_sets(known), within, units=units, cap=30)

    assert pairs(np.array([False] * 3 + [True] * 3)) == (("order/a.py", "order/b.py"),)
    assert sorted(pairs(np.array([True] * 6))) == [
        ("order/a.py", "order/b.py"),
        ("order/a.py", "stock/a.py"),
    ]


def test_changed_together__commit_of_too_many_files__is_left_out():
    units = ["a.py", "b.py", "c.py"]
    known = history(units, units, units)
    within = np.array([True] * 3)
    assert changed_together(change_sets(known), within, units=units, cap=2) == ()


@pytest.fixture(scope="module")
def rules():
    return pipeline.rules(None)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trend") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    return folder


@pytest.fixture
def broken(shop, tmp_path):
    """The shop without the build file of its first release."""
    git(tmp_path, "clone", "--quiet", str(shop), "broken")
    folder = tmp_path / "broken"
    objects = folder / ".git" / "objects"
    [pack] = (objects / "pack").glob("*.pack")
    git(folder, "unpack-objects", "-q", stdin=pack.rename(tmp_path / "pack").read_bytes())
    blob = git(folder, "rev-parse", "v1.0.0:pom.xml")
    (objects / blob[:2] / blob[2:]).unlink()
    return folder


def test_trend__tags_of_a_repository__have_the_figures_of_their_audits(shop, rules):
    found = trend(shop, asked=asked("tags", last=2), rules=rules, report=silent)
    assert labels(found.points) == ["v1.0.0", "v1.3.0", "v1.4.0"]
    for point in found.points:
        audit = pipeline.audit(shop, options=pipeline.Options(rev=point.label))
        assert point.revision == audit.repository.revision
        assert point.revision_time == audit.repository.revision_time
        without = replace(point.figures, findings=figures(audit).findings)
        assert asdict(without) == asdict(figures(audit))


def test_trend__same_cache_again__gives_the_same_without_an_audit(shop, rules, tmp_path):
    told = []
    with open_cache(tmp_path / "cache") as cache:
        first = trend(shop, asked=asked("tags", last=1), rules=rules, report=silent, cache=cache)
        again = trend(
            shop,
            asked=asked("tags", last=1),
            rules=rules,
            report=lambda *stage: told.append(stage),
            cache=cache,
        )
    assert again == first
    history = [("history", done, 2) for done in range(3)]
    assert told == [("copy", 0, 1), ("history", 0, 1), *history]


def test_points__of_a_trend__are_its_points(shop, rules):
    wanted = asked("tags", last=1)
    found = points(shop, asked=wanted, rules=rules, report=silent)
    assert found == trend(shop, asked=wanted, rules=rules, report=silent).points


def test_trend__new_tag__is_seen_in_spite_of_the_cache(shop, rules, tmp_path):
    git(tmp_path, "clone", "--quiet", str(shop), "copy")
    with open_cache(tmp_path / "cache") as cache:
        for name in ("", "v1.3.1"):
            if name:
                git(tmp_path / "copy", "tag", name, "v1.4.0~1")
            found = trend(
                tmp_path / "copy", asked=asked("tags"), rules=rules, report=silent, cache=cache
            )
    assert labels(found.points)[-2:] == ["v1.3.1", "v1.4.0"]


def test_trend__release_with_a_lost_file__is_named_and_the_rest_goes_on(broken, rules):
    found = trend(broken, asked=asked("tags", last=2), rules=rules, report=silent)
    assert labels(found.points) == ["v1.3.0", "v1.4.0"]
    [unread] = found.unread
    assert unread.label == "v1.0.0"
    assert unread.reason == "commit 6e963c2861 lacks files here; fetch the whole repository."


def test_trend__release_without_a_file__is_named_and_the_rest_goes_on(tmp_path, rules):
    steps = [
        {"message": "begin", "tags": ["v0.1"]},
        {"message": "code", "files": {"a.py": "A = 1\n"}, "tags": ["v0.2"]},
    ]
    repository(tmp_path / "r", steps)
    found = trend(tmp_path / "r", asked=asked("tags"), rules=rules, report=silent)
    assert labels(found.points) == ["v0.2"]
    assert [(each.label, each.reason[18:]) for each in found.unread] == [
        ("v0.1", "holds no file, so there is nothing to assess.")
    ]


def test_trend__head_without_a_file__is_refused(tmp_path, rules):
    steps = [
        {"message": "code", "files": {"a.py": "A = 1\n"}, "tags": ["v0.1"]},
        {"message": "end", "files": {"a.py": None}},
    ]
    repository(tmp_path / "r", steps)
    with pytest.raises(EmptyError, match="holds no file"):
        trend(tmp_path / "r", asked=asked("tags"), rules=rules, report=silent)


def test_trend__code_that_is_no_cut_of_services__has_no_fit(tmp_path, rules):
    steps = [{"message": "code", "files": {"a.py": "A = 1\n"}, "tags": ["v0.1"]}]
    repository(tmp_path / "r", steps)
    [point] = trend(tmp_path / "r", asked=asked("tags"), rules=rules, report=silent).points
    assert (point.fit, point.changes) == (None, None)


def test_trend__no_repository__is_told(tmp_path, rules):
    with pytest.raises(SourceError):
        trend(tmp_path, asked=asked("tags"), rules=rules, report=silent)
