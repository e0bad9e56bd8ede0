"""One rule of an assessment in full: every condition, what was measured, every proof."""

from assessor.model import assessment as doc
from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.report.levels import missing, outcome_tone, tone
from assessor.report.wording import Wording, cited, level, pick, place, say

# So many places of each fact at the least, however many facts share the room.
LEAST = 4


def explained(assessment: doc.Assessment, *, rule_id: str, wording: Wording) -> View:
    """The rule's level, ladder, evidence and remedy. Raises ValueError for an unknown id."""
    rule = _find(assessment, rule_id)
    facts = {fact.name: fact for fact in assessment.facts}
    head = say(wording, "explain.level", level=level(rule))
    source = cited(wording, rule.source)
    sections = (
        Section(
            "level",
            head,
            (
                Sentence(pick(wording, rule.why)),
                Sentence(say(wording, f"explain.{rule.kind}"), "quiet"),
                Sentence(source, "quiet"),
                ladder(rule, facts, wording=wording),
            ),
        ),
        Section(
            "evidence", say(wording, "explain.evidence"), proofs(rule, facts, wording=wording)
        ),
        Section("remedy", say(wording, "explain.remedy"), (Sentence(pick(wording, rule.remedy)),)),
    )
    return View(
        title=f"{rule.id} · {pick(wording, rule.title)}",
        subtitle=assessment.repository.revision[:12],
        lang=wording.lang,
        sections=tuple(section for section in sections if section.blocks),
    )


def _find(assessment: doc.Assessment, rule_id: str) -> doc.Rule:
    for pack in assessment.packs:
        for rule in pack.rules:
            if rule.id == rule_id:
                return rule
    raise ValueError(f"no rule {rule_id!r} in the assessment")


def ladder(rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording) -> Table:
    """Every condition of the rule with what was measured and what came of it."""
    rows = tuple(
        (
            Cell(str(result.level)),
            Cell(missing(result, facts, wording=wording)),
            Cell(say(wording, f"outcome.{result.outcome}"), outcome_tone(result.outcome)),
            Cell(result.fact, "quiet"),
        )
        for result in rule.outcomes
    )
    heads = tuple(say(wording, f"explain.{h}") for h in ("for", "condition", "outcome", "fact"))
    return Table(columns=heads, rows=rows, numeric=(0,), wide=(1,))


def proofs(
    rule: doc.Rule, facts: dict[str, doc.Fact], *, wording: Wording, most: int | None = None
) -> tuple[Sentence | Table, ...]:
    """Proofs of all facts of the rule, those of unmet conditions first; why others are unknown.

    most: about so many places, shared by the facts, with a note of how many there are; None = all.
    """
    names = list(dict.fromkeys(result.fact for result in rule.outcomes))
    reasons = [
        Sentence(
            say(
                wording,
                "evidence.reason",
                fact=pick(wording, facts[n].title),
                reason=pick(wording, reason),
            ),
            "unknown",
        )
        for n in names
        if (reason := facts[n].reason) is not None
    ]
    unmet = {result.fact for result in rule.outcomes if result.outcome == "not-met"}
    every = sorted(
        (
            (name, proof)
            for name in names
            for proof in facts[name].evidence[: most and max(most // len(names), LEAST)]
        ),
        key=lambda pair: (pair[0] not in unmet, pair[1].holds),
    )
    rows = tuple(
        (
            Cell(place(proof.path, line=proof.line, commit=proof.commit)),
            Cell(pick(wording, proof.claim), tone(3 if proof.holds else 1)),
            Cell(name, "quiet"),
        )
        for name, proof in every[:most]
    )
    heads = tuple(say(wording, f"explain.{head}") for head in ("where", "claim", "fact"))
    total = sum(facts[name].evidence_total for name in names)
    note = say(wording, "evidence.note", shown=len(rows), total=total)
    table = (
        (Table(columns=heads, rows=rows, note=note if total > len(rows) else "", wide=(0, 1)),)
        if rows
        else ()
    )
    return (*reasons, *table)
