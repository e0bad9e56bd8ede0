"""Which waivers hold today, and what they accept."""

from dataclasses import replace
from datetime import date

import pytest

from assessor.model.basis import Location, Text
from assessor.model.gate import Finding, Waiver
from assessor.scoring.waivers import in_force, weighed, whole

TODAY = date(2026, 10, 1)
PLACE = Location("waivers.yaml", 3)
WAIVER = Waiver("CTR-02", "planned", "next release", "2026-12-31", PLACE)
FOUND = Finding(
    "order/Dockerfile", 7, "CTR-02", "f.x", 2, "major", Text("镜像 img:1", "img:1 has no tag")
)


def _weighed(waiver=WAIVER, *found, pending=False, lacking=(), today=TODAY):
    return weighed(
        () if pending else (waiver,),
        (waiver,) if pending else (),
        found=found or (FOUND,),
        lacking=frozenset(lacking),
        today=today,
    )


def _state(waiver=WAIVER, *found, **how):
    return _weighed(waiver, *found, **how)[0].state


def _force(waiver=WAIVER):
    return in_force((waiver,), today=TODAY)


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        ("2026-09-30", "expired"),
        ("2026-10-01", "expiring"),
        ("2026-10-31", "expiring"),
        ("2026-11-01", "honoured"),
        ("2027-10-01", "honoured"),
        ("2027-10-02", "malformed"),
    ],
    ids=["day-after", "last-day", "30-days", "31-days", "365-days", "366-days"],
)
def test_weighed__last_day__decides_the_state(expires, state):
    assert _state(replace(WAIVER, expires=expires)) == state


@pytest.mark.parametrize(
    ("expires", "honoured"),
    [("2026-09-30", 0), ("2026-10-01", 1), ("2027-10-01", 1), ("2027-10-02", 0)],
)
def test_in_force__expired_and_too_long__accept_nothing(expires, honoured):
    waivers = _force(replace(WAIVER, expires=expires))
    assert len(waivers.waivers) == honoured
    assert (waivers.accepting(FOUND) is not None) is bool(honoured)
    assert (waivers.of_rule("CTR-02") is not None) is bool(honoured)


def test_weighed__too_long__says_so():
    (found,) = _weighed(replace(WAIVER, expires="2027-10-02"))
    assert found.waiver.flaw == "too-long"


@pytest.mark.parametrize(("flaw", "expires"), [("expires", ""), ("reason", "2026-12-31")])
def test_weighed__a_flaw__is_malformed_whatever_its_day(flaw, expires):
    waiver = replace(WAIVER, flaw=flaw, expires=expires)
    (told,) = _weighed(waiver)
    assert (told.state, told.waiver.flaw) == ("malformed", flaw)
    assert _force(waiver).accepting(FOUND) is None


def test_weighed__pending__is_told_and_counts_what_it_would_accept():
    (told,) = _weighed(pending=True, lacking={"CTR-02"})
    assert (told.state, told.findings) == ("pending", 1)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"expires": "2026-09-30"}, "expired"),
        ({"expires": "2028-01-01"}, "malformed"),
        ({"rule": "CTR-09"}, "pending"),
    ],
)
def test_weighed__pending_with_something_wrong__says_the_graver(change, state):
    assert _state(replace(WAIVER, **change), pending=True) == state


def test_weighed__nothing_to_accept__is_unmatched():
    assert _state(replace(WAIVER, rule="CTR-09")) == "unmatched"


@pytest.mark.parametrize(
    ("change", "state"), [({}, "honoured"), ({"path": "order/*"}, "unmatched")]
)
def test_weighed__a_rule_that_lacks_a_condition__is_matched_by_a_whole_waiver(change, state):
    other = replace(FOUND, rule="CTR-09")
    assert _state(replace(WAIVER, **change), other, lacking={"CTR-02"}) == state


@pytest.mark.parametrize(
    ("path", "resource", "accepts"),
    [
        ("", "", True),
        ("*", "", True),
        ("order/Dockerfile", "", True),
        ("order/*", "", True),
        ("*/Dockerfile", "", True),
        ("**/Dockerfile", "", True),
        ("orde[rs]/*", "", True),
        ("Dockerfile", "", False),
        ("ORDER/*", "", False),
        ("pay/*", "", False),
        ("", "img:1 *", True),
        ("", "img:* has no tag", True),
        ("", "*img:1", True),
        ("", "img:1", False),
        ("", "img:2 *", False),
        ("order/*", "img:1 *", True),
        ("order/*", "img:2 *", False),
        ("pay/*", "img:1 *", False),
    ],
)
def test_accepting__patterns__of_the_file_and_of_what_is_said(path, resource, accepts):
    waivers = _force(replace(WAIVER, path=path, resource=resource))
    assert (waivers.accepting(FOUND) is not None) is accepts


def test_accepting__another_rule__is_not_accepted():
    assert _force().accepting(replace(FOUND, rule="CTR-03")) is None


def test_accepting__several_that_do__the_first_as_written():
    second = replace(WAIVER, place=Location("waivers.yaml", 9))
    waivers = in_force((second, WAIVER), today=TODAY)
    assert waivers.accepting(FOUND) == WAIVER
    assert [each.place.line for each in waivers.waivers] == [3, 9]


def test_weighed__several__are_told_by_place():
    second = replace(WAIVER, place=Location("waivers.yaml", 9))
    told = weighed((second, WAIVER), (), found=[FOUND], lacking=frozenset(), today=TODAY)
    assert [each.waiver.place.line for each in told] == [3, 9]


@pytest.mark.parametrize(
    ("line", "accepts"), [(0, True), (5, False), (6, True), (7, True), (8, False), (1, False)]
)
def test_accepting__inline__its_line_the_next_and_the_whole_file(line, accepts):
    inline = replace(WAIVER, place=Location("order/Dockerfile", 6), inline=True)
    waivers = _force(inline)
    assert (waivers.accepting(replace(FOUND, line=line)) is not None) is accepts


def test_accepting__inline__not_in_another_file():
    inline = replace(WAIVER, place=Location("pay/Dockerfile", 7), inline=True)
    other = replace(FOUND, path="pay/Dockerfile")
    waivers = _force(inline)
    assert waivers.accepting(other) == inline
    assert waivers.accepting(FOUND) is None
    assert waivers.accepting(replace(FOUND, line=0)) is None


@pytest.mark.parametrize(
    ("change", "is_whole"),
    [
        ({}, True),
        ({"path": "*"}, True),
        ({"path": "**"}, True),
        ({"path": "order/*"}, False),
        ({"resource": "*"}, False),
        ({"inline": True}, False),
    ],
    ids=["neither", "star", "two-stars", "path", "resource", "inline"],
)
def test_whole__path_resource_and_inline__are_less(change, is_whole):
    waiver = replace(WAIVER, **change)
    assert whole(waiver) is is_whole
    assert (_force(waiver).of_rule("CTR-02") is not None) is (is_whole)


def test_of_rule__another_rule__is_not_accepted():
    assert _force().of_rule("CTR-03") is None


def test_weighed__findings__are_counted():
    found = [FOUND, replace(FOUND, path="pay/Dockerfile"), replace(FOUND, line=9)]
    (waived,) = _weighed(replace(WAIVER, path="order/*"), *found)
    assert waived.findings == 2
