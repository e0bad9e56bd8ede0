"""What pages show, loaded once: the only place of the app that caches.

Everything is asked of the store first, which checks what the visitor may see; what is cached is
found by digests that only an answer of the store has.
"""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from assessor import pipeline
from assessor.app.access import shared
from assessor.app.context import Context
from assessor.errors import UsageError
from assessor.model.assessment import Assessment
from assessor.model.decisions import Attested
from assessor.model.kept import Kept
from assessor.model.rules import Rules
from assessor.model.stored import RunHead, StoredAttestation
from assessor.render.to_json import to_json
from assessor.scoring.attesting import evidence_digest
from assessor.store import decisions, opening, runs, settings
from assessor.store.facts import unpacked

RULES = "ASSESSOR_RULES"  # a folder of rules to use instead of those that ship
_MINUTE = 60
_HOUR = 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Shown:
    """A run as it stands today. stored: as it was written down when it was made.

    assessment: with the attestations that count by now. stale: the rules are others by now, so
    attestations of later on are not in it. load: reads the facts, which a page that shows only
    levels does without.
    """

    stored: Assessment
    assessment: Assessment
    attested: tuple[Attested, ...]
    load: Callable[[], Kept]
    stale: bool = False

    @property
    def kept(self) -> Kept:
        """The facts of the run."""
        return self.load()


def store() -> opening.Store:
    """The store that this app was started with."""
    return _store(opening.default_url())


def rules() -> Rules:
    """The rules that this app was started with."""
    return _rules(os.environ.get(RULES, ""))


def shown(context: Context) -> Shown:
    """The run that is looked at. Raises DeniedError where the visitor may not see it."""
    if context.run is None:
        raise ValueError("there is no run to show")
    return shown_run(context, context.run)


def shown_run(context: Context, run: RunHead) -> Shown:
    """A run of the same project as it stands today."""
    head = runs.run(context.store, context.who, run.id)
    stored = _assessment(context, head.id, digest=head.digest)
    load = partial(_kept, context, head.id, digest=head.digest)
    attested = counted(context, stored)
    if tuple(sorted(attested)) == stored.attestations:
        return Shown(stored, stored, attested, load)
    key = f"{head.digest} {_digest(attested)} {rules().digest}"
    try:
        current = _rescored(stored, load, attested, key=key)
    except UsageError:
        return Shown(stored, stored, attested, load, stale=True)
    return Shown(stored, current, attested, load)


def counted(context: Context, assessment: Assessment) -> tuple[Attested, ...]:
    """The project's attestations, and which of them count today."""
    if context.project is None:
        return ()
    given = decisions.attestations(context.store, context.who, project=context.project.id)
    return standing(context, given, assessment)


def standing(
    context: Context, given: Sequence[StoredAttestation], assessment: Assessment
) -> tuple[Attested, ...]:
    """What comes of these attestations today, by the evidence of the assessment."""
    digests = {rule.id: evidence_digest(rule) for pack in assessment.packs for rule in pack.rules}
    return decisions.counted(given, today=today(), four_eyes=four_eyes(context), evidence=digests)


def four_eyes(context: Context) -> bool:
    """Whether an attestation counts only once a second person has confirmed it."""
    said = setting(context).get("four_eyes")
    return shared() if said is None else bool(said)


def setting(context: Context) -> Mapping[str, object]:
    """The settings of the project, those of the whole store where it has none of its own."""
    project = context.project.id if context.project else "*"
    return settings.settings(context.store, context.who, project=project)


def today() -> date:
    """The day, by which attestations and waivers expire."""
    return datetime.now(UTC).date()


@st.cache_resource(show_spinner=False)
def _store(url: str) -> opening.Store:
    return opening.open_store(url)


@st.cache_resource(show_spinner=False, ttl=_MINUTE, max_entries=4)
def _rules(folder: str) -> Rules:
    return pipeline.rules(Path(folder) if folder else None)


@st.cache_resource(show_spinner=False, ttl=_HOUR, max_entries=8)
def _assessment(_context: Context, run: str, *, digest: str) -> Assessment:
    del digest  # names the content, for the cache
    return runs.assessment(_context.store, _context.who, run)


@st.cache_resource(show_spinner=False, ttl=_HOUR, max_entries=4)
def _kept(_context: Context, run: str, *, digest: str) -> Kept:
    del digest
    return unpacked(runs.tables(_context.store, _context.who, run))


@st.cache_resource(show_spinner=False, ttl=_HOUR, max_entries=8)
def _rescored(
    _stored: Assessment,
    _load: Callable[[], Kept],
    _attested: tuple[Attested, ...],
    *,
    key: str,
) -> Assessment:
    del key
    return pipeline.rescored(_stored, _load(), rules(), attestations=_attested)


def _digest(attested: Sequence[Attested]) -> str:
    return hashlib.sha256(repr(tuple(attested)).encode()).hexdigest()


def digest(assessment: Assessment) -> str:
    """SHA-256 of the assessment as JSON."""
    return hashlib.sha256(to_json(assessment)).hexdigest()
