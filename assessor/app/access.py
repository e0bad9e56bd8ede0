"""Who the visitor is: the one who started the app, or whoever an identity provider vouches for."""

import getpass
import os

import streamlit as st

from assessor.model.stored import EVERYWHERE, Visitor
from assessor.report.wording import Wording, say
from assessor.store.opening import Store
from assessor.store.people import visitor

VARIABLE = "ASSESSOR_AUTH"  # `oidc`, or `local`: only who started the app can reach it
ADMINS = "ASSESSOR_ADMINS"  # names with a comma between them, who may do everything
EMAILS = "ASSESSOR_EMAILS"  # `unverified` where the provider checks addresses but does not say so
OIDC = "oidc"


def shared() -> bool:
    """Whether several people use this app, each of whom has to sign in."""
    return os.environ.get(VARIABLE, "local") == OIDC


def present(wording: Wording) -> bool:
    """Whether somebody is there who is known; otherwise a page to sign in is drawn."""
    if not shared() or st.user.is_logged_in:
        return True
    st.title("assessor", anchor=False)
    st.write(say(wording, "app.login.why"))
    st.button(say(wording, "app.login"), on_click=st.login, type="primary")
    return False


def who(store: Store) -> Visitor:
    """The visitor with what he may do; what a provider says of roles is not asked."""
    if not shared():
        return Visitor(getpass.getuser(), {EVERYWHERE: "admin"})
    name = str(st.user.get("email") or "") if _vouched() else ""
    name = name or str(st.user.get("sub") or "")
    if name and name in {each.strip() for each in os.environ.get(ADMINS, "").split(",")}:
        return Visitor(name, {EVERYWHERE: "admin"})
    return visitor(store, name)


def _vouched() -> bool:
    """Whether the provider says that the address is the visitor's, or is trusted without that."""
    return st.user.get("email_verified") is True or os.environ.get(EMAILS) == "unverified"
