"""Whether a change may pass: every condition of a policy against what was found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessor.model import assessment as doc
from assessor.model.basis import Location
from assessor.model.facts import FactSpec
from assessor.model.gate import (
    SEVERITIES,
    Audited,
    Base,
    Crossing,
    Finding,
    FindingState,
    Gate,
    Policy,
    Standing,
    Waiver,
    Worsened,
)
from assessor.model.rules import Outcome, Rule
from assessor.scoring.findings import compared, fingerprints
from assessor.scoring.gate_conditions import Change, conditions, together
from assessor.scoring.regression import across, home_of, moved, worsened
from assessor.scoring.waivers import Force, in_force, weighed

_LACKING = frozenset({Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MANUAL})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a change is judged by.

    name: of the policy. waivers: those of the base, pending: those that the change brings.
    changed: files of the gate itself that it edits. today: what waivers expire by. hidden:
    there is a base, but not all of it could be read.
    """

    policy: Policy
    name: str
    today: date
    waivers: tuple[Waiver, ...] = ()
    pending: tuple[Waiver, ...] = ()
    changed: tuple[str, ...] = ()
    hidden: bool = False


def gate(
    head: Audited,
    base: Base | None,
    *,
    asked: Asked,
    renames: Mapping[str, str],
    rules: Mapping[str, Rule],
    specs: Mapping[str, FactSpec],
) -> Gate:
    """The decision on `head`, compared with `base` where there is one.

    Met only if every condition is; not-met if any is; unknown otherwise. Without a base, what is
    about the change is unknown if a cut history hides it, and not applicable if there is none.
    """
    force = in_force(asked.waivers, today=asked.today)
    fresh, worse, crossings = _brought(
        head, base, force, renames=renames, rules=rules, specs=specs
    )
    extra = _beyond(head.findings, [each for lost in worse for each in lost.places])
    worse = tuple(replace(each, waived=_waived(each, force)) for each in worse)
    waived = weighed(
        asked.waivers,
        asked.pending,
        found=(*head.findings, *extra),
        lacking=_lacking(head.assessment),
        today=asked.today,
    )
    hidden = base is None and (asked.hidden or head.assessment.history.shallow)
    change = Change(
        fresh=tuple(each for each in fresh if force.accepting(each) is None),
        worse=worse,
        crossings=crossings,
        services=bool(base and base.services),
        force=force,
        waived=waived,
        rules=rules,
        untold=None if base else Outcome.UNKNOWN if hidden else Outcome.NOT_APPLICABLE,
        today=asked.today,
    )
    judged = conditions(asked.policy, change, head=head.assessment)
    return Gate(
        head=head.assessment.repository.revision,
        base=base.revision if base else "",
        hidden=hidden,
        policy=asked.name,
        today=asked.today.isoformat(),
        outcome=together(each.outcome for each in judged),
        conditions=judged,
        findings=_standing(head.findings, extra, fresh=fresh, force=force),
        worsened=worse,
        crossings=crossings,
        waivers=waived,
        changed=asked.changed,
    )


def _brought(
    head: Audited,
    base: Base | None,
    force: Force,
    *,
    renames: Mapping[str, str],
    rules: Mapping[str, Rule],
    specs: Mapping[str, FactSpec],
) -> tuple[tuple[Finding, ...], tuple[Worsened, ...], tuple[Crossing, ...]]:
    """New findings, worsened conditions and new dependencies between services.

    What a waiver accepts takes its counterparts first: the place in the base that it stood for is
    not free for another finding that nobody accepts.
    """
    if base is None:
        return (), (), ()
    fresh, _ = compared(
        head.findings,
        base.findings,
        renames=renames,
        first=lambda each: force.accepting(each) is not None,
    )
    worse = worsened(head.assessment, base, fresh=fresh, renames=renames, rules=rules, specs=specs)
    return fresh, worse, _crossings(head, base, renames=renames)


def _crossings(head: Audited, base: Base, *, renames: Mapping[str, str]) -> tuple[Crossing, ...]:
    """Uses between units of different services that the base has not; new units are of none."""
    services, known = moved(base.services, base.uses, renames=renames)
    home = home_of(services)
    return tuple(
        Crossing(use, home[use.source], home[use.target])
        for use in across(head.uses, home)
        if (use.source, use.target) not in known
    )


def _lacking(head: doc.Assessment) -> frozenset[str]:
    return frozenset(
        rule.id
        for pack in head.packs
        for rule in pack.rules
        if any(each.outcome in _LACKING for each in rule.outcomes)
    )


def _waived(lost: Worsened, force: Force) -> bool:
    """Whether the rule is accepted as a whole, or each of the places that show the loss."""
    places = [force.accepting(each) for each in lost.places]
    return force.of_rule(lost.rule) is not None or (bool(places) and None not in places)


def _standing(
    every: Sequence[Finding],
    extra: Sequence[Finding],
    *,
    fresh: Sequence[Finding],
    force: Force,
) -> tuple[Standing, ...]:
    """All findings and the places of lost conditions that are not among them, in their order."""
    new = Counter((*fresh, *(each for each in extra if not each.was)))
    found = (*every, *extra)
    made = []
    for each, mark in zip(found, fingerprints(found), strict=True):
        waiver = force.accepting(each)
        state: FindingState = "lost" if each.was else "new" if new[each] > 0 else "known"
        new[each] -= 1
        made.append(Standing(each, state, mark, waiver.place if waiver else None))
    return tuple(sorted(made, key=_rank))


def _beyond(every: Sequence[Finding], extra: Sequence[Finding]) -> tuple[Finding, ...]:
    """Places of lost conditions that are not among the findings."""
    known = {_place(each) for each in every}
    return tuple(sorted({each for each in extra if each.was or _place(each) not in known}))


def _place(found: Finding) -> tuple[str, Location]:
    return found.rule, Location(found.path, found.line)


def _rank(each: Standing) -> tuple[bool, int, Finding]:
    return each.state == "known", SEVERITIES.index(each.finding.severity), each.finding
