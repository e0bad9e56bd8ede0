"""Coupling: what stands beside the graph, which only a browser draws."""

import pytest
from builders import repository
from unit.app.conftest import LATER, audited_into, choose
from unit.app.test_overview import texts

from assessor.model.decisions import Constraints
from assessor.store import partitions, projects, runs
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow


@pytest.fixture
def found(store):
    head = runs.runs(store, SYSTEM, project="shop")[0]
    return runs.assessment(store, SYSTEM, head.id)


def test_coupling__opened__has_all_ties_and_the_matrix_in_tables(page, found):
    opened = page("coupling")
    assert not opened.exception
    assert list(opened.dataframe[0].value.columns)[:3] == ["From", "To", "References"]
    assert len(opened.dataframe[0].value) == len(found.coupling.services)
    assert len(opened.dataframe[1].value) == len(found.partition.services)


def test_coupling__a_unit_in_the_address__shows_its_exact_ties(page, found):
    unit = found.partition.services[0].units[0]
    opened = page("coupling", unit=unit)
    assert not opened.exception
    assert opened.selectbox(key=f"node-{unit}").value == unit
    assert list(opened.dataframe[0].value.columns) == [
        "Service",
        "To it",
        "From it",
        "Coupling",
        "First seen at",
    ]
    assert list(opened.dataframe[1].value.columns)[1:] == [
        "co-change",
        "shared tables",
        "shared use",
        "references",
        "vocabulary",
    ]


def test_coupling__a_service_in_the_address__shows_the_references_behind_its_ties(page, found):
    name = found.coupling.services[0].source
    opened = page("coupling", service=name)
    references = opened.dataframe[2].value
    assert references["References"].astype(int).sum() >= found.coupling.services[0].references
    assert f"References of {name}, with the first line of each" in texts(opened)


def test_coupling__one_direction_in_the_address__has_only_those_references(page, found):
    tie = found.coupling.services[0]
    both = page("coupling", service=tie.source).dataframe[2].value
    out = page("coupling", service=tie.source, direction="out").dataframe[2].value
    assert 0 < len(out) < len(both)


def test_coupling__a_pair_of_services_chosen__shows_the_references_between_them(page, found):
    tie = found.coupling.services[0]
    opened = choose(page("coupling"), "pairs")
    assert not opened.exception
    assert f"References from {tie.source} to {tie.target}" in texts(opened)
    references = opened.dataframe[1].value["References"]
    assert references.astype(int).sum() == tie.references


def test_coupling__a_reference_chosen__shows_every_kind_of_it(page, found):
    name = found.coupling.services[0].source
    opened = choose(page("coupling", service=name), f"links-service:{name}")
    assert not opened.exception
    assert list(opened.dataframe[3].value.columns) == ["Kinds", "References", "Line"]


def test_coupling__a_node_chosen_in_the_menu__is_in_the_address(page, found):
    name = found.partition.services[0].name
    opened = page("coupling")
    opened.selectbox(key="node-").set_value(f"service:{name}").run()
    assert opened.query_params["service"] in (name, [name])


def test_coupling__nonsense_in_the_address__does_no_harm(page):
    opened = page("coupling", unit="../../etc/passwd", open="<b>", cut="x", kind="y", top="-3")
    assert not opened.exception
    assert "Select a service or a class" in texts(opened)


def test_coupling__opened_services__have_a_matrix_of_their_classes(page, found):
    service = found.partition.services[0]
    opened = page("coupling", open=service.name)
    assert not opened.exception
    assert "Open one or two services" not in texts(opened)
    names = {unit.rpartition("/")[2].partition(".")[0] for unit in service.units}
    drawn = [chart.proto.spec for chart in opened.get("plotly_chart")]
    assert any(all(f'"{name}"' in spec for name in names) for spec in drawn)


def test_coupling__another_weight__is_drawn_and_counted_without_an_error(page, found):
    name = found.coupling.services[0].source
    opened = page("coupling", kind="coupling", service=name)
    before = opened.dataframe[0].value["Coupling"].astype(float).sum()
    opened.slider(key="weight-vocabulary").set_value(2.0).run()
    assert not opened.exception
    assert opened.dataframe[0].value["Coupling"].astype(float).sum() > before


def test_coupling__a_weight_in_the_address__is_taken(page):
    opened = page("coupling", **{"weight-vocabulary": "0.0"})
    assert opened.slider(key="weight-vocabulary").value == 0.0


def test_coupling__a_saved_cut_in_the_address__is_the_one_that_is_drawn(page, store, found):
    units = found.partition.services[0].units
    made = partitions.save_partition(
        store,
        SYSTEM,
        project="shop",
        base=runs.runs(store, SYSTEM, project="shop")[0].id,
        name="Two",
        services={"one": units[:1], "other": units[1:]},
        constraints=Constraints(),
        now="2026-11-03T10:00:00Z",
    )
    opened = page("coupling", cut=made.id)
    assert not opened.exception
    assert set(opened.dataframe[0].value["From"]) <= {"one", "other"}


def test_coupling__changes_together__only_across_services_on_demand(page, found):
    opened = page("coupling")
    every = next(t.value for t in opened.dataframe if "Across services" in t.value.columns)
    opened.toggle(key="across").set_value(True).run()
    tables = [t.value for t in opened.dataframe if "Across services" in t.value.columns]
    shown = list(tables[0]["Across services"]) if tables else []
    assert shown == [each for each in every["Across services"] if "yes" in each]


def test_coupling__without_code__says_what_to_do(page, store, tmp_path):
    folder = tmp_path / "empty"
    repository(folder, [{"files": {"README.md": "# Nothing to run\n"}}])
    project = projects.add_project(store, SYSTEM, name="empty", location=str(folder), now=LATER)
    audited_into(store, project.id, folder, now=LATER)
    opened = page("coupling", project=project.id)
    assert not opened.exception
    assert "found no code that assessor reads" in opened.info[0].value


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_coupling__in_both_languages__speaks_it(page, found, lang):
    name = found.partition.services[0].name
    opened = page("coupling", lang=lang, service=name, open=name)
    assert not opened.exception
    assert opened.title[0].value == {"en": "Coupling", "zh": "耦合"}[lang]
