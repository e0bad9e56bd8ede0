"""A gate's findings as SARIF 2.1.0, which GitHub code scanning and editors show."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from assessor.model.gate_report import GateReport, ToldFinding, ToldRule, ToldWaiver
from assessor.model.rules import Severity
from assessor.render.clean import visible
from assessor.render.to_md import escaped

_Json = dict[str, object]
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Severity, str] = {
    "critical": "error",
    "major": "error",
    "minor": "warning",
    "info": "note",
}
# GitHub's own names for the same.
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
# GitHub keeps so many results, takes 10 MB of compressed file, and 1024 characters of a
# description. The bytes here are those before compression, which no version of zlib changes.
_RESULTS = 5_000
_RESULT_BYTES = 7_000_000
_WAIVER_BYTES = 1_500_000
_DESCRIPTION = 1_024
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def to_sarif(report: GateReport) -> bytes:
    """UTF-8 JSON with one run: known findings are `unchanged`, waived ones are suppressed.

    Notes and all waivers that are not simply honoured are notifications. What is beyond GitHub's
    limits is left out from the end of the order of priority, and a notification says so.
    """
    index = {rule.id: at for at, rule in reversed(list(enumerate(report.rules)))}
    results = _fitting(
        (_result(report, each, index=index) for each in report.findings[:_RESULTS]),
        size=_RESULT_BYTES,
    )
    run: _Json = {
        "automationDetails": {"id": f"{report.tool.name}/"},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": _notifications(
                    report, index=index, left_out=len(report.findings) - len(results)
                ),
            }
        ],
        "language": _LANGUAGES[report.lang],
        "properties": _properties(report),
        "results": results,
        "tool": {"driver": _driver(report)},
    }
    return _printed({"$schema": _SCHEMA, "runs": [run], "version": "2.1.0"}) + b"\n"


def _printed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def _fitting(items: Iterable[_Json], *, size: int) -> list[_Json]:
    """The first ones, which together take no more bytes than `size`."""
    kept = []
    for each in items:
        size -= len(_printed(each)) + 1
        if size < 0:
            break
        kept.append(each)
    return kept


def _properties(report: GateReport) -> _Json:
    conditions = [
        {"name": visible(each.name), "outcome": each.outcome, "text": visible(each.text)}
        for each in report.conditions
    ]
    return {
        "base": report.base,
        "conditions": conditions,
        "head": report.head,
        "outcome": report.outcome,
        "policy": visible(report.policy),
        "title": visible(report.title),
        "today": report.today,
    }


def _driver(report: GateReport) -> _Json:
    return {
        "name": report.tool.name,
        "rules": [_rule(rule, report.words) for rule in report.rules],
        "version": report.tool.version,
    }


def _rule(rule: ToldRule, words: Mapping[str, str]) -> _Json:
    level = _LEVELS[rule.severity]
    levels = {"level": rule.level, "potential": rule.potential}
    help_lines = _help(rule, words)
    return {
        "defaultConfiguration": {"level": level},
        "fullDescription": _message(rule.why, limit=_DESCRIPTION),
        "help": {
            "markdown": "".join(f"- {escaped(line)}\n" for line in help_lines),
            "text": "\n".join(_plain(line) for line in help_lines),
        },
        "id": visible(rule.id),
        "properties": {
            "problem.severity": _PROBLEMS[level],
            "tags": list(dict.fromkeys((visible(rule.pack), visible(rule.domain)))),
            **{name: value for name, value in levels.items() if value is not None},
        },
        "shortDescription": _message(rule.title, limit=_DESCRIPTION),
    }


def _help(rule: ToldRule, words: Mapping[str, str]) -> Sequence[str]:
    return (
        words["sarif.remedy"].format(remedy=rule.remedy),
        words["sarif.effort"].format(effort=rule.effort),
        words["sarif.clause"].format(standard=rule.standard, clause=rule.clause),
        words[f"sarif.source.{rule.source}"],
    )


def _result(report: GateReport, found: ToldFinding, *, index: Mapping[str, int]) -> _Json:
    lost = found.state == "lost"
    accepted = {
        "justification": visible(found.waiver),
        "kind": "external",
        "status": "accepted",
    }
    result: _Json = {
        "level": _LEVELS[found.severity],
        "locations": _locations(found.path, 0 if lost else found.line),
        "message": _message(found.text),
        "partialFingerprints": {"assessor/v1": found.fingerprint},
        "properties": {"severity": found.severity, "state": found.state},
        "ruleId": visible(found.rule),
        "suppressions": [accepted] if found.waiver else [],
    }
    if found.rule in index:
        result["ruleIndex"] = index[found.rule]
    if report.base:
        result["baselineState"] = "unchanged" if found.state == "known" else "new"
    return result


def _locations(path: str, line: int) -> list[_Json]:
    """The place; GitHub shows none without a line, so a whole file stands at its first."""
    if not path:
        return []
    return [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": quote(path, errors="surrogateescape"),
                    "uriBaseId": "%SRCROOT%",
                },
                "region": {"startLine": max(line, 1)},
            }
        }
    ]


def _notifications(report: GateReport, *, index: Mapping[str, int], left_out: int) -> list[_Json]:
    """First what was left out, then the notes, then the waivers, expired ones first."""
    told = sorted(report.odd_waivers, key=lambda each: each.state != "expired")
    waivers = _fitting((_waiver(each, index=index) for each in told), size=_WAIVER_BYTES)
    missing = {"findings": left_out, "waivers": len(told) - len(waivers)}
    return [
        *(
            _notification("left-out", report.words[f"sarif.left-out.{what}"].format(count=count))
            for what, count in missing.items()
            if count
        ),
        *(_notification("note", each) for each in report.notes),
        *waivers,
    ]


def _waiver(waiver: ToldWaiver, *, index: Mapping[str, int]) -> _Json:
    told = _notification(f"waiver-{waiver.state}", waiver.text)
    told["level"] = "error" if waiver.state == "expired" else "warning"
    rule: _Json = {"id": visible(waiver.rule)}
    if waiver.rule in index:
        rule["index"] = index[waiver.rule]
    told["associatedRule"] = rule
    told["locations"] = _locations(waiver.path, waiver.line)
    return told


def _notification(kind: str, text: str) -> _Json:
    return {
        "descriptor": {"id": kind},
        "level": "warning",
        "message": _message(text),
    }


def _message(text: str, *, limit: int = 0) -> _Json:
    """A message object; limit: so many characters at most, 0 = as many as there are."""
    plain = _plain(text)
    return {"text": f"{plain[: limit - 1]}…" if limit and len(plain) > limit else plain}


def _plain(text: str) -> str:
    """The text in which a viewer finds neither a link nor a place for an argument."""
    return _PLACEHOLDER.sub(r"{{\1}}", visible(text)).replace("](", "]\\(")
