"""The report for a terminal."""

import io
import os
import sys
from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.render import columns
from assessor.render.blocks import flat
from assessor.render.clean import visible

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
NARROW = 80
BAR = 6
GAP = 2


def to_text(view: View, *, width: int = 0, colour: bool | None = None) -> bytes:
    """UTF-8 text. width 0: the terminal's, else 120. colour None: as the terminal allows."""
    console = _console(width=width, colour=colour)
    console.print()
    console.print(Text(visible(view.title), style="bold"))
    console.print(Text(visible(view.subtitle), style="bright_black"))
    for section in view.sections:
        console.print()
        console.print(Rule(Text(visible(section.title), style="bold"), align="left", style="blue"))
        console.print(_section(section, width=console.width - 1))
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


def _section(section: Section, *, width: int) -> Group:
    return Group(*(_block(each, width=width) for each in flat(section)))


def _block(block: Sentence | Table, *, width: int) -> Padding:
    if isinstance(block, Sentence):
        return Padding(Text(visible(block.text), style=STYLES[block.tone]), (0, 0, 0, 1))
    return Padding(_table(block, width=width), (0, 0, 0, 1))


def _table(table: Table, *, width: int) -> Group:
    """Columns where they fit; on a terminal too narrow for them, one line for each cell."""
    kept = _kept(table, width=width)
    heads = [Text(visible(table.columns[i])) for i in kept]
    rows = [[_cell(row[i]) for i in kept] for row in table.rows]
    numeric = [i in table.numeric for i in kept]
    texts = [[text.plain for text in column] for column in zip(heads, *rows, strict=True)]
    widths = columns.widths(texts, numeric=numeric, room=width, gap=GAP)
    shown = (
        _columns(heads, rows, numeric=numeric, widths=widths) if widths else _lines(heads, rows)
    )
    note = [Text(visible(table.note), style="bright_black")] if table.note else []
    return Group(shown, *note)


def _kept(table: Table, *, width: int) -> list[int]:
    """The columns to show: a narrow terminal does without the quiet ones."""
    every = range(len(table.columns))
    if width >= NARROW - 1:
        return list(every)
    return [i for i in every if not i or any(row[i].tone != "quiet" for row in table.rows)]


def _columns(
    heads: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    *,
    numeric: Sequence[bool],
    widths: Sequence[int],
) -> RichTable:
    shown = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    for head, number, width in zip(heads, numeric, widths, strict=True):
        shown.add_column(head, justify="right" if number else "left", width=width, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    return shown


def _lines(heads: Sequence[Text], rows: Sequence[Sequence[Text]]) -> Group:
    """Each row as lines of their own: its first cell, then every other one behind its heading."""
    lines: list[Text | Padding] = []
    for row in rows:
        lines.append(row[0])
        lines += [
            Padding(Text.assemble(head, ": ", cell), (0, 0, 0, GAP))
            for head, cell in zip(heads[1:], row[1:], strict=True)
            if cell.plain
        ]
    return Group(*lines)


def _cell(cell: Cell) -> Text:
    text = Text(visible(cell.text), style=STYLES[cell.tone])
    if cell.bar is None:
        return text
    filled = round(max(0.0, min(1.0, cell.bar)) * BAR)
    return Text("█" * filled + "░" * (BAR - filled) + " ", style=STYLES[cell.tone]) + text
