"""Every page in a real browser: drawn in both languages and themes, offline, accessible, by keys.

One server, and one walk through all pages for each language: each page is read as it opens and
once more in the other theme.
"""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e.server import PATIENCE, app, foreign_requests, settled
from unit.app.conftest import audited_into

from assessor.collect.replay import replay
from assessor.resources import app_wording, packaged
from assessor.store import projects, runs
from assessor.store.opening import close, open_store
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow

NOW = "2026-11-01T10:00:00Z"
# Page -> what a visitor comes for, which the Tab key has to reach.
PAGES = {
    "overview": '[data-testid="stMain"] [data-testid="stButton"] button',
    "maturity": '[data-testid="stDataFrame"] canvas',
    "coupling": '[data-part="map"]',
    "services": '[data-testid="stMain"] [data-testid="stButton"] button',
    "hotspots": '[data-testid="stDataFrame"] canvas',
    "attest": '[data-testid="stForm"] textarea',
    "trend": '[data-testid="stMain"] [data-testid="stButton"] button',
    "portfolio": '[data-testid="stDataFrame"] canvas',
    "report": '[data-testid="stMain"] [data-testid="stButton"] button',
    "settings": '[data-testid="stForm"] button',
}
THEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 24, 31)"}
LANGUAGES = {"en": ("light", "dark"), "zh": ("dark", "light")}  # theme that pages open in, other
GRAVE = {"critical", "serious"}
FURTHEST = 80  # presses of Tab; a page has half as many stops before what one comes for

# What axe-core finds in Streamlit's own elements, which a page cannot mend: rule, element, theme.
STREAMLITS = (
    # One colour of the theme is both under Streamlit's white text and its text on dark ground;
    # none has a contrast of 4.5 to both. What is chosen is told by its frame as well.
    ("color-contrast", '[data-testid="stButtonGroup"] button[data-selected="true"]', "dark"),
    ("color-contrast", '[data-testid="stSliderThumbValue"]', "dark"),
)
# Streamlit asks below the address of a page first, before it asks at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")

_FOCUSED = """
() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
"""
_MATCHES = f"css => ({_FOCUSED})().matches(css)"
_NAME = f"() => ({_FOCUSED})().innerText.trim().split('\\n').at(-1)"
_WITHIN = "([at, css]) => Boolean(document.querySelector(at)?.closest(css))"
_GROUND = "app => getComputedStyle(app).backgroundColor"


@dataclass
class Seen:
    """A page as it was met: text, faults that it shows, its ground and barriers in each theme.

    links: of the navigation, as Tab reaches them. reached: whether Tab came to what is wanted.
    """

    text: str
    faults: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    barriers: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    reached: bool = False


@dataclass
class Walk:
    """All pages in one language; what left the machine and what the browser complained about."""

    pages: dict[str, Seen]
    outside: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address of an app on the shop, audited, with the unit that pages open."""
    folder = tmp_path_factory.mktemp("pages")
    replay(packaged("sample_repos") / "shop", folder / "shop")
    url = f"sqlite:///{folder}/store.sqlite"
    store = open_store(url)
    project = projects.add_project(
        store, SYSTEM, name="shop", location=str(folder / "shop"), now=NOW
    )
    head = audited_into(store, project.id, folder / "shop", now=NOW)
    unit = runs.assessment(store, SYSTEM, head.id).history.hotspots[0].path
    close(store)
    with app(folder / "shop", store=url) as address:
        yield address, unit


@pytest.fixture(scope="module")
def walks(browser, served):
    """A function that gives the walk in a language, which is done once."""
    done = {}

    def walk(lang):
        if lang not in done:
            done[lang] = _walk(browser, served, lang)
        return done[lang]

    return walk


@pytest.fixture(scope="module")
def visitor(browser):
    """A page of a visitor, kept for several tests, and the dialogs that opened in it."""
    page = browser.new_context().new_page()
    dialogs = []

    def told(dialog):
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    return page, dialogs


def _address(served, name, query):
    path = "" if name == "overview" else name
    return f"{served[0]}/{path}?{query}"


def _query(served, name, lang):
    more = {"maturity": "&rule=ARCH-06", "attest": "&rule=CTR-04"}
    of_unit = {"coupling", "services", "hotspots"}
    return f"lang={lang}{more.get(name, '')}{f'&unit={served[1]}' if name in of_unit else ''}"


def _walk(browser, served, lang):
    opens, other = LANGUAGES[lang]
    page = browser.new_context(color_scheme=opens, reduced_motion="reduce").new_page()
    walk = Walk({}, foreign_requests(page), [])
    page.on("pageerror", lambda error: walk.complaints.append(str(error)))
    page.on("console", lambda said: walk.complaints.extend(_complaint(said)))
    for name, wanted in PAGES.items():
        page.goto(_address(served, name, _query(served, name, lang)))
        seen = walk.pages[name] = Seen(settled(page))
        _look(page, seen, opens, axe=True)
        if lang == "en":
            _tab(page, seen, wanted)
        _turn(page, other)
        _look(page, seen, other, axe=lang == "en")
        page.emulate_media(color_scheme=opens)
    page.context.close()
    return walk


def _complaint(said):
    place = said.location.get("url", "")
    if said.type == "error" and not place.endswith(PROBES):
        yield f"{said.text} {place}"


def _turn(page, theme):
    """Lets the system ask for another theme, and waits until the page has it."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        f"ground => ({_GROUND})(document.querySelector('[data-testid=\"stApp\"]')) === ground",
        arg=THEMES[theme],
        timeout=PATIENCE,
    )
    page.wait_for_timeout(300)  # colours fade


def _look(page, seen, theme, *, axe):
    seen.grounds.append(page.locator('[data-testid="stApp"]').evaluate(_GROUND))
    for fault in ("stException", "stAlertContentError"):
        seen.faults.extend(page.locator(f'[data-testid="{fault}"]').all_inner_texts())
    if axe:
        found = Axe().run(page).response["violations"]
        nodes = [(each["id"], node) for each in found for node in each["nodes"]]
        seen.barriers.extend(
            (theme, rule, node["html"][:200])
            for rule, node in nodes
            if node["impact"] in GRAVE and not _streamlits(page, theme, rule, node["target"][0])
        )


def _streamlits(page, theme, rule, target):
    asked = [css for its, css, when in STREAMLITS if (its, when) == (rule, theme)]
    return any(page.evaluate(_WITHIN, [target, css]) for css in asked)


def _tab(page, seen, wanted):
    """Presses Tab from the top of the page to what a visitor comes for."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(_MATCHES, '[data-testid="stPageLink-NavLink"]'):
            seen.links.append(page.evaluate(_NAME))
        if page.evaluate(_MATCHES, wanted):
            seen.reached = True
            return


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__a_page__has_its_title_in_the_language(walks, lang, name):
    title = app_wording(lang).sentences[f"app.page.{name}"]
    assert title in walks(lang).pages[name].text.splitlines()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__a_page_in_both_themes__shows_no_error(walks, lang, name):
    assert walks(lang).pages[name].faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__the_theme_of_the_system__is_followed_at_once(walks, lang):
    expected = [THEMES[theme] for theme in LANGUAGES[lang]]
    assert [seen.grounds for seen in walks(lang).pages.values()] == [expected] * len(PAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__all_pages__ask_nothing_outside_of_the_machine(walks, lang):
    assert walks(lang).outside == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__all_pages__leave_the_console_of_the_browser_empty(walks, lang):
    assert walks(lang).complaints == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_app__a_page_for_axe__has_no_grave_barrier_of_ours(walks, lang, name):
    assert walks(lang).pages[name].barriers == []


@pytest.mark.parametrize("name", PAGES)
def test_app__tab__walks_through_the_navigation_in_its_order(walks, name):
    shown = [each.title() for each in PAGES]
    assert walks("en").pages[name].links[: len(PAGES)] == shown


@pytest.mark.parametrize("name", PAGES)
def test_app__tab__reaches_what_a_visitor_comes_for(walks, name):
    assert walks("en").pages[name].reached


def test_app__enter_on_a_link__opens_its_page(visitor, served):
    page, _ = visitor
    page.goto(_address(served, "overview", "lang=en"))
    settled(page)
    page.locator('[data-testid="stPageLink-NavLink"]', has_text="Attest").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Attest'")
    assert "/attest?" in page.url


def test_app__by_keyboard__the_graph_is_reached_and_walked(visitor, served):
    page, _ = visitor
    page.goto(_address(served, "coupling", "lang=en"))
    settled(page)
    graph = page.locator('[data-part="map"]')
    graph.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator('[data-part="told"]').inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)
    assert told
    assert "service=" in page.url or "unit=" in page.url


@pytest.mark.parametrize("name", PAGES)
def test_app__markup_in_the_address__does_no_harm(visitor, served, name):
    page, dialogs = visitor
    evil = "%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(2)%3E"
    keys = ("project", "run", "rule", "unit", "service", "cut", "pack", "show")
    query = "&".join(f"{key}={evil}" for key in keys)
    page.goto(_address(served, name, f"lang=en&{query}"))
    settled(page)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator('[onerror], script:text("alert")').count() == 0
    assert dialogs == []
