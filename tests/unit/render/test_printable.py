from dataclasses import dataclass

import pytest

from assessor.model.view import (
    Bar,
    Bars,
    Cell,
    Edge,
    Fields,
    Figure,
    Form,
    Graph,
    Matrix,
    Node,
    Radar,
    Section,
    Sentence,
    Series,
    Table,
    Tile,
    Treemap,
    View,
)
from assessor.render.printable import MOST, MOST_TOLD, printable, texts

STEERING = {
    "nul": "\x00",
    "tab": "\t",
    "line-feed": "\n",
    "escape": "\x1b",
    "delete": "\x7f",
    "c1-next-line": "\x85",
    "c1-csi": "\x9b",
    "soft-hyphen": "\xad",
    "arabic-mark": "\u061c",
    "zero-width-space": "\u200b",
    "zero-width-joiner": "\u200d",
    "left-to-right-mark": "\u200e",
    "line-separator": "\u2028",
    "paragraph-separator": "\u2029",
    "bidi-override": "\u202e",
    "bidi-isolate": "\u2066",
    "byte-order-mark": "\ufeff",
    "high-surrogate": "\ud800",
    "low-surrogate": "\udcff",
    "private-use": "\ue000",
    "private-plane": "\U000f0001",
    "unassigned": "\u0378",
    "noncharacter": "\uffff",
    "last-noncharacter": "\U0010ffff",
    "tag": "\U000e0041",
}
GOOD = "Aß Ł 中 🙂 ± – … • é"


def _all_there(_wanted):
    return frozenset()


def _view(*blocks, title="T", **options):
    return View(title, "", "en", (Section("s", "S", blocks),), **options)


def _one(text, *, lacking=_all_there):
    """What becomes of a text, how many characters were replaced, how many texts cut."""
    made = printable(_view(Sentence(text)), lacking=lacking)
    return made.view.sections[0].blocks[0].text, made.replaced, made.shortened


@pytest.mark.parametrize("character", STEERING.values(), ids=STEERING)
def test_printable__a_character_that_steers_or_shows_nothing__is_shown_by_its_code(character):
    shown, replaced, _ = _one(f"a{character}b")
    assert shown == f"aU+{ord(character):04X}b"
    assert replaced == 1


def test_printable__what_can_be_printed__is_left_alone():
    view = _view(Sentence(GOOD), title=GOOD)
    made = printable(view, lacking=_all_there)
    assert (made.view, made.replaced, made.shortened) == (view, 0, 0)


@pytest.mark.parametrize(
    ("text", "lacks", "expected"),
    [
        ("e\u0301x", {"e\u0301"}, "eU+0301x"),
        ("e\u0301x", {"e\u0301", "e"}, "U+0065U+0301x"),
        ("e\u0301\u0302", {"e\u0301\u0302"}, "eU+0301U+0302"),
        ("\u0301e", set(), "U+0301e"),
        ("\n\u0301e", set(), "U+000AU+0301e"),
        ("e\u0301x", set(), "e\u0301x"),
    ],
    ids=["letter-stays", "nothing-stays", "two-marks", "no-letter", "on-a-control", "one-font"],
)
def test_printable__a_letter_with_marks__keeps_what_can_be_shown(text, lacks, expected):
    shown, replaced, _ = _one(text, lacking=lambda wanted: frozenset(wanted & lacks))
    assert shown == expected
    assert replaced == shown.count("U+")


def test_printable__what_a_figure_says_in_words__is_cut_where_a_pdf_can_hold_no_more():
    def printed(length):
        figure = Figure("t", "a" * length, Matrix((), (), "", ""))
        made = printable(_view(figure), lacking=_all_there)
        return made.view.sections[0].blocks[0].alt, made.shortened

    assert printed(MOST_TOLD) == ("a" * MOST_TOLD, 0)
    assert printed(MOST_TOLD + 1) == ("a" * MOST_TOLD + "… (+1)", 1)


def test_printable__a_character_that_no_font_has__is_shown_by_its_code():
    shown, replaced, _ = _one(
        "a\u1234\U00012345\u1234", lacking=lambda w: w & {"\u1234", "\U00012345"}
    )
    assert shown == "aU+1234U+12345U+1234"
    assert replaced == 3


def test_printable__the_fonts__are_asked_once_for_every_character_that_is_not_bad_anyway():
    asked = []

    def lacking(wanted):
        asked.append(set(wanted))
        return frozenset()

    printable(_view(Sentence("ab"), Sentence("bcé\u202e")), lacking=lacking)
    (wanted,) = asked
    assert wanted == set("bcé")


def test_printable__replaced_characters__are_counted_each_time_in_every_text():
    view = _view(Sentence("\n\n"), Sentence("\u202ea\n"), title="\x00")
    assert printable(view, lacking=_all_there).replaced == 5


@pytest.mark.parametrize(
    ("length", "end", "shortened"),
    [(MOST, "", 0), (MOST + 1, "… (+1)", 1), (MOST + 4321, "… (+4,321)", 1)],
)
def test_printable__a_long_text__is_cut_and_says_by_how_much(length, end, shortened):
    shown, _, cut = _one("x" * length)
    assert (shown, cut) == ("x" * MOST + end, shortened)


def test_printable__several_long_texts__are_counted():
    view = _view(Sentence("x" * (MOST + 1)), Sentence("y" * 9999), Sentence("z"), title="t" * 2000)
    assert printable(view, lacking=_all_there).shortened == 3


def test_printable__a_long_text_of_controls__is_cut_by_what_it_was():
    shown, replaced, shortened = _one("\n" * (MOST + 5))
    assert shown == "U+000A" * MOST + "… (+5)"
    assert (replaced, shortened) == (MOST + 5, 1)


@pytest.mark.parametrize(
    "name", ["a\nb", "\ud800", "x" * (MOST + 50)], ids=["line", "half", "long"]
)
def test_printable__ids_and_links__still_fit_each_other(name):
    graph = Graph((Node("n", 1, link=name),), (), "s", "w")
    row = (Cell("c", link=name),)
    blocks = Table(("C",), (row,)), Figure("f", "a", graph, Table(("D",), (row,)))
    view = View("T", "", "en", (Section(name, "S", blocks),))
    section = printable(view, lacking=_all_there).view.sections[0]
    table, figure = section.blocks
    links = {table.rows[0][0].link, figure.drawing.nodes[0].link, figure.table.rows[0][0].link}
    assert links == {section.id}
    assert section.id != name


def test_printable__every_place_of_a_view__is_reached():
    bad, inner = "\x07", Table(("\x07",), ((Cell("\x07"),),), note="\x07")
    blocks = (
        Sentence(bad),
        inner,
        Figure(bad, bad, Bars((Bar(bad, 1.0),), 5, bad, bad), inner),
        Figure(bad, bad, Radar((bad,), (Series(bad, (1.0, None)),), 5)),
        Figure(bad, bad, Graph((Node(bad, 1, bad),), (Edge(0, 0, 1),), bad, bad)),
        Figure(bad, bad, Matrix((bad,), ((None,),), bad, bad)),
        Figure(bad, bad, Treemap((Tile(bad, 1, 0.5, bad),), bad, bad)),
        Fields(((bad, Cell(bad, link=bad)),)),
        Form(((bad,),)),
    )
    view = View(
        bad, bad, "zh", (Section(bad, bad, blocks, (Section(bad, bad, ()),)),),
        header=(bad,), dated=bad, words={"k": bad}, cover=((bad, bad),),
    )  # fmt: skip
    made = printable(view, lacking=_all_there)
    assert [text for text in texts(made.view) if "\x07" in text] == []
    assert made.replaced == sum(text.count("\x07") for text in texts(view)) == 48


def test_printable__numbers_shares_and_positions__are_kept():
    table = Table(("a", "b"), ((Cell("x", bar=0.5), Cell("y")),), (1,), "", (0,), (1,))
    figure = Figure("f", "a", Matrix(("m",), ((2.5,),), "r", "c"))
    view = _view(table, figure, Sentence("\n"))
    made = printable(view, lacking=_all_there).view
    assert made.sections[0].blocks[:2] == (table, figure)
    assert made.sections[0].page is False
    assert type(made) is View


def test_printable__the_view_that_was_given__is_not_changed():
    view = _view(Sentence("a\n"), words={"k": "b\n"})
    printable(view, lacking=_all_there)
    assert (view.sections[0].blocks[0].text, view.words) == ("a\n", {"k": "b\n"})


@dataclass(frozen=True, slots=True)
class _Holder:
    inside: object


def test_texts__values_of_any_shape__are_found_however_deep():
    value = _Holder(({"key": ["a", ("b", None, 3, 0.5)]}, _Holder("c"), True))
    assert list(texts(value)) == ["a", "b", "c"]
    assert list(texts(_Holder)) == []
