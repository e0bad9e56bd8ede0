"""Projects of another store, taken in; their document is as untrusted as a repository."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, select

from assessor.collect.documents import Kind, brief, document
from assessor.collect.saved import parse
from assessor.errors import UsageError
from assessor.model.stored import (
    EVERYWHERE,
    Comment,
    Event,
    Project,
    RunHead,
    SavedPartition,
    StoredAttestation,
    StoredWaiver,
    Visitor,
)
from assessor.store import contents
from assessor.store.attestations import add_attestation
from assessor.store.comments import about, add_comment
from assessor.store.events import note
from assessor.store.exporting import VERSION, Exported, ExportedProject, ExportedRun
from assessor.store.partitions import add_partition, make_accepted
from assessor.store.points import add_points, points_of
from assessor.store.projects import at_location, located, made
from assessor.store.roles import require
from assessor.store.runs import add, head_from, of_digest
from assessor.store.schema import ACCEPTED, ATTESTATIONS, COMMENTS, PARTITIONS, RUNS, WAIVERS
from assessor.store.transactions import Store, writing
from assessor.store.waivers import add_waiver
from assessor.store.words import LINE, LONG, NAME, day, fresh, last_day, told, words

LARGEST = 1 << 30
KIND = Kind(
    name="export of a store",
    anew="write it anew with `assessor store export`",
    version=VERSION,
    largest=LARGEST,
)
_EXPORTED: TypeAdapter[Exported] = TypeAdapter(Exported)
_TABLE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
_ID = re.compile(r"[0-9a-f]{12}")
_ACTION = re.compile(r"[a-z]+\.[a-z]+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that was checked, and the rows of its contents."""

    old: str
    head: RunHead
    rows: list[dict[str, object]]


def import_(store: Store, who: Visitor, content: bytes, *, now: str) -> dict[str, int]:
    """How many projects, runs and decisions came in from an export; what is there stays as it is.

    All of it is stored or nothing. A project is the same if its location is. Wants an admin of
    everything. Raises UsageError with what is wrong in the document.
    """
    require(who, EVERYWHERE, "admin")
    if len(content) > LARGEST:
        raise UsageError(f"the export is larger than {LARGEST >> 20} MiB.")
    found: Exported = document(content, KIND, adapter=_EXPORTED, place="the export")
    checked = [(_checked(each), [_run(run) for run in each.runs]) for each in found.projects]
    counts: Counter[str] = Counter()
    with writing(store) as db:
        for each, runs in checked:
            counts += _taken(db, who, each, runs=runs, now=now)  # keeps what is not 0
        subject, detail = "store", dict(counts)
        action = "store.imported"
        note(db, who.name, project="*", action=action, subject=subject, now=now, detail=detail)
    return dict(sorted(counts.items()))


def _taken(
    db: Connection, who: Visitor, each: ExportedProject, *, runs: Iterable[_Run], now: str
) -> Counter[str]:
    """Writes what is not there yet and counts it."""
    known = at_location(db, each.project.location)
    project = known or made(db, who, replace(each.project, made_at=now))
    added = Counter(projects=int(known is None))
    ids: dict[str, str] = {}
    for run in runs:
        ids[run.old], new = _written(db, run, project=project)
        added["runs"] += new
    added["partitions"] += _partitions(db, each.partitions, project=project.id, runs=ids)
    for one in _new(db, ATTESTATIONS, {a.attestation.id: a for a in each.attestations}):
        add_attestation(db, replace(one, project=project.id))
        added["attestations"] += 1
    for waiver in _new(db, WAIVERS, {each.id: each for each in each.waivers}):
        add_waiver(db, replace(waiver, project=project.id))
        added["waivers"] += 1
    for comment in _new(db, COMMENTS, {each.id: each for each in each.comments}):
        add_comment(db, replace(comment, project=project.id))
        added["comments"] += 1
    if not points_of(db, project.id):
        add_points(db, project.id, points=each.points)
    if known is None:
        _history(db, each.events, project=project.id)
    return added


def _written(db: Connection, run: _Run, *, project: Project) -> tuple[str, bool]:
    """The id of the run here, and whether it was not there before."""
    known = of_digest(db, project.id, digest=run.head.digest)
    if known is not None:
        return known.id, False
    taken = db.execute(select(RUNS.c.id).where(RUNS.c.id == run.old)).first() is not None
    head = replace(run.head, project=project.id, id=fresh() if taken else run.old)
    return add(db, head, made_at=head.made_at, made_by=head.made_by, rows=run.rows).id, True


def _partitions(
    db: Connection, every: Iterable[SavedPartition], *, project: str, runs: Mapping[str, str]
) -> int:
    """Writes those whose run came along; the accepted one is so here unless there is another."""
    count = 0
    for each in _new(db, PARTITIONS, {each.id: each for each in every}):
        if each.base not in runs:
            raise UsageError(f"the export: partition {each.id} is of a run that is not in it.")
        add_partition(db, replace(each, project=project, base=runs[each.base]))
        agreed = select(ACCEPTED).where(ACCEPTED.c.project == project)
        if each.accepted and db.execute(agreed).first() is None:
            make_accepted(db, project, id_=each.id)
        count += 1
    return count


def _new(db: Connection, table: Table, found: Mapping[str, T]) -> list[T]:
    """Those whose id is not there yet, in their order."""
    known = set(db.execute(select(table.c.id)).scalars())
    return [each for id_, each in found.items() if id_ not in known]


def _history(db: Connection, events: Iterable[Event], *, project: str) -> None:
    """The history of a project that was not known here, as it was written there."""
    for each in events:
        note(
            db,
            each.person,
            project=project,
            action=each.action,
            subject=each.subject,
            now=each.at,
            detail=each.detail,
        )


def _run(found: ExportedRun) -> _Run:
    """The run, from what its assessment says and not from what is said of it."""
    content = found.assessment.encode("utf-8", "backslashreplace")
    id_ = _id(found.head.id)
    assessment = parse(content, place=f"run {id_}")
    digest = contents.sha256(content)
    if digest != found.head.digest:
        raise UsageError(f"the export: run {id_} has another digest than it should.")
    head = head_from(assessment, found.head.figures, project="", digest=digest)
    for text in (head.revision, head.revision_time, head.rules, head.tool):
        _optional(text)
    made_by = words(found.head.made_by, what="who made a run")
    head = replace(head, made_at=told(found.head.made_at), made_by=made_by)
    tables = {_table(name): _decoded(raw) for name, raw in found.tables.items()}
    return _Run(id_, head, contents.packed(content, tables))


def _checked(each: ExportedProject) -> ExportedProject:
    """The same, trimmed. Raises UsageError for what a person could not have written."""
    project = replace(
        each.project,
        name=words(each.project.name, what="the name", most=NAME),
        location=located(each.project.location),
    )
    for partition in each.partitions:
        words(partition.name, what="the name", most=NAME)
        _stamp(partition.id, partition.made_by, partition.made_at)
    for attestation in each.attestations:
        _attestation(attestation)
    for waiver in each.waivers:
        _waiver(waiver)
    for comment in each.comments:
        _comment(comment)
    for event in each.events:
        if not _ACTION.fullmatch(event.action):
            raise UsageError(f"the export: {brief(event.action)} is no action.")
        words(event.person, what="a person")
        told(event.at)
    for point in each.points:
        for text in (point.label, point.revision):
            words(text, what="a past revision")
        told(point.revision_time)
    return replace(each, project=project)


def _attestation(each: StoredAttestation) -> None:
    signed = each.attestation
    _stamp(signed.id, signed.person, signed.made_at)
    for text in (signed.rule, signed.fact, signed.role):
        words(text, what="an attestation", most=NAME)
    words(signed.statement, what="a statement", most=LONG)
    last_day(signed.expires, today=day(signed.made_at))
    for text in (signed.evidence, signed.approver, each.withdrawn_by):
        _optional(text)
    for text in (signed.approved_at, each.withdrawn_at):
        _ = text and told(text)


def _waiver(each: StoredWaiver) -> None:
    _stamp(each.id, each.made_by, each.made_at)
    words(each.waiver.text, what="a waiver", most=LONG)
    last_day(each.waiver.expires, today=day(each.made_at))
    said = each.waiver
    for text in (said.rule, said.path, said.resource, said.owner, said.ticket, said.approver):
        _optional(text)
    _optional(each.withdrawn_by)
    for text in (each.approved_at, each.withdrawn_at):
        _ = text and told(text)


def _comment(each: Comment) -> None:
    _stamp(each.id, each.made_by, each.made_at)
    words(each.text, what="a comment", most=LONG)
    about(each.subject)


def _stamp(id_: str, person: str, at: str) -> None:
    _id(id_)
    words(person, what="a person", most=LINE)
    told(at)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise UsageError(f"the export: {brief(text)} is no id.")
    return text


def _optional(text: str) -> None:
    _ = text and words(text, what="the export", most=LINE)


def _table(name: str) -> str:
    if not _TABLE.fullmatch(name) or name == contents.ASSESSMENT:
        raise UsageError(f"the export: {brief(name)} is no table.")
    return name


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UsageError("the export: a table is no base64.") from None
