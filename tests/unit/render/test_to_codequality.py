"""A gate as GitLab reads it."""

import json
from dataclasses import replace

import pytest
from gate_reports import FINDINGS, WAIVERS, gate_report
from jsonschema import Draft202012Validator

from assessor.render.to_codequality import to_codequality

# Written from the table of https://docs.gitlab.com/ci/testing/code_quality/ (Code Quality report
# format). GitLab takes `location.positions.begin.line` too, which assessor does not write.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def _issues(**changes):
    return json.loads(to_codequality(gate_report(**changes)))


def test_to_codequality__a_finding__has_all_that_gitlab_asks_for():
    assert _issues()[0] == {
        "check_name": "CTR-02",
        "description": "the image eclipse-temurin has no fixed tag",
        "fingerprint": "f" * 31 + "1",
        "location": {"path": "order/Dockerfile", "lines": {"begin": 3}},
        "severity": "critical",
    }


@pytest.mark.parametrize(
    "changes",
    [{}, {"findings": ()}, {"waivers": (replace(WAIVERS[2], line=0, path="a\udce9\nb"),)}],
    ids=["whole", "waivers-only", "odd-path"],
)
def test_to_codequality__any_report__is_what_gitlab_documents(changes):
    assert [
        each.message for each in Draft202012Validator(SCHEMA).iter_errors(_issues(**changes))
    ] == []


def test_to_codequality__known_and_waived_findings__are_left_out():
    names = [each["check_name"] for each in _issues(waivers=())]
    assert names == ["CTR-02", "MSP-07"]


def test_to_codequality__lost_finding__says_what_is_gone():
    assert _issues()[1]["description"] == "No longer there: a liveness probe, deploy/order.yaml:12"


def test_to_codequality__a_whole_file__stands_at_its_first_line():
    found = replace(FINDINGS[0], line=0)
    assert _issues(findings=(found,))[0]["location"]["lines"]["begin"] == 1


def test_to_codequality__waivers_that_need_care__are_issues_at_their_place():
    told = [(each["check_name"], each["severity"]) for each in _issues(findings=())]
    assert told == [
        ("assessor-waiver-expiring", "info"),
        ("assessor-waiver-expired", "minor"),
        ("assessor-waiver-unmatched", "info"),
        ("assessor-waiver-pending", "info"),
        ("assessor-waiver-malformed", "minor"),
    ]
    assert _issues(findings=())[1]["location"] == {"path": "waivers.yaml", "lines": {"begin": 15}}


def test_to_codequality__waivers_that_are_alike__have_fingerprints_of_their_own():
    waivers = (WAIVERS[2], replace(WAIVERS[2], line=99), WAIVERS[3])
    assert len({each["fingerprint"] for each in _issues(findings=(), waivers=waivers)}) == 3


def test_to_codequality__waiver_that_moved__keeps_its_fingerprint():
    before = _issues(findings=(), waivers=(WAIVERS[2],))
    after = _issues(findings=(), waivers=(replace(WAIVERS[2], line=99),))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]


def test_to_codequality__controls_in_what_a_repository_wrote__are_shown():
    found = replace(FINDINGS[0], path="a\nb", text="x\x1b[31m\udce9")
    (issue,) = _issues(findings=(found,), waivers=())
    assert issue["location"]["path"] == "a\ufffdb"
    assert issue["description"] == "x\ufffd[31m\ufffd"


def test_to_codequality__nothing__is_an_empty_list():
    assert _issues(findings=(), waivers=()) == []


def test_to_codequality__bytes__have_no_mark_which_gitlab_refuses():
    assert to_codequality(gate_report()).startswith(b"[\n")
