"""A plain table for export, and the graph it may stand for."""

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. nodes, edges: the same content as a graph, where it is one.

    An edge is (source, target, then one value for each name in `edge_columns`).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    nodes: tuple[tuple[str, Mapping[str, Value]], ...] = ()
    edge_columns: tuple[str, ...] = ()
    edges: tuple[tuple[Value, ...], ...] = ()
    directed: bool = False
