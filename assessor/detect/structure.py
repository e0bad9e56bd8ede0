"""Facts about the structure of the code as it is: modules, modularity, cycles."""

from collections import Counter
from collections.abc import Mapping, Sequence

import networkx as nx

from assessor.detect.code import at, code, measured, without_code
from assessor.detect.modules import by_layer, packages
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec, FactUnit
from assessor.model.records import Reference, Unit
from assessor.model.seen import Seen


def _spec(name: str, zh: str, en: str, *, unit: FactUnit = "count") -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.REPOSITORY)


SPECS: tuple[FactSpec, ...] = (
    _spec("arch.modules", "代码模块数", "Modules of the code"),
    _spec(
        "arch.feature_packages",
        "按业务而非技术分层命名的模块占比",
        "Modules named after a feature, not a technical layer",
        unit="share",
    ),
    _spec("arch.modularity", "现有模块的模块度", "Modularity of the modules", unit="ratio"),
    _spec("arch.module_cycles", "模块之间的循环依赖组数", "Cyclic groups of modules"),
    _spec("arch.package_cycles", "包之间的循环依赖组数", "Cyclic groups of packages"),
    _spec("arch.unit_cycles", "单元之间的循环依赖组数", "Cyclic groups of units"),
    _spec("arch.god_units", "过大或被过多依赖的单元数", "Units too large or too much depended on"),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`; none applies where there is no production code."""
    found = code(seen.records)
    if found is None:
        return without_code(SPECS, seen)
    return (
        _modules(found.home),
        _feature_packages(found.home),
        _modularity(found.home, found.inside),
        _cycles("arch.module_cycles", found.home, inside=found.inside),
        _cycles("arch.package_cycles", packages(seen.records), inside=found.inside),
        _unit_cycles(seen),
        _god_units(found.units, found.inside),
    )


def _modules(home: Mapping[str, str]) -> Fact:
    sizes = Counter(home.values())
    first = {module: min(p for p in home if home[p] == module) for module in sizes}
    shown = (
        at(first[m], 0, zh=f"模块 {m}：{n} 个单元", en=f"module {m}: {n} units")
        for m, n in sizes.items()
    )
    return measured("arch.modules", len(sizes), shown)


def _feature_packages(home: Mapping[str, str]) -> Fact:
    """Share of modules, the root apart, whose name is no layer word."""
    first: dict[str, str] = {}
    for path in sorted(home):
        first.setdefault(home[path], path)
    named = {m: path for m, path in first.items() if not m.startswith("(")}
    if not named:
        return measured("arch.feature_packages", 0.0, [])
    layer = {m: by_layer(m) for m in named}
    shown = (
        at(
            path,
            0,
            zh=f"模块 {m} 按{'技术分层' if layer[m] else '业务'}命名",
            en=f"module {m} is named after a {'technical layer' if layer[m] else 'feature'}",
            holds=not layer[m],
        )
        for m, path in named.items()
    )
    return measured("arch.feature_packages", 1 - sum(layer.values()) / len(layer), shown)


def _undirected(inside: Sequence[Reference], home: Mapping[str, str]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(home))
    weight: Counter[tuple[str, str]] = Counter()
    for r in inside:
        weight[min(r.source, r.target), max(r.source, r.target)] += r.count
    graph.add_weighted_edges_from((a, b, n) for (a, b), n in sorted(weight.items()))
    return graph


def _modularity(home: Mapping[str, str], inside: Sequence[Reference]) -> Fact:
    """Newman's modularity of the references with the modules as groups; 0 for a single module."""
    graph = _undirected(inside, home)
    if not graph.number_of_edges():
        return measured("arch.modularity", 0.0, [])
    groups = [{p for p in home if home[p] == m} for m in sorted(set(home.values()))]
    value = round(nx.community.modularity(graph, groups), 9)
    heavy = Counter(
        {
            (home[r.source], home[r.target], r.source, r.line): r.count
            for r in inside
            if home[r.source] != home[r.target]
        }
    )
    shown = (
        at(path, line, zh=f"{a} 引用 {b}", en=f"{a} refers to {b}", holds=False)
        for (a, b, path, line), _ in sorted(heavy.items(), key=lambda item: (-item[1], item[0]))[
            :10
        ]
    )
    return measured("arch.modularity", value, shown)


def _cycles(name: str, home: Mapping[str, str], *, inside: Sequence[Reference]) -> Fact:
    """Number of groups of two or more modules or packages that depend on each other in circles."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    first: dict[tuple[str, str], Reference] = {}
    for r in sorted(inside):
        edge = home[r.source], home[r.target]
        if edge[0] != edge[1]:
            first.setdefault(edge, r)
    graph.add_edges_from(sorted(first))
    groups = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    shown = [
        at(
            r.source,
            r.line,
            zh=f"{a} 依赖 {b}，处于 {len(group)} 个成员的环中",
            en=f"{a} depends on {b} in a circle of {len(group)}",
            holds=False,
        )
        for group in groups
        for (a, b), r in sorted(first.items())
        if a in group and b in group
    ]
    return measured(name, len(groups), shown)


def _unit_cycles(seen: Seen) -> Fact:
    shown = (
        at(
            cycle.example[0],
            0,
            zh=f"{len(cycle.units)} 个单元循环依赖：{' → '.join(cycle.example)}",
            en=f"{len(cycle.units)} units in a circle: {' → '.join(cycle.example)}",
            holds=False,
        )
        for cycle in seen.cycles
    )
    return measured("arch.unit_cycles", len(seen.cycles), shown)


_LARGE, _WANTED = 1000, 50


def _god_units(units: Sequence[Unit], inside: Sequence[Reference]) -> Fact:
    """Units over 1,000 code lines, or used by over 50 others."""
    users: dict[str, set[str]] = {}
    for r in inside:
        users.setdefault(r.target, set()).add(r.source)
    shown = [
        at(
            u.path,
            0,
            zh=f"{u.code_lines} 行代码，被 {len(users.get(u.path, ()))} 个单元使用",
            en=f"{u.code_lines} code lines, used by {len(users.get(u.path, ()))} units",
            holds=False,
        )
        for u in units
        if u.code_lines > _LARGE or len(users.get(u.path, ())) > _WANTED
    ]
    return measured("arch.god_units", len(shown), shown)
