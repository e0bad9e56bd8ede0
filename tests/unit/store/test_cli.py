"""`assessor store` as it is typed."""

import json

import pytest
from typer.testing import CliRunner
from unit.store.stores import NOW, ROOT, saved, shop

from assessor.cli.store import app
from assessor.errors import UsageError
from assessor.store import events, people


def _said(*args):
    """What is printed. Raises what the command raises."""
    done = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_list__projects__each_with_its_newest_run(store):
    shop(store)
    saved(store)
    assert _said("list", "--store", store.url) == (
        f"other  /srv/other  no run\nshop  /srv/shop  {NOW}  \n"
    )


def test_list__the_variable__names_the_store(store, monkeypatch):
    shop(store)
    monkeypatch.setenv("ASSESSOR_STORE", store.url)
    assert "shop" in _said("list")


def test_export_and_import__a_project__is_in_the_other_store(store, tmp_path):
    shop(store)
    saved(store)
    file, other = tmp_path / "shop.json", f"sqlite:///{tmp_path / 'other.sqlite'}"
    assert _said("export", "--project", "shop", "-o", file, "--store", store.url) == ""
    assert _said("import", file, "--store", other) == f"{file}: 1 projects, 1 runs\n"
    assert _said("import", file, "--store", other) == f"{file}: nothing new\n"


def test_export__without_a_file__is_printed(store):
    shop(store)
    document = json.loads(_said("export", "--store", store.url))
    assert [each["project"]["id"] for each in document["projects"]] == ["other", "shop"]


def test_grant__a_role_and_none__gives_and_takes_it(store):
    shop(store)
    given = _said("grant", "ann", "approver", "--project", "shop", "--store", store.url)
    assert given == "ann: approver in shop\n"
    assert people.visitor(store, "ann").roles == {"shop": "approver"}
    assert _said("grant", "ann", "none", "--project", "shop", "--store", store.url)
    assert people.visitor(store, "ann").roles == {}


def test_grant__by_who_runs_the_command__is_in_the_history(store, monkeypatch):
    monkeypatch.setenv("LOGNAME", "operator")
    _said("grant", "ann", "viewer", "--store", store.url)
    assert [each.person for each in events.events(store, ROOT, project="*")] == ["operator"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("grant", "ann", "emperor"), "'emperor' is no role"),
        (("export", "--project", "nix"), "there is no project 'nix'"),
        (("import", "/no/such/file.json"), "cannot be read"),
        (("export", "-o", "/no/such/folder/x.json"), "cannot be written"),
    ],
)
def test_store__what_cannot_be_done__is_one_sentence(store, args, said):
    with pytest.raises(UsageError, match=said):
        _said(*args, "--store", store.url)


def test_backup__a_sqlite__is_a_store(tmp_path):
    url, file = f"sqlite:///{tmp_path / 'a.sqlite'}", tmp_path / "b.sqlite"
    _said("migrate", "--store", url)
    assert _said("backup", file, "--store", url).startswith(f"{file}: ")
    assert _said("list", "--store", f"sqlite:///{file}") == ""


def test_migrate__a_new_store__says_where_and_which_revision(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    assert _said("migrate", "--store", url) == f"{url}: revision 0001\n"
