"""A day of an architect: open, audit, follow a level to its line, move a class, save, attest.

Then everything is switched off and on again, and all of it is still there.
"""

import pypdfium2
import pytest
from e2e.server import PATIENCE, app, foreign_requests, settled

from assessor.collect.replay import replay
from assessor.resources import app_wording, packaged
from assessor.store import partitions
from assessor.store.opening import close, open_store
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow

RULE = "ARCH-06"  # has evidence in the code of the shop
SIGNED = "CTR-04"  # asks for what no file can prove
STATEMENT = "Every third release is practised on a copy of production."


@pytest.fixture(params=["en", "zh"])
def journey(request, browser, tmp_path):
    """Words of a language, a repository that nobody has audited, and a fresh store."""
    replay(packaged("sample_repos") / "shop", tmp_path / "shop")
    said = app_wording(request.param).sentences
    return request.param, said, tmp_path / "shop", f"sqlite:///{tmp_path}/store.sqlite"


def _go(page, address, path):
    page.goto(f"{address}/{path}")
    return settled(page)


def _figures(page, said):
    """References across the services of the draft, as the page says."""
    metric = page.locator('[data-testid="stMetric"]', has_text=said["compared.across"])
    return int(metric.locator('[data-testid="stMetricValue"]').inner_text().replace(",", ""))


def _drag(page, unit, service):
    """Drags a unit into the box of a service with a real pointer."""
    graph = page.locator('[data-part="map"]')
    graph.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    places = graph.evaluate("map => map.places()")
    start, end = places[unit], places[f"service:{service}"]
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(
            start["x"] + (end["x"] - start["x"]) * step / 10,
            start["y"] + (end["y"] - start["y"]) * step / 10,
        )
    page.mouse.up()


def _move(page, address, lang):
    """A unit and the service that it is dragged to: neither is shared."""
    _go(page, address, f"services?lang={lang}")
    places = page.locator('[data-part="map"]').evaluate("map => map.places()")
    homes = {n: p["parent"] for n, p in places.items() if p["parent"] not in {"", "service:"}}
    services = sorted({home.removeprefix("service:") for home in homes.values()})
    unit = min(homes)
    target = next(each for each in services if f"service:{each}" != homes[unit])
    return unit, target


def test_app__a_whole_day_in_one_language__survives_a_restart(journey, browser):
    lang, said, repository, store = journey
    page = browser.new_context(viewport={"width": 1500, "height": 1100}).new_page()
    outside = foreign_requests(page)
    asked = f"maturity?lang={lang}&rule={SIGNED}"
    with app(repository, store=store) as address:
        # The audit begins by itself and its progress is followed to the end.
        page.goto(f"{address}/?lang={lang}")
        page.get_by_text(said["app.overview.units"]).first.wait_for(timeout=2 * PATIENCE)
        settled(page)
        _to_the_line(page, address, lang)
        after = _another_cut(page, address, lang=lang, said=said)
        # What no file can prove is signed, and the level says so.
        unsigned = _level(_go(page, address, asked), said)
        _attest(page, address, lang, said)
        signed = _level(_go(page, address, asked), said)
        assert (unsigned, signed) == ("2+..3", "3")

    with app(repository, store=store) as address:
        assert _level(_go(page, address, asked), said) == signed
        _go(page, address, f"services?lang={lang}&cut={_saved(store)}")
        shown = said["app.services.saved"].format(name="journey", version=1)
        values = page.locator("input").evaluate_all("all => all.map(each => each.value)")
        assert shown in [*values, *page.inner_text("body").splitlines()]
        assert _figures(page, said) == after
        _go(page, address, f"report?lang={lang}")
        assert STATEMENT in _pdf(page, said)
    assert outside == []


def _to_the_line(page, address, lang):
    """From a level down to the line of code behind it."""
    text = _go(page, address, f"maturity?lang={lang}&rule={RULE}")
    assert f"{RULE} · " in text
    proofs = page.locator('[data-testid="stDataFrame"]').last
    proofs.scroll_into_view_if_needed()
    box = proofs.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 52)  # the tick of the first proof
    page.locator('[data-testid="stCode"]').first.wait_for(timeout=PATIENCE)
    assert "▶" in page.locator('[data-testid="stCode"]').first.inner_text()


def _another_cut(page, address, *, lang, said):
    """Drags a class, takes it back and again, saves; gives the references across."""
    unit, target = _move(page, address, lang)
    before = _figures(page, said)
    _drag(page, unit, target)
    page.wait_for_function(
        "text => document.body.innerText.includes(text)", arg=f"→ {target}", timeout=PATIENCE
    )
    settled(page)
    after = _figures(page, said)
    assert after != before
    for button, figure in (("undo", before), ("redo", after)):
        page.get_by_role("button", name=said[f"app.services.{button}"]).click()
        settled(page)
        assert _figures(page, said) == figure
    page.get_by_text(said["app.services.part.saved"], exact=True).click()
    settled(page)
    page.get_by_role("textbox", name=said["app.services.save.name"]).fill("journey")
    page.get_by_role("button", name=said["app.services.save"], exact=True).click()
    settled(page)
    return after


def _saved(url):
    """The id of the cut in the store."""
    store = open_store(url)
    [cut] = partitions.partitions(store, SYSTEM, project="shop")
    close(store)
    return cut.id


def _level(text, said):
    """The level of the rule on its page."""
    before, after = said["explain.level"].split("{level}")
    lines = text.split(f"{SIGNED} · ", maxsplit=1)[1].splitlines()
    line = next(each for each in lines if each.startswith(before.strip()))
    return line.removeprefix(before).removesuffix(after).strip()


def _attest(page, address, lang, said):
    """Answers the question of the rule with yes."""
    _go(page, address, f"attest?lang={lang}&rule={SIGNED}")
    page.get_by_text(said["value.yes"], exact=True).first.click()
    page.get_by_role("textbox", name=said["app.attest.statement"]).fill(STATEMENT)
    page.get_by_role("textbox", name=said["app.attest.role"]).fill("platform lead")
    page.get_by_role("button", name=said["app.attest.sign"], exact=True).click()
    page.locator('[data-testid="stAlert"]').first.wait_for(timeout=PATIENCE)
    settled(page)


def _pdf(page, said):
    """The text of the compliance report that the page makes."""
    page.get_by_role("button", name=said["app.report.make"]).click()
    button = page.locator('[data-testid="stDownloadButton"]', has_text=".pdf")
    button.wait_for(timeout=2 * PATIENCE)
    with page.expect_download() as loading:
        button.get_by_role("button").click()
    document = pypdfium2.PdfDocument(loading.value.path().read_bytes())
    words = " ".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    document.close()
    return " ".join(words.split())
