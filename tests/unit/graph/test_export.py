import networkx as nx

from assessor.graph.export import assignment_rows, coupling_rows, partition_rows, to_networkx
from assessor.graph.fuse import couple_edges
from assessor.partition.propose import propose

COUPLING = couple_edges([("a.Order", "a.OrderDao", 2.0), ("b.Item", "b.ItemDao", 1.0)])
PARTITION = propose(COUPLING, services=2)


def test_coupling_rows__pair__once_with_every_view():
    row = next(row for row in coupling_rows(COUPLING) if row["source"] == "a.Order")
    assert list(row) == [
        "source",
        "target",
        "fused",
        "structure",
        "vocabulary",
        "shared_use",
        "co_change",
    ]
    assert row["target"] == "a.OrderDao"
    assert float(row["fused"]) == float(row["structure"]) + 0.5 * float(row["vocabulary"])


def test_partition_rows__every_unit__one_row():
    rows = partition_rows(COUPLING, partition=PARTITION)
    assert [row["unit"] for row in rows] == list(COUPLING.units)
    assert [(row["unit"], row["service"]) for row in rows] == assignment_rows(PARTITION)


def test_to_networkx__written_as_graphml__comes_back():
    text = "\n".join(nx.generate_graphml(to_networkx(COUPLING, PARTITION)))
    graph = nx.parse_graphml(text)
    assert graph.nodes["a.Order"]["service"] == PARTITION.home["a.Order"]
    assert graph.edges["a.Order", "a.OrderDao"]["fused"] > 0
