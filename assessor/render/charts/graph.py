"""A directed graph on an ellipse."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assessor.model.view import Edge, Graph, Node
from assessor.render.charts.arrows import Box, Curve, Spot, arrow, arrow_labels, curves
from assessor.render.charts.layout import ordered, seats
from assessor.render.charts.svg import (
    NORMAL,
    SMALL,
    WIDTH,
    Anchor,
    Chart,
    Key,
    Sheet,
    figure,
    fill,
    group,
    legend,
    line,
    shape,
    share,
    stroke,
    text,
    title,
)
from assessor.render.charts.text import clean, width, wrap

_LABELS, _WIDEST, _PITCH, _LINE = 150.0, 200.0, 72.0, 12.0
_FEW = 14  # nodes with labels of two lines
_LABELLED = 20  # edges with their weights beside them


@dataclass(frozen=True, slots=True)
class _Label:
    """Lines, the size that follows the last of them ("" = it stands in the disc), and widths.

    letters: size of the letters. wide: width of the widest line.
    """

    lines: tuple[str, ...]
    size: str
    letters: float
    wide: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """Place, radius and label of each node, and the height of the whole."""

    spots: tuple[Spot, ...]
    labels: tuple[_Label, ...]
    height: float


def graph(drawing: Graph, *, sheet: Sheet) -> Chart | None:
    """Nodes as discs by size, edges as arrows by weight, light ones below heavy ones.

    None without nodes. Edges to nodes that do not exist are left out.
    """
    if not drawing.nodes:
        return None
    edges = _sound(drawing)
    plan = _plan(drawing, edges)
    ways = list(zip(edges, curves(edges, spots=plan.spots), strict=True))
    arrows = _arrows(drawing, ways, sheet=sheet, plan=plan)
    nodes = [_node(node, sheet=sheet, plan=plan, place=i) for i, node in enumerate(drawing.nodes)]
    labelled = ways if len(ways) <= _LABELLED else []
    boxes = [_box(lb, spot=spot) for lb, spot in zip(plan.labels, plan.spots, strict=True)]
    weights = arrow_labels(labelled, sheet=sheet, spots=plan.spots, boxes=boxes)
    keys = legend(sheet, _keys(drawing, edges, sheet=sheet), y=plan.height + 14)
    return Chart((*arrows, *nodes, *weights, *keys.elements), keys.height)


def _arrows(
    drawing: Graph, ways: Sequence[tuple[Edge, Curve]], *, sheet: Sheet, plan: _Plan
) -> Iterable[Element]:
    """The arrows with their tips, lightest first. ways: heaviest first."""
    names = [clean(node.label[:200])[:60] for node in drawing.nodes]
    for edge, curve in reversed(ways):
        made = arrow(
            edge,
            sheet=sheet,
            curve=curve,
            spot=plan.spots[edge.source],
            most=ways[0][0].weight,
            among=len(ways),
        )
        tip = f"{names[edge.source]} → {names[edge.target]}: {figure(edge.weight)}"
        made.insert(0, title(tip))
        yield made


def _sound(drawing: Graph) -> list[Edge]:
    """The edges between existing nodes, heaviest first."""
    places = range(len(drawing.nodes))
    sound = [e for e in drawing.edges if e.source in places and e.target in places]
    return sorted(sound, key=lambda edge: (-edge.weight, edge.source, edge.target))


def _plan(drawing: Graph, edges: Iterable[Edge]) -> _Plan:
    """Nodes around the middle, with room for a label beside each."""
    count, few = len(drawing.nodes), len(drawing.nodes) <= _FEW
    rows = (count + 1) // 2
    tall = 150.0 if rows == 1 else max(min(_PITCH, 690 / rows) * rows, 240.0)
    biggest = min(22.0, tall / rows * 0.42)
    sizes = _radii(drawing.nodes, least=min(11.0, biggest * 0.6), most=biggest)
    outside = not all(
        width(figure(node.size), size=SMALL) <= 2 * radius - 4
        for node, radius in zip(drawing.nodes, sizes, strict=True)
    )
    texts = [
        _label(node, few=few, room=_LABELS if few else 130, outside=outside)
        for node in drawing.nodes
    ]
    wide = max(label.wide for label in texts)
    places = seats(count, radii=(min(WIDTH / 2 - wide - biggest - 10, _WIDEST), tall / 2))
    where = dict(zip(ordered(count, _weights(edges)), places, strict=True))
    spots = [
        Spot(WIDTH / 2 + where[i][0], 8 + tall / 2 + where[i][1], radius)
        for i, radius in enumerate(sizes)
    ]
    return _Plan(tuple(spots), tuple(texts), tall + 16)


def _radii(nodes: Sequence[Node], *, least: float, most: float) -> list[float]:
    """Radius of each disc; what grows with the size is the area."""
    top = max(node.size for node in nodes)
    return [least + (most - least) * math.sqrt(share(node.size, top)) for node in nodes]


def _weights(edges: Iterable[Edge]) -> dict[tuple[int, int], float]:
    """Weight between two nodes without direction, damped; pairs sorted."""
    found: dict[tuple[int, int], float] = {}
    for edge in edges:
        if edge.source != edge.target:
            pair = (min(edge.source, edge.target), max(edge.source, edge.target))
            found[pair] = found.get(pair, 0.0) + math.sqrt(max(edge.weight, 0.0))
    return found


def _label(node: Node, *, few: bool, room: float, outside: bool) -> _Label:
    """The label in one line, of few nodes in two, with the size where discs cannot hold it."""
    letters = NORMAL if few else SMALL
    size = f"({figure(node.size)})" if outside else ""
    extra = width(size, size=SMALL) + 4 if size else 0.0
    lines = wrap(node.label, size=letters, room=room - extra, lines=2 if few else 1) or ("–",)
    last = width(lines[-1], size=letters) + extra
    return _Label(lines, size, letters, max(last, *(width(x, size=letters) for x in lines)))


def _node(node: Node, *, sheet: Sheet, plan: _Plan, place: int) -> Element:
    """Disc, figure and label of a node, with the marks that scripts look for."""
    spot, label = plan.spots[place], plan.labels[place]
    disc = {"cx": spot.x, "cy": spot.y, "r": spot.radius}
    parts = [
        title(f"{clean(node.label)[:120]}: {figure(node.size)}"),
        shape("circle", disc, fill(sheet, "brand"), stroke(sheet, "paper", wide=1.5)),
    ]
    if not label.size:
        at, shown = (spot.x, spot.y), figure(node.size)
        parts.append(text(sheet, shown, at=at, size=SMALL, anchor="middle", role="paper"))
    parts += _written(label, sheet=sheet, spot=spot)
    hooks = {"class": "node", "data-node": str(place), "data-link": clean(node.link)}
    return group(parts, hooks)


def _written(label: _Label, *, sheet: Sheet, spot: Spot) -> Iterable[Element]:
    """The label outside of the ellipse, on a ground of paper."""
    box, right = _box(label, spot=spot), spot.x >= WIDTH / 2
    near = box.x - box.wide if right else box.x + box.wide
    back = {"width": 2 * box.wide, "height": 2 * box.high, "rx": 2}
    corner = {"x": box.x - box.wide, "y": box.y - box.high}
    yield shape("rect", corner, back, fill(sheet, "paper", opacity=0.8))
    anchor: Anchor = "start" if right else "end"
    for i, content in enumerate(label.lines):
        y = box.y + (i - (len(label.lines) - 1) / 2) * _LINE
        made = text(sheet, content, at=(near, y), size=label.letters, anchor=anchor)
        if label.size and i == len(label.lines) - 1:
            size = shape("tspan", {"font-size": SMALL}, fill(sheet, "muted"))
            made.text, size.text = f"{content} ", label.size
            made.append(size)
        yield made


def _box(label: _Label, *, spot: Spot) -> Box:
    """Where the label of a disc stands."""
    side = 1 if spot.x >= WIDTH / 2 else -1
    middle = spot.x + side * (spot.radius + 6 + label.wide / 2)
    return Box(middle, spot.y, label.wide / 2, _LINE * len(label.lines) / 2)


def _keys(drawing: Graph, edges: Sequence[Edge], *, sheet: Sheet) -> Iterable[Key]:
    """What discs and arrows stand for."""
    discs = [
        shape("circle", {"cx": 4, "cy": 0, "r": 3}, fill(sheet, "brand")),
        shape("circle", {"cx": 15, "cy": 0, "r": 6}, fill(sheet, "brand")),
    ]
    yield Key(group(discs), sheet.word("larger", name=drawing.size_name), wide=22)
    if edges:
        lines = [
            line((0, -3), (24, -3), stroke(sheet, "muted", wide=0.8)),
            line((0, 3), (24, 3), stroke(sheet, "muted", wide=4)),
        ]
        yield Key(group(lines), sheet.word("width", name=drawing.weight_name), wide=24)
