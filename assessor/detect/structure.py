"""Facts about the structure of the code as it is: modules, modularity, cycles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assessor.detect.code import Tie, at, code, measured, ties, without_code
from assessor.detect.modules import named, packages, parts, technical
from assessor.model.basis import Evidence, EvidenceKind, Text
from assessor.model.facts import Fact, FactScope, FactSpec, FactUnit
from assessor.model.records import FileKind, Records, Reference, Unit
from assessor.model.seen import Seen


def _spec(
    name: str, zh: str, en: str, *, unit: FactUnit = "count", scope: FactScope = "code"
) -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.REPOSITORY, scope)


SPECS: tuple[FactSpec, ...] = (
    _spec("arch.modules", "代码模块数", "Modules of the code"),
    _spec(
        "arch.feature_packages",
        "按业务而非技术分层命名的模块占比",
        "Modules named after a feature, not a technical layer",
        unit="share",
        scope="cut",
    ),
    _spec(
        "arch.modularity",
        "引用留在模块内部的程度（1 为全部）",
        "How far references stay inside their modules (1 = all)",
        unit="ratio",
        scope="cut",
    ),
    _spec(
        "arch.module_cycles",
        "模块之间的循环依赖组数",
        "Cyclic groups of modules",
        scope="cut",
    ),
    _spec("arch.package_cycles", "包之间的循环依赖组数", "Cyclic groups of packages"),
    _spec(
        "arch.packages_in_cycles",
        "处于循环依赖中的包占比",
        "Packages that lie in a circle",
        unit="share",
    ),
    _spec("arch.unit_cycles", "单元之间的循环依赖组数", "Cyclic groups of units"),
    _spec("arch.god_units", "过大或被过多依赖的单元数", "Units too large or too much depended on"),
    _spec(
        "arch.tested_modules",
        "被测试代码引用的模块占比",
        "Modules that tests refer to",
        unit="share",
        scope="cut",
    ),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`; none applies where there is no production code."""
    found = code(seen.records)
    if found is None:
        return without_code(SPECS, seen)
    whole = packages(seen.records)
    filled = {whole[unit.path] for unit in found.units if unit.code_lines}
    package_circles = _circles(whole, found.inside)
    return (
        _modules(found.home),
        _feature_packages(found.home),
        _modularity(found.home, found.inside),
        _cycles("arch.module_cycles", _circles(found.home, found.inside)),
        _cycles("arch.package_cycles", package_circles),
        _in_cycles(package_circles, packages=len(filled)),
        _unit_cycles(seen),
        _god_units(found.units, found.inside),
        _tested_modules(found.home, seen.records),
    )


def _modules(home: Mapping[str, str]) -> Fact:
    sizes = Counter(home.values())
    first = _first_units(home)
    shown = (
        at(first[m], 0, zh=f"模块 {m}：{n} 个单元", en=f"module {m}: {n} units")
        for m, n in sizes.items()
    )
    return measured("arch.modules", len(sizes), shown)


def _first_units(home: Mapping[str, str]) -> dict[str, str]:
    """Module -> the first of its units."""
    first: dict[str, str] = {}
    for path in sorted(home):
        first.setdefault(home[path], path)
    return first


def _feature_packages(home: Mapping[str, str]) -> Fact:
    """Share of modules, the root apart, whose name is no layer word."""
    names = named(home)
    if not names:
        return measured("arch.feature_packages", 0.0, [])
    layers = technical(names)
    shown = (
        at(
            path,
            0,
            zh=f"模块 {m} 按{'技术分层' if m in layers else '业务'}命名",
            en=f"module {m} is named after a {'technical layer' if m in layers else 'feature'}",
            holds=m not in layers,
        )
        for m, path in _first_units(home).items()
        if m in names
    )
    return measured("arch.feature_packages", 1 - len(layers) / len(names), shown)


def _modularity(home: Mapping[str, str], inside: Sequence[Reference]) -> Fact:
    """How much the references stay inside the modules, from chance (0) to all of them (1).

    Newman's modularity over the greatest it could be for modules of this weight; below 0 where
    they cross more than by chance. Where modules are named after features, technical ones do not
    count: all may use them. 0 for a single module.
    Source: M. E. J. Newman, Mixing patterns in networks, Phys. Rev. E 67 (2003), equation 2.
    """
    home = parts(home, None).home
    inside = [r for r in inside if r.source in home and r.target in home]
    weight, kept = Counter[str](), 0
    for r in inside:
        weight.update({home[r.source]: r.count})
        weight.update({home[r.target]: r.count})
        kept += r.count * (home[r.source] == home[r.target])
    total = sum(r.count for r in inside)
    by_chance = sum((n / (2 * total)) ** 2 for n in weight.values()) if total else 1.0
    value = round((kept / total - by_chance) / (1 - by_chance), 9) if len(weight) > 1 else 0.0
    shown = (
        at(
            tie.source,
            tie.line,
            zh=f"{a} 引用 {b} 共 {n} 次，其中最多的是 {tie.name}",
            en=f"{a} refers to {b} {n} times, most of all to {tie.name}",
            holds=False,
        )
        for a, b, n, tie in _between(home, inside)
    )
    return measured("arch.modularity", value, shown, ranked=True)


def _between(
    home: Mapping[str, str], inside: Iterable[Reference]
) -> list[tuple[str, str, int, Tie]]:
    """Pairs of modules, how often the first refers to the second, the strongest tie; by weight."""
    counts: Counter[tuple[str, str]] = Counter()
    strongest: dict[tuple[str, str], Tie] = {}
    for tie in ties(inside):
        pair = home[tie.source], home[tie.target]
        if pair[0] != pair[1]:
            counts[pair] += tie.count
            strongest.setdefault(pair, tie)
    heavy = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(a, b, n, strongest[a, b]) for (a, b), n in heavy]


Circle = tuple[frozenset[str], list[tuple[str, str, int, Tie]]]


def _circles(home: Mapping[str, str], inside: Iterable[Reference]) -> list[Circle]:
    """Groups of two or more modules that depend on each other in circles, with what ties them."""
    import networkx as nx

    pairs = _between(home, inside)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((a, b) for a, b, _, _ in pairs)
    groups = (frozenset(c) for c in nx.strongly_connected_components(graph) if len(c) > 1)
    return [
        (group, [pair for pair in pairs if pair[0] in group and pair[1] in group])
        for group in sorted(groups, key=sorted)
    ]


def _cycles(name: str, circles: Sequence[Circle]) -> Fact:
    """Number of the groups; the thinnest ties, which are the cheapest to turn round, first."""
    shown = [
        at(
            tie.source,
            tie.line,
            zh=f"{a} 引用 {b} 共 {n} 次，处于 {len(group)} 个成员的环中",
            en=f"{a} refers to {b} {n} times, in a circle of {len(group)}",
            holds=False,
        )
        for group, pairs in circles
        for a, b, n, tie in reversed(pairs)
    ]
    return measured(name, len(circles), shown, ranked=True)


def _in_cycles(circles: Sequence[Circle], *, packages: int) -> Fact:
    """Share of the packages with code that lie in some circle; one may hold nearly everything."""
    shown = (
        at(
            pairs[0][3].source,
            pairs[0][3].line,
            zh=f"环中共有 {len(group)} 个包：{_listed(group)}",
            en=f"{len(group)} packages in one circle: {_listed(group)}",
            holds=False,
        )
        for group, pairs in circles
    )
    value = sum(len(group) for group, _ in circles) / packages
    return measured("arch.packages_in_cycles", value, shown)


_LISTED = 5


def _listed(group: frozenset[str]) -> str:
    more = ", …" if len(group) > _LISTED else ""
    return ", ".join(sorted(group)[:_LISTED]) + more


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


def _tested_modules(home: Mapping[str, str], records: Records) -> Fact:
    """Share of the modules, the root apart if there are others, that some test refers to."""
    names = named(home) or frozenset(home.values())
    tests = {unit.path for unit in records.units if unit.kind is FileKind.TEST}
    by_tests = (r for r in records.references if r.source in tests and r.target in home)
    reached: dict[str, Tie] = {}
    for tie in ties(by_tests):
        reached.setdefault(home[tie.target], tie)
    tested = names & reached.keys()
    shown = _tested(_first_units(home), names=names, reached=reached)
    return measured("arch.tested_modules", len(tested) / len(names), shown)


def _tested(
    first: Mapping[str, str], *, names: frozenset[str], reached: Mapping[str, Tie]
) -> Iterator[Evidence]:
    for module in sorted(names):
        tie = reached.get(module)
        if tie is None:
            zh, en = f"没有测试引用模块 {module}", f"no test refers to module {module}"
            yield at(first[module], 0, zh=zh, en=en, holds=False)
        else:
            zh, en = f"测试引用模块 {module} 的 {tie.name}", f"tests {tie.name} of module {module}"
            yield at(tie.source, tie.line, zh=zh, en=en)
