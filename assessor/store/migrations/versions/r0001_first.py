"""The first tables."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Columns = Iterable[sa.Column[Any]]

_SQLITE = """
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
;;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
;;
CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
"""
_POSTGRES = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$
;;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION refuse_change()
;;
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Makes all tables, and lets nobody change a line of the history."""
    _table("projects", _texts("id name location made_at"), key="id", unique="location")
    _table("grants", _texts("person project role"), key="person project")
    _table("settings", _texts("project key value"), key="project key")
    _table("events", (_serial(), *_texts("project at person action subject detail")))
    op.create_index("ix_events_project", "events", ["project"])
    _runs()
    _jobs()
    _partitions()
    _decisions()
    triggers = _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES
    for statement in triggers.split(";;"):
        op.execute(statement)


def _runs() -> None:
    said = "revision revision_time made_at made_by digest rules tool figures"
    _of_project("runs", _texts(said), unique="project digest")
    _table(
        "contents",
        (
            *_texts("run name digest"),
            *_numbers("size"),
            *_texts("packing"),
            sa.Column("content", sa.LargeBinary, nullable=False),
        ),
        key="run name",
        refers={"run": "runs"},
    )
    points = (_serial(), *_texts("project revision_time point"))
    _table("points", points, refers={"project": "projects"})
    op.create_index("ix_points_project", "points", ["project"])


def _jobs() -> None:
    _of_project(
        "jobs",
        (
            *_texts("kind options state stage"),
            *_numbers("done total attempts"),
            *_texts("note run made_at made_by beat_at"),
            sa.Column("cancelling", sa.Boolean, nullable=False),
        ),
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])


def _partitions() -> None:
    _of_project(
        "partitions",
        (
            *_texts("base name"),
            *_numbers("version"),
            *_texts("services constraints made_at made_by"),
        ),
        unique="project name version",
        refers={"base": "runs"},
    )
    refers = {"project": "projects", "partition": "partitions"}
    _table("accepted", _texts("project partition"), key="project", refers=refers)


def _decisions() -> None:
    later = "approver approved_at withdrawn_by withdrawn_at"
    signed = "rule fact value statement person role made_at expires evidence"
    _of_project("attestations", _texts(f"{signed} {later}"))
    _of_project("waivers", _texts(f"waiver made_at made_by {later}"))
    _of_project("comments", _texts("subject text made_at made_by"))


def _of_project(
    name: str,
    columns: _Columns,
    *,
    unique: str = "",
    refers: dict[str, str] | None = None,
) -> None:
    """A table whose rows are counted, have an id and belong to a project."""
    every = (_serial(), *_texts("id project"), *columns)
    _table(
        name,
        every,
        unique=f"id|{unique}".rstrip("|"),
        refers={"project": "projects", **(refers or {})},
    )
    op.create_index(f"ix_{name}_project", name, ["project"])


def _table(
    name: str,
    columns: _Columns,
    *,
    key: str = "serial",
    unique: str = "",
    refers: dict[str, str] | None = None,
) -> None:
    """A table. unique: groups of columns with a bar between them. refers: column -> table."""
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}")
            for column, other in (refers or {}).items()
        ),
        *(
            sa.UniqueConstraint(*each.split(), name=f"uq_{name}_{each.replace(' ', '_')}")
            for each in unique.split("|")
            if each
        ),
    )


def _serial() -> sa.Column[Any]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("serial", kind, autoincrement=True, nullable=False)


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _numbers(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names.split()]
