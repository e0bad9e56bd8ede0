"""The services of the draft: their figures beside the start, and one of them with its units."""

import streamlit as st

from assessor.app import blocks, choices, drafting, moving, remarks
from assessor.app.context import Context, link
from assessor.app.draft import Merge, Rename, named
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report.comparison import services_table
from assessor.report.membership import units_table

SERVICE = "services-service"  # key of the widget that chooses the service


def draw(context: Context, draft: drafting.Draft) -> None:
    """All services in a table; below it the chosen one."""
    table = services_table(draft.coupling, draft.start.cut, draft.now.cut, wording=context.wording)
    services = draft.now.cut.services
    at = blocks.chosen_row(table, key="services-table")
    if choices.changed("services-row", at) and at is not None:
        choices.put("service", services[at].name)
    names = sorted(service.name for service in services)
    choices.asked("service", names, key=SERVICE)
    name = st.selectbox(
        context.say("services.name"),
        names,
        format_func=visible,
        placeholder=context.say("app.services.service.none"),
        key=SERVICE,
    )
    choices.noted("service", name, key=SERVICE)
    if name is None:
        st.caption(context.say("app.services.service.how"))
    else:
        _service(context, draft, name)


def _service(context: Context, draft: drafting.Draft, name: str) -> None:
    st.subheader(escaped(name), anchor="service")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _units(context, draft, name)
    with right:
        _called(context, draft, name)
        _joined(context, draft, name)
        link(
            context,
            "coupling",
            label=context.say("app.page.coupling"),
            icon="hub",
            service=name,
        )
        remarks.draw(context, subject=f"service:{name}")


def _units(context: Context, draft: drafting.Draft, name: str) -> None:
    """Its units to tick; those first that are tied more to another service."""
    table = units_table(draft.coupling, draft.now.cut, name, wording=context.wording)
    event = st.dataframe(
        blocks.frame(table),
        hide_index=True,
        width="stretch",
        column_config=blocks.columns(table),
        key=f"units-{draft.id}-{len(draft.steps)}-{name}",
        on_select="rerun",
        selection_mode="multi-row",
    )
    chosen = [table.rows[at][0].link for at in event["selection"]["rows"] if at < len(table.rows)]
    if chosen:
        moving.target(context, draft, chosen, here=name, key="units-target")
    else:
        st.caption(context.say("app.services.units.how"))


def _called(context: Context, draft: drafting.Draft, name: str) -> None:
    """A field for another name."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    typed = left.text_input(context.say("app.services.name"), name, key=f"name-{name}")
    new = named(typed)
    taken = new != name and any(each.name == new for each in draft.now.cut.services)
    if taken or (typed and not new):
        left.caption(context.say("app.services.name.taken" if taken else "app.services.name.bad"))
    right.button(
        context.say("app.services.rename"),
        disabled=not new or new == name or taken,
        on_click=_renamed,
        args=(draft, Rename(name, new)),
        key="rename",
        width="stretch",
    )


def _renamed(draft: drafting.Draft, step: Rename) -> None:
    drafting.take(draft, step)
    choices.put("service", step.new)


def _joined(context: Context, draft: drafting.Draft, name: str) -> None:
    """A menu of services to take this one up."""
    others = sorted(each.name for each in draft.now.cut.services if each.name != name)
    if not others:
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    into = left.selectbox(
        context.say("app.services.merge.into"), others, format_func=visible, key=f"merge-{name}"
    )
    right.button(
        context.say("app.services.merge"),
        on_click=_merged,
        args=(draft, Merge(name, into)),
        key="merge",
        width="stretch",
    )


def _merged(draft: drafting.Draft, step: Merge) -> None:
    drafting.take(draft, step)
    choices.put("service", step.into)
