"""The report for a terminal."""

import io
import os
import re
import sys

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from assessor.model.view import Cell, Section, Sentence, Table, View

STYLES = {
    "plain": "",
    "good": "green",
    "fair": "yellow",
    "poor": "red",
    "unknown": "magenta",
    "quiet": "bright_black",
    "strong": "bold",
}
WIDTH = 120
BAR = 6
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def to_text(view: View, *, width: int = 0, colour: bool | None = None) -> bytes:
    """UTF-8 text. width 0: the terminal's, else 120. colour None: as the terminal allows."""
    console = _console(width=width, colour=colour)
    console.print()
    console.print(Text(clean(view.title), style="bold"))
    console.print(Text(clean(view.subtitle), style="bright_black"))
    for section in view.sections:
        console.print()
        console.print(Rule(Text(clean(section.title), style="bold"), align="left", style="blue"))
        console.print(_section(section))
    console.print()
    sink = console.file
    assert isinstance(sink, io.StringIO)  # noqa: S101 - for the type checker
    return sink.getvalue().encode("utf-8", "replace")


def _console(*, width: int, colour: bool | None) -> Console:
    """A console that writes to memory, as wide and colourful as standard output."""
    real = Console(file=sys.stdout)
    shown = real.is_terminal and not os.environ.get("NO_COLOR") if colour is None else colour
    return Console(
        file=io.StringIO(),
        width=width or (real.width if real.is_terminal else WIDTH),
        force_terminal=shown,
        no_color=not shown,
        color_system="standard" if shown else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def clean(text: str) -> str:
    """The text without control characters: a file name must not steer the terminal."""
    return _CONTROL.sub("\ufffd", text)


def _section(section: Section) -> Group:
    return Group(*(_block(block) for block in section.blocks))


def _block(block: Sentence | Table) -> Padding:
    if isinstance(block, Sentence):
        return Padding(Text(clean(block.text), style=STYLES[block.tone]), (0, 0, 0, 1))
    return Padding(_table(block), (0, 0, 0, 1))


def _table(table: Table) -> Group:
    shown = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for i, column in enumerate(table.columns):
        numeric = i in table.numeric
        narrow = numeric or max((cell_len(r[i].text) for r in table.rows), default=0) <= 14  # noqa: PLR2004 - short columns stay whole
        shown.add_column(
            clean(column),
            justify="right" if numeric else "left",
            no_wrap=narrow,
            overflow="fold",
        )
    for row in table.rows:
        shown.add_row(*(_cell(cell) for cell in row))
    note = [Text(clean(table.note), style="bright_black")] if table.note else []
    return Group(shown, *note)


def _cell(cell: Cell) -> Text:
    text = Text(clean(cell.text), style=STYLES[cell.tone])
    if cell.bar is None:
        return text
    filled = round(max(0.0, min(1.0, cell.bar)) * BAR)
    return Text("█" * filled + "░" * (BAR - filled) + " ", style=STYLES[cell.tone]) + text
