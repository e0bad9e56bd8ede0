"""Hotspots: ranked, and what lies behind one of them."""

import pytest
from builders import repository
from unit.app.conftest import LATER, audited_into, choose
from unit.app.test_overview import texts

from assessor.store import jobs, projects, runs
from assessor.store.facts import unpacked
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow


@pytest.fixture
def hottest(store):
    head = runs.runs(store, SYSTEM, project="shop")[0]
    spots = unpacked(runs.tables(store, SYSTEM, head.id)).seen.hotspots
    return next(spot for spot in spots if spot.revisions > 1 and spot.complexity > 0)


def test_hotspots__opened__ranks_the_hottest_first(page, hottest):
    opened = page("hotspots")
    assert not opened.exception
    table = opened.dataframe[0].value
    assert table["Unit"].iloc[0] == "…/example/shop/service/OrderService.java"
    assert hottest.path.endswith(table["Unit"].iloc[0][1:])
    assert table["Score"].astype(float).is_monotonic_decreasing


def test_hotspots__a_unit_in_the_address__shows_functions_and_joint_changes(page, hottest):
    opened = page("hotspots", unit=hottest.path)
    assert not opened.exception
    assert "Functions, the most complex first" in texts(opened)
    assert hottest.path in [each.value.replace("\\", "") for each in opened.subheader]


def test_hotspots__below_them__tells_the_metrics_of_the_code(page):
    opened = page("hotspots", folder="no/such/folder")
    assert not opened.exception
    assert "Code metrics" in [each.value for each in opened.subheader]
    assert "Hard to follow: " in texts(opened)


def test_hotspots__a_row_chosen__is_in_the_address(page, hottest):
    opened = choose(page("hotspots"), "hot")
    assert not opened.exception
    assert opened.query_params["unit"] in (hottest.path, [hottest.path])


def test_hotspots__a_path_without_any__says_what_to_do(page):
    opened = page("hotspots", folder="no/such/folder")
    assert not opened.exception
    assert opened.info[0].value.startswith("There is no hotspot in these services")


def test_hotspots__services_in_the_address__leave_out_the_others(page, hottest):
    services = set(page("hotspots").dataframe[0].value["Service"]) - {"–"}
    one = min(services)
    opened = page("hotspots", **{"in": one})
    assert set(opened.dataframe[0].value["Service"]) == {one}


@pytest.mark.parametrize("group", ["service", "folder", "none"])
@pytest.mark.parametrize("size", ["complexity", "lines"])
def test_hotspots__every_way_to_draw_them__is_drawn(page, group, size):
    opened = page("hotspots", group=group, size=size)
    assert not opened.exception
    assert opened.segmented_control(key="hotspots-group").value == group


def test_hotspots__without_an_x_ray__offers_one(page):
    opened = page("hotspots")
    assert "did not look inside the hotspots" in texts(opened)
    assert "Audit with an X-ray of the 10 hottest" in [each.label for each in opened.button]


def test_hotspots__an_x_ray_asked_for__is_a_job(page, store):
    opened = page("hotspots")
    button = next(each for each in opened.button if "X-ray" in each.label)
    button.click().run()
    (job,) = jobs.jobs(store, SYSTEM, project="shop")
    jobs.cancel(store, SYSTEM, job.id, now=LATER)
    assert dict(job.options) == {"xray": 10}


def test_hotspots__with_an_x_ray__shows_what_it_found(page, store, shop):
    audited_into(store, "shop", shop, now="2026-11-03T10:00:00Z", xray=3)
    opened = page("hotspots")
    assert not opened.exception
    assert "did not look inside" not in texts(opened)
    assert "The X-ray found no methods that change together" in texts(opened)
    assert "Audit with an X-ray of the 10 hottest" not in [each.label for each in opened.button]


def test_hotspots__a_unit_that_is_not_there__says_so(page):
    opened = page(
        "hotspots", unit="no/such.java", size="x", group="<b>", hottest="-1", **{"in": "y"}
    )
    assert not opened.exception
    assert "no/such.java is no hotspot of this run" in texts(opened)


def test_hotspots__without_history__says_what_to_do(page, store, shop, tmp_path):
    folder = tmp_path / "young"
    repository(folder, [{"files": {"app.py": "def one(a):\n    return 1 if a else 2\n"}}])
    project = projects.add_project(store, SYSTEM, name="young", location=str(folder), now=LATER)
    audited_into(store, project.id, folder, now=LATER)
    opened = page("hotspots", project=project.id)
    assert not opened.exception
    assert opened.info[0].value.startswith("No unit with a decision in it was changed")


def test_hotspots__in_chinese__speaks_chinese(page, hottest):
    opened = page("hotspots", lang="zh", unit=hottest.path)
    assert not opened.exception
    assert opened.title[0].value == "热点"
