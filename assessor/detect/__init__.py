"""Pure: records, history, coupling and partition become facts; one file a family."""

from collections.abc import Mapping
from typing import Protocol

from assessor.detect import declared
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import Rules
from assessor.model.seen import Seen


class Family(Protocol):
    """A module of computed facts: what it can measure, and measuring it."""

    SPECS: tuple[FactSpec, ...]

    @staticmethod
    def facts(seen: Seen) -> tuple[Fact, ...]:
        """One fact for each of `SPECS`."""
        ...


DETECTORS: Mapping[str, Family] = {}

SPECS: tuple[FactSpec, ...] = tuple(spec for family in DETECTORS.values() for spec in family.SPECS)

_NO_ATTESTATION = Text(zh="未提供证明材料。", en="No attestation was supplied.")
_NO_IMPORT = Text(zh="未导入相关证据。", en="No such evidence was imported.")


def facts(rules: Rules, seen: Seen) -> dict[str, Fact]:
    """Every computed, declared and unseen fact by name, sorted."""
    selection = declared.index(seen.records)
    measured = [
        *(fact for family in DETECTORS.values() for fact in family.facts(seen)),
        *(declared.measure(fact, selection) for fact in rules.declared),
        *(_unseen(spec) for spec in rules.unseen),
    ]
    return {fact.name: fact for fact in sorted(measured, key=lambda fact: fact.name)}


def _unseen(spec: FactSpec) -> Fact:
    attested = spec.evidence is EvidenceKind.ATTESTATION
    return Fact(name=spec.name, value=None, reason=_NO_ATTESTATION if attested else _NO_IMPORT)
