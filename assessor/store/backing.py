"""A copy of the whole store, taken while it is in use."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from assessor.errors import UsageError
from assessor.store.engines import file_of, masked
from assessor.store.transactions import Store


def backup(store: Store, target: Path) -> None:
    """Writes a SQLite store as it is at this moment to a new file, there whole or not at all.

    Raises UsageError for a file that is there already, and for PostgreSQL, which has a tool.
    """
    file = file_of(store.engine)
    if file is None:
        place = masked(store.engine.url)
        raise UsageError(f"{place}: is backed up with PostgreSQL's own tool: pg_dump -Fc.")
    if target.exists():
        raise UsageError(f"{target}: is there already; name a new file.")
    try:
        _copy(file, target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}).") from None
    except sqlite3.Error as error:
        raise UsageError(f"{file}: cannot be copied ({error}).") from None


def _copy(file: Path, target: Path) -> None:
    """Copies beside the target, checks the copy, and moves it there."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(beside)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the copy is not whole")
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
