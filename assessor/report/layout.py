"""Where the boxes of services and the units in them stand, for a browser that only draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, hypot, sqrt

import numpy as np
from numpy.typing import NDArray

STEP_X, STEP_Y = 130.0, 46.0  # between two units in a box
_MARGIN, _HEAD = 30.0, 40.0  # around the units of a box, above them for its name
_GAP = 60.0  # between two boxes
_WIDE = 0.6  # rows of a box by its columns: labels are wide


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre; the first coordinate grows to the right, the second down."""

    x: float
    y: float
    width: float
    height: float


def layout(
    services: Sequence[tuple[str, int]], *, ties: Mapping[tuple[str, str], float]
) -> dict[str, Box]:
    """A box for each service, (name, units in it), near those that it is tied to; none overlap.

    ties: pair of services -> how strongly they are tied, in any order. The most tied service is in
    the middle; each further one stands at the free place beside a box that is nearest to those it
    is tied to.
    """
    sizes = {name: _size(units) for name, units in services}
    pull = _pull(sizes, ties)
    left = sorted(sizes, key=lambda name: (-sum(pull[name].values()), name))
    placed: dict[str, Box] = {}
    while left:
        name = max(left, key=lambda each: (_tied(pull[each], placed), -left.index(each)))
        left.remove(name)
        placed[name] = _best(sizes[name], pull[name], placed)
    return {name: placed[name] for name in sizes}


def inside(box: Box, units: Sequence[str]) -> dict[str, tuple[float, float]]:
    """The place of each unit in a box that was made for so many: a grid, row by row."""
    columns = _columns(len(units))
    left = box.x - box.width / 2 + _MARGIN + STEP_X / 2
    top = box.y - box.height / 2 + _HEAD + _MARGIN + STEP_Y / 2
    return {
        unit: (left + at % columns * STEP_X, top + at // columns * STEP_Y)
        for at, unit in enumerate(units)
    }


def _columns(units: int) -> int:
    return max(1, ceil(sqrt(units * _WIDE)))


def _size(units: int) -> tuple[float, float]:
    columns = _columns(max(units, 1))
    rows = ceil(max(units, 1) / columns)
    return columns * STEP_X + 2 * _MARGIN, rows * STEP_Y + 2 * _MARGIN + _HEAD


def _pull(
    names: Mapping[str, tuple[float, float]], ties: Mapping[tuple[str, str], float]
) -> dict[str, dict[str, float]]:
    """Service -> service that it is tied to -> how strongly, both directions together."""
    pull: dict[str, dict[str, float]] = {name: {} for name in names}
    for (a, b), weight in sorted(ties.items()):
        if a != b and a in pull and b in pull:
            pull[a][b] = pull[a].get(b, 0.0) + weight
            pull[b][a] = pull[b].get(a, 0.0) + weight
    return pull


def _tied(pull: Mapping[str, float], placed: Mapping[str, Box]) -> float:
    return sum(weight for name, weight in pull.items() if name in placed)


def _best(size: tuple[float, float], pull: Mapping[str, float], placed: Mapping[str, Box]) -> Box:
    """The free place beside a box that is nearest to where the ties pull."""
    if not placed:
        return Box(0.0, 0.0, *size)
    near = [(placed[name], weight) for name, weight in pull.items() if name in placed]
    total = sum(weight for _, weight in near)
    wanted = (
        (
            sum(box.x * weight for box, weight in near) / total,
            sum(box.y * weight for box, weight in near) / total,
        )
        if total
        else (0.0, 0.0)
    )
    boxes = np.array([(box.x, box.y, box.width, box.height) for box in placed.values()])
    spots = _spots(boxes, size)
    free = spots[~_overlapping(spots, boxes, size)]
    far = [round(hypot(x - wanted[0], y - wanted[1]), 6) for x, y in free.tolist()]
    x, y = free[int(np.argmin(far))].tolist()
    return Box(x, y, *size)


def _spots(boxes: NDArray[np.float64], size: tuple[float, float]) -> NDArray[np.float64]:
    """(spots, 2) centres to the right, left, below and above of each box, centred or flush."""
    x, y, width, height = boxes.T
    across, down = (width + size[0]) / 2 + _GAP, (height + size[1]) / 2 + _GAP
    slide_x, slide_y = (width - size[0]) / 2, (height - size[1]) / 2
    made = [
        (x + side * across, y + slide * slide_y) for side in (1, -1) for slide in (0, -1, 1)
    ] + [(x + slide * slide_x, y + side * down) for side in (1, -1) for slide in (0, -1, 1)]
    return np.concatenate([np.stack(pair, axis=1) for pair in made])


def _overlapping(
    spots: NDArray[np.float64], boxes: NDArray[np.float64], size: tuple[float, float]
) -> NDArray[np.bool_]:
    """(spots,) whether a box of that size there would touch another one, gap included."""
    dx = np.abs(spots[:, None, 0] - boxes[None, :, 0])
    dy = np.abs(spots[:, None, 1] - boxes[None, :, 1])
    near_x = dx < (boxes[None, :, 2] + size[0]) / 2 + _GAP - 1e-6
    near_y = dy < (boxes[None, :, 3] + size[1]) / 2 + _GAP - 1e-6
    return np.asarray((near_x & near_y).any(axis=1), dtype=np.bool_)
