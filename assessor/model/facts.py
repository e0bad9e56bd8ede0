"""Named measurements."""

from dataclasses import dataclass
from math import inf
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
    bounds: the least and the most that the value may be, where part of it could not be seen; None
    = it is what it is. `value` is then of what was seen, and `reason` names what was not.
    """

    name: str
    value: float | int | bool | None
    evidence: tuple[Evidence, ...] = ()
    evidence_total: int = 0
    applies: bool = True
    reason: Text | None = None
    bounds: tuple[float, float] | None = None

    @property
    def span(self) -> tuple[float, float]:
        """The least and the most that the value may be; anything where nothing was seen."""
        if self.bounds is not None:
            return self.bounds
        return (0, inf) if self.value is None else (self.value, self.value)

    @property
    def exact(self) -> bool:
        """Whether nothing unseen could change the value."""
        least, most = self.span
        return least == most
