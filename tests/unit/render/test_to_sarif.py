"""A gate as SARIF: valid by the official schema, and telling what a reader must see."""

import gzip
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from gate_reports import FINDINGS, RULES, WAIVERS, WORDS, gate_report
from jsonschema import Draft4Validator, FormatChecker

from assessor.render.to_sarif import to_sarif

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
HOSTILE = "{0} [x](http://evil) ${BASE} \x1b[31m\n\u202e\udce9"


def _run(**changes):
    (run,) = json.loads(to_sarif(gate_report(**changes)))["runs"]
    return run


def _told(**changes):
    return _run(**changes)["invocations"][0]["toolExecutionNotifications"]


def _problems(written):
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_bytes())
    found = Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(
        json.loads(written)
    )
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]


def _hostile():
    found = replace(FINDINGS[0], path="a b/[x]#?%\udce9.java", text=HOSTILE, waiver=HOSTILE)
    rule = replace(RULES[0], pack="image", title=HOSTILE, why=HOSTILE, remedy=HOSTILE)
    waiver = replace(WAIVERS[2], path=":x", text=HOSTILE)
    return gate_report(findings=(found,), rules=(rule,), waivers=(waiver,), notes=(HOSTILE,))


@pytest.mark.parametrize(
    "report",
    [
        gate_report(),
        gate_report(lang="zh", base="", head=""),
        gate_report(conditions=(), findings=(), rules=(), waivers=(), notes=()),
        _hostile(),
    ],
    ids=["whole", "no-base", "empty", "hostile"],
)
def test_to_sarif__any_report__is_valid_by_the_official_schema(report):
    assert _problems(to_sarif(report)) == []


def test_to_sarif__schema__finds_a_broken_level():
    broken = to_sarif(gate_report()).replace(b'"level":"note"', b'"level":"fatal"')
    assert len(_problems(broken)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("report", [gate_report(), _hostile()], ids=["whole", "hostile"])
def test_to_sarif__any_report__is_valid_by_the_validator_of_microsoft(report, tmp_path):
    tool = Path(__file__).parents[3] / ".validator" / "node_modules" / ".bin" / "sarif-multitool"
    if not tool.exists():
        missing = "sarif-multitool is missing: install node and npm, then `make setup`"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    (tmp_path / "gate.sarif").write_bytes(to_sarif(report))
    command = [str(tool), "validate", "gate.sarif", "--rule-kind", "Sarif\\;Ghas"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "warning SARIF2005" in done.stdout  # no informationUri: told only of what it could read
    assert ": error " not in done.stdout


def test_to_sarif__rule__says_what_why_and_how_to_mend_it():
    rule = _run()["tool"]["driver"]["rules"][0]
    lines = [
        "Remedy: Name a tag and its digest.",
        "Effort: about 1 h per image",
        "Clause: CTR, Image build",
        "Source: reconstructed, our interpretation",
    ]
    assert rule.pop("help")["text"] == "\n".join(lines)
    assert rule == {
        "id": "CTR-02",
        "shortDescription": {"text": "Base image"},
        "fullDescription": {"text": "An image without a fixed tag changes by itself."},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "level": 1,
            "potential": 2,
            "problem.severity": "error",
            "tags": ["CTR", "image"],
        },
    }


def test_to_sarif__rule_of_unknown_level__has_none():
    rule = _run()["tool"]["driver"]["rules"][1]
    assert rule["properties"] == {
        "problem.severity": "warning",
        "tags": ["MSP", "resilience"],
    }


def test_to_sarif__markdown_of_the_help__holds_no_markup_of_a_rule():
    rule = replace(RULES[0], remedy="<img src=x> [a](b)")
    shown = _run(rules=(rule,))["tool"]["driver"]["rules"][0]["help"]["markdown"]
    assert shown.startswith("- Remedy: \\<img src=x\\> \\[a\\](b)\n")


def test_to_sarif__new_finding__has_all_that_github_reads():
    assert _run()["results"][0] == {
        "baselineState": "new",
        "level": "error",
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "order/Dockerfile", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3},
                }
            }
        ],
        "message": {"text": "the image eclipse-temurin has no fixed tag"},
        "partialFingerprints": {"assessor/v1": "f" * 31 + "1"},
        "properties": {"severity": "critical", "state": "new"},
        "ruleId": "CTR-02",
        "ruleIndex": 0,
        "suppressions": [],
    }


def test_to_sarif__severities__have_the_levels_of_the_format():
    found = [
        replace(FINDINGS[0], severity=each) for each in ("critical", "major", "minor", "info")
    ]
    levels = [each["level"] for each in _run(findings=tuple(found))["results"]]
    assert levels == ["error", "error", "warning", "note"]


def test_to_sarif__states__are_new_or_unchanged():
    states = [each["baselineState"] for each in _run()["results"]]
    assert states == ["new", "new", "new", "unchanged"]


def test_to_sarif__without_a_base__nothing_is_called_new_or_unchanged():
    assert [each for each in _run(base="")["results"] if "baselineState" in each] == []


def test_to_sarif__lost_finding__says_what_is_gone_and_stands_where_a_file_begins():
    lost = _run()["results"][1]
    assert lost["message"]["text"] == "No longer there: a liveness probe, deploy/order.yaml:12"
    assert lost["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_to_sarif__whole_file__stands_at_its_first_line():
    place = _run()["results"][2]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1}


def test_to_sarif__only_what_a_waiver_accepts__is_suppressed():
    suppressed = {each["ruleId"]: each["suppressions"] for each in _run()["results"][:3]}
    why = "to be mended as planned: next release (lin); until 2026-12-31"
    accepted = {"justification": why, "kind": "external", "status": "accepted"}
    assert suppressed == {"CTR-02": [], "MSP-07": [accepted]}


def test_to_sarif__path_with_signs_of_a_uri__is_percent_encoded():
    odd = replace(FINDINGS[0], path="a b/C:[x]#?%\u00e9.java")
    (result,) = _run(findings=(odd,))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/C%3A%5Bx%5D%23%3F%25%C3%A9.java"


def test_to_sarif__hostile_text__holds_no_link_no_placeholder_and_no_control():
    (result,) = json.loads(to_sarif(_hostile()))["runs"][0]["results"]
    shown = "{{0}} [x]\\(http://evil) ${BASE} \ufffd[31m\ufffd\ufffd\ufffd"
    assert result["message"]["text"] == shown


def test_to_sarif__waivers_that_need_care__are_notifications_the_expired_first():
    told = [(each["descriptor"]["id"], each["level"]) for each in _told()]
    assert told == [
        ("note", "warning"),
        ("waiver-expired", "error"),
        ("waiver-expiring", "warning"),
        ("waiver-unmatched", "warning"),
        ("waiver-pending", "warning"),
        ("waiver-malformed", "warning"),
    ]


def test_to_sarif__expired_waiver__is_told_with_rule_and_place():
    expired = _told()[1]
    assert expired["associatedRule"] == {"id": "CTR-02", "index": 0}
    assert expired["message"]["text"] == "Waiver of CTR-02, expired"
    place = expired["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "waivers.yaml"
    assert place["region"] == {"startLine": 15}


def test_to_sarif__run__says_what_was_decided():
    said = _run()["properties"]
    assert [each["outcome"] for each in said.pop("conditions")] == ["not-met", "met", "unknown"]
    assert said == {
        "base": "b" * 40,
        "head": "a" * 40,
        "outcome": "not-met",
        "policy": "ratchet",
        "title": "The gate is not met",
        "today": "2026-10-01",
    }


def test_to_sarif__language__is_that_of_the_report():
    assert [_run(lang=each)["language"] for each in ("zh", "en")] == ["zh-CN", "en-US"]


def test_to_sarif__more_findings_than_github_shows__keeps_the_first_and_says_so():
    found = [replace(FINDINGS[0], fingerprint=f"{at:032x}") for at in range(5_003)]
    run = _run(findings=tuple(found))
    assert len(run["results"]) == 5_000
    assert run["results"][-1]["partialFingerprints"]["assessor/v1"] == f"{4_999:032x}"
    told = run["invocations"][0]["toolExecutionNotifications"][0]
    assert told["message"]["text"] == "3 findings of the lowest priority are left out."


def test_to_sarif__endless_texts__fit_into_what_github_takes():
    noise = "".join(chr(0x4E00 + at * 7_919 % 20_000) for at in range(3_000))
    found = [replace(FINDINGS[0], text=noise[at:] + noise[:at]) for at in range(3_000)]
    waivers = [replace(WAIVERS[0], state="pending", text=noise)] * 500 + [WAIVERS[2]]
    written = to_sarif(gate_report(findings=tuple(found), waivers=tuple(waivers)))
    assert len(gzip.compress(written, mtime=0)) < 10_000_000
    assert b"findings of the lowest priority are left out" in written
    assert b"waivers are left out" in written
    assert b"waiver-expired" in written


def test_to_sarif__description_that_is_too_long__is_cut():
    rule = replace(RULES[0], why="x" * 2_000)
    shown = _run(rules=(rule,))["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert shown == "x" * 1_023 + "…"


def test_to_sarif__words__come_from_the_report():
    words = {**WORDS, "sarif.remedy": "整改建议：{remedy}"}
    text = _run(words=words)["tool"]["driver"]["rules"][0]["help"]["text"]
    assert text.startswith("整改建议：Name a tag")
