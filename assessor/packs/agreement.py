"""What rules and facts must agree on: names that exist, unique ids, thresholds that fit."""

from collections.abc import Iterable, Iterator, Mapping

from assessor.model.facts import FactSpec, FactUnit
from assessor.model.rules import Condition, DeclaredFact, Rule, Rules
from assessor.packs.tree import Problem

_UNITS: Mapping[str, tuple[FactUnit, ...]] = {
    "share": ("share",),
    "count": ("count",),
    "any": ("yes-no",),
    "none": ("yes-no",),
}


def disagreements(rules: Rules, *, unseen: Mapping[str, str], unread: bool) -> tuple[Problem, ...]:
    """Everything that does not fit together.

    unseen: `file:line` of each unseen fact. unread: a file failed, so that names may be missing
    without fault; unknown facts are then not reported.
    """
    specs = {spec.name: spec for spec in _specs(rules)}
    found = [*_facts_twice(rules, unseen), *_rules_twice(rules)]
    for fact in rules.declared:
        found.extend(_unfit_facts(fact))
    for pack in rules.packs:
        domains = {domain.id for domain in pack.domains}
        for rule in pack.rules:
            if rule.domain not in domains:
                said = f"{rule.id}: unknown domain `{rule.domain}`; known: {_listed(domains)}"
                found.append(_problem(rule.location, said))
            found.extend(_unfit_conditions(rule, specs, unread=unread))
    return tuple(found)


def _specs(rules: Rules) -> Iterator[FactSpec]:
    yield from rules.computed
    yield from rules.unseen
    yield from (fact.spec for fact in rules.declared)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _problem(location: str, message: str) -> Problem:
    file, _, line = location.rpartition(":")
    return Problem(file, int(line), message)


def _facts_twice(rules: Rules, unseen: Mapping[str, str]) -> Iterator[Problem]:
    first = {spec.name: "computed" for spec in rules.computed}
    declared = [(fact.spec.name, fact.location) for fact in rules.declared]
    mine = [(spec.name, unseen[spec.name]) for spec in rules.unseen]
    for name, location in (*declared, *mine):
        if name in first:
            yield _problem(location, f"fact `{name}` exists already: {first[name]}")
        first.setdefault(name, location)


def _rules_twice(rules: Rules) -> Iterator[Problem]:
    first: dict[str, str] = {}
    packs: set[str] = set()
    for pack in rules.packs:
        if pack.id in packs:
            yield _problem(pack.rules[0].location, f"pack `{pack.id}` exists already")
        packs.add(pack.id)
        for rule in pack.rules:
            if rule.id in first:
                yield _problem(rule.location, f"rule `{rule.id}` exists already: {first[rule.id]}")
            first.setdefault(rule.id, rule.location)


def _unfit_facts(fact: DeclaredFact) -> Iterator[Problem]:
    name = fact.spec.name
    if fact.spec.unit not in _UNITS[fact.value]:
        said = f"{name}: value `{fact.value}` has the unit {_listed(_UNITS[fact.value])}"
        yield _problem(fact.location, f"{said}, not `{fact.spec.unit}`")
    if fact.value == "none" and fact.alternatives:
        yield _problem(fact.location, f"{name}: `none` has no alternatives, it excludes them all")
    for each in (fact, *fact.alternatives):
        if fact.value == "share" and each.check is None:
            yield _problem(each.location, f"{name}: a share needs a `check`")


def _unfit_conditions(
    rule: Rule, specs: Mapping[str, FactSpec], *, unread: bool
) -> Iterator[Problem]:
    for condition in (*rule.applies, *(each for step in rule.ladder.values() for each in step)):
        spec = specs.get(condition.fact)
        if spec is not None:
            said = _unfit(condition, spec.unit)
        else:
            said = "" if unread else f"unknown fact `{condition.fact}`"
        if said:
            yield _problem(rule.location, f"{rule.id}: {said}")


def _unfit(condition: Condition, unit: FactUnit) -> str:
    """What is wrong between a comparison and the unit of its fact; "" if nothing is."""
    name, threshold = condition.fact, condition.threshold
    if (unit == "yes-no") != (condition.comparison == "is"):
        wanted = "`is`" if unit == "yes-no" else "`at_least` or `at_most`"
        return f"`{name}` is a {unit} fact and is compared by {wanted}"
    if unit == "share" and not 0 <= threshold <= 1:
        return f"`{name}` is a share, its threshold lies between 0 and 1"
    if unit in {"count", "level"} and (threshold < 0 or threshold != int(threshold)):
        return f"`{name}` is a {unit}, its threshold is a whole number"
    return ""
