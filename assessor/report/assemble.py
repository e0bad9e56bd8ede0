"""Puts everything that was found into the one document."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

from assessor.model import assessment as doc
from assessor.model.basis import Evidence
from assessor.model.decisions import Broken, Constraints
from assessor.model.facts import Fact, FactSpec
from assessor.model.history import History, UnitPast
from assessor.model.partition import homes
from assessor.model.records import FileKind, Records
from assessor.model.rules import ConditionOutcome, Outcome, PackScore, Rules, RuleScore
from assessor.model.seen import Seen
from assessor.report.cut import across, coupling, partition

PAIRS = 100
HOTSPOTS = 50
YEAR = 365  # days
EVIDENCE_PER_FACT, EVIDENCE_PER_RULE = 50, 20
NO_CONSTRAINTS = Constraints()


def assemble(  # noqa: PLR0913 - one parameter a part of the document
    seen: Seen,
    scores: Sequence[PackScore],
    *,
    facts: Mapping[str, Fact],
    specs: Mapping[str, FactSpec],
    rules: Rules,
    tool: doc.Tool,
    repository: doc.Repository,
    options: doc.Options,
    readable: Sequence[str],
    readers: Mapping[str, str],
    mass_commits: int = 0,
    constraints: Constraints = NO_CONSTRAINTS,
    broken: tuple[Broken, ...] = (),
) -> doc.Assessment:
    """The assessment document, still without attestations.

    readable: paths of all files that some reader claimed. readers: library -> version of what
    parsed them. mass_commits: commits left out of co-change for their size. constraints: what
    people want of the cut; broken: those of them that it does not respect.
    """
    return doc.Assessment(
        schema_version=doc.SCHEMA_VERSION,
        tool=tool,
        repository=repository,
        options=options,
        inventory=inventory(seen.records, readable=readable),
        history=history(seen, mass_commits=mass_commits),
        coupling=coupling(seen),
        partition=partition(seen, constraints=constraints, broken=broken),
        data=seen.data,
        behaviour=seen.behaviour,
        facts=_facts(facts, specs),
        packs=_packs(scores, facts),
        attestations=(),
        skips=tuple(sorted(set(seen.records.skips))),
        provenance=_provenance(rules, readers),
    )


def rescored(
    found: doc.Assessment,
    scores: Sequence[PackScore],
    *,
    facts: Mapping[str, Fact],
    specs: Mapping[str, FactSpec],
) -> doc.Assessment:
    """The assessment with these scores and the facts that they rest on; all else as it is."""
    return replace(found, facts=_facts(facts, specs), packs=_packs(scores, facts))


def inventory(records: Records, *, readable: Sequence[str]) -> doc.Inventory:
    """Files by kind, languages with what was read of them, and the coverage of all reading."""
    lost = {skip.path for skip in records.skips}
    claimed = sorted(set(readable))
    read = sum(path not in lost for path in claimed)
    return doc.Inventory(
        files=len(records.files),
        by_kind=dict(sorted(Counter(str(file.kind) for file in records.files).items())),
        languages=_languages(records),
        readable=len(claimed),
        read=read,
        coverage=read / len(claimed) if claimed else 1.0,
    )


def _languages(records: Records) -> tuple[doc.LanguageShare, ...]:
    """Each language with source, test or oversized files, by files, most first."""
    counted = {FileKind.SOURCE, FileKind.TEST, FileKind.OVERSIZED}
    files = Counter(f.language for f in records.files if f.language and f.kind in counted)
    read = Counter(unit.language for unit in records.units if unit.kind in counted)
    lines: Counter[str] = Counter()
    for unit in records.units:
        lines[unit.language] += unit.code_lines
    return tuple(
        doc.LanguageShare(language=name, files=n, read=read[name], code_lines=lines[name])
        for name, n in sorted(files.items(), key=lambda item: (-item[1], item[0]))
    )


def history(seen: Seen, *, mass_commits: int) -> doc.History:
    """What git tells, with the strongest pairs and the hottest units."""
    past = seen.history
    home = homes(seen.partition)
    pairs = tuple(
        doc.CoChangedPair(
            a=pair.a,
            b=pair.b,
            shared=pair.shared,
            revisions_a=pair.revisions_a,
            revisions_b=pair.revisions_b,
            degree=pair.degree,
            commit=pair.commit,
            across=across(pair.a, pair.b, home=home),
        )
        for pair in seen.cochange[:PAIRS]
    )
    times = past.commits["time"] if past is not None and len(past.commits) else None
    return doc.History(
        available=past is not None,
        reason=seen.history_reason,
        commits=len(past.commits) if past is not None else 0,
        merges=int((past.commits["parents"] > 1).sum()) if past is not None else 0,
        authors=_authors(past),
        bot_commits=int(past.commits["bot"].sum()) if past is not None else 0,
        mass_commits=mass_commits,
        first=moment(int(times.min())) if times is not None else "",
        last=moment(int(times.max())) if times is not None else "",
        tags=len(past.tags) if past is not None else 0,
        shallow=past.shallow if past is not None else False,
        partial_commits=len(past.partial) if past is not None else 0,
        cochange=pairs,
        cochange_total=len(seen.cochange),
        hotspots=seen.hotspots[:HOTSPOTS],
        xray=seen.xray.methods if seen.xray else (),
        maintainable_change=seen.xray.maintainable_change if seen.xray else None,
        units=_hot(seen),
        age=median([each.last for each in seen.pasts]) if seen.pasts else None,
        stale=_stale(seen),
        people=seen.people,
        logical=seen.logical[:PAIRS],
        logical_total=len(seen.logical),
    )


def _hot(seen: Seen) -> tuple[UnitPast, ...]:
    """The past of the units that are listed as hotspots."""
    shown = {spot.path for spot in seen.hotspots[:HOTSPOTS]}
    return tuple(each for each in seen.pasts if each.path in shown)


def _stale(seen: Seen) -> float | None:
    if not seen.pasts:
        return None
    return sum(each.last > YEAR for each in seen.pasts) / len(seen.pasts)


def _authors(past: History | None) -> int:
    if past is None:
        return 0
    return int(past.commits.loc[~past.commits["bot"].astype(bool), "author"].nunique())


def moment(seconds: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def proof(evidence: Evidence) -> doc.Proof:
    """A piece of evidence as it stands in the document."""
    place = evidence.location
    return doc.Proof(
        path=place.path if place else "",
        line=place.line if place else 0,
        commit=evidence.commit,
        claim=evidence.claim,
        holds=evidence.holds,
    )


def _facts(facts: Mapping[str, Fact], specs: Mapping[str, FactSpec]) -> tuple[doc.Fact, ...]:
    return tuple(_fact(facts[name], specs[name]) for name in sorted(facts))


def _packs(scores: Sequence[PackScore], facts: Mapping[str, Fact]) -> tuple[doc.Pack, ...]:
    return tuple(_pack(score, facts) for score in scores)


def _fact(fact: Fact, spec: FactSpec) -> doc.Fact:
    return doc.Fact(
        name=fact.name,
        title=spec.title,
        unit=spec.unit,
        kind=spec.evidence,
        value=fact.value,
        applies=fact.applies,
        reason=fact.reason,
        evidence=tuple(proof(e) for e in fact.evidence[:EVIDENCE_PER_FACT]),
        evidence_total=len(fact.evidence),
    )


def _pack(score: PackScore, facts: Mapping[str, Fact]) -> doc.Pack:
    pack = score.pack
    return doc.Pack(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        source=pack.source,
        claimable=score.claimable,
        indicative=score.indicative,
        coverage=score.coverage,
        attested=score.attested,
        lifts=score.lifts,
        domains=tuple(
            doc.Domain(
                id=d.domain.id,
                title=d.domain.title,
                claimable=d.claimable,
                indicative=d.indicative,
                coverage=d.coverage,
            )
            for d in score.domains
        ),
        rules=tuple(_rule(rule, facts) for rule in score.rules),
    )


def _rule(score: RuleScore, facts: Mapping[str, Fact]) -> doc.Rule:
    rule = score.rule
    return doc.Rule(
        id=rule.id,
        domain=rule.domain,
        item=rule.item,
        title=rule.title,
        why=rule.why,
        kind=rule.kind,
        applicable=score.applicable,
        level=score.level,
        potential=score.potential,
        attested=score.attested,
        outcomes=tuple(_condition(c) for c in score.outcomes),
        missing=tuple(_condition(c) for c in score.missing),
        evidence=_evidence(score, facts),
        remedy=rule.remedy,
        effort=rule.effort,
        source=rule.source,
    )


def _condition(result: ConditionOutcome) -> doc.ConditionResult:
    return doc.ConditionResult(
        level=result.level,
        fact=result.condition.fact,
        comparison=result.condition.comparison,
        threshold=result.condition.threshold,
        value=result.value,
        outcome=result.outcome,
        kind=result.evidence,
    )


def _evidence(score: RuleScore, facts: Mapping[str, Fact]) -> tuple[doc.Proof, ...]:
    """The rule's proofs: what keeps it from the next level first, then what carries its level.

    Which are kept where there are too many does not depend on what people signed: what speaks
    against a condition goes first, and signatures do not count.
    """
    unmet = (each for each in score.outcomes if each.outcome is Outcome.NOT_MET)
    every = _proofs((*unmet, *score.outcomes), facts)
    signed = {each for each in every if each.location is None and not each.commit}
    kept = {*[each for each in every if each not in signed][:EVIDENCE_PER_RULE], *signed}
    ranked = _proofs((*score.missing, *score.outcomes), facts)
    return tuple(proof(each) for each in ranked if each in kept)


def _proofs(
    results: Iterable[ConditionOutcome], facts: Mapping[str, Fact]
) -> dict[Evidence, None]:
    """The proofs of the facts of these conditions, each once, in their order."""
    names = dict.fromkeys(each.condition.fact for each in results)
    return dict.fromkeys(
        evidence
        for name in names
        if name in facts
        for evidence in facts[name].evidence[:EVIDENCE_PER_RULE]
    )


def _provenance(rules: Rules, readers: Mapping[str, str]) -> doc.Provenance:
    return doc.Provenance(
        packs=tuple(
            doc.PackVersion(id=pack.id, version=pack.version, digest=pack.digest)
            for pack in rules.packs
        ),
        rules=rules.digest,
        readers=dict(sorted(readers.items())),
    )
