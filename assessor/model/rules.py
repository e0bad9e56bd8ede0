"""Rules as loaded from packs, and what scoring makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assessor.model.basis import EvidenceKind, Scalar, Text
from assessor.model.facts import FactSpec

Comparison = Literal["at_least", "at_most", "is"]
RuleKind = Literal["cumulative", "substitutive"]
SourceStatus = Literal["found", "reconstructed"]
Severity = Literal["critical", "major", "minor", "info"]
_SEVERITIES: Mapping[int, Severity] = {2: "major", 3: "minor"}


class Outcome(StrEnum):
    """What comparing one condition with its fact gives; never a bool.

    Manual: not seen, and only a person's signed answer could tell; it counts like unknown.
    """

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of one fact."""

    fact: str
    comparison: Comparison
    threshold: float | int | bool


@dataclass(frozen=True, slots=True)
class Effort:
    """Rough cost of the remedy: hours per `per` (image, workload, service, repository …)."""

    hours: float
    per: Text


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule comes from; `reconstructed` ones are our interpretation and are labelled so."""

    standard: str
    clause: Text
    status: SourceStatus


@dataclass(frozen=True, slots=True)
class Rule:
    """One capability item's ladder: conditions for levels 2 to 5 (a level without any is left
    out).

    applies: conditions that must not be not-met for the rule to apply at all.
    domain, item: ids within the pack. location: `file:line` of its definition. severity: of every
    finding; None = it follows from the level that a place speaks against.
    """

    id: str
    domain: str
    item: str
    title: Text
    why: Text
    kind: RuleKind
    ladder: Mapping[int, tuple[Condition, ...]]
    applies: tuple[Condition, ...]
    remedy: Text
    effort: Effort
    source: RuleSource
    weight: float = 1.0
    location: str = ""
    severity: Severity | None = None

    def severity_at(self, level: int) -> Severity:
        """How grave a place is that speaks against that level, and maybe against higher ones."""
        return self.severity or _SEVERITIES.get(level, "info")


@dataclass(frozen=True, slots=True)
class Domain:
    """A capability domain of a pack."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Pack:
    """One YAML file of rules for one standard. digest: SHA-256 of the file's bytes."""

    id: str
    title: Text
    version: str
    source: Text
    domains: tuple[Domain, ...]
    rules: tuple[Rule, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Check:
    """A declared fact's test of a node: one operator on one path, or `all`, `any`, `not` of
    others.
    """

    operator: str
    path: str = ""
    operand: Scalar | tuple[Scalar, ...] = None
    parts: tuple["Check", ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """A fact defined in `rules/facts/*.yaml` without programming.

    kind: kind of artefact to select; where: which of them; each: path of the nodes to judge in a
    selected artefact ("" = itself); check: what must hold; value: how the verdicts become a value.
    when_nothing: what an empty selection means. claim: sentence on each judged node, `{path}`
    being filled
    in from the artefact. location: `file:line` of its definition.
    alternatives: other selections that prove the same by another means (a framework in the code, a
    mesh in the cluster); each is measured by itself and the greatest value counts, a known `true`
    or
    number before an unknown one. They share this fact's spec, value and when_nothing.
    """

    spec: FactSpec
    kind: str
    where: tuple[Check, ...]
    each: str
    check: Check | None
    value: Literal["share", "count", "any", "none"]
    when_nothing: Literal["not-applicable", "zero", "unknown"]
    claim: Text
    location: str = ""
    alternatives: tuple["DeclaredFact", ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All packs and fact definitions that were loaded, checked against each other.

    unseen: facts that only imported evidence or an attestation can give; unknown without it.
    computed: what the detectors measure, as it was told when loading.
    """

    packs: tuple[Pack, ...]
    declared: tuple[DeclaredFact, ...]
    unseen: tuple[FactSpec, ...]
    digest: str
    computed: tuple[FactSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionOutcome:
    """A condition with what came of it. value: the fact's, None if it could not be seen."""

    level: int
    condition: Condition
    outcome: Outcome
    value: float | int | bool | None
    evidence: EvidenceKind


@dataclass(frozen=True, slots=True)
class RuleScore:
    """level: proven, None = not scored or not applicable. potential: with the unseen credited.

    attested: the level rests on attestation alone. missing: the conditions that keep it from the
    next level.
    """

    rule: Rule
    applicable: bool
    level: int | None
    potential: int | None
    outcomes: tuple[ConditionOutcome, ...]
    missing: tuple[ConditionOutcome, ...]
    attested: bool = False


@dataclass(frozen=True, slots=True)
class DomainScore:
    """claimable: minimum over the scored rules. indicative: floored mean of the item levels."""

    domain: Domain
    claimable: int | None
    indicative: int | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class PackScore:
    """claimable: minimum over the domains, None under 60 % coverage. indicative: mean of the
    scored
    rule levels, floored to one decimal. coverage: scored / applicable. attested: share of scored
    levels resting on attestation. lifts: ids of rules whose rise alone would lift `claimable`.
    """

    pack: Pack
    claimable: int | None
    indicative: float | None
    coverage: float | None
    attested: float
    domains: tuple[DomainScore, ...]
    rules: tuple[RuleScore, ...]
    lifts: tuple[str, ...] = ()
