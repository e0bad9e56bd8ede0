"""Laws of printing: whatever a repository calls its things, every page can be set."""

import unicodedata
from dataclasses import fields, is_dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from assessor.model.view import (
    Bar,
    Bars,
    Cell,
    Fields,
    Figure,
    Form,
    Graph,
    Node,
    Section,
    Sentence,
    Table,
    View,
)
from assessor.render import fonts
from assessor.render.columns import widths
from assessor.render.printable import MOST, MOST_TOLD, Printable, printable, texts

FOLDERS = fonts.folders()
CONTROLS = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
ODD = "\x00\t\n\x1b\x85\u200b\u2028\u202e\ud800\udfff\ue000\ufeff\uffff\U0001f469\U000e0001"
wild = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(codec=None), max_size=12),
    st.text(st.sampled_from(ODD + "aé中]^-\\U+"), max_size=12),
    st.integers(1, 40).map(lambda n: "long \ud800" * (n * 10)),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    """A small view with any text in each of its fields; only links and tones keep their sense."""
    some = [draw(wild) for _ in range(26)]
    name, other = some[0], some[1]
    row = (Cell(some[2], link=name), Cell(some[3], "good", bar=0.5, link=other))
    table = Table((some[4], some[5]), (row, row), (1,), some[6], (0,), (1,))
    graph = Graph((Node(some[7], 1.5, name), Node(some[8], 2, "")), (), some[9], some[10])
    bars = Bars((Bar(some[11], 1.0, None),), 5, some[12], some[13])
    blocks = (
        Sentence(some[14]),
        table,
        Figure(some[15], some[16], graph, table),
        Figure(some[17], some[18], bars),
        Fields(((some[19], Cell(some[20])),)),
        Form(((some[21], some[22]),)),
    )
    inner = Section(other, some[23], (Sentence(some[24]),))
    return View(
        some[25],
        some[0],
        "en",
        (Section(name, some[1], blocks, (inner,), page=True),),
        header=tuple(some[2:4]),
        dated=some[4],
        words={"page": some[5]},
        cover=((some[6], some[7]),),
    )


def _printed(view: View) -> Printable:
    return printable(view, lacking=lambda wanted: fonts.lacking(wanted, within=FOLDERS))


def _shape(value: object) -> object:
    """The value without its texts."""
    if isinstance(value, str):
        return str
    if isinstance(value, tuple):
        return tuple(_shape(each) for each in value)
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(_shape(getattr(value, field.name)) for field in fields(value))
    return value


@settings(deadline=None)
@given(views())
def test_printable__any_texts__give_a_view_of_the_same_shape(view: View) -> None:
    assert _shape(_printed(view).view) == _shape(view)


@settings(deadline=None)
@given(views())
def test_printable__any_texts__leave_only_what_the_fonts_can_show(view: View) -> None:
    characters = {character for text in texts(_printed(view).view) for character in text}
    assert fonts.lacking(characters, within=FOLDERS) == frozenset()
    assert not {each for each in characters if unicodedata.category(each) in CONTROLS}


@settings(deadline=None)
@given(views())
def test_printable__any_texts__can_be_written_as_utf_8_and_have_a_bound(view: View) -> None:
    for text in texts(_printed(view).view):
        assert text.encode("utf-8").decode("utf-8") == text
        assert len(text) <= MOST * len("U+10FFFF") + 20


@settings(deadline=None)
@given(views())
def test_printable__any_texts__links_lead_where_they_led(view: View) -> None:
    before, after = view.sections[0], _printed(view).view.sections[0]
    table, figure = after.blocks[1], after.blocks[2]
    assert isinstance(table, Table)
    assert isinstance(figure, Figure)
    assert isinstance(figure.drawing, Graph)
    assert {row[0].link for row in table.rows} == {after.id}
    assert {row[1].link for row in table.rows} == {after.sections[0].id}
    assert figure.drawing.nodes[0].link == after.id
    assert (before.page, after.page) == (True, True)


@settings(deadline=None)
@given(views())
def test_printable__what_was_made_printable__needs_nothing_more(view: View) -> None:
    once = _printed(view)
    twice = _printed(once.view)
    assert twice.replaced == 0
    if not any(len(text) > MOST for text in texts(once.view)):
        assert twice.view == once.view


@settings(deadline=None)
@given(views())
def test_printable__counts__are_of_what_changed(view: View) -> None:
    made = _printed(view)
    told = {
        block.alt
        for section in view.sections
        for block in section.blocks
        if isinstance(block, Figure)
    }
    long = [t for t in texts(view) if len(t) > (MOST_TOLD if t in told else MOST)]
    assert made.shortened == len(long)
    if not made.replaced and not made.shortened:
        assert made.view == view
    if made.view == view:
        assert (made.replaced, made.shortened) == (0, 0)


cells = st.text(st.sampled_from("ab 中é\u0301-"), max_size=60)
tables = st.integers(1, 4).flatmap(
    lambda rows: st.lists(st.lists(cells, min_size=rows, max_size=rows), min_size=1, max_size=6)
)


@given(
    tables, st.lists(st.booleans(), min_size=6, max_size=6), st.integers(0, 200), st.integers(0, 4)
)
@example([["a"], [""]], [False] * 6, 80, 2)
def test_widths__any_columns__fit_into_the_room_with_a_width_each(
    columns: list[list[str]], numeric: list[bool], room: int, gap: int
) -> None:
    found = widths(columns, numeric=numeric[: len(columns)], room=room, gap=gap)
    if found is None:
        return
    assert len(found) == len(columns)
    assert sum(found) + gap * (len(columns) - 1) <= room
    assert all(width >= 1 for width in found)


@given(tables, st.integers(0, 200))
def test_widths__any_columns__are_never_wider_than_their_widest_text(
    columns: list[list[str]], room: int
) -> None:
    found = widths(columns, numeric=[False] * len(columns), room=room, gap=2) or []
    for width, column in zip(found, columns, strict=False):
        assert width <= max(1, *(cell_len(text) for text in column), 1)


@given(tables)
@example([["x" * 14 + " yy"], ["x" * 14 + " yyy"]])
def test_widths__room_for_all__folds_nothing(columns: list[list[str]]) -> None:
    most = [max(cell_len(text) for text in column) for column in columns]
    room = sum(max(1, width) for width in most) + 2 * (len(columns) - 1)
    found = widths(columns, numeric=[False] * len(columns), room=room, gap=2)
    assert found is not None
    assert all(width >= whole for width, whole in zip(found, most, strict=True))


@given(tables, st.integers(0, 150), st.integers(0, 50))
def test_widths__more_room__still_does(columns: list[list[str]], room: int, more: int) -> None:
    sides = [False] * len(columns)
    if widths(columns, numeric=sides, room=room, gap=2) is not None:
        assert widths(columns, numeric=sides, room=room + more, gap=2) is not None
