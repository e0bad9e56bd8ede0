"""Rows that a visitor asks for, found only where he may see them."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, select, true

from assessor.collect.documents import brief
from assessor.errors import UsageError
from assessor.model.stored import EVERYWHERE, Role, Visitor
from assessor.store.roles import hidden, may, require
from assessor.store.schema import PROJECTS

MOST = 1000  # rows of a page


def seen(who: Visitor, column: Column[Any]) -> ColumnElement[bool]:
    """The condition that a row is of a project that the visitor may see."""
    if may(who, EVERYWHERE, "viewer"):
        return true()
    return column.in_(sorted(each for each in who.roles if may(who, each, "viewer")))


def project_row(
    db: Connection, who: Visitor, *, project: str, role: Role, lock: bool = False
) -> Row[Any]:
    """The project. lock: nobody else may change what belongs to it before this is over.

    Raises DeniedError for a visitor without that role there, UsageError where there is none.
    """
    require(who, project, role)
    asked = select(PROJECTS).where(PROJECTS.c.id == project)
    found = db.execute(asked.with_for_update() if lock else asked).one_or_none()
    if found is None:
        raise UsageError(f"there is no project {brief(project)}.")
    return found


def owned(
    db: Connection,
    who: Visitor,
    *,
    table: Table,
    id_: str,
    what: str,
    role: Role = "viewer",
    lock: bool = False,
) -> Row[Any]:
    """The row of that id. Raises as `project_row` does, with the same words for a hidden one."""
    asked = select(table).where(table.c.id == id_)
    found = db.execute(asked.with_for_update() if lock else asked).one_or_none()
    if found is None and may(who, EVERYWHERE, "viewer"):
        raise UsageError(f"there is no {what} {brief(id_)}.")
    if found is None or not may(who, found.project, "viewer"):
        raise hidden(who, f"{what} {brief(id_)}")
    require(who, found.project, role)
    return found


def page(limit: int) -> int:
    """So many rows, within reason."""
    return max(0, min(limit, MOST))
