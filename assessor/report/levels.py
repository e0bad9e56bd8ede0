"""The sections about maturity: every item of every pack, and what to do next."""

from assessor.model import assessment as doc
from assessor.model.view import Cell, Section, Sentence, Table, Tone
from assessor.report.wording import Wording, cost, level, listed, measured, pick, place, say

ACTIONS = 8
_FAIR, _GOOD = 2, 3

_OUTCOMES: dict[str, Tone] = {
    "met": "good",
    "not-met": "poor",
    "unknown": "unknown",
    "manual": "unknown",
}


def tone(value: float | None) -> Tone:
    """How a level should strike the reader."""
    if value is None:
        return "unknown"
    if value >= _GOOD:
        return "good"
    return "fair" if value >= _FAIR else "poor"


def sections(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    """The next best actions, then one section a pack."""
    facts = {fact.name: fact for fact in assessment.facts}
    return [
        actions(assessment, wording),
        *(pack(p, facts, wording=wording) for p in assessment.packs),
    ]


def pack(scored: doc.Pack, facts: dict[str, doc.Fact], *, wording: Wording) -> Section:
    """Every item of a standard, with what keeps it from the next level and where that shows."""
    heads = ("rule", "level", "next", "evidence")
    table = Table(
        columns=tuple(say(wording, f"rules.{head}") for head in heads),
        rows=tuple(_rule(rule, facts, wording=wording) for rule in scored.rules),
        note=say(wording, "rules.note"),
    )
    title = f"{scored.id} · {pick(wording, scored.title)}"
    source = Sentence(pick(wording, scored.source), "quiet")
    return Section(f"pack-{scored.id.lower()}", title, (source, table))


def _rule(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> tuple[Cell, ...]:
    mark = "*" if rule.source.status == "reconstructed" else ""
    shown = level(rule)
    return (
        Cell(f"{rule.id} {pick(wording, rule.title)}{mark}"),
        Cell(shown, tone(rule.level) if rule.applicable else "quiet"),
        Cell(gap(rule, facts, wording=wording), "plain" if rule.applicable else "quiet"),
        Cell(_first_place(rule), "quiet"),
    )


def gap(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> str:
    """The conditions that are missing for the next level, in words."""
    if not rule.applicable:
        return say(wording, "rules.not-applicable")
    if not rule.missing:
        return say(wording, "rules.capped" if capped(rule) else "rules.top")
    return listed(wording, (missing(c, facts, wording=wording) for c in rule.missing))


def capped(rule: doc.Rule) -> bool:
    """Whether all is met, but a higher level rests on attestation alone, which is not enough."""
    return not rule.missing and any(
        result.outcome == "met" and result.level > (rule.level or 1) for result in rule.outcomes
    )


def missing(result: doc.ConditionResult, facts: dict[str, doc.Fact], *, wording: Wording) -> str:
    """A condition that is not met, in words: what was measured and what is needed."""
    fact = facts[result.fact]
    return say(
        wording,
        f"missing.{result.comparison}",
        fact=pick(wording, fact.title),
        value=measured(wording, result.value, unit=fact.unit),
        threshold=measured(wording, result.threshold, unit=fact.unit),
    )


def _first_place(rule: doc.Rule) -> str:
    """The first place that speaks against the next level, else the first that carries this one."""
    ranked = sorted(rule.evidence, key=lambda e: e.holds)
    for found in ranked:
        return place(found.path, line=found.line, commit=found.commit)
    return "–"


def best(assessment: doc.Assessment) -> list[tuple[doc.Pack, doc.Rule]]:
    """Items worth doing next: those that alone lift a claimable level, then the lowest."""
    candidates = [
        (pack, rule)
        for pack in assessment.packs
        for rule in pack.rules
        if rule.applicable and rule.level is not None and _can_rise(rule)
    ]
    return sorted(
        candidates,
        key=lambda pr: (
            pr[1].id not in pr[0].lifts,
            pr[1].level or 0,
            pr[1].effort.hours,
            pr[1].id,
        ),
    )


def _can_rise(rule: doc.Rule) -> bool:
    """Something that was seen and is not met keeps the item down: a person can change it."""
    return any(c.outcome == "not-met" for c in rule.missing)


def actions(assessment: doc.Assessment, wording: Wording) -> Section:
    """The next best actions as a table."""
    ranked = best(assessment)[:ACTIONS]
    blocks = (actions_table(ranked, wording),) if ranked else ()
    return Section("actions", say(wording, "actions.title"), blocks)


def actions_table(ranked: list[tuple[doc.Pack, doc.Rule]], wording: Wording) -> Table:
    """What to do for each item, at what cost, and what it lifts."""
    heads = ("rule", "do", "effort", "lifts")
    return Table(
        columns=tuple(say(wording, f"actions.{head}") for head in heads),
        rows=tuple(_action(pack, rule, wording=wording) for pack, rule in ranked),
        wide=(1,),
    )


def anchor(rule: doc.Rule) -> str:
    """The id of the section that holds the rule's evidence, where a report has one."""
    return f"rule-{rule.id.lower()}"


def _action(scored: doc.Pack, rule: doc.Rule, *, wording: Wording) -> tuple[Cell, ...]:
    if rule.id in scored.lifts:
        lifted = say(wording, "actions.claim", pack=scored.id)
    else:
        after = min(result.level for result in rule.missing)
        lifted = say(wording, "actions.item", before=rule.level or 1, after=after)
    return (
        Cell(f"{rule.id} {pick(wording, rule.title)}", "strong", link=anchor(rule)),
        Cell(pick(wording, rule.remedy)),
        Cell(cost(wording, rule.effort), "quiet"),
        Cell(lifted),
    )


def outcome_tone(outcome: str) -> Tone:
    """How the outcome of a condition should strike the reader."""
    return _OUTCOMES.get(outcome, "quiet")
