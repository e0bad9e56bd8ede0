"""Fixtures of rules: small repositories whose folder names say what a rule must make of them.

`rules/tests/<rule>/<outcome>[-l<level>]-<why>/` is the root of a repository. Outcomes: `met` (with
the exact level), `not-met` (level 1), `not-applicable`, `unknown` (not scored) and `decoy` (the
words are there but prove nothing: level 1 or not applicable). A comment `expect: met` or
`expect: not-met` demands evidence at its line, or at the next line if it stands alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.detect import declared, state
from assessor.detect.paths import find, parse
from assessor.errors import PackError
from assessor.model.facts import Fact
from assessor.model.records import Artefact
from assessor.model.rules import Check, Condition, DeclaredFact, Rule, Rules, RuleScore

Assess = Callable[[Path], tuple[Mapping[str, RuleScore], Mapping[str, Fact]]]

_NAME = re.compile(
    r"(?P<outcome>met|not-met|not-applicable|unknown|decoy)(?:-l(?P<level>[2-5]))?-[a-z0-9-]+"
)
_EXPECT = re.compile(r"(?:#|//|<!--)\s*expect:\s*(?P<holds>not-met|met)\b")
_COMPULSORY = (("met",), ("not-met",), ("not-applicable", "unknown"), ("decoy",))
_LONGEST_LIST = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One fixture: the rule it is about, what must come out of it, and the repository's root."""

    rule: str
    outcome: str
    level: int | None
    root: Path

    @property
    def name(self) -> str:
        """`<rule>/<folder>`."""
        return f"{self.rule}/{self.root.name}"


def cases(rules_folder: Path) -> tuple[Case, ...]:
    """All fixtures of the folder, sorted. Raises PackError for folders whose names say nothing."""
    roots = sorted(path for path in rules_folder.glob("tests/*/*") if path.is_dir())
    wrong = [root for root in roots if _NAME.fullmatch(root.name) is None]
    if wrong:
        listed = "\n".join(f"{root}: not <outcome>[-l<level>]-<why>" for root in wrong)
        raise PackError(listed)
    return tuple(_case(root) for root in roots)


def _case(root: Path) -> Case:
    match = _NAME.fullmatch(root.name)
    level = match["level"] if match else None
    return Case(
        rule=root.parent.name,
        outcome=match["outcome"] if match else "",
        level=int(level) if level else None,
        root=root,
    )


def check(case: Case, assess: Assess) -> list[str]:
    """What comes out of the fixture otherwise than it says; nothing if all is well."""
    scores, facts = assess(case.root)
    score = scores.get(case.rule)
    if score is None:
        return [f"{case.name}: there is no rule {case.rule}"]
    found = [] if _as_named(case, score) else [_surprise(case, score)]
    shown = _shown(score.rule, facts)
    return [*found, *_missing_evidence(case, shown)]


def _as_named(case: Case, score: RuleScore) -> bool:
    match case.outcome:
        case "met":
            return (score.level or 1) > 1 if case.level is None else score.level == case.level
        case "not-met":
            return score.level == 1
        case "not-applicable":
            return not score.applicable
        case "unknown":
            return score.applicable and score.level is None
        case _:
            return score.level == 1 or not score.applicable


def _surprise(case: Case, score: RuleScore) -> str:
    said = f"level {score.level}" if score.applicable else "not applicable"
    outcomes = ", ".join(
        f"L{each.level} {each.condition.fact}={each.value} {each.outcome}"
        for each in score.outcomes
    )
    return f"{case.name}: came out as {said} ({outcomes})"


def _shown(rule: Rule, facts: Mapping[str, Fact]) -> frozenset[tuple[str, int, bool]]:
    """Path, line and whether it speaks for the rule, of all evidence of the rule's facts."""
    return frozenset(
        (each.location.path, each.location.line, each.holds and not _reversed(condition))
        for condition in _conditions(rule)
        for each in (facts[condition.fact].evidence if condition.fact in facts else ())
        if each.location is not None
    )


def _conditions(rule: Rule) -> tuple[Condition, ...]:
    return (*rule.applies, *(each for step in rule.ladder.values() for each in step))


def _reversed(condition: Condition) -> bool:
    """Whether what holds for the fact speaks against the rule."""
    return condition.comparison == "at_most" or condition.threshold is False


def _missing_evidence(case: Case, shown: frozenset[tuple[str, int, bool]]) -> Iterator[str]:
    for path, line, holds in _expected(case.root):
        if (path, line, holds) not in shown:
            word = "met" if holds else "not-met"
            at = sorted(str(n) for p, n, h in shown if p == path and h is holds)
            seen = ", ".join(at) or "none"
            yield f"{case.name}: no {word} evidence at {path}:{line} (at {seen})"


def _expected(root: Path) -> Iterator[tuple[str, int, bool]]:
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            match = _EXPECT.search(line)
            if match:
                alone = not line[: match.start()].strip()
                place = path.relative_to(root).as_posix()
                yield place, number + alone, match["holds"] == "met"


def missing_cases(rules: Rules, cases: Iterable[Case]) -> list[str]:
    """Rules that lack one of the compulsory fixtures, and fixtures of rules that do not exist."""
    outcomes: dict[str, set[str]] = {}
    for case in cases:
        outcomes.setdefault(case.rule, set()).add(case.outcome)
    known = [rule.id for pack in rules.packs for rule in pack.rules]
    lacking = [
        f"{rule}: no fixture for {' or '.join(wanted)}"
        for rule in known
        for wanted in _COMPULSORY
        if not outcomes.get(rule, set()) & set(wanted)
    ]
    strays = sorted(set(outcomes) - set(known))
    return [*lacking, *(f"tests/{rule}: there is no rule {rule}" for rule in strays)]


def lint(rules: Rules, cases: Iterable[Case]) -> list[str]:
    """Declared facts that nothing asks for, and paths that lead nowhere in any fixture."""
    artefacts = _artefacts(cases)
    conditions = (c for pack in rules.packs for rule in pack.rules for c in _conditions(rule))
    asked = {each.fact for each in conditions} | set(state.USES)
    found: list[str] = []
    for fact in rules.declared:
        if fact.spec.name not in asked:
            found.append(f"{fact.location}: no rule asks for `{fact.spec.name}`")
        for each in (fact, *fact.alternatives):
            found.extend(_dead_ends(each, artefacts.get(each.kind, ())))
    return found


def _artefacts(cases: Iterable[Case]) -> dict[str, list[Artefact]]:
    """What the real collectors read from all fixtures, by kind."""
    from assessor import pipeline
    from assessor.collect.repository import open_source

    found: dict[str, list[Artefact]] = {}
    options = pipeline.Options(worktree=True)
    for case in cases:
        with open_source(case.root, worktree=True) as source:
            records = pipeline.collect(source, options=options)[0].records
        for kind, artefacts in declared.index(records).artefacts.items():
            found.setdefault(kind, []).extend(artefacts)
    return found


def _dead_ends(fact: DeclaredFact, artefacts: list[Artefact] | tuple[()]) -> Iterator[str]:
    if not artefacts:
        yield f"{fact.location}: no fixture holds a {fact.kind} for `{fact.spec.name}`"
        return
    roots = [artefact.root for artefact in artefacts]
    judged = [node for root in roots for node in find(root, parse(fact.each)).nodes]
    where = ((path, roots) for path in _paths(fact.where))
    checked = ((path, judged) for path in _paths((fact.check,) if fact.check else ()))
    dead = sorted(
        {
            path
            for path, nodes in ((fact.each, roots), *where, *checked)
            if not any(find(node, parse(path)).nodes for node in nodes)
        }
    )
    if dead:
        more = f" and {len(dead) - _LONGEST_LIST} more" if len(dead) > _LONGEST_LIST else ""
        listed = ", ".join(f"`{path}`" for path in dead[:_LONGEST_LIST])
        yield f"{fact.location}: `{fact.spec.name}`: no fixture holds {listed}{more}"


def _paths(checks: Iterable[Check]) -> Iterator[str]:
    for each in checks:
        if each.parts:
            yield from _paths(each.parts)
        else:
            yield each.path
