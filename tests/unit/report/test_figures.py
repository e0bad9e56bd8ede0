import re
from dataclasses import replace
from itertools import permutations

import pytest
from unit.report.assessments import (
    FOUND,
    PAST,
    assessment,
    coupling,
    cut,
    domain,
    figures,
    pack,
    service,
    tie,
)

from assessor.model.coupling import Hotspot
from assessor.model.view import Bar, Edge, Node, Series, Tile
from assessor.report import figures as drawn
from assessor.report.view import view
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
BOTH = pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
SERVICES = cut(
    service("orders", "a.py", "b.py", inside=12),
    service("billing", "c.py", inside=5),
    service("stock", "d.py", "e.py", "f.py", inside=0),
)
TIES = (
    tie("orders", "billing", 9),
    tie("stock", "orders", 4),
    tie("billing", "orders", 1),
)
COUPLED = replace(FOUND, partition=SERVICES, coupling=coupling(*TIES))


def _figures_in(text):
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))


def _packs():
    return (
        pack("A", indicative=2.4, claimable=1),
        pack("B", indicative=None, claimable=None),
        pack("C", indicative=3.0, claimable=3),
    )


def _hot(*sizes):
    """Hotspots of (path, revisions, complexity)."""
    return replace(FOUND, history=replace(PAST, hotspots=tuple(Hotspot(1.0, *s) for s in sizes)))


def test_standards__every_standard__is_a_bar_of_its_indicative_marked_with_its_claimable_level():
    figure = drawn.standards(assessment(*_packs()), EN)
    assert figure.drawing.bars == (
        Bar("A pack A in English", 2.4, 1, decimals=1),
        Bar("B pack B in English", None, None, decimals=1),
        Bar("C pack C in English", 3.0, 3, decimals=1),
    )
    assert (figure.drawing.value_name, figure.drawing.mark_name) == ("Indicative", "Claimable")
    assert figure.drawing.most == 5


def test_standards__alternative_text__tells_both_levels_of_each_and_what_is_unseen():
    assert drawn.standards(assessment(*_packs()), EN).alt == (
        "Levels by standard. A pack A in English: indicative 2.4, claimable 1;"
        " B pack B in English: indicative ?, claimable ?;"
        " C pack C in English: indicative 3.0, claimable 3."
    )
    assert drawn.standards(assessment(*_packs()[:2]), ZH).alt == (
        "各标准的等级。A pack A的中文：参考等级 2.4，可声明等级 1；"
        "B pack B的中文：参考等级 ?，可声明等级 ?。"
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_profile__fewer_than_three_standards__is_no_radar(count):
    assert drawn.profile(assessment(*_packs()[:count]), EN) is None


def test_profile__three_standards__are_the_axes_of_both_outlines():
    radar = drawn.profile(assessment(*_packs()), EN).drawing
    assert radar.axes == ("A pack A in English", "B pack B in English", "C pack C in English")
    assert radar.series == (
        Series("Indicative", (2.4, None, 3.0), decimals=1),
        Series("Claimable", (1, None, 3)),
    )
    assert radar.most == 5


def test_profile__alternative_text__has_the_figures_of_both_outlines():
    alt = drawn.profile(assessment(*_packs()), EN).alt
    assert "A pack A in English: indicative 2.4, claimable 1" in alt
    assert "B pack B in English: indicative ?, claimable ?" in alt
    assert "C pack C in English: indicative 3.0, claimable 3" in alt


def test_domains__of_a_standard__are_bars_in_its_order_under_its_name():
    two = (domain("x", claimable=2, indicative=3), domain("w", claimable=None, indicative=None))
    figure = drawn.domains(pack("A", domains=two), EN)
    assert figure.title == "Levels by domain: A"
    assert figure.drawing.bars == (
        Bar("domain x in English", 3, 2),
        Bar("domain w in English", None, None),
    )
    assert figure.alt == (
        "Levels by domain: A. domain x in English: indicative 3, claimable 2;"
        " domain w in English: indicative ?, claimable ?."
    )


@pytest.mark.parametrize("partition", [None, cut(), cut(service("all"))])
def test_services_and_matrix__nothing_is_cut__are_not_drawn(partition):
    found = replace(FOUND, partition=partition)
    assert drawn.services(found, EN) is None
    assert drawn.matrix(found, EN) is None


def test_services__nodes__have_the_size_of_their_units_and_edges_their_references():
    graph = drawn.services(COUPLED, EN).drawing
    assert graph.nodes == (
        Node("orders", 2, "service-1"),
        Node("billing", 1, "service-2"),
        Node("stock", 3, "service-3"),
    )
    assert graph.edges == (Edge(0, 1, 9), Edge(2, 0, 4), Edge(1, 0, 1))
    assert (graph.size_name, graph.weight_name) == ("Units", "References")


def test_services__alternative_text__has_every_node_and_every_edge():
    assert drawn.services(COUPLED, EN).alt == (
        "Proposed services and their references."
        " orders: 2 units; billing: 1 units; stock: 3 units;"
        " orders to billing: 9 references; stock to orders: 4 references;"
        " billing to orders: 1 references."
    )
    assert drawn.services(COUPLED, ZH).alt.endswith(
        "orders 到 billing：9 处引用；stock 到 orders：4 处引用；billing 到 orders：1 处引用。"
    )


def test_services__more_edges_than_anybody_reads__are_all_in_the_words():
    names = [f"s{at}" for at in range(8)]
    ties = [tie(a, b, 1000 + at) for at, (a, b) in enumerate(permutations(names, 2))]
    found = replace(
        FOUND, partition=cut(*(service(name) for name in names)), coupling=coupling(*ties)
    )
    figure = drawn.services(found, EN)
    assert len(figure.drawing.edges) == 56
    untold = [edge.weight for edge in figure.drawing.edges if str(edge.weight) not in figure.alt]
    assert untold == []


@pytest.mark.parametrize(
    ("language", "said"),
    [(EN, "no references between them"), (ZH, "服务之间没有引用")],
    ids=["en", "zh"],
)
def test_services__nothing_ties_them__is_said(language, said):
    figure = drawn.services(replace(COUPLED, coupling=coupling()), language)
    assert figure.drawing.edges == ()
    assert said in figure.alt
    assert said not in drawn.services(COUPLED, language).alt


def test_services__a_tie_of_a_service_that_is_not_there__is_no_edge():
    ties = coupling(tie("orders", "gone", 3), tie("gone", "orders", 2), *TIES)
    assert len(drawn.services(replace(COUPLED, coupling=ties), EN).drawing.edges) == len(TIES)


@pytest.mark.parametrize("audience", ["architect", "auditor"])
def test_services__links_of_the_nodes__lead_to_the_pages_of_the_services(audience):
    shown = view(COUPLED, wording=EN, audience=audience)
    pages = {s.id: s.title for top in shown.sections for s in top.sections}
    (graph, *_) = figures(next(s for s in shown.sections if s.id == "map"))
    assert [(node.label, pages[node.link]) for node in graph.drawing.nodes] == [
        (name, name) for name in ("orders", "billing", "stock")
    ]


def test_matrix__values__are_references_from_row_to_column_and_inside_on_the_diagonal():
    matrix = drawn.matrix(COUPLED, EN).drawing
    assert matrix.labels == ("orders", "billing", "stock")
    assert matrix.values == ((12, 9, 0), (1, 5, 0), (4, 0, 0))
    assert (matrix.row_name, matrix.column_name) == ("From", "To")


def test_matrix__several_ties_of_the_same_services__are_added_up():
    ties = coupling(tie("orders", "stock", 2), tie("orders", "stock", 3))
    assert drawn.matrix(replace(COUPLED, coupling=ties), EN).drawing.values[0] == (12, 0, 5)


def test_matrix__alternative_text__has_the_inside_of_each_row_and_all_that_is_not_zero():
    assert drawn.matrix(COUPLED, EN).alt == (
        "Dependency structure matrix: references from row to column."
        " orders: 12 references inside, 9 to billing;"
        " billing: 5 references inside, 1 to orders;"
        " stock: 0 references inside, 4 to orders."
    )
    assert "orders：内部引用 12 处，到 billing 9 处；" in drawn.matrix(COUPLED, ZH).alt


@BOTH
def test_matrix__its_table__has_the_same_figures(language):
    figure = drawn.matrix(COUPLED, language)
    table = figure.table
    assert table.columns == (language.sentences["figure.from-to"], "orders", "billing", "stock")
    assert [row[0].text for row in table.rows] == list(figure.drawing.labels)
    shown = tuple(tuple(float(cell.text) for cell in row[1:]) for row in table.rows)
    assert shown == figure.drawing.values
    assert table.numeric == (1, 2, 3)


@pytest.mark.parametrize(
    "found", [FOUND, _hot(("a.py", 3, 0)), _hot(("a.py", 3, -1))], ids=["none", "zero", "less"]
)
def test_hotspots__nothing_complex__is_not_drawn(found):
    assert drawn.hotspots(found, EN) is None


def test_hotspots__tiles__are_sized_by_complexity_and_shaded_by_changes():
    treemap = drawn.hotspots(_hot(("x/a.java", 8, 10), ("x/b.java", 2, 30), ("c.py", 4, 30)), EN)
    assert treemap.drawing.tiles == (
        Tile("c", 30, 0.5, "complexity 30, changes 4"),
        Tile("b", 30, 0.25, "complexity 30, changes 2"),
        Tile("a", 10, 1.0, "complexity 10, changes 8"),
    )
    assert (treemap.drawing.size_name, treemap.drawing.heat_name) == ("Complexity", "Changes")


def test_hotspots__alternative_text__has_both_figures_of_every_tile():
    found = _hot(("x/a.java", 8, 10), ("b.py", 2, 30))
    assert drawn.hotspots(found, EN).alt == (
        "Hotspots: area by complexity, shade by changes in the last 365 days."
        " b complexity 30, changes 2; a complexity 10, changes 8."
    )
    assert drawn.hotspots(found, ZH).alt.endswith(
        "b 复杂度 30，变更 2 次；a 复杂度 10，变更 8 次。"
    )


def test_hotspots__its_table__has_whole_paths_in_the_order_of_the_tiles():
    table = drawn.hotspots(_hot(("x/a.java", 8, 10), ("b.py", 2, 30)), EN).table
    assert table.columns == ("Unit", "Changes", "Complexity")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["b.py", "2", "30"],
        ["x/a.java", "8", "10"],
    ]


def test_hotspots__more_than_forty__are_the_forty_hottest_in_drawing_words_and_table():
    hot = [(f"f{at:02}.py", 2, 100 + at) for at in range(45)]
    figure = drawn.hotspots(_hot(*hot), EN)
    assert {tile.size for tile in figure.drawing.tiles} == set(range(100, 140))
    assert len(figure.table.rows) == 40
    assert [n for n in range(100, 145) if f"complexity {n}," in figure.alt] == list(
        range(100, 140)
    )


@pytest.mark.parametrize("revisions", [0, 1])
def test_hotspots__changed_once_or_never__are_not_drawn(revisions):
    assert drawn.hotspots(_hot(("a.py", revisions, 10)), EN) is None
    figure = drawn.hotspots(_hot(("a.py", revisions, 10), ("b.py", 2, 3)), EN)
    assert [tile.label for tile in figure.drawing.tiles] == ["b"]


def test_hottest__units_that_are_no_hotspots__leave_the_others_in_their_order():
    found = _hot(("a.py", 1, 9), ("b.py", 2, 1), ("c.py", 9, 0), ("d.py", 8, 8))
    assert [hot.path for hot in drawn.hottest(found)] == ["b.py", "d.py"]


@BOTH
def test_standards_and_profile__one_that_does_not_apply__is_not_drawn(language):
    aside = pack("N", indicative=None, claimable=None, coverage=None)
    every, applying = assessment(*_packs(), aside), assessment(*_packs())
    assert drawn.standards(every, language) == drawn.standards(applying, language)
    assert drawn.profile(every, language) == drawn.profile(applying, language)
    assert drawn.profile(assessment(*_packs()[:2], aside), language) is None


def test_domains__one_that_does_not_apply__is_not_drawn():
    dark = domain("w", claimable=None, indicative=None, coverage=0.0)
    aside = domain("n", claimable=None, indicative=None, coverage=None)
    bars = drawn.domains(pack("A", domains=(aside, dark)), EN).drawing.bars
    assert [bar.label for bar in bars] == ["domain w in English"]


def test_matrix__thousands__are_written_as_such_in_words_and_table():
    figure = drawn.matrix(
        replace(COUPLED, coupling=coupling(tie("orders", "billing", 1234567))), EN
    )
    assert "1,234,567 to billing" in figure.alt
    assert figure.table.rows[0][2].text == "1,234,567"


@BOTH
def test_every_figure__its_alternative_text__begins_with_its_title(language):
    found = replace(COUPLED, packs=_packs(), history=_hot(("a.py", 3, 4), ("b.py", 1, 2)).history)
    made = [
        drawn.standards(found, language),
        drawn.profile(found, language),
        drawn.domains(found.packs[0], language),
        drawn.services(found, language),
        drawn.matrix(found, language),
        drawn.hotspots(found, language),
    ]
    assert [f.alt[: len(f.title)] for f in made] == [f.title for f in made]


def test_services__figures_of_the_drawing__are_the_figures_of_its_words():
    told = drawn.services(COUPLED, EN)
    weights = [str(edge.weight) for edge in told.drawing.edges]
    sizes = [str(node.size) for node in told.drawing.nodes]
    assert _figures_in(told.alt) == sorted(weights + sizes)


@pytest.mark.parametrize(("count", "shown", "suffix"), [(40, 40, ""), (41, 40, "largest of 41")])
def test_services_and_matrix__more_than_can_be_read__are_the_largest_and_say_so(
    count, shown, suffix
):
    services = [service(f"s{at}", size=99 - at) for at in range(count)]
    ties = coupling(tie("s0", "s39", 3), tie("s1", f"s{count - 1}", 2))
    found = replace(FOUND, partition=cut(*services), coupling=ties)
    graph, matrix = drawn.services(found, EN), drawn.matrix(found, EN)
    assert [node.label for node in graph.drawing.nodes] == [f"s{at}" for at in range(shown)]
    assert len(graph.drawing.edges) == (2 if count == shown else 1)
    assert len(matrix.drawing.labels) == len(matrix.table.rows) == shown
    for figure in (graph, matrix):
        assert suffix in figure.title
        assert figure.alt.startswith(figure.title)
