"""Outlines over axes that leave one centre."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessor.model.view import Radar, Series
from assessor.render.charts.svg import (
    NORMAL,
    SMALL,
    WIDTH,
    Anchor,
    Chart,
    Key,
    Role,
    Sheet,
    diamond,
    figure,
    fill,
    group,
    legend,
    line,
    points,
    shape,
    share,
    stroke,
    text,
    ticks,
    title,
)
from assessor.render.charts.text import width, wrap

_RADIUS, _GAP, _LINE = 158.0, 16.0, 12.5
_ROOM = 148.0
_ROLES: tuple[Role, ...] = ("brand", "accent", "good", "poor")
_DASHES = ("", "5 3", "1.5 2.5", "8 3 1.5 3")
_GLYPHS = ("circle", "diamond")
# Parts of an axis at which a ? may stand; the one farthest from the values is taken.
_FREE = (0.5, 0.3, 0.7, 0.18, 0.86)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The centre, the number of axes and the value at their ends."""

    y: float
    axes: int
    most: float

    def angle(self, axis: int) -> float:
        """Direction of an axis in radians; the first points up, the others follow clockwise."""
        return 2 * math.pi * axis / self.axes - math.pi / 2

    def at(self, axis: int, part: float) -> tuple[float, float]:
        """The point at a part of the axis' length."""
        far, angle = _RADIUS * part, self.angle(axis)
        return WIDTH / 2 + far * math.cos(angle), self.y + far * math.sin(angle)


@dataclass(frozen=True, slots=True)
class _Label:
    """Lines beside the end of an axis, with the figures of all series below them."""

    lines: tuple[str, ...]
    anchor: Anchor
    x: float
    top: float

    @property
    def bottom(self) -> float:
        """The end of the line of figures."""
        return self.top + _LINE * (len(self.lines) + 1)


def radar(drawing: Radar, *, sheet: Sheet) -> Chart | None:
    """Rings with numbers, labelled axes with their figures, an outline a series.

    None without axes or series. Values beyond the scale are drawn at its end.
    """
    if not drawing.axes or not drawing.series:
        return None
    draft = _Plan(0, len(drawing.axes), drawing.most)
    above = min(label.top for label in _labels(drawing, plan=draft))
    plan = _Plan(max(8 - above, _RADIUS + 12), draft.axes, draft.most)
    labels = _labels(drawing, plan=plan)
    low = max(plan.at(axis, 1)[1] for axis in range(plan.axes))
    low = max(low, *(label.bottom for label in labels))
    keys = legend(sheet, _keys(drawing, sheet=sheet), y=low + 26)
    parts = [
        *_grid(sheet, plan=plan),
        *(_outline(s, sheet=sheet, plan=plan, place=i) for i, s in enumerate(drawing.series)),
        *_unknown(drawing, sheet=sheet, plan=plan),
        *_numbers(sheet, plan=plan),
        *(_label(drawing, label, sheet=sheet, axis=i) for i, label in enumerate(labels)),
    ]
    return Chart((*parts, *keys.elements), keys.height)


def _grid(sheet: Sheet, *, plan: _Plan) -> Iterable[Element]:
    """A ring for each round value and a spoke for each axis."""
    thin = stroke(sheet, "rule", wide=0.7)
    for ring in _rings(plan):
        corners = points(plan.at(axis, share(ring, plan.most)) for axis in range(plan.axes))
        yield shape("polygon", {"points": corners}, thin)
    for axis in range(plan.axes):
        yield line(plan.at(axis, 0), plan.at(axis, 1), thin)


def _rings(plan: _Plan) -> tuple[float, ...]:
    """The values with a ring: round ones and the last."""
    inner = [tick for tick in ticks(plan.most, count=5) if 0 < tick < plan.most * 0.95]
    return (*inner, plan.most)


def _numbers(sheet: Sheet, *, plan: _Plan) -> Iterable[Element]:
    """The rings' values, left of the first axis."""
    for ring in _rings(plan):
        x, y = plan.at(0, share(ring, plan.most))
        shown = figure(ring)
        wide = width(shown, size=SMALL)
        paper = fill(sheet, "paper", opacity=0.7)
        size = {"x": x - 8 - wide, "y": y - 2, "width": wide + 4, "height": 11, "rx": 2}
        yield shape("rect", size, paper)
        yield text(sheet, shown, at=(x - 6, y + 4), size=SMALL, anchor="end", role="muted")


def _outline(series: Series, *, sheet: Sheet, plan: _Plan, place: int) -> Element:
    """Line and marks of a series; where a value is unknown the line is broken."""
    role, dash = _ROLES[place % len(_ROLES)], _DASHES[place % len(_DASHES)]
    outline = stroke(sheet, role, wide=1.8, dash=dash)
    parts = [title(series.name)]
    for run in _runs(series.values[: plan.axes], axes=plan.axes):
        places = [plan.at(axis, share(value, plan.most)) for axis, value in run]
        closed = len(places) == plan.axes
        if place == 0 and len(places) > 1:
            area = points(places if closed else [*places, plan.at(0, 0)])
            inner = fill(sheet, role, opacity=0.14)
            parts.append(shape("polygon", {"points": area}, inner))
        tag = "polygon" if closed else "polyline"
        joint = {"points": points(places), "stroke-linejoin": "round"}
        parts.append(shape(tag, joint, outline))
        parts += [_mark(sheet, at=at, place=place) for at in places]
    return group(parts, {"class": "series"})


def _runs(values: Sequence[float | None], *, axes: int) -> Iterable[Sequence[tuple[int, float]]]:
    """Neighbouring axes with known values, each with its value; the last is next to the first."""
    known = {i: v for i, v in enumerate(values) if v is not None}
    if len(known) == axes:
        yield list(known.items())
        return
    for start in sorted(known):
        if (start - 1) % axes not in known:
            ends = (n for n in range(axes) if (start + n) % axes not in known)
            run = [(start + n) % axes for n in range(next(ends))]
            yield [(axis, known[axis]) for axis in run]


def _mark(sheet: Sheet, *, at: tuple[float, float], place: int, radius: float = 3.2) -> Element:
    """A dot for the first series, a diamond for the second, and so on."""
    role = _ROLES[place % len(_ROLES)]
    if place % 2:
        inner = fill(sheet, "paper")
        return diamond(*at, stroke(sheet, role, wide=1.6), inner, radius=radius + 1)
    spot = {"cx": at[0], "cy": at[1], "r": radius}
    return shape("circle", spot, fill(sheet, role), stroke(sheet, "paper", wide=0.8))


def _unknown(drawing: Radar, *, sheet: Sheet, plan: _Plan) -> Iterable[Element]:
    """An open dot with a ? on each axis of which a series has no value."""
    for axis in range(plan.axes):
        values = [_value(series, axis) for series in drawing.series]
        if None not in values:
            continue
        known = [share(value, plan.most) for value in values if value is not None]
        part = max(_FREE, key=lambda part: min((abs(part - k) for k in known), default=0))
        x, y = plan.at(axis, part)
        ring = stroke(sheet, "unknown", wide=1, dash="2.5 1.5")
        spot = shape("circle", {"cx": x, "cy": y, "r": 7.5}, ring, fill(sheet, "paper"))
        sign = text(sheet, "?", at=(x, y), size=NORMAL, anchor="middle", role="unknown")
        yield group([spot, sign], {"class": "unseen"})


def _value(series: Series, axis: int) -> float | None:
    """The series' value on an axis, None if it has none."""
    return series.values[axis] if axis < len(series.values) else None


def _labels(drawing: Radar, *, plan: _Plan) -> list[_Label]:
    """Where the labels stand: outside of the rings, rising and falling with them."""
    count = 3 if plan.axes <= 9 else 2 if plan.axes <= 16 else 1  # noqa: PLR2004
    return [
        _placed(name, plan=plan, axis=axis, count=count) for axis, name in enumerate(drawing.axes)
    ]


def _placed(name: str, *, plan: _Plan, axis: int, count: int) -> _Label:
    """The label of an axis in at most `count` lines."""
    cosine, sine = math.cos(plan.angle(axis)), math.sin(plan.angle(axis))
    x = WIDTH / 2 + (_RADIUS + _GAP) * cosine
    y = plan.y + (_RADIUS + _GAP) * sine
    middle = abs(cosine) < 0.05  # noqa: PLR2004 - straight up or down
    beside = 2 * (_RADIUS + _GAP) * math.sin(2 * math.pi / max(plan.axes, 4)) - 20
    room = min(_ROOM, beside) if middle else min(_ROOM, WIDTH / 2 - abs(x - WIDTH / 2) - 4)
    lines = wrap(name, size=NORMAL, room=max(room, 20), lines=count) or ("–",)
    high = _LINE * (len(lines) + 1)
    anchor: Anchor = "middle" if middle else "start" if cosine > 0 else "end"
    return _Label(lines, anchor, x, y - high * (1 - sine) / 2)


def _label(drawing: Radar, label: _Label, *, sheet: Sheet, axis: int) -> Element:
    """The lines of a label and below them the figure of each series after its mark."""
    parts = [title(drawing.axes[axis])]
    for i, content in enumerate(label.lines):
        at = (label.x, label.top + _LINE * (i + 0.5))
        parts.append(text(sheet, content, at=at, anchor=label.anchor))
    shown = [figure(_value(series, axis), decimals=series.decimals) for series in drawing.series]
    widths = [width(value, size=SMALL) + 21 for value in shown]
    total = sum(widths) - 10
    x = label.x - {"start": 0.0, "middle": total / 2, "end": total}[label.anchor]
    y = label.bottom - _LINE / 2
    for place, (value, wide) in enumerate(zip(shown, widths, strict=True)):
        role: Role = "unknown" if value == "?" else _ROLES[place % len(_ROLES)]
        parts.append(_mark(sheet, at=(x + 4, y), place=place, radius=2.6))
        parts.append(text(sheet, value, at=(x + 11.5, y), size=SMALL, role=role, bold=True))
        x += wide
    return group(parts, {"class": "axis"})


def _keys(drawing: Radar, *, sheet: Sheet) -> Iterable[Key]:
    """The line and mark of each series."""
    for place, series in enumerate(drawing.series):
        dash = _DASHES[place % len(_DASHES)]
        outline = stroke(sheet, _ROLES[place % len(_ROLES)], wide=1.8, dash=dash)
        glyph = [line((0, 0), (26, 0), outline), _mark(sheet, at=(13, 0), place=place)]
        yield Key(group(glyph), series.name, wide=26)
    values = [_value(s, axis) for s in drawing.series for axis in range(len(drawing.axes))]
    if None in values:
        ring = stroke(sheet, "unknown", wide=1, dash="2.5 1.5")
        spot = shape("circle", {"cx": 7, "cy": 0, "r": 6}, ring)
        sign = text(sheet, "?", at=(7, 0), size=SMALL, anchor="middle", role="unknown")
        yield Key(group([spot, sign]), sheet.word("unseen"))
