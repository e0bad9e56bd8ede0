"""A baseline from what was found, and how it shrinks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from assessor.model.assessment import Tool
from assessor.model.baseline import BASELINE_VERSION, Baseline, Drift, MetCondition
from assessor.model.gate import Audited, Base, ConditionKey
from assessor.scoring.findings import compared
from assessor.scoring.regression import Services, across, base_of, home_of, moved


def baseline(found: Audited, *, services: Services | None = None) -> Baseline:
    """All that is there now. services: the accepted partition; None = the proposed one."""
    base = base_of(found)
    accepted = base.services if services is None else services
    crossing = {(use.source, use.target) for use in across(found.uses, home_of(accepted))}
    return Baseline(
        schema_version=BASELINE_VERSION,
        tool=found.assessment.tool,
        revision=base.revision,
        rules=found.assessment.provenance.rules,
        findings=found.findings,
        met=_met(base),
        services=accepted,
        uses=tuple(sorted(crossing)),
    )


def _met(base: Base) -> tuple[MetCondition, ...]:
    return tuple(
        MetCondition(key.rule, key.level, key.fact, key.comparison, value)
        for key, value in sorted(base.met.items())
    )


def as_base(known: Baseline) -> Base:
    """The baseline as something to compare a change with."""
    return Base(
        revision=known.revision,
        findings=known.findings,
        met={
            ConditionKey(each.rule, each.level, each.fact, each.comparison): each.value
            for each in known.met
        },
        proofs={},
        services=known.services,
        uses=frozenset(known.uses),
    )


def drift(known: Baseline, found: Audited, *, renames: Mapping[str, str]) -> Drift:
    """How far the baseline and what is there now are apart. renames: since its commit."""
    services, had = moved(known.services, known.uses, renames=renames)
    now = baseline(found, services=services)
    fresh, gone = compared(found.findings, known.findings, renames=renames)
    mine, theirs = {_key(each): each for each in now.met}, {_key(each): each for each in known.met}
    uses = set(now.uses)
    return Drift(
        fresh=fresh,
        gone=gone,
        gained=tuple(mine[key] for key in sorted(mine.keys() - theirs.keys())),
        lost=tuple(theirs[key] for key in sorted(theirs.keys() - mine.keys())),
        crossings=tuple(sorted(uses - had)),
        cut=tuple(sorted(had - uses)),
    )


def _key(each: MetCondition) -> tuple[str, int, str, str]:
    return each.rule, each.level, each.fact, each.comparison


def pruned(known: Baseline, found: Audited, *, renames: Mapping[str, str], tool: Tool) -> Baseline:
    """The baseline without what is mended, and with what is met by now; it never grows.

    What is put up with follows its files to their new names.
    """
    apart = drift(known, found, renames=renames)
    services, uses = moved(known.services, known.uses, renames=renames)
    kept = Counter(found.findings)
    kept.subtract(apart.fresh)
    return replace(
        known,
        tool=tool,
        revision=found.assessment.repository.revision,
        rules=found.assessment.provenance.rules,
        findings=tuple(sorted(kept.elements())),
        met=tuple(sorted({*known.met, *apart.gained}, key=_key)),
        services=services,
        uses=tuple(sorted(uses - set(apart.cut))),
    )
