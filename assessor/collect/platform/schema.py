"""What defines the database schema: SQL files, changelogs, and migrations written in code.

A file gives its steps; `schema_link.link` replays them in order and gives tables and foreign keys.
"""

import re

from assessor.collect.platform.reading import Reading
from assessor.collect.platform.schema_liquibase import liquibase_changes
from assessor.collect.platform.schema_sql import sql_changes
from assessor.collect.platform.schema_steps import Changes, inner
from assessor.model.basis import Skip

KINDS = ("data.foreign_key", "data.table")
BY = "platform.schema"
LARGEST = 4 << 20  # bytes; dumps with data are passed over without being taken apart
MAX_BROKEN = 20

_CHANGELOG = re.compile(
    r"(?:.*/)?(?:db|database|liquibase|[^/]*migrations?|[^/]*change-?logs?)/.*\.(?:xml|ya?ml|json)"
    r"|(?:.*/)?[^/]*(?:liquibase|change-?log|changeset)[^/]*\.(?:xml|ya?ml|json)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    rb"\b(?:create|alter|drop|rename)\b|\bsp_rename\b|databaseChangeLog", re.IGNORECASE
)


def claims(path: str) -> bool:
    """Whether the file may define a part of the schema."""
    return path.lower().endswith(".sql") or bool(_CHANGELOG.fullmatch(path))


def holds(content: bytes) -> bool:
    """Whether the bytes say so."""
    return bool(_DEFINES.search(content))


def parse(path: str, content: str) -> Reading:
    """The steps of the file as one inner artefact, and a skip for each that is broken."""
    read = sql_changes if path.lower().endswith(".sql") else liquibase_changes
    found, broken = read(path, content)
    skips = tuple(_broken(path, line) for line in sorted(set(broken))[:MAX_BROKEN])
    return Reading(_inner(found), skips)


def _inner(found: Changes | None) -> tuple:
    return (inner(found),) if found is not None and found.steps else ()


def _broken(path: str, line: int) -> Skip:
    reason = "A statement that defines a table could not be read; the rest of the file was."
    return Skip(path, line, "syntax-error", BY, reason, KINDS)
