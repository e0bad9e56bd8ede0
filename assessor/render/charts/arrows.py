"""Curved arrows between discs, and the figures beside them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessor.model.view import Edge
from assessor.render.charts.svg import (
    SMALL,
    WIDTH,
    Parts,
    Sheet,
    figure,
    fill,
    group,
    number,
    points,
    shape,
    share,
    stroke,
    text,
)
from assessor.render.charts.text import width

Point = tuple[float, float]
_THIN, _THICK = 0.8, 5.5
_SHORT = 58.0  # arrows with their figure beside them
_MANY, _CROWD = 60, 300  # edges that are drawn thinner, and as thin as can be
# How far a curve bends aside, in units and as a part of its length, and to the middle, as a part
# of the way there and at most of its length.
_ASIDE, _BEND, _PULL, _LEAN = 8.0, 0.1, 0.38, 0.3
_ALONE = 0.3  # of that, for an arrow without one back


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around (x, y); wide and high are half of its sides."""

    x: float
    y: float
    wide: float
    high: float

    def touches(self, other: "Box") -> bool:
        """Whether the two have less than a unit between them."""
        beside = abs(self.x - other.x) >= self.wide + other.wide + 1
        return not beside and abs(self.y - other.y) < self.high + other.high + 1


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve from the edge of one disc to the edge of another."""

    start: Point
    bend: Point
    end: Point

    def at(self, part: float) -> Point:
        """The point at a part of the way."""
        rest = 1 - part
        a, b, c = rest * rest, 2 * rest * part, part * part
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )


def curves(edges: Sequence[Edge], *, spots: Sequence[Spot]) -> list[Curve]:
    """The way of each edge, in their order; there and back are two ways."""
    ys = [spot.y for spot in spots]
    middle = WIDTH / 2, (min(ys) + max(ys)) / 2
    known = {(edge.source, edge.target) for edge in edges}
    return [
        _curve(
            spots[edge.source],
            spots[edge.target],
            middle=middle,
            aside=1.0 if (edge.target, edge.source) in known else _ALONE,
        )
        for edge in edges
    ]


def arrow(
    edge: Edge, *, sheet: Sheet, curve: Curve, spot: Spot, most: float, among: int
) -> Element:
    """The arrow of an edge, with the marks that scripts look for.

    spot: the source. most: the greatest weight. among: the number of edges.
    """
    part = math.sqrt(share(edge.weight, most))
    thick = _THICK if among <= _MANY else 3.0 if among <= _CROWD else 1.6
    wide = _THIN * (1 if among <= _CROWD else 0.6) + (thick - _THIN) * part
    strong = 0.75 if among <= _MANY else 0.5 if among <= _CROWD else 0.3
    opacity = strong * (0.45 + 0.55 * part)
    outline = stroke(sheet, "muted", wide=wide, opacity=opacity)
    if edge.source == edge.target:
        return group([shape("path", {"d": _loop(spot)}, outline)], _hooks(edge, "edge"))
    neck = _back(curve, by=(4.0 if among <= _CROWD else 2.0) + wide * 1.3)
    path = f"M{_pair(curve.start)} Q{_pair(curve.bend)} {_pair(neck)}"
    head = _head(sheet, tip=curve.end, neck=neck, opacity=opacity)
    return group([shape("path", {"d": path}, outline), head], _hooks(edge, "edge"))


def _hooks(edge: Edge, name: str) -> Parts:
    """The marks that scripts look for."""
    return {
        "class": name,
        "data-source": str(edge.source),
        "data-target": str(edge.target),
        "data-weight": number(edge.weight),
    }


def _curve(source: Spot, target: Spot, *, middle: Point, aside: float) -> Curve:
    """A curve that bends to the middle and to its right, for `aside` 1 clear of the way back."""
    dx, dy = target.x - source.x, target.y - source.y
    long = math.hypot(dx, dy) or 1
    right = aside * (_ASIDE / long + _BEND)
    half = ((source.x + target.x) / 2, (source.y + target.y) / 2)
    inwards = (middle[0] - half[0], middle[1] - half[1])
    pull = min(_PULL, _LEAN * long / (math.hypot(*inwards) or 1))
    bend = (
        half[0] + inwards[0] * pull - dy * right,
        half[1] + inwards[1] * pull + dx * right,
    )
    return Curve(_rim(source, bend), bend, _rim(target, bend))


def _rim(spot: Spot, towards: Point) -> Point:
    """The point just outside of a disc in the direction of another point."""
    dx, dy = towards[0] - spot.x, towards[1] - spot.y
    part = (spot.radius + 1.5) / (math.hypot(dx, dy) or 1)
    return spot.x + dx * part, spot.y + dy * part


def _back(curve: Curve, *, by: float) -> Point:
    """The point before the end of the curve, where the head of the arrow begins."""
    dx, dy = curve.bend[0] - curve.end[0], curve.bend[1] - curve.end[1]
    part = by / (math.hypot(dx, dy) or 1)
    return curve.end[0] + dx * part, curve.end[1] + dy * part


def _head(sheet: Sheet, *, tip: Point, neck: Point, opacity: float) -> Element:
    """A slim triangle."""
    dx, dy = (tip[0] - neck[0]) * 0.42, (tip[1] - neck[1]) * 0.42
    corners = (tip, (neck[0] - dy, neck[1] + dx), (neck[0] + dy, neck[1] - dx))
    return shape("polygon", {"points": points(corners)}, fill(sheet, "muted", opacity=opacity))


def _loop(spot: Spot) -> str:
    """A path from a disc to itself, above it."""
    r = spot.radius
    up = spot.y - 0.7 * r
    left, right, top = spot.x - 0.7 * r, spot.x + 0.7 * r, spot.y - r - 22
    bends = f"{_pair((left - 4, top))} {_pair((right + 4, top))}"
    return f"M{_pair((left, up))} C{bends} {_pair((right, up))}"


def _pair(point: Point) -> str:
    """A point as paths write it."""
    return f"{number(point[0])} {number(point[1])}"


def arrow_labels(
    ways: Sequence[tuple[Edge, Curve]],
    *,
    sheet: Sheet,
    spots: Iterable[Spot],
    boxes: Iterable[Box],
) -> Iterable[Element]:
    """Weights on long arrows and beside short ones, where nothing else stands.

    Where it can be, no other arrow passes. ways: heaviest first. boxes: of other texts.
    """
    taken = [*boxes, *(Box(s.x, s.y, s.radius, s.radius) for s in spots)]
    lines = [[Box(*curve.at(i / 30), 1, 1) for i in range(31)] for _, curve in ways]
    for i, (edge, curve) in enumerate(ways):
        if edge.source == edge.target:
            continue
        half = width(figure(edge.weight), size=SMALL) / 2 + 3
        wanted = [Box(*at, half, 6.5) for at in _places(curve, half=half)]
        free = [box for box in wanted if not any(map(box.touches, taken))]
        others = [spot for j, line in enumerate(lines) if j != i for spot in line]
        clear = (box for box in free if not any(map(box.touches, others)))
        box = next(clear, free[0] if free else None)
        if box:
            taken.append(box)
            yield _weight(edge, sheet=sheet, box=box)


def _weight(edge: Edge, *, sheet: Sheet, box: Box) -> Element:
    """The figure of an arrow on a ground of paper."""
    corner = {"x": box.x - box.wide, "y": box.y - box.high}
    back = {"width": 2 * box.wide, "height": 2 * box.high, "rx": 3}
    ground = shape("rect", corner, back, fill(sheet, "paper", opacity=0.9))
    content = text(sheet, figure(edge.weight), at=(box.x, box.y), size=SMALL, anchor="middle")
    return group([ground, content], _hooks(edge, "weight"))


def _places(curve: Curve, *, half: float) -> Iterable[Point]:
    """Where the figure of an arrow may stand, best first. half: of the figure's width."""
    across = (curve.end[0] - curve.start[0], curve.end[1] - curve.start[1])
    long = math.hypot(*across) or 1
    if long > _SHORT:
        yield from (
            curve.at(part) for part in (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74)
        )
    for part in (0.5, 0.35, 0.65):
        x, y = curve.at(part)
        yield x - across[1] / long * (half + 4), y + across[0] / long * 11
