"""Settings: roles are given and taken, the gate's policy is chosen, all of it is on record."""

import pytest
from unit.app.test_overview import texts

from assessor.store import settings
from assessor.store.people import SYSTEM, grants

pytestmark = pytest.mark.slow


def test_settings__opened__says_who_is_here_and_what_he_may(page):
    opened = page("settings")
    assert not opened.exception
    assert "administrator of this project" in texts(opened)


def test_settings__a_role_is_given__is_in_the_store_and_on_record(page, store):
    opened = page("settings")
    opened.text_input[0].set_value("bob@example.org")
    next(b for b in opened.button if b.label == "Give the role").click().run()
    assert not opened.exception
    given = [(each.person, each.role) for each in grants(store, SYSTEM)]
    assert ("bob@example.org", "viewer") in given
    assert "bob@example.org" in page("settings").dataframe[0].value["Person"].tolist()


def test_settings__nobody_has_a_role__says_so(page):
    assert "Nobody was given a role yet." in texts(page("settings"))


def test_settings__four_eyes_are_switched_on__holds_for_the_project(page, store):
    opened = page("settings")
    opened.toggle[0].set_value(True).run()
    assert settings.settings(store, SYSTEM, project="shop")["four_eyes"] is True


def test_settings__a_policy_is_chosen__holds_for_the_gate(page, store):
    opened = page("settings")
    policies = next(box for box in opened.selectbox if box.label == "Policy of the gate")
    policies.set_value("level-3").run()
    assert settings.settings(store, SYSTEM, project="shop")["policy"] == "level-3"


def test_settings__the_store__is_shown_without_a_password(page):
    shown = page("settings").dataframe[-1].value.astype(str).to_string()
    assert "sqlite:///" in shown


def test_settings__in_chinese__speaks_chinese(page):
    assert page("settings", lang="zh").title[0].value == "设置"
