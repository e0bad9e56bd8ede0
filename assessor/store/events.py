"""The history of who did what. Lines are only ever added; the database refuses the rest."""

from collections.abc import Mapping

from sqlalchemy import Connection, Row, insert, select

from assessor.model.basis import Scalar
from assessor.model.stored import EVERYWHERE, Event, Visitor
from assessor.store.roles import require
from assessor.store.rows import page, project_row
from assessor.store.schema import EVENTS
from assessor.store.transactions import Store, reading


def events(store: Store, who: Visitor, *, project: str, limit: int = 200) -> tuple[Event, ...]:
    """The newest lines of the project's history, newest first.

    project: `*` = what concerns the store as a whole, which is for its admins.
    """
    with reading(store) as db:
        if project == EVERYWHERE:
            require(who, project, "admin")
        else:
            project_row(db, who, project=project, role="viewer")
        asked = select(EVENTS).where(EVENTS.c.project == project)
        found = db.execute(asked.order_by(EVENTS.c.serial.desc()).limit(page(limit)))
        return tuple(event_of(row) for row in found)


def note(
    db: Connection,
    person: str,
    *,
    project: str,
    action: str,
    subject: str,
    now: str,
    detail: Mapping[str, Scalar] | None = None,
) -> None:
    """Adds a line within the transaction that does what it tells."""
    db.execute(
        insert(EVENTS).values(
            project=project,
            at=now,
            person=person,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )
    )


def event_of(row: Row[tuple[object, ...]]) -> Event:
    """A line of the history."""
    return Event(
        id=row.serial,
        project=row.project,
        at=row.at,
        person=row.person,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
    )
