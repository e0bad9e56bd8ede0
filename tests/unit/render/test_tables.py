import csv
import io
import json

import networkx as nx
import pytest

from assessor.model.table import Table
from assessor.render.tables import to_csv, to_graphml, to_json

TABLE = Table(
    columns=("source", "target", "fused"),
    rows=(("a.py", "=b()", 0.5), ("a.py", "c,d", 1.25)),
    nodes=(("a.py", {"kind": "source"}), ("=b()", {}), ("c,d", {})),
    edge_columns=("fused",),
    edges=(("a.py", "=b()", 0.5), ("a.py", "c,d", 1.25)),
)


def test_to_csv__commas_and_formulas__are_safe():
    table = Table(columns=TABLE.columns, rows=TABLE.rows)
    assert to_csv(table).decode() == (
        'source,target,fused\na.py,\'=b(),0.500000\na.py,"c,d",1.250000\n'
    )


def test_to_csv__a_graph__keeps_every_name_as_it_is():
    names = ("-a", "=b()", "+c", "@d", "\te", "f\rg", "h\n\x0ci\u2028")
    table = Table(columns=("node",), rows=tuple((n,) for n in names), nodes=((names[0], {}),))
    read = list(csv.reader(io.StringIO(to_csv(table).decode(), newline="")))
    assert read == [["node"], *([name] for name in names)]


def test_to_json__rows__are_objects_in_column_order():
    assert json.loads(to_json(TABLE))[0] == {"source": "a.py", "target": "=b()", "fused": 0.5}


def test_to_graphml__read_by_networkx__gives_the_same_graph(tmp_path):
    file = tmp_path / "g.graphml"
    file.write_bytes(to_graphml(TABLE))
    graph = nx.read_graphml(file)
    assert sorted(graph.nodes) == ["=b()", "a.py", "c,d"]
    assert graph.edges["a.py", "c,d"]["fused"] == 1.25
    assert graph.nodes["a.py"]["kind"] == "source"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("caf\udce9.py", "caf\\udce9.py"),
        ("bell\x07.py", "bell\\x07.py"),
        ("line\rend", "line\\rend"),
        ("last\uffff", "last\\uffff"),
        ("图 <a> & \u2028b", "图 <a> & \u2028b"),
    ],
)
def test_to_graphml__a_name_that_xml_cannot_hold__is_escaped_everywhere(tmp_path, name, shown):
    table = Table(
        columns=("source", "target"),
        rows=((name, "b"),),
        nodes=((name, {"title": name}), ("b", {})),
        edge_columns=("why",),
        edges=((name, "b", name),),
    )
    file = tmp_path / "g.graphml"
    file.write_bytes(to_graphml(table))
    graph = nx.read_graphml(file)
    assert sorted(graph.nodes) == sorted(["b", shown])
    assert graph.nodes[shown]["title"] == shown
    assert graph.edges[shown, "b"]["why"] == shown
