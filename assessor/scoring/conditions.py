"""What comparing a condition with its fact gives."""

from collections.abc import Mapping

from assessor.model.basis import EvidenceKind
from assessor.model.facts import Fact
from assessor.model.rules import Condition, ConditionOutcome, Outcome


def outcome(condition: Condition, fact: Fact | None) -> Outcome:
    """Met, not-met, unknown or not-applicable; a fact that is missing altogether is unknown.

    Where part of the fact could not be seen, a comparison is settled only if the least and the
    most that it may be agree.
    """
    if fact is not None and not fact.applies:
        return Outcome.NOT_APPLICABLE
    if fact is None or fact.value is None:
        return Outcome.UNKNOWN
    sure, possible = _holds(condition, fact.span)
    if sure:
        return Outcome.MET
    return Outcome.UNKNOWN if possible else Outcome.NOT_MET


def _holds(condition: Condition, span: tuple[float, float]) -> tuple[bool, bool]:
    """Whether the comparison holds for every value of the span, and whether for any."""
    (least, most), threshold = span, condition.threshold
    match condition.comparison:
        case "at_least":
            return least >= threshold, most >= threshold
        case "at_most":
            return most <= threshold, least <= threshold
        case "is":
            return least == threshold == most, least <= threshold <= most


def compared(
    condition: Condition,
    *,
    level: int,
    facts: Mapping[str, Fact],
    kinds: Mapping[str, EvidenceKind],
) -> ConditionOutcome:
    """The condition of a level with its outcome and the fact's value.

    What is unknown and rests on attestation is for a person to tell: manual.
    """
    fact = facts.get(condition.fact)
    evidence = kinds.get(condition.fact, EvidenceKind.REPOSITORY)
    found = outcome(condition, fact)
    if found is Outcome.UNKNOWN and evidence is EvidenceKind.ATTESTATION:
        found = Outcome.MANUAL
    return ConditionOutcome(
        level=level,
        condition=condition,
        outcome=found,
        value=None if fact is None else fact.value,
        evidence=evidence,
    )
