"""Names for services, from the words that tell their units from all others."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from assessor.model.coupling import NAME_WORD, Coupling

_FALLBACK = "service"
_EVERYWHERE = 0.9
_NO_NAMES = frozenset(
    """
    after all and any auto available before both but bad can cannot empty final first for found
    from has have if in initial into invalid is last latest missing multi multiple name new
    next no non none not now null of off old on one only or other own per previous same self
    simple single some such the then this to unavailable unknown unsupported valid via was when
    with without
    """.split()  # noqa: SIM905 - a text of words is easier to read and to mend
)
"""Words that join others or describe them: no name for a part of a business."""


def names(
    coupling: Coupling, *, services: Sequence[int], rows: Collection[int] | None = None
) -> list[str]:
    """A unique name for every service, numbered from 0 without gaps, in that order.

    A word fits a service as well as standing in a unit's name or path foretells belonging there
    (F1: share of the units with it that are there against share of the units there that have it),
    discounted by the share of all units that have it. The best fitting pair is settled first, of
    equals the word of more units; a service whose words are all taken is called `service-1` and
    so on. rows: the units whose words count, None = all.
    """
    count = max(services, default=-1) + 1
    if coupling.usage is None or not coupling.terms or not count:
        return [f"{_FALLBACK}-{number + 1}" for number in range(count)]
    chosen = sorted(rows) if rows else list(range(len(services)))
    named = _named(csr_array(coupling.usage.tocsr()[np.asarray(chosen, dtype=np.int64)]))
    inside = [services[row] for row in chosen]
    there = _there(named, services=inside, count=count)
    fit = _fit(there, sizes=np.bincount(inside, minlength=count).astype(np.float64))
    fit[:, ~_naming(coupling.terms, named=named, most=_EVERYWHERE if count > 1 else 1.0)] = 0.0
    found: dict[int, str] = {}
    taken: set[int] = set()
    places, columns = np.nonzero(fit)
    ranked = sorted(
        zip(places.tolist(), columns.tolist(), strict=True),
        key=lambda at: (-round(float(fit[at]), 12), -there[at], coupling.terms[at[1]], at[0]),
    )
    for service, term in ranked:
        if service not in found and term not in taken:
            found[service] = coupling.terms[term]
            taken.add(term)
    return [found.get(service, f"{_FALLBACK}-{service + 1}") for service in range(count)]


def _named(usage: csr_array) -> csr_array:
    """1 for every word in the name or path of a unit; what its body mentions is left out."""
    named = usage.copy()
    named.data = (usage.data >= NAME_WORD).astype(np.float64)
    named.eliminate_zeros()
    return named


def _naming(terms: Sequence[str], *, named: csr_array, most: float) -> NDArray[np.bool_]:
    """The words that can be names: no joining or describing ones, no part of what nearly every
    unit is called by (the product's own name, however it is split): more than that share of all.
    """
    having = np.asarray(named.sum(axis=0), dtype=np.float64).ravel()
    common = [terms[at] for at in np.flatnonzero(having > most * named.shape[0]).tolist()]
    return np.array(
        [
            not (word in _NO_NAMES or _describes(word))
            and not any(word in name for name in common)
            for word in terms
        ],
        dtype=np.bool_,
    )


def _describes(word: str) -> bool:
    """A participle, by its ending (`shared`, not `feed`)."""
    return word.endswith("ed") and not word.endswith("eed")


def _there(named: csr_array, *, services: Sequence[int], count: int) -> NDArray[np.float64]:
    """(services, terms) how many units of each service have each term."""
    member = coo_array(
        (np.ones(len(services)), (np.asarray(services), np.arange(len(services)))),
        shape=(count, len(services)),
    ).tocsr()
    return np.asarray((member @ named).toarray(), dtype=np.float64)


def _fit(there: NDArray[np.float64], *, sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """(services, terms) F1 of each term, discounted by the share of all units that have it."""
    everywhere = there.sum(axis=0)
    rare = 1.0 - everywhere / sizes.sum() if len(sizes) > 1 else np.ones_like(everywhere)
    both = everywhere + sizes[:, np.newaxis]
    fit: NDArray[np.float64] = rare * 2 * there / np.where(both > 0, both, 1.0)
    return fit
