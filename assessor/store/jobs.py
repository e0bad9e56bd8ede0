"""Work to be done: who asked for it, who does it, how far it is."""

from collections.abc import Mapping
from typing import get_args

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from assessor.collect.documents import brief
from assessor.errors import UsageError
from assessor.model.basis import Scalar
from assessor.model.stored import FINISHED, Job, JobKind, JobState, Visitor
from assessor.store.events import note as noted
from assessor.store.roles import SYSTEM
from assessor.store.rows import MOST, owned, project_row, seen
from assessor.store.schema import JOBS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import LINE, fresh, moment

BEGUN_ANEW = "It was begun anew, as whoever worked on it stopped without a word."
GIVEN_UP = "It was begun {attempts} times, and each time stopped without a word."
_OPEN = JOBS.c.state.in_(["queued", "running"])
Row_ = Row[tuple[object, ...]]


def submit(
    store: Store,
    who: Visitor,
    *,
    project: str,
    kind: JobKind,
    options: Mapping[str, Scalar],
    now: str,
) -> Job:
    """A job in the queue; the one that is there if an equal one still waits in it.

    One that runs has read already what people decided up to now, or is being stopped.
    """
    if kind not in get_args(JobKind):
        raise ValueError(f"{kind} is no kind of job")
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        waits = and_(JOBS.c.state == "queued", JOBS.c.cancelling.is_(False))
        wanted = and_(JOBS.c.project == project, JOBS.c.kind == kind, waits)
        same = and_(wanted, JOBS.c.options == dict(options))
        known = db.execute(select(JOBS).where(same).order_by(JOBS.c.serial)).first()
        if known is not None:
            return job_of(known)
        new = {
            "id": fresh(),
            "project": project,
            "kind": kind,
            "options": dict(options),
            "state": "queued",
            "done": 0,
            "total": 0,
            "attempts": 0,
            "made_at": moment(now),
            "made_by": who.name,
            "cancelling": False,
        }
        made = db.execute(insert(JOBS).values(**new).returning(*JOBS.c)).one()
        noted(db, who.name, project=project, action=f"{kind}.asked", subject=made.id, now=now)
        return job_of(made)


def job(store: Store, who: Visitor, id_: str) -> Job:
    """The job. Raises DeniedError where the visitor may not see it."""
    with reading(store) as db:
        return job_of(owned(db, who, table=JOBS, id_=id_, what="job"))


def jobs(
    store: Store, who: Visitor, *, project: str = "", open_only: bool = False
) -> tuple[Job, ...]:
    """The jobs of the project, newest first; "" = of all that the visitor may see."""
    asked = select(JOBS).where(seen(who, JOBS.c.project)).order_by(JOBS.c.serial.desc())
    with reading(store) as db:
        if project:
            project_row(db, who, project=project, role="viewer")
            asked = asked.where(JOBS.c.project == project)
        if open_only:
            asked = asked.where(_OPEN)
        return tuple(job_of(row) for row in db.execute(asked.limit(MOST)))


def claim(store: Store, *, now: str, stale: str, attempts: int = 3) -> Job | None:
    """The oldest job to be done, which is the caller's from now on; None = there is none.

    stale: a running job that gave no sign since then counts as left behind, and is given out
    again up to so many `attempts`; after that it has failed. One that was to be cancelled is.
    """
    moment(now)
    while True:
        with writing(store) as db:
            left = and_(JOBS.c.state == "running", JOBS.c.beat_at < moment(stale))
            asked = select(JOBS).where(or_(JOBS.c.state == "queued", left)).order_by(JOBS.c.serial)
            found = db.execute(asked.limit(1).with_for_update(skip_locked=True)).one_or_none()
            if found is None:
                return None
            if found.cancelling:
                _end(db, found, state="cancelled", said="", now=now)
            elif found.attempts >= attempts:
                said = GIVEN_UP.format(attempts=found.attempts)
                _end(db, found, state="failed", said=said, now=now)
            else:
                return _begun(db, found, now=now)


def beat(
    store: Store,
    id_: str,
    *,
    stage: str,
    done: int,
    total: int,
    now: str,
    attempt: int | None = None,
) -> bool:
    """Tells how far a running job is. False: it is not to go on, or somebody else has it now.

    attempt: `attempts` of the job as it was claimed, which tells whose it is.
    """
    told = {"stage": stage, "done": done, "total": total, "beat_at": moment(now)}
    mine = and_(JOBS.c.id == id_, JOBS.c.state == "running", JOBS.c.cancelling.is_(False))
    if attempt is not None:
        mine = and_(mine, JOBS.c.attempts == attempt)
    with writing(store) as db:
        return db.execute(update(JOBS).where(mine).values(**told)).rowcount == 1


def cancel(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Stops a job: at once if nobody works on it, else at its next sign; a finished one stays.

    Wants an assessor of the project.
    """
    with writing(store) as db:
        found = owned(db, who, table=JOBS, id_=id_, what="job", role="assessor", lock=True)
        if found.state == "queued":
            _end(db, found, state="cancelled", said="", now=now, person=who.name)
        elif found.state == "running" and not found.cancelling:
            db.execute(update(JOBS).where(JOBS.c.id == id_).values(cancelling=True))
            action = f"{found.kind}.stopped"
            noted(db, who.name, project=found.project, action=action, subject=id_, now=now)


def finish(
    store: Store,
    id_: str,
    *,
    state: JobState,
    note: str,
    now: str,
    attempt: int | None = None,
) -> None:
    """Ends a job that is not finished yet, and says why; one that somebody else has stays."""
    if state not in FINISHED:
        raise ValueError(f"{state} is no end")
    with writing(store) as db:
        asked = select(JOBS).where(JOBS.c.id == id_, _OPEN).with_for_update()
        found = db.execute(asked).one_or_none()
        if found is not None and attempt in {None, found.attempts}:
            _end(db, found, state=state, said=note, now=now)


def maker(db: Connection, id_: str, *, project: str) -> str:
    """Who asked for the job, which stays as it is until its results are stored.

    Raises UsageError where it was stopped meanwhile, or is none of the project.
    """
    found = db.execute(select(JOBS).where(JOBS.c.id == id_).with_for_update()).one_or_none()
    if found is None or found.project != project:
        raise UsageError(f"there is no job {brief(id_)} of that project.")
    if found.state not in {"running", "done"}:
        raise UsageError(f"job {id_} is {found.state}; its results are not stored.")
    return str(found.made_by)


def done(db: Connection, id_: str, *, run: str = "") -> None:
    """Marks the job as done within the transaction that stores what came of it."""
    ended = {"state": "done", "run": run, "cancelling": False}
    db.execute(update(JOBS).where(JOBS.c.id == id_).values(**ended))


def job_of(row: Row_) -> Job:
    """A job."""
    return Job(
        id=row.id,
        project=row.project,
        kind=row.kind,
        options=row.options,
        state=row.state,
        stage=row.stage,
        done=row.done,
        total=row.total,
        attempts=row.attempts,
        note=row.note,
        run=row.run,
        made_at=row.made_at,
        made_by=row.made_by,
        beat_at=row.beat_at,
        cancelling=row.cancelling,
    )


def _begun(db: Connection, row: Row_, *, now: str) -> Job:
    told = {
        "state": "running",
        "stage": "",
        "done": 0,
        "total": 0,
        "attempts": row.attempts + 1,
        "note": BEGUN_ANEW if row.attempts else "",
        "beat_at": now,
    }
    changed = update(JOBS).where(JOBS.c.id == row.id).values(**told).returning(*JOBS.c)
    return job_of(db.execute(changed).one())


def _end(
    db: Connection, row: Row_, *, state: JobState, said: str, now: str, person: str = SYSTEM.name
) -> None:
    short = "".join(each if each.isprintable() else " " for each in said)[:LINE]
    ended = {"state": state, "note": short, "cancelling": False, "beat_at": moment(now)}
    db.execute(update(JOBS).where(JOBS.c.id == row.id).values(**ended))
    action = f"{row.kind}.{state}"
    noted(db, person, project=row.project, action=action, subject=row.id, now=now)
