"""Accepted gaps: asked for, approved by a second person, withdrawn."""

from dataclasses import replace
from datetime import date
from typing import get_args

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, select, update

from assessor.collect.documents import brief
from assessor.errors import DeniedError, UsageError
from assessor.model.basis import Location
from assessor.model.gate import Waiver, WaiverReason
from assessor.model.stored import StoredWaiver, Visitor
from assessor.render.to_json import plain
from assessor.store.events import note
from assessor.store.roles import may, require
from assessor.store.rows import owned, project_row
from assessor.store.schema import WAIVERS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import LINE, LONG, NAME, day, fresh, last_day, moment, words

_WAIVER: TypeAdapter[Waiver] = TypeAdapter(Waiver)
Row_ = Row[tuple[object, ...]]


def waive(store: Store, who: Visitor, *, project: str, waiver: Waiver, now: str) -> StoredWaiver:
    """The waiver, which counts once somebody else approves it, twelve months at most.

    Wants an assessor. Where it is written, who approved it and whether it stands in the code is
    not taken from it. Raises UsageError for what says too little or too much.
    """
    wanted = StoredWaiver(
        id=fresh(),
        project=project,
        waiver=_checked(waiver, owner=waiver.owner or who.name, today=day(now)),
        made_at=moment(now),
        made_by=who.name,
    )
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        made = waiver_of(add_waiver(db, wanted))
        _noted(db, who, made, action="waiver.asked", now=now)
        return made


def approve_waiver(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Lets the waiver count. Wants an approver who neither asked for it nor owns it."""
    with writing(store) as db:
        found = waiver_of(owned(db, who, table=WAIVERS, id_=id_, what="waiver", lock=True))
        if who.name in {found.made_by, found.waiver.owner}:
            raise DeniedError(
                f"{brief(who.name)} asked for this; somebody else has to approve it."
            )
        require(who, found.project, "approver")
        if found.withdrawn_by or found.waiver.approver:
            state = "was withdrawn" if found.withdrawn_by else "is approved already"
            raise UsageError(f"waiver {id_} {state}.")
        if date.fromisoformat(found.waiver.expires) < day(now):
            raise UsageError(f"waiver {id_} expired on {found.waiver.expires}; ask for it anew.")
        _change(db, id_, approver=who.name, approved_at=moment(now))
        _noted(db, who, found, action="waiver.approved", now=now)


def withdraw_waiver(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Takes a waiver back. By whoever asked for it, or an approver."""
    with writing(store) as db:
        found = waiver_of(owned(db, who, table=WAIVERS, id_=id_, what="waiver", lock=True))
        if found.made_by != who.name and not may(who, found.project, "approver"):
            raise DeniedError(
                f"{brief(who.name)} may not do this: it is for who asked, or an approver."
            )
        if found.withdrawn_by:
            raise UsageError(f"waiver {id_} was withdrawn before.")
        _change(db, id_, withdrawn_by=who.name, withdrawn_at=moment(now))
        _noted(db, who, found, action="waiver.withdrawn", now=now)


def waivers(store: Store, who: Visitor, *, project: str) -> tuple[StoredWaiver, ...]:
    """All that were ever asked for in the project, newest first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        asked = select(WAIVERS).where(WAIVERS.c.project == project)
        found = db.execute(asked.order_by(WAIVERS.c.serial.desc()))
        return tuple(waiver_of(row) for row in found)


def add_waiver(db: Connection, wanted: StoredWaiver) -> Row_:
    """The row of the waiver, as it was written."""
    row = {
        "id": wanted.id,
        "project": wanted.project,
        "waiver": plain(replace(wanted.waiver, approver="")),
        "approver": wanted.waiver.approver,
        "approved_at": wanted.approved_at,
        "made_at": wanted.made_at,
        "made_by": wanted.made_by,
        "withdrawn_by": wanted.withdrawn_by,
        "withdrawn_at": wanted.withdrawn_at,
    }
    return db.execute(insert(WAIVERS).values(**row).returning(*WAIVERS.c)).one()


def waiver_of(row: Row_) -> StoredWaiver:
    """A waiver in the store."""
    written = _WAIVER.validate_python(row.waiver)
    return StoredWaiver(
        id=row.id,
        project=row.project,
        waiver=replace(written, approver=row.approver, place=Location(f"store:{row.id}")),
        made_at=row.made_at,
        made_by=row.made_by,
        withdrawn_by=row.withdrawn_by,
        approved_at=row.approved_at,
        withdrawn_at=row.withdrawn_at,
    )


def _checked(wanted: Waiver, *, owner: str, today: date) -> Waiver:
    """The waiver as it may be stored."""
    if wanted.reason not in get_args(WaiverReason):
        raise UsageError(f"{brief(wanted.reason)} is no reason to waive.")
    return Waiver(
        rule=words(wanted.rule, what="the rule", most=NAME),
        reason=wanted.reason,
        text=words(wanted.text, what="the text", most=LONG),
        expires=last_day(wanted.expires, today=today),
        place=Location(""),
        path=wanted.path and words(wanted.path, what="the path"),
        resource=wanted.resource and words(wanted.resource, what="the resource"),
        owner=words(owner, what="the owner", most=LINE),
        ticket=wanted.ticket and words(wanted.ticket, what="the ticket"),
    )


def _change(db: Connection, id_: str, **values: str) -> None:
    db.execute(update(WAIVERS).where(WAIVERS.c.id == id_).values(**values))


def _noted(db: Connection, who: Visitor, row: StoredWaiver, *, action: str, now: str) -> None:
    detail = {"rule": row.waiver.rule}
    project, subject = row.project, row.id
    note(db, who.name, project=project, action=action, subject=subject, now=now, detail=detail)
