"""Brings the tables of a store to what this assessor wants, or refuses."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assessor.errors import UsageError
from assessor.store.engines import file_of, masked
from assessor.store.schema import REVISION
from assessor.store.transactions import Store, reading, writing

FOLDER = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x617373  # whoever migrates a PostgreSQL database holds it


def migrate(store: Store, *, folder: Path = FOLDER, newest: str = REVISION) -> None:
    """Makes or changes the tables where they are not yet those of the newest revision.

    A SQLite file is copied beside itself first. Raises UsageError for the database of something
    else, or of a newer assessor.
    """
    with reading(store) as db:
        if revision(db) == newest:
            return
    with writing(store) as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SET LOCAL statement_timeout = 0"))
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = revision(db)  # another process may have been faster
        if found == newest:
            return
        _refuse(db, found, folder=folder)
        if found:
            _keep(store, found)
        _upgrade(db, folder=folder)


def revision(db: Connection) -> str:
    """The revision of the tables, "" = there are none of ours."""
    if not inspect(db).has_table("alembic_version"):
        return ""
    return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _refuse(db: Connection, found: str, *, folder: Path) -> None:
    """Raises UsageError for what is not ours to change."""
    place = masked(db.engine.url)
    if not found and inspect(db).get_table_names():
        raise UsageError(f"{place}: is the database of something else; name another store.")
    known = {path.stem.partition("_")[0].lstrip("r") for path in folder.glob("versions/r*.py")}
    if found and found not in known:
        raise UsageError(f"{place}: was written by a newer assessor; update this one.")


def _keep(store: Store, found: str) -> None:
    """Copies the file as it is: whoever writes now holds it, so nothing changes meanwhile."""
    file = file_of(store.engine)
    if file is None:
        return
    target = file.with_name(f"{file.name}.before-{found}")
    while target.exists():
        target = target.with_name(f"{target.name}+")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        target.chmod(0o600)
        source.backup(copy)


def _upgrade(db: Connection, *, folder: Path) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    upgrade(config, "head")
