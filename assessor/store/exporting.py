"""Projects with all that belongs to them as one JSON document."""

import base64
import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from assessor.model.stored import (
    EVERYWHERE,
    Comment,
    Event,
    Point,
    Project,
    RunHead,
    SavedPartition,
    StoredAttestation,
    StoredWaiver,
    Visitor,
)
from assessor.render.to_json import plain
from assessor.store import contents
from assessor.store.attestations import attestation_of
from assessor.store.comments import comment_of
from assessor.store.events import event_of
from assessor.store.partitions import partitions_of
from assessor.store.points import points_of
from assessor.store.projects import project_of
from assessor.store.roles import require
from assessor.store.rows import project_row
from assessor.store.runs import head_of
from assessor.store.schema import ATTESTATIONS, COMMENTS, EVENTS, PROJECTS, RUNS, WAIVERS
from assessor.store.transactions import Store, reading
from assessor.store.waivers import waiver_of

VERSION: Literal["1.0"] = "1.0"


@dataclass(frozen=True, slots=True)
class ExportedRun:
    """A run. assessment: its JSON, character for character. tables: name -> base64."""

    head: RunHead
    assessment: str
    tables: dict[str, str]


@dataclass(frozen=True, slots=True)
class ExportedProject:
    """A project with all that belongs to it, oldest first; neither its jobs nor who may what."""

    project: Project
    runs: tuple[ExportedRun, ...]
    partitions: tuple[SavedPartition, ...]
    attestations: tuple[StoredAttestation, ...]
    waivers: tuple[StoredWaiver, ...]
    comments: tuple[Comment, ...]
    events: tuple[Event, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The document."""

    schema_version: str
    projects: tuple[ExportedProject, ...]


def export(store: Store, who: Visitor, *, project: str = EVERYWHERE) -> bytes:
    """The project as JSON for another store, `*` = all of them. Wants an admin of it."""
    require(who, project, "admin")
    with reading(store) as db:
        if project == EVERYWHERE:
            rows = db.execute(select(PROJECTS).order_by(PROJECTS.c.id)).all()
        else:
            rows = [project_row(db, who, project=project, role="admin")]
        made = Exported(VERSION, tuple(_project(db, project_of(row)) for row in rows))
    text = json.dumps(plain(made), ensure_ascii=True, indent=1, sort_keys=True)
    return (text + "\n").encode("ascii")


def _project(db: Connection, project: Project) -> ExportedProject:
    id_ = project.id
    runs = db.execute(select(RUNS).where(RUNS.c.project == id_).order_by(RUNS.c.serial)).all()
    events = select(EVENTS).where(EVENTS.c.project == id_).order_by(EVENTS.c.serial)
    signed = select(ATTESTATIONS).where(ATTESTATIONS.c.project == id_)
    waived = select(WAIVERS).where(WAIVERS.c.project == id_)
    said = select(COMMENTS).where(COMMENTS.c.project == id_)
    return ExportedProject(
        project=project,
        runs=tuple(_run(db, head_of(row)) for row in runs),
        partitions=partitions_of(db, id_),
        attestations=tuple(
            map(attestation_of, db.execute(signed.order_by(ATTESTATIONS.c.serial)))
        ),
        waivers=tuple(map(waiver_of, db.execute(waived.order_by(WAIVERS.c.serial)))),
        comments=tuple(map(comment_of, db.execute(said.order_by(COMMENTS.c.serial)))),
        events=tuple(map(event_of, db.execute(events))),
        points=points_of(db, id_),
    )


def _run(db: Connection, head: RunHead) -> ExportedRun:
    tables = contents.read_tables(db, head.id)
    return ExportedRun(
        head=head,
        assessment=contents.read_assessment(db, head.id).decode("utf-8"),
        tables={name: base64.b64encode(raw).decode("ascii") for name, raw in tables.items()},
    )
