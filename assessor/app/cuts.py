"""The cuts that people saved: to start from, to compare, to agree on, to take away."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessor.app import blocks, choices, data, drafting, work
from assessor.app.context import Context, now
from assessor.app.draft import State, agreed
from assessor.model.stored import SavedPartition
from assessor.model.table import Table as Plain
from assessor.model.view import Cell, Table
from assessor.render import tables
from assessor.render.to_md import escaped
from assessor.report.compared import measures, shifts
from assessor.report.comparison import figures_table, shifts_table
from assessor.report.wording import place
from assessor.store import partitions

_CUT = "services-cut"  # key of the widget that chooses the cut to start from
_OWN = ""  # the run's own cut
_DRAFT = "\n"  # no cut has such an id
_LONGEST = 100
_TOLD = "cut-told"  # session: what to say once the page is drawn anew


def picked(context: Context) -> SavedPartition | None:
    """The saved cut to show; None = the run's own, and no menu where nobody saved one."""
    assert context.project is not None  # noqa: S101 - there is a run
    saved = partitions.partitions(context.store, context.who, project=context.project.id)
    return chosen(context, saved, label=context.say("app.cut")) if saved else None


def chosen(
    context: Context, saved: Sequence[SavedPartition], *, label: str
) -> SavedPartition | None:
    """The saved cut that the address or the menu says; None = the run's own."""
    by_id = {each.id: each for each in saved}
    choices.asked("cut", [_OWN, *by_id], key=_CUT, usual=_OWN)
    cut = st.selectbox(
        label,
        [_OWN, *by_id],
        format_func=lambda id_: _called(context, by_id.get(id_)),
        key=_CUT,
        help=context.say("app.services.start.help"),
    )
    choices.noted("cut", cut, key=_CUT)
    return by_id.get(cut)


def _called(context: Context, each: SavedPartition | None) -> str:
    if each is None:
        return context.say("app.services.own")
    said = context.say("app.services.saved", name=each.name, version=each.version)
    return f"{said} ★" if each.accepted else said


def draw(
    context: Context,
    shown: data.Shown,
    *,
    saved: Sequence[SavedPartition],
    draft: drafting.Draft,
) -> None:
    """Save the draft; what was saved; two of them side by side; files of the draft."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(escaped(told), icon=":material/check:")
    if context.may("assessor"):
        _save(context, shown, draft)
    else:
        st.caption(context.say("app.services.save.viewer"))
    _files(context, draft)
    st.subheader(context.say("app.services.cuts"), anchor="cuts")
    if saved:
        _listed(context, saved)
    else:
        st.info(context.say("app.services.cuts.none"))
    _agreed(context, saved)
    _compared(context, shown, saved=saved, draft=draft)


def _save(context: Context, shown: data.Shown, draft: drafting.Draft) -> None:
    st.subheader(context.say("app.services.save.title"), anchor="save")
    with st.form("save-cut", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        name = left.text_input(
            context.say("app.services.save.name"),
            max_chars=_LONGEST,
            key="save-name",
            help=context.say("app.services.save.help"),
        )
        sent = right.form_submit_button(
            context.say("app.services.save"), type="primary", width="stretch"
        )
    if not sent:
        return
    if not name.strip():
        st.error(context.say("app.services.save.unnamed"), icon=":material/error:")
        return
    assert context.project is not None  # noqa: S101 - there is a run
    assert context.run is not None  # noqa: S101 - there is a draft
    made = partitions.save_partition(
        context.store,
        context.who,
        project=context.project.id,
        base=context.run.id,
        name=name.strip(),
        services={each.name: each.units for each in draft.now.cut.services},
        constraints=agreed(
            draft.start,
            draft.now,
            coupling=draft.coupling,
            proposed=shown.kept.seen.judged or draft.start.cut,
        ),
        now=now(),
    )
    drafting.restart(draft)
    choices.put("cut", made.id)
    st.session_state[_TOLD] = context.say(
        "app.services.save.done", name=made.name, version=made.version
    )
    st.rerun()


def _files(context: Context, draft: drafting.Draft) -> None:
    """The services of the draft as the command line takes them."""
    plain = listing({each.name: each.units for each in draft.now.cut.services})
    project = context.project.id if context.project else "services"
    with st.container(horizontal=True, vertical_alignment="center"):
        for format_, kind in (("csv", "text/csv"), ("json", "application/json")):
            st.download_button(
                context.say(f"app.services.file.{format_}"),
                tables.RENDERERS[format_](plain),
                file_name=f"{project}-services.{format_}",
                mime=kind,
                on_click="ignore",
                icon=":material/download:",
                key=f"cut-{format_}",
            )
        st.caption(context.say("app.services.file.what"))


def listing(services: Mapping[str, Sequence[str]]) -> Plain:
    """Every unit with its service, as an accepted partition is given to the command line."""
    rows = tuple((unit, name) for name, units in sorted(services.items()) for unit in units)
    nodes = tuple((unit, {"service": name}) for unit, name in rows)
    return Plain(columns=("unit", "service"), rows=rows, nodes=nodes)


def _listed(context: Context, saved: Sequence[SavedPartition]) -> None:
    """Every saved cut; the chosen one can be opened."""
    revisions = {run.id: run.revision for run in context.runs}
    heads = ("name", "version", "services", "constraints", "by", "at", "base", "state")
    rows = tuple(
        (
            Cell(each.name, "strong"),
            Cell(str(each.version)),
            Cell(str(len(each.services))),
            Cell(str(_count(each))),
            Cell(each.made_by),
            Cell(each.made_at[:16].replace("T", " ")),
            Cell(place("", commit=revisions.get(each.base, ""))),
            Cell(context.say("app.services.accepted"), "good") if each.accepted else Cell(""),
        )
        for each in saved
    )
    columns = tuple(context.say(f"app.services.cuts.{head}") for head in heads)
    at = blocks.chosen_row(Table(columns, rows, numeric=(1, 2, 3)), key="saved-cuts")
    if at is None:
        st.caption(context.say("app.services.cuts.choose"))
        return
    each = saved[at]
    with st.container(horizontal=True):
        st.button(
            context.say("app.services.open"),
            icon=":material/folder_open:",
            on_click=choices.put,
            args=("cut", each.id),
            key="open-cut",
        )
        if context.may("approver") and not each.accepted:
            st.button(
                context.say("app.services.accept"),
                icon=":material/verified:",
                on_click=_accept,
                args=(context, each),
                key="accept-cut",
                help=context.say("app.services.accept.help"),
            )


def _count(each: SavedPartition) -> int:
    wanted = each.constraints
    return len(wanted.pinned) + len(wanted.together) + len(wanted.apart)


def _accept(context: Context, each: SavedPartition) -> None:
    blocks.tried(lambda: partitions.accept(context.store, context.who, each.id, now=now()))


def _agreed(context: Context, saved: Sequence[SavedPartition]) -> None:
    """What the next audit will respect, and how to have it do so now."""
    accepted = next((each for each in saved if each.accepted), None)
    if accepted is None:
        st.caption(context.say("app.services.accepted.none"))
        return
    said = context.say(
        "app.services.accepted.what",
        name=accepted.name,
        version=accepted.version,
        count=_count(accepted),
    )
    st.markdown(escaped(said))
    with st.container(horizontal=True):
        if context.may("assessor") and st.button(
            context.say("app.services.again"), icon=":material/play_arrow:", key="audit-again"
        ):
            work.begin(context, kind="audit", options={})
            st.rerun()
        if context.may("approver"):
            st.button(
                context.say("app.services.retract"),
                on_click=_retract,
                args=(context,),
                key="retract-cut",
            )


def _retract(context: Context) -> None:
    assert context.project is not None  # noqa: S101 - there is a run
    project = context.project.id
    blocks.tried(
        lambda: partitions.retract(context.store, context.who, project=project, now=now())
    )


def _compared(
    context: Context,
    shown: data.Shown,
    *,
    saved: Sequence[SavedPartition],
    draft: drafting.Draft,
) -> None:
    """Two cuts side by side: figures, and the units that are elsewhere."""
    by_id = {each.id: each for each in saved}
    names = {_OWN: context.say("app.services.own"), _DRAFT: context.say("app.services.draft")}
    names |= {id_: _called(context, each) for id_, each in by_id.items()}
    st.subheader(context.say("app.services.compare"), anchor="compare")
    left, right = st.columns(2)
    sides: list[tuple[str, State]] = []
    for column, key, usual in ((left, "one", _OWN), (right, "other", _DRAFT)):
        id_ = column.selectbox(
            context.say(f"app.services.compare.{key}"),
            list(names),
            index=list(names).index(usual),
            format_func=names.__getitem__,
            key=f"compare-{key}",
        )
        found = draft.now if id_ == _DRAFT else drafting.start_of(context, shown, by_id.get(id_))
        sides.append((names[id_], found or draft.start))
    (called, one), (also, other) = sides
    heads = (called, also)
    figures = measures(draft.coupling, one.cut, other.cut)
    blocks.table(figures_table(figures, context.wording, names=heads), key="compare-figures")
    moved = shifts(one.cut, other.cut)
    st.caption(context.say("app.services.moved", count=len(moved)))
    if moved:
        blocks.table(shifts_table(moved, context.wording, names=heads), key="compare-units")
