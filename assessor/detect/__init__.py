"""Pure: records, history, coupling and partition become facts; one file a family."""

from collections.abc import Callable, Mapping

from assessor.detect import boundaries, declared, history, state, structure
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import Rules
from assessor.model.seen import Seen

Specs = tuple[FactSpec, ...]
Measure = Callable[[Seen], tuple[Fact, ...]]

# Every family of computed facts: what it can measure, and measuring it.
DETECTORS: Mapping[str, tuple[Specs, Measure]] = {
    "boundaries": (boundaries.SPECS, boundaries.facts),
    "history": (history.SPECS, history.facts),
    "structure": (structure.SPECS, structure.facts),
}

SPECS: Specs = (
    *(spec for specs, _ in DETECTORS.values() for spec in specs),
    *state.SPECS,
)

_NO_ATTESTATION = Text(zh="未提供证明材料。", en="No attestation was supplied.")
_NO_IMPORT = Text(zh="未导入相关证据。", en="No such evidence was imported.")


def facts(rules: Rules, seen: Seen) -> dict[str, Fact]:
    """Every computed, declared and unseen fact by name, sorted."""
    selection = declared.index(seen.records)
    measured = [
        *(fact for _, measure in DETECTORS.values() for fact in measure(seen)),
        *(declared.measure(fact, selection) for fact in rules.declared),
        *(_unseen(spec) for spec in rules.unseen),
    ]
    known = {fact.name: fact for fact in measured}
    known |= {fact.name: fact for fact in state.combined(seen, known)}
    return dict(sorted(known.items()))


def _unseen(spec: FactSpec) -> Fact:
    attested = spec.evidence is EvidenceKind.ATTESTATION
    return Fact(name=spec.name, value=None, reason=_NO_ATTESTATION if attested else _NO_IMPORT)
