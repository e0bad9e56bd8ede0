from dataclasses import replace

import pytest
from histories import history

from assessor.detect.history import SPECS, facts
from assessor.model.basis import Location, Node
from assessor.model.coupling import CoChange, Hotspot
from assessor.model.history import Ownership, Tag, people_needed
from assessor.model.partition import Partition, Quality, Service
from assessor.model.records import Artefact, File, FileKind, Records
from assessor.model.seen import Seen

DAY = 86_400
NOW = 20_000 * DAY  # a Friday, 2024-10-04
NOTHING = Records((), (), (), (), ())


def files(**kinds):
    kind = {"s": FileKind.SOURCE, "t": FileKind.TEST}
    found = (File(path, kind[letter], "java", 1, "") for path, letter in sorted(kinds.items()))
    return Records(tuple(found), (), (), (), ())


def fact(name, past, records=NOTHING, **seen):
    found = {f.name: f for f in facts(Seen(records, history=past, **seen))}
    assert [*found] == [spec.name for spec in SPECS]
    return found[name]


def days_ago(*days):
    return [NOW - day * DAY for day in days]


def partition(**services):
    quality = Quality(len(services), None, None, None, None, None, None, 0, None)
    made = tuple(Service(name, tuple(units), 1.0) for name, units in services.items())
    return Partition(made, (), quality, {}, (), "x", {}, 0)


# Without a history


def test_facts__no_git__are_all_unknown_with_the_reason():
    found = facts(Seen(NOTHING, history_reason="no-git"))
    said = "There is no git history."
    assert {(f.value, f.applies, f.reason.en) for f in found} == {(None, True, said)}
    assert [f.name for f in found] == [spec.name for spec in SPECS]


def test_facts__a_shallow_clone__are_all_unknown():
    found = facts(Seen(NOTHING, history=history(["a"], shallow=True)))
    assert {f.value for f in found} == {None}
    assert "shallow" in found[0].reason.en


def test_facts__no_commit__are_all_unknown():
    assert {f.value for f in facts(Seen(NOTHING, history=history()))} == {None}


def test_facts__only_bots_committed__tell_nothing_of_people():
    past = history(["a"], columns={"bot": [True]})
    assert fact("git.integ", past).value is None
    assert fact("git.review", past).value is None
    assert fact("git.authors", past).value == 0


# Side branches


def merged(n, days, **options):
    """A trunk of n merges, each with one commit of its side branch."""
    columns = {
        "parents": [2, 1] * n,
        "landed": [row - row % 2 for row in range(2 * n)],
        **options.pop("columns", {}),
    }
    branches = [(2 * row, day) for row, day in enumerate(days)]
    return history(*[[], ["a"]] * n, columns=columns, branches=branches, **options)


def test_life__merged_branches__have_median_and_tail():
    past = merged(5, [1, 2, 3, 4, 10])
    assert fact("git.life.p50", past).value == 3
    assert fact("git.life.p90", past).value == pytest.approx(7.6)
    assert len(fact("git.life.p50", past).evidence) == 5


def test_life__branches_of_bots__do_not_count():
    past = merged(2, [1, 90], columns={"bot": [False, False, False, True]})
    assert fact("git.life.p90", past).value == 1


def test_life__squashed_requests__are_unknown_not_zero():
    past = history(["a"], ["b"], merges_observable=False)
    assert (fact("git.life.p50", past).value, fact("git.life.p50", past).applies) == (None, True)


def test_life__one_merge_among_many_squashed__stands_for_nothing():
    past = history([], ["a"], *[["b"]] * 20, columns={"landed": [0, 0, *range(2, 22)]})
    past = replace(past, branches=merged(1, [1.0]).branches)
    assert fact("git.life.p50", past).value is None


# Integration


def test_integ__two_authors__count_each_working_day_of_the_window():
    past = history(
        *[["a"]] * 6,
        columns={
            "time": days_ago(0, 1, 2, 3, 3, 4),
            "author": ["x", "y", "x", "y", "x", "y"],
        },
    )
    assert fact("git.integ", past).value == pytest.approx(6 / 2 / 5)


def test_integ__commits_of_side_branches__count_once_with_their_merge():
    past = merged(1, [1], columns={"time": days_ago(0, 0)})
    assert fact("git.integ", past).value == 1


def test_integ__commits_before_the_window__do_not_count():
    past = history(["a"], ["a"], columns={"time": days_ago(0, 181)})
    assert len(fact("git.integ", past).evidence) == 1


def test_size__a_merge__counts_the_files_of_its_branch():
    past = history([], ["a", "b"], ["a", "c"], ["x"], columns={"landed": [0, 0, 0, 3]})
    assert fact("git.size", past).value == 2


# Marks


def test_issue__a_commit_of_the_branch_names_it__the_landing_does():
    past = merged(2, [1, 1], columns={"issue": [False, True, False, False]})
    found = fact("git.issue", past)
    assert (found.value, len(found.evidence)) == (0.5, 2)
    assert (found.evidence[0].holds, found.evidence[0].commit) == (False, past.commits["id"][2])


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("git.review", "reviewed"),
        ("git.signed", "signed"),
        ("git.revert", "revert"),
        ("git.hotfix", "hotfix"),
    ],
)
def test_marks__one_of_four_commits__is_a_quarter(name, column):
    past = history(*[["a"]] * 4, columns={column: [False, True, False, False]})
    assert fact(name, past).value == 0.25


def test_conv__merges__are_not_asked_for_conventional_messages():
    past = merged(2, [1, 1], columns={"conventional": [False, True, False, True]})
    assert fact("git.conv", past).value == 1


# Tests and pipelines


def test_testwith__commits_to_production_code__are_asked_for_tests():
    past = history(["s", "t"], ["s"], ["t"], ["notes"], ["gone"])
    found = fact("git.testwith", past, files(s="s", t="t"))
    assert (found.value, len(found.evidence)) == (0.5, 2)
    assert found.evidence[0].commit == past.commits["id"][1]


def test_testwith__no_production_code_touched__is_unknown():
    assert fact("git.testwith", history(["notes"]), files(s="s")).value is None


def test_ci_authors__known_and_usual_pipeline_files__count_their_people():
    past = history(
        [".github/workflows/ci.yml"],
        ["ci/own.yml"],
        ["docs/Jenkinsfile.md/x"],
        ["a"],
        columns={"author": ["x", "y", "x", "z"]},
    )
    pipeline = Artefact("ci.pipeline", Location("ci/own.yml"), Node(1, None))
    records = Records((), (), (), (pipeline,), ())
    assert fact("git.ci_authors", past, records).value == 2


def test_ci_authors__no_pipeline_at_all__does_not_apply():
    assert not fact("git.ci_authors", history(["a"])).applies


def test_authors__people_of_the_window__are_shown_by_their_newest_commit():
    past = history(["a"], ["a"], ["a"], columns={"author": ["x", "y", "x"]})
    found = fact("git.authors", past)
    assert (found.value, {e.commit for e in found.evidence}) == (2, {*past.commits["id"][:2]})


# Releases


def tags(*names, time=NOW):
    return tuple(Tag(name, f"{n:040x}", time) for n, name in enumerate(names))


@pytest.mark.parametrize(
    ("names", "share"),
    [
        (["v1.0.0", "v1.1.0", "v1.2.0-rc1", "v2.0.0"], 1.0),
        (["v1.0.0", "v1.1.0", "1.2.0", "nightly"], 0.5),
        (["app-1.0", "app-1.1"], 1.0),
        (["yes", "no"], 0.0),
    ],
)
def test_tag_rule__tags__share_the_most_common_shape(names, share):
    assert fact("git.tag_rule", history(["a"], tags=tags(*names))).value == share


def test_tag_rule__no_tags__does_not_apply():
    assert not fact("git.tag_rule", history(["a"])).applies


def test_tags_per_month__tags_of_the_window__over_its_months():
    made = (*tags("v1", "v2"), *tags("old", time=NOW - 300 * DAY))
    past = history(["a"], ["b"], columns={"time": days_ago(0, 300)}, tags=made)
    assert fact("git.tags_per_month", past).value == pytest.approx(2 / (180 / (365.25 / 12)))


def test_lead__released_commits__take_from_author_date_to_release():
    columns = {"time": days_ago(0, 4, 8, 9), "released": [0, *days_ago(2, 2, 300)]}
    assert fact("git.lead", history(*[["a"]] * 4, columns=columns)).value == 4


def test_lead__no_release__is_unknown():
    assert fact("git.lead", history(["a"])).value is None


# Services and owners


def test_cochange_across__pairs_of_two_services__count_by_joint_changes():
    pairs = (CoChange("a", "b", 6, 6, 6, 1.0, "1"), CoChange("b", "c", 2, 6, 6, 0.3, "2"))
    found = fact(
        "git.cochange_across",
        history(["a"]),
        cochange=(*pairs, CoChange("a", "shared", 9, 9, 9, 1.0)),
        partition=partition(one=["a", "b"], two=["c"]),
    )
    assert (found.value, len(found.evidence)) == (0.25, 1)
    assert (found.evidence[0].commit, found.evidence[0].holds) == ("2", False)


def test_cochange_across__one_service__has_nothing_to_cross():
    found = fact("git.cochange_across", history(["a"]), partition=partition(one=["a"]))
    assert not found.applies


def test_cochange_across__number_of_services_given__judged_by_the_cut_from_the_data():
    found = fact(
        "git.cochange_across",
        history(["a"]),
        cochange=(CoChange("a", "b", 6, 6, 6, 1.0, "1"),),
        partition=partition(one=["a", "b"]),
        natural=partition(one=["a"], two=["b"]),
    )
    assert found.value == 1.0


def test_cochange_across__no_pairs__is_unknown():
    found = fact("git.cochange_across", history(["a"]), partition=partition(a=["a"], b=["b"]))
    assert (found.value, found.applies) == (None, True)


def test_hotspots__the_top_fifth_of_both__count():
    spots = (Hotspot(0.9, "a", 9, 12, "1"), Hotspot(0.5, "b", 5, 15, "2"))
    found = fact("hotspot.count", history(["a"]), hotspots=spots)
    assert (found.value, found.evidence[0].location) == (1, Location("a"))


@pytest.mark.parametrize(("revisions", "complexity"), [(2, 40), (40, 9)])
def test_hotspots__high_in_rank_but_hardly_changed_or_simple__does_not_count(
    revisions, complexity
):
    spots = (Hotspot(0.9, "a", revisions, complexity, "1"), Hotspot(0.8, "b", 3, 10, "2"))
    found = fact("hotspot.count", history(["a"]), hotspots=spots)
    assert [each.location for each in found.evidence] == [Location("b")]


def owned(**owners):
    return tuple(Ownership(path, who, 0.75, 4, 2, 0.375) for path, who in owners.items())


def test_truck_factor__the_weakest_service_of_some_size__decides():
    units = dict.fromkeys("abcde", "x") | dict(zip("fghij", "xxyyz", strict=True))
    services = partition(alone=list("abcde"), many=list("fghij"), tiny=["k"])
    past = history(["a"])
    found = fact(
        "ownership.truck_factor", past, ownership=owned(**units, k="q"), partition=services
    )
    assert (found.value, len(found.evidence)) == (1, 2)
    assert found.evidence[0].claim.en == "1 own over half of the 5 units of alone"


def test_truck_factor__number_of_services_given__judged_by_the_cut_from_the_data():
    units = owned(**dict(zip("abcdefghij", "xxxxxyyyyy", strict=True)))
    cuts = {"partition": partition(a="abcde", b="fghij"), "natural": partition(all="abcdefghij")}
    found = fact("ownership.truck_factor", history(["a"]), ownership=units, **cuts)
    assert found.value == 2


def test_truck_factor__no_partition__looks_at_all_units():
    owners = owned(a="x", b="y", c="z")
    assert fact("ownership.truck_factor", history(["a"]), ownership=owners).value == 2


def test_owner_share__units__give_their_mean():
    found = fact("ownership.owner_share", history(["a"]), ownership=owned(a="x", b="y"))
    assert (found.value, found.evidence[0].claim.en) == (0.75, "x made 3 of 4 changes")


def test_owners__no_unit_changed__are_unknown():
    assert fact("ownership.truck_factor", history(["a"])).value is None


@pytest.mark.parametrize(
    ("owners", "people"), [("xxxy", 1), ("xxyy", 2), ("xyz", 2), ("xxyz", 2), ("", 0)]
)
def test_people_needed__owners__are_the_fewest_that_hold_over_half(owners, people):
    assert people_needed(owners) == people
