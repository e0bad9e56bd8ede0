"""Past revisions in figures, for the trend."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from assessor.model.stored import Point, Visitor
from assessor.render.to_json import plain
from assessor.store import jobs
from assessor.store.events import note
from assessor.store.rows import project_row
from assessor.store.schema import POINTS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import moment

_POINT: TypeAdapter[Point] = TypeAdapter(Point)


def save_points(
    store: Store,
    who: Visitor,
    *,
    project: str,
    points: Sequence[Point],
    now: str,
    job: str = "",
) -> None:
    """Stores the trend in place of the one before, whose fit was to other services.

    Wants an assessor. Raises UsageError, and stores nothing, for a job that was stopped meanwhile.
    """
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        person = jobs.maker(db, job, project=project) if job else who.name
        db.execute(delete(POINTS).where(POINTS.c.project == project))
        add_points(db, project, points=points)
        detail = {"points": len(points)}
        note(
            db,
            person,
            project=project,
            action="trend.saved",
            subject=project,
            now=moment(now),
            detail=detail,
        )
        if job:
            jobs.done(db, job)


def points(store: Store, who: Visitor, *, project: str) -> tuple[Point, ...]:
    """The trend of the project, oldest revision first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        return points_of(db, project)


def points_of(db: Connection, project: str) -> tuple[Point, ...]:
    """The trend of the project, oldest revision first."""
    asked = select(POINTS).where(POINTS.c.project == project)
    found = db.execute(asked.order_by(POINTS.c.revision_time, POINTS.c.serial))
    return tuple(_POINT.validate_python(row.point) for row in found)


def add_points(db: Connection, project: str, *, points: Sequence[Point]) -> None:
    """Writes the points."""
    rows = [
        {"project": project, "revision_time": each.revision_time, "point": plain(each)}
        for each in points
    ]
    if rows:
        db.execute(insert(POINTS), rows)
