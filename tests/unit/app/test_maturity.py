"""Maturity: from a standard down to the line of code, and what lifting a rule would move."""

import pytest
from unit.app.test_overview import texts

pytestmark = pytest.mark.slow


def _rule_with_code(store):
    """A rule of the shop with a proof in a file."""
    from assessor.store import runs
    from assessor.store.people import SYSTEM

    head = runs.runs(store, SYSTEM, project="shop")[0]
    found = runs.assessment(store, SYSTEM, head.id)
    facts = {fact.name: fact for fact in found.facts}
    return next(
        rule
        for pack in found.packs
        for rule in pack.rules
        if rule.applicable
        and rule.missing
        and any(p.path and p.line for r in rule.outcomes for p in facts[r.fact].evidence)
    )


def test_maturity__opened__lists_the_rules_of_the_first_standard(page):
    opened = page("maturity")
    assert not opened.exception
    table = opened.dataframe[0].value
    assert list(table.columns)[:2] == ["Item", "Level"]
    assert len(table) > 3


def test_maturity__a_standard_in_the_address__is_the_one_that_is_shown(page):
    opened = page("maturity", pack="MSP")
    assert opened.dataframe[0].value.iloc[0, 0].startswith("MSP-")


def test_maturity__a_rule_in_the_address__is_shown_with_ladder_and_evidence(page, store):
    rule = _rule_with_code(store)
    opened = page("maturity", rule=rule.id)
    assert not opened.exception
    assert rule.id in [each.anchor for each in opened.subheader]
    said = texts(opened)
    assert rule.why.en.split(".")[0][:30] in said
    assert "Evidence" in said


def test_maturity__a_rule_that_is_not_there__does_no_harm(page):
    opened = page("maturity", rule="NO-99", pack="<script>")
    assert not opened.exception
    assert "Choose a row" in texts(opened)


def test_maturity__open_gaps__are_fewer_than_all(page):
    opened = page("maturity")
    every = len(opened.dataframe[0].value)
    opened.button_group(key="state").set_value("open").run()
    assert 0 < len(opened.dataframe[0].value) < every


def test_maturity__a_rule_is_ticked__shows_what_moves_and_can_be_cleared(page, store):
    rule = _rule_with_code(store)
    opened = page("maturity", rule=rule.id)
    opened.checkbox(key=f"if-shop-{rule.id}").check().run()
    assert not opened.exception
    assert f"Supposed: {rule.id} → " in texts(opened).replace("\\", "")
    clear = next(button for button in opened.button if button.label == "Clear")
    clear.click().run()
    assert "Supposed" not in texts(opened)


def test_maturity__a_comment__is_kept_and_shown(page, store):
    rule = _rule_with_code(store)
    opened = page("maturity", rule=rule.id)
    opened.text_area[0].set_value("Ask the *platform* team.")
    next(b for b in opened.button if b.label == "Add").click().run()
    assert not opened.exception
    assert "Ask the \\*platform\\* team." in texts(page("maturity", rule=rule.id))


def test_maturity__in_chinese__says_it_in_chinese(page, store):
    rule = _rule_with_code(store)
    said = texts(page("maturity", rule=rule.id, lang="zh"))
    assert rule.title.zh in said.replace("\\", "")
