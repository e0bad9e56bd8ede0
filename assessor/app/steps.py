"""The steps of a draft in words, and the buttons to take them back."""

import streamlit as st

from assessor.app import blocks, drafting
from assessor.app.context import Context
from assessor.app.draft import Drop, Merge, Move, Recut, Rename, Respect, Step, Want
from assessor.model.view import Sentence
from assessor.render.to_md import escaped
from assessor.report.compared import measures
from assessor.report.comparison import cost
from assessor.report.wording import short

_NAMED = 3  # units that are named when several are moved


def told(context: Context, step: Step) -> str:
    """What was done, in one line."""
    match step:
        case Move(units, to):
            return context.say(
                "app.services.step.move",
                units=_units(context, units),
                service=to or context.say("compared.none"),
            )
        case Rename(old, new):
            return context.say("app.services.step.rename", old=old, new=new)
        case Merge(service, into):
            return context.say("app.services.step.merge", service=service, into=into)
        case Recut(services):
            return context.say("app.services.step.recut", count=services)
        case Want() | Drop():
            key = "want" if isinstance(step, Want) else "drop"
            return context.say(f"app.services.step.{key}", constraint=_wanted(context, step))
        case Respect():
            return context.say("app.services.step.respect")


def _wanted(context: Context, step: Want | Drop) -> str:
    other = step.b if step.kind == "pinned" else short(step.b)
    kind = context.say(f"constraints.kind.{step.kind}")
    return f"{short(step.a)} · {kind} · {other or context.say('compared.none')}"


def _units(context: Context, units: tuple[str, ...]) -> str:
    shown = ", ".join(short(unit) for unit in units[:_NAMED])
    if len(units) <= _NAMED:
        return shown
    return context.say("app.services.step.more", units=shown, count=len(units) - _NAMED)


def buttons(context: Context, found: drafting.Draft) -> None:
    """Undo, redo, from the start; and what was done so far."""
    row = st.container(horizontal=True, vertical_alignment="center")
    actions = (
        ("undo", "undo", drafting.undo, bool(found.steps)),
        ("redo", "redo", drafting.redo, bool(found.undone)),
        ("restart", "restart_alt", drafting.restart, bool(found.steps)),
    )
    for name, sign, action, possible in actions:
        row.button(
            context.say(f"app.services.{name}"),
            icon=f":material/{sign}:",
            disabled=not possible,
            on_click=action,
            args=(found,),
            key=f"draft-{name}",
        )
    if found.steps:
        with row.popover(context.say("app.services.steps", count=len(found.steps))):
            for at, step in enumerate(found.steps, start=1):
                st.markdown(f"{at}\\. {escaped(told(context, step))}")


def last(context: Context, found: drafting.Draft) -> None:
    """What the last step was, and what it costs or gains."""
    if drafting.refused():
        st.error(context.say("app.services.refused"), icon=":material/error:")
    if not found.steps:
        st.caption(context.say("app.services.untouched"))
        return
    moved = measures(found.coupling, found.before.cut, found.now.cut)
    said = cost(moved, context.wording)
    step = told(context, found.steps[-1])
    blocks.sentence(Sentence(f"{step} — {said.text}", said.tone))
