import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from lxml import etree

from assessor.model.theme import Palette
from assessor.model.view import (
    Bar,
    Bars,
    Edge,
    Graph,
    Matrix,
    Node,
    Radar,
    Series,
    Tile,
    Treemap,
)
from assessor.render.charts import to_svg
from assessor.render.charts.layout import ordered
from assessor.render.charts.svg import DARKEST, figure, identifier, number, ticks
from assessor.render.charts.text import clean, shorten, width, wrap

ROOT = Path(__file__).resolve().parents[3]
THEME = yaml.safe_load((ROOT / "reports/theme.yaml").read_text("utf-8"))
PALETTES = {mode: Palette(**THEME[mode]) for mode in ("light", "dark")}
NAMES = (
    "Orders", "Customer accounts", "Billing and invoicing", "Inventory", "Shipping", "Catalogue",
    "Identity & access", "Reporting", "Notifications", "Payments gateway integration", "Pricing",
    "Search index",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    "\"quotes' & <b>",
    "nul \x00 bell \x07 escape \x1b delete \x7f",
    "lone \ud800 surrogate \udfff",
    "bidi \u202egpj.exe\u2066 \u200f",
    "noncharacter \ufffe \uffff \ufdd0",
    "very long " * 1000,
    "W" * 10_000,
    "日本語" * 3000,
    "👩‍👩‍👧‍👦 emoji 🏳️‍🌈" * 50,
    "z̷̢̛̛̤̪̎̀̑a̷l̴̛g̸o" * 20,
    "a/very/" * 400 + "deep.java",
    "]]> --> <?xml?> &#0;",
    "",
    " \t\r\n\u2028 ",
)


def bars(labels=NAMES, values=None, marks=None, most=5.0):
    values = values or [i % 6 for i in range(len(labels))]
    marks = marks or [None] * len(labels)
    rows = tuple(Bar(*row) for row in zip(labels, values, marks, strict=True))
    return Bars(rows, most, "Proven level", "Target" if any(marks) else "")


def radar(labels=NAMES, first=None, second=None):
    first = first or [1 + i % 5 for i in range(len(labels))]
    second = second or [5 - i % 3 for i in range(len(labels))]
    series = (Series("Proven", tuple(first)), Series("Potential", tuple(second)))
    return Radar(tuple(labels), series, 5)


def graph(labels=NAMES, edges=None):
    nodes = tuple(Node(label, 7 * i + 1, f"service-{i}") for i, label in enumerate(labels))
    count = len(labels)
    if edges is None:
        pairs = ((i, (i * step + 3) % count) for i in range(count) for step in (2, 5))
        edges = {pair: i + 1 for i, pair in enumerate(pairs) if pair[0] != pair[1]}
    made = sorted((Edge(a, b, w) for (a, b), w in edges.items()), key=lambda edge: -edge.weight)
    return Graph(nodes, tuple(made[:20]), "source files", "references")


def matrix(labels=NAMES):
    side = range(len(labels))
    values = tuple(tuple(None if r == c else (r * 7 + c) % 23 for c in side) for r in side)
    return Matrix(tuple(labels), values, "uses", "is used by")


def treemap(labels=NAMES):
    tiles = (
        Tile(label, 4000 / (i + 2), i / len(labels), f"{90 - i} lines")
        for i, label in enumerate(labels)
    )
    return Treemap(tuple(tiles), "lines of code", "changes")


KINDS = {"bars": bars, "radar": radar, "graph": graph, "matrix": matrix, "treemap": treemap}
EMPTY = {
    "bars": Bars((), 5, "v"),
    "radar": Radar((), (), 5),
    "graph": Graph((), (), "s", "w"),
    "matrix": Matrix((), (), "r", "c"),
    "treemap": Treemap((), "s", "h"),
    "treemap-of-nothing": Treemap((Tile("a", 0, 0.5, "0"), Tile("b", -1, 0.5, "-1")), "s", "h"),
}
ODD = {
    "bars-no-scale": Bars((Bar("a", 3, 2), Bar("b", -4)), 0, "v"),
    "bars-huge": Bars((Bar("a", 1e300), Bar("b", 1e-300), Bar("c", -1e300)), 1e300, "v"),
    "bars-beyond": Bars((Bar("a", 99, 77), Bar("b", None, None)), 5, "v", "m"),
    "radar-one-axis": Radar(("a",), (Series("s", (3,)),), 5),
    "radar-two-axes": Radar(("a", "b"), (Series("s", (3, None)),), 5),
    "radar-all-unknown": Radar(("a", "b", "c"), (Series("s", (None, None, None)),), 5),
    "radar-short-series": Radar(("a", "b", "c"), (Series("s", (1,)),), 5),
    "radar-no-scale": Radar(("a", "b", "c"), (Series("s", (1, 2, -3)),), 0),
    "radar-many": Radar(tuple("abc"), tuple(Series(s, (1, 2, 3)) for s in "pqrstu"), 3),
    "graph-one": Graph((Node("a", 0),), (Edge(0, 0, 3),), "s", "w"),
    "graph-two-equal": Graph((Node("a", 4), Node("b", 4)), (Edge(0, 1, 0),), "s", "w"),
    "graph-bad-edges": Graph((Node("a", -4),), (Edge(0, 7, 1), Edge(-1, 0, 1)), "s", "w"),
    "graph-huge": Graph((Node("a", 1e308), Node("b", 1e-308)), (Edge(0, 1, 1e308),), "s", "w"),
    "matrix-one": Matrix(("a",), ((None,),), "r", "c"),
    "matrix-ragged": Matrix(("a", "b"), ((1,),), "r", "c"),
    "matrix-negative": Matrix(("a", "b"), ((0, -3), (1e300, 0)), "r", "c"),
    "treemap-one": Treemap((Tile("a", 1e308, 7, "d"),), "s", "h"),
    "treemap-equal": Treemap(tuple(Tile("a", 5, 0.5, "d") for _ in range(900)), "s", "h"),
    "treemap-steep": Treemap(tuple(Tile("a", 2.0**-i, 0.5, "d") for i in range(999)), "s", "h"),
    "treemap-unsorted": Treemap((Tile("a", 1, 0, "d"), Tile("b", 9, 1, "d")), "s", "h"),
}


def draw(drawing, *, mode="light", lang="en", name="figure-1"):
    return to_svg(drawing, palette=PALETTES[mode], name=name, lang=lang)


def parse(svg):
    return etree.fromstring(svg.encode("utf-8"))


def elements(root, tag):
    return root.findall(f".//{{*}}{tag}")


def words(svg):
    """What is printed, without the tips."""
    return ["".join(text.itertext()) for text in elements(parse(svg), "text")]


def boxes(svg):
    """Left, top, right, bottom and content of each text, estimated."""
    return [box for text in elements(parse(svg), "text") if (box := _box(text))]


def _box(text):
    content, size = "".join(text.itertext()), float(text.get("font-size"))
    wide = width(content, size=size)
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
    corners = [(left, y - 0.8 * size), (left + wide, y + 0.2 * size)]
    if text.get("transform"):
        return None
    for parent in text.iterancestors():
        if move := re.fullmatch(r"translate\((\S+) (\S+)\)", parent.get("transform", "")):
            corners = [(a + float(move[1]), b + float(move[2])) for a, b in corners]
    return *corners[0], *corners[1], content


def overlaps(found):
    return [
        (a[4], b[4])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def luminance(colour):
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def channels(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_to_svg__any_kind__is_one_self_contained_picture(kind, lang):
    svg = draw(KINDS[kind](), lang=lang)
    root = parse(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert root.get("class") == "chart"
    _, _, wide, high = map(float, root.get("viewBox").split())
    assert (wide, high) == (640, float(root.get("height")))
    assert root.get("width") == "640"
    assert high <= 760
    assert svg.startswith("<svg ")
    assert svg.count("http") == 1
    families = {text.get("font-family") for text in elements(root, "text")}
    first = "Noto Sans CJK SC, Noto Sans" if lang == "zh" else "Noto Sans, Noto Sans CJK SC"
    assert families == {first}
    assert {9 <= float(text.get("font-size")) <= 12 for text in elements(root, "text")} == {True}


@pytest.mark.parametrize("kind", [*KINDS, *EMPTY, *ODD])
def test_to_svg__any_kind__has_no_style_and_no_script(kind):
    root = parse(draw({**EMPTY, **ODD, **{k: made() for k, made in KINDS.items()}}[kind]))
    assert {etree.QName(e).localname for e in root.iter()} <= {
        "svg", "g", "title", "text", "tspan", "rect", "circle", "line", "path", "polygon",
        "polyline", "defs", "pattern",
    }  # fmt: skip
    names = {name for e in root.iter() for name in e.attrib}
    assert "style" not in names
    assert not any(name.startswith("on") or "href" in name for name in names)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", PALETTES)
def test_to_svg__every_colour__has_its_class(kind, mode):
    palette = PALETTES[mode]
    coloured = 0
    for element in parse(draw(KINDS[kind](), mode=mode)).iter():
        classes = element.get("class", "").split()
        for what in ("fill", "stroke"):
            colour = element.get(what, "none")
            roles = [c.removeprefix(f"{what}-") for c in classes if c.startswith(f"{what}-")]
            if colour.startswith("#"):
                coloured += 1
                assert [getattr(palette, role) for role in roles] == [colour]
            else:
                assert roles == []
    assert coloured > 20


@pytest.mark.parametrize("name", ["figure-1", 'a"b<c>', "图 1", "a b", "a_b", "../x#y"])
def test_to_svg__ids__begin_with_the_name_and_are_found(name):
    drawing = bars(values=[None] * 12)
    root = parse(draw(drawing, name=name))
    ids = {e.get("id") for e in root.iter() if e.get("id")}
    uses = {e.get("fill")[5:-1] for e in root.iter() if e.get("fill", "").startswith("url")}
    assert ids == uses == {f"{identifier(name)}-hatch"}
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", identifier(name))


def test_identifier__different_names__stay_different():
    names = ["a b", "a_b", "a-b", "a_20_b", "ab", "a\u3000b", "A b"]
    assert len({identifier(name) for name in names}) == len(names)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_to_svg__hostile_labels__are_well_formed_and_inside(kind, label):
    drawing = KINDS[kind]([label, "b", "c", label])
    names = {
        key: label
        for key in ("value_name", "size_name", "heat_name", "weight_name", "row_name", "detail")
        if hasattr(drawing, key)
    }
    svg = draw(replace(drawing, **names))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe]", svg)
    assert "<script" not in svg
    assert len(svg) < 60_000
    height = float(parse(svg).get("height"))
    assert [
        box
        for box in boxes(svg)
        if box[0] < -1 or box[2] > 641 or box[1] < -1 or box[3] > height + 1
    ] == []


def test_to_svg__a_hostile_link__is_held_by_its_attribute():
    nodes = (Node("a", 1, '"><script>\x00\ud800'), Node("b", 2, "x"))
    root = parse(draw(Graph(nodes, (), "s", "w")))
    assert elements(root, "script") == []
    links = [g.get("data-link") for g in elements(root, "g") if g.get("class") == "node"]
    assert links == ['"><script>\ufffd\ufffd', "x"]


@pytest.mark.parametrize("kind", EMPTY)
def test_to_svg__an_empty_drawing__is_a_dash(kind):
    svg = draw(EMPTY[kind])
    assert words(svg) == ["–"]
    assert float(parse(svg).get("height")) <= 60


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("mode", PALETTES)
def test_to_svg__odd_sizes__are_drawn_inside(kind, mode):
    svg = draw(ODD[kind], mode=mode)
    root = parse(svg)
    assert "nan" not in svg
    assert not re.search(r"\d{8}", re.sub(r"<(title|text)[^>]*>[^<]*", "", svg))
    for rect in elements(root, "rect"):
        assert float(rect.get("width")) >= 0
        assert float(rect.get("height")) >= 0
    assert float(root.get("height")) <= 760
    assert words(svg)


@pytest.mark.parametrize("kind", KINDS)
def test_to_svg__twelve_labels__no_two_texts_overlap(kind):
    found = boxes(draw(KINDS[kind]()))
    assert len(found) > 12
    assert overlaps(found) == []
    assert [box for box in found if box[0] < 0 or box[2] > 640 or box[1] < 0] == []


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 14, 20, 40, 80])
def test_graph__any_number_of_nodes__no_two_labels_or_discs_overlap(count):
    labels = [f"{NAMES[i % 12]} {i}" for i in range(count)]
    svg = draw(graph(labels))
    assert overlaps(boxes(svg)) == []
    discs = [
        tuple(float(circle.get(key)) for key in ("cx", "cy", "r"))
        for circle in elements(parse(svg), "circle")
    ][:count]
    for i, (x, y, r) in enumerate(discs):
        assert r > 2
        for other in discs[i + 1 :]:
            assert math.hypot(x - other[0], y - other[1]) > r + other[2]


@pytest.mark.parametrize("count", range(3, 15))
def test_radar__three_to_fourteen_axes__no_two_texts_overlap(count):
    labels = [f"{(NAMES * 2)[i]} of the whole organisation" for i in range(count)]
    found = boxes(draw(radar(labels)))
    assert overlaps(found) == []
    assert [box for box in found if box[0] < 0 or box[2] > 640 or box[1] < 0] == []


@pytest.mark.parametrize("count", [1, 5, 30, 200])
def test_bars__any_number__no_two_texts_overlap(count):
    labels = [f"{NAMES[i % 12]} {i}" * (1 + i % 4) for i in range(count)]
    svg = draw(bars(labels, marks=[i % 5 + 0.25 for i in range(count)]))
    assert overlaps(boxes(svg)) == []


def test_bars__more_than_a_page_holds__says_how_many_are_left_out():
    svg = draw(bars([f"row {i}" for i in range(200)]))
    drawn = sum(word.startswith("row ") for word in words(svg))
    assert 40 <= drawn < 200
    assert f"{200 - drawn} more, not drawn" in words(svg)


def test_bars__every_value_and_mark__is_printed_and_drawn_to_scale():
    svg = draw(bars(("a", "b", "c"), [1.25, 5, 0], [4.5, 3.75, None]))
    assert {"1.25", "5", "0", "4.5", "3.75", "a", "b", "c", "Proven level", "Target"} <= set(
        words(svg)
    )
    groups = [g for g in elements(parse(svg), "g") if g.get("class") == "bar"]
    wide = [float(elements(g, "rect")[0].get("width")) for g in groups]
    last = max(float(line.get("x1")) for line in elements(parse(svg), "line"))
    assert wide[1] > 450
    assert float(elements(groups[1], "rect")[0].get("x")) + wide[1] == pytest.approx(last)
    assert wide[0] == pytest.approx(wide[1] / 4, abs=0.02)
    assert wide[2] == 0
    marks = [elements(g, "polygon") for g in groups]
    left = float(elements(groups[0], "rect")[0].get("x"))
    points = [tuple(map(float, p.split(","))) for p in marks[0][0].get("points").split()]
    assert points[0][0] == pytest.approx(left + wide[1] * 0.9, abs=0.02)
    assert marks[2] == []
    assert "?" in words(svg)


def test_radar__every_value__is_printed_and_at_its_distance():
    svg = draw(Radar(("a", "b", "c", "d"), (Series("s", (1, 2.5, 4, 5)),), 5))
    assert {"1", "2.5", "4", "5", "a", "b", "c", "d", "s"} <= set(words(svg))
    series = next(g for g in elements(parse(svg), "g") if g.get("class") == "series")
    dots = [(float(c.get("cx")), float(c.get("cy"))) for c in elements(series, "circle")]
    centre = dots[0][0], dots[1][1]
    far = [math.dist(dot, centre) for dot in dots]
    assert far == pytest.approx([far[3] * share for share in (0.2, 0.5, 0.8, 1)], abs=0.05)
    assert dots[1][0] > centre[0]
    assert dots[2][1] > centre[1]


def test_radar__second_series__differs_by_dash_and_shape():
    root = parse(draw(radar()))
    first, second = (g for g in elements(root, "g") if g.get("class") == "series")
    outlines = [
        next(p for p in elements(g, "polygon") if p.get("stroke-width") == "1.8")
        for g in (first, second)
    ]
    assert [o.get("stroke-dasharray") is None for o in outlines] == [True, False]
    assert len(elements(first, "circle")) == 12
    assert len(elements(second, "circle")) == 0
    assert len(elements(second, "polygon")) == 13


def test_radar__an_unknown_value__breaks_the_outline_without_a_point():
    svg = draw(Radar(("a", "b", "c", "d"), (Series("s", (3, 4, None, 2)),), 5))
    series = next(g for g in elements(parse(svg), "g") if g.get("class") == "series")
    (line,) = elements(series, "polyline")
    assert len(line.get("points").split()) == 3
    assert len(elements(series, "circle")) == 3
    assert len([g for g in elements(parse(svg), "g") if g.get("class") == "unseen"]) == 1
    assert words(svg).count("?") == 3
    assert "no level" in words(svg)


@pytest.mark.parametrize("known", [0, 1, 2.5, 4, 5])
def test_radar__the_sign_of_an_unknown_value__keeps_away_from_known_ones(known):
    drawing = Radar(("a", "b", "c"), (Series("s", (None, 1, 1)), Series("t", (known, 1, 1))), 5)
    unseen, (_, second) = (
        [g for g in elements(parse(draw(drawing)), "g") if g.get("class") == name]
        for name in ("unseen", "series")
    )
    sign = float(elements(unseen[0], "circle")[0].get("cy"))
    marks = [p for p in elements(second, "polygon") if p.get("stroke-width") == "1.6"]
    tops = [float(mark.get("points").split()[0].split(",")[1]) + 4.2 for mark in marks]
    assert abs(sign - min(tops)) > 45


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        (bars(("a", "b"), [3, 0]), bars(("a", "b"), [3, None])),
        (radar("abc", [3, 2, 0]), radar("abc", [3, 2, None])),
        (
            Matrix(("a", "b"), ((None, 0), (1, None)), "r", "c"),
            Matrix(("a", "b"), ((None, None), (1, None)), "r", "c"),
        ),
    ],
    ids=["bars", "radar", "matrix"],
)
def test_to_svg__unknown__is_not_drawn_as_nought(known, unknown):
    assert "?" not in words(draw(known))
    assert "?" in words(draw(unknown))
    assert "无等级" in "".join(words(draw(unknown, lang="zh")))
    zeros = [words(draw(drawing)).count("0") for drawing in (known, unknown)]
    assert zeros[0] == zeros[1] + 1


def test_graph__hooks__name_nodes_and_edges():
    drawing = graph(edges={(0, 1): 5, (1, 0): 2.5, (3, 2): 40})
    root = parse(draw(drawing))
    groups = elements(root, "g")
    nodes = [(g.get("data-node"), g.get("data-link")) for g in groups if g.get("class") == "node"]
    assert nodes == [(str(i), f"service-{i}") for i in range(12)]
    edges = [
        (g.get("data-source"), g.get("data-target"), g.get("data-weight"))
        for g in groups
        if g.get("class") == "edge"
    ]
    assert edges == [("1", "0", "2.5"), ("0", "1", "5"), ("3", "2", "40")]
    weights = [
        (g.get("data-source"), g.get("data-target"), "".join(g.itertext()))
        for g in groups
        if g.get("class") == "weight"
    ]
    assert weights == [("3", "2", "40"), ("0", "1", "5"), ("1", "0", "2.5")]


def test_graph__sizes_and_weights__are_printed_and_drawn_to_scale():
    nodes = (Node("small", 1), Node("big", 100), Node("middling", 25))
    svg = draw(Graph(nodes, (Edge(1, 0, 36), Edge(0, 1, 9), Edge(1, 2, 1)), "files", "uses"))
    assert {
        "1",
        "100",
        "25",
        "36",
        "9",
        "small",
        "big",
        "Larger: more files",
        "Width: uses",
    } <= set(words(svg))
    root = parse(svg)
    radii = [
        float(elements(g, "circle")[0].get("r"))
        for g in elements(root, "g")
        if g.get("class") == "node"
    ]
    assert radii[0] < radii[2] < radii[1]
    assert (radii[2] - radii[0]) / (radii[1] - radii[0]) == pytest.approx(4 / 9, abs=0.01)
    paths = [float(path.get("stroke-width")) for path in elements(root, "path")]
    assert paths == sorted(paths)
    assert paths[2] - 0.8 == pytest.approx(2 * (paths[1] - 0.8), rel=0.25)


def test_graph__two_directions__are_two_curves():
    root = parse(draw(graph(("a", "b"), {(0, 1): 5, (1, 0): 5})))
    bends = [re.findall(r"Q(\S+) (\S+)", path.get("d"))[0] for path in elements(root, "path")]
    assert abs(float(bends[0][1]) - float(bends[1][1])) > 40


def test_graph__one_direction__is_nearly_straight():
    there, both = (
        elements(parse(draw(graph(("a", "b"), edges))), "path")[0].get("d")
        for edges in ({(0, 1): 5}, {(0, 1): 5, (1, 0): 5})
    )
    start, bend = ([float(y) for y in re.findall(r"[MQ]\S+ (\S+)", d)] for d in (there, both))
    assert 0 < abs(start[1] - 83) < abs(bend[1] - 83) / 2


def test_graph__more_than_twenty_edges__carry_no_weights():
    drawing = graph()
    assert len(drawing.edges) == 20
    more = replace(drawing, edges=(*drawing.edges, Edge(0, 11, 1)))
    found = [
        sum(g.get("class") == "weight" for g in elements(parse(draw(d)), "g"))
        for d in (drawing, more)
    ]
    assert found[0] >= 18
    assert found[1] == 0


def test_graph__sizes_too_long_for_discs__all_stand_beside():
    svg = draw(Graph((Node("a", 123456789), Node("b", 5)), (), "s", "w"))
    assert {"a (123456789)", "b (5)"} <= set(words(svg))


def test_graph__many_edges__are_all_drawn_thin_and_quickly():
    edges = tuple(Edge(i % 60, (i * 7 + i // 60) % 60, 1500 - i) for i in range(1500))
    svg = draw(Graph(tuple(Node(f"n{i}", i) for i in range(60)), edges, "s", "w"))
    paths = elements(parse(svg), "path")
    assert len(paths) == 1500
    assert max(float(path.get("stroke-width")) for path in paths) < 2
    assert max(float(path.get("stroke-opacity")) for path in paths) <= 0.3


def test_ordered__a_chain_in_disorder__is_laid_out_as_a_ring():
    ring = [0, 5, 2, 7, 4, 1, 6, 3]
    weights = {tuple(sorted((ring[i], ring[i - 1]))): 1.0 for i in range(8)}
    found = ordered(8, weights)
    near = {tuple(sorted((found[i], found[i - 1]))) for i in range(8)}
    assert near == set(weights)


def test_ordered__weights_in_another_order__give_the_same_ring():
    weights = {(a, b): (a * 3 + b) % 5 + 1.0 for a in range(9) for b in range(a + 1, 9, 2)}
    assert ordered(9, weights) == ordered(9, dict(reversed(weights.items())))


def test_matrix__every_value_and_number__is_printed():
    svg = draw(Matrix(("a", "b", "c"), ((None, 3, 0), (17, None, 2.5), (8, 9, 4)), "uses", "used"))
    found = words(svg)
    assert {"3", "0", "17", "2.5", "8", "9", "4", "Row: uses", "Column: used", "0 – 17"} <= set(
        found
    )
    assert found.count("a") == 2
    assert found.count("1") == 2


def test_matrix__shades__grow_with_the_square_root():
    svg = draw(Matrix(("a", "b", "c"), ((None, 100, 25), (0, None, 1), (4, 9, None)), "r", "c"))
    cells = [r for r in elements(parse(svg), "rect") if "fill-brand" in r.get("class", "")][:5]
    shades = [float(cell.get("fill-opacity")) for cell in cells]
    assert shades[0] == DARKEST
    assert shades[1] == pytest.approx((0.06 + DARKEST) / 2, abs=0.01)
    assert shades[2] < shades[3] < shades[4] < shades[1]


@pytest.mark.parametrize("count", [20, 40])
def test_matrix__many_cells__fit_the_page(count):
    labels = [f"{NAMES[i % 12]} {i}" for i in range(count)]
    svg = draw(matrix(labels))
    assert float(parse(svg).get("height")) <= 760
    printed = sum(word.isdigit() for word in words(svg))
    assert printed == 2 * count if count == 40 else printed > count * count / 2
    assert overlaps(boxes(svg)) == []


def test_treemap__areas__are_as_the_sizes():
    svg = draw(
        Treemap(
            (Tile("a", 60, 1, "x"), Tile("b", 30, 0, "y"), Tile("c", 10, 0.5, "z")), "size", "heat"
        )
    )
    tiles = [g for g in elements(parse(svg), "g") if g.get("class") == "tile"]
    rects = [elements(tile, "rect")[0] for tile in tiles]
    areas = [float(rect.get("width")) * float(rect.get("height")) for rect in rects]
    assert areas == pytest.approx([sum(areas) * part for part in (0.6, 0.3, 0.1)], rel=0.01)
    assert [float(rect.get("fill-opacity")) for rect in rects] == [DARKEST, 0.06, 0.26]
    assert {"a", "b", "c", "x", "y", "z", "Area: size", "Shade: heat"} <= set(words(svg))


def test_treemap__texts__stay_within_their_tiles():
    labels = [f"src/main/java/com/shop/{name.replace(' ', '')}.java" for name in NAMES * 4]
    for tile in elements(parse(draw(treemap(labels))), "g"):
        if tile.get("class") != "tile":
            continue
        rect = elements(tile, "rect")[0]
        left, top, wide, high = (float(rect.get(k)) for k in ("x", "y", "width", "height"))
        for text in elements(tile, "text"):
            box = _box(text)
            assert box[0] >= left
            assert box[2] <= left + wide
            assert box[1] >= top
            assert box[3] <= top + high


def test_treemap__tiles_too_small__are_counted():
    tiles = (Tile("a", 1e6, 0, "d"), *(Tile("b", 1, 0, "d") for _ in range(7)))
    assert "7 more, not drawn" in words(draw(Treemap(tiles, "s", "h")))


@pytest.mark.parametrize("mode", PALETTES)
@pytest.mark.parametrize("kind", ["matrix", "treemap"])
def test_shades__the_darkest__leaves_text_readable(kind, mode):
    palette = PALETTES[mode]
    darkest = (
        replace(treemap(), tiles=(Tile("a", 1, 1.0, "d"),)) if kind == "treemap" else matrix()
    )
    root = parse(draw(darkest, mode=mode))
    shaded = [e for e in root.iter() if "fill-brand" in e.get("class", "").split()]
    opacity = max(float(e.get("fill-opacity", 1)) for e in shaded)
    assert opacity == DARKEST
    pairs = zip(channels(palette.brand), channels(palette.paper), strict=True)
    ground = [front * opacity + back * (1 - opacity) for front, back in pairs]
    assert contrast(ground, channels(palette.ink)) >= 4.5
    for rect in shaded:
        texts = elements(rect.getparent(), "text")
        if "rect" in rect.tag and rect.getparent().get("class") in {"tile", "cell"}:
            assert {text.get("class") for text in texts} <= {"fill-ink"}


@pytest.mark.parametrize("mode", PALETTES)
def test_discs__the_number_inside__is_readable(mode):
    palette = PALETTES[mode]
    assert contrast(channels(palette.brand), channels(palette.paper)) >= 4.5


def test_to_svg__another_process_with_other_hashes__gives_the_same_bytes():
    code = (
        "import sys; sys.path.insert(0, 'tests/unit/render'); import test_charts as t;"
        "print(''.join(t.draw(made(), mode='dark') for made in t.KINDS.values()))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert len(made.pop()) > 10_000


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (-0.001, "0"), (3, "3"), (2.5, "2.5"), (1 / 3, "0.33"), (1200, "1200"),
     (1e300, "1.00e+300"), (math.inf, "∞"), (math.nan, "?")],
)  # fmt: skip
def test_number__any_value__has_at_most_two_decimals(value, expected):
    assert number(value) == expected


def test_figure__almost_nothing__is_not_nothing():
    assert [figure(v) for v in (0, 0.001, -0.001, None)] == ["0", "<0.01", ">-0.01", "?"]


@pytest.mark.parametrize(
    ("most", "expected"),
    [(5, (0, 1, 2, 3, 4, 5)), (100, (0, 20, 40, 60, 80, 100)), (1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
     (0, (0,)), (-3, (0,))],
)  # fmt: skip
def test_ticks__a_scale__has_round_values(most, expected):
    assert ticks(most, count=5) == pytest.approx(expected)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("room", [20.0, 90.0])
def test_shorten__any_text__fits_and_is_clean(text, room):
    short = shorten(text, size=10, room=room)
    assert width(short, size=10) <= room
    assert short == clean(short)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orders", ("Orders",)),
        ("Billing and invoicing", ("Billing and", "invoicing")),
        ("OrderRepositoryHelper", ("OrderRepository", "Helper")),
        ("统计报表能力（参考）", ("统计报表能力", "（参考）")),
        ("one two three four five six seven", ("one two three", "four five six s…")),
        ("src/shop/Order.java", ("src/shop/", "Order.java")),
        ("", ()),
    ],
)
def test_wrap__a_label__is_broken_where_it_may(text, expected):
    found = wrap(text, size=10, room=95 if "Repo" in text else 78, lines=2)
    assert found == expected


def test_clean__a_pile_of_marks__is_cut_and_an_accent_kept():
    assert clean("a" + "\u0300" * 40 + "e\u0301") == "a\u0300\u0300e\u0301"


def test_clean__characters_that_xml_cannot_hold__are_replaced_one_by_one():
    assert clean("a\x00b\ud800c\u202ed\uffff") == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_shorten__a_path__keeps_its_end():
    assert shorten("src/main/java/Order.java", size=10, room=75).endswith("Order.java")
