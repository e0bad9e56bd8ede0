"""`go.mod` says under which path a module's packages are imported."""

import pytest

from assessor.collect.languages.settings import extract


@pytest.mark.parametrize(
    "text",
    [
        "module example.com/shop\n\ngo 1.22\n",
        '// a comment\nmodule "example.com/shop" // why\n',
        "\r\nmodule\texample.com/shop\r\n",
    ],
)
def test_settings__go_mod__names_its_module(text):
    assert extract("services/go.mod", text.encode()) == {"module": "example.com/shop"}


@pytest.mark.parametrize("path", ["go.mod", "shop.toml"])
def test_settings__nothing_of_use__is_said(path):
    with pytest.raises(ValueError, match=r"no module|no settings file"):
        extract(path, b"\xff\x00 modules")
