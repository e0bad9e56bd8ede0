"""Which findings are new, and which conditions got worse."""

import itertools
from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, fact, pack, proof, rule

from assessor.model.basis import EvidenceKind, Text
from assessor.model.gate import Finding
from assessor.model.rules import Outcome
from assessor.scoring.findings import findings, new, worsened


def _finding(path="a", claim="x", *, line=1, rule_="R-1", fact_="f.x"):
    return Finding(path, line, rule_, fact_, 2, "major", Text(claim, claim))


@pytest.mark.parametrize(
    ("head", "base", "renames", "fresh"),
    [
        ([_finding()], [], {}, 1),
        ([_finding(line=9)], [_finding(line=1)], {}, 0),
        ([_finding(claim="12 lines")], [_finding(claim="11 lines")], {}, 0),
        ([_finding(), _finding(line=2)], [_finding()], {}, 1),
        ([_finding("b")], [_finding("a")], {}, 0),
        ([_finding("b", "y")], [_finding("a")], {}, 1),
        ([_finding("b", "y")], [_finding("a")], {"a": "b"}, 0),
        ([_finding(rule_="R-2")], [_finding()], {}, 1),
        ([_finding(fact_="f.y")], [_finding()], {}, 1),
        ([], [_finding()], {}, 0),
    ],
    ids=[
        "added", "lower", "other-figures", "one-more", "moved", "elsewhere-and-other",
        "renamed", "other-rule", "other-fact", "mended",
    ],
)  # fmt: skip
def test_new__a_finding__has_a_counterpart_or_not(head, base, renames, fresh):
    assert len(new(head, base, renames=renames)) == fresh


def test_new__one_more_than_before__the_one_without_its_like():
    base = [_finding(claim="p"), _finding(claim="q", line=2)]
    added = _finding(claim="r", line=3)
    for order in itertools.permutations([*base, added]):
        assert new(order, base, renames={}) == (added,)


def _assessed(*proofs, outcome=Outcome.NOT_MET, level=2, name="image.tagged"):
    measured = fact(name, False, proofs=proofs)
    results = (condition(name, outcome, level=level),)
    judged = replace(rule("CTR-02"), outcomes=results, applicable=True)
    return replace(assessment(pack("CTR", judged)), facts=(measured,))


@pytest.mark.parametrize(("level", "severity"), [(2, "major"), (3, "minor"), (5, "info")])
def test_findings__severity__follows_from_the_level(level, severity):
    (found,) = findings(_assessed(proof("Dockerfile", line=4, holds=False), level=level))
    assert (found.path, found.line, found.severity) == ("Dockerfile", 4, severity)


def test_findings__what_speaks_for_a_fact_or_is_a_commit__is_none():
    for_it, past = proof("a"), proof("a", holds=False, commit="c" * 40)
    assert findings(_assessed(for_it, past)) == ()


def test_findings__along_a_cut_that_moves__are_none():
    assert findings(_assessed(proof("a", holds=False), name="arch.facade_share")) == ()


def test_worsened__met_before_and_not_now__with_what_is_gone():
    base = _assessed(proof("ci.yml", line=7), outcome=Outcome.MET)
    (found,) = worsened(_assessed(), base)
    assert [(each.path, each.line, each.was) for each in found.places] == [("ci.yml", 7, True)]


@pytest.mark.parametrize("outcome", [Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.MANUAL])
def test_worsened__otherwise__is_none(outcome):
    assert worsened(_assessed(outcome=outcome), _assessed(outcome=Outcome.MET)) == ()
    assert worsened(_assessed(), _assessed()) == ()


def test_worsened__what_the_history_shows__is_none():
    head, base = _assessed(), _assessed(outcome=Outcome.MET)
    past = replace(head, facts=(replace(head.facts[0], kind=EvidenceKind.GIT),))
    assert worsened(head, base) != ()
    assert worsened(past, base) == ()
