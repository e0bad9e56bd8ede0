"""A gate as OSCAL assessment results."""

import json
from dataclasses import replace

import pytest
from gate_reports import gate_report
from oscal_schemas import problems

from assessor.model.gate_report import ToldFinding, ToldRule, ToldWaiver
from assessor.render.to_oscal import to_oscal

WORDS = {
    "oscal.title": "Assessment of cloud-native maturity",
    "oscal.plan": "The policy {policy} of the gate",
    "oscal.level": "level {level}, wanted {wanted}",
    "oscal.unseen": "not seen, wanted {wanted}",
    "oscal.open": "between {level} and {best}, wanted {wanted}",
}
RULE = ToldRule(
    id="CTR-01",
    pack="CTR",
    domain="image",
    title="Small images",
    why="Small images start faster.",
    remedy="Build in several stages.",
    effort="2 h per image",
    standard="CTR",
    clause="Images",
    source="reconstructed",
    severity="major",
    applicable=True,
    level=2,
    potential=3,
    wanted=2.0,
)
FOUND = ToldFinding("CTR-01", "runs as root", "major", "new", "a b/Dockerfile", 3, "f" * 32)


def _written(**changes):
    usual = {"findings": (), "rules": (), "waivers": (), "words": WORDS}
    return to_oscal(gate_report(**usual | changes))


def _result(**changes):
    return json.loads(_written(**changes))["assessment-results"]["results"][0]


def _rule(level, potential, wanted, applicable=True):
    return replace(RULE, level=level, potential=potential, wanted=wanted, applicable=applicable)


def _waiver(state):
    return ToldWaiver("CTR-01", state, f"Waiver of CTR-01, {state}", "waivers.yaml", 4)


@pytest.mark.parametrize(
    ("level", "potential", "wanted", "state"),
    [
        (2, 2, 2.0, "satisfied"),
        (3, 5, 2.5, "satisfied"),
        (2, 2, 3.0, "not-satisfied"),
        (1, 2, 2.5, "not-satisfied"),
    ],
)
def test_to_oscal__a_decided_rule__is_a_finding(level, potential, wanted, state):
    result = _result(rules=(_rule(level, potential, wanted),))
    (finding,) = result["findings"]
    assert finding["target"]["type"] == "statement-id"
    assert finding["target"]["target-id"] == "CTR-01_smt"
    assert finding["target"]["status"]["state"] == state
    assert "observations" not in result


@pytest.mark.parametrize(
    ("level", "potential", "text"),
    [(None, None, "not seen, wanted 3"), (2, 3, "between 2 and 3, wanted 3")],
)
def test_to_oscal__a_rule_that_was_not_seen__is_an_observation_and_no_finding(
    level, potential, text
):
    result = _result(rules=(_rule(level, potential, 3.0),))
    (observation,) = result["observations"]
    assert "findings" not in result
    assert observation["description"] == text
    assert observation["methods"] == ["EXAMINE"]


def test_to_oscal__a_rule_that_does_not_apply__is_not_reviewed():
    other = replace(_rule(None, None, 2.0, applicable=False), id="CTR-02")
    result = _result(rules=(RULE, other))
    assert result["reviewed-controls"]["control-selections"] == [
        {"include-controls": [{"control-id": "CTR-01"}]}
    ]
    assert [each["target"]["target-id"] for each in result["findings"]] == ["CTR-01_smt"]


def test_to_oscal__no_rule_that_applies__leaves_all_of_them_out():
    result = _result(rules=(_rule(None, None, 2.0, applicable=False),))
    assert result["reviewed-controls"]["control-selections"] == [
        {"include-all": {}, "exclude-controls": [{"control-id": "CTR-01"}]}
    ]


def test_to_oscal__a_place__is_evidence_with_a_link_to_its_line():
    (observation,) = _result(findings=(FOUND,))["observations"]
    assert observation["relevant-evidence"] == [
        {"href": "a%20b/Dockerfile#L3", "description": "a b/Dockerfile:3"}
    ]
    assert observation["types"] == ["finding"]


def test_to_oscal__a_finding__points_to_what_was_observed():
    result = _result(rules=(RULE,), findings=(FOUND,))
    (observation,) = result["observations"]
    (finding,) = result["findings"]
    assert finding["related-observations"] == [{"observation-uuid": observation["uuid"]}]


def test_to_oscal__a_waived_place__is_an_approved_risk():
    waived = replace(FOUND, waiver="accepted until 2026-12-31")
    result = _result(rules=(RULE,), findings=(waived,))
    (risk,) = result["risks"]
    assert risk["status"] == "deviation-approved"
    assert risk["statement"] == "accepted until 2026-12-31"
    assert result["findings"][0]["related-risks"] == [{"risk-uuid": risk["uuid"]}]


@pytest.mark.parametrize("state", ["expired", "pending", "unmatched", "malformed", "expiring"])
def test_to_oscal__a_waiver_in_trouble__is_an_observation(state):
    (observation,) = _result(waivers=(_waiver(state),))["observations"]
    assert observation["description"] == f"Waiver of CTR-01, {state}"
    assert observation["relevant-evidence"][0]["href"] == "waivers.yaml#L4"


def test_to_oscal__a_waiver_in_order__is_no_observation():
    assert "observations" not in _result(waivers=(_waiver("honoured"),))


def test_to_oscal__the_plan__is_the_policy_in_the_back_matter():
    document = json.loads(_written(policy="ratchet"))["assessment-results"]
    (plan,) = document["back-matter"]["resources"]
    assert document["import-ap"]["href"] == f"#{plan['uuid']}"
    assert plan["description"] == "The policy ratchet of the gate"


def test_to_oscal__notes__stand_in_the_remarks():
    assert _result(notes=("The change edits the policy.",))["remarks"] == (
        "The change edits the policy."
    )


def test_to_oscal__a_gate__keeps_to_the_schema():
    written = _written(
        rules=(RULE, replace(_rule(None, None, 3.0), id="CTR-02")),
        findings=(FOUND, replace(FOUND, fingerprint="e" * 32, waiver="accepted")),
        waivers=(_waiver("honoured"), _waiver("expired"), _waiver("expired")),
    )
    assert problems(written, model="assessment-results") == []


def test_to_oscal__a_broken_status__is_noticed_by_the_schema():
    broken = _written(rules=(RULE,)).replace(b'"satisfied"', b'"perhaps"')
    assert problems(broken, model="assessment-results") != []


def test_to_oscal__a_folder_without_anything__keeps_to_the_schema():
    written = _written(head="", base="", dated="", repository="", packs=(), conditions=())
    assert problems(written, model="assessment-results") == []
    metadata = json.loads(written)["assessment-results"]["metadata"]
    assert metadata["last-modified"] == "1970-01-01T00:00:00Z"
    assert metadata["version"] == gate_report().today


def test_to_oscal__every_uuid__stands_once():
    written = _written(
        rules=(RULE, replace(_rule(None, None, 3.0), id="CTR-02")),
        findings=(FOUND, replace(FOUND, fingerprint="e" * 32, waiver="accepted")),
        waivers=(_waiver("expired"), _waiver("pending")),
    )
    found = list(_uuids(json.loads(written)))
    assert len(found) == 10
    assert len(set(found)) == len(found)


def _uuids(node):
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "uuid")
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _uuids(each)


def test_to_oscal__hostile_words__stay_text_and_keep_to_the_schema():
    hostile = replace(
        FOUND, text="[x](javascript:1)\n<b>\x1b", path="a:b#?\udcff/\n", rule="CTR-01"
    )
    waiver = replace(_waiver("malformed"), rule=" \n", text="", path="")
    written = _written(findings=(hostile,), waivers=(waiver,), repository="\u202e\n")
    assert problems(written, model="assessment-results") == []
    (place, _) = json.loads(written)["assessment-results"]["results"][0]["observations"]
    assert place["description"] == "\\[x\\](javascript:1)\ufffd\\<b\\>\ufffd"
    assert place["relevant-evidence"][0]["href"] == "a%3Ab%23%3F%FF/%0A#L3"


def test_to_oscal__the_same_gate__is_the_same_bytes():
    assert _written(rules=(RULE,)) == _written(rules=(RULE,))
