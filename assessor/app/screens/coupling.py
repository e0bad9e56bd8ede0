"""Coupling: the graph of services and units, exact figures beside it, matrix, joint changes."""

import streamlit as st

from assessor import pipeline
from assessor.app import blocks, charts, cuts, data, drafting, mapping, views
from assessor.app.context import Context
from assessor.model.assessment import Assessment
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.model.view import Matrix
from assessor.render.to_md import escaped
from assessor.report import coupled, figures
from assessor.report.network import KINDS, SERVICE, Asked, services
from assessor.report.ties import Direction, references_table, ties_table, units_matrix
from assessor.store import partitions

_TOP, _MOST = 60, 400
_DIRECTIONS: tuple[Direction, ...] = ("both", "out", "in")
_PAIRS = 100


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    assert context.project is not None  # noqa: S101 - there is a run
    saved = partitions.partitions(context.store, context.who, project=context.project.id)
    start = drafting.start_of(context, shown, cuts.chosen(context, saved) if saved else None)
    if start is None or shown.kept.seen.coupling is None:
        st.info(context.say("summary.no-code"))
        return
    cut = start.cut
    fused = views.weighed(context, shown.kept)
    asked = _asked(context, cut)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn = mapping.drawn(
            context, shown.kept, cut, asked=asked, key="coupling-graph", fused=fused
        )
        _left_out(context, drawn)
        _followed(drawn, asked)
    with right:
        _figures(context, shown.kept, cut, asked=asked, fused=fused)
    found = pipeline.recut(shown.assessment, shown.kept, cut)
    _matrix(context, found, kept=shown.kept, cut=cut, asked=asked)
    _together(context, found)


def _asked(context: Context, cut: Partition) -> Asked:
    """What to draw; the address keeps it."""
    names = {name: name or context.say("app.graph.shared") for name in services(cut)}
    first, second, third = st.columns([2, 3, 2])
    kind = first.segmented_control(
        context.say("app.coupling.kind"),
        KINDS,
        default=KINDS[0],
        required=True,
        format_func=lambda each: context.say(f"app.coupling.kind.{each}"),
        key="kind",
        bind="query-params",
    )
    opened = second.multiselect(
        context.say("app.coupling.opened"),
        list(names),
        default=[name for name in st.query_params.get_all("open") if name in names],
        format_func=names.__getitem__,
        key=f"opened-{'|'.join(st.query_params.get_all('open'))}",
        placeholder=context.say("app.coupling.opened.none"),
    )
    if sorted(opened) != sorted(set(st.query_params.get_all("open")) & names.keys()):
        st.query_params["open"] = opened
    top = third.slider(
        context.say("app.coupling.top"), 0, _MOST, _TOP, step=10, key="top", bind="query-params"
    )
    selected = st.query_params.get("unit") or ""
    if "service" in st.query_params:
        selected = f"{SERVICE}{st.query_params['service']}"
    return Asked(
        kind="coupling" if kind == "coupling" else "references",
        opened=frozenset(opened),
        selected=selected,
        top=top,
    )


def _left_out(context: Context, drawn: mapping.Drawn) -> None:
    """Says what is not in the picture."""
    if drawn.network.left_units:
        st.warning(context.say("app.coupling.left-units", count=drawn.network.left_units))
    if drawn.network.left_ties:
        st.caption(context.say("app.coupling.left-ties", count=drawn.network.left_ties))


def _followed(drawn: mapping.Drawn, asked: Asked) -> None:
    """What was done in the graph goes into the address, and the page is drawn by it."""
    events = drawn.events
    if events.toggled.startswith(SERVICE):
        name = events.toggled.removeprefix(SERVICE)
        st.query_params["open"] = sorted(asked.opened ^ {name})
        st.rerun()
    if events.picked is not None and events.picked != asked.selected:
        select(events.picked)
        st.rerun()


def select(node: str) -> None:
    """Puts the node that is looked at into the address."""
    for name in ("unit", "service"):
        st.query_params.pop(name, None)
    if node.startswith(SERVICE):
        st.query_params["service"] = node.removeprefix(SERVICE)
    elif node:
        st.query_params["unit"] = node


def _figures(
    context: Context, kept: Kept, cut: Partition, *, asked: Asked, fused: views.Weights
) -> None:
    """The exact ties of what is selected, and the references behind one of them."""
    node = _chosen_node(context, cut, asked)
    if not node:
        st.caption(context.say("app.coupling.select"))
        ties = coupled.ties(data.shown(context).assessment, context.wording)
        blocks.section(ties, key="all-ties")
        return
    direction = st.segmented_control(
        context.say("app.coupling.direction"),
        _DIRECTIONS,
        default=_DIRECTIONS[0],
        required=True,
        format_func=lambda each: context.say(f"app.coupling.direction.{each}"),
        key="direction",
        bind="query-params",
    )
    table = ties_table(kept.seen, cut, node=node, fused=fused, wording=context.wording)
    at = blocks.chosen_row(table, key=f"ties-{node}")
    other = None if at is None else table.rows[at][0].link
    st.markdown(f"**{context.say('app.coupling.references')}**")
    blocks.table(
        references_table(
            kept.seen,
            cut,
            node=node,
            other=other,
            direction=direction or "both",
            wording=context.wording,
        ),
        key=f"references-{node}",
    )


def _chosen_node(context: Context, cut: Partition, asked: Asked) -> str:
    """The node to look at, by the graph or by a menu that does the same for the keyboard."""
    members = services(cut)
    nodes = {"": context.say("app.coupling.nothing")}
    nodes |= {f"{SERVICE}{name}": name or context.say("app.graph.shared") for name in members}
    nodes |= {unit: unit for name in sorted(asked.opened) for unit in members.get(name, ())}
    every = {unit for units in members.values() for unit in units}
    if asked.selected in every:
        nodes.setdefault(asked.selected, asked.selected)
    start = asked.selected if asked.selected in nodes else ""
    chosen = st.selectbox(
        context.say("app.coupling.node"),
        list(nodes),
        index=list(nodes).index(start),
        format_func=nodes.__getitem__,
        key=f"node-{start}",
    )
    if chosen != start:
        select(chosen)
        st.rerun()
    return start


def _matrix(
    context: Context, found: Assessment, *, kept: Kept, cut: Partition, asked: Asked
) -> None:
    """Who refers to whom: services, and the units of those that are open."""
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
            _drawn_matrix(context, matrix)
    with cycles:
        blocks.section(coupled.cycles(found, context.wording), key="cycles")


def _drawn_matrix(context: Context, matrix: Matrix) -> None:
    alt = context.say("app.coupling.matrix.alt", count=len(matrix.labels))
    charts.chart(charts.heatmap(matrix), alt=alt, key="units-matrix")


def _together(context: Context, found: Assessment) -> None:
    """Pairs that change together, with the newest joint commit."""
    st.subheader(context.say("cochange.title"), anchor="cochange")
    if not found.history.cochange:
        st.caption(context.say("app.coupling.no-changes"))
        return
    across = st.toggle(context.say("app.coupling.across"), key="across", bind="query-params")
    pairs = [pair for pair in found.history.cochange if pair.across or not across]
    table = coupled.cochange_table(pairs[:_PAIRS], context.wording)
    if table.rows:
        blocks.table(table, key="cochange")
        st.caption(
            escaped(
                context.say(
                    "cochange.note", shown=len(table.rows), total=found.history.cochange_total
                )
            )
        )
    else:
        st.caption(context.say("app.coupling.none-across"))
