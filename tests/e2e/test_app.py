"""The audit page: it opens, in both languages, and follows the number of services."""

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from assessor.resources import packaged

pytestmark = pytest.mark.slow
APP = packaged("rules").parent / "streamlit_app.py"


@pytest.fixture
def page(monkeypatch, shop):
    """The page of the sample shop, run once."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(shop)])
    test = AppTest.from_file(str(APP), default_timeout=120)
    return test.run()


def _headers(page):
    return [header.value for header in page.header]


def test_app__opened__shows_services_and_levels_in_chinese(page):
    assert not page.exception
    assert "候选服务" in _headers(page)
    assert any("CTR" in header for header in _headers(page))


def test_app__english_chosen__is_in_english(page):
    page.radio(key="lang").set_value("en").run()
    assert not page.exception
    assert "Proposed services" in _headers(page)


def test_app__a_number_of_services__changes_the_table(page):
    page.number_input(key="services").set_value(3).run()
    assert not page.exception
    table = page.dataframe[1].value
    assert len(table) == 3


def test_app__no_repository_there__says_so_in_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", [str(APP), str(tmp_path / "none")])
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not page.exception
    assert "no such folder" in page.error[0].value


def test_app__a_new_commit__is_what_the_page_shows(monkeypatch, tmp_path):
    def commit(name):
        (tmp_path / name).write_text("x = 1\n")
        who = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
        for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", name)):
            subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
        head = ["git", "-C", str(tmp_path), "rev-parse", "HEAD"]
        return subprocess.run(head, capture_output=True, text=True, check=True).stdout.strip()

    monkeypatch.setattr(sys, "argv", [str(APP), str(tmp_path)])
    first = commit("a.py")
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert first[:12] in page.caption[0].value
    second = commit("b.py")
    page.run()
    assert not page.exception
    assert second[:12] in page.caption[0].value
