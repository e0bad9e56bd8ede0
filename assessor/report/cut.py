"""The coupling graph and the proposed services as they stand in the document."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import triu

from assessor.model import assessment as doc
from assessor.model.coupling import Coupling
from assessor.model.decisions import Broken, Constraints
from assessor.model.partition import Partition, Service, homes
from assessor.model.records import FileKind, Reference
from assessor.model.seen import Seen

STRONGEST = 200
CYCLES = 100


def coupling(seen: Seen) -> doc.Coupling:
    """Views, ties between services, strongest pairs, cycles; empty where there is no code."""
    graph = seen.coupling
    inside = _between_sources(seen)
    return doc.Coupling(
        units=len(graph.units) if graph else 0,
        references=sum(reference.count for reference in inside),
        views=_views(graph),
        services=_ties(seen, inside),
        strongest=_strongest(graph),
        cycles=seen.cycles[:CYCLES],
    )


def _between_sources(seen: Seen) -> list[Reference]:
    """References between different units of production code."""
    source = {unit.path for unit in seen.records.units if unit.kind is FileKind.SOURCE}
    return [
        r
        for r in seen.records.references
        if r.source != r.target and r.source in source and r.target in source
    ]


def _views(graph: Coupling | None) -> tuple[doc.View, ...]:
    if graph is None:
        return ()
    return tuple(
        doc.View(name=name, weight=graph.weights[name], pairs=int(graph.views[name].nnz // 2))
        for name in sorted(graph.views)
    )


def across(a: str, b: str, *, home: Mapping[str, str]) -> bool:
    """Whether the units are in two services. home: as `homes` gives it."""
    return a in home and b in home and home[a] != home[b]


def _ties(seen: Seen, inside: list[Reference]) -> tuple[doc.ServiceTie, ...]:
    """References between services, most first; each with the place of its first reference."""
    if seen.partition is None:
        return ()
    home = homes(seen.partition)
    found: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in inside:
        a, b = home.get(reference.source), home.get(reference.target)
        if a and b and a != b:
            found[a, b].append(reference)
    ties = [
        doc.ServiceTie(
            source=a,
            target=b,
            references=sum(r.count for r in refs),
            pairs=len({(r.source, r.target) for r in refs}),
            path=min(_place(r) for r in refs)[0],
            line=min(_place(r) for r in refs)[1],
        )
        for (a, b), refs in found.items()
    ]
    return tuple(sorted(ties, key=lambda tie: (-tie.references, tie.source, tie.target)))


def _place(reference: Reference) -> tuple[str, int]:
    return reference.source, reference.line


def _strongest(graph: Coupling | None) -> tuple[doc.UnitTie, ...]:
    """The heaviest pairs of the fused graph and the share each view has in them."""
    if graph is None or graph.fused.nnz == 0:
        return ()
    upper = triu(graph.fused, k=1).tocoo()
    order = np.lexsort((upper.col, upper.row, -np.round(upper.data, 9)))[:STRONGEST]
    return tuple(
        _tie(graph, int(upper.row[i]), int(upper.col[i]), float(upper.data[i])) for i in order
    )


def _tie(graph: Coupling, row: int, column: int, weight: float) -> doc.UnitTie:  # noqa: PLR0917
    parts = {
        name: graph.weights[name] * float(view[row, column])
        for name, view in sorted(graph.views.items())
    }
    total = sum(parts.values()) or 1.0
    return doc.UnitTie(
        a=graph.units[row],
        b=graph.units[column],
        weight=weight,
        shares={name: part / total for name, part in parts.items() if part > 0},
    )


def partition(
    seen: Seen, *, constraints: Constraints, broken: tuple[Broken, ...]
) -> doc.Partition | None:
    """The proposed services, None where there is no code to cut.

    constraints: what people want of the cut. broken: those of them that it does not respect.
    """
    between = _between_sources(seen)
    return _partition(
        seen, constraints=constraints, broken=broken, between=between, ties=_ties(seen, between)
    )


def _partition(
    seen: Seen,
    *,
    constraints: Constraints,
    broken: tuple[Broken, ...],
    between: list[Reference],
    ties: tuple[doc.ServiceTie, ...],
) -> doc.Partition | None:
    cut = seen.partition
    if cut is None:
        return None
    inside = _inside(homes(seen.partition), between)
    lines = {unit.path: unit.code_lines for unit in seen.records.units}
    return doc.Partition(
        algorithm=cut.algorithm,
        options=dict(sorted(cut.options.items())),
        seed=cut.seed,
        sound=cut.sound,
        reason=cut.reason,
        quality=cut.quality,
        services=tuple(
            _service(s, cut=cut, ties=ties, lines=lines, inside=inside[s.name])
            for s in cut.services
        ),
        shared=cut.shared,
        confidence=dict(sorted(cut.confidence.items())),
        dendrogram=cut.dendrogram,
        constraints=constraints,
        broken=broken,
    )


def recut(found: doc.Assessment, seen: Seen, *, broken: tuple[Broken, ...] = ()) -> doc.Assessment:
    """The assessment with the cut that is seen: its services, and all that goes across them.

    Facts and levels stay: they are measured on the natural cut. Who knows the services of another
    cut only the history tells, which is not kept.
    """
    home = homes(seen.partition)
    pairs = tuple(
        replace(pair, across=across(pair.a, pair.b, home=home)) for pair in found.history.cochange
    )
    wanted = found.partition.constraints if found.partition else Constraints()
    people = found.history.people if home == homes(found.partition) else ()
    between = _between_sources(seen)
    ties = _ties(seen, between)
    return replace(
        found,
        history=replace(found.history, cochange=pairs, people=people),
        coupling=replace(found.coupling, services=ties),
        partition=_partition(seen, constraints=wanted, broken=broken, between=between, ties=ties),
    )


def _inside(home: Mapping[str, str], between: list[Reference]) -> Counter[str]:
    """Service -> references from one of its units to another. home: as `homes` gives it."""
    found: Counter[str] = Counter()
    for reference in between:
        own = home.get(reference.source)
        if own is not None and own == home.get(reference.target):
            found[own] += reference.count
    return found


def _service(
    service: Service,
    *,
    cut: Partition,
    ties: tuple[doc.ServiceTie, ...],
    lines: dict[str, int],
    inside: int,
) -> doc.Service:
    sure = [cut.confidence[unit] for unit in service.units if unit in cut.confidence]
    return doc.Service(
        name=service.name,
        units=service.units,
        quality=doc.ServiceQuality(
            size=len(service.units),
            code_lines=sum(lines.get(unit, 0) for unit in service.units),
            cohesion=service.cohesion,
            confidence=sum(sure) / len(sure) if sure else None,
            references=inside,
            fan_in=sum(tie.target == service.name for tie in ties),
            fan_out=sum(tie.source == service.name for tie in ties),
        ),
    )
