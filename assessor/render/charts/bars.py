"""Horizontal bars on one scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessor.model.view import Bar, Bars
from assessor.render.charts.svg import (
    HIGHEST,
    NORMAL,
    SMALL,
    WIDTH,
    Chart,
    Key,
    Sheet,
    diamond,
    figure,
    fill,
    group,
    hatch,
    hatched,
    legend,
    line,
    rect,
    share,
    stroke,
    text,
    ticks,
    title,
    unseen,
)
from assessor.render.charts.text import shorten, width

_TOP, _FOOT = 20.0, 64.0
_PITCH, _CLOSEST = 24.0, 13.0
_MOST = int((HIGHEST - _TOP - _FOOT - 16) / _CLOSEST)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand: the scale from left to right, then the columns of figures.

    value, mark: right ends of the columns, mark 0 = no such column. pitch: from row to row.
    """

    left: float
    right: float
    value: float
    mark: float
    pitch: float
    most: float

    def x(self, value: float) -> float:
        """Where a value stands on the scale."""
        return self.left + (self.right - self.left) * share(value, self.most)


def bars(drawing: Bars, *, sheet: Sheet) -> Chart | None:
    """A row for each bar: label, bar with its mark, figures. None without bars.

    What does not fit on a page is left out and said so in the legend.
    """
    shown = drawing.bars[:_MOST]
    if not shown:
        return None
    plan = _plan(drawing, shown)
    bottom = _TOP + plan.pitch * len(shown)
    rows = [_row(bar, sheet=sheet, plan=plan, place=i) for i, bar in enumerate(shown)]
    keys = legend(sheet, _keys(drawing, sheet=sheet), y=bottom + 40)
    parts = [hatch(sheet), *_grid(sheet, plan=plan, bottom=bottom), *_heads(sheet, plan=plan)]
    return Chart((*parts, *rows, *keys.elements), keys.height)


def _plan(drawing: Bars, shown: tuple[Bar, ...]) -> _Plan:
    """Room for the longest label and the longest figures, the rest for the bars."""
    labels = max(width(shorten(b.label, size=NORMAL, room=210), size=NORMAL) for b in shown)
    values = max(width(figure(b.value, decimals=b.decimals), size=NORMAL) for b in shown)
    marks = [width(figure(b.mark), size=NORMAL) for b in shown if b.mark is not None]
    mark = WIDTH - 2 if drawing.mark_name or marks else 0.0
    value = (mark - max(marks, default=8) - 16) if mark else WIDTH - 2
    pitch = min(_PITCH, (HIGHEST - _TOP - _FOOT - 16) / len(shown))
    return _Plan(labels + 12, value - values - 22, value, mark, pitch, drawing.most)


def _grid(sheet: Sheet, *, plan: _Plan, bottom: float) -> Iterable[Element]:
    """A thin line for each round value, with its number below."""
    for tick in ticks(plan.most, count=5):
        x = plan.x(tick)
        thin = stroke(sheet, "rule" if tick else "muted", wide=0.6)
        yield line((x, _TOP - 4), (x, bottom + 4), thin)
        yield text(
            sheet, figure(tick), at=(x, bottom + 13), size=SMALL, anchor="middle", role="muted"
        )


def _heads(sheet: Sheet, *, plan: _Plan) -> Iterable[Element]:
    """The glyphs of the legend above the columns of figures that they explain."""
    if plan.mark:
        yield rect(plan.value - 10, 7, fill(sheet, "brand"), size=(10, 6))
        yield diamond(plan.mark - 5, 10, stroke(sheet, "accent", wide=1.6), radius=4)


def _row(bar: Bar, *, sheet: Sheet, plan: _Plan, place: int) -> Element:
    """Label, bar, mark and figures of one bar."""
    y = _TOP + plan.pitch * (place + 0.5)
    label = shorten(bar.label, size=NORMAL, room=210)
    parts = [
        title(f"{bar.label}: {figure(bar.value, decimals=bar.decimals)}"),
        text(sheet, label, at=(plan.left - 12, y), anchor="end"),
        _bar(bar, sheet=sheet, plan=plan, y=y),
        text(
            sheet,
            figure(bar.value, decimals=bar.decimals),
            at=(plan.value, y),
            anchor="end",
            bold=bar.value is not None,
            role="ink" if bar.value is not None else "unknown",
        ),
    ]
    if plan.mark and bar.mark is None:
        parts.append(text(sheet, "?", at=(plan.mark, y), anchor="end", role="unknown"))
    if bar.mark is not None:
        outline = stroke(sheet, "accent", wide=1.6)
        parts += [
            diamond(plan.x(bar.mark), y, outline, fill(sheet, "paper")),
            text(sheet, figure(bar.mark), at=(plan.mark, y), anchor="end", role="accent"),
        ]
    return group(parts, {"class": "bar"})


def _bar(bar: Bar, *, sheet: Sheet, plan: _Plan, y: float) -> Element:
    """The bar itself; over the whole scale and hatched if its value is unknown."""
    high = min(11.0, plan.pitch * 0.55)
    if bar.value is None:
        size = (plan.right - plan.left, high)
        return rect(plan.left, y - high / 2, hatched(sheet), size=size)
    size = (plan.x(bar.value) - plan.left, high)
    return rect(plan.left, y - high / 2, fill(sheet, "brand"), size=size)


def _keys(drawing: Bars, *, sheet: Sheet) -> Iterable[Key]:
    """What bar, mark and hatching stand for."""
    yield Key(rect(0, -3, fill(sheet, "brand"), size=(14, 6)), drawing.value_name)
    if drawing.mark_name:
        glyph = diamond(7, 0, stroke(sheet, "accent", wide=1.6))
        yield Key(glyph, drawing.mark_name)
    if any(bar.value is None for bar in drawing.bars):
        yield unseen(sheet)
    if len(drawing.bars) > _MOST:
        more = sheet.word("more", count=str(len(drawing.bars) - _MOST))
        yield Key(text(sheet, "…", at=(2, 0)), more)
