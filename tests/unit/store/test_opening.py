import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from unit.store.stores import NOW, ROOT, shop

from assessor.errors import UsageError
from assessor.store.events import events
from assessor.store.migrating import FOLDER, migrate
from assessor.store.opening import close, default_url, open_store, place
from assessor.store.people import grant
from assessor.store.projects import projects
from assessor.store.schema import METADATA, REVISION
from assessor.store.transactions import Store, reading

SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.add_column("projects", sa.Column("colour", sa.Text, nullable=True))
    {more}
"""


def test_open_store__a_new_database__has_exactly_the_tables_of_the_schema(store):
    with store.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations__their_order__is_one_line_that_ends_in_the_named_revision():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [REVISION]
    assert len(script.get_bases()) == 1


def test_open_store__again__finds_what_was_stored(store):
    shop(store)
    again = open_store(store.url)
    try:
        assert [each.name for each in projects(again, ROOT)] == ["Other", "Shop"]
    finally:
        close(again)


def test_open_store__by_eight_processes_at_once__makes_the_tables_once(url):
    code = "import sys; from assessor.store.opening import *; close(open_store(sys.argv[1]))"
    started = [subprocess.Popen([sys.executable, "-c", code, url]) for _ in range(8)]
    assert [each.wait(120) for each in started] == [0] * 8


def test_open_store__written_by_a_newer_assessor__is_refused(store):
    with store.engine.begin() as db:
        db.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="was written by a newer assessor; update this one"):
        open_store(store.url)


def test_open_store__tables_of_something_else__are_left_alone(url):
    opened = Store(url, sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:")))
    with opened.engine.begin() as db:
        db.execute(sa.text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(UsageError, match="is the database of something else"):
        open_store(url)
    assert sa.inspect(opened.engine).get_table_names() == ["theirs"]
    close(opened)


def _newer(tmp_path, more=""):
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r0002_colour.py").write_text(SECOND.format(more=more))
    return folder


def test_migrate__an_older_store__keeps_what_is_in_it(store, tmp_path):
    shop(store)
    migrate(store, folder=_newer(tmp_path), newest="0002")
    with reading(store) as db:
        found = db.execute(sa.text("SELECT name, colour FROM projects ORDER BY name")).all()
    assert found == [("Other", None), ("Shop", None)]


def test_migrate__an_older_sqlite__is_copied_beside_it_first(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    shop(opened)
    migrate(opened, folder=_newer(tmp_path), newest="0002")
    copy = tmp_path / "store.sqlite.before-0001"
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert db.execute("SELECT id FROM projects ORDER BY id").fetchall() == [
            ("other",),
            ("shop",),
        ]
    db.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_migrate__a_step_that_fails__leaves_all_as_it_was(store, tmp_path):
    shop(store)
    with pytest.raises(ZeroDivisionError):
        migrate(store, folder=_newer(tmp_path, more="1 / 0"), newest="0002")
    with reading(store) as db:
        assert "colour" not in {each["name"] for each in sa.inspect(db).get_columns("projects")}
        assert db.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0001"


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("UPDATE events SET person = 'eve'", "root"),
        ("DELETE FROM events", "root"),
    ],
)
def test_events__a_line_that_is_there__cannot_be_changed(store, statement, kept):
    grant(store, ROOT, person="ann", project="*", role="viewer", now=NOW)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), store.engine.begin() as db:
        db.execute(sa.text(statement))
    assert [each.person for each in events(store, ROOT, project="*")] == [kept]


def test_events__a_line_that_is_there__cannot_be_replaced(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    grant(opened, ROOT, person="ann", project="*", role="viewer", now=NOW)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), opened.engine.begin() as db:
        db.execute(
            sa.text(
                "INSERT OR REPLACE INTO events (serial, project, at, person, action, subject,"
                " detail) SELECT serial, project, at, 'eve', action, subject, detail FROM events"
            )
        )


def test_events__all_at_once__cannot_be_emptied(postgres):
    from postgres import database

    with database(postgres) as address:
        opened = open_store(address)
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), opened.engine.begin() as db:
            db.execute(sa.text("TRUNCATE events"))
        close(opened)


def test_sqlite__each_connection__is_set_up_for_safety(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
    with opened.engine.connect() as db:
        said = [db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert said == ["wal", 2, 1, 0, 30000]


def test_sqlite__a_new_file__is_for_the_user_alone(tmp_path):
    open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert stat.S_IMODE((tmp_path / "store.sqlite").stat().st_mode) == 0o600


def test_open_store__a_relative_file__is_named_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_store("sqlite:///here.sqlite").url == f"sqlite:///{tmp_path / 'here.sqlite'}"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "the store's address cannot be read"),
        ("mysql://ann:geheim@host/db", "is no store"),
        ("sqlite://", "is no file"),
        ("sqlite:///:memory:", "is no file"),
        ("sqlite:///x.sqlite?uri=true", "is no file"),
        ("sqlite:////no/such/folder/x.sqlite", "cannot be written"),
        ("sqlite:////", "cannot be written"),
        ("postgresql://ann:geheim@127.0.0.1:1/db", "the store cannot be used"),
        ("postgresql://ann@127.0.0.1:1/db?password=geheim", "the store cannot be used"),
        ("postgresql+asyncpg://ann:geheim@127.0.0.1:1/db", "is no store"),
    ],
)
def test_open_store__an_address_that_leads_nowhere__is_one_sentence_without_a_password(url, said):
    with pytest.raises(UsageError, match=said) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_open_store__a_file_of_another_kind__is_refused(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("no database at all, but long enough to be looked at" * 20)
    with pytest.raises(UsageError, match="not a database"):
        open_store(f"sqlite:///{file}")


def test_place__a_url_with_a_password__does_not_show_it(postgres):
    url = postgres.replace("postgres:@", "postgres:geheim@")
    opened = open_store(url)
    assert "geheim" not in place(opened)
    assert "geheim" not in repr(opened)
    assert "geheim" in opened.url
    close(opened)


def test_default_url__no_variable__is_a_file_in_a_folder_for_the_user_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("ASSESSOR_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_url() == f"sqlite:///{tmp_path / 'assessor' / 'assessor.sqlite'}"
    assert stat.S_IMODE((tmp_path / "assessor").stat().st_mode) == 0o700


def test_default_url__the_variable__wins(monkeypatch):
    monkeypatch.setenv("ASSESSOR_STORE", "sqlite:////srv/x.sqlite")
    assert default_url() == "sqlite:////srv/x.sqlite"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_open_store__a_folder_that_cannot_be_written__is_told(tmp_path):
    Path(tmp_path).chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")


def test_store__used_by_eight_threads_at_once__loses_nothing(store):
    shop(store)

    def writes(number):
        for each in range(25):
            name = f"p{number}-{each}"
            grant(store, ROOT, person=name, project="shop", role="viewer", now=NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writes, range(8)))
    assert len(events(store, ROOT, project="shop", limit=1000)) == 8 * 25 + 1
