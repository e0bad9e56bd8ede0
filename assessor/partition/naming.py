"""Names for services, from the words that tell their units from all others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array

from assessor.model.coupling import Coupling

_FALLBACK = "service"


def names(coupling: Coupling, *, services: Sequence[int]) -> list[str]:
    """A unique name for every service, numbered from 0 without gaps, in that order.

    A word fits a service as well as having it foretells belonging there (F1: share of its uses
    that are there against share of the units there that use it), discounted by the share of all
    units that use it. The best fitting pair is settled first; a service whose words are all
    taken is called `service-1` and so on.
    """
    count = max(services, default=-1) + 1
    if coupling.usage is None or not coupling.terms or not count:
        return [f"{_FALLBACK}-{number + 1}" for number in range(count)]
    fit = _fit(coupling.usage, services=services, count=count)
    found: dict[int, str] = {}
    taken: set[int] = set()
    rows, columns = np.nonzero(fit)
    ranked = sorted(
        zip(rows.tolist(), columns.tolist(), strict=True),
        key=lambda at: (-round(float(fit[at]), 12), coupling.terms[at[1]], at[0]),
    )
    for service, term in ranked:
        if service not in found and term not in taken:
            found[service] = coupling.terms[term]
            taken.add(term)
    return [found.get(service, f"{_FALLBACK}-{service + 1}") for service in range(count)]


def _fit(usage: csr_array, *, services: Sequence[int], count: int) -> NDArray[np.float64]:
    """(services, terms) F1 of each term; a unit's strongest words count 1, others less."""
    strongest = usage.max(axis=1).toarray().ravel()
    shares = diags_array(1.0 / np.where(strongest > 0, strongest, 1.0)) @ usage
    member = coo_array(
        (np.ones(len(services)), (np.asarray(services), np.arange(len(services)))),
        shape=(count, len(services)),
    ).tocsr()
    there = np.asarray((member @ shares).toarray(), dtype=np.float64)
    everywhere = there.sum(axis=0)
    sizes = np.bincount(np.asarray(services), minlength=count).astype(np.float64)
    rare = 1.0 - everywhere / len(services) if count > 1 else np.ones_like(everywhere)
    fit: NDArray[np.float64] = rare * 2 * there / (everywhere + sizes[:, np.newaxis])
    return fit
