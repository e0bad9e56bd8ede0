"""Whether a change may pass: every condition of a policy against what was found."""

from collections import Counter
from collections.abc import Iterable, Mapping

from assessor.model import assessment as doc
from assessor.model.basis import Location
from assessor.model.gate import (
    Action,
    Finding,
    Gate,
    Judged,
    Policy,
    WantedLevel,
    WantedRule,
    Worsened,
)
from assessor.model.rules import Outcome
from assessor.scoring.findings import findings, new, worsened

ACTIONS = 5


def gate(
    head: doc.Assessment,
    base: doc.Assessment | None,
    *,
    policy: Policy,
    name: str,
    renames: Mapping[str, str],
    changed: tuple[str, ...] = (),
) -> Gate:
    """The decision on `head`, compared with `base` where there is one.

    Met only if every condition is; not-met if any is; unknown otherwise. Without a base, what is
    about the change is unknown if a cut history hides it, and not applicable if there is none.
    """
    fresh = () if base is None else _brought(head, base, renames=renames)
    worse = () if base is None else worsened(head, base)
    untold = Outcome.UNKNOWN if head.history.shallow else Outcome.NOT_APPLICABLE
    conditions = (
        *(_level(wanted, head) for wanted in policy.min_level),
        *(_rule(wanted, head) for wanted in policy.required_rules),
        *_new(policy, fresh, head=head, untold=untold if base is None else None),
        *_regression(policy, worse, head=head, untold=untold if base is None else None),
        *_coverage(policy, head),
        *_cycles(policy, head),
    )
    return Gate(
        head=head.repository.revision,
        base=base.repository.revision if base else "",
        shallow=head.history.shallow,
        policy=name,
        outcome=_together(each.outcome for each in conditions),
        conditions=conditions,
        new=fresh,
        worsened=worse,
        changed=changed,
    )


def _brought(
    head: doc.Assessment, base: doc.Assessment, *, renames: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The new findings; of a fact whose list was cut in the base only if it has more by now."""
    here, there = ({fact.name: fact for fact in each.facts} for each in (head, base))
    kept = {
        name
        for name, fact in here.items()
        if there[name].evidence_total <= len(there[name].evidence)
        or fact.evidence_total > there[name].evidence_total
    }
    found = new(findings(head), findings(base), renames=renames)
    return tuple(each for each in found if each.fact in kept)


def _together(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.MET


def _between(least: float | None, most: float | None, *, wanted: float) -> Outcome:
    """What a level that lies between two says about the wanted one; None = not seen."""
    if least is not None and least >= wanted:
        return Outcome.MET
    return Outcome.NOT_MET if most is not None and most < wanted else Outcome.UNKNOWN


def _level(wanted: WantedLevel, head: doc.Assessment) -> Judged:
    pack = next(pack for pack in head.packs if pack.id == wanted.pack)
    domain = next((each for each in pack.domains if each.id == wanted.domain), None)
    part = pack if domain is None else domain
    rules = [r for r in pack.rules if r.applicable and wanted.domain in {"", r.domain}]
    subject = f"{wanted.pack}/{wanted.domain}" if wanted.domain else wanted.pack
    if not rules:
        return Judged("min_level", subject, wanted.level, None, Outcome.NOT_APPLICABLE)
    claimed = wanted.measure == "claimable"
    found = part.claimable if claimed else part.indicative
    potentials = [r.potential for r in rules if r.potential is not None]
    most = min(potentials) if claimed else sum(potentials) / len(potentials)
    outcome = _between(found, most, wanted=wanted.level)
    if outcome is Outcome.UNKNOWN and found is not None and _seen(rules):
        outcome = Outcome.NOT_MET
    low = [r for r in rules if (r.level or 1) < wanted.level]
    actions = () if outcome is Outcome.MET else _actions(low, all_=claimed)
    return Judged("min_level", subject, wanted.level, found, outcome, actions)


def _seen(rules: Iterable[doc.Rule]) -> bool:
    """Whether nothing unseen could raise any of them."""
    return all(rule.level is not None and rule.level == rule.potential for rule in rules)


def _rule(wanted: WantedRule, head: doc.Assessment) -> Judged:
    rule = next(r for pack in head.packs for r in pack.rules if r.id == wanted.rule)
    if not rule.applicable:
        outcome = Outcome.NOT_APPLICABLE
    else:
        outcome = _between(rule.level, rule.potential, wanted=wanted.level)
    lacking = outcome in {Outcome.NOT_MET, Outcome.UNKNOWN}
    actions = _actions([rule], all_=True) if lacking else ()
    return Judged("required_rules", rule.id, wanted.level, rule.level, outcome, actions)


def _actions(rules: Iterable[doc.Rule], *, all_: bool) -> tuple[Action, ...]:
    """Remedies of the rules, cheapest first. all_: every one is needed, not just the cheapest."""
    cheapest = _cheapest(_action(rule) for rule in rules)
    return cheapest if all_ else cheapest[:ACTIONS]


def _cheapest(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions, those that take the least first."""
    return tuple(sorted(actions, key=lambda each: each.effort.hours if each.effort else 0.0))


def _action(rule: doc.Rule, place: Location | None = None) -> Action:
    against = (Location(e.path, e.line) for e in rule.evidence if not e.holds and e.path)
    return Action(place or next(against, None), rule.id, rule.remedy, rule.effort)


def _at(found: Finding) -> Location:
    return Location(found.path, found.line)


def _new(
    policy: Policy, fresh: tuple[Finding, ...], *, head: doc.Assessment, untold: Outcome | None
) -> tuple[Judged, ...]:
    counted = Counter(finding.severity for finding in fresh)
    rules = {rule.id: rule for pack in head.packs for rule in pack.rules}
    made = []
    for severity, most in sorted(policy.max_new.items()):
        found = counted[severity]
        over = found > most
        mine = (finding for finding in fresh if finding.severity == severity)
        mending = _cheapest(_action(rules[each.rule], _at(each)) for each in mine)
        made.append(
            Judged(
                "max_new",
                severity,
                most,
                None if untold else found,
                untold or (Outcome.NOT_MET if over else Outcome.MET),
                mending[: max(found - most, 0)],
            )
        )
    return tuple(made)


def _regression(
    policy: Policy, worse: tuple[Worsened, ...], *, head: doc.Assessment, untold: Outcome | None
) -> tuple[Judged, ...]:
    if not policy.no_regression:
        return ()
    rules = {rule.id: rule for pack in head.packs for rule in pack.rules}
    actions = _cheapest(
        _action(rules[each.rule], next(map(_at, each.places), None)) for each in worse
    )
    outcome = untold or _together(each.outcome for each in worse)
    found = None if untold else len(worse)
    return (Judged("no_regression", "", 0, found, outcome, actions),)


def _coverage(policy: Policy, head: doc.Assessment) -> tuple[Judged, ...]:
    if policy.min_coverage is None:
        return ()
    found = head.inventory.coverage
    outcome = Outcome.MET if found >= policy.min_coverage else Outcome.NOT_MET
    unread = () if outcome is Outcome.MET else (skip for skip in head.skips if skip.path)
    actions = tuple(Action(Location(skip.path, skip.line)) for skip in unread)[:ACTIONS]
    return (Judged("min_coverage", "", policy.min_coverage, found, outcome, actions),)


def _cycles(policy: Policy, head: doc.Assessment) -> tuple[Judged, ...]:
    if policy.max_cycles is None:
        return ()
    found = len(head.coupling.cycles)
    outcome = Outcome.MET if found <= policy.max_cycles else Outcome.NOT_MET
    circles = () if outcome is Outcome.MET else head.coupling.cycles[:ACTIONS]
    actions = tuple(Action(Location(each.example[0])) for each in circles)
    return (Judged("max_cycles", "", policy.max_cycles, found, outcome, actions),)
