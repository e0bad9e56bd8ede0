"""Proposed services and how good the cut is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Advice = Literal["library", "assembly"]
Unsound = Literal["", "lopsided", "empty"]


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of a cut; definitions and sources in `docs/algorithms/quality.md`.

    sm: structural modularity, -1..1, higher is better. icp: share of call volume across services.
    ifn: linked pairs across services per service. ned: 1 - share of units in services of 5 to 20.
    ned_relative: the same with 0.5 to 1.5 times the mean size. largest: share of units in the
    largest service. modularity: Newman's, of the fused graph. None where there is nothing to say.
    """

    services: int
    sm: float | None
    icp: float | None
    ifn: float | None
    ned: float | None
    ned_relative: float | None
    largest: float | None
    singletons: int
    modularity: float | None


@dataclass(frozen=True, slots=True)
class Service:
    """One proposed service: name from the domain's words, sorted units, own figures.

    cohesion: share of the fused weight at its units that stays inside, [0, 1].
    """

    name: str
    units: tuple[str, ...]
    cohesion: float


@dataclass(frozen=True, slots=True)
class SharedUnit:
    """A unit that belongs to no service, and how many of them use it.

    advice: `library` where most services use it and it stands alone; `assembly` where it puts the
    application together, which each service then does for itself.
    """

    unit: str
    used_by: int
    advice: Advice


@dataclass(frozen=True, slots=True)
class Merge:
    """One step of the dendrogram: groups `a` and `b` (ids) become group `into` at `gain`."""

    a: int
    b: int
    into: int
    gain: float


@dataclass(frozen=True, slots=True)
class Partition:
    """Every unit is in exactly one service or is shared.

    services: sorted by size (largest first), then name. confidence: unit -> share of consensus
    runs that keep it with its service, [0, 1]. algorithm, options, seed: how it was made.
    sound: False where no cut can be called good (largest service holds over half of the units).
    reason: one English word for why not, "" where sound.
    home: every unit, shared ones too -> name of the service that it would go with; `quality` is
      measured on it.
    groups: unit -> its finest group in the dendrogram; without those that were placed afterwards.
    """

    services: tuple[Service, ...]
    shared: tuple[SharedUnit, ...]
    quality: Quality
    confidence: Mapping[str, float]
    dendrogram: tuple[Merge, ...]
    algorithm: str
    options: Mapping[str, float | int | str | None]
    seed: int
    sound: bool = True
    reason: Unsound = ""
    home: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)


class Cut(Protocol):
    """Anything with services: a partition, also as it stands in the document."""

    @property
    def services(self) -> Sequence["Holder"]:
        """Its services."""


class Holder(Protocol):
    """A service as far as it holds units."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def units(self) -> Sequence[str]:
        """Paths of its units."""


def homes(cut: Cut | None) -> dict[str, str]:
    """Unit -> name of the service that holds it; shared units are in none."""
    services = cut.services if cut is not None else ()
    return {unit: service.name for service in services for unit in service.units}
