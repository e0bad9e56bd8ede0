"""A gate as workflow commands."""

import re
from dataclasses import replace

import pytest
from gate_reports import FINDINGS, WAIVERS, gate_report

from assessor.render.to_github import to_github

# What the runner takes for a command: `::name properties::message`, spaces before it allowed.
COMMAND = re.compile(r"::(error|warning|notice)(?: file=[^,:]*,line=\d+,title=[^,:]*)?::")


def _lines(**changes):
    return to_github(gate_report(**changes)).decode().split("\n")[:-1]


def test_to_github__report__is_told_findings_first_then_waivers_then_notes():
    image = replace(FINDINGS[0], text="the image has no fixed tag")
    probe = replace(FINDINGS[1], text="a probe", path="a.yaml")
    assert _lines(findings=(image, probe)) == [
        "::error file=order/Dockerfile,line=3,title=CTR-02::the image has no fixed tag",
        "::error file=a.yaml,line=12,title=MSP-07::a probe",
        "::notice file=waivers.yaml,line=8,title=MSP-07::Waiver of MSP-07, expires soon",
        "::warning file=waivers.yaml,line=15,title=CTR-02::Waiver of CTR-02, expired",
        "::notice file=waivers.yaml,line=22,title=CTR-02::Waiver of CTR-02, accepts nothing",
        "::notice file=order/Dockerfile,line=2,title=MSP-07::Waiver of MSP-07, pending",
        "::warning file=pay/Dockerfile,line=5,title=MSP-07::Waiver of MSP-07, not valid",
        "::notice::The change may have edited assessor.yaml.",
    ]


def test_to_github__severities__have_the_commands_of_github():
    found = [
        replace(FINDINGS[0], severity=each) for each in ("critical", "major", "minor", "info")
    ]
    lines = _lines(findings=tuple(found), waivers=(), notes=())
    assert [line.split()[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]


def test_to_github__known_and_waived_findings__are_left_out():
    assert _lines(findings=FINDINGS[2:], waivers=(), notes=()) == []


def test_to_github__a_whole_file__stands_at_its_first_line():
    (line,) = _lines(findings=(replace(FINDINGS[0], line=0),), waivers=(), notes=())
    assert line.startswith("::error file=order/Dockerfile,line=1,")


@pytest.mark.parametrize(
    "text",
    [
        "50 %\n::set-output name=x::y",
        "\r\n::error::x",
        "\u2028::add-mask::x",
        "a,line=9::b\n::c",
        "%0A::stop-commands::x",
        "\n  ::warning::x",
        "\x85::debug::x",
        "\udce9\x00::x",
    ],
)
def test_to_github__hostile_text__starts_no_command_and_adds_no_property(text):
    found = replace(FINDINGS[0], rule=text, path=text, text=text)
    waiver = replace(WAIVERS[2], rule=text, path=text, text=text)
    lines = to_github(gate_report(findings=(found,), waivers=(waiver,), notes=(text,)))
    shown = lines.decode().splitlines()
    assert len(shown) == 3
    assert [line for line in shown if not COMMAND.match(line)] == []


def test_to_github__percent_sign__is_escaped_so_that_nothing_is_decoded():
    found = replace(FINDINGS[0], text="50 %0A::error::x")
    (line,) = _lines(findings=(found,), waivers=(), notes=())
    assert line.endswith("::50 %250A::error::x")


def test_to_github__nothing__is_no_line():
    assert _lines(findings=(), waivers=(), notes=()) == []
