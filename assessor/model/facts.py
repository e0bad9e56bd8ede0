"""Named measurements."""

from dataclasses import dataclass
from typing import Literal

from assessor.model.basis import Evidence, EvidenceKind, Text

FactUnit = Literal["share", "count", "days", "yes-no", "per-kloc", "level", "ratio"]


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact means: its stable dotted name, title, unit and the kind of evidence it rests
    on.
    """

    name: str
    title: Text
    unit: FactUnit
    evidence: EvidenceKind


@dataclass(frozen=True, slots=True)
class Fact:
    """A measured value. `value` None = could not be seen, and `reason` then says why.

    applies: False = there is nothing in the repository that the fact could be about.
    evidence: sorted and cut to a bound; `evidence_total` counts all there was.
    exact: False = the value is only a lower bound, something that might count could not be seen.
    """

    name: str
    value: float | int | bool | None
    evidence: tuple[Evidence, ...] = ()
    evidence_total: int = 0
    applies: bool = True
    reason: Text | None = None
    exact: bool = True
