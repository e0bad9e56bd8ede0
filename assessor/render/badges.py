"""What a badge says of a gate, for the formats that show one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.model.gate_report import GateReport
from assessor.model.rules import Outcome
from assessor.render.clean import visible

Colour = Literal["brightgreen", "green", "yellow", "orange", "red", "lightgrey"]
_COLOURS: Mapping[int, Colour] = {2: "orange", 3: "yellow", 4: "green", 5: "brightgreen"}


@dataclass(frozen=True, slots=True)
class Badge:
    """label: the left text; message: the right one, never empty; colour: behind the message."""

    label: str
    message: str
    colour: Colour


def badge(report: GateReport) -> Badge:
    """The lowest level that may be claimed, the gate's outcome, and waivers to look after."""
    parts = (_level(report), report.words[f"badge.{report.outcome}"], *_waivers(report))
    return Badge(
        label=visible(report.words["badge.label"]),
        message=visible(" · ".join(part for part in parts if part)),
        colour=_colour(report),
    )


def _lowest(report: GateReport) -> int | None:
    return min((p.claimable for p in report.packs if p.claimable is not None), default=None)


def _level(report: GateReport) -> str:
    """Levels of different standards have no mean: the lowest is said, and of how many of them."""
    lowest = _lowest(report)
    if lowest is None:
        return report.words["badge.no-level"]
    known = sum(pack.claimable is not None for pack in report.packs)
    packs = len(report.packs)
    return f"L{lowest}" if known == packs else f"L{lowest} ({known}/{packs})"


def _waivers(report: GateReport) -> Iterator[str]:
    """How many ran out, and how many of the others are not simply in force."""
    expired = sum(waiver.state == "expired" for waiver in report.waivers)
    odd = sum(waiver.state not in {"expired", "honoured"} for waiver in report.waivers)
    for word, count in (("expired", expired), ("care", odd)):
        if count:
            number = "one" if count == 1 else "many"
            yield report.words[f"badge.{word}.{number}"].format(count=count)


def _colour(report: GateReport) -> Colour:
    """Grey: too little is known to say more; no gate that is not met looks good."""
    lowest = _lowest(report)
    unread = report.coverage < report.least_coverage
    if lowest is None or unread or report.outcome is Outcome.UNKNOWN:
        return "lightgrey"
    return "red" if report.outcome is Outcome.NOT_MET else _COLOURS.get(lowest, "red")
