"""Assessments over time, each with the tables that it was made from."""

from collections.abc import Mapping

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, func, insert, or_, select

from assessor.collect.saved import parse
from assessor.errors import UsageError
from assessor.model.assessment import Assessment
from assessor.model.stored import Figures, Project, RunHead, Visitor
from assessor.render.to_json import plain, to_json
from assessor.store import contents, jobs
from assessor.store.events import note
from assessor.store.figures import figures
from assessor.store.projects import project_of
from assessor.store.roles import require
from assessor.store.rows import owned, page, project_row, seen
from assessor.store.schema import PROJECTS, RUNS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import fresh, moment

__all__ = ["assessment", "before", "figures", "portfolio", "run", "runs", "save_run", "tables"]

_FIGURES: TypeAdapter[Figures] = TypeAdapter(Figures)
_NEWEST = (RUNS.c.made_at.desc(), RUNS.c.serial.desc())
Row_ = Row[tuple[object, ...]]


def save_run(
    store: Store,
    who: Visitor,
    *,
    project: str,
    assessment: Assessment,
    tables: Mapping[str, bytes],
    now: str,
    job: str = "",
    counted: Figures | None = None,
) -> RunHead:
    """The run, stored as a whole with the job that made it; the same one again is not repeated,
    but its tables are renewed where others are stored.

    counted: its figures, if better ones are known than the assessment gives. Raises UsageError,
    and stores nothing, for a job that was stopped meanwhile.
    """
    require(who, project, "assessor")
    content = to_json(assessment)
    rows = contents.packed(content, tables)
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        maker = jobs.maker(db, job, project=project) if job else who.name
        digest = contents.sha256(content)
        head = of_digest(db, project, digest=digest)
        if head is None:
            made = figures(assessment) if counted is None else counted
            head = head_from(assessment, made, project=project, digest=digest)
            head = add(db, head, made_at=moment(now), made_by=maker, rows=rows)
            note(db, maker, project=project, action="run.saved", subject=head.id, now=now)
        else:
            contents.renew(db, head.id, rows=rows)
        if job:
            jobs.done(db, job, run=head.id)
        return head


def runs(store: Store, who: Visitor, *, project: str, limit: int = 50) -> tuple[RunHead, ...]:
    """The runs of the project, newest first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        asked = select(RUNS).where(RUNS.c.project == project).order_by(*_NEWEST)
        return tuple(head_of(row) for row in db.execute(asked.limit(page(limit))))


def run(store: Store, who: Visitor, id_: str) -> RunHead:
    """The run. Raises DeniedError where the visitor may not see it."""
    with reading(store) as db:
        return head_of(owned(db, who, table=RUNS, id_=id_, what="run"))


def before(store: Store, who: Visitor, id_: str) -> RunHead | None:
    """The run of the same project before this one, None where it is the first."""
    with reading(store) as db:
        row = owned(db, who, table=RUNS, id_=id_, what="run")
        older = or_(
            RUNS.c.made_at < row.made_at,
            and_(RUNS.c.made_at == row.made_at, RUNS.c.serial < row.serial),
        )
        asked = select(RUNS).where(RUNS.c.project == row.project, older).order_by(*_NEWEST)
        found = db.execute(asked.limit(1)).one_or_none()
        return head_of(found) if found is not None else None


def portfolio(
    store: Store, who: Visitor, *, offset: int = 0, limit: int = 50
) -> tuple[tuple[Project, RunHead | None, RunHead | None], ...]:
    """The projects that the visitor may see, by name, each with its two newest runs."""
    asked = select(PROJECTS).where(seen(who, PROJECTS.c.id))
    ordered = asked.order_by(func.lower(PROJECTS.c.name), PROJECTS.c.id)
    with reading(store) as db:
        found = db.execute(ordered.offset(max(0, offset)).limit(page(limit)))
        shown = [project_of(row) for row in found]
        newest = _newest(db, [each.id for each in shown])
    return tuple((each, *newest.get(each.id, (None, None))) for each in shown)


def assessment(store: Store, who: Visitor, id_: str) -> Assessment:
    """The assessment of the run.

    Raises UsageError where it is not what was stored, or of a version that is not read any more.
    """
    with reading(store) as db:
        head = head_of(owned(db, who, table=RUNS, id_=id_, what="run"))
        content = contents.read_assessment(db, id_)
    if contents.sha256(content) != head.digest:
        raise UsageError(f"run {id_}: its assessment is another one; restore it from a backup.")
    return parse(content, place=f"run {id_}")


def tables(store: Store, who: Visitor, id_: str) -> dict[str, bytes]:
    """The tables of the run by name. Raises UsageError where one is not what was stored."""
    with reading(store) as db:
        owned(db, who, table=RUNS, id_=id_, what="run")
        return contents.read_tables(db, id_)


def add(
    db: Connection, head: RunHead, *, made_at: str, made_by: str, rows: list[dict[str, object]]
) -> RunHead:
    """The run, written with its contents; with a new id unless it has one."""
    row = {
        "id": head.id or fresh(),
        "project": head.project,
        "revision": head.revision,
        "revision_time": head.revision_time,
        "made_at": made_at,
        "made_by": made_by,
        "digest": head.digest,
        "rules": head.rules,
        "tool": head.tool,
        "figures": plain(head.figures),
    }
    written = db.execute(insert(RUNS).values(**row).returning(*RUNS.c)).one()
    contents.write(db, written.id, rows=rows)
    return head_of(written)


def head_of(row: Row_) -> RunHead:
    """A run without its assessment."""
    return RunHead(
        id=row.id,
        project=row.project,
        revision=row.revision,
        revision_time=row.revision_time,
        made_at=row.made_at,
        made_by=row.made_by,
        digest=row.digest,
        rules=row.rules,
        tool=row.tool,
        figures=_FIGURES.validate_python(row.figures),
    )


def head_from(found: Assessment, counted: Figures, *, project: str, digest: str) -> RunHead:
    """What stands in the assessment itself; no id yet, nor who made it when."""
    return RunHead(
        id="",
        project=project,
        revision=found.repository.revision,
        revision_time=found.repository.revision_time,
        made_at="",
        made_by="",
        digest=digest,
        rules=found.provenance.rules,
        tool=found.tool.version,
        figures=counted,
    )


def of_digest(db: Connection, project: str, *, digest: str) -> RunHead | None:
    """The run of the project with that assessment."""
    asked = select(RUNS).where(RUNS.c.project == project, RUNS.c.digest == digest)
    found = db.execute(asked).one_or_none()
    return None if found is None else head_of(found)


def _newest(db: Connection, projects: list[str]) -> dict[str, tuple[RunHead, RunHead | None]]:
    """Project -> its newest run and the one before."""
    place = func.row_number().over(partition_by=RUNS.c.project, order_by=_NEWEST).label("place")
    numbered = select(RUNS, place).where(RUNS.c.project.in_(projects)).subquery()
    asked = select(numbered).where(numbered.c.place <= 2)  # noqa: PLR2004 - the two newest
    found: dict[str, list[RunHead]] = {}
    for row in db.execute(asked.order_by(numbered.c.project, numbered.c.place)):
        found.setdefault(row.project, []).append(head_of(row))
    return {each: (two[0], two[1] if len(two) > 1 else None) for each, two in found.items()}
