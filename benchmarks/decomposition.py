"""How near proposed services come to cuts that others made, beside two baselines of the same run.

    python benchmarks/decomposition.py EDGES_DIR TRUTH_DIR [--services-given] [--blind]

EDGES_DIR holds `<name>.csv` (source,target,weight), TRUTH_DIR the same names (node,service). Nodes
of the truth that the edges do not have count as services of their own. --services-given tells the
number of services to whom it helps; --blind hides the folder or package of every node.
"""

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching
from sklearn.metrics import adjusted_rand_score

from assessor.graph import fuse
from assessor.graph.cycles import package
from assessor.model.coupling import Coupling
from assessor.partition.propose import propose
from assessor.partition.quality import quality

Edges = list[tuple[str, str, float]]
Assignment = Mapping[str, str]
COLUMNS = ("ARI", "MoJoFM", "SM", "ICP", "IFN", "NED", "NEDrel", "services", "of", "seconds")


def main(arguments: Sequence[str]) -> None:
    """Print one line a system and method, then the means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("edges", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--services-given", action="store_true")
    parser.add_argument("--blind", action="store_true")
    options = parser.parse_args(arguments)
    lines: dict[str, list[list[float]]] = {}
    print(f"{'system':18} {'method':9}", *(f"{column:>8}" for column in COLUMNS))
    for path in sorted(options.edges.glob("*.csv")):
        truth = {row[0]: row[1] for row in rows(options.truth / path.name)}
        edges = [(row[0], row[1], float(row[2])) for row in rows(path)]
        given = len(set(truth.values())) if options.services_given else None
        for method, run in METHODS.items():
            figures = measured(edges, truth=truth, run=run, services=given, blind=options.blind)
            lines.setdefault(method, []).append(figures)
            print(f"{path.stem:18} {method:9}", *(f"{value:8.3f}" for value in figures))
    for method, found in lines.items():
        means = np.mean(np.array(found), axis=0)
        print(f"{'mean':18} {method:9}", *(f"{value:8.3f}" for value in means))


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file below its header."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


Method = Callable[[Edges, int | None], Assignment]


def measured(
    edges: Edges, *, truth: Assignment, run: Method, services: int | None, blind: bool
) -> list[float]:
    """The figures of one method on one system, in the order of `COLUMNS`."""
    shown, names = hidden(edges) if blind else (edges, {n: n for e in edges for n in e[:2]})
    start = time.perf_counter()
    found = run(shown, services)
    seconds = time.perf_counter() - start
    placed = {names[node]: service for node, service in found.items()}
    table = contingency({n: placed.get(n, f"alone {n}") for n in truth}, truth=truth)
    plain = fuse.couple_edges(edges)
    number = {service: at for at, service in enumerate(sorted(set(placed.values())))}
    got = quality(plain, services=[number[placed[unit]] for unit in plain.units])
    figures = (got.sm, got.icp, got.ifn, got.ned, got.ned_relative, got.services)
    return [
        ari({n: placed.get(n, f"alone {n}") for n in truth}, truth=truth),
        mojofm(table),
        *(float("nan") if figure is None else float(figure) for figure in figures),
        float(len(set(truth.values()))),
        seconds,
    ]


def hidden(edges: Edges) -> tuple[Edges, dict[str, str]]:
    """The edges with only the last part of each name after a number; and the names back."""
    nodes = sorted({node for edge in edges for node in edge[:2]})
    short = {
        node: f"{at}/{node[len(package(node)) :].strip('/.')}" for at, node in enumerate(nodes)
    }
    back = {name: node for node, name in short.items()}
    return [(short[a], short[b], weight) for a, b, weight in edges], back


def ari(found: Assignment, *, truth: Assignment) -> float:
    """The adjusted Rand index over the nodes of the truth."""
    nodes = sorted(truth)
    return float(adjusted_rand_score([truth[n] for n in nodes], [found[n] for n in nodes]))


def contingency(found: Assignment, *, truth: Assignment) -> np.ndarray:
    """(found services, true services) counts of nodes."""
    counts = Counter((found[node], truth[node]) for node in truth)
    tops = sorted({a for a, _ in counts})
    sides = sorted({b for _, b in counts})
    return np.array([[counts[a, b] for b in sides] for a in tops])


def mojofm(table: np.ndarray) -> float:
    """MoJoFM in percent. Source: Z. Wen, V. Tzerpos, An effectiveness measure, IWPC 2004."""
    best = table.max(axis=1)
    tags = csr_array((table == best[:, np.newaxis]) & (table > 0))
    matched = int((maximum_bipartite_matching(tags, perm_type="column") >= 0).sum())
    needed = int(table.sum() - best.sum()) + len(table) - matched
    tagged = 0
    for size in np.sort(table.sum(axis=0)):
        tagged += int(size > tagged)
    worst = int(table.sum()) - tagged
    return 100.0 * (1 - needed / worst) if worst else 100.0


def assessor(edges: Edges, services: int | None) -> Assignment:
    """The services that this project proposes."""
    return propose(fuse.couple_edges(edges), services=services).home


def louvain(edges: Edges, _: int | None) -> Assignment:
    """Groups of networkx's Louvain on the plain references."""
    coupling: Coupling = fuse.couple_edges(edges)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(coupling.units)
    for source, target, weight in sorted(edges):
        if source != target:
            before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
            graph.add_edge(source, target, weight=before + weight)
    groups = nx.community.louvain_communities(graph, seed=0)
    return {node: str(at) for at, group in enumerate(groups) for node in group}


def folders(edges: Edges, _: int | None) -> Assignment:
    """Connected units of the same folder or package."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({node for edge in edges for node in edge[:2]}))
    graph.add_edges_from((a, b) for a, b, _ in sorted(edges) if package(a) == package(b))
    groups = nx.connected_components(graph)
    return {node: str(at) for at, group in enumerate(groups) for node in sorted(group)}


METHODS: Mapping[str, Method] = {"assessor": assessor, "louvain": louvain, "folders": folders}

if __name__ == "__main__":
    main(sys.argv[1:])
