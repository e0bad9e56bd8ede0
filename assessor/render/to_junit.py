"""The conditions of a gate as JUnit XML, which every CI system shows."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assessor.model.gate import Told
from assessor.model.rules import Outcome
from assessor.render.clean import visible


def to_junit(conditions: Sequence[Told]) -> bytes:
    """One test case a condition: not met is a failure, what could not be decided is skipped."""
    failed = sum(each.outcome is Outcome.NOT_MET for each in conditions)
    met = sum(each.outcome is Outcome.MET for each in conditions)
    suites = Element("testsuites")
    counts = {"failures": failed, "errors": 0, "skipped": len(conditions) - failed - met}
    suite = SubElement(suites, "testsuite", name="assessor gate", tests=str(len(conditions)))
    suite.attrib |= {name: str(count) for name, count in counts.items()}
    for each in conditions:
        case = SubElement(suite, "testcase", classname="assessor.gate", name=_plain(each.name))
        if each.outcome is Outcome.NOT_MET:
            SubElement(case, "failure", message=_plain(each.text)).text = _plain(each.text)
        elif each.outcome is not Outcome.MET:
            SubElement(case, "skipped", message=_plain(each.text))
    indent(suites)
    return bytes(tostring(suites, encoding="utf-8", xml_declaration=True)) + b"\n"


def _plain(text: str) -> str:
    """The text with what XML cannot hold shown as U+FFFD."""
    return visible(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
