import pytest

from assessor.model.view import (
    Bar,
    Bars,
    Cell,
    Fields,
    Figure,
    Form,
    Section,
    Sentence,
    Table,
)
from assessor.render.blocks import flat

TABLE = Table(("A",), ((Cell("a"),),), note="n")
DRAWING = Bars((Bar("a", 1.0),), 5, "v")


def _flat(*blocks, sections=()):
    return list(flat(Section("s", "Title", blocks, sections)))


@pytest.mark.parametrize("block", [Sentence("s", "poor"), TABLE], ids=["sentence", "table"])
def test_flat__sentences_and_tables__stay_as_they_are(block):
    assert _flat(block) == [block]


def test_flat__a_figure_with_its_table__becomes_title_and_table():
    assert _flat(Figure("Levels", "words", DRAWING, TABLE)) == [
        Sentence("Levels", "strong"),
        TABLE,
    ]


def test_flat__a_figure_without_a_table__becomes_its_words():
    assert _flat(Figure("Levels", "words", DRAWING)) == [Sentence("words", "quiet")]


def test_flat__fields__become_a_table_of_names_and_values_with_their_tones():
    value = Cell("1", "good", link="t")
    assert _flat(Fields((("Seed", value), ("Rules", Cell("x"))))) == [
        Table(("", ""), ((Cell("Seed", "strong"), value), (Cell("Rules", "strong"), Cell("x"))))
    ]


def test_flat__a_form__is_left_out():
    assert _flat(Sentence("a"), Form((("Name",),)), Sentence("b")) == [
        Sentence("a"),
        Sentence("b"),
    ]


def test_flat__sub_sections__follow_the_blocks_each_under_its_title_however_deep():
    deep = Section("d", "Deep", (TABLE,))
    parts = Section("x", "X", (Sentence("in x"),), (deep,)), Section("y", "Y", (Sentence("in y"),))
    assert _flat(Sentence("first"), sections=parts) == [
        Sentence("first"),
        Sentence("X", "strong"),
        Sentence("in x"),
        Sentence("Deep", "strong"),
        TABLE,
        Sentence("Y", "strong"),
        Sentence("in y"),
    ]


def test_flat__its_own_title__is_not_repeated():
    assert _flat() == []
