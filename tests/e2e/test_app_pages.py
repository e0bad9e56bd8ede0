"""Every page in a real browser: drawn in both languages and themes, offline, accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e.server import app, foreign_requests, settled
from unit.app.conftest import audited_into

from assessor.collect.replay import replay
from assessor.resources import app_wording, packaged
from assessor.store import projects, runs
from assessor.store.opening import close, open_store
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow

NOW = "2026-11-01T10:00:00Z"
PAGES = (
    "overview",
    "maturity",
    "coupling",
    "services",
    "hotspots",
    "attest",
    "trend",
    "portfolio",
    "report",
    "settings",
)
GRAVE = {"critical"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address of an app on the shop, audited, with the unit and rule that pages open."""
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


def _address(served, name, lang):
    address, unit = served
    more = {
        "maturity": "&rule=ARCH-06",
        "attest": "&rule=CTR-04",
        "coupling": f"&unit={unit}",
        "services": f"&unit={unit}",
        "hotspots": f"&unit={unit}",
    }
    path = "" if name == "overview" else name
    return f"{address}/{path}?lang={lang}{more.get(name, '')}"


@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("zh", "dark")])
def test_app__every_page__is_drawn_offline_and_without_an_error(browser, served, lang, theme):
    said = app_wording(lang).sentences
    page = browser.new_context(color_scheme=theme).new_page()
    outside, wrong = foreign_requests(page), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for name in PAGES:
        page.goto(_address(served, name, lang))
        text = settled(page)
        assert said[f"app.page.{name}"] in text
        assert page.locator('[data-testid="stException"]').count() == 0, name
        assert page.locator('[data-testid="stAlertContentError"]').count() == 0, name
    assert (outside, wrong) == ([], [])


@pytest.fixture(scope="module")
def read(browser, served):
    """What axe-core finds on each page: impact, rule, and whether the element is ours."""
    page = browser.new_context().new_page()
    found = {}
    for name in PAGES:
        page.goto(_address(served, name, "en"))
        settled(page)
        found[name] = [
            (each["impact"], each["id"], node["target"])
            for each in Axe().run(page).response["violations"]
            for node in each["nodes"]
        ]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_app__a_page__has_no_critical_barrier(read, name):
    ours = [each for each in read[name] if each[0] in GRAVE and each[1] not in STREAMLITS]
    assert ours == []


# What axe-core finds critical in Streamlit's own elements, which a page cannot mend.
STREAMLITS = {}


def test_app__by_keyboard__the_graph_is_reached_and_walked(browser, served):
    page = browser.new_context().new_page()
    page.goto(_address(served, "coupling", "en"))
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
def test_app__nonsense_in_the_address__does_no_harm(browser, served, name):
    page = browser.new_context().new_page()
    seen = []
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    evil = "%3Cscript%3Ealert(1)%3C/script%3E"
    path = "" if name == "overview" else name
    query = "&".join(f"{key}={evil}" for key in ("project", "run", "rule", "unit", "cut", "pack"))
    page.goto(f"{served[0]}/{path}?lang=en&{query}")
    settled(page)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert seen == []
