"""Services: what stands beside the graph, which only a browser draws."""

import csv
import io
import subprocess

import pytest
from unit.app.conftest import audited_into
from unit.app.test_overview import texts

from assessor.app.cuts import listing
from assessor.model.decisions import Constraints
from assessor.model.stored import EVERYWHERE
from assessor.render.tables import to_csv
from assessor.store import comments, partitions, people, projects, runs
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow
NOW = "2026-11-03T10:00:00Z"


@pytest.fixture
def head(store):
    return runs.runs(store, SYSTEM, project="shop")[0]


@pytest.fixture
def found(store, head):
    return runs.assessment(store, SYSTEM, head.id)


@pytest.fixture
def cut(found):
    return {service.name: service.units for service in found.partition.services}


@pytest.fixture
def money(cut):
    """A unit of the service that is called order."""
    return next(unit for unit in cut["order"] if unit.endswith("Money.java"))


def figures(page):
    return {metric.label: (metric.value, metric.delta) for metric in page.metric}


def button(page, key):
    return next(each for each in page.button if each.key == key)


def moved(page, unit, to):
    """The unit put into a service by the menus, as the keyboard does it."""
    opened = page("services", unit=unit)
    menu = next(each for each in opened.selectbox if each.label == "Move to")
    menu.set_value(to).run()
    return next(each for each in opened.button if each.label == "Move (1)").click().run()


def saved(opened, name):
    """The draft saved under a name."""
    opened.segmented_control(key="services-part").set_value("saved").run()
    opened.text_input(key="save-name").set_value(name)
    return next(each for each in opened.button if each.label == "Save").click().run()


def test_services__opened__shows_the_figures_of_the_run(page, found):
    opened = page("services")
    assert not opened.exception
    shown = figures(opened)
    assert shown["Services"] == (str(len(found.partition.services)), "")
    assert shown["References across"][0] == str(
        sum(tie.references for tie in found.coupling.services)
    )
    assert shown["Units elsewhere"][0] == "0"
    assert "No step was taken yet." in texts(opened)


@pytest.mark.parametrize("part", ["services", "changes", "constraints", "saved"])
@pytest.mark.parametrize(("lang", "title"), [("en", "Services"), ("zh", "服务")])
def test_services__each_part__is_drawn_in_both_languages(page, lang, title, part):
    opened = page("services", lang=lang, show=part)
    assert not opened.exception
    assert not opened.error
    assert opened.title[0].value == title


def test_services__a_unit_in_the_address__says_why_it_is_where_it_is(page, money):
    opened = page("services", unit=money)
    assert not opened.exception
    assert opened.selectbox(key="services-unit").value == money
    assert "It is tied most to order, where it is" in texts(opened)


def test_services__a_service_in_the_address__shows_its_units(page, cut):
    opened = page("services", service="payment")
    assert not opened.exception
    assert opened.selectbox(key="services-service").value == "payment"
    tables = [frame.value for frame in opened.dataframe]
    assert any(
        "Next service" in table.columns and len(table) == len(cut["payment"]) for table in tables
    )


def test_services__nonsense_in_the_address__does_no_harm(page):
    wrong = {"unit": "../../etc/passwd", "service": "<b>", "cut": "x", "show": "y", "open": "z"}
    opened = page("services", **wrong)
    assert not opened.exception
    assert not opened.error
    assert "No step was taken yet." in texts(opened)


def test_services__a_moved_unit__changes_the_figures_and_says_what_it_costs(page, money):
    opened = moved(page, money, "payment")
    assert not opened.exception
    shown = figures(opened)
    assert shown["Units elsewhere"][0] == "1"
    assert shown["References across"] == ("92", "+9")
    assert "Money → payment — +9 references across services" in texts(opened)
    assert "In payment; at the start it was in order." in texts(opened)


def test_services__undo_and_redo__take_the_step_back_and_again(page, money):
    opened = moved(page, money, "payment")
    button(opened, "draft-undo").click().run()
    assert figures(opened)["References across"] == ("83", "")
    button(opened, "draft-redo").click().run()
    assert figures(opened)["References across"] == ("92", "+9")
    button(opened, "draft-restart").click().run()
    assert figures(opened)["Units elsewhere"][0] == "0"


def test_services__another_number__cuts_the_dendrogram_anew(page):
    opened = page("services")
    opened.slider(key="services-count").set_value(2).run()
    assert not opened.exception
    assert figures(opened)["Services"] == ("2", "-3")
    assert "cut into 2 services" in texts(opened)


def test_services__a_new_service__is_made_by_moving_a_unit_there(page, money):
    opened = page("services", unit=money)
    menu = next(each for each in opened.selectbox if each.label == "Move to")
    menu.set_value("\n").run()
    name = next(each for each in opened.text_input if each.label == "Name of the new service")
    name.set_value("=bad").run()
    assert "A name begins with a letter or digit" in texts(opened)
    name.set_value("pricing").run()
    next(each for each in opened.button if each.label == "Move (1)").click().run()
    assert figures(opened)["Services"] == ("6", "+1")


def test_services__a_renamed_service__keeps_its_units(page):
    opened = page("services", service="order")
    opened.text_input(key="name-order").set_value("sales").run()
    button(opened, "rename").click().run()
    assert not opened.exception
    assert opened.selectbox(key="services-service").value == "sales"
    assert figures(opened)["Units elsewhere"][0] == "0"


def test_services__a_name_that_is_taken__is_not_offered(page):
    opened = page("services", service="order")
    opened.text_input(key="name-order").set_value("payment").run()
    assert "There is a service of that name." in texts(opened)
    assert button(opened, "rename").disabled


def test_services__merged__is_one_service_less(page):
    opened = page("services", service="payment")
    opened.selectbox(key="merge-payment").set_value("order").run()
    button(opened, "merge").click().run()
    assert figures(opened)["Services"] == ("4", "-1")
    assert opened.selectbox(key="services-service").value == "order"


def test_services__a_broken_constraint__is_named_and_can_be_mended(page, money):
    opened = moved(page, money, "payment")
    opened.segmented_control(key="services-part").set_value("constraints").run()
    assert "There are no constraints yet." in texts(opened)
    opened.selectbox(key="want-a").set_value(money).run()
    opened.selectbox(key="want-kind").set_value("pinned").run()
    opened.selectbox(key="want-b-True").set_value("order").run()
    button(opened, "want").click().run()
    assert "Money belongs to order, but is elsewhere." in texts(opened)
    button(opened, "respect").click().run()
    assert "but is elsewhere" not in texts(opened)
    assert figures(opened)["Units elsewhere"][0] == "0"


def test_services__saved__is_in_the_store_with_a_pin_and_in_the_address(page, store, head, money):
    opened = saved(moved(page, money, "payment"), "ours")
    assert not opened.exception
    assert "Saved as ours, version 1." in texts(opened)
    kept = partitions.partitions(store, SYSTEM, project="shop")
    assert [(each.name, each.version, each.base) for each in kept] == [("ours", 1, head.id)]
    assert money in kept[0].services["payment"]
    assert [(pin.unit, pin.service) for pin in kept[0].constraints.pinned] == [(money, "payment")]
    assert opened.query_params["cut"] in (kept[0].id, [kept[0].id])
    assert figures(opened)["References across"] == ("92", "")


def test_services__saved_without_a_name__is_refused(page):
    assert "Not saved: give the cut a name." in texts(saved(page("services"), " "))


@pytest.fixture
def kept(store, head, cut, money):
    """A saved cut: Money is in payment."""
    services = {name: tuple(u for u in units if u != money) for name, units in cut.items()}
    services["payment"] = (*services["payment"], money)
    return partitions.save_partition(
        store,
        SYSTEM,
        project="shop",
        base=head.id,
        name="<b>ours</b>",
        services=services,
        constraints=Constraints(),
        now=NOW,
    )


def test_services__a_saved_cut_in_the_address__is_the_start(page, kept):
    opened = page("services", cut=kept.id)
    assert not opened.exception
    assert figures(opened)["References across"] == ("92", "")
    assert figures(opened)["Units elsewhere"][0] == "0"


def test_services__a_cut_saved_on_an_earlier_run__is_opened_on_this_one(page, store, cut):
    earlier = runs.runs(store, SYSTEM, project="shop")[1]
    made = partitions.save_partition(
        store,
        SYSTEM,
        project="shop",
        base=earlier.id,
        name="before",
        services=cut,
        constraints=Constraints(),
        now=NOW,
    )
    opened = page("services", cut=made.id)
    assert not opened.exception
    assert figures(opened)["Services"][0] == "5"


def test_services__two_cuts__are_compared_with_the_units_that_differ(page, kept):
    opened = page("services", show="saved")
    opened.selectbox(key="compare-other").set_value(kept.id).run()
    assert not opened.exception
    assert "Units that are elsewhere: 1." in texts(opened)
    assert list(opened.dataframe[-1].value.iloc[0])[:3] == ["Money", "order", "payment"]


def test_services__an_accepted_cut__offers_to_audit_again_with_its_constraints(page, store, kept):
    partitions.accept(store, SYSTEM, kept.id, now=NOW)
    opened = page("services", show="saved")
    assert "New audits respect its constraints" in texts(opened)
    assert "<b>" not in texts(opened).replace("\\<b\\>", "")
    assert {"audit-again", "retract-cut"} <= {each.key for each in opened.button}
    button(opened, "retract-cut").click().run()
    assert partitions.accepted(store, SYSTEM, project="shop") is None


def test_services__the_file_for_the_command_line__names_units_and_services(page, cut):
    opened = page("services", show="saved")
    assert "`assessor baseline create --partition`" in texts(opened)
    files = [each for each in opened.get("download_button") if each.proto.label == "CSV"]
    assert len(files) == 1
    rows = list(csv.DictReader(io.StringIO(to_csv(listing(cut)).decode())))
    assert {row["unit"]: row["service"] for row in rows} == {
        unit: name for name, units in cut.items() for unit in units
    }


def _as(role, store, monkeypatch):
    """The page as somebody of that role sees it."""
    people.grant(store, SYSTEM, person="eve", project="shop", role=role, now=NOW)
    eve = people.visitor(store, "eve")
    assert EVERYWHERE not in eve.roles
    monkeypatch.setattr("assessor.app.access.who", lambda _store: eve)


def test_services__a_viewer__may_try_but_is_not_offered_to_save(
    page, store, money, kept, monkeypatch
):
    partitions.accept(store, SYSTEM, kept.id, now=NOW)
    _as("viewer", store, monkeypatch)
    opened = moved(page, money, "payment")
    assert figures(opened)["Units elsewhere"][0] == "1"
    opened.segmented_control(key="services-part").set_value("saved").run()
    assert "that takes the role assessor" in texts(opened)
    offered = {each.label for each in opened.button}
    assert not offered & {"Save", "Audit again with these", "Accept none"}


def test_services__an_assessor__is_not_offered_to_accept(page, store, kept, monkeypatch):
    partitions.accept(store, SYSTEM, kept.id, now=NOW)
    _as("assessor", store, monkeypatch)
    offered = {each.label for each in page("services", show="saved").button}
    assert {"Save", "Audit again with these"} <= offered
    assert "Accept none" not in offered


def test_services__comments__are_kept_by_service(page, store):
    comments.comment(
        store, SYSTEM, project="shop", subject="service:order", text="too big *", now=NOW
    )
    assert "too big \\*" in texts(page("services", service="order"))
    assert "too big" not in texts(page("services", service="payment"))


def test_services__a_repository_without_code__says_what_to_do(page, store, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "README.md").write_text("nothing to cut\n", "utf-8")
    made = projects.add_project(store, SYSTEM, name="texts", location=str(folder), now=NOW)
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "Say it")):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    audited_into(store, made.id, folder, now=NOW)
    opened = page("services", project=made.id)
    assert not opened.exception
    assert "This run found no code to cut into services." in texts(opened)
