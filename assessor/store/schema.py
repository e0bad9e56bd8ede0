"""The tables of the store, the same on SQLite and on PostgreSQL.

Whatever is changed here needs a new file in `migrations/versions` and its name in `REVISION`.
"""

import json

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

REVISION = "0001"  # of the newest migration

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Document(TypeDecorator[object]):
    """A JSON value as ASCII text, equal for equal values.

    Names from a repository may hold what PostgreSQL's text and JSON cannot (NUL, stray bytes).
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str:  # noqa: ARG002
        """What is written."""
        return json.dumps(value, allow_nan=False, separators=(",", ":"), sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002
        """What was written, as JSON's own types."""
        return None if value is None else json.loads(value)


def _serial() -> Column[int]:
    """Counts the rows of a table in the order in which they came."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column("serial", kind, primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    return Column("id", Text, nullable=False, unique=True)


def _project() -> Column[str]:
    return Column("project", Text, ForeignKey("projects.id"), nullable=False, index=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _filled(name: str) -> Column[str]:
    """A text that is filled in later on."""
    return Column(name, Text, nullable=False, default="")


def _document(name: str) -> Column[object]:
    return Column(name, Document, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


PROJECTS = Table(
    "projects",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("name"),
    Column("location", Text, nullable=False, unique=True),
    _text("made_at"),
)

GRANTS = Table(  # a project may be `*`, so it refers to no table
    "grants",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("project", Text, primary_key=True),
    _text("role"),
)

SETTINGS = Table(
    "settings",
    METADATA,
    Column("project", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _document("value"),
)

EVENTS = Table(
    "events",
    METADATA,
    _serial(),
    Column("project", Text, nullable=False, index=True),
    _text("at"),
    _text("person"),
    _text("action"),
    _document("subject"),
    _document("detail"),
)

RUNS = Table(
    "runs",
    METADATA,
    _serial(),
    _id(),
    _project(),
    _text("revision"),
    _text("revision_time"),
    _text("made_at"),
    _text("made_by"),
    _text("digest"),
    _text("rules"),
    _text("tool"),
    _document("figures"),
    UniqueConstraint("project", "digest"),
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("run", Text, ForeignKey("runs.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    _text("digest"),
    _number("size"),
    _text("packing"),
    Column("content", LargeBinary, nullable=False),
)

JOBS = Table(
    "jobs",
    METADATA,
    _serial(),
    _id(),
    _project(),
    _text("kind"),
    _document("options"),
    _text("state"),
    _filled("stage"),
    _number("done"),
    _number("total"),
    _number("attempts"),
    _filled("note"),
    _filled("run"),
    _text("made_at"),
    _text("made_by"),
    _filled("beat_at"),
    Column("cancelling", Boolean, nullable=False),
    Index(None, "state"),
)

POINTS = Table(
    "points",
    METADATA,
    _serial(),
    _project(),
    _text("revision_time"),
    _document("point"),
)

PARTITIONS = Table(
    "partitions",
    METADATA,
    _serial(),
    _id(),
    _project(),
    Column("base", Text, ForeignKey("runs.id"), nullable=False),
    _text("name"),
    _number("version"),
    _document("services"),
    _document("constraints"),
    _text("made_at"),
    _text("made_by"),
    UniqueConstraint("project", "name", "version"),
)

ACCEPTED = Table(  # at most one partition of a project
    "accepted",
    METADATA,
    Column("project", Text, ForeignKey("projects.id"), primary_key=True),
    Column("partition", Text, ForeignKey("partitions.id"), nullable=False),
)

ATTESTATIONS = Table(
    "attestations",
    METADATA,
    _serial(),
    _id(),
    _project(),
    _text("rule"),
    _text("fact"),
    _document("value"),
    _text("statement"),
    _text("person"),
    _text("role"),
    _text("made_at"),
    _text("expires"),
    _text("evidence"),
    _filled("approver"),
    _filled("approved_at"),
    _filled("withdrawn_by"),
    _filled("withdrawn_at"),
)

WAIVERS = Table(
    "waivers",
    METADATA,
    _serial(),
    _id(),
    _project(),
    _document("waiver"),
    _text("made_at"),
    _text("made_by"),
    _filled("approver"),
    _filled("approved_at"),
    _filled("withdrawn_by"),
    _filled("withdrawn_at"),
)

COMMENTS = Table(
    "comments",
    METADATA,
    _serial(),
    _id(),
    _project(),
    _document("subject"),
    _text("text"),
    _text("made_at"),
    _text("made_by"),
)
