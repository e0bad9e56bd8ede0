"""Opens the store: a SQLite file of the user's, or a PostgreSQL database by its URL."""

import os

from sqlalchemy import URL

from assessor.errors import UsageError
from assessor.store.engines import connected, masked, parsed
from assessor.store.migrating import migrate
from assessor.store.transactions import Store

__all__ = ["VARIABLE", "Store", "close", "default_url", "open_store", "place"]

VARIABLE = "ASSESSOR_STORE"
FILE = "assessor.sqlite"


def default_url() -> str:
    """The address in `ASSESSOR_STORE`, else a file in the user's own data folder, which is made.

    Raises UsageError where that folder cannot be made.
    """
    named = os.environ.get(VARIABLE, "")
    if named:
        return named
    from platformdirs import user_data_path

    folder = user_data_path("assessor", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror}).") from None
    return URL.create("sqlite", database=str(folder / FILE)).render_as_string()


def open_store(url: str = "") -> Store:
    """The store at that address, its tables made or brought up to date; "" = the default one.

    It may be shared between threads. Raises UsageError for an address that is none, a database
    that cannot be reached or written, a missing driver, and tables of a newer assessor.
    """
    address = parsed(url or default_url())
    store = Store(
        url=address.render_as_string(hide_password=False),
        engine=connected(address),
    )
    try:
        migrate(store)
    except BaseException:
        close(store)
        raise
    return store


def place(store: Store) -> str:
    """Where the store is, as it may be shown."""
    return masked(store.engine.url)


def close(store: Store) -> None:
    """Gives the connections back that wait for further use; the store opens new ones if asked."""
    store.engine.dispose()
