"""The graph in a real browser: drawn, walked by keys, dragged, and what Python is told of it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from e2e.server import PATIENCE, foreign_requests, free_port, wait_for

from assessor.app.graph import MOST_NODES, WORDS, Node, graph

pytestmark = pytest.mark.slow
PAGE = Path(__file__).with_name("graph_page.py")
ROOT = PAGE.parents[2]
ENOUGH = 10_000  # milliseconds in which an event has to be on the page, on a busy machine


@pytest.fixture(scope="module")
def address():
    """Where the page with the graph is served."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("streamlit")), "run", str(PAGE)]
    process = subprocess.Popen(
        [*command, "--server.port", str(port)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process=process)
        yield f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        process.stdout.close()


@pytest.fixture
def opened(browser, address):
    """A function that opens the page; `said` collects what leaves the machine or goes wrong."""
    with contextlib.ExitStack() as stack:

        def _open(query="", **settings):
            context = browser.new_context(viewport={"width": 1300, "height": 900}, **settings)
            stack.callback(context.close)
            page = context.new_page()
            page.foreign, page.said = foreign_requests(page), []
            page.on("pageerror", lambda error: page.said.append(str(error)))
            page.on("console", lambda told: page.said.append(told.text))
            page.goto(f"{address}/{query}")
            page.wait_for_selector('[data-part="map"][data-drawn]', timeout=PATIENCE)
            _still(page)
            return page

        yield _open


def _places(page):
    return page.locator('[data-part="map"]').evaluate("map => map.places()")


def _still(page):
    """Waits until the map does not move any more."""
    before = None
    for _ in range(50):
        page.wait_for_timeout(300)
        now = _places(page)
        if now == before:
            return now
        before = now
    raise AssertionError("the map keeps moving")


def _told(page, words):
    page.get_by_text(words).wait_for(timeout=ENOUGH)


def _drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    for step in range(1, 11):
        share = step / 10
        page.mouse.move(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))
    page.mouse.up()


def _at(place, *, right=0, down=0):
    return place["x"] + right, place["y"] + down


def _width(places):
    return places["b/Bill"]["x"] - places["a/Cart"]["x"]


def test_graph__opened__draws_all_nodes_with_nothing_from_elsewhere(opened):
    page = opened()
    assert page.locator('[data-part="map"]').get_attribute("data-drawn") == "8"
    assert page.foreign == []
    assert page.said == []


def test_graph__a_unit_clicked__is_told_to_python(opened):
    page = opened()
    page.mouse.click(*_at(_places(page)["b/Tax"]))
    _told(page, "told: picked b/Tax")


def test_graph__an_edge_pointed_at__shows_its_exact_figure(opened):
    page = opened()
    places = _places(page)
    middle = (places["a/Order"]["x"] + places["b/Bill"]["x"]) / 2
    page.mouse.move(middle, places["a/Order"]["y"])
    page.locator('[data-part="told"]', has_text="a/Order to b/Bill: 7").wait_for(timeout=ENOUGH)


def test_graph__a_unit_dragged_to_another_service__is_told_and_drawn_there(opened):
    page = opened()
    places = _places(page)
    _drag(page, _at(places["a/Order"]), _at(places["billing"]))
    _told(page, "told: moved a/Order to billing")
    assert _still(page)["a/Order"]["parent"] == "billing"


def test_graph__a_move_that_python_does_not_follow__is_taken_back(opened):
    page = opened("?refuse")
    before = _places(page)
    _drag(page, _at(before["a/Order"]), _at(before["billing"]))
    _told(page, "told: moved a/Order to billing")
    page.wait_for_timeout(5500)
    assert _still(page) == before


def test_graph__a_unit_dropped_beside_all_services__goes_back(opened):
    page = opened()
    before = _places(page)
    _drag(page, _at(before["a/Order"]), _at(before["stock"], right=350))
    assert _still(page) == before


def test_graph__a_locked_unit_dragged__stays_in_its_service(opened):
    page = opened()
    places = _places(page)
    _drag(page, _at(places["c/Stock"]), _at(places["billing"]))
    assert _still(page)["c/Stock"]["parent"] == "stock"
    assert page.get_by_text("moved c/Stock").count() == 0


def test_graph__a_service_dragged__moves_alone_and_stays_there_after_other_data(opened):
    page = opened()
    before = _places(page)
    _drag(page, _at(before["stock"], right=-60, down=42), _at(before["stock"], right=-260))
    after = _still(page)
    moved = {name for name, place in after.items() if place != before[name]}
    assert moved == {"stock", "c/Stock"}
    _drag(page, _at(after["a/Order"]), _at(after["billing"]))
    _told(page, "told: moved a/Order to billing")
    assert _still(page)["c/Stock"] == after["c/Stock"]


def test_graph__other_data__keeps_the_zoom(opened):
    page = opened()
    page.get_by_role("button", name="Zoom out").click()
    before = _still(page)
    _drag(page, _at(before["a/Order"]), _at(before["billing"]))
    _told(page, "told: moved a/Order to billing")
    assert _width(_still(page)) == pytest.approx(_width(before))


def test_graph__a_service_double_clicked__asks_to_close_it(opened):
    page = opened()
    corner = _at(_places(page)["billing"], right=-99, down=52)
    page.mouse.dblclick(*corner)
    _told(page, "toggled billing")
    assert "b/Bill" not in _still(page)


def test_graph__arrow_keys_and_enter__walk_and_select(opened):
    page = opened()
    page.locator('[data-part="map"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator('[data-part="live"]').text_content() == "Bill · b/Bill"
    page.keyboard.press("Enter")
    _told(page, "told: picked b/Bill")


def test_graph__walked_to_what_is_out_of_sight__brings_it_into_the_map(opened):
    page = opened()
    page.locator('[data-part="map"]').focus()
    page.keyboard.press("ArrowRight")
    for _ in range(8):
        page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    place, frame = _still(page)["b/Bill"], page.locator('[data-part="map"]').bounding_box()
    assert 0 < place["x"] - frame["x"] < frame["width"]


@pytest.mark.parametrize("key", ["m", "M"])
def test_graph__m__says_where_one_moves_without_a_mouse(opened, key):
    page = opened()
    page.locator('[data-part="map"]').focus()
    page.keyboard.press(key)
    said = page.locator('[data-part="live"]').text_content()
    assert said == "Use the menus beside the graph to move a unit."


def test_graph__e_on_a_service__asks_to_close_it(opened):
    page = opened()
    page.locator('[data-part="map"]').focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "e"):
        page.keyboard.press(key)
    _told(page, "told: toggled billing")


def test_graph__buttons__zoom_in_and_fit_again(opened):
    page = opened()
    before = _width(_places(page))
    page.get_by_role("button", name="Zoom in").click()
    assert _width(_still(page)) == pytest.approx(1.25 * before)
    page.get_by_role("button", name="Fit").click()
    assert _width(_still(page)) == pytest.approx(before)


def test_graph__names_that_are_markup__stay_text(opened):
    page = opened("?evil")
    page.mouse.move(*_at(_places(page)["a/Order"]))
    told = page.locator('[data-part="told"]', has_text="<img src=x")
    told.wait_for(timeout=ENOUGH)
    assert told.locator("*").count() == 0
    assert page.title() != "taken"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_graph__for_axe__has_nothing_serious(opened, scheme):
    page = opened(color_scheme=scheme)
    page.mouse.click(*_at(_places(page)["a/Order"]))
    _told(page, "told: picked a/Order")
    violations = Axe().run(page, context=".st-key-map").response
    grave = [v for v in violations["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in grave] == []


def test_graph__a_thousand_units__are_drawn_and_moved_within_seconds(opened):
    started = time.perf_counter()
    page = opened("?units=1000")
    drawn = time.perf_counter() - started
    places = _places(page)
    _drag(page, _at(places["u0"]), _at(places["s1"]))
    dropped = time.perf_counter()
    page.get_by_text("told: moved u0 to s1").wait_for(timeout=PATIENCE)
    told = time.perf_counter() - dropped
    assert _still(page)["u0"]["parent"] == "s1"
    assert (drawn < 30, told < 15) == (True, True), (drawn, told)


def test_graph__more_nodes_than_can_be_read__is_refused():
    nodes = [Node(str(at), "") for at in range(MOST_NODES + 1)]
    with pytest.raises(ValueError, match="1501 nodes"):
        graph(nodes, [], key="map", words=dict.fromkeys(WORDS, ""))
