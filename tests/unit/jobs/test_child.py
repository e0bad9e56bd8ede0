import pytest

from assessor.jobs.child import clean


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("/srv/a/b: there is no such folder.", "…: there is no such folder."),
        ("'/srv/a b' is not", "'… b' is not"),
        ("a folder inside /srv/x; assess /srv/x.", "a folder inside …; assess …"),
        ("https://git.example.com/a/b: cannot", "https://git.example.com/a/b: cannot"),
        ("src/main/A.java:3 is 1/2", "src/main/A.java:3 is 1/2"),
        ("a\x1b[31m\nb\u202e", "a [31m b"),
    ],
    ids=["path", "space", "two", "address", "relative", "steering"],
)
def test_clean__message__is_one_line_without_places(message, expected):
    assert clean(message) == expected


def test_clean__long_message__is_cut():
    assert len(clean("x" * 10_000)) == 500
