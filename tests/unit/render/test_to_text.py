import pytest
from rich.cells import cell_len

from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.render.to_text import to_text


def _view(text):
    rows = ((Cell(text), Cell("62 %", "good", bar=0.62)),)
    table = Table(columns=("Name", "Share"), rows=rows, numeric=(1,))
    return View("Title", "sub", "en", (Section("s", "Head", (Sentence("One."), table)),))


def test_to_text__without_a_terminal__has_no_colour_codes():
    text = to_text(_view("a"), width=80, colour=False).decode()
    assert "\x1b" not in text
    assert "Head" in text
    assert "████░░ 62 %" in text


def test_to_text__with_colour__uses_it():
    assert b"\x1b[" in to_text(_view("a"), width=80, colour=True)


def test_to_text__a_name_with_terminal_codes__cannot_steer_the_terminal():
    text = to_text(_view("\x1b]0;owned\x07\u202e"), width=80, colour=False).decode()
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_to_text__a_narrow_terminal__loses_no_word():
    text = to_text(_view("alpha beta gamma delta epsilon"), width=30, colour=False).decode()
    assert all(word in text for word in ("alpha", "beta", "gamma", "delta", "epsilon"))


PACKS = Table(
    columns=("Standard", "Claimable", "Indicative", "Coverage", "Weakest domains"),
    rows=(
        (
            Cell("CTR Cloud-native technology requirements", "strong"),
            Cell("1", "poor"),
            Cell("1.8", "poor"),
            Cell("62 %", bar=0.62),
            Cell("Resilience, Observability", "quiet"),
        ),
    ),
    numeric=(1, 2, 3),
)


@pytest.mark.parametrize("width", [20, 30, 40, 50, 60, 79, 80, 100])
def test_to_text__any_width__keeps_words_whole_and_inside(width):
    view = View("Title", "sub", "en", (Section("s", "Head", (PACKS,)),))
    text = to_text(view, width=width, colour=False).decode()
    words = text.split()
    for cell in PACKS.rows[0][:4]:
        assert all(word in words for word in cell.text.split())
    assert all(cell_len(line.rstrip()) <= width for line in text.splitlines())
    assert ("Observability" in words) == (width >= 80)


def test_to_text__a_first_column_that_is_quiet__stays():
    table = Table(columns=("Unit", "Name"), rows=((Cell("a.py", "quiet"), Cell("b")),))
    view = View("T", "s", "en", (Section("s", "Head", (table,)),))
    assert "a.py" in to_text(view, width=40, colour=False).decode()
