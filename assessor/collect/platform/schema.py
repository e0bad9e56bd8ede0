"""What defines the database schema: SQL files, changelogs, and migrations written in code.

A file gives its steps; `schema_link.link` replays them in order and gives tables and foreign keys.
"""

import re
from collections.abc import Callable

from assessor.collect.platform.reading import Reading
from assessor.collect.platform.schema_alembic import alembic_changes
from assessor.collect.platform.schema_django import django_changes, django_settings
from assessor.collect.platform.schema_efcore import efcore_changes
from assessor.collect.platform.schema_liquibase import liquibase_changes
from assessor.collect.platform.schema_php import php_changes
from assessor.collect.platform.schema_rails import NAMES as RAILS
from assessor.collect.platform.schema_rails import rails_changes
from assessor.collect.platform.schema_script import script_changes
from assessor.collect.platform.schema_sql import sql_changes
from assessor.collect.platform.schema_steps import Changes, inner
from assessor.model.basis import Skip
from assessor.model.records import Artefact

KINDS = ("data.foreign_key", "data.table")
BY = "platform.schema"
LARGEST = 4 << 20  # bytes; dumps with data are passed over without being taken apart
MAX_BROKEN = 20

_CHANGELOG = re.compile(
    r"(?:.*/)?(?:db|database|liquibase|[^/]*migrations?|[^/]*change-?logs?)/.*\.(?:xml|ya?ml|json)"
    r"|(?:.*/)?[^/]*(?:liquibase|change-?log|changeset)[^/]*\.(?:xml|ya?ml|json)",
    re.IGNORECASE,
)
# Code is read only below a folder that is named for it, and in settings of Django.
_CODE = re.compile(
    r"(?:.*/)?(?:\w*migrations?|alembic/versions|versions)/.*\.(?:py|cs|php|js|ts|cjs|mjs|cts|mts)",
    re.IGNORECASE,
)
_SETTINGS = re.compile(r"(?:.*/)?settings(?:/\w+|\w*)\.py")
_DEFINES = re.compile(
    rb"create|alter|drop|rename|addColumn|databaseChangeLog|Migration|addSql|revision"
    rb"|AUTH_USER_MODEL",
    re.IGNORECASE,
)

Read = Callable[[str, str], tuple[Changes | None, list[int]]]


def claims(path: str) -> bool:
    """Whether the file may define a part of the schema."""
    return _read(path) is not None


def _read(path: str) -> Read | None:
    ending = path.rpartition(".")[2].lower()
    if ending == "sql":
        return sql_changes
    if ending in {"xml", "yml", "yaml", "json"}:
        return liquibase_changes if _CHANGELOG.fullmatch(path) else None
    if ending == "rb" and RAILS.fullmatch(path):
        return rails_changes
    if ending == "py" and _SETTINGS.fullmatch(path):
        return _of_settings
    return _BY_LANGUAGE.get(ending) if _CODE.fullmatch(path) else None


def _of_python(path: str, text: str) -> tuple[Changes | None, list[int]]:
    found = django_changes(path, text)
    return found if found[0] is not None else alembic_changes(path, text)


def _of_settings(path: str, text: str) -> tuple[Changes | None, list[int]]:
    return django_settings(path, text), []


_BY_LANGUAGE: dict[str, Read] = {
    "cs": efcore_changes,
    "php": php_changes,
    "py": _of_python,
    **dict.fromkeys(("cjs", "cts", "js", "mjs", "mts", "ts"), script_changes),
}


def holds(content: bytes) -> bool:
    """Whether the bytes say so."""
    return bool(_DEFINES.search(content))


def parse(path: str, content: str) -> Reading:
    """The steps of the file as one inner artefact, and a skip for each that is broken."""
    read = _read(path)
    found, broken = read(path, content) if read is not None else (None, [])
    skips = tuple(_broken(path, line) for line in sorted(set(broken))[:MAX_BROKEN])
    return Reading(_inner(found), skips)


def _inner(found: Changes | None) -> tuple[Artefact, ...]:
    return (inner(found),) if found is not None and (found.steps or found.name) else ()


def _broken(path: str, line: int) -> Skip:
    reason = "A statement that defines a table could not be read; the rest of the file was."
    return Skip(path, line, "syntax-error", BY, reason, KINDS)
