"""From rule levels to domains and packs: claimable by minimum, indicative by floored mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from assessor.model.basis import EvidenceKind
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import Domain, DomainScore, Pack, PackScore, Rules, RuleScore
from assessor.scoring.ladders import LEVELS, rule_score

# No claim is made on less than this share of scored rules: 60 %.
_ENOUGH = Fraction(6, 10)


def score(rules: Rules, facts: Mapping[str, Fact]) -> tuple[PackScore, ...]:
    """Every pack's score, in the packs' order."""
    kinds = {spec.name: spec.evidence for spec in _specs(rules)}
    return tuple(_pack_score(pack, facts=facts, kinds=kinds) for pack in rules.packs)


def _specs(rules: Rules) -> Iterable[FactSpec]:
    return (*rules.computed, *(each.spec for each in rules.declared), *rules.unseen)


def _pack_score(
    pack: Pack, *, facts: Mapping[str, Fact], kinds: Mapping[str, EvidenceKind]
) -> PackScore:
    scores = tuple(rule_score(rule, facts=facts, kinds=kinds) for rule in pack.rules)
    levels = _levels(scores)
    attested = sum(each.attested for each in scores)
    return PackScore(
        pack=pack,
        claimable=_claimable(pack, scores),
        indicative=weighted_mean(
            (each.level, each.rule.weight) for each in scores if each.level is not None
        ),
        coverage=_share(len(levels), of=_applicable(scores)),
        attested=_share(attested, of=len(levels)) or 0.0,
        domains=tuple(_domain_score(domain, scores) for domain in pack.domains),
        rules=scores,
        lifts=_lifts(pack, scores),
    )


def _levels(scores: Iterable[RuleScore]) -> list[int]:
    return [each.level for each in scores if each.level is not None]


def _applicable(scores: Iterable[RuleScore]) -> int:
    return sum(each.applicable for each in scores)


def _share(part: int, *, of: int) -> float | None:
    return part / of if of else None


def _domain_score(domain: Domain, scores: Sequence[RuleScore]) -> DomainScore:
    mine = [each for each in scores if each.rule.domain == domain.id]
    levels = _levels(mine)
    return DomainScore(
        domain=domain,
        claimable=min(levels, default=None),
        indicative=mean_of_items(
            (each.rule.item, each.level) for each in mine if each.level is not None
        ),
        coverage=_share(len(levels), of=_applicable(mine)),
    )


def mean_of_items(levels: Iterable[tuple[str, int]]) -> int | None:
    """The indicative level of a domain, from (item, level of a rule): the floored mean of its
    items, each of which is the floored mean of its rules.
    """
    items: dict[str, list[int]] = {}
    for item, level in levels:
        items.setdefault(item, []).append(level)
    return floored_mean([sum(each) // len(each) for each in items.values()])


def floored_mean(levels: Sequence[int]) -> int | None:
    """The mean of whole levels, rounded down; None of nothing."""
    return sum(levels) // len(levels) if levels else None


def weighted_mean(levels: Iterable[tuple[int, float]]) -> float | None:
    """The indicative level of a pack, from (level, weight) of its rules: the weighted mean,
    rounded down to one decimal, without float error; None of nothing.
    """
    weighted = [(level, Fraction(str(weight))) for level, weight in levels]
    total = sum(weight for _, weight in weighted)
    if not total:
        return None
    return floor(sum(level * weight for level, weight in weighted) / total * 10) / 10


def _claimable(pack: Pack, scores: Sequence[RuleScore]) -> int | None:
    """The lowest claimable level of the domains; None where too few rules could be scored."""
    applicable = _applicable(scores)
    if not applicable or Fraction(len(_levels(scores)), applicable) < _ENOUGH:
        return None
    domains = {domain.id for domain in pack.domains}
    return min(_levels(each for each in scores if each.rule.domain in domains), default=None)


def _lifts(pack: Pack, scores: Sequence[RuleScore]) -> tuple[str, ...]:
    """Rules that lift the claimable level if they alone rise to the top."""
    claimable = _claimable(pack, scores)
    if claimable is None:
        return ()
    return tuple(
        each.rule.id
        for at, each in enumerate(scores)
        if each.level == claimable and (_claimable(pack, _risen(scores, at)) or 0) > claimable
    )


def _risen(scores: Sequence[RuleScore], at: int) -> list[RuleScore]:
    return [
        replace(each, level=LEVELS[-1]) if index == at else each
        for index, each in enumerate(scores)
    ]
