"""Groups of units, or of packages, that all reach each other by references."""

from collections.abc import Iterable

import networkx as nx

from assessor.model.coupling import Coupling, Cycle

_PAIR = 2


def unit_cycles(coupling: Coupling) -> tuple[Cycle, ...]:
    """The cycles between units; largest group first, then by name."""
    return _cycles(_links(coupling))


def package_cycles(coupling: Coupling) -> tuple[Cycle, ...]:
    """The cycles between the folders (of a dotted name: the packages) that the units stand in."""
    between = ((package(a), package(b)) for a, b in _links(coupling))
    return _cycles((a, b) for a, b in between if a != b)


def cycles_between(links: Iterable[tuple[str, str]]) -> tuple[Cycle, ...]:
    """The cycles in a graph of names, which its links from one to another make."""
    return _cycles(links)


def package(unit: str) -> str:
    """The folder of a path, or the package of a dotted, `::`- or backslash-separated name."""
    for separator in ("/", "\\", "::", "."):
        if separator in unit:
            return unit.rpartition(separator)[0]
    return ""


def _links(coupling: Coupling) -> list[tuple[str, str]]:
    cells = coupling.directed.tocoo()
    pairs = zip(cells.row.tolist(), cells.col.tolist(), strict=True)
    return sorted((coupling.units[a], coupling.units[b]) for a, b in pairs if a != b)


def _cycles(links: Iterable[tuple[str, str]]) -> tuple[Cycle, ...]:
    graph = nx.DiGraph(sorted(set(links)))
    groups = [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    found = [
        Cycle(units=tuple(group), example=_shortest(graph.subgraph(group), units=group))
        for group in groups
    ]
    return tuple(sorted(found, key=lambda cycle: (-len(cycle.units), cycle.units)))


def _shortest(graph: "nx.DiGraph[str]", *, units: list[str]) -> tuple[str, ...]:
    """A shortest cycle of a strongly connected graph, from its first unit by name, not closed.

    Where a pair refers to each other, the first such pair; else the shortest way back to each of
    the units in turn, breadth first over sorted neighbours.
    """
    best: tuple[str, ...] = ()
    for start in units:
        way = _way_back(graph, start=start, shorter_than=len(best) or len(units) + 1)
        best = way or best
        if len(best) == _PAIR:
            break
    first = best.index(min(best))
    return best[first:] + best[:first]


def _way_back(graph: "nx.DiGraph[str]", *, start: str, shorter_than: int) -> tuple[str, ...]:
    """The shortest cycle through a unit, () if there is none under that length."""
    came: dict[str, str] = {}
    layer = [start]
    for _ in range(shorter_than - 1):
        following: list[str] = []
        for unit in layer:
            for target in sorted(graph.successors(unit)):
                if target == start:
                    return _trace(came, end=unit, start=start)
                if target not in came:
                    came[target] = unit
                    following.append(target)
        layer = following
    return ()


def _trace(came: dict[str, str], *, end: str, start: str) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))
