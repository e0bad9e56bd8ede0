"""Accepted gaps: they move the gate until their last day, and never a level."""

from datetime import timedelta
from typing import get_args

import streamlit as st

from assessor.app import blocks, data
from assessor.app.context import Context, now
from assessor.model.assessment import Assessment
from assessor.model.basis import Location
from assessor.model.gate import Waiver, WaiverReason
from assessor.model.stored import StoredWaiver
from assessor.model.view import Cell, Table
from assessor.store import decisions

_REASONS: tuple[WaiverReason, ...] = get_args(WaiverReason)


def draw(context: Context, found: Assessment) -> None:
    """The waivers of the project, and a form for one more."""
    assert context.project is not None  # noqa: S101 - there is a run
    st.caption(context.say("app.waivers.what"))
    known = decisions.waivers(context.store, context.who, project=context.project.id)
    if known:
        at = blocks.chosen_row(_table(context, known), key="waivers")
        if at is not None:
            _decide(context, known[at])
    else:
        st.info(context.say("app.waivers.none"))
    if context.may("assessor"):
        with st.expander(context.say("app.waivers.new"), icon=":material/add:"):
            _form(context, found)


def _table(context: Context, known: tuple[StoredWaiver, ...]) -> Table:
    heads = ("rule", "path", "reason", "text", "owner", "until", "state")
    rows = tuple(
        (
            Cell(each.waiver.rule),
            Cell(each.waiver.path or "*"),
            Cell(context.say(f"gate.waiver.reason.{each.waiver.reason}")),
            Cell(each.waiver.text),
            Cell(each.waiver.owner or each.made_by),
            Cell(each.waiver.expires),
            Cell(context.say(f"app.waivers.state.{_state(context, each)}")),
        )
        for each in known
    )
    return Table(tuple(context.say(f"app.waivers.{head}") for head in heads), rows, wide=(3,))


def _state(context: Context, each: StoredWaiver) -> str:
    if each.withdrawn_by:
        return "withdrawn"
    if each.waiver.expires < data.today().isoformat():
        return "expired"
    if each.waiver.approver:
        return "approved"
    return "proposed" if data.four_eyes(context) else "alone"


def _decide(context: Context, chosen: StoredWaiver) -> None:
    """Approve as a second person, or withdraw."""
    mine = chosen.made_by == context.who.name
    left, right = st.columns(2)
    if _state(context, chosen) in {"proposed", "alone"} and context.may("approver"):
        if mine:
            left.caption(context.say("app.attest.not-own"))
        elif left.button(context.say("app.waivers.approve"), icon=":material/done_all:"):
            decisions.approve_waiver(context.store, context.who, chosen.id, now=now())
            st.rerun()
    if (
        not chosen.withdrawn_by
        and (mine or context.may("approver"))
        and right.button(context.say("app.waivers.withdraw"), icon=":material/undo:")
    ):
        decisions.withdraw_waiver(context.store, context.who, chosen.id, now=now())
        st.rerun()


def _form(context: Context, found: Assessment) -> None:
    assert context.project is not None  # noqa: S101 - there is a run
    rules = {
        rule.id: f"{rule.id} {context.pick(rule.title)}"
        for pack in found.packs
        for rule in pack.rules
        if rule.applicable
    }
    with st.form("waiver", border=False, clear_on_submit=True):
        rule = st.selectbox(
            context.say("app.waivers.rule"), list(rules), format_func=rules.__getitem__
        )
        left, right = st.columns(2)
        reason = left.selectbox(
            context.say("app.waivers.reason"),
            _REASONS,
            format_func=lambda each: context.say(f"gate.waiver.reason.{each}"),
        )
        path = right.text_input(
            context.say("app.waivers.path"), help=context.say("app.waivers.path.help")
        )
        text = st.text_area(context.say("app.waivers.text"), max_chars=1000)
        left, right = st.columns(2)
        owner = left.text_input(context.say("app.waivers.owner"), max_chars=100)
        today = data.today()
        expires = right.date_input(
            context.say("app.waivers.until"),
            value=today + timedelta(days=90),
            min_value=today,
            max_value=today + timedelta(days=365),
        )
        if not st.form_submit_button(context.say("app.waivers.propose")):
            return
    if not text.strip():
        st.error(context.say("app.waivers.incomplete"), icon=":material/error:")
        return
    waiver = Waiver(
        rule=rule or "",
        reason=reason or "accepted-risk",
        text=text.strip(),
        expires=expires.isoformat(),
        place=Location("store"),
        path=path.strip(),
        owner=owner.strip(),
    )
    decisions.waive(
        context.store, context.who, project=context.project.id, waiver=waiver, now=now()
    )
    st.rerun()
