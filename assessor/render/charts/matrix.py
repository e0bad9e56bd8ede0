"""A square of shaded numbers: a design structure matrix."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessor.model.view import Matrix
from assessor.render.charts.svg import (
    NORMAL,
    SMALL,
    WIDTH,
    Chart,
    Key,
    Role,
    Sheet,
    figure,
    fill,
    group,
    hatch,
    hatched,
    legend,
    line,
    moved,
    rect,
    shade,
    share,
    stroke,
    text,
    title,
    unseen,
)
from assessor.render.charts.text import shorten, width

_ROOM, _COLUMN, _LARGEST, _LEGIBLE = 150.0, 130.0, 36.0, 14.0
_ANGLED = 20  # more columns stand upright


@dataclass(frozen=True, slots=True)
class _Plan:
    """The upper left corner of the cells, their size and number; angle: of the column labels."""

    left: float
    top: float
    cell: float
    count: int
    angle: float

    def at(self, row: float, column: float) -> tuple[float, float]:
        """The upper left corner of a cell."""
        return self.left + self.cell * column, self.top + self.cell * row


def matrix(drawing: Matrix, *, sheet: Sheet) -> Chart | None:
    """Rows and columns with numbers and labels; the darker a cell the greater its value.

    None without labels. Cells that are too small have no number. Unknown cells are hatched, on
    the diagonal they are empty.
    """
    if not drawing.labels:
        return None
    plan = _plan(drawing)
    most = max((v for row in drawing.values for v in row if v is not None), default=0)
    cells = [
        _cell(drawing, sheet=sheet, plan=plan, place=(row, column), most=most)
        for row in range(plan.count)
        for column in range(plan.count)
    ]
    keys = legend(sheet, _keys(drawing, sheet=sheet, most=most), y=plan.at(plan.count, 0)[1] + 24)
    labels = [_labels(drawing, sheet=sheet, plan=plan, place=i) for i in range(plan.count)]
    parts = [hatch(sheet), *cells, *_grid(sheet, plan=plan), *labels]
    return Chart((*parts, *keys.elements), keys.height)


def _plan(drawing: Matrix) -> _Plan:
    """Cells as large as the room beside the labels allows."""
    count = len(drawing.labels)
    numbers = width(str(count), size=SMALL) + 8
    names = max(width(shorten(n, size=NORMAL, room=_ROOM), size=NORMAL) for n in drawing.labels)
    longest = min(max(names, 20), _COLUMN)
    upright = count > _ANGLED
    beyond = 0 if upright else longest * math.cos(math.pi / 4)
    above = longest if upright else longest * math.sin(math.pi / 4) + 6
    left = names + numbers + 10
    cell = min(_LARGEST, (WIDTH - left - beyond - 2) / count, 540 / count)
    return _Plan(left, above + 26, cell, count, -90 if upright else -45)


def _value(drawing: Matrix, row: int, column: int) -> float | None:
    """The value of a cell, None if there is none."""
    cells = drawing.values[row] if row < len(drawing.values) else ()
    return cells[column] if column < len(cells) else None


def _cell(
    drawing: Matrix, *, sheet: Sheet, plan: _Plan, place: tuple[int, int], most: float
) -> Element:
    """Shade, number and tip of one cell."""
    row, column = place
    x, y = plan.at(row, column)
    value = _value(drawing, row, column)
    size = (plan.cell, plan.cell)
    parts = [title(f"{drawing.labels[row]} → {drawing.labels[column]}: {figure(value)}")]
    if value is None and row == column:
        across = stroke(sheet, "muted", wide=0.7)
        return group(
            [
                rect(x, y, fill(sheet, "soft"), size=size),
                line((x, y), plan.at(row + 1, column + 1), across),
            ],
        )
    if value is None:
        parts.append(rect(x, y, hatched(sheet), size=size))
    elif value > 0:
        heat = math.sqrt(share(value, most))
        parts.append(rect(x, y, fill(sheet, "brand", opacity=shade(heat)), size=size))
    elif row == column:
        parts.append(rect(x, y, fill(sheet, "soft"), size=size))
    shown = figure(value)
    if plan.cell >= _LEGIBLE and width(shown, size=SMALL) <= plan.cell - 2:
        middle = (x + plan.cell / 2, y + plan.cell / 2)
        role: Role = "ink" if value else "unknown" if value is None else "muted"
        if value is None:
            spot = (middle[0] - 5, middle[1] - 6)
            parts.append(rect(*spot, fill(sheet, "paper", opacity=0.85), size=(10, 12)))
        parts.append(text(sheet, shown, at=middle, size=SMALL, anchor="middle", role=role))
    return group(parts, {"class": "cell"})


def _grid(sheet: Sheet, *, plan: _Plan) -> Iterable[Element]:
    """Thin lines between the cells."""
    thin = stroke(sheet, "rule", wide=0.5)
    for i in range(plan.count + 1):
        yield line(plan.at(i, 0), plan.at(i, plan.count), thin)
        yield line(plan.at(0, i), plan.at(plan.count, i), thin)


def _labels(drawing: Matrix, *, sheet: Sheet, plan: _Plan, place: int) -> Element:
    """Number and name of a row and of the column with the same name."""
    index, size = str(place + 1), SMALL if plan.cell < NORMAL + 2 else NORMAL
    x, y = plan.at(place + 0.5, 0)[0] - 6, plan.at(place + 0.5, 0)[1]
    name = shorten(drawing.labels[place], size=size, room=_ROOM)
    room = width(str(plan.count), size=SMALL) + 8
    row = [
        text(sheet, index, at=(x, y), size=SMALL, anchor="end", role="muted"),
        text(sheet, name, at=(x - room, y), size=size, anchor="end"),
    ]
    above, top = plan.at(0, place + 0.5)
    head = text(sheet, index, at=(above, top - 8), size=SMALL, anchor="middle", role="muted")
    short = shorten(drawing.labels[place], size=size, room=_COLUMN)
    column = text(sheet, short, at=(above + 1, top - 17), size=size, angle=plan.angle)
    return group([title(drawing.labels[place]), *row, head, column])


def _keys(drawing: Matrix, *, sheet: Sheet, most: float) -> Iterable[Key]:
    """What rows and columns are, and the values from pale to dark."""
    across = line((0, 0), (14, 0), stroke(sheet, "muted", wide=1.4))
    down = line((7, -6), (7, 6), stroke(sheet, "muted", wide=1.4))
    yield Key(across, sheet.word("row", name=drawing.row_name))
    yield Key(down, sheet.word("column", name=drawing.column_name))
    if most > 0:
        steps = [
            moved(
                rect(0, -5, fill(sheet, "brand", opacity=shade(step / 4)), size=(12, 10)),
                x=12 * step,
                y=0,
            )
            for step in range(5)
        ]
        yield Key(group(steps), f"0 – {figure(most)}", wide=60)
    side = range(len(drawing.labels))
    if any(_value(drawing, r, c) is None for r in side for c in side if r != c):
        yield unseen(sheet)
