import pytest

from assessor.render.clean import visible


@pytest.mark.parametrize(
    "character", ["\x00", "\n", "\x7f", "\x9f", "\u061c", "\u200e", "\u202e", "\u2069", "\udc80"]
)
def test_visible__what_steers_a_reader__is_shown(character):
    assert visible(f"a{character}b") == "a\ufffdb"


def test_visible__ordinary_text__stays_as_it_is():
    assert visible("naïve 能力域 🧑‍💻 €") == "naïve 能力域 🧑‍💻 €"
