"""Maturity: standard, domain, rule, evidence, code; and what lifting rules would come to."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessor import pipeline
from assessor.app import blocks, data, remarks
from assessor.app.context import Context, link
from assessor.model.assessment import Assessment, Fact, Pack, Proof, Rule
from assessor.model.kept import Excerpt
from assessor.model.view import Sentence, Table
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report import figures
from assessor.report.explained import ladder, proofs
from assessor.report.maturity import (
    STATES,
    chosen,
    moved,
    next_level,
    numbered,
    rules_table,
)
from assessor.report.wording import NOTHING, cited, cost, level, place

TICKED = "what-if"  # session, for each project: ids of the rules taken to rise by a level


def draw(context: Context) -> None:
    """The page."""
    shown = data.shown(context)
    found = shown.assessment
    if not found.packs:
        st.info(context.say("app.maturity.none"))
        return
    facts = {fact.name: fact for fact in found.facts}
    asked = st.query_params.get("rule", "")
    pack = _pack(context, found, asked=asked)
    with st.expander(context.say("figure.domains", pack=pack.id)):
        blocks.figure(figures.domains(pack, context.wording), key="domains")
    rule = _table(context, pack, facts, asked=asked)
    _what_if(context, shown)
    if rule is not None:
        st.divider()
        _rule(context, shown, rule, facts=facts)


def _pack(context: Context, found: Assessment, *, asked: str) -> Pack:
    """The standard of the rule that is asked for, else the one that is chosen."""
    packs = {pack.id: pack for pack in found.packs}
    of_rule = {rule.id: pack.id for pack in found.packs for rule in pack.rules}
    named = of_rule.get(asked) or st.query_params.get("pack", "")
    start = list(packs).index(named) if named in packs else 0
    picked = st.selectbox(
        context.say("packs.standard"),
        list(packs),
        index=start,
        format_func=lambda each: f"{each} · {context.pick(packs[each].title)}",
        key=f"pack-{start}",
    )
    pack = packs[picked]
    if pack.id != named:
        st.query_params["pack"] = pack.id
        st.query_params.pop("rule", None)
    return pack


def _table(context: Context, pack: Pack, facts: dict[str, Fact], *, asked: str) -> Rule | None:
    """The rules to choose from, and the chosen one; the address keeps it."""
    left, right = st.columns(2)
    state = left.segmented_control(
        context.say("app.maturity.state"),
        STATES,
        default=STATES[0],
        required=True,
        format_func=lambda each: context.say(f"app.maturity.state.{each}"),
        key="state",
    )
    domains = {"": context.say("app.maturity.domains")} | {
        domain.id: context.pick(domain.title) for domain in pack.domains
    }
    domain = right.selectbox(
        context.say("app.maturity.domain"),
        list(domains),
        format_func=domains.__getitem__,
        key=f"domain-{pack.id}",
    )
    rules = chosen(pack, state=state or "all", domain=domain or "")
    if not rules:
        st.info(context.say("app.maturity.no-rules"))
        return None
    table = rules_table(rules, facts, wording=context.wording)
    at = blocks.chosen_row(table, key=f"rules-{pack.id}-{state}-{domain}")
    st.caption(context.say("app.signs"))
    if at is not None:
        st.query_params["rule"] = rules[at].id
        return rules[at]
    st.caption(context.say("app.maturity.choose"))
    return next((rule for rule in pack.rules if rule.id == asked), None)


def _rule(context: Context, shown: data.Shown, rule: Rule, *, facts: dict[str, Fact]) -> None:
    st.subheader(escaped(f"{rule.id} · {context.pick(rule.title)}"), anchor=rule.id)
    st.markdown(escaped(context.say("explain.level", level=level(rule))))
    st.markdown(escaped(context.pick(rule.why)))
    st.caption(escaped(cited(context.wording, rule.source)))
    st.caption(escaped(context.say(f"explain.{rule.kind}")))
    blocks.table(ladder(rule, facts, wording=context.wording), key=f"ladder-{rule.id}")
    _raise(context, shown, rule)
    st.markdown(f"**{context.say('explain.remedy')}**")
    st.markdown(escaped(context.pick(rule.remedy)))
    st.caption(escaped(cost(context.wording, rule.effort)))
    _evidence(context, shown, rule, facts=facts)
    if rule.attested or any(result.outcome == "manual" for result in rule.outcomes):
        link(context, "attest", label=context.say("app.maturity.attest"), rule=rule.id)
    remarks.draw(context, subject=f"rule:{rule.id}")


def _evidence(context: Context, shown: data.Shown, rule: Rule, *, facts: dict[str, Fact]) -> None:
    """Every proof; choosing one shows the code around it."""
    st.markdown(f"**{context.say('explain.evidence')}**")
    told = proofs(rule, facts, wording=context.wording)
    for each in told:
        if isinstance(each, Sentence):
            blocks.sentence(each)
    table = next((each for each in told if isinstance(each, Table)), None)
    if table is None:
        st.caption(context.say("app.maturity.no-evidence"))
        return
    at = blocks.chosen_row(table, key=f"proofs-{rule.id}")
    if at is None and any(row[0].text != NOTHING for row in table.rows):
        st.caption(context.say("app.maturity.code"))
    elif at is not None:
        _code(context, shown, table.rows[at][0].text, rule=rule)


def _code(context: Context, shown: data.Shown, where: str, *, rule: Rule) -> None:
    """The code at a place of the rule's evidence."""
    proof = _proof(shown.assessment, rule, where)
    excerpt = None if proof is None else _excerpt(shown, proof)
    if excerpt is not None:
        st.caption(escaped(where))
        code = "\n".join(visible(line) for line in numbered(excerpt).split("\n"))
        st.code(code, language=None, wrap_lines=True)
    else:
        said = "app.maturity.commit" if proof is not None and proof.commit else "app.maturity.file"
        st.caption(context.say(said, place=escaped(where)))


def _proof(found: Assessment, rule: Rule, where: str) -> Proof | None:
    """The proof that the table calls by that place."""
    names = {result.fact for result in rule.outcomes}
    every = (proof for fact in found.facts if fact.name in names for proof in fact.evidence)
    return next(
        (each for each in every if place(each.path, line=each.line, commit=each.commit) == where),
        None,
    )


def _excerpt(shown: data.Shown, proof: Proof) -> Excerpt | None:
    return next(
        (
            each
            for each in shown.kept.excerpts
            if each.path == proof.path and each.line == max(proof.line, 1)
        ),
        None,
    )


def _raise(context: Context, shown: data.Shown, rule: Rule) -> None:
    """A tick that takes the rule to have reached its next level."""
    wanted = next_level(rule)
    if not rule.applicable or wanted is None:
        return
    if not _judges(shown):
        st.caption(context.say("app.stale"))
        return
    ticked = set(_ticked(context))
    on = st.checkbox(
        context.say("app.maturity.if", rule=rule.id, level=wanted),
        value=rule.id in ticked,
        key=f"if-{_project(context)}-{rule.id}",
    )
    if on != (rule.id in ticked):
        _tick(context, sorted(ticked ^ {rule.id}))
        st.rerun()


def _what_if(context: Context, shown: data.Shown) -> None:
    """What the ticked rules would lift, and what that costs."""
    rules = {rule.id: rule for pack in shown.assessment.packs for rule in pack.rules}
    ticked = [rules[each] for each in _ticked(context) if each in rules]
    remedied = [(rule.id, wanted) for rule in ticked if (wanted := next_level(rule)) is not None]
    if not remedied or not _judges(shown):
        return
    with st.container(border=True):
        st.subheader(context.say("app.maturity.what-if"), anchor="what-if")
        named = ", ".join(f"{rule} → {wanted}" for rule, wanted in remedied)
        hours = sum(rule.effort.hours for rule in ticked)
        st.markdown(context.say("app.maturity.supposed", rules=named, hours=f"{hours:g}"))
        after = pipeline.rescored(
            shown.stored,
            shown.kept,
            data.rules(),
            attestations=shown.attested,
            remedied=remedied,
        )
        table = moved(shown.assessment, after, wording=context.wording)
        if table.rows:
            blocks.table(table, key="moved")
        else:
            st.caption(context.say("app.maturity.nothing-moves"))
        if st.button(context.say("app.maturity.clear"), icon=":material/undo:"):
            for rule in ticked:
                st.session_state.pop(f"if-{_project(context)}-{rule.id}", None)
            _tick(context, [])
            st.rerun()


def _judges(shown: data.Shown) -> bool:
    """Whether the rules of today are those that the run was judged by."""
    return shown.assessment.provenance.rules == data.rules().digest


def _project(context: Context) -> str:
    return context.project.id if context.project else ""


def _ticked(context: Context) -> Sequence[str]:
    every: Mapping[str, Sequence[str]] = st.session_state.get(TICKED, {})
    return every.get(_project(context), ())


def _tick(context: Context, rules: Sequence[str]) -> None:
    st.session_state[TICKED] = {**st.session_state.get(TICKED, {}), _project(context): rules}
