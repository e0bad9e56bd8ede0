"""The first page: gate, levels, coverage, what to do next, what changed since the last run."""

import streamlit as st

from assessor.app import blocks, data, judged, work
from assessor.app.context import Context, go, link
from assessor.gating import Decided
from assessor.gating.formats import shown as gate_shown
from assessor.model.assessment import Assessment
from assessor.model.rules import Outcome
from assessor.model.view import Sentence
from assessor.render.to_md import escaped
from assessor.report import figures, judgement, levels
from assessor.report.changes import changes
from assessor.report.method import SKIPS, skip_table
from assessor.report.wording import indicative, place, share

ACTIONS = 8
_ROW = 4  # standards side by side


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    found = shown.assessment
    _about(context, found)
    if shown.stale:
        st.warning(context.say("app.stale"), icon=":material/update:")
    decision = st.container()  # filled last: it reads more than the levels do
    blocks.sentence(Sentence(judgement.overall(found, context.wording), "strong"))
    _levels(context, found)
    _coverage(context, found)
    _actions(context, found)
    _changes(context, found)
    with decision:
        _gate(context, judged.gate(context))
    with st.expander(context.say("figure.standards")):
        blocks.figure(figures.standards(found, context.wording), key="standards")


def _about(context: Context, found: Assessment) -> None:
    repository = found.repository
    left, right = st.columns([4, 1], vertical_alignment="center")
    revision = place("", commit=repository.revision)
    name = context.project.name if context.project else repository.name
    left.caption(
        escaped(
            context.say(
                "app.overview.about",
                name=name,
                revision=revision,
                date=repository.revision_time[:10],
            )
        )
    )
    with right:
        work.audit_button(context)


def _gate(context: Context, decided: Decided | None) -> None:
    """The decision as a banner: by word, sign and colour; its conditions below."""
    if decided is None:
        return
    outcome = decided.gate.outcome
    said = context.say(f"gate.title.{outcome}")
    banner, sign = {
        Outcome.MET: (st.success, "check_circle"),
        Outcome.NOT_MET: (st.error, "cancel"),
    }.get(outcome, (st.warning, "help"))
    told = gate_shown(decided, context.wording)
    against = told.subtitle if decided.gate.base else context.say("gate.first")
    banner(
        f"**{escaped(said)}** — {escaped(against)}",
        icon=f":material/{sign}:",
    )
    with st.expander(context.say("gate.conditions")):
        for section in told.sections:
            blocks.section(section, key=f"gate-{section.id}")


def _levels(context: Context, found: Assessment) -> None:
    """Each standard with what it can claim, and the mean that it is not far from."""
    applying = [pack for pack in found.packs if pack.coverage is not None]
    for start in range(0, len(applying), _ROW):
        for column, pack in zip(st.columns(_ROW), applying[start : start + _ROW], strict=False):
            with column, st.container(border=True):
                st.metric(
                    escaped(pack.id),
                    "?" if pack.claimable is None else str(pack.claimable),
                    help=context.say("summary.levels"),
                )
                st.caption(escaped(context.pick(pack.title)))
                st.caption(
                    context.say(
                        "app.overview.level",
                        indicative=indicative(pack.indicative),
                        coverage=share(pack.coverage),
                        attested=share(pack.attested),
                    )
                )
                link(context, "maturity", label=context.say("app.open"), pack=pack.id)


def _coverage(context: Context, found: Assessment) -> None:
    cut = found.partition
    figures_ = (
        ("app.overview.coverage", share(found.inventory.coverage)),
        ("app.overview.units", f"{found.coupling.units:,}"),
        ("app.overview.services", str(len(cut.services)) if cut else "–"),
        ("app.overview.across", share(cut.quality.icp) if cut else "–"),
        ("app.overview.skips", f"{len({skip.path for skip in found.skips if skip.path}):,}"),
    )
    for column, (key, value) in zip(st.columns(len(figures_)), figures_, strict=True):
        column.metric(context.say(key), value)
    if found.skips:
        with st.expander(context.say("skips.files")):
            blocks.table(skip_table(found.skips, context.wording, most=SKIPS), key="skips")


def _actions(context: Context, found: Assessment) -> None:
    st.subheader(context.say("actions.title"), anchor="actions")
    ranked = levels.best(found)[:ACTIONS]
    if not ranked:
        st.caption(context.say("app.overview.nothing"))
        return
    table = levels.actions_table(ranked, context.wording)
    chosen = blocks.chosen_row(table, key="actions")
    st.caption(context.say("app.overview.choose"))
    if chosen is not None:
        go(context, "maturity", rule=ranked[chosen][1].id)


def _changes(context: Context, found: Assessment) -> None:
    before = judged.previous(context)
    if before is None:
        st.subheader(context.say("changes.title"), anchor="changes")
        st.caption(context.say("app.overview.first"))
        return
    old = data.shown_run(context, before).assessment
    blocks.section(changes(old, found, context.wording))
