"""A gate as a table for spreadsheets and scripts."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pandas as pd
import pytest
from gate_reports import FINDINGS, WAIVERS, gate_report

from assessor.render.to_csv import to_csv

COLUMNS = ["rule", "severity", "state", "path", "line", "text", "waiver", "fingerprint"]


def _rows(**changes):
    text = to_csv(gate_report(**changes)).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def _text(text):
    return _rows(findings=(replace(FINDINGS[0], text=text),))[1][5]


def test_to_csv__every_finding_waiver_and_note__has_its_row():
    states = [row[2] for row in _rows()[1:]]
    assert states == [
        "new",
        "lost",
        "new",
        "known",
        "waiver-honoured",
        "waiver-expiring",
        "waiver-expired",
        "waiver-unmatched",
        "waiver-pending",
        "waiver-malformed",
        "note",
    ]


def test_to_csv__finding__fills_every_column():
    rows = _rows()
    assert rows[0] == COLUMNS
    assert rows[3] == [
        "MSP-07",
        "minor",
        "new",
        "deploy/payment.yaml",
        "0",
        "payment has no readiness probe",
        "to be mended as planned: next release (lin); until 2026-12-31",
        "f" * 31 + "3",
    ]


def test_to_csv__expired_waiver__stands_at_its_place():
    text = "Waiver of CTR-02, expired"
    assert _rows()[7] == ["CTR-02", "", "waiver-expired", "waivers.yaml", "15", text, "", ""]


def test_to_csv__bytes__have_the_mark_and_the_line_ends_of_the_format():
    written = to_csv(gate_report())
    assert written.startswith(b"\xef\xbb\xbfrule,severity,")
    assert written.count(b"\r\n") == written.count(b"\n") == 12


def test_to_csv__pandas__reads_it_without_any_option():
    frame = pd.read_csv(BytesIO(to_csv(gate_report())))
    assert list(frame.columns) == COLUMNS
    assert frame["line"].tolist() == [3, 12, 0, 8, 1, 8, 15, 22, 2, 5, 0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", " =", "\u3000=", "＝", "＋", "－", "＠"])
def test_to_csv__text_like_a_formula__has_an_apostrophe_before_it(sign):
    assert _text(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("control", ["\t", "\r", "\n", "\x00", "\u202e"])
def test_to_csv__control_before_a_formula__is_shown_and_starts_none(control):
    assert _text(f"{control}=1+1") == "\ufffd=1+1"


def test_to_csv__formula_in_any_column__is_defused():
    waiver = replace(WAIVERS[2], path="=cmd|' /C calc'!A0", text="@SUM(A1)")
    row = _rows(findings=(), waivers=(waiver,), notes=())[1]
    assert row[3] == "'=cmd|' /C calc'!A0"
    assert row[5] == "'@SUM(A1)"


def test_to_csv__quotes_and_commas__stay_in_their_cell():
    assert _text('a "b", c') == 'a "b", c'


def test_to_csv__nothing__is_the_names_of_the_columns():
    assert _rows(findings=(), waivers=(), notes=()) == [COLUMNS]
