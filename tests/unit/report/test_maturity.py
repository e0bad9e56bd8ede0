"""The rules of a standard to look through, and what lifting some of them moves."""

from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, domain, fact, pack, rule

from assessor.model.kept import Excerpt
from assessor.model.rules import Outcome
from assessor.report.maturity import chosen, moved, next_level, numbered, rules_table
from assessor.resources import wording

EN = wording("en")
OPEN = rule("R-1", condition("a"))
UNSEEN = rule("R-2", condition("b", Outcome.UNKNOWN), domain="e")
MANUAL = rule("R-3", condition("c", Outcome.MANUAL))
TOP = rule("R-4", level=5)
SIGNED = replace(rule("R-5", level=3), attested=True)
AWAY = rule("R-6", condition("d"), applicable=False, level=None)
PACK = pack("CTR", OPEN, UNSEEN, MANUAL, TOP, SIGNED, AWAY, domains=(domain("d"), domain("e")))


@pytest.mark.parametrize(
    ("state", "ids"),
    [
        ("all", ["R-1", "R-2", "R-3", "R-4", "R-5", "R-6"]),
        ("open", ["R-1"]),
        ("unseen", ["R-2", "R-3"]),
        ("attested", ["R-5"]),
    ],
)
def test_chosen__a_state__is_that_of_each_rule(state, ids):
    assert [each.id for each in chosen(PACK, state=state)] == ids


def test_chosen__a_domain__leaves_the_others_out():
    assert [each.id for each in chosen(PACK, domain="e")] == ["R-2"]


def test_rules_table__a_rule_at_the_top__costs_nothing_more():
    facts = {name: fact(name) for name in "abcd"}
    table = rules_table((OPEN, TOP), facts, wording=EN)
    assert [[row[0].text, row[1].text, row[3].text] for row in table.rows] == [
        ["R-1 title of R-1 in English", "1", "2 h per image in English"],
        ["R-4 title of R-4 in English", "5", "–"],
    ]


def test_rules_table__a_reconstructed_rule__has_a_mark():
    table = rules_table((rule("R-7", status="reconstructed"),), {}, wording=EN)
    assert table.rows[0][0].text.endswith("*")


def test_next_level__several_conditions_missing__is_the_lowest():
    assert next_level(rule("R", condition("a", level=4), condition("b", level=3))) == 3
    assert next_level(TOP) is None


def test_moved__a_level_that_rose__is_told_for_pack_domain_and_rule():
    before = assessment(pack("CTR", rule("R-1", level=1), claimable=1, indicative=1.0))
    after = assessment(
        pack(
            "CTR",
            rule("R-1", level=3),
            claimable=3,
            indicative=3.0,
            domains=(domain("d", claimable=3),),
        )
    )
    rows = [[cell.text for cell in row] for row in moved(before, after, wording=EN).rows]
    assert [row[1:] for row in rows] == [["1", "3"], ["1.0", "3.0"], ["1", "3"], ["1", "3"]]
    assert rows[3][0] == "R-1 title of R-1 in English"


def test_moved__nothing_different__has_no_row():
    assert moved(assessment(PACK), assessment(PACK), wording=EN).rows == ()


def test_numbered__a_place__has_the_mark_and_every_line_its_number():
    excerpt = Excerpt("a.py", 10, 9, ("one", "two", ""))
    assert numbered(excerpt) == "   9  one\n▶ 10  two\n  11"
