"""Attest: what no file can prove is answered, signed and confirmed here; and gaps are accepted."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from assessor.app import blocks, data, waiving
from assessor.app.context import Context, now
from assessor.errors import AssessorError
from assessor.model.assessment import Assessment
from assessor.model.decisions import Attested
from assessor.model.facts import FactUnit
from assessor.render.to_md import escaped
from assessor.report.answers import (
    STANDINGS,
    Question,
    answers_table,
    questions,
    questions_table,
)
from assessor.report.explained import ladder, proofs
from assessor.report.levels import gap
from assessor.report.wording import level, pick
from assessor.scoring.attesting import evidence_digest
from assessor.store import decisions

_MONTH = 30
_SHORTEST = 10  # characters of a statement
_LONGEST = 2000
_TOLD = "attested-told"  # session: what to say of the last answer once the page is drawn anew


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    with st.container():  # always there, so that the tabs below stay the same ones
        told = st.session_state.pop(_TOLD, None)
        if told:
            st.success(told, icon=":material/signature:")
    st.caption(context.say("app.attest.what"))
    eyes = "app.attest.four-eyes" if data.four_eyes(context) else "app.attest.two-eyes"
    st.caption(context.say(eyes))
    if shown.stale:
        st.warning(context.say("app.stale"), icon=":material/update:")
    asking, given, waivers = st.tabs(
        [context.say(f"app.attest.{each}") for each in ("questions", "answers", "waivers")]
    )
    with asking:
        _questions(context, shown)
    with given:
        _answers(context, shown)
    with waivers:
        waiving.draw(context, shown.assessment)


def _questions(context: Context, shown: data.Shown) -> None:
    asked = questions(shown.assessment, shown.attested)
    if not asked:
        st.info(context.say("app.attest.no-questions"))
        return
    wanted = st.pills(
        context.say("answers.standing"),
        STANDINGS,
        selection_mode="multi",
        format_func=lambda each: context.say(f"answers.standing.{each}"),
        key="standing",
    )
    left = [each for each in asked if not wanted or each.standing in wanted]
    at = blocks.chosen_row(questions_table(left, context.wording), key="questions")
    rule = st.query_params.get("rule", "")
    question = left[at] if at is not None else next((e for e in left if e.rule.id == rule), None)
    if question is None:
        st.caption(context.say("app.attest.choose"))
        return
    _question(context, shown.assessment, question)


def _question(context: Context, found: Assessment, question: Question) -> None:
    """The rule with its evidence, and the form."""
    rule, fact = question.rule, question.fact
    facts = {each.name: each for each in found.facts}
    st.subheader(escaped(f"{rule.id} · {context.pick(fact.title)}"), anchor=rule.id)
    st.markdown(escaped(context.pick(rule.why)))
    with st.expander(context.say("explain.evidence")):
        blocks.table(ladder(rule, facts, wording=context.wording), key=f"ladder-{fact.name}")
        blocks.blocks(proofs(rule, facts, wording=context.wording), key=f"proofs-{fact.name}")
    if not context.may("assessor"):
        st.info(context.say("app.attest.viewer"))
        return
    _form(context, question)


def _form(context: Context, question: Question) -> None:
    rule, fact = question.rule, question.fact
    digest = evidence_digest(rule)
    with st.form(f"attest-{fact.name}", border=True):
        value = _value(context, fact.unit)
        statement = st.text_area(
            context.say("app.attest.statement"),
            max_chars=_LONGEST,
            help=context.say("app.attest.statement.help"),
        )
        left, right = st.columns(2)
        role = left.text_input(context.say("app.attest.role"), max_chars=100)
        today = data.today()
        expires = right.date_input(
            context.say("app.attest.expires"),
            value=today + timedelta(days=6 * _MONTH),
            min_value=today + timedelta(days=1),
            max_value=today + timedelta(days=365),
        )
        st.caption(context.say("app.attest.signing", name=context.who.name, digest=digest[:12]))
        sent = st.form_submit_button(context.say("app.attest.sign"), type="primary")
    if not sent:
        return
    if len(statement.strip()) < _SHORTEST or not role.strip() or value is None:
        st.error(context.say("app.attest.incomplete", least=_SHORTEST), icon=":material/error:")
        return
    _sign(context, question, value, statement=statement.strip(), role=role.strip(), until=expires)


def _value(context: Context, unit: FactUnit) -> float | bool | None:
    """The field that fits the unit of the fact."""
    said = context.say("answers.said")
    if unit == "yes-no":
        yes = st.radio(
            said,
            [True, False],
            index=None,
            horizontal=True,
            format_func=lambda each: context.say("value.yes" if each else "value.no"),
        )
        return yes if yes is None else bool(yes)
    if unit == "share":
        percent = st.number_input(f"{said} (%)", min_value=0.0, max_value=100.0, value=None)
        return None if percent is None else float(percent) / 100
    whole = st.number_input(said, min_value=0, value=None, step=1)
    return None if whole is None else int(whole)


def _sign(
    context: Context,
    question: Question,
    value: float | bool,  # noqa: FBT001 - facts may be yes or no
    *,
    statement: str,
    role: str,
    until: date,
) -> None:
    assert context.project is not None  # noqa: S101 - there is a run
    rule, fact = question.rule, question.fact
    decisions.attest(
        context.store,
        context.who,
        project=context.project.id,
        rule=rule.id,
        fact=fact.name,
        value=value,
        statement=statement,
        role=role,
        expires=until.isoformat(),
        evidence=evidence_digest(rule),
        now=now(),
    )
    found = data.shown(context).assessment
    after = next(each for pack in found.packs for each in pack.rules if each.id == rule.id)
    stays = level(after) == level(rule)
    said = context.say(
        "app.attest.signed.stays" if stays else "app.attest.signed",
        rule=rule.id,
        before=level(rule),
        after=level(after),
        gap=gap(after, {each.name: each for each in found.facts}, wording=context.wording),
    )
    st.session_state[_TOLD] = escaped(said)
    st.rerun()


def _answers(context: Context, shown: data.Shown) -> None:
    """Everything that was signed, to be confirmed or withdrawn."""
    if not shown.attested:
        st.info(context.say("app.attest.no-answers"))
        return
    newest = sorted(shown.attested, key=lambda a: a.attestation.made_at, reverse=True)
    table = answers_table(newest, shown.assessment, wording=context.wording)
    at = blocks.chosen_row(table, key="answers")
    if at is None:
        st.caption(context.say("app.attest.choose-answer"))
        return
    chosen = newest[at]
    fact = next(
        (each for each in shown.assessment.facts if each.name == chosen.attestation.fact), None
    )
    if fact is not None:
        st.markdown(f"**{escaped(pick(context.wording, fact.title))}**")
    st.markdown(escaped(chosen.attestation.statement))
    st.caption(escaped(context.say("app.attest.digest", digest=chosen.attestation.evidence)))
    _decide(context, chosen)


def _decide(context: Context, chosen: Attested) -> None:
    """Confirm as a second person, or withdraw."""
    signed = chosen.attestation
    mine = signed.person == context.who.name
    left, right = st.columns(2)
    if not signed.approver and chosen.state != "withdrawn":
        if context.may("approver") and not mine:
            if left.button(context.say("app.attest.confirm"), icon=":material/done_all:"):
                _tried(lambda: decisions.confirm(context.store, context.who, signed.id, now=now()))
        elif mine:
            left.caption(context.say("app.attest.not-own"))
    if (
        chosen.state != "withdrawn"
        and (mine or context.may("approver"))
        and right.button(context.say("app.attest.withdraw"), icon=":material/undo:")
    ):
        _tried(lambda: decisions.withdraw(context.store, context.who, signed.id, now=now()))


def _tried(step: Callable[[], object]) -> None:
    """Does it and draws the page anew; what the store refuses is told."""
    try:
        step()
    except AssessorError as error:
        st.error(str(error), icon=":material/error:")
    else:
        st.rerun()
