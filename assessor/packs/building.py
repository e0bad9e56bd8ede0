"""Builds the model's types from files whose form is right."""

from dataclasses import replace

from assessor.detect.declared import PLACEHOLDER
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import FactSpec
from assessor.model.rules import (
    Comparison,
    Condition,
    DeclaredFact,
    Domain,
    Effort,
    Pack,
    Rule,
    RuleSource,
)
from assessor.packs.checks import one, read, wrong_path
from assessor.packs.shape import (
    RawAlternative,
    RawCondition,
    RawFact,
    RawPack,
    RawRule,
    RawText,
    RawUnseen,
)
from assessor.packs.tree import Place, Problem

_COMPARISONS: tuple[tuple[str, Comparison], ...] = (
    ("at_least", "at_least"),
    ("at_most", "at_most"),
    ("equal", "is"),
)


def pack(raw: RawPack, place: Place, *, digest: str, problems: list[Problem]) -> Pack:
    """The pack; conditions without exactly one comparison are added to `problems`."""
    return Pack(
        id=raw.pack,
        title=text(raw.title),
        version=raw.version,
        source=text(raw.source),
        domains=tuple(Domain(id=each.id, title=text(each.title)) for each in raw.domains),
        rules=tuple(
            _rule(each, place.inside("rules", at), problems=problems)
            for at, each in enumerate(raw.rules)
        ),
        digest=digest,
    )


def text(raw: RawText) -> Text:
    """Both languages."""
    return Text(zh=raw.zh, en=raw.en)


def _rule(raw: RawRule, place: Place, *, problems: list[Problem]) -> Rule:
    ladder = {
        int(level): _conditions(each, place.inside("ladder", level), problems=problems)
        for level, each in sorted(raw.ladder.items())
    }
    return Rule(
        id=raw.id,
        domain=raw.domain,
        item=raw.item,
        title=text(raw.title),
        why=text(raw.why),
        kind=raw.kind,
        ladder=ladder,
        applies=_conditions(raw.applies, place.inside("applies"), problems=problems),
        remedy=text(raw.remedy),
        effort=Effort(hours=raw.effort.hours, per=text(raw.effort.per)),
        source=RuleSource(
            standard=raw.source.standard,
            clause=text(raw.source.clause),
            status=raw.source.status,
        ),
        weight=raw.weight,
        severity=raw.severity,
        location=str(place),
    )


def _conditions(
    raw: list[RawCondition], place: Place, *, problems: list[Problem]
) -> tuple[Condition, ...]:
    made: list[Condition] = []
    for at, each in enumerate(raw):
        given = [(name, getattr(each, key)) for key, name in _COMPARISONS]
        given = [(name, threshold) for name, threshold in given if threshold is not None]
        if len(given) == 1:
            made.append(Condition(each.fact, comparison=given[0][0], threshold=given[0][1]))
        else:
            said = "a condition has exactly one of at_least, at_most and is"
            problems.append(place.inside(at).problem(said))
    return tuple(made)


def unseen(raw: RawUnseen) -> FactSpec:
    """The fact that only imported evidence or an attestation can give."""
    return FactSpec(raw.fact, text(raw.title), unit=raw.unit, evidence=EvidenceKind(raw.evidence))


def declared(raw: RawFact, place: Place, *, problems: list[Problem]) -> DeclaredFact:
    """The declared fact with its alternatives; wrong checks and paths go to `problems`."""
    alternatives = tuple(
        _selection(each, place.inside("alternatives", at), fact=raw, problems=problems)
        for at, each in enumerate(raw.alternatives)
    )
    main = _selection(raw, place, fact=raw, problems=problems)
    return replace(main, alternatives=alternatives)


def _selection(
    raw: RawFact | RawAlternative, place: Place, *, fact: RawFact, problems: list[Problem]
) -> DeclaredFact:
    claim = text(raw.claim or fact.claim)
    filled = [path for said in (claim.zh, claim.en) for path in PLACEHOLDER.findall(said)]
    wrong = [message for path in (raw.each, *filled) for message in wrong_path(path)]
    problems.extend(place.problem(message) for message in wrong)
    return DeclaredFact(
        spec=FactSpec(
            fact.fact, text(fact.title), unit=fact.unit, evidence=EvidenceKind(fact.evidence)
        ),
        kind=raw.select.kind,
        where=read(place.inside("select", "where"), problems=problems),
        each=raw.each,
        check=one(place.inside("check"), problems=problems),
        value=fact.value,
        when_nothing=fact.when_nothing,
        claim=claim,
        location=str(place),
    )
