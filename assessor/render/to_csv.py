"""A gate's findings and waivers as a table for spreadsheets and scripts."""

import csv
from collections.abc import Iterator
from io import StringIO

from assessor.model.gate_report import GateReport
from assessor.render.clean import visible

_COLUMNS = ("rule", "severity", "state", "path", "line", "text", "waiver", "fingerprint")
# Spreadsheets take a cell that begins so for a formula, East Asian ones the wide signs too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(report: GateReport) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, which Excel needs to read it as UTF-8.

    A row for each finding, then for each waiver (state `waiver-…`) and each note (state `note`).
    The names of the columns are the same in every language. line: 0 = the whole file.
    """
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in row] for row in _rows(report))
    return table.getvalue().encode("utf-8-sig")


def _rows(report: GateReport) -> Iterator[tuple[str | int, ...]]:
    for each in report.findings:
        start = (each.rule, each.severity, each.state, each.path, each.line)
        yield (*start, each.text, each.waiver, each.fingerprint)
    for waiver in report.waivers:
        state = f"waiver-{waiver.state}"
        yield (waiver.rule, "", state, waiver.path, waiver.line, waiver.text, "", "")
    for note in report.notes:
        yield ("", "", "note", "", 0, note, "", "")


def _cell(value: str | int) -> str | int:
    """The value; text that a spreadsheet would compute has an apostrophe before it."""
    if isinstance(value, int):
        return value
    shown = visible(value)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
