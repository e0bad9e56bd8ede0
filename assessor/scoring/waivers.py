"""Which waivers hold today, and what they accept. They move the gate, never a level."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from assessor.model.basis import Location
from assessor.model.gate import Finding, Waived, Waiver, WaiverState

NEAR = 30  # days before its last one in which a waiver is called expiring
LONGEST = 365


@dataclass(frozen=True, slots=True)
class Force:
    """The waivers that hold today, in the order in which they are written."""

    waivers: tuple[Waiver, ...]

    def accepting(self, found: Finding) -> Waiver | None:
        """The first that accepts the finding."""
        return next((each for each in self.waivers if _accepts(each, found)), None)

    def of_rule(self, rule: str) -> Waiver | None:
        """The first that accepts the rule as a whole."""
        return next((each for each in self.waivers if whole(each) and each.rule == rule), None)


def whole(waiver: Waiver) -> bool:
    """Whether the waiver accepts all of its rule."""
    return not waiver.inline and waiver.path in {"", "*", "**"} and not waiver.resource


def in_force(waivers: Iterable[Waiver], *, today: date) -> Force:
    """Those without a flaw whose last day is not over and not too far away."""
    return Force(
        tuple(
            each
            for each in sorted(waivers, key=_order)
            if not each.flaw and 0 <= _left(each, today) <= LONGEST
        )
    )


def weighed(
    waivers: Iterable[Waiver],
    pending: Iterable[Waiver],
    *,
    found: Sequence[Finding],
    lacking: AbstractSet[str],
    today: date,
) -> tuple[Waived, ...]:
    """What came of the waivers of the base, and of those that the change brings (`pending`), by
    place.

    found: what they may accept. lacking: rules with a condition that is not met, which a waiver
    of a whole rule accepts.
    """
    every = [*((each, False) for each in waivers), *((each, True) for each in pending)]
    made = []
    for each, new in every:
        accepted = sum(_accepts(each, finding) for finding in found)
        idle = not accepted and not (whole(each) and each.rule in lacking)
        flaw = each.flaw or ("too-long" if _left(each, today) > LONGEST else "")
        state = _state(flaw=flaw, left=_left(each, today), pending=new, idle=idle)
        made.append(Waived(replace(each, flaw=flaw), state, accepted))
    return tuple(sorted(made, key=lambda each: _order(each.waiver)))


def _order(waiver: Waiver) -> tuple[Location, str]:
    return waiver.place, waiver.rule


def _left(waiver: Waiver, today: date) -> int:
    """Days until the last one; none where no day is named."""
    return (date.fromisoformat(waiver.expires) - today).days if waiver.expires else 0


def _state(*, flaw: str, left: int, pending: bool, idle: bool) -> WaiverState:
    if flaw:
        return "malformed"
    if left < 0:
        return "expired"
    if pending:
        return "pending"
    if idle:
        return "unmatched"
    return "expiring" if left <= NEAR else "honoured"


def _accepts(waiver: Waiver, found: Finding) -> bool:
    if waiver.rule != found.rule:
        return False
    if waiver.inline:
        near = {0, waiver.place.line, waiver.place.line + 1}
        return found.path == waiver.place.path and found.line in near
    at = not waiver.path or fnmatchcase(found.path, waiver.path)
    said = (found.claim.en, found.claim.zh)
    return at and (not waiver.resource or any(fnmatchcase(each, waiver.resource) for each in said))
