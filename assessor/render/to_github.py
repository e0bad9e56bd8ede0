"""What a change made worse as workflow commands, which GitHub shows beside the lines."""

from collections.abc import Iterator, Mapping

from assessor.model.gate import WaiverState
from assessor.model.gate_report import GateReport
from assessor.model.rules import Severity
from assessor.render.clean import visible

# GitHub shows ten of a kind for a step; the gravest come first.
_FINDINGS: Mapping[Severity, str] = {
    "critical": "error",
    "major": "error",
    "minor": "warning",
    "info": "notice",
}
_WAIVERS: Mapping[WaiverState, str] = {"expired": "warning", "malformed": "warning"}


def to_github(report: GateReport) -> bytes:
    """One command a line: new and lost findings that nothing waives, waivers, notes.

    Waivers that are simply honoured are left out. Nothing that a repository wrote can start
    another command.
    """
    return "".join(f"{line}\n" for line in _commands(report)).encode("utf-8")


def _commands(report: GateReport) -> Iterator[str]:
    for found in report.open:
        place = _place(found.path, line=found.line, title=found.rule)
        yield f"::{_FINDINGS[found.severity]} {place}::{_message(found.text)}"
    for waiver in report.odd_waivers:
        place = _place(waiver.path, line=waiver.line, title=waiver.rule)
        yield f"::{_WAIVERS.get(waiver.state, 'notice')} {place}::{_message(waiver.text)}"
    for note in report.notes:
        yield f"::notice::{_message(note)}"


def _place(path: str, *, line: int, title: str) -> str:
    return f"file={_property(path)},line={max(line, 1)},title={_property(title)}"


def _message(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
