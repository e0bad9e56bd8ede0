"""Signed answers: given, confirmed by a second person, withdrawn, and which of them count."""

import math
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from assessor.collect.documents import brief
from assessor.errors import DeniedError, UsageError
from assessor.model.decisions import Attestation, AttestationState, Attested
from assessor.model.stored import StoredAttestation, Visitor
from assessor.render.to_json import DIGITS
from assessor.store.events import note
from assessor.store.roles import may, require
from assessor.store.rows import owned, project_row
from assessor.store.schema import ATTESTATIONS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import LINE, LONG, NAME, day, fresh, last_day, moment, words

Row_ = Row[tuple[object, ...]]


def attest(  # noqa: PLR0913 - what is signed
    store: Store,
    who: Visitor,
    *,
    project: str,
    rule: str,
    fact: str,
    value: float | bool,
    statement: str,
    role: str,
    expires: str,
    evidence: str,
    now: str,
) -> StoredAttestation:
    """The visitor's signed answer, which counts until it expires, twelve months at most.

    Wants an assessor. Raises UsageError for what says too little or too much.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no value")
    signed = Attestation(
        id=fresh(),
        rule=words(rule, what="the rule", most=NAME),
        fact=words(fact, what="the fact", most=NAME),
        value=round(value, DIGITS) if isinstance(value, float) else value,
        statement=words(statement, what="the statement", most=LONG),
        person=who.name,
        role=words(role, what="the role", most=NAME),
        made_at=moment(now),
        expires=last_day(expires, today=day(now)),
        evidence=evidence and words(evidence, what="the evidence", most=LINE),
    )
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor", lock=True)
        made = add_attestation(db, StoredAttestation(signed, project))
        _noted(db, who, made, action="attestation.signed", now=now)
        return attestation_of(made)


def confirm(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Confirms what somebody else signed. Wants an approver who is not the signer."""
    with writing(store) as db:
        found = owned(db, who, table=ATTESTATIONS, id_=id_, what="attestation", lock=True)
        if found.person == who.name:
            raise DeniedError(f"{brief(who.name)} signed this; somebody else has to confirm it.")
        require(who, found.project, "approver")
        if found.withdrawn_by or found.approver:
            state = "was withdrawn" if found.withdrawn_by else "is confirmed already"
            raise UsageError(f"attestation {id_} {state}.")
        if date.fromisoformat(found.expires) < day(now):
            raise UsageError(f"attestation {id_} expired on {found.expires}; it is signed anew.")
        _change(db, id_, approver=who.name, approved_at=moment(now))
        _noted(db, who, found, action="attestation.confirmed", now=now)


def withdraw(store: Store, who: Visitor, id_: str, *, now: str) -> None:
    """Takes an attestation back, for which it stays to be seen. By its signer, or an approver."""
    with writing(store) as db:
        found = owned(db, who, table=ATTESTATIONS, id_=id_, what="attestation", lock=True)
        if found.person != who.name and not may(who, found.project, "approver"):
            raise DeniedError(f"{brief(who.name)} may not do this: it is for signer or approver.")
        if found.withdrawn_by:
            raise UsageError(f"attestation {id_} was withdrawn before.")
        _change(db, id_, withdrawn_by=who.name, withdrawn_at=moment(now))
        _noted(db, who, found, action="attestation.withdrawn", now=now)


def attestations(store: Store, who: Visitor, *, project: str) -> tuple[StoredAttestation, ...]:
    """All that were ever signed for the project, newest first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        asked = select(ATTESTATIONS).where(ATTESTATIONS.c.project == project)
        found = db.execute(asked.order_by(ATTESTATIONS.c.serial.desc()))
        return tuple(attestation_of(row) for row in found)


def counted(
    stored: Iterable[StoredAttestation],
    *,
    today: date,
    four_eyes: bool,
    evidence: Mapping[str, str],
) -> tuple[Attested, ...]:
    """What comes of each, by rule and fact, newest first; older ones that count no more are out.

    stored: of the same second, the newest first, as `attestations` gives them.
    four_eyes: one counts only once it is confirmed. evidence: rule -> digest of its evidence now;
    an attestation made on another one is stale, but for rules that are not named.
    """
    seen: set[str] = set()
    made = []
    for each in sorted(stored, key=lambda one: one.attestation.made_at, reverse=True):
        signed = each.attestation
        state = _state(each, today=today, four_eyes=four_eyes)
        if state == "counts" and signed.fact in seen:
            continue
        if state == "counts":
            seen.add(signed.fact)
        stale = evidence.get(signed.rule, signed.evidence) != signed.evidence
        made.append(Attested(signed, state, stale))
    return tuple(sorted(made, key=lambda each: (each.attestation.rule, each.attestation.fact)))


def add_attestation(db: Connection, wanted: StoredAttestation) -> Row_:
    """The row of the attestation, as it was written."""
    signed = wanted.attestation
    row = {
        "id": signed.id,
        "project": wanted.project,
        "rule": signed.rule,
        "fact": signed.fact,
        "value": signed.value,
        "statement": signed.statement,
        "person": signed.person,
        "role": signed.role,
        "made_at": signed.made_at,
        "expires": signed.expires,
        "evidence": signed.evidence,
        "approver": signed.approver,
        "approved_at": signed.approved_at,
        "withdrawn_by": wanted.withdrawn_by,
        "withdrawn_at": wanted.withdrawn_at,
    }
    return db.execute(insert(ATTESTATIONS).values(**row).returning(*ATTESTATIONS.c)).one()


def attestation_of(row: Row_) -> StoredAttestation:
    """An attestation in the store."""
    signed = Attestation(
        id=row.id,
        rule=row.rule,
        fact=row.fact,
        value=row.value,
        statement=row.statement,
        person=row.person,
        role=row.role,
        made_at=row.made_at,
        expires=row.expires,
        evidence=row.evidence,
        approver=row.approver,
        approved_at=row.approved_at,
    )
    return StoredAttestation(signed, row.project, row.withdrawn_by, row.withdrawn_at)


def _state(each: StoredAttestation, *, today: date, four_eyes: bool) -> AttestationState:
    if each.withdrawn_by:
        return "withdrawn"
    if date.fromisoformat(each.attestation.expires) < today:
        return "expired"
    return "pending" if four_eyes and not each.attestation.approver else "counts"


def _change(db: Connection, id_: str, **values: str) -> None:
    db.execute(update(ATTESTATIONS).where(ATTESTATIONS.c.id == id_).values(**values))


def _noted(db: Connection, who: Visitor, row: Row_, *, action: str, now: str) -> None:
    detail = {"rule": row.rule, "fact": row.fact, "value": row.value}
    project, subject = row.project, row.id
    note(db, who.name, project=project, action=action, subject=subject, now=now, detail=detail)
