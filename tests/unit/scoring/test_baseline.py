"""A baseline from what was found, and how it shrinks."""

import hashlib
from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, cut, pack, rule, service, words

from assessor.model.assessment import Tool
from assessor.model.baseline import Baseline, Drift, MetCondition
from assessor.model.gate import Audited, ConditionKey, Finding, Use
from assessor.model.rules import Outcome
from assessor.scoring.baseline import as_base, baseline, drift, pruned

PARTED = cut(service("one", "a", "b"), service("two", "c"))
TOOL = Tool("assessor", "9.9.9")
NOTHING = Drift((), (), (), (), (), ())


def _finding(path="a", *, line=1, claim="x"):
    return Finding(path, line, "CTR-02", "f.x", 2, "major", words(claim))


def _met(name="f.x", value=True):
    return MetCondition("CTR-02", 2, name, "is", value)


def _found(*findings, met=(), uses=(), partition=PARTED, revision="1" * 40):
    outcomes = tuple(condition(each.fact, Outcome.MET, value=each.value) for each in met)
    made = replace(rule("CTR-02"), outcomes=(*outcomes, condition("f.other")))
    found = assessment(pack("CTR", made), partition=partition)
    found = replace(found, repository=replace(found.repository, revision=revision))
    return Audited(found, tuple(sorted(findings)), tuple(uses))


def test_baseline__all_that_is_there__is_written_down():
    found = _found(
        _finding(), met=(_met("f.z"), _met("f.a")), uses=(Use("a", "c", 3), Use("a", "b", 1))
    )
    assert baseline(found) == Baseline(
        schema_version="1.0",
        tool=Tool("assessor", "1.2.3"),
        revision="1" * 40,
        rules="d" * 64,
        findings=(_finding(),),
        met=(_met("f.a"), _met("f.z")),
        services={"one": ("a", "b"), "two": ("c",)},
        uses=(("a", "c"),),
    )


def test_baseline__accepted_services__go_before_the_proposed_ones():
    found = _found(uses=(Use("a", "c", 3), Use("a", "b", 1)))
    made = baseline(found, services={"x": ("a",), "y": ("b",)})
    assert (made.services, made.uses) == ({"x": ("a",), "y": ("b",)}, (("a", "b"),))


def test_baseline__no_services_accepted__are_none():
    made = baseline(_found(uses=(Use("a", "c", 3),)), services={})
    assert (made.services, made.uses) == ({}, ())


def test_as_base__a_baseline__knows_no_proofs():
    base = as_base(baseline(_found(_finding(), met=(_met(value=3),), uses=(Use("a", "c", 3),))))
    assert (base.revision, base.findings, base.proofs) == ("1" * 40, (_finding(),), {})
    assert base.met == {ConditionKey("CTR-02", 2, "f.x", "is"): 3}
    assert (base.services, base.uses) == ({"one": ("a", "b"), "two": ("c",)}, {("a", "c")})


def test_drift__nothing_changed__is_none():
    found = _found(_finding(), met=(_met(),), uses=(Use("a", "c", 3),))
    assert drift(baseline(found), found, renames={}) == NOTHING


def test_drift__both_ways__is_told():
    known = baseline(
        _found(_finding(), _finding(claim="p"), met=(_met("f.a"),), uses=(Use("a", "c", 3),))
    )
    now = _found(
        _finding(), _finding("b", claim="q"), met=(_met("f.b"),), uses=(Use("c", "b", 1),)
    )
    assert drift(known, now, renames={}) == Drift(
        fresh=(_finding("b", claim="q"),),
        gone=(_finding(claim="p"),),
        gained=(_met("f.b"),),
        lost=(_met("f.a"),),
        crossings=(("c", "b"),),
        cut=(("a", "c"),),
    )


def test_drift__another_value_of_what_is_met__is_none():
    known = baseline(_found(met=(_met(value=0.9),)))
    assert drift(known, _found(met=(_met(value=0.8),)), renames={}) == NOTHING


def test_drift__the_services_proposed_now__are_not_those_that_were_accepted():
    known = baseline(_found(), services={"one": ("a", "b", "c")})
    assert drift(known, _found(uses=(Use("a", "c", 3),)), renames={}) == NOTHING


def test_drift__a_renamed_file__is_the_same():
    known = baseline(_found(_finding("a"), uses=(Use("a", "c", 3),)))
    now = _found(_finding("n", claim="else"), uses=(Use("n", "c", 3),))
    assert drift(known, now, renames={"a": "n"}) == NOTHING


def _pruned(known, now, **renames):
    return pruned(known, now, renames=renames, tool=TOOL)


def test_pruned__what_is_mended__is_gone_and_what_is_new_does_not_come_in():
    known = baseline(_found(_finding(), _finding(claim="p"), uses=(Use("a", "c", 3),)))
    now = _found(_finding(line=9), _finding("b", claim="q"), uses=(Use("c", "b", 1),))
    made = _pruned(known, now)
    assert made.findings == (_finding(line=9),)
    assert made.uses == ()


def test_pruned__what_is_met_by_now__comes_in_and_what_is_lost_stays():
    known = baseline(_found(met=(_met("f.b", value=0.9),)))
    made = _pruned(known, _found(met=(_met("f.a"),)))
    assert made.met == (_met("f.a"), _met("f.b", value=0.9))


def test_pruned__commit_tool_and_rules__are_those_of_now():
    now = _found(revision="2" * 40)
    digest = hashlib.sha256(b"").hexdigest()
    provenance = replace(now.assessment.provenance, rules=digest)
    now = replace(now, assessment=replace(now.assessment, provenance=provenance))
    made = _pruned(baseline(_found()), now)
    assert (made.revision, made.rules, made.tool) == ("2" * 40, digest, TOOL)


def test_pruned__renamed_files__are_followed():
    known = baseline(_found(_finding("a"), uses=(Use("c", "a", 3),)))
    made = _pruned(known, _found(_finding("n"), uses=(Use("c", "n", 3),)), a="n")
    assert made.findings == (_finding("n"),)
    assert made.services == {"one": ("b", "n"), "two": ("c",)}
    assert made.uses == (("c", "n"),)


@pytest.mark.parametrize("lines", [(1, 2, 3), (4, 5, 6, 7)], ids=["as-many", "one-more"])
def test_pruned__several_alike__are_never_more_than_before(lines):
    known = baseline(_found(*(_finding(line=line) for line in (1, 2, 3))))
    made = _pruned(known, _found(*(_finding(line=line) for line in lines)))
    assert len(made.findings) == 3


def test_pruned__twice__changes_nothing_more():
    known = baseline(_found(_finding(), _finding(claim="p"), met=(_met("f.a"),)))
    now = _found(_finding(), met=(_met("f.b"),))
    once = _pruned(known, now)
    assert _pruned(once, now) == once
