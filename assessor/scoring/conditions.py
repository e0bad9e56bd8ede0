"""What comparing a condition with its fact gives."""

from collections.abc import Mapping

from assessor.model.basis import EvidenceKind
from assessor.model.facts import Fact
from assessor.model.rules import Condition, ConditionOutcome, Outcome


def outcome(condition: Condition, fact: Fact | None) -> Outcome:
    """Met, not-met, unknown or not-applicable; a fact that is missing altogether is unknown.

    A lower bound (`exact` False) settles a comparison only where more of it could not change it.
    """
    if fact is not None and not fact.applies:
        return Outcome.NOT_APPLICABLE
    if fact is None or fact.value is None:
        return Outcome.UNKNOWN
    holds = _holds(condition, fact.value)
    final = holds if condition.comparison == "at_least" else not holds
    if not fact.exact and not final:
        return Outcome.UNKNOWN
    return Outcome.MET if holds else Outcome.NOT_MET


def _holds(condition: Condition, value: float) -> bool:
    match condition.comparison:
        case "at_least":
            return value >= condition.threshold
        case "at_most":
            return value <= condition.threshold
        case "is":
            return value == condition.threshold


def compared(
    condition: Condition,
    *,
    level: int,
    facts: Mapping[str, Fact],
    kinds: Mapping[str, EvidenceKind],
) -> ConditionOutcome:
    """The condition of a level with its outcome and the fact's value."""
    fact = facts.get(condition.fact)
    return ConditionOutcome(
        level=level,
        condition=condition,
        outcome=outcome(condition, fact),
        value=None if fact is None else fact.value,
        evidence=kinds.get(condition.fact, EvidenceKind.REPOSITORY),
    )
