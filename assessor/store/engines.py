"""Connections to the two kinds of database, each set up so that nothing acknowledged is lost."""

import os
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from assessor.errors import UsageError

WRITES = "assessor_writes"  # the execution option of a transaction that writes
FORMS = "sqlite:///FILE or postgresql://USER@HOST/NAME"

_SQLITE, _POSTGRES = "sqlite", "postgresql"
_DRIVERS = {
    _SQLITE: _SQLITE,
    "sqlite+pysqlite": _SQLITE,
    _POSTGRES: "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
# The first one counts for those after it. FULL: a commit is on the disk, not only on its way.
_PRAGMAS = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA synchronous = FULL",
)
# So that neither a lock nor a statement holds a page up for good.
_POSTGRES_SETTINGS = (
    "SET statement_timeout = '120s'",
    "SET lock_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '120s'",
)


def parsed(url: str) -> URL:
    """The address of a store, a file's in full. Raises UsageError for one that is none."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageError(f"the store's address cannot be read; it wants {FORMS}.") from None
    if found.drivername not in _DRIVERS:
        raise UsageError(f"{masked(found)}: is no store; it wants {FORMS}.")
    found = found.set(drivername=_DRIVERS[found.drivername])
    return _file(found) if found.drivername == _SQLITE else found


def masked(url: URL) -> str:
    """The address as it may be shown: no password, and nothing after a `?`."""
    return url.set(query={}).render_as_string(hide_password=True)


def connected(url: URL) -> Engine:
    """Connections to that address, to be shared between threads. Raises UsageError."""
    if url.drivername == _SQLITE:
        _make(Path(url.database or ""))
        engine = create_engine(url, poolclass=NullPool)
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _begun)
        return engine
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"application_name": "assessor", "connect_timeout": 10},
        )
    except ModuleNotFoundError:
        raise UsageError(
            f"{masked(url)}: PostgreSQL needs its driver: pip install 'assessor[postgres]'."
        ) from None
    event.listen(engine, "connect", _limited)
    return engine


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite store."""
    named = engine.url.database
    return Path(named) if named and engine.dialect.name == _SQLITE else None


def _file(url: URL) -> URL:
    """The address with the whole path: another process may stand in another folder."""
    if url.query or url.host or url.database in {None, "", ":memory:"}:
        raise UsageError(f"{masked(url)}: is no file; a store in SQLite wants sqlite:///FILE.")
    return url.set(database=os.path.abspath(url.database or ""))  # noqa: PTH100 - keeps links


def _make(path: Path) -> None:
    """An empty file that nobody else may read, unless there is one."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise UsageError(f"{path}: the store cannot be written ({error.strerror}).") from None


def _prepared(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    if connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
        raise UsageError("the store cannot be on that drive; SQLite wants a local one.")


def _begun(connection: Connection) -> None:
    """Locks at once for writing: a transaction that only turns to writing later would fail."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _limited(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for setting in _POSTGRES_SETTINGS:
        cursor.execute(setting)
    cursor.close()
    connection.commit()
