"""Places that speak against rules, and which of them a change brought."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind
from assessor.model.gate import Finding, Severity, Worsened
from assessor.model.rules import Outcome

_SEVERITIES: Mapping[int, Severity] = {2: "major", 3: "minor"}
# Measured along a cut of the code that any change may move: their places are no one's doing.
# They still count through the conditions that rest on them.
_ALONG_THE_CUT = frozenset(
    {
        "arch.cochange_across",
        "arch.facade_share",
        "arch.feature_packages",
        "arch.modularity",
        "arch.module_cycles",
        "arch.tested_modules",
        "arch.transactions_across",
    }
)
# Measured in the history, though about the repository: it moves with every commit.
_OF_THE_PAST = frozenset({"arch.cochange_across"})


def findings(found: doc.Assessment) -> tuple[Finding, ...]:
    """Every place in a file that speaks against an applicable rule, sorted.

    Commits are left out: they belong to the past, not to a change.
    """
    facts = {fact.name: fact for fact in found.facts}
    every = [
        finding
        for pack in found.packs
        for rule in pack.rules
        if rule.applicable
        for name, level in _lowest(rule).items()
        if name not in _ALONG_THE_CUT and facts[name].kind is EvidenceKind.REPOSITORY
        for finding in _against(rule.id, facts[name], level=level)
    ]
    return tuple(sorted(every))


def new(
    head: Iterable[Finding], base: Iterable[Finding], *, renames: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The findings of `head` that `base` has no counterpart of, each counted once.

    Counterparts are looked for in turn: the same claim in the same file, another claim in the
    same file (its words or figures changed), the same claim in another file (it moved).
    renames: path in the base -> path in the head.
    """
    left, old = list(head), list(base)
    keys: tuple[Callable[[Finding, str], Hashable], ...] = (
        lambda each, path: (each.rule, each.fact, path, each.claim),
        lambda each, path: (each.rule, each.fact, path),
        lambda each, _: (each.rule, each.fact, each.claim),
    )
    for key in keys:
        left, old = _unmatched(left, old, key=key, renames=renames)
    return tuple(sorted(left))


def _unmatched(
    head: list[Finding],
    base: list[Finding],
    *,
    key: Callable[[Finding, str], Hashable],
    renames: Mapping[str, str],
) -> tuple[list[Finding], list[Finding]]:
    """What is left of both sides after each was paired with one of the same key."""
    there = Counter(key(each, renames.get(each.path, each.path)) for each in base)
    here = Counter(key(each, each.path) for each in head)
    pairs = there & here
    paired = Counter(pairs)
    kept = [each for each in head if not _taken(pairs, key(each, each.path))]
    old = [e for e in base if not _taken(paired, key(e, renames.get(e.path, e.path)))]
    return kept, old


def _taken(pairs: "Counter[Hashable]", key: Hashable) -> bool:
    """Whether the key still has a pair to give; takes it."""
    if pairs[key] <= 0:
        return False
    pairs[key] -= 1
    return True


def worsened(head: doc.Assessment, base: doc.Assessment) -> tuple[Worsened, ...]:
    """Conditions met in `base` and not-met or unseen in `head`, of facts that files show:
    what the history shows moves with time, and is not the doing of one change.

    Rules are compared by id, conditions by level, fact and comparison; both were judged by the
    same packs.
    """
    before = {
        (rule.id, each.level, each.fact, each.comparison): each
        for rule in _rules(base)
        for each in rule.outcomes
        if each.outcome is Outcome.MET
    }
    facts, old = ({fact.name: fact for fact in each.facts} for each in (head, base))
    lost = {Outcome.NOT_MET, Outcome.UNKNOWN}
    return tuple(
        Worsened(
            rule=rule.id,
            level=each.level,
            fact=each.fact,
            title=facts[each.fact].title,
            unit=facts[each.fact].unit,
            before=met.value,
            after=each.value,
            outcome=each.outcome,
            places=_places(rule.id, each, head=facts[each.fact], base=old[each.fact]),
        )
        for rule in _rules(head)
        for each in rule.outcomes
        if each.outcome in lost
        and facts[each.fact].kind is EvidenceKind.REPOSITORY
        and each.fact not in _OF_THE_PAST
        and (met := before.get((rule.id, each.level, each.fact, each.comparison))) is not None
    )


def _rules(found: doc.Assessment) -> list[doc.Rule]:
    return [rule for pack in found.packs for rule in pack.rules]


def _lowest(rule: doc.Rule) -> dict[str, int]:
    """Fact -> the lowest level with a condition on it."""
    levels: dict[str, int] = {}
    for each in rule.outcomes:
        levels[each.fact] = min(each.level, levels.get(each.fact, each.level))
    return levels


def _against(rule: str, fact: doc.Fact, *, level: int) -> list[Finding]:
    return [
        _finding(rule, fact.name, proof, level=level)
        for proof in fact.evidence
        if not proof.holds and proof.path and not proof.commit
    ]


def _finding(rule: str, fact: str, proof: doc.Proof, *, level: int, was: bool = False) -> Finding:
    severity = _SEVERITIES.get(level, "info")
    return Finding(proof.path, proof.line, rule, fact, level, severity, proof.claim, was)


def _places(
    rule: str, condition: doc.ConditionResult, *, head: doc.Fact, base: doc.Fact
) -> tuple[Finding, ...]:
    """What speaks against the fact now and did not before; else what spoke for it and is gone."""
    against = [
        _finding(rule, head.name, proof, level=condition.level)
        for proof in _fresh(head.evidence, base.evidence, holds=False)
    ]
    gone = [
        _finding(rule, head.name, proof, level=condition.level, was=True)
        for proof in _fresh(base.evidence, head.evidence, holds=True)
    ]
    return tuple(sorted(against or gone))


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
