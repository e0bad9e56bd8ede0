import pytest

from assessor.render.columns import LONG, SHORT, widths


def _widths(*columns, room=80, gap=2, numeric=()):
    sides = [at in numeric for at in range(len(columns))]
    return widths(columns, numeric=sides, room=room, gap=gap)


def _text(length, word=5):
    """So many characters in words of that length."""
    return ("x" * (word - 1) + " ") * (length // word) + "x" * (length % word)


def test_widths__everything_fits__each_column_is_as_wide_as_its_widest_text():
    assert _widths(("Name", "orders"), ("No", "7"), ("A heading", "b")) == [6, 2, 9]


def test_widths__chinese_characters__count_two_cells():
    assert _widths(("服务", "a"), ("abc", "d")) == [4, 3]


def test_widths__combining_marks__count_none():
    assert _widths(("e\u0301e\u0301",)) == [2]


@pytest.mark.parametrize(("room", "fits"), [(12, True), (11, False)])
def test_widths__gaps__stand_between_the_columns_only(room, fits):
    found = _widths(("aaaa",), ("bbbb",), room=room, gap=4)
    assert found == ([4, 4] if fits else None)


def test_widths__a_column_of_short_cells__is_never_folded():
    short = "aaaa bbbb cccc"
    assert len(short) == SHORT
    assert _widths((short,), (_text(200),), room=60)[0] == SHORT
    assert _widths((short,), (_text(200),), room=SHORT + 2 + 4) == [SHORT, 4]
    assert _widths((short,), (_text(200),), room=SHORT + 2 + 3) is None


def test_widths__a_column_one_cell_too_long_to_be_short__may_be_folded_between_words():
    assert _widths(("aaaa bbbb ccccc",), room=5) == [5]
    assert _widths(("aaaa bbbb ccccc",), room=4) is None


def test_widths__a_number__is_never_folded_however_long():
    number = "123 456 789 123 456 789"
    assert _widths((number,), (_text(100),), room=40, numeric={0})[0] == len(number)
    assert _widths((number,), room=len(number) - 1, numeric={0}) is None
    assert _widths((number,), room=len(number) - 1) is not None


def test_widths__a_word__is_cut_only_where_it_is_longer_than_a_line_should_be():
    assert _widths(("x" * LONG,), room=LONG) == [LONG]
    assert _widths(("x" * LONG,), room=LONG - 1) is None
    assert _widths(("x" * (LONG + 1),), room=LONG) == [LONG]


def test_widths__the_longest_word_of_the_heading__counts_like_that_of_a_cell():
    long = _text(100, word=4)
    assert _widths(("Responsibility and more", long), room=14) == [14]
    assert _widths(("Responsibility and more", long), room=13) is None


def test_widths__room_that_is_left__goes_to_the_text_that_wants_it():
    short, long = _widths(("abc",), (_text(500),), room=60)
    assert (short, long) == (3, 55)


def test_widths__two_long_texts__share_by_the_root_of_what_they_want():
    one, four = _widths((_text(104),), (_text(404),), room=98)
    assert (one, four) == (4 + 88 // 3 + 0, 4 + 88 - 88 // 3)
    assert one + four + 2 == 98


def test_widths__equal_texts__get_equal_room():
    one, two, three = _widths(*[(_text(300),)] * 3, room=100)
    assert max(one, two, three) - min(one, two, three) <= 1
    assert one + two + three + 4 == 100


def test_widths__order_of_columns__makes_no_difference_to_a_column():
    texts = [("abc",), (_text(60),), (_text(400),)]
    forth, back = _widths(*texts), _widths(*reversed(texts))
    assert forth == back[::-1]


@pytest.mark.parametrize("columns", [[17, 18], [17, 17, 18], [15, 16, 40], [30, 60, 90]], ids=str)
def test_widths__room_enough_for_all__folds_nothing(columns):
    texts = [("x" * 14 + " " + "y" * (length - 15),) for length in columns]
    room = sum(columns) + 2 * (len(columns) - 1)
    assert _widths(*texts, room=room) == columns


def test_widths__no_columns__is_no_widths():
    assert _widths() == []


@pytest.mark.parametrize(
    "column", [("",), ("", ""), ("\u200b",)], ids=["empty", "rows", "nothing"]
)
def test_widths__a_column_that_shows_nothing__has_a_width_all_the_same(column):
    assert _widths(column, ("abc",)) == [1, 3]


def test_widths__numeric_of_another_length__is_an_error_of_ours():
    with pytest.raises(ValueError, match="zip"):
        widths([("a",), ("b",)], numeric=[True], room=80, gap=2)
