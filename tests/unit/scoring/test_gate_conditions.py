"""Conditions of a policy against what was found."""

from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, cut, domain, pack, rule, service
from unit.scoring.gates import RULES, WHOLE, against, judged, only

from assessor.model.basis import Location, Skip
from assessor.model.coupling import Cycle
from assessor.model.gate import Action, Audited, Use, WantedLevel, WantedRule
from assessor.model.rules import Outcome


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
    found = judged(
        against(level=level, potential=potential), required_rules=(WantedRule("CTR-02", 3),)
    )
    assert found.outcome is outcome
    assert bool(found.conditions[0].cheapest) is (outcome is not Outcome.MET)


@pytest.mark.parametrize(
    ("level", "potential"), [(2, 2), (2, 3), (None, 5)], ids=["not-met", "open", "unseen"]
)
def test_gate__a_required_rule_that_is_waived__passes_and_keeps_its_level(level, potential):
    found = judged(
        against(level=level, potential=potential),
        waivers=(WHOLE,),
        required_rules=(WantedRule("CTR-02", 3),),
    )
    (one,) = found.conditions
    assert (one.outcome, one.waived, one.found) == (Outcome.MET, True, level)
    assert one.cheapest == ()


def test_gate__a_required_rule_that_is_reached__needs_no_waiver():
    head = against(level=3, potential=3)
    (one,) = judged(head, waivers=(WHOLE,), required_rules=(WantedRule("CTR-02", 3),)).conditions
    assert (one.outcome, one.waived) == (Outcome.MET, False)


@pytest.mark.parametrize(
    "change",
    [
        {"path": "order/*"},
        {"resource": "*"},
        {"inline": True},
        {"rule": "CTR-03"},
        {"expires": "2026-09-30"},
        {"expires": "2028-01-01"},
    ],
    ids=["path", "resource", "inline", "other-rule", "expired", "too-long"],
)
def test_gate__a_waiver_of_less_than_the_rule__does_not_reach_its_level(change):
    found = judged(
        against("order/Dockerfile"),
        waivers=(replace(WHOLE, **change),),
        required_rules=(WantedRule("CTR-02", 3),),
        min_level=(WantedLevel("CTR", 3),),
    )
    assert [each.outcome for each in found.conditions] == [Outcome.NOT_MET, Outcome.NOT_MET]


def test_gate__a_pending_waiver__changes_nothing():
    base, head = against(outcome=Outcome.MET), against("a")
    found = judged(
        head,
        base,
        pending=(WHOLE,),
        required_rules=(WantedRule("CTR-02", 3),),
        min_level=(WantedLevel("CTR", 3),),
        no_regression=True,
        max_new={"major": 0},
    )
    assert {each.outcome for each in found.conditions} == {Outcome.NOT_MET}
    assert [(each.state, each.findings) for each in found.waivers] == [("pending", 1)]
    assert [each.waiver for each in found.findings] == [None]


def test_gate__a_required_rule_that_does_not_apply__lets_pass():
    head = only(assessment(pack("CTR", replace(rule("CTR-02"), applicable=False))))
    found = judged(head, required_rules=(WantedRule("CTR-02", 3),))
    assert (found.conditions[0].outcome, found.outcome) == (Outcome.NOT_APPLICABLE, Outcome.MET)


def test_gate__a_pack_with_nothing_applicable__does_not_apply_and_lets_pass():
    head = only(assessment(pack("CTR", replace(rule("CTR-02"), applicable=False))))
    found = judged(head, min_level=(WantedLevel("CTR", 3),))
    assert (found.conditions[0].outcome, found.outcome) == (Outcome.NOT_APPLICABLE, Outcome.MET)


def _rule(name, level, *, domain="d"):
    lacking = condition("image.tagged", level=level + 1)
    return rule(name, level=level, outcomes=(lacking,), domain=domain)


def _pack(*levels, claimable, indicative, domains=None):
    names = ("CTR-01", "CTR-02", "CTR-03")
    made = [_rule(name, level) for name, level in zip(names, levels, strict=True)]
    return only(
        assessment(pack("CTR", *made, claimable=claimable, indicative=indicative, domains=domains))
    )


@pytest.mark.parametrize(("measure", "found"), [("claimable", 1), ("indicative", 2.3)])
def test_gate__a_level_with_one_rule_waived__passes_and_keeps_what_was_found(measure, found):
    head = _pack(3, 1, 3, claimable=1, indicative=2.3)
    wanted = (WantedLevel("CTR", 3, measure=measure),)
    assert judged(head, min_level=wanted).outcome is Outcome.NOT_MET
    (one,) = judged(head, waivers=(WHOLE,), min_level=wanted).conditions
    assert (one.outcome, one.waived, one.found) == (Outcome.MET, True, found)
    assert one.cheapest == ()


@pytest.mark.parametrize(
    ("domain_", "outcome"), [("d", Outcome.MET), ("e", Outcome.NOT_MET)], ids=["its", "another"]
)
def test_gate__a_level_of_a_domain__is_waived_by_its_own_rules_only(domain_, outcome):
    made = (_rule("CTR-01", 3), _rule("CTR-02", 1), _rule("CTR-03", 1, domain="e"))
    domains = (domain("d", claimable=1), domain("e", claimable=1))
    head = only(assessment(pack("CTR", *made, domains=domains)))
    wanted = (WantedLevel("CTR", 3, domain=domain_),)
    (one,) = judged(head, waivers=(WHOLE,), min_level=wanted).conditions
    assert (one.subject, one.outcome) == (f"CTR/{domain_}", outcome)


def test_gate__a_domain_that_can_reach_its_level_rounded_down_only__is_not_met():
    made = [
        replace(_rule(name, 1), potential=most)
        for name, most in zip(("CTR-01", "CTR-02", "CTR-03"), (3, 3, 4), strict=True)
    ]
    domains = (domain("d", claimable=1, indicative=1),)
    head = only(assessment(pack("CTR", *made, domains=domains)))
    wanted = (WantedLevel("CTR", 3.2, domain="d", measure="indicative"),)
    assert judged(head, min_level=wanted).outcome is Outcome.NOT_MET


@pytest.mark.parametrize(("weight", "outcome"), [(1.0, "not-met"), (9.0, "unknown")])
def test_gate__what_a_pack_can_reach__goes_by_the_weights_of_its_rules(weight, outcome):
    made = (replace(_rule("CTR-01", 1), potential=5), _rule("CTR-02", 1))
    head = only(assessment(pack("CTR", *made, indicative=1.0)))
    rules = {**RULES, "CTR-01": replace(RULES["CTR-01"], weight=weight)}
    wanted = (WantedLevel("CTR", 4, measure="indicative"),)
    assert judged(head, rules=rules, min_level=wanted).outcome == outcome


def test_gate__a_level_that_another_rule_holds_down__is_not_waived():
    head = _pack(2, 1, 3, claimable=1, indicative=2.0)
    (one,) = judged(head, waivers=(WHOLE,), min_level=(WantedLevel("CTR", 3),)).conditions
    assert (one.outcome, one.waived) == (Outcome.NOT_MET, False)
    assert [each.rule for each in one.cheapest] == ["CTR-01"]


@pytest.mark.parametrize("measure", ["claimable", "indicative"])
def test_gate__a_level_with_every_rule_waived__passes(measure):
    head = only(assessment(pack("CTR", _rule("CTR-02", 1), claimable=1, indicative=1.0)))
    wanted = (WantedLevel("CTR", 3, measure=measure),)
    (one,) = judged(head, waivers=(WHOLE,), min_level=wanted).conditions
    assert (one.outcome, one.waived, one.found) == (Outcome.MET, True, 1)


def test_gate__a_level_of_which_too_little_is_seen__is_not_waived():
    head = _pack(3, 1, 3, claimable=None, indicative=2.3)
    (one,) = judged(head, waivers=(WHOLE,), min_level=(WantedLevel("CTR", 3),)).conditions
    assert (one.outcome, one.waived, one.found) == (Outcome.NOT_MET, False, None)


def test_gate__a_level_that_is_reached__is_not_called_waived():
    head = _pack(3, 3, 3, claimable=3, indicative=3.0)
    (one,) = judged(head, waivers=(WHOLE,), min_level=(WantedLevel("CTR", 3),)).conditions
    assert (one.outcome, one.waived) == (Outcome.MET, False)


# Boundaries, expiry, the rest


def _uses(*uses, partition=None):
    return Audited(assessment(partition=partition), (), uses)


PARTED = cut(service("one", "a", "b"), service("two", "c", "d"))


@pytest.mark.parametrize(
    ("use", "found"),
    [
        (Use("a", "c", 4), 1),
        (Use("b", "a", 4), 0),
        (Use("a", "new", 4), 0),
        (Use("new", "c", 4), 0),
        (Use("c", "a", 4), 0),
    ],
    ids=["across", "within", "to-no-service", "of-no-service", "known"],
)
def test_gate__a_new_use__counts_if_it_crosses_services_of_the_base(use, found):
    base = _uses(Use("c", "a", 1), partition=PARTED)
    (one,) = judged(_uses(use), base, boundaries=0).conditions
    assert (one.found, one.outcome) == (found, Outcome.NOT_MET if found else Outcome.MET)
    places = [each.place for each in one.cheapest]
    assert places == ([Location("a", 4)] if found else [])


def test_gate__crossings__name_both_services():
    (crossing,) = judged(_uses(Use("d", "b", 4)), _uses(partition=PARTED)).crossings
    assert (crossing.source, crossing.target, crossing.use) == ("two", "one", Use("d", "b", 4))


def test_gate__as_many_crossings_as_are_let_through__are_met():
    head = _uses(Use("a", "c", 4), Use("a", "d", 5))
    outcomes = [judged(head, _uses(partition=PARTED), boundaries=most).outcome for most in (2, 1)]
    assert outcomes == [Outcome.MET, Outcome.NOT_MET]


def test_gate__a_renamed_unit__stays_in_its_service_and_keeps_its_uses():
    base = _uses(Use("c", "a", 1), partition=PARTED)
    head = _uses(Use("x", "a", 1), Use("x", "b", 2))
    found = judged(head, base, renames={"c": "x"}, boundaries=0)
    assert [each.use.target for each in found.crossings] == ["b"]


def test_gate__no_partition__has_no_boundaries():
    (one,) = judged(_uses(Use("a", "c", 4)), _uses(), boundaries=0).conditions
    assert (one.outcome, one.found) == (Outcome.NOT_APPLICABLE, None)


@pytest.mark.parametrize(
    ("expires", "outcome"),
    [
        ("2026-09-30", Outcome.MET),
        ("2026-10-01", Outcome.NOT_MET),
        ("2026-10-14", Outcome.NOT_MET),
        ("2026-10-15", Outcome.MET),
    ],
    ids=["expired-already", "today", "in-13-days", "in-14-days"],
)
def test_gate__waivers_that_expire_within_14_days__are_not_met(expires, outcome):
    waiver = replace(WHOLE, expires=expires)
    (one,) = judged(against("a"), waivers=(waiver,), expires_within=14).conditions
    assert (one.subject, one.outcome) == ("14", outcome)
    place = Action(Location("waivers.yaml", 3), "CTR-02")
    assert one.cheapest == ((place,) if outcome is Outcome.NOT_MET else ())


def test_gate__an_unmatched_or_pending_waiver__may_expire():
    soon = replace(WHOLE, expires="2026-10-02")
    unmatched = replace(soon, path="x")
    found = judged(against("a"), waivers=(unmatched,), pending=(soon,), expires_within=14)
    assert (found.outcome, found.conditions[0].found) == (Outcome.MET, 0)


@pytest.mark.parametrize(("most", "outcome"), [(1, Outcome.MET), (0, Outcome.NOT_MET)])
def test_gate__circles__are_counted_and_one_is_named(most, outcome):
    found = assessment()
    circle = Cycle(("a.py", "b.py"), ("a.py", "b.py"))
    head = only(found, coupling=replace(found.coupling, cycles=(circle,)))
    (one,) = judged(head, max_cycles=most).conditions
    assert one.outcome is outcome
    places = [action.place for action in one.cheapest]
    assert places == ([] if outcome is Outcome.MET else [Location("a.py")])


def test_gate__too_little_read__is_not_met_and_names_what_was_not():
    found = assessment()
    skip = Skip("bad/Dockerfile", 3, "unparsable", "docker", "No FROM.")
    head = only(found, inventory=replace(found.inventory, coverage=0.49), skips=(skip,))
    (one,) = judged(head, min_coverage=0.5).conditions
    assert (one.outcome, one.found) == (Outcome.NOT_MET, 0.49)
    assert one.cheapest == (Action(Location("bad/Dockerfile", 3)),)
    assert judged(head, min_coverage=0.49).outcome is Outcome.MET


def test_gate__nothing_asked__is_met():
    found = judged(against("a"), against())
    assert (found.outcome, found.conditions) == (Outcome.MET, ())
