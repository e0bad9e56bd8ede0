import json
import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from math import ceil
from pathlib import Path

import pytest
from histories import history

from assessor.graph.cochange import (
    canonical,
    change_sets,
    cochange,
    count,
    coupled,
    plain_sets,
    sizes,
    sum_of_coupling,
    weighted,
)
from assessor.graph.ownership import efforts, owned

CASES = json.loads(
    (Path(__file__).parents[2] / "data" / "cochange" / "cases.json").read_text("utf-8")
)


# known numbers


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_known_case__its_changes__give_its_numbers(case):
    found = MEASURES[case["measure"]](case)
    width = len(case["expected"][0]) if case["expected"] else 0
    assert sorted([*row[:width]] for row in found if width or row) == sorted(case["expected"])


def _coupling(case):
    options = case["options"]
    counts = count(plain_sets(_sets(case)), cap=options["max_changeset_size"])
    found = coupled(
        counts,
        min_shared=options["min_shared_revs"],
        min_revs=options["min_revs"],
        min_degree=options["min_coupling"] / 100,
        max_degree=options["max_coupling"] / 100,
    )
    return [
        (p.a, p.b, int(100 * p.degree), _mean_up(p), p.revisions_a, p.revisions_b, p.shared)
        for p in found
    ]


def _mean_up(pair):
    return ceil((pair.revisions_a + pair.revisions_b) / 2)


def _soc(case):
    sums = sum_of_coupling(plain_sets(_sets(case)))
    return [item for item in sums.items() if item[1] > case["options"]["min_revs"]]


def _by_author(case):
    return {path: owned(path, by_author=made) for path, made in _efforts(case).items()}


def _efforts(case):
    return efforts((name, author) for _, _, author, name in _grouped(case))


def _rounded(share):
    context = Context(prec=2, rounding=ROUND_HALF_UP)
    return float(context.create_decimal(Decimal(repr(round(share, 12)))))


MEASURES = {
    "coupling": _coupling,
    "soc": _soc,
    "revisions": lambda case: [(o.path, o.revisions) for o in _by_author(case).values()],
    "authors": lambda case: [(o.path, o.authors, o.revisions) for o in _by_author(case).values()],
    "effort": lambda case: [
        (path, author, n, made.total())
        for path, made in _efforts(case).items()
        for author, n in made.items()
    ],
    "fragmentation": lambda case: [
        (o.path, _rounded(o.fragmentation), o.revisions) for o in _by_author(case).values()
    ],
    "main-author": lambda case: [
        (o.path, o.owner, round(o.share * o.revisions), o.revisions, _rounded(o.share))
        for o in _by_author(case).values()
    ],
}


def _grouped(case):
    """The changes under the names of their groups."""
    for revision, day, author, path in case["changes"]:
        groups = case.get("groups", [["", path]])
        name = next((name for pattern, name in groups if re.search(pattern, path)), None)
        if name is not None:
            yield revision, day, author, name


def _sets(case):
    sets = defaultdict(set)
    days = case.get("options", {}).get("temporal_period")
    for revision, day, _, name in _grouped(case):
        for key in _windows(day, days) if days else [revision]:
            sets[key].add(name)
    return sets.values()


def _windows(day, days):
    """First days of all windows of so many days that hold the day."""
    return [date.fromisoformat(day) - timedelta(n) for n in range(days)]


# names


def test_canonical__a_chain_of_renames__is_one_file():
    past = history(["c"], [("R", "b", "c")], [("R", "a", "b")], [("A", "a")])
    assert canonical(past).to_list() == ["c", "c", "c", "c"]


def test_canonical__a_name_freed_and_taken_again__is_two_files():
    past = history(["a"], [("A", "a")], [("R", "a", "b")], ["a"])
    assert canonical(past).to_list() == ["a", "a", "b", "b"]


def test_canonical__two_files_swap_names__each_keeps_its_own():
    past = history(["a"], [("R", "a", "b"), ("R", "b", "a")], ["a", "b"])
    assert canonical(past).to_list() == ["a", "b", "a", "b", "a"]


def test_canonical__a_path_added_where_it_was_renamed_from__is_another_file():
    past = history([("A", "a"), ("R", "a", "b")], ["a"])
    assert canonical(past).to_list() == ["a", "b", "b"]


def test_canonical__a_rename_to_a_name_that_is_renamed_later__follows_both():
    past = history([("R", "b", "c")], ["x"], [("R", "a", "b")], ["a"])
    assert canonical(past).to_list() == ["c", "x", "c", "c"]


def test_change_sets__renames_not_followed__a_rename_holds_both_names():
    past = history([("R", "a", "b")], ["a"])
    sets = change_sets(past, follow_renames=False)
    assert sets.names == ("a", "b")
    assert sets.members.toarray().tolist() == [[1, 1], [1, 0]]


# which commits


def test_change_sets__bots__are_left_out_unless_wanted():
    past = history(["a"], ["b"], columns={"bot": [True, False]})
    assert change_sets(past).names == ("b",)
    assert change_sets(past, bots=True).names == ("a", "b")


def test_change_sets__a_window__starts_at_its_second():
    past = history(["a"], ["b"], ["c"], columns={"time": [30, 20, 10]})
    assert change_sets(past, since=20).commits.tolist() == [0, 1]


def test_change_sets__no_commit_at_all__is_empty():
    sets = change_sets(history())
    assert (sets.names, sets.commits.tolist(), sizes(sets).tolist()) == ((), [], [])


def test_count__a_set_of_the_cap_and_one_above__the_larger_goes():
    thirty = [f"f{n}" for n in range(30)]
    counts = count(plain_sets([thirty, [*thirty, "more"]]), cap=30)
    assert (counts.dropped, int(counts.revisions.sum()), counts.shared.nnz) == (
        1,
        30,
        30 * 29 // 2,
    )


def test_count__some_files_wanted__the_cap_still_sees_the_whole_commit():
    sets = plain_sets([["a", "b", "c"], ["a", "b"]])
    counts = count(sets, cap=2, include={"a", "b"})
    assert counts.sets.names == ("a", "b")
    assert counts.shared.toarray().tolist() == [[0, 1], [0, 0]]


def test_weighted__a_file_in_several_sets__weighs_as_many_as_have_company():
    weights = weighted(plain_sets([["a", "b", "c"], ["a", "b"], ["a"]]))
    assert weights.toarray().tolist() == [[0, 1.5, 0.5], [0, 0, 0.5], [0, 0, 0]]


# pairs


def test_cochange__pairs_of_one_strength__come_by_shared_then_by_name():
    past = history(*[["a", "b"]] * 3, *[["c", "d"]] * 4, *[["e", "f"]] * 3)
    assert [(p.a, p.b, p.shared) for p in cochange(past)] == [
        ("c", "d", 4),
        ("a", "b", 3),
        ("e", "f", 3),
    ]


def test_cochange__a_pair__names_its_newest_joint_commit():
    past = history(["a"], ["a", "b"], ["b"], ["a", "b"], ["a", "b"])
    (pair,) = cochange(past)
    assert (pair.shared, pair.revisions_a, pair.revisions_b) == (3, 4, 4)
    assert (pair.degree, pair.commit) == (0.75, past.commits["id"][1])


def test_cochange__the_mean_of_revisions_is_below_the_least__no_pair():
    past = history(*[["a", "b"]] * 3)
    assert len(cochange(past, min_revs=3)) == 1
    assert cochange(past, min_revs=3.5) == ()


def test_cochange__a_degree_exactly_at_the_least__is_kept():
    past = history(*[["a", "b"]] * 3, *[["a"]] * 7, *[["b"]] * 7)
    assert [pair.degree for pair in cochange(past, min_degree=0.3)] == [0.3]


def test_cochange__a_rename_between__counts_both_names_as_one():
    past = history(["a", "n"], ["a", ("R", "o", "n")], ["a", "o"], ["a", "o"])
    assert [(p.a, p.b, p.shared) for p in cochange(past)] == [("a", "n", 4)]
    assert [(p.a, p.b) for p in cochange(past, follow_renames=False)] == [("a", "o")]


def test_cochange__only_bots_changed_the_pair__is_silent():
    past = history(*[["a", "b"]] * 3, columns={"bot": [True] * 3})
    assert cochange(past) == ()
    assert len(cochange(past, bots=True)) == 1


def test_cochange__paths_that_are_not_text__are_told_apart():
    odd = ["x\udcff", "x\udcfe", "tab\there"]
    past = history(*[odd] * 3)
    assert len(cochange(past)) == 3
