"""Services: the cut as a draft that people change, with what each change costs or gains."""

from collections.abc import Collection

import streamlit as st

from assessor.app import blocks, choices, cuts, data, drafting, mapping, members, moving, steps
from assessor.app import wanted as constraints
from assessor.app.context import Context
from assessor.app.draft import Move, Recut
from assessor.model.kept import Kept
from assessor.partition.recutting import most
from assessor.report.compared import Name, measures, renamed, shifts, ties
from assessor.report.comparison import (
    difference,
    figures_table,
    shifts_table,
    ties_table,
    value,
)
from assessor.report.network import SERVICE, Asked, services
from assessor.store import partitions

PARTS = ("services", "changes", "constraints", "saved")
_SHOWN: tuple[Name, ...] = (
    "services",
    "across",
    "icp",
    "sm",
    "modularity",
)  # figures on top; a table has them all
_LESS = frozenset({"across", "icp"})  # less of it is better
_TIES = 200
_SMALL = 120  # units that are all drawn at first
_COUNT = "services-count"  # key of the slider
_OPEN = "services-open"  # key of the widget that opens services
_PART = "services-part"


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    assert context.project is not None  # noqa: S101 - there is a run
    saved = partitions.partitions(context.store, context.who, project=context.project.id)
    if shown.kept.seen.coupling is None or shown.kept.seen.partition is None:
        st.info(context.say("app.services.no-code"))
        return
    st.caption(context.say("app.services.what"))
    left, right = st.columns([1, 1], gap="medium")
    with left:
        start = cuts.chosen(context, saved, label=context.say("app.services.start"))
    draft = drafting.draft(context, shown, start)
    if draft is None:
        return
    with right:
        _count(context, draft)
    steps.buttons(context, draft)
    steps.last(context, draft)
    _figures(context, draft)
    constraints.warned(context, draft)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(context, shown.kept, draft)
    with right:
        moving.draw(context, draft)
    match _part(context):
        case "changes":
            _changes(context, draft)
        case "constraints":
            constraints.draw(context, draft, shown.assessment.partition)
        case "saved":
            cuts.draw(context, shown, saved=saved, draft=draft)
        case _:
            members.draw(context, draft)


def _count(context: Context, draft: drafting.Draft) -> None:
    """A slider along the dendrogram."""
    finest = most(draft.now.cut)
    if finest < 2:  # noqa: PLR2004 - one is no choice
        return
    st.session_state[_COUNT] = min(len(draft.now.cut.services), finest)
    st.slider(
        context.say("app.services.count"),
        1,
        finest,
        key=_COUNT,
        help=context.say("app.services.count.help"),
        on_change=_recut,
        args=(draft,),
    )


def _recut(draft: drafting.Draft) -> None:
    drafting.take(draft, Recut(int(st.session_state[_COUNT])))


def _figures(context: Context, draft: drafting.Draft) -> None:
    """The figures of the draft with what they differ by from the start."""
    found = {each.name: each for each in measures(draft.coupling, draft.start.cut, draft.now.cut)}
    *columns, last = st.columns(len(_SHOWN) + 1)
    for column, name in zip(columns, _SHOWN, strict=True):
        measure = found[name]
        column.metric(
            context.say(f"compared.{name}"),
            value(measure),
            difference(measure, context.wording) or None,
            delta_color="off"
            if measure.tone == "plain"
            else ("inverse" if name in _LESS else "normal"),
            help=context.say(f"app.services.help.{name}"),
        )
    last.metric(
        context.say("app.services.elsewhere"),
        f"{len(shifts(draft.start.cut, draft.now.cut)):,}",
        help=context.say("app.services.help.elsewhere"),
    )


def _map(context: Context, kept: Kept, draft: drafting.Draft) -> None:
    """The graph: a unit that is dragged into another box is moved."""
    cut = draft.now.cut
    asked = _asked(context, draft)
    moved = frozenset(shift.unit for shift in shifts(draft.start.cut, cut))
    drawn = mapping.drawn(
        context, kept, cut, asked=asked, key="services-graph", moved=moved, movable=True
    )
    if drawn.network.left_units:
        st.warning(context.say("app.services.left-units", count=f"{drawn.network.left_units:,}"))
    if drawn.network.left_ties:
        st.caption(context.say("app.services.left-ties", count=f"{drawn.network.left_ties:,}"))
    events = drawn.events
    if events.moved is not None:
        to = events.moved.service.removeprefix(SERVICE)
        drafting.take(draft, Move((events.moved.unit,), to))
        choices.put("unit", events.moved.unit)
        st.rerun()
    if events.toggled:
        choices.put("open", sorted(asked.opened ^ {events.toggled.removeprefix(SERVICE)}))
        st.rerun()
    if events.picked is not None and events.picked != asked.selected:
        _picked(events.picked)
        st.rerun()


def _picked(node: str) -> None:
    """Puts the node that was picked in the graph into the address; "" = none."""
    service = node.removeprefix(SERVICE) if node.startswith(SERVICE) else ""
    choices.put("unit", "" if service else node)
    choices.put("service", service)
    if service:
        choices.put("show", "")


def _asked(context: Context, draft: drafting.Draft) -> Asked:
    """Which services are drawn with their units; the address keeps it."""
    names = {name: name or context.say("app.graph.shared") for name in services(draft.now.cut)}
    usual = list(names) if len(draft.coupling.units) <= _SMALL else []
    choices.several("open", names, key=_OPEN, usual=usual)
    opened = st.multiselect(
        context.say("app.services.opened"),
        list(names),
        format_func=lambda name: names.get(name, name),
        placeholder=context.say("app.services.opened.none"),
        key=_OPEN,
    )
    choices.noted("open", opened, key=_OPEN)
    return Asked(opened=frozenset(opened), selected=_focus(draft, names), since=draft.start.cut)


def _focus(draft: drafting.Draft, names: Collection[str]) -> str:
    """The node that the address names: a unit, or else a service."""
    unit, service = (st.query_params.get(name, "") for name in ("unit", "service"))
    if unit in draft.now.cut.home:
        return unit
    return f"{SERVICE}{service}" if service and service in names else ""


def _part(context: Context) -> str:
    choices.asked("show", PARTS, key=_PART, usual=PARTS[0])
    part = st.segmented_control(
        context.say("app.services.show"),
        PARTS,
        format_func=lambda each: context.say(f"app.services.part.{each}"),
        key=_PART,
        required=True,
        label_visibility="collapsed",
    )
    choices.noted("show", "" if part == PARTS[0] else part, key=_PART)
    return part or PARTS[0]


def _changes(context: Context, draft: drafting.Draft) -> None:
    """All that differs between the start and the draft."""
    heads = (context.say("compared.start"), context.say("compared.draft"))
    one, other = draft.start.cut, draft.now.cut
    moved = shifts(one, other)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{context.say('app.services.figures')}**")
        found = measures(draft.coupling, one, other)
        blocks.table(figures_table(found, context.wording, names=heads), key="changes-figures")
        st.markdown(f"**{context.say('app.services.elsewhere')}**")
        if moved:
            blocks.table(shifts_table(moved, context.wording, names=heads), key="changes-units")
        else:
            st.caption(context.say("app.services.moved", count=0))
    with right:
        st.markdown(f"**{context.say('ties.title')}**")
        before = renamed(ties(draft.coupling, one), one, other)
        after = ties(draft.coupling, other)
        table = ties_table(before, after, wording=context.wording, most=_TIES)
        blocks.table(table, key="changes-ties")
