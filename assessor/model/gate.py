"""What a gate wants of a change, what it compares it with, and what it decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessor.model.assessment import Assessment, Proof
from assessor.model.basis import Location, Text
from assessor.model.facts import FactUnit
from assessor.model.rules import Comparison, Effort, Outcome, Severity

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "info")  # gravest first
Measure = Literal["claimable", "indicative"]
Inline = Literal["base", "change", "none"]
Kind = Literal[
    "min_level",
    "required_rules",
    "max_new",
    "no_regression",
    "min_coverage",
    "max_cycles",
    "boundaries",
    "expires_within",
]
# known: the base has it too. lost: what proved a condition there is gone; its place is the base's.
FindingState = Literal["new", "known", "lost"]
WaiverReason = Literal[
    "accepted-risk",
    "compensated",
    "false-positive",
    "not-applicable",
    "planned",
    "sample-or-test",
]
# expiring: honoured, but not much longer. pending: brought by the change itself, so not honoured.
# unmatched: accepts nothing that is there. malformed: says too little to be honoured.
WaiverState = Literal["honoured", "expiring", "expired", "unmatched", "pending", "malformed"]
HONOURED: frozenset[WaiverState] = frozenset({"honoured", "expiring"})


@dataclass(frozen=True, slots=True)
class WantedLevel:
    """The least level of a pack, or of one of its domains ("" = the pack as a whole)."""

    pack: str
    level: float
    domain: str = ""
    measure: Measure = "claimable"


@dataclass(frozen=True, slots=True)
class WantedRule:
    """The least level of a rule."""

    rule: str
    level: int


@dataclass(frozen=True, slots=True)
class Policy:
    """What a gate asks for; what is not given is not asked.

    max_new: severity -> so many new findings are let through. no_regression: no condition that
    was met may be not-met now. min_coverage: share of the readable files, [0, 1]. max_cycles:
    circles of units. boundaries: so many new dependencies between services are let through.
    expires_within: days in which no waiver may expire. inline: whose comments in the code waive:
    those that the base has, those of the change too, or none.
    """

    min_level: tuple[WantedLevel, ...] = ()
    required_rules: tuple[WantedRule, ...] = ()
    max_new: Mapping[Severity, int] = field(default_factory=dict)
    no_regression: bool = False
    min_coverage: float | None = None
    max_cycles: int | None = None
    boundaries: int | None = None
    expires_within: int | None = None
    inline: Inline = "base"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place that speaks against a rule. level: the lowest of its ladder that it speaks against.

    snippet: 16 hex digits that stand for the line, spaces apart; "" for a whole file.
    was: the place is in the base; what stood there is gone.
    """

    path: str
    line: int
    rule: str
    fact: str
    level: int
    severity: Severity
    claim: Text
    snippet: str = ""
    was: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A unit that refers to another, with the first line that does."""

    source: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Audited:
    """An assessment with what a gate looks at beyond it: all findings, all uses between units."""

    assessment: Assessment
    findings: tuple[Finding, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, order=True)
class ConditionKey:
    """What makes a condition of a rule the same one in another assessment."""

    rule: str
    level: int
    fact: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is compared with: an assessed commit, or a baseline that was written down.

    revision: full commit id. met: the conditions that were met, with the value of their fact.
    proofs: fact -> what spoke for it; empty where only a file is known. services: service -> its
    units. uses: (source, target) between units of different services.
    """

    revision: str
    findings: tuple[Finding, ...]
    met: Mapping[ConditionKey, float | int | bool | None]
    proofs: Mapping[str, tuple[Proof, ...]]
    services: Mapping[str, tuple[str, ...]]
    uses: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Waiver:
    """An accepted gap. It moves the gate, never a level.

    path: pattern of the files (`*` stands for anything), "" = all. resource: pattern of what the
    finding says of which resource, "" = all. A waiver with neither accepts the rule as a whole.
    expires: ISO date, the last day. place: where it is written. inline: a comment in the code,
    which stands for its own line and the next. flaw: why it cannot be honoured (`expires`,
    `reason`, `too-long`), "" = it can.
    """

    rule: str
    reason: WaiverReason
    text: str
    expires: str
    place: Location
    path: str = ""
    resource: str = ""
    owner: str = ""
    approver: str = ""
    ticket: str = ""
    inline: bool = False
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver and what came of it. findings: so many it accepts, or would if it were honoured."""

    waiver: Waiver
    state: WaiverState
    findings: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding and how it stands. waiver: where the waiver is written that accepts it.

    fingerprint: 32 hex digits, the same for the same finding in every run, unique within one.
    """

    finding: Finding
    state: FindingState
    fingerprint: str
    waiver: Location | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do about a condition of the gate that is not met.

    place: None = nowhere in particular. remedy, effort: of the rule; "" and None where no rule is
    behind it but the place alone.
    """

    place: Location | None
    rule: str = ""
    remedy: Text | None = None
    effort: Effort | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition of the gate: what it is about, what is wanted, what was found.

    subject: pack, `pack/domain`, rule or severity; "" = the repository. found: None = not seen.
    cheapest: what would meet it, cheapest first; empty where it is met. waived: it would not be
    met without a waiver.
    """

    kind: Kind
    subject: str
    wanted: float
    found: float | None
    outcome: Outcome
    cheapest: tuple[Action, ...] = ()
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Worsened:
    """A condition that was met in the base and is not any more, with the places that show it.

    title, unit: of the fact. waived: a waiver accepts the rule, or all of the places.
    """

    rule: str
    level: int
    fact: str
    title: Text
    unit: FactUnit
    before: float | int | bool | None
    after: float | int | bool | None
    outcome: Outcome
    places: tuple[Finding, ...]
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """A new dependency between two services of the accepted partition."""

    use: Use
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Gate:
    """The decision. base: full commit id, "" where there is none to compare with.

    hidden: the clone is shallow or partial, so that the base could not be seen. policy: its preset
    or file. today: ISO date that waivers were judged by. changed: files of the
    gate itself that the change edits; they take effect once they are in the base. findings: all
    of the head with the lost ones; new and lost before known, then the gravest.
    """

    head: str
    base: str
    hidden: bool
    policy: str
    today: str
    outcome: Outcome
    conditions: tuple[Judged, ...]
    findings: tuple[Standing, ...]
    worsened: tuple[Worsened, ...]
    crossings: tuple[Crossing, ...]
    waivers: tuple[Waived, ...]
    changed: tuple[str, ...] = ()
