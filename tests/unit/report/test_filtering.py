"""What a reader chose of an assessment, as a document that still fits together."""

from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, fact, pack, rule

from assessor.collect.saved import parse
from assessor.model import assessment as doc
from assessor.render.to_json import to_json
from assessor.report.filtering import Filter, filtered

ONE = pack("CTR", rule("C-1", condition("a")))
OTHER = pack("MSP", rule("M-1", condition("b")))
FOUND = replace(
    assessment(ONE, OTHER, facts=(fact("a"), fact("b"))),
    provenance=doc.Provenance(
        (doc.PackVersion("CTR", "1", "x"), doc.PackVersion("MSP", "1", "y")), "d" * 64, {}
    ),
)


def test_filtered__nothing_chosen__is_all_of_it():
    assert filtered(FOUND, Filter()) is FOUND


def test_filtered__a_standard__comes_with_its_facts_alone():
    found = filtered(FOUND, Filter(packs=("MSP",)))
    assert [each.id for each in found.packs] == ["MSP"]
    assert [each.name for each in found.facts] == ["b"]
    assert [each.id for each in found.provenance.packs] == ["MSP"]


@pytest.mark.parametrize("packs", [("CTR",), ("MSP",), ("CTR", "MSP")])
def test_filtered__any_choice__can_be_read_back(packs):
    found = filtered(FOUND, Filter(packs=packs))
    assert parse(to_json(found), place="the file") == found
