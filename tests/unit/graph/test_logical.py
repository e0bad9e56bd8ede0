"""Commits that belong together count as one, by issue and by sitting."""

from histories import history

from assessor.graph.cochange import change_sets, cochange
from assessor.graph.logical import by_author, by_issue, logical
from assessor.model.history import LogicalCoupling

HOUR = 3600


def groups(found):
    """The files of each group, newest commit first, and the row of that commit."""
    dense = found.members.toarray()
    rows = ([found.names[n] for n in row.nonzero()[0]] for row in dense)
    return sorted(zip(found.commits.tolist(), rows, strict=True))


def test_by_issue__commits_that_name_the_same__are_one_set():
    past = history(["a"], ["b"], ["c"], ["a", "d"], columns={"ticket": ["X-1", "", "X-2", "X-1"]})
    assert groups(by_issue(past, change_sets(past))) == [(0, ["a", "d"]), (2, ["c"])]


def test_by_author__commits_within_the_gap__are_one_sitting():
    hours = [20, 9, 8, 1]
    past = history(["a"], ["b"], ["c"], ["d"], columns={"time": [h * HOUR for h in hours]})
    assert groups(by_author(past, change_sets(past), gap=2 * HOUR)) == [
        (0, ["a"]),
        (1, ["b", "c"]),
        (3, ["d"]),
    ]


def test_by_author__a_chain_of_short_gaps__is_one_sitting():
    past = history(["a"], ["b"], ["c"], columns={"time": [3 * HOUR, 2 * HOUR, HOUR]})
    assert groups(by_author(past, change_sets(past), gap=HOUR)) == [(0, ["a", "b", "c"])]


def test_by_author__others_in_between__have_sittings_of_their_own():
    columns = {"author": ["x", "y", "x"], "time": [3 * HOUR, 2 * HOUR, HOUR]}
    past = history(["a"], ["b"], ["c"], columns=columns)
    assert groups(by_author(past, change_sets(past), gap=2 * HOUR)) == [
        (0, ["a", "c"]),
        (1, ["b"]),
    ]


def _found(past, **more):
    sets = change_sets(past)
    options = {"include": frozenset("ab"), "known": cochange(past), **more}
    return logical(past, sets=sets, **options)


def test_logical__files_that_three_issues_change_apart__are_a_pair():
    tickets = ["X-1", "X-1", "X-2", "X-2", "X-3", "X-3"]
    past = history(*(["a"], ["b"]) * 3, columns={"ticket": tickets})
    assert _found(past) == (LogicalCoupling("issue", "a", "b", 3, 1.0),)


def test_logical__pairs_that_commits_tie__are_not_told_again():
    tickets = ["X-1", "X-2", "X-3"]
    past = history(*(["a", "b"],) * 3, columns={"ticket": tickets})
    assert _found(past) == ()


def test_logical__files_that_are_not_wanted__are_no_pair():
    tickets = ["X-1", "X-1", "X-2", "X-2", "X-3", "X-3"]
    past = history(*(["a"], ["z"]) * 3, columns={"ticket": tickets})
    assert _found(past) == ()


def test_logical__a_history_without_issues__has_none():
    assert _found(history(["a"], ["b"])) == ()
