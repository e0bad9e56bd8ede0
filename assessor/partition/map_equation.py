"""Groups of units by the two-level map equation: where a random walk stays, there is a service."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from assessor.partition.flow import Flow, aggregate, renumbered

_GAIN = 1e-10
_ROUNDS = 10


def plogp(share: float) -> float:
    """The share times its binary logarithm, 0 for no share."""
    return share * log2(share) if share > 0 else 0.0


def description_length(flow: Flow, *, groups: Sequence[int], time: float = 1.0) -> float:
    """Bits a step of the walk takes to describe with one code book for each group.

    time: Markov time, by which leaving a group is weighed; above 1 it gives coarser groups.
    Source: M. Rosvall, D. Axelsson, C. T. Bergstrom, The map equation, 2009, equation 4.
    """
    state = _state(flow, groups=groups, time=time)
    nodes = sum(plogp(visit) for visit in flow.visits)
    books = sum(
        plogp(e + v) - 2 * plogp(e) for e, v in zip(state.exits, state.visits, strict=True)
    )
    return plogp(sum(state.exits)) + books - nodes


def infomap(flow: Flow, *, seed: int, time: float = 1.0) -> list[int]:
    """The group of every node with a short description; groups numbered by first appearance.

    Nodes move to neighbouring groups, groups become nodes, until nothing shortens the description;
    then the nodes are freed again within what was found. A node without links stays alone.
    """
    generator = np.random.default_rng(seed)
    groups = list(range(len(flow.visits)))
    length = description_length(flow, groups=groups, time=time)
    for _ in range(_ROUNDS):
        groups = _climb(flow, groups=groups, generator=generator, time=time)
        shorter = description_length(flow, groups=groups, time=time)
        if shorter > length - _GAIN:
            break
        length = shorter
    return groups


def _climb(
    flow: Flow, *, groups: Sequence[int], generator: np.random.Generator, time: float
) -> list[int]:
    """Groups after moving nodes, then groups of them, then groups of those, while it helps."""
    current = renumbered(_move(flow, groups=groups, generator=generator, time=time))
    while True:
        coarser = aggregate(flow, groups=current)
        start = list(range(len(coarser.visits)))
        joined = renumbered(_move(coarser, groups=start, generator=generator, time=time))
        if len(set(joined)) == len(joined):
            return current
        current = renumbered([joined[group] for group in current])


@dataclass(slots=True)
class _State:
    """exits, visits: share of steps that leave each group, that are at each group."""

    exits: list[float]
    visits: list[float]


def _state(flow: Flow, *, groups: Sequence[int], time: float) -> _State:
    count = max(groups, default=-1) + 1
    exits, visits = [0.0] * count, [0.0] * count
    for node, group in enumerate(groups):
        visits[group] += flow.visits[node]
        for other, share in zip(flow.neighbours[node], flow.shares[node], strict=True):
            if groups[other] != group:
                exits[group] += share * time
    return _State(exits, visits)


def _move(
    flow: Flow, *, groups: Sequence[int], generator: np.random.Generator, time: float
) -> list[int]:
    """Groups after nodes moved, one by one, to where the description gets shortest."""
    current = renumbered(groups)
    state = _state(flow, groups=current, time=time)
    total = sum(state.exits)
    waiting: deque[int] = deque(generator.permutation(len(current)).tolist())
    queued = bytearray(b"\x01") * len(current)
    while waiting:
        node = waiting.popleft()
        queued[node] = 0
        neighbours = flow.neighbours[node]
        links: dict[int, float] = {}
        for other, share in zip(neighbours, flow.shares[node], strict=True):
            group = current[other]
            links[group] = links.get(group, 0.0) + share * time
        home = current[node]
        visit, leave = flow.visits[node], flow.leaves[node] * time
        best, total = _best(state, links=links, home=home, visit=visit, leave=leave, total=total)
        if best == home:
            continue
        state.exits[home] = _after(state.exits[home], leave=-leave, link=-links.get(home, 0.0))
        state.exits[best] = _after(state.exits[best], leave=leave, link=links[best])
        state.visits[home] -= visit
        state.visits[best] += visit
        current[node] = best
        for other in neighbours:
            if not queued[other] and current[other] != best:
                queued[other] = 1
                waiting.append(other)
    return current


def _after(exits: float, *, leave: float, link: float) -> float:
    """What leaves a group with a node more (or, negated, less) that has this link to the rest."""
    return max(exits + leave - 2 * link, 0.0)


def _best(
    state: _State,
    *,
    links: dict[int, float],
    home: int,
    visit: float,
    leave: float,
    total: float,
) -> tuple[int, float]:
    """The linked group to which a move shortens the description most, and all exits after it."""
    exits, visits = state.exits, state.visits
    old = exits[home]
    left = max(old - leave + 2 * links.get(home, 0.0), 0.0)
    stay = max(visits[home] - visit, 0.0)
    # Everything of the change that does not depend on where the node goes.
    fixed = 2 * (plogp(old) - plogp(left)) + plogp(left + stay) - plogp(old + visits[home])
    fixed -= plogp(total)
    best, least, crossing = home, -_GAIN, total
    for group, link in links.items():
        if group == home:
            continue
        before, size = exits[group], visits[group]
        after = max(before + leave - 2 * link, 0.0)
        crosses = max(total - old + left - before + after, 0.0)
        change = fixed + plogp(crosses) - 2 * (plogp(after) - plogp(before))
        change += plogp(after + size + visit) - plogp(before + size)
        if change < least:
            best, least, crossing = group, change, crosses
    return best, crossing
