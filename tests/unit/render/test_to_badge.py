"""A gate as an endpoint badge of shields.io."""

import json

import pytest
from gate_reports import gate_report
from jsonschema import Draft202012Validator

from assessor.model.gate_report import ToldPack, ToldWaiver
from assessor.model.rules import Outcome
from assessor.render.to_badge import to_badge

WORDS = {
    "badge.label": "cloud native",
    "badge.no-level": "level unknown",
    "badge.met": "gate met",
    "badge.not-met": "gate not met",
    "badge.unknown": "gate undecided",
    "badge.care.one": "{count} waiver to check",
    "badge.care.many": "{count} waivers to check",
    "badge.expired.one": "{count} waiver expired",
    "badge.expired.many": "{count} waivers expired",
}
# What https://shields.io/badges/endpoint-badge says of an answer; other names are not known there.
SHIELDS = {
    "type": "object",
    "required": ["schemaVersion", "label", "message"],
    "additionalProperties": False,
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {
            "enum": [
                *("brightgreen", "green", "yellowgreen", "yellow", "orange", "red", "blue"),
                "lightgrey",
            ]
        },
        "labelColor": {"type": "string"},
        "isError": {"type": "boolean"},
        "namedLogo": {"type": "string"},
        "logoSvg": {"type": "string"},
        "logoColor": {"type": "string"},
        "logoSize": {"type": "string"},
        "style": {"type": "string"},
        "cacheSeconds": {"type": "integer"},
    },
}


def _pack(claimable, name="CTR"):
    return ToldPack(name, "Containers", "2026.1", claimable, 2.4, 0.75, ())


def _expired(rule):
    return ToldWaiver(rule, "expired", "expired", "waivers.yaml", 2)


def _badge(*levels, **changes):
    packs = tuple(_pack(level, f"P{number}") for number, level in enumerate(levels))
    usual = {"outcome": Outcome.MET, "coverage": 0.9, "least_coverage": 0.5, "waivers": ()}
    report = gate_report(**usual | {"packs": packs, "words": WORDS} | changes)
    return json.loads(to_badge(report))


def test_to_badge__a_gate__is_what_shields_reads():
    shown = _badge(2)
    assert list(Draft202012Validator(SHIELDS).iter_errors(shown)) == []
    assert shown == {
        "schemaVersion": 1,
        "label": "cloud native",
        "message": "L2 · gate met",
        "color": "orange",
    }


def test_to_badge__several_packs__shows_the_lowest_level():
    assert _badge(4, 3, 5)["message"] == "L3 · gate met"


def test_to_badge__a_pack_without_a_level__is_told():
    assert _badge(4, None, 3)["message"] == "L3 (2/3) · gate met"


@pytest.mark.parametrize(
    ("level", "colour"),
    [(1, "red"), (2, "orange"), (3, "yellow"), (4, "green"), (5, "brightgreen")],
)
def test_to_badge__a_level__has_its_colour(level, colour):
    assert _badge(level)["color"] == colour


def test_to_badge__a_high_level_of_a_gate_not_met__is_red():
    shown = _badge(5, outcome=Outcome.NOT_MET)
    assert (shown["message"], shown["color"]) == ("L5 · gate not met", "red")


@pytest.mark.parametrize("levels", [(), (None, None)])
def test_to_badge__no_level__is_grey_and_says_so(levels):
    shown = _badge(*levels)
    assert (shown["message"], shown["color"]) == ("level unknown · gate met", "lightgrey")


def test_to_badge__an_undecided_gate__is_grey():
    assert _badge(5, outcome=Outcome.UNKNOWN)["color"] == "lightgrey"


@pytest.mark.parametrize(("coverage", "colour"), [(0.49, "lightgrey"), (0.5, "green")])
def test_to_badge__too_few_files_read__is_grey(coverage, colour):
    assert _badge(4, coverage=coverage)["color"] == colour


def test_to_badge__one_expired_waiver__is_in_the_message():
    assert _badge(4, waivers=(_expired("CTR-01"),))["message"].endswith("· 1 waiver expired")


def test_to_badge__two_expired_waivers__are_counted():
    waivers = (_expired("CTR-01"), _expired("CTR-02"))
    assert _badge(4, waivers=waivers)["message"] == "L4 · gate met · 2 waivers expired"


@pytest.mark.parametrize("state", ["expiring", "unmatched", "pending", "malformed"])
def test_to_badge__a_waiver_that_is_not_simply_in_force__is_counted(state):
    waivers = (ToldWaiver("CTR-01", state, "x", "waivers.yaml", 2),)
    assert _badge(4, waivers=waivers)["message"] == "L4 · gate met · 1 waiver to check"


def test_to_badge__a_waiver_in_force__is_not_spoken_of():
    waivers = (ToldWaiver("CTR-01", "honoured", "x", "waivers.yaml", 2),)
    assert _badge(4, waivers=waivers)["message"] == "L4 · gate met"
