from dataclasses import replace

import pytest
from unit.report.assessments import FOUND, PAST, coupling, cut, service, texts, tie

from assessor.model import assessment as doc
from assessor.model.coupling import Hotspot
from assessor.model.view import Cell, Sentence, Table
from assessor.report.proposals import UNITS, sections
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
HEADS = {
    "neighbours": "Neighbours",
    "folders": "Where its units live today",
    "units": "Its units, least certain first",
    "ties": "Strongest ties that its border would cut, of the {most} strongest of all",
    "hot": "Hotspots inside",
}


def _pages(*services, language=EN, confidence=None, ties=(), strongest=(), hot=()):
    found = replace(
        FOUND,
        partition=cut(*services, confidence=confidence),
        coupling=coupling(*ties, strongest=strongest),
        history=replace(PAST, hotspots=tuple(hot)),
    )
    return sections(found, language)


def _table(page, name, *, most=0):
    """The table under that heading, None if there is no such heading. most: strongest ties."""
    blocks = list(page.blocks)
    head = Sentence(HEADS[name].format(most=most), "strong")
    if head not in blocks:
        return None
    table = blocks[blocks.index(head) + 1]
    assert isinstance(table, Table)
    return table


def _bound(a, b, **shares):
    return doc.UnitTie(a, b, 0.5, {name.replace("_", "-"): part for name, part in shares.items()})


@pytest.mark.parametrize("partition", [None, cut(), cut(service("all"))])
def test_sections__nothing_is_cut__are_none(partition):
    assert sections(replace(FOUND, partition=partition), EN) == ()


def test_sections__services__are_a_page_each_in_the_order_of_the_cut():
    pages = _pages(service("zoo"), service("ant"), service("cat"))
    assert [(page.id, page.title, page.page) for page in pages] == [
        ("service-1", "zoo", True),
        ("service-2", "ant", True),
        ("service-3", "cat", True),
    ]


def test_page__its_head__has_size_and_judgement():
    made = service("a", "1.py", "2.py", lines=12345, cohesion=0.9, confidence=0.3, inside=2)
    page, _ = _pages(made, service("b"), ties=(tie("a", "b", 4), tie("b", "a", 2)))
    assert page.blocks[:2] == (
        Sentence("2 units with 12,345 lines of code."),
        Sentence(
            "A weak candidate: 90 % of its coupling and 25 % of its references stay inside; on"
            " average 30 % of repeated runs keep a unit in it. Consider merging it with its"
            " closest neighbour.",
            "poor",
        ),
    )


def test_page__nothing_known_but_units__has_no_empty_table():
    page, _ = _pages(service("a"), service("b"))
    assert [name for name in HEADS if _table(page, name)] == ["folders", "units"]
    assert all(block.rows for block in page.blocks if isinstance(block, Table))


def test_page__all_known__has_its_parts_in_the_order_of_reading():
    page, _ = _pages(
        service("a", "x/a.java"),
        service("b", "x/b.java"),
        ties=(tie("a", "b", 3),),
        strongest=(_bound("x/a.java", "x/b.java", structure=1.0),),
        hot=(Hotspot(1.0, "x/a.java", 5, 9),),
    )
    heads = [b.text for b in page.blocks if isinstance(b, Sentence) and b.tone == "strong"]
    assert heads == [head.format(most=1) for head in HEADS.values()]


def test_neighbours__both_directions__are_counted_apart_and_ranked_by_their_sum():
    ties = (
        tie("a", "b", 2, path="ab.py", line=1),
        tie("c", "a", 9, path="ca.py", line=7),
        tie("a", "c", 1, path="ac.py", line=5),
        tie("d", "a", 4, path="da.py", line=3),
        tie("b", "c", 99),
    )
    page, *_ = _pages(*map(service, "abcd"), ties=ties)
    table = _table(page, "neighbours")
    assert table.columns == ("Service", "It refers to them", "They refer to it", "First seen at")
    assert texts(table) == [
        ("c", "1", "9", "ac.py:5"),
        ("d", "–", "4", "da.py:3"),
        ("b", "2", "–", "ab.py:1"),
    ]
    assert table.rows[1][1] == Cell("–", "quiet")
    assert table.note == ""


def test_neighbours__equal_counts__are_in_the_order_of_their_names():
    ties = (tie("a", "d", 2), tie("a", "b", 2), tie("c", "a", 2))
    page, *_ = _pages(*map(service, "abcd"), ties=ties)
    assert [row[0] for row in texts(_table(page, "neighbours"))] == ["b", "c", "d"]


@pytest.mark.parametrize(("others", "note"), [(8, ""), (9, "8 of 9.")])
def test_neighbours__more_than_eight__are_limited_and_counted(others, note):
    names = [f"s{at}" for at in range(others)]
    page, *_ = _pages(
        service("a"), *map(service, names), ties=[tie("a", name, 1) for name in names]
    )
    table = _table(page, "neighbours")
    assert len(table.rows) == 8
    assert table.note == note


def test_folders__of_its_units__are_counted_most_first_with_their_shares():
    units = ("src/b/1.py", "src/a/1.py", "src/a/2.py", "top.py")
    page, _ = _pages(service("s", *units), service("other"))
    table = _table(page, "folders")
    assert texts(table) == [("src/a", "2", "50 %"), (".", "1", "25 %"), ("src/b", "1", "25 %")]
    assert [row[2].bar for row in table.rows] == [0.5, 0.25, 0.25]


@pytest.mark.parametrize(
    ("folders", "note"),
    [(6, ""), (7, "6 of 7.")],
)
def test_folders__more_than_six__are_limited_and_counted(folders, note):
    units = [f"d{at}/x.py" for at in range(folders)]
    page, _ = _pages(service("s", *units), service("other"))
    assert [row[0] for row in texts(_table(page, "folders"))] == [f"d{at}" for at in range(6)]
    assert _table(page, "folders").note == note


def test_units__their_confidence__least_certain_first_with_a_tone_and_a_bar():
    sure = {"a.py": 1.0, "b.py": 0.39, "c.py": 0.4}
    page, _ = _pages(service("s", "a.py", "b.py", "c.py"), service("other"), confidence=sure)
    assert [row[1] for row in _table(page, "units").rows] == [
        Cell("39 %", "poor", bar=0.39),
        Cell("40 %", "fair", bar=0.4),
        Cell("100 %", "good", bar=1.0),
    ]
    assert [row[0] for row in texts(_table(page, "units"))] == ["b.py", "c.py", "a.py"]


def test_units__no_confidence_known__is_a_dash_without_a_bar_and_comes_last():
    page, _ = _pages(service("s", "a.py", "b.py"), service("t"), confidence={"b.py": 0.9})
    assert texts(_table(page, "units")) == [("b.py", "90 %"), ("a.py", "–")]
    assert _table(page, "units").rows[1][1].bar is None


@pytest.mark.parametrize(
    ("count", "note"),
    [(UNITS, ""), (UNITS + 1, "14 of 15.")],
)
def test_units__more_than_fourteen__are_limited_and_counted(count, note):
    units = [f"u{at:02}.py" for at in range(count)]
    page, _ = _pages(service("s", *units), service("other"))
    assert [row[0] for row in texts(_table(page, "units"))] == units[:14]
    assert _table(page, "units").note == note


def test_ties__across_the_border__name_both_units_the_other_service_and_the_views():
    strongest = (
        _bound("x/a.java", "x/b.java", structure=0.25, vocabulary=0.75),
        _bound("x/b.java", "x/b2.java", structure=1.0),
        _bound("x/a.java", "x/a2.java", structure=1.0),
        _bound("x/b.java", "x/a.java", co_change=0.5, shared_use=0.5),
        _bound("x/a.java", "x/shared.java", structure=1.0),
    )
    services = service("one", "x/a.java", "x/a2.java"), service("two", "x/b.java", "x/b2.java")
    first, second = _pages(*services, strongest=strongest)
    assert texts(_table(first, "ties", most=5)) == [
        ("a", "b", "two", "vocabulary 75 %; references 25 %"),
        ("a", "b", "two", "co-change 50 %; shared use 50 %"),
    ]
    assert texts(_table(second, "ties", most=5))[0][:3] == ("b", "a", "one")


def test_ties__more_than_six__are_the_six_strongest():
    strongest = [_bound("a.py", f"b{at}.py", structure=1.0) for at in range(8)]
    others = [f"b{at}.py" for at in range(8)]
    page, _ = _pages(service("a"), service("b", *others), strongest=strongest)
    assert [row[1] for row in texts(_table(page, "ties", most=8))] == [f"b{at}" for at in range(6)]


def test_hot__hotspots__are_only_its_own_and_at_most_five():
    hot = [Hotspot(1.0, f"x/{who}{at}.java", at, 9) for at in range(7) for who in "ab"]
    units = [[f"x/{who}{at}.java" for at in range(7)] for who in "ab"]
    page, _ = _pages(service("a", *units[0]), service("b", *units[1]), hot=hot)
    table = _table(page, "hot")
    assert table.columns == ("Unit", "Changes", "Complexity")
    assert texts(table) == [(f"a{at}", str(at), "9") for at in range(2, 7)]


def test_page__in_chinese__has_chinese_heads_and_views():
    strongest = (_bound("a.py", "b.py", structure=0.25, vocabulary=0.75),)
    page, _ = _pages(
        service("a"), service("b"), language=ZH, ties=(tie("a", "b", 1),), strongest=strongest
    )
    heads = [b.text for b in page.blocks if isinstance(b, Sentence) and b.tone == "strong"]
    assert heads[0] == "相邻服务"
    assert page.blocks[0] == Sentence("1 个单元，100 行代码。")
    assert any("词汇 75 %；引用 25 %" in row for b in page.blocks if isinstance(b, Table)
               for row in texts(b))  # fmt: skip


def test_ties__only_to_shared_units__are_no_table():
    strongest = (_bound("a.py", "shared.py", structure=1.0),)
    page, _ = _pages(service("a"), service("b"), strongest=strongest)
    assert _table(page, "ties", most=1) is None


def test_hot__changed_once_or_without_a_decision__is_no_hotspot():
    hot = (Hotspot(1.0, "a.py", 1, 9), Hotspot(1.0, "a.py", 9, 0))
    page, _ = _pages(service("a"), service("b"), hot=hot)
    assert _table(page, "hot") is None
