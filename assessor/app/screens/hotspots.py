"""Hotspots: what is often changed and complex, and what lies behind one of them."""

from collections.abc import Sequence

import streamlit as st

from assessor.app import blocks, charts, data, remarks, work
from assessor.app.context import Context, link
from assessor.model.view import Figure
from assessor.render.to_md import escaped
from assessor.report import coupled
from assessor.report.heat import (
    SIZES,
    Hot,
    changed_with,
    functions_table,
    hot,
    hot_table,
    treemap,
)
from assessor.report.wording import listed

_TOP = 40
_XRAY = 10  # hotspots that an audit with X-ray looks into


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    past = shown.assessment.history
    if not past.available or not past.commits:
        st.info(context.say("app.hotspots.no-history"))
        return
    found = hot(shown.kept.seen, shown.kept.seen.partition)
    if not found:
        st.info(context.say("hotspots.none"))
        return
    chosen, size = _choices(context, found)
    drawing = treemap(chosen, size=size, wording=context.wording)
    told = listed(context.wording, (f"{each.label} {each.detail}" for each in drawing.tiles))
    title = context.say("figure.hotspots")
    alt = context.say("figure.alt", title=title, figures=told)
    picture = charts.drawn(Figure(title, alt, drawing))
    if picture is not None:
        charts.chart(picture, alt=alt, key="heat")
    st.caption(context.say("app.hotspots.map", size=drawing.size_name))
    table = hot_table(shown.kept.seen, chosen, context.wording)
    at = blocks.chosen_row(table, key="hot")
    if at is not None:
        st.query_params["unit"] = chosen[at].spot.path
    path = st.query_params.get("unit", "")
    one = next((each for each in found if each.spot.path == path), None)
    if one is None:
        st.caption(context.say("app.hotspots.choose"))
    else:
        _one(context, shown, one)
    _xray(context, shown)


def _choices(context: Context, found: Sequence[Hot]) -> tuple[list[Hot], str]:
    """Which hotspots to show, and what the area of a tile stands for."""
    first, second, third = st.columns(3)
    size = first.segmented_control(
        context.say("app.hotspots.size"),
        SIZES,
        default=SIZES[0],
        required=True,
        format_func=lambda each: context.say(f"heat.{each}"),
        key="size",
        bind="query-params",
    )
    services = sorted({each.service for each in found if each.service})
    wanted = second.multiselect(
        context.say("app.hotspots.services"), services, placeholder=context.say("app.report.all")
    )
    folder = third.text_input(context.say("app.hotspots.folder"), key="folder")
    kept = [
        each
        for each in found
        if (not wanted or each.service in wanted) and each.spot.path.startswith(folder.strip())
    ]
    most = max(1, len(kept))
    top = most
    if most > 1:
        top = st.slider(context.say("app.hotspots.top"), 1, most, min(_TOP, most))
    return kept[:top], size or SIZES[0]


def _one(context: Context, shown: data.Shown, one: Hot) -> None:
    """Functions, joint changes and X-ray of a unit."""
    seen, path = shown.kept.seen, one.spot.path
    st.subheader(escaped(path), anchor="unit")
    home = {u: s.name for s in seen.partition.services for u in s.units} if seen.partition else {}
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{context.say('app.hotspots.functions')}**")
        if one.unit is not None and one.unit.functions:
            blocks.table(functions_table(one.unit, context.wording), key="functions")
        else:
            st.caption(context.say("app.hotspots.no-functions"))
    with right:
        st.markdown(f"**{context.say('app.hotspots.together')}**")
        table = changed_with(seen, path, home=home, wording=context.wording)
        if table.rows:
            blocks.table(table, key="together")
        else:
            st.caption(context.say("app.hotspots.alone"))
    link(context, "services", label=context.say("app.hotspots.place"), unit=path)
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
    if (
        not looked
        and context.may("assessor")
        and st.button(context.say("app.hotspots.xray", count=_XRAY), icon=":material/radiology:")
    ):
        work.begin(context, kind="audit", options={"xray": _XRAY})
        st.rerun()
