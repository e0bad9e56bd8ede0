"""Tiles that fill a rectangle; the one module that knows squarify."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import squarify

from assessor.model.view import Tile, Treemap
from assessor.render.charts.svg import (
    NORMAL,
    SMALL,
    WIDTH,
    Chart,
    Key,
    Sheet,
    fill,
    group,
    legend,
    rect,
    shade,
    stroke,
    text,
    title,
)
from assessor.render.charts.text import ELLIPSIS, clean, shorten, width, wrap

_HEIGHT, _PAD, _LINE = 340.0, 6.0, 12.5
_SMALLEST, _MOST = 9.0, 400
_TELLING = 0.8  # part of a name that still tells which it is
_BOLD = 1.08  # bold letters to regular ones


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a tile lies."""

    x: float
    y: float
    wide: float
    high: float


def treemap(drawing: Treemap, *, sheet: Sheet) -> Chart | None:
    """Tiles by size, shaded by heat, with label and detail where they fit.

    None without a tile that has a size. Tiles too small to be seen are counted in the legend.
    """
    tiles = _visible(drawing.tiles)
    if not tiles:
        return None
    boxes = _boxes([tile.size for tile in tiles])
    parts = [_tile(t, sheet=sheet, box=box) for t, box in zip(tiles, boxes, strict=True)]
    hidden = len(drawing.tiles) - len(tiles)
    keys = legend(sheet, _keys(drawing, sheet=sheet, hidden=hidden), y=_HEIGHT + 20)
    return Chart((*parts, *keys.elements), keys.height)


def _visible(tiles: Iterable[Tile]) -> list[Tile]:
    """The tiles that get an area, largest first."""
    sized = sorted((tile for tile in tiles if tile.size > 0), key=lambda tile: -tile.size)[:_MOST]
    if not sized:
        return []
    parts = [tile.size / sized[0].size for tile in sized]
    least = _SMALLEST / (WIDTH * _HEIGHT) * sum(parts)
    return [tile for tile, part in zip(sized, parts, strict=True) if part >= least]


def _boxes(sizes: Sequence[float]) -> list[_Box]:
    """A box for each size, in the same order; sizes fall and are greater than 0."""
    parts = [size / sizes[0] for size in sizes]
    areas = squarify.normalize_sizes(parts, WIDTH, _HEIGHT)
    made = squarify.squarify(areas, 0, 0, WIDTH, _HEIGHT)
    return [_Box(box["x"], box["y"], box["dx"], box["dy"]) for box in made]


def _tile(tile: Tile, *, sheet: Sheet, box: _Box) -> Element:
    """Shade, tip and as much text as fits."""
    paper = stroke(sheet, "paper", wide=1.5)
    shaded = fill(sheet, "brand", opacity=shade(tile.heat))
    back = rect(box.x, box.y, shaded, paper, size=(box.wide, box.high))
    lines = _lines(tile, box=box)
    texts = [
        text(
            sheet,
            content,
            at=(box.x + _PAD, box.y + _PAD + _LINE * (i + 0.5)),
            size=size,
            bold=bold,
        )
        for i, (content, size, bold) in enumerate(lines)
    ]
    return group([title(f"{tile.label}: {tile.detail}"), back, *texts], {"class": "tile"})


def _lines(tile: Tile, *, box: _Box) -> list[tuple[str, float, bool]]:
    """Text, size and weight of each line that fits into the box: label, then detail."""
    room, rows = box.wide - 2 * _PAD, int((box.high - 2 * _PAD) / _LINE)
    label = _name(tile.label, room=room, rows=min(rows, 3))
    if not label:
        return []
    detail = wrap(tile.detail, size=SMALL, room=room, lines=2)
    fits = len(label) + len(detail) <= rows and not any(ELLIPSIS in part for part in detail)
    shown = [(content, SMALL, False) for content in detail] if fits else []
    return [*((content, NORMAL, True) for content in label), *shown]


def _name(label: str, *, room: float, rows: int) -> tuple[str, ...]:
    """The label in up to `rows` lines; of a path the last part has to do if no more fits."""
    if rows < 1:
        return ()
    last = clean(label).rpartition("/")[2]
    names = ((label, 1), (label, min(rows, 2)), (f"{ELLIPSIS}/{last}", 1), (last, rows))
    for name, lines in names if "/" in label else (*names[:1], names[-1]):
        found = wrap(name, size=NORMAL * _BOLD, room=room, lines=lines)
        if found and "".join(found).replace(" ", "") == clean(name).replace(" ", ""):
            return found
    telling = room >= min(_TELLING * width(last[:200], size=NORMAL * _BOLD), 80)
    return (shorten(last, size=NORMAL * _BOLD, room=room),) if telling else ()


def _keys(drawing: Treemap, *, sheet: Sheet, hidden: int) -> Iterable[Key]:
    """What area and shade stand for."""
    outline = stroke(sheet, "muted", wide=0.8)
    yield Key(rect(0.5, -5, outline, size=(13, 10)), sheet.word("area", name=drawing.size_name))
    steps = [
        rect(28 + 14 * i, -5, fill(sheet, "brand", opacity=shade(i / 4)), size=(14, 10))
        for i in range(5)
    ]
    low, high = sheet.word("low"), sheet.word("high")
    ends = [
        text(sheet, low, at=(24, 0), size=SMALL, anchor="end", role="muted"),
        text(sheet, high, at=(102, 0), size=SMALL, role="muted"),
    ]
    yield Key(group([*ends, *steps]), sheet.word("shade", name=drawing.heat_name), wide=126)
    if hidden:
        yield Key(text(sheet, "…", at=(2, 0)), sheet.word("more", count=str(hidden)))
