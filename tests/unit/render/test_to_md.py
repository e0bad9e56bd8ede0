import pytest

from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.render.to_md import escaped, to_md


def test_to_md__a_table_and_a_sentence__become_github_markdown():
    table = Table(
        columns=("Name", "Size"), rows=((Cell("a", "strong"), Cell("3")),), numeric=(1,), note="n"
    )
    view = View("T", "sub", "en", (Section("s", "Head", (Sentence("Hi.", "strong"), table)),))
    assert to_md(view).decode() == (
        "# T\n\nsub\n\n## Head\n\n**Hi.**\n\n| Name | Size |\n| --- | ---: |\n| **a** | 3 |\n\nn\n"
    )


def test_escaped__markup_and_control_characters__stay_text():
    hostile = "<img src=x>|`a` [l](http://x) \x1b[31m\u202e&"
    assert escaped(hostile) == (
        "\\<img src=x\\>\\|\\`a\\` \\[l\\](http&#58;&#8288;//x) \ufffd\\[31m\ufffd&amp;"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("$x$", "&#36;x&#36;"),
        (":smile:", "&#58;&#8288;smile:"),
        (":white_check_mark:", "&#58;&#8288;white\\_check\\_mark:"),
        (":material/home:", "&#58;&#8288;material/home:"),
        ("@octocat", "&#64;&#8288;octocat"),
        ("https://x.org", "https&#58;&#8288;//x.org"),
        ("www.x.org", "www&#46;&#8288;x.org"),
    ],
)
def test_escaped__what_is_markup_only_for_github_or_streamlit__stays_text(name, expected):
    assert escaped(name) == expected


@pytest.mark.parametrize("prose", ["path.java:16", "No history was read: why", "a: b: c", "10:30"])
def test_escaped__ordinary_prose__stays_as_it_is(prose):
    assert escaped(prose) == prose
