"""Settings: who may what, what the gate asks for, where everything is kept, and what happened."""

import os
from typing import cast, get_args

import streamlit as st

from assessor.app import access, blocks, data
from assessor.app.context import Context, now
from assessor.errors import AssessorError
from assessor.gating.ground import DEFAULT, PRESETS
from assessor.jobs.allowed import allowed
from assessor.jobs.first import sample_folder
from assessor.model.stored import EVERYWHERE, Event, Role
from assessor.model.version import __version__
from assessor.model.view import Cell, Table
from assessor.render.to_md import escaped
from assessor.store import events, opening, people, settings
from assessor.store.people import may

_EVENTS = 200


def draw(context: Context) -> None:
    """The page."""
    _me(context)
    if context.project is not None:
        _rules_of_work(context)
        _grants(context)
        _history(context)
    _about(context)


def _me(context: Context) -> None:
    """Who is here and what he may do."""
    project = context.project.id if context.project else EVERYWHERE
    role = people.role_in(context.who, project)
    st.markdown(
        escaped(
            context.say(
                "app.settings.me",
                name=context.who.name,
                role=context.say(f"app.role.{role}") if role else context.say("app.role.none"),
            )
        )
    )
    st.caption(context.say("app.settings.shared" if access.shared() else "app.settings.local"))


def _rules_of_work(context: Context) -> None:
    """Four eyes and the policy of the gate; an administrator may change them."""
    assert context.project is not None  # noqa: S101 - asked before
    st.subheader(context.say("app.settings.work"), anchor="work")
    fixed = not context.may("admin")
    eyes, policy = data.four_eyes(context), str(data.setting(context).get("policy") or DEFAULT)
    left, right = st.columns(2)
    wanted = left.toggle(
        context.say("app.settings.four-eyes"),
        value=eyes,
        disabled=fixed,
        key=f"four-eyes-{eyes}",
        help=context.say("app.settings.four-eyes.help"),
    )
    chosen = right.selectbox(
        context.say("app.settings.policy"),
        PRESETS,
        index=PRESETS.index(policy) if policy in PRESETS else 0,
        format_func=lambda each: context.say(f"app.settings.policy.{each}"),
        disabled=fixed,
        key=f"policy-{policy}",
    )
    changed: dict[str, bool | str] = {}
    if wanted != eyes:
        changed["four_eyes"] = wanted
    if chosen != policy:
        changed["policy"] = chosen
    for key, value in changed.items():
        settings.change_setting(
            context.store, context.who, project=context.project.id, key=key, value=value, now=now()
        )
    if changed:
        st.rerun()


def _grants(context: Context) -> None:
    """Who may what in this project, for its administrators."""
    assert context.project is not None  # noqa: S101 - asked before
    if not context.may("admin"):
        return
    st.subheader(context.say("app.settings.people"), anchor="people")
    st.caption(context.say("app.settings.people.what"))
    wide = may(context.who, EVERYWHERE, "admin")
    known = [
        each
        for each in people.grants(context.store, context.who)
        if each.project in {EVERYWHERE, context.project.id}
    ]
    heads = ("person", "where", "role")
    table = Table(
        tuple(context.say(f"app.settings.{head}") for head in heads),
        tuple(
            (
                Cell(each.person),
                Cell(_where(context, each.project)),
                Cell(context.say(f"app.role.{each.role}")),
            )
            for each in known
        ),
    )
    at = blocks.chosen_row(table, key="grants") if known else None
    if not known:
        st.info(context.say("app.settings.nobody"))
    if at is not None and st.button(
        context.say("app.settings.revoke", person=escaped(known[at].person)),
        icon=":material/undo:",
    ):
        chosen = known[at]
        try:
            people.revoke(
                context.store, context.who, person=chosen.person, project=chosen.project, now=now()
            )
        except AssessorError as error:
            st.error(str(error), icon=":material/error:")
        else:
            st.rerun()
    _grant(context, wide=wide)


def _where(context: Context, project: str) -> str:
    if project == EVERYWHERE or context.project is None:
        return context.say("app.settings.everywhere")
    return context.project.name


def _grant(context: Context, *, wide: bool) -> None:
    assert context.project is not None  # noqa: S101 - asked before
    with st.form("grant", border=False, clear_on_submit=True):
        first, second, third = st.columns(3)
        person = first.text_input(context.say("app.settings.person"), max_chars=200)
        role = second.selectbox(
            context.say("app.settings.role"),
            get_args(Role),
            format_func=lambda each: context.say(f"app.role.{each}"),
        )
        places = [context.project.id, *([EVERYWHERE] if wide else [])]
        where = third.selectbox(
            context.say("app.settings.where"),
            places,
            format_func=lambda each: _where(context, each),
        )
        sent = st.form_submit_button(context.say("app.settings.grant"))
    if sent and person.strip():
        people.grant(
            context.store,
            context.who,
            person=person.strip(),
            project=where or context.project.id,
            role=cast("Role", role or "viewer"),
            now=now(),
        )
        st.rerun()


def _history(context: Context) -> None:
    """What happened in the project, newest first; nobody can change it."""
    assert context.project is not None  # noqa: S101 - asked before
    st.subheader(context.say("app.settings.history"), anchor="history")
    found = events.events(context.store, context.who, project=context.project.id, limit=_EVENTS)
    actions = sorted({each.action for each in found})
    wanted = st.multiselect(
        context.say("app.settings.actions"),
        actions,
        format_func=lambda each: _called(context, each),
        placeholder=context.say("app.report.all"),
    )
    left = [each for each in found if not wanted or each.action in wanted]
    heads = ("at", "person", "action", "subject", "detail")
    table = Table(
        tuple(context.say(f"app.settings.{head}") for head in heads),
        tuple(_event(context, each) for each in left),
        wide=(4,),
    )
    blocks.table(table, key="events")


def _called(context: Context, action: str) -> str:
    """The action in words; one that another version noted is called what it is called there."""
    key = f"app.event.{action}"
    return context.say(key) if key in context.wording.sentences else action


def _event(context: Context, each: Event) -> tuple[Cell, ...]:
    detail = ", ".join(f"{name}: {value}" for name, value in sorted(each.detail.items()))
    moment = each.at[:16].replace("T", " ")
    what = _called(context, each.action)
    return Cell(moment), Cell(each.person), Cell(what), Cell(each.subject), Cell(detail)


def _about(context: Context) -> None:
    """Where things are kept, what may be audited, which versions are at work."""
    st.subheader(context.say("app.settings.about"), anchor="about")
    rows = [
        ("version", __version__),
        ("rules", data.rules().digest[:12]),
        *((f"{pack.id}", f"{pack.version} · {pack.digest[:12]}") for pack in data.rules().packs),
    ]
    if may(context.who, EVERYWHERE, "admin"):
        may_be = allowed(os.environ, always=(sample_folder(),))
        rows += [
            ("store", opening.place(context.store)),
            ("folders", ", ".join(map(str, may_be.roots)) or "–"),
            ("hosts", ", ".join(may_be.hosts) or "–"),
        ]
    known = {"version", "rules", "store", "folders", "hosts"}
    told = tuple(
        (Cell(context.say(f"app.settings.{n}") if n in known else n, "strong"), Cell(value))
        for n, value in rows
    )
    heads = (context.say("app.settings.what"), context.say("app.settings.value"))
    blocks.table(Table(heads, told), key="about")
    if may(context.who, EVERYWHERE, "admin"):
        st.caption(context.say("app.settings.backup"))
        st.code("assessor store backup FILE", language=None)
