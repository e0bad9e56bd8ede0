"""What the levels would be if remedies were done."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from assessor.model.facts import Fact
from assessor.model.rules import Condition, Outcome, Rule, Rules
from assessor.scoring.conditions import outcome


def supposed(
    facts: Mapping[str, Fact], rules: Rules, *, remedied: Collection[tuple[str, int]]
) -> dict[str, Fact]:
    """The facts as they were if these rules were met up to that level; (rule id, level).

    A condition that is not met moves its fact to the threshold, for every rule that asks for it.
    Conditions that do not apply stay so. Rules that are not there are passed over.
    """
    known = {rule.id: rule for pack in rules.packs for rule in pack.rules}
    found = dict(facts)
    for name, level in sorted(remedied):
        for condition in _conditions(known.get(name), level=level):
            fact = found.get(condition.fact, Fact(condition.fact, None))
            found[condition.fact] = _moved(fact, condition)
    return found


def _conditions(rule: Rule | None, *, level: int) -> Iterator[Condition]:
    """The conditions of the rule up to that level, lowest first."""
    for at, conditions in sorted(rule.ladder.items()) if rule else ():
        yield from conditions if at <= level else ()


def _moved(fact: Fact, condition: Condition) -> Fact:
    """The fact where the condition just holds; as it is where it holds or does not apply."""
    if outcome(condition, fact) in {Outcome.MET, Outcome.NOT_APPLICABLE}:
        return fact
    kept = tuple(each for each in fact.evidence if each.holds)
    return replace(fact, value=condition.threshold, evidence=kept, reason=None, bounds=None)
