"""Trend: past revisions as lines and in a table; how to get them where there are none."""

import pytest
from unit.app.test_overview import texts

from assessor.model.stored import Figures, PackFigures, Point
from assessor.store import points
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow


def _point(label, level):
    figures = Figures((PackFigures("CTR", 1, level, 0.9),), 1.0, 10, 3, 0.4, 0.2, 1)
    return Point(label, label * 40, f"2026-0{level:.0f}-01T00:00:00Z", figures, 0.8, None)


def test_trend__nothing_computed__offers_to_do_so(page):
    opened = page("trend")
    assert not opened.exception
    assert "No trend was computed yet." in texts(opened)
    assert "Compute" in [button.label for button in opened.button]


def test_trend__two_points__are_drawn_and_listed(page, store):
    points.save_points(
        store,
        SYSTEM,
        project="shop",
        points=[_point("a", 1.0), _point("b", 2.0)],
        now="2026-11-03T10:00:00Z",
    )
    opened = page("trend")
    assert not opened.exception
    assert len(opened.get("plotly_chart")) >= 3
    assert len(opened.dataframe[0].value) == 2


def test_trend__in_chinese__speaks_chinese(page):
    assert page("trend", lang="zh").title[0].value == "趋势"
