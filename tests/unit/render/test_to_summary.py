"""A gate as Markdown that GitHub takes: summary."""

from assessor.model.view import Section, Sentence, View
from assessor.render.to_md import to_md
from assessor.render.to_summary import MOST, to_summary


def _view(*sentences):
    section = Section("new", "New", tuple(Sentence(each) for each in sentences))
    return View("The gate is met", "Commit a", "en", (section,))


def test_to_summary__what_fits__is_the_markdown():
    assert to_summary(_view("x")) == to_md(_view("x"))


def test_to_summary__too_long__is_cut_to_what_github_takes():
    found = to_summary(_view(*("云" * 50 for _ in range(10_000))))
    assert len(found) <= MOST
    assert found.decode().endswith("\n…\n")
