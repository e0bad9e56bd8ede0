"""Conditions of a policy against what was found."""

from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, fact, pack, proof, rule

from assessor.model.basis import Location
from assessor.model.coupling import Cycle
from assessor.model.gate import Policy, WantedLevel, WantedRule
from assessor.model.rules import Effort, Outcome
from assessor.scoring.gate import gate


def _judged(head, base=None, **policy):
    return gate(head, base, policy=Policy(**policy), name="test", renames={})


def _with(*paths, level=1, potential=1, hours=1.0):
    """An assessment with a rule that so many places speak against."""
    proofs = tuple(proof(path, line=1, holds=False) for path in paths)
    results = (condition("image.tagged"),)
    made = replace(rule("CTR-02"), outcomes=results, level=level, potential=potential)
    made = replace(made, effort=Effort(hours, made.effort.per))
    return replace(assessment(pack("CTR", made)), facts=(fact("image.tagged", 0, proofs=proofs),))


@pytest.mark.parametrize(
    ("level", "potential", "outcome"),
    [
        (3, 3, Outcome.MET),
        (3, 5, Outcome.MET),
        (2, 2, Outcome.NOT_MET),
        (2, 3, Outcome.UNKNOWN),
        (None, 5, Outcome.UNKNOWN),
    ],
)
def test_gate__a_rule_between_two_levels__is_unknown_rather_than_not_met(
    level, potential, outcome
):
    found = _judged(
        _with(level=level, potential=potential), required_rules=(WantedRule("CTR-02", 3),)
    )
    assert found.outcome is outcome
    assert bool(found.conditions[0].cheapest) is (outcome is not Outcome.MET)


def test_gate__a_pack_with_nothing_applicable__does_not_apply_and_lets_pass():
    head = assessment(pack("CTR", replace(rule("CTR-02"), applicable=False)))
    found = _judged(head, min_level=(WantedLevel("CTR", 3),))
    assert (found.conditions[0].outcome, found.outcome) == (Outcome.NOT_APPLICABLE, Outcome.MET)


@pytest.mark.parametrize(
    ("most", "outcome", "mend"), [(2, "met", 0), (1, "not-met", 1), (0, "not-met", 2)]
)
def test_gate__new_findings__over_the_bound_and_only_so_many_to_mend(most, outcome, mend):
    found = _judged(_with("a", "b"), _with(), max_new={"major": most})
    (judged,) = found.conditions
    assert (judged.found, judged.outcome, len(judged.cheapest)) == (2, outcome, mend)


@pytest.mark.parametrize(
    ("shallow", "outcome"), [(True, Outcome.UNKNOWN), (False, Outcome.NOT_APPLICABLE)]
)
def test_gate__no_base__what_is_about_the_change_is_not_judged(shallow, outcome):
    head = _with("a")
    head = replace(head, history=replace(head.history, shallow=shallow))
    found = _judged(head, max_new={"major": 0}, no_regression=True)
    assert [each.outcome for each in found.conditions] == [outcome, outcome]
    assert [each.found for each in found.conditions] == [None, None]


@pytest.mark.parametrize(("most", "outcome"), [(1, Outcome.MET), (0, Outcome.NOT_MET)])
def test_gate__circles__are_counted_and_one_is_named(most, outcome):
    head = _with()
    circle = Cycle(("a.py", "b.py"), ("a.py", "b.py"))
    head = replace(head, coupling=replace(head.coupling, cycles=(circle,)))
    (judged,) = _judged(head, max_cycles=most).conditions
    assert judged.outcome is outcome
    places = [action.place for action in judged.cheapest]
    assert places == ([] if outcome is Outcome.MET else [Location("a.py")])


def test_gate__too_little_read__is_not_met():
    head = _with()
    head = replace(head, inventory=replace(head.inventory, coverage=0.49))
    assert _judged(head, min_coverage=0.5).outcome is Outcome.NOT_MET
    assert _judged(head, min_coverage=0.49).outcome is Outcome.MET
