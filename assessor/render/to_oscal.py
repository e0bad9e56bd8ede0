"""A gate's findings as OSCAL assessment results."""

from collections.abc import Iterable
from urllib.parse import quote

from assessor.model.gate_report import GateReport, ToldFinding, ToldRule, ToldWaiver
from assessor.render.oscal import (
    Json,
    identity,
    line,
    metadata,
    moment,
    printed,
    props,
    statement_id,
)


def to_oscal(report: GateReport) -> bytes:
    """UTF-8 JSON: a finding for each rule that could be decided, observations for all else.

    What was not seen is never not satisfied. OSCAL wants a plan: it is the gate's policy, which
    stands in the back matter.
    """
    plan = _plan(report)
    content: Json = {
        "import-ap": {"href": f"#{plan['uuid']}"},
        "results": [_result(report)],
        "back-matter": {"resources": [plan]},
    }
    document: Json = {
        "uuid": identity("assessment-results", content),
        "metadata": metadata(report, title=report.words["oscal.title"]),
        **content,
    }
    return printed({"assessment-results": document})


def _plan(report: GateReport) -> Json:
    return {
        "uuid": identity("plan", report.policy),
        "title": line(report.policy),
        "description": line(report.words["oscal.plan"].format(policy=report.policy)),
    }


def _result(report: GateReport) -> Json:
    waived = [each for each in report.findings if each.waiver]
    result: Json = {
        "uuid": identity("result", report.head, report.base, report.policy, report.today),
        "title": line(report.title),
        "description": _lines(
            [report.title, *(f"{each.name}: {each.text}" for each in report.conditions)]
        ),
        "start": moment(report),
        "props": props(
            outcome=report.outcome,
            policy=report.policy,
            head=report.head,
            base=report.base,
            waivers_judged_on=report.today,
            readable_files_read=f"{report.coverage:.4f}",
        ),
        "reviewed-controls": {"control-selections": [_selection(report.rules)]},
        "observations": _observations(report),
        "risks": [_risk(each) for each in waived],
        "findings": [_finding(report, each) for each in report.rules if _decided(each)],
        "remarks": _lines(report.notes) if report.notes else "",
    }
    return {key: value for key, value in result.items() if value}


def _selection(rules: Iterable[ToldRule]) -> Json:
    """The rules that apply; where none does, all of them but every one."""
    known = tuple(rules)
    applying = [{"control-id": each.id} for each in known if each.applicable]
    if applying:
        return {"include-controls": applying}
    left = [{"control-id": each.id} for each in known]
    return {"include-all": {}} | ({"exclude-controls": left} if left else {})


def _decided(rule: ToldRule) -> bool:
    """Whether the wanted level is proven, or out of reach even with all that was not seen."""
    if not rule.applicable or rule.level is None:
        return False
    return rule.level >= rule.wanted or _best(rule) < rule.wanted


def _best(rule: ToldRule) -> int:
    """The highest level that what was seen leaves open."""
    return max(rule.level or 0, rule.potential or 0)


def _observations(report: GateReport) -> list[Json]:
    open_rules = (each for each in report.rules if each.applicable and not _decided(each))
    return [
        *(_place(report, each) for each in report.findings),
        *(_unseen(report, each) for each in open_rules),
        *(_waiver(report, each) for each in dict.fromkeys(report.odd_waivers)),
    ]


def _place(report: GateReport, found: ToldFinding) -> Json:
    return {
        **_observation(report, found.rule, text=found.text, kind="finding"),
        "uuid": _observed(found),
        "props": props(
            rule=found.rule,
            severity=found.severity,
            state=found.state,
            fingerprint=found.fingerprint,
        ),
        **_evidence(found.path, found.line),
    }


def _unseen(report: GateReport, rule: ToldRule) -> Json:
    key = "oscal.unseen" if rule.level is None else "oscal.open"
    text = _told(report, key, rule)
    return {
        **_observation(report, f"{rule.id} {rule.title}", text=text, kind="control-objective"),
        "uuid": identity("unseen", rule.id),
        "props": props(rule=rule.id, state="unknown"),
    }


def _waiver(report: GateReport, waiver: ToldWaiver) -> Json:
    told = (waiver.rule, waiver.state, waiver.path, waiver.line, waiver.text)
    return {
        **_observation(report, waiver.rule, text=waiver.text, kind="discovery"),
        "uuid": identity("waiver", told),
        "props": props(rule=waiver.rule, waiver=waiver.state),
        **_evidence(waiver.path, waiver.line),
    }


def _observation(report: GateReport, title: str, *, text: str, kind: str) -> Json:
    return {
        "title": line(title),
        "description": line(text),
        "methods": ["EXAMINE"],
        "types": [kind],
        "collected": moment(report),
    }


def _evidence(path: str, number: int) -> Json:
    """A link into the repository; nothing where there is no place."""
    if not path:
        return {}
    href = quote(path, errors="surrogateescape") + (f"#L{number}" if number else "")
    place = f"{path}:{number}" if number else path
    return {"relevant-evidence": [{"href": href, "description": line(place)}]}


def _finding(report: GateReport, rule: ToldRule) -> Json:
    places = [each for each in report.findings if each.rule == rule.id]
    met = rule.level is not None and rule.level >= rule.wanted
    status = {
        "state": "satisfied" if met else "not-satisfied",
        "reason": "pass" if met else "fail",
    }
    target = {"type": "statement-id", "target-id": statement_id(rule.id), "status": status}
    observations = [{"observation-uuid": _observed(each)} for each in places]
    risks = [{"risk-uuid": _risked(each)} for each in places if each.waiver]
    finding: Json = {
        "uuid": identity("finding", rule.id),
        "title": line(f"{rule.id} {rule.title}"),
        "description": _told(report, "oscal.level", rule),
        "props": props(level=str(rule.level), wanted=f"{rule.wanted:g}"),
        "target": target,
        "related-observations": observations,
        "related-risks": risks,
    }
    return {key: value for key, value in finding.items() if value}


def _risk(found: ToldFinding) -> Json:
    return {
        "uuid": _risked(found),
        "title": line(f"{found.rule} {found.text}"),
        "description": line(found.text),
        "statement": line(found.waiver),
        "status": "deviation-approved",
        "related-observations": [{"observation-uuid": _observed(found)}],
    }


def _observed(found: ToldFinding) -> str:
    return identity("observation", found.fingerprint)


def _risked(found: ToldFinding) -> str:
    return identity("risk", found.fingerprint)


def _told(report: GateReport, key: str, rule: ToldRule) -> str:
    text = report.words[key]
    return line(text.format(level=rule.level, best=_best(rule), wanted=f"{rule.wanted:g}"))


def _lines(texts: Iterable[str]) -> str:
    """The texts as paragraphs of Markdown."""
    return "\n\n".join(map(line, texts))
