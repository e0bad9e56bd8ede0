"""Coupling: the graph of services and units, exact figures beside it, matrix, joint changes."""

from collections.abc import Collection, Mapping

import streamlit as st

from assessor import pipeline
from assessor.app import blocks, choices, cuts, data, drafting, mapping, tied, views
from assessor.app.context import Context
from assessor.model.assessment import Assessment
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report import figures
from assessor.report.behaviour import behaviour
from assessor.report.network import (
    FOLDER,
    KINDS,
    SERVICE,
    Asked,
    Direction,
    nodes,
    services,
)
from assessor.report.stored import stored
from assessor.report.ties import cycles_table, units_matrix
from assessor.report.together import together_table
from assessor.report.wording import short

_TOP, _MOST = 60, 400
_DIRECTIONS: tuple[Direction, ...] = ("both", "out", "in")
_OPEN = "coupling-open"  # key of the widget that opens services
_KINDS = {"service": SERVICE, "folder": FOLDER, "unit": ""}  # name in the address -> of the id


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    picked = cuts.picked(context)
    start = drafting.start_of(context, shown, picked)
    coupling = shown.kept.seen.coupling
    if start is None or coupling is None:
        st.info(context.say("app.coupling.no-units"))
        return
    cut, kept = start.cut, shown.kept
    weighed = views.weighed(context, coupling)
    asked, focus = _asked(context, cut)
    found = shown.assessment if picked is None else pipeline.recut(shown.assessment, kept, cut)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn = mapping.drawn(
            context, kept, cut, asked=asked, key="coupling-graph", fused=weighed.fused
        )
        _left_out(context, drawn)
        _followed(drawn, asked)
    with right:
        chosen = (
            tied.focused(
                context,
                kept,
                cut,
                focus=focus,
                weights=weighed.weights,
                direction=asked.direction,
            )
            if focus.node
            else tied.pairs(context, kept, cut, every=found.coupling.services)
        )
    if chosen is not None:
        tied.lines(context, kept, chosen)
    _matrix(context, found, kept=kept, cut=cut, asked=asked)
    _together(context, kept, cut, focus=focus)
    for told in (stored(found, context.wording), behaviour(found, context.wording)):
        if told.blocks:
            blocks.section(told)


def _asked(context: Context, cut: Partition) -> tuple[Asked, tied.Focus]:
    """What to draw, and what to look at; the address keeps both."""
    first, second, third = st.columns([2, 3, 2])
    with first:
        kind = choices.one_of(context, "kind", KINDS, page="coupling")
    with second:
        opened = _opened(context, cut)
    with third:
        top = st.slider(
            context.say("app.coupling.top"),
            0,
            _MOST,
            _TOP,
            step=10,
            key="top",
            bind="query-params",
        )
    known = nodes(cut, opened)
    left, right = st.columns([5, 2])
    with left:
        focus = _focus(context, cut, known)
    with right:
        direction = choices.one_of(
            context, "direction", _DIRECTIONS, page="coupling", disabled=not focus.node
        )
    asked = Asked(
        kind=kind,
        opened=opened,
        selected=_marked(focus, known),
        direction=direction,
        top=top,
    )
    return asked, focus


def _opened(context: Context, cut: Partition) -> frozenset[str]:
    """The services whose units are drawn."""
    names = {name: visible(name) or context.say("app.graph.shared") for name in services(cut)}
    choices.several("open", names, key=_OPEN)
    opened = st.multiselect(
        context.say("app.coupling.opened"),
        list(names),
        format_func=lambda name: names.get(name, name),
        placeholder=context.say("app.coupling.opened.none"),
        key=_OPEN,
    )
    choices.noted("open", opened, key=_OPEN)
    return frozenset(opened)


def _focus(context: Context, cut: Partition, known: Mapping[str, tuple[str, ...]]) -> tied.Focus:
    """The node to look at, by the graph or by a menu that does the same for the keyboard."""
    every = {unit for units in services(cut).values() for unit in units}
    named = _named()
    start = named if named in known or named in every else ""
    menu = ["", *known, *([start] if start and start not in known else [])]
    chosen = st.selectbox(
        context.say("app.coupling.node"),
        menu,
        index=menu.index(start),
        format_func=lambda node: _called(context, node),
        key=f"node-{start}",
    )
    if chosen != start:
        _select(chosen)
        st.rerun()
    if not start:
        return tied.Focus()
    return tied.Focus(start, _shortly(context, start), known.get(start, (start,)))


def _called(context: Context, node: str) -> str:
    if not node:
        return context.say("app.coupling.nothing")
    if node == SERVICE:
        return context.say("app.graph.shared")
    return visible(node.removeprefix(SERVICE).removeprefix(FOLDER))


def _shortly(context: Context, node: str) -> str:
    """The same without the folders around it."""
    if node.startswith(SERVICE):
        return _called(context, node)
    return visible(node).rpartition("/")[2] if node.startswith(FOLDER) else short(visible(node))


def _marked(focus: tied.Focus, known: Mapping[str, Collection[str]]) -> str:
    """The drawn node that stands for what is looked at: itself, or the smallest that it is in."""
    if focus.node in known or not focus.units:
        return focus.node
    holding = [node for node, units in known.items() if focus.units[0] in units]
    return min(holding, key=lambda node: len(known[node]), default="")


def _named() -> str:
    """The id of the node that the address names."""
    for name, before in _KINDS.items():
        if name in st.query_params:
            return f"{before}{st.query_params[name]}"
    return ""


def _select(node: str) -> None:
    """Puts the node that is looked at into the address."""
    for name in _KINDS:
        st.query_params.pop(name, None)
    for name, before in _KINDS.items():
        if node and node.startswith(before):
            st.query_params[name] = node.removeprefix(before)
            return


def _left_out(context: Context, drawn: mapping.Drawn) -> None:
    """Says what is not in the picture."""
    if drawn.network.left_units:
        left = f"{drawn.network.left_units:,}"
        st.warning(context.say("app.coupling.left-units", count=left))
    if drawn.network.left_ties:
        left = f"{drawn.network.left_ties:,}"
        st.caption(context.say("app.coupling.left-ties", count=left))


def _followed(drawn: mapping.Drawn, asked: Asked) -> None:
    """What was done in the graph goes into the address, and the page is drawn by it."""
    events = drawn.events
    if events.toggled.startswith(SERVICE):
        choices.put("open", sorted(asked.opened ^ {events.toggled.removeprefix(SERVICE)}))
        st.rerun()
    if events.picked is not None and events.picked != asked.selected:
        _select(events.picked)
        st.rerun()


def _matrix(
    context: Context, found: Assessment, *, kept: Kept, cut: Partition, asked: Asked
) -> None:
    """Who refers to whom: services, and the units of those that are open; circles of units."""
    of_services, of_units, cycles = st.tabs(
        [context.say(f"app.coupling.{each}") for each in ("matrix", "units", "cycles")]
    )
    with of_services:
        drawing = figures.matrix(found, context.wording)
        if drawing is None:
            st.caption(context.say("app.coupling.one-service"))
        else:
            blocks.figure(drawing, key="matrix")
    with of_units:
        matrix = units_matrix(kept.seen, cut, opened=asked.opened, wording=context.wording)
        if matrix is None:
            st.caption(context.say("app.coupling.open-for-units"))
        else:
            blocks.figure(matrix, key="units-matrix")
    with cycles:
        if kept.seen.cycles:
            blocks.table(cycles_table(kept.seen.cycles, context.wording), key="cycles")
        else:
            st.caption(context.say("cycles.none"))


def _together(context: Context, kept: Kept, cut: Partition, *, focus: tied.Focus) -> None:
    """Pairs that change together, with the newest joint commit."""
    st.subheader(context.say("cochange.title"), anchor="cochange")
    if not kept.seen.cochange:
        st.caption(context.say("app.coupling.no-changes"))
        return
    with st.container(horizontal=True):
        across = st.toggle(context.say("app.coupling.across"), key="across", bind="query-params")
        own = bool(focus.node) and st.toggle(
            context.say("app.coupling.own", name=escaped(focus.name)), key="own"
        )
    table = together_table(
        kept.seen,
        cut,
        own=frozenset(focus.units) if own else (),
        only_across=across,
        wording=context.wording,
    )
    if table.rows:
        blocks.table(table, key="cochange")
    else:
        st.caption(context.say("app.coupling.none-across" if across else "app.coupling.no-pair"))
