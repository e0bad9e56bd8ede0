"""Conditions of a gate as JUnit XML."""

from lxml import etree

from assessor.model.gate import Told
from assessor.model.rules import Outcome
from assessor.render.to_junit import to_junit


def test_to_junit__each_outcome__has_its_form_and_is_counted():
    told = [Told(outcome.value, "wanted 0, found 1", outcome) for outcome in Outcome]
    (suite,) = etree.fromstring(to_junit(told))
    forms = {case.get("name"): [child.tag for child in case] for case in suite}
    assert forms["met"] == []
    assert forms["not-met"] == ["failure"]
    assert forms["unknown"] == forms["not-applicable"] == ["skipped"]
    counts = [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == ["5", "1", "0", "3"]


def test_to_junit__markup_and_controls_in_a_name__stay_text():
    (suite,) = etree.fromstring(to_junit([Told("<b>&\x00\x1b[31m\uffff", "]]>", Outcome.NOT_MET)]))
    assert suite[0].get("name").startswith("<b>&")
    assert suite[0][0].text == "]]>"
