"""Attest: a question is answered, counts, moves the level, and can be taken back."""

import datetime as dt

import pytest
from unit.app.test_overview import texts

from assessor.store import decisions, settings
from assessor.store.people import SYSTEM, grant, visitor

pytestmark = pytest.mark.slow
NOW = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _yes_no(opened):
    """The row and the rule of the first question with yes or no."""
    table = opened.dataframe[0].value
    return table.iloc[0, 0].split()[0]


def _answered(page, rule):
    opened = page("attest", rule=rule)
    opened.radio[0].set_value(True)
    opened.text_area[0].set_value("The registry is our own and its tags cannot be moved.")
    opened.text_input[0].set_value("head of platform")
    next(b for b in opened.button if b.label == "Sign").click().run()
    return opened


@pytest.fixture
def rule(page):
    return _yes_no(page("attest"))


def test_attest__opened__lists_what_no_file_can_prove(page):
    opened = page("attest")
    assert not opened.exception
    assert "? not answered" in set(opened.dataframe[0].value["State"])


def test_attest__a_signed_answer__counts_and_says_how_the_level_moved(page, rule, store):
    opened = _answered(page, rule)
    assert not opened.exception
    said = opened.success[0].value.replace("\\", "")
    assert f"The level of {rule} stays 1, as this is missing too: Modules named after" in said
    [kept] = decisions.attestations(store, SYSTEM, project="shop")
    assert (kept.attestation.rule, kept.attestation.value) == (rule, True)
    assert "✓ counts" in set(page("attest").dataframe[0].value["State"])


def test_attest__an_answer_without_a_statement__is_not_signed(page, rule, store):
    opened = page("attest", rule=rule)
    opened.radio[0].set_value(True)
    next(b for b in opened.button if b.label == "Sign").click().run()
    assert "Not signed" in opened.error[0].value
    assert decisions.attestations(store, SYSTEM, project="shop") == ()


def test_attest__four_eyes__lets_an_answer_wait(page, rule, store):
    settings.change_setting(store, SYSTEM, project="shop", key="four_eyes", value=True, now=NOW)
    _answered(page, rule)
    assert "◐ waits for a second person" in set(page("attest").dataframe[0].value["State"])


def test_attest__confirmed_by_a_second_person__counts(page, rule, store):
    settings.change_setting(store, SYSTEM, project="shop", key="four_eyes", value=True, now=NOW)
    grant(store, SYSTEM, person="bob", project="shop", role="approver", now=NOW)
    _answered(page, rule)
    [kept] = decisions.attestations(store, SYSTEM, project="shop")
    decisions.confirm(store, visitor(store, "bob"), kept.attestation.id, now=NOW)
    assert "✓ counts" in set(page("attest").dataframe[0].value["State"])


def test_attest__no_answers_yet__says_so(page):
    assert "Nothing was answered yet." in texts(page("attest"))


def test_attest__no_waivers__says_so_and_what_they_are(page):
    said = texts(page("attest"))
    assert "There are no waivers." in said
    assert "never a level" in said


def test_attest__in_chinese__asks_in_chinese(page):
    assert "人工声明" in page("attest", lang="zh").title[0].value


def _proposed(page):
    opened = page("attest")
    opened.text_area[-1].set_value("The registry is being replaced.")
    next(b for b in opened.button if b.label == "Propose").click().run()
    return opened


def test_waiver__proposed_by_one_person_alone__counts_and_says_that_nobody_approved_it(page):
    assert not _proposed(page).exception
    waivers = page("attest").dataframe[-1].value
    assert list(waivers["State"]) == ["counts, not approved by anybody"]


def test_waiver__with_four_eyes__waits_for_a_second_person(page, store):
    settings.change_setting(store, SYSTEM, project="shop", key="four_eyes", value=True, now=NOW)
    _proposed(page)
    waivers = page("attest").dataframe[-1].value
    assert list(waivers["State"]) == ["waits for approval"]
