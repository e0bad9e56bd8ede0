"""The services and the units of opened ones as a graph to draw: what is tied, and how strongly."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition
from assessor.report.layout import Box, inside, layout

SERVICE = "service:"
"""What the id of a service begins with; the one of shared units is this alone."""

FOLDER = "folder:"
"""What the id of a folder begins with; its service and its path follow."""

Kind = Literal["references", "coupling"]
Direction = Literal["both", "out", "in"]
KINDS: tuple[Kind, ...] = ("references", "coupling")
MOST_UNITS, MOST_TIES = 1_000, 2_000
_SMALL = (190.0, 74.0)  # a closed service
_UNIT = (118.0, 30.0)
_SPARE = 4  # units that a box of a draft has room for at least


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it stands. units: how many there are in a service or folder, 1 for a unit.

    parent: id of the opened service that a unit or folder is in.
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
    folded: units of opened services that folders stand for.
    """

    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    left_ties: int = 0
    left_units: int = 0
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What to draw. opened: names of services, "" = that of the shared units.

    selected: id of the node all of whose ties are drawn; of the others the `top` strongest.
    direction: of its references, away from it or towards it.
    since: the cut that this one was made from; services stay where that one has them.
    """

    kind: Kind = "references"
    opened: frozenset[str] = frozenset()
    selected: str = ""
    direction: Direction = "both"
    top: int = 60
    since: Partition | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """inside: opened service -> id of each node in it -> its units. folded: those by folder.

    left: units of services that there is no room for.
    """

    inside: Mapping[str, Mapping[str, tuple[str, ...]]]
    folded: frozenset[str] = frozenset()
    left: int = 0


def network(
    coupling: Coupling, cut: Partition, *, asked: Asked, fused: csr_array | None = None
) -> Network:
    """The graph of a cut. fused: the coupling to draw, None = as it was fused for the cut."""
    members = services(cut)
    opened = _opened(members, asked.opened)
    node_of, names = _numbered(coupling, _leaves(members, opened))
    weights = coupling.directed if asked.kind == "references" else fused
    weights = coupling.fused if weights is None else weights
    every = _ties(weights, node_of, names, directed=asked.kind == "references")
    kept, left_ties = _kept(every, asked, opened=opened)
    room = _room(members, asked.since) | {name: len(opened.inside[name]) for name in opened.folded}
    boxes = layout(
        [(name, room[name] if name in opened.inside else 1) for name in members],
        ties=service_ties(coupling, asked.since or cut),
    )
    return Network(
        spots=_spots(members, opened, boxes),
        ties=kept,
        left_ties=left_ties,
        left_units=opened.left,
        folded=sum(len(members[name]) for name in opened.folded),
    )


def nodes(cut: Partition, opened: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Id of every node that is drawn when these services are open -> its units."""
    members = services(cut)
    every = {f"{SERVICE}{name}": units for name, units in members.items()}
    for own in _opened(members, opened).inside.values():
        every |= own
    return every


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
    node_of, names = _numbered(coupling, _leaves(members, _Opened({})))
    ties = _ties(coupling.fused, node_of, names, directed=False)
    plain = len(SERVICE)
    return {(tie.source[plain:], tie.target[plain:]): tie.weight for tie in ties}


def _opened(members: Mapping[str, tuple[str, ...]], wanted: Collection[str]) -> _Opened:
    """The nodes in every service that is opened.

    The smallest services are opened first; those without room for their units show folders.
    """
    inside: dict[str, Mapping[str, tuple[str, ...]]] = {}
    folded: set[str] = set()
    room, left = MOST_UNITS, 0
    for name in sorted(set(wanted) & members.keys(), key=lambda each: (len(members[each]), each)):
        own: dict[str, tuple[str, ...]] = {unit: (unit,) for unit in members[name]}
        if len(own) > room:
            parts = folders(members[name], most=room)
            own = {f"{FOLDER}{name}/{path}": units for path, units in parts.items()}
            folded |= {name} if own else set()
        if own:
            inside[name] = own
            room -= len(own)
        else:
            left += len(members[name])
    return _Opened(inside, frozenset(folded), left)


def _leaves(
    members: Mapping[str, tuple[str, ...]], opened: _Opened
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The nodes that nothing else is in, with their units; every unit is in one of them."""
    for name, units in members.items():
        yield from opened.inside.get(name, {f"{SERVICE}{name}": units}).items()


def _numbered(
    coupling: Coupling, leaves: Iterable[tuple[str, Sequence[str]]]
) -> tuple[np.ndarray, list[str]]:
    """For every unit the number of the node that stands for it (-1 = none), and their ids."""
    names: list[str] = []
    number: dict[str, int] = {}
    for id_, units in leaves:
        number |= dict.fromkeys(units, len(names))
        names.append(id_)
    return np.array([number.get(unit, -1) for unit in coupling.units], dtype=np.int64), names


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


def _kept(every: Sequence[Tie], asked: Asked, *, opened: _Opened) -> tuple[tuple[Tie, ...], int]:
    """The strongest, and all of the selected node, as far as they can be drawn; how many are not.

    What goes the other way than it is asked for is not counted.
    """
    own_ids = {asked.selected}
    if asked.selected.startswith(SERVICE):
        own_ids |= opened.inside.get(asked.selected.removeprefix(SERVICE), {}).keys()
    across = {tie for tie in every if (tie.source in own_ids) != (tie.target in own_ids)}
    wanted = asked.direction if asked.kind == "references" else "both"
    own = [
        tie
        for tie in every
        if tie in across and (wanted == "both" or (tie.source in own_ids) == (wanted == "out"))
    ]
    others = [tie for tie in every if tie not in across]
    kept = sorted((own + others[: asked.top])[:MOST_TIES], key=lambda tie: (-tie.weight, tie))
    return tuple(kept), len(own) + len(others) - len(kept)


def _spots(
    members: Mapping[str, Sequence[str]], opened: _Opened, boxes: Mapping[str, Box]
) -> tuple[Spot, ...]:
    spots = []
    for name, units in members.items():
        box, id_ = boxes[name], f"{SERVICE}{name}"
        own = opened.inside.get(name, {})
        width, height = (box.width, box.height) if own else _SMALL
        spots.append(Spot(id_, name, "", box.x, box.y, width, height, len(units)))
        for node, (x, y) in inside(box, list(own)).items():
            path = node.removeprefix(f"{FOLDER}{name}/") if name in opened.folded else node
            spots.append(Spot(node, path, id_, x, y, *_UNIT, len(own[node])))
    return tuple(spots)


def folders(units: Sequence[str], *, most: int) -> dict[str, tuple[str, ...]]:
    """Folder -> the units in it, sorted; "." is the root.

    most: folders are cut off at the depth where there are no more; empty where none is so low.
    """
    parts = {unit: unit.split("/")[:-1] for unit in units}
    for depth in range(max(map(len, parts.values()), default=0), 0, -1):
        found: dict[str, list[str]] = {}
        for unit in sorted(units):
            found.setdefault("/".join(parts[unit][:depth]) or ".", []).append(unit)
        if len(found) <= most:
            return {path: tuple(own) for path, own in sorted(found.items())}
    return {}
