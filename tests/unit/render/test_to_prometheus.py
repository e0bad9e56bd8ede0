"""A gate as metrics, read by Prometheus' own parser."""

import pytest
from gate_reports import gate_report
from prometheus_client.parser import text_string_to_metric_families

from assessor.model.assessment import Tool
from assessor.model.gate_report import (
    ToldCondition,
    ToldDomain,
    ToldFinding,
    ToldPack,
    ToldWaiver,
)
from assessor.model.rules import Outcome
from assessor.render.to_prometheus import to_prometheus

PACK = ToldPack(
    "CTR",
    "Containers",
    "2026.1",
    claimable=None,
    indicative=2.4,
    coverage=0.25,
    domains=(ToldDomain("image", "Images", 1, None),),
)


def _samples(name, **changes):
    """(labels but the repository, value) of each sample of that name."""
    written = to_prometheus(gate_report(**changes)).decode()
    return [
        ({k: v for k, v in sample.labels.items() if k != "repository"}, sample.value)
        for family in text_string_to_metric_families(written)
        for sample in family.samples
        if sample.name == name
    ]


def test_to_prometheus__levels__are_those_that_are_known():
    assert _samples("assessor_level", packs=(PACK,)) == [
        ({"pack": "CTR", "domain": "", "measure": "indicative"}, 2.4),
        ({"pack": "CTR", "domain": "image", "measure": "claimable"}, 1.0),
    ]


def test_to_prometheus__coverage_of_a_pack__is_a_ratio():
    assert _samples("assessor_pack_coverage_ratio", packs=(PACK,)) == [({"pack": "CTR"}, 0.25)]


def test_to_prometheus__read_files__are_a_ratio():
    found = _samples("assessor_readable_files_read_ratio", coverage=1 / 3)
    assert found == [({}, 0.333333333333)]


def test_to_prometheus__outcome__is_one_for_what_it_is_and_zero_for_the_others():
    assert _samples("assessor_gate_outcome", outcome=Outcome.NOT_MET) == [
        ({"outcome": "met"}, 0.0),
        ({"outcome": "not-met"}, 1.0),
        ({"outcome": "unknown"}, 0.0),
        ({"outcome": "not-applicable"}, 0.0),
        ({"outcome": "manual"}, 0.0),
    ]


def test_to_prometheus__conditions__are_counted_by_outcome():
    conditions = (
        ToldCondition("Level of CTR at least", "wanted 3, found 2", Outcome.NOT_MET),
        ToldCondition("Circles of units, at most", "wanted 0, found 1", Outcome.NOT_MET),
    )
    found = _samples("assessor_gate_conditions", conditions=conditions)
    assert ({"outcome": "not-met"}, 2.0) in found
    assert ({"outcome": "met"}, 0.0) in found


def test_to_prometheus__findings__are_counted_by_severity_state_and_waiver():
    findings = (
        ToldFinding("CTR-01", "x", "major", "new", "a", 1, "1" * 32),
        ToldFinding("CTR-01", "x", "major", "new", "b", 1, "2" * 32),
        ToldFinding("CTR-01", "x", "major", "new", "c", 1, "3" * 32, waiver="accepted"),
    )
    found = _samples("assessor_findings", findings=findings)
    assert ({"severity": "major", "state": "new", "waived": "false"}, 2.0) in found
    assert ({"severity": "major", "state": "new", "waived": "true"}, 1.0) in found


def test_to_prometheus__no_findings__is_a_zero_for_each_kind():
    found = _samples("assessor_findings", findings=())
    assert [value for _, value in found] == [0.0] * 24


def test_to_prometheus__waivers__have_a_sample_for_each_state():
    waiver = ToldWaiver("CTR-01", "expired", "expired", "waivers.yaml", 2)
    assert _samples("assessor_waivers", waivers=(waiver,)) == [
        ({"state": "honoured"}, 0.0),
        ({"state": "expiring"}, 0.0),
        ({"state": "expired"}, 1.0),
        ({"state": "unmatched"}, 0.0),
        ({"state": "pending"}, 0.0),
        ({"state": "malformed"}, 0.0),
    ]


def test_to_prometheus__the_tool__is_told_with_its_version():
    assert _samples("assessor_build_info", tool=Tool("assessor", "1.2.3")) == [
        ({"version": "1.2.3"}, 1.0)
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [('a"b\\n', 'a"b\\n'), ('x"} 9\nassessor_level 5', 'x"} 9\ufffdassessor_level 5'), ("", "")],
)
def test_to_prometheus__the_repository__is_a_label_of_every_sample(name, label):
    written = to_prometheus(gate_report(repository=name)).decode()
    labels = {
        sample.labels["repository"]
        for family in text_string_to_metric_families(written)
        for sample in family.samples
    }
    assert labels == {label}


def test_to_prometheus__the_text__has_help_and_type_before_samples_without_a_time():
    written = to_prometheus(gate_report(repository="shop", coverage=0.5)).decode()
    assert written.endswith("\n")
    lines = written.splitlines()
    start = lines.index("# TYPE assessor_readable_files_read_ratio gauge")
    assert lines[start - 1].startswith("# HELP assessor_readable_files_read_ratio ")
    assert lines[start + 1] == 'assessor_readable_files_read_ratio{repository="shop"} 0.5'
