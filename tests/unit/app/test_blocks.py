"""Elements of pages on their own: what is chosen, what is refused, how figures are written."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessor.app import blocks, charts
from assessor.errors import UsageError
from assessor.model.view import Bar, Bars, Cell, Figure, Table

ROWS = Table(("Rule",), ((Cell("CTR-01"),), (Cell("CTR-02"),)))


@pytest.fixture
def keys(monkeypatch):
    """The keys of the tables that are drawn, in each of which the first row is chosen."""
    drawn = []

    def dataframe(*_args, key, **_options):
        drawn.append(key)
        return {"selection": {"rows": [0]}}

    monkeypatch.setattr(st, "dataframe", dataframe)
    return drawn


def test_chosen_row__other_rows__are_another_table(keys):
    fewer = Table(ROWS.columns, ROWS.rows[1:])
    assert [blocks.chosen_row(each, key="rules") for each in (ROWS, fewer, ROWS)] == [0, 0, 0]
    assert keys[0] == keys[2] != keys[1]


def test_tried__what_is_refused__is_told_on_the_page_drawn_anew():
    def page():
        from unit.app.test_blocks import refused

        refused()

    opened = AppTest.from_function(page).run()
    assert [error.value for error in opened.error] == []
    opened.button[0].click().run()
    assert [error.value for error in opened.error] == ["It is not yours."]
    assert not opened.exception
    assert list(opened.run().error) == []


def refused():
    """A page with a button that asks for what the store refuses."""

    def step():
        raise UsageError("It is not yours.")

    blocks.refusal()
    st.button("Accept", on_click=blocks.tried, args=(step,))


def test_chart__figures_of_bars__are_written_as_in_the_report():
    bars = Bars(
        tuple(Bar(f"b{n}", value, decimals=2) for n, value in enumerate((0.847058, None, 3.0))),
        value_name="Share",
        most=5,
    )
    drawn = charts.drawn(Figure("Fit", "", bars))
    assert list(drawn.data[0].text) == ["0.85", "?", "3.00"]
