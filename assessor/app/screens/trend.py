"""Trend: levels, coupling and service fit at past revisions."""

from collections.abc import Sequence

import streamlit as st

from assessor.app import blocks, charts, work
from assessor.app.context import Context
from assessor.model.stored import Point
from assessor.report.trend import pack_of, packs_of, trend_section
from assessor.store import points

_EVERY = ("tags", "3m", "6m", "1y")


def draw(context: Context) -> None:
    """The page."""
    assert context.project is not None  # noqa: S101 - there is a run
    st.caption(context.say("app.trend.what"))
    _ask(context)
    found = points.points(context.store, context.who, project=context.project.id)
    if not found:
        st.info(context.say("app.trend.empty"))
        return
    _drawn(context, found)
    blocks.section(trend_section(found, context.wording))


def _ask(context: Context) -> None:
    """Begins the job that computes the points."""
    if not context.may("assessor"):
        return
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    every = left.segmented_control(
        context.say("app.trend.which"),
        _EVERY,
        default=_EVERY[0],
        required=True,
        format_func=lambda each: context.say(f"app.trend.every.{each}"),
        key="every",
    )
    if right.button(context.say("app.trend.compute"), icon=":material/play_arrow:"):
        work.begin(context, kind="trend", options={"every": every or _EVERY[0]})
        st.rerun()


def _drawn(context: Context, found: Sequence[Point]) -> None:
    """Levels above, coupling and fit below: shares on one scale, counts on another."""
    names = [point.label for point in found]
    levels = [
        (pack, [pack_of(point.figures, pack).indicative for point in found])
        for pack in packs_of(found)
    ]
    shares = [
        (context.say("app.trend.fit"), [point.fit for point in found]),
        (context.say("app.trend.changes"), [point.changes for point in found]),
        (context.say("app.trend.across"), [point.figures.across for point in found]),
    ]
    counts = [
        (context.say("app.trend.units"), [float(point.figures.units) for point in found]),
        (context.say("app.trend.cycles"), [float(point.figures.cycles) for point in found]),
    ]
    charted = (
        ("levels", levels, {"range": [0, 5.2], "dtick": 1}),
        ("shares", shares, {"range": [0, 1.02], "tickformat": ".0%"}),
        ("counts", counts, {"rangemode": "tozero"}),
    )
    for name, series, axis in charted:
        st.subheader(context.say(f"app.trend.{name}"), anchor=name)
        charts.chart(
            charts.lines(names, series, **axis),
            alt=context.say("app.trend.alt", names=", ".join(each for each, _ in series)),
            key=f"trend-{name}",
        )
