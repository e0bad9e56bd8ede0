import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
import yaml

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
    Node,
    Section,
    Sentence,
    Table,
    View,
)
from assessor.render import to_html as html
from assessor.render.clean import visible
from assessor.render.to_html import SCRIPT, SHEET, TEMPLATE, anchor, to_html
from assessor.resources import packaged, wording

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}{# #}",
    "javascript:alert(1)",
    "--!><!-- ]]> <![CDATA[",
    "\x00\x07\x1b[31m\r\n\t\x85",
    "\u202eevil\u2066\u200f\u061c",
    "\ud800\udfff",
    "\u2028\u2029",
    "🧑‍💻" * 10,
    "x" * 10_000,
]


def _words(lang):
    found = wording(lang).sentences
    return {k.removeprefix("format."): v for k, v in found.items() if k.startswith("format.")}


def _style(**contents):
    folder = packaged("reports")
    told = yaml.safe_load((folder / "theme.yaml").read_text("utf-8"))
    theme = Theme(light=Palette(**told["light"]), dark=Palette(**told["dark"]))
    names = {"template": TEMPLATE, "sheet": SHEET, "script": SCRIPT}
    files = {
        name: File(f"my/{name}", contents.get(key, (folder / name).read_bytes()))
        for key, name in names.items()
    }
    return Style(theme, files)


def _view(*blocks, lang="en", **options):
    inner = Section("inner", "Inner", (), (Section("deep", "Deep", (Sentence("Down."),)),))
    sections = (Section("s", "Head", blocks, (inner,)), Section("t", "Tail", (), page=True))
    return View("Title", "Below", lang, sections, words=_words(lang), **options)


class _Page(HTMLParser):
    """Elements with their attributes, and the text of scripts and styles."""

    def __init__(self, content):
        super().__init__()
        self.elements, self.raw, self._open = [], [], None
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in {"script", "style"} else None

    def handle_endtag(self, _):
        self._open = None

    def handle_data(self, data):
        if self._open:
            self.raw.append((*self._open, data))

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def _page(*blocks, **options):
    return _Page(to_html(_view(*blocks, **options), style=_style()))


def _text(*blocks, **options):
    return to_html(_view(*blocks, **options), style=_style()).decode()


TABLE = Table(
    columns=("Name", "Share"),
    rows=((Cell("a", "strong"), Cell("62 %", "good", bar=0.62, link="t")),),
    numeric=(1,),
    note="A note.",
    wide=(0,),
    filters=(0,),
)
GRAPH = Graph((Node("a", 1, "s"), Node("b", 2, "gone")), (Edge(0, 1, 0.5),), "size", "weight")


def test_to_html__sections__have_headings_in_order_and_ids():
    assert _text().startswith("<!DOCTYPE html>\n<html")
    page = _page()
    assert [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)] == [
        "h1",
        "h2",
        "h3",
        "h4",
        "h2",
    ]
    assert [a["id"] for a in page.all("section")] == ["s", "inner", "deep", "t"]
    assert [a["class"] for a in page.all("section")][-1] == "part page"


def test_to_html__a_section_seven_deep__is_headed_h6():
    section = Section("7", "7", ())
    for depth in "65432":
        section = Section(depth, depth, (), (section,))
    page = _Page(to_html(replace(_view(), sections=(section,)), style=_style()))
    assert [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)][-2:] == ["h6", "h6"]


def test_to_html__a_table__has_heads_numbers_meters_and_links():
    text = _text(TABLE)
    assert '<th scope="col" class="number short brief">Share</th>' in text
    assert '<rect class="length" width="62" height="8"/>' in text
    assert '/></svg><span class="measured"><a href="#t">62 %</a></span>' in text
    assert 'data-filters="0"' in text
    assert '<p class="note">A note.</p>' in text


def test_to_html__sentences_fields_and_a_form__are_there():
    text = _text(
        Sentence("So so.", "fair"), Fields((("Rules", Cell("x")),)), Form((("Name", "Date"),))
    )
    assert re.search(r'<p class="sentence fair"><svg class="sign".*</svg>So so.</p>', text)
    assert '<div><dt>Rules</dt><dd class="plain">x</dd></div>' in text
    assert text.count('<p class="blank">') == 2


def test_to_html__a_figure__has_its_words_and_its_table():
    figure = Figure("Levels", 'All "levels"', Bars((Bar("a", 1),), 5, "n"), TABLE)
    text = _text(figure)
    assert '<svg aria-label="All &#34;levels&#34;" ' in text
    assert "<figcaption>Levels</figcaption>" in text
    assert "<summary>The figures</summary>" in text


def test_to_html__a_graph__tells_the_script_its_figures_and_only_links_that_lead_somewhere():
    page = _page(Figure("g", "alt", GRAPH))
    (told,) = [data for tag, a, data in page.raw if a.get("type") and not a.get("id")]
    graph = json.loads(told)
    assert [node["link"] for node in graph["nodes"]] == ["s", ""]
    assert graph["edges"] == [{"source": 0, "target": 1, "weight": 0.5}]
    assert [a["data-link"] for a in page.all("g") if "data-node" in a] == ["s", ""]


@pytest.mark.parametrize(
    ("lang", "tag", "word"), [("en", "en", "Contents"), ("zh", "zh-CN", "目录")]
)
def test_to_html__both_languages__are_declared_and_spoken(lang, tag, word):
    page = _page(lang=lang)
    assert page.all("html") == [{"lang": tag}]
    assert page.all("nav")[0]["aria-label"] == word


def test_to_html__cover_header_and_logo__are_on_the_page():
    style = _style()
    theme = replace(style.theme, logo=b"<svg/>", logo_alt="Logo & Sons")
    view = _view(cover=(("Client", "A & B"),), header=("rev 1", "rules 2"), dated="2026-01-01")
    text = to_html(view, style=replace(style, theme=theme)).decode()
    assert "<div><dt>Client</dt><dd>A &amp; B</dd></div>" in text
    assert "<li>rules 2</li>" in text
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+" alt="Logo &amp; Sons"' in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_to_html__its_policy__names_exactly_what_is_in_the_page(end):
    style = _style()
    files = {
        name: replace(file, content=file.content.replace(b"\n", end.encode()))
        for name, file in style.files.items()
    }
    content = to_html(_view(TABLE), style=replace(style, files=files))
    assert b"\r" not in content
    page = _Page(content)
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
    for tag in ("script", "style"):
        (text,) = [data for name, a, data in page.raw if name == tag and not a]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; img-src data:; base-uri 'none'; form-action 'none'")


def _hostile(text):
    table = Table((text, "N"), ((Cell(text), Cell(text, "poor", 0.5, text)),), note=text)
    graph = Graph((Node(text, 1, text), Node("b", 1)), (Edge(0, 1, 1.0),), text, text)
    bars = Bars((Bar(text, 1.0, 2.0),), 5, text, text)
    blocks = (
        Sentence(text, "poor"),
        table,
        Fields(((text, Cell(text)),)),
        Form(((text,),)),
        Figure(text, text, graph, table),
        Figure(text, text, bars),
    )
    sections = (Section(text, text, blocks, (Section("z" + text, text, ()),)),)
    return View(
        text, text, "en", sections, (text, text), text, _words("en"), ((text, text), (text, text))
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_to_html__hostile_text__stays_text(text):
    content = to_html(_hostile(text), style=_style())
    plain, page = to_html(_hostile("plain"), style=_style()), _Page(content)
    assert len(page.all("script")) == len(_Page(plain).all("script"))
    assert len(page.all("style")) == 1
    assert len(page.all("img")) == 0
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        assert attrs.get("href", "#").startswith("#")
        assert "src" not in attrs
    shown = content.decode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert visible(text) in unescape(shown)
    for _, attrs, data in page.raw:
        if attrs.get("type") == "application/json":
            json.loads(data)


@pytest.mark.parametrize("text", ["plain", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_to_html__every_link__leads_to_one_id(text):
    page = _Page(to_html(_hostile(text), style=_style()))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for _, a in page.elements if "href" in a} <= set(ids)


def test_to_html__a_link_to_a_section_that_is_not_there__is_text():
    text = _text(Table(("A", "B"), ((Cell("a"), Cell("b", link="nowhere")),)))
    assert '<td class="short plain">b</td>' in text
    assert "nowhere" not in text


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("CTR-02", "CTR-02"),
        ("image.pinned", "image.pinned"),
        ("unit:a/b", "unit~3a~a~2f~b"),
        ("a~b", "a~7e~b"),
        ("能", "~80fd~"),
        ("", "~"),
    ],
)
def test_anchor__any_id__is_safe_and_its_own(section, expected):
    assert anchor(section) == expected


def test_to_html__the_same_view__gives_the_same_bytes():
    assert to_html(_view(TABLE), style=_style()) == to_html(_view(TABLE), style=_style())
    turned = replace(_view(TABLE), words=dict(reversed(_words("en").items())))
    assert to_html(turned, style=_style()) == to_html(_view(TABLE), style=_style())


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{{ foo }}", "my/html/report.html.j2:2: 'foo' is undefined"),
        (
            "{{ view.words['no'] }}",
            "my/html/report.html.j2:1: 'dict object' has no attribute 'no'",
        ),
        ("\n\n{% if %}", "my/html/report.html.j2:3: Expected an expression, got 'end of"),
        ("{% include 'html/no.j2' %}", "my/html/report.html.j2:1: html/no.j2"),
        ("{{ view.__class__.__mro__ }}", "my/html/report.html.j2:1: access to attribute"),
        ("{{ 1 + 'a' }}", "my/html/report.html.j2:1: unsupported operand"),
        ("{{ 1 // 0 }}", "my/html/report.html.j2:1: "),
        ("{{ view.title|safe }}", "my/html/report.html.j2:1: No filter named 'safe'"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "my/html/report.html.j2:1: maximum"),
        ("{{ (1).foo.bar() }}", "my/html/report.html.j2:1: "),
        ("a\n{% autoescape false %}x{% endautoescape %}", "my/html/report.html.j2:2: a report"),
        ("\n\n{%- autoescape true %}{% endautoescape %}", "my/html/report.html.j2:3: a report"),
        ("{%+  autoescape false %}{% endautoescape %}", "my/html/report.html.j2:1: a report"),
        (b"a\n\xff", "my/html/report.html.j2:2: this is no UTF-8"),
    ],
)
def test_to_html__a_mistake_in_the_template__is_told_with_its_line(template, message):
    content = template if isinstance(template, bytes) else template.encode()
    with pytest.raises(UsageError) as caught:
        to_html(_view(), style=_style(template=content))
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("; mend the template or leave out --template.")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"script": b"\n// </SCRIPT>"}, "my/html/report.js:2: '</SCRIPT' cannot stand here"),
        ({"sheet": b"</style>"}, "my/html/report.css:1: '</style' cannot stand here"),
    ],
)
def test_to_html__a_style_or_script_that_would_end_itself__is_refused(options, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        to_html(_view(), style=_style(**options))


def test_to_html__a_font_with_quotes__cannot_leave_its_string():
    style = _style()
    theme = replace(style.theme, fonts=('My "Font"; } </style> \\',))
    text = to_html(_view(), style=replace(style, theme=theme)).decode()
    assert '--font: "My\\20 \\22 Font\\22 \\3b \\20 \\7d \\20 \\3c \\2f style' in text


def test_to_html__a_colour_that_is_none__is_our_mistake():
    style = _style()
    theme = replace(style.theme, light=replace(style.theme.light, ink="red; }"))
    with pytest.raises(ValueError, match="ink"):
        to_html(_view(), style=replace(style, theme=theme))


def test_script_and_style_sheet__stay_small():
    folder = packaged("reports")
    assert (folder / SCRIPT).stat().st_size < 26_000
    assert (folder / SHEET).stat().st_size < 16_000


@pytest.mark.parametrize(
    "slip", [AttributeError("no such thing"), MemoryError("too much")], ids=str
)
def test_to_html__whatever_a_template_runs_into__is_told_as_its_mistake(monkeypatch, slip):
    def fail(_value):
        raise slip

    monkeypatch.setattr(html, "_shown_text", fail)
    with pytest.raises(UsageError, match=re.escape(str(slip))) as caught:
        to_html(_view(), style=_style(template=b"a\n{{ view.title }}"))
    assert str(caught.value).startswith("my/html/report.html.j2:2: ")
