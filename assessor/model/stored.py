"""What the store holds, as those who ask for it see it. Times are ISO 8601 in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessor.model.basis import Scalar
from assessor.model.decisions import Attestation, Constraints
from assessor.model.gate import Waiver

Role = Literal["viewer", "assessor", "approver", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "assessor", "approver", "admin")  # each may all of the former
EVERYWHERE = "*"
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
JobKind = Literal["audit", "trend"]
FINISHED: frozenset[JobState] = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. roles: id of a project, or `*` for all of them -> what they may there."""

    name: str
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Project:
    """A repository that is followed. location: a folder, or an https address."""

    id: str
    name: str
    location: str
    made_at: str


@dataclass(frozen=True, slots=True)
class PackFigures:
    """A standard in a run's figures."""

    id: str
    claimable: int | None
    indicative: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A run in figures, to be listed without reading its assessment.

    coverage: of the readable files. modularity, across: of the shown cut; across: share of the
    calls between services. findings: open places by severity.
    """

    packs: tuple[PackFigures, ...]
    coverage: float
    units: int
    services: int
    modularity: float | None
    across: float | None
    cycles: int
    findings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunHead:
    """A stored run without its assessment.

    revision: full commit id, "" for a folder. digest: SHA-256 of the assessment as JSON.
    """

    id: str
    project: str
    revision: str
    revision_time: str
    made_at: str
    made_by: str
    digest: str
    rules: str
    tool: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class SavedPartition:
    """A what-if that somebody saved. base: the run that it was made on.

    services: service -> its units; units of no service are shared. version: counts the saves of
    that name, from 1. accepted: new audits respect its constraints.
    """

    id: str
    project: str
    base: str
    name: str
    version: int
    services: Mapping[str, tuple[str, ...]]
    constraints: Constraints
    made_at: str
    made_by: str
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class StoredAttestation:
    """An attestation in the store. withdrawn_by: "" = it stands."""

    attestation: Attestation
    project: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class StoredWaiver:
    """A waiver in the store; its `place` is `store:<id>`. It counts once it has an approver."""

    id: str
    project: str
    waiver: Waiver
    made_at: str
    made_by: str
    withdrawn_by: str = ""
    approved_at: str = ""
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that goes on outside of the browser.

    options: what to assess and how, by name. stage, done, total: how far it is. attempts: how
    often it was begun. note: why it failed or was begun anew, one sentence. run: what came of it.
    """

    id: str
    project: str
    kind: JobKind
    options: Mapping[str, Scalar]
    state: JobState
    stage: str
    done: int
    total: int
    attempts: int
    note: str
    run: str
    made_at: str
    made_by: str
    beat_at: str
    cancelling: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about a subject: `rule:CTR-02`, `service:order`, `unit:src/A.java`."""

    id: str
    project: str
    subject: str
    text: str
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history of a project: who did what to which subject, and when."""

    id: int
    project: str
    at: str
    person: str
    action: str
    subject: str
    detail: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person may. project: `*` = every project."""

    person: str
    project: str
    role: Role


@dataclass(frozen=True, slots=True)
class Point:
    """A past revision in figures, for the trend. label: the tag, or the date that was asked for.

    fit: share of the references between source units, there and then, that stay inside one of
    the services that are proposed now; changes: the same share of pairs that change together.
    None where there is none to share.
    """

    label: str
    revision: str
    revision_time: str
    figures: Figures
    fit: float | None
    changes: float | None
