"""A baseline from what was found, and how it shrinks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from assessor.model.assessment import Tool
from assessor.model.baseline import BASELINE_VERSION, Baseline, Drift, MetCondition
from assessor.model.gate import Audited, Base, ConditionKey
from assessor.scoring.findings import compared
from assessor.scoring.regression import across, base_of

Services = Mapping[str, tuple[str, ...]]


def baseline(found: Audited, *, services: Services | None = None) -> Baseline:
    """All that is there now. services: the accepted partition; None = the proposed one."""
    base = base_of(found)
    accepted = base.services if services is None else services
    home = {unit: name for name, units in accepted.items() for unit in units}
    crossing = {(use.source, use.target) for use in across(found.uses, home)}
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
    moved = _moved(known, renames)
    now = baseline(found, services=moved.services)
    fresh, gone = compared(found.findings, known.findings, renames=renames)
    mine, theirs = {_key(each): each for each in now.met}, {_key(each): each for each in known.met}
    uses, had = set(now.uses), set(moved.uses)
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
    moved = _moved(known, renames)
    kept = Counter(found.findings)
    kept.subtract(apart.fresh)
    return replace(
        moved,
        tool=tool,
        revision=found.assessment.repository.revision,
        rules=found.assessment.provenance.rules,
        findings=tuple(sorted(kept.elements())),
        met=tuple(sorted({*known.met, *apart.gained}, key=_key)),
        uses=tuple(sorted(set(moved.uses) - set(apart.cut))),
    )


def _moved(known: Baseline, renames: Mapping[str, str]) -> Baseline:
    """The baseline with units by the names that they have now."""
    services = {
        name: tuple(sorted(renames.get(unit, unit) for unit in units))
        for name, units in known.services.items()
    }
    uses = tuple(sorted((renames.get(a, a), renames.get(b, b)) for a, b in known.uses))
    return replace(known, services=services, uses=uses)
