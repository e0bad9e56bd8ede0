"""What people decide about a repository: signed answers, and constraints on the services."""

from dataclasses import dataclass
from typing import Literal

# counts: it gives the fact its value. pending: a second person has not confirmed it yet.
AttestationState = Literal["counts", "pending", "expired", "withdrawn"]
ConstraintKind = Literal["pinned", "together", "apart"]


@dataclass(frozen=True, slots=True, order=True)
class Attestation:
    """A person's signed answer to what no file can prove.

    rule: the rule it was asked for. value: of the fact. role: the person's, in their own words.
    made_at: ISO 8601 in UTC. expires: ISO date, the last day. evidence: SHA-256 of what the rule's
    evidence was when it was signed (see `scoring.attesting.evidence_digest`). approver: who
    confirmed it, "" = nobody yet.
    """

    id: str
    rule: str
    fact: str
    value: float | int | bool
    statement: str
    person: str
    role: str
    made_at: str
    expires: str
    evidence: str
    approver: str = ""
    approved_at: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Attested:
    """An attestation and what came of it. stale: the rule's evidence is another one since."""

    attestation: Attestation
    state: AttestationState
    stale: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """A unit that people put into a service. anchor: the units of that service at the time.

    In another cut the service is the one that holds most of the anchor.
    """

    unit: str
    service: str
    anchor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a cut has to respect: pinned units, and pairs to keep together or apart; all sorted.

    A pair is in order. Units that are not there any more are passed over.
    """

    pinned: tuple[Pin, ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A constraint that a cut does not respect. a: the unit; b: the other unit, or the service."""

    kind: ConstraintKind
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that people decided and that an assessment takes into account."""

    attestations: tuple[Attested, ...] = ()
    constraints: Constraints = Constraints()


UNDECIDED = Decisions()
