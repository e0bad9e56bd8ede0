"""The gate of the run that is looked at, against the run before it."""

import hashlib

import streamlit as st

from assessor.app import data
from assessor.app.context import Context
from assessor.gating import Decided
from assessor.gating.ground import DEFAULT
from assessor.gating.stored import PRESETS, decided
from assessor.model.gate import Audited, Waiver
from assessor.model.stored import RunHead
from assessor.store import decisions, runs


def gate(context: Context) -> Decided | None:
    """The decision by the project's policy and the waivers that count.

    None where the rules are others than the run was made with.
    """
    shown = data.shown(context)
    if shown.assessment.provenance.rules != data.rules().digest:
        return None
    before = previous(context)
    known = _waivers(context)
    policy = str(data.setting(context).get("policy") or DEFAULT)
    return _decided(
        shown,
        None if before is None else data.shown_run(context, before),
        known,
        key=(
            hashlib.sha256(repr((shown.attested, known)).encode()).hexdigest(),
            context.run.digest if context.run else "",
            before.digest if before else "",
            policy if policy in PRESETS else DEFAULT,
            data.today().isoformat(),
        ),
    )


def previous(context: Context) -> RunHead | None:
    """The run before the one that is looked at, None where it is the first."""
    return runs.before(context.store, context.who, context.run.id) if context.run else None


def _waivers(context: Context) -> tuple[Waiver, ...]:
    assert context.project is not None  # noqa: S101 - there is a run
    given = decisions.waivers(context.store, context.who, project=context.project.id)
    alone = not data.four_eyes(context)
    return tuple(
        each.waiver for each in given if not each.withdrawn_by and (alone or each.waiver.approver)
    )


@st.cache_resource(show_spinner=False, ttl=3600, max_entries=16)
def _decided(
    _head: data.Shown,
    _base: data.Shown | None,
    _waivers: tuple[Waiver, ...],
    *,
    key: tuple[str, str, str, str, str],
) -> Decided:
    *_, policy, _day = key
    return decided(
        _audited(_head),
        None if _base is None else _audited(_base),
        rules=data.rules(),
        policy=policy,
        waivers=_waivers,
        today=data.today(),
    )


def _audited(shown: data.Shown) -> Audited:
    return Audited(shown.assessment, shown.kept.findings, shown.kept.uses)
