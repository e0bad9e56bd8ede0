import pytest
import sqlalchemy as sa
from unit.report.assessments import condition, coupling, fact, pack, proof, rule
from unit.store.stores import (
    ADA,
    NOW,
    ROOT,
    TABLES,
    VIC,
    assessed,
    at,
    saved,
    shop,
    two_services,
)

from assessor.errors import UsageError
from assessor.model.basis import Text
from assessor.model.gate import Finding
from assessor.model.stored import Figures, PackFigures
from assessor.store import events, jobs, projects, runs
from assessor.store.people import SYSTEM


def test_add_project__a_name__becomes_a_readable_id(store):
    named = ["Shop", "My Shop!", "商店", "../../etc", "?!", "*", "Shop"]
    made = [
        projects.add_project(store, ROOT, name=name, location=f"/srv/{n}", now=NOW)
        for n, name in enumerate(named)
    ]
    assert [each.id for each in made] == [
        "shop", "my-shop", "商店", "etc", "project", "project-2", "shop-2",
    ]  # fmt: skip


def test_add_project__the_same_location__is_the_project_that_is_there(store):
    first = shop(store)
    again = projects.add_project(store, ROOT, name="Another", location="/srv/shop", now=at(9))
    assert again == first


@pytest.mark.parametrize(
    ("name", "location", "said"),
    [
        ("", "/srv/x", "the name: there is nothing in it"),
        ("a" * 101, "/srv/x", "the name: has 101 characters"),
        ("a\x1b[31m", "/srv/x", "cannot be printed"),
        ("x", "/srv/\x00", "cannot be printed"),
        ("x", "/srv/\udce9", "cannot be printed"),
        ("x", "https://ann:geheim@host/x", "the location names a user"),
    ],
)
def test_add_project__what_cannot_be_stored__is_told(store, name, location, said):
    with pytest.raises(UsageError, match=said):
        projects.add_project(store, ROOT, name=name, location=location, now=NOW)


def test_project__one_that_there_is_not__is_told(store):
    with pytest.raises(UsageError, match="there is no project 'nix'"):
        projects.project(store, ROOT, "nix")


def test_save_run__its_assessment_and_tables__come_back_as_they_were(store):
    shop(store)
    found = assessed(1, partition=two_services())
    head = runs.save_run(store, ADA, project="shop", assessment=found, tables=TABLES, now=NOW)
    assert runs.assessment(store, VIC, head.id) == found
    assert runs.tables(store, VIC, head.id) == dict(sorted(TABLES.items()))
    assert runs.run(store, VIC, head.id) == head


def test_save_run__its_head__says_where_it_comes_from(store):
    shop(store)
    head = saved(store)
    assert (head.revision, head.revision_time) == ("0123456789abcdef" * 2, "2024-02-29T00:00:00Z")
    assert (head.made_at, head.made_by) == (NOW, "ada")
    assert (head.rules, head.tool, len(head.digest)) == ("d" * 64, "1.2.3", 64)


def test_save_run__stray_bytes_in_a_path__are_kept(store):
    shop(store)
    odd = fact("a.b", proofs=[proof("src/\udce9\x00.java")])
    found = assessed(1, facts=(odd,))
    head = runs.save_run(store, ADA, project="shop", assessment=found, tables={}, now=NOW)
    assert runs.assessment(store, ADA, head.id).facts[0].evidence[0].path == "src/\udce9\x00.java"


def test_save_run__the_same_again__is_the_run_that_is_there(store):
    shop(store)
    first = saved(store)
    assert saved(store, second=5) == first
    assert runs.runs(store, ADA, project="shop") == (first,)


def test_save_run__the_same_in_another_project__is_another_run(store):
    shop(store)
    saved(store)
    saved(store, project="other", who=ROOT)
    assert [len(runs.runs(store, ROOT, project=each)) for each in ("shop", "other")] == [1, 1]


def test_save_run__with_its_job__does_both(store):
    shop(store)
    job = jobs.submit(store, ADA, project="shop", kind="audit", options={}, now=NOW)
    jobs.claim(store, now=at(1), stale=NOW)
    head = saved(store, who=SYSTEM, second=2, job=job.id)
    done = jobs.job(store, ADA, job.id)
    assert (done.state, done.run, head.made_by) == ("done", head.id, "ada")


@pytest.mark.parametrize("end", ["cancelled", "failed"])
def test_save_run__its_job_was_stopped__stores_nothing(store, end):
    shop(store)
    job = jobs.submit(store, ADA, project="shop", kind="audit", options={}, now=NOW)
    jobs.finish(store, job.id, state=end, note="", now=NOW)
    with pytest.raises(UsageError, match=f"is {end}; its results are not stored"):
        saved(store, who=SYSTEM, job=job.id)
    assert runs.runs(store, ADA, project="shop") == ()


def test_save_run__a_job_of_another_project__stores_nothing(store):
    shop(store)
    job = jobs.submit(store, ROOT, project="other", kind="audit", options={}, now=NOW)
    with pytest.raises(UsageError, match="there is no job"):
        saved(store, job=job.id)
    assert runs.runs(store, ADA, project="shop") == ()


def test_runs__several__newest_first_and_no_more_than_asked(store):
    shop(store)
    made = [saved(store, number=n, second=s) for n, s in enumerate((5, 9, 9, 1))]
    ids = [made[2].id, made[1].id, made[0].id, made[3].id]
    assert [each.id for each in runs.runs(store, VIC, project="shop")] == ids
    assert [each.id for each in runs.runs(store, VIC, project="shop", limit=2)] == ids[:2]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE contents SET content = :junk WHERE name = 'assessment.json'",
        "UPDATE contents SET digest = 'f' WHERE name = 'assessment.json'",
        "UPDATE contents SET size = 3 WHERE name = 'assessment.json'",
        "UPDATE runs SET digest = 'f'",
        "DELETE FROM contents",
    ],
)
def test_assessment__changed_behind_our_back__is_told(store, change):
    shop(store)
    head = saved(store)
    with store.engine.begin() as db:
        db.execute(sa.text(change), {"junk": b"junk"} if "junk" in change else {})
    with pytest.raises(UsageError, match=f"run {head.id}: .* from a backup"):
        runs.assessment(store, ADA, head.id)


def test_tables__changed_behind_our_back__are_told(store):
    shop(store)
    head = saved(store)
    with store.engine.begin() as db:
        db.execute(
            sa.text("UPDATE contents SET content = :junk WHERE name = 'facts.parquet'"),
            {"junk": b"junk"},
        )
    with pytest.raises(UsageError, match=r"facts\.parquet is not what was stored"):
        runs.tables(store, ADA, head.id)


def test_portfolio__projects_by_name__with_their_two_newest_runs(store):
    shop(store)
    projects.add_project(store, ROOT, name="attic", location="/srv/attic", now=NOW)
    made = [saved(store, number=n, second=n) for n in range(3)]
    single = saved(store, project="other", who=ROOT)
    found = [(each.id, new, old) for each, new, old in runs.portfolio(store, ROOT)]
    assert found == [
        ("attic", None, None),
        ("other", single, None),
        ("shop", made[2], made[1]),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"limit": 1}, ["other"]),
        ({"offset": 1, "limit": 1}, ["shop"]),
        ({"offset": 2}, []),
        ({"offset": -1, "limit": -1}, []),
    ],
)
def test_portfolio__a_part_of_it__is_what_was_asked_for(store, asked, expected):
    shop(store)
    assert [each.id for each, _, _ in runs.portfolio(store, ROOT, **asked)] == expected


def test_figures__an_assessment__is_counted():
    spoken = [
        proof("a", holds=False),
        proof("b", holds=False),
        proof("c"),
        proof("", holds=False, commit="c" * 40),
    ]
    found = assessed(
        1,
        facts=(fact("image.pinned", proofs=spoken), fact("image.idle", proofs=spoken)),
        packs=(
            pack(
                "CTR",
                rule(
                    "CTR-01",
                    outcomes=(
                        condition("image.pinned", level=4),
                        condition("image.pinned", level=2),
                    ),
                ),
                rule("CTR-02", outcomes=(condition("image.pinned", level=3),)),
                rule("CTR-03", outcomes=(condition("image.pinned"),), applicable=False),
            ),
        ),
        coupling=coupling(units=7),
        partition=two_services(),
    )
    only = found.packs[0]
    assert runs.figures(found) == Figures(
        packs=(PackFigures("CTR", only.claimable, only.indicative, only.coverage),),
        coverage=1.0,
        units=7,
        services=2,
        modularity=None,
        across=0.25,
        cycles=0,
        findings={"critical": 0, "major": 2, "minor": 2, "info": 0},
    )


def test_figures__all_findings_at_hand__are_what_counts():
    claim = Text("", "")
    given = [Finding("a", n, "CTR-01", "f", 2, "critical", claim) for n in range(60)]
    counted = runs.figures(assessed(), findings=given).findings
    assert counted == {"critical": 60, "major": 0, "minor": 0, "info": 0}


def test_save_run__a_line_in_the_history__once(store):
    shop(store)
    head = saved(store)
    saved(store)
    found = [(e.action, e.subject) for e in events.events(store, VIC, project="shop")]
    assert found == [("run.saved", head.id), ("project.added", "shop")]


def test_save_run__the_same_with_other_tables__renews_what_is_stored(store):
    shop(store)
    first = runs.save_run(
        store, ADA, project="shop", assessment=assessed(), tables={"units": b"broken"}, now=NOW
    )
    assert saved(store, second=5) == first
    assert runs.tables(store, ADA, first.id) == dict(sorted(TABLES.items()))
    assert runs.assessment(store, ADA, first.id) == assessed()


def test_before__a_run__is_the_newest_that_is_older(store):
    shop(store)
    made = [saved(store, number=n, second=n // 2) for n in range(3)]
    assert [runs.before(store, ADA, each.id) for each in made] == [None, made[0], made[1]]
