"""A gate as JUnit XML."""

from dataclasses import replace

import pytest
from gate_reports import WAIVERS, gate_report
from lxml import etree

from assessor.model.gate_report import ToldCondition
from assessor.model.rules import Outcome
from assessor.render.to_junit import to_junit


def _suites(**changes):
    return list(etree.fromstring(to_junit(gate_report(**changes))))


def _counts(suite):
    return [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]


def test_to_junit__each_outcome__has_its_form_and_is_counted():
    told = [ToldCondition(each.value, "wanted 0, found 1", each) for each in Outcome]
    (suite,) = _suites(conditions=tuple(told), waivers=(), notes=())
    forms = {case.get("name"): [child.tag for child in case] for case in suite}
    assert forms["met"] == []
    assert forms["not-met"] == ["failure"]
    assert forms["unknown"] == forms["not-applicable"] == ["skipped"]
    assert _counts(suite) == ["5", "1", "0", "3"]


def test_to_junit__each_state_of_a_waiver__has_its_form():
    forms = [[child.tag for child in case] for case in _suites()[1]]
    assert forms == [[], ["system-out"], ["skipped"], ["skipped"], ["skipped"], ["skipped"]]


def test_to_junit__expired_waiver__is_shown_but_no_failure():
    suite = _suites()[1]
    assert suite.get("name") == "assessor waivers"
    assert _counts(suite) == ["6", "0", "0", "4"]
    assert suite[2].get("name") == "CTR-02 expired waivers.yaml:15"
    assert suite[2][0].get("message") == suite[2][0].text == "Waiver of CTR-02, expired"


def test_to_junit__expiring_waiver__says_so_in_what_it_prints():
    assert _suites()[1][1][0].text == "Waiver of MSP-07, expires soon"


def test_to_junit__notes__are_what_the_suite_of_conditions_prints():
    suite = _suites(notes=("First.", "Second."))[0]
    assert suite.findtext("system-out") == "First.\nSecond."


def test_to_junit__no_waivers__no_suite_of_them():
    assert [suite.get("name") for suite in _suites(waivers=())] == ["assessor gate"]


@pytest.mark.parametrize("text", ["<b>&", "]]>", "\x00\x1b[31m", "\uffff", "\udce9", "a\nb"])
def test_to_junit__markup_and_controls__stay_text(text):
    waiver = replace(WAIVERS[2], path=text, text=text)
    condition = ToldCondition(text, text, Outcome.NOT_MET)
    suites = _suites(conditions=(condition,), waivers=(waiver,), notes=(text,))
    shown = suites[0][0].get("name")
    assert [suites[0][0][0].text, suites[1][0][0].text] == [shown, shown]
    assert len(shown) == len(text)
