"""All views of coupling fused into one graph, from records or from a list of edges."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from assessor.graph import roles, terms, views
from assessor.model.coupling import NAME_WORD, CoChange, Coupling
from assessor.model.data import NO_DATA, Data
from assessor.model.records import Artefact, FileKind, Reference, ReferenceKind, Unit

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"structure": 1.0, "vocabulary": 0.5, "shared-use": 0.2, "co-change": 0.15, "data": 0.0}
)
"""Weight of each view in the fused graph; a view left out or at 0 is switched off."""

OWN_WORD = PATH_WORD = NAME_WORD
BODY_WORD = 1.0
"""What a word counts in a unit's name, in the folders above it, and in its body."""

_INHERITED = 2.0
_WRITTEN = 3.0  # what a table counts for a unit that writes or maps it; 1 for one that reads
_UNNAMED = 0.5  # strength of a tie that only signatures make; one named use has 1


@dataclass(frozen=True, slots=True)
class _Seen:
    """Sorted names of the nodes, uses of each pair, pairs that inherit, terms of each node, and
    the nodes that own data, that start. unnamed: those of the uses that only a signature makes.
    tables: (node, table) -> what it does to it.
    """

    names: tuple[str, ...]
    uses: Mapping[tuple[str, str], float]
    inherits: frozenset[tuple[str, str]]
    terms: Mapping[str, Mapping[str, float]]
    owners: frozenset[str]
    roots: frozenset[str] = frozenset()
    unnamed: Mapping[tuple[str, str], float] = field(default_factory=dict)
    tables: Mapping[tuple[str, str], float] = field(default_factory=dict)


def couple(
    units: Sequence[Unit],
    references: Sequence[Reference],
    cochange: Sequence[CoChange],
    *,
    artefacts: Sequence[Artefact] = (),
    stored: Data = NO_DATA,
    weights: Mapping[str, float] = WEIGHTS,
) -> Coupling:
    """The coupling of the source units; tests, generated and vendored ones are left out.

    artefacts: annotations and imports, from which it is known what owns data and what starts.
    stored: which tables the units use.
    """
    source = {unit.path: unit for unit in units if unit.kind is FileKind.SOURCE}
    inside = [r for r in references if r.source in source and r.target in source]
    uses: defaultdict[tuple[str, str], float] = defaultdict(float)
    unnamed: defaultdict[tuple[str, str], float] = defaultdict(float)
    for reference in sorted(inside):
        uses[reference.source, reference.target] += reference.count
        if reference.kind is ReferenceKind.SIGNATURE:
            unnamed[reference.source, reference.target] += reference.count
    inherits = ((r.source, r.target) for r in inside if r.kind is ReferenceKind.INHERIT)
    seen = _Seen(
        names=tuple(sorted(source)),
        uses=_without_loops(uses),
        inherits=frozenset(inherits),
        terms={path: _terms(path, body=dict(source[path].words)) for path in source},
        owners=roles.owners(tuple(source.values()), inside, artefacts) & source.keys(),
        roots=roles.roots(tuple(source.values()), artefacts),
        unnamed=unnamed,
        tables=_tables(stored, source.keys()),
    )
    return _coupling(seen, cochange=cochange, weights=weights)


def couple_edges(
    edges: Iterable[tuple[str, str, float]], *, weights: Mapping[str, float] = WEIGHTS
) -> Coupling:
    """The coupling of the nodes of a list of directed edges (source, target, uses).

    The words come from the nodes' names: paths, or dotted, `::`- or backslash-separated names.
    Repeated edges add up; edges of no or negative weight only say that both nodes are there.
    """
    listed = sorted(edges)
    uses: defaultdict[tuple[str, str], float] = defaultdict(float)
    for source, target, weight in listed:
        uses[source, target] += max(weight, 0.0)
    names = tuple(sorted({name for edge in listed for name in edge[:2]}))
    seen = _Seen(
        names=names,
        uses=_without_loops(uses),
        inherits=frozenset(),
        terms={name: _terms(name, body={}) for name in names},
        owners=roles.owners_by_name({name: terms.segments(name)[-1:] for name in names}),
    )
    return _coupling(seen, cochange=(), weights=weights)


def _coupling(
    seen: _Seen, *, cochange: Sequence[CoChange], weights: Mapping[str, float]
) -> Coupling:
    index = {name: row for row, name in enumerate(seen.names)}
    shape = (len(index), len(index))
    directed = views.matrix(_by_index(seen.uses, index), shape=shape)
    strength = {pair: _strength(seen, pair, uses=uses) for pair, uses in seen.uses.items()}
    vocabulary, usage = _usage(seen)
    part = _taking_part(directed)
    found = {
        "structure": views.structure(views.matrix(_by_index(strength, index), shape=shape)),
        "vocabulary": views.vocabulary(usage, part=part),
        "shared-use": views.shared_use(directed),
        "co-change": views.co_change(_between(cochange, part=part, names=seen.names), index=index),
        "data": views.data(_of_tables(seen, index)),
    }
    switched = {name: float(weights.get(name, 0.0)) for name in found}
    return Coupling(
        units=seen.names,
        views=found,
        weights=switched,
        fused=fuse(found, weights=switched),
        directed=directed,
        terms=vocabulary,
        usage=usage,
        owners=seen.owners,
        roots=seen.roots,
    )


def _tables(stored: Data, units: Collection[str]) -> dict[tuple[str, str], float]:
    """(unit, table) -> weight: who writes or maps a table owns it rather than who reads it."""
    found: dict[tuple[str, str], float] = {}
    for each in stored.tables:
        for access in each.accesses:
            found[access.unit, each.table] = _WRITTEN if access.writes else 1.0
        for unit in each.mapped:
            found[unit, each.table] = _WRITTEN
    return {key: weight for key, weight in found.items() if key[0] in units}


def _of_tables(seen: _Seen, index: Mapping[str, int]) -> csr_array:
    """(n, tables), at least one column."""
    tables = {name: at for at, name in enumerate(sorted({table for _, table in seen.tables}))}
    cells = {(index[unit], tables[table]): w for (unit, table), w in seen.tables.items()}
    return views.matrix(cells, shape=(len(index), max(len(tables), 1)))


def _strength(seen: _Seen, pair: tuple[str, str], *, uses: float) -> float:
    """1 + ln(uses that the source names), doubled for inheritance; less where it names none."""
    named = uses - seen.unnamed.get(pair, 0.0)
    if named <= 0:
        return _UNNAMED
    return (1.0 + log(max(named, 1.0))) * (_INHERITED if pair in seen.inherits else 1.0)


def _taking_part(directed: csr_array) -> NDArray[np.bool_]:
    """The units that are tied by words and history: the linked ones, where they are half of all.

    Migrations, package files and the like, which nothing refers to, would else draw what they
    happen to resemble together; they go with their folder.
    """
    linked = views.linked(directed)
    return linked if 2 * int(linked.sum()) >= len(linked) else np.ones_like(linked)


def _between(
    cochange: Sequence[CoChange], *, part: NDArray[np.bool_], names: Sequence[str]
) -> list[CoChange]:
    inside = {name for name, taking in zip(names, part.tolist(), strict=True) if taking}
    return [pair for pair in cochange if pair.a in inside and pair.b in inside]


def fuse(found: Mapping[str, csr_array], *, weights: Mapping[str, float]) -> csr_array:
    """The weighted sum of the views, rows sorted."""
    size = next(iter(found.values())).shape[0]
    fused = csr_array((size, size), dtype=np.float64)
    for name in sorted(found):
        fused = csr_array(fused + found[name] * weights[name])
    fused.eliminate_zeros()
    fused.sort_indices()
    return fused


def _usage(seen: _Seen) -> tuple[tuple[str, ...], csr_array]:
    vocabulary = tuple(sorted({term for counts in seen.terms.values() for term in counts}))
    column = {term: number for number, term in enumerate(vocabulary)}
    cells = {
        (row, column[term]): count
        for row, name in enumerate(seen.names)
        for term, count in seen.terms[name].items()
    }
    return vocabulary, views.matrix(cells, shape=(len(seen.names), len(vocabulary)))


def _terms(name: str, *, body: Mapping[str, int]) -> dict[str, float]:
    """Weighted counts of a node's words; a word that its path repeats counts there once."""
    found: defaultdict[str, float] = defaultdict(float)
    split = terms.words(name)
    for word in set(split.own):
        found[word] += OWN_WORD
    for word in set(split.path):
        found[word] += PATH_WORD
    for word, count in body.items():
        for part in terms.split(word):
            found[part] += BODY_WORD * (1.0 + log(max(count, 1)))
    return dict(found)


def _by_index(
    pairs: Mapping[tuple[str, str], float], index: Mapping[str, int]
) -> dict[tuple[int, int], float]:
    return {(index[a], index[b]): value for (a, b), value in pairs.items()}


def _without_loops(uses: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    return {pair: value for pair, value in uses.items() if pair[0] != pair[1] and value > 0}
