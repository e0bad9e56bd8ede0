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
        "\\<img src=x\\>\\|\\`a\\` \\[l\\](http://x) \ufffd\\[31m\ufffd&amp;"
    )
