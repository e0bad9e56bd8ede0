"""What an assessed commit is as a base, and which of its conditions a change lost."""

from dataclasses import replace

import pytest
from builders_rules import rule as scored_rule
from unit.report.assessments import (
    assessment,
    condition,
    cut,
    fact,
    pack,
    proof,
    rule,
    service,
    words,
)

from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import FactSpec
from assessor.model.gate import Audited, Base, ConditionKey, Finding, Use
from assessor.model.records import Reference, ReferenceKind
from assessor.model.rules import Outcome
from assessor.scoring.regression import across, base_of, uses, worsened

RULES = {"CTR-02": scored_rule("CTR-02", {2: "image.tagged"})}
KEY = ConditionKey("CTR-02", 2, "image.tagged", "is")
FRESH = Finding("Dockerfile", 4, "CTR-02", "image.tagged", 2, "major", words("new"))


def _assessed(*proofs, outcome=Outcome.NOT_MET, level=2, value=False):
    measured = fact("image.tagged", value, proofs=proofs)
    results = (condition("image.tagged", outcome, level=level, value=value),)
    judged = replace(rule("CTR-02"), outcomes=results, applicable=True)
    return replace(assessment(pack("CTR", judged)), facts=(measured,))


def _base(*proofs, **how):
    met = _assessed(*proofs, outcome=Outcome.MET, value=True, **how)
    return base_of(Audited(met, (), ()))


def _worsened(head, base, *, fresh=(), scope="file", kind=EvidenceKind.REPOSITORY, rules=None):
    spec = FactSpec("image.tagged", Text("", ""), "yes-no", kind, scope)
    specs = {"image.tagged": spec}
    return worsened(head, base, fresh=fresh, renames={}, rules=rules or RULES, specs=specs)


def _places(found):
    return [(each.path, each.line, each.was) for each in found.places]


def test_worsened__met_before_and_not_now__says_what_it_was_and_is():
    (found,) = _worsened(_assessed(), _base())
    assert (found.rule, found.level, found.fact) == ("CTR-02", 2, "image.tagged")
    assert (found.before, found.after, found.outcome) == (True, False, Outcome.NOT_MET)
    assert (found.title, found.unit) == (words("fact image.tagged"), "yes-no")
    assert found.waived is False


def test_worsened__unseen_now__is_worse():
    (found,) = _worsened(_assessed(outcome=Outcome.UNKNOWN, value=None), _base())
    assert (found.outcome, found.after) == (Outcome.UNKNOWN, None)


def test_worsened__what_spoke_for_it_is_gone__is_shown_where_it_was():
    (found,) = _worsened(_assessed(), _base(proof("ci.yml", line=7)))
    assert _places(found) == [("ci.yml", 7, True)]


def test_worsened__something_speaks_against_it_now__is_shown_rather_than_what_is_gone():
    head = _assessed(proof("b", line=3, holds=False), proof("a", line=2, holds=False))
    (found,) = _worsened(head, _base(proof("ci.yml", line=7)))
    assert _places(found) == [("a", 2, False), ("b", 3, False)]


def test_worsened__what_spoke_against_it_before__is_not_shown_wherever_it_stands_now():
    head = _assessed(proof("a", line=9, holds=False), proof("b", line=3, holds=False))
    (found,) = _worsened(head, _base(proof("a", line=1, holds=False)))
    assert _places(found) == [("b", 3, False)]


def test_worsened__one_more_said_alike__is_shown():
    head = _assessed(proof("a", line=1, holds=False), proof("a", line=2, holds=False))
    (found,) = _worsened(head, _base(proof("a", line=1, holds=False)))
    assert _places(found) == [("a", 2, False)]


def test_worsened__commits__are_no_places():
    head = _assessed(proof("", line=0, holds=False, commit="c" * 40))
    (found,) = _worsened(head, _base(proof("", line=0, commit="d" * 40)))
    assert found.places == ()


def test_worsened__place_that_the_cut_evidence_of_the_base_left_out__is_not_taken_for_new():
    names = [f"f{number:03}" for number in range(60)]
    against = [proof(name, holds=False) for name in names]
    known = tuple(
        Finding(name, 1, "CTR-02", "image.tagged", 2, "major", each.claim)
        for name, each in zip(names, against, strict=True)
    )
    met = _assessed(*against[:50], outcome=Outcome.MET, value=True)
    met = replace(met, facts=(replace(met.facts[0], evidence_total=60),))
    head = _assessed(*against[1:51])
    head = replace(head, facts=(replace(head.facts[0], evidence_total=59),))
    (found,) = _worsened(head, base_of(Audited(met, known, ())))
    assert _places(found) == []


def test_worsened__new_findings_of_the_fact__go_before_its_proofs():
    (found,) = _worsened(_assessed(proof("x", holds=False)), _base(), fresh=(FRESH,))
    assert found.places == (FRESH,)


def test_worsened__base_is_a_file__the_new_findings_stand_for_the_places():
    base = Base("b" * 40, (), {KEY: True}, {}, {}, frozenset())
    others = (replace(FRESH, rule="CTR-03"), replace(FRESH, fact="image.pinned"))
    (found,) = _worsened(_assessed(proof("x", holds=False)), base, fresh=(FRESH, *others))
    assert found.places == (FRESH,)


@pytest.mark.parametrize(("level", "severity"), [(2, "major"), (3, "minor"), (4, "info")])
def test_worsened__severity_of_the_places__follows_from_the_level(level, severity):
    head = _assessed(proof("a", holds=False), level=level)
    (found,) = _worsened(head, _base(level=level))
    assert [each.severity for each in found.places] == [severity]


def test_worsened__severity_of_the_rule__goes_before_the_level():
    grave = {"CTR-02": replace(RULES["CTR-02"], severity="critical")}
    (found,) = _worsened(_assessed(proof("a", holds=False)), _base(), rules=grave)
    assert [each.severity for each in found.places] == ["critical"]


@pytest.mark.parametrize("outcome", [Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.MANUAL])
def test_worsened__neither_unmet_nor_unseen__is_none(outcome):
    assert _worsened(_assessed(outcome=outcome), _base()) == ()


def test_worsened__not_met_before_either__is_none():
    assert _worsened(_assessed(), base_of(Audited(_assessed(), (), ()))) == ()


@pytest.mark.parametrize("change", [{"level": 3}, {"fact": "f.y"}, {"comparison": "at_least"}])
def test_worsened__another_condition_was_met__is_none(change):
    base = Base("b" * 40, (), {replace(KEY, **change): True}, {}, {}, frozenset())
    assert _worsened(_assessed(), base) == ()


@pytest.mark.parametrize(
    ("kind", "scope"), [(EvidenceKind.GIT, "file"), (EvidenceKind.REPOSITORY, "past")]
)
def test_worsened__what_the_history_shows__is_none(kind, scope):
    assert _worsened(_assessed(), _base(), kind=kind, scope=scope) == ()


@pytest.mark.parametrize("scope", ["file", "code", "cut"])
def test_worsened__what_files_show__is_worse_whatever_its_scope(scope):
    assert len(_worsened(_assessed(), _base(), scope=scope)) == 1


def test_base_of__conditions_that_were_met__with_their_values():
    outcomes = (
        condition("f.a", Outcome.MET, value=0.5, by="at_least"),
        condition("f.b", Outcome.NOT_MET),
        condition("f.c", Outcome.UNKNOWN),
    )
    found = assessment(pack("CTR", replace(rule("CTR-02"), outcomes=outcomes)))
    base = base_of(Audited(found, (FRESH,), ()))
    assert base.met == {ConditionKey("CTR-02", 2, "f.a", "at_least"): 0.5}
    assert (base.revision, base.findings) == ("0123456789abcdef" * 2, (FRESH,))


def test_base_of__services__are_the_proposed_ones_and_uses_those_across():
    parted = cut(service("one", "a", "b"), service("two", "c"))
    found = (Use("a", "b", 1), Use("a", "c", 2), Use("c", "a", 3), Use("a", "shared", 4))
    base = base_of(Audited(assessment(partition=parted), (), found))
    assert base.services == {"one": ("a", "b"), "two": ("c",)}
    assert base.uses == {("a", "c"), ("c", "a")}


def test_base_of__no_partition__has_no_services_and_no_uses():
    base = base_of(Audited(assessment(), (), (Use("a", "b", 1),)))
    assert (base.services, base.uses) == ({}, frozenset())


def _reference(source, target, line):
    return Reference(source, source, target, target, ReferenceKind.IMPORT, 1, line)


def test_uses__several_of_a_pair__give_one_with_the_first_line():
    found = uses([_reference("b", "a", 2), _reference("a", "b", 9), _reference("a", "b", 4)])
    assert found == (Use("a", "b", 4), Use("b", "a", 2))


def test_uses__a_unit_of_itself__is_none():
    assert uses([_reference("a", "a", 1)]) == ()


def test_across__within_a_service_or_of_no_service__is_none():
    home = {"a": "one", "b": "one", "c": "two"}
    found = [Use("a", "b", 1), Use("a", "c", 2), Use("a", "x", 3), Use("x", "a", 4)]
    assert across(found, home) == (Use("a", "c", 2),)
