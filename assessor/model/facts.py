"""Named measurements."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from assessor.model.basis import Evidence, EvidenceKind, Text

FactUnit = Literal["share", "count", "days", "yes-no", "per-kloc", "level", "ratio"]
# What a place that speaks against the fact follows from: its file alone, the code as a whole,
# proposed services or modules that any change may move, or the past, which moves with time.
FactScope = Literal["file", "code", "cut", "past"]


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact means: its stable dotted name, title, unit, the kind of evidence it rests
    on and how far its scope goes.
    """

    name: str
    title: Text
    unit: FactUnit
    evidence: EvidenceKind
    scope: FactScope = "file"


@dataclass(frozen=True, slots=True)
class Fact:
    """A measured value. `value` None = could not be seen, and `reason` then says why.

    applies: False = there is nothing in the repository that the fact could be about.
    evidence: all of it, what speaks against the fact first.
    bounds: the least and the most that the value may be, where part of it could not be seen; None
    = it is what it is. `value` is then of what was seen, and `reason` names what was not.
    """

    name: str
    value: float | int | bool | None
    evidence: tuple[Evidence, ...] = ()
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
