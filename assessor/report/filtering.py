"""An assessment or a gate cut down to what a reader chose, still one that fits together."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from assessor.model import assessment as doc
from assessor.model.gate import SEVERITIES, Gate
from assessor.model.rules import Severity


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep. packs: ids of standards. severities: of findings. new_only: new ones alone.

    Empty = all of them.
    """

    packs: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    new_only: bool = False


def filtered(found: doc.Assessment, chosen: Filter) -> doc.Assessment:
    """The assessment with the chosen standards alone, and the facts that they ask for.

    A standard is kept whole: a level of half a standard would be a claim that nobody made.
    """
    if not chosen.packs:
        return found
    packs = tuple(pack for pack in found.packs if pack.id in chosen.packs)
    asked = {
        result.fact
        for pack in packs
        for rule in pack.rules
        for result in (*rule.outcomes, *rule.missing)
    }
    return replace(
        found,
        packs=packs,
        facts=tuple(fact for fact in found.facts if fact.name in asked),
        attestations=tuple(a for a in found.attestations if a.attestation.fact in asked),
        provenance=replace(
            found.provenance,
            packs=tuple(each for each in found.provenance.packs if each.id in chosen.packs),
        ),
    )


def filtered_gate(gate: Gate, chosen: Filter, *, rules: Collection[str]) -> Gate:
    """The gate with the chosen findings alone, and what else it says of these rules.

    The decision and its conditions stay: they are about everything.
    """
    wanted = chosen.severities or SEVERITIES
    return replace(
        gate,
        findings=tuple(
            each
            for each in gate.findings
            if each.finding.rule in rules
            and each.finding.severity in wanted
            and (each.state == "new" or not chosen.new_only)
        ),
        worsened=tuple(each for each in gate.worsened if each.rule in rules),
        waivers=tuple(each for each in gate.waivers if each.waiver.rule in rules),
    )
