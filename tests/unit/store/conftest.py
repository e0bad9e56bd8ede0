"""A store on each kind of database."""

import pytest
from postgres import database, postgres  # noqa: F401 - the server is a fixture for all tests here

from assessor.store.opening import close, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of a new, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    with database(request.getfixturevalue("postgres")) as address:
        yield address


@pytest.fixture
def store(url):
    """A new store without anything in it."""
    opened = open_store(url)
    yield opened
    close(opened)
