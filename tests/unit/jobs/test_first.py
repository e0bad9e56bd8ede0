import pytest

from assessor.collect.repository import open_source
from assessor.errors import UsageError
from assessor.jobs import first
from assessor.jobs.limits import now
from assessor.store import opening
from assessor.store.people import SYSTEM


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def test_sample__first_call__makes_a_repository_in_the_users_data(data):
    folder = first.sample()
    with open_source(folder) as source:
        assert (folder, len(source.revision)) == (data / "assessor/samples/shop", 40)


def test_sample__second_call__leaves_it_as_it_is(data):
    before = first.sample().stat().st_ino
    assert first.sample().stat().st_ino == before


def test_sample__folder_that_cannot_be_made__is_told(data):
    data.write_text("")
    with pytest.raises(UsageError, match="cannot be made"):
        first.sample()


def test_opened__folder_by_a_link__is_the_project_of_the_real_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    store = opening.open_store(f"sqlite:///{tmp_path}/a.sqlite")
    one = first.opened(store, SYSTEM, folder=tmp_path / "link", now=now())
    two = first.opened(store, SYSTEM, folder=tmp_path / "real", now=now())
    assert (one.name, one.location, two.id) == ("real", str(tmp_path / "real"), one.id)


def test_opened__no_folder__is_refused(tmp_path):
    store = opening.open_store(f"sqlite:///{tmp_path}/a.sqlite")
    with pytest.raises(UsageError, match="there is no such folder"):
        first.opened(store, SYSTEM, folder=tmp_path / "no", now=now())
