"""Report: what is chosen is what the files hold."""

import pytest
from unit.app.test_overview import texts

pytestmark = pytest.mark.slow


def _held(opened):
    return {metric.label: metric.value for metric in opened.metric}


def test_report__nothing_chosen__holds_everything(page):
    opened = page("report")
    assert not opened.exception
    assert int(_held(opened)["Standards"]) > 1


def test_report__one_standard_chosen__is_the_only_one_held(page):
    every = page("report")
    one = page("report")
    one.multiselect(key="packs").set_value(["CTR"]).run()
    assert _held(one)["Standards"] == "1"
    assert int(_held(one)["Rules"]) < int(_held(every)["Rules"])


def test_report__a_standard_in_the_address__is_chosen(page):
    assert _held(page("report", packs="MSP"))["Standards"] == "1"


def test_report__before_it_is_asked_for__no_pdf_is_made(page):
    assert "made when you ask for it" in texts(page("report"))


def test_report__asked_for__a_pdf_lies_ready(page):
    opened = page("report")
    next(b for b in opened.button if b.label == "Make the report").click().run()
    assert not opened.exception
    assert "made when you ask for it" not in texts(opened)


def test_report__in_chinese__speaks_chinese(page):
    assert page("report", lang="zh").title[0].value == "报告"
