"""What a gate wants of a change, and what it decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessor.model.basis import Location, Text
from assessor.model.facts import FactUnit
from assessor.model.rules import Effort, Outcome

Severity = Literal["major", "minor", "info"]
Measure = Literal["claimable", "indicative"]
Kind = Literal[
    "min_level", "required_rules", "max_new", "no_regression", "min_coverage", "max_cycles"
]


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
    circles of units.
    """

    min_level: tuple[WantedLevel, ...] = ()
    required_rules: tuple[WantedRule, ...] = ()
    max_new: Mapping[Severity, int] = field(default_factory=dict)
    no_regression: bool = False
    min_coverage: float | None = None
    max_cycles: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place that speaks against a rule. level: the lowest of its ladder that it speaks against.

    was: the place is in the base; what stood there is gone.
    """

    path: str
    line: int
    rule: str
    fact: str
    level: int
    severity: Severity
    claim: Text
    was: bool = False


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
    cheapest: what would meet it, cheapest first; empty where it is met.
    """

    kind: Kind
    subject: str
    wanted: float
    found: float | None
    outcome: Outcome
    cheapest: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Worsened:
    """A condition that was met in the base and is not any more, with the places that show it.

    title, unit: of the fact.
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


@dataclass(frozen=True, slots=True)
class Gate:
    """The decision. base: full commit id, "" where there is none to compare with.

    policy: its preset or file. changed: files of the gate itself that the change edits; they take
    effect once they are in the base.
    """

    head: str
    base: str
    shallow: bool
    policy: str
    outcome: Outcome
    conditions: tuple[Judged, ...]
    new: tuple[Finding, ...]
    worsened: tuple[Worsened, ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A condition or a finding in one language, for the formats of CI systems.

    name: of the condition, or id of the rule. fingerprint: the same for the same finding in every
    run, unique within one; "" for conditions.
    """

    name: str
    text: str
    outcome: Outcome
    severity: Severity = "major"
    path: str = ""
    line: int = 0
    fingerprint: str = ""
