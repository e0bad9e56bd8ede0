"""Places for the nodes of a graph, on an ellipse whose labels never meet."""

import math
from collections.abc import Mapping, Sequence

Weights = Mapping[tuple[int, int], float]


def ordered(count: int, weights: Weights) -> list[int]:
    """Nodes in circular order, strongly coupled ones near each other, so that few edges cross.

    weights: undirected, pairs sorted. Greedy from the node with most weight, then swaps as long
    as they help; the same for the same input.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (a, b), weight in sorted(weights.items()):
        near[a][b] = near[b][a] = weight
    pulls = [sum(links.values()) for links in near]
    ring: list[int] = []
    for node in sorted(range(count), key=lambda node: (-pulls[node], node)):
        spots = range(len(ring) + 1)
        best = min(spots, key=lambda at: (_pull(node, [*ring[:at], node, *ring[at:]], near), at))
        ring.insert(best, node)
    return _improved(ring, near)


def _pull(node: int, ring: Sequence[int], near: Sequence[Mapping[int, float]]) -> float:
    """Length of the node's edges, in steps around the ring, times their weights."""
    place = {other: i for i, other in enumerate(ring)}
    return _cost(node, place, near, size=len(ring))


def _cost(
    node: int, place: Mapping[int, int], near: Sequence[Mapping[int, float]], *, size: int
) -> float:
    """Weighted steps from a node to its neighbours, the short way round."""
    here, total = place[node], 0.0
    for other, weight in near[node].items():
        if other in place:
            steps = abs(here - place[other])
            total += weight * min(steps, size - steps)
    return round(total, 9)


def _improved(ring: list[int], near: Sequence[Mapping[int, float]]) -> list[int]:
    """The ring after swaps of two nodes that shorten their edges, at most four rounds."""
    size, best = len(ring), list(ring)
    place = {node: i for i, node in enumerate(best)}
    for _ in range(4):
        changed = False
        for a in range(size):
            for b in range(a + 1, size):
                one, two = best[a], best[b]
                before = _cost(one, place, near, size=size) + _cost(two, place, near, size=size)
                place[one], place[two] = b, a
                after = _cost(one, place, near, size=size) + _cost(two, place, near, size=size)
                if after < before - 1e-6:
                    best[a], best[b], changed = two, one, True
                else:
                    place[one], place[two] = a, b
        if not changed:
            break
    return best


def seats(count: int, *, radii: tuple[float, float]) -> list[tuple[float, float]]:
    """Places around (0, 0), clockwise from the top: right side downwards, left side upwards.

    Heights are evenly spaced on each side, so that each place has a line of text of its own.
    """
    if count == 1:
        return [(0.0, 0.0)]
    right = (count + 1) // 2
    down = [_seat(i, right, radii=radii) for i in range(right)]
    up = [_seat(i, count - right, radii=radii) for i in range(count - right)]
    return down + [(-x, y) for x, y in reversed(up)]


def _seat(place: int, count: int, *, radii: tuple[float, float]) -> tuple[float, float]:
    """A place on the right half of the ellipse."""
    part = (2 * place + 1) / count - 1
    return radii[0] * math.sqrt(1 - part * part), radii[1] * part
