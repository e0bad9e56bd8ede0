"""A gate as Markdown that GitHub takes: comment."""

from assessor.model.view import Section, Sentence, View
from assessor.render.to_comment import MOST, to_comment
from assessor.render.to_md import to_md


def _view(*sentences):
    section = Section("new", "New", tuple(Sentence(each) for each in sentences))
    return View("The gate is met", "Commit a", "en", (section,))


def test_to_comment__the_marker__is_its_first_line():
    first, _, rest = to_comment(_view("x")).decode().partition("\n")
    assert first == "<!-- assessor:gate -->"
    assert rest.encode() == to_md(_view("x"))


def test_to_comment__too_long__is_cut_at_a_line_and_says_so():
    found = to_comment(_view(*("云" * 50 for _ in range(MOST)))).decode()
    assert len(found) <= MOST
    assert found.endswith("\n…\n")


def test_to_comment__a_marker_in_the_text__does_not_stand_as_one():
    assert to_comment(_view("<!-- assessor:gate -->")).decode().count("<!--") == 1
