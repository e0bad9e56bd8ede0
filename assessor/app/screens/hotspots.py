"""Hotspots: what is often changed and complex, and what lies behind one of them."""

from collections.abc import Sequence

import streamlit as st

from assessor.app import blocks, charts, choices, data, remarks, work
from assessor.app.context import Context, link
from assessor.model.partition import homes
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report import coupled
from assessor.report.heat import (
    GROUPS,
    SIZES,
    Hot,
    changed_with,
    functions_table,
    grouped,
    hot,
    hot_table,
    methods_table,
    owned,
    treemaps,
)
from assessor.report.people import people
from assessor.report.wording import listed

_TOP = 40
_XRAY = 10  # hotspots that an audit with X-ray looks into
_SERVICES = "hotspots-services"  # key of the widget that chooses services


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    past = shown.assessment.history
    if not past.available or not past.commits:
        st.info(context.say("app.hotspots.no-history"))
        return
    found = hot(shown.kept.seen, shown.kept.seen.partition)
    if not found:
        st.info(context.say("app.hotspots.none"))
        return
    chosen = _chosen(context, found)
    if chosen:
        _map(context, chosen)
        _ranked(context, shown, chosen)
    else:
        st.info(context.say("app.hotspots.none-here"))
    path = st.query_params.get("unit", "")
    one = next((each for each in found if each.spot.path == path), None)
    if one is not None:
        _one(context, shown, one)
    elif path:
        st.caption(context.say("app.hotspots.cold", path=escaped(path)))
    _xray(context, shown)
    told = people(shown.assessment, context.wording)
    if told.blocks:
        blocks.section(told)


def _chosen(context: Context, found: Sequence[Hot]) -> list[Hot]:
    """The hotspots to show: of some services, below a folder, the hottest of them."""
    first, second, third = st.columns(3)
    services = sorted({each.service for each in found if each.service})
    choices.several("in", services, key=_SERVICES)
    wanted = first.multiselect(
        context.say("app.hotspots.services"),
        services,
        format_func=visible,
        placeholder=context.say("app.report.all"),
        key=_SERVICES,
    )
    choices.noted("in", wanted, key=_SERVICES)
    folder = second.text_input(
        context.say("app.hotspots.folder"), key="folder", bind="query-params"
    )
    kept = [
        each
        for each in found
        if (not wanted or each.service in wanted) and each.spot.path.startswith(folder.strip())
    ]
    most = len(found)
    top = most
    if most > 1:
        top = third.slider(
            context.say("app.hotspots.top"),
            1,
            most,
            min(_TOP, most),
            key="hottest",
            bind="query-params",
        )
    return kept[:top]


def _map(context: Context, chosen: Sequence[Hot]) -> None:
    """The hotspots as tiles, told in words too."""
    left, right = st.columns(2)
    with left:
        group = choices.one_of(context, "group", GROUPS, page="hotspots")
    with right:
        size = choices.one_of(context, "size", SIZES, page="hotspots")
    drawing = treemaps(grouped(chosen, group, context.wording), size=size, wording=context.wording)
    tiles = [tile for each in drawing.values() for tile in each.tiles]
    told = listed(context.wording, (f"{each.label} {each.detail}" for each in tiles))
    alt = context.say("figure.alt", title=context.say("app.page.hotspots"), figures=told)
    charts.chart(charts.treemaps(drawing), alt=alt, key="heat")
    st.caption(context.say("app.hotspots.map", size=context.say(f"heat.{size}")))


def _ranked(context: Context, shown: data.Shown, chosen: Sequence[Hot]) -> None:
    """All of them in a table; the chosen one goes into the address."""
    at = blocks.chosen_row(hot_table(shown.kept.seen, chosen, context.wording), key="hot")
    if choices.changed("hotspots-row", at) and at is not None:
        choices.put("unit", chosen[at].spot.path)
    st.caption(context.say("app.hotspots.choose"))


def _one(context: Context, shown: data.Shown, one: Hot) -> None:
    """Owner, functions, joint changes and X-ray of a unit."""
    seen, path = shown.kept.seen, one.spot.path
    st.subheader(escaped(path), anchor="unit")
    who = owned(seen, path, context.wording)
    if who:
        st.markdown(escaped(who))
    home = homes(seen.partition)
    st.markdown(f"**{context.say('app.hotspots.functions')}**")
    if one.unit is not None and one.unit.functions:
        blocks.table(functions_table(one.unit, context.wording), key="functions")
    else:
        st.caption(context.say("app.hotspots.no-functions"))
    st.markdown(f"**{context.say('app.hotspots.together')}**")
    table = changed_with(seen, path, home=home, wording=context.wording)
    if table.rows:
        blocks.table(table, key="together")
    else:
        st.caption(context.say("app.hotspots.alone"))
    methods = methods_table(seen, path, context.wording)
    if methods.rows:
        st.markdown(f"**{context.say('app.hotspots.methods')}**")
        blocks.table(methods, key="methods")
    with st.container(horizontal=True):
        link(
            context,
            "coupling",
            label=context.say("app.hotspots.coupling"),
            icon="hub",
            unit=path,
        )
        link(
            context,
            "services",
            label=context.say("app.hotspots.place"),
            icon="category",
            unit=path,
        )
    remarks.draw(context, subject=f"unit:{path}")


def _xray(context: Context, shown: data.Shown) -> None:
    """Methods that change together, where the run looked; else how to look."""
    found = coupled.methods(shown.assessment, context.wording)
    if found.blocks:
        blocks.section(found, key="xray")
        return
    st.subheader(context.say("methods.title"), anchor="xray")
    looked = shown.assessment.options.xray
    st.caption(context.say("app.hotspots.xray-empty" if looked else "app.hotspots.no-xray"))
    if looked:
        return
    if not context.may("assessor"):
        st.caption(context.say("app.hotspots.ask"))
    elif st.button(context.say("app.hotspots.xray", count=_XRAY), icon=":material/radiology:"):
        work.begin(context, kind="audit", options={"xray": _XRAY})
        st.rerun()
