"""The overview: gate, levels, next actions, changes; what it says where there is nothing."""

import pytest

from assessor.store import projects
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow
NOW = "2026-11-03T10:00:00Z"


def texts(page):
    """Everything that the page says in words."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(str(each.value) for kind in kinds for each in getattr(page, kind))


@pytest.mark.parametrize(
    ("lang", "title", "gate"), [("en", "Overview", "gate"), ("zh", "总览", "门禁")]
)
def test_overview__an_audited_project__shows_gate_levels_and_actions(page, lang, title, gate):
    opened = page(lang=lang)
    assert not opened.exception
    assert opened.title[0].value == title
    assert gate in texts(opened).lower()
    assert any("CTR" in metric.label for metric in opened.metric)
    assert len(opened.dataframe[0].value) > 0


def test_overview__a_second_run__is_compared_with_the_first(page, store):
    from assessor.store import runs

    older = runs.runs(store, SYSTEM, project="shop")[1]
    opened = page()
    assert f"Nothing that is measured changed since commit {older.revision[:10]}" in texts(opened)


def test_overview__a_run_that_is_too_old_for_the_menu__is_still_the_one_in_the_address(
    page, store, monkeypatch
):
    from assessor.store import runs

    newest, oldest = runs.runs(store, SYSTEM, project="shop")
    monkeypatch.setattr("assessor.app.frame._RUNS", 1)
    assert oldest.revision[:10] in texts(page(run=oldest.id))
    assert f"changed since commit {oldest.revision[:10]}" in texts(page(run=newest.id))


def test_overview__the_first_run_in_the_address__has_nothing_to_compare_with(page, store):
    from assessor.store import runs

    oldest = runs.runs(store, SYSTEM, project="shop")[-1]
    assert "This is the first run" in texts(page(run=oldest.id))


def test_overview__a_project_that_is_not_there__opens_one_that_is(page):
    opened = page(project="no-such-project", run="nonsense")
    assert not opened.exception
    assert opened.title[0].value == "Overview"


def test_overview__a_project_without_a_run__offers_to_audit_it(page, store, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_PROJECT", "shop")
    made = projects.add_project(store, SYSTEM, name="empty", location=str(tmp_path), now=NOW)
    opened = page(project=made.id)
    assert not opened.exception
    assert "empty has not been audited yet." in texts(opened)
    assert [button.label for button in opened.button] == ["Audit"]


def test_overview__an_empty_store__sends_to_the_portfolio(page, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_STORE", f"sqlite:///{tmp_path}/fresh.sqlite")
    monkeypatch.setenv("ASSESSOR_PROJECT", "none")
    opened = page()
    assert not opened.exception
    assert "There is no project yet." in texts(opened)


def test_overview__a_store_that_cannot_be_opened__says_so_in_one_sentence(
    page, tmp_path, monkeypatch
):
    file = tmp_path / "no-database"
    file.write_bytes(b"this is no database, but long enough to be looked at as one" * 20)
    monkeypatch.setenv("ASSESSOR_STORE", f"sqlite:///{file}")
    opened = page()
    assert not opened.exception
    assert len(opened.error) == 1
    assert "Traceback" not in opened.error[0].value


def test_overview__the_store_of_a_newer_assessor__is_refused_with_what_to_do(page, store):
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'ffff'")
    opened = page()
    assert not opened.exception
    assert len(opened.error) == 1
