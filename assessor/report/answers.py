"""What only a person can answer, rule by rule, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind
from assessor.model.decisions import Attested
from assessor.model.view import Cell, Table, Tone
from assessor.report.wording import Wording, level, measured, pick, say

Standing = Literal["open", "pending", "counts", "expired", "withdrawn"]
STANDINGS: tuple[Standing, ...] = ("open", "pending", "counts", "expired", "withdrawn")
_TONES: Mapping[Standing, Tone] = {
    "open": "unknown",
    "pending": "fair",
    "counts": "good",
    "expired": "poor",
    "withdrawn": "quiet",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A fact of a rule that no file can prove.

    answer: the one that counts, else the newest that was given, None = none.
    """

    rule: doc.Rule
    fact: doc.Fact
    answer: Attested | None = None

    @property
    def standing(self) -> Standing:
        """How far it is answered."""
        return "open" if self.answer is None else self.answer.state


def questions(found: doc.Assessment, answers: Sequence[Attested]) -> tuple[Question, ...]:
    """All of them, in the order of packs and rules; rules that do not apply ask nothing."""
    facts = {fact.name: fact for fact in found.facts}
    given = {each.attestation.fact: each for each in sorted(answers, key=_weight)}
    return tuple(
        Question(rule, facts[name], given.get(name))
        for pack in found.packs
        for rule in pack.rules
        if rule.applicable
        for name in dict.fromkeys(result.fact for result in rule.outcomes)
        if facts[name].kind is EvidenceKind.ATTESTATION
    )


def _weight(each: Attested) -> tuple[bool, str, str]:
    """What counts last, and before it the newest."""
    return each.state == "counts", each.attestation.made_at, each.attestation.id


def questions_table(asked: Sequence[Question], wording: Wording) -> Table:
    """Each question in a row: the rule with its level, what is asked, how far it is answered."""
    heads = ("rules.rule", "rules.level", "answers.asked", "answers.standing", "answers.until")
    rows = tuple(
        (
            Cell(f"{each.rule.id} {pick(wording, each.rule.title)}"),
            Cell(level(each.rule)),
            Cell(pick(wording, each.fact.title)),
            Cell(say(wording, f"answers.standing.{each.standing}"), _TONES[each.standing]),
            Cell(each.answer.attestation.expires if each.answer else "–", "quiet"),
        )
        for each in asked
    )
    return Table(tuple(say(wording, head) for head in heads), rows, wide=(0, 2))


def answers_table(given: Sequence[Attested], found: doc.Assessment, *, wording: Wording) -> Table:
    """Every answer that was given, newest first: who said what, and until when it counts."""
    facts = {fact.name: fact for fact in found.facts}
    heads = ("rule", "asked", "said", "person", "made", "until", "standing", "confirmed", "digest")
    newest_first = sorted(given, key=lambda a: a.attestation.made_at, reverse=True)
    return Table(
        tuple(say(wording, f"answers.{head}") for head in heads),
        tuple(_answer(each, facts, wording) for each in newest_first),
        wide=(2,),
    )


def _answer(each: Attested, facts: Mapping[str, doc.Fact], wording: Wording) -> tuple[Cell, ...]:
    signed = each.attestation
    fact = facts.get(signed.fact)
    value = measured(wording, signed.value, unit=fact.unit if fact else "yes-no")
    state = say(wording, f"answers.standing.{each.state}")
    stale = say(wording, "answers.stale") if each.stale else ""
    return (
        Cell(signed.rule),
        Cell(pick(wording, fact.title) if fact else signed.fact),
        Cell(f"{value}: {signed.statement}"),
        Cell(f"{signed.person} ({signed.role})"),
        Cell(signed.made_at[:10]),
        Cell(signed.expires),
        Cell(" ".join(part for part in (state, stale) if part), _TONES[each.state]),
        Cell(signed.approver or "–"),
        Cell(signed.evidence[:12], "quiet"),
    )
