"""Levels from outcomes: cumulative and substitutive ladders, proven and potential."""

from collections.abc import Mapping, Sequence

from assessor.model.basis import EvidenceKind
from assessor.model.facts import Fact
from assessor.model.rules import ConditionOutcome, Outcome, Rule, RuleScore
from assessor.scoring.conditions import compared, outcome

LEVELS = (2, 3, 4, 5)
_FLOOR = 1
# A signed answer alone proves no more than this.
_HIGHEST_BY_ATTESTATION = 3

_UNSEEN = frozenset({Outcome.UNKNOWN, Outcome.MANUAL})

_Steps = Sequence[tuple[int, Sequence[ConditionOutcome]]]


def rule_score(
    rule: Rule, *, facts: Mapping[str, Fact], kinds: Mapping[str, EvidenceKind]
) -> RuleScore:
    """The rule's level and potential. kinds: the kind of evidence each fact rests on.

    A condition that does not apply drops out of its level; a level left without conditions is
    reached together with the next one.
    """
    outcomes = tuple(
        compared(condition, level=level, facts=facts, kinds=kinds)
        for level in LEVELS
        for condition in rule.ladder.get(level, ())
    )
    steps = _steps(outcomes)
    if not steps or _excluded(rule, facts):
        return RuleScore(
            rule, applicable=False, level=None, potential=None, outcomes=outcomes, missing=()
        )
    potential = _level(rule, steps, credited={Outcome.MET} | _UNSEEN)
    proven = _level(rule, steps, credited={Outcome.MET})
    level = None if proven == _FLOOR and _untold(steps) else proven
    return RuleScore(
        rule,
        applicable=True,
        level=level,
        potential=potential,
        outcomes=outcomes,
        missing=_missing(steps, above=level or _FLOOR),
        attested=any(at == level and _by_attestation(each) for at, each in steps),
    )


def _excluded(rule: Rule, facts: Mapping[str, Fact]) -> bool:
    """Whether a condition of applicability fails, or is about something that is not there."""
    without = {Outcome.NOT_MET, Outcome.NOT_APPLICABLE}
    return any(outcome(each, facts.get(each.fact)) in without for each in rule.applies)


def _steps(outcomes: Sequence[ConditionOutcome]) -> _Steps:
    """The levels that have applicable conditions, lowest first."""
    applicable = [each for each in outcomes if each.outcome is not Outcome.NOT_APPLICABLE]
    steps = [(level, [each for each in applicable if each.level == level]) for level in LEVELS]
    return [(level, conditions) for level, conditions in steps if conditions]


def _untold(steps: _Steps) -> bool:
    """Whether nothing of the lowest level could be seen, and no level is met as a whole."""
    if not {each.outcome for each in steps[0][1]} <= _UNSEEN:
        return False
    return not any(all(each.outcome is Outcome.MET for each in found) for _, found in steps)


def _level(rule: Rule, steps: _Steps, *, credited: set[Outcome]) -> int:
    """The highest level reached if these outcomes count as met.

    A level above 3 that rests on attestation alone is passed on the way to one that is proven,
    but is not reached by itself.
    """
    level = _FLOOR
    for at, conditions in steps:
        if all(each.outcome in credited for each in conditions):
            if at <= _HIGHEST_BY_ATTESTATION or not _by_attestation(conditions):
                level = at
        elif rule.kind == "cumulative":
            break
    return level


def _by_attestation(conditions: Sequence[ConditionOutcome]) -> bool:
    return all(each.evidence is EvidenceKind.ATTESTATION for each in conditions)


def _missing(steps: _Steps, *, above: int) -> tuple[ConditionOutcome, ...]:
    """The conditions not yet met of the next level that has any."""
    for at, conditions in steps:
        missing = tuple(each for each in conditions if each.outcome is not Outcome.MET)
        if at > above and missing:
            return missing
    return ()
