"""Coupling and services as a networkx graph and as rows, for other tools."""

from collections.abc import Mapping

import networkx as nx
from scipy.sparse import triu

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition

_VIEWS = (
    ("structure", "structure"),
    ("vocabulary", "vocabulary"),
    ("shared_use", "shared-use"),
    ("co_change", "co-change"),
)

Row = Mapping[str, str | float | bool]


def to_networkx(coupling: Coupling, partition: Partition) -> "nx.Graph[str]":
    """The fused graph: nodes with `service`, `shared`, `confidence`; edges with `fused` and views.

    All attributes are plain strings, numbers and booleans, as GraphML wants them.
    """
    graph: nx.Graph[str] = nx.Graph()
    for row in partition_rows(coupling, partition=partition):
        rest = {key: value for key, value in row.items() if key != "unit"}
        graph.add_node(str(row["unit"]), **rest)
    for row in coupling_rows(coupling):
        rest = {key: value for key, value in row.items() if key not in {"source", "target"}}
        graph.add_edge(str(row["source"]), str(row["target"]), **rest)
    return graph


def coupling_rows(coupling: Coupling) -> list[Row]:
    """One row a coupled pair, sorted: source, target, fused, structure, vocabulary, shared_use,
    co_change. The pair is undirected and sorted; the views are before weighting.
    """
    cells: dict[tuple[int, int], dict[str, float]] = {}
    columns = [("fused", coupling.fused)]
    columns += [(name, coupling.views[view]) for name, view in _VIEWS if view in coupling.views]
    for name, matrix in columns:
        upper = triu(matrix, k=1).tocoo()
        found = zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
        for a, b, value in found:
            cells.setdefault((a, b), {})[name] = value
    names = ("fused", *(name for name, _ in _VIEWS))
    return [
        {
            "source": coupling.units[a],
            "target": coupling.units[b],
            **{name: row.get(name, 0.0) for name in names},
        }
        for (a, b), row in sorted(cells.items())
    ]


def partition_rows(coupling: Coupling, *, partition: Partition) -> list[Row]:
    """One row a unit, sorted: unit, service (of shared units: their home), shared, confidence."""
    shared = {unit.unit for unit in partition.shared}
    return [
        {
            "unit": unit,
            "service": partition.home[unit],
            "shared": unit in shared,
            "confidence": partition.confidence[unit],
        }
        for unit in coupling.units
    ]


def assignment_rows(partition: Partition) -> list[tuple[str, str]]:
    """(node, service) of every node, sorted; a shared one goes with its home."""
    return sorted(partition.home.items())
