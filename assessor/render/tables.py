"""Plain tables as CSV, JSON and GraphML."""

import csv
import io
import json
from collections.abc import Callable

import networkx as nx

from assessor.model.table import Table

# A cell that a spreadsheet would run as a formula is made text (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(table: Table) -> bytes:
    """UTF-8 CSV (RFC 4180, line feeds), header first; what looks like a formula is quoted."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return sink.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.6f}"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def to_json(table: Table) -> bytes:
    """A JSON list of objects, keys in the order of the columns."""
    rows = [
        {name: _value(value) for name, value in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def _value(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value


def to_graphml(table: Table) -> bytes:
    """GraphML of the graph that the table stands for, with all attributes."""
    graph: nx.DiGraph[str] | nx.Graph[str] = nx.DiGraph() if table.directed else nx.Graph()
    for name, attributes in table.nodes:
        graph.add_node(name, **{key: _attribute(value) for key, value in attributes.items()})
    for source, target, *values in table.edges:
        named = zip(table.edge_columns, values, strict=True)
        graph.add_edge(str(source), str(target), **{key: _attribute(v) for key, v in named})
    sink = io.BytesIO()
    nx.write_graphml(graph, sink)
    return sink.getvalue() + b"\n"


def _attribute(value: object) -> str | int | float | bool:
    if isinstance(value, float):
        return round(value, 6)
    return value if isinstance(value, str | int | bool) else str(value)


RENDERERS: dict[str, Callable[[Table], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "graphml": to_graphml,
}
