"""Everything that facts are measured from, in one value."""

from dataclasses import dataclass
from typing import Literal

from assessor.model.behaviour import NO_BEHAVIOUR, Behaviour
from assessor.model.coupling import CoChange, Coupling, Cycle, Hotspot
from assessor.model.data import NO_DATA, Data
from assessor.model.history import (
    History,
    LogicalCoupling,
    Ownership,
    ServicePast,
    UnitPast,
    XRay,
)
from assessor.model.partition import Partition
from assessor.model.records import Records


@dataclass(frozen=True, slots=True)
class Seen:
    """Records and what was computed from them; None where it could not be (no git, no code).

    history_reason: why there is no history, a stable word (`no-git`), "" where there is.
    natural: the cut that the data give; `partition` is another where a number was asked for.
    cochange: pairs of source units, strongest first. hotspots: hottest first.
    ownership: of the source units, by path. data: what is stored, and endpoints. behaviour: what
    the code does at run time beyond itself. pasts: of the source units, by path. people: who
    knows each service of the shown cut. logical: pairs that only issues and sittings tie.
    """

    records: Records
    history: History | None = None
    history_reason: Literal["", "no-git"] = ""
    coupling: Coupling | None = None
    partition: Partition | None = None
    cochange: tuple[CoChange, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    xray: XRay | None = None
    ownership: tuple[Ownership, ...] = ()
    natural: Partition | None = None
    data: Data = NO_DATA
    behaviour: Behaviour = NO_BEHAVIOUR
    pasts: tuple[UnitPast, ...] = ()
    people: tuple[ServicePast, ...] = ()
    logical: tuple[LogicalCoupling, ...] = ()

    @property
    def judged(self) -> Partition | None:
        """The cut that facts are measured on: nobody gains a level by asking for another one."""
        return self.natural or self.partition
