"""Signed answers: the facts that they give, and the evidence that they were signed on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from assessor.model import assessment as doc
from assessor.model.basis import Evidence, EvidenceKind, Text
from assessor.model.decisions import Attestation, Attested
from assessor.model.facts import Fact, FactSpec

_DATE = 10  # so much of an ISO time is its date


def attested(
    facts: Mapping[str, Fact], attestations: Sequence[Attested], *, specs: Mapping[str, FactSpec]
) -> dict[str, Fact]:
    """The facts, with the answers to those that nothing but an attestation can give.

    Of several that count for a fact it is the newest. What files, history or imports have to
    prove is never touched: nobody signs it away.
    """
    given = {each.fact: each for each in _counting(attestations)}
    return {
        name: _answered(fact, given[name]) if name in given and _open(fact, specs) else fact
        for name, fact in facts.items()
    }


def _counting(attestations: Iterable[Attested]) -> list[Attestation]:
    """Those that count, oldest first."""
    counting = (each.attestation for each in attestations if each.state == "counts")
    return sorted(counting, key=lambda each: (each.made_at, each.id))


def _open(fact: Fact, specs: Mapping[str, FactSpec]) -> bool:
    """Whether the fact waits for an attestation."""
    spec = specs.get(fact.name)
    waits = spec is not None and spec.evidence is EvidenceKind.ATTESTATION
    return waits and fact.applies and fact.value is None


def _answered(fact: Fact, given: Attestation) -> Fact:
    proof = Evidence(None, _claim(given), holds=given.value is not False)
    return replace(fact, value=given.value, evidence=(proof,), reason=None, bounds=None)


def _claim(given: Attestation) -> Text:
    """Who signed in which role and when, until when it holds, and who confirmed it."""
    signed, confirmed = given.made_at[:_DATE], given.approved_at[:_DATE]
    zh = f"{given.person}（{given.role}）于 {signed} 签署，有效期至 {given.expires}"
    en = f"signed by {given.person} ({given.role}) on {signed}, valid until {given.expires}"
    if not given.approver:
        return Text(zh=f"{zh}，无第二人确认", en=f"{en}, confirmed by nobody else")
    return Text(
        zh=f"{zh}，{given.approver} 于 {confirmed} 确认",
        en=f"{en}, confirmed by {given.approver} on {confirmed}",
    )


def evidence_digest(rule: doc.Rule) -> str:
    """SHA-256 in hex of the rule's proofs and of what came of its conditions, in any order.

    Answers that people signed are left out: one of them does not make another one stale.
    """
    proofs = sorted(
        (each.path, each.line, each.commit, each.claim.en, each.holds)
        for each in rule.evidence
        if each.path or each.commit
    )
    found = sorted(
        (each.level, each.fact, each.comparison, _exact(each.threshold), *_came(each))
        for each in rule.outcomes
        if each.kind is not EvidenceKind.ATTESTATION
    )
    text = json.dumps([proofs, found], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def _came(result: doc.ConditionResult) -> tuple[str, str]:
    return _exact(result.value), str(result.outcome)


def _exact(value: float | bool | None) -> str:  # noqa: FBT001 - facts may be yes or no
    """The value as the document has it, which keeps six digits."""
    return str(round(value, 6) + 0.0) if isinstance(value, float) else str(value)


def renewed(attestations: Iterable[Attested], packs: Iterable[doc.Pack]) -> tuple[Attested, ...]:
    """The attestations, sorted; stale are those whose rule has other evidence now, or is gone."""
    now = {rule.id: evidence_digest(rule) for pack in packs for rule in pack.rules}
    return tuple(
        replace(each, stale=now.get(each.attestation.rule) != each.attestation.evidence)
        for each in sorted(attestations)
    )
