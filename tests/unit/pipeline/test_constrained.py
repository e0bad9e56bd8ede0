"""Constraints move the shown cut, and no fact or level with it."""

from dataclasses import replace

import pytest

from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.collect.saved import parse
from assessor.model.decisions import Broken, Constraints, Decisions, Pin
from assessor.render.to_json import to_json
from assessor.resources import packaged

OPTIONS = pipeline.Options()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", made)
    return made


@pytest.fixture(scope="module")
def free(folder):
    return pipeline.audit(folder, options=OPTIONS)


@pytest.fixture(scope="module")
def pinned(free):
    """The first unit of the first service, pinned into the second one."""
    first, second, *_ = free.partition.services
    return Constraints(pinned=(Pin(first.units[0], second.name, second.units),))


@pytest.fixture(scope="module")
def full(folder, pinned):
    with open_source(folder) as source:
        decisions = Decisions(constraints=pinned)
        return pipeline.full(source, pipeline.rules(None), options=OPTIONS, decisions=decisions)


def _home(found, unit):
    return next(each.name for each in found.partition.services if unit in each.units)


def test_full__pinned_unit__is_in_its_service(full, pinned):
    [pin] = pinned.pinned
    assert _home(full.assessment, pin.unit) == pin.service
    assert full.assessment.partition.constraints == pinned
    assert full.assessment.partition.broken == ()


def test_full__pinned_unit__moves_no_fact_and_no_level(full, free):
    assert (full.assessment.facts, full.assessment.packs) == (free.facts, free.packs)


def test_full__kept__has_both_cuts(full, free):
    natural = {each.name: each.units for each in full.kept.seen.natural.services}
    assert natural == {each.name: each.units for each in free.partition.services}
    assert full.kept.seen.partition != full.kept.seen.natural


def test_recut__to_the_natural_cut__breaks_the_pin(full, pinned):
    again = pipeline.recut(full.assessment, full.kept, full.kept.seen.natural)
    [pin] = pinned.pinned
    assert [(each.kind, each.a) for each in again.partition.broken] == [("pinned", pin.unit)]


def test_recut__to_the_cut_it_has__changes_nothing(full):
    assert pipeline.recut(full.assessment, full.kept, full.kept.seen.partition) == full.assessment


def test_saved__constraints__come_back_as_they_were(full):
    unit = full.assessment.partition.constraints.pinned[0].unit
    cut = replace(full.assessment.partition, broken=(Broken("pinned", unit, "x"),))
    content = to_json(replace(full.assessment, partition=cut))
    assert parse(content, place="x").partition.constraints == cut.constraints
    assert to_json(parse(content, place="x")) == content
