"""Jobs as the visitor sees them: begun, on their way, stopped."""

import os
from collections.abc import Mapping

import streamlit as st

from assessor.app import access, blocks
from assessor.app.context import Context, now
from assessor.jobs.dispatch import tend
from assessor.model.basis import Scalar
from assessor.model.stored import FINISHED, Job, JobKind, JobState
from assessor.model.view import Cell, Table, Tone
from assessor.store import jobs

PROJECT = "ASSESSOR_PROJECT"  # id of the project that the app was started for
_OFTEN = "1s"
_TONES: Mapping[JobState, Tone] = {
    "queued": "unknown",
    "running": "fair",
    "done": "good",
    "failed": "poor",
    "cancelled": "quiet",
}


def running(context: Context) -> None:
    """What goes on for the project, followed until it is done; how the last job failed."""
    if context.project is None:
        return
    found = jobs.jobs(context.store, context.who, project=context.project.id)
    if any(job.state not in FINISHED for job in found):
        _followed(context)
    elif found and found[0].state == "failed":
        st.error(context.say("app.job.failed", note=found[0].note), icon=":material/error:")


def begin(context: Context, *, kind: JobKind, options: Mapping[str, Scalar]) -> None:
    """Puts a job in the queue and sees that somebody takes it."""
    if context.project is None:
        raise ValueError("there is no project to work on")
    jobs.submit(
        context.store,
        context.who,
        project=context.project.id,
        kind=kind,
        options=options,
        now=now(),
    )
    tend(context.store)


def audit_button(context: Context) -> None:
    """Begins an audit of the newest commit, where the visitor may and none is on its way."""
    if not context.may("assessor") or _open(context):
        return
    said = context.say("app.audit.first" if context.run is None else "app.audit")
    if st.button(said, icon=":material/play_arrow:", key="audit"):
        begin(context, kind="audit", options={})
        st.rerun()


def _open(context: Context) -> tuple[Job, ...]:
    """The jobs of the project that wait or run."""
    if context.project is None:
        return ()
    project = context.project.id
    return jobs.jobs(context.store, context.who, project=project, open_only=True)


def begun_at_start(context: Context) -> bool:
    """Begins the first audit of what one person opened; False where it is not the first job."""
    assert context.project is not None  # noqa: S101 - there is a project without a run
    own = os.environ.get(PROJECT, context.project.id) == context.project.id
    if access.shared() or not own:
        return False
    if jobs.jobs(context.store, context.who, project=context.project.id):
        return False
    begin(context, kind="audit", options={})
    st.rerun()
    return True  # not reached: the page is drawn anew


@st.fragment(run_every=_OFTEN)
def _followed(context: Context) -> None:
    """Each open job with its progress; the whole page is drawn anew once one of them is done."""
    tend(context.store)
    found = _open(context)
    if not found:
        st.rerun()
    for job in found:
        _progress(context, job)


def _progress(context: Context, job: Job) -> None:
    said = context.say(f"app.job.{job.kind}")
    stage = context.say(f"app.stage.{job.stage}") if job.stage else context.say("app.job.queued")
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    left.progress(min(job.done / job.total, 1.0) if job.total else 0.0, text=f"{said}: {stage}")
    if job.cancelling:
        right.caption(context.say("app.job.cancelling"))
    elif context.may("assessor"):
        right.button(
            context.say("app.job.cancel"),
            key=f"cancel-{job.id}",
            on_click=_cancel,
            args=(context, job.id),
        )


def _cancel(context: Context, job: str) -> None:
    blocks.tried(lambda: jobs.cancel(context.store, context.who, job, now=now()))


def listed(context: Context) -> None:
    """All jobs that the visitor may see, newest first."""
    found = jobs.jobs(context.store, context.who)
    st.subheader(context.say("app.jobs"), anchor="jobs")
    if not found:
        st.caption(context.say("app.jobs.none"))
        return
    names = {project.id: project.name for project in context.projects}
    heads = ("project", "what", "state", "begun", "by", "note")
    rows = tuple(
        (
            Cell(names.get(job.project, job.project)),
            Cell(context.say(f"app.job.{job.kind}")),
            Cell(context.say(f"app.jobs.state.{job.state}"), _TONES[job.state]),
            Cell(job.made_at[:16].replace("T", " ")),
            Cell(job.made_by),
            Cell(job.note),
        )
        for job in found
    )
    table = Table(tuple(context.say(f"app.jobs.{head}") for head in heads), rows, wide=(5,))
    blocks.table(table, key="jobs")
