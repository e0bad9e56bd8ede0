"""A gate's decision in one language, as the formats of CI systems need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.model.assessment import Tool
from assessor.model.gate import FindingState, WaiverState
from assessor.model.rules import Outcome, Severity, SourceStatus


@dataclass(frozen=True, slots=True)
class ToldCondition:
    """A condition of the gate. name: what it is about; text: wanted, found and outcome."""

    name: str
    text: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A place that speaks against a rule.

    fingerprint: 32 hex digits, the same for the same finding in every run, unique within one.
    text: a whole sentence in every state. line: 0 = the whole file. waiver: why it is accepted and
    until when, "" = it is not.
    """

    rule: str
    text: str
    severity: Severity
    state: FindingState
    path: str
    line: int
    fingerprint: str
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule with what was found of it.

    severity: the gravest that a finding of it can have. level: proven, None = unknown or, where
    it is not applicable, none. wanted: the level that the policy asks for, else 2, the first that
    has to be earned.
    """

    id: str
    pack: str
    domain: str
    title: str
    why: str
    remedy: str
    effort: str
    standard: str
    clause: str
    source: SourceStatus
    severity: Severity
    applicable: bool
    level: int | None
    potential: int | None
    wanted: float


@dataclass(frozen=True, slots=True)
class ToldDomain:
    """A capability domain with its levels."""

    id: str
    title: str
    claimable: int | None
    indicative: int | None


@dataclass(frozen=True, slots=True)
class ToldPack:
    """A standard with its levels. coverage: scored / applicable rules, [0, 1]."""

    id: str
    title: str
    version: str
    claimable: int | None
    indicative: float | None
    coverage: float | None
    domains: tuple[ToldDomain, ...]


@dataclass(frozen=True, slots=True)
class ToldWaiver:
    """A waiver and what came of it. text: one sentence with state, reason, owner and expiry.

    path, line: where it is written.
    """

    rule: str
    state: WaiverState
    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class GateReport:
    """All that a format may want to show, in the language `lang`.

    title: the decision as a sentence. dated: time of the head's commit (ISO 8601, UTC), "" for a
    folder. today: ISO date that expiry was judged by. coverage: share of the readable files that
    was read, [0, 1]; least_coverage: what the policy asks for, else 0. notes: sentences that a
    reader must see in any format, e.g. that the policy was edited by the change. words: what a
    format itself has to say, by what follows `gate.format.` in the key of the locale.
    findings: all of the head and the lost ones; new and lost before known, then the gravest.
    waivers: all of them; those in order are of the state `honoured`.
    """

    lang: Literal["zh", "en"]
    tool: Tool
    repository: str
    head: str
    base: str
    dated: str
    today: str
    policy: str
    outcome: Outcome
    title: str
    coverage: float
    least_coverage: float
    conditions: tuple[ToldCondition, ...]
    findings: tuple[ToldFinding, ...]
    rules: tuple[ToldRule, ...]
    packs: tuple[ToldPack, ...]
    waivers: tuple[ToldWaiver, ...]
    notes: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def open(self) -> tuple[ToldFinding, ...]:
        """What the change made worse and nothing waives, in the order of the findings."""
        return tuple(e for e in self.findings if e.state != "known" and not e.waiver)

    @property
    def odd_waivers(self) -> tuple[ToldWaiver, ...]:
        """The waivers that are not simply in force, which every format shows."""
        return tuple(each for each in self.waivers if each.state != "honoured")
