"""What the levels would be if remedies were done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.facts import Fact
from assessor.model.rules import Condition, Outcome, Rule, Rules
from assessor.scoring.conditions import outcome


@dataclass(frozen=True, slots=True)
class Gain:
    """A level that is another one now. None = there is none.

    domain: "" = of the pack as a whole, or of a rule. rule: "" = of a domain or pack.
    """

    pack: str
    domain: str
    rule: str
    measure: Literal["claimable", "indicative", "level"]
    before: float | None
    after: float | None


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


def gain(before: Sequence[doc.Pack], after: Sequence[doc.Pack]) -> tuple[Gain, ...]:
    """All levels that are others after than before, in the order of the packs after."""
    old = {_key(each): each.before for each in _levels(before)}
    return tuple(
        replace(each, before=old.get(_key(each)))
        for each in _levels(after)
        if old.get(_key(each)) != each.after
    )


def _key(each: Gain) -> tuple[str, str, str, str]:
    return each.pack, each.domain, each.rule, each.measure


def _levels(packs: Sequence[doc.Pack]) -> Iterator[Gain]:
    """Every level of the packs, as if it was so before and after."""
    for pack in packs:
        yield Gain(pack.id, "", "", "claimable", pack.claimable, pack.claimable)
        yield Gain(pack.id, "", "", "indicative", pack.indicative, pack.indicative)
        for each in pack.domains:
            yield Gain(pack.id, each.id, "", "claimable", each.claimable, each.claimable)
            yield Gain(pack.id, each.id, "", "indicative", each.indicative, each.indicative)
        for rule in pack.rules:
            yield Gain(pack.id, "", rule.id, "level", rule.level, rule.level)
