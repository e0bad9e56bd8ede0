"""Portfolio: every project that may be seen, and a repository to add."""

import pytest
from unit.app.test_overview import texts

from assessor.store import jobs, projects
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow
NOW = "2026-11-03T10:00:00Z"


def test_portfolio__an_audited_project__stands_in_the_table(page):
    opened = page("portfolio")
    assert not opened.exception
    assert list(opened.dataframe[0].value["Project"]) == ["shop"]
    assert [metric.value for metric in opened.metric][:2] == ["1", "1"]


def test_portfolio__a_project_without_a_run__is_unknown(page, store, tmp_path):
    projects.add_project(store, SYSTEM, name="another", location=str(tmp_path), now=NOW)
    table = page("portfolio").dataframe[0].value
    assert dict(zip(table["Project"], table["At risk"], strict=True))["another"] == "?"


def test_portfolio__a_search_without_a_hit__says_what_to_do(page):
    opened = page("portfolio")
    opened.text_input(key="search").set_value("nothing like it").run()
    assert "No project fits." in texts(opened)


def test_portfolio__an_empty_store__offers_to_add_one(page, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESSOR_STORE", f"sqlite:///{tmp_path}/fresh.sqlite")
    monkeypatch.setenv("ASSESSOR_PROJECT", "none")
    opened = page("portfolio")
    assert not opened.exception
    assert "There is no project yet." in texts(opened)
    assert "Add and audit" in [button.label for button in opened.button]


@pytest.mark.parametrize(
    "location",
    ["/etc", "../../etc", "file:///etc/passwd", "https://localhost/x.git", "-oProxyCommand=x"],
)
def test_portfolio__a_place_that_is_not_allowed__is_refused_without_a_job(
    page, store, location, monkeypatch, tmp_path
):
    monkeypatch.setenv("ASSESSOR_ROOTS", str(tmp_path))
    opened = page("portfolio")
    opened.text_input[1].set_value(location)
    next(b for b in opened.button if b.label == "Add and audit").click().run()
    assert not opened.exception
    assert len(opened.error) == 1
    assert jobs.jobs(store, SYSTEM) == ()


def test_portfolio__no_jobs__says_so(page):
    assert "No job was begun yet." in texts(page("portfolio"))
