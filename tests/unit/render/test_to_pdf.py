import io
import os
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from fontTools.ttLib import TTFont

from assessor.errors import UsageError
from assessor.model.theme import File, Palette, Style, Theme
from assessor.model.view import (
    Bar,
    Bars,
    Cell,
    Edge,
    Fields,
    Figure,
    Form,
    Graph,
    Matrix,
    Node,
    Radar,
    Section,
    Sentence,
    Series,
    Table,
    Tile,
    Treemap,
    View,
)
from assessor.render import fonts
from assessor.render.to_pdf import TEMPLATE, to_pdf
from assessor.resources import packaged, wording

TONES = ("good", "fair", "poor", "unknown", "quiet", "strong", "plain")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def _png():
    """One grey pixel."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x7f")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


PNG = _png()
DATED = "2026-09-14T08:30:15Z"


def _words(lang):
    found = wording(lang).sentences
    return {k.removeprefix("format."): v for k, v in found.items() if k.startswith("format.")}


def _style(template="", **theme):
    folder = packaged("reports")
    told = yaml.safe_load((folder / "theme.yaml").read_text("utf-8"))
    made = Theme(light=Palette(**told["light"]), dark=Palette(**told["dark"]))
    content = template.encode() or (folder / TEMPLATE).read_bytes()
    return Style(replace(made, **theme), {TEMPLATE: File("my/pdf/report.typ", content)})


def _figures():
    names = ("orders", "payments", "customers")
    return (
        Bars(tuple(Bar(name, at, 3.0) for at, name in enumerate(names)), 5, "level", "goal"),
        Radar(names, (Series("now", (1.0, 2.0, None)), Series("then", (3, 3, 3))), 5),
        Graph(
            (Node("orders", 9, "tail"), Node("payments", 4, "gone")),
            (Edge(0, 1, 3.0), Edge(1, 0, 1.0)),
            "units",
            "references",
        ),
        Matrix(names, ((None, 1.0, 0.5), (0.0, None, 2.0), (3.0, 0.0, None)), "uses", "used by"),
        Treemap(tuple(Tile(n, 9 - i, i / 3, str(i)) for i, n in enumerate(names)), "size", "heat"),
    )


def _table(rows):
    cells = (
        (Cell(f"CTR-{i:03}", "strong"), Cell(str(i), TONES[i % 7]), Cell("62 %", "fair", 0.62))
        for i in range(rows)
    )
    return Table(("Item number", "Level", "Share"), tuple(cells), numeric=(1,), note="A note.")


def _view(*blocks, lang="en", title="Cloud-native 云原生 of the shop", **options):
    inner = Section("inner", "Inner 内部", (), (Section("deep", "Deep", (Sentence("Down."),)),))
    sections = (
        Section("head", "Head 开头", blocks, (inner,)),
        Section("tail", "Tail", (Sentence("The end."),), page=True),
    )
    return View(
        title,
        "Revision 3f2a91c of 14 September",
        lang,
        sections,
        **{"words": _words(lang), "header": ("shop @ 3f2a91c", "sha256 8e1d"), **options},
    )


def _everything(lang="en", rows=70):
    drawn = [Figure(f"Figure {i}", f"Drawn {i}: 图", each) for i, each in enumerate(_figures())]
    links = (Cell("To the tail", link="tail"), Cell("To nowhere", link="gone"))
    return _view(
        *(Sentence(f"A sentence, {tone}. 一句话。", tone) for tone in TONES),
        _table(rows),
        *drawn,
        Fields((("Rules", links[0]), ("Revision", links[1]))),
        Form((("Reviewer", "Name", "Date", "Signature"),)),
        lang=lang,
        dated=DATED,
        cover=(("Client", "ACME 公司"), ("Date", "2026-11-27")),
    )


def _opened(view, **style):
    return pikepdf.open(io.BytesIO(to_pdf(view, style=_style(**style))))


def _texts(content):
    read = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in read]
    read.close()
    return found


def _kids(element):
    inner = element.get("/K", [])
    every = inner if isinstance(inner, pikepdf.Array) else [inner]
    return [each for each in every if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _elements(pdf):
    """Every element of the structure tree, in reading order."""
    left, found = [pdf.Root.StructTreeRoot], []
    while left:
        element = left.pop()
        found += [element] if "/S" in element else []
        left += reversed(_kids(element))
    return found


def _all(pdf, kind):
    return [each for each in _elements(pdf) if each["/S"] == f"/{kind}"]


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request):
    """A PDF with every kind of block, its language and its bytes."""
    content = to_pdf(_everything(request.param), style=_style())
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield pdf, request.param, content


def test_to_pdf__its_markers__are_those_of_pdf_a_2a_and_ua_1(made):
    pdf, lang, _ = made
    assert pdf.check_pdf_syntax() == []
    with pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Cloud-native 云原生 of the shop"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == {"zh": "zh-CN", "en": "en"}[lang]
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert _all(pdf, "Document") or _all(pdf, "Part")
    assert "/OutputIntents" in pdf.Root
    assert not pdf.is_encrypted


def test_to_pdf__its_times__are_that_of_the_revision(made):
    pdf, _, content = made
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260914083015")
    with pdf.open_metadata() as metadata:
        assert metadata["xmp:CreateDate"].startswith("2026-09-14T08:30:15")
    years = set(re.findall(rb"D:(\d{4})", content))
    assert years == {b"2026"}


@pytest.mark.parametrize(("dated", "said"), [("", "1970"), ("1969-12-31T23:59:59Z", "1970")])
def test_to_pdf__a_time_before_all_clocks__is_their_beginning(dated, said):
    pdf = _opened(_view(dated=dated))
    assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{said}")


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        ("2026-09-14T08:30:15+08:00", "20260914003015"),
        ("2026-09-14T08:30:15-02:30", "20260914110015"),
        ("2026-09-14T08:30:15", "20260914083015"),
    ],
)
def test_to_pdf__a_time_of_another_zone__is_the_same_moment(dated, said):
    pdf = _opened(_view(dated=dated))
    assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{said}")


PACKAGES = (
    '#import "@preview/cetz:0.3.1": *',
    '#include "@local/x:1.0.0"',
    '#import ("@preview/" + "cetz:0.3.1"): *',
    '#let p = "@preview/cetz:0.3.1"\n#import p: *',
    '#import "\\u{40}preview/cetz:0.3.1": *',
    '#import /* a */ "@preview/cetz:0.3.1": *',
    '#import {"@preview/cetz:0.3.1"}: *',
)


@pytest.mark.parametrize("template", PACKAGES)
def test_to_pdf__a_template_that_asks_for_a_package__is_refused_before_it_is_looked_for(template):
    with pytest.raises(UsageError, match="packages and computed imports are not used"):
        to_pdf(_view(), style=_style(template))


def test_to_pdf__a_number_and_its_percent_sign__stay_together():
    text = "".join(_texts(to_pdf(_view(Sentence("Just 62 % of a % b.")), style=_style())))
    assert "62\u00a0% of a % b." in text.replace("\n", " ")


def test_to_pdf__its_bookmarks__are_the_headings(made):
    pdf, _, _ = made
    titles = ["Head 开头", "Inner 内部", "Deep", "Tail"]

    def named(items):
        return [t for item in items for t in (item.title, *named(item.children))]

    with pdf.open_outline() as outline:
        found = named(outline.root)
    assert [re.sub(r"^[\d.]+\s+", "", title) for title in found][-4:] == titles
    heads = [kind for kind in ("H1", "H2", "H3") if _all(pdf, kind)]
    assert heads == ["H1", "H2", "H3"]


def test_to_pdf__every_page_but_the_cover__has_its_header_and_number(made):
    _, lang, content = made
    cover, *pages = _texts(content)
    number = {"zh": "第 {} 页，共 {} 页", "en": "Page {} of {}"}[lang]
    for at, text in enumerate(pages, start=2):
        assert re.sub(r"\s", "", number.format(at, len(pages) + 1)) in re.sub(r"\s", "", text)
        assert "shop @ 3f2a91c" in text
        assert "sha256 8e1d" in text
    assert number.split(" ")[0] + " 1" not in cover
    for told in ("Cloud-native 云原生", "Revision 3f2a91c", "Client", "ACME 公司", "2026-11-27"):
        assert told in cover


def _fonts(pdf):
    """Every font of every page, also of what the pages draw by themselves."""
    left, found, seen = [page.get("/Resources", {}) for page in pdf.pages], {}, set()
    while left:
        resources = left.pop()
        for font in dict(resources.get("/Font", {})).values():
            found[font.objgen] = font
        for form in dict(resources.get("/XObject", {})).values():
            if form.objgen not in seen:
                seen.add(form.objgen)
                left.append(form.get("/Resources", {}))
    return list(found.values())


def test_to_pdf__its_fonts__are_all_inside_as_subsets_with_their_letters(made):
    pdf, _, _ = made
    every = _fonts(pdf)
    assert every
    for font in every:
        assert font["/Subtype"] == "/Type0"
        assert re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"]))
        assert "/ToUnicode" in font
        (inner,) = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].keys())
    names = " ".join(str(font["/BaseFont"]) for font in every)
    assert "NotoSans" in names
    assert "CJK" in names


def _ink(letters, tone):
    """How much of a page the letters blacken."""
    section = Section("s", "S", (Sentence(" ".join([letters] * 40), tone),))
    content = to_pdf(View("T", "", "en", (section,), words=_words("en")), style=_style())
    read = pypdfium2.PdfDocument(content)
    dark = (255 - read[len(read) - 1].render(scale=2, grayscale=True).to_numpy()).sum()
    read.close()
    return int(dark)


@pytest.mark.parametrize("letters", ["Wxyzm", "粗体汉字国"], ids=["latin", "han"])
def test_to_pdf__bold_text__is_bold_and_plain_text_is_neither_thin(letters):
    bare, plain, strong = _ink("", "plain"), _ink(letters, "plain"), _ink(letters, "strong")
    assert 1.2 < (strong - bare) / (plain - bare) < 2.5
    pdf = _opened(_view(Sentence(letters), Sentence(letters, "strong")))
    assert len(_fonts(pdf)) > len({str(font["/BaseFont"]).split("+")[1] for font in _fonts(pdf)})


def test_to_pdf__its_text__stands_in_the_order_of_reading():
    blocks = (
        Sentence("First comes this 首先是这一句。"),
        Table(("Left", "Right 右"), ((Cell("alpha"), Cell("beta 乙")),)),
        Sentence("Then that 然后是那一句。"),
    )
    text = "".join(_texts(to_pdf(_view(*blocks), style=_style())))
    told = (
        "First comes this 首先是这一句。",
        "Left",
        "Right 右",
        "alpha",
        "beta 乙",
        "Then that 然后是那一句。",
        "The end.",
    )
    places = [text.rindex(each) for each in told]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "word",
    [
        "com.example.shop.orders.OrderRepositoryCustomImplementation",
        "src/main/java/com/example/shop/OrderControllerIntegrationTest.java",
        "x" * 300,
        "云" * 300,
    ],
    ids=["class", "path", "latin", "han"],
)
def test_to_pdf__a_long_word__can_be_copied_whole_and_stays_on_its_page(word):
    columns = tuple(f"C{i}" for i in range(5))
    table = Table(columns, (tuple(Cell(word) for _ in columns),))
    content = to_pdf(_view(Sentence(word), table), style=_style())
    text = re.sub(r"[\s\ufffe]", "", "".join(_texts(content)))
    assert text.count(word) == 6
    read = pypdfium2.PdfDocument(content)
    for page in read:
        letters = page.get_textpage()
        sides = [letters.get_charbox(i) for i in range(letters.count_chars())]
        assert max(side[2] for side in sides) <= page.get_width()
        assert min(side[0] for side in sides) >= 0
    read.close()


def test_to_pdf__a_long_table__repeats_its_head_of_th_cells(made):
    pdf, _, content = made
    heads = [cell for row in _all(pdf, "THead") for cell in _all_in(row, "TH")]
    assert len(heads) == 3
    assert len(_all(pdf, "TH")) == 3
    assert len(_all(pdf, "TR")) == 71
    assert len(_all(pdf, "TD")) == 210
    pages = [text for text in _texts(content) if re.search(r"CTR-\d{3}", text)]
    assert len(pages) > 1
    assert all("Item number" in text for text in pages)


def _all_in(element, kind):
    return [
        found
        for inner in _kids(element)
        for found in ([inner] if inner["/S"] == f"/{kind}" else _all_in(inner, kind))
    ]


def test_to_pdf__its_figures__have_words_for_who_cannot_see_them(made):
    pdf, _, _ = made
    told = [str(each["/Alt"]) for each in _all(pdf, "Figure") if "/Alt" in each]
    assert [words for words in told if words.startswith("Drawn")] == [
        f"Drawn {i}: 图" for i in range(5)
    ]
    assert all("/Alt" in each for each in _all(pdf, "Figure"))


def _links(pdf):
    return [n for page in pdf.pages for n in page.get("/Annots", []) if n.Subtype == "/Link"]


def _leads(pdf, note):
    """The page that a link leads to."""
    place = note["/Dest"] if "/Dest" in note else note["/A"]["/D"]
    if not isinstance(place, pikepdf.Array):
        place = pikepdf.NameTree(pdf.Root.Names.Dests)[str(place)]
        place = place["/D"] if isinstance(place, pikepdf.Dictionary) else place
    return next(i for i, page in enumerate(pdf.pages) if page.objgen == place[0].objgen)


def test_to_pdf__links__lead_to_sections_and_those_to_nowhere_are_text(made):
    pdf, _, content = made
    notes = _links(pdf)
    assert all("/Contents" in note for note in notes)
    assert all(_leads(pdf, note) > 0 for note in notes)
    texts = _texts(content)
    assert any("To nowhere" in text for text in texts)
    links = len(_links(_opened(_view(Fields((("A", Cell("b", link="gone")),))))))
    more = len(_links(_opened(_view(Fields((("A", Cell("b", link="tail")),))))))
    assert more == links + 1
    last = len(pdf.pages) - 1
    assert sum(_leads(pdf, note) == last for note in notes) >= 2


def test_to_pdf__the_same_view__gives_the_same_bytes(made):
    _, lang, content = made
    assert to_pdf(_everything(lang), style=_style()) == content


@pytest.mark.slow
def test_to_pdf__wherever_it_is_made__gives_the_same_bytes(tmp_path, made):
    _, lang, content = made
    (tmp_path / "fonts.conf").write_text("<fontconfig><dir>/nowhere</dir></fontconfig>")
    told = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from unit.render.test_to_pdf import _everything, _style, to_pdf\n"
        f"sys.stdout.buffer.write(to_pdf(_everything({lang!r}), style=_style()))"
    )
    surroundings = {
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "HOME": str(tmp_path),
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "SOURCE_DATE_EPOCH": "1",
        "TMPDIR": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        [sys.executable, "-c", told],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == content
    assert [path.name for path in tmp_path.iterdir()] == ["fonts.conf"]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n#panic(1)", 2),
        ("a\n\n#nowhere", 3),
        ("#let x = (\n", None),
        ('#let d = json("data.json")\n#d.nothing', 2),
        ('#import "@preview/cetz:0.3.1": *', 1),
        ('a\n#include"@local/x:1.0.0"', 2),
        ('a\n#import ("@preview/" + "cetz:0.3.1"): *', 2),
        ('#let p = "@preview/cetz:0.3.1"\n#import p: *', 2),
        ('#let p = "@preview/cetz:0.3.1"\n\n#{ include p }', 3),
        ('a\n#read("/etc/passwd")', 2),
        ('a\n#read("../../etc/passwd")', 2),
        ('a\n#include "/etc/passwd"', 2),
        ('a\n#image(bytes((1, 2)), alt: "x")', 2),
        ('a\n#plugin("x.wasm")', 2),
        ("#let f(x) = f(x + 1)\n#f(1)", 1),
        ("#while true {}", 1),
        ("a\n#{ let x = 1 / 0 }", 2),
        ('中文\n#panic("坏")', 2),
        ("no title", None),
        ("\x00", None),
    ],
)  # fmt: skip
def test_to_pdf__a_mistake_in_the_template__is_one_sentence_with_its_line(template, line):
    with pytest.raises(UsageError) as caught:
        to_pdf(_view(), style=_style(template))
    said = str(caught.value)
    assert said.startswith(f"my/pdf/report.typ:{line}: " if line else "my/pdf/report.typ")
    assert said.endswith("; mend the template or leave out --template.")
    assert "\n" not in said
    assert tempfile.gettempdir() not in said


def test_to_pdf__a_template_that_is_no_utf_8__is_told():
    style = _style()
    files = {TEMPLATE: File("my/pdf/report.typ", b"a\n\xff\xfe")}
    with pytest.raises(UsageError, match=r"^my/pdf/report\.typ"):
        to_pdf(_view(), style=replace(style, files=files))


@pytest.mark.parametrize("logo", [SVG, PNG], ids=["svg", "png"])
def test_to_pdf__a_logo__is_on_the_cover_with_its_words(logo):
    pdf = _opened(_view(), logo=logo, logo_alt="ACME & Sons")
    (figure,) = _all(pdf, "Figure")
    assert str(figure["/Alt"]) == "ACME & Sons"
    nameless = _opened(_view(), logo=logo)
    assert [str(each["/Alt"]) for each in _all(nameless, "Figure")] == [
        "Cloud-native 云原生 of the shop"
    ]


@pytest.mark.parametrize(
    "logo",
    [b"<svg", SVG.replace(b"<path", b"<broken"), PNG[:40], b"<svg><text>x</text></svg>"],
    ids=["svg-cut", "svg-odd", "png-cut", "svg-bare"],
)
def test_to_pdf__a_broken_logo__is_told_as_such_or_drawn(logo):
    try:
        to_pdf(_view(), style=_style(logo=logo))
    except UsageError as error:
        assert "logo" in str(error)  # noqa: PT017 - either is right
        assert "report.typ:" not in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "no font has them or they steer the reader: 5.",
                "because of their length: 2; the JSON",
            ),
        ),
        ("zh", ("：5 个。", "因过长而被截短的文字：2 段")),
    ],
)
def test_to_pdf__what_was_changed_to_print_it__is_counted_on_the_cover(lang, said):
    blocks = (
        Sentence("a\ue000b\u202ec\x00"),
        Sentence("\ue000\ue000"),
        *[Sentence("x" * 1001)] * 2,
    )
    cover, *rest = _texts(to_pdf(_view(*blocks, lang=lang), style=_style()))
    told = re.sub(r"\s+", " ", cover)
    assert all(each in told for each in said)
    text = "".join(rest)
    assert "aU+E000bU+202EcU+0000" in text
    assert re.sub(r"\s", "", text).count("x" * 1000 + "…(+1)") == 2
    clean = _texts(to_pdf(_view(lang=lang), style=_style()))[0]
    assert not any(each in clean for each in (*said, "length", "截短"))


@pytest.mark.parametrize(
    "view",
    [
        View("T", "", "en", (), words=_words("en")),
        _view(header=()),
        _view(Sentence(""), Fields(()), Form(()), Form((("",),))),
        _view(Table(("A",), ())),
        _view(Table(("", ""), ((Cell(""), Cell("")),))),
        _view(Figure("", "a", Bars((Bar("", None),), 5, "", ""))),
        _view(Figure("t", "a", Bars((), 5, "v"))),
        _view(Figure("t", "a", Treemap((), "s", "h"))),
        _view(Figure("t", "a", Graph((), (), "s", "w"))),
        _view(Figure("t", "a", Matrix((), (), "r", "c"))),
        View("T", "", "en", (Section("", "", ()),), words=_words("en")),
        View("T", "", "en", (Section("a", " ", ()), Section("b", "\t", ())), words=_words("en")),
        View("T", "", "en", (Section("a", "A", ()), Section("a", "A again", (
            Fields((("x", Cell("y", link="a")),)),))), words=_words("en")),
    ],
    ids=["no-sections", "no-header", "empty-blocks", "no-rows", "blank-cells",
         "blank-figure", "no-bars", "no-tiles", "no-nodes", "no-labels", "blank-section",
         "white-sections", "an-id-twice"],
)  # fmt: skip
def test_to_pdf__nothing_where_something_is_usual__is_printed_all_the_same(view):
    with pikepdf.open(io.BytesIO(to_pdf(view, style=_style()))) as pdf:
        assert len(pdf.pages) >= 2


def test_to_pdf__a_section_nine_deep__is_printed():
    section = Section("9", "Level 9", (Sentence("Deep down."),))
    for depth in "87654321":
        section = Section(depth, f"Level {depth}", (), (section,))
    view = View("T", "", "en", (section,), words=_words("en"))
    text = "".join(_texts(to_pdf(view, style=_style())))
    assert all(f"Level {depth}" in text for depth in range(1, 10))


@pytest.fixture(scope="module")
def shown():
    """Every character that is said to be in some font."""
    folders = fonts.folders()
    covered: set[int] = set()
    for path in [path for folder in folders for path in Path(folder).rglob("*.[to]t[fc]")]:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            covered |= set(font.getBestCmap() or {})
    characters = {chr(code) for code in covered}
    return sorted(characters - fonts.lacking(characters, within=folders))


def _is_mark(character):
    return unicodedata.category(character).startswith("M")


@pytest.mark.slow
def test_lacking__what_it_says_can_be_shown__can_be_printed(shown):
    every = [c for c in shown if not _is_mark(c)]
    assert len(every) > 50_000
    for at in range(0, len(every), 6000):
        rows = [
            "".join(every[row : row + 90]) for row in range(at, min(at + 6000, len(every)), 90)
        ]
        to_pdf(_view(*(Sentence(row) for row in rows)), style=_style())


@pytest.mark.slow
@pytest.mark.parametrize("base", ["", "a", "1", "云", "\U0001f600", "\u0627", "\u0915", "\u25cc"])
def test_to_pdf__a_mark_on_a_letter_of_another_script__stops_no_report(shown, base):
    marks = [c for c in shown if _is_mark(c)]
    assert len(marks) > 800
    rows = [" ".join(base + c for c in marks[at : at + 40]) for at in range(0, len(marks), 40)]
    to_pdf(_view(*(Sentence(row) for row in rows)), style=_style())


@pytest.mark.parametrize(
    "text",
    ["a\u064b", "1\u0591", "x\u0301\u0951", "\U0001f600\u0301", "\u1cf7\u1cf8", "云\u064e"],
    ids=["latin", "digit", "two", "emoji", "two-marks", "han"],
)
def test_to_pdf__letters_and_marks_that_no_one_font_has__are_printed(text):
    found = "".join(_texts(to_pdf(_view(Sentence(f"Here {text} there")), style=_style())))
    assert "Here" in found
    assert "there" in found
