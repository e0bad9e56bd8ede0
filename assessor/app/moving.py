"""A unit: why it is where it is, and another service for it."""

from collections.abc import Sequence

import streamlit as st

from assessor.app import blocks, choices, drafting, remarks
from assessor.app.context import Context, link
from assessor.app.draft import Move, named
from assessor.partition.moving import APART
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report.compared import shifts
from assessor.report.membership import Membership, membership, sentence, ties_table
from assessor.report.wording import share

UNIT = "services-unit"  # key of the widget that chooses the unit
_NEW = "\n"  # no service is called so


def draw(context: Context, draft: drafting.Draft) -> None:
    """A unit to choose, a service to put it into, and what ties it to each."""
    st.subheader(context.say("app.services.unit"), anchor="unit")
    choices.asked("unit", draft.now.cut.home, key=UNIT)
    unit = st.selectbox(
        context.say("app.services.unit.choose"),
        draft.coupling.units,
        format_func=visible,
        placeholder=context.say("app.services.unit.none"),
        key=UNIT,
    )
    choices.noted("unit", unit, key=UNIT)
    if unit is None:
        st.caption(context.say("app.services.unit.how"))
        return
    found = membership(draft.coupling, draft.now.cut, unit)
    st.markdown(escaped(_where(context, draft, found)))
    blocks.sentence(sentence(found, context.wording))
    others = (tie.service for tie in found.ties if tie.service not in {"", found.service})
    target(
        context,
        draft,
        (unit,),
        here=found.service,
        key=f"unit-{unit}",
        suggested=next(others, None),
    )
    blocks.table(ties_table(found, context.wording), key="unit-ties")
    with st.container(horizontal=True):
        link(context, "coupling", label=context.say("app.page.coupling"), icon="hub", unit=unit)
        link(
            context,
            "hotspots",
            label=context.say("app.page.hotspots"),
            icon="local_fire_department",
            unit=unit,
        )
    remarks.draw(context, subject=f"unit:{unit}")


def _where(context: Context, draft: drafting.Draft, found: Membership) -> str:
    """The service of the unit, and how sure that is where nobody moved it."""
    none = context.say("compared.none")
    where = found.service or none
    shift = next(
        (each for each in shifts(draft.start.cut, draft.now.cut) if each.unit == found.unit), None
    )
    if shift is not None:
        return context.say("app.services.unit.moved", service=where, before=shift.before or none)
    if found.confidence is None:
        return context.say("app.services.unit.put", service=where)
    sure = share(found.confidence)
    return context.say("app.services.unit.where", service=where, confidence=sure)


def target(
    context: Context,
    draft: drafting.Draft,
    units: Sequence[str],
    *,
    here: str,
    key: str,
    suggested: str | None = None,
) -> None:
    """A menu of services, also of a new one and of none, and a button that moves the units."""
    names = [each.name for each in draft.now.cut.services if each.name != here]
    options = [*sorted(names), _NEW, *([APART] if here != APART else [])]
    words = {_NEW: context.say("app.services.new"), APART: context.say("app.services.apart")}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    chosen = left.selectbox(
        context.say("app.services.target"),
        options,
        index=options.index(suggested) if suggested in options else None,
        format_func=lambda name: words.get(name, visible(name)),
        placeholder=context.say("app.services.target.none"),
        key=f"{key}-to-{here}",
    )
    to = chosen
    if chosen == _NEW:
        typed = left.text_input(context.say("app.services.new.name"), key=f"{key}-name")
        to = named(typed)
        if typed and not to:
            left.caption(context.say("app.services.name.bad"))
    right.button(
        context.say("app.services.move", count=len(units)),
        icon=":material/move_item:",
        disabled=to is None or not units or (chosen == _NEW and not to),
        on_click=drafting.take,
        args=(draft, Move(tuple(units), to or APART)),
        key=f"{key}-move",
        width="stretch",
    )
