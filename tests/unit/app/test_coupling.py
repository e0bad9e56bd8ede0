"""Coupling: what stands beside the graph, which only a browser draws."""

import pytest
from unit.app.test_overview import texts

from assessor.store import runs
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
    assert len(opened.dataframe[1].value) == len(found.partition.services)


def test_coupling__a_unit_in_the_address__shows_its_exact_ties(page, found):
    unit = found.partition.services[0].units[0]
    opened = page("coupling", unit=unit)
    assert not opened.exception
    assert opened.selectbox(key=f"node-{unit}").value == unit
    assert list(opened.dataframe[0].value.columns) == [
        "Service",
        "References to it",
        "References from it",
        "Coupling",
    ]


def test_coupling__a_service_in_the_address__shows_the_references_behind_its_ties(page, found):
    name = found.coupling.services[0].source
    opened = page("coupling", service=name)
    references = opened.dataframe[1].value
    assert references["References"].astype(int).sum() >= found.coupling.services[0].references


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
    opened = page("coupling", open=found.partition.services[0].name)
    assert not opened.exception
    assert "Open one or two services" not in texts(opened)


def test_coupling__another_weight__is_drawn_without_an_error(page):
    opened = page("coupling", kind="coupling")
    opened.slider(key="weight-vocabulary").set_value(2.0).run()
    assert not opened.exception


def test_coupling__in_chinese__speaks_chinese(page):
    assert page("coupling", lang="zh").title[0].value == "耦合"
