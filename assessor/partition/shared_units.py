"""Units that most services use and none owns: to be a library, or to be replicated."""

from collections.abc import Sequence

import numpy as np

from assessor.model.coupling import Coupling
from assessor.model.partition import SharedUnit

_FEWEST_SERVICES = 3
_HALF = 0.5


def shared_units(coupling: Coupling, *, services: Sequence[int]) -> tuple[SharedUnit, ...]:
    """The units used from more than half of all services, three at least, of which no single one
    holds more than half of the users. Sorted by unit.

    Advice `library`: it uses nothing but other shared units, so it can be shipped alone. Advice
    `replicate`: it uses units of services, which a library must not; each service takes its part.
    """
    used_by = _used_by(coupling, services=services)
    rows = coupling.directed.tocsr()
    return tuple(
        SharedUnit(
            unit=coupling.units[unit],
            used_by=used_by[unit],
            advice="library"
            if _stands_alone(rows[[unit]].indices.tolist(), inside=used_by)
            else "replicate",
        )
        for unit in sorted(used_by)
    )


def _stands_alone(targets: Sequence[int], *, inside: dict[int, int]) -> bool:
    return all(target in inside for target in targets)


def _used_by(coupling: Coupling, *, services: Sequence[int]) -> dict[int, int]:
    """Number of services that use each shared unit."""
    count = len(set(services))
    service = np.asarray(services, dtype=np.int64)
    columns = coupling.directed.tocsc()
    found: dict[int, int] = {}
    for unit in range(len(services)):
        users = service[columns.indices[columns.indptr[unit] : columns.indptr[unit + 1]]]
        held = np.unique(users, return_counts=True)[1]
        many = len(held) >= _FEWEST_SERVICES and len(held) > _HALF * count
        if many and held.max() <= _HALF * len(users):
            found[unit] = len(held)
    return found
