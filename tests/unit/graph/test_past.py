"""What git knows of units and services, on histories small enough to count by hand."""

from dataclasses import replace
from math import sqrt

import pandas as pd
import pytest
from histories import history

from assessor.graph.cochange import change_sets
from assessor.graph.past import service_pasts, unit_pasts
from assessor.model.history import UnitPast

DAY = 86_400


def units(past, *paths):
    return unit_pasts(past, sets=change_sets(past), include=set(paths))


def services(past, home):
    return {each.service: each for each in service_pasts(past, sets=change_sets(past), home=home)}


def with_lines(past, *rows):
    columns = ("commit", "path", "added", "deleted")
    return replace(past, lines=pd.DataFrame(rows, columns=columns))


def test_unit_pasts__commits_a_day_apart__give_age_and_company():
    past = history(["a"], ["a", "b"], ["a", "b", "c"])  # newest first, a day each
    assert units(past, "a", "b") == (
        UnitPast("a", company=3, first=2.0, last=0.0, added=None, deleted=None),
        UnitPast("b", company=3, first=2.0, last=1.0, added=None, deleted=None),
    )


def test_unit_pasts__a_clock_ahead_of_the_tip__gives_no_age_below_none():
    past = history(
        ["b"], ["a"], columns={"time": [2 * DAY, 9 * DAY], "commit_time": [2 * DAY] * 2}
    )
    assert [each.last for each in units(past, "a")] == [0.0]


def test_unit_pasts__a_file_that_only_bots_touched__has_no_age():
    past = history(["a"], ["b"], columns={"bot": [False, True]})
    assert [each.path for each in units(past, "a", "b")] == ["a"]


def test_unit_pasts__lines_under_an_old_name__count_for_the_file():
    past = with_lines(history([("R", "a", "b")], ["a"]), (0, "b", 1, 2), (1, "a", 10, 0))
    assert [(each.path, each.added, each.deleted) for each in units(past, "b")] == [("b", 11, 2)]


def test_unit_pasts__a_file_that_no_counted_commit_touched__has_no_lines():
    past = with_lines(history(["b"], ["a"]), (0, "b", 1, 2))
    assert [(each.path, each.added) for each in units(past, "a", "b")] == [("a", 0), ("b", 1)]


def test_service_pasts__owners__are_counted_until_they_hold_over_half():
    past = history(["a"], ["b"], ["c"], columns={"author": ["x", "y", "z"]})
    [shop] = services(past, dict.fromkeys("abc", "shop")).values()
    assert (shop.units, shop.revisions, shop.authors, shop.needed) == (3, 3, 3, 2)
    assert shop.alone == 1.0


def test_service_pasts__an_owner_without_commits_for_a_year__has_gone():
    days = [800, 799, 10, 9]
    past = history(
        ["a"], ["b"], ["b"], ["b"],
        columns={"author": ["x", "x", "y", "y"], "time": [day * DAY for day in days]},
    )  # fmt: skip
    [shop] = services(past, {"a": "shop", "b": "shop"}).values()
    assert shop.orphaned == 0.5
    assert shop.alone == 0.5


def test_service_pasts__people_of_both__make_services_alike():
    past = history(["a"], ["a"], ["b"], ["b"], ["c"], columns={"author": [*"xyxzw"]})
    found = services(past, {"a": "one", "b": "two", "c": "three"})
    assert found["one"].shared == {"two": pytest.approx(1 / (sqrt(2) * sqrt(2)))}
    assert found["three"].shared == {}


def test_service_pasts__units_of_no_service__count_for_none():
    past = history(["a", "x"])
    assert [(each.service, each.units) for each in services(past, {"a": "one"}).values()] == [
        ("one", 1)
    ]
