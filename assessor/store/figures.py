"""A run in figures."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessor.model.assessment import Assessment, Pack, Rule
from assessor.model.basis import EvidenceKind
from assessor.model.gate import SEVERITIES, Finding
from assessor.model.rules import Severity
from assessor.model.stored import Figures, PackFigures

_BY_LEVEL: dict[int, Severity] = {2: "major", 3: "minor"}


def figures(assessment: Assessment, *, findings: Iterable[Finding] | None = None) -> Figures:
    """The figures that lists and trends show.

    findings: all of the run; None = the places that the assessment names, at most 50 a fact, by
    the level that they speak against.
    """
    cut = assessment.partition
    if findings is None:
        severities = list(_named(assessment))
    else:
        severities = [each.severity for each in findings]
    counted = Counter(severities)
    return Figures(
        packs=tuple(_pack(pack) for pack in assessment.packs),
        coverage=assessment.inventory.coverage,
        units=assessment.coupling.units,
        services=len(cut.services) if cut else 0,
        modularity=cut.quality.modularity if cut else None,
        across=cut.quality.icp if cut else None,
        cycles=len(assessment.coupling.cycles),
        findings={each: counted[each] for each in SEVERITIES},
    )


def _pack(pack: Pack) -> PackFigures:
    return PackFigures(
        id=pack.id,
        claimable=pack.claimable,
        indicative=pack.indicative,
        coverage=pack.coverage,
    )


def _named(assessment: Assessment) -> Iterator[Severity]:
    """The severity of each place that the assessment itself names."""
    places = {
        fact.name: sum(bool(e.path) and not e.commit and not e.holds for e in fact.evidence)
        for fact in assessment.facts
        if fact.kind == EvidenceKind.REPOSITORY
    }
    for pack in assessment.packs:
        for rule in (each for each in pack.rules if each.applicable):
            for fact, level in _lowest(rule).items():
                yield from [_BY_LEVEL.get(level, "info")] * places.get(fact, 0)


def _lowest(rule: Rule) -> dict[str, int]:
    """Fact -> the lowest level of the rule with a condition on it."""
    levels: dict[str, int] = {}
    for each in rule.outcomes:
        levels[each.fact] = min(each.level, levels.get(each.fact, each.level))
    return levels
