"""The rules of a gate as an OSCAL catalog."""

import json

from gate_reports import gate_report
from oscal_schemas import problems

from assessor.model.gate_report import ToldDomain, ToldPack, ToldRule
from assessor.render.to_catalog import to_catalog

WORDS = {"oscal.catalog": "Rules of cloud-native maturity"}
RULE = ToldRule(
    id="CTR-01",
    pack="CTR",
    domain="image",
    title="Small images",
    why="Small images start faster.",
    remedy="Build in several stages.",
    effort="2 h per image",
    standard="CTR",
    clause="Images",
    source="reconstructed",
    severity="major",
    applicable=True,
    level=2,
    potential=3,
    wanted=2.0,
)
PACK = ToldPack(
    "CTR", "Containers", "2026.1", 2, 2.4, 0.75, (ToldDomain("image", "Images", 2, 2),)
)


def _written(**changes):
    return to_catalog(
        gate_report(**{"packs": (PACK,), "rules": (RULE,), "words": WORDS} | changes)
    )


def _catalog(**changes):
    return json.loads(_written(**changes))["catalog"]


def test_to_catalog__packs_domains_and_rules__are_groups_in_groups_with_controls():
    (pack,) = _catalog()["groups"]
    (domain,) = pack["groups"]
    (control,) = domain["controls"]
    assert (pack["id"], pack["title"]) == ("ctr", "Containers")
    assert (domain["id"], domain["title"]) == ("ctr.image", "Images")
    assert (control["id"], control["title"]) == ("CTR-01", "Small images")


def test_to_catalog__a_rule__has_its_reason_as_statement_and_its_remedy_as_guidance():
    (control,) = _catalog()["groups"][0]["groups"][0]["controls"]
    assert control["parts"] == [
        {"id": "CTR-01_smt", "name": "statement", "prose": "Small images start faster."},
        {"id": "CTR-01_gdn", "name": "guidance", "prose": "Build in several stages."},
    ]


def test_to_catalog__a_rule__tells_where_it_comes_from_and_what_it_costs():
    (control,) = _catalog()["groups"][0]["groups"][0]["controls"]
    assert {each["name"]: each["value"] for each in control["props"]} == {
        "label": "CTR-01",
        "source": "reconstructed",
        "standard": "CTR",
        "clause": "Images",
        "effort": "2 h per image",
        "severity": "major",
    }


def test_to_catalog__an_id_of_two_packs__is_made_unique_and_rules_stand_once():
    groups = _catalog(packs=(PACK, PACK))["groups"]
    assert [group["id"] for group in groups] == ["ctr", "ctr_2"]
    assert [group["groups"][0]["id"] for group in groups] == ["ctr.image", "ctr_2.image"]
    assert ["controls" in group["groups"][0] for group in groups] == [True, False]


def test_to_catalog__a_gate__keeps_to_the_schema():
    assert problems(_written(), model="catalog") == []


def test_to_catalog__a_schema_that_is_broken__is_noticed():
    broken = _written().replace(b'"CTR-01"', b'"1 CTR"')
    assert problems(broken, model="catalog") != []


def test_to_catalog__no_packs_and_a_folder__keep_to_the_schema():
    written = _written(packs=(), rules=(), head="", dated="", repository="")
    assert problems(written, model="catalog") == []
    assert json.loads(written)["catalog"]["metadata"]["last-modified"] == "1970-01-01T00:00:00Z"


def test_to_catalog__other_commits_with_the_same_rules__have_the_same_uuid():
    assert _catalog(head="a" * 40)["uuid"] == _catalog(head="b" * 40)["uuid"]


def test_to_catalog__another_rule__gives_another_uuid():
    assert _catalog()["uuid"] != _catalog(rules=())["uuid"]


def test_to_catalog__markup_and_controls__stay_text():
    written = _written(repository='<b>\n"shop"')
    assert problems(written, model="catalog") == []
    title = json.loads(written)["catalog"]["metadata"]["title"]
    assert title == '\\<b\\>\ufffd"shop": Rules of cloud-native maturity'
