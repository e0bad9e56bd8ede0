"""The conditions of a policy, one after the other, and what would meet each the cheapest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessor.model import assessment as doc
from assessor.model.basis import Location
from assessor.model.gate import (
    HONOURED,
    Action,
    Crossing,
    Finding,
    Judged,
    Policy,
    Waived,
    WantedLevel,
    WantedRule,
    Worsened,
)
from assessor.model.rules import Outcome, Rule
from assessor.scoring.rollup import mean_of_items, weighted_mean
from assessor.scoring.waivers import Force

ACTIONS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What a change brought. fresh: new findings that no waiver accepts.

    services: whether there is a partition to keep to. force: the waivers that hold; waived: what
    came of all. rules: by id.
    untold: the outcome of all that is about the change where there is nothing to compare with,
    else None.
    """

    fresh: tuple[Finding, ...]
    worse: tuple[Worsened, ...]
    crossings: tuple[Crossing, ...]
    services: bool
    force: Force
    waived: tuple[Waived, ...]
    rules: Mapping[str, Rule]
    untold: Outcome | None
    today: date


def conditions(policy: Policy, change: Change, *, head: doc.Assessment) -> tuple[Judged, ...]:
    """Every condition of the policy, judged."""
    return (
        *(_level(wanted, change, head=head) for wanted in policy.min_level),
        *(_rule(wanted, change.force, head=head) for wanted in policy.required_rules),
        *_new(policy, change, head=head),
        *_regression(policy, change, head=head),
        *_coverage(policy, head),
        *_cycles(policy, head),
        *_boundaries(policy, change),
        *_expiring(policy, change),
    )


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Not met if any is, else unknown if any is, else met."""
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.MET


def _between(least: float | None, most: float | None, *, wanted: float) -> Outcome:
    """What a level that lies between two says about the wanted one; None = not seen."""
    if least is not None and least >= wanted:
        return Outcome.MET
    return Outcome.NOT_MET if most is not None and most < wanted else Outcome.UNKNOWN


def _level(wanted: WantedLevel, change: Change, *, head: doc.Assessment) -> Judged:
    pack = next(pack for pack in head.packs if pack.id == wanted.pack)
    domain = next((each for each in pack.domains if each.id == wanted.domain), None)
    part = pack if domain is None else domain
    rules = [r for r in pack.rules if r.applicable and wanted.domain in {"", r.domain}]
    subject = f"{wanted.pack}/{wanted.domain}" if wanted.domain else wanted.pack
    if not rules:
        return Judged("min_level", subject, wanted.level, None, Outcome.NOT_APPLICABLE)
    found = part.claimable if wanted.measure == "claimable" else part.indicative
    outcome = _reached(rules, found, wanted=wanted, rules=change.rules)
    asked = [rule for rule in rules if change.force.of_rule(rule.id) is None]
    if outcome is not Outcome.MET and found is not None and len(asked) < len(rules):
        proven = _rolled(asked, wanted=wanted, rules=change.rules)
        rest = _reached(asked, proven, wanted=wanted, rules=change.rules)
        if not asked or rest is Outcome.MET:
            return Judged("min_level", subject, wanted.level, found, Outcome.MET, waived=True)
    low = [r for r in asked if (r.level or 1) < wanted.level]
    every = wanted.measure == "claimable"
    actions = () if outcome is Outcome.MET else _actions(low, all_=every)
    return Judged("min_level", subject, wanted.level, found, outcome, actions)


def _reached(
    asked: Sequence[doc.Rule],
    found: float | None,
    *,
    wanted: WantedLevel,
    rules: Mapping[str, Rule],
) -> Outcome:
    """Whether the rules reach the level, of which `found` is proven."""
    most = _rolled(asked, wanted=wanted, rules=rules, open_=True)
    outcome = _between(found, most, wanted=wanted.level)
    if outcome is Outcome.UNKNOWN and found is not None and _seen(asked):
        return Outcome.NOT_MET
    return outcome


def _rolled(
    asked: Iterable[doc.Rule],
    *,
    wanted: WantedLevel,
    rules: Mapping[str, Rule],
    open_: bool = False,
) -> float | None:
    """The level of the rules together, as it is wanted; open_: of what they may still reach."""
    levels = [
        (rule, level)
        for rule in asked
        if (level := rule.potential if open_ else rule.level) is not None
    ]
    if wanted.measure == "claimable":
        return min((level for _, level in levels), default=None)
    if wanted.domain:
        return mean_of_items((rule.item, level) for rule, level in levels)
    return weighted_mean((level, rules[rule.id].weight) for rule, level in levels)


def _seen(rules: Iterable[doc.Rule]) -> bool:
    """Whether nothing unseen could raise any of them."""
    return all(rule.level is not None and rule.level == rule.potential for rule in rules)


def _rule(wanted: WantedRule, force: Force, *, head: doc.Assessment) -> Judged:
    rule = next(r for pack in head.packs for r in pack.rules if r.id == wanted.rule)
    if not rule.applicable:
        outcome = Outcome.NOT_APPLICABLE
    else:
        outcome = _between(rule.level, rule.potential, wanted=wanted.level)
    lacking = outcome in {Outcome.NOT_MET, Outcome.UNKNOWN}
    if lacking and force.of_rule(rule.id) is not None:
        return Judged(
            "required_rules", rule.id, wanted.level, rule.level, Outcome.MET, waived=True
        )
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


def _new(policy: Policy, change: Change, *, head: doc.Assessment) -> tuple[Judged, ...]:
    counted = Counter(finding.severity for finding in change.fresh)
    rules = {rule.id: rule for pack in head.packs for rule in pack.rules}
    made = []
    for severity, most in sorted(policy.max_new.items()):
        found = counted[severity]
        outcome = Outcome.NOT_MET if found > most else Outcome.MET
        mine = (finding for finding in change.fresh if finding.severity == severity)
        mending = _cheapest(_action(rules[each.rule], _at(each)) for each in mine)
        made.append(
            Judged(
                "max_new",
                severity,
                most,
                None if change.untold else found,
                change.untold or outcome,
                mending[: max(found - most, 0)],
            )
        )
    return tuple(made)


def _regression(policy: Policy, change: Change, *, head: doc.Assessment) -> tuple[Judged, ...]:
    if not policy.no_regression:
        return ()
    rules = {rule.id: rule for pack in head.packs for rule in pack.rules}
    worse = [each for each in change.worse if not each.waived]
    actions = _cheapest(
        _action(rules[each.rule], next(map(_at, each.places), None)) for each in worse
    )
    outcome = change.untold or together(each.outcome for each in worse)
    found = None if change.untold else len(worse)
    waived = outcome is Outcome.MET and bool(change.worse)
    return (Judged("no_regression", "", 0, found, outcome, actions, waived),)


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


def _boundaries(policy: Policy, change: Change) -> tuple[Judged, ...]:
    """New dependencies between services; without a partition there are no boundaries."""
    if policy.boundaries is None:
        return ()
    most = policy.boundaries
    untold = change.untold or (None if change.services else Outcome.NOT_APPLICABLE)
    if untold:
        return (Judged("boundaries", "", most, None, untold),)
    found = len(change.crossings)
    outcome = Outcome.NOT_MET if found > most else Outcome.MET
    over = change.crossings[: max(found - most, 0)]
    actions = tuple(Action(Location(each.use.source, each.use.line)) for each in over)
    return (Judged("boundaries", "", most, found, outcome, actions),)


def _expiring(policy: Policy, change: Change) -> tuple[Judged, ...]:
    """Waivers that are honoured today and will not be after so many days."""
    if policy.expires_within is None:
        return ()
    honoured = [each.waiver for each in change.waived if each.state in HONOURED]
    soon = [
        each
        for each in honoured
        if (date.fromisoformat(each.expires) - change.today).days < policy.expires_within
    ]
    outcome = Outcome.NOT_MET if soon else Outcome.MET
    actions = tuple(Action(each.place, each.rule) for each in soon)
    days = str(policy.expires_within)
    return (Judged("expires_within", days, 0, len(soon), outcome, actions),)
