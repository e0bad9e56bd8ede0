"""Portfolio: all projects that the visitor may see, the jobs, and a repository to add."""

import os
from collections.abc import Sequence

import streamlit as st

from assessor.app import blocks, work
from assessor.app.context import Context, go, now
from assessor.errors import AssessorError
from assessor.jobs.allowed import Allowed, allowed, checked
from assessor.jobs.dispatch import tend
from assessor.jobs.first import sample_folder
from assessor.model.stored import EVERYWHERE
from assessor.render.to_md import escaped
from assessor.report.portfolio import Entry, at_risk, named, portfolio_table
from assessor.store import jobs, projects, runs
from assessor.store.people import may

PAGE = 50


def draw(context: Context) -> None:
    """The page."""
    every = _entries(context)
    _numbers(context, every)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    search = left.text_input(
        context.say("app.portfolio.search"), key="search", icon=":material/search:"
    )
    risky = right.toggle(context.say("app.portfolio.risky"), key="risky", bind="query-params")
    found = [
        entry for entry in every if named(entry, search.strip()) and (not risky or at_risk(entry))
    ]
    _projects(context, found, chosen=bool(search.strip() or risky))
    if may(context.who, EVERYWHERE, "assessor"):
        _add(context)
    work.listed(context)


def _numbers(context: Context, every: Sequence[Entry]) -> None:
    """How many there are, audited, at risk: over all of them, not over those that are shown."""
    audited = [entry for entry in every if entry.run is not None]
    figures = (
        ("app.portfolio.count", len(every)),
        ("app.portfolio.audited", len(audited)),
        ("app.portfolio.at-risk", sum(at_risk(entry) for entry in audited)),
    )
    for column, (key, value) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(context.say(key), f"{value:,}")


def _entries(context: Context) -> list[Entry]:
    """All projects, by name."""
    found: list[Entry] = []
    while True:
        page = runs.portfolio(context.store, context.who, offset=len(found), limit=500)
        found += [Entry(*each) for each in page]
        if len(page) < 500:  # noqa: PLR2004 - a page that is not full is the last
            return found


def _projects(context: Context, found: Sequence[Entry], *, chosen: bool) -> None:
    if not found:
        st.info(context.say("app.portfolio.nothing" if chosen else "app.portfolio.empty"))
        return
    pages = -(-len(found) // PAGE)
    number = 1
    if pages > 1:
        number = int(
            st.number_input(
                context.say("app.portfolio.page", pages=pages), min_value=1, max_value=pages
            )
        )
    shown = found[(number - 1) * PAGE : number * PAGE]
    at = blocks.chosen_row(portfolio_table(shown, context.wording), key=f"portfolio-{number}")
    st.caption(context.say("app.portfolio.choose", shown=len(shown), total=len(found)))
    st.caption(context.say("app.signs"))
    if at is not None:
        st.query_params.pop("run", None)
        go(context, "overview", project=shown[at].project.id)


def _add(context: Context) -> None:
    """A repository to follow, of those that may be audited here."""
    may_be = allowed(os.environ, always=(sample_folder(),))
    with st.expander(context.say("app.portfolio.add"), icon=":material/add:"):
        st.caption(_places(context, may_be))
        with st.form("add", border=False):
            location = st.text_input(context.say("app.portfolio.location"), max_chars=2000)
            name = st.text_input(context.say("app.portfolio.name"), max_chars=100)
            sent = st.form_submit_button(context.say("app.portfolio.start"), type="primary")
        if sent:
            _added(context, location.strip(), name=name.strip(), may_be=may_be)


def _places(context: Context, may_be: Allowed) -> str:
    folders = ", ".join(map(str, may_be.roots)) or "–"
    hosts = ", ".join(may_be.hosts) or "–"
    return escaped(context.say("app.portfolio.allowed", folders=folders, hosts=hosts))


def _added(context: Context, location: str, *, name: str, may_be: Allowed) -> None:
    try:
        place = checked(location, may_be)
        project = projects.add_project(
            context.store,
            context.who,
            name=name or place.rstrip("/").rpartition("/")[2].removesuffix(".git"),
            location=place,
            now=now(),
        )
        jobs.submit(
            context.store, context.who, project=project.id, kind="audit", options={}, now=now()
        )
    except AssessorError as error:
        st.error(str(error), icon=":material/error:")
        return
    tend(context.store)
    st.query_params.pop("run", None)
    go(context, "overview", project=project.id)
