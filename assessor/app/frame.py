"""What stands around every page: language, project, run, navigation, and work that goes on."""

import os
from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from assessor import resources
from assessor.app import access, data, work
from assessor.app.context import Context, link, now
from assessor.errors import AssessorError
from assessor.jobs import first
from assessor.model.stored import Project, RunHead, Visitor
from assessor.render.to_md import escaped
from assessor.report.wording import Lang, Wording, place
from assessor.store import projects, runs
from assessor.store.opening import Store

LANGUAGES: Mapping[str, str] = {"zh": "中文", "en": "English"}
NEEDS_NO_RUN = frozenset({"portfolio", "settings"})
_RUNS = 100


def language() -> Wording:
    """The wording that the address asks for, else that of the visitor's browser."""
    asked = st.query_params.get("lang") or ""
    locale = st.context.locale or "en"
    lang = asked if asked in get_args(Lang) else "zh" if locale.startswith("zh") else "en"
    return _wording("zh" if lang == "zh" else "en")


@st.cache_resource(show_spinner=False)
def _wording(lang: Lang) -> Wording:
    return resources.app_wording(lang)


def context(wording: Wording, *, pages: Mapping[str, Any]) -> Context:
    """Who looks at which run of which project. Raises the errors of `assessor.errors`."""
    store = data.store()
    who = access.who(store)
    seen = projects.projects(store, who) or _sample(store, who)
    project = _project(seen)
    found = _runs_of(store, who, project) if project else ()
    return Context(
        store=store,
        who=who,
        wording=wording,
        pages=pages,
        projects=seen,
        project=project,
        run=_run(found),
        runs=found,
    )


def _sample(store: Store, who: Visitor) -> tuple[Project, ...]:
    """The sample shop, where one person opens an empty store and has named nothing else."""
    if access.shared() or work.PROJECT in os.environ:
        return ()
    return (first.opened(store, who, folder=first.sample(), now=now()),)


def _project(seen: tuple[Project, ...]) -> Project | None:
    """The one in the address, else the one that the app was started for, else the first."""
    by_id = {project.id: project for project in seen}
    asked = st.query_params.get("project") or os.environ.get(work.PROJECT, "")
    return by_id.get(asked) or next(iter(seen), None)


def _runs_of(store: Store, who: Visitor, project: Project) -> tuple[RunHead, ...]:
    """The newest runs of the project, and the one in the address however old it is."""
    found = runs.runs(store, who, project=project.id, limit=_RUNS)
    asked = st.query_params.get("run", "")
    if not asked or len(found) < _RUNS or any(run.id == asked for run in found):
        return found
    try:
        old = runs.run(store, who, asked)
    except AssessorError:
        return found
    return (*found, old) if old.project == project.id else found


def _run(found: tuple[RunHead, ...]) -> RunHead | None:
    """The one in the address, else the newest."""
    asked = st.query_params.get("run", "")
    return next((run for run in found if run.id == asked), next(iter(found), None))


def sidebar(context: Context) -> None:
    """Navigation and what it is about."""
    with st.sidebar:
        st.markdown("### assessor")
        _projects(context)
        _runs(context)
        for name, page in context.pages.items():
            link(context, name, label=context.say(f"app.page.{name}"), icon=_sign(page))
        st.divider()
        _languages(context)
        if access.shared():
            st.caption(context.say("app.visitor", name=context.who.name))
            st.button(context.say("app.logout"), on_click=st.logout)


def _sign(page: st.Page) -> str:
    return str(page.icon).removeprefix(":material/").removesuffix(":")


def _projects(context: Context) -> None:
    if context.project is None or len(context.projects) < 2:  # noqa: PLR2004 - one is no choice
        return
    names = {project.id: project.name for project in context.projects}
    chosen = st.selectbox(
        context.say("app.project"),
        list(names),
        index=list(names).index(context.project.id),
        format_func=names.__getitem__,
        key=f"project-{context.project.id}",
    )
    if chosen and chosen != context.project.id:
        st.query_params.update(project=chosen)
        st.query_params.pop("run", None)
        st.rerun()


def _runs(context: Context) -> None:
    if context.run is None:
        return
    names = {run.id: _named(run) for run in context.runs}
    chosen = st.selectbox(
        context.say("app.run"),
        list(names),
        index=list(names).index(context.run.id),
        format_func=names.__getitem__,
        key=f"run-{context.run.id}",
        help=context.say("app.run.help"),
    )
    if chosen and chosen != context.run.id:
        st.query_params.update(run=chosen)
        st.rerun()


def _named(run: RunHead) -> str:
    revision = place("", commit=run.revision)
    return f"{revision} · {run.made_at[:16].replace('T', ' ')}"


def _languages(context: Context) -> None:
    chosen = st.segmented_control(
        "语言 / Language",
        list(LANGUAGES),
        default=context.wording.lang,
        format_func=LANGUAGES.__getitem__,
        key=f"lang-{context.wording.lang}",
        required=True,
    )
    if chosen and chosen != context.wording.lang:
        st.query_params.update(lang=chosen)
        st.rerun()


def ready(context: Context, *, page: str) -> bool:
    """Whether the page can be drawn; where it cannot, what there is to do instead is."""
    if context.project is not None:
        work.running(context)
    if page in NEEDS_NO_RUN:
        return True
    if context.project is None:
        roles = context.who.roles
        st.info(context.say("app.empty.projects" if roles else "app.empty.roles"))
        link(context, "portfolio", label=context.say("app.page.portfolio"), icon="folder_copy")
        return False
    if context.run is None:
        st.info(escaped(context.say("app.empty.runs", name=context.project.name)))
        if not work.begun_at_start(context):
            work.audit_button(context)
        return False
    return True
