"""The one document that an audit gives; its JSON Schema is published from these types.

Field names are the names in the JSON. Shares are floats in [0, 1], times ISO 8601 in UTC, paths
POSIX relative to the repository root. Nothing here depends on the machine, the clock, the folder's
name or the number of workers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.model.basis import EvidenceKind, Skip, Text
from assessor.model.behaviour import Behaviour
from assessor.model.coupling import Cycle, Hotspot
from assessor.model.data import Data
from assessor.model.decisions import Attested, Broken, Constraints
from assessor.model.facts import FactUnit
from assessor.model.history import LogicalCoupling, MethodChange, ServicePast, UnitPast
from assessor.model.partition import Merge, Quality, SharedUnit, Unsound
from assessor.model.rules import Comparison, Effort, Outcome, RuleKind, RuleSource

SCHEMA_VERSION = "1.4"


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the document."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What was assessed. name: from its own build files, "" if they give none.

    revision: full commit id, "" for a folder. mode: a commit, or files on disk.
    """

    name: str
    revision: str
    revision_time: str
    mode: Literal["commit", "worktree"]


@dataclass(frozen=True, slots=True)
class Options:
    """The options that change results; `services` null = chosen from the data."""

    services: int | None
    since: str | None
    seed: int
    xray: int


@dataclass(frozen=True, slots=True)
class LanguageShare:
    """How much of a language was there and was read. files counts source and test files."""

    language: str
    files: int
    read: int
    code_lines: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """Files of the revision by kind, and how much of what assessor reads could be read.

    readable: files that some reader claims. read: those that it could read. coverage: read /
    readable.
    """

    files: int
    by_kind: Mapping[str, int]
    languages: tuple[LanguageShare, ...]
    readable: int
    read: int
    coverage: float


@dataclass(frozen=True, slots=True)
class CoChangedPair:
    """Two units changed together; commit = the newest joint one. Across: in different services."""

    a: str
    b: str
    shared: int
    revisions_a: int
    revisions_b: int
    degree: float
    commit: str
    across: bool


@dataclass(frozen=True, slots=True)
class History:
    """What git tells. reason: a word for why there is none, else "". Times of the authors.

    units: the past of the hotspots. age: median over the source units of the days since they were
    changed last; stale: share of them that nobody changed for a year. people: who knows each
    service. logical: the strongest pairs that issues or sittings tie and commits do not.
    """

    available: bool
    reason: Literal["", "no-git"]
    commits: int
    merges: int
    authors: int
    bot_commits: int
    mass_commits: int
    first: str
    last: str
    tags: int
    shallow: bool
    partial_commits: int
    cochange: tuple[CoChangedPair, ...]
    cochange_total: int
    hotspots: tuple[Hotspot, ...]
    xray: tuple[MethodChange, ...]
    maintainable_change: float | None
    units: tuple[UnitPast, ...]
    age: float | None
    stale: float | None
    people: tuple[ServicePast, ...]
    logical: tuple[LogicalCoupling, ...]
    logical_total: int


@dataclass(frozen=True, slots=True)
class View:
    """One view of coupling: its weight in the fused graph and the number of unit pairs it
    links.
    """

    name: str
    weight: float
    pairs: int


@dataclass(frozen=True, slots=True)
class ServiceTie:
    """All references from one service to another, with the first place that shows it."""

    source: str
    target: str
    references: int
    pairs: int
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class UnitTie:
    """A strongly coupled pair: fused weight, and the share each view has in it (sums to 1)."""

    a: str
    b: str
    weight: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Coupling:
    """The coupling graph in figures; all of it comes from `assessor export --what coupling`."""

    units: int
    references: int
    views: tuple[View, ...]
    services: tuple[ServiceTie, ...]
    strongest: tuple[UnitTie, ...]
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class ServiceQuality:
    """size: units. cohesion: share of fused weight that stays inside. confidence: mean over units,
    without those that people put there; None where there are no others.

    references: from one of its units to another. fan_in, fan_out: services that refer to it,
    services that it refers to.
    """

    size: int
    code_lines: int
    cohesion: float
    confidence: float | None
    references: int
    fan_in: int
    fan_out: int


@dataclass(frozen=True, slots=True)
class Service:
    """A proposed service."""

    name: str
    units: tuple[str, ...]
    quality: ServiceQuality


@dataclass(frozen=True, slots=True)
class Partition:
    """The proposed services. sound: false where no cut can be called good, `reason` says why.

    constraints: what people want of the cut; broken: those of them that it does not respect.
    """

    algorithm: str
    options: Mapping[str, float | int | str | None]
    seed: int
    sound: bool
    reason: Unsound
    quality: Quality
    services: tuple[Service, ...]
    shared: tuple[SharedUnit, ...]
    confidence: Mapping[str, float]
    dendrogram: tuple[Merge, ...]
    constraints: Constraints
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A place or a commit and what it shows; `holds` = speaks for the fact, not against it.

    Neither path nor commit: a person signed it.
    """

    path: str
    line: int
    commit: str
    claim: Text
    holds: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A measurement; value null = could not be seen, `reason` says why."""

    name: str
    title: Text
    unit: FactUnit
    kind: EvidenceKind
    value: float | int | bool | None
    applies: bool
    reason: Text | None
    evidence: tuple[Proof, ...]
    evidence_total: int


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition of a ladder: comparison, threshold, what was measured, what came of it.

    kind: the evidence that its fact rests on.
    """

    level: int
    fact: str
    comparison: Comparison
    threshold: float | int | bool
    value: float | int | bool | None
    outcome: Outcome
    kind: EvidenceKind


@dataclass(frozen=True, slots=True)
class Rule:
    """A capability item with its proven level, its potential, and why.

    level null: not applicable, or nothing could be seen (`applicable` tells which).
    missing: conditions that keep it from the next level.
    """

    id: str
    domain: str
    item: str
    title: Text
    why: Text
    kind: RuleKind
    applicable: bool
    level: int | None
    potential: int | None
    attested: bool
    outcomes: tuple[ConditionResult, ...]
    missing: tuple[ConditionResult, ...]
    evidence: tuple[Proof, ...]
    remedy: Text
    effort: Effort
    source: RuleSource


@dataclass(frozen=True, slots=True)
class Domain:
    """A capability domain: minimum (claimable) and floored mean (indicative) of its items."""

    id: str
    title: Text
    claimable: int | None
    indicative: int | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Pack:
    """One standard. claimable null under 60 % coverage; indicative is a mean with one decimal."""

    id: str
    title: Text
    version: str
    source: Text
    claimable: int | None
    indicative: float | None
    coverage: float | None
    attested: float
    lifts: tuple[str, ...]
    domains: tuple[Domain, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class PackVersion:
    """Which edition of a pack was used: SHA-256 of its file."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the result rests on. rules: SHA-256 over all packs and fact definitions."""

    packs: tuple[PackVersion, ...]
    rules: str
    readers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The document. attestations: all that were given, those too that do not count; sorted."""

    schema_version: str
    tool: Tool
    repository: Repository
    options: Options
    inventory: Inventory
    history: History
    coupling: Coupling
    partition: Partition | None
    data: Data
    behaviour: Behaviour
    facts: tuple[Fact, ...]
    packs: tuple[Pack, ...]
    attestations: tuple[Attested, ...]
    skips: tuple[Skip, ...]
    provenance: Provenance
