"""Who somebody is: an address only where the provider vouches for it."""

import pytest
import streamlit as st

from assessor.app import access
from assessor.model.stored import EVERYWHERE

pytestmark = pytest.mark.slow
ANN = "ann@example.org"


@pytest.fixture
def called(store, monkeypatch):
    """A function that gives the name of whoever signs in with these claims."""
    monkeypatch.setenv(access.VARIABLE, access.OIDC)
    monkeypatch.setenv(access.ADMINS, ANN)
    monkeypatch.delenv(access.EMAILS, raising=False)

    def name(**claims):
        monkeypatch.setattr(st, "user", {"sub": "s-1", "email": ANN, **claims})
        return access.who(store)

    return name


def test_who__an_address_that_is_vouched_for__is_the_name(called):
    assert called(email_verified=True).roles == {EVERYWHERE: "admin"}


@pytest.mark.parametrize("claim", [{}, {"email_verified": False}, {"email_verified": "false"}])
def test_who__an_address_that_nobody_vouches_for__is_not_the_name(called, claim):
    found = called(**claim)
    assert (found.name, dict(found.roles)) == ("s-1", {})


def test_who__a_provider_that_is_trusted__need_not_vouch(called, monkeypatch):
    monkeypatch.setenv(access.EMAILS, "unverified")
    assert called().name == ANN


def test_who__no_address__is_the_subject(called):
    assert called(email="", email_verified=True).name == "s-1"
