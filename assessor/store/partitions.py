"""What-if cuts that people saved, and the one that they agreed on."""

from collections.abc import Mapping

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from assessor.errors import UsageError
from assessor.model.basis import Scalar
from assessor.model.decisions import Constraints
from assessor.model.stored import SavedPartition, Visitor
from assessor.render.to_json import plain
from assessor.store.events import note
from assessor.store.rows import owned, project_row
from assessor.store.schema import ACCEPTED, PARTITIONS, RUNS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import NAME, fresh, moment, words

_CONSTRAINTS: TypeAdapter[Constraints] = TypeAdapter(Constraints)
Row_ = Row[tuple[object, ...]]


def save_partition(
    store: Store,
    who: Visitor,
    *,
    project: str,
    base: str,
    name: str,
    services: Mapping[str, tuple[str, ...]],
    constraints: Constraints,
    now: str,
) -> SavedPartition:
    """The cut under that name; the name's next version if there is one. Wants an assessor.

    Raises UsageError if its base is no run of the project.
    """
    wanted = SavedPartition(
        id=fresh(),
        project=project,
        base=base,
        name=words(name, what="the name", most=NAME),
        version=1,
        services=services,
        constraints=constraints,
        made_at=moment(now),
        made_by=who.name,
    )
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        if owned(db, who, table=RUNS, id_=base, what="run").project != project:
            raise UsageError(f"run {base} is of another project.")
        made = add_partition(db, wanted)
        _noted(db, who, made, action="partition.saved", now=now)
        return made


def partitions(store: Store, who: Visitor, *, project: str) -> tuple[SavedPartition, ...]:
    """All that were saved for the project, newest first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        return partitions_of(db, project)[::-1]


def partition(store: Store, who: Visitor, id_: str) -> SavedPartition:
    """The partition. Raises DeniedError where the visitor may not see it."""
    with reading(store) as db:
        owned(db, who, table=PARTITIONS, id_=id_, what="partition")
        return _partition(db.execute(_asked().where(PARTITIONS.c.id == id_)).one())


def accept(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Makes it the accepted one of its project, in place of another. Wants an approver."""
    with writing(store) as db:
        row = owned(db, who, table=PARTITIONS, id_=id_, what="partition", role="approver")
        project_row(db, who, project=row.project, role="approver", lock=True)
        make_accepted(db, row.project, id_=id_)
        found = _partition(db.execute(_asked().where(PARTITIONS.c.id == id_)).one())
        _noted(db, who, found, action="partition.accepted", now=now)


def retract(store: Store, who: Visitor, *, project: str, now: str) -> None:
    """Leaves the project without an accepted partition. Wants an approver."""
    with writing(store) as db:
        project_row(db, who, project=project, role="approver", lock=True)
        found = _accepted(db, project)
        if found is not None:
            _retract(db, project)
            _noted(db, who, found, action="partition.retracted", now=now)


def accepted(store: Store, who: Visitor, *, project: str) -> SavedPartition | None:
    """The accepted partition of the project."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        return _accepted(db, project)


def partitions_of(db: Connection, project: str) -> tuple[SavedPartition, ...]:
    """All of the project, oldest first."""
    asked = _asked().where(PARTITIONS.c.project == project).order_by(PARTITIONS.c.serial)
    return tuple(_partition(row) for row in db.execute(asked))


def add_partition(db: Connection, wanted: SavedPartition) -> SavedPartition:
    """The partition, written as the next version of its name; it is not the accepted one yet."""
    same = (PARTITIONS.c.project == wanted.project, PARTITIONS.c.name == wanted.name)
    last = db.execute(select(func.max(PARTITIONS.c.version)).where(*same)).scalar() or 0
    row = {
        "id": wanted.id,
        "project": wanted.project,
        "base": wanted.base,
        "name": wanted.name,
        "version": last + 1,
        "services": plain(dict(wanted.services)),
        "constraints": plain(wanted.constraints),
        "made_at": wanted.made_at,
        "made_by": wanted.made_by,
    }
    db.execute(insert(PARTITIONS).values(**row))
    return _partition(db.execute(_asked().where(PARTITIONS.c.id == wanted.id)).one())


def make_accepted(db: Connection, project: str, *, id_: str) -> None:
    """Makes it the accepted one, in place of another."""
    _retract(db, project)
    db.execute(insert(ACCEPTED).values(project=project, partition=id_))


def _asked() -> Select[tuple[object, ...]]:
    same = ACCEPTED.c.partition == PARTITIONS.c.id
    mark = ACCEPTED.c.partition.is_not(None).label("accepted")
    return select(PARTITIONS, mark).outerjoin(ACCEPTED, same)


def _accepted(db: Connection, project: str) -> SavedPartition | None:
    asked = _asked().where(ACCEPTED.c.project == project)
    found = db.execute(asked).one_or_none()
    return None if found is None else _partition(found)


def _retract(db: Connection, project: str) -> None:
    db.execute(delete(ACCEPTED).where(ACCEPTED.c.project == project))


def _partition(row: Row_) -> SavedPartition:
    return SavedPartition(
        id=row.id,
        project=row.project,
        base=row.base,
        name=row.name,
        version=row.version,
        services={name: tuple(units) for name, units in row.services.items()},
        constraints=_CONSTRAINTS.validate_python(row.constraints),
        made_at=row.made_at,
        made_by=row.made_by,
        accepted=bool(row.accepted),
    )


def _noted(db: Connection, who: Visitor, row: SavedPartition, *, action: str, now: str) -> None:
    detail: dict[str, Scalar] = {"name": row.name, "version": row.version}
    project, subject = row.project, row.id
    note(db, who.name, project=project, action=action, subject=subject, now=now, detail=detail)
