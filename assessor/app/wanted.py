"""What the cut has to respect: constraints listed, added, dropped, and kept by a step."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from assessor.app import blocks, drafting
from assessor.app.context import Context
from assessor.app.draft import Drop, Respect, Want
from assessor.model import assessment as doc
from assessor.model.decisions import Broken, ConstraintKind, Constraints
from assessor.model.view import Table
from assessor.partition.constraining import broken
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report import constraints
from assessor.report.compared import shifts
from assessor.report.wording import short

_KINDS: tuple[ConstraintKind, ...] = get_args(ConstraintKind)
_NAMED = 8  # broken constraints that are named; the table has them all


def warned(context: Context, draft: drafting.Draft) -> None:
    """Each constraint that the draft breaks, and a button to mend that."""
    found = broken(draft.now.cut, draft.now.constraints)
    if not found:
        return
    lines = [f"- {escaped(_told(context, each))}" for each in found[:_NAMED]]
    if len(found) > _NAMED:
        lines.append(f"- {context.say('app.services.broken.more', count=len(found) - _NAMED)}")
    head = context.say("app.services.broken", count=len(found))
    st.warning("\n".join([f"**{head}**", "", *lines]), icon=":material/link_off:")
    st.button(
        context.say("app.services.respect"),
        icon=":material/build:",
        help=context.say("app.services.respect.help"),
        on_click=drafting.take,
        args=(draft, Respect()),
        key="respect",
    )


def _told(context: Context, each: Broken) -> str:
    other = short(each.b) if each.kind != "pinned" else each.b or context.say("compared.none")
    return context.say(f"app.services.broken.{each.kind}", a=short(each.a), b=other)


def draw(context: Context, draft: drafting.Draft, cut: doc.Partition | None) -> None:
    """All constraints with what came of them. cut: as it stands in the run's document."""
    st.caption(context.say("app.services.wanted.what"))
    elsewhere = len(shifts(draft.start.cut, draft.now.cut))
    if elsewhere:
        st.caption(context.say("app.services.wanted.moved", count=elsewhere))
    found = draft.now.constraints
    if cut is not None:
        missed = broken(draft.now.cut, found)
        told = replace(cut, constraints=found, broken=missed)
        for block in constraints.blocks(told, context.wording):
            narrow = replace(block, wide=()) if isinstance(block, Table) else block
            blocks.blocks([narrow], key="wanted")
    every = _every(found)
    if every:
        _dropped(context, draft, every)
    else:
        st.info(context.say("app.services.wanted.none"))
    _added(context, draft)


def _every(found: Constraints) -> list[Drop]:
    pins = [Drop("pinned", pin.unit, pin.service) for pin in found.pinned]
    pairs = [Drop("together", *pair) for pair in found.together]
    return [*pins, *pairs, *(Drop("apart", *pair) for pair in found.apart)]


def _dropped(context: Context, draft: drafting.Draft, every: list[Drop]) -> None:
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    at = left.selectbox(
        context.say("app.services.wanted.which"),
        range(len(every)),
        format_func=lambda at: _line(context, every[at]),
        key=f"drop-{len(draft.steps)}",
    )
    right.button(
        context.say("app.services.wanted.drop"),
        on_click=drafting.take,
        args=(draft, every[at]),
        key="drop",
        width="stretch",
    )


def _line(context: Context, each: Drop) -> str:
    kind = context.say(f"constraints.kind.{each.kind}")
    return visible(f"{each.a} · {kind} · {each.b or context.say('compared.none')}")


def _added(context: Context, draft: drafting.Draft) -> None:
    """A constraint more: its kind, a unit, and the other unit or the service."""
    st.markdown(f"**{context.say('app.services.wanted.new')}**")
    first, second, third, last = st.columns([3, 2, 3, 1], vertical_alignment="bottom")
    unit = first.selectbox(
        context.say("constraints.unit"),
        draft.coupling.units,
        index=None,
        format_func=visible,
        placeholder=context.say("app.services.unit.none"),
        key="want-a",
    )
    kind = second.selectbox(
        context.say("constraints.kind"),
        _KINDS,
        format_func=lambda each: context.say(f"constraints.kind.{each}"),
        key="want-kind",
    )
    names = sorted(service.name for service in draft.now.cut.services)
    other = third.selectbox(
        context.say("constraints.with"),
        names if kind == "pinned" else draft.coupling.units,
        index=None,
        format_func=visible,
        placeholder=context.say("app.services.unit.none"),
        key=f"want-b-{kind == 'pinned'}",
    )
    ready = unit is not None and other is not None and unit != other
    last.button(
        context.say("app.services.wanted.add"),
        disabled=not ready,
        on_click=drafting.take,
        args=(draft, Want(kind, unit or "", other or "")),
        key="want",
        width="stretch",
    )
