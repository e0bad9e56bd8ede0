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
    group = np.asarray(groups, dtype=np.int64)
    cells = flow.weights.tocoo()
    outside = group[cells.row] != group[cells.col]
    leaving, shares = group[cells.row[outside]], cells.data[outside] * time
    exits = np.bincount(leaving, weights=shares, minlength=count)
    visits = np.bincount(group, weights=np.asarray(flow.visits), minlength=count)
    return _State(exits.tolist(), visits.tolist())


@dataclass(slots=True)
class _Books:
    """The state, and of each group what is asked for over and over: the `plogp` of its exits, and
    of its exits and visits together.
    """

    state: _State
    exits: list[float]
    whole: list[float]

    def moved(self, group: int, *, exits: float, visits: float) -> None:
        """Writes what leaves the group, and what is at it, from now on."""
        self.state.exits[group], self.state.visits[group] = exits, visits
        self.exits[group], self.whole[group] = plogp(exits), plogp(exits + visits)


def _books(state: _State) -> _Books:
    return _Books(
        state,
        exits=[plogp(exits) for exits in state.exits],
        whole=[plogp(e + v) for e, v in zip(state.exits, state.visits, strict=True)],
    )


def _move(
    flow: Flow, *, groups: Sequence[int], generator: np.random.Generator, time: float
) -> list[int]:
    """Groups after nodes moved, one by one, to where the description gets shortest."""
    current = renumbered(groups)
    books = _books(_state(flow, groups=current, time=time))
    exits, visits = books.state.exits, books.state.visits
    total = sum(exits)
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
        best, total = _best(books, links=links, home=home, visit=visit, leave=leave, total=total)
        if best == home:
            continue
        left = _after(exits[home], leave=-leave, link=-links.get(home, 0.0))
        books.moved(home, exits=left, visits=visits[home] - visit)
        entered = _after(exits[best], leave=leave, link=links[best])
        books.moved(best, exits=entered, visits=visits[best] + visit)
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
    books: _Books,
    *,
    links: dict[int, float],
    home: int,
    visit: float,
    leave: float,
    total: float,
) -> tuple[int, float]:
    """The linked group to which a move shortens the description most, and all exits after it.

    The loop is most of what a partition costs, so `plogp` and `max` are written out in it.
    """
    exits, visits, exit_books, whole_books = (
        books.state.exits,
        books.state.visits,
        books.exits,
        books.whole,
    )
    old = exits[home]
    left = max(old - leave + 2 * links.get(home, 0.0), 0.0)
    stay = max(visits[home] - visit, 0.0)
    # Everything of the change that does not depend on where the node goes.
    fixed = 2 * (exit_books[home] - plogp(left)) + plogp(left + stay) - whole_books[home]
    fixed -= plogp(total)
    best, least, crossing = home, -_GAIN, total
    for group, link in links.items():
        if group == home:
            continue
        before = exits[group]
        after = before + leave - 2 * link
        crosses = total - old + left - before
        if after > 0:
            crosses += after
            book = after * log2(after)
        else:
            after = book = 0.0
        if crosses < 0:
            crosses = 0.0
        change = fixed + (crosses * log2(crosses) if crosses > 0 else 0.0)
        change -= 2 * (book - exit_books[group])
        whole = after + visits[group] + visit
        change += (whole * log2(whole) if whole > 0 else 0.0) - whole_books[group]
        if change < least:
            best, least, crossing = group, change, crosses
    return best, crossing
