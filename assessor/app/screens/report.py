"""Report: what is filtered here is what every format holds."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast, get_args

import streamlit as st

from assessor import pipeline, printing
from assessor.app import cuts, data, drafting, judged
from assessor.app.context import Context
from assessor.gating import Decided
from assessor.gating.formats import printed as gate_printed
from assessor.model.assessment import Assessment
from assessor.model.gate import SEVERITIES
from assessor.model.stored import SavedPartition
from assessor.report.filtering import Filter, filtered, filtered_gate
from assessor.report.view import Audience
from assessor.report.wording import Lang

_PRINTED = {"pdf": "application/pdf", "html": "text/html"}
_WRITTEN = {"json": "application/json", "md": "text/markdown"}
# Format of the gate -> its kind and the ending of its file.
_GATED = {
    "sarif": ("application/json", "sarif"),
    "csv": ("text/csv", "csv"),
    "junit": ("application/xml", "junit.xml"),
    "codequality": ("application/json", "codequality.json"),
    "oscal": ("application/json", "oscal.json"),
    "svg": ("image/svg+xml", "svg"),
}
_COVER = ("organisation", "client", "author", "classification")
_MADE = "report-made"  # session: what the report that lies ready was made of


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    st.caption(context.say("app.report.what"))
    picked = cuts.picked(context)
    chosen = _filter(context, shown.assessment)
    found = filtered(_of_cut(context, shown, picked), chosen)
    decided = judged.gate(context)
    rules = {rule.id for pack in found.packs for rule in pack.rules}
    if decided is not None:
        gate = filtered_gate(decided.gate, chosen, rules=rules)
        head = replace(decided.head, assessment=found)
        decided = replace(decided, gate=gate, head=head)
    _held(context, found, decided)
    st.subheader(context.say("app.report.printed"), anchor="printed")
    _compliance(context, found, chosen=chosen, picked=picked)
    st.subheader(context.say("app.report.others"), anchor="others")
    _others(context, found, decided)


def _of_cut(context: Context, shown: data.Shown, picked: SavedPartition | None) -> Assessment:
    """The assessment with the services of the run, or with those of the saved cut."""
    start = drafting.start_of(context, shown, picked)
    if picked is None or start is None:
        return shown.assessment
    return pipeline.recut(shown.assessment, shown.kept, start.cut)


def _filter(context: Context, found: Assessment) -> Filter:
    packs = [pack.id for pack in found.packs]
    left, right = st.columns(2)
    wanted = left.multiselect(
        context.say("app.report.packs"),
        packs,
        placeholder=context.say("app.report.all"),
        key="packs",
        bind="query-params",
    )
    severities = right.multiselect(
        context.say("app.report.severities"),
        SEVERITIES,
        placeholder=context.say("app.report.all"),
        format_func=lambda each: context.say(f"gate.severity.{each}"),
        key="severities",
        bind="query-params",
    )
    new_only = right.toggle(context.say("app.report.new"), key="new", bind="query-params")
    kept = tuple(severity for severity in SEVERITIES if severity in severities)
    return Filter(tuple(each for each in packs if each in wanted), kept, new_only=new_only)


def _held(context: Context, found: Assessment, decided: Decided | None) -> None:
    """How much will be in the files."""
    figures = (
        ("packs", len(found.packs)),
        ("rules", sum(len(pack.rules) for pack in found.packs)),
        ("proofs", sum(len(fact.evidence) for fact in found.facts)),
        ("findings", len(decided.gate.findings) if decided else 0),
        ("attestations", len(found.attestations)),
    )
    for column, (key, value) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(context.say(f"app.report.held.{key}"), f"{value:,}")


def _compliance(
    context: Context, found: Assessment, *, chosen: Filter, picked: SavedPartition | None
) -> None:
    """PDF and HTML: made on demand, as they take a few seconds."""
    order = _order(context, chosen, picked)
    key = hashlib.sha256(
        json.dumps([data.digest(found), repr(order)]).encode("utf-8", "surrogatepass")
    ).hexdigest()
    if st.button(context.say("app.report.make"), type="primary", icon=":material/print:"):
        st.session_state[_MADE] = key
    if st.session_state.get(_MADE) != key:
        st.caption(context.say("app.report.on-demand"))
        return
    with st.spinner(context.say("app.report.making")):
        content = _printed(found, order, key=key)
    name = f"{_name(context)}.{order.lang}.{order.format}"
    st.download_button(
        context.say("app.report.download", name=name, size=f"{len(content) / 1024:,.0f}"),
        content,
        file_name=name,
        mime=_PRINTED[order.format],
        on_click="ignore",
        icon=":material/download:",
    )


def _order(context: Context, chosen: Filter, picked: SavedPartition | None) -> printing.Order:
    first, second, third = st.columns(3)
    format_ = first.segmented_control(
        context.say("app.report.format"),
        list(_PRINTED),
        default="pdf",
        required=True,
        format_func=str.upper,
        key="format",
    )
    lang = second.segmented_control(
        context.say("app.report.language"),
        get_args(Lang),
        default=context.wording.lang,
        required=True,
        format_func={"zh": "中文", "en": "English"}.__getitem__,
        key="report-language",
    )
    audience = third.segmented_control(
        context.say("app.report.audience"),
        get_args(Audience)[1:],
        default="auditor",
        required=True,
        format_func=lambda each: context.say(f"app.report.audience.{each}"),
        key="audience",
    )
    with st.expander(context.say("app.report.cover")):
        cover = {
            name: st.text_input(context.say(f"cover.{name}"), key=f"cover-{name}", max_chars=200)
            for name in _COVER
        }
    if chosen.packs:
        cover[context.say("app.report.filtered")] = ", ".join(chosen.packs)
    if picked is not None:
        cover[context.say("app.report.cut")] = context.say(
            "app.report.cut.saved",
            name=picked.name,
            version=picked.version,
            person=picked.made_by,
            date=picked.made_at[:10],
        )
    return printing.Order(
        format="html" if format_ == "html" else "pdf",
        lang=cast("Lang", lang or context.wording.lang),
        audience=cast("Audience", audience or "auditor"),
        cover={name: text.strip() for name, text in cover.items() if text.strip()},
        name=context.project.name if context.project else "",
    )


@st.cache_resource(show_spinner=False, ttl=3600, max_entries=8)
def _printed(_found: Assessment, _order_: printing.Order, *, key: str) -> bytes:
    del key
    return printing.printed(_found, _order_, press=printing.press(_order_))


def _others(context: Context, found: Assessment, decided: Decided | None) -> None:
    """What other programs read, each as a button; a file is made when it is asked for."""
    files: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (format_, f"{_name(context)}.{format_}", kind, partial(_written, context, found, format_))
        for format_, kind in _WRITTEN.items()
    ]
    if decided is not None:
        files += [
            (
                format_,
                f"{_name(context)}.{ending}",
                kind,
                partial(gate_printed, decided, format_=format_, wording=context.wording),
            )
            for format_, (kind, ending) in _GATED.items()
        ]
    else:
        st.caption(context.say("app.stale"))
    for column, (format_, name, kind, content) in zip(
        st.columns(4) * -(-len(files) // 4), files, strict=False
    ):
        column.download_button(
            context.say(f"app.report.file.{format_}"),
            content,
            file_name=name,
            mime=kind,
            on_click="ignore",
            key=f"file-{format_}",
            width="stretch",
            icon=":material/download:",
        )


def _written(context: Context, found: Assessment, format_: str) -> bytes:
    return pipeline.rendered(found, format_=format_, lang=context.wording.lang)


def _name(context: Context) -> str:
    """What files are called: the project and its commit, in plain characters."""
    project = context.project.id if context.project else "assessment"
    revision = context.run.revision[:10] if context.run else ""
    return "-".join(part for part in (project, revision) if part)
