"""Short transactions: everything in one is stored, or nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

from assessor.errors import UsageError
from assessor.store.engines import WRITES, masked


@dataclass(frozen=True, slots=True)
class Store:
    """A database that is open. url: with its password, so it is never shown."""

    url: str = field(repr=False)
    engine: Engine = field(repr=False)


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A view of the store that does not change meanwhile. Raises UsageError if it is gone."""
    with _told(store.engine), store.engine.connect() as connection:
        db = connection
        if store.engine.dialect.name == "postgresql":
            db = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with db.begin():
            yield db


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """What is stored at the end of the block, if it ends well. Raises UsageError as above."""
    with _told(store.engine), store.engine.connect() as connection:
        db = connection.execution_options(**{WRITES: True})
        with db.begin():
            yield db


def alone(db: Connection, table: Table) -> None:
    """No other transaction writes to the table until this one ends; readers go on."""
    if db.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        db.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Says of a database that cannot be used what is wrong, without its password."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise UsageError(_sentence(engine, error)) from None
    except DatabaseError as error:
        if "not a database" in str(error.orig):
            raise UsageError(_sentence(engine, error)) from None
        raise


def _sentence(engine: Engine, error: DatabaseError | InterfaceError) -> str:
    reason = (str(error.orig).strip().splitlines() or ["no reason given"])[0].rstrip(".")
    if engine.url.password:
        reason = reason.replace(str(engine.url.password), "***")
    return f"{masked(engine.url)}: the store cannot be used ({reason})."
