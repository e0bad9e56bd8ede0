"""A gate's conditions and waivers as JUnit XML, which every CI system shows."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assessor.model.gate import HONOURED
from assessor.model.gate_report import GateReport, ToldCondition, ToldWaiver
from assessor.model.rules import Outcome
from assessor.render.clean import visible


def to_junit(report: GateReport) -> bytes:
    """A suite of conditions and one of waivers; the notes are what the first printed.

    A condition that is not met is a failure, one that could not be decided is skipped. A waiver
    that is not honoured is skipped: what it leads to, the conditions say.
    """
    suites = Element("testsuites")
    suite = _suite(suites, "assessor gate", _conditions(report.conditions))
    if report.notes:
        SubElement(suite, "system-out").text = "\n".join(_plain(note) for note in report.notes)
    if report.waivers:
        _suite(suites, "assessor waivers", _waivers(report.waivers))
    indent(suites)
    return bytes(tostring(suites, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(suites: Element, name: str, cases: Sequence[Element]) -> Element:
    suite = SubElement(suites, "testsuite", name=name, tests=str(len(cases)))
    for word, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(word, str(sum(case.find(child) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _conditions(conditions: Sequence[ToldCondition]) -> list[Element]:
    cases = []
    for each in conditions:
        case = Element("testcase", classname="assessor.gate", name=_plain(each.name))
        if each.outcome is Outcome.NOT_MET:
            SubElement(case, "failure", message=_plain(each.text)).text = _plain(each.text)
        elif each.outcome is not Outcome.MET:
            SubElement(case, "skipped", message=_plain(each.text))
        cases.append(case)
    return cases


def _waivers(waivers: Sequence[ToldWaiver]) -> list[Element]:
    cases = []
    for each in waivers:
        name = f"{each.rule} {each.state} {each.path}:{each.line}"
        case = Element("testcase", classname="assessor.waivers", name=_plain(name))
        if each.state not in HONOURED:
            SubElement(case, "skipped", message=_plain(each.text)).text = _plain(each.text)
        elif each.state == "expiring":
            SubElement(case, "system-out").text = _plain(each.text)
        cases.append(case)
    return cases


def _plain(text: str) -> str:
    """The text with what XML cannot hold shown as U+FFFD."""
    return visible(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
