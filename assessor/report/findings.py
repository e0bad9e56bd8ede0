"""Findings by requirement: a table for each standard, and behind each row its evidence."""

from assessor.model import assessment as doc
from assessor.model.view import Block, Cell, Section, Sentence, Table, Tone
from assessor.report.explained import ladder, proofs
from assessor.report.levels import anchor, capped, gap, tone
from assessor.report.wording import Wording, cited, cost, joined, level, pick, say

PLACES = 24
_TONES: dict[str, Tone] = {
    "gap": "plain",
    "open": "unknown",
    "unseen": "unknown",
    "capped": "fair",
    "top": "good",
    "not-applicable": "quiet",
}


def status(rule: doc.Rule) -> str:
    """`gap`: something seen keeps it down. `open`: only what was not seen does. `top`: nothing.

    `capped`: what it lacks is proof, as it is attested alone. `unseen`: not scored.
    `not-applicable`: there is nothing in the repository that it is about.
    """
    if not rule.applicable:
        return "not-applicable"
    if rule.level is None:
        return "unseen"
    if not rule.missing:
        return "capped" if capped(rule) else "top"
    return "gap" if any(c.outcome == "not-met" for c in rule.missing) else "open"


def findings(assessment: doc.Assessment, wording: Wording, *, gaps_only: bool) -> Section:
    """Every item of every standard. gaps_only: those where something is missing that was seen."""
    facts = {fact.name: fact for fact in assessment.facts}
    parts = tuple(
        _pack(pack, facts, wording=wording, gaps_only=gaps_only) for pack in assessment.packs
    )
    kept = tuple(part for part in parts if part.blocks)
    return Section(
        "findings",
        say(wording, "findings.title"),
        _intro(assessment, wording, gaps_only=gaps_only, some=bool(kept)),
        sections=kept,
        page=True,
    )


def _intro(
    assessment: doc.Assessment, wording: Wording, *, gaps_only: bool, some: bool
) -> tuple[Block, ...]:
    """How to read the findings; that there is none; or nothing where nothing was asked."""
    if not assessment.packs:
        return ()
    if not some:
        return (Sentence(say(wording, "findings.none"), "good"),)
    key = "findings.gaps" if gaps_only else "findings.all"
    return Sentence(say(wording, key)), Sentence(say(wording, "rules.note"), "quiet")


def shown(pack: doc.Pack, *, gaps_only: bool) -> list[doc.Rule]:
    """The rules of a pack that a report speaks of."""
    return [rule for rule in pack.rules if not gaps_only or status(rule) == "gap"]


def _pack(
    pack: doc.Pack, facts: dict[str, doc.Fact], *, wording: Wording, gaps_only: bool
) -> Section:
    rows = tuple(_row(rule, facts, wording=wording) for rule in shown(pack, gaps_only=gaps_only))
    heads = ("rules.rule", "rules.level", "findings.status", "rules.next", "actions.effort")
    table = Table(
        columns=tuple(say(wording, head) for head in heads), rows=rows, wide=(0, 3), filters=(1, 2)
    )
    title = f"{pack.id} · {pick(wording, pack.title)}"
    blocks: tuple[Block, ...] = (
        (Sentence(pick(wording, pack.source), "quiet"), table) if rows else ()
    )
    return Section(f"findings-{pack.id.lower()}", title, blocks)


def _row(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> tuple[Cell, ...]:
    mark = "*" if rule.source.status == "reconstructed" else ""
    found = status(rule)
    effort = cost(wording, rule.effort) if found in {"gap", "open", "unseen"} else "–"
    return (
        Cell(f"{rule.id} {pick(wording, rule.title)}{mark}", link=anchor(rule)),
        Cell(level(rule), tone(rule.level) if rule.applicable else "quiet"),
        Cell(say(wording, f"status.{found}"), _TONES[found]),
        Cell(gap(rule, facts, wording=wording), "plain" if rule.applicable else "quiet"),
        Cell(effort, "quiet"),
    )


def evidence(assessment: doc.Assessment, wording: Wording, *, gaps_only: bool) -> Section:
    """What each finding rests on: conditions, places, remedy, effort and clause."""
    facts = {fact.name: fact for fact in assessment.facts}
    packs = tuple(
        Section(
            f"evidence-{pack.id.lower()}",
            f"{pack.id} · {pick(wording, pack.title)}",
            (),
            sections=tuple(
                _rule(rule, facts, wording=wording) for rule in shown(pack, gaps_only=gaps_only)
            ),
        )
        for pack in assessment.packs
    )
    kept = tuple(pack for pack in packs if pack.sections)
    intro = (Sentence(say(wording, "evidence.intro")),) if kept else ()
    return Section("evidence", say(wording, "evidence.title"), intro, sections=kept, page=True)


def _rule(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> Section:
    found = status(rule)
    if found == "not-applicable":
        return _aside(rule, facts, wording=wording)
    level_said = say(
        wording,
        "evidence.level",
        level=level(rule),
        status=say(wording, f"status.{found}"),
        kind=say(wording, f"explain.{rule.kind}"),
    )
    blocks: list[Block] = [
        Sentence(level_said, tone(rule.level)),
        Sentence(pick(wording, rule.why)),
        ladder(rule, facts, wording=wording),
        *proofs(rule, facts, wording=wording, most=PLACES),
    ]
    if found in {"gap", "open", "unseen"}:
        remedy = say(
            wording,
            "evidence.remedy",
            remedy=pick(wording, rule.remedy),
            effort=cost(wording, rule.effort),
        )
        blocks.append(Sentence(remedy, "strong"))
    blocks.append(Sentence(cited(wording, rule.source), "quiet"))
    return Section(anchor(rule), f"{rule.id} {pick(wording, rule.title)}", tuple(blocks))


def _aside(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> Section:
    """A rule that does not apply: what it is about, and what is not there."""
    names = dict.fromkeys(result.fact for result in rule.outcomes)
    reasons = dict.fromkeys(
        pick(wording, reason)
        for name in names
        if not facts[name].applies and (reason := facts[name].reason) is not None
    )
    told = joined(wording, (say(wording, "evidence.not-applicable"), *reasons))
    blocks = (
        Sentence(told, "quiet"),
        Sentence(pick(wording, rule.why)),
        Sentence(cited(wording, rule.source), "quiet"),
    )
    return Section(anchor(rule), f"{rule.id} {pick(wording, rule.title)}", blocks)
