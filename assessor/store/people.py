"""Visitors and what they were granted."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from assessor.collect.documents import brief
from assessor.errors import UsageError
from assessor.model.stored import EVERYWHERE, ROLES, Grant, Role, Visitor
from assessor.store.events import note
from assessor.store.roles import SYSTEM, may, require, role_in
from assessor.store.rows import project_row
from assessor.store.schema import GRANTS
from assessor.store.transactions import Store, alone, reading, writing
from assessor.store.words import LINE, moment, words

__all__ = ["SYSTEM", "grant", "grants", "may", "require", "revoke", "role_in", "visitor"]


def visitor(store: Store, name: str) -> Visitor:
    """The person with all roles that were granted; none to somebody unknown."""
    with reading(store) as db:
        found = db.execute(select(GRANTS).where(GRANTS.c.person == name))
        return Visitor(name, {row.project: row.role for row in found if row.role in ROLES})


def grants(store: Store, who: Visitor) -> tuple[Grant, ...]:
    """The visitor's own grants, and all of the projects whose admin he is, sorted."""
    with reading(store) as db:
        found = _all(db)
    shown = (g for g in found if g.person == who.name or may(who, g.project, "admin"))
    return tuple(shown)


def grant(store: Store, who: Visitor, *, person: str, project: str, role: Role, now: str) -> None:
    """Gives the person that role in the project, `*` = in all of them, in place of another.

    Wants an admin of it. Raises UsageError where nobody would be left as admin of `*`.
    """
    if role not in ROLES:
        raise UsageError(f"{brief(role)} is no role; there are: {', '.join(ROLES)}.")
    name = words(person, what="the person", most=LINE)
    with writing(store) as db:
        _admin(db, who, project=project)
        alone(db, GRANTS)
        if role != "admin":
            _spare(_locked(db), person=name, project=project)
        _remove(db, person=name, project=project)
        db.execute(insert(GRANTS).values(person=name, project=project, role=role))
        note(
            db,
            who.name,
            project=project,
            action="role.granted",
            subject=name,
            now=moment(now),
            detail={"role": role},
        )


def revoke(store: Store, who: Visitor, *, person: str, project: str, now: str) -> None:
    """Takes the person's role there away. Raises as `grant` does, and where there is none."""
    with writing(store) as db:
        _admin(db, who, project=project)
        _spare(_locked(db), person=person, project=project)
        if not _remove(db, person=person, project=project):
            raise UsageError(f"{brief(person)} has no role in {brief(project)}.")
        action = "role.revoked"
        note(db, who.name, project=project, action=action, subject=person, now=moment(now))


def _admin(db: Connection, who: Visitor, *, project: str) -> None:
    """Raises DeniedError unless the visitor is admin there, UsageError for no such project."""
    if project == EVERYWHERE:
        require(who, project, "admin")
    else:
        project_row(db, who, project=project, role="admin", lock=True)


def _spare(admins: Sequence[str], *, person: str, project: str) -> None:
    """Raises UsageError where the person is the only one who is admin of everything."""
    if project == EVERYWHERE and list(admins) == [person]:
        raise UsageError(f"{brief(person)} is the last admin; make somebody else one first.")


def _locked(db: Connection) -> list[str]:
    """The admins of everything, whom nobody else changes before this is over."""
    asked = select(GRANTS).where(GRANTS.c.project == EVERYWHERE).order_by(GRANTS.c.person)
    return [row.person for row in db.execute(asked.with_for_update()) if row.role == "admin"]


def _remove(db: Connection, *, person: str, project: str) -> int:
    gone = delete(GRANTS).where(GRANTS.c.person == person, GRANTS.c.project == project)
    return db.execute(gone).rowcount


def _all(db: Connection) -> list[Grant]:
    found = db.execute(select(GRANTS).order_by(GRANTS.c.project, GRANTS.c.person))
    return [Grant(row.person, row.project, row.role) for row in found]
