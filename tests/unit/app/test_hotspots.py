"""Hotspots: ranked, and what lies behind one of them."""

import pytest
from unit.app.test_overview import texts

from assessor.store import runs
from assessor.store.facts import unpacked
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow


@pytest.fixture
def hottest(store):
    head = runs.runs(store, SYSTEM, project="shop")[0]
    spots = unpacked(runs.tables(store, SYSTEM, head.id)).seen.hotspots
    return next(spot for spot in spots if spot.revisions > 1 and spot.complexity > 0)


def test_hotspots__opened__ranks_the_hottest_first(page, hottest):
    opened = page("hotspots")
    assert not opened.exception
    table = opened.dataframe[0].value
    assert table["Unit"].iloc[0] == hottest.path
    assert table["Score"].astype(float).is_monotonic_decreasing


def test_hotspots__a_unit_in_the_address__shows_functions_and_joint_changes(page, hottest):
    opened = page("hotspots", unit=hottest.path)
    assert not opened.exception
    assert "Functions, the most complex first" in texts(opened)
    assert hottest.path in [each.value.replace("\\", "") for each in opened.subheader]


def test_hotspots__a_path_without_any__shows_an_empty_table(page):
    opened = page("hotspots")
    opened.text_input(key="folder").set_value("no/such/folder").run()
    assert not opened.exception
    assert len(opened.dataframe[0].value) == 0


def test_hotspots__without_an_x_ray__offers_one(page):
    opened = page("hotspots")
    assert "did not look inside the hotspots" in texts(opened)
    assert "Audit with an X-ray of the 10 hottest" in [each.label for each in opened.button]


def test_hotspots__a_unit_that_is_not_there__does_no_harm(page):
    opened = page("hotspots", unit="no/such.java")
    assert not opened.exception
    assert "Choose a row" in texts(opened)


def test_hotspots__in_chinese__speaks_chinese(page):
    assert page("hotspots", lang="zh").title[0].value == "热点"
