import sys

import pytest

from assessor.render import fonts

SHOWN = {
    "latin": "Łódź",
    "greek": "λ",
    "cyrillic": "Жук",
    "chinese": "云原生能力评估",
    "chinese-extension": "㐀",
    "signs": "，。（）“”·…–→±≥×",
    "kana": "カタ",
    "hangul": "한글",
    "hebrew": "שלום",
    "arabic": "سلام",
    "thai": "ไทย",
    "devanagari": "ना",
    "emoji": "🙂🚀",
}
PRIVATE = {"first": "\ue000", "last": "\uf8ff", "plane-15": "\U000f0000", "plane-16": "\U0010fffd"}


@pytest.fixture
def unread():
    """No font has been read yet."""
    fonts._covered.cache_clear()


def _lacking(characters):
    return fonts.lacking(characters, within=fonts.folders())


@pytest.mark.parametrize("characters", SHOWN.values(), ids=SHOWN)
def test_lacking__writing_of_many_peoples__is_covered(characters):
    assert _lacking(characters) == frozenset()


def test_lacking__noncharacters_and_surrogates__are_not_covered():
    assert _lacking("\ufdd0\uffff\ud800\U0010ffff") == {"\ufdd0", "\uffff", "\ud800", "\U0010ffff"}


def test_lacking__a_mixture__names_exactly_what_is_missing():
    assert _lacking("a中\u0378🙂\ue001") == {"\u0378", "\ue001"}


@pytest.mark.parametrize("within", [(), ("/no/such/folder",)], ids=["nowhere", "missing"])
def test_lacking__no_fonts__all_but_ascii_is_lacking(within):
    printable = "".join(map(chr, range(0x20, 0x7F)))
    assert fonts.lacking(f"{printable}é", within=within) == {"é"}


def test_lacking__controls__are_not_taken_for_ascii():
    assert fonts.lacking("\x1f\x7f", within=()) == {"\x1f", "\x7f"}


def test_lacking__nothing__lacks_nothing():
    assert _lacking("") == frozenset()


def test_lacking__only_ascii__reads_no_font(unread):
    _lacking("plain text")
    assert fonts._covered.cache_info().currsize == 0


@pytest.mark.parametrize("characters", ["é", "中", "é中Ł，"])
def test_lacking__what_the_usual_fonts_have__reads_no_other(unread, characters):
    _lacking(characters)
    assert 1 <= fonts._covered.cache_info().currsize <= 2


def test_lacking__asked_again__reads_no_font_twice(unread):
    _lacking("é한")
    read = fonts._covered.cache_info().misses
    _lacking("é한")
    assert fonts._covered.cache_info().misses == read


def test_lacking__a_file_that_is_no_font__is_passed_over(tmp_path):
    (tmp_path / "a.ttf").write_bytes(b"no font")
    (tmp_path / "b.OTF").write_bytes(b"")
    (tmp_path / "c.ttc").mkdir()
    (tmp_path / "d.ttf").symlink_to(tmp_path / "gone")
    (tmp_path / "readme.txt").write_bytes(b"\x00\x01\x00\x00")
    assert fonts.lacking("é", within=(str(tmp_path),)) == {"é"}
    assert fonts.lacking("é", within=(str(tmp_path), *fonts.folders())) == frozenset()


@pytest.mark.parametrize("end", [4, 12, 13, 40, 100, 300, 1_000, 5_000])
def test_lacking__a_font_that_ends_too_soon__is_passed_over(tmp_path, end):
    path = next(p for p in sorted(fonts._files(fonts.folders())) if p.suffix == ".ttf")
    (tmp_path / "cut.ttf").write_bytes(path.read_bytes()[:end])
    assert fonts.lacking("\u0378", within=(str(tmp_path),)) == {"\u0378"}


@pytest.mark.parametrize("name", ["deep/in/x.ttf", "X.TTF"])
def test_lacking__a_font_of_ones_own__counts_wherever_it_lies_in_the_folder(tmp_path, name):
    font = next(p for p in fonts._files(fonts.folders()) if p.name.startswith("NotoSans["))
    own = tmp_path / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes(font.read_bytes())
    assert fonts.lacking("é", within=(str(tmp_path),)) == frozenset()


def test_folders__both_packages__hold_the_fonts_that_the_report_is_set_in():
    names = {path.name for path in fonts._files(fonts.folders())}
    assert len(fonts.folders()) >= 2
    assert any(name.startswith("NotoSans[") for name in names)
    assert any(name.startswith("NotoSansCJK") for name in names)


def test_folders__a_package_is_not_installed__is_named(monkeypatch):
    monkeypatch.setattr(fonts, "PACKAGES", ("no_such_package_of_fonts",))
    with pytest.raises(ModuleNotFoundError, match="install no_such_package_of_fonts"):
        fonts.folders()
    assert "no_such_package_of_fonts" not in sys.modules


def test_lacking__a_letter_with_its_marks__must_come_from_one_font():
    asked = {"e\u0301", "\u0915\u094d", "a\u0954", "云\u064e", "👍\u0301"}
    assert fonts.lacking(asked, within=fonts.folders()) == {"a\u0954", "云\u064e", "👍\u0301"}


def test_lacking__a_mark_that_only_another_font_has__is_not_looked_for_beyond_the_usual_ones():
    arabic_digit, alone = "1\u064b", "\u0627\u064b"
    assert fonts.lacking({arabic_digit, alone}, within=fonts.folders()) == {arabic_digit}
