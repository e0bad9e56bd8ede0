"""Places that speak against rules, and which of them a change brought."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain

from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.gate import Finding
from assessor.model.rules import PackScore, Rule, RuleScore

_FIGURES = re.compile(r"\d+")
_HEX = 32
_SNIPPET = 16


def findings(
    scores: Iterable[PackScore], facts: Mapping[str, Fact], specs: Mapping[str, FactSpec]
) -> tuple[Finding, ...]:
    """Every place in a file that speaks against an applicable rule, sorted, without snippets.

    Commits are left out, which belong to the past and not to a change, and so is what is measured
    along a cut that any change may move: it counts through the conditions that rest on it.
    """
    every = {
        finding
        for pack in scores
        for score in pack.rules
        if score.applicable
        for name, level in _lowest(score).items()
        if specs[name].scope in {"file", "code"}
        and specs[name].evidence is EvidenceKind.REPOSITORY
        for finding in _against(score.rule, facts[name], level=level)
    }
    return tuple(sorted(_gravest(every)))


def _gravest(every: Iterable[Finding]) -> Iterable[Finding]:
    """Of what several facts say alike of a place for one rule, the one of the lowest level."""
    found: dict[tuple[str, Location, Text], Finding] = {}
    for each in sorted(every, key=lambda each: (each.level, each)):
        found.setdefault((each.rule, Location(each.path, each.line), each.claim), each)
    return found.values()


def places(found: Iterable[Finding]) -> tuple[Location, ...]:
    """The lines that the findings stand on, sorted; whole files are none."""
    return tuple(sorted({Location(each.path, each.line) for each in found if each.line}))


def with_snippets(found: Iterable[Finding], lines: Mapping[Location, str]) -> tuple[Finding, ...]:
    """The findings with what stands on their lines; how it is spaced makes no difference."""
    return tuple(sorted(_with_snippet(each, lines) for each in found))


def _with_snippet(found: Finding, lines: Mapping[Location, str]) -> Finding:
    words = lines.get(Location(found.path, found.line), "").split()
    if not words:
        return found
    return replace(found, snippet=_digest("".join(words), length=_SNIPPET))


def fingerprints(found: Sequence[Finding]) -> tuple[str, ...]:
    """One for each: by rule, fact, path, what is said of which resource, and snippet.

    Those that are alike in all of it are numbered in the given order.
    """
    seen: Counter[str] = Counter()
    made = []
    for each in found:
        basis = "\n".join((each.rule, each.fact, each.path, _said(each), each.snippet))
        seen[basis] += 1
        made.append(_digest(f"{basis}\n{seen[basis]}", length=_HEX))
    return tuple(made)


def _digest(text: str, *, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _said(found: Finding) -> str:
    """What is said of which resource, whatever its figures."""
    return _FIGURES.sub("#", found.claim.en)


_Key = Callable[[Finding, str], Hashable]
# Counterparts in the order in which they are looked for; the path is that in the head.
_KEYS: tuple[_Key, ...] = (
    lambda each, path: (each.rule, each.fact, path, _said(each), each.snippet),
    lambda each, path: (each.rule, each.fact, path, each.snippet),
    lambda each, path: (each.rule, each.fact, path, _said(each)),
    lambda each, _: (each.rule, each.fact, _said(each), each.snippet),
    lambda each, path: (each.rule, each.fact, path),
    lambda each, _: (each.rule, each.fact, _said(each)),
)
_NEAR = 3  # so many of them find the same thing in the same file


def compared(
    head: Iterable[Finding],
    base: Iterable[Finding],
    *,
    renames: Mapping[str, str],
    first: Callable[[Finding], bool] = lambda _: False,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of `head` without a counterpart in `base`, and those of `base` without one in
    `head`; each is the counterpart of one.

    They are alike by what stands on the line, by what is said of which resource and by their
    file; then by file alone (its words changed), then by what is said alone (it moved).
    renames: path in the base -> path in the head. first: those that choose before the others.
    """
    every, old = sorted(head), sorted(base)
    sides = [[each for each in every if first(each) is turn] for turn in (True, False)]
    near = [(key, side) for key in _KEYS[:_NEAR] for side in (0, 1)]
    far = [(key, side) for side in (0, 1) for key in _KEYS[_NEAR:]]
    for key, side in (*near, *far):
        sides[side], old = _unmatched(sides[side], old, key=key, renames=renames)
    return tuple(sorted(chain.from_iterable(sides))), tuple(sorted(old))


def _unmatched(
    head: list[Finding], base: list[Finding], *, key: _Key, renames: Mapping[str, str]
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


def _lowest(score: RuleScore) -> dict[str, int]:
    """Fact -> the lowest level with a condition on it."""
    levels: dict[str, int] = {}
    for each in score.outcomes:
        name = each.condition.fact
        levels[name] = min(each.level, levels.get(name, each.level))
    return levels


def _against(rule: Rule, fact: Fact, *, level: int) -> list[Finding]:
    grave = rule.severity_at(level)
    return [
        Finding(place.path, place.line, rule.id, fact.name, level, grave, evidence.claim)
        for evidence in fact.evidence
        if (place := _place(evidence)) is not None and not evidence.holds
    ]


def _place(evidence: Evidence) -> Location | None:
    """Where it stands in a file of today; None for commits."""
    place = evidence.location
    return place if place is not None and place.path and not evidence.commit else None
