"""A template folder of one's own over what ships, and every mistake that can stand in it."""

import re
from dataclasses import astuple

import pytest

from assessor.errors import UsageError
from assessor.packs.style import FILES, LARGEST_LOGO, reworded, style
from assessor.report.wording import Wording, say
from assessor.resources import packaged, wording

SHIPPED = packaged("reports")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
WORDS = Wording("en", {"title": "Report on {name}", "plain": "Nothing to fill in."})
LOCALE = "locales/en.yaml"


def _put(folder, **files):
    """Writes files; `__` in a name is a slash, `_` before the ending a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def _theme(folder, content):
    return _put(folder, theme_yaml=content)


def _said(folder, make=style):
    """The one line that tells what is wrong with the folder."""
    with pytest.raises(UsageError) as raised:
        make(folder)
    assert raised.value.exit_code == 2
    message = str(raised.value)
    assert message == message.strip()
    assert len(message.splitlines()) == 1, message
    assert message.endswith(".")
    return message


def _refused(folder):
    return _said(folder, lambda own: style(SHIPPED, own=own))


def _misworded(folder):
    return _said(folder, lambda own: reworded(WORDS, own))


def test_style__as_shipped__has_every_colour_and_every_file():
    shipped = style(SHIPPED)
    palettes = (*astuple(shipped.theme.light), *astuple(shipped.theme.dark))
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in palettes)
    assert "#000000" not in palettes
    assert set(shipped.files) == set(FILES)
    assert all(file.content for file in shipped.files.values())
    assert (shipped.theme.logo, shipped.theme.fonts, shipped.font_folders) == (b"", (), ())


@pytest.mark.parametrize("files", [{}, {"theme_yml": ""}, {"report_css": "a{}"}], ids=str)
def test_style__a_folder_without_anything_known__is_refused_with_what_could_stand_there(
    tmp_path, files
):
    message = _refused(_put(tmp_path, **files))
    assert message.startswith(f"{tmp_path}: holds none of theme.yaml, ")
    assert all(name in message for name in (*FILES, "locales/en.yaml", "locales/zh.yaml", "fonts"))


@pytest.mark.parametrize("name", ["theme.yaml", "locales/en.yaml", "locales/zh.yaml", *FILES])
def test_style__a_folder_with_one_known_file__is_taken(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    assert style(SHIPPED, own=tmp_path).theme == style(SHIPPED).theme


def test_style__a_name_too_long_for_a_folder__is_refused(tmp_path):
    assert "is no folder" in _refused(tmp_path / ("x" * 300))


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "{}\n"])
def test_style__a_theme_that_says_nothing__is_as_shipped(tmp_path, content):
    assert style(SHIPPED, own=_theme(tmp_path, content)) == style(SHIPPED)


def test_style__one_colour__changes_that_colour_and_no_other(tmp_path):
    base = style(SHIPPED).theme
    own = style(SHIPPED, own=_theme(tmp_path, 'light: {brand: "#7A1f2b"}\n')).theme
    assert own.light.brand == "#7A1f2b"
    assert astuple(own.light)[1:] == astuple(base.light)[1:]
    assert own.dark == base.dark


def test_style__a_dark_colour__leaves_the_light_ones(tmp_path):
    base = style(SHIPPED).theme
    own = style(SHIPPED, own=_theme(tmp_path, 'dark: {poor: "#112233"}\n')).theme
    assert (own.dark.poor, own.light) == ("#112233", base.light)


def test_style__fonts_and_logo_text__replace_ours(tmp_path):
    own = style(SHIPPED, own=_theme(tmp_path, "fonts: [Acme Sans, Other]\nlogo_alt: ACME\n"))
    assert (own.theme.fonts, own.theme.logo_alt) == (("Acme Sans", "Other"), "ACME")


def test_style__fields_of_the_cover__are_added_to_ours_in_order(tmp_path):
    shipped = list(style(SHIPPED).theme.cover)
    own = style(SHIPPED, own=_theme(tmp_path, "cover: {ref: R-7, client: ACME}\n"))
    assert list(own.theme.cover) == [*shipped, "ref"]
    assert (own.theme.cover["client"], own.theme.cover["ref"]) == ("ACME", "R-7")
    assert own.theme.cover["organisation"] == ""


def test_style__a_date_without_quotes__is_text(tmp_path):
    own = style(SHIPPED, own=_theme(tmp_path, "cover: {date: 2026-11-27}\n"))
    assert own.theme.cover["date"] == "2026-11-27"


@pytest.mark.parametrize("logo", [PNG, SVG, b"<?xml version='1.0'?>\n<!-- x -->\n<svg\n>"])
def test_style__a_logo__is_read_byte_for_byte(tmp_path, logo):
    own = _put(tmp_path, theme_yaml="logo: pics/logo.bin\n", pics__logo_bin=logo)
    assert style(SHIPPED, own=own).theme.logo == logo


def test_style__a_logo_just_as_large_as_allowed__is_read(tmp_path):
    logo = PNG.ljust(LARGEST_LOGO, b"\x00")
    own = _put(tmp_path, theme_yaml="logo: logo.png\n", logo_png=logo)
    assert len(style(SHIPPED, own=own).theme.logo) == LARGEST_LOGO


@pytest.mark.parametrize("name", FILES)
def test_style__a_file_of_the_folder__replaces_ours_and_is_named_in_messages(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(b"mine")
    own, shipped = style(SHIPPED, own=tmp_path), style(SHIPPED)
    assert (own.files[name].content, own.files[name].place) == (b"mine", str(path))
    others = set(FILES) - {name}
    assert all(own.files[each] == shipped.files[each] for each in others)


def test_style__a_folder_of_fonts__is_looked_into(tmp_path):
    (tmp_path / "fonts").mkdir()
    assert style(SHIPPED, own=tmp_path).font_folders == (str(tmp_path / "fonts"),)


def test_style__a_file_that_is_called_fonts__is_no_folder_of_fonts(tmp_path):
    (tmp_path / "fonts").write_bytes(b"")
    assert style(SHIPPED, own=tmp_path).font_folders == ()


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_style__no_folder__is_refused_by_name(tmp_path, kind):
    own = tmp_path / "mine"
    if kind == "file":
        own.write_bytes(b"")
    assert str(own) in _refused(own)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('light:\n  brand: "#123456"\n  brandy: "#123456"\n', 3, "brandy"),
        ('dark:\n  Brand: "#123456"\n', 2, "Brand"),
        ('light:\n\n  brand: "#12345"\n', 3, "brand"),
        ("light:\n  brand: red\n", 2, "brand"),
        ('light:\n  brand: "#12345g"\n', 2, "brand"),
        ('light:\n  brand: "#1234567"\n', 2, "brand"),
        ('light:\n  brand: "#123456\\n"\n', 2, "brand"),
        ('light:\n  brand: "url(#123456)"\n', 2, "brand"),
        ("light:\n  brand: #123456\n", 2, "brand"),
        ("light:\n  brand: 123456\n", 2, "brand"),
        ("light: [1]\n", 1, "light"),
        ("logo: ''\ncolours: {}\n", 2, "colours"),
        ("logo: [a]\n", 1, "logo"),
        ("\nfonts: Noto\n", 2, "fonts"),
        ("fonts:\n  - Noto\n  - 7\n", 3, ""),
        ("cover:\n  client: 7\n", 2, "client"),
        ("cover:\n  client:\n", 2, "client"),
        ("- light\n", 1, ""),
        ("just words\n", 1, ""),
        ("logo: a\nlogo: b\n", 2, "logo"),
        ("light: {brand: '#123456'\ndark: }\n", 2, ""),
        ("logo: &x a\nlogo_alt: *x\n", 1, "alias"),
        ("a: !!python/object:os.system {}\n", 1, ""),
        ("\tlight: {}\n", 1, ""),
    ],
    ids=[
        "unknown-colour", "case", "five-digits", "name", "no-hex", "seven-digits", "line-end",
        "url", "comment", "number", "list", "unknown-key", "logo-list", "fonts-text",
        "font-number", "cover-number", "cover-nothing", "a-list", "text", "twice", "unclosed",
        "alias", "tag", "tab",
    ],
)  # fmt: skip
def test_style__a_mistake_in_the_theme__is_told_with_file_line_and_name(
    tmp_path, content, line, said
):
    message = _refused(_theme(tmp_path, content))
    assert message.startswith(f"{tmp_path}/theme.yaml:{line}: ")
    assert said in message.partition(": ")[2]


@pytest.mark.parametrize(
    "content",
    [b"light: \xff\xfe\n", b"logo: a\x00b\n", b"logo: a\x07b\n", b"[" * 5000, b"x: " * 5000],
    ids=["not-utf-8", "nul", "bell", "deep", "deep-keys"],
)
def test_style__a_theme_that_is_no_yaml__is_told_in_one_line_with_its_name(tmp_path, content):
    assert _refused(_theme(tmp_path, content)).startswith(f"{tmp_path}/theme.yaml")


def test_style__an_unknown_colour__is_told_with_those_that_there_are(tmp_path):
    message = _refused(_theme(tmp_path, 'light: {brandy: "#123456"}\n'))
    assert "accent, brand, fair, good, ink, muted, paper, poor, rule, soft, unknown" in message


@pytest.mark.parametrize(
    "name", ["../logo.svg", "/etc/hostname", "a/../../logo.svg", "link.svg"], ids=str
)
def test_style__a_logo_outside_of_the_folder__is_refused(tmp_path, name):
    (tmp_path / "logo.svg").write_bytes(SVG)
    own = _theme(tmp_path / "own", f"\nlogo: {name}\n")
    (own / "link.svg").symlink_to(tmp_path / "logo.svg")
    message = _refused(own)
    assert message.startswith(f"{own}/theme.yaml:2: the logo {name!r} lies outside")


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (PNG.ljust(LARGEST_LOGO + 1, b"\x00"), "is larger than 1 MiB"),
        (b"GIF89a", "is neither SVG nor PNG"),
        (b"", "is neither SVG nor PNG"),
        (b"PNG", "is neither SVG nor PNG"),
        (b"<svgs/>", "is neither SVG nor PNG"),
        (b"<html>" + b" " * 4096 + SVG, "is neither SVG nor PNG"),
    ],
    ids=["too-large", "gif", "empty", "almost-png", "almost-svg", "svg-too-late"],
)
def test_style__a_logo_that_is_none__is_refused_with_its_line(tmp_path, logo, said):
    own = _put(tmp_path, theme_yaml="fonts: []\nlogo: logo.x\n", logo_x=logo)
    assert _refused(own).startswith(f"{own}/theme.yaml:2: the logo 'logo.x' {said}")


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_style__a_logo_that_cannot_be_read__is_told_with_the_line_that_names_it(tmp_path, kind):
    own = _theme(tmp_path, "fonts: []\nlogo: logo.svg\n")
    if kind == "folder":
        (own / "logo.svg").mkdir()
    message = _refused(own)
    assert "logo.svg" in message
    assert f"{own}/theme.yaml:2" in message


def test_reworded__no_file_of_the_language__is_as_before(tmp_path):
    own = _put(tmp_path, locales__zh_yaml="title: 甲\n")
    assert reworded(WORDS, own) is WORDS


@pytest.mark.parametrize("content", ["", "# nothing\n", "{}\n"])
def test_reworded__a_file_that_says_nothing__is_as_before(tmp_path, content):
    assert reworded(WORDS, _put(tmp_path, locales__en_yaml=content)) == WORDS


def test_reworded__a_sentence__replaces_ours_and_leaves_the_others(tmp_path):
    own = _put(tmp_path, locales__en_yaml='title: "On {name}, at {name}: {{so}}"\n')
    made = reworded(WORDS, own)
    assert say(made, "title", name="X") == "On X, at X: {so}"
    assert made.sentences["plain"] == WORDS.sentences["plain"]
    assert made.lang == "en"
    assert WORDS.sentences["title"] == "Report on {name}"


@pytest.mark.parametrize("sentence", ["Report", "'7'", "7"])
def test_reworded__a_sentence_without_its_placeholder__is_allowed(tmp_path, sentence):
    made = reworded(WORDS, _put(tmp_path, locales__en_yaml=f"title: {sentence}\n"))
    assert say(made, "title", name="X") == sentence.strip("\"'")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reworded__our_own_sentences__are_all_accepted(tmp_path, lang):
    (tmp_path / "locales").mkdir()
    path = SHIPPED / "locales" / f"{lang}.yaml"
    (tmp_path / "locales" / f"{lang}.yaml").write_bytes(path.read_bytes())
    assert reworded(wording(lang), tmp_path) == wording(lang)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("titel: Report", "there is no sentence 'titel'"),
        ('title: "Report on {nmae}"', "{nmae}"),
        ('plain: "Report on {name}"', "{name}"),
        ('title: "Report on {name.__class__}"', "{name.__class__}"),
        ('title: "Report on {name[0]}"', "{name[0]}"),
        ('title: "Report on {}"', "{}"),
        ('title: "Report on {0}"', "{0}"),
        ('title: "Report on {name"', "cannot be filled in"),
        ('title: "Report on name}"', "cannot be filled in"),
        ('title: "Report on {"', "cannot be filled in"),
        ('title: "Report on {name!x}"', ""),
        ('title: "Report on {name:d}"', ""),
        ('title: "Report on {name:{width}}"', ""),
        ("title:", ""),
        ("title: [Report]", ""),
        ("title: {a: b}", ""),
    ],
    ids=[
        "unknown-key", "misspelt", "not-for-this-one", "attribute", "item", "empty", "position",
        "open", "close", "lone", "conversion", "format", "nested-format", "nothing", "list",
        "mapping",
    ],
)  # fmt: skip
def test_reworded__a_mistake__is_told_with_file_and_line(tmp_path, line, said):
    own = _put(tmp_path, locales__en_yaml=f"# mine\nplain: Fine.\n{line}\n".replace(
        "plain: Fine.\nplain", "# plain\nplain"))  # fmt: skip
    message = _misworded(own)
    assert message.startswith(f"{own}/{LOCALE}:3: ")
    assert said in message


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("- title\n", ""),
        ("title\n", ""),
        ("title: a\ntitle: b\n", ":2"),
        ("title: 'a\n", ""),
        ("? [a]\n: b\n", ":1"),
    ],
    ids=["list", "text", "twice", "unclosed", "odd-key"],
)
def test_reworded__a_file_that_is_no_mapping__is_told_by_its_name(tmp_path, content, place):
    own = _put(tmp_path, locales__en_yaml=content)
    assert _misworded(own).startswith(f"{own}/{LOCALE}{place}")


def test_reworded__a_hostile_key__is_told_in_one_line(tmp_path):
    own = _put(tmp_path, locales__en_yaml='"a\\nb\\e[31m": x\n')
    assert "\x1b" not in _misworded(own)
