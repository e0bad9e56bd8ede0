"""Charts with their letters taken out: all of them, and each where it stood."""

import pytest
from lxml import etree
from unit.render.test_charts import EMPTY, HOSTILE, KINDS, ODD, draw

from assessor.model.view import Graph, Node
from assessor.render.lettering import Run, split

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = {**{kind: make() for kind, make in KINDS.items()}, **EMPTY, **ODD}
LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])


def _chart(inside, *, size='width="640" height="200"'):
    return split(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>')


def _line(inside):
    (line,) = _chart(inside).lines
    return line


def _place(inside):
    line = _line(inside)
    return pytest.approx((line.x, line.y), abs=1e-9)


def _parsed(svg):
    return etree.fromstring(svg.encode("utf-8"))


def _letters(svg):
    return ["".join(text.itertext()) for text in _parsed(svg).iter(f"{SVG}text")]


def _without_letters(element):
    """Tags and attributes of all shapes in order, as if there were no letters."""
    kept = [each for each in element if each.tag != f"{SVG}text"]
    return element.tag, dict(element.attrib), [_without_letters(each) for each in kept]


@LANGUAGES
@pytest.mark.parametrize("kind", DRAWINGS)
def test_split__every_chart__has_all_its_letters_in_the_lines_in_order(kind, lang):
    svg = draw(DRAWINGS[kind], lang=lang)
    made = split(svg)
    assert ["".join(run.text for run in line.runs) for line in made.lines] == _letters(svg)
    assert made.lines


@pytest.mark.parametrize("kind", DRAWINGS)
def test_split__every_chart__has_no_letters_left_but_all_its_shapes(kind):
    svg = draw(DRAWINGS[kind])
    left = _parsed(split(svg).svg)
    assert not {f"{SVG}text", f"{SVG}tspan"} & {each.tag for each in left.iter()}
    assert _without_letters(left) == _without_letters(_parsed(svg))


@pytest.mark.parametrize("kind", DRAWINGS)
def test_split__every_chart__has_its_size(kind):
    svg = draw(DRAWINGS[kind])
    root = _parsed(svg)
    made = split(svg)
    assert (made.width, made.height) == (float(root.get("width")), float(root.get("height")))


@pytest.mark.parametrize("kind", [*KINDS, *EMPTY])
def test_split__every_chart__has_its_letters_on_its_ground(kind):
    made = split(draw(DRAWINGS[kind]))
    assert all(-1 <= line.x <= made.width + 1 for line in made.lines)
    assert all(-1 <= line.y <= made.height + 1 for line in made.lines)
    assert all(4 <= run.size <= 20 for line in made.lines for run in line.runs)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", KINDS)
def test_split__hostile_labels__stay_text(kind, text):
    svg = draw(KINDS[kind](labels=(text, "b", "c")))
    made = split(svg)
    assert ["".join(run.text for run in line.runs) for line in made.lines] == _letters(svg)
    assert {each.tag for each in _parsed(made.svg).iter()} <= {
        f"{SVG}{tag}"
        for tag in ("svg", "g", "title", "defs", "pattern", "line", "rect", "path", "polygon",
                    "polyline", "circle", "ellipse")
    }  # fmt: skip


def test_split__discs_too_small_for_their_sizes__have_them_as_smaller_runs_behind_the_names():
    nodes = Node("Orders", 123_456), Node("Billing", 99_999_999)
    lines = split(draw(Graph(nodes, (), "files", "references"))).lines
    (orders, six), (billing, eight) = (line.runs for line in lines if len(line.runs) > 1)
    assert (orders.text, six.text) == ("Orders ", "(123456)")
    assert (billing.text, eight.text) == ("Billing ", "(99999999)")
    assert six.size < orders.size
    assert six.colour != orders.colour


def test_split__the_columns_of_a_matrix__are_turned():
    lines = split(draw(KINDS["matrix"]())).lines
    assert {line.angle for line in lines} - {0.0}


@pytest.mark.parametrize(
    ("inside", "place"),
    [
        ('<text x="3" y="4.5">a</text>', (3, 4.5)),
        ("<text>a</text>", (0, 0)),
        ('<g transform="translate(10 20)"><text x="3" y="4">a</text></g>', (13, 24)),
        ('<g transform="translate(-10.5,20)"><text x="3" y="4">a</text></g>', (-7.5, 24)),
        (
            '<g transform="translate(9 20)"><g><g transform="translate(1 -2)"><text/></g></g></g>',
            (10, 18),
        ),
    ],
    ids=["plain", "none", "moved", "back", "twice"],
)
def test_split__letters_in_groups_that_are_moved__stand_where_they_stood(inside, place):
    assert place == _place(inside)


def test_split__a_group_that_is_moved__moves_only_what_is_in_it():
    text = '<text x="1" y="1">a</text>'
    made = _chart(f'{text}<g transform="translate(5 7)">{text}</g>{text}')
    assert [(line.x, line.y) for line in made.lines] == [(1, 1), (6, 8), (1, 1)]


@pytest.mark.parametrize(
    ("turn", "place", "angle"),
    [
        ("rotate(90 10 10)", (10, 20), 90),
        ("rotate(-90 10 10)", (10, 0), -90),
        ("rotate(180 10 10)", (0, 10), 180),
        ("rotate(90)", (-10, 20), 90),
        ("rotate(-45 20 10)", (20, 10), -45),
        ("rotate(30.5,20,10)", (20, 10), 30.5),
    ],
)
def test_split__letters_that_are_turned__stand_where_the_turn_puts_them(turn, place, angle):
    inside = f'<text x="20" y="10" transform="{turn}">a</text>'
    assert place == _place(inside)
    assert _line(inside).angle == angle


def test_split__letters_turned_in_a_group_that_is_moved__are_turned_first():
    inside = (
        '<g transform="translate(100 200)">'
        '<text x="20" y="10" transform="rotate(90 10 10)">a</text></g>'
    )
    assert _place(inside) == (110, 220)
    assert _line(inside).angle == 90


def test_split__letters__keep_anchor_weight_size_and_colour():
    line = _line(
        '<text x="0" y="0" text-anchor="end" font-weight="bold" font-size="12" fill="#123456">'
        "a</text>"
    )
    assert (line.anchor, line.bold, line.runs) == ("end", True, (Run("a", 12, "#123456"),))
    usual = _line("<text>a</text>")
    assert (usual.anchor, usual.bold, usual.angle) == ("start", False, 0)
    assert usual.runs == (Run("a", 10, "#000000"),)


def test_split__parts_of_a_line__are_runs_with_what_they_change_and_inherit():
    line = _line(
        '<text font-size="12" fill="#111111">a <tspan font-size="9">b</tspan> c'
        '<tspan fill="#222222">d</tspan><tspan/></text>'
    )
    assert line.runs[:4] == (
        Run("a ", 12, "#111111"),
        Run("b", 9, "#111111"),
        Run(" c", 12, "#111111"),
        Run("d", 12, "#222222"),
    )
    assert "".join(run.text for run in line.runs) == "a b cd"


def test_split__a_line_that_begins_with_a_part__has_no_empty_run_before_it():
    assert _line("<text><tspan>b</tspan></text>").runs == (Run("b", 10, "#000000"),)


def test_split__shapes_beside_the_letters__are_left_alone():
    made = _chart('<text>a</text><rect x="1"/><text>b</text><g><text>c</text><path d="M0 0"/></g>')
    root = _parsed(made.svg)
    assert [each.tag for each in root.iter()] == [
        f"{SVG}svg", f"{SVG}rect", f"{SVG}g", f"{SVG}path",
    ]  # fmt: skip
    assert [line.runs[0].text for line in made.lines] == ["a", "b", "c"]


def test_split__the_shapes__are_written_without_prefixes():
    assert _chart("<rect/>").svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "ns0:" not in _chart("<rect/>").svg
