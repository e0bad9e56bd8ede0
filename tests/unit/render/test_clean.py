import pytest

from assessor.render.clean import visible


@pytest.mark.parametrize(
    "character",
    [
        "\x00", "\n", "\x7f", "\x9f", "\u061c", "\u200e", "\u202e", "\u2069", "\udc80",
        "\u200b", "\u2028", "\u2029", "\u2060", "\u2065", "\u206f", "\ufeff", "\U000e0000",
        "\U000e0041", "\U000e007f",
    ],
)  # fmt: skip
def test_visible__what_steers_a_reader__is_shown(character):
    assert visible(f"a{character}b") == "a\ufffdb"


def test_visible__ordinary_text__stays_as_it_is():
    assert visible("naïve 能力域 🧑‍💻 €") == "naïve 能力域 🧑‍💻 €"


@pytest.mark.parametrize("character", ["\u200c", "\u200d", "\u2027", "\u202f", "\u205f", "\u2070"])
def test_visible__joiners_and_the_neighbours_of_what_steers__stay(character):
    assert visible(f"a{character}b") == f"a{character}b"
