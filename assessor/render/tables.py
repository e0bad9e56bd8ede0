"""Plain tables as CSV, JSON and GraphML."""

import csv
import io
import json
import re
from collections.abc import Callable
from types import SimpleNamespace

import networkx as nx

from assessor.model.table import Table

# A cell that a spreadsheet would run as a formula is made text (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Characters of a name that XML cannot hold, or (carriage return) does not give back.
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def to_csv(table: Table) -> bytes:
    """UTF-8 CSV (RFC 4180, line feeds), header first.

    What looks like a formula is quoted, but not in a graph: its names must come back unchanged.
    """
    cell = _exact if table.nodes or table.edges else _cell
    lines: list[str] = []
    # The csv module quotes only the line ends that it writes itself, so it is asked for both.
    sink = SimpleNamespace(write=lambda line: lines.append(f"{line[:-2]}\n"))
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return "".join(lines).encode("utf-8", "backslashreplace")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return _exact(value)


def _exact(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.6f}"
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
        graph.add_node(_xml(name), **{key: _attribute(v) for key, v in attributes.items()})
    for source, target, *values in table.edges:
        named = zip(table.edge_columns, values, strict=True)
        values_by_name = {key: _attribute(value) for key, value in named}
        graph.add_edge(_xml(str(source)), _xml(str(target)), **values_by_name)
    sink = io.BytesIO()
    nx.write_graphml(graph, sink)
    return sink.getvalue() + b"\n"


def _attribute(value: object) -> str | int | float | bool:
    if isinstance(value, float):
        return round(value, 6)
    return value if isinstance(value, int | bool) else _xml(str(value))


def _xml(text: str) -> str:
    """The text as XML can hold it: what it cannot hold stands there as its Python escape."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return _NOT_XML.sub(lambda found: ascii(found[0])[1:-1], whole)


RENDERERS: dict[str, Callable[[Table], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "graphml": to_graphml,
}
