"""A gate's decision in one language, for the formats of CI systems."""

from collections.abc import Mapping

from assessor.model import assessment as doc
from assessor.model.basis import Location, Text
from assessor.model.gate import Gate, Policy, Standing, Waived
from assessor.model.gate_report import (
    GateReport,
    ToldCondition,
    ToldDomain,
    ToldFinding,
    ToldPack,
    ToldRule,
    ToldWaiver,
)
from assessor.model.rules import Rule, Rules
from assessor.report.gate import against, condition_name, condition_text, justification, notes
from assessor.report.wording import Wording, cost, joined, pick, say

FIRST = 2  # the first level that has to be earned
_FORMAT = "gate.format."


def gate_report(
    gate: Gate, head: doc.Assessment, *, rules: Rules, policy: Policy, wording: Wording
) -> GateReport:
    """All that a format may show. rules, policy: those that the gate was decided by."""
    known = {rule.id: rule for pack in rules.packs for rule in pack.rules}
    because = {
        (each.waiver.place, each.waiver.rule): _because(each, wording) for each in gate.waivers
    }
    titles = {fact.name: fact.title for fact in head.facts}
    return GateReport(
        lang=wording.lang,
        tool=head.tool,
        repository=head.repository.name,
        head=gate.head,
        base=gate.base,
        dated=head.repository.revision_time,
        today=gate.today,
        policy=gate.policy,
        outcome=gate.outcome,
        title=say(wording, f"gate.title.{gate.outcome}"),
        coverage=head.inventory.coverage,
        least_coverage=policy.min_coverage or 0.0,
        conditions=tuple(
            ToldCondition(
                condition_name(each, wording), condition_text(each, wording), each.outcome
            )
            for each in gate.conditions
        ),
        findings=tuple(
            _finding(each, because, wording, title=titles[each.finding.fact])
            for each in gate.findings
        ),
        rules=tuple(
            _rule(rule, known[rule.id], pack=pack.id, policy=policy, wording=wording)
            for pack in head.packs
            for rule in pack.rules
        ),
        packs=tuple(_pack(pack, wording) for pack in head.packs),
        waivers=tuple(_waiver(each, wording) for each in gate.waivers),
        notes=notes(gate, wording),
        words={
            key.removeprefix(_FORMAT): text
            for key, text in wording.sentences.items()
            if key.startswith(_FORMAT)
        },
    )


def _finding(
    each: Standing,
    because: Mapping[tuple[Location, str], str],
    wording: Wording,
    *,
    title: Text,
) -> ToldFinding:
    """The finding in words. title: what the fact is called that the place speaks against."""
    found = each.finding
    return ToldFinding(
        rule=found.rule,
        text=against(found, title, wording),
        severity=found.severity,
        state=each.state,
        path=found.path,
        line=found.line,
        fingerprint=each.fingerprint,
        waiver=because[each.waiver, found.rule] if each.waiver else "",
    )


def _because(waived: Waived, wording: Wording) -> str:
    until = say(wording, "gate.waiver.until", day=waived.waiver.expires or "?")
    return joined(wording, (f"{justification(waived, wording)};", until))


def _waiver(waived: Waived, wording: Wording) -> ToldWaiver:
    waiver = waived.waiver
    state = say(wording, f"gate.waiver.state.{waived.state}")
    return ToldWaiver(
        rule=waiver.rule,
        state=waived.state,
        text=say(
            wording,
            "gate.waiver.told",
            rule=waiver.rule,
            state=state,
            why=justification(waived, wording),
            day=waiver.expires or "?",
        ),
        path=waiver.place.path,
        line=waiver.place.line,
    )


def _rule(found: doc.Rule, rule: Rule, *, pack: str, policy: Policy, wording: Wording) -> ToldRule:
    return ToldRule(
        id=found.id,
        pack=pack,
        domain=found.domain,
        title=pick(wording, found.title),
        why=pick(wording, found.why),
        remedy=pick(wording, found.remedy),
        effort=cost(wording, found.effort),
        standard=found.source.standard.upper(),
        clause=pick(wording, found.source.clause),
        source=found.source.status,
        severity=rule.severity_at(min(rule.ladder, default=FIRST)),
        applicable=found.applicable,
        level=found.level,
        potential=found.potential,
        wanted=_wanted(found, pack=pack, policy=policy),
    )


def _wanted(rule: doc.Rule, *, pack: str, policy: Policy) -> float:
    """The level that the policy asks of the rule, by itself or with its domain or pack."""
    asked = [each.level for each in policy.required_rules if each.rule == rule.id]
    around = [
        each.level
        for each in policy.min_level
        if each.pack == pack and each.domain in {"", rule.domain}
    ]
    return max((*asked, *around), default=FIRST)


def _pack(pack: doc.Pack, wording: Wording) -> ToldPack:
    return ToldPack(
        id=pack.id,
        title=pick(wording, pack.title),
        version=pack.version,
        claimable=pack.claimable,
        indicative=pack.indicative,
        coverage=pack.coverage,
        domains=tuple(
            ToldDomain(each.id, pick(wording, each.title), each.claimable, each.indicative)
            for each in pack.domains
        ),
    )
