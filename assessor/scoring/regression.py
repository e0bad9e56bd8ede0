"""What an assessed commit is as a base, and which of its conditions a change lost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind
from assessor.model.facts import FactSpec
from assessor.model.gate import Audited, Base, ConditionKey, Finding, Use, Worsened
from assessor.model.records import Reference
from assessor.model.rules import Outcome, Rule

Services = Mapping[str, tuple[str, ...]]
_LOST = frozenset({Outcome.NOT_MET, Outcome.UNKNOWN})


def base_of(audited: Audited) -> Base:
    """The assessed commit as something to compare with; its services are the proposed ones."""
    found = audited.assessment
    partition = found.partition
    services = {each.name: each.units for each in partition.services} if partition else {}
    return Base(
        revision=found.repository.revision,
        findings=audited.findings,
        met=dict(sorted(_met(found).items())),
        proofs={fact.name: fact.evidence for fact in found.facts},
        services=services,
        uses=frozenset(
            (use.source, use.target) for use in across(audited.uses, home_of(services))
        ),
    )


def uses(references: Iterable[Reference]) -> tuple[Use, ...]:
    """One for each pair of units that refer to each other, with the first line that does."""
    first: dict[tuple[str, str], int] = {}
    for each in references:
        pair = (each.source, each.target)
        if each.source != each.target:
            first[pair] = min(each.line, first.get(pair, each.line))
    return tuple(Use(source, target, line) for (source, target), line in sorted(first.items()))


def home_of(services: Services) -> dict[str, str]:
    """Unit -> its service."""
    return {unit: name for name, units in services.items() for unit in units}


def moved(
    services: Services, uses: Iterable[tuple[str, str]], *, renames: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], frozenset[tuple[str, str]]]:
    """Services and uses with units by the names that they have now."""
    return (
        {
            name: tuple(sorted(renames.get(unit, unit) for unit in units))
            for name, units in services.items()
        },
        frozenset((renames.get(a, a), renames.get(b, b)) for a, b in uses),
    )


def across(uses: Sequence[Use], home: Mapping[str, str]) -> tuple[Use, ...]:
    """The uses between units of different services. home: unit -> service."""
    return tuple(
        use
        for use in uses
        if use.source in home and use.target in home and home[use.source] != home[use.target]
    )


def _met(found: doc.Assessment) -> dict[ConditionKey, float | int | bool | None]:
    return {
        _key(rule.id, each): each.value
        for pack in found.packs
        for rule in pack.rules
        for each in rule.outcomes
        if each.outcome is Outcome.MET
    }


def _key(rule: str, each: doc.ConditionResult) -> ConditionKey:
    return ConditionKey(rule, each.level, each.fact, each.comparison)


def worsened(
    head: doc.Assessment,
    base: Base,
    *,
    fresh: Sequence[Finding],
    renames: Mapping[str, str],
    rules: Mapping[str, Rule],
    specs: Mapping[str, FactSpec],
) -> tuple[Worsened, ...]:
    """Conditions met in `base` and not-met or unseen in `head`, of facts that files show:
    what the history shows moves with time, and is not the doing of one change.

    Conditions are compared by rule, level, fact and comparison. fresh: the findings that are new.
    renames: path in the base -> path in the head.
    """
    facts = {fact.name: fact for fact in head.facts}
    return tuple(
        Worsened(
            rule=rule.id,
            level=each.level,
            fact=each.fact,
            title=facts[each.fact].title,
            unit=facts[each.fact].unit,
            before=base.met[_key(rule.id, each)],
            after=each.value,
            outcome=each.outcome,
            places=tuple(f for f in fresh if (f.rule, f.fact) == (rule.id, each.fact))
            or _places(
                facts[each.fact],
                base,
                rule=rules[rule.id],
                level=each.level,
                renames=renames,
            ),
        )
        for pack in head.packs
        for rule in pack.rules
        for each in rule.outcomes
        if each.outcome in _LOST
        and specs[each.fact].evidence is EvidenceKind.REPOSITORY
        and specs[each.fact].scope != "past"
        and _key(rule.id, each) in base.met
    )


def _places(
    head: doc.Fact,
    base: Base,
    *,
    rule: Rule,
    level: int,
    renames: Mapping[str, str],
) -> tuple[Finding, ...]:
    """What speaks against the fact now and did not before; else what spoke for it and is gone.

    Nothing where the base is a file, which does not know its proofs.
    """
    if head.name not in base.proofs:
        return ()
    proofs = base.proofs[head.name]  # not all of them: a document holds so many and no more
    there = [replace(each, path=renames.get(each.path, each.path)) for each in proofs]
    known = {
        (renames.get(each.path, each.path), each.claim)
        for each in base.findings
        if each.fact == head.name
    }
    against = [
        each
        for each in _fresh(head.evidence, there, holds=False)
        if (each.path, each.claim) not in known
    ]
    gone = () if against else _fresh(there, head.evidence, holds=True)
    grave = rule.severity_at(level)
    return tuple(
        sorted(
            Finding(
                each.path, each.line, rule.id, head.name, level, grave, each.claim, was=not against
            )
            for each in (*against, *gone)
        )
    )


def _fresh(
    these: Sequence[doc.Proof], those: Sequence[doc.Proof], *, holds: bool
) -> list[doc.Proof]:
    """The proofs of files among `these` that have no equal among `those`, wherever it stands."""
    known = Counter((proof.path, proof.claim) for proof in those if proof.holds is holds)
    fresh = []
    for proof in these:
        if proof.holds is not holds or not proof.path or proof.commit:
            continue
        if known[proof.path, proof.claim] > 0:
            known[proof.path, proof.claim] -= 1
        else:
            fresh.append(proof)
    return fresh
