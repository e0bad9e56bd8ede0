"""From an assignment of units to services to the cut with its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Merge, Partition, Quality, Service, SharedUnit, Unsound
from assessor.partition.quality import quality

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Origin:
    """How a cut came about; see `model.partition.Partition` for each of it."""

    confidence: Mapping[str, float]
    dendrogram: tuple[Merge, ...]
    groups: Mapping[str, int]
    algorithm: str
    options: Mapping[str, float | int | str | None]
    seed: int


def origin(cut: Partition) -> Origin:
    """The origin of a cut that is made another one."""
    return Origin(cut.confidence, cut.dendrogram, cut.groups, cut.algorithm, cut.options, cut.seed)


def assembled(
    coupling: Coupling,
    *,
    numbers: Sequence[int],
    titles: Sequence[str],
    shared: tuple[SharedUnit, ...],
    of: Origin,
) -> Partition:
    """The cut with its services and figures.

    numbers: of the service of every unit, in order, shared ones too. titles: of the services.
    """
    found = quality(coupling, services=numbers)
    reason = _unsound(found)
    return Partition(
        services=_services(
            coupling,
            numbers=numbers,
            titles=titles,
            apart=frozenset(unit.unit for unit in shared),
        ),
        shared=shared,
        quality=found,
        confidence=of.confidence,
        dendrogram=of.dendrogram,
        groups=of.groups,
        algorithm=of.algorithm,
        options=of.options,
        seed=of.seed,
        sound=not reason,
        reason=reason,
        home={unit: titles[number] for unit, number in zip(coupling.units, numbers, strict=True)},
    )


def _services(
    coupling: Coupling,
    *,
    numbers: Sequence[int],
    titles: Sequence[str],
    apart: frozenset[str],
) -> tuple[Service, ...]:
    """Services with their units, shared ones left out; largest first, then by name."""
    cohesion = _cohesion(coupling.fused, numbers=numbers)
    members: dict[int, list[str]] = {number: [] for number in numbers}
    for unit, number in zip(coupling.units, numbers, strict=True):
        if unit not in apart:
            members[number].append(unit)
    found = [
        Service(name=titles[number], units=tuple(units), cohesion=cohesion[number])
        for number, units in members.items()
    ]
    return tuple(sorted(found, key=lambda service: (-len(service.units), service.name)))


def _cohesion(fused: csr_array, *, numbers: Sequence[int]) -> list[float]:
    """For every service the share of the weight at its units that stays inside; 0 without any."""
    count = max(numbers, default=-1) + 1
    cells = fused.tocoo()
    number = np.asarray(numbers, dtype=np.int64)
    at, other = number[cells.row], number[cells.col]
    every = np.bincount(at, weights=cells.data, minlength=count)
    inside = np.bincount(at[at == other], weights=cells.data[at == other], minlength=count)
    return [float(i / e) if e > 0 else 0.0 for i, e in zip(inside, every, strict=True)]


def _unsound(found: Quality) -> Unsound:
    """Why no cut can be called good, "" where one can."""
    if found.largest is None:
        return "empty"
    return "lopsided" if found.largest > _HALF else ""
