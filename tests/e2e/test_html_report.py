"""The HTML report in a real browser: journeys, offline, security policy, accessibility."""

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

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
from assessor.render.to_html import SCRIPT, SHEET, TEMPLATE, to_html
from assessor.resources import packaged, wording

pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script>\x00\u202e\ud800 {{ 7 * 7 }} --!> ]]> '\""
TONES = ("good", "fair", "poor", "unknown", "quiet", "strong", "plain")
SAID = {
    "en": {
        "title": "Cloud-native maturity of the shop",
        "sub": "Assessment at revision 3f2a91c of 14 September 2026",
        "who": ("Organisation", "Northwind Trading"),
        "lead": "The shop reaches level 2 of 5; two gaps keep it from level 3, both in delivery.",
        "sections": ("Summary", "Domains", "Proposed services", "Findings", "Signature"),
        "columns": ("Item", "Level", "Share met", "Domain", "What to do"),
        "todo": "Refer to base images by digest and let a robot renew them once a week.",
        "domains": ("Delivery", "Resilience", "Observability"),
        "nodes": ("orders", "catalogue", "payments", "customers", "shipping", "reports"),
        "names": ("Units", "Shared changes"),
        "blanks": ("Name", "Date", "Signature"),
    },
    "zh": {
        "title": "网上商店云原生能力成熟度评估",
        "sub": "针对 2026 年 9 月 14 日的修订版本 3f2a91c",
        "who": ("单位", "北风贸易有限公司"),
        "lead": "该系统达到 2 级（共 5 级）；与 3 级之间尚有两处差距，均属交付能力域。",
        "sections": ("摘要", "能力域", "建议的服务划分", "评估发现", "签署"),
        "columns": ("能力项", "等级", "满足比例", "能力域", "整改建议"),
        "todo": "用摘要引用基础镜像，并由机器人每周自动更新一次。",
        "domains": ("持续交付", "弹性", "可观测性"),
        "nodes": ("订单", "商品目录", "支付", "客户", "配送", "报表"),
        "names": ("单元数", "共同变更"),
        "blanks": ("姓名", "日期", "签名"),
    },
}


def words(lang):
    found = wording(lang).sentences
    return {k.removeprefix("format."): v for k, v in found.items() if k.startswith("format.")}


def style():
    folder = packaged("reports")
    told = yaml.safe_load((folder / "theme.yaml").read_text("utf-8"))
    theme = Theme(light=Palette(**told["light"]), dark=Palette(**told["dark"]))
    files = {
        name: File(f"reports/{name}", (folder / name).read_bytes())
        for name in (TEMPLATE, SHEET, SCRIPT)
    }
    return Style(theme, files)


def report(lang):
    said = SAID[lang]
    summary, domains, services, findings, signature = said["sections"]
    return View(
        said["title"],
        said["sub"],
        lang,
        (
            Section("summary", summary, _summary(said)),
            Section(
                "domains",
                domains,
                (Sentence(said["lead"]), _radar(said), _matrix(said)),
                (Section("delivery", said["domains"][0], (_few(said),)),),
                page=True,
            ),
            Section("services", services, (_graph(said), _treemap(said))),
            Section("findings", findings, (Sentence(said["todo"], "quiet"), _many(said))),
            Section("hostile <&\"' id", HOSTILE, _hostile(HOSTILE + "x" * 3000)),
            Section("signature", signature, (Form((said["blanks"], said["blanks"])),), page=True),
        ),
        header=("revision 3f2a91c", "rules 8e1d", HOSTILE),
        dated="2026-09-14T08:00:00+00:00",
        words=words(lang),
        cover=(said["who"], ("assessor", "1.4.0")),
    )


def _summary(said):
    table = Table(("A", "B"), ((Cell("1"), Cell("2")),))
    levels = zip(said["domains"], (2.1, 3.4, None), strict=True)
    bars = Bars(tuple(Bar(name, level, 3.0) for name, level in levels), 5, *said["names"])
    tones = tuple((tone, Cell(f"62 % {tone}", tone, bar=0.62, link="findings")) for tone in TONES)
    return (
        Sentence(said["lead"], "strong"),
        Sentence(said["todo"]),
        Sentence(said["lead"], "poor"),
        Sentence(said["todo"], "good"),
        Figure(said["sections"][0], said["lead"], bars, table),
        Fields(tones),
    )


def _radar(said):
    axes = (*said["domains"], *said["nodes"][:3])
    series = (Series("A", (1, 2, 3, 4, 2, None)), Series("B", (3, 3, 4, 4, 5, 2)))
    return Figure(said["sections"][1], said["lead"], Radar(axes, series, 5))


def _matrix(said):
    values = ((None, 0.4, 0.1), (0.2, None, 0.0), (0.9, 0.3, None))
    return Figure(said["sections"][1], "matrix", Matrix(said["domains"], values, "row", "column"))


def _treemap(said):
    tiles = tuple(Tile(n, 60 - 9 * i, i / 6, f"{i}") for i, n in enumerate(said["nodes"]))
    return Figure(said["names"][0], "treemap", Treemap(tiles, *said["names"]))


def _graph(said):
    nodes = tuple(
        Node(name, 10.0 * (i + 1), "findings" if i < 3 else "nowhere")
        for i, name in enumerate(said["nodes"])
    )
    ends = ((0, 1, 34.5), (1, 0, 12.0), (0, 2, 9.0), (3, 0, 7.25), (4, 3, 3.0), (5, 4, 1.0))
    edges = tuple(Edge(*end) for end in ends)
    graph = Graph(nodes, edges, *said["names"])
    return Figure(said["sections"][2], said["lead"], graph, _few(said))


def _hostile(text):
    graph = Graph((Node(text, 1, text), Node("b", 1)), (Edge(0, 1, 1.0),), text, text)
    table = Table((text, text), ((Cell(text), Cell(text, "poor", 0.5, text)),), note=text)
    return (Sentence(text), table, Figure(text, text, graph), Fields(((text, Cell(text)),)))


def _few(said):
    row = (Cell("CTR-02"), Cell("2"), Cell("62 %", "fair", 0.62), Cell("–"), Cell(said["todo"]))
    return Table(said["columns"], (row, row), numeric=(1, 2), wide=(4,), note=said["lead"])


def _many(said):
    levels = ("3", "1,234", "2..4", "–", "12", "(2)")
    rows = tuple(
        (
            Cell(f"CTR-{i:02}", "strong"),
            Cell(levels[i % 6], TONES[i % 7]),
            Cell(f"{i * 37 % 101} %", TONES[i % 4], (i * 37 % 101) / 100),
            Cell(said["domains"][i % 3], link="delivery"),
            Cell(
                f"{said['todo']} needle{i}"
                + (" very/deep/folder/of/Class3.java" if i == 3 else "")
            ),
        )
        for i in range(60)
    )
    return Table(said["columns"], rows, numeric=(1, 2), wide=(4,), filters=(3,), note=said["lead"])


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the report; at the end no page may have complained or asked for anything."""
    contexts, complaints, asked = [], [], []

    def opened(lang="en", **options):
        path = tmp_path / f"{lang}.html"
        path.write_bytes(to_html(report(lang), style=style()))
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert all(url.startswith((tmp_path.as_uri(), "data:")) for url in asked)


def _table(page):
    return page.locator("#findings .table")


def _column(page, column):
    cells = _table(page).locator(f"tbody tr:not([hidden]) > :nth-child({column})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_table__its_head_pressed__sorts_numbers_as_numbers_with_dashes_last(opened):
    page = opened()
    table = _table(page)
    table.get_by_role("button", name="Show all rows").click()
    level = table.locator("thead").get_by_role("button", name="Level")
    level.press("Enter")
    assert table.locator("th[aria-sort=ascending]").inner_text().strip() == "Level"
    assert list(dict.fromkeys(_column(page, 2))) == ["(2)", "2..4", "3", "12", "1,234", "–"]
    level.click()
    assert list(dict.fromkeys(_column(page, 2))) == ["1,234", "12", "3", "2..4", "(2)", "–"]
    level.click()
    assert table.locator("th[aria-sort]").count() == 0
    assert _column(page, 1)[:3] == ["CTR-00", "CTR-01", "CTR-02"]


def test_table__long__is_paged(opened):
    page = opened()
    status = _table(page).get_by_role("status")
    assert len(_column(page, 1)) == 25
    assert status.inner_text() == "Rows 1 to 25 of 60"
    for _ in range(3):
        _table(page).get_by_role("button", name="Next").press("Enter")
    assert status.inner_text() == "Rows 51 to 60 of 60"
    _table(page).get_by_role("button", name="Previous").click()
    assert _column(page, 1)[0] == "CTR-25"
    _table(page).get_by_role("button", name="Show all rows").click()
    assert len(_column(page, 1)) == 60


def test_table__filtered_by_text_and_by_a_column__shows_what_matches(opened):
    page = opened("zh")
    _table(page).get_by_label("能力域").select_option("弹性")
    assert set(_column(page, 4)) == {"弹性"}
    assert _table(page).get_by_role("status").inner_text() == "第 1 至 20 行，共 20 行"
    _table(page).get_by_role("searchbox").fill("NEEDLE4")
    assert _column(page, 1) == ["CTR-04", "CTR-40", "CTR-43", "CTR-46", "CTR-49"]
    _table(page).get_by_role("searchbox").fill("nowhere")
    assert _table(page).get_by_role("status").inner_text() == "没有匹配的内容。"


def test_search__what_is_on_another_page__is_found_and_shown(opened):
    page = opened()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search the report")
    assert field.evaluate("field => field === document.activeElement")
    field.press_sequentially("needle5")
    found = page.locator("#ui\\:found")
    found.get_by_text("11 places match").wait_for()
    assert page.locator("mark").count() == 11
    field.press("Enter")
    field.press("Enter")
    assert found.inner_text() == "Place 2 of 11"
    assert page.locator("mark.current").is_visible()
    assert "CTR-50" in _column(page, 1)
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    assert found.inner_text() == "Place 11 of 11"
    field.press("Escape")
    assert page.locator("mark").count() == 0


def test_search__a_path_that_may_break_after_its_slashes__is_found_whole(opened):
    page = opened()
    breaks = page.locator("main wbr").count()
    field = page.get_by_role("searchbox", name="Search the report")
    field.fill("deep/folder/of/Class3.java")
    field.press("Enter")
    assert page.locator("mark.current").inner_text() == "deep/folder/of/Class3.java"
    field.press("Escape")
    assert page.locator("main wbr").count() == breaks > 0


@pytest.mark.parametrize("query", ["(", "[a-", "\\", "<b>", "a/b-c", "$&"])
def test_search__signs_of_patterns__are_only_signs(opened, query):
    page = opened()
    field = page.get_by_role("searchbox", name="Search the report")
    field.fill(query)
    field.press("Enter")
    assert page.locator("main b").count() == 0


def test_graph__a_node_clicked__shows_its_edges_and_their_figures(opened):
    page = opened()
    graph = page.locator("#services figure.graph")
    status = graph.locator(".pages [role=status]").first
    assert status.inner_text() == "6 of 6 edges shown"
    graph.locator("[data-node='0'] circle").click()
    assert status.inner_text() == "4 of 6 edges shown"
    edges = graph.locator(".edges tbody tr")
    assert [row.split() for row in edges.all_inner_texts()] == [
        ["uses", "catalogue", "34.5"],
        ["used", "by", "catalogue", "12"],
        ["uses", "payments", "9"],
        ["used", "by", "customers", "7.25"],
    ]
    assert graph.locator(".edge:not(.dim)").count() == 4
    graph.get_by_label("uses", exact=True).check()
    assert edges.count() == 2
    graph.get_by_role("slider").fill("4")
    assert edges.count() == 1
    assert graph.locator(".edges-head a").get_attribute("href") == "#findings"


def test_graph__with_the_keyboard__is_explored(opened):
    page = opened()
    nodes = page.locator("#services figure.graph .node")
    nodes.nth(0).focus()
    page.keyboard.press("ArrowRight")
    assert nodes.nth(1).evaluate("node => node === document.activeElement")
    assert nodes.nth(1).get_attribute("aria-label") == "catalogue, Units 20"
    page.keyboard.press("Enter")
    assert nodes.nth(1).get_attribute("aria-pressed") == "true"
    assert page.locator("#services figure.graph .node.dim").count() == 4
    page.keyboard.press("Escape")
    assert page.locator("#services figure.graph .dim").count() == 0
    assert page.locator("#services figure.graph .edges tr").count() == 0


def test_theme__its_button__switches_light_and_dark(opened):
    page = opened(color_scheme="dark")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    fill = "getComputedStyle(document.querySelector('.chart .fill-brand')).fill"
    assert page.evaluate(paper) == "rgb(18, 24, 31)"
    assert page.evaluate(fill) == "rgb(140, 200, 242)"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    assert page.evaluate(fill) == "rgb(18, 70, 107)"


def test_contents__while_reading__marks_where_one_is(opened):
    page = opened()
    page.get_by_role("navigation").get_by_role("link", name="Findings").click()
    page.wait_for_selector("nav a[href='#findings'][aria-current]")
    assert page.url.endswith("#findings")


def test_print__everything__is_unfolded_in_light_colours(opened):
    page = opened(color_scheme="dark")
    _table(page).get_by_role("searchbox").fill("needle5")
    page.emulate_media(media="print")
    assert _table(page).locator("tbody tr:visible").count() == 60
    assert page.locator("figure details table").first.is_visible()
    hidden = page.locator("nav, .head, .choices, .pages, summary")
    assert not any(hidden.nth(i).is_visible() for i in range(hidden.count()))
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [320, 360, 800, 1280, 1600])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page__any_width__does_not_scroll_sideways(opened, width, lang):
    page = opened(lang, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for node in page.locator("[data-node='0'] circle").all():
        node.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_menu__on_a_narrow_screen__unfolds_and_folds(opened):
    page = opened(viewport={"width": 390, "height": 844})
    assert not page.get_by_role("navigation").is_visible()
    page.get_by_role("button", name="Contents").click()
    page.get_by_role("navigation").get_by_role("link", name="Findings").click()
    assert not page.get_by_role("navigation").is_visible()


def test_page__without_scripts__stands_complete(opened):
    page = opened(java_script_enabled=False)
    assert _table(page).locator("tbody tr:visible").count() == 60
    assert page.get_by_role("navigation").is_visible()
    assert page.locator("#services figure.graph .node").count() == 6
    assert page.locator("button:visible, input:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page__for_axe__has_nothing_serious(opened, lang, scheme, width):
    page = opened(lang, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.locator("#services [data-node='0'] circle").click()
    page.get_by_role("searchbox").first.fill("62")
    page.wait_for_selector("mark")
    for details in page.locator("summary").all():
        details.click()
    violations = Axe().run(page).response["violations"]
    grave = [v for v in violations if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in grave] == []
