"""The services and the units of opened ones as a graph to draw: what is tied, and how strongly."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition
from assessor.report.layout import Box, inside, layout

SERVICE = "service:"
"""What the id of a service begins with; the one of shared units is this alone."""

Kind = Literal["references", "coupling"]
KINDS: tuple[Kind, ...] = ("references", "coupling")
MOST_UNITS, MOST_TIES = 1_000, 2_000
_SMALL = (190.0, 74.0)  # a closed service
_SPARE = 4  # units that a box of a draft has room for at least


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it stands. units: how many there are in a service, 1 for a unit.

    parent: id of the opened service that a unit is in.
    """

    id: str
    name: str
    parent: str
    x: float
    y: float
    width: float
    height: float
    units: int


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """What ties two nodes: references from source to target, or coupling of a sorted pair."""

    source: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True)
class Network:
    """The graph. ties: strongest first.

    left_ties: weaker ones that are not drawn. left_units: of opened services without room.
    """

    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    left_ties: int = 0
    left_units: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What to draw. opened: names of services, "" = that of the shared units.

    selected: id of the node all of whose ties are drawn; of the others the `top` strongest.
    since: the cut that this one was made from; services stay where that one has them.
    """

    kind: Kind = "references"
    opened: frozenset[str] = frozenset()
    selected: str = ""
    top: int = 60
    since: Partition | None = None


def network(
    coupling: Coupling, cut: Partition, *, asked: Asked, fused: csr_array | None = None
) -> Network:
    """The graph of a cut. fused: the coupling to draw, None = as it was fused for the cut."""
    members = services(cut)
    opened, left_units = _with_room(members, asked.opened)
    node_of, names = _visible(coupling, members, opened)
    weights = coupling.directed if asked.kind == "references" else fused
    weights = coupling.fused if weights is None else weights
    every = _ties(weights, node_of, names, directed=asked.kind == "references")
    kept = _kept(every, asked)
    room = _room(members, asked.since)
    boxes = layout(
        [(name, room[name] if name in opened else 1) for name in members],
        ties=service_ties(coupling, asked.since or cut),
    )
    return Network(
        spots=_spots(members, opened, boxes),
        ties=kept,
        left_ties=len(every) - len(kept),
        left_units=left_units,
    )


def _room(members: Mapping[str, Sequence[str]], since: Partition | None) -> dict[str, int]:
    """For how many units each box is made: some more than at first, so that a few can be added."""
    first = {name: len(units) for name, units in services(since).items()} if since else {}
    spare = {name: count + max(_SPARE, count // 8) for name, count in first.items()}
    return {name: max(len(units), spare.get(name, 0)) for name, units in members.items()}


def services(cut: Partition) -> dict[str, tuple[str, ...]]:
    """Name -> units of every service; the shared ones under ""."""
    found = {service.name: service.units for service in cut.services}
    if cut.shared:
        found[""] = tuple(sorted(unit.unit for unit in cut.shared))
    return found


def service_ties(coupling: Coupling, cut: Partition) -> dict[tuple[str, str], float]:
    """Sorted pair of services -> the fused weight between their units."""
    members = services(cut)
    node_of, names = _visible(coupling, members, frozenset())
    ties = _ties(coupling.fused, node_of, names, directed=False)
    plain = len(SERVICE)
    return {(tie.source[plain:], tie.target[plain:]): tie.weight for tie in ties}


def ties_of(
    coupling: Coupling, cut: Partition, *, node: str, fused: csr_array | None = None
) -> tuple[tuple[str, float, float, float], ...]:
    """What a unit or service is tied to: (name of the service or shared, references to it,
    references from it, coupling), strongest first.
    """
    row = {unit: at for at, unit in enumerate(coupling.units)}
    members = services(cut)
    own = members.get(node.removeprefix(SERVICE), ()) if node.startswith(SERVICE) else (node,)
    mine = np.array([row[unit] for unit in own if unit in row], dtype=np.int64)
    if not len(mine):
        return ()
    blend = coupling.fused if fused is None else fused
    out = np.asarray(coupling.directed.tocsr()[mine].sum(axis=0)).ravel()
    into = np.asarray(coupling.directed.tocsc()[:, mine].sum(axis=1)).ravel()
    both = np.asarray(blend.tocsr()[mine].sum(axis=0)).ravel()
    found = []
    for name, units in members.items():
        if node == f"{SERVICE}{name}":
            continue
        rows = np.array([row[unit] for unit in units if unit in row], dtype=np.int64)
        figures = (float(out[rows].sum()), float(into[rows].sum()), float(both[rows].sum()))
        if any(figures):
            found.append((name, *figures))
    return tuple(sorted(found, key=lambda each: (-round(each[3], 9), -each[1], each[0])))


def _with_room(
    members: Mapping[str, Sequence[str]], wanted: Collection[str]
) -> tuple[frozenset[str], int]:
    """The services that can be opened together, smallest first, and how many units stay hidden."""
    opened: set[str] = set()
    room, left = MOST_UNITS, 0
    for name in sorted(set(wanted) & members.keys(), key=lambda each: (len(members[each]), each)):
        if len(members[name]) <= room:
            opened.add(name)
            room -= len(members[name])
        else:
            left += len(members[name])
    return frozenset(opened), left


def _visible(
    coupling: Coupling, members: Mapping[str, Sequence[str]], opened: Collection[str]
) -> tuple[np.ndarray, list[str]]:
    """For every unit the number of the node that stands for it (-1 = none), and their ids."""
    names: list[str] = []
    number: dict[str, int] = {}
    for name, units in members.items():
        for unit in units:
            node = unit if name in opened else f"{SERVICE}{name}"
            if not names or names[-1] != node:
                names.append(node)
            number[unit] = len(names) - 1
    of = np.array([number.get(unit, -1) for unit in coupling.units], dtype=np.int64)
    return of, names


def _ties(
    weights: csr_array, node_of: np.ndarray, names: Sequence[str], *, directed: bool
) -> list[Tie]:
    """Every tie between two different nodes, strongest first."""
    cells = weights.tocoo()
    source, target = node_of[cells.row], node_of[cells.col]
    apart = (source >= 0) & (target >= 0) & (source != target)
    if not directed:
        apart &= cells.row < cells.col
        source, target = np.minimum(source, target), np.maximum(source, target)
    count = max(len(names), 1)
    pair = source[apart] * count + target[apart]
    found, at = np.unique(pair, return_inverse=True)
    sums = np.bincount(at, weights=cells.data[apart], minlength=len(found))
    made = [
        _tie(names[key // count], names[key % count], weight=float(weight), directed=directed)
        for key, weight in zip(found.tolist(), sums.tolist(), strict=True)
        if weight > 0
    ]
    return sorted(made, key=lambda tie: (-round(tie.weight, 9), tie.source, tie.target))


def _tie(source: str, target: str, *, weight: float, directed: bool) -> Tie:
    one, other = (source, target) if directed else sorted((source, target))
    return Tie(one, other, weight)


def _kept(every: Sequence[Tie], asked: Asked) -> tuple[Tie, ...]:
    """The strongest, and all of the selected node, as far as they can be drawn."""
    own = [tie for tie in every if asked.selected in {tie.source, tie.target}]
    others = [tie for tie in every if asked.selected not in {tie.source, tie.target}]
    return tuple(sorted((own + others[: asked.top])[:MOST_TIES], key=lambda t: (-t.weight, t)))


def _spots(
    members: Mapping[str, Sequence[str]], opened: Collection[str], boxes: Mapping[str, Box]
) -> tuple[Spot, ...]:
    spots = []
    for name, units in members.items():
        box, id_ = boxes[name], f"{SERVICE}{name}"
        width, height = (box.width, box.height) if name in opened else _SMALL
        spots.append(Spot(id_, name, "", box.x, box.y, width, height, len(units)))
        if name in opened:
            spots += [
                Spot(unit, unit, id_, x, y, 118.0, 30.0, 1)
                for unit, (x, y) in inside(box, units).items()
            ]
    return tuple(spots)
