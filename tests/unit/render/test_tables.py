import json

import networkx as nx

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
    assert to_csv(TABLE).decode() == (
        'source,target,fused\na.py,\'=b(),0.500000\na.py,"c,d",1.250000\n'
    )


def test_to_json__rows__are_objects_in_column_order():
    assert json.loads(to_json(TABLE))[0] == {"source": "a.py", "target": "=b()", "fused": 0.5}


def test_to_graphml__read_by_networkx__gives_the_same_graph(tmp_path):
    file = tmp_path / "g.graphml"
    file.write_bytes(to_graphml(TABLE))
    graph = nx.read_graphml(file)
    assert sorted(graph.nodes) == ["=b()", "a.py", "c,d"]
    assert graph.edges["a.py", "c,d"]["fused"] == 1.25
    assert graph.nodes["a.py"]["kind"] == "source"
