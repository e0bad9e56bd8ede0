"""The repositories that are followed."""

import re
import unicodedata
from itertools import count
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, insert, select

from assessor.errors import UsageError
from assessor.model.stored import EVERYWHERE, Project, Visitor
from assessor.store.events import note
from assessor.store.roles import require
from assessor.store.rows import project_row, seen
from assessor.store.schema import PROJECTS
from assessor.store.transactions import Store, alone, reading, writing
from assessor.store.words import LONG, NAME, moment, words

_SLUG = 40


def projects(store: Store, who: Visitor) -> tuple[Project, ...]:
    """Those that the visitor may see, by name."""
    with reading(store) as db:
        asked = select(PROJECTS).where(seen(who, PROJECTS.c.id))
        found = [project_of(row) for row in db.execute(asked)]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def project(store: Store, who: Visitor, id_: str) -> Project:
    """The project. Raises DeniedError where the visitor may not see it."""
    with reading(store) as db:
        return project_of(project_row(db, who, project=id_, role="viewer"))


def add_project(store: Store, who: Visitor, *, name: str, location: str, now: str) -> Project:
    """The project at that location, a new one unless it is followed already.

    Wants an assessor of everything. Raises UsageError for a location with a password in it.
    """
    require(who, EVERYWHERE, "assessor")
    named = words(name, what="the name", most=NAME)
    place = located(location)
    with writing(store) as db:
        return made(db, who, Project("", named, place, now))


def located(location: str) -> str:
    """The location as it may be stored. Raises UsageError for one with a user in it."""
    place = words(location, what="the location", most=LONG)
    if "://" in place and "@" in urlsplit(place).netloc:
        raise UsageError("the location names a user; leave out what stands before the `@`.")
    return place


def made(db: Connection, who: Visitor, wanted: Project) -> Project:
    """The project at that location, else a new one whose id comes from its name."""
    alone(db, PROJECTS)
    known = at_location(db, wanted.location)
    if known is not None:
        return known
    new = Project(_slug(db, wanted.name), wanted.name, wanted.location, moment(wanted.made_at))
    db.execute(
        insert(PROJECTS).values(
            id=new.id, name=new.name, location=new.location, made_at=new.made_at
        )
    )
    note(db, who.name, project=new.id, action="project.added", subject=new.id, now=new.made_at)
    return new


def at_location(db: Connection, location: str) -> Project | None:
    """The project that is followed there."""
    found = db.execute(select(PROJECTS).where(PROJECTS.c.location == location)).one_or_none()
    return None if found is None else project_of(found)


def project_of(row: Row[tuple[object, ...]]) -> Project:
    """A project."""
    return Project(id=row.id, name=row.name, location=row.location, made_at=row.made_at)


def _slug(db: Connection, name: str) -> str:
    """A readable id that nobody has yet."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    base = re.sub(r"[\W_]+", "-", plain)[:_SLUG].strip("-") or "project"
    taken = set(db.execute(select(PROJECTS.c.id)).scalars())
    if base not in taken:
        return base
    return next(new for n in count(2) if (new := f"{base}-{n}") not in taken)
