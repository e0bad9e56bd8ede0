"""Signed answers give facts that nothing else can give, and never those that files prove."""

from dataclasses import replace

import pytest
from builders_rules import WORDS, facts, rule, rules

from assessor.model import assessment as doc
from assessor.model.basis import Evidence, EvidenceKind, Text
from assessor.model.decisions import Attestation, Attested
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import Effort, Outcome, RuleSource
from assessor.scoring import score
from assessor.scoring.attesting import attested, evidence_digest, renewed

SIGNED = Attestation(
    id="a1",
    rule="P-01",
    fact="told",
    value=True,
    statement="We keep the logs for a year.",
    person="Ann",
    role="head of operations",
    made_at="2025-01-31T12:00:00Z",
    expires="2025-12-31",
    evidence="e" * 64,
)
SPECS = {
    "told": FactSpec("told", WORDS, "yes-no", EvidenceKind.ATTESTATION),
    "seen": FactSpec("seen", WORDS, "yes-no", EvidenceKind.REPOSITORY),
    "sent": FactSpec("sent", WORDS, "share", EvidenceKind.IMPORTED),
}
UNSEEN = {name: Fact(name, None, reason=WORDS) for name in SPECS}


def counting(**changes):
    return Attested(replace(SIGNED, **changes), "counts")


def test_attested__it_counts__gives_its_value_and_no_reason():
    found = attested(UNSEEN, [counting()], specs=SPECS)["told"]
    assert (found.value, found.reason, found.bounds) == (True, None, None)


def test_attested__evidence__tells_who_signed_what_for_how_long():
    [proof] = attested(UNSEEN, [counting()], specs=SPECS)["told"].evidence
    assert proof == Evidence(
        None,
        Text(
            zh="Ann（head of operations）于 2025-01-31 签署，有效期至 2025-12-31，无第二人确认",
            en="signed by Ann (head of operations) on 2025-01-31, valid until 2025-12-31,"
            " confirmed by nobody else",
        ),
    )


def test_attested__confirmed__evidence_names_the_second_person():
    given = counting(approver="Bob", approved_at="2025-02-01T08:00:00Z")
    [proof] = attested(UNSEEN, [given], specs=SPECS)["told"].evidence
    assert proof.claim.en.endswith("valid until 2025-12-31, confirmed by Bob on 2025-02-01")
    assert proof.claim.zh.endswith("有效期至 2025-12-31，Bob 于 2025-02-01 确认")


def test_attested__answer_is_no__speaks_against_the_fact():
    found = attested(UNSEEN, [counting(value=False)], specs=SPECS)["told"]
    assert (found.value, found.evidence[0].holds) == (False, False)


@pytest.mark.parametrize("state", ["pending", "expired", "withdrawn"])
def test_attested__it_does_not_count__leaves_the_fact_unseen(state):
    assert attested(UNSEEN, [Attested(SIGNED, state)], specs=SPECS) == UNSEEN


def test_attested__stale__still_counts():
    given = replace(counting(), stale=True)
    assert attested(UNSEEN, [given], specs=SPECS)["told"].value is True


def test_attested__several__the_newest_that_counts_gives_the_value():
    old, new = counting(), counting(id="a0", value=False, made_at="2025-03-01T00:00:00Z")
    newest = Attested(replace(SIGNED, id="a2", made_at="2025-04-01T00:00:00Z"), "pending")
    for given in ([old, new, newest], [newest, new, old]):
        assert attested(UNSEEN, given, specs=SPECS)["told"].value is False


@pytest.mark.parametrize("name", ["seen", "sent"])
def test_attested__fact_of_another_kind__is_never_touched(name):
    given = [counting(fact=name)]
    assert attested(UNSEEN, given, specs=SPECS) == UNSEEN


def test_attested__fact_that_does_not_apply__stays_so():
    aside = {"told": Fact("told", None, applies=False)}
    assert attested(aside, [counting()], specs=SPECS) == aside


def test_attested__fact_that_is_not_there__makes_none():
    assert attested({}, [counting()], specs=SPECS) == {}


def scored(ladder, given, **values):
    """The rule's score where `told` is signed."""
    made = rules(rule("P-01", ladder), attested="told told2")
    known = {spec.name: spec for spec in made.unseen}
    return score(made, attested(facts(**values), given, specs=known))[0].rules[0]


def test_score__level_above_three_by_attestation_alone__is_not_reached():
    ladder = {2: "a", 3: "b", 4: "told"}
    found = scored(ladder, [counting()], a=True, b=True, told=None)
    assert (found.level, found.potential, found.attested) == (3, 3, False)


def test_score__level_three_by_attestation_alone__is_reached_and_marked():
    found = scored({2: "a", 3: "told"}, [counting()], a=True, told=None)
    assert (found.level, found.potential, found.attested) == (3, 3, True)


def test_score__attestation_beside_proof__reaches_a_higher_level():
    found = scored({2: "a", 5: "b told"}, [counting()], a=True, b=True, told=None)
    assert (found.level, found.attested) == (5, False)


def test_score__answer_is_no__is_not_met():
    found = scored({2: "a", 3: "told"}, [counting(value=False)], a=True, told=None)
    assert (found.level, found.potential) == (2, 2)
    assert found.missing[0].outcome is Outcome.NOT_MET


PROOFS = (
    doc.Proof("b.yaml", 2, "", WORDS, holds=False),
    doc.Proof("a.yaml", 1, "", WORDS, holds=True),
)
SHARE = doc.ConditionResult(
    2, "seen", "at_least", 0.9, 0.5, Outcome.NOT_MET, EvidenceKind.REPOSITORY
)
TOLD = doc.ConditionResult(3, "told", "is", True, None, Outcome.MANUAL, EvidenceKind.ATTESTATION)
RULE = doc.Rule(
    id="P-01",
    domain="d",
    item="i",
    title=WORDS,
    why=WORDS,
    kind="cumulative",
    applicable=True,
    level=1,
    potential=1,
    attested=False,
    outcomes=(SHARE, TOLD),
    missing=(SHARE,),
    evidence=PROOFS,
    remedy=WORDS,
    effort=Effort(1, WORDS),
    source=RuleSource("s", WORDS, "found"),
)


def test_evidence_digest__of_a_rule__is_the_same_for_ever():
    expected = "4ea5270d33d0358d7154743f73dd692c3570d9553cb0d7a61421755aed69b9b9"
    assert evidence_digest(RULE) == expected


def test_evidence_digest__order_of_proofs_and_conditions__makes_no_difference():
    turned = replace(RULE, evidence=PROOFS[::-1], outcomes=(TOLD, SHARE))
    assert evidence_digest(turned) == evidence_digest(RULE)


def test_evidence_digest__what_was_signed__makes_no_difference():
    signed = doc.Proof("", 0, "", Text("签", "signed by Ann"), holds=True)
    met = replace(TOLD, value=True, outcome=Outcome.MET)
    told = replace(RULE, level=3, outcomes=(SHARE, met), evidence=(signed, *PROOFS))
    assert evidence_digest(told) == evidence_digest(RULE)


@pytest.mark.parametrize(
    "changed",
    [
        replace(RULE, evidence=PROOFS[:1]),
        replace(RULE, evidence=(replace(PROOFS[0], line=3), PROOFS[1])),
        replace(RULE, evidence=(replace(PROOFS[0], holds=True), PROOFS[1])),
        replace(RULE, outcomes=(replace(SHARE, value=0.6), TOLD)),
        replace(RULE, outcomes=(replace(SHARE, outcome=Outcome.MET), TOLD)),
        replace(RULE, outcomes=(replace(SHARE, threshold=0.8), TOLD)),
    ],
    ids=["fewer proofs", "line", "holds", "value", "outcome", "threshold"],
)
def test_evidence_digest__another_finding__is_another_one(changed):
    assert evidence_digest(changed) != evidence_digest(RULE)


def test_evidence_digest__value_as_the_document_has_it__is_the_same():
    exact = replace(RULE, outcomes=(replace(SHARE, value=1 / 3), TOLD))
    written = replace(RULE, outcomes=(replace(SHARE, value=0.333333), TOLD))
    assert evidence_digest(exact) == evidence_digest(written)


def test_evidence_digest__path_that_is_no_utf_8__has_one():
    odd = replace(RULE, evidence=(doc.Proof("src/\udcff.java", 1, "", WORDS, holds=True),))
    assert len(evidence_digest(odd)) == 64


def _pack(made):
    return doc.Pack("P", WORDS, "1", WORDS, 1, 1.0, 1.0, 0.0, (), (), (made,))


def test_renewed__same_evidence__is_not_stale():
    given = counting(evidence=evidence_digest(RULE))
    assert renewed([given], [_pack(RULE)]) == (given,)


def test_renewed__other_evidence__is_stale():
    given = counting(evidence=evidence_digest(RULE))
    assert renewed([given], [_pack(replace(RULE, evidence=()))]) == (replace(given, stale=True),)


def test_renewed__rule_that_is_gone__is_stale():
    assert renewed([counting()], []) == (replace(counting(), stale=True),)


def test_renewed__any_order__comes_out_sorted():
    a, b = counting(id="a"), counting(id="b")
    assert [each.attestation.id for each in renewed([b, a], [])] == ["a", "b"]
