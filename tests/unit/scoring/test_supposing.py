"""What-if: remedied rules move their facts, and with them every rule that asks for these."""

from dataclasses import replace

import pytest
from builders_rules import WORDS, facts, rule, rules

from assessor.model.basis import Evidence, Location
from assessor.model.facts import Fact
from assessor.model.rules import Condition
from assessor.scoring import score
from assessor.scoring.supposing import supposed

FULL = {2: "a", 3: "b", 4: "c", 5: "d"}
NONE = facts(a=False, b=None, c=False, d=False)


def levels(loaded, found):
    return {each.rule.id: each.level for pack in score(loaded, found) for each in pack.rules}


@pytest.mark.parametrize(("level", "reached"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)])
def test_supposed__remedied_up_to_a_level__reaches_just_that_one(level, reached):
    loaded = rules(rule("P-01", FULL))
    found = supposed(NONE, loaded, remedied=[("P-01", level)])
    assert levels(loaded, found) == {"P-01": reached}


def test_supposed__fact_shared_with_another_rule__moves_there_too():
    loaded = rules(rule("P-01", FULL), rule("P-02", {2: "b", 3: "d"}))
    found = supposed(NONE, loaded, remedied=[("P-01", 3)])
    assert levels(loaded, found) == {"P-01": 3, "P-02": 2}


def test_supposed__nothing_remedied__changes_nothing():
    assert supposed(NONE, rules(rule("P-01", FULL)), remedied=()) == NONE


def test_supposed__rule_that_is_not_there__is_passed_over():
    assert supposed(NONE, rules(rule("P-01", FULL)), remedied=[("P-99", 5)]) == NONE


def _with(*conditions):
    made = rule("P-01", {})
    ladder = dict(enumerate(((each,) for each in conditions), start=2))
    return rules(replace(made, ladder=ladder))


@pytest.mark.parametrize(
    ("conditions", "before", "after"),
    [
        ([("at_least", 0.5), ("at_least", 0.9)], 0.1, 0.9),
        ([("at_least", 0.5), ("at_least", 0.9)], 0.95, 0.95),
        ([("at_most", 10), ("at_most", 3)], 12, 3),
        ([("at_most", 10)], 4, 4),
        ([("is", False)], True, False),
        ([("at_least", 0.5)], None, 0.5),
    ],
    ids=["at least", "more already", "at most", "less already", "is", "unseen"],
)
def test_supposed__threshold__is_what_the_fact_becomes(conditions, before, after):
    loaded = _with(*(Condition("x", by, threshold) for by, threshold in conditions))
    found = supposed({"x": Fact("x", before)}, loaded, remedied=[("P-01", 5)])
    assert found["x"].value == after


def test_supposed__partly_seen__becomes_exact():
    known = {"x": Fact("x", 3, bounds=(3, 9), reason=WORDS)}
    found = supposed(known, _with(Condition("x", "at_most", 5)), remedied=[("P-01", 2)])["x"]
    assert (found.value, found.exact, found.reason) == (5, True, None)


def test_supposed__what_does_not_apply__stays_so():
    known = facts(a="n/a", b=True)
    loaded = rules(rule("P-01", {2: "a", 3: "b"}))
    assert supposed(known, loaded, remedied=[("P-01", 3)]) == known


def test_supposed__what_spoke_against_the_fact__is_gone():
    good, bad = (Evidence(Location("a", n), WORDS, holds=n > 1) for n in (2, 1))
    known = {"a": Fact("a", value=False, evidence=(bad, good))}
    found = supposed(known, rules(rule("P-01", {2: "a"})), remedied=[("P-01", 2)])
    assert found["a"].evidence == (good,)


def test_supposed__attestation_alone__still_reaches_no_more_than_three():
    loaded = rules(rule("P-01", FULL), attested="c d")
    found = supposed(NONE, loaded, remedied=[("P-01", 5)])
    assert levels(loaded, found) == {"P-01": 3}


def test_supposed__facts_that_were_given__are_not_changed():
    before = dict(NONE)
    supposed(NONE, rules(rule("P-01", FULL)), remedied=[("P-01", 5)])
    assert before == NONE
