"""Who knows the services, as it is told."""

from dataclasses import replace

from unit.report.assessments import FOUND, PAST, cut, service, tables, told

from assessor.model.history import LogicalCoupling, Ownership, ServicePast, UnitPast
from assessor.model.records import Records
from assessor.model.seen import Seen
from assessor.report import tables as exported
from assessor.report.people import people
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
SHOP = ServicePast("shop", 4, 20, 3, 2, 0.25, 0.5, {"clinic": 0.9, "zoo": 0.9})
CLINIC = ServicePast("clinic", 2, 9, 1, 1, 0.0, 1.0, {})
PAIR = LogicalCoupling("issue", "a/Order.java", "b/Visit.java", 3, 0.5)
UNIT = UnitPast("a/Order.java", company=7, first=90.5, last=1.0, added=10, deleted=2)


def _found(**more):
    past = replace(PAST, age=583.4, stale=0.617, **more)
    parts = (service("shop", "a/Order.java"), service("clinic", "b/Visit.java"))
    return replace(FOUND, history=past, partition=cut(*parts))


def _rows(found):
    return [[cell.text for cell in row] for table in tables(found) for row in table.rows]


def test_people__no_history__says_nothing():
    assert people(FOUND, EN).blocks == ()


def test_people__services__stand_with_the_frailest_first():
    found = people(_found(people=(SHOP, CLINIC)), EN)
    assert _rows(found) == [
        ["clinic", "1", "1", "100 %", "0 %", "–"],
        ["shop", "3", "2", "50 %", "25 %", "clinic (90 %)"],
    ]
    [sentence] = told(found)
    assert sentence == (
        "Days since a unit was last changed, in the median: 583 (1.6 years). "
        "Units not changed for a year: 61 %."
    )


def test_people__a_young_age_and_no_pairs__are_told_in_days_alone():
    past = replace(PAST, age=1.2, stale=0.0)
    found = replace(_found(), history=past)
    assert told(people(found, ZH)) == {
        "单元距最近一次修改的天数（中位数）：1 天。一年未修改的单元：0 %。": "plain"
    }


def test_people__a_pair_of_two_services__names_both_in_both_languages():
    found = _found(logical=(PAIR,), logical_total=1)
    row = ["Order", "Visit", "issue", "3", "50 %", "shop – clinic"]
    assert _rows(people(found, EN)) == [row]
    assert _rows(people(found, ZH))[0][2] == "同一问题单"


def test_people__fewer_pairs_than_there_are__says_so():
    [table] = tables(people(_found(logical=(PAIR, PAIR), logical_total=2), EN, most=1))
    assert table.note == "1 of 2 pairs."


def test_history_table__a_unit__has_its_owner_and_its_lines():
    own = Ownership("a/Order.java", "author-0001", 0.75, 4, 2, 0.375)
    unknown = replace(UNIT, path="b/Visit.java", added=None, deleted=None)
    seen = Seen(
        Records((), (), (), (), ()),
        ownership=(own, replace(own, path="b/Visit.java")),
        pasts=(UNIT, unknown),
    )
    first, second = exported.history(seen).rows
    assert first == (
        "a/Order.java", 4, 7, 2, "author-0001", 0.75, 0.375, 90.5, 1.0, 10, 2,
    )  # fmt: skip
    assert second[-2:] == ("", "")


def test_logical_table__a_pair__has_its_group():
    seen = Seen(Records((), (), (), (), ()), logical=(PAIR,))
    assert exported.logical(seen).rows == (("issue", "a/Order.java", "b/Visit.java", 3, 0.5),)
