"""What a change brought, and the decision about it."""

from dataclasses import replace

import pytest
from unit.report.assessments import fact, proof, words
from unit.scoring.gates import WHOLE, against, finding, judged

from assessor.model.basis import Location
from assessor.model.rules import Outcome


def _states(found):
    return {each.finding.path: each.state for each in found.findings}


def _shown(audited, proofs):
    """The same with other evidence of its fact."""
    fact_ = replace(audited.assessment.facts[0], evidence=proofs)
    return replace(audited, assessment=replace(audited.assessment, facts=(fact_,)))


@pytest.mark.parametrize(
    ("most", "outcome", "mend"), [(2, "met", 0), (1, "not-met", 1), (0, "not-met", 2)]
)
def test_gate__new_findings__over_the_bound_and_only_so_many_to_mend(most, outcome, mend):
    found = judged(against("a", "b"), against(), max_new={"major": most})
    (one,) = found.conditions
    assert (one.found, one.outcome, len(one.cheapest)) == (2, outcome, mend)


def test_gate__new_findings__count_for_their_own_severity():
    found = judged(
        against("a", severity="critical"), against(), max_new={"critical": 0, "major": 0}
    )
    assert [(each.subject, each.found) for each in found.conditions] == [
        ("critical", 1),
        ("major", 0),
    ]


@pytest.mark.parametrize(
    ("path", "found"), [("a", 1), ("*", 0), ("c", 2)], ids=["one", "all", "none"]
)
def test_gate__new_findings_that_are_waived__do_not_count(path, found):
    waivers = (replace(WHOLE, path=path),)
    head = against("a", "b")
    (one,) = judged(head, against(), waivers=waivers, max_new={"major": 0}).conditions
    assert one.found == found


def test_gate__a_renamed_file__brings_no_new_finding():
    head = against("b")
    head = replace(head, findings=(finding("b", claim=words("else")),))
    assert judged(head, against("a"), max_new={"major": 0}).conditions[0].found == 1
    renamed = judged(head, against("a"), renames={"a": "b"}, max_new={"major": 0})
    assert renamed.conditions[0].found == 0


@pytest.mark.parametrize(
    ("shallow", "outcome"), [(True, Outcome.UNKNOWN), (False, Outcome.NOT_APPLICABLE)]
)
def test_gate__no_base__what_is_about_the_change_is_not_judged(shallow, outcome):
    head = against("a")
    past = replace(head.assessment.history, shallow=shallow)
    head = replace(head, assessment=replace(head.assessment, history=past))
    found = judged(head, max_new={"major": 0}, no_regression=True, boundaries=0)
    assert [each.outcome for each in found.conditions] == [outcome] * 3
    assert [each.found for each in found.conditions] == [None] * 3
    assert found.base == ""


def test_gate__a_condition_that_is_lost__is_not_met():
    found = judged(against("a"), against(outcome=Outcome.MET), no_regression=True)
    (one,) = found.conditions
    assert (one.outcome, one.found, one.waived) == (Outcome.NOT_MET, 1, False)
    assert [(each.place, each.rule) for each in one.cheapest] == [(Location("a", 1), "CTR-02")]


def test_gate__a_condition_that_is_not_seen_any_more__is_unknown():
    head = against(outcome=Outcome.UNKNOWN)
    assert (
        judged(head, against(outcome=Outcome.MET), no_regression=True).outcome is Outcome.UNKNOWN
    )


@pytest.mark.parametrize(
    ("paths", "waived"),
    [((), False), (("a",), False), (("a", "b"), True), (("*",), True)],
    ids=["none", "one-place", "each-place", "the-rule"],
)
def test_gate__a_lost_condition__is_waived_with_its_rule_or_all_of_its_places(paths, waived):
    found = judged(
        against("a", "b"),
        against(outcome=Outcome.MET),
        waivers=tuple(replace(WHOLE, path=path) for path in paths),
        no_regression=True,
    )
    assert [each.waived for each in found.worsened] == [waived]
    (one,) = found.conditions
    assert (one.outcome is Outcome.MET, one.waived) == (waived, waived)


def test_gate__a_place_of_a_lost_condition__is_accepted_once():
    head = against("a")
    head = replace(head, findings=(replace(finding("a"), snippet="ab12" * 4),))
    found = judged(head, against(outcome=Outcome.MET), waivers=(WHOLE,), no_regression=True)
    assert [each.findings for each in found.waivers] == [1]


def test_gate__a_lost_condition__what_spoke_against_it_in_a_renamed_file_is_no_place_of_it():
    base = against("a", outcome=Outcome.MET)
    head = against("b", "n")
    told = tuple(replace(each, claim=words("claim")) for each in head.assessment.facts[0].evidence)
    old = tuple(replace(each, claim=words("claim")) for each in base.assessment.facts[0].evidence)
    head, base = _shown(head, told), _shown(base, old)
    (lost,) = judged(head, base, renames={"a": "b"}, no_regression=True).worsened
    assert [each.path for each in lost.places] == ["n"]


def test_gate__nothing_lost__is_not_called_waived():
    (one,) = judged(against(), against(), waivers=(WHOLE,), no_regression=True).conditions
    assert (one.outcome, one.waived, one.found) == (Outcome.MET, False, 0)


# Findings and how they stand


def test_gate__findings__new_before_known_and_then_the_gravest():
    head, base = against("d", "b"), against("b")
    grave = finding("c", "critical")
    head = replace(head, findings=(*head.findings, finding("a", "info"), grave))
    found = judged(head, base)
    shown = [(each.finding.path, each.state) for each in found.findings]
    assert shown == [("c", "new"), ("d", "new"), ("a", "new"), ("b", "known")]


def test_gate__what_proved_a_lost_condition__is_a_lost_finding():
    base = against(outcome=Outcome.MET)
    shown = fact("image.tagged", 1, proofs=(proof("ci.yml", line=7),))
    base = replace(base, assessment=replace(base.assessment, facts=(shown,)))
    found = judged(against(), base, no_regression=True)
    (standing,) = found.findings
    assert (standing.finding.path, standing.finding.was, standing.state) == (
        "ci.yml",
        True,
        "lost",
    )


def test_gate__a_place_of_a_lost_condition__is_not_shown_twice():
    found = judged(against("a"), against(outcome=Outcome.MET), no_regression=True)
    assert _states(found) == {"a": "new"}
    assert len(found.findings) == 1


def test_gate__a_place_of_a_lost_condition_that_is_no_finding__is_new():
    head = replace(against("a"), findings=())
    assert _states(judged(head, against(outcome=Outcome.MET))) == {"a": "new"}


def test_gate__alike_findings__have_each_a_fingerprint_of_its_own():
    head = replace(against(), findings=(finding("a", line=1), finding("a", line=2)))
    marks = [each.fingerprint for each in judged(head).findings]
    assert len(set(marks)) == 2


def test_gate__a_waived_finding__tells_where_its_waiver_is_written():
    waiver = replace(WHOLE, path="a")
    found = judged(against("a", "b"), against("a", "b"), waivers=(waiver,))
    assert {each.finding.path: each.waiver for each in found.findings} == {
        "a": Location("waivers.yaml", 3),
        "b": None,
    }


def test_gate__waivers__are_all_told_with_their_state():
    waivers = (
        replace(WHOLE, place=Location("w", 1)),
        replace(WHOLE, place=Location("w", 2), expires="2026-09-30"),
        replace(WHOLE, place=Location("w", 3), expires="2026-10-02"),
        replace(WHOLE, place=Location("w", 4), path="x"),
        replace(WHOLE, place=Location("w", 5), flaw="reason"),
    )
    pending = (replace(WHOLE, place=Location("w", 6)),)
    found = judged(against("a"), against("a"), waivers=waivers, pending=pending)
    assert [each.state for each in found.waivers] == [
        "honoured", "expired", "expiring", "unmatched", "malformed", "pending",
    ]  # fmt: skip


def test_gate__what_it_was_judged_by__is_told():
    found = judged(against(), against(), changed=("waivers.yaml",))
    assert (found.policy, found.today, found.changed) == ("test", "2026-10-01", ("waivers.yaml",))
    assert found.head == found.base == "0123456789abcdef" * 2
