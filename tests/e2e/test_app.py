"""The audit page: it opens, in both languages, and follows the number of services."""

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
