"""Which waivers hold today, and what they accept. They move the gate, never a level."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from assessor.model.gate import HONOURED, Finding, Waived, Waiver, WaiverState

NEAR = 30  # days before its last one in which a waiver is called expiring
LONGEST = 365


@dataclass(frozen=True, slots=True)
class Waivers:
    """All waivers with what came of them, and those that are honoured."""

    every: tuple[Waived, ...]

    @property
    def honoured(self) -> tuple[Waiver, ...]:
        """In the order in which they are written."""
        return tuple(each.waiver for each in self.every if each.state in HONOURED)

    def accepting(self, found: Finding) -> Waiver | None:
        """The first that accepts the finding."""
        return next((each for each in self.honoured if _accepts(each, found)), None)

    def of_rule(self, rule: str) -> Waiver | None:
        """The first that accepts the rule as a whole."""
        return next((each for each in self.honoured if whole(each) and each.rule == rule), None)


def whole(waiver: Waiver) -> bool:
    """Whether the waiver accepts all of its rule."""
    return not waiver.inline and waiver.path in {"", "*", "**"} and not waiver.resource


def weighed(
    waivers: Sequence[Waiver],
    pending: Sequence[Waiver],
    *,
    found: Sequence[Finding],
    lacking: AbstractSet[str],
    today: date,
) -> Waivers:
    """The waivers of the base, and those that the change brings (`pending`), by place.

    found: what they may accept. lacking: rules with a condition that is not met, which a waiver
    of a whole rule accepts.
    """
    every = [
        *(_weighed(each, found, lacking=lacking, today=today) for each in waivers),
        *(_weighed(each, found, lacking=lacking, today=today, pending=True) for each in pending),
    ]
    return Waivers(tuple(sorted(every, key=lambda each: (each.waiver.place, each.waiver.rule))))


def _weighed(
    waiver: Waiver,
    found: Sequence[Finding],
    *,
    lacking: AbstractSet[str],
    today: date,
    pending: bool = False,
) -> Waived:
    if not waiver.flaw and (date.fromisoformat(waiver.expires) - today).days > LONGEST:
        waiver = replace(waiver, flaw="too-long")
    accepted = sum(_accepts(waiver, each) for each in found)
    idle = not accepted and not (whole(waiver) and waiver.rule in lacking)
    return Waived(waiver, _state(waiver, today=today, pending=pending, idle=idle), accepted)


def _state(waiver: Waiver, *, today: date, pending: bool, idle: bool) -> WaiverState:
    if waiver.flaw:
        return "malformed"
    left = (date.fromisoformat(waiver.expires) - today).days
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
